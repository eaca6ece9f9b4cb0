"""A name that is to be forgotten is nowhere in the database any more, and everything else is as it was."""

import json
import sqlite3

import pytest
from sqlalchemy import text
from support_class import TEACHER, Class

from negotiation.classroom import sqlite
from negotiation.classroom.accounts import Account
from negotiation.classroom.classes import Classes
from negotiation.classroom.privacy import forget
from negotiation.classroom.wire import Ear
from negotiation.errors import Refused, StoreError


def everything(room):
    with room.store.reading() as look:
        rows = [row for (row,) in look.connection.execute(text("SELECT row FROM events"))]
        return "\n".join([*rows, *look.connection.execute(text("SELECT why FROM refusals")).scalars()])


def test_a_name_is_forgotten_everywhere(room):
    one = Class(room)
    ana, bob = one.seat("Anastasia"), one.seat("Bob")
    one.go("prepare")
    room.teaching.rename(TEACHER, one.id, ana.person, "Anastasia Z")
    assert room.talk.whisper(ana, [bob.party], "hello", "w") is None
    assert room.talk.announce(one.id, "Tea", "to you", "a", to=ana.person) is None
    room.play.leave(ana)
    assert "Anastasia" in everything(room)
    with room.store.writing() as write:
        write.refuse(f"{bob.person}:k", "Anastasia has that seat already")
        write.refuse("elsewhere:k", "Anastasia of another class")
    assert forget(room.classes, TEACHER, one.id, ana.person) == "P01"
    left = everything(room)
    assert left.count("Anastasia") == 1
    assert "P01 has that seat already" in left
    assert one.now.people[ana.person].name == "P01"
    assert Classes(room.store).get(one.id).people[ana.person].name == "P01"
    assert one.now.people[bob.person].name == "Bob"
    assert [message.name for message in room.talk.heard(one.again(bob)) if message.text == "hello"] == ["P01"]
    assert forget(room.classes, TEACHER, one.id, ana.person) == "P01"


def test_lines_of_talk_that_a_server_knows_are_forgotten_too(local):
    one = Class(local)
    ana, bob = one.seat("Anastasia"), one.join("Bob")
    one.go("prepare")
    ear = Ear(local.wire, bob)
    assert local.talk.whisper(ana, [ear.seat.party], "hello", "w") is None
    assert "Anastasia" in json.dumps(ear.hello())
    forget(local.classes, TEACHER, one.id, ana.person)
    told = json.dumps([*ear.news(), *Ear(local.wire, bob).hello()])
    assert "hello" in told
    assert "P01" in told
    assert "Anastasia" not in told


def test_who_may_not_and_who_is_not_there(local):
    one = Class(local)
    ana, bob = one.seat("Ana"), one.seat("P01")
    with pytest.raises(Refused, match="takes administrator or teacher"):
        forget(local.classes, Account("Ada", "assistant"), one.id, ana.person)
    with pytest.raises(Refused, match="no such class"):
        forget(local.classes, Account("Tom", "teacher"), one.id, ana.person)
    with pytest.raises(Refused, match="nobody like that"):
        forget(local.classes, TEACHER, one.id, "nobody")
    with pytest.raises(Refused, match="somebody else is called P01"):
        forget(local.classes, TEACHER, one.id, ana.person)
    assert forget(local.classes, TEACHER, one.id, bob.person) == "P02"


def test_no_byte_of_a_forgotten_name_is_left_in_any_file(local, folder):
    """Neither in pages that were written over, nor in the log beside the file; also of names that stood there for long."""
    name = "Anastasia-Filippovna"
    one = Class(local)
    ana, bob = one.seat(name), one.seat("Bob")
    one.go("prepare")
    for n in range(60):
        assert local.talk.whisper(ana, [bob.party], f"line {n} {'x' * n}", f"w{n}") is None
    local.store.close()
    with sqlite3.connect(folder / "local.db") as plain:  # as programs wrote it that did not clean up behind themselves
        plain.execute("PRAGMA secure_delete=OFF")
        plain.execute("CREATE TABLE scrap AS SELECT row FROM events")
        plain.execute("DROP TABLE scrap")
    plain.close()

    def found():
        return [path.name for path in sorted(folder.iterdir()) if name.encode() in path.read_bytes()]

    assert "local.db" in found()
    forget(local.classes, TEACHER, one.id, ana.person)
    assert found() == []
    assert [message.name for message in local.talk.heard(one.again(bob))] == ["P01"] * 60
    local.store.close()
    assert found() == []


def test_a_file_that_cannot_be_written_anew_says_so(local, monkeypatch):
    monkeypatch.setattr(sqlite, "CHECKPOINT", "nonsense")
    with pytest.raises(StoreError, match="not written anew"):
        local.store.wipe()


def test_a_file_that_cannot_be_opened_again_says_so(local, folder):
    local.store.close()
    (folder / "local.db").unlink()
    (folder / "local.db").mkdir()
    with pytest.raises(StoreError, match="not written anew"):
        local.store.close()
