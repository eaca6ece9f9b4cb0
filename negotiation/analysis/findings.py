"""The findings of analyses, as frozen types: their fields are the keys of the JSON that commands and jobs hand out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import NamedTuple, TypeVar, cast

from pydantic import TypeAdapter

from negotiation.analysis.improvements import Improvement
from negotiation.analysis.process import Value
from negotiation.analysis.stability import Leave
from negotiation.analysis.whatif import Shortfall

T = TypeVar("T")

rows = asdict
"""A finding as JSON rows."""


def read(kind: type[T], found: object) -> T:
    """Return a finding of this kind from its JSON rows."""
    return cast("T", _adapter(kind).validate_python(found))  # type: ignore[arg-type]  # a type is hashable


@cache
def _adapter(kind: type[object]) -> TypeAdapter[object]:
    return TypeAdapter(kind)


@dataclass(frozen=True)
class Extent:
    """The size of a frontier, and by party the least and most points on it; `epsilon` 0 is exact."""

    points: int
    exact: bool
    epsilon: float
    lowest: Mapping[str, float]
    highest: Mapping[str, float]


@dataclass(frozen=True)
class Point:
    """A point of a frontier, by party: points, gains over everything unsigned, and one outcome that attains it.

    `outcomes` says how many attain it; None: too many to count.
    """

    scores: Mapping[str, float]
    gains: Mapping[str, float]
    outcomes: int | None
    outcome: Mapping[str, Mapping[str, str] | None]


@dataclass(frozen=True)
class Solved:
    """A bargaining solution: its value, how many points tie, and those with the largest sums."""

    maximises: str
    value: float
    ties: int
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Bargain:
    """One table alone with these signers: how many points its frontier has, and the solutions on it by name."""

    signers: tuple[str, ...]
    points: int
    solutions: Mapping[str, Solved]


@dataclass(frozen=True)
class Better(Improvement):
    """An improvement with its words."""

    words: str


@dataclass(frozen=True)
class Compared:
    """A named outcome against a frontier.

    Attributes
    ----------
    scores
        Points by party.
    dominated_by, equal_gain
        How many points of the frontier beat it, and how much all could have gained alike.
    total_left
        How many points more all together could have had without anybody being hurt.
    improvements, leaves
        The largest changes that nobody would refuse, and who would rather leave which table.
    needed
        By party, what it lacks to sign its part; parties that lack nothing are left out.
    """

    scores: Mapping[str, float]
    dominated_by: int
    equal_gain: float
    total_left: float
    improvements: tuple[Better, ...]
    leaves: tuple[Leave, ...]
    needed: Mapping[str, Shortfall]


@dataclass(frozen=True)
class Worth:
    """The worth of a group on its own, in points over everything unsigned."""

    members: tuple[str, ...]
    worth: float


@dataclass(frozen=True)
class Core:
    """The core: whether it is empty, by how much, and a division of all points that is nearest to it."""

    empty: bool
    slack: float
    division: Mapping[str, float]


@dataclass(frozen=True)
class Analysis:
    """The exact picture of a case, see `report.analyse`.

    Attributes
    ----------
    parties, never_below_unsigned
        Whose frontier, and the others, who sign no table that is worth less to them, seen alone, than unsigned.
    tables
        By table, by set of signers: what it would give alone.
    coalitions, shapley, nucleolus, core
        None where there are too many parties; the nucleolus also where it is not found.
    """

    case: str
    variant: str
    parties: tuple[str, ...]
    never_below_unsigned: tuple[str, ...]
    types: Mapping[str, str]
    without: tuple[str, ...]
    linked: bool
    unsigned_scores: Mapping[str, float]
    frontier: Extent
    solutions: Mapping[str, Solved]
    tables: Mapping[str, tuple[Bargain, ...]]
    references: Mapping[str, Compared]
    coalitions: tuple[Worth, ...] | None
    shapley: Mapping[str, float] | None
    nucleolus: Mapping[str, float] | None
    core: Core | None


@dataclass(frozen=True)
class Placed:
    """An outcome against a frontier: points in the order of its parties, how many points beat it, and by how much."""

    scores: tuple[float, ...]
    dominated_by: int
    equal_gain: float


@dataclass(frozen=True)
class Picture:
    """A frontier with solutions and named outcomes, in the order of `parties` (see `figure_data.frontier_data`)."""

    parties: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]
    epsilon: float
    unsigned: tuple[float, ...]
    solutions: Mapping[str, tuple[float, ...]]
    outcomes: Mapping[str, Placed]


class Asked(NamedTuple):
    """The number of an author's offers that a party would have had to sign."""

    author: str
    party: str
    offers: int


class Missed(NamedTuple):
    """An issue on which all wanted one thing (one of these options), and the deal says otherwise."""

    table: str
    issue: str
    options: tuple[int, ...]


class Signing(NamedTuple):
    """The round in which tables were signed, from 1; 0 and none at the opening."""

    round: int
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Hindsight:
    """The hindsight on a game; all points without the cost of delay, see `figure_data.hindsight`.

    Attributes
    ----------
    gained, unsigned, possible
        By party: points above everything unsigned in this game; the points of everything unsigned; and the most it
        could have gained with nobody below (None: there is no such outcome).
    created, most
        The sum of all gains, and the largest sum with nobody below.
    left
        The largest sum that could be added without anybody being worse off than in this game.
    improvements, more
        The best change per table that nobody would refuse, and how many others there are.
    moves
        By party, how many offers of which kind (see `offer_steps.Kind`).
    proposed, values
        Who asked whom how often, see `process.proposed`; and what was made by the end of each round, `process.value`.
    logrolling
        By signed table how far its deal trades, see `process.logrolling`; None where nothing could be traded.
    missed
        Issues on which all wanted one option and the deal says otherwise.
    """

    gained: Mapping[str, float]
    unsigned: Mapping[str, float]
    possible: Mapping[str, float | None]
    created: float
    most: float | None
    left: float | None
    improvements: tuple[Improvement, ...]
    more: int
    moves: Mapping[str, Mapping[str, int]]
    proposed: tuple[Asked, ...]
    values: tuple[Value, ...]
    logrolling: Mapping[str, float | None]
    missed: tuple[Missed, ...]


@dataclass(frozen=True)
class Debriefed:
    """The hindsight on a game, and the picture with references and the outcome after each signing (`path-0`, ...)."""

    picture: Picture
    path: tuple[Signing, ...]
    hindsight: Hindsight

    @property
    def end(self) -> Placed:
        """Return the outcome of the game against the frontier."""
        return self.picture.outcomes[f"path-{len(self.path) - 1}"]


@dataclass(frozen=True)
class Shift:
    """The change of one solution when one weight changes by `percent`.

    Attributes
    ----------
    gains
        By party, by how much its gain over nothing signed changes, each gain on the sheets it was solved for.
    flips
        By `table.issue`, the option before and after; `table` where it was signed or unsigned only before or after.
        Of several outcomes that attain the new point, one with the fewest flips.
    """

    solution: str
    percent: float
    gains: Mapping[str, float]
    flips: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Weight:
    """The changes of the solutions when the weight of one issue for one party is raised, and lowered.

    `effect` is the largest change of anybody's gain, in points.
    """

    party: str
    issue: str
    weight: float
    effect: float
    shifts: tuple[Shift, ...]

    @property
    def flips(self) -> int:
        """Return the most options that flip."""
        return max(len(shift.flips) for shift in self.shifts)


@dataclass(frozen=True)
class Sensitivity:
    """Every weight raised and lowered by so many per cent, by falling effect."""

    percent: float
    weights: tuple[Weight, ...]
