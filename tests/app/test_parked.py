"""Sessions of closed pages: how long they are kept, what rests meanwhile, and what goes with them."""

import asyncio
from types import SimpleNamespace

import pytest

from negotiation.ui.server.closed_pages import MOST, TWICE, Parked


class Session:
    """As much of Streamlit's session as is asked for."""

    def __init__(self, name):
        self.id, self.ended, self.session_state = name, False, {"a file": b"..."}
        self._scriptrunner, self._script_event_loop = None, asyncio.new_event_loop()

    def shutdown(self):
        self.ended = True

    @property
    def rests(self):
        return self._script_event_loop.is_closed()


class Server:
    """Closed pages, a clock, and how often files were tidied up."""

    def __init__(self):
        self.time, self.tidied, self.made = 0.0, 0, []
        self.parked = Parked(60, self.tidy, now=lambda: self.time)

    def tidy(self):
        self.tidied += 1

    def closed(self, name):
        session = Session(name)
        self.made.append(session)
        self.parked.save(SimpleNamespace(session=session))
        return session


@pytest.fixture
def server():
    one = Server()
    yield one
    for session in one.made:
        session._script_event_loop.close()


def test_a_closed_page_rests_and_comes_back(server):
    session = server.closed("a")
    assert session.rests
    server.time = 59.0
    server.parked.sweep()
    found = server.parked.get("a")
    assert found.session is session
    assert not session.rests
    assert session.session_state
    server.parked.delete("a")
    server.parked.delete("a")
    assert server.parked.get("a") is None
    assert not session.ended


def test_its_time_is_over_although_nobody_else_closes_a_page(server):
    session = server.closed("a")
    server.time = 60.0
    server.parked.sweep()
    assert session.ended
    assert not session.session_state
    assert server.parked.list() == []


def test_a_session_whose_script_still_runs_rests_when_it_has_ended(server):
    session = Session("a")
    session._scriptrunner = object()
    server.made.append(session)
    server.parked.save(SimpleNamespace(session=session))
    assert not session.rests
    session._scriptrunner = None
    server.parked.sweep()
    assert session.rests


def test_what_a_running_script_knows_is_not_taken_from_it(server):
    session = server.closed("a")
    session._scriptrunner, server.time = object(), 60.0
    server.parked.sweep()
    assert session.ended
    assert session.session_state


def test_those_closed_first_make_room(server):
    sessions = [server.closed(f"{n}") for n in range(MOST + 2)]
    assert [one.ended for one in sessions[:3]] == [True, True, False]
    assert len(server.parked.list()) == MOST


def test_files_that_nobody_is_offered_are_removed_twice_after_each_change(server):
    server.closed("a")
    for _ in range(5):
        server.parked.sweep()
    assert server.tidied == TWICE
    server.time = 60.0
    for _ in range(5):
        server.parked.sweep()
    assert server.tidied == 2 * TWICE
