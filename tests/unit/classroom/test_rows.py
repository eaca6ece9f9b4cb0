"""A class as a spreadsheet: equal to what one would work out by hand, and no formula survives."""

import pytest
from support_class import TEACHER, Class

from negotiation.actions import Pass, Say
from negotiation.classroom.rows import event_rows, group_rows, neutral, percentile, person_rows, standard


def games(room, session):
    with room.store.reading() as look:
        return (
            {group: room.play.games.at(look, group) for group in session.groups},
            {group: [at for at, _ in look.stamped(group)] for group in session.groups},
        )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", " =1", "\t=1", "|cmd", "\rx", "%x"])
def test_no_text_is_a_formula(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Ana", "", 3, -2.5, None, "a=b", True])
def test_everything_else_stays_as_it_is(value):
    assert neutral(value) is value


def test_places_within_a_role():
    assert [percentile(x, [1.0, 2.0, 3.0, 4.0]) for x in (1.0, 4.0)] == [12.5, 87.5]
    assert percentile(7.0, [7.0]) == 50.0
    assert standard(2.0, [2.0, 2.0]) is None
    assert standard(4.0, [1.0, 2.0, 3.0, 4.0]) == pytest.approx(1.162, abs=1e-3)


def test_a_row_a_person_a_group_an_event(room):
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
    table = next(iter(room.play.look(seats[0]).scenario.tables))
    room.teaching.correct(TEACHER, one.id, seats[0].group, {table: None}, "why")
    now = one.now
    played, stamps = games(room, now)
    people = person_rows(now, played)
    assert [row["name"] for row in people] == ["'=Ana", "Bob", "Cid", "Dan", "Gone"]
    assert [row["prepared"] for row in people] == [True, False, False, False, False]
    game, state = played[seats[0].group]
    mine = game.points(state)[seats[0].party]
    assert people[0]["points"] == pytest.approx(mine)
    unsigned = game.role(seats[0].party).preferences.score({})
    assert people[0]["above_unsigned"] == pytest.approx(mine - unsigned)
    assert (people[4]["group"], people[4]["party"], people[4]["points"], people[4]["left"]) == (None, None, None, True)
    groups = group_rows(now, played)
    assert [row["group"] for row in groups] == [1, 2]
    assert groups[0][f"points.{seats[0].party}"] == pytest.approx(mine)
    assert groups[0]["corrected"] == f'{{"{table}": null}}'
    assert groups[1]["corrected"] is None
    events = event_rows(now, played, stamps)
    assert len(events) == sum(len(state.events) for _, state in played.values())
    assert events[0]["text"] == "'-cheap"
    assert all(row["at"] > 0 for row in events)
    assert not any(isinstance(value, dict) for row in events for value in row.values())


@pytest.mark.parametrize("counts", ["best", "last"])
def test_homework_counts_the_attempt_that_counts(local, counts):
    one = Class(local, homework=True, rounds=1, counts=counts, fresh=True)
    ana = one.seat("Ana")
    points = []
    for n in range(3):
        local.play.act(ana, Pass(), f"p{n}")
        local.play.advance(ana.group)
        look = local.play.look(ana)
        assert look.state.over
        points.append(look.points[ana.party])
        assert local.play.again(ana, f"again{n}") is None
        ana = one.again(ana)
    row = person_rows(one.now, games(local, one.now)[0])[0]
    assert row["attempts"] == 4
    assert row["points"] == pytest.approx(max(points) if counts == "best" else points[-1])
    fresh = Class(local, homework=True)
    fresh.seat()
    assert person_rows(fresh.now, games(local, fresh.now)[0])[0]["points"] is None
