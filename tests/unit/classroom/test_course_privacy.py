"""What is forgotten of a course is nowhere in its database; a deleted course leaves its record and its classes."""

from pathlib import Path

import pytest
from support_class import TEACHER
from support_course import ROSTER, Term

from negotiation.classroom.accounts import Account
from negotiation.classroom.courses.forgetting import delete, forget
from negotiation.errors import Refused


@pytest.fixture
def term(local):
    return Term(local, ROSTER.replace("Ana,ana@x.edu,A", "Anastasia,anastasia@x.edu,Sektion"))


def test_a_member_is_forgotten_in_the_course_and_in_its_classes(term):
    _, code = term.add()
    term.join(code, term.code("Anastasia"))
    term.join(code, term.code("Ben"))
    member = term.member("Anastasia").id
    for _ in range(2):  # done again it does no harm
        forget(term.room.desk, TEACHER, term.id, [member])
    found = term.now.members[member]
    assert (found.name, found.number, found.email, found.gone, found.forgotten) == ("M001", "", "", True, True)
    klass = term.room.classes.get(term.now.exercises[0])
    assert [person.name for person in klass.people.values()] == ["P01", "Ben"]
    term.room.store.close()
    data = Path(term.room.store.place).read_bytes()
    assert b"nastasia" not in data
    assert b"Sektion" not in data
    assert b"ben@x.edu" in data


def test_only_teachers_of_the_course_forget(term):
    member = term.member("Ben").id
    with pytest.raises(Refused, match="assistant"):
        forget(term.room.desk, Account("Hal", "assistant"), term.id, [member])
    with pytest.raises(Refused, match="no such course"):
        forget(term.room.desk, Account("Bea", "teacher"), term.id, [member])
    with pytest.raises(Refused, match="nobody like that"):
        forget(term.room.desk, TEACHER, term.id, ["x"])
    with pytest.raises(Refused, match="assistant"):
        delete(term.room.desk, Account("Hal", "assistant"), term.id)


def test_a_deleted_course(term):
    session, code = term.add()
    term.join(code, term.code("Ben"))
    delete(term.room.desk, TEACHER, term.id)
    assert term.room.desk.all(TEACHER) == ()
    assert term.now.deleted
    with pytest.raises(Refused, match="no such course"):
        delete(term.room.desk, TEACHER, term.id)
    klass = term.room.classes.get(session)
    assert klass.course == ""
    assert [person.name for person in klass.people.values()] == ["P01"]
    last = term.room.courses.get(term.id)
    assert [one.name for one in last.members.values()] == ["M001", "M002", "M003", "M004"]
    assert term.room.store.rows(term.id)[-1]["kind"] == "deleted"
