"""The console says which group needs its teacher, why, and in which order."""

from support_class import TEACHER

from negotiation.actions import Pass, Say
from negotiation.classroom.attention import SLOW, by_need, finished, needs, some
from negotiation.classroom.talk import TEACHER as HELP


def looked_at(local, one, watch):
    return [
        (tile.number, [need.text for need in wanted])
        for tile, wanted in by_need(one.now, local.teaching.tiles(TEACHER, one.id), watch())
    ]


def here(local, *seats):
    for seat in seats:
        local.seats.touch(seat)


def test_nothing_is_needed_in_the_lobby_nor_while_the_clock_stands(local, local_class, watch):
    one = local_class()
    one.seat("Ana")
    assert looked_at(local, one, watch) == [(1, [])]
    one.go("negotiate")
    assert looked_at(local, one, watch) == [(1, ["Ana away"])]
    local.teaching.pause(TEACHER, one.id)
    assert looked_at(local, one, watch) == [(1, [])]


def test_a_question_comes_first_until_its_author_is_answered(local, local_class, watch):
    one = local_class()
    seats = [one.seat(name) for name in ("Ana", "Bob", "Eve", "Dan")]
    one.go("negotiate")
    here(local, *seats[:3])
    assert looked_at(local, one, watch) == [(2, ["Dan away"]), (1, [])]
    assert local.talk.whisper(seats[0], [HELP], "What is a paper?", "k1") is None
    assert looked_at(local, one, watch) == [(1, ["Ana asks: What is a paper?"]), (2, ["Dan away"])]
    local.teaching.broadcast(TEACHER, one.id, "Five minutes.", "k2")
    local.teaching.broadcast(TEACHER, one.id, "Look around.", "k3", to=seats[1].person)
    assert looked_at(local, one, watch)[0][1] == ["Ana asks: What is a paper?"]
    local.teaching.broadcast(TEACHER, one.id, "An offer that can be signed.", "k4", to=seats[0].person)
    assert looked_at(local, one, watch) == [(2, ["Dan away"]), (1, [])]


def test_an_agent_in_the_seat_of_somebody_away_settles_it(local, local_class, watch):
    one = local_class()
    seat = one.seat("Ana")
    one.go("read")
    assert looked_at(local, one, watch) == [(1, ["Ana away"])]
    local.teaching.take_over(TEACHER, one.id, seat.group, seat.party)
    assert looked_at(local, one, watch) == [(1, [])]


def test_a_quiet_group_is_told_whom_it_waits_for(local, local_class, watch):
    one = local_class()
    ana, bob, eve = (one.seat(name) for name in ("Ana", "Bob", "Eve"))
    one.go("negotiate")
    watch.time += SLOW
    here(local, ana, bob, eve)
    assert looked_at(local, one, watch) == [(1, ["nobody has acted for 2 min"])]
    local.play.act(ana, Pass(), "k1")
    local.play.act(bob, Pass(), "k2")
    watch.time += SLOW
    with local.store.writing() as write:  # as if the passes were two minutes old
        write.connection.exec_driver_sql(f"UPDATE events SET at = {watch.time - SLOW}")
    here(local, ana, bob, eve)
    assert looked_at(local, one, watch) == [(1, ["waits for Eve"])]
    local.play.act(eve, Say("Sorry."), "k3")
    watch.time += SLOW - 1
    here(local, ana, bob, eve)
    one.go("sign")
    assert looked_at(local, one, watch) == [(1, [])]


def test_homework_is_done_alone_and_at_any_time(local, local_class, watch):
    one = local_class(homework=True)
    one.seat("Ana")
    watch.time += 10 * SLOW
    assert looked_at(local, one, watch) == [(1, [])]


def test_finished_closed_and_empty_groups_come_last(local, local_class, watch):
    one = local_class(case="cloud-for-two", surplus="share")
    seats = [one.seat(f"P{n}") for n in range(8)]
    one.go("negotiate")
    groups = list(one.now.groups)
    local.teaching.merge(TEACHER, one.id, groups[0], groups[1])
    for seat in seats[4:6]:
        local.teaching.move(TEACHER, one.id, seat.person, "")
    local.store.append(groups[3], 0, [{"kind": "walk", "party": seats[7].party, "table": _table(local, groups[3])}])
    tiles = {tile.number: tile for tile in local.teaching.tiles(TEACHER, one.id)}
    assert finished(one.now, tiles[4])
    assert [number for number, _ in looked_at(local, one, watch)] == [2, 3, 4, 1]
    assert needs(one.now, tiles[3], watch()) == ()
    one.go("debrief")
    assert finished(one.now, tiles[2])


def _table(local, group):
    with local.store.reading() as look:
        return next(iter(local.play.games.at(look, group)[1].scenario.tables))


def test_many_names_are_counted():
    assert [some(list("abcd"[:n])) for n in (1, 3, 4)] == ["a", "a, b, c", "a, b and 2 more"]
