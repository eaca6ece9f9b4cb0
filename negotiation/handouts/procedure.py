"""The course of the talks, in sentences drawn from the settings: told here alone, for screens and paper."""

from __future__ import annotations

from negotiation.errors import SetupError, unknown
from negotiation.language import decimal, plural, tr
from negotiation.protocols import MOST_ROUNDS, protocols
from negotiation.reports.words import about, clauses, when
from negotiation.rounding import plain
from negotiation.scenario import Scenario

USUAL = "open-floor"
"""The protocol of a class or a game for which nobody chose another."""


def procedure(
    scenario: Scenario, protocol: str = USUAL, rounds: int | None = None, round_seconds: float | None = None
) -> str:
    """Return how many rounds there are, what is done in one, when it ends, and what is known to come.

    A case does not say so itself: the same case is played under several protocols and for as long as a teacher likes.

    Raises
    ------
    SetupError
        When there is no such protocol, or there cannot be so many rounds.
    """
    unit, known = scenario.unit, protocols()
    rounds = scenario.rounds if rounds is None else rounds
    if protocol not in known:
        raise SetupError(unknown("protocol", protocol, known))
    if not 1 <= rounds <= MOST_ROUNDS:
        raise SetupError(f"there cannot be {rounds:,} rounds; possible: 1 to {MOST_ROUNDS:,}")
    told = [
        plural("There is {n} {unit}.", "There are {n} {unit}s.", rounds, unit=unit),
        tr(known[protocol]().procedure(unit)),
    ]
    if round_seconds:
        told.append(tr("Each {unit} ends after {time} at the latest.", unit=unit, time=_spoken(round_seconds)))
    told.append(tr("What is unsigned after the last {unit} stays unsigned.", unit=unit))
    if news := [about(when(unit, item.round), item.text) for item in scenario.announcements if item.round <= rounds]:
        told.append(tr("Known dates: {dates}.", dates=clauses(news)))
    return " ".join(told)


def _spoken(seconds: float) -> str:
    if seconds < 120:
        return plural("{n} second", "{n} seconds", round(seconds))
    return tr("{n} minutes", n=decimal(plain(seconds / 60, 2)))
