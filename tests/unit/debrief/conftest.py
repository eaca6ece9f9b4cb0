"""Classes played by agents on a real SQLite store."""

import os
import tempfile
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from support_class import play_out, seated

from negotiation.classroom import accounts
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store
from negotiation.debrief.class_data import gather
from negotiation.debrief.report import findings


@pytest.fixture(scope="session")
def rooms():
    """Makes classrooms; their databases lie in memory if there is any."""
    memory = Path("/dev/shm")
    stores = []
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder,
    ):
        patch.setattr(accounts, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

        def make():
            stores.append(Store(f"{folder}/{len(stores)}.db"))
            return Classroom(stores[-1])

        yield make
        for store in stores:
            store.engine.dispose()


@pytest.fixture(scope="session")
def flagship(rooms):
    """Three groups of the flagship with worksheets, all played: room, class, seats."""
    room = rooms()
    one, seats = seated(room, 17, case="alliance-2023")
    one.go("prepare")
    for n, seat in enumerate(seats[:8]):
        others = [party for party in ("renault", "nissan", "google") if party != seat.party]
        guesses = {other: ["cloud.vendor", "alliance.stakes"] for other in others}
        sheet = {"target": 70 + n, "walk_away": "45,5", "guesses": guesses}
        assert (
            room.play.prepare(seat, sheet if n else {"guesses": {"renault": "nonsense"}, "target": "much"}, f"k{n}")
            is None
        )
    one.go("negotiate")
    play_out(one)
    one.go("debrief")
    return room, one, seats


@pytest.fixture(scope="session")
def found(flagship):
    room, one, _ = flagship
    return findings(gather(room, one.id))
