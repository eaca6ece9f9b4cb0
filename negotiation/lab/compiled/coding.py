"""Strategies as numbers: which of ours the compiled engine plays, and with which parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeGuard

import numpy as np

from negotiation.lab.compiled.arrays import MOST_PARTIES, Real, record
from negotiation.strategies import Strategy
from negotiation.strategies.acceptance import AtLevel, Combi, Const, InTime, Next
from negotiation.strategies.bargainer import Bargainer
from negotiation.strategies.curves import exponential, level, pressed
from negotiation.strategies.frequency import NoModel
from negotiation.strategies.parts import Acceptance, Bidding, Model
from negotiation.strategies.time_based import Exponential, Polynomial
from negotiation.strategies.whim import AtWhim, Whim

CURVE, WHIM = range(2)
"""Kinds of bidding."""

LEVEL, NEXT, CONST, TIME, COMBI, CHANCE = range(6)
"""Kinds of acceptance."""


WHO = np.dtype(
    [(name, np.int64, (MOST_PARTIES,)) for name in ("bidding", "accept", "yields", "rolls")]
    + [("setting", np.float64, (MOST_PARTIES,)), ("remembers", np.int64)],
    align=True,
)
"""By party the kinds of its bidding and acceptance, whether it takes what is no loss when the talks are about to end,
whether it throws dice, and the parameter of its acceptance (a share, a time or a chance); and whether anybody looks
back at offers."""


class Seats(NamedTuple):
    """Who plays.

    Attributes
    ----------
    who
        One record, see `WHO`.
    share
        By party, round, and whether it feels pressed, the share of its best gain that it asks for.
    time
        By round, and whether it is pressed, relative time; the same for all.
    """

    who: Any
    share: Real
    time: Real


def playable(strategy: Strategy) -> TypeGuard[Bargainer]:
    """Whether the compiled engine plays a strategy: one of ours, made of parts that are functions of arrays."""
    ours = type(strategy).__module__.startswith("negotiation.strategies.")
    if not (ours and isinstance(strategy, Bargainer)):
        return False
    return _bidding(strategy.bidding) is not None and _accept(strategy.accept) is not None and _model(strategy.model)


def seats(strategies: Sequence[Bargainer], rounds: int) -> Seats:
    """Playable strategies, by party, as numbers for talks of so many rounds."""
    times = [(t, pressed(t)) for t in (min(1.0, (n + 1) / (rounds + 1)) for n in range(rounds))]
    kinds = [(_bidding(s.bidding), _accept(s.accept)) for s in strategies]
    who = record(WHO)
    for n, (one, (bidding, accept)) in enumerate(zip(strategies, kinds, strict=True)):
        who.bidding[n], who.accept[n], who.yields[n], who.setting[n] = bidding, accept, one.yields, _setting(one.accept)
        who.rolls[n] = bidding == WHIM or accept == CHANCE
    who.remembers = any(accept == COMBI for _, accept in kinds)
    share = np.array([[[_share(s.bidding, t, rounds) for t in pair] for pair in times] for s in strategies])
    return Seats(who, share, np.array(times))


def _bidding(part: Bidding) -> int | None:
    return {Polynomial: CURVE, Exponential: CURVE, Whim: WHIM}.get(type(part))


def _accept(part: Acceptance) -> int | None:
    kinds = {AtLevel: LEVEL, Next: NEXT, Const: CONST, InTime: TIME, Combi: COMBI, AtWhim: CHANCE}
    return kinds.get(type(part))


def _model(part: Model) -> bool:
    return type(part) is NoModel


def _share(part: Bidding, time: float, rounds: int) -> float:
    """The share of the best gain asked for: the level where the best gain is 1."""
    match part:
        case Polynomial(exponent, least):
            return level(1.0, time, exponent, least)
        case Exponential(exponent, start):
            return exponential(1.0, time, exponent, start)
    return 0.0


def _setting(part: Acceptance) -> float:
    match part:
        case Const(share):
            return share
        case InTime(at):
            return at
        case AtWhim(chance):
            return chance
    return 0.0
