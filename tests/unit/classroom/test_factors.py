"""The second factor: codes of an app that count once, recovery codes, and how it goes away again."""

import io
import zipfile

import pyotp
import pytest
from sqlalchemy import select

from negotiation.classroom.accounts import HALF_SECONDS, Account, Half
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.ledger import KEEPER, told
from negotiation.classroom.schema import factors, recovery
from negotiation.cli import main
from negotiation.debrief.export import export
from negotiation.errors import Refused

GOOD = "correct horse battery"
TEA = Account("Tea", "administrator")
AT = 1_700_000_010.0


@pytest.fixture
def room(room):
    room.accounts.factors.wall = lambda: room.wall
    room.wall = AT
    room.accounts.first(room.accounts.setup_secret(), "Tea", GOOD)
    return room


def code(secret, room, steps=0):
    return pyotp.TOTP(secret).at(int(room.wall) + 30 * steps)


def enrolled(room):
    secret, uri = room.enrolling.begin(TEA, GOOD)
    assert uri.startswith("otpauth://totp/Negotiation:Tea?secret=")
    codes = room.enrolling.confirm(TEA, code(secret, room))
    room.wall += 60
    return secret, codes


def half(room, device=""):
    with pytest.raises(Half, match="authenticator app") as owed:
        room.accounts.log_in("Tea", GOOD, device=device)
    return owed.value.token


def test_nothing_is_asked_before_a_code_has_confirmed_it(room):
    with pytest.raises(Refused, match="name or password is wrong"):
        room.enrolling.begin(TEA, "not my password")
    with pytest.raises(Refused, match="this code is wrong"):
        room.enrolling.confirm(TEA, "123456")
    first, _ = room.enrolling.begin(TEA, GOOD)
    second, _ = room.enrolling.begin(TEA, GOOD)
    assert first != second
    with pytest.raises(Refused, match="this code is wrong"):
        room.enrolling.confirm(TEA, code(first, room))
    assert room.enrolling.left("Tea") is None
    assert room.enrolling.begun(TEA)[0] == second
    mine, elsewhere = room.accounts.log_in("Tea", GOOD), room.accounts.log_in("Tea", GOOD)
    codes = room.enrolling.confirm(TEA, code(second, room), mine)
    assert len(codes) == len(set(codes)) == 10
    assert room.accounts.who(mine) == TEA
    with pytest.raises(Refused, match="log in first"):
        room.accounts.who(elsewhere)
    assert room.enrolling.begun(TEA) is None
    with pytest.raises(Refused, match="already"):
        room.enrolling.begin(TEA, GOOD)
    room.wall += 60
    with pytest.raises(Refused, match="this code is wrong"):
        room.enrolling.confirm(TEA, code(second, room))
    assert room.enrolling.left("Tea") == 10


def test_a_code_counts_once_and_a_step_of_drift_is_forgiven(room):
    secret, _ = enrolled(room)
    owed = half(room)
    with pytest.raises(Refused, match="log in first"):
        room.accounts.who(owed)
    for steps in (-2, 2):
        with pytest.raises(Refused, match="this code is wrong"):
            room.accounts.second(owed, code(secret, room, steps))
    typed = code(secret, room, -1)
    assert room.accounts.who(room.accounts.second(owed, f" {typed[:3]} {typed[3:]} ")) == TEA
    with pytest.raises(Refused, match="took too long"):
        room.accounts.second(owed, code(secret, room))
    owed = half(room)
    with pytest.raises(Refused, match="was used before"):
        room.accounts.second(owed, typed)
    assert room.accounts.second(owed, code(secret, room, 1))
    owed = half(room)
    for steps in (-1, 0, 1):
        with pytest.raises(Refused, match="was used before"):
            room.accounts.second(owed, code(secret, room, steps))
    room.wall += 30
    assert room.accounts.second(owed, code(secret, room, 1))


def test_a_code_counts_once_on_all_servers(room, address, opened, watch):
    secret, _ = enrolled(room)
    other = Classroom(opened(address), watch)
    other.wall = room.wall
    other.accounts.factors.wall = lambda: other.wall
    one, two = half(room), half(other)
    assert room.accounts.second(one, code(secret, room))
    with pytest.raises(Refused, match="was used before"):
        other.accounts.second(two, code(secret, other))


