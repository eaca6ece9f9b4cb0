"""Measures that take a closer look at a game than its result: a plan asks for them by name, since each costs time.

A game that is looked at closely is played by the plain engine: its log is read, not only where it ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from negotiation.actions import Say
from negotiation.analysis.answered import answered
from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.improvements import left_on_the_table, most_together
from negotiation.analysis.truth import truth
from negotiation.game import Game
from negotiation.lab.plan import Closer
from negotiation.preferences import Preferences
from negotiation.state import State
from negotiation.strategies.evaluation import Evaluation


@dataclass(frozen=True)
class Look:
    """A result column that a plan may ask for.

    Attributes
    ----------
    of
        Its value for a game that is over; None is unknown, and an empty cell.
    title
        What it is called in reports.
    share
        Whether people read it in per cent.
    """

    of: Callable[[Game], float | None]
    title: str
    share: bool = False


def left(game: Game) -> float:
    """Return what is left on the table: by how much the best improvement at each table would have bettered all, added up."""
    total = 0.0
    for points in left_on_the_table(game.state.scenario, _sheets(game), game.state.outcome).values():
        total += points
    return total


def left_when_signed(game: Game) -> float:
    """Return the same as the parties of each table expected it when it was signed, nobody of them worse off."""
    total, before = 0.0, game.protocol.opening(game.state.scenario, game.state.rounds)
    states = game.protocol.replay(game.state.scenario, game.state.events, game.state.rounds)
    for state in states:
        for table in state.bound:
            if table not in before.bound:
                total += _expected(game.at(before), table, state)
        before = state
    return total


def _expected(game: Game, table: str, after: State) -> float:
    """Return the best improvement on what is about to be signed at a table, by what its parties expect of it."""
    there = game.state.scenario.tables[table]
    evaluations = [Evaluation(game.view(party)) for party in there.seats]
    all_gains = np.stack([evaluation.gains(table) for evaluation in evaluations])
    gains = all_gains - all_gains[:, there.index(after.bound[table])][:, None]
    free = game.state.scenario.free(table, game.state.bound)
    possible = there.signable(game.state.left.get(table, ()))
    fine = (gains >= -TOLERANCE).all(axis=0) & (possible if free is None else possible & free)
    return most_together(gains, fine)


def least_gain(game: Game) -> float:
    """Return the smallest gain of any party, in points."""
    return min(game.points(party) - seat.unsigned_points for party, seat in game.seated.items())


def texts(game: Game) -> float:
    """Return how many times somebody spoke, words that came with an act left out."""
    return float(sum(isinstance(event.action, Say) for event in game.state.events))


def true_share(game: Game) -> float | None:
    """Return the share of the true of all statements that a sheet decides; None if there are none."""
    found = truth(game.state, _sheets(game))
    true, false = (sum(one.verdict == verdict for one in found.statements) for verdict in ("true", "false"))
    return true / (true + false) if true + false else None


def answered_share(game: Game) -> float | None:
    """Return the share of what wanted an answer that got one in the same round; None if nothing did."""
    opening = game.protocol.opening(game.state.scenario, game.state.rounds)
    return answered(opening, game.state.events, tuple(game.seated)).all.share


def _sheets(game: Game) -> dict[str, Preferences]:
    return {party: seat.role.preferences for party, seat in game.seated.items()}


LOOKS: Mapping[str, Look] = {
    "left": Look(left, "left on the table"),
    "left_when_signed": Look(left_when_signed, "left when signed"),
    "least_gain": Look(least_gain, "smallest gain"),
    "texts": Look(texts, "texts said"),
    "truth": Look(true_share, "true statements", share=True),
    "answered": Look(answered_share, "answered", share=True),
}
"""What a plan may ask for (`measures`), in words in docs/lab.md."""


def looked_at(game: Game, names: Sequence[Closer]) -> dict[str, float | None]:
    """Return what a plan asks of a game that is over, by column."""
    found = {name: LOOKS[name].of(game) for name in names}
    return {name: None if value is None else round(value, 9) for name, value in found.items()}
