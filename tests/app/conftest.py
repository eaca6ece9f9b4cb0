"""One page after another through Streamlit's own test harness, each test with its own database."""

import sys
from functools import partial
from pathlib import Path

import pytest
import streamlit as st
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest
from support_app import click
from support_school import School

import negotiation.ui
from negotiation import language
from negotiation.classroom import accounts
from negotiation.classroom.store import VARIABLE, store
from negotiation.ui.debrief import grade, of_class
from negotiation.ui.jobs import background
from negotiation.ui.server import identity as rooms
from negotiation.ui.teach import console, projector

ENTRY = Path(negotiation.ui.__file__).parent / "app.py"


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "games.db"))
    st.cache_resource.clear()
    yield store
    store().engine.dispose()


@pytest.fixture(autouse=True)
def _cache(tmp_path, monkeypatch):
    """What is worked out in the background is remembered in a folder of the test's own."""
    monkeypatch.setattr(background, "FOLDER", tmp_path / "replays")


@pytest.fixture(autouse=True)
def par(monkeypatch):
    """No agents play a seat again behind every test: the job that would do it, which a test may let go."""
    known = background.Job(over=True, refused="not asked for here")
    monkeypatch.setattr(grade, "job", lambda *_, **__: known)
    return known


@pytest.fixture(autouse=True)
def _no_page(monkeypatch):
    """No page of another test says in which language something is told."""
    monkeypatch.setattr(language, "_ask", [])


@pytest.fixture(autouse=True)
def _main(monkeypatch):
    """Streamlit puts the page's script in the place of the main module; processes that later tests start would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def visit(database):
    """Open Home, or go through its door to a page; then to the address given by query parameters."""

    def opened(door="", **query):
        app = AppTest.from_file(str(ENTRY), default_timeout=180).run()
        if door:
            click(app, door)
        for key, value in query.items():
            app.query_params[key] = value
        return app.run() if query else app

    return opened


@pytest.fixture
def school(database, monkeypatch):
    monkeypatch.setattr(accounts, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    one = School()
    monkeypatch.setattr(rooms, "cookie", lambda name: one.cookies.get(name, ""))
    for page in (console, projector):  # no thousand games between agents behind every test
        monkeypatch.setattr(page, "render", partial(of_class.render, replays=False))
    return one
