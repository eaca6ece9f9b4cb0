"""The gradebook of a course: results from its classes, the teacher's weights, how sure a figure is, and the files."""

import csv
import io
import math
import zipfile
from types import SimpleNamespace

import pytest
from support_class import TEACHER, play_out
from support_course import ROSTER, Played, Term

from negotiation.analysis.findings import read, rows
from negotiation.classroom.courses.state import Weights
from negotiation.classroom.phases import Phase
from negotiation.debrief import gradebook
from negotiation.debrief.export import export
from negotiation.debrief.gradebook import Exercise, Gradebook, Line, Mark, Score, overall, prepared, results, score
from negotiation.debrief.gradebook_files import FILES, rows_of, titles
from negotiation.formats import loads

ASKED = ("consent", "counterparts", "reflection")
STILL = Weights({"outcome": 1.0, "preparation": 1.0}, few=True)


@pytest.fixture(scope="module")
def term(rooms):
    """Three classes: one played by all but Dan, one without groups, one that is not over."""
    term = Term(rooms(), ROSTER.replace("Ana", "=Ana"))
    first, code = term.add(case="any-two-of-three", questionnaires=dict.fromkeys(ASKED, ""))
    tokens = {name: term.join(code, term.code(name)) for name in ("=Ana", "Ben", "Cem")}
    seats = [term.room.seats.identify(token) for token in tokens.values()]
    term.room.desk.guests(TEACHER, term.id, allowed=True)
    for n in range(6):
        term.join(code, f"Guest {n}")
    term.room.teaching.go(TEACHER, first, Phase("prepare"))
    others = [party for party in term.room.classes.get(first).parties if party != seats[0].party]
    sheet = {"target": 70, "walk_away": None, "guesses": {others[0]: ["pact.share"]}}
    assert term.room.play.prepare(seats[0], sheet, "a-sheet-of-ana") is None
    term.room.teaching.go(TEACHER, first, Phase("negotiate"))
    play_out(Played(term.room, first))
    term.room.teaching.go(TEACHER, first, Phase("debrief"))
    thoughts = {"thoughts": "Next time I ask more. " * 15}
    assert term.room.play.answer(seats[0], "reflection", thoughts, "thoughts-of-ana", done=True) is None
    _, code = term.add(arrive=False)
    term.join(code, "", tokens["Ben"])
    _, code = term.add()
    term.join(code, "", tokens["Cem"])
    return term


@pytest.fixture(scope="module")
def book(term):
    return results(term.room, term.now, lambda *_: None)


def test_everybody_has_a_mark_where_they_came(book):
    marks = {line.name: line.marks for line in book.lines}
    assert list(marks) == ["=Ana", "Ben", "Cem", "Dan"]
    assert marks["Dan"] == (None, None, None)
    assert marks["Ben"][1] == Mark()
    assert marks["Cem"][2].outcome is None
    assert marks["Cem"][2].parts == {"preparation": None, "questionnaire": None, "reflection": None}
    assert [one.over for one in book.exercises] == [True, False, False]
    ana = marks["=Ana"][0]
    assert ana.n == 3
    assert 0 <= ana.outcome <= 100
    half = pytest.approx((1 + 1 / 2) / 3, abs=1e-4)
    assert ana.parts == {"preparation": half, "questionnaire": 0.0, "reflection": 1.0}
    assert marks["Ben"][0].parts == {"preparation": 0.0, "questionnaire": 0.0, "reflection": 0.0}


ALONE = """
format: negotiation-scenario/1
id: alone
title: Nobody else has a seat
clock: {unit: day, rounds: 2}
parties: {anna: {name: Anna}, bert: {name: Bert}}
tables: {one: {title: One, signers: {always: [anna]}, issues: {i: {title: I, options: {x: X, y: Y}}}}}
preferences:
  anna: {one.i: {weight: 100, scores: {x: 0, y: 100}}}
  bert: {one.i: {weight: 100, scores: {x: 0, y: 100}}}
"""


def test_whoever_has_nobody_to_guess_about_has_prepared_with_two_numbers():
    session = SimpleNamespace(sheets={"ana": {"target": 1}}, people={"ana": SimpleNamespace(party="anna")})
    assert prepared(SimpleNamespace(session=session, case=loads(ALONE, "alone"), results={}), "ana") == 0.5


def test_a_gradebook_goes_through_json(book):
    assert rows(read(Gradebook, rows(book))) == rows(book)


def test_how_far_an_outcome_may_be_off_is_the_standard_error_of_its_z(book):
    ana = book.lines[0].marks[0]
    z = (ana.outcome - 50) / 10
    assert ana.off == pytest.approx(19.6 * math.sqrt(1 / 3 + z * z / 4), abs=0.1)


