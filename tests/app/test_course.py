"""The pages of a course for those who teach: roster, exercises, gradebook, and what ends it."""

import pytest
from support_app import button, click
from support_course import ROSTER, Term
from support_school import choose, html, projector_script, seen, text

from negotiation.analysis.findings import rows
from negotiation.debrief.gradebook import results
from negotiation.ui.jobs.background import Job
from negotiation.ui.teach import gradebook


@pytest.fixture
def term(school):
    return Term(school.room, "", by=school.by)


@pytest.fixture
def at_once(school, monkeypatch):
    """Results are worked out here, not in a process of their own."""

    def begun(asked, _wanted):
        found = rows(results(school.room, school.room.courses.get(asked["course"]), lambda *_: None))
        return Job(over=True, found=found)

    monkeypatch.setattr(gradebook, "begun_once", begun)


def opened(school, term, section=""):
    app = school.open(course=term.id)
    return choose(app, "Show", section) if section else app


def paste(app, roster):
    next(one for one in app.text_area if one.label.startswith("Or paste")).set_value(roster)
    return seen(app.run())


def test_a_course_is_made_and_opened(school):
    app = choose(school.open(), "What", "Courses")
    assert "No course yet" in app.info[0].value
    next(one for one in app.text_input if one.label.startswith("Title")).set_value("Autumn <b>")
    click(app, "Make the course")
    (course,) = school.room.desk.all(school.by)
    assert (course.title, app.query_params["course"]) == ("Autumn <b>", course.id)
    assert "Autumn &lt;b&gt;" in html(app)
    assert "No exercise yet" in app.info[0].value


def test_a_roster_is_looked_at_before_it_is_taken(school, term):
    app = opened(school, term, "Roster")
    assert "Nobody is on the roster yet." in html(app)
    paste(app, "ID,Name\n1,\n2,Ben,x\n")
    assert "line 2\\: there is no name" in app.error[0].value
    assert "line 3\\: 3 values" in app.error[0].value
    paste(app, "Name\nAna\n")
    assert "no column is headed ID or Email" in app.error[0].value
    paste(app, ROSTER)
    assert "**4 new people**: Ana, Ben, Cem, Dan" in text(app)
    assert term.now.roster == ()
    click(app, "Take it")
    assert len(term.now.roster) == 4
    assert "<td>code " in html(app)
    paste(app, ROSTER)
    assert "That changes nothing." in app.info[0].value
    paste(app, ROSTER.replace("Ana", "Anna").replace("4,Dan,dan@x.edu,B\n", ""))
    assert "**1 with other particulars**: Anna" in text(app)
    assert "**1 on the roster is not in the list**: Dan" in text(app)
    app.checkbox[0].check().run()
    click(app, "Take it")
    assert [one.name for one in term.now.roster] == ["Anna", "Ben", "Cem"]


def test_one_person_of_the_roster(school, term):
    term.enroll(ROSTER)
    app = opened(school, term, "Roster")
    before = term.code("Ana")
    click(app, "Yes, a new code")
    assert term.code("Ana") != before
    click(app, "Yes, take off")
    assert [one.name for one in term.now.roster] == ["Ben", "Cem", "Dan"]
    click(app, "Yes, forget it for good")
    assert [one.name for one in term.now.roster] == ["Cem", "Dan"]


def test_exercises_are_added_copied_and_taken_out(school, term):
    free = school.create()
    term.enroll(ROSTER)
    app = opened(school, term)
    next(one for one in app.selectbox if one.label == "A class of no course").select(free).run()
    click(app, "Add it")
    assert term.now.exercises == (free,)
    assert "0 of 4 people came" in html(app)
    next(one for one in app.selectbox if one.label == "Any class of yours").select(free).run()
    click(app, "Copy it")
    assert len(term.now.exercises) == 2
    button(app, "Yes, take it out").click().run()
    assert len(term.now.exercises) == 1


def test_the_gradebook_weighs_and_is_taken_away(school, term, at_once):
    app = opened(school, term, "Gradebook")
    assert "begins with a roster and an exercise" in app.info[0].value
    term.enroll(ROSTER)
    session, code = term.add()
    term.join(code, term.code("Ana"))
    app = opened(school, term, "Gradebook")
    told = html(app)
    assert told.count("did not come") == 3
    assert "of 100" in told
    next(one for one in app.number_input if one.label == "Reflection").set_value(70.0)
    next(one for one in app.checkbox if one.label.startswith("An exercise that is over")).check()
    click(app, "Weigh it so")
    assert (term.now.weights.parts["reflection"], term.now.weights.absent) == (70.0, True)
    assert [one.label for one in app.get("download_button")] == [
        "For Canvas (CSV)",
        "For Moodle (CSV)",
        "Everything (CSV)",
        "Everything (Excel)",
    ]
    assert session in term.now.weights.exercises


def test_results_that_are_on_their_way_or_cannot_be_had(school, term, monkeypatch):
    term.enroll(ROSTER)
    term.add()
    jobs = iter([Job(what="reading the class"), Job(over=True, refused="no memory")])
    monkeypatch.setattr(gradebook, "begun_once", lambda *_: next(jobs))
    assert not opened(school, term, "Gradebook").error
    assert "no memory" in opened(school, term, "Gradebook").error[0].value


