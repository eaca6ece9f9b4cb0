"""`/healthz` answers soon, whatever the database does, and says why in words that give nothing away."""

import asyncio
import json
import sqlite3
import threading
import time

import pytest

from negotiation.classroom.store import Store
from negotiation.ui.server import healthz
from negotiation.ui.server.healthz import Healthz


@pytest.fixture
def store(tmp_path):
    made = Store(str(tmp_path / "games.db"))
    yield made
    made.engine.dispose()


def asked(check, times=1):
    """What so many who ask at a time are told, and how long it took."""

    async def all_of_them():
        began = time.monotonic()
        answers = await asyncio.gather(*(check.answer(None) for _ in range(times)))
        return [(one.status_code, json.loads(one.body)) for one in answers], time.monotonic() - began

    return all_of_them()


def test_a_locked_database_is_told_of_in_two_seconds_to_however_many_ask(store, monkeypatch):
    check, tries = Healthz(lambda: store), []
    keeps = store.keeps
    monkeypatch.setattr(store, "keeps", lambda: (tries.append(threading.active_count()), keeps())[1])
    other = sqlite3.connect(store.place, isolation_level=None)

    async def story():
        found, _ = await asked(check)
        assert found == [(200, {"ok": True})]
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(healthz.FRESH + 0.1)
        for _ in range(2):
            found, took = await asked(check, 50)
            assert {status for status, _ in found} == {503}
            assert found[0][1] == {"ok": False, "why": "the database has not answered for 1.5 seconds"}
            assert took < 2.5
        assert len(tries) == 2, "it does not queue behind itself"
        other.execute("ROLLBACK")
        await asyncio.wait({check._trying})
        await asyncio.sleep(healthz.FRESH + 0.1)
        found, _ = await asked(check, 3)
        assert found == [(200, {"ok": True})] * 3
        assert len(tries) == 3

    asyncio.run(story())
    other.close()


def test_what_is_wrong_is_said_without_paths(store):
    with store.reading() as look:
        look.connection.exec_driver_sql("PRAGMA query_only=1")

    async def story():
        return await asked(Healthz(lambda: store))

    ((status, told),), _ = asyncio.run(story())
    assert (status, told["ok"]) == (503, False)
    assert told["why"] == "the database does not keep what is done: it can only be read"
    assert "games" not in told["why"]
