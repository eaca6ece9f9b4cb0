"""A strategy of ours that speaks in the words of a language model; what it does and means stays its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, cast

from negotiation.actions import Action, Say
from negotiation.dice import Dice
from negotiation.llm.asker import Asker
from negotiation.llm.voice import revoiced
from negotiation.preferences import Scores
from negotiation.scenario import Scenario
from negotiation.strategies.base import Strategy
from negotiation.talk.reading.folding import Language
from negotiation.view import View

BUDGET, TIMEOUT = 50_000, 20.0
"""Tokens of a game, and seconds for a sentence."""

MOST_KEPT = 64
"""Texts that are remembered, so that what is asked again is not paid for again."""


@dataclass(frozen=True)
class Voiced(Strategy):
    """A strategy with the voice of the operator's model; where the model fails, or says anything else, with its own.

    Attributes
    ----------
    inner
        Who decides, and what is meant.
    """

    about: ClassVar[str] = "a strategy in the words of a language model"
    inner: Strategy
    asker: Asker = field(default_factory=lambda: Asker("", BUDGET, TIMEOUT), compare=False, repr=False)
    _said: dict[tuple[str, ...], str] = field(default_factory=dict, compare=False, repr=False)

    def unfit(self, scenario: Scenario, protocol: str) -> str | None:
        """Return why the strategy cannot play here."""
        return self.inner.unfit(scenario, protocol)

    def decide(self, view: View, dice: Dice) -> Action:
        """Return the act of the strategy."""
        return self.inner.decide(view, dice)

    def speak(self, view: View, asked: tuple[int, ...], dice: Dice) -> Say | None:
        """Return what the strategy says, in the model's words if they mean the same."""
        say = self.inner.speak(view, asked, dice)
        if say is None:
            return None
        key = (view.me, say.text, *say.to)
        if key not in self._said:
            while len(self._said) >= MOST_KEPT:
                del self._said[next(iter(self._said))]
            language = cast("Language", view.talk)
            self._said[key] = revoiced(self.asker, say.text, say.moves, view.scenario, view.me, say.to, language)
        return replace(say, text=self._said[key])

    def aims(self, view: View) -> dict[str, float]:
        """Return what the strategy asks for."""
        return self.inner.aims(view)

    def beliefs(self, view: View) -> Mapping[str, Mapping[str, float]]:
        """Return what the strategy believes of the others."""
        return self.inner.beliefs(view)

    def estimates(self, view: View, table: str) -> Mapping[str, Scores]:
        """Return what the strategy thinks deals are worth to the others."""
        return self.inner.estimates(view, table)

    def trust(self, view: View) -> Mapping[str, float]:
        """Return how far the strategy trusts the words of the others."""
        return self.inner.trust(view)
