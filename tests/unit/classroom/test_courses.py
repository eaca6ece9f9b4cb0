"""A course: its roster, how its members come into its classes, and who may do what with it."""

import json

import pytest
from sqlalchemy import insert
from support_class import TEACHER
from support_course import KEY, ROSTER, Term

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.courses import facts
from negotiation.classroom.courses.roster import changes, parsed
from negotiation.classroom.courses.state import SECTION, Weights
from negotiation.classroom.courses.trail import author, told
from negotiation.classroom.schema import accounts
from negotiation.errors import LogError, Refused

OTHER, HELPER, LOOKER = Account("Bea", "teacher"), Account("Hal", "assistant"), Account("Obi", "observer")


def account(room, one):
    with room.store.writing() as write:
        write.connection.execute(insert(accounts).values(name=one.name, password="", role=one.role, created=0))


@pytest.fixture
def term(local):
    return Term(local)


def test_a_course_is_a_log_and_reads_the_same_from_another_server(room, address, opened, watch):
    term = Term(room)
    assert [one.name for one in term.now.roster] == ["Ana", "Ben", "Cem", "Dan"]
    assert (term.now.title, term.now.by, term.now.attributes) == ("Negotiation 1", "Tea", (SECTION,))
    again = Classroom(opened(address), watch)
    assert again.desk.all(TEACHER) == (term.now,)
    kinds = [fact.sentence() for fact in room.desk.record(TEACHER, term.id)]
    assert kinds == ["{member} is on the roster"] * 4


def test_a_roster_is_taken_as_it_was_looked_at_and_once(term):
    before = term.now.version
    term.enroll(ROSTER)
    assert term.now.version == before
    entries = parsed(ROSTER.replace("Ana", "Anna")).entries
    seen = changes(term.now, entries)
    term.enroll("ID,Name\n9,Zoe\n")
    with pytest.raises(Refused, match="has changed since you looked"):
        term.room.desk.enroll(TEACHER, term.id, entries, seen, drop=False)
    term.enroll(ROSTER.replace("Ana", "Anna"), drop=True)
    assert [one.name for one in term.now.roster] == ["Anna", "Ben", "Cem", "Dan"]
    assert "Zoe" in [one.name for one in term.now.members.values() if one.gone]
    zoe = term.member("Zoe").id
    assert zoe not in term.room.desk.codes(TEACHER, term.id)
    term.enroll("ID,Name\n9,Zoe\n")
    assert zoe in term.room.desk.codes(TEACHER, term.id)


def test_a_member_comes_by_the_personal_code_and_then_without_it(term):
    session, code = term.add()
    with pytest.raises(Refused, match="in place of a name, type your personal code"):
        term.join(code, "Ana")
    mine = term.code("Ana")
    token = term.join(code, f"{mine[:4].lower()} {mine[4:]}")
    assert term.room.seats.identify(token).name == "Ana"
    assert term.member("Ana").claimed
    with pytest.raises(Refused, match="personal code"):
        term.join(code, mine)
    second, other = term.add()
    assert term.room.seats.identify(term.join(other, "", token)).name == "Ana"
    entered = term.room.seats.members.enter(second, key=KEY.format(900), devices=[token])
    assert term.room.seats.identify(entered).person == term.room.classes.get(second).of_member(term.member("Ana").id).id
    assert len(term.room.classes.get(second).people) == len(term.room.classes.get(session).people) == 1


def test_a_code_alone_opens_the_course_and_the_same_click_twice_is_one_claim(term):
    code, key = term.code("Ben"), KEY.format(700)
    first = term.room.seats.join(code, "", key=key)
    again = term.room.seats.join(code, "", key=key)
    assert first != again
    assert [course.id for course, _ in term.room.courses.mine([first, again])] == [term.id]
    assert term.room.courses.is_place(first)
    assert not term.room.courses.is_place("nothing")
    assert [one.sentence() for one in term.room.desk.record(TEACHER, term.id)][-1] == "{member} claimed the place"
    for other in (KEY.format(701), "\0"):
        with pytest.raises(Refused, match="no class is open under this code"):
            term.room.seats.join(code, "", key=other)
    session, _ = term.add()
    token = term.room.seats.members.enter(session, key=KEY.format(702), devices=["nothing", first])
    assert term.room.seats.identify(token).name == "Ben"


