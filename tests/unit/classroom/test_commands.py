"""What comes over the wire: mutated, replayed, stale, somebody else's, too large. Refused in one line, never a crash."""

import contextlib
import json
import random
from collections.abc import Mapping

import pytest
from support_class import TEACHER, Class

from negotiation.actions import Offer
from negotiation.classroom.seats import Seat
from negotiation.errors import NegotiationError
from negotiation.formats.log import encode

NASTY = (
    "", "x", "<script>alert(1)</script>", "=1+1", "'; DROP TABLE events; --", "\x00", "\x1b[31m", "\ud800", "\u202e",
    "a" * 30_000, "../../etc/passwd", "NaN", -1, 0, 1, 2**63, 10**400, 1e308, float("inf"), float("nan"), True, None, [],
    {}, [[]], {"a": {}}, "nissan", "clock", "tick", "offer", 0.5,
)  # fmt: skip


def mutated(dice, row, others):
    """A command with one or a few things wrong, as text."""
    row = json.loads(json.dumps(row))
    for _ in range(dice.randint(1, 3)):
        match dice.randrange(8):
            case 0:
                row[dice.choice([*row, "party", "kind", "deals", "paper", "text", "table", "words"])] = dice.choice(
                    NASTY
                )
            case 1:
                row.pop(dice.choice(list(row)), None) if row else None
            case 2 if isinstance(row.get("deals"), dict) and row["deals"]:
                deal = row["deals"][dice.choice(list(row["deals"]))]
                if isinstance(deal, dict) and deal:
                    deal[dice.choice([*deal, "nothing"])] = dice.choice(NASTY)
            case 3 if isinstance(row.get("deals"), dict):
                row["deals"][str(dice.choice(NASTY))] = dice.choice(NASTY)
            case 4:
                row["paper"] = dice.choice([*range(60), -5, "1", "1e3", 10**30])
            case 5:
                row = {**dice.choice(others), **({"party": dice.choice(NASTY)} if dice.random() < 0.5 else {})}
            case 6:
                row["kind"] = dice.choice(
                    ["offer", "accept", "withdraw", "pass", "walk", "say", "tick", "vote", 7, None]
                )
            case _:
                pass
    text = json.dumps(row)
    match dice.randrange(12):
        case 0:
            return text[: dice.randrange(len(text) + 1)]
        case 1:
            return "[" * dice.choice([5, 5000]) + text
        case 2:
            return json.dumps([row])
        case 3:
            return text.replace(":", ": \u202e", 1)
    return text


def sent(play, seat, text, key, basis=None):
    """What `sockets` makes of a text from outside: an act is a JSON object, or the socket is closed."""
    try:
        act = json.loads(text)
    except (ValueError, RecursionError):
        return "no message"
    return play.send(seat, act, key, basis) if isinstance(act, dict) else "no message"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ('{"kind": "say", "text": "' + "a" * 30_000 + '"}', "30,000 characters, must have 1 to 1,000"),
        ("{}", "unknown kind of event 'None'"),
        ('{"kind": "accept", "paper": Infinity}', "paper is inf, must be the number of a paper"),
        ('{"kind": "accept", "paper": 7, "party": "clock"}', "cannot sign paper 7"),
        ('{"kind": "tick"}', "cannot tick"),
        ('{"kind": "say", "text": "a\\u0000b"}', "control characters"),
    ],
)
def test_what_is_no_command_is_refused_with_a_reason(local, command, why):
    one = Class(local)
    seat = one.seat()
    one.go("negotiate")
    assert why in sent(local.play, seat, command, "k")
    assert local.store.version(seat.group) == 0


def test_a_paper_at_another_table_makes_no_counter_offer_late(local):
    one = Class(local, case="alliance-2023", protocol="alternating")
    seats = [one.seat() for _ in one.now.parties]
    one.go("negotiate")
    seat = next(seat for seat in seats if len(local.play.look(seat).view.due) > 1)
    view = local.play.look(seat).view
    for n, name in enumerate(view.due[:2]):
        assert local.play.act(seat, Offer({name: view.scenario.tables[name].deal(0)}), f"k{n}", basis=0) is None


@pytest.mark.parametrize("protocol", ["open-floor", "alternating"])
def test_mutated_commands_are_refused_or_legal_and_never_crash(local, watch, protocol):
    dice = random.Random(20260801)
    one = Class(local, case="electric-quay", protocol=protocol)
    parties = one.now.parties
    seats = [one.seat() for _ in range(2 * len(parties))]
    one.go("negotiate")
    groups = list(one.now.groups)
    scenario = local.play.look(seats[0]).scenario
    done, rows = (
        0,
        [{"kind": "pass"}, {"kind": "say", "text": "Hello."}, {"kind": "walk", "table": "none", "words": ""}],
    )
    for group in groups:
        local.teaching.take_over(TEACHER, one.id, group, parties[0])  # an agent keeps both games going
    for n in range(1250):
        if n % 100 == 0:
            for group in groups:
                local.play.advance(group)
            with local.store.reading() as look:
                state = local.play.games.at(look, dice.choice(groups))[1]
            rows += [{k: v for k, v in encode(scenario, e).items() if k != "party"} for e in state.events[-5:]]
        seat = dice.choice(seats)
        if dice.random() < 0.1:
            other = dice.choice(seats)
            seat = Seat(seat.session, seat.person, seat.name, other.group, other.party)
        basis = dice.choice([None, None, None, 0, -1, 3, 10**9])
        before = [local.store.hub.version(group) for group in groups]
        why = sent(local.play, seat, mutated(dice, dice.choice(rows), rows), f"k{n - (n % 7 == 0)}", basis)
        after = [local.store.hub.version(group) for group in groups]
        assert why is None or (why and "\n" not in why and len(why) < 1200)
        mine = one.again(seat)
        for group, was, now in zip(groups, before, after, strict=True):
            assert now - was <= (why is None and group == mine.group)
            for row in local.store.rows(group, was) if now != was else ():
                assert row["party"] == mine.party  # nobody ever acts for another
        done += after != before
    assert 20 < done < 1000
    for group in groups:  # and everything that was kept is legal, from the first event to the last
        fresh = type(local.play.games)()
        with local.store.reading() as look:
            fresh.at(look, group)


