"""The beliefs of people before they talked, against the truth: perspective taking, told by their worksheets.

A worksheet is a mapping, kept as the person sent it; everything in it may be missing:

    target       points that the person wanted
    walk_away    points below which the person would not go; the truth is what unsigned tables leave
    guesses      by other party: the issues (`table.issue`) thought to matter most to it, best first; one or a list
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from negotiation.debrief.class_data import ClassData
from negotiation.debrief.group_game import GroupGame
from negotiation.preferences import Preferences


@dataclass(frozen=True)
class Guess:
    """The guess of a person about what matters most to another party, and the truth; `right` is the share of hits."""

    party: str
    guessed: tuple[str, ...]
    truth: tuple[str, ...]
    right: float


@dataclass(frozen=True)
class Belief:
    """One person's worksheet against the truth."""

    person: str
    group: int
    party: str
    target: float | None
    walk_away: float | None
    unsigned: float
    points: float
    guesses: tuple[Guess, ...]

    @property
    def right(self) -> float | None:
        """Return the mean share of hits over all others guessed about; None if nothing was guessed."""
        total = 0.0
        for guess in self.guesses:
            total += guess.right
        return total / len(self.guesses) if self.guesses else None


def believed(klass: ClassData) -> list[Belief]:
    """Return the worksheets of all who sit in a group and have sent one, in order of group and seat."""
    return [
        _belief(group, party, person.id, klass.session.sheets[person.id])
        for group in klass.groups
        for party, people in group.people.items()
        for person in people
        if person.id in klass.session.sheets
    ]


def _belief(group: GroupGame, party: str, person: str, sheet: Mapping[str, object]) -> Belief:
    told = sheet.get("guesses")
    guesses = [
        _guess(other, group.sheets[other], said)
        for other, said in (told.items() if isinstance(told, Mapping) else ())
        if other in group.sheets and other != party
    ]
    return Belief(
        person,
        group.number,
        party,
        number(sheet.get("target")),
        number(sheet.get("walk_away")),
        group.unsigned[party],
        group.points[party],
        tuple(guess for guess in guesses if guess.guessed),
    )


def _guess(party: str, sheets: Preferences, said: object) -> Guess:
    listed = [said] if isinstance(said, str) else list(said) if isinstance(said, Sequence) else []
    guessed = tuple(dict.fromkeys(one for one in listed if isinstance(one, str) and one in _issues(sheets)))
    truth = mattering(sheets)[: max(len(guessed), 1)]
    hits = len(set(guessed) & set(truth))
    return Guess(party, guessed, truth, hits / len(guessed) if guessed else 0.0)


def _issues(sheets: Preferences) -> list[str]:
    return [f"{name}.{issue.name}" for name, table in sheets.scenario.tables.items() for issue in table.issues]


def mattering(sheets: Preferences) -> tuple[str, ...]:
    """Return the issues of a party from the most to the least points at stake (best less worst), links left out."""
    stakes = {key: stake(sheets, key) for key in _issues(sheets) if key in sheets.sheets}
    return tuple(sorted(stakes, key=lambda key: -stakes[key]))


def stake(sheets: Preferences, key: str) -> float:
    """Return the stake of a party at an issue: the points of the best option less those of the worst."""
    sheet = sheets.sheets[key]
    points = [sheet.points(n) for n in range(len(sheet.shares))]
    return max(points) - min(points)


def number(value: object) -> float | None:
    """Return a number that a person has typed; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None
