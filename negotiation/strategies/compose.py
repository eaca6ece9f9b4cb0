"""Negotiators put together from parts by name, and the ready-made ones for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from negotiation.language import mark
from negotiation.strategies.acceptance import AtLevel, Next
from negotiation.strategies.bargainer import Bargainer
from negotiation.strategies.fair_split import FairSplit
from negotiation.strategies.frequency import Frequency, NoModel
from negotiation.strategies.giving import Giving
from negotiation.strategies.parts import Acceptance, Bidding, Model
from negotiation.strategies.reputation import Reputation
from negotiation.strategies.time_based import Polynomial
from negotiation.talk.answers import Candour


@dataclass(frozen=True)
class Compose(Bargainer):
    """Any bidding with any model of the others and any acceptance: `compose:bidding=micro,model=bayes,accept=next`.

    Parameters of the parts follow by their names: `compose:bidding=time,exponent=3,accept=combi,at=0.8`.
    """

    name: ClassVar[str] = "compose"
    about: ClassVar[str] = mark("any bidding × model of the others × acceptance")
    bidding: Bidding = Polynomial()
    model: Model = Frequency()
    accept: Acceptance = Next()


@dataclass(frozen=True)
class Easy(Compose):
    """A negotiator that gives way early and asks nobody."""

    name: ClassVar[str] = "easy"
    about: ClassVar[str] = mark("gives way early")
    bidding: Bidding = Giving(0.4)
    model: Model = NoModel()
    accept: Acceptance = AtLevel()
    candour: Candour = field(default="candid", kw_only=True)


@dataclass(frozen=True)
class Fair(Compose):
    """A negotiator that gives way evenly and looks at what the others ask for."""

    name: ClassVar[str] = "fair"
    about: ClassVar[str] = mark("gives way evenly, looks for what suits the others")


@dataclass(frozen=True)
class Tough(Compose):
    """A negotiator that holds a fair split, and infers what the others want and who they are."""

    name: ClassVar[str] = "tough"
    about: ClassVar[str] = mark(
        "comes down to a fair split and below it only as the others come, infers what they want"
    )
    bidding: Bidding = FairSplit()
    model: Model = Reputation(concession=0.35)
    candour: Candour = field(default="bluffing", kw_only=True)


@dataclass(frozen=True)
class Master(Tough):
    """A negotiator like `tough` that holds out for the better part of a fair split."""

    name: ClassVar[str] = "master"
    about: ClassVar[str] = mark("like tough, and holds out for the better part of a fair split")
    bidding: Bidding = FairSplit(0.75)
