"""Stubborn anchors: they hold at their best for long, and never ask for less than a share of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from negotiation.language import mark
from negotiation.strategies.bullies.base import Bully, check_share
from negotiation.strategies.parts import Bidding
from negotiation.strategies.time_based import Polynomial
from negotiation.talk.answers import Candour


@dataclass(frozen=True)
class Anchor(Bully):
    """A bargainer that comes down from its best late, to a share of it and no further: it would rather have nothing.

    Parameters
    ----------
    share
        Share of the best gain at a table below which it neither asks nor signs there, in [0, 1].
    exponent
        How late it comes down, above 0, see `Linear`.
    """

    name: ClassVar[str] = "anchor"
    about: ClassVar[str] = mark("holds at its best until late, and never goes below a share of it")
    yields: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ("share=0.2", "share=0.4", "share=0.6", "share=0.8")
    share: float = 0.4
    exponent: float = 8.0
    candour: Candour = field(default="bluffing", kw_only=True)

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `share` and `exponent` make a curve."""
        super().__post_init__()
        check_share(self.share)
        Polynomial(self.exponent, self.share)

    @cached_property
    def bidding(self) -> Bidding:
        """Return the curve down to its share."""
        return Polynomial(self.exponent, self.share)


@dataclass(frozen=True)
class Bluffer(Anchor):
    """An anchor that only seems to be one: in the last round it signs what is no loss."""

    name: ClassVar[str] = "bluffer"
    about: ClassVar[str] = mark("an anchor until the last round, in which it signs what is no loss")
    yields: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = ("share=0.4", "share=0.8")
