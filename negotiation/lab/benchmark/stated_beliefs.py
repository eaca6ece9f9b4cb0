"""What agents at the table say they believe of each other, round by round, against the truth.

Nothing is guessed for them: an agent that states no belief has none here. Nothing learnt, the odds of the types as
declared and even weights, stands beside each reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import numpy as np

from negotiation.actions import Tick
from negotiation.analysis.calibration import brier, order_agreement, weight_error
from negotiation.game import Game
from negotiation.lab.belief_readings import issue_weights, stakes
from negotiation.strategies import Strategy
from negotiation.strategies.user_files import blamed

KINDS = ("weights", "types")

Beliefs: TypeAlias = dict[str, list[list[float]]]
"""By kind, for each side and round: the side, the round, how many readings, and the sums of their errors.

Of weights: root mean squared error, Kendall's τ, and the error of even weights. Of types: Brier score, 1 where the
likeliest was the true one, and the Brier score of the declared odds.
"""


class Reading(NamedTuple):
    """What one agent holds of one other party after a round, or of its weights at a table."""

    kind: str
    error: float
    right: float
    unlearnt: float


def watched(game: Game) -> Beliefs:
    """Play a game to its end, and return what its agents believed after every round but the last.

    Raises
    ------
    SetupError
        When an agent from outside fails to say what it believes.
    """
    sums: dict[tuple[str, int, int], list[Reading]] = defaultdict(list)
    players = [(n, party, seat.strategy) for n, (party, seat) in enumerate(game.seated.items()) if seat.strategy]
    while game.advance():
        if isinstance(game.state.events[-1].action, Tick) and game.protocol.to_move(game.state):
            for number, party, player in players:
                with blamed(f"{party}, played by {game.seats[party]}", type(player).__module__):
                    for one in _of(game, party, player):
                        sums[one.kind, number % 2, game.state.round].append(one)
    found: Beliefs = {kind: [] for kind in KINDS}
    for (kind, side, at), some in sorted(sums.items()):
        totals = [round(sum(values), 9) for values in list(zip(*some, strict=True))[1:]]
        found[kind].append([side, at, len(some), *totals])
    return found


def _of(game: Game, me: str, player: Strategy) -> Iterator[Reading]:
    view = game.view(me)
    for party, chances in player.beliefs(view).items():
        odds = game.case.scenario.odds.get(party, {})
        if len(odds) > 1 and set(chances) == set(odds):
            truth = game.types[party]
            likely = max(chances, key=chances.__getitem__)
            yield Reading("types", brier(chances, truth), float(likely == truth), brier(odds, truth))
    for table in game.state.sits(me):
        there = game.case.scenario.tables[table]
        for party, estimate in player.estimates(view, table).items():
            truth_there = stakes(game, party, table) if party in there.seats and party in game.seated else ()
            if party == me or not truth_there or np.shape(estimate) != (there.size,):
                continue
            guess = issue_weights(there, np.asarray(estimate, dtype=np.float64))
            agreement = order_agreement(guess, truth_there)
            if agreement is not None:
                even = (1.0 / len(truth_there),) * len(truth_there)
                yield Reading("weights", weight_error(guess, truth_there), agreement, weight_error(even, truth_there))
