"""Hostage takers: everything waits for one table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from negotiation.actions import Action, Pass, Vote
from negotiation.dice import Dice
from negotiation.errors import unknown
from negotiation.language import mark
from negotiation.scenario import Scenario
from negotiation.strategies.bullies.anchors import Anchor
from negotiation.strategies.bullies.stakes import by_stakes
from negotiation.view import View


@dataclass(frozen=True)
class Hostage(Anchor):
    """An anchor that neither offers nor signs anything else before one table is settled.

    Where that table is signed, or can bind no more, it goes on as an anchor at the others.

    Parameters
    ----------
    table
        The name of the table; empty: the one that `rank` says.
    rank
        1 for the table at which it has most to gain, 2 for the next, and so on; at least 1.
    """

    name: ClassVar[str] = "hostage"
    about: ClassVar[str] = mark("signs nothing else before the table at which it has most to gain")
    settings: ClassVar[tuple[str, ...]] = ("share=0.2", "share=0.4,exponent=1", "rank=2,share=0.4,exponent=1")
    table: str = ""
    rank: int = 1

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `rank` is at least 1 and the rest makes an anchor."""
        super().__post_init__()
        if self.rank < 1:
            raise ValueError(f"rank is {self.rank}, must be at least 1")

    def unfit(self, scenario: Scenario, protocol: str) -> str | None:
        """Return that there is no such table, if one is named; None if it can play."""
        known = scenario.tables
        return unknown("table", self.table, known) if self.table and self.table not in known else None

    def decide(self, view: View, dice: Dice) -> Action:
        """Return the act of an anchor that sees one table only, until that one is settled."""
        held = self.table or dict(enumerate(reversed(by_stakes(view)), 1)).get(self.rank)
        if held not in view.state.sits(view.me):
            return super().decide(view, dice)
        if view.state.one_paper and view.due[:1] not in ((), (held,)):
            return Pass(view.due[0])
        act = super().decide(replace(view, due=tuple(name for name in view.due if name == held)), dice)
        if isinstance(act, Vote) and held not in view.state.papers[act.paper].deals:
            return Vote(act.paper, yes=False)
        return act
