"""Those who flood the tables with offers, so that nobody can tell what they want."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from negotiation.actions import Action, Offer, Pass
from negotiation.dice import Dice
from negotiation.language import mark
from negotiation.strategies.bullies.anchors import Anchor
from negotiation.strategies.decision_rules import NOTHING, random_deal
from negotiation.strategies.evaluation import Evaluation
from negotiation.view import View


@dataclass(frozen=True)
class Flooder(Anchor):
    """An anchor that makes offer upon offer, any that reach what it asks for, table after table.

    Parameters
    ----------
    acts
        How many acts it fills a round with, at least 1; where turns go by tables it has one offer a turn like everybody.
    """

    name: ClassVar[str] = "flooder"
    about: ClassVar[str] = mark("floods the tables with offers")
    settings: ClassVar[tuple[str, ...]] = ("share=0.4",)
    acts: int = 12

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `acts` is at least 1 and the rest makes an anchor."""
        super().__post_init__()
        if self.acts < 1:
            raise ValueError(f"acts is {self.acts}, must be at least 1")

    def decide(self, view: View, dice: Dice) -> Action:
        """Return the act of an anchor; instead of a pass one more offer, as long as the round is not full."""
        act, done = super().decide(view, dice), view.state.acts(view.me)
        if not isinstance(act, Pass) or view.state.one_paper or Offer not in view.allowed or done >= self.acts:
            return act
        table = view.due[done % len(view.due)]
        position = Evaluation(view, self.model).position(table)
        level = max(self.bidding.level(position), position.floor)
        deal = random_deal(position.gains, position.order, dice.uniform(), level)
        return act if deal == NOTHING else Offer({table: view.scenario.tables[table].deal(deal)})
