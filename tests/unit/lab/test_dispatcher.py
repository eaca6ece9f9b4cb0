"""Chunks for whoever is free: nothing waits for a worker that may never come again."""

import threading
from concurrent.futures import Future

import pytest

from negotiation.errors import LogError, SetupError
from negotiation.lab import dispatcher as crowds
from negotiation.lab.dispatcher import WorkerDied, WorkerHandle, crowd, patient


def done(result=None):
    future = Future()
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
    return future


class One(WorkerHandle):
    """A worker with a fate: what comes of each of its openings, and which chunks kill it."""

    def __init__(self, *openings, deadly=(), begun=True):
        self.openings, self.deadly, self.begun, self.played = list(openings), list(deadly), begun, []

    def open(self):
        return self.openings.pop(0) if self.openings else done()

    def opened(self, future):
        future.result()

    def play(self, chunk):
        self.played.append(chunk)
        if chunk in self.deadly:
            self.deadly.remove(chunk)
            return done(WorkerDied(begun=self.begun))
        return done(chunk)

    def take(self, future):
        return future.result()


def played(crew, chunks):
    return sorted(crowd(crew, chunks, lambda chunk: f"lost {chunk}"), key=str)


def test_a_lost_chunk_goes_to_one_who_is_free():
    never = Future()  # no processor is left for a new one
    lost, idle = One(done(), never, deadly=[0]), One()
    assert played([lost, idle], [0, 1]) == [0, 1]
    assert lost.played == [0]
    assert sorted(idle.played) == [0, 1]


def test_one_that_comes_late_is_not_waited_for():
    assert played([One(Future()), One()], [0, 1, 2]) == [0, 1, 2]


def test_a_chunk_that_two_workers_die_of_is_given_up_and_the_rest_is_played():
    assert played([One(deadly=[1, 1])], [0, 1, 2]) == [0, 2, "lost 1"]
    assert played([One(deadly=[0]), One(deadly=[0])], [0]) == ["lost 0"]
    assert played([One(deadly=[1, 1, 1, 1], begun=False)], [0, 1, 2]) == [0, 1, 2]  # they died before they had it


def test_workers_that_end_as_they_begin_are_not_made_for_ever():
    falling = [done(WorkerDied(" (killed by signal 9)")) for _ in range(3)]
    assert played([One(*falling[:2])], [0]) == [0]
    with pytest.raises(SetupError, match=r"workers end as soon as they begin .killed by signal 9."):
        played([One(*falling)], [0])


def test_what_a_worker_raises_ends_it():
    class Full(One):
        def take(self, future):
            raise LogError("no space left")

    with pytest.raises(LogError, match="no space left"):
        played([Full()], [0])


def test_who_waits_for_long_is_told_for_what(monkeypatch, capsys):
    monkeypatch.setattr(crowds, "PATIENCE", 0.01)
    late = Future()
    one = One(late)
    one.what = "waiting for the cluster"
    threading.Timer(0.3, late.set_result, (None,)).start()
    assert played([one], [0]) == [0]
    assert capsys.readouterr().err == "waiting for the cluster; Ctrl-C stops\n"
    monkeypatch.setattr(crowds, "PATIENCE", 60)
    with patient("waiting for nothing"):
        pass
    assert capsys.readouterr().err == ""
