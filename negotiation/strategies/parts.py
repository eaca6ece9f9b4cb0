"""The parts of a negotiator: bidding, a model of the others, and acceptance, each replaceable by name.

The decomposition is that of Baarslag and others, *Decoupling negotiating agents to explore the space of negotiation
strategies* (2014).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, TypeAlias

from negotiation.preferences import Scores
from negotiation.strategies.decision_rules import NOTHING, favourite, lowest
from negotiation.strategies.position import Position
from negotiation.view import View

Beliefs: TypeAlias = Mapping[str, Mapping[str, float]]
"""By other party, by type: the probability that it is of that type."""


class Part(ABC):
    """One part of a negotiator; make subclasses frozen dataclasses: their fields are parameters.

    A subclass with a `name` of its own is found by it: `compose:bidding=NAME,param=value`.
    """

    kind: ClassVar[str]
    name: ClassVar[str]
    about: ClassVar[str]


class Bidding(Part):
    """A rule for what to ask for, and which deal to put forward, at one table."""

    kind: ClassVar[str] = "bidding"

    @abstractmethod
    def level(self, position: Position) -> float:
        """Return the gain asked for now (the literature's aspiration or target utility), in points."""

    def bid(self, position: Position) -> int:
        """Return the number of the deal to bid, or `NOTHING`.

        Of the deals at or above the level the one with the highest estimated utility to the others; without a model the
        lowest one.
        """
        return choose(position, self.level(position))

    def pride(self, position: Position) -> float:
        """Return the gain below which it signs by chance only, when the talks are about to end; 0: it signs whatever is no loss."""
        return 0.0


class Model(Part):
    """A model of what the others want; it sees nothing but the view."""

    kind: ClassVar[str] = "model"
    words: ClassVar[float] = 8.0
    """Offers of somebody that tell it as much as what that one says: the fewer, the more it makes of an offer."""

    @abstractmethod
    def estimated_utilities(self, view: View, table: str) -> Mapping[str, Scores]:
        """Return the estimated utility of every deal, by other party at a table, shape (deals,), from 0 to 1.

        Parties of whom nothing is known yet are left out.
        """

    def beliefs(self, view: View) -> Beliefs:
        """Return the beliefs about the others' types; empty if the model has no opinion."""
        return {}


class Acceptance(Part):
    """A rule for how much a paper must gain to be signed."""

    kind: ClassVar[str] = "accept"

    @abstractmethod
    def least(self, position: Position, level: float, bid: int) -> float:
        """Return the gain at which a paper is signed now, in points.

        Parameters
        ----------
        level
            What the bidding asks for.
        bid
            The deal it would put forward instead, or `NOTHING`.
        """


KINDS: Mapping[str, type[Part]] = {kind.kind: kind for kind in (Bidding, Model, Acceptance)}
"""The kinds of part, by the parameter that chooses one."""


def choose(position: Position, level: float) -> int:
    """Return the deal to bid at or above a level, or `NOTHING`: best for others by the model, else the lowest."""
    wanted = max(level, position.floor)
    estimated_utility = position.estimated_utility
    if estimated_utility is None:
        return lowest(position.gains, position.order, wanted)
    return favourite(position.gains, position.order, wanted, estimated_utility)


def worth_of(position: Position, bid: int) -> float:
    """Return the gain of a bid; that of the best deal if there is none."""
    return position.best if bid == NOTHING else float(position.gains[bid])
