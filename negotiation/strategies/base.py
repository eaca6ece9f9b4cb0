"""The base class of strategies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from negotiation.actions import Action, Say
from negotiation.dice import Dice
from negotiation.preferences import Scores
from negotiation.scenario import Scenario
from negotiation.view import View


class Strategy(ABC):
    """The behaviour of a party: a pure function of its view and its dice.

    It may cache but not remember: what it needs of the past it reads in the log. Make subclasses frozen
    dataclasses: their fields are the parameters that `--seat PARTY=NAME:param=value` sets.
    """

    name: ClassVar[str]
    about: ClassVar[str]

    def unfit(self, scenario: Scenario, protocol: str) -> str | None:
        """Return why this strategy cannot play here at all; None if it can."""
        return None

    @abstractmethod
    def decide(self, view: View, dice: Dice) -> Action:
        """Return the act to do now, of one of the kinds in `view.allowed`, at the tables in `view.due`."""

    def speak(self, view: View, asked: tuple[int, ...], dice: Dice) -> Say | None:
        """Return what to say now, where agents speak; None for nothing.

        Parameters
        ----------
        asked
            What it owes an answer to: the numbers of events in its log, oldest first. Empty: it may say something of its
            own accord before it lets the round be.
        """
        return None

    def aims(self, view: View) -> dict[str, float]:
        """Return the gain over leaving it unsigned that this strategy asks for now, by open table; for Watch."""
        return {}

    def beliefs(self, view: View) -> Mapping[str, Mapping[str, float]]:
        """Return how likely this strategy thinks each type is, by other party; for Watch."""
        return {}

    def estimates(self, view: View, table: str) -> Mapping[str, Scores]:
        """Return what this strategy thinks each deal of a table is worth to each other party, shape (deals,), from 0 to 1.

        Those of whom it thinks nothing are left out. A benchmark reads it, and holds it against the truth.
        """
        return {}

    def trust(self, view: View) -> Mapping[str, float]:
        """Return how far this strategy trusts the words of each other party that has said something, (0, 1); for Watch."""
        return {}
