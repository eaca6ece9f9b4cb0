"""What is acknowledged is kept, in order, once; on both databases, through kills and upgrades."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import insert, select, text

from negotiation.classroom import hub as hub_module
from negotiation.classroom import store as stores
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.hub import Hub
from negotiation.classroom.postgres import Listener
from negotiation.classroom.schema import VERSION, accounts, metadata
from negotiation.classroom.solo import Solo
from negotiation.classroom.store import Moved, Store
from negotiation.errors import LogError, NegotiationError, StoreError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.record import setup


def create(store, **more):
    with store.writing() as write:
        return write.create({"case": "x"}, kind="solo", **more)


def test_events_are_all_there_or_none(address, opened):
    store = opened(address)
    log = create(store)
    store.append(log, 0, [{"a": 1}, {"a": 2}], "r")
    for first in (0, 1, 3):
        with pytest.raises(Moved):
            store.append(log, first, [{"a": 3}, {"a": 4}])
    assert store.rows(log) == [{"a": 1}, {"a": 2}]
    assert store.rows(log, 1) == [{"a": 2}]
    assert store.version(log) == 2
    with store.reading() as look:
        assert look.answer("r") == ""
        assert look.answer("s") is None
        assert look.last(log) <= time.time()
        assert look.last("none") is None
        assert look.versions([log, "none"]) == {log: 2, "none": 0}


def test_a_request_counts_once_for_good(address, opened):
    store = opened(address)
    log, other = create(store), create(store)
    store.append(log, 0, [{"a": 1}], "r")
    with pytest.raises(Moved):
        store.append(other, 0, [{"a": 2}], "r")
    with store.writing() as write:
        write.refuse("s", "No.")
    with pytest.raises(Moved), store.writing() as write:
        write.refuse("s", "No, really.")
    with store.reading() as look:
        assert look.answer("s") == "No."
    assert store.version(other) == 0


def test_a_transaction_that_breaks_off_keeps_nothing_and_tells_nobody(address, opened):
    store = opened(address)
    log = create(store)

    def breaks_off():
        with store.writing() as write:
            write.append(log, 0, [{"a": 1}])
            raise KeyError

    with pytest.raises(KeyError):
        breaks_off()
    assert store.version(log) == 0
    assert store.hub.version(log) == -1
    store.append(log, 0, [{"a": 1}])
    assert store.hub.version(log) == 1


def test_the_text_of_a_case_is_kept_once(address, opened):
    store = opened(address)
    first, second = create(store, text="format: x"), create(store, text="format: x")
    with store.reading() as look:
        assert look.head(first)[2] == look.head(second)[2] == "format: x"
        assert look.connection.execute(text("SELECT count(*) FROM texts")).scalar() == 1
        with pytest.raises(LogError, match="no game 'nothing'"):
            look.head("nothing")


def test_sqlite_flushes_every_commit(tmp_path, opened):
    with opened(str(tmp_path / "a.db")).reading() as look:
        assert look.connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert look.connection.execute(text("PRAGMA synchronous")).scalar() == 2


def test_writers_queue_on_one_log_and_none_is_lost(address, opened):
    one, two = opened(address), opened(address)
    log = create(one)

    def write(store, name):
        for n in range(25):
            while True:
                try:
                    with store.writing() as tx:
                        tx.lock(log)
                        tx.append(log, tx.version(log), [{"by": name, "n": n}])
                    break
                except Moved:
                    continue

    threads = [threading.Thread(target=write, args=(s, name)) for s, name in ((one, "a"), (two, "b"), (one, "c"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = one.rows(log)
    assert len(rows) == 75
    for name in "abc":
        assert [row["n"] for row in rows if row["by"] == name] == list(range(25))


WRITERS = """
import os, sys
from negotiation.classroom.store import Store
for _ in range(int(sys.argv[3])):
    if child := os.fork():
        os.waitpid(child, 0)
        continue
    store, log = Store(sys.argv[1]), sys.argv[2]
    os.write(1, f"pid {os.getpid()}\\n".encode())
    while True:
        with store.writing() as write:
            n = write.version(log)
            write.append(log, n, [{"n": n}, {"n": n + 1}], f"request-{n}")
        os.write(1, f"{n}\\n".encode())
