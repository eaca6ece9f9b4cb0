"""The gradebook of a course: what each person did in each exercise, and what that comes to by the teacher's weights.

The results are gathered once (`results`), which replays every game; the weights are applied to them at any time
(`score`, `overall`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.courses.state import Course, Weights
from negotiation.classroom.questionnaires import completions
from negotiation.classroom.sessions import Session
from negotiation.debrief.class_data import ClassData, gather
from negotiation.debrief.grades import Grade, grades
from negotiation.debrief.replays import Progress
from negotiation.errors import Refused
from negotiation.language import mark, phrase
from negotiation.rounding import rounded

FEWEST = 5
"""Of so many in a role a place among them says something; below that an outcome counts only if the teacher wants it."""

SURE = 1.96
"""Standard errors to either side within which the figure lies in 95 of 100 samples."""

ABOUT = mark(
    "Outcome: role points, 50 + 10 z among those who had the same role with the same private type; 0 to 100, n says how "
    "many. The range behind ± holds it in 95 of 100 samples of so many players; luck with partners is not in it. With n "
    "below {fewest} an outcome is shown and does not count, unless you say so. Nobody is ranked."
)
"""What stands wherever the gradebook is shown."""


@dataclass(frozen=True)
class Mark:
    """What a person did in an exercise; None: nothing there to count.

    Attributes
    ----------
    outcome
        Role points, from 0 to 100.
    off
        How far the outcome may be from what a large class would have shown, in points.
    n
        How many seats of people are compared, this one included.
    parts
        The other parts by name (see `FILLED`), from 0 to 1.
    """

    outcome: float | None = None
    off: float = 0.0
    n: int = 0
    parts: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Exercise:
    """An exercise of the course: its class, what it is called, and whether its results stand."""

    id: str
    title: str
    over: bool


@dataclass(frozen=True)
class Line:
    """A person of the gradebook, with the marks in each exercise; None where the person never came."""

    member: str
    name: str
    number: str
    email: str
    section: str
    more: Mapping[str, str]
    marks: Sequence[Mark | None]


@dataclass(frozen=True)
class Gradebook:
    """One line a person of the roster, one mark an exercise."""

    exercises: Sequence[Exercise]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Score:
    """What marks come to, from 0 to 100, and how far that may be off because outcomes were compared with few."""

    points: float
    off: float = 0.0


def prepared(klass: ClassData, person: str) -> float | None:
    """Return how much of the preparation sheet a person filled in: target, walk-away, and a guess for each other party.

    None in a class in which nobody handed one in.
    """
    sheets = klass.session.sheets
    if not sheets:
        return None
    sheet, scenario = sheets.get(person, {}), klass.case.scenario
    party = klass.results[person][1] if person in klass.results else klass.session.people[person].party
    others = [one for one in scenario.parties if one != party and scenario.at(one)]
    guesses = sheet.get("guesses")
    guessed = sum(bool(guesses.get(one)) for one in others) if isinstance(guesses, Mapping) else 0
    numbers = sum(sheet.get(name) is not None for name in ("target", "walk_away"))
    return rounded((numbers + guessed / len(others)) / 3 if others else numbers / 2, 4)


def answered(klass: ClassData, person: str, *, reflection: bool) -> float | None:
    """Return how much a person answered of the reflection, or of all other questionnaires but the consent to research.

    None in a class in which there are none.
    """
    session = klass.session
    asked = [of.id for of in session.settings.asked if not of.research and of.reflection == reflection]
    done = completions(session, person)
    return rounded(sum(done[name] for name in asked) / len(asked), 4) if asked else None


Filled = Callable[[ClassData, str], float | None]
"""Tells how much of a part of an exercise a person (by id) did, from 0 to 1; None where the class does not have it."""

FILLED: Mapping[str, Filled] = {
    "preparation": prepared,
    "questionnaire": partial(answered, reflection=False),
    "reflection": partial(answered, reflection=True),
}
"""How the parts other than the outcome are measured; a part that is not here does not count anywhere."""


def results(classroom: Classroom, course: Course, progress: Progress) -> Gradebook:
    """Return the results of everybody on the roster; its caller may see everything: check that before."""
    exercises, columns = [], []
    for n, session in enumerate(course.exercises):
        progress(n / len(course.exercises), phrase("reading the class"))
        now = classroom.classes.get(session)
        exercises.append(Exercise(session, now.title, now.phase.over))
        columns.append(_marks(classroom, now))
    lines = tuple(
        Line(
            one.id,
            one.name,
            one.number,
            one.email,
            one.section,
            one.more,
            tuple(column.get(one.id) for column in columns),
        )
        for one in course.roster
    )
    return Gradebook(tuple(exercises), lines)


def _marks(classroom: Classroom, session: Session) -> dict[str, Mark]:
    """Return the marks of a class by member of its course; outcomes only once they stand."""
    people = {person.id: person.member for person in session.people.values() if person.member}
    try:
        klass = gather(classroom, session.id)
    except Refused:  # nobody has formed a group
        return dict.fromkeys(people.values(), Mark())
    found = grades(klass) if session.phase.over or session.settings.homework else {}
    marks = {}
    for person, member in people.items():
        group, party = klass.results.get(person, (None, ""))
        place = found[group.id][party] if group and found else Grade(0.0, 0.0)
        outcome, off = _standing(place)
        marks[member] = Mark(outcome, off, place.of, {name: tell(klass, person) for name, tell in FILLED.items()})
    return marks


def _standing(place: Grade) -> tuple[float | None, float]:
    """Return the role points of a place and how far they may be off: the standard error of a z-score of so many."""
    if place.role_points is None:
        return None, 0.0
    z, n = place.z or 0.0, place.of
    error = math.sqrt(1 / n + z * z / (2 * (n - 1)))
    return min(max(place.role_points, 0.0), 100.0), rounded(10 * SURE * error, 1)


def counts(mark: Mark, weights: Weights) -> bool:
    """Return whether an outcome counts: compared with enough others, or wanted all the same."""
    return mark.outcome is not None and (mark.n >= FEWEST or weights.few)


def score(mark: Mark | None, weights: Weights) -> Score | None:
    """Return what an exercise comes to; None where nothing in it counts."""
    if mark is None:
        return None
    parts = {name: 100 * share for name, share in mark.parts.items() if share is not None}
    if mark.outcome is not None and counts(mark, weights):
        parts["outcome"] = mark.outcome
    weighed = {name: weights.parts.get(name, 0.0) for name in parts}
    whole = sum(weighed.values())
    if not whole:
        return None
    points = sum(weighed[name] * value for name, value in parts.items()) / whole
    return Score(points, weighed.get("outcome", 0.0) * mark.off / whole)


def overall(book: Gradebook, line: Line, weights: Weights) -> Score | None:
    """Return what all exercises of a person come to; None where nothing counts."""
    found: list[tuple[float, Score]] = []
    for exercise, one in zip(book.exercises, line.marks, strict=True):
        mine = score(one, weights)
        if mine is None and one is None and weights.absent and exercise.over:
            mine = Score(0.0)
        if mine is not None:
            found.append((weights.exercises.get(exercise.id, 1.0), mine))
    whole = sum(weight for weight, _ in found)
    if not whole:
        return None
    off = math.sqrt(sum((weight * one.off) ** 2 for weight, one in found))
    return Score(sum(weight * one.points for weight, one in found) / whole, off / whole)
