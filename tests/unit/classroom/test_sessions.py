"""People in a class: any number of them, each in one place, whatever the teacher and they do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from negotiation.classroom.clock import Clock
from negotiation.classroom.facts import (
    Entered,
    Extended,
    HandedBack,
    Joined,
    Left,
    Paused,
    Resumed,
    Returned,
    Seated,
    Swapped,
    Taken,
    Unseated,
    stamped,
)
from negotiation.classroom.groups import alone, enter, form, merge, place, settle
from negotiation.classroom.phases import Phase
from negotiation.classroom.schema import logs
from negotiation.classroom.sessions import Session, fold
from negotiation.classroom.settings import Settings
from negotiation.errors import Refused

PARTIES = ("a", "b", "c", "d")


class Mint:
    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return f"g{self.count}"


def opening(**more):
    return Session("s", "A class", Settings.of(more), PARTIES)


def then(session, facts, at=0.0):
    return fold(session, [stamped(fact, "test", at) for fact in facts])


def arrived(session, count, mint=None):
    """The class after some people joined; seated as they come if there is a mint."""
    for n in range(count):
        who = f"p{len(session.people) + 1}"
        session = then(session, [Joined(who, f"Person {n}")])
        if mint:
            session = then(session, place(session, who, mint))
    return session


def sizes(session):
    return sorted((len(session.members(g.id)) for g in session.groups.values() if not g.closed), reverse=True)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("people", "surplus", "found"),
    [
        (61, "agents", [4] * 15 + [1]),
        (61, "share", [5] + [4] * 14),
        (62, "observe", [5] * 2 + [4] * 13),
        (3, "share", [3]),
        (3, "observe", [3]),
        (1, "agents", [1]),
        (200, "agents", [4] * 50),
        (0, "agents", []),
    ],
)
def test_any_number_of_people_fits(at_once, people, surplus, found):
    mint = Mint()
    session = arrived(opening(surplus=surplus, seed=5), people, None if at_once else mint)
    session = then(session, enter(session, Phase.NEGOTIATE, mint))
    assert sizes(session) == found
    assert not session.lobby
    check(session)


def test_groups_are_drawn_by_the_seed():
    def seats(seed):
        session = arrived(opening(seed=seed), 12)
        session = then(session, form(session, Mint()))
        return [(p.group, p.party) for p in session.people.values()]

    assert seats(1) == seats(1)
    assert seats(1) != seats(2)


@pytest.mark.parametrize(
    ("surplus", "party", "groups"), [("agents", True, 3), ("share", True, 2), ("observe", False, 2)]
)
def test_latecomers_take_an_agents_seat_first_then_what_is_left(surplus, party, groups):
    mint = Mint()
    session = arrived(opening(surplus=surplus), 8, mint)
    session = then(session, enter(session, Phase.NEGOTIATE, mint))
    session = then(session, [Left("p3")])
    home = fold(session, []).people["p3"].group
    assert home == ""
    session = arrived(session, 1, mint)
    assert session.people["p9"].party
    session = arrived(session, 1, mint)
    assert bool(session.people["p10"].party) is party
    assert len(session.groups) == groups
    check(session)


def test_two_groups_become_one():
    mint = Mint()
    session = arrived(opening(surplus="share"), 7, mint)
    one, two = session.groups
    moves = session.members(two)[0]
    session = then(session, [Unseated(session.at(one, moves.party)[0].id)])
    merged = then(session, merge(session, two, one))
    assert merged.at(one, moves.party) == (merged.people[moves.id],)
    assert not merged.free(one)
    assert sizes(merged) == [6]
    assert merged.groups[two].closed
    check(merged)
    full = arrived(opening(surplus="share"), 8, mint)
    first, second = full.groups
    full = then(full, merge(full, second, first))
    assert [len(full.at(first, party)) for party in PARTIES] == [2] * 4
    with pytest.raises(Refused, match="both open"):
        merge(merged, two, one)
    with pytest.raises(Refused, match="has been closed"):
        then(merged, [Seated("p1", two, "a")])
    observers = then(opening(reveal={"sheet": "lobby"}), [])
    observers = arrived(observers, 8, mint)
    first, second = observers.groups
    observers = then(observers, merge(observers, second, first))
    assert len(observers.at(first, "")) == 4
    early = arrived(opening(), 5, mint)
    first, second = early.groups
    early = then(early, [Left(early.at(first, "a")[0].id)])
    lonely = early.members(second)[0]
    early = then(early, [Seated(lonely.id, second, "b")])
    assert then(early, merge(early, second, first)).people[lonely.id].party == "a"
    late = then(early, [Entered(Phase.READ)])
    assert then(late, merge(late, second, first)).people[lonely.id].party == ""


def test_whoever_has_read_a_brief_keeps_the_party():
    mint = Mint()
    session = arrived(opening(surplus="share"), 8, mint)
    session = then(session, enter(session, Phase.READ, mint))
    session = arrived(session, 2, mint)
    before = {who: person.party for who, person in session.people.items()}
    session = then(session, enter(session, Phase.NEGOTIATE, mint))
    assert {who: person.party for who, person in session.people.items()} == before
    assert sizes(session) == [5, 5]
    session = then(session, [Left("p1")])
    for phase in (Phase.SIGN, Phase.NEGOTIATE):  # nothing is settled again in the middle of the talks
        session = then(session, enter(session, phase, mint))
    assert sizes(session) == [5, 4]
    check(session)


@pytest.mark.parametrize("homework", [True, False])
def test_whoever_comes_back_finds_the_old_seat(homework):
    mint = Mint()
    session = arrived(opening(homework=homework), 6, mint)
    seat = (session.people["p2"].group, session.people["p2"].party)
    session = then(session, [Left("p2")] * 2)
    session = then(session, [Returned("p2")])
    session = then(session, place(session, "p2", mint))
    assert (session.people["p2"].group, session.people["p2"].party) == seat
    assert len(session.people["p2"].attempts) == homework


def test_a_seat_that_an_agent_keeps_belongs_to_its_people():
    mint = Mint()
    session = arrived(opening(), 4, mint)
    group = session.people["p1"].group
    party = session.people["p1"].party
    away = then(session, [Taken(group, party)])
    assert party not in away.held(group)
    assert party not in away.free(group)
    assert party in then(away, [HandedBack(group, party)]).held(group)
    again = then(away, [Unseated("p1")])
    assert again.lobby[0].id == "p1"
    assert party in then(again, [Seated("p1", group, party)]).held(group)


def test_what_cannot_be_is_refused():
    session = arrived(opening(), 4, Mint())
    group, other = session.people["p1"].group, session.people["p2"].party
    gone = then(session, [Left("p3")])
    for facts, why, start in [
        ([Seated("p1", group, other)], "has that seat already", session),
        ([Seated("p1", group, "z")], "unknown seat", session),
        ([Seated("p1", "g9", "a")], "no such group", session),
        ([Seated("p3", group, "a")], "has left", gone),
        ([Swapped("p1", "p3")], "has left", gone),
        ([Swapped("p3", "p1")], "has left", gone),
        ([Unseated("p99")], "nobody like that", session),
        ([Taken(group, "z")], "unknown seat", session),
        ([Entered(Phase.DEBRIEF), Entered(Phase.NEGOTIATE)], "cannot go back", session),
        ([Entered(Phase.READ), Entered(Phase.LOBBY)], "cannot go back", session),
    ]:
        with pytest.raises(Refused, match=why):
            then(start, facts)


def test_homework_gives_everybody_a_game_alone():
    mint = Mint()
    session = arrived(opening(homework=True, attempts=2, seed=9), 5, mint)
    assert sizes(session) == [1] * 5
    assert [p.party for p in session.people.values()] == ["a", "b", "c", "d", "a"]
    assert {group.seed for group in session.groups.values()} == {9}
    session = then(session, alone(session, "p1", mint))
    assert session.people["p1"].attempts == ("g1", "g6")
    assert session.people["p1"].group == "g6"
    with pytest.raises(Refused, match="used all 2 attempts"):
        alone(session, "p1", mint)
    assert settle(session) == []
    fresh = arrived(opening(homework=True, seat="c", fresh=True), 3, Mint())
    assert {p.party for p in fresh.people.values()} == {"c"}
    assert len({group.seed for group in fresh.groups.values()}) == 3
    assert alone(fresh, "p1", mint)[0].seed != fresh.groups["g1"].seed


def test_there_is_an_end_to_groups(monkeypatch):
    monkeypatch.setattr("negotiation.classroom.groups.MOST_GROUPS", 1)
    with pytest.raises(Refused, match="the most there can be"):
        arrived(opening(), 5, Mint())


def test_the_clock_is_the_same_for_whoever_reads_it():
    clock = Clock(60, since=100)
    assert (clock.elapsed(130), clock.left(130), clock.out(159.9), clock.out(160)) == (30, 30, False, True)
    assert clock.deadline() == 160
    stands = clock.paused(130)
    assert (stands.left(1000), stands.out(1000), stands.deadline()) == (30, False, None)
    assert stands.paused(1000) == stands
    goes = stands.resumed(200)
    assert (goes.deadline(), goes.resumed(210)) == (230, goes)
    assert goes.extended(60, 210).deadline() == 290
    assert goes.extended(-1000, 210).left(210) == 0
    assert Clock(None, since=0).extended(10, 100).deadline() == 110
    assert Clock(None, since=0).left(9) is None
    assert (Clock(since=0).rounds_due(125, 60), Clock(since=0).rounds_due(125, None)) == (2, 0)
    assert Clock(60, since=100).elapsed(90) == 0


def test_talks_taken_up_again_go_on_where_they_were():
    session = opening(minutes={"negotiate": 10, "sign": 1})
    session = then(session, [Entered(Phase.NEGOTIATE)], at=100)
    session = then(session, [Paused()], at=160)
    session = then(session, [Resumed()], at=200)
    assert session.clock.deadline() == 740
    early = then(then(session, [Entered(Phase.SIGN)], 260), [Entered(Phase.NEGOTIATE)], 300)
    assert (early.clock.elapsed(300), early.clock.deadline()) == (120, 780)
    late = then(then(session, [Entered(Phase.SIGN)], 740), [Entered(Phase.NEGOTIATE)], 800)
    assert (late.clock.elapsed(800), late.clock.deadline(), late.clock.out(9999)) == (600, None, False)
    assert then(late, [Extended(60)], 800).clock.deadline() == 860


def test_what_is_revealed_when():
    session = opening(reveal={"sheet": "prepare"})
    shown = {}
    for phase in list(Phase)[1:]:
        session = then(session, [Entered(phase)])
        shown[phase] = [what for what in ("brief", "sheet", "results", "sheets") if session.shows(what)]
    assert shown["read"] == ["brief"]
    assert shown["prepare"] == shown["sign"] == ["brief", "sheet"]
    assert shown["debrief"] == ["brief", "sheet", "results", "sheets"]


def test_points_of_others_stay_hidden_in_classes_that_were_once_set_up_otherwise():
    session = opening(reveal={"results": "read", "sheets": "lobby"})
    for phase in list(Phase)[1:]:
        session = then(session, [Entered(phase)])
        assert session.shows("results") == session.shows("sheets") == (phase in ("debrief", "closed"))


def check(session):
    """Nobody in two places, no seat with two people unless seats are shared."""
    places = [person.id for person in session.lobby]
    for group in session.groups.values():
        members = session.members(group.id)
        places += [person.id for person in members]
        for party in session.parties:
            sitting = session.at(group.id, party)
            assert len(sitting) <= 1 or session.sharing
            assert not (sitting and party in session.free(group.id))
        assert not (group.closed and members)
        assert set(session.held(group.id)) <= {person.party for person in members} - group.taken
    assert sorted(places) == sorted(p.id for p in session.people.values() if not p.gone)


COMMANDS = st.tuples(
    st.sampled_from(
        ["join", "join", "join", "leave", "return", "move", "swap", "merge", "take", "back", "form", "phase"]
    ),
    st.integers(0, 11),
    st.integers(0, 11),
    st.integers(0, 4),
)


def command(session, mint, name, x, y, z):
    """The facts that a command makes, with people, groups and parties chosen by number."""
    people, groups = list(session.people), list(session.groups)
    person = people[x % len(people)] if people else "nobody"
    other = people[y % len(people)] if people else "nobody"
    group = groups[y % len(groups)] if groups else "none"
    party = (*PARTIES, "")[z]
    match name:
        case "join":
            who = f"p{len(people) + 1}"
            joined = then(session, [Joined(who, who)])
            facts = [Joined(who, who)]
            return facts + (place(joined, who, mint) if z % 2 else [])
        case "leave":
            return [Left(person)]
        case "return":
            return [Returned(person)]
        case "move":
            return [Seated(person, group, party)]
        case "swap":
            return [Swapped(person, other)]
        case "merge":
            return merge(session, groups[x % len(groups)], group) if groups else []
        case "take":
            return [Taken(group, party)]
        case "back":
            return [HandedBack(group, party)]
        case "form":
            return form(session, mint)
        case _:
            return enter(session, list(Phase)[1 + z % 4], mint)


@settings(max_examples=200)
@given(st.sampled_from(["agents", "share", "observe"]), st.lists(COMMANDS, max_size=40))
def test_whatever_people_and_teacher_do_everybody_is_in_one_place(surplus, commands):
    session, mint = opening(surplus=surplus), Mint()
    facts = []
    for each in commands:
        try:
            new = [stamped(fact, "x", 0.0) for fact in command(session, mint, *each)]
            session = fold(session, new)
        except Refused:
            continue
        facts += new
        check(session)
    assert fold(opening(surplus=surplus), facts) == session
    assert session.version == len(facts)


def test_a_class_knows_which_phase_follows_and_which_it_can_go_back_to():
    session = opening()
    assert (session.following, session.preceding) == (Phase.READ, None)
    session = then(session, [Entered(Phase.NEGOTIATE)])
    assert (session.following, session.preceding) == (Phase.SIGN, Phase.PREPARE)
    alone = then(opening(homework=True), [Entered(Phase.NEGOTIATE)])
    assert (alone.following, alone.preceding) == (Phase.DEBRIEF, None)


def test_the_classes_of_a_database_are_listed_the_newest_first(room, klass):
    first = klass()
    second = klass()
    assert set(room.classes.ids()) == {first.id, second.id}
    with room.store.writing() as write:
        write.connection.execute(update(logs).where(logs.c.id == first.id).values(created=0.0))
    assert room.classes.ids() == [second.id, first.id]