"""


def test_what_was_acknowledged_survives_kill_9(address, opened):
    log, pauses = create(opened(address)), (0.01, 0.03, 0.02, 0.07, 0.05)
    writers = subprocess.Popen(
        [sys.executable, "-c", WRITERS, address, log, str(len(pauses))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=os.getcwd(),
    )
    lines = []
    for pause in pauses:
        while not lines or not lines[-1].startswith("pid"):
            lines.append(writers.stdout.readline())
        victim = int(lines[-1].split()[1])
        lines.append(writers.stdout.readline())
        time.sleep(pause)
        os.kill(victim, signal.SIGKILL)
    lines += writers.communicate()[0].splitlines()
    acknowledged = [int(line) for line in lines if not line.startswith("pid")]
    store = opened(address)
    rows = [row["n"] for row in store.rows(log)]
    assert len(acknowledged) > 10
    assert rows == list(range(len(rows)))  # in order, none doubled
    assert len(rows) % 2 == 0  # no half of a transaction
    assert set(acknowledged) <= set(rows)
    assert acknowledged == sorted(set(acknowledged))
    with store.reading() as look:
        assert all(look.answer(f"request-{n}") == "" for n in acknowledged)


def old_database(path, **changes):
    """A database as the first version wrote it: one solo game."""
    model = Game("cloud-for-two", seats={"kaido": "person"}, seed=4)
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE games (id VARCHAR(32) PRIMARY KEY, setup VARCHAR NOT NULL, created FLOAT NOT NULL)")
        old.execute(
            "CREATE TABLE events (game VARCHAR(32) NOT NULL, seq INTEGER NOT NULL, row VARCHAR NOT NULL, "
            "request VARCHAR(120), at FLOAT NOT NULL, PRIMARY KEY (game, seq), UNIQUE (request))"
        )
        old.execute("INSERT INTO games VALUES (?, ?, ?)", ("old", json.dumps({**setup(model), **changes}), 1.0))
        row = json.dumps({"party": "kaido", "kind": "say", "text": "Hello."})
        old.execute("INSERT INTO events VALUES ('old', 0, ?, 'click', 1.0)", (row,))
    old.close()


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path, opened):
    path = str(tmp_path / "old.db")
    old_database(path)
    for _ in range(2):
        store = opened(path)
        model = Solo(store).load("old")
        assert model.state.events[0].action.text == "Hello."
        with store.reading() as look:
            assert look.answer("click") == ""
            assert load("cloud-for-two").scenario.title in look.head("old")[2]
            assert look.connection.execute(text("SELECT version FROM schema")).scalars().all() == [VERSION]


def test_the_oldest_teacher_of_an_older_database_is_the_administrator(address, opened):
    store = opened(address)
    with store.writing() as write:
        for name, role, created in (("Ann", "assistant", 1.0), ("Tom", "teacher", 3.0), ("Tea", "teacher", 2.0)):
            values = {"name": name, "password": "x", "role": role, "created": created}
            write.connection.execute(insert(accounts).values(values))
        write.connection.execute(text("UPDATE schema SET version = 2"))
        write.connection.execute(text("ALTER TABLE events DROP COLUMN who"))
    for _ in range(2):
        with opened(address).reading() as look:
            found = look.connection.execute(select(accounts.c.name, accounts.c.role)).all()
        assert dict(map(tuple, found)) == {"Ann": "assistant", "Tea": "administrator", "Tom": "teacher"}


def test_a_database_without_second_factors_gets_the_tables_and_the_record(address, opened, quick):
    room = Classroom(opened(address))
    room.accounts.first(room.accounts.setup_secret(), "Tea", "correct horse battery")
    with room.store.writing() as write:
        for table in ("keys", "tries", "came", "devices", "factors", "recovery", "halves"):
            write.connection.execute(text(f"DROP TABLE {table}"))
        for command in (
            "DELETE FROM events WHERE log = 'accounts'",
            "DELETE FROM logs WHERE id = 'accounts'",
            "UPDATE schema SET version = 4",
        ):
            write.connection.execute(text(command))
    for count in (0, 1):
        room = Classroom(opened(address))
        tea = room.accounts.who(room.accounts.log_in("Tea", "correct horse battery"))
        assert len(room.accounts.record(tea)) == count
        room.accounts.change_password(tea, "Tea", "correct horse battery")
        with room.store.reading() as look:
            assert look.connection.execute(text("SELECT version FROM schema")).scalar() == VERSION


@pytest.mark.parametrize("changes", [{"digest": "another"}, {"case": "gone"}])
def test_old_games_whose_case_has_changed_are_kept_but_not_opened(tmp_path, opened, changes):
    path = str(tmp_path / "old.db")
    old_database(path, **changes)
    store = opened(path)
    with store.reading() as look:
        assert look.head("old")[2] == ""
    with pytest.raises(Exception, match="has changed|unknown case"):
        Solo(store).load("old")


def test_a_database_of_a_later_version_is_left_alone(address, opened):
    store = opened(address)
    with store.writing() as write:
        write.connection.execute(text(f"UPDATE schema SET version = {VERSION + 1}"))
    with pytest.raises(StoreError, match="use a newer program"):
        Store(address)


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("/proc/none/games.db", "/proc/none/games.db"),
        ("/proc/version", "/proc/version"),
        ("postgresql://ana:secret@127.0.0.1:9/x?connect_timeout=1", "ana:\\*\\*\\*@"),
        ("postgresql://[", "postgresql://\\["),
    ],
)
def test_a_database_that_cannot_be_opened_is_named_without_its_password(place, named):
    with pytest.raises(StoreError, match=f"{named}.* cannot be opened") as told:
        Store(place)
    assert "secret" not in str(told.value)


def test_a_database_that_fails_says_so(address, opened):
    store = opened(address)
    with store.writing() as write:
        write.connection.execute(text("DROP TABLE events"))
    with pytest.raises(StoreError, match="does not answer"):
        store.rows("x")
    with pytest.raises(StoreError, match="did not keep it"):
        store.append("x", 0, [{}])
    store.engine.dispose()


def test_the_environment_names_the_database(tmp_path, monkeypatch):
    monkeypatch.setenv(stores.VARIABLE, str(tmp_path / "mine.db"))
    first = stores.store()
    assert first is stores.store()
    assert first.place.endswith("mine.db")
    first.engine.dispose()


def test_a_database_of_another_program_is_left_alone(tmp_path):
    place = tmp_path / "theirs.db"
    for tables in (["photos"], ["events", "schema"], ["games"]):
        with contextlib.closing(sqlite3.connect(place)) as theirs:
            for name in tables:
                theirs.execute(f"CREATE TABLE {name} (a)")
        before = place.read_bytes()
        with pytest.raises(StoreError, match=rf"theirs.db: is the database of another program .tables: {tables[0]}"):
            Store(str(place))
        assert place.read_bytes() == before
        assert [file.name for file in tmp_path.iterdir()] == ["theirs.db"]
        place.unlink()


OURS = (
    "CREATE TABLE schema (version INTEGER PRIMARY KEY)",
    "CREATE TABLE logs (id TEXT PRIMARY KEY, setup, created, kind, text)",
    "CREATE TABLE events (log, seq, row, request, at, who, PRIMARY KEY (log, seq))",
    "INSERT INTO schema VALUES (5)",
)


@pytest.mark.parametrize(
    "commands",
    [
        ["CREATE TABLE games (id INTEGER PRIMARY KEY, white, black)", "CREATE TABLE events (id, game, what)"],
        ["CREATE TABLE games (id PRIMARY KEY, setup, created)", "CREATE TABLE events (game, seq, row, request, at)"],
        ["CREATE TABLE schema (version)", "CREATE TABLE logs (id, text)", "CREATE TABLE events (id, x)"],
        OURS[:3],
        [*OURS[:3], "INSERT INTO schema VALUES (1)"],
        [*OURS, "INSERT INTO schema VALUES (4)"],
        [OURS[0].replace("INTEGER", "TEXT"), *OURS[1:3], "INSERT INTO schema VALUES ('five')"],
        [OURS[0], OURS[1].replace("setup, ", ""), *OURS[2:]],
        [*OURS[:2], OURS[2].replace(", who", ""), OURS[3]],
        [*OURS, "CREATE TABLE accounts (id INTEGER PRIMARY KEY, mail)"],
    ],
)
def test_tables_of_another_program_are_told_by_their_columns_however_they_are_called(tmp_path, commands):
    place = tmp_path / "theirs.db"
    with contextlib.closing(sqlite3.connect(place)) as theirs:
        for command in commands:
            theirs.execute(command)
        theirs.commit()
    place.chmod(0o644)
    before = place.read_bytes()
    with pytest.raises(StoreError, match=r"theirs.db: is the database of another program .tables: "):
        Store(str(place))
    assert place.read_bytes() == before
    assert place.stat().st_mode & 0o777 == 0o644
    assert [file.name for file in tmp_path.iterdir()] == ["theirs.db"]


def test_what_only_the_journal_holds_counts_too(tmp_path, opened):
    place = tmp_path / "theirs.db"
    theirs = sqlite3.connect(place)
    theirs.execute("PRAGMA journal_mode=WAL")
    theirs.execute("CREATE TABLE photos (a)")
    before = place.read_bytes()
    with pytest.raises(StoreError, match=r"another program .tables: photos"):
        Store(str(place))
    assert place.read_bytes() == before
    theirs.close()
    ours = opened(str(tmp_path / "ours.db"))
    log = create(ours)
    assert opened(str(tmp_path / "ours.db")).version(log) == 0  # while the first still holds it open


def test_the_tables_of_another_program_on_a_database_server_are_told_by_their_columns(address, opened):
    store = opened(address)
    with store.writing() as write:
        write.connection.execute(text("ALTER TABLE logs RENAME COLUMN setup TO white"))
    with pytest.raises(StoreError, match="is the database of another program"):
        opened(address)


def test_another_program_s_database_is_refused_where_it_shows_only_inside(address, opened, monkeypatch):
    store = opened(address)
    with store.writing() as write:
        for table in reversed(metadata.sorted_tables):
            write.connection.execute(text(f"DROP TABLE {table.name}"))
        write.connection.execute(text("CREATE TABLE photos (a INTEGER)"))
    monkeypatch.setattr("negotiation.classroom.sqlite.look", lambda *_: None)
    with pytest.raises(StoreError, match="is the database of another program .tables: photos"):
        opened(address)
    with store.writing() as write:
        write.connection.execute(text("DROP TABLE photos"))


def test_an_empty_file_becomes_a_database_and_what_is_no_file_does_not(tmp_path, opened):
    (tmp_path / "new.db").touch()
    create(opened(str(tmp_path / "new.db")))
    os.mkfifo(tmp_path / "pipe")
    for name, why in (("pipe", "is no plain file"), (".", "is no plain file")):
        with pytest.raises(StoreError, match=f"cannot be opened: {why}"):
            Store(str(tmp_path / name))
    (tmp_path / "text").write_text("words " * 100, encoding="utf-8")
    (tmp_path / "text").chmod(0o644)
    with pytest.raises(StoreError, match="file is not a database"):
        Store(str(tmp_path / "text"))
    assert (tmp_path / "text").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", ["\x00", "\ud800", "x" * 10_000, "'; --"])
def test_a_name_that_no_database_can_hold_is_an_error_like_any_other(address, opened, name):
    store = opened(address)
    assert store.listen()() is None
    with pytest.raises(NegotiationError):
        store.setup(name)
    with pytest.raises(NegotiationError):
        store.append(name, 1, [{}])


def test_the_hub_wakes_those_who_watch_and_nobody_else():
    hub, woken = Hub(), []
    stop = hub.watch(["a", "b"], lambda: woken.append(1))
    assert hub.watched() == ["a", "b"]
    hub.publish("a", 3)
    hub.publish("a", 3)
    hub.publish("a", 2)
    hub.publish("c", 9)
    assert (len(woken), hub.version("a"), hub.version("b")) == (1, 3, -1)
    stop()
    hub.publish("b", 1)
    assert len(woken) == 1
    assert hub.wait({"a": 2}, 0)
    assert not hub.wait({"a": 3}, 0.01)
    threading.Timer(0.02, hub.publish, ("a", 4)).start()
    assert hub.wait({"a": 3}, 5)


def test_who_cannot_be_woken_holds_up_nobody_and_is_asked_no_more(caplog):
    hub, woken = Hub(), []

    def ended():
        raise RuntimeError("Event loop is closed")

    hub.watch(["a", "b"], ended)
    stop = hub.watch(["a"], lambda: woken.append(1))
    hub.publish("a", 1)
    assert (woken, hub.watched()) == ([1], ["a"])
    assert "Event loop is closed" in caplog.text
    hub.publish("a", 2)
    assert (len(woken), len(caplog.records)) == (2, 1)
    stop()
    stop()
    assert hub.watched() == []


@pytest.mark.parametrize("half", ["\ud800", "a\udfff"])
def test_no_name_that_is_watched_keeps_others_from_storing(opened, tmp_path, half):
    store, woken = opened(str(tmp_path / "a.db")), []
    log = create(store)
    store.hub.watch([half, log], lambda: woken.append(1))
    store.append(log, 0, [{"kind": "tick", "party": "clock"}])
    assert (store.version(log), woken, store.hub.version(half)) == (1, [1], -1)


def test_what_somebody_watches_is_named_once_and_not_again_whenever_something_is_stored(monkeypatch):
    named = []
    monkeypatch.setattr(hub_module, "topic", lambda log: named.append(log) or log)
    hub = Hub()
    stops = [hub.watch([f"{n} {k}" for k in range(50)], lambda: None) for n in range(20)]
    named.clear()
    hub.publish("one", 1)
    assert named == ["one"]
    for stop in stops:
        stop()
    assert hub.watched() == []


def test_what_is_watched_is_looked_up_when_news_may_have_been_missed(tmp_path, opened):
    one, two = opened(str(tmp_path / "a.db")), opened(str(tmp_path / "a.db"))
    log = create(one)
    stop = two.hub.watch([log], lambda: None)
    one.append(log, 0, [{}])
    assert two.hub.version(log) == -1
    two.refresh()
    assert two.hub.version(log) == 1
    stop()


def test_servers_tell_each_other_through_postgresql(postgres, opened, monkeypatch):
    monkeypatch.setattr("negotiation.classroom.postgres.PATIENCE", 0.05)
    address = postgres.database()
    one, two = opened(address), opened(address)
    log = create(one)
    stop = two.hub.watch([log], lambda: None)
    listener = Listener(two)
    try:
        assert listener.listening.wait(10)
        one.append(log, 0, [{}])
        assert two.hub.wait({log: 0}, 10)
        listener.listening.clear()
        with one.writing() as write:  # the connection breaks; what was missed meanwhile is looked up
            write.connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE pid <> pg_backend_pid() AND datname = current_database() AND query LIKE 'LISTEN%'"
                )
            )
        one.append(log, 1, [{}])
        assert listener.listening.wait(10)
        assert two.hub.wait({log: 1}, 10)
    finally:
        listener.stop()
        stop()
