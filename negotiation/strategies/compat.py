"""The field's textbook negotiators to the letter, for one table that everybody signs: to be checked against a peer.

They work on plain utilities, not on gains, and with the tie rules and tolerances of the recorded runs they are checked
against; some ignore their reservation value. For play and for studies use the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.actions import CLOCK, Accept, Action, Offer, Pass
from negotiation.dice import Dice
from negotiation.errors import unknown
from negotiation.preferences import Preferences, Scores
from negotiation.scenario import Scenario
from negotiation.strategies.base import Strategy
from negotiation.view import View

Ranked: TypeAlias = npt.NDArray[np.intp]

NEAR = 1e-6
"""How far below the level asked for a bid may lie."""


@dataclass(frozen=True, eq=False)
class Utilities:
    """One party's utilities at the table, and its outcomes in order.

    Attributes
    ----------
    u
        Utility of every deal, shape (deals,).
    reserved
        The reservation value: what no agreement is worth.
    rational
        Deals worth at least that, ascending, ties in deal order.
    every
        All deals, the same way.
    """

    u: Scores
    reserved: float
    rational: Ranked
    every: Ranked

    @property
    def low(self) -> float:
        """The larger of the smallest utility and the reservation value."""
        return max(float(self.u[self.every[0]]), self.reserved)

    @property
    def high(self) -> float:
        """The largest utility."""
        return float(self.u[self.every[-1]])

    def pick(self, ranked: Ranked, level: float) -> int:
        """Of the deals within `NEAR` below the level or above it the nearest one; the last if there is none.

        At equal distance one at or above the level goes first, then the first in the list.
        """
        values = self.u[ranked]
        at = int(np.searchsorted(values, level - NEAR, side="left"))
        if at == len(ranked):
            return int(ranked[-1])
        above = int(np.searchsorted(values, level, side="left"))
        best = (np.inf, 1, 0)
        for n in {at, max(above - 1, at), min(above, len(ranked) - 1)}:
            first = int(np.searchsorted(values, values[n], side="left"))
            best = min(best, (abs(float(values[n]) - level), int(values[n] < level), max(first, at)))
        return int(ranked[best[2]])


@lru_cache(maxsize=256)
def utilities(preferences: Preferences, table: str) -> Utilities:
    """The utilities of a party at its only table."""
    scores = preferences.given(table, {})
    u = scores[:-1]
    every = np.argsort(u, kind="stable")
    reserved = float(scores[-1])
    return Utilities(u, reserved, every[u[every] >= reserved], every)


@dataclass(frozen=True)
class Turn:
    """What a rule may look at: utilities, the log in numbers, and the round.

    Attributes
    ----------
    standing
        The deal to answer; None if nothing stands.
    mine, theirs
        All deals I have offered and all that others have, oldest first.
    early
        How many times I answered or offered in the second and third round, before this turn.
    """

    has: Utilities
    round: int
    time: float
    exponent: float
    standing: int | None
    mine: tuple[int, ...]
    theirs: tuple[int, ...]
    early: int
    dice: Dice


Rule: TypeAlias = Callable[[Turn], int | None]
"""The deal to offer, or None to accept the standing one."""


def _by_time(turn: Turn, exponent: float, slack: float) -> int | None:
    has, t = turn.has, turn.time
    level = (has.high - has.low) * (1 - t**exponent) + has.low - slack
    level = min(max(level, has.low), has.high)
    if turn.standing is not None and level <= has.u[turn.standing] <= has.high:
        return None
    return has.pick(has.rational, level)


def _micro(turn: Turn) -> int | None:
    ranking, used = turn.has.rational[::-1], tuple(dict.fromkeys(turn.mine))
    ready = len(used) <= len(set(turn.theirs))
    place = len(used) if ready else len(used) - 1
    if turn.standing is not None:
        asked = float(turn.has.u[ranking[place]]) if 0 <= place < len(ranking) else turn.has.reserved
        if turn.has.u[turn.standing] >= max(turn.has.reserved, asked):
            return None
    return int(ranking[place]) if ready and place < len(ranking) else used[turn.dice.below(len(used))]


def _cab(turn: Turn) -> int | None:
    if turn.standing is not None and turn.has.u[turn.standing] >= turn.has.reserved:
        return None
    ranking = turn.has.rational[::-1]
    return int(ranking[min(len(turn.mine), len(ranking) - 1)])


def _tough(turn: Turn) -> int | None:
    best = turn.has.every[-1]
    if turn.standing is not None and turn.has.u[turn.standing] == turn.has.high:
        return None
    return int(best)


def _naive(turn: Turn) -> int | None:
    has, calls = turn.has, turn.early
    bottom, span = float(has.u[has.every[0]]), float(has.u[has.every[-1]]) - float(has.u[has.every[0]])

    def step(number: int) -> float:
        place = len(has.every) - 1 - number
        return float(has.u[has.every[place]]) if place >= 0 else has.reserved

    def concession(value: float) -> float:
        if turn.round == 0:
            return 0.0
        given = max(0.0, value)
        if turn.round < 3:
            given = (step(2 * calls) - step(2 * calls + 1) + 1e-12) / span
        return given if -1e-6 <= given <= 1 + 1e-7 else 0.0

    value = 0.0
    if turn.theirs:
        value = 1 - (1 - (float(has.u[turn.theirs[-1]]) - has.low) * (1 / (has.high - has.low)))
    if turn.standing is not None:
        if (float(has.u[turn.standing]) - has.low) * (1 / (has.high - has.low)) >= 1 - concession(value):
            return None
        calls += 1
    return has.pick(has.every, bottom + (1 - concession(value)) * span)


RULES: dict[str, Rule] = {
    "boulware": lambda turn: _by_time(turn, 4.0, 1e-4),
    "linear": lambda turn: _by_time(turn, 1.0, 1e-4),
    "conceder": lambda turn: _by_time(turn, 0.25, 1e-4),
    "poly": lambda turn: _by_time(turn, turn.exponent, 1e-4),
    "aspiration": lambda turn: _by_time(turn, 4.0, 1e-3),
    "micro": _micro,
    "cab": _cab,
    "tough": _tough,
    "naive_tft": _naive,
}
"""Time-based tactics, MiCRO, conceding accept-better, take-it-or-leave-it, and naive tit for tat."""


@dataclass(frozen=True)
class Compat(Strategy):
    """A textbook negotiator under `alternating`, at one table that all must sign.

    Parameters
    ----------
    rule
        One of `RULES`.
    exponent
        Of `poly`, above 0.
    """

    name: ClassVar[str] = "compat"
    about: ClassVar[str] = f"textbook negotiators to the letter, for one table: {', '.join(RULES)}"
    rule: str = "boulware"
    exponent: float = 1.0

    def __post_init__(self) -> None:
        """Refuse rules that do not exist, and exponents that make no curve."""
        if self.rule not in RULES:
            raise ValueError(unknown("rule", self.rule, RULES))
        if not self.exponent > 0:
            raise ValueError(f"exponent is {self.exponent:g}, must be above 0")

    def unfit(self, scenario: Scenario, protocol: str) -> str | None:
        """Anything but one table that everybody signs, in turn."""
        tables = list(scenario.tables.values())
        if protocol == "alternating" and len(tables) == 1 and set(tables[0].signers.always) == set(scenario.parties):
            return None
        return "it plays one table that all must sign, under alternating"

    def decide(self, view: View, dice: Dice) -> Action:
        """Accept what stands, or offer."""
        (table,) = view.scenario.tables.values()
        has = utilities(view.preferences, table.name)
        papers = view.state.at(table.name)
        if not len(has.rational):
            return Pass(table.name)
        offers = view.state.offers.get(table.name, ())
        turn = Turn(
            has,
            view.state.round,
            view.state.time,
            self.exponent,
            table.index(papers[0].deals[table.name]) if papers else None,
            tuple(table.index(deal) for party, _, deal in offers if party == view.me),
            tuple(table.index(deal) for party, _, deal in offers if party != view.me),
            _early(view),
            dice,
        )
        bid = RULES[self.rule](turn)
        return Accept(papers[0].id) if bid is None else Offer({table.name: table.deal(bid)})


def _early(view: View) -> int:
    """How many times I answered or offered in the second and third round before this turn."""
    count, number, stands = 0, 0, False
    for event in view.state.events:
        if event.party == view.me and 1 <= number < 3:
            count += stands + isinstance(event.action, Offer)
        stands = stands or isinstance(event.action, Offer)
        number += event.party == CLOCK
    return count
