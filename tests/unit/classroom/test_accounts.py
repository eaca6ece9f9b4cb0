"""Teachers get in with their own password, and nobody else does."""

import pytest
from sqlalchemy import select

from negotiation.classroom.accounts import LOGIN_SECONDS, SETUP_SECONDS, Account
from negotiation.classroom.limits import Limit, Pace
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


def test_guessing_is_slowed_down(local):
    first(local)
    for _ in range(10):
        with pytest.raises(Refused, match="is wrong"):
            local.accounts.log_in("Tea", "a wrong one", "1.2.3.4")
    with pytest.raises(Refused, match="try again in 300 seconds"):
        local.accounts.log_in("Tea", GOOD, "1.2.3.4")
    assert local.accounts.log_in("Tea", GOOD, "5.6.7.8")  # nobody can lock somebody else out


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
