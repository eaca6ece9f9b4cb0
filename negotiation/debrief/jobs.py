"""Long calculations of a debrief as JSON in, JSON out, for a process of their own; and a folder that remembers them."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypedDict

from negotiation import __version__
from negotiation.analysis.findings import rows
from negotiation.classroom.cases import whichever
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.comparisons import GAMES, agents
from negotiation.debrief.counterfactuals import Asked, Points, Policy, fit, points, twins, units
from negotiation.debrief.offers import demands
from negotiation.debrief.replays import Progress, Setting
from negotiation.debrief.report import Findings

FORMAT = 5
"""Counted up whenever what is remembered looks otherwise than before."""

BUDGET = 600.0
"""Seconds of each processor that the twins of a class may take: what decides how often each is replayed. On a busy
machine they take longer and are as exact."""


class CaseAsked(TypedDict):
    """What a class has played: the case with its text, and under which rules."""

    case: str
    variant: str
    text: str
    protocol: str
    rounds: int
    types: Mapping[str, str]


class AgentsAsked(CaseAsked):
    """How agents alone fare with it, in so many games."""

    job: Literal["agents"]
    games: int


class PersonAsked(TypedDict):
    """Whose twin is wanted, see `counterfactuals.Asked`."""

    key: str
    party: str
    got: float
    policy: Sequence[float]
    offers: int
    others: int


class TwinsAsked(CaseAsked):
    """The twins of these people, for so many seconds of each processor."""

    job: Literal["twins"]
    asked: Sequence[PersonAsked]
    budget: float


class PartAsked(TwinsAsked):
    """The replays with these numbers (from, to), of every n-th unit only: the part (which, of how many)."""

    numbers: Sequence[int]
    part: Sequence[int]


@dataclass(frozen=True)
class Replayed:
    """What replays found, and the seconds of one processor that they took."""

    points: Points
    seconds: float


@dataclass(frozen=True)
class SoFar:
    """What is remembered of twins: how many replays were played, for how many seconds, and what they found."""

    games: int = 0
    seconds: float = 0.0
    points: Points = field(default_factory=dict)


def agents_wanted(klass: ClassData, games: int = GAMES) -> AgentsAsked:
    """Return the question how agents alone fare with the case, rules and types of a class."""
    return {"job": "agents", **_setting(klass), "games": games}


def twins_wanted(found: Findings, budget: float = BUDGET) -> TwinsAsked:
    """Return the question for the twins of all people whose own offers tell a policy; see `seat_key` for the answers.

    Offers that an agent made for them, or a person who had the seat before, are nobody's skill.

    It is answered in parts, see `shares` and `joined`.
    """
    klass = found.klass
    asked: list[PersonAsked] = []
    for group in klass.alike:
        length = group.state.rounds + 1
        for party in group.people:
            made = [move for move in found.moves[group.id] if move.party == party]
            own = group.own(party, made)
            mine = [(one.round / length, one.share) for one in demands(group, own)]
            policy = fit(mine)
            if policy:
                asked.append(
                    {
                        "key": seat_key(group.id, party),
                        "party": party,
                        "got": round(group.points[party], 6),
                        "policy": [policy.first, policy.middle, policy.last],
                        "offers": len(mine),
                        "others": len(made) - len(own),
                    }
                )
    return {"job": "twins", **_setting(klass), "asked": asked, "budget": budget}


def seat_key(group: str, party: str) -> str:
    """Return how a seat is called in the answers."""
    return f"{group}/{party}"


def _setting(klass: ClassData) -> CaseAsked:
    game = klass.groups[0].game
    return {
        "case": klass.case.name,
        "variant": klass.case.variant,
        "text": klass.text,
        "protocol": game.protocol.name,
        "rounds": klass.groups[0].state.rounds,
        "types": dict(game.game.types),
    }


def answered(asked: AgentsAsked | PartAsked, progress: Progress) -> dict[str, object]:
    """Return the result of a job, as JSON: the row of `Agents`, or `points` of replays and the `seconds` they took.

    `joined` makes twins of the points; the seconds are those of one processor.

    Raises
    ------
    NegotiationError
        When it cannot be worked out.
    """
    case = whichever(asked["text"], asked["case"], asked["variant"])
    setting = Setting(case, asked["protocol"], asked["rounds"], asked["types"])
    if asked["job"] == "agents":
        return rows(agents(setting, asked["games"], progress))
    part, parts = asked["part"]
    began = time.process_time()
    found = points(setting, units(_people(asked))[part::parts], range(*asked["numbers"]), progress)
    return vars(Replayed(found, time.process_time() - began))


def shares(asked: TwinsAsked, first: int, count: int, processes: int) -> list[PartAsked]:
    """Return the question for the next `count` replays of a class's twins, divided among processes."""
    return [{**asked, "numbers": [first, first + count], "part": [n, processes]} for n in range(processes)]


def joined(asked: TwinsAsked, before: Points, answers: Sequence[Replayed]) -> tuple[Points, dict[str, object]]:
    """Return all points so far, and the rows of the twins that they tell of, by seat."""
    played = {**before}
    for answer in answers:
        played |= {name: [*before.get(name, []), *values] for name, values in answer.points.items()}
    return played, {key: rows(twin) for key, twin in twins(_people(asked), played).items()}


def _people(asked: TwinsAsked) -> list[Asked]:
    return [
        Asked(one["key"], one["party"], one["got"], Policy(*one["policy"]), one["offers"], one["others"])
        for one in asked["asked"]
    ]


def remembered(folder: Path, asked: Mapping[str, object]) -> dict[str, object] | None:
    """Return the result found before by this version of the program; None if there is none, or it cannot be read."""
    try:
        found: dict[str, object] = json.loads(_place(folder, asked).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def remember(folder: Path, asked: Mapping[str, object], found: Mapping[str, object]) -> None:
    """Store a result; if nothing can be written, it is worked out again another time."""
    place = _place(folder, asked)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place.with_suffix(".part").write_text(json.dumps(found), encoding="utf-8")
        place.with_suffix(".part").replace(place)
    except OSError:
        return


def _place(folder: Path, asked: Mapping[str, object]) -> Path:
    what = json.dumps([__version__, FORMAT, asked], sort_keys=True)
    return folder / f"{hashlib.sha256(what.encode()).hexdigest()[:32]}.json"