def test_marks_are_told_with_how_sure_they_are():
    mark = gradebook.Mark(61.25, 8.0, 6, {"preparation": 0.5, "questionnaire": None})
    told = gradebook._mark(mark, gradebook.Weights({"outcome": 1.0}))
    assert "<b>61.2 ± 8.0</b>" in told
    assert "outcome 61.2, n = 6</div>" in told
    assert "preparation sheet 50 %" in told
    few = gradebook._mark(gradebook.Mark(61.0, 8.0, 3), gradebook.Weights({"outcome": 1.0}))
    assert "n = 3: too few, not counted" in few
    assert "<b>–</b>" in few
    assert "alone in the role" in gradebook._mark(gradebook.Mark(n=1), gradebook.Weights())


def test_guests_colleagues_and_the_record(school, term):
    term.enroll(ROSTER)
    school.room.accounts.add(school.by, "Hal", "a long password", "assistant")
    app = opened(school, term, "Settings")
    next(one for one in app.toggle if one.label.startswith("Guests")).set_value(True).run()
    assert term.now.guests
    next(one for one in app.selectbox if one.label == "Add").select("Hal").run()
    click(app, "Add to this course and its classes")
    assert term.now.given == {"Hal"}
    click(app, "Take out")
    assert term.now.given == frozenset()
    assert "Hal was added to those who see this course" in html(app)
    assert "guests may come to its classes" in html(app)
    assert "Ana is on the roster" in html(app)
    school.log_in("Hal", "a long password")
    assert "there is no such course" in school.open(course=term.id).error[0].value


def test_a_course_is_copied_put_away_and_deleted(school, term):
    term.enroll(ROSTER)
    term.add()
    app = opened(school, term, "Settings")
    click(app, "Copy the course")
    assert app.query_params["course"] != term.id
    app = opened(school, term, "Settings")
    click(app, "Archive it")
    assert term.now.archived
    click(app, "Take it out of the archive")
    click(app, "Archive it")
    app = choose(school.open(), "What", "Courses")
    assert any(one.label == "Archived courses" for one in app.expander)
    app = opened(school, term, "Settings")
    click(app, "Yes, forget everybody for good")
    assert [one.name for one in term.now.members.values()] == ["M001", "M002", "M003", "M004"]
    assert button(app, "Yes, delete it for good").disabled
    next(one for one in app.text_input if one.label.startswith("Type the title")).set_value("Negotiation 1").run()
    click(app, "Yes, delete it for good")
    assert term.now.deleted


def test_who_joins_is_told_what_to_type_beside_the_code(school, term):
    session, _ = term.add()
    for told, allowed in (("your personal code. Who has", False), ("guests type their name", True)):
        school.room.desk.guests(school.by, term.id, allowed=allowed)
        console = html(choose(school.open(**{"class": session}), "Show", "Join"))
        assert told in console
        assert f"<a href='?course={term.id}'" in console
        assert told in html(school.open(projector_script, **{"class": session}))
    free = school.create()
    assert "personal code" not in html(school.open(projector_script, **{"class": free}))


def test_observers_look_at_exercises_and_gradebook(school, term, at_once):
    school.room.accounts.add(school.by, "Obi", "a long password", "observer")
    term.enroll(ROSTER)
    term.add()
    school.room.desk.give(school.by, term.id, "Obi")
    school.log_in("Obi", "a long password")
    assert "Negotiation 1" in html(school.open())
    app = opened(school, term, "Gradebook")
    assert not app.get("download_button")
    assert [one for group in app.segmented_control for one in group.options] == ["Exercises", "Gradebook"]
    app = opened(school, term)
    assert [one.label for one in app.button] == ["Open"]


def test_groups_are_looked_at_before_people_are_seated(school, term):
    term.enroll(ROSTER)
    session, code = term.add(arrive=False)
    for name in ("Ana", "Ben", "Cem", "Dan"):
        term.join(code, term.code(name))
    app = choose(school.open(**{"class": session}), "Show", "People")
    next(one for one in app.selectbox if one.label == "By what the roster says").select("section").run()
    app.radio[0].set_value("alike").run()
    for label in ("Nobody with whom", "Groups of about"):
        next(one for one in app.checkbox if one.label.startswith(label)).check().run()
    click(app, "Look at the groups")
    assert {"1. Ana, Cem", "1. Ben, Dan"} <= set("\n".join(one.value for one in app.markdown).split("\n"))
    click(app, "Seat them so")
    groups = school.room.classes.get(session).groups
    assert len(groups) == 2
    later, code = term.add(arrive=False)
    guest = term.room.desk.guests(school.by, term.id, allowed=True)
    term.join(code, "Gus")
    app = choose(school.open(**{"class": later}), "Show", "People")
    next(one for one in app.text_area if one.label.startswith("Or paste")).set_value("Name,Group\nGus,1\nZoe,1\n").run()
    click(app, "Seat them by the list")
    assert guest.guests
    assert school.room.classes.get(later).lobby == ()
