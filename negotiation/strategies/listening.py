"""What agents make of words: statements shift what a model thinks of their speaker, as far as it is trusted.

One rule for all models. Take the estimate from offers apart into issues, put in what was said (as if it were true), add
it up again, and move the estimate that way by trust × `STRENGTH`. An issue weighs the more the more often it was put
before another, the less the more often behind one, or open. Of a party that has said something but offered nothing
there is an estimate by its words alone, even for an agent without a model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from negotiation.moves import Alternative, Concede, Prefer, Rank, Refuse
from negotiation.preferences import Scores
from negotiation.strategies.frequency import shared_out
from negotiation.table import Table
from negotiation.talk.evidence import Claim, heard
from negotiation.talk.trust import trust
from negotiation.view import View

STRENGTH = 0.75
"""How far a statement counts against what offers show, if its speaker were trusted without doubt, in (0, 1)."""

FLAT = 1e-9
"""Differences between effects that are none."""

SWEEPS = 4
"""How often the effects of all issues are fitted in turn; once is exact where all combinations are legal."""

LIVABLE = 0.5
"""What an option is worth, at least, to one who says it could live with it; the best one is worth 1."""


@dataclass(frozen=True)
class Hearing:
    """What a party has heard: by speaker, the trust in it, and what it said of what it wants."""

    trust: Mapping[str, float]
    claims: Mapping[str, Sequence[Claim]]

    def belief(self, party: str) -> float:
        """Return how far what a party says counts, in (0, 1)."""
        return STRENGTH * self.trust[party]

    def weight(self, party: str, table: str) -> float:
        """Return how much the wishes of a party count at a table beside those of others: more if it has another partner."""
        return 1.0 + (self.belief(party) if Alternative(table) in self.claims.get(party, ()) else 0.0)


def hearing(view: View) -> Hearing:
    """Return what the party of a view has heard."""
    claims: dict[str, list[Claim]] = {}
    for statement in heard(view.state, view.me):
        claims.setdefault(statement.party, []).append(statement.move)
    return Hearing(trust(view.state, view.me) if claims else {}, claims)


def listened(now: Hearing, table: Table, known: Mapping[str, Scores]) -> dict[str, Scores]:
    """Return estimated utilities by party, shape (deals,), from 0 to 1, with what each has said of a table."""
    found = dict(known)
    for party, claims in now.claims.items():
        here = [claim for claim in claims if any(term.table == table.name for term in claim.terms())]
        if here and party in table.seats:
            estimate = known.get(party)
            before = np.full(table.size, 0.5) if estimate is None else estimate
            belief = now.belief(party)
            found[party] = (1.0 - belief) * before + belief * _as_said(table, before, here)
    return found


def _as_said(table: Table, estimate: Scores, claims: Sequence[Claim]) -> Scores:
    """Return the utility of every deal to a party if all that it said were true, shape (deals,), from 0 to 1."""
    weights, values = _apart(table, estimate)
    more, less = [1.0] * len(weights), [1.0] * len(weights)
    out = np.zeros(table.size, dtype=np.bool_)
    for claim in claims:
        for term in claim.terms():
            if term.table != table.name:
                continue
            k = table.by_name[term.issue]
            option = table.issues[k].number(term.option) if term.option else -1
            match claim:
                case Rank():
                    (more if term == claim.more else less)[k] += 1.0
                case Prefer():
                    weights[k] = max(weights[k], 0.5 / len(weights))
                    values[k][option] = (values[k][option] + (term == claim.more)) / 2.0
                case Refuse():
                    out |= table.grid[k] == option
                case Concede() if term.option:
                    values[k][option] = max(values[k][option], LIVABLE)
                case _:
                    less[k] += 1.0
    utility = np.zeros(table.size)
    for k, weight in enumerate(shared_out([one * more[k] / less[k] for k, one in enumerate(weights)])):
        utility += weight * np.array(values[k])[table.grid[k]]
    utility[out] = 0.0
    return utility


def _apart(table: Table, estimate: Scores) -> tuple[list[float], list[list[float]]]:
    """Return weights by issue, summing to 1, and values by option, from 0 to 1, that add up to nearly an estimate.

    The effects of the options are fitted issue by issue, `SWEEPS` times round (backfitting, Friedman and Stuetzle 1981):
    where constraints tie issues together a mean over deals alone would credit one issue with what another is worth.
    """
    counts = [
        np.bincount(row, minlength=len(issue.options)) for row, issue in zip(table.grid, table.issues, strict=True)
    ]
    effects = [np.zeros(len(count)) for count in counts]
    rest = estimate.copy()
    for _ in range(SWEEPS):
        for row, count, effect in zip(table.grid, counts, effects, strict=True):
            change = np.bincount(row, weights=rest, minlength=len(count)) / np.maximum(count, 1)
            effect += change
            rest -= change[row]
    weights, values = [], []
    for count, effect in zip(counts, effects, strict=True):
        used = effect[count > 0]
        low, span = float(used.min()), float(used.max() - used.min())
        weights.append(span if span > FLAT else 0.0)
        values.append(
            [
                (one - low) / span if n and span > FLAT else 0.5
                for one, n in zip(effect.tolist(), count.tolist(), strict=True)
            ]
        )
    return shared_out(weights if any(weights) else [1.0] * len(weights)), values
