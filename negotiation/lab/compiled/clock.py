"""Relative time, and what is asked for by the clock: `Evaluation._time` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import DEAL, FIRST, OTHER, Game
from negotiation.lab.compiled.papers import needs, shares


@plain
def time(game: Game, table: int) -> float:
    """Return relative time at a table."""
    return reals(game.time, 2 * game.rounds)[2 * game.now + _pressed(game, table)]


@plain
def share(game: Game, table: int) -> float:
    """Return the share of my best gain that I ask for by the clock."""
    return reals(game.share + ITEM * 2 * game.rounds * game.me, 2 * game.rounds)[2 * game.now + _pressed(game, table)]


@plain
def _pressed(game: Game, table: int) -> int:
    """Return 1 if a paper at the table does without me, who may be left out there; else 0."""
    if game.rule.conditional[table]:
        for row in range(game.live):
            paper = game.papers[row]
            if shares(paper, table, -1):
                place = game.rule.start[table] + (paper[DEAL] if paper[FIRST] == table else paper[OTHER])
                if not (needs(game, place) | game.rule.of[table]) >> game.me & 1:
                    return 1
    return 0
