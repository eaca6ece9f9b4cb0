"""Who told the truth in a class: the shares of a group are open in it, quotes go to those who heard them, names to nobody."""

from dataclasses import replace

from support_class import seated
from support_talks import Talks

from negotiation.actions import Say
from negotiation.debrief.class_data import gather
from negotiation.debrief.personal import personal_debrief
from negotiation.debrief.report import findings, parts
from negotiation.debrief.truth import by_role, heard, judged
from negotiation.formats import load
from negotiation.formats.notation import read
from negotiation.reports import terminal
from negotiation.reports.blocks import Document


def text(*sections):
    return " ".join(terminal.text(Document("D", tuple(sections))).split())


LIES = {
    "Two centres? Never.": (("geely",), "refuse horse.centre=dual"),
    "Platforms are free.": ((), "prefer alliance.votes: free > asym"),
    "Or we walk.": ((), "commit unless alliance by 1 then walk horse"),
}


def talked(rooms):
    """A class of one group in which Renault lies to Geely alone and to all, and makes a promise."""
    room = rooms()
    one, seats = seated(room, 6, case="alliance-2023")
    one.go("negotiate")
    seat = next(seat for seat in map(one.again, seats) if seat.party == "renault")
    for n, (words, (to, moves)) in enumerate(LIES.items()):
        say = Say(words, to, read(moves, load("alliance-2023").scenario))
        assert room.play.act(seat, say, f"key-{n}") is None
    return gather(room, one.id), seat


def test_shares_are_for_all_of_a_group_and_quotes_for_those_who_heard_them(rooms):
    klass, seat = talked(rooms)
    (group,) = klass.groups
    assert judged(group).made("renault") == {"kept": 0, "broken": 0, "void": 0, "open": 1}
    told = {party: text(*heard(klass, group, party)) for party in klass.case.roles}
    for party, words in told.items():
        assert "Renault Group 0% 0 2 0 0 0 0 1" in words
        assert "Platforms are free." in words
        assert ("Two centres? Never." in words) == (party in ("renault", "geely"))
        assert "Person" not in words
    found = findings(klass)
    assert told["renault"].removeprefix("D ") in text(*personal_debrief(found, seat.person, "nissan"))
    board = text(parts(found, [["renault", "nissan"]])["Truth"]())
    assert "Renault Group 0% 0 2 0 0 0 0 1" in board
    assert "Nissan" not in board
    assert not [words for words in LIES if words in board]
    assert not [
        event
        for event in group.state.events
        if isinstance(event.action, Say) and event.action.text == "Two centres? Never."
    ]


def test_in_a_silent_class_nobody_has_told_anything(found):
    klass = found.klass
    assert "Truth" not in parts(found, [["renault", "nissan"]])
    assert heard(klass, klass.groups[0], "nissan") == []
    assert heard(klass, replace(klass.groups[0], words=None), "nissan") == []
    assert "Nobody said what it wants, or made a promise." in text(by_role(klass))


def test_a_promise_or_an_undecided_word_has_no_share(rooms):
    klass, _ = talked(rooms)
    (group,) = klass.groups
    state = Talks(klass.case)
    state.do(
        "nissan", Say("Perhaps.", (), read("open alliance.regions; refuse tech.joint_ip=free", klass.case.scenario))
    )
    state.do("google", Say("Perhaps.", (), read("commit if alliance then walk cloud", klass.case.scenario)))
    board = text(by_role(replace(klass, groups=(replace(group, words=state.state),))))
    assert "Google – 0 0 0 0 0 0 1" in board
    assert "Nissan Motor 100% 1 0 1" in board
