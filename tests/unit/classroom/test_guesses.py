"""Wrong attempts are counted by all servers of a database together, cheaply, and say nothing of whom."""

import threading

import pytest
from sqlalchemy import func, select

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.guesses import Bound, Guesses
from negotiation.classroom.schema import came, keys, tries
from negotiation.errors import Refused, StoreError

TWICE = Bound("twice", 2, 60, slow=5)
GOOD = "correct horse battery"


def rows(store):
    with store.reading() as look:
        return look.connection.execute(select(tries)).all()


def wrong(guesses, *keys):
    attempts = [(TWICE, key) for key in keys]
    guesses.take(*attempts)
    guesses.keep(*attempts)


def test_a_few_pass_then_one_now_and_then_and_time_forgets(opened, folder, watch):
    guesses = Guesses(opened(str(folder / "a.db")), watch)
    wrong(guesses, "a")
    guesses.take((TWICE, "a"))
    guesses.forgive((TWICE, "a"), kept=False)
    wrong(guesses, "a")
    with pytest.raises(Refused, match="in 6 seconds"):
        guesses.take((TWICE, "b"), (TWICE, "a"))
    wrong(guesses, "b", "c")
    watch.time += 3
    with pytest.raises(Refused, match="in 3 seconds"):
        wrong(guesses, "a")
    watch.time += 2
    wrong(guesses, "a")
    with pytest.raises(Refused, match="in 6 seconds"):
        wrong(guesses, "a")
    watch.time += 60
    wrong(guesses, "a")
    wrong(guesses, "a")
    watch.time -= 1_000_000
    wrong(guesses, "a")


def test_two_servers_count_together_and_a_restart_forgets_nothing(address, opened, watch):
    here, there = Guesses(opened(address), watch), Guesses(opened(address), watch)
    wrong(here, "a")
    wrong(there, "a")
    for server in (here, there, Guesses(opened(address), watch)):
        with pytest.raises(Refused, match="too many wrong attempts"):
            server.take((TWICE, "a"))
        server.take((TWICE, "b"))
    here.keep((TWICE, "b"))
    here.forgive((TWICE, "b"), kept=True)
    there.forgive((TWICE, "b"), kept=False)
    wrong(there, "b")
    there.take((TWICE, "b"))
    watch.time += 61
    there.take((TWICE, "a"))


def test_what_another_server_refuses_counts_nowhere(address, opened, watch):
    here, there = Guesses(opened(address), watch), Guesses(opened(address), watch)
    wrong(here, "a")
    wrong(here, "a")
    for _ in range(4):
        with pytest.raises(Refused):
            there.take((TWICE, "a"), (TWICE, "b"))
    there.take((TWICE, "b"))


def test_names_and_addresses_stand_nowhere(address, opened, watch):
    store = opened(address)
    wrong(Guesses(store, watch), "192.0.2.1", "Tea")
    with store.reading() as look:
        assert len(look.connection.execute(select(keys.c.value)).scalar_one()) == 64
    assert len({row.hash for row in rows(store)}) == 2
    assert all(len(row.hash) == 64 and "192.0" not in row.hash for row in rows(store))
    other = Guesses(opened(address), watch)
    assert {other.hashed("twice", "Tea"), other.hashed("twice", "192.0.2.1")} == {row.hash for row in rows(store)}


def test_many_wrong_attempts_are_written_in_lots(local, watch, monkeypatch):
    guesses, lots = Guesses(local.store, watch), []
    write = guesses._write
    monkeypatch.setattr(guesses, "_write", lambda owed: (lots.append(len(owed)), write(owed)))
    now = [0.0]
    guesses._writes._now = lambda: now[0]
    for n in range(500):
        wrong(guesses, f"address {n}")
    assert lots == [1] * 20
    now[0] = 1.0
    wrong(guesses, "one more")
    assert lots == [*[1] * 20, 481]
    assert len(rows(local.store)) == 501