def test_a_click_in_a_class_sent_twice_is_one_claim(term):
    _, code = term.add()
    mine, key = term.code("Ana"), KEY.format(710)
    one, two = (term.room.seats.join(code, mine, key=key) for _ in range(2))
    assert term.room.seats.identify(one) == term.room.seats.identify(two)


def test_a_code_that_another_uses_in_the_meantime(term):
    mine, courses, key = term.code("Ana"), term.room.courses, KEY.format(720)
    term.join(mine)
    with pytest.raises(Refused, match="this code has been used already"), term.room.store.writing() as write:
        courses.claim(write, term.id, mine, key)


def test_a_member_who_left_the_class_or_the_roster_does_not_come_in(term):
    session, code = term.add()
    token = term.join(code, term.code("Ana"))
    seat = term.room.seats.identify(token)
    term.room.teaching.remove(TEACHER, session, seat.person)
    fresh = term.room.desk.release(TEACHER, term.id, term.member("Ana").id)
    with pytest.raises(Refused, match="Ana has left the class"):
        term.join(code, fresh)
    ben = term.join(term.code("Ben"))
    term.room.desk.drop(TEACHER, term.id, term.member("Ben").id)
    with pytest.raises(Refused, match="no place in that course"):
        term.room.seats.members.enter(session, key=KEY.format(730), devices=[ben])
    with pytest.raises(Refused, match="not on the roster any more"):
        term.room.desk.release(TEACHER, term.id, term.member("Ben").id)
    cem = term.join(code, term.code("Cem"))
    term.room.desk.drop(TEACHER, term.id, term.member("Cem").id)
    with pytest.raises(Refused, match="personal code"):
        term.join(code, "", cem)


def test_a_new_code_signs_all_devices_out(term):
    _, code = term.add()
    term.add()
    token = term.join(code, term.code("Ana"))
    fresh = term.room.desk.release(TEACHER, term.id, term.member("Ana").id)
    assert term.member("Ana").claimed is None
    with pytest.raises(Refused, match="no seat here"):
        term.room.seats.identify(token)
    assert term.room.seats.identify(term.join(code, fresh)).name == "Ana"


def test_guests_come_where_the_teacher_allows_it(term):
    _, code = term.add()
    term.room.desk.guests(TEACHER, term.id, allowed=True)
    assert term.room.seats.identify(term.join(code, "Guest")).name == "Guest"
    assert term.room.seats.identify(term.join(code, term.code("Ana"))).name == "Ana"
    version = term.now.version
    term.room.desk.guests(TEACHER, term.id, allowed=True)
    assert term.now.version == version
    term.room.desk.guests(TEACHER, term.id, allowed=False)
    said = [fact.sentence() for fact in term.room.desk.record(TEACHER, term.id) if isinstance(fact, facts.Guests)]
    assert said == ["guests may come to its classes", "only members come to its classes"]


def test_joining_that_is_closed_and_a_class_that_went_to_another_course(term):
    session, _ = term.add()
    token = term.join(term.code("Ana"))
    term.room.teaching.close_code(TEACHER, session)
    with pytest.raises(Refused, match="the teacher has closed joining"):
        term.room.seats.members.enter(session, key=KEY.format(740), devices=[token])
    other = Term(term.room)
    device = other.join(other.code("Ana"))
    with pytest.raises(Refused, match="no place in that course"):
        term.room.seats.members.enter(session, key=KEY.format(741), devices=[device])
    free, _ = term.room.teaching.create(TEACHER, term.room.classes.get(session).settings)
    with pytest.raises(Refused, match="no place in that course"):
        term.room.seats.members.enter(free.id, key=KEY.format(742), devices=[token])


