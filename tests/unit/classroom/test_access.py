"""A class is its maker's: nobody else sees it, changes it or learns of it, but those who were added, and administrators."""

import pytest
from support_class import TEACHER, Class

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.phases import Phase
from negotiation.classroom.privacy import forget
from negotiation.classroom.settings import Settings
from negotiation.classroom.trail import told
from negotiation.errors import Refused
from negotiation.formats import load

PASSWORD = "correct horse battery"
ADMIN = Account("Ada", "administrator")
TOM, ANN, OBI = Account("Tom", "teacher"), Account("Ann", "assistant"), Account("Obi", "observer")


@pytest.fixture
def one(local):
    """A class of Tea's with one person in one group, and accounts of others."""
    for account in (TEACHER, TOM, ANN, OBI):
        local.accounts.add(ADMIN, account.name, PASSWORD, account.role)
    klass = Class(local)
    klass.ana = klass.seat("Ana")
    return klass


def commands(one):
    """Every command of the console, by name: what it does for an account."""
    teaching, ana = one.room.teaching, one.ana
    return {
        "rotate": lambda by: teaching.rotate_code(by, one.id),
        "close": lambda by: teaching.close_code(by, one.id),
        "form": lambda by: teaching.form(by, one.id),
        "go": lambda by: teaching.go(by, one.id, Phase.NEGOTIATE),
        "pause": lambda by: teaching.pause(by, one.id),
        "resume": lambda by: teaching.resume(by, one.id),
        "extend": lambda by: teaching.extend(by, one.id, 60),
        "move": lambda by: teaching.move(by, one.id, ana.person, ana.group, ana.party),
        "swap": lambda by: teaching.swap(by, one.id, ana.person, ana.person),
        "take": lambda by: teaching.take_over(by, one.id, ana.group, ana.party),
        "hand": lambda by: teaching.hand_back(by, one.id, ana.group, ana.party),
        "take_all": lambda by: teaching.take_over_all(by, one.id, {ana.person}),
        "hand_all": lambda by: teaching.hand_back_all(by, one.id),
        "let": lambda by: teaching.let_go_on(by, one.id, "reflection"),
        "rename": lambda by: teaching.rename(by, one.id, ana.person, "Bea"),
        "correct": lambda by: teaching.correct(by, one.id, ana.group, {"platform": None}, "why"),
        "broadcast": lambda by: teaching.broadcast(by, one.id, "Hello.", f"key-{by.name}"),
        "open": lambda by: teaching.open_group(by, one.id, ana.group),
        "inside": lambda by: teaching.inside(by, one.id, ana.group),
        "record": lambda by: teaching.record(by, one.id),
        "together": lambda by: teaching.together(by, one.id, allowed=True),
        "absent": lambda by: teaching.remove_absent(by, one.id),
        "take_away": lambda by: teaching.take_away(by, one.id, "data", names=True),
        "device": lambda by: teaching.device(by, one.id, ana.person),
        "readmit": lambda by: teaching.readmit(by, one.id, ana.person),
        "remove": lambda by: teaching.remove(by, one.id, ana.person),
    }


def looks(one):
    return {
        "tiles": lambda by: one.room.teaching.tiles(by, one.id),
        "see": lambda by: one.room.teaching.see(by, one.id),
    }


def test_no_command_of_the_console_is_missing_here(one):
    known = set(vars(type(one.room.teaching)))
    tested = {"rotate_code", "close_code", "form", "go", "pause", "resume", "extend", "move", "swap", "take_over"}
    tested |= {"hand_back", "rename", "correct", "broadcast", "open_group", "inside", "record", "device", "readmit"}
    tested |= {
        "remove",
        "take_away",
        "take_over_all",
        "hand_back_all",
        "let_go_on",
        "remove_absent",
        "together",
        "tiles",
        "see",
        "run",
        "create",
        "all",
        "give",
        "withdraw",
        "merge",
    }
    assert {name for name in known if not name.startswith("_")} == tested


def test_whoever_was_not_added_can_do_nothing_and_learns_nothing(one):
    before = one.now
    for do in [*commands(one).values(), *looks(one).values(), lambda by: one.room.teaching.merge(by, one.id, "a", "b")]:
        for stranger in (TOM, ANN):
            with pytest.raises(Refused, match="there is no such class"):
                do(stranger)
    for do in looks(one).values():
        with pytest.raises(Refused, match="there is no such class"):
            do(OBI)
    with pytest.raises(Refused, match="no such class"):
        forget(one.room.classes, TOM, one.id, one.ana.person)
    for stranger in (TOM, ANN, OBI):
        assert one.room.teaching.all(stranger) == ()
    assert one.now == before


@pytest.mark.parametrize("by", [TEACHER, ADMIN, TOM, ANN], ids=lambda one: one.name)
def test_whoever_belongs_to_it_runs_it(one, by):
    if by in (TOM, ANN):
        one.room.teaching.give(TEACHER, one.id, by.name)
    for do in [*commands(one).values(), *looks(one).values()]:
        do(by)
    assert [session.id for session in one.room.teaching.all(by)] == [one.id]
    assert [fact.by for fact in one.room.teaching.record(by, one.id)][-1] == by.name


def test_who_was_added_and_taken_out_is_on_the_record(one):
    teaching = one.room.teaching
    for _ in range(2):  # a second click adds nothing
        teaching.give(TEACHER, one.id, "Tom")
    teaching.give(ADMIN, one.id, "Obi")
    teaching.give(TEACHER, one.id, "Tea")
    assert one.now.given == {"Tom", "Obi"}
    assert len(teaching.tiles(OBI, one.id)) == 1
    for _ in range(2):
        teaching.withdraw(TEACHER, one.id, "Tom")
    with pytest.raises(Refused, match="no such class"):
        teaching.pause(TOM, one.id)
    scenario = load(one.now.settings.case).scenario
    found = [(fact.by, told(one.now, fact, scenario)) for fact in teaching.record(TEACHER, one.id)][-3:]
    assert found == [
        ("Tea", "Tom was added to those who see this class"),
        ("Ada", "Obi was added to those who see this class"),
        ("Tea", "Tom does not see this class any more"),
    ]
    assert Classroom(one.room.store).classes.get(one.id).given == {"Obi"}


def test_only_the_owner_and_administrators_add_people(one):
    teaching = one.room.teaching
    teaching.give(TEACHER, one.id, "Tom")
    for do in (teaching.give, teaching.withdraw):
        with pytest.raises(Refused, match="this class is Tea's: only Tea or an administrator"):
            do(TOM, one.id, "Ann")
        with pytest.raises(Refused, match="no such class"):
            do(ANN, one.id, "Ann")
    with pytest.raises(Refused, match="no account 'Eve'"):
        teaching.give(TEACHER, one.id, "Eve")
    assert one.now.given == {"Tom"}


def test_an_assistant_has_classes_of_ones_own(one):
    session, _ = one.room.teaching.create(ANN, Settings(case="any-two-of-three"))
    assert one.room.teaching.all(ANN) == (one.room.classes.get(session.id),)
    assert session.id not in {other.id for other in one.room.teaching.all(TEACHER)}
