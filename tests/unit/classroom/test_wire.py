"""What the socket of a seat says: public things, one's own, and what is said to oneself; nothing twice, nothing missed."""

import json
from dataclasses import replace

import pytest
from support_class import TEACHER

from negotiation.actions import Accept, Offer, Pass, Withdraw
from negotiation.classroom import feeds
from negotiation.classroom.accounts import Account
from negotiation.classroom.classes import talk_of
from negotiation.classroom.keeper import Keeper
from negotiation.classroom.look import moved
from negotiation.classroom.presence import ELSEWHERE, GRACE, place
from negotiation.classroom.seats import PRESENT
from negotiation.classroom.talk import TEACHER as HELP
from negotiation.classroom.wire import MOST_LINES, Ear
from negotiation.errors import Refused


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    """The groups whose agents would have looked; in these tests they do so when told."""
    groups = []
    monkeypatch.setattr(Keeper, "ring", lambda _, group: groups.append(group))
    return groups


def pair(klass, **settings):
    """Two people in one group of `any-two-of-three`, whose third seat is an agent's, and their sockets."""
    one = klass(**settings)
    tokens = [one.join("Ana"), one.join("Bob")]
    ears = [Ear(one.room.wire, token) for token in tokens]
    return one, tokens, ears


def by_kind(messages):
    return {message["t"]: message for message in messages}


def texts(messages):
    return [line.get("text") for message in messages if message["t"] in ("hello", "talk") for line in message["lines"]]


def test_a_page_that_opens_is_told_everything_once(klass, room):
    one, _, (ana, bob) = pair(klass, minutes={"negotiate": 10})
    one.go("negotiate")
    room.teaching.broadcast(TEACHER, one.id, "Good morning.", "b1")
    assert ana.say([], "Hello.", "k1") is None
    bob.hello()
    assert bob.say([ana.seat.party], "Between us.", "k1") is None
    told = by_kind(ana.hello())
    assert [line["text"] for line in told["hello"]["lines"]] == ["Good morning.", "Hello.", "Between us."]
    assert told["hello"]["me"] == {"name": "Ana", "party": ana.seat.party, "person": ana.seat.person}
    assert told["hello"]["at"] == ana.wire.play.classes.now()
    assert told["mark"]["mark"] == room.play.look(ana.seat).mark
    others = [party for party in one.now.parties if party != ana.seat.party]
    assert told["mark"]["may"] == {"table": True, "to": [*others, HELP], "people": True}
    assert [line.get("mine", False) for line in told["hello"]["lines"]] == [False, True, False]
    assert "name" not in told["hello"]["lines"][2]
    assert (told["clock"]["phase"], told["clock"]["left"], told["clock"]["running"]) == ("negotiate", 600.0, True)
    assert told["here"]["people"] == [
        ["Ana", ana.seat.party, "offline", True],
        ["Bob", bob.seat.party, "offline", False],
    ]
    assert ana.news() == []


def test_what_is_said_in_private_reaches_those_it_is_for(klass, room):
    one = klass(agents={})
    tokens = [one.join(name) for name in ("Ana", "Bob", "Cyn")]
    ana, bob, cyn = (Ear(room.wire, token) for token in tokens)
    one.go("read")
    for ear in (ana, bob, cyn):
        ear.hello()
    assert ana.say([bob.seat.party], "Only Bob.", "k1") is None
    assert ana.say([HELP], "Help!", "k2") is None
    room.teaching.broadcast(TEACHER, one.id, "Cyn alone.", "b1", to=cyn.seat.person)
    told = ana.news()
    assert texts(told) == ["Only Bob.", "Help!"]
    assert all(line["mine"] for message in told if message["t"] == "talk" for line in message["lines"])
    assert texts(bob.news()) == ["Only Bob."]
    heard = cyn.news()
    assert texts(heard) == ["Cyn alone."]
    assert cyn.seat.person not in json.dumps(heard)
    assert "nobody at 'clock'" in ana.say(["clock"], "?", "k3")


def test_who_cannot_speak_is_told_so_and_reads(klass, room):
    one = klass(surplus="observe")
    tokens = [one.join(f"P{n}") for n in range(4)]
    one.go("negotiate")
    watching = next(ear for ear in (Ear(room.wire, token) for token in tokens) if not ear.seat.party)
    told = by_kind(watching.hello())
    assert told["mark"]["may"] == {"table": False, "to": [], "people": True}
    assert "you observe" in watching.say([], "Psst.", "k1")
    player = next(ear for ear in (Ear(room.wire, token) for token in tokens) if ear.seat.party)
    assert player.say([], "Aloud.", "k1") is None
    assert texts(watching.news()) == ["Aloud."]