def test_a_class_that_is_taken_out_between_door_and_seat(term, monkeypatch):
    _, code = term.add()
    session = term.now.exercises[0]
    mine, who = term.code("Ana"), term.room.seats.members.who

    def meanwhile(*args):
        found = who(*args)
        term.room.desk.take_out(TEACHER, term.id, session)
        return found

    monkeypatch.setattr(term.room.seats.members, "who", meanwhile)
    with pytest.raises(Refused, match="Ana is not on the roster of the course of this class"):
        term.join(code, mine)
    assert term.code("Ana") == mine


def test_the_device_code_of_a_member(term):
    member = term.member("Ana").id
    first = term.join(term.code("Ana"))
    code = term.room.seats.members.device(term.id, first)
    second = term.join(code)
    assert [one.id for _, one in term.room.courses.mine([second])] == [member]
    assert term.now.version == 5
    late = term.room.seats.members.device(term.id, first)
    term.room.classes.now.time += 601
    with pytest.raises(Refused, match="no class is open"):
        term.join(late)
    with pytest.raises(Refused, match="no place in that course"):
        term.room.seats.members.device(term.id, "nothing")


def test_what_belongs_to_nobody_any_more_is_not_mine(term):
    token = term.join(term.code("Ana"))
    lone, code = term.room.teaching.create(TEACHER, term.room.classes.get(term.add()[0]).settings)
    alone = term.join(code, "Solo")
    assert [one.id for one, _ in term.room.courses.mine([alone, token, token])] == [term.id]
    term.room.desk.drop(TEACHER, term.id, term.member("Ana").id)
    assert term.room.courses.mine([token, alone]) == []
    assert lone.course == ""


def test_who_sees_and_runs_a_course(term):
    desk = term.room.desk
    session, _ = term.add()
    for do in (
        lambda by: desk.see(by, term.id),
        lambda by: desk.guests(by, term.id, allowed=True),
        lambda by: desk.codes(by, term.id),
        lambda by: desk.record(by, term.id),
    ):
        with pytest.raises(Refused, match="there is no such course"):
            do(OTHER)
    with pytest.raises(Refused, match="there is no account 'Bea'"):
        desk.give(TEACHER, term.id, "Bea")
    for one in (OTHER, HELPER, LOOKER):
        account(term.room, one)
        desk.give(TEACHER, term.id, one.name)
    assert desk.give(TEACHER, term.id, "Bea").given == {"Bea", "Hal", "Obi"}
    assert desk.all(LOOKER) == (term.now,)
    assert term.room.classes.get(session).given == {"Bea", "Hal", "Obi"}
    with pytest.raises(Refused, match="observer"):
        desk.guests(LOOKER, term.id, allowed=True)
    with pytest.raises(Refused, match="observer"):
        desk.codes(LOOKER, term.id)
    with pytest.raises(Refused, match="this course is Tea's"):
        desk.withdraw(OTHER, term.id, "Hal")
    later, _ = term.add()
    assert term.room.classes.get(later).given == {"Bea", "Hal", "Obi"}
    term.room.teaching.withdraw(TEACHER, later, "Obi")
    desk.withdraw(TEACHER, term.id, "Obi")
    desk.withdraw(TEACHER, term.id, "Obi")
    assert not term.room.classes.get(session).given & {"Obi"}
    assert desk.all(LOOKER) == ()


def test_an_account_that_has_the_class_is_not_given_it_twice(term):
    session, _ = term.add()
    account(term.room, OTHER)
    term.room.teaching.give(TEACHER, session, "Bea")
    before = term.room.classes.get(session).version
    term.room.desk.give(TEACHER, term.id, "Bea")
    assert term.room.classes.get(session).version == before


def test_exercises_come_and_go(term):
    session, _ = term.add()
    assert [one.id for one in term.room.desk.exercises(TEACHER, term.id)] == [session]
    with pytest.raises(Refused, match="belongs to a course already"):
        term.room.desk.add(TEACHER, term.id, session)
    term.room.desk.take_out(TEACHER, term.id, session)
    assert term.room.classes.get(session).course == ""
    assert term.now.exercises == ()
    with pytest.raises(Refused, match="no exercise of this course"):
        term.room.desk.take_out(TEACHER, term.id, session)