def test_what_is_kept_is_bounded_and_old_attempts_are_deleted(room, watch, monkeypatch):
    monkeypatch.setattr("negotiation.classroom.guesses.MOST_KEPT", 3)
    monkeypatch.setattr("negotiation.classroom.guesses.PRUNE", -1)
    guesses = Guesses(room.store, watch)
    guesses._writes._now = lambda: 0.0
    for n in range(20):
        watch.time += 0.01
        wrong(guesses, f"address {n}")
    assert len(rows(room.store)) == len(guesses._here) == 3
    for n in range(20):
        wrong(guesses, f"another {n}")
    assert len(guesses._owed) == 3
    guesses._writes._now = lambda: 1e12
    watch.time += 100
    wrong(guesses, "late")
    assert len(guesses._here) == 1
    watch.time += 100
    wrong(guesses, "later")
    assert [row.hash for row in rows(room.store)] == [guesses.hashed("twice", "later")]


def test_where_somebody_has_come_in_is_known_on_all_servers_for_a_while(address, opened, watch):
    here, there = Guesses(opened(address), watch), Guesses(opened(address), watch)
    assert not there.noted("192.0.2.1 ABCDEF")
    for _ in range(2):
        with here.store.writing() as write:
            here.note(write, "192.0.2.1 ABCDEF", 100)
    assert here.noted("192.0.2.1 ABCDEF")
    assert not here.noted("192.0.2.2 ABCDEF")
    assert not there.noted("192.0.2.1 ABCDEF"), "looked up once a second"
    there._looked = float("-inf")
    assert there.noted("192.0.2.1 ABCDEF")
    watch.time += 101
    there._looked = here._looked = float("-inf")
    assert not there.noted("192.0.2.1 ABCDEF")
    wrong(here, "a")
    with here.store.reading() as look:
        assert look.connection.execute(select(came)).all() == []


def test_only_one_of_many_who_guess_waits_for_a_slow_database(local, watch, monkeypatch):
    guesses = Guesses(local.store, watch)
    write, begun, go = guesses._write, threading.Event(), threading.Event()

    def slowly(owed):
        begun.set()
        assert go.wait(10)
        write(owed)

    monkeypatch.setattr(guesses, "_write", slowly)
    first = threading.Thread(target=wrong, args=(guesses, "first"))
    first.start()
    assert begun.wait(10)
    for n in range(30):
        wrong(guesses, f"address {n}")  # nobody waits
    go.set()
    first.join()
    assert len(rows(local.store)) == 31


def test_what_could_not_be_written_is_written_later(local, watch, monkeypatch):
    guesses = Guesses(local.store, watch)
    with monkeypatch.context() as patch:
        patch.setattr(guesses, "_write", lambda owed: (_ for _ in ()).throw(StoreError("away")))
        with pytest.raises(StoreError):
            wrong(guesses, "a")
    wrong(guesses, "b")
    assert {row.hash for row in rows(local.store)} == {guesses.hashed("twice", one) for one in "ab"}


def test_wrong_passwords_and_codes_count_on_both_servers(address, opened, watch, quick):
    here, there = Classroom(opened(address), watch), Classroom(opened(address), watch)
    here.accounts.first(here.accounts.setup_secret(), "Tea", GOOD)
    for n in range(10):
        with pytest.raises(Refused, match="is wrong"):
            (here, there)[n % 2].accounts.log_in("Tea", "a wrong one", "192.0.2.1")
    again = Classroom(opened(address), watch)
    for server in (here, there, again):
        with pytest.raises(Refused, match="in 21 seconds"):
            server.accounts.log_in("Tea", GOOD, "192.0.2.1")
        assert server.accounts.log_in("Tea", GOOD, "192.0.2.2")
        server.seats.guesses._writes._now = iter(range(10**6)).__next__
    for n in range(240):
        with pytest.raises(Refused, match="no class is open"):
            (here, there)[n % 2].seats.join(f"22{n}", "Ana", key="a-key-of-a-page-1", address="192.0.2.1")
    with pytest.raises(Refused, match="too many wrong attempts"):
        again.seats.join("22222", "Ana", key="a-key-of-a-page-1", address="192.0.2.1")
    with here.store.reading() as look:
        assert look.connection.execute(select(func.count()).select_from(tries)).scalar() > 0
