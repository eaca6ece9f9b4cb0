"""Questionnaires in class: what is asked of whom, what is kept, and who goes on."""

import json

import pytest
from support_class import TEACHER, Class, play_out

from negotiation.actions import Pass
from negotiation.classroom.classes import Classes
from negotiation.classroom.facts import Answered, LetGoOn, read, written
from negotiation.classroom.questionnaires import (
    NONE,
    completions,
    consents,
    filled,
    questions,
)
from negotiation.classroom.trail import told
from negotiation.errors import NegotiationError
from negotiation.formats import bundled, load
from negotiation.formats.questionnaires import standard
from negotiation.language import speaking
from negotiation.reports import blocks

ALL = dict.fromkeys(standard(), "")
FIVE = {f"outcome_{one}": 5 for one in ("satisfied", "balance", "lost", "legitimate")}


@pytest.fixture
def three(local):
    """A class of three at one table, whose papers are open, with all questionnaires; the seats."""
    one = Class(local, questionnaires=ALL, required=["brief_read", "subjective_value"])
    seats = [one.seat() for _ in range(3)]
    one.go("read")
    return one, [one.again(seat) for seat in seats]


def filling(one, seat, name):
    return next(found for found in one.room.play.fillings(seat) if found.of.id == name)


def right(one, seat):
    return {q.key: q.right for q in filling(one, seat, "brief_read").questions}


@pytest.mark.parametrize("name", bundled())
def test_the_check_of_the_brief_is_drawn_from_ones_own_papers_alone(name):
    case, brief = load(name), standard()["brief_read"]
    asked = 0
    for party, kinds in case.roles.items():
        for role in kinds.values():
            found = questions(brief, case.scenario, role.preferences, party, ())
            asked += len(found)
            for one in found:
                assert len(set(one.options)) == len(one.options) >= 2
                assert 1 <= one.right <= len(one.options)
            worth = next(one for one in found if one.item.kind == "unsigned")
            assert worth.options[worth.right - 1] == blocks.said(role.preferences.score({}), case.scenario.decimals)
    assert asked > len(case.roles)
    assert questions(brief, case.scenario, None, next(iter(case.roles)), ()) == ()


def test_it_is_asked_in_the_language_of_the_page(three):
    one, (seat, *_) = three
    with speaking("fr"):
        asked = filling(one, seat, "brief_read").questions
    assert asked[0].text.startswith("Combien de points")


def test_answers_are_kept_one_by_one_and_survive_the_server(three):
    one, (seat, *_) = three
    answers = right(one, seat)
    first = next(iter(answers))
    assert one.room.play.answer(seat, "brief_read", {first: answers[first]}, "k1") is None
    assert one.room.play.answer(seat, "brief_read", {first: answers[first]}, "k1") is None
    again = Classes(one.room.store, one.room.classes.now).get(one.id)
    assert again.forms[seat.person]["brief_read"].answers == {first: answers[first]}
    assert again.answered == 1
    assert not again.forms[seat.person]["brief_read"].done


def test_an_answer_can_be_taken_back(three):
    one, (seat, *_) = three
    one.room.play.answer(seat, "consent", {"research": True}, "k1", done=True)
    assert consents(one.now, seat.person)
    one.room.play.answer(seat, "consent", {"research": None}, "k2")
    assert not consents(one.now, seat.person)
    assert not consents(Class(one.room).now, "nobody")


def test_the_check_is_handed_in_once_and_complete(three):
    one, (seat, *_) = three
    answers = right(one, seat)
    first, *others = answers
    assert one.room.play.answer(seat, "brief_read", {first: answers[first]}, "k1", done=True) == (
        f"questions without an answer: {len(others)}"
    )
    wrong = {key: 1 + value % 2 for key, value in answers.items() if key != first}
    assert one.room.play.answer(seat, "brief_read", {first: answers[first], **wrong}, "k2", done=True) is None
    assert filling(one, seat, "brief_read").right == 1
    assert "is answered once" in one.room.play.answer(seat, "brief_read", answers, "k3")


def test_nobody_comes_to_the_table_without_what_is_required_until_the_teacher_lets_go_on(three):
    one, (seat, other, _) = three
    one.room.play.answer(seat, "brief_read", right(one, seat), "k1", done=True)
    one.go("negotiate")
    assert filled(one.now)["brief_read"] == (1, 3)
    assert one.room.play.act(seat, Pass(), "k2") is None
    assert "fill in first" in one.room.play.act(other, Pass(), "k3")
    assert filling(one, other, "brief_read").due
    before = one.room.play.look(other).mark
    one.room.teaching.let_go_on(TEACHER, one.id, "brief_read")
    one.room.teaching.let_go_on(TEACHER, one.id, "brief_read")
    assert one.room.play.look(other).mark != before
    assert one.room.play.act(other, Pass(), "k4") is None
    last = one.room.teaching.record(TEACHER, one.id)[-1]
    assert (
        told(one.now, last, load("any-two-of-three").scenario)
        == "nobody has to fill in Have you read your brief? any more"
    )
    unknown = LetGoOn("gone")
    assert "gone" in told(one.now, unknown, load("any-two-of-three").scenario)


