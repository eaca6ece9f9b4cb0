"""What people answered, after the class: averages only, tables with a codebook, and nothing of those who refuse research."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from support_class import Class, play_out, seated

from negotiation.debrief.class_data import gather
from negotiation.debrief.downloads import made
from negotiation.debrief.export import research
from negotiation.debrief.export_tables import tables
from negotiation.debrief.personal import personal_debrief
from negotiation.debrief.report import findings, parts
from negotiation.debrief.subjective import by_role, mean, of_person
from negotiation.formats.questionnaires import standard
from negotiation.reports.blocks import Figure, Grid
from negotiation.reports.palette import ink

OWN = """
format: negotiation-questionnaire/1
id: own
when: after
title: {en: Own}
subscales: {mood: {en: Mood}}
items:
  - {id: mood, kind: scale, subscale: mood, steps: 5, text: {en: Mood?}, low: {en: bad}, high: {en: good}}
  - {id: pick, kind: choice, text: {en: Pick}, options: [{en: first}, {en: second}], right: 2}
"""


@pytest.fixture(scope="module")
def nine(rooms):
    """Nine people in three groups: eight say how it was (the n-th gives n, at most 7), two refuse research; the seats."""
    room = rooms()
    one, seats = seated(room, 9, questionnaires={**dict.fromkeys(standard(), ""), "own": OWN})
    one.go("read")
    seats = [one.again(seat) for seat in seats]
    for n, seat in enumerate(seats):
        answer(one, seat, "consent", {"research": n > 1}, done=True)
    answer(one, seats[0], "brief_read", {"own_unsigned": 1})
    one.go("negotiate")
    play_out(one)
    one.go("debrief")
    items = standard()["subjective_value"].items
    for n, seat in enumerate(seats[:8]):
        step = min(n + 1, 7)
        said = {item.id: 8 - step if item.reversed else step for item in items}
        answer(one, seat, "subjective_value", {**said, "self_image": "none"}, done=True)
        for other in seats:
            if other.group == seat.group and other.party != seat.party:
                answer(one, seat, "counterparts", {f"fair/{other.party}": step})
    answer(one, seats[0], "reflection", {"thoughts": "=mine alone"})
    answer(one, seats[2], "own", {"mood": 2, "pick": 2})
    return room, one, seats


def answer(one, seat, name, answers, *, done=False):
    key = f"{seat.person}-{name}-{len(answers)}-{'-'.join(answers).replace('/', '_')}"[:80]
    assert one.room.play.answer(seat, name, answers, key, done=done) is None


@pytest.fixture(scope="module")
def told(nine):
    room, one, _ = nine
    return findings(gather(room, one.id))


def grids(section):
    return [block for block in section.blocks if isinstance(block, Grid)]


def test_an_average_of_few_answers_is_not_there():
    assert mean([1.0, None, 2.0], 3).value is None
    assert mean([1.0, None, 2.0], 3).n == 2
    assert mean([1.0, 2.0, 6.0], 3).value == 3.0
    assert mean([], 0).value is None


def test_subscales_by_role_count_who_answered_and_turn_reversed_questions_round(told):
    section = by_role(told.klass, told.grades)
    roles = grids(section)[0]
    everybody = dict(zip(roles.head, roles.rows[0], strict=True))
    assert everybody["role"] == "everybody"
    assert everybody["Self"] == "4.4 (n = 8)"  # (1 + 2 + ... + 7 + 7) / 8
    assert len(roles.rows) == 4
    assert {cell for row in roles.rows[1:] for cell in row} & {"too few (n = 2)"}
    picture = next(block for block in section.blocks if isinstance(block, Figure))
    assert picture.spec(ink(night=False))["data"]["values"][0]["n"] == 8
    assert "too few (n = 1)" in grids(section)[2].rows[0]  # of the own questionnaire nothing is drawn but its counts
    assert sum(isinstance(block, Figure) for block in section.blocks) == 1


def test_it_stands_against_points_in_thirds(told):
    against = grids(by_role(told.klass, told.grades))[1]
    assert [row[0] for row in against.rows] == [
        "lowest third of points in their role",
        "middle third",
        "highest third",
    ]
    counts = [int(row[1].partition("n = ")[2].rstrip(")")) for row in against.rows]
    assert sum(counts) == 8
    nobody = {
        group: {party: replace(grade, of=1, fewer=0, equal=0, more=0) for party, grade in there.items()}
        for group, there in told.grades.items()
    }
    assert len(grids(by_role(told.klass, nobody))) == 2  # without any place only the two by role


def test_the_debrief_has_it_where_it_was_asked_and_beliefs_come_after_results(told, found):
    assert "How it was" in parts(told, [])
    assert list(parts(told, []))[:2] == ["Results", "Beliefs"]
    assert "How it was" not in parts(found, [])
    assert parts(told, [])["How it was"]().title == "How it was for people"


def test_nothing_is_shown_before_anybody_answers(told):
    silent = replace(told.klass, session=replace(told.klass.session, forms={}))
    assert [block.text for block in by_role(silent, told.grades).blocks] == ["Nobody has answered yet."]
    assert of_person(silent, next(iter(silent.results))) == []


def test_a_person_sees_the_own_answers_and_averages_of_others_alone(nine, told):
    _, _, seats = nine
    own, feedback = of_person(told.klass, seats[0].person)
    rows = grids(own)[0].rows
    assert rows[1][1] == 1.0
    assert rows[1][2] == "4.9 (n = 7)"
    assert {row[1] for row in grids(feedback)[0].rows} == {"too few (n = 2)", "too few (n = 0)"}
    open_class = replace(
        told.klass, session=replace(told.klass.session, settings=replace(told.klass.session.settings, averages_from=2))
    )
    given = dict(grids(of_person(open_class, seats[0].person)[1])[0].rows)
    assert given["Was fair"] == "2.5 (n = 2)"


def test_no_page_of_another_holds_what_a_person_typed_or_gave(nine, told):
    room, _, seats = nine
    for seat in seats[1:]:
        other = next(party for party in told.klass.case.roles if party != seat.party)
        shown = repr(personal_debrief(told, seat.person, other))
        assert "mine alone" not in shown
        assert "mine alone" not in repr(room.play.look(seat)) + repr(room.play.fillings(seat))
    assert "mine alone" not in repr([part() for part in parts(told, []).values()])


def test_every_answer_is_a_row_with_its_question(nine, told):
    every = tables(told, {})
    rows = {(row["person"], row["question"], row["about"]): row for row in every["answers"]}
    assert len(rows) == len(every["answers"])
    first = rows["P01", "thoughts", None]
    assert first["answer"] == "'=mine alone"
    assert first["value"] is None
    assert first["at"] > 0
    assert rows["P01", "self_image", None]["answer"] == "none"
    assert rows["P02", "research", None]["value"] == 0
    assert rows["P03", "pick", None]["answer"] == "second"
    assert rows["P03", "pick", None]["right"] is True
    assert rows["P01", "own_unsigned", None]["right"] in (True, False)
    assert rows["P03", "mood", None]["right"] is None
    known = {(row["questionnaire"], row["question"]) for row in every["questions"]}
    assert {(row["questionnaire"], row["question"]) for row in every["answers"]} <= known
    lost = next(row for row in every["questions"] if row["question"] == "outcome_lost")
    assert lost["reversed"] is True
    assert lost["steps"] == 7


def test_those_without_a_result_are_in_the_table_too(rooms):
    one = Class(rooms(), questionnaires={"consent": "", "brief_read": ""})
    seat = one.seat()
    one.go("read")
    answer(one, one.again(seat), "brief_read", {"own_unsigned": 1})
    one.go("negotiate")
    one.go("debrief")
    klass = gather(one.room, one.id)
    klass.__dict__["results"] = {}  # as of somebody who was moved away
    row = tables(findings(klass), {})["answers"][0]
    assert (row["group"], row["party"], row["answer"], row["right"]) == (None, None, None, None)


def test_for_research_nothing_of_those_who_refused_is_left(nine):
    room, one, seats = nine
    with zipfile.ZipFile(io.BytesIO(research(room, one.id))) as folder:
        names = folder.namelist()
        read = {name: folder.read(name).decode("utf-8-sig") for name in names if not name.endswith(".xlsx")}
    rows = {
        name: list(csv.DictReader(io.StringIO(read[f"csv/{name}.csv"])))
        for name in ("people", "answers", "groups", "events")
    }
    assert {row["person"] for row in rows["people"]} == {f"P{n:02d}" for n in range(3, 10)}
    assert {row["person"] for row in rows["answers"]} == {f"P{n:02d}" for n in range(3, 10)}
    refused = {(one.now.groups[seat.group].number, seat.party) for seat in seats[:2]}
    assert not refused & {(int(row["group"]), row["about"]) for row in rows["answers"] if row["about"]}
    for row in rows["groups"]:
        for party in one.now.parties:
            assert (row[f"points.{party}"] == "") == ((int(row["group"]), party) in refused)
    assert not {"P01", "P02"} & {row["by"] for row in rows["events"]}
    assert "logs/class.jsonl" not in names
    assert "debrief.html" not in names
    told_of = {one.now.groups[seat.group].number for seat in seats[:2]}
    assert {f"logs/group-{n:03d}.jsonl" for n in {1, 2, 3} - told_of} == {
        name for name in names if name.startswith("logs/")
    }
    assert "7 of 9 people consented" in read["README.md"]
    assert not any("mine alone" in text or "Person 0" in text for text in read.values())


def test_research_data_are_a_file_to_take_away(nine):
    room, one, _ = nine
    asked = {"session": one.id, "kind": "research", "names": False, "language": "en"}
    assert made(room, asked, lambda *_: None)[:2] == b"PK"
