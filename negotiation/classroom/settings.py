"""How a class is set up: what the teacher chooses before it begins."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from negotiation.case import Case
from negotiation.casting import cast
from negotiation.classroom.phases import TIMED, Phase
from negotiation.errors import Refused, SetupError, unknown
from negotiation.game import Game
from negotiation.protocols import MOST_ROUNDS, protocols
from negotiation.strategies import built_in

SHOWN = {"brief": Phase.READ, "sheet": Phase.READ, "results": Phase.DEBRIEF, "sheets": Phase.DEBRIEF}
"""What is revealed, and from which phase on if the teacher says nothing: one's own brief and score sheet, the results
of one's group, and everybody's sheets."""

OF_OTHERS = ("results", "sheets")
"""What holds points of others: never shown before the debrief, neither to a party nor to those who observe."""

MOST_MINUTES = 60 * 24 * 366


@dataclass(frozen=True)
class Settings:
    """What a class plays, and how.

    Attributes
    ----------
    case, variant, protocol
        What is negotiated, and under which rules.
    rounds
        How many rounds; the case's own number if None.
    round_seconds
        After how long a round ends whoever has not finished; None: when all have passed.
    minutes
        How long each phase lasts, by phase; a phase that is not named ends when the teacher says so.
    agents
        Seats that agents always take, with their strategies.
    level
        The strategy that plays every other seat while nobody holds it.
    arrive
        Whether people are seated as they come; else the teacher forms groups.
    surplus
        What becomes of people beyond whole groups: `agents` (a further group, agents fill it), `share` (two hold one
        seat) or `observe`.
    types
        Private types by party; the others are drawn once, the same for all groups (in fresh homework: each time).
    seed
        Decides types, groups and every agent's dice.
    reveal
        From which phase on something is shown, by what.
    suggest
        Whether people's pages may look for better deals for them.
    homework
        Whether everybody plays alone against agents, at any time until the session closes.
    seat, attempts, counts, fresh
        Homework: the party everybody plays (in turn if empty), how often at most (0: as often as they like), whether
        the `best` or the `last` attempt counts, and whether each attempt has dice and draws of its own.
    """

    case: str = "alliance-2023"
    variant: str = ""
    protocol: str = "open-floor"
    rounds: int | None = None
    round_seconds: float | None = None
    minutes: Mapping[Phase, float] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)
    level: str = "linear"
    arrive: bool = True
    surplus: str = "agents"
    types: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    reveal: Mapping[str, Phase] = field(default_factory=dict)
    suggest: bool = False
    homework: bool = False
    seat: str = ""
    attempts: int = 0
    counts: str = "best"
    fresh: bool = False

    def row(self) -> dict[str, Any]:
        """The settings as JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Settings:
        """The settings that `row` wrote."""
        minutes = {Phase(phase): minutes for phase, minutes in row.get("minutes", {}).items()}
        reveal = {what: Phase(phase) for what, phase in row.get("reveal", {}).items()}
        return cls(**{**row, "minutes": minutes, "reveal": reveal})

    def shown_from(self, what: str) -> Phase:
        """The phase from which on something is revealed."""
        phase = self.reveal.get(what, SHOWN[what])
        return Phase.DEBRIEF if what in OF_OTHERS and not phase.over else phase

    def length(self, phase: Phase) -> float | None:
        """Seconds that a phase lasts; None if it ends when the teacher says so."""
        minutes = self.minutes.get(phase)
        return None if minutes is None else minutes * 60

    def parties(self, case: Case) -> tuple[str, ...]:
        """The parties that people may play."""
        return tuple(party for party in case.roles if party not in self.agents)


def checked(settings: Settings, case: Case) -> Settings:
    """The settings with every type drawn, or the reason why no class can be made of them.

    Raises
    ------
    Refused, SetupError
        What does not fit, and what would.
    """
    _among("protocol", settings.protocol, protocols())
    _among("surplus", settings.surplus, ("agents", "share", "observe"))
    _among("attempt that counts", settings.counts, ("best", "last"))
    for party, text in settings.agents.items():
        case.role(party)
        _built_in(text)
    _built_in(settings.level)
    for what, phase in settings.reveal.items():
        _among("thing to reveal", what, SHOWN)
        if what in OF_OTHERS and not phase.over:
            raise Refused(f"the {what} of others cannot be shown before the debrief")
    for phase, minutes in settings.minutes.items():
        _among("phase with a clock", phase, TIMED)
        _number(f"minutes of {phase}", minutes, 0, MOST_MINUTES)
    _number("seconds of a round", settings.round_seconds or 1, 1, MOST_MINUTES * 60)
    _number("rounds", settings.rounds or 1, 1, MOST_ROUNDS)
    _number("attempts", settings.attempts, 0, 1000)
    open_to_people = settings.parties(case)
    Game(
        case,
        strategy=settings.level,
        seats=settings.agents,
        protocol=settings.protocol,
        rounds=settings.rounds,
        seed=settings.seed,
        types=settings.types,
    )
    if not open_to_people:
        raise Refused("agents take every seat: leave one for people, or use `negotiation run`")
    if settings.seat:
        _among("seat for homework", settings.seat, open_to_people)
    drawn = cast(case, settings.seed, settings.types)
    return settings if settings.homework and settings.fresh else dataclasses.replace(settings, types=drawn)


def _among(what: str, found: str, possible: Any) -> None:
    if found not in possible:
        raise Refused(unknown(what, found, possible))


def _number(what: str, found: float, least: float, most: float) -> None:
    if not least <= found <= most:
        raise Refused(f"{what}: {found}, must be from {least:g} to {most:,.0f}")


def _built_in(text: str) -> None:
    """A strategy from elsewhere would run that code on the server: only those of this package sit in a class."""
    try:
        built_in(text)
    except SetupError as problem:
        raise Refused(str(problem)) from None