@pytest.mark.parametrize("text", [one for one in NASTY if isinstance(one, str)])
def test_whatever_people_type_is_kept_as_text_or_refused(room, text):
    one = Class(room)
    ana, bob = one.seat(), one.seat()
    one.go("prepare")
    for why in (
        room.talk.whisper(ana, [bob.party], text, "k1"),
        room.talk.whisper(ana, [text], "Hello.", "k2"),
        room.play.prepare(ana, {text: text}, "k3"),
        room.play.send(ana, {"kind": "say", "text": text}, "k4"),
        room.play.send(ana, {}, text),
    ):
        assert why is None or (why and "\n" not in why)
    assert [m.text for m in room.talk.heard(bob)] in ([], [text])
    assert room.play.look(ana).sheet in ({}, {text: text})
    for call in (
        lambda: room.seats.join(text, text, key="a-key-of-a-page-1"),
        lambda: room.seats.join(one.code, text, key="a-key-of-a-page-1"),
        lambda: room.seats.identify(text),
        lambda: room.classes.get(text),
        lambda: room.teaching.move(TEACHER, one.id, text, text, text),
        lambda: room.teaching.rename(TEACHER, one.id, ana.person, text),
        lambda: room.accounts.log_in(text, text),
    ):
        with contextlib.suppress(NegotiationError):
            call()
    assert all("<" not in person.name for person in one.now.people.values())


@pytest.mark.parametrize("kind", ["offer", "accept", "walk", "pass", "say"])
def test_words_that_nobody_sees_are_refused_with_every_act(room, kind):
    one = Class(room, case="cloud-for-two", protocol="open-floor")
    ana, bob = one.seat(), one.seat()
    one.go("negotiate")
    ana, bob = one.again(ana), one.again(bob)
    deal = room.play.look(ana).scenario.tables["contract"].deal(0)
    terms = room.play.look(ana).scenario.tables["contract"].name_of(deal)
    assert room.play.send(ana, {"kind": "offer", "deals": {"contract": terms}, "words": ""}, "k0") is None
    rows = {
        "offer": {"kind": "offer", "deals": {"contract": terms}, "words": "\x07"},
        "accept": {"kind": "accept", "paper": 0, "words": "Yes.\x1b[2J"},
        "walk": {"kind": "walk", "table": "contract", "words": "Bye\u202e."},
        "pass": {"kind": "pass", "words": "\x00"},
        "say": {"kind": "say", "text": "Hello\x08"},
    }
    before = room.store.hub.version(ana.group)
    why = room.play.send(bob, rows[kind], "k1")
    assert "what you say" in why
    assert "\n" not in why
    assert room.store.hub.version(ana.group) == before


def reachable(thing, seen):
    """Everything that one gets at from a thing."""
    if id(thing) in seen or isinstance(thing, str | int | float | bool | type | None):
        return
    seen[id(thing)] = thing
    parts = list(thing.values()) if isinstance(thing, Mapping) else []
    parts += list(thing) if isinstance(thing, tuple | list | set | frozenset) else []
    parts += [getattr(thing, name) for name in getattr(type(thing), "__slots__", ()) if hasattr(thing, name)]
    for part in (*parts, *vars(thing).values()) if hasattr(thing, "__dict__") else parts:
        reachable(part, seen)


@pytest.mark.parametrize("case", ["alliance-2023", "electric-quay"])
def test_nothing_of_another_party_can_be_reached_from_what_a_page_gets(local, case):
    one = Class(local, case=case)
    seats = [one.seat() for _ in one.now.parties]
    with local.store.reading() as look:
        game = local.play.games.at(look, seats[0].group)[0]
    secret = {
        id(thing): party
        for party, roles in game.case.roles.items()
        for role in roles.values()
        for thing in (role, role.preferences)
    }
    for phase in ("read", "prepare", "negotiate", "sign"):
        one.go(phase)
        local.play.advance(seats[0].group)
        for seat in seats:
            seen = {}
            reachable(local.play.look(seat), seen)
            assert {secret[number] for number in seen if number in secret} == {seat.party}
            assert game.game.types[seat.party] == local.play.look(seat).view.role.name
    one.go("debrief")
    seen = {}
    reachable(local.play.look(seats[0]), seen)
    assert {secret[number] for number in seen if number in secret} == set(game.case.roles)


def test_notes_that_are_too_long_are_refused_with_their_length_and_nothing_is_cut(local_class, local):
    one = local_class()
    ana = one.seat()
    one.go("prepare")
    assert local.play.prepare(ana, {"notes": "\n" * 5000, "target": 1}, "k1") is None
    refusal = "your notes have 5,001 characters, and there is room for 5,000"
    assert local.play.prepare(ana, {"notes": "x" * 5001, "target": 2}, "k2") == refusal
    assert local.play.look(ana).sheet == {"notes": "\n" * 5000, "target": 1}
    refusal = local.play.prepare(ana, {"guesses": {"x": ["y" * 20_000]}}, "k3")
    assert refusal == "a preparation sheet has at most 20,000 characters; this one has 20,024"
