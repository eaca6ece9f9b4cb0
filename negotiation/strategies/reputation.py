"""A Bayesian model of who the others are: the scenario's declared types, and what everybody would guess of each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from negotiation.preferences import Scores
from negotiation.scenario import Scenario
from negotiation.strategies.bayes import Bayes
from negotiation.strategies.frequency import MOST_KEPT, shared_out
from negotiation.strategies.listening import hearing
from negotiation.strategies.parts import Beliefs
from negotiation.table import Deal, Table
from negotiation.view import View


@dataclass(frozen=True)
class Reputation(Bayes):
    """A model that infers the others' types from their offers, and their interests from both.

    A type's public sketch (`known` in the scenario file) gives a rough value to every deal. An offer is the likelier
    from a type the better it is for that type among all deals of its table: a noisy-rational agent chooses a deal
    with probability proportional to `exp(sharpness * value * share of time left)`, for early offers tell most: later
    ones are meant to please. Different offers are taken as independent; repeating one tells nothing new. What a party
    says of its wishes counts too, as far as it is trusted. Parties without sketches, and issues that sketches leave
    out, are learnt as `bayes` does.
    Nobody's score sheet is looked at: sketches are public, and may be wrong.

    Parameters
    ----------
    sharpness
        How closely the others are thought to follow their interests, at least 0.
    trust
        Share of the sketch in the estimated utility of the deals of a table it speaks of, in [0, 1].
    """

    name: ClassVar[str] = "types"
    about: ClassVar[str] = "infers the others' private types and values from their offers"
    sharpness: float = 8.0
    trust: float = 0.2

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `trust` is in [0, 1] and `sharpness` at least 0."""
        super().__post_init__()
        if not self.sharpness >= 0:
            raise ValueError(f"sharpness is {self.sharpness:g}, must be at least 0")
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
        logs = [math.log(chance) if chance > 0 else -math.inf for chance in odds.values()]
        for table, offers in view.state.offers.items():
            first: dict[Deal, float] = {}
            for author, number, deal in offers:
                if author == party:
                    first.setdefault(deal, 1.0 - (number + 1) / (view.state.rounds + 1))
            for n, kind in enumerate(odds):
                logs[n] += _evidence(view.scenario, party, kind, table, tuple(first.items()), self.sharpness)
        if view.state.spoken:
            now = hearing(view)
            for n, kind in enumerate(odds):
                logs[n] += now.likelihood(view.scenario, party, kind)
        most = max(logs)
        return dict(zip(odds, shared_out([math.exp(log - most) for log in logs]), strict=True))


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
    scenario: Scenario, party: str, kind: str, table: str, made: tuple[tuple[Deal, float], ...], sharpness: float
) -> float:
    """Return the log likelihood of a type given its offers at a table, each with the share of time then left."""
    values = sketched(scenario, party, kind, table)
    if values is None:
        return 0.0
    there: Table = scenario.tables[table]
    sharpness *= _stakes(scenario, party, kind, table)
    log = 0.0
    for deal, left in made:
        log += sharpness * left * float(values[there.index(deal)]) - _partition(values, sharpness * left)
    return log


def _partition(values: Scores, sharpness: float) -> float:
    """Return the logarithm of the sum of `exp(sharpness * value)`, added up in deal order."""
    total = 0.0
    for value in values.tolist():
        total += math.exp(sharpness * value)
    return math.log(total)


def _stakes(scenario: Scenario, party: str, kind: str, table: str) -> float:
    """Return the share of a sketch's weight that lies at a table."""
    here, total = 0.0, 0.0
    for key, sketch in scenario.sketches[party][kind].items():
        total += sketch.weight
        here += sketch.weight if key.partition(".")[0] == table else 0.0
    return here / total
