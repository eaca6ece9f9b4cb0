"""What agents make of words: statements shift what a model thinks of their speaker, as far as it is trusted.

One rule for all models. Take the estimate from offers apart into issues, put in what was said (as if it were true), add
it up again, and move the estimate that way by trust × `STRENGTH`. Issues weigh what their places in an order let expect,
half as much if one is open; options between one that is liked and one that is not lie between them. Of a party that has said something but offered nothing there is an
estimate by its words alone, even for an agent without a model.

Besides, a table at which others say what they want is thought likelier to be signed: see `Hearing.unsigned`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from negotiation.moves import Alternative, Concede, Prefer, Rank, Refuse, Term
from negotiation.preferences import Scores
from negotiation.scenario import Scenario, Sketch
from negotiation.state import State
from negotiation.strategies.bayes import independent
from negotiation.strategies.frequency import shared_out
from negotiation.table import Table
from negotiation.talk.evidence import Claim, heard
from negotiation.talk.trust import trust
from negotiation.view import View

STRENGTH = 0.75
"""How far a statement counts against what offers show, if its speaker were trusted without doubt, in (0, 1)."""

ALIKE = 0.5
"""How alike the statements of a party are, see `independent`: they never tell more than two of different parties."""

FLAT = 1e-9
"""Differences between effects that are none."""

SWEEPS = 4
"""How often the effects of all issues are fitted in turn; once is exact where all combinations are legal."""

MOST_FITTED = 512
"""Estimates whose fits are kept, over all parties, tables and games; a cache, never a memory."""

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

    def unsigned(self) -> dict[str, float]:
        """Return how much staying unsigned weighs at each table of which one has heard: half, a third ... instead of 1.

        Whoever says what it would like at a table, be it true or not, means to sign something there.
        """
        wanted: dict[str, int] = {}
        for claims in self.claims.values():
            wishes = (claim for claim in claims if isinstance(claim, Rank | Prefer | Concede))
            for table in dict.fromkeys(term.table for claim in wishes for term in claim.terms()):
                wanted[table] = wanted.get(table, 0) + 1
        return {table: 1.0 / (1 + parties) for table, parties in wanted.items()}

    def likelihood(self, scenario: Scenario, party: str, kind: str) -> float:
        """Return the log likelihood of what a party said if it were of a type that is sketched in public.

        It is beside that of a type to which its words say nothing. A statement that is not believed at all is as likely
        from one who means it as from one who does not. What a sketch leaves out says nothing, and many statements of
        one party tell little more than a few: who bluffs does so throughout.
        """
        log, many, sketch = 0.0, 0, scenario.sketches[party][kind]
        for claim in self.claims.get(party, ()):
            ahead = _ahead(scenario, claim, sketch)
            if ahead:
                belief, many = self.belief(party), many + 1
                log += math.log(1.0 + belief if ahead > 0 else 1.0 - belief)
        return log * independent(many, ALIKE) / many if many else 0.0


def _ahead(scenario: Scenario, claim: Claim, sketch: Mapping[str, Sketch]) -> float:
    """Return by how much a sketch bears a statement out, below 0 if it says otherwise, 0 if it says nothing."""
    there = [sketch.get(f"{term.table}.{term.issue}") for term in claim.terms()]
    known = [one for one in there if one is not None]
    if len(known) < len(there):
        return 0.0
    match claim:
        case Rank():
            more, less = (one.weight * (max(one.shares) - min(one.shares)) for one in known)
            return more - less
        case Prefer(more, less):
            return _share(scenario, known[0], more) - _share(scenario, known[0], less)
        case Refuse(options):
            middle = 0.0
            for share in known[0].shares:
                middle += share / len(known[0].shares)
            return middle - max(_share(scenario, known[0], term) for term in options)
        case _:
            return 0.0


def _share(scenario: Scenario, sketch: Sketch, term: Term) -> float:
    table = scenario.tables[term.table]
    return sketch.shares[table.issues[table.by_name[term.issue]].number(term.option)]


_LATEST: list[tuple[State, str, Hearing]] = []
"""The last answer of `hearing`, which a turn asks for again and again: a cache, never a memory."""


def hearing(view: View) -> Hearing:
    """Return what the party of a view has heard."""
    for state, party, kept in tuple(_LATEST):
        if state is view.state and party == view.me:
            return kept
    found = _hearing(view)
    _LATEST[:] = [(view.state, view.me, found)]
    return found


def _hearing(view: View) -> Hearing:
    claims: dict[str, list[Claim]] = {}
    for statement in heard(view.state, view.me):
        claims.setdefault(statement.party, []).append(statement.move)
    return Hearing(trust(view.state, view.me) if claims else {}, claims)


def listened(
    now: Hearing, table: Table, known: Mapping[str, Scores], weights: Mapping[str, float]
) -> dict[str, Scores]:
    """Return estimated utilities by party, shape (deals,), from 0 to 1, with what each has said of a table.

    Parameters
    ----------
    known
        The estimates from offers.
    weights
        By the parties of which there are such estimates, how much words still tell beside the offers, in (0, 1].
    """
    found = dict(known)
    for party, claims in now.claims.items():
        here = [claim for claim in claims if any(term.table == table.name for term in claim.terms())]
        if here and party in table.seats:
            estimate = known.get(party)
            before = np.full(table.size, 0.5) if estimate is None else estimate
            belief = now.belief(party) * weights.get(party, 1.0)
            found[party] = (1.0 - belief) * before + belief * _as_said(table, before, here)
    return found


def _as_said(table: Table, estimate: Scores, claims: Sequence[Claim]) -> Scores:
    """Return the utility of every deal to a party if all that it said were true, shape (deals,), from 0 to 1."""
    fitted, shapes = _apart(table, estimate.tobytes())
    weights, values = list(fitted), [list(shape) for shape in shapes]
    order: set[tuple[int, int]] = set()
    out = np.zeros(table.size, dtype=np.bool_)
    for claim in claims:
        here = [(table.by_name[term.issue], term) for term in claim.terms() if term.table == table.name]
        if isinstance(claim, Rank):
            order |= {(here[0][0], here[1][0])} if len(here) == 2 else set()
            continue
        for k, term in here:
            option = table.issues[k].number(term.option) if term.option else -1
            match claim:
                case Prefer(better, worse) if term == better:
                    weights[k] = max(weights[k], 0.5 / len(weights))
                    values[k] = preferred(values[k], option, table.issues[k].number(worse.option))
                case Refuse():
                    out |= table.grid[k] == option
                case Concede() if option >= 0:
                    values[k][option] = max(values[k][option], LIVABLE)
                case Concede():
                    weights[k] *= 0.5
    utility = np.zeros(table.size)
    for k, weight in enumerate(shared_out(ranked(weights, order))):
        utility += weight * np.array(values[k])[table.grid[k]]
    utility[out] = 0.0
    return utility


def preferred(values: Sequence[float], more: int, less: int) -> list[float]:
    """Return values of the options of an issue if one of them is liked and another is not: 1 and 0.

    Those listed between the two lie between them, as far as they are from each; those beyond come half way to the nearer.
    """
    low, high = sorted((more, less))
    line = np.interp(np.arange(len(values)), [low, high], [float(more == low), float(more == high)])
    return [
        float(new) if low <= option <= high else (old + float(new)) / 2.0
        for option, (old, new) in enumerate(zip(values, line, strict=True))
    ]


def ranked(weights: Sequence[float], order: Collection[tuple[int, int]]) -> list[float]:
    """Return weights of issues, summing to 1, after some have been put before others: pairs (more, less).

    What those named weigh together is shared out anew by their places in the order, as far as it is known, with the
    weights that are expected of a rank when nothing else is known (rank-order centroids, Barron and Barrett 1996).
    """
    found, size = list(weights), len(weights)
    above = {k: {more for more, less in order if less == k} for pair in order for k in pair}
    for _ in above:  # what is before something that is before it is before it too
        above = {k: one.union(*(above[other] for other in one)) for k, one in above.items()}
    if not above:
        return found
    below = {k: {other for other, one in above.items() if k in one} for k in above}
    places = {k: len(above[k] - below[k]) + (size - 1 - len(above[k] ^ below[k])) / 2.0 for k in sorted(above)}
    centroids = [sum(1.0 / (1 + n) for n in range(rank, size)) / size for rank in range(size)]
    said = {k: float(np.interp(place, np.arange(size), centroids)) for k, place in places.items()}
    together, total = max(sum(weights[k] for k in said), len(said) / size), sum(said.values())
    for k, one in said.items():
        found[k] = together * one / total
    return found


@lru_cache(maxsize=MOST_FITTED)
def _apart(table: Table, estimate: bytes) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """Return weights by issue, summing to 1, and values by option, from 0 to 1, that add up to nearly an estimate.

    The effects of the options are fitted issue by issue, `SWEEPS` times round (backfitting, Friedman and Stuetzle 1981):
    where constraints tie issues together a mean over deals alone would credit one issue with what another is worth.
    """
    counts = [
        np.bincount(row, minlength=len(issue.options)) for row, issue in zip(table.grid, table.issues, strict=True)
    ]
    effects = [np.zeros(len(count)) for count in counts]
    rest = np.frombuffer(estimate).copy()
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
            tuple(
                (one - low) / span if n and span > FLAT else 0.5
                for one, n in zip(effect.tolist(), count.tolist(), strict=True)
            )
        )
    return tuple(shared_out(weights if any(weights) else [1.0] * len(weights))), tuple(values)
