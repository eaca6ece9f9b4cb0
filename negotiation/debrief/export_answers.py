"""The answers to questionnaires as tables: a row an answer, a row a question; and what may be used for research."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negotiation.classroom.facts import Answered
from negotiation.classroom.questionnaires import Question, consents, questions
from negotiation.classroom.rows import Table
from negotiation.classroom.sessions import Form
from negotiation.debrief.class_data import ClassData
from negotiation.formats.questionnaires import Questionnaire, said
from negotiation.language import SOURCE, speaking

ANSWER = (
    *("person", "group", "party", "questionnaire", "question", "about", "value", "answer", "right", "handed_in", "at"),
)
QUESTION = (
    *(
        "questionnaire",
        "question",
        "asks",
        "subscale",
        "reversed",
        "steps",
        "wording",
        "low_end",
        "high_end",
        "choices",
    ),
    "source",
)
"""The columns of answers and of questions."""


def answer_rows(klass: ClassData) -> Table:
    """Return a row an answer, as it stood last, in the order of people and questions."""
    with speaking(SOURCE):
        return [row for who in klass.keys for row in _of_person(klass, who)]


def _of_person(klass: ClassData, who: str) -> Iterator[dict[str, object]]:
    last = {
        (fact.questionnaire, key): fact.at
        for fact in klass.facts
        if isinstance(fact, Answered) and fact.person == who
        for key in fact.answers
    }
    group, party = klass.results.get(who, (None, ""))
    for of in klass.session.settings.asked:
        form = klass.session.forms.get(who, {}).get(of.id, Form())
        asked = _asked(klass, who, of)
        for key, value in form.answers.items():
            name, _, about = key.partition("/")
            yield {
                "person": klass.keys[who],
                "group": group.number if group else None,
                "party": party or None,
                "questionnaire": of.id,
                "question": name,
                "about": about or None,
                "value": int(value) if isinstance(value, int) else None,
                "answer": _words(asked.get(key), value),
                "right": _right(asked.get(key), value),
                "handed_in": form.done,
                "at": last.get((of.id, key)),
            }


def _asked(klass: ClassData, who: str, of: Questionnaire) -> Mapping[str, Question]:
    """Return what a person was asked, by key, drawn from the papers of the seat that counts."""
    group, party = klass.results.get(who, (None, ""))
    if group is None:
        return {}
    mine = group.sheets[party]
    return {one.key: one for one in questions(of, klass.case.scenario.told(SOURCE), mine, party, list(group.people))}


def _words(one: Question | None, value: object) -> str | None:
    """Return an answer in words: a text, that a question does not apply, or the option that was chosen."""
    if isinstance(value, str):
        return value
    chosen = isinstance(value, int) and one is not None and 1 <= value <= len(one.options)
    return one.options[int(str(value)) - 1] if one is not None and chosen else None


def _right(one: Question | None, value: object) -> bool | None:
    return None if one is None or one.right is None else value == one.right


def question_rows(klass: ClassData) -> Table:
    """Return a row a question of the class's questionnaires: the codebook of the answers."""
    with speaking(SOURCE):
        return [
            {
                "questionnaire": of.id,
                "question": item.id,
                "asks": item.kind,
                "subscale": item.subscale,
                "reversed": item.reversed if item.kind == "scale" else None,
                "steps": item.steps if item.kind == "scale" else None,
                "wording": said(item.text) if item.text else None,
                "low_end": said(item.low) if item.low else None,
                "high_end": said(item.high) if item.high else None,
                "choices": " | ".join(map(said, item.options)) or None,
                "source": of.source or None,
            }
            for of in klass.session.settings.asked
            for item in of.items
        ]


def refusers(klass: ClassData) -> set[str]:
    """Return the keys of all who have not said that what they did may be used for research."""
    return {key for who, key in klass.keys.items() if not consents(klass.session, who)}


def for_research(klass: ClassData, every: Mapping[str, Table]) -> dict[str, Table]:
    """Return the tables without what those did, said, got and answered who have not consented, and what was said of them."""
    out = refusers(klass)
    seats = {
        (group.number, party)
        for group in klass.every
        for party, people in group.people.items()
        if any(klass.keys[person.id] in out for person in people)
    }

    def stays(row: Mapping[str, object]) -> bool:
        who = {row.get(column) for column in ("person", "by", "from")}
        return not who & out and (row.get("group"), row.get("about")) not in seats

    kept = {name: [row for row in rows if stays(row)] for name, rows in every.items()}
    kept["groups"] = [
        {
            column: None
            if column.startswith("points.") and (row["group"], column.removeprefix("points.")) in seats
            else value
            for column, value in row.items()
        }
        for row in kept["groups"]
    ]
    return kept