def test_the_lobby_is_told_how_many_wait(klass, room):
    one = klass(arrive=False)
    ana = Ear(room.wire, one.join("Ana"))
    assert ana.logs()[-1] == place(one.id)
    told = by_kind(ana.hello())
    assert told["here"] == {"t": "here", "people": [], "waiting": 1}
    assert told["mark"]["mark"].endswith("-0")
    one.join("Bob")
    assert ana.news() == [{"t": "here", "people": [], "waiting": 2}]
    one.go("read")
    moved_to = by_kind(ana.news())
    assert moved_to["hello"]["me"]["party"] == ana.seat.party != ""
    assert ana.logs()[-1] == place(ana.seat.group)


def test_acts_make_another_mark_and_talk_does_not(klass, room, rung):
    one, _, (ana, bob) = pair(klass)
    one.go("negotiate")
    bob.hello()
    before = room.play.look(bob.seat).mark
    assert ana.say([], "Talk.", "k1") is None
    assert "mark" not in by_kind(bob.news())
    assert room.play.look(bob.seat).mark == before
    assert ana.act({"kind": "pass"}, "k2", None) is None
    mark = by_kind(bob.news())["mark"]["mark"]
    assert mark == room.play.look(bob.seat).mark != before
    assert moved(room.play.look(bob.seat).state) == 2
    assert "unknown kind" in ana.act({"kind": "nothing"}, "k3", None)
    assert rung == [ana.seat.group] * 2


def test_offers_signatures_and_what_comes_of_them_are_lines(local_class, local):
    one, _, (ana, bob) = pair(local_class, case="cloud-for-two", rounds=2)
    one.go("negotiate")
    table = next(iter(local.play.look(ana.seat).scenario.tables))
    view = local.play.look(ana.seat).view
    deal = view.scenario.tables[table].deal(0)
    play = local.play
    assert play.act(ana.seat, Offer({table: deal}, "Ours."), "k1") is None
    assert play.act(ana.seat, Withdraw(0), "k2") is None
    assert play.act(ana.seat, Pass(), "k3") is None
    assert play.act(bob.seat, Pass(), "k4") is None
    play.advance(ana.seat.group)
    assert play.act(ana.seat, Offer({table: deal}), "k5") is None
    paper = len(play.look(ana.seat).state.events) - 1
    assert play.act(bob.seat, Accept(paper, "Agreed."), "k6") is None
    lines = by_kind(ana.hello())["hello"]["lines"]
    assert [line["k"] for line in lines] == ["offer", "withdraw", "mark", "offer", "accept", "signed"]
    assert lines[0]["text"] == "Ours."
    assert len(lines[0]["terms"]) == len(view.scenario.tables[table].issues)
    assert lines[2]["text"] == f"{view.scenario.unit} 2"
    assert lines[4] == {
        **lines[4],
        "who": bob.seat.party,
        "text": "Agreed.",
        "did": lines[0]["did"].replace("offers", "signs"),
    }
    assert lines[1]["did"].startswith("takes back a signature at ")


@pytest.mark.parametrize("rounds", [1, 2])
def test_leaving_a_table_and_the_end_are_lines(local_class, local, rounds):
    one, _, (ana, bob) = pair(local_class, case="cloud-for-two", rounds=rounds)
    one.go("negotiate")
    table = next(iter(local.play.look(ana.seat).scenario.tables))
    if rounds == 1:
        for n, ear in enumerate((ana, bob)):
            assert ear.act({"kind": "pass"}, f"k{n}", None) is None
        local.play.advance(ana.seat.group)
        assert by_kind(bob.hello())["hello"]["lines"][-1]["text"] == "The talks are over"
        return
    assert ana.act({"kind": "walk", "table": table, "words": "No."}, "k1", None) is None
    assert [line["k"] for line in by_kind(bob.hello())["hello"]["lines"]] == ["walk", "mark"]
    assert by_kind(bob.hello())["hello"]["lines"][0]["did"].startswith("leaves ")


def test_a_mediators_drafts_and_sealed_votes(local_class, local):
    one, _, (ana, bob) = pair(local_class, protocol="single-text", rounds=3)
    one.go("negotiate")
    group = ana.seat.group
    local.play.advance(group)
    draft = local.play.look(ana.seat).state.drafts[0]
    assert ana.act({"kind": "vote", "paper": draft.id, "yes": False}, "k1", None) is None
    lines = by_kind(bob.hello())["hello"]["lines"]
    assert {line["k"] for line in lines} == {"draft"}
    assert "false" not in json.dumps(lines)
    assert bob.act({"kind": "pass"}, "p1", None) is None
    local.play.advance(group)
    ballots = [line["text"] for message in bob.news() for line in message.get("lines", ()) if line["k"] == "ballot"]
    assert any("no)" in text for text in ballots)


