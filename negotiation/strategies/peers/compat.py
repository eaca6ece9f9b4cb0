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
from negotiation.language import phrase
from negotiation.preferences import Preferences, Scores
from negotiation.scenario import Scenario
from negotiation.strategies.base import Strategy
from negotiation.strategies.decision_rules import NOTHING
from negotiation.strategies.peers import textbook
from negotiation.strategies.peers.textbook import ACCEPT, REPEAT
from negotiation.view import View

Ranked: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Utilities:
    """One party's utilities at the table, and its outcomes in order.

    Attributes
    ----------
    u
        Utility of every deal, shape (deals,).
    reserved
        The reservation value: the utility of no agreement.
    rational
        Deals worth at least that, ascending, ties in deal order.
    every
        All deals, in that order too.
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


@lru_cache(maxsize=256)
def utilities(preferences: Preferences, table: str) -> Utilities:
    """Return the utilities of a party at its only table."""
    scores = preferences.given(table, {})
    u = scores[:-1]
    every = np.argsort(u, kind="stable")
    reserved = float(scores[-1])
    return Utilities(u, reserved, every[u[every] >= reserved], every)


@dataclass(frozen=True)
class Turn:
    """The input of a rule: utilities, the log in numbers, and the round.

    Attributes
    ----------
    standing
        The deal to answer; `NOTHING` if nothing stands.
    mine, theirs
        All deals I have offered and all that others have, oldest first.
    early
        How many times I answered or offered in the second and third round, before this turn.
    """

    has: Utilities
    round: int
    time: float
    exponent: float
    slack: float
    standing: int
    mine: tuple[int, ...]
    theirs: tuple[int, ...]
    early: int
    dice: Dice


Rule: TypeAlias = Callable[[Turn], int]
"""The deal to offer, or `textbook.ACCEPT` to sign the standing one."""


EXPONENTS = {"boulware": 4.0, "linear": 1.0, "conceder": 0.25, "aspiration": 4.0}
"""Of the rules that go by the clock, but for `poly`, which has a parameter."""

SLACK = {"boulware": 1e-4, "linear": 1e-4, "conceder": 1e-4, "poly": 1e-4, "aspiration": 1e-3}
"""How far below the curve they ask."""


def _by_time(turn: Turn) -> int:
    has = turn.has
    share = 1 - turn.time**turn.exponent
    return textbook.by_time(has.u, has.rational, has.low, has.high, share, turn.slack, turn.standing)


def _micro(turn: Turn) -> int:
    has, used = turn.has, tuple(dict.fromkeys(turn.mine))
    bid = textbook.concede_in_kind(has.u, has.rational, has.reserved, len(used), len(set(turn.theirs)), turn.standing)
    return used[turn.dice.below(len(used))] if bid == REPEAT else bid


def _cab(turn: Turn) -> int:
    has = turn.has
    return textbook.accept_better(has.u, has.rational, has.reserved, len(turn.mine), turn.standing)


def _tough(turn: Turn) -> int:
    return textbook.take_it(turn.has.u, turn.has.every, turn.standing)


def _naive(turn: Turn) -> int:
    has, latest = turn.has, turn.theirs[-1] if turn.theirs else NOTHING
    return textbook.naive(has.u, has.every, has.low, has.reserved, turn.round, turn.early, latest, turn.standing)


RULES: dict[str, Rule] = {
    **dict.fromkeys(SLACK, _by_time),
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
    about: ClassVar[str] = phrase("textbook negotiators to the letter, for one table: {rules}", rules=", ".join(RULES))
    rule: str = "boulware"
    exponent: float = 1.0

    def __post_init__(self) -> None:
        """Raise `ValueError` unless the rule exists and `exponent` is above 0."""
        if self.rule not in RULES:
            raise ValueError(unknown("rule", self.rule, RULES))
        if not self.exponent > 0:
            raise ValueError(f"exponent is {self.exponent:g}, must be above 0")

    def unfit(self, scenario: Scenario, protocol: str) -> str | None:
        """Return why it cannot play here, unless there is one table that everybody signs, in turn."""
        tables = list(scenario.tables.values())
        if protocol == "alternating" and len(tables) == 1 and set(tables[0].signers.always) == set(scenario.parties):
            return None
        return "it plays one table that all must sign, under alternating"

    def decide(self, view: View, dice: Dice) -> Action:
        """Return a signature under what stands, or an offer."""
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
            exponent_of(self),
            SLACK.get(self.rule, 0.0),
            table.index(papers[0].deals[table.name]) if papers else NOTHING,
            tuple(table.index(deal) for party, _, deal in offers if party == view.me),
            tuple(table.index(deal) for party, _, deal in offers if party != view.me),
            _early(view),
            dice,
        )
        bid = RULES[self.rule](turn)
        return Accept(papers[0].id) if bid == ACCEPT else Offer({table.name: table.deal(bid)})


def exponent_of(one: Compat) -> float:
    """Return the exponent of a rule that depends on time."""
    return EXPONENTS.get(one.rule, one.exponent)


def _early(view: View) -> int:
    """Return how many times I answered or offered in the second and third round before this turn."""
    count, number, stands = 0, 0, False
    for event in view.state.events:
        if event.party == view.me and 1 <= number < 3:
            count += stands + isinstance(event.action, Offer)
        stands = stands or isinstance(event.action, Offer)
        number += event.party == CLOCK
    return count
