"""A class as a spreadsheet: equal to what one would work out by hand, and no formula survives."""

import pytest
from support_class import TEACHER, Class, played

from negotiation.actions import Pass, Say
from negotiation.classroom.rows import neutral
from negotiation.debrief.class_data import gather
from negotiation.debrief.export_rows import event_rows, group_rows, person_rows
from negotiation.debrief.grades import grades, standard


def people_of(klass):
    return person_rows(klass, grades(klass))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", " =1", "\t=1", "|cmd", "\rx", "%x"])
def test_no_text_is_a_formula(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Ana", "", 3, -2.5, None, "a=b", True])
def test_everything_else_stays_as_it_is(value):
    assert neutral(value) is value


def test_standard_deviations():
    assert standard(2.0, [2.0, 2.0]) is None
    assert standard(4.0, [1.0, 2.0, 3.0, 4.0]) == pytest.approx(1.162, abs=1e-3)


def test_a_row_a_person_a_group_an_event(rooms):
    room = rooms()
    one = Class(room, arrive=True)
    seats = [one.seat(name) for name in ("=Ana", "Bob", "Cid", "Dan")]
    gone = one.seat("Gone")
    one.go("prepare")
    room.play.prepare(seats[0], {"target": 5}, "k")
    one.go("negotiate")
    room.play.leave(gone)
    room.play.act(seats[0], Say("-cheap"), "s")
    for seat in seats:
        room.play.act(seat, Pass(), "p")
    for group in one.now.groups:
        room.play.advance(group)
    tables = list(room.play.look(seats[0]).scenario.tables)
    for table, why in ((tables[0], "one"), (tables[-1], "two")):
        room.teaching.correct(TEACHER, one.id, seats[0].group, {table: None}, why)
    klass = gather(room, one.id)
    people = people_of(klass)
    assert [row["name"] for row in people] == ["=Ana", "Bob", "Cid", "Dan", "Gone"]
    assert [row["prepared"] for row in people] == [True, False, False, False, False]
    mine = klass.group(seats[0].group).points[seats[0].party]
    assert people[0]["points"] == pytest.approx(mine)
    unsigned = klass.sheets[seats[0].party].score({})
    assert people[0]["above_unsigned"] == pytest.approx(mine - unsigned)
    assert (people[0]["acts"], people[0]["acts_of_seat"]) == (2, 2)
    assert (people[4]["group"], people[4]["party"], people[4]["points"], people[4]["left"]) == (None, None, None, True)
    groups = group_rows(klass)
    assert [row["group"] for row in groups] == [1, 2]
    assert groups[0][f"points.{seats[0].party}"] == pytest.approx(mine)
    both = {tables[0]: None, tables[-1]: None}
    assert groups[0]["corrected"] == str(both).replace("'", '"').replace("None", "null")
    assert groups[0]["corrected_why"] == "one; two"
    assert (groups[1]["corrected"], groups[1]["corrected_why"]) == (None, None)
    events = event_rows(klass)
    assert len(events) == sum(len(group.state.events) for group in klass.every)
    assert (events[0]["text"], events[0]["by"], events[1]["by"]) == ("-cheap", "P01", "P01")
    assert all(row["at"] > 0 for row in events)
    assert not any(isinstance(value, dict) for row in events for value in row.values())


def test_when_a_table_was_signed_is_told_of_what_counts(rooms):
    """A deal put on record is never without its round, and none has one."""
    room = rooms()
    one, _ = played(room, 9, case="any-two-of-three")
    first, second, third = one.now.groups
    kept = gather(room, one.id)
    before = {group: row["platform.signed_in"] for group, row in zip(one.now.groups, group_rows(kept), strict=True)}
    assert before[first]
    deal = {"members": "ac", "lead": "aster", "site": "cygne", "costs": "equal"}
    for group, outcome in ((first, None), (second, deal)):
        room.teaching.correct(TEACHER, one.id, group, {"platform": outcome}, "it was so")
    klass = gather(room, one.id)
    rows = dict(zip((group.id for group in klass.every), group_rows(klass), strict=True))
    assert (rows[first]["platform.members"], rows[first]["platform.signed_in"]) == (None, None)
    last = klass.group(second).state.rounds_played
    assert rows[second]["platform.members"] == "ac"
    assert rows[second]["platform.signed_in"] == before[second] or last
    assert rows[third]["platform.signed_in"] == before[third]
    room.teaching.correct(TEACHER, one.id, first, {"platform": deal}, "after all")
    assert group_rows(gather(room, one.id))[0]["platform.signed_in"] == before[first]


def test_what_is_signed_only_on_record_counts_as_signed_in_the_last_round(rooms):
    room = rooms()
    one = Class(room, case="cloud-for-two", rounds=2)
    seat = one.seat("Ana")
    one.go("negotiate")
    for n in range(2):
        room.play.act(seat, Pass(), f"p{n}")
        room.play.advance(seat.group)
    one.go("debrief")
    deal = {"price": "p22", "data": "pooled", "term": "y7", "migration": "half", "volume": "indexed"}
    assert group_rows(gather(room, one.id))[0]["contract.signed_in"] is None
    room.teaching.correct(TEACHER, one.id, seat.group, {"contract": deal}, "signed on paper")
    row = group_rows(gather(room, one.id))[0]
    assert (row["contract.signed_in"], row["rounds_played"]) == (2, 2)


@pytest.mark.parametrize("counts", ["best", "last"])
def test_homework_counts_the_attempt_that_counts(rooms, counts):
    room = rooms()
    one = Class(room, homework=True, rounds=1, counts=counts, fresh=True)
    ana = one.seat("Ana")
    points = []
    for n in range(3):
        room.play.act(ana, Pass(), f"p{n}")
        room.play.advance(ana.group)
        look = room.play.look(ana)
        assert look.state.over
        points.append(look.points[ana.party])
        assert room.play.again(ana, f"again{n}") is None
        ana = one.again(ana)
    row = people_of(gather(room, one.id))[0]
    assert row["attempts"] == 4
    assert row["points"] == pytest.approx(max(points) if counts == "best" else points[-1])


def test_homework_of_somebody_who_has_left(rooms):
    """Every attempt is still that person's, if anything was done in it; else there is no result to compare."""
    room = rooms()
    one = Class(room, homework=True, rounds=1)
    ana, bob, cyn = one.seat("Ana"), one.seat("Bob"), one.seat("Cyn")
    room.play.act(ana, Pass(), "p")
    room.play.advance(ana.group)
    assert room.play.again(ana, "again") is None
    room.play.leave(one.again(ana))
    room.play.leave(bob)
    klass = gather(room, one.id)
    assert [row["points"] is None for row in people_of(klass)] == [False, True, False]
    assert [group.number for group in klass.groups] == [1, 3]
    assert klass.results[cyn.person][0].number == 3


@pytest.mark.parametrize("counts", ["best", "last"])
def test_a_team_at_homework_has_the_result_of_the_game_that_it_plays(rooms, counts):
    """Somebody moved beside a mate has that result, not the empty game that was opened before."""
    room = rooms()
    one = Class(room, case="cloud-for-two", homework=True, rounds=1, counts=counts, surplus="share")
    ana, bob = one.seat("Ana"), one.seat("Bob")
    room.teaching.move(TEACHER, one.id, bob.person, ana.group, ana.party)
    for seat in (ana, one.again(bob)):
        room.play.act(seat, Say("We wait."), f"say-{seat.name}")
    room.play.act(ana, Pass(), "p")
    room.play.advance(ana.group)
    klass = gather(room, one.id)
    assert [group.number for group in klass.groups] == [1]
    people = people_of(klass)
    assert [(row["group"], row["acts"]) for row in people] == [(1, 2), (1, 1)]
    assert [row["n_in_role"] for row in people] == [1, 1]
    assert room.play.again(ana, "again") is None
    again = one.again(ana)
    room.play.act(again, Pass(), "q")
    room.play.advance(again.group)
    assert klass.results[bob.person] == (klass.groups[0], ana.party)
    later = gather(room, one.id)
    assert later.results[ana.person][0].number == (1 if counts == "best" else 3)
    assert later.results[bob.person][0].number == 1
