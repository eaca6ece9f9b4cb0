"""Those who slam the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from negotiation.actions import Action, Walk
from negotiation.dice import Dice
from negotiation.language import mark
from negotiation.strategies.bullies.anchors import Anchor
from negotiation.strategies.bullies.base import check_share
from negotiation.strategies.bullies.stakes import by_stakes
from negotiation.view import View


@dataclass(frozen=True)
class Walker(Anchor):
    """An anchor that leaves for good, at some time, the open table at which it has least to gain.

    Parameters
    ----------
    at
        The relative time at which it leaves, in [0, 1].
    """

    name: ClassVar[str] = "walker"
    about: ClassVar[str] = mark("walks out of the table at which it has least to gain")
    settings: ClassVar[tuple[str, ...]] = ("at=0.3", "at=0.8")
    at: float = 0.5

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `at` is in [0, 1] and the rest makes an anchor."""
        super().__post_init__()
        check_share(self.at, "at")

    def decide(self, view: View, dice: Dice) -> Action:
        """Return the act of an anchor, or once a walk out of a table."""
        walked = any(view.me in parties for parties in view.state.left.values())
        if Walk in view.allowed and view.time >= self.at and not walked:
            least = next((name for name in by_stakes(view) if name in view.state.sits(view.me)), "")
            if least in (view.due[:1] if view.state.one_paper else view.due):
                return Walk(least)
        return super().decide(view, dice)