def test_weights(term):
    desk, weights = term.room.desk, Weights({"outcome": 1.0}, {"x": 2.0}, absent=True, few=True)
    assert desk.weigh(TEACHER, term.id, weights).weights == weights
    version = term.now.version
    desk.weigh(TEACHER, term.id, weights)
    assert term.now.version == version
    for wrong, why in (
        ({"outcome": -1.0}, "from 0 to 1,000"),
        ({"luck": 1.0}, "from 0 to 1,000"),
        ({"outcome": 0.0}, "something has to count"),
    ):
        with pytest.raises(Refused, match=why):
            desk.weigh(TEACHER, term.id, Weights(wrong))


def test_a_course_is_put_away_and_taken_out(term):
    desk = term.room.desk
    assert desk.archive(TEACHER, term.id, away=True).archived
    assert desk.archive(TEACHER, term.id, away=True).version == term.now.version
    assert not desk.archive(TEACHER, term.id, away=False).archived
    desk.take_away(TEACHER, term.id, "the gradebook")
    said = [fact.sentence() for fact in desk.record(TEACHER, term.id)][-3:]
    assert said == [
        "the course was archived",
        "the course was taken out of the archive",
        "data were taken away: {what}",
    ]


def test_copies(term):
    session, _ = term.add(rounds=4)
    term.join(term.room.seats.code(session), term.code("Ana"))
    term.room.desk.weigh(TEACHER, term.id, Weights(exercises={session: 3.0, "gone": 1.0}))
    made = term.room.exercises.copy(TEACHER, term.id, "Negotiation 2")
    (new,) = made.exercises
    copied = term.room.classes.get(new)
    assert (copied.settings.rounds, copied.title, copied.people, copied.course) == (4, "Exercise", {}, made.id)
    assert (made.weights.exercises, made.roster) == ({new: 3.0}, ())
    alone = term.room.exercises.copy_class(TEACHER, session)
    assert alone.course == ""


@pytest.mark.parametrize(
    "row",
    [{"kind": "unheard"}, {"kind": 3}, {"kind": "dropped"}],
)
def test_a_log_that_cannot_be_read_is_left_out_with_a_warning(term, row, caplog):
    with pytest.raises(LogError):
        facts.read(row)
    with term.room.store.writing() as write:
        write.append(term.id, term.now.version, [row])
    with pytest.raises(Refused, match="this course cannot be read"):
        term.now  # noqa: B018
    assert term.room.desk.all(TEACHER) == ()
    assert "cannot be read" in caplog.text


def test_a_class_is_no_course(term):
    session, _ = term.add()
    with pytest.raises(Refused, match="there is no such course"):
        term.room.courses.get(session)
    with pytest.raises(Refused, match="nobody like that on the roster"):
        term.room.desk.drop(TEACHER, term.id, "nobody")


def test_facts_are_written_and_read_again(term):
    term.add()
    with term.room.store.reading() as look:
        rows = look.rows(term.id)
    assert [facts.written(facts.read(json.loads(json.dumps(row)))) for row in rows] == rows
    assert {row["kind"] for row in rows} <= set(facts.KINDS)


def test_the_record_in_words(term):
    session, _ = term.add()
    term.join(term.code("Ana"))
    term.room.desk.take_away(TEACHER, term.id, "the gradebook")
    course = term.now
    found = term.room.desk.record(TEACHER, term.id)
    assert [told(course, fact, {session: "Case 1"}) for fact in found[-3:]] == [
        "the exercise Case 1 was added",
        "Ana claimed the place",
        "data were taken away: the gradebook",
    ]
    assert told(course, found[-3], {}) == "the exercise a class that is no exercise any more was added"
    assert [author(course, fact) for fact in found[-2:]] == ["Ana", "Tea"]
