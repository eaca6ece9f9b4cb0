"""A Bayesian model of who the others are: the scenario's declared types, and what everybody would guess of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

import numpy as np

from negotiation.preferences import Scores
from negotiation.scenario import Scenario
from negotiation.strategies.bayes import Bayes, independent
from negotiation.strategies.frequency import MOST_KEPT, shared_out
from negotiation.strategies.listening import hearing
from negotiation.strategies.parts import Beliefs
from negotiation.table import Deal
from negotiation.view import View

FIRMNESS = (0.0, 0.125, 0.25, 0.5, 1.0)
"""How closely a party may follow the sketch of its type, in shares of `sharpness`; 0: not at all."""

RARER = 0.35
"""How likely each step of firmness is beside the one before it; the first one, not at all, has `doubt`."""

ALIKE = 0.2
"""How alike the offers of a party at a table are, see `independent`: they never tell more than five of different parties."""

PRETENDS = 0.05
"""The chance that a party asks for what another of its types would want, whatever it shows: so nobody is ever quite sure."""


@dataclass(frozen=True)
class Reputation(Bayes):
    """A model that infers the others' types from their offers, and their interests from both.

    A type's public sketch (`known` in the scenario file) says which option of an issue is its favourite. In each new offer
    a party asks for a favourite of its type `exp(firmness * weight)` times as often as for another option, where the
    weights of a sketch sum to 1. How firm it is nobody knows: most likely it follows no sketch at all (an anchor, a bluffer,
    a person of moods), perhaps closely, and what it asks for tells that as well. Only the favourite counts: a sketch
    is too rough for more, and everybody opens with more than it wants. The offers of a party are alike, so many of them
    tell little more than a few; the same offer again tells nothing. One party in twenty may pretend to be of another type.
    What a party says of its wishes counts too, as far as it is trusted. Parties without sketches, and issues that
    sketches leave out, are learnt as `bayes` does.
    Nobody's score sheet is looked at: sketches are public, and may be wrong.

    Parameters
    ----------
    sharpness
        The firmness of a party that follows its sketch as closely as any, at least 0.
    doubt
        The chance that a party follows no sketch, in (0, 1].
    trust
        Share of the sketch in the estimated utility of the deals of a table it speaks of, in [0, 1].
    """

    name: ClassVar[str] = "types"
    about: ClassVar[str] = "infers the others' private types and values from their offers"
    sharpness: float = 12.0
    doubt: float = 0.94
    trust: float = 0.2

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `trust` is in [0, 1], `doubt` in (0, 1] and `sharpness` at least 0."""
        super().__post_init__()
        if not self.sharpness >= 0:
            raise ValueError(f"sharpness is {self.sharpness:g}, must be at least 0")
        if not 0 < self.doubt <= 1:
            raise ValueError(f"doubt is {self.doubt:g}, must be above 0 and at most 1")
        if not 0 <= self.trust <= 1:
            raise ValueError(f"trust is {self.trust:g}, must be from 0 to 1")

    def beliefs(self, view: View) -> Beliefs:
        """Return the probability of each type, by other party of which there are sketched types."""
        return {party: self._believed(view, party) for party in view.scenario.sketches if party != view.me}

    def estimated_utilities(self, view: View, table: str) -> Mapping[str, Scores]:
        """Return utilities estimated from offers, mixed with the sketches of the types that parties may have."""
        estimated_utilities = dict(super().estimated_utilities(view, table))
        for party, chances in self.beliefs(view).items():
            if party not in estimated_utilities:
                continue
            guess: Scores | None = np.zeros(view.scenario.tables[table].size)
            for kind, chance in chances.items():
                values = sketched(view.scenario, party, kind, table)
                guess = None if values is None or guess is None else guess + chance * values
            if guess is not None:
                estimated_utilities[party] = self.trust * guess + (1.0 - self.trust) * estimated_utilities[party]
        return estimated_utilities

    def _believed(self, view: View, party: str) -> dict[str, float]:
        odds = view.scenario.odds[party]
        made: dict[str, dict[Deal, None]] = {}
        for table, offers in view.state.offers.items():
            for author, _, deal in offers:
                if author == party:
                    made.setdefault(table, {})[deal] = None
        told = tuple((table, tuple(deals)) for table, deals in made.items())
        logs = [_evidence(view.scenario, party, kind, told, self) for kind in odds]
        if view.state.spoken:
            now = hearing(view)
            for n, kind in enumerate(odds):
                logs[n] += now.likelihood(view.scenario, party, kind)
        chances = [chance * likely for chance, likely in zip(odds.values(), _unless_pretended(logs), strict=True)]
        return dict(zip(odds, shared_out(chances), strict=True))