def test_what_counts_is_what_the_teacher_weighs():
    mark = Mark(60.0, 8.0, 6, {"preparation": 0.5, "questionnaire": None})
    assert score(mark, Weights({"outcome": 3.0, "preparation": 1.0})) == Score(57.5, 6.0)
    assert score(mark, Weights({"preparation": 1.0})) == Score(50.0)
    assert score(mark, Weights({"questionnaire": 1.0})) is None
    assert score(None, Weights()) is None
    assert score(Mark(), Weights()) is None


def test_an_outcome_among_few_is_shown_and_does_not_count_unless_it_is_wanted():
    mark = Mark(60.0, 8.0, 4, {"preparation": 0.5})
    assert score(mark, Weights({"outcome": 1.0, "preparation": 1.0})) == Score(50.0, 0.0)
    assert score(mark, STILL) == Score(55.0, 4.0)


def line(*marks):
    return Line("m", "Ana", "1", "", "", {}, marks)


def test_all_exercises_together_and_those_that_were_missed():
    one = Gradebook((Exercise("a", "A", over=True), Exercise("b", "B", over=True), Exercise("c", "C", over=False)), ())
    full = Mark(80.0, 6.0, 9)
    some = line(full, None, None)
    only = Weights({"outcome": 1.0})
    assert overall(one, some, only) == Score(80.0, 6.0)
    assert overall(one, some, Weights({"outcome": 1.0}, absent=True)) == Score(40.0, 3.0)
    assert overall(one, line(full, full, None), Weights({"outcome": 1.0}, {"a": 0.0})) == Score(80.0, 6.0)
    assert overall(one, line(None, None, None), only) is None
    assert overall(one, some, Weights({"outcome": 1.0}, {"a": 0.0})) is None


def test_a_role_that_was_played_once_says_nothing():
    assert gradebook._standing(gradebook.Grade(5.0, 1.0, of=1)) == (None, 0.0)
    assert gradebook._standing(gradebook.Grade(5.0, 1.0, of=4, z=None)) == (50.0, 9.8)
    assert gradebook._standing(gradebook.Grade(5.0, 1.0, of=400, z=9.0))[0] == 100.0


def comma(file):
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))


def test_the_file_for_canvas(book):
    head, possible, *people = comma(FILES["canvas"](book, STILL))
    assert head == [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "Exercise",
        "Exercise (2)",
        "Exercise (3)",
    ]
    assert possible == ["    Points Possible", "", "", "", "", "100", "100", "100"]
    assert people[0][:5] == ["'=Ana", "", "1", "ana@x.edu", "A"]
    assert people[3][5:] == ["", "", ""]
    assert 0 < float(people[0][5]) < 100


def test_a_gradebook_of_canvas_goes_back_with_its_own_ids():
    own = Line("m", "Ada", "s1", "", "", {"ID": "17", "SIS Login ID": "ada"}, ())
    assert comma(FILES["canvas"](Gradebook((), (own,)), STILL))[2] == ["Ada", "17", "s1", "ada", ""]


def test_the_file_for_moodle(book):
    head, *people = comma(FILES["moodle"](book, STILL))
    assert head == ["ID number", "Email address", "Full name", "Exercise", "Exercise (2)", "Exercise (3)", "Total"]
    assert people[1][:3] == ["2", "ben@x.edu", "Ben"]
    assert people[0][3] == people[0][6]
    assert not FILES["moodle"](book, STILL).startswith(b"\xef\xbb\xbf")


def test_the_files_for_a_spreadsheet(book):
    head, *people = comma(FILES["csv"](book, STILL))
    ana = dict(zip(head, people[0], strict=True))
    assert ana["name"] == "'=Ana"
    assert ana["Exercise: n in role"] == "3"
    assert ana["Exercise: outcome counts"] == "True"
    assert dict(zip(head, people[3], strict=True))["Exercise: outcome counts"] == ""
    with zipfile.ZipFile(io.BytesIO(FILES["xlsx"](book, STILL))) as file:
        assert "xl/worksheets/sheet2.xml" in file.namelist()
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


def test_titles_differ_and_rows_say_what_is_missing(book):
    assert titles(book) == ["Exercise", "Exercise (2)", "Exercise (3)"]
    assert [row["total"] for row in rows_of(book, Weights({"questionnaire": 1.0}))] == [0.0, 0.0, 0.0, None]


def test_what_leaves_without_names_does_not_tell_who_is_who_across_classes(term):
    (first, *_), ana = term.now.exercises, term.member("=Ana").id
    logs = {}
    for names in (True, False):
        with zipfile.ZipFile(io.BytesIO(export(term.room, first, names=names))) as file:
            logs[names] = file.read("logs/class.jsonl").decode()
    assert ana in logs[True]
    assert ana not in logs[False]