def test_a_recovery_code_counts_once_and_is_kept_as_a_hash(room):
    secret, codes = enrolled(room)
    with room.store.reading() as look:
        kept = str(look.connection.execute(select(recovery)).all())
    assert not any(one in kept for one in codes)
    one = codes[3]
    spaced = "-".join(one[n : n + 4] for n in range(0, 16, 4)).lower()
    assert room.accounts.second(half(room), spaced)
    assert room.enrolling.left("Tea") == 9
    with pytest.raises(Refused, match="was used before"):
        room.accounts.second(half(room), one)
    assert "Tea: logged in with a recovery code" in [told(row) for row in room.accounts.record(TEA)]
    assert secret not in str(room.accounts.record(TEA))


def test_who_waits_too_long_begins_again(room, watch):
    secret, _ = enrolled(room)
    owed = half(room)
    watch.time += HALF_SECONDS + 1
    with pytest.raises(Refused, match="took too long"):
        room.accounts.second(owed, code(secret, room))
    half(room)


def test_codes_are_guessed_slowly_and_a_known_browser_is_not_held_up(room):
    secret, _ = enrolled(room)
    known = room.accounts.device(room.accounts.second(half(room), code(secret, room)))
    room.wall += 60
    owed = half(room)
    for _ in range(10):
        with pytest.raises(Refused, match="this code is wrong"):
            room.accounts.second(owed, "000000")
    with pytest.raises(Refused, match="in 61 seconds"):
        room.accounts.second(half(room), code(secret, room))
    assert room.accounts.second(half(room, known), code(secret, room), known)


def test_two_who_answer_with_one_password_get_in_once(room, monkeypatch):
    secret, _ = enrolled(room)
    owed = half(room)
    take = room.accounts.guesses.take

    def meanwhile(*attempts):
        take(*attempts)
        monkeypatch.undo()
        assert room.accounts.second(owed, code(secret, room))

    monkeypatch.setattr(room.accounts.guesses, "take", meanwhile)
    with pytest.raises(Refused, match="took too long"):
        room.accounts.second(owed, code(secret, room, 1))


def test_it_is_removed_with_the_password_or_by_whoever_keeps_the_server(room):
    for _ in range(2):
        enrolled(room)
        with pytest.raises(Refused, match="password is wrong"):
            room.enrolling.drop(TEA, "not my password")
        half(room)
        room.enrolling.drop(TEA, GOOD)
        assert room.accounts.log_in("Tea", GOOD)
    enrolled(room)
    room.enrolling.free("Tea", KEEPER)
    assert room.enrolling.left("Tea") is None
    with pytest.raises(Refused, match="has no second factor"):
        room.enrolling.free("Tea", KEEPER)
    with pytest.raises(Refused, match="no account 'Nobody'"):
        room.enrolling.free("Nobody", KEEPER)
    with room.store.reading() as look:
        assert not look.connection.execute(select(factors)).all()
        assert not look.connection.execute(select(recovery)).all()
    found = [(row["by"], row["kind"]) for row in room.accounts.record(TEA)][1:]
    assert found == [("Tea", "factor on"), ("Tea", "factor off")] * 2 + [("Tea", "factor on"), (KEEPER, "factor off")]


def test_whoever_keeps_the_server_sees_who_has_one_and_lets_people_in_without(local, capsys):
    place = local.store.place
    assert main(["accounts", "--database-url", place]) == 0
    assert capsys.readouterr().out == "there is no account in this database\n"
    local.accounts.first(local.accounts.setup_secret(), "Tea", GOOD)
    local.accounts.add(TEA, "Ann", GOOD, "observer")
    secret, _ = local.enrolling.begin(TEA, GOOD)
    local.enrolling.confirm(TEA, pyotp.TOTP(secret).now())
    assert main(["accounts", "--database-url", place]) == 0
    assert capsys.readouterr().out == "Ann  observer  password\nTea  administrator  second factor\n"
    assert main(["accounts", "--drop-second-factor", "Tea", "--database-url", place]) == 0
    assert capsys.readouterr().out == "Tea logs in with the password alone now\n"
    assert local.accounts.log_in("Tea", GOOD)
    assert main(["accounts", "--drop-second-factor", "Tea", "--database-url", place]) == 1
    assert "has no second factor" in capsys.readouterr().err


def test_no_export_holds_the_secret(local, local_class):
    one = local_class()
    one.seat("Ana")
    local.accounts.first(local.accounts.setup_secret(), "Tea", GOOD)
    secret, _ = local.enrolling.begin(TEA, GOOD)
    local.enrolling.confirm(TEA, pyotp.TOTP(secret).now())
    with zipfile.ZipFile(io.BytesIO(export(local, one.id, names=True))) as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist())
    assert b"Ana" in whole
    assert secret.encode() not in whole