def _unless_pretended(logs: Sequence[float]) -> list[float]:
    """Return likelihoods of types, up to a common factor, if a party may pretend to be of another type, see `PRETENDS`."""
    most, total, others = max(logs), 0.0, max(len(logs) - 1, 1)
    likely = [math.exp(log - most) for log in logs]
    for one in likely:
        total += one
    return [(1.0 - PRETENDS) * one + PRETENDS * (total - one) / others for one in likely]


@lru_cache(maxsize=MOST_KEPT)
def sketched(scenario: Scenario, party: str, kind: str, table: str) -> Scores | None:
    """Return the sketched value to a type of every deal of a table, shape (deals,), from 0 to 1; None if unsketched."""
    there = scenario.tables[table]
    values, total = np.zeros(there.size), 0.0
    for k, issue in enumerate(there.issues):
        sketch = scenario.sketches[party][kind].get(f"{table}.{issue.name}")
        if sketch is not None:
            values += sketch.weight * np.array(sketch.shares)[there.grid[k]] / 100.0
            total += sketch.weight
    if not total:
        return None
    values /= total
    values.flags.writeable = False
    return values


@lru_cache(maxsize=MOST_KEPT)
def _evidence(
    scenario: Scenario, party: str, kind: str, told: tuple[tuple[str, tuple[Deal, ...]], ...], model: Reputation
) -> float:
    """Return the log likelihood of a type given its different offers by table, over all that it may follow its sketch."""
    asked = _favourites_asked(scenario, party, kind, told)
    chances, rest = [model.doubt], shared_out([RARER**n for n in range(len(FIRMNESS) - 1)])
    chances += [(1.0 - model.doubt) * chance for chance in rest]
    logs = []
    for firmness, chance in zip(FIRMNESS, chances, strict=True):
        if chance > 0:
            log = math.log(chance)
            for one in asked:
                log += one.likelihood(firmness * model.sharpness)
            logs.append(log)
    most, total = max(logs), 0.0
    for log in logs:
        total += math.exp(log - most)
    return most + math.log(total)


class Asked(NamedTuple):
    """What a party has asked for on an issue, as a type sees it.

    Attributes
    ----------
    weight
        Of the issue in the sketch, where all sum to 1.
    favourites, others
        How many options are favourites of the type, and how many are not.
    hits, offers
        In how many different offers it asked for a favourite, of how many.
    """

    weight: float
    favourites: int
    others: int
    hits: int
    offers: int

    def likelihood(self, firmness: float) -> float:
        """Return the log likelihood of a firmness beside that of asking for every option alike; see `ALIKE`."""
        pull, options = firmness * self.weight, self.favourites + self.others
        usual = pull + math.log((self.favourites + self.others * math.exp(-pull)) / options)
        return (pull * self.hits - usual * self.offers) * independent(self.offers, ALIKE) / self.offers


def _favourites_asked(
    scenario: Scenario, party: str, kind: str, told: tuple[tuple[str, tuple[Deal, ...]], ...]
) -> list[Asked]:
    found, sketches = [], scenario.sketches[party][kind]
    total = math.fsum(sketch.weight for sketch in sketches.values())
    for table, deals in told:
        for k, issue in enumerate(scenario.tables[table].issues):
            sketch = sketches.get(f"{table}.{issue.name}")
            if sketch is not None and total > 0:
                best = max(sketch.shares)
                liked = [share == best for share in sketch.shares]
                hits = sum(liked[deal[k]] for deal in deals)
                found.append(Asked(sketch.weight / total, sum(liked), len(liked) - sum(liked), hits, len(deals)))
    return found
