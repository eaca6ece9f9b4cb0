"""A database that is away, locked, full or gone; and the time that it costs."""

import os
import sqlite3
import stat
import threading
import time

import pytest
from sqlalchemy import text
from support_class import TEACHER

from negotiation.classroom import health as healths
from negotiation.classroom import sqlite, steady
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.health import PATIENCE, Health
from negotiation.classroom.keeper import Keeper
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import Settings
from negotiation.classroom.steady import Steady
from negotiation.errors import StoreError


@pytest.fixture
def store(folder, opened, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY", 50)
    return opened(str(folder / "games.db"))


@pytest.fixture
def locked(store):
    other = sqlite3.connect(store.place, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield lambda: other.execute("ROLLBACK")
    other.close()


class Hand:
    """A clock turned by hand."""

    def __init__(self, at=0.0):
        self.at = at

    def __call__(self):
        return self.at


def test_time_is_lost_from_the_first_failure_to_the_next_success_and_counted_once():
    now = Hand()
    health = Health(now)
    health.kept(0.0, 0.4)
    assert health.lost() == 0, "a queue is no fault"
    health.failed(10.0, "away")
    health.failed(12.0, "away")
    assert health.down
    health.kept(19.0, 20.0)
    assert not health.down
    assert health.lost() == 10
    assert health.lost() == 0
    health.kept(18.0, 25.0)
    assert health.lost() == 5, "two who waited at the same time lost it once"
    health.kept(24.0, 24.0)
    assert health.lost() == 0


def test_why_is_for_the_log_and_said_once(store, locked, caplog):
    assert not store.keeps()
    with pytest.raises(StoreError, match="did not keep it; try again in a moment") as told:
        store.append("x", 0, [{}])
    assert "locked" not in str(told.value)
    assert [record.with_it for record in caplog.records] == [
        {"why": "database is locked", "fault": "it is locked by another program"}
    ]
    assert store.health.down
    locked()
    assert store.keeps()
    assert not store.health.down
    assert "keeps what is done again" in caplog.text
    assert store.health.lost() > 0.05


def test_what_it_does_not_like_is_no_fault_of_the_database(store):
    with pytest.raises(StoreError), store.writing() as write:
        write.connection.execute(text("SELECT :x"), {"x": object()})
    assert not store.health.down


def test_whoever_has_patience_waits_before_anything_has_begun(store, locked, monkeypatch):
    monkeypatch.setattr(healths, "AGAIN", 0.01)
    timer = threading.Timer(0.3, locked)
    timer.start()
    token = PATIENCE.set(10)
    try:
        assert store.keeps()
    finally:
        PATIENCE.reset(token)
        timer.join()


def test_a_file_that_is_deleted_or_replaced_takes_nothing(store, folder):
    assert store.keeps()
    path = folder / "games.db"
    path.rename(folder / "elsewhere.db")
    assert not store.keeps()
    path.touch()
    assert not store.keeps()
    path.unlink()
    (folder / "elsewhere.db").rename(path)
    assert store.keeps()


def test_a_full_disk_and_a_read_only_database_are_told(store):
    with store.reading() as look:
        pages = look.connection.exec_driver_sql("PRAGMA page_count").scalar()
    store.engine.dispose()
    with store.writing() as write:
        write.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        log = write.create({}, kind="solo")
    with pytest.raises(StoreError, match="did not keep it"):
        store.append(log, 0, [{"text": "x" * 5_000_000}])
    assert store.rows(log) == []
    assert store.health.down
    assert store.keeps()
    with store.reading() as look:
        look.connection.exec_driver_sql("PRAGMA query_only=1")
    assert not store.keeps()


def test_a_database_is_for_its_owner_alone(store, folder):
    store.keeps()
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("games.db*")} == {0o600}
    assert len(list(folder.glob("games.db*"))) == 3
    assert os.umask(0o022) is not None


def test_files_of_earlier_versions_are_closed_to_others_and_a_new_folder_too(folder, opened):
    made = opened(str(folder / "new" / "games.db"))
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o700
    made.keeps()
    elsewhere = folder / "elsewhere"
    elsewhere.touch()
    elsewhere.chmod(0o644)
    files = sorted((folder / "new").glob("games.db*"))
    for path in files:
        path.chmod(0o664)
    (folder / "new" / "games.db-journal").symlink_to(elsewhere)
    (folder / "new").chmod(0o755)
    again = opened(str(folder / "new" / "games.db"))
    assert again.keeps()
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600] * 3
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o755, "somebody may have opened it on purpose"
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644, "none of ours"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database is locked", "locked by another program"),
        ('connection to server at "10.0.0.5", port 5432 failed: FATAL: password of "negotiation"', "cannot be reached"),
        ("attempt to write a readonly database", "can only be read"),
        ("disk I/O error", "its disk does not take"),
        ("secret detail", "does not keep what it is given"),
    ],
)
def test_why_is_told_to_anybody_in_words_that_give_nothing_away(said, told):
    health = Health(Hand())
    assert health.why == ""
    health.failed(0.0, said)
    assert told in health.why
    assert "10.0.0.5" not in health.why
    assert "secret" not in health.why
    health.kept(0.0, 1.0)
    assert health.why == ""


def test_time_goes_by_steps_that_people_could_have_seen():
    wall, tick = Hand(1_000.0), Hand(50.0)
    now = Steady(wall, tick)
    wall.at, tick.at = 5_000.0, 51.0
    assert now() == 1_001, "a clock that is set changes nothing"
    now.look(0.0, idle=False)
    tick.at += steady.SEEN
    now.look(0.0, idle=False)
    assert now() == 1_006
    tick.at += 60
    now.look(0.0, idle=False)
    assert now() == 1_006, "nobody looked: nobody could do anything"
    tick.at += 3
    now.look(2.5, idle=False)
    assert now() == 1_006.5
    now.look(0.0, idle=True)
    assert now() == 5_000, "no clock is running"


def test_the_clock_of_a_class_stands_while_nothing_can_be_stored(store, locked, folder, opened):
    locked()
    room = Classroom(store)
    session = room.teaching.create(TEACHER, Settings(case="any-two-of-three", round_seconds=60))[0].id
    room.teaching.go(TEACHER, session, Phase.NEGOTIATE)
    keeper = Keeper(room.play)
    keeper.look()
    store.health.failed(store.health.now() - 30, "away")
    before = room.classes.now()
    keeper.look()
    assert not store.health.down
    assert before - 31 < room.classes.now() < before - 29
    other = sqlite3.connect(store.place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.health.failed(store.health.now(), "away")
    keeper.look()
    assert store.health.down
    other.close()
    keeper._pool.shutdown()


def test_a_group_whose_round_could_not_be_stored_is_asked_again_at_the_next_look(local, local_class, monkeypatch):
    one = local_class()
    ana = one.seat("Ana")
    one.go("negotiate")
    keeper, asked = Keeper(local.play), []

    def advance(group):
        asked.append(group)
        if len(asked) == 1:
            raise StoreError("locked")

    monkeypatch.setattr(local.play, "advance", advance)
    for _ in range(2):
        keeper.look()
        end = time.monotonic() + 10
        while keeper._rung and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.05)
    assert asked == [ana.group] * 2
    keeper._pool.shutdown()