def test_a_long_talk_comes_in_its_last_lines(klass, room, monkeypatch):
    one, _, (ana, bob) = pair(klass)
    one.go("negotiate")
    monkeypatch.setattr("negotiation.classroom.wire.MOST_LINES", 3)
    monkeypatch.setattr(feeds, "MOST_KEPT", 1)
    for n in range(5):
        assert ana.say([], f"line {n}", f"k{n}") is None
    assert texts(bob.hello()) == ["line 2", "line 3", "line 4"]
    assert ana.say([], "the last", "k9") is None
    assert texts(bob.news()) == ["the last"]
    assert MOST_LINES >= 100


def test_rounds_by_the_clock_are_counted_down(klass, room, watch):
    one, _, (ana, _) = pair(klass, round_seconds=60)
    one.go("negotiate")
    watch.time += 70
    clock = by_kind(ana.hello())["clock"]
    assert (clock["round"], clock["round_left"], clock["left"]) == (60, 50, None)
    watch.time += 5
    assert ana.news() == []
    room.teaching.pause(TEACHER, one.id)
    assert by_kind(ana.news())["clock"]["running"] is False


def test_a_revoked_device_hears_nothing_any_more(klass, room):
    one, tokens, (ana, bob) = pair(klass)
    one.go("negotiate")
    for ear in (ana, bob):
        ear.hello()
    room.seats.revoke(one.id, ana.seat.person, "Tea")
    with pytest.raises(Refused, match="join with the code"):
        ana.news()
    with pytest.raises(Refused, match="join with the code"):
        ana.say([], "Still here?", "k1")
    assert bob.news() == []
    with pytest.raises(Refused):
        Ear(room.wire, tokens[0])


def test_a_seat_that_an_agent_keeps_says_nothing_at_the_table(klass, room):
    one, _, (ana, _) = pair(klass)
    one.go("negotiate")
    ana.hello()
    room.teaching.take_over(TEACHER, one.id, ana.seat.group, ana.seat.party)
    assert by_kind(ana.news())["mark"]["may"]["table"] is False
    assert "take it back" in ana.say([], "Mine!", "k1")


def test_pages_come_and_go(klass, room, watch):
    one, _, (ana, bob) = pair(klass)
    presence, hub = room.wire.presence, room.store.hub
    here = place(ana.seat.group)

    def state():
        return presence.states(one.id, [ana.seat.person])[ana.seat.person]

    assert state() == "offline"
    presence.arrive(ana.seat)
    heard = hub.version(here)
    assert state() == "online"
    presence.ping(ana.seat, idle=False)
    assert hub.version(here) == heard
    presence.ping(ana.seat, idle=True)
    assert hub.version(here) == heard + 1
    assert state() == "idle"
    presence.arrive(ana.seat)
    presence.leave(ana.seat)
    assert state() == "online"
    presence.leave(ana.seat)
    watch.time += GRACE / 2
    assert state() == "online"
    watch.time += GRACE
    assert state() == "offline"
    presence.tell(ana.seat)
    assert hub.version(here) > heard + 1
    room.seats.touch(bob.seat)
    assert presence.states(one.id, [bob.seat.person])[bob.seat.person] == "offline"
    watch.time += ELSEWHERE
    room.seats.touch(bob.seat)
    assert presence.states(one.id, [bob.seat.person])[bob.seat.person] == "online"
    watch.time += PRESENT + ELSEWHERE
    assert presence.states(one.id, [bob.seat.person])[bob.seat.person] == "offline"


def team_of(klass, room):
    """Four people at three seats: two who share one, and two opposite; their sockets."""
    one = klass(surplus="share")
    tokens = [one.join(name) for name in ("Ana", "Bob", "Cyn", "Dan")]
    one.go("read")
    ears = [Ear(room.wire, token) for token in tokens]
    for ear in ears:
        ear.hello()
    shared = next(ear.seat.party for ear in ears if len(one.now.at(ear.seat.group, ear.seat.party)) == 2)
    mates = [ear for ear in ears if ear.seat.party == shared]
    return one, mates, [ear for ear in ears if ear.seat.party != shared]