def test_what_is_asked_after_is_open_after_and_what_is_closed_takes_nothing(three):
    one, (seat, *_) = three
    assert "not open now" in one.room.play.answer(seat, "subjective_value", FIVE, "k1")
    one.go("negotiate")
    play_out(one)
    one.go("debrief")
    assert filling(one, seat, "subjective_value").due
    assert "not open now" in one.room.play.answer(seat, "brief_read", {"own_unsigned": 1}, "k2")
    assert one.room.play.answer(seat, "subjective_value", {**FIVE, "self_face": NONE}, "k3") is None
    one.go("closed")
    assert "not open now" in one.room.play.answer(seat, "subjective_value", FIVE, "k4")


def test_homework_asks_when_it_has_been_played(local):
    one = Class(local, questionnaires={"subjective_value": ""}, homework=True, minutes={"negotiate": 600})
    seat = one.seat()
    assert one.room.play.answer(seat, "subjective_value", FIVE, "k1") is None


def test_counterparts_are_those_whom_people_play(three):
    one, (seat, other, third) = three
    asked = {found.about for found in filling(one, seat, "counterparts").questions}
    assert asked == {other.party, third.party}
    alone = Class(one.room, questionnaires=ALL)
    lone = alone.seat()
    assert filling(alone, lone, "counterparts").questions == ()
    assert filling(alone, lone, "brief_read").questions == ()  # the sheet is not revealed yet


@pytest.mark.parametrize(
    ("name", "answers", "why"),
    [
        ("subjective_value", {"outcome_lost": 8}, "'8' is no answer to the question 'outcome_lost'"),
        ("subjective_value", {"outcome_lost": True}, "'True' is no answer"),
        ("subjective_value", {"outcome_lose": 1}, "did you mean 'outcome_lost'"),
        ("consent", {"research": 1}, "'1' is no answer"),
        ("reflection", {"thoughts": 3}, "'3' is no answer"),
        ("reflection", {"thoughts": "a\u202eb"}, "holds control characters"),
        ("brief", {"a": 1}, "unknown questionnaire 'brief'"),
    ],
)
def test_what_is_no_answer_is_refused(three, name, answers, why):
    one, (seat, *_) = three
    one.go("negotiate")
    one.go("debrief")
    assert why in one.room.play.answer(seat, name, answers, "k1")


def test_a_choice_has_the_options_it_has(three):
    one, (seat, *_) = three
    assert "no answer" in one.room.play.answer(seat, "brief_read", {"own_unsigned": 9}, "k1")


def test_a_reflection_wants_its_words(three):
    one, (seat, *_) = three
    one.go("negotiate")
    one.go("debrief")
    assert one.room.play.answer(seat, "reflection", {"thoughts": "Too short."}, "k1", done=True) == (
        "the text has 2 words so far, and 60 are wanted"
    )
    assert one.room.play.answer(seat, "reflection", {"thoughts": "word " * 60}, "k2", done=True) is None
    assert one.room.play.answer(seat, "reflection", {"thoughts": " "}, "k3") is None
    assert one.now.forms[seat.person]["reflection"].answers == {}
    assert one.now.forms[seat.person]["reflection"].done


def test_how_much_of_each_is_filled_in(three):
    one, (seat, *_) = three
    assert set(completions(one.now, seat.person).values()) == {0.0}
    one.room.play.answer(seat, "brief_read", right(one, seat), "k1", done=True)
    one.go("negotiate")
    one.go("debrief")
    one.room.play.answer(seat, "subjective_value", FIVE, "k2")
    assert completions(one.now, seat.person) == {
        "consent": 0,
        "brief_read": 1,
        "subjective_value": 0.25,
        "counterparts": 0,
        "reflection": 0,
    }


def test_observers_and_those_without_a_seat_are_asked_nothing(local):
    one = Class(local, questionnaires=ALL, required=["brief_read"], arrive=False)
    seat = one.seat()
    assert one.room.play.fillings(seat) == []
    one.go("read")
    assert filled(one.now)["brief_read"][1] == len([p for p in one.now.people.values() if p.party])


def test_nothing_of_one_persons_answers_is_in_what_others_are_sent(three):
    one, (seat, other, _) = three
    one.go("negotiate")
    one.go("debrief")
    words = "mine alone " * 30
    one.room.play.answer(seat, "reflection", {"thoughts": words}, "k1", done=True)
    one.room.play.answer(seat, "counterparts", {f"fair/{other.party}": 2}, "k2")
    sent = [repr(one.room.play.look(other)), repr(one.room.play.fillings(other))]
    assert not any("mine alone" in text for text in sent)
    assert filling(one, other, "counterparts").form.answers == {}


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"questionnaires": {"brief": ""}}, "unknown questionnaire 'brief'"),
        ({"required": ["consent"]}, "unknown questionnaire of this class 'consent'; possible: none"),
        ({"averages_from": 0}, "fewest answers of an average: 0, must be from 1 to 20"),
        ({"questionnaires": {f"a{n}": "" for n in range(13)}}, "a class has at most 12 questionnaires"),
        (
            {
                "questionnaires": {
                    "mine": "format: negotiation-questionnaire/1\nid: other\nwhen: after\ntitle: {en: T}\n"
                    "items: [{id: a, kind: text, text: {en: A}}]"
                }
            },
            "is called 'mine' here, and 'other' in its file",
        ),
    ],
)
def test_a_class_is_refused_questionnaires_that_are_not_there(local, settings, why):
    with pytest.raises(NegotiationError) as problem:
        Class(local, **settings)
    assert why in str(problem.value)


def test_answers_stand_in_the_log_as_they_are():
    fact = Answered("p", "reflection", {"thoughts": "x"}, done=True, by="p", at=1.0)
    assert read(json.loads(json.dumps(written(fact)))) == fact
