"""Clocks and agents go on although no page is open."""

import threading
import time

import pytest
from support_class import TEACHER

from negotiation.classroom import keeper as keepers
from negotiation.classroom.keeper import REFRESH, SWEEP, Keeper
from negotiation.classroom.store import Store
from negotiation.errors import Refused, StoreError
from negotiation.formats import bundled, load, loads


@pytest.fixture
def keeper(local):
    made = Keeper(local.play)
    yield made
    made._pool.shutdown()


def until(true):
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)


def events(local, seat):
    return local.play.look(seat).versions[seat.group]


def test_time_runs_out_and_agents_act_without_a_page(local_class, local, watch, keeper):
    one = local_class(minutes={"read": 5, "negotiate": 10}, round_seconds=60)
    ana = one.seat("Ana")
    one.go("read")
    keeper.look()
    assert one.now.phase == "read"
    watch.time += 5 * 60
    keeper.look()
    assert one.now.phase == "prepare"
    one.go("negotiate")
    keeper.look()
    until(lambda: events(local, ana) > 0)
    until(lambda: not keeper._rung)
    time.sleep(0.05)
    before = events(local, ana)
    keeper.look()
    assert events(local, ana) == before
    watch.time += 61
    keeper.look()
    until(lambda: local.play.look(ana).state.round == 1)
    local.teaching.pause(TEACHER, one.id)
    watch.time += 120
    keeper.look()
    assert local.play.look(ana).state.round == 1


def test_a_class_that_is_over_is_left_alone(local_class, local, watch, keeper):
    one = local_class()
    one.seat("Ana")
    keeper.look()
    assert keeper.keeps_back(load("any-two-of-three"))
    assert not keeper.keeps_back(load("cloud-for-two"))
    one.go("debrief")
    for _ in range(2):
        keeper.look()
        watch.time += REFRESH
    assert one.id in keeper._over
    assert one.id not in keeper._classes
    assert not keeper.keeps_back(load("any-two-of-three"))


def test_a_class_that_cannot_be_read_stops_no_others_clock(local_class, local, watch, keeper, caplog):
    broken, one = local_class(), local_class(minutes={"read": 5})
    one.go("read")
    keeper.look()
    local.store.append(broken.id, broken.now.version, [{"kind": "of tomorrow", "by": "Tea", "at": watch()}])
    watch.time += 5 * 60
    for _ in range(2):
        keeper.look()
    assert one.now.phase == "prepare"
    assert [line for line in caplog.messages if "unknown kind of fact in a class 'of tomorrow'" in line] == [
        line for line in caplog.messages if line.startswith(f"class {broken.id}: ")
    ]
    assert broken.id in keeper._over
    with pytest.raises(Refused, match="this class cannot be read: unknown kind of fact"):
        local.teaching.see(TEACHER, broken.id)
    assert [session.id for session in local.teaching.all(TEACHER)] == [one.id]


def test_a_class_on_a_copy_of_a_case_keeps_the_case_back_whatever_the_copy_calls_things(local_class, keeper):
    text = bundled()["any-two-of-three"].read_text(encoding="utf-8")
    for old, new in (
        ("any-two-of-three", "my-own-case"),
        ("aster", "anna"),
        ("boreal", "berta"),
        ("platform", "venue"),
    ):
        text = text.replace(old, new)
    one = local_class(case="own", text=text)
    keeper.look()
    case = load("any-two-of-three")
    assert case.name not in (one.now.settings.case, loads(text, "own").name)
    assert keeper.keeps_back(case)
    assert not keeper.keeps_back(load("cloud-for-two"))


def test_what_another_process_does_to_a_file_is_noticed(local_class, local, watch, keeper, opened):
    one = local_class()
    ana = one.seat("Ana")
    one.go("negotiate")
    keeper.look()
    until(lambda: events(local, ana) > 0)
    other = type(local)(opened(local.store.place), watch)
    woken = threading.Event()
    local.store.hub.watch([ana.group], woken.set)
    assert other.teaching.pause(TEACHER, one.id).clock.since is None
    assert keeper._classes[one.id].clock.since is not None
    watch.time += REFRESH
    keeper.look()
    assert keeper._classes[one.id].clock.since is None
    watch.time += SWEEP
    keeper.look()


def test_closed_groups_are_not_asked(local_class, local, keeper, monkeypatch):
    one = local_class()
    seats = [one.seat() for _ in range(6)]
    one.go("negotiate")
    groups = list(one.now.groups)
    local.teaching.merge(TEACHER, one.id, groups[1], groups[0])
    rung = []
    monkeypatch.setattr(keeper, "ring", rung.append)
    keeper.look()
    assert set(rung) == {groups[0]}
    assert len(seats) == 6


def test_a_bell_rings_once_and_a_database_that_fails_is_asked_again(local_class, local, keeper, monkeypatch, caplog):
    one = local_class()
    ana = one.seat("Ana")
    one.go("negotiate")
    go, asked = threading.Event(), []

    def slow(group):
        asked.append(group)
        go.wait(10)
        raise StoreError("the database does not answer")

    monkeypatch.setattr(local.play, "advance", slow)
    with keeper._lock:
        keeper._rung.add("waiting")
    keeper.ring("waiting")
    keeper.ring(ana.group)
    until(lambda: asked == [ana.group])
    go.set()
    until(lambda: "agents: the database does not answer" in caplog.text)
    monkeypatch.setattr(Store, "refresh", lambda _: (_ for _ in ()).throw(StoreError("gone")))
    keeper.look()
    assert "clocks: gone" in caplog.text


def test_it_runs_by_itself_until_it_is_stopped(local_class, local, monkeypatch):
    one = local_class()
    ana = one.seat("Ana")
    one.go("negotiate")
    monkeypatch.setattr(keepers, "TICK", 0.01)
    running = Keeper(local.play)
    running.start()
    until(lambda: events(local, ana) > 0)
    running.stop()
    assert not running._thread.is_alive()
