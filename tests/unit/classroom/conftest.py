"""Stores on both databases, and a class with a clock that tests turn."""

import os
import tempfile
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from support_class import Class
from support_postgres import Postgres, Unavailable

from negotiation.classroom import accounts
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store


@pytest.fixture(scope="session")
def postgres():
    try:
        server = Postgres()
    except Unavailable as why:
        pytest.skip(str(why))
    yield server
    server.stop()


@pytest.fixture
def folder(tmp_path):
    """A folder in memory if there is one: every commit is flushed, and tests need not wait for a disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as name:
        yield Path(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, folder):
    """Where a database is, on each of both."""
    if request.param == "sqlite":
        return str(folder / "data" / "games.db")
    return request.getfixturevalue("postgres").database()


@pytest.fixture
def opened():
    """Open stores, closed again afterwards."""
    made = []

    def make(place):
        made.append(Store(place))
        return made[-1]

    yield make
    for one in made:
        one.engine.dispose()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(accounts, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class Watch:
    """A clock that goes when told."""

    def __init__(self):
        self.time = 1_000_000.0

    def __call__(self):
        return self.time


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def room(address, opened, watch, quick):
    """A classroom on each database."""
    return Classroom(opened(address), watch)


@pytest.fixture
def local(folder, opened, watch, quick):
    """A classroom on SQLite, where the database makes no difference."""
    return Classroom(opened(str(folder / "local.db")), watch)


@pytest.fixture
def klass(room):
    return lambda **settings: Class(room, **settings)


@pytest.fixture
def local_class(local):
    return lambda **settings: Class(local, **settings)
