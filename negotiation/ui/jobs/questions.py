"""What the calculations are asked, by kind: the JSON that goes to a process of its own. What they find is in `answers`."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import TypedDict

from negotiation.reports.figure_files import Spec


class CaseAsked(TypedDict):
    """`analyse`: what could be had in a bundled case, for two or three parties, whose private types are these."""

    job: str
    case: str
    variant: str
    types: Mapping[str, str]
    parties: Sequence[str]


class DraftAsked(TypedDict):
    """`draft`: the frontier of two or three parties of a case that is being written."""

    job: str
    text: str
    parties: Sequence[str]


class TrialAsked(TypedDict):
    """`trial`: so many games of a case that is being written, between agents of a built-in strategy."""

    job: str
    text: str
    strategy: str
    games: int


class SensitivityAsked(CaseAsked):
    """`sensitivity`: the same with every weight changed by so many per cent."""

    percent: float


class GameAsked(TypedDict):
    """A game that was played: its case as it was kept, with text and digest, its rules and its events."""

    case: str
    variant: str
    text: str
    digest: str
    types: Mapping[str, str]
    protocol: str
    rounds: int
    events: Sequence[Mapping[str, object]]


class DebriefAsked(GameAsked):
    """`debrief`: the hindsight on a game, for two or three parties."""

    job: str
    parties: Sequence[str]


class ToldAsked(GameAsked):
    """`told`: the debrief of a game as a file of a `kind` (pdf or html), with the hindsight `found` and `par`, if there are any.

    It is told in the `language` of who asks.
    """

    job: str
    kind: str
    language: str
    seats: Mapping[str, str]
    seed: int
    me: str
    talk: str
    found: Mapping[str, object] | None
    par: Mapping[str, object] | None


class DrawAsked(TypedDict):
    """`draw`: a Vega-Lite chart as a file of a `kind` (svg or png)."""

    job: str
    spec: Spec
    kind: str


class CardAsked(TypedDict):
    """`card`: the result of a game as a picture; the fields of `reports.card.Card`, told in a `language`."""

    job: str
    language: str
    card: Mapping[str, object]


class BatchAsked(TypedDict):
    """`batch`: a plan to be played into a result folder of this name."""

    job: str
    folder: str
    plan: Mapping[str, object]


class SummaryAsked(TypedDict):
    """`summary`: what a result folder says, split by a column, where columns have these values; `done` of its chunks are there."""

    job: str
    folder: str
    by: str
    where: Mapping[str, Sequence[str]]
    done: int


class GradebookAsked(TypedDict):
    """`gradebook`: the results of a course, of which this says how far it and its classes had come (`versions`)."""

    job: str
    course: str
    versions: Sequence[int]
    language: str


def packed(file: bytes) -> dict[str, object]:
    """Return the answer that is a file."""
    return {"file": base64.b64encode(file).decode()}


def unpacked(found: Mapping[str, object]) -> bytes:
    """Return the file that an answer is."""
    return base64.b64decode(str(found["file"]))
