"""Groups in a class of a course: planned for those who wait, by the roster, by a list with roles, apart from before."""

import pytest
from support_class import TEACHER
from support_course import Term

from negotiation.classroom.courses.seating import listed
from negotiation.errors import Refused

LIST = "ID;Group;Role\n\n1;x;shipper\nBEN@x.edu;x;\n3;y;\n99;y;\n"


@pytest.fixture
def term(local):
    term = Term(local)
    term.session, code = term.add(arrive=False)
    for name in ("Ana", "Ben", "Cem", "Dan"):
        term.join(code, term.code(name))
    return term


def groups(term, session):
    now = term.room.classes.get(session)
    return [sorted(person.name for person in now.members(group)) for group in now.groups]


def test_groups_of_one_section_and_mixed_ones_who_have_not_met(term):
    exercises = term.room.exercises
    wish = exercises.wish(TEACHER, term.session, "section", alike=True, apart=True, even=True)
    exercises.group(TEACHER, term.session, exercises.plan(TEACHER, term.session, wish))
    assert sorted(groups(term, term.session)) == [["Ana", "Cem"], ["Ben", "Dan"]]
    later, code = term.add(arrive=False)
    tokens = [
        term.join(code, term.room.desk.release(TEACHER, term.id, term.member(name).id))
        for name in ("Ana", "Ben", "Cem", "Dan")
    ]
    assert len(tokens) == 4
    wish = exercises.wish(TEACHER, later, "", alike=False, apart=True, even=True)
    plan = exercises.plan(TEACHER, later, wish)
    assert plan.again == 0
    exercises.group(TEACHER, later, plan)
    assert ["Ana", "Cem"] not in groups(term, later)
    parties = [person.party for person in term.room.classes.get(later).people.values()]
    assert all(parties)


def test_a_plan_is_for_those_who_waited(term):
    exercises = term.room.exercises
    plan = exercises.plan(
        TEACHER, term.session, exercises.wish(TEACHER, term.session, "", alike=False, apart=False, even=False)
    )
    assert [len(group) for group in plan.groups] == [3, 1]
    exercises.group(TEACHER, term.session, plan)
    with pytest.raises(Refused, match="other people wait by now"):
        exercises.group(TEACHER, term.session, plan)


def test_a_list_with_roles(term):
    parties = term.room.classes.get(term.session).parties
    text = LIST.replace("shipper", parties[1])
    now, absent = term.room.exercises.group_by_list(TEACHER, term.session, text)
    assert absent == ["99"]
    seats = {
        person.name: (now.groups[person.group].number, person.party) for person in now.people.values() if person.group
    }
    assert seats == {"Ana": (1, parties[1]), "Ben": (1, parties[0]), "Cem": (2, parties[0])}


def test_a_list_in_a_class_of_no_course_goes_by_names(local_class):
    one = local_class(arrive=False)
    one.join("Ana")
    now, absent = one.room.exercises.group_by_list(TEACHER, one.id, "name,group\nana,1\n")
    assert (len(now.groups), absent) == (1, [])
    wish = one.room.exercises.wish(TEACHER, one.id, "", alike=False, apart=True, even=False)
    assert (wish.by, wish.met) == ({}, {})


@pytest.mark.parametrize(
    "head", ["ID,Group,Role", "Matricule;Groupe;Rôle", "氏名\tグループ\t役割", "Student ID,Role,Group"]
)
def test_heads_of_a_list_in_three_languages(head):
    between = next(one for one in ",;\t" if one in head)
    (line,) = listed(f"{head}\n{between.join('17x')}\n" if "Role,Group" not in head else f"{head}\n1,x,7\n")
    assert (line.who, line.group, line.role) == ("1", "7", "x")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Name\nAna\n", "line 1: a list of groups has the columns ID"),
        ("ID,Group\n1\n", "line 2: 1 values, and the first line has 2 columns"),
    ],
)
def test_lists_that_are_none(text, why):
    with pytest.raises(Refused, match=why):
        listed(text)


def test_places_that_are_none_or_taken(term):
    party = term.room.classes.get(term.session).parties[0]
    for rows, why in (
        ("1,x,king\n", "line 2: unknown role 'king'"),
        (f"1,x,{party}\n2,x,{party}\n", "line 3: that place in group x is taken"),
        ("1,x,\n2,x,\n3,x,\n4,x,\n", "line 5: that place in group x is taken"),
    ):
        with pytest.raises(Refused, match=why):
            term.room.exercises.group_by_list(TEACHER, term.session, "ID,Group,Role\n" + rows)


def test_there_is_an_end_of_groups(term, monkeypatch):
    monkeypatch.setattr("negotiation.classroom.courses.seating.MOST_GROUPS", 0)
    with pytest.raises(Refused, match="the most there can be"):
        term.room.exercises.group_by_list(TEACHER, term.session, "ID,Group\n1,x\n")
