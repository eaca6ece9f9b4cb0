"""What those who would have to sign are thought to gain from a deal, seen from the chair of one party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from negotiation.preferences import Scores
from negotiation.table import Deal, Table

RESERVATION = 0.55
"""The estimated utility, as a share of the highest, at which a party is thought to gain nothing; less once it has offered less."""

FLAT = 1e-9
"""Differences between gains that are none."""


def least_gain(
    table: Table,
    others: Iterable[str],
    known: Mapping[str, Scores],
    offers: Iterable[tuple[str, int, Deal]],
    mine: Scores,
) -> Scores | None:
    """Return the estimated gain of the needed signer that gains least, by deal; None if there is nobody else, or nothing to gain.

    A gain is 1 at what would suit that party best, and below 0 where it is thought to lose. Of a party that has shown nothing
    yet the opposite of what I want is presumed.

    Parameters
    ----------
    others
        The other parties at the table.
    known
        The estimated utilities of those of which something is known.
    offers
        (party, round, deal) of every offer made here: nobody is thought to offer what it would lose by.
    mine
        My own gains.
    """
    made = list(offers)
    least = np.full(table.size, np.inf)
    for party in others:
        utility = known.get(party)
        if utility is None:
            utility = _opposed(mine)
        top = float(utility.max())
        rest = _at_rest(table, utility) if party in known else RESERVATION * top
        for author, _, deal in made:
            if author == party:
                rest = min(rest, float(utility[table.index(deal)]))
        gain = (utility - rest) / max(top - rest, FLAT)
        least = np.minimum(least, np.where(table.may_sign(party), gain, np.inf))
    needed = np.isfinite(least)
    return np.where(needed, least, 1.0) if needed.any() else None


def _opposed(mine: Scores) -> Scores:
    """Return the utility of one who wants the opposite of me, from 0 to 1."""
    low, high = float(mine.min()), float(mine.max())
    return (high - mine) / max(high - low, FLAT)


def _at_rest(table: Table, utility: Scores) -> float:
    """Return the estimated utility of leaving a table unsigned: that of today's arrangement if everybody knows it."""
    if len(table.unsigned) == len(table.issues):
        options = [issue.number(table.unsigned[issue.name]) for issue in table.issues]
        (same,) = np.nonzero((table.grid == np.array(options)[:, None]).all(axis=0))
        if len(same):
            return float(utility[same[0]])
    return RESERVATION * float(utility.max())