def test_those_who_share_a_seat_talk_among_themselves(klass, room):
    """The team's talk reaches the team, with the person's name; no byte of it anybody else, observers neither."""
    one, (ana, bob), opponents = team_of(klass, room)
    party = ana.seat.party
    watching = Ear(room.wire, one.join("Eve"))
    room.teaching.move(TEACHER, one.id, watching.seat.person, ana.seat.group)
    watching.hello()
    may = by_kind(ana.hello())["mark"]["may"]
    assert (may["to"][0], may["to"][-1]) == (party, HELP)
    assert ana.say([party], "Ask for more.", "k1") is None
    [line] = by_kind(ana.news())["talk"]["lines"]
    assert (line["k"], line["who"], line["to"], line["mine"]) == ("private", party, [party], True)
    [line] = by_kind(bob.news())["talk"]["lines"]
    assert (line["k"], line["who"], line["by"], line["text"]) == ("private", party, ana.seat.name, "Ask for more.")
    assert "mine" not in line
    for other in (*opponents, watching):
        told = json.dumps([*other.news(), *other.hello()])
        assert "Ask for more" not in told
        assert ana.seat.person not in told
    assert json.dumps(room.store.rows(talk_of(ana.seat.group))).count("Ask for more") == 1
    assert "nobody at" in opponents[0].say([opponents[0].seat.party], "To myself?", "k1")
    assert {m.text for m in room.talk.heard(bob.seat)} == {"Ask for more."}
    assert room.talk.heard(opponents[0].seat) == ()


def test_a_team_sees_who_of_it_acted_and_the_others_see_the_party(klass, room):
    one, (ana, bob), opponents = team_of(klass, room)
    party, other = ana.seat.party, opponents[0]
    one.go("negotiate")
    for ear in (ana, bob, *opponents):
        ear.hello()
    assert ana.say([], "We begin.", "k1") is None
    assert ana.say([other.seat.party], "A word.", "k2") is None
    mine, theirs, across = (by_kind(ear.news())["talk"]["lines"] for ear in (ana, bob, other))
    assert sorted((line["text"], line.get("mine"), line.get("by")) for line in mine) == [
        ("A word.", True, None),
        ("We begin.", True, None),
    ]
    assert [(line.get("mine"), line["by"]) for line in theirs] == [(None, ana.seat.name)] * 2
    assert [(line["who"], line.get("mine"), line.get("by")) for line in across] == [(party, None, None)] * 2
    assert ana.seat.name not in json.dumps(across)
    room.teaching.take_over(TEACHER, one.id, ana.seat.group, party)
    room.play.advance(ana.seat.group)
    acted = [line for line in by_kind(ana.hello())["hello"]["lines"] if line.get("who") == party and "by" in line]
    assert {line["by"] for line in acted} == {""}


def test_talk_that_was_kept_without_its_author_is_known_by_name(klass, room):
    one, _, (ana, bob) = pair(klass)
    one.go("negotiate")
    rows = [{"name": name, "party": ana.seat.party, "to": [bob.seat.party], "text": name} for name in ("Ana", "Old")]
    room.store.append(talk_of(ana.seat.group), 0, rows)
    lines = by_kind(ana.hello())["hello"]["lines"]
    assert [(line.get("mine"), line.get("by")) for line in lines] == [(True, None), (None, "Old")]


def test_where_only_agents_sit_opposite_the_page_knows(klass, room):
    one = klass(homework=True)
    ana = Ear(room.wire, one.join("Ana"))
    agents = [party for party in one.now.parties if party != ana.seat.party]
    assert by_kind(ana.hello())["mark"]["may"] == {"table": True, "to": [*agents, HELP], "people": False}


def test_a_page_watches_what_is_its_business_and_nothing_else(klass, room):
    one, other = klass(), klass()
    ana, _, _, far = (one.seat(name) for name in ("Ana", "Bob", "Cyn", "Eli"))
    there = other.seat("Dan")
    waiting = replace(ana, group="", party="")
    others = [other.id, talk_of(other.id), there.group, "solo-or-no-game", "@record"]
    mine = [one.id, talk_of(one.id), ana.group, talk_of(ana.group), place(ana.group)]
    assert far.group != ana.group
    wanted = [*others, *reversed(mine), far.group, *mine]
    assert room.wire.watched(ana, wanted) == mine
    assert room.wire.watched(waiting, wanted) == mine[:2]
    assert room.wire.watched(ana, [one.id]) == [one.id]
    assert room.wire.watched(TEACHER, wanted) == wanted[:3] + wanted[5:11]
    assert room.wire.watched(Account("Tom", "teacher"), wanted) == []
    assert room.wire.watched(Account("Ada", "administrator"), others) == others[:3]
