"""Teachers get in with their own password, and nobody else does."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from negotiation.classroom.accounts import LOGIN_SECONDS, SETUP_SECONDS, Account
from negotiation.classroom.devices import DEVICE_SECONDS
from negotiation.classroom.ledger import told
from negotiation.classroom.limits import Limit, Pace, network
from negotiation.classroom.schema import accounts, logins
from negotiation.errors import Refused

GOOD = "correct horse battery"


def first(room):
    room.accounts.first(room.accounts.setup_secret(), "Tea", GOOD)
    return room.accounts.who(room.accounts.log_in("Tea", GOOD))


def test_the_first_account_is_made_with_the_printed_secret_only(room, watch):
    old, secret = room.accounts.setup_secret(), room.accounts.setup_secret()
    assert old != secret
    for wrong in ("", "wrong", secret[:-1]):
        with pytest.raises(Refused, match="not the secret"):
            room.accounts.first(wrong, "Mallory", GOOD)
    with pytest.raises(Refused, match="10 to 200"):
        room.accounts.first(secret, "Tea", "short")
    with pytest.raises(Refused, match="without <"):
        room.accounts.first(secret, "<b>", GOOD)
    assert not room.accounts.exist()
    room.accounts.first(secret, "Tea", GOOD)
    assert room.accounts.exist()
    assert room.accounts.setup_secret() is None
    for again in (secret, old):
        with pytest.raises(Refused, match="an account already"):
            room.accounts.first(again, "Mallory", GOOD)
    assert room.accounts.who(room.accounts.log_in(" Tea ", GOOD)) == Account("Tea", "administrator")


def test_a_secret_lasts_a_day(room, watch):
    secret = room.accounts.setup_secret()
    watch.time += SETUP_SECONDS + 1
    with pytest.raises(Refused, match="not the secret"):
        room.accounts.first(secret, "Tea", GOOD)


def test_a_setup_secret_is_no_login(local):
    with pytest.raises(Refused, match="log in first"):
        local.accounts.who(local.accounts.setup_secret())


def test_wrong_names_and_passwords_are_told_apart_by_nobody(local):
    first(local)
    said = set()
    for name, password in (("Tea", "wrong password"), ("Nobody", GOOD), ("Tea", ""), ("Tea", "\ud800" * 10)):
        with pytest.raises(Refused) as problem:
            local.accounts.log_in(name, password)
        said.add(str(problem.value))
    assert said == {"name or password is wrong"}


def test_passwords_and_tokens_are_kept_as_hashes(local):
    first(local)
    token = local.accounts.log_in("Tea", GOOD)
    with local.store.reading() as look:
        kept = look.connection.execute(select(accounts.c.password)).scalar()
        hashes = look.connection.execute(select(logins.c.hash)).scalars().all()
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert token not in hashes
    assert all(len(one) == 64 for one in hashes)


def test_logins_end(local, watch):
    first(local)
    token, other = local.accounts.log_in("Tea", GOOD), local.accounts.log_in("Tea", GOOD)
    local.accounts.log_out(token)
    with pytest.raises(Refused, match="log in first"):
        local.accounts.who(token)
    assert local.accounts.who(other).role == "administrator"
    watch.time += LOGIN_SECONDS + 1
    with pytest.raises(Refused, match="log in first"):
        local.accounts.who(other)


def test_the_administrator_makes_changes_and_removes_accounts(room):
    tea = first(room)
    room.accounts.add(tea, "Ann", GOOD, "assistant")
    with pytest.raises(Refused, match="already"):
        room.accounts.add(tea, "Ann", GOOD, "observer")
    with pytest.raises(Refused, match="unknown role"):
        room.accounts.add(tea, "Bob", GOOD, "king")
    ann = room.accounts.log_in("Ann", GOOD)
    account = room.accounts.who(ann)
    for forbidden in (
        lambda: room.accounts.add(account, "Eve", GOOD, "teacher"),
        lambda: room.accounts.remove(account, "Tea"),
        lambda: room.accounts.change_password(account, "Tea", GOOD),
    ):
        with pytest.raises(Refused, match="Ann is assistant here; this takes administrator"):
            forbidden()
    room.accounts.change_password(account, "Ann", GOOD + "!")
    with pytest.raises(Refused, match="log in first"):
        room.accounts.who(ann)
    ann = room.accounts.log_in("Ann", GOOD + "!")
    room.accounts.change_password(tea, "Ann", GOOD)
    with pytest.raises(Refused, match="no account"):
        room.accounts.change_password(tea, "Nobody", GOOD)
    with pytest.raises(Refused, match="nobody can remove"):
        room.accounts.remove(tea, "Tea")
    ann = room.accounts.log_in("Ann", GOOD)
    room.accounts.remove(tea, "Ann")
    with pytest.raises(Refused, match="log in first"):
        room.accounts.who(ann)


def wrong(room, name, address, times, said="is wrong"):
    for _ in range(times):
        with pytest.raises(Refused, match=said):
            room.accounts.log_in(name, "a wrong one", address)


def test_guessing_is_slowed_down_and_locks_out_nobody_else(local):
    first(local)
    wrong(local, "Tea", "1.2.3.4", 10)
    with pytest.raises(Refused, match="try again in 21 seconds"):
        local.accounts.log_in("Tea", GOOD, "1.2.3.4")
    assert local.accounts.log_in("Tea", GOOD, "5.6.7.8")


def test_who_has_logged_in_in_a_browser_is_held_up_there_by_nobody_elses_guesses(room, watch):
    first(room)
    known = room.accounts.device(room.accounts.log_in("Tea", GOOD))
    wrong(room, "Tea", "1.2.3.4", 10)
    for n in range(20):
        wrong(room, f"Student {n}", "1.2.3.4", 1)
    wrong(room, "Nobody", "1.2.3.4", 1, "try again in 3 seconds")
    with pytest.raises(Refused, match="too many wrong attempts"):
        room.accounts.log_in("Tea", GOOD, "1.2.3.4")
    with pytest.raises(Refused, match="too many wrong attempts"):
        room.accounts.log_in("Tea", GOOD, "1.2.3.4", "a made-up device")
    for _ in range(12):
        assert room.accounts.log_in("Tea", GOOD, "1.2.3.4", known)
    for _ in range(10):
        with pytest.raises(Refused, match="is wrong"):
            room.accounts.log_in("Tea", "a wrong one", "1.2.3.4", known)
    with pytest.raises(Refused, match="in 21 seconds"):
        room.accounts.log_in("Tea", "a wrong one", "9.9.9.9", known)
    watch.time += DEVICE_SECONDS + 1
    with pytest.raises(Refused, match="name or password is wrong"):
        room.accounts.log_in("Tea", "a wrong one", "9.9.9.9", known)


def test_a_name_is_tried_slowly_from_wherever(local):
    first(local)
    for n in range(60):
        wrong(local, "Tea", f"1.2.{n}.4", 1)
    wrong(local, "Tea", "1.3.1.4", 1, "in 6 seconds")


def test_browsers_are_known_for_one_account_and_the_oldest_are_forgotten(local, watch, monkeypatch):
    tea = first(local)
    local.accounts.add(tea, "Ann", GOOD, "teacher")
    token = local.accounts.log_in("Tea", GOOD)
    old = local.accounts.device(token)
    assert local.accounts.device(token, old) == old
    other = local.accounts.device(local.accounts.log_in("Ann", GOOD), old)
    assert other != old
    monkeypatch.setattr("negotiation.classroom.devices.MOST_DEVICES", 2)
    for _ in range(2):
        watch.time += 1
        local.accounts.device(token)
    assert local.accounts.device(token, old) != old
    assert local.accounts.device(local.accounts.log_in("Ann", GOOD), other) == other
    local.accounts.change_password(tea, "Ann", GOOD + "!")
    assert local.accounts.device(local.accounts.log_in("Ann", GOOD + "!"), other) != other


def test_what_happens_to_accounts_is_on_record(room):
    tea = first(room)
    room.accounts.add(tea, "Ann", GOOD, "observer")
    room.accounts.change_password(tea, "Ann", GOOD + "!")
    room.accounts.remove(tea, "Ann")
    room.accounts.remove(tea, "Nobody")
    assert [(row["by"], told(row)) for row in room.accounts.record(tea)] == [
        ("Tea", "Tea, administrator: the account was made"),
        ("Tea", "Ann, observer: the account was made"),
        ("Tea", "Ann: a new password"),
        ("Tea", "Ann: the account was removed"),
    ]
    with pytest.raises(Refused, match="this takes administrator"):
        room.accounts.record(Account("Tom", "teacher"))


def test_the_addresses_of_one_customer_count_as_one(local):
    first(local)
    for n in range(10):
        wrong(local, "Tea", f"2001:db8:1:2::{n:x}", 1)
    wrong(local, "Tea", "2001:db8:1:2:ffff::1", 1, "too many")
    wrong(local, "Tea", "2001:db8:1:3::1", 1)
    assert network("::ffff:1.2.3.4") == network("1.2.3.4")
    assert network("fe80::1%eth0") == "fe80::/64"
    assert network("testclient") == "testclient"


def test_attempts_count_before_they_are_looked_at(local):
    first(local)
    with ThreadPoolExecutor(40) as pool:
        tries = [pool.submit(wrong, local, "Tea", "1.2.3.4", 1) for _ in range(40)]
        assert sum(one.exception() is None for one in tries) == 10


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaa", "1234567890", "qwertyuiop", "Password123", "tea tea tea tea", "abcdefghij1", "1212121212"],
)
def test_passwords_that_are_tried_first_are_refused(local, password):
    with pytest.raises(Refused, match="first that are tried"):
        local.accounts.first(local.accounts.setup_secret(), "Tea", password)
    local.accounts.first(local.accounts.setup_secret(), "Tea", "four ordinary words 1234")


def test_a_limit_forgets_with_time_and_by_number(monkeypatch):
    time = [0.0]
    limit = Limit(2, 60, lambda: time[0])
    limit.failed("a")
    limit.check("a")
    time[0] = 10
    limit.failed("a")
    with pytest.raises(Refused, match="in 51 seconds"):
        limit.check("a")
    limit.check("b")
    time[0] = 60
    limit.check("a")
    monkeypatch.setattr("negotiation.classroom.limits.MOST_KEPT", 1)
    time[0] = 10
    limit.failed("c")
    limit.check("a")


def test_a_pace_allows_a_few_at_once_and_then_so_many_a_second(monkeypatch):
    time = [0.0]
    pace = Pace(3, 2, lambda: time[0])
    assert [pace.take("a") for _ in range(5)] == [True] * 3 + [False] * 2
    assert pace.take("b")
    time[0] = 0.5
    assert [pace.take("a") for _ in range(2)] == [True, False]
    time[0] = 100.0
    assert [pace.take("a") for _ in range(4)] == [True] * 3 + [False]
    monkeypatch.setattr("negotiation.classroom.limits.MOST_KEPT", 1)
    assert pace.take("c")
    assert pace.take("a")  # forgotten by now


def test_who_runs_classes_sees_who_has_an_account(room):
    tea = first(room)
    room.accounts.add(tea, "Ann", GOOD, "assistant")
    assert room.accounts.all(tea) == (Account("Ann", "assistant"), tea)
    assert room.accounts.all(Account("Ann", "assistant")) == (Account("Ann", "assistant"), tea)
    with pytest.raises(Refused, match="Obi is observer here"):
        room.accounts.all(Account("Obi", "observer"))


def test_a_teacher_cannot_become_somebody_else(local):
    first(local)
    tom = Account("Tom", "teacher")
    for forbidden in (
        lambda: local.accounts.add(tom, "Eve", GOOD, "administrator"),
        lambda: local.accounts.remove(tom, "Tea"),
        lambda: local.accounts.change_password(tom, "Tea", GOOD),
    ):
        with pytest.raises(Refused, match="Tom is teacher here; this takes administrator"):
            forbidden()


def test_a_password_or_name_longer_than_any_is_not_cut_to_one_that_fits(local):
    """A form that cut 243 letters to 200 made another password of them than the one that was pasted."""
    ada = first(local)
    pasted = "correct horse battery " * 11
    with pytest.raises(Refused, match="a password has 10 to 200 characters; this one has 242"):
        local.accounts.add(ada, "Eve", pasted, "teacher")
    local.accounts.add(ada, "Eve", pasted[:200], "teacher")
    with pytest.raises(Refused, match="a password has at most 200 characters; this one has 242"):
        local.accounts.log_in("Eve", pasted)
    with pytest.raises(Refused, match="a name has at most 60 characters; this one has 70,000"):
        local.accounts.log_in("E" * 70_000, pasted[:200])
    assert local.accounts.log_in("Eve", pasted[:200])
