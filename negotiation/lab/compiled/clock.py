"""Relative time, and what is asked for by the clock: `Desk._time` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import DEAL, FIRST, OTHER, Play
from negotiation.lab.compiled.papers import needs, shares


@plain
def time(it: Play, table: int) -> float:
    """Relative time at a table."""
    return reals(it.time, 2 * it.rounds)[2 * it.now + _pressed(it, table)]


@plain
def share(it: Play, table: int) -> float:
    """The share of my best gain that I ask for by the clock."""
    return reals(it.share + ITEM * 2 * it.rounds * it.me, 2 * it.rounds)[2 * it.now + _pressed(it, table)]


@plain
def _pressed(it: Play, table: int) -> int:
    """1 if a paper lies at the table that does without me, who may be left out there; else 0."""
    if it.rule.conditional[table]:
        for row in range(it.live):
            paper = it.papers[row]
            if shares(paper, table, -1):
                place = it.rule.start[table] + (paper[DEAL] if paper[FIRST] == table else paper[OTHER])
                if not (needs(it, place) | it.rule.of[table]) >> it.me & 1:
                    return 1
    return 0
