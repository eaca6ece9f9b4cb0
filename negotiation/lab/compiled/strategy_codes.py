"""Strategies as numbers: which of ours the compiled engine plays, and with which parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeGuard

import numpy as np

from negotiation.lab.compiled.arrays import MOST_PARTIES, Real, record
from negotiation.lab.compiled.numba_internals import Numba
from negotiation.strategies import Strategy
from negotiation.strategies.acceptance import AtLevel, Combi, Const, InTime, Next
from negotiation.strategies.bargainer import Bargainer
from negotiation.strategies.deadline import DeadlineBidding
from negotiation.strategies.decision_rules import exponential, level, pressed_time, quadratic
from negotiation.strategies.frequency import Frequency, NoModel
from negotiation.strategies.giving import Giving
from negotiation.strategies.micro import Micro
from negotiation.strategies.parts import Acceptance, Bidding, Model
from negotiation.strategies.peers.compat import SLACK, Compat, exponent_of
from negotiation.strategies.random_bidder import RandomAcceptance, RandomBidding
from negotiation.strategies.time_based import Exponential, Hybrid, Polynomial, Quadratic
from negotiation.strategies.titfortat import Absolute, Averaged, Nice, Relative, TitForTat, TradeOff

CURVE, RANDOM, LATE, MICRO, RELATIVE, ABSOLUTE, AVERAGED, NICE, STEPS, HYBRID, GIVING, TEXTBOOK = range(12)
"""Kinds of bidding; the last is a textbook negotiator, which has no parts."""

LEVEL, NEXT, CONST, TIME, COMBI, CHANCE = range(6)
"""Kinds of acceptance."""

NONE, COUNTS = range(2)
"""Models of the others."""

BY_TIME, KIND_FOR_KIND, BETTER, TAKE, NAIVE = range(5)
"""Rules of textbook negotiators."""

BIDDINGS: Mapping[type[Bidding], int] = {
    Polynomial: CURVE,
    Exponential: CURVE,
    Quadratic: CURVE,
    RandomBidding: RANDOM,
    DeadlineBidding: LATE,
    Micro: MICRO,
    Relative: RELATIVE,
    Absolute: ABSOLUTE,
    Averaged: AVERAGED,
    Nice: NICE,
    TradeOff: STEPS,
    Hybrid: HYBRID,
    Giving: GIVING,
}

ACCEPTANCES: Mapping[type[Acceptance], int] = {
    AtLevel: LEVEL,
    Next: NEXT,
    Const: CONST,
    InTime: TIME,
    Combi: COMBI,
    RandomAcceptance: CHANCE,
}

MODELS: Mapping[type[Model], int] = {NoModel: NONE, Frequency: COUNTS}

BOOK = {"micro": KIND_FOR_KIND, "cab": BETTER, "tough": TAKE, "naive_tft": NAIVE}
"""Rules of `compat` that do not go by the clock."""

WHO = np.dtype(
    [(name, np.int64, (MOST_PARTIES,)) for name in ("bidding", "accept", "model", "rule", "yields", "rolls", "lag")]
    + [(name, np.float64, (MOST_PARTIES,)) for name in ("setting", "tactic", "learning")]
    + [("remembers", np.int64)],
    align=True,
)
"""By party the kinds of its bidding, its acceptance and its model, and its textbook rule; whether it takes what is no loss when
the talks are about to end, whether it throws dice, how many offers it looks back; the parameters of its acceptance (a share,
a time or a chance), of its bidding (noise, step, answer or slack) and of its model; and whether anybody looks back at
offers."""


class Seats(NamedTuple):
    """The players of a game.

    Attributes
    ----------
    who
        One record, see `WHO`.
    share
        By party, round, and whether it feels pressed, the share of its best gain that it asks for.
    time
        By round, and whether it is pressed, relative time; common to all.
    """

    who: Numba
    share: Real
    time: Real


def playable(strategy: Strategy) -> TypeGuard[Bargainer | Compat]:
    """Return whether the compiled engine plays a strategy: one of ours, made of parts that are functions of arrays and no more."""
    if not type(strategy).__module__.startswith("negotiation.strategies."):
        return False
    if not isinstance(strategy, Bargainer):
        return isinstance(strategy, Compat)
    if type(strategy).decide is not Bargainer.decide:
        return False
    return (
        type(strategy.bidding) in BIDDINGS and type(strategy.accept) in ACCEPTANCES and type(strategy.model) in MODELS
    )


def seats(strategies: Sequence[Bargainer | Compat], rounds: int) -> Seats:
    """Return playable strategies, by party, as numbers for talks of so many rounds."""
    times = [(t, pressed_time(t)) for t in (min(1.0, (n + 1) / (rounds + 1)) for n in range(rounds))]
    who = record(WHO)
    for n, one in enumerate(strategies):
        if isinstance(one, Compat):
            who.bidding[n], who.rule[n] = TEXTBOOK, BOOK.get(one.rule, BY_TIME)
            who.tactic[n], who.rolls[n] = SLACK.get(one.rule, 0.0), who.rule[n] == KIND_FOR_KIND
        else:
            _seat(who, n, one)
    who.remembers = any(_remembers(one) for one in strategies)
    share = np.array([[[_share(one, t, rounds) for t in pair] for pair in times] for one in strategies])
    return Seats(who, share, np.array(times))


def _seat(who: Numba, n: int, one: Bargainer) -> None:
    """Fill in a negotiator that is made of parts."""
    who.bidding[n], who.accept[n], who.model[n] = (
        BIDDINGS[type(one.bidding)],
        ACCEPTANCES[type(one.accept)],
        MODELS[type(one.model)],
    )
    who.yields[n], who.setting[n] = one.yields, _setting(one.accept)
    who.rolls[n] = who.bidding[n] in (RANDOM, ABSOLUTE) or who.accept[n] == CHANCE
    if isinstance(one.model, Frequency):
        who.learning[n] = one.model.learning
    if isinstance(one.bidding, TitForTat):
        who.lag[n] = one.bidding.lag
    match one.bidding:
        case Absolute(noise=tactic) | TradeOff(step=tactic) | Hybrid(answer=tactic):
            who.tactic[n] = tactic


def _remembers(one: Bargainer | Compat) -> bool:
    """Return whether a strategy looks back at offers."""
    if isinstance(one, Compat):
        return True
    clock = isinstance(one.bidding, Polynomial | Exponential | Quadratic | RandomBidding)
    return (
        not clock
        or isinstance(one.bidding, Giving)
        or isinstance(one.accept, Combi)
        or not isinstance(one.model, NoModel)
    )


def _share(one: Bargainer | Compat, time: float, rounds: int) -> float:
    """Return the share of the best gain (for textbook negotiators: of the whole range) asked for by the clock."""
    if isinstance(one, Compat):
        return 1 - time ** exponent_of(one)
    match one.bidding:
        case Polynomial(exponent, least):
            return level(1.0, time, exponent, least)
        case Exponential(exponent, start):
            return exponential(1.0, time, exponent, start)
        case Quadratic(first, middle, last) | Hybrid(first, middle, last):
            return quadratic(1.0, time, first, middle, last)
        case DeadlineBidding():
            return level(1.0, time, one.bidding.exponent(rounds), 0.0)
    return 0.0


def _setting(part: Acceptance) -> float:
    match part:
        case Const(share):
            return share
        case InTime(at):
            return at
        case RandomAcceptance(chance):
            return chance
    return 0.0
