"""A name that is to be forgotten is nowhere in the database any more, and everything else is as it was."""

import json

import pytest
from sqlalchemy import text
from support_class import TEACHER, Class

from negotiation.classroom.accounts import Account
from negotiation.classroom.classes import Classes
from negotiation.classroom.privacy import forget
from negotiation.classroom.wire import Ear
from negotiation.errors import Refused


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
