"""What onlookers with a model of the others believe of a party while a game is played, against the truth.

An onlooker sees what another party at its tables sees, and does nothing: one game serves all models. The truth is read
here, after the model has answered, and no model ever sees it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from negotiation.actions import Tick
from negotiation.analysis.calibration import FLAT, brier, log_score, order_agreement, weight_error
from negotiation.game import Game
from negotiation.preferences import Scores
from negotiation.strategies.bayes import Bayes
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.frequency import offers_by_party
from negotiation.strategies.parts import Model
from negotiation.table import Table

NOTHING_LEARNT = "nothing learnt"
"""The model to beat: for types the declared odds, for weights even ones."""


class TypeReading(NamedTuple):
    """What a model thinks of the type of a party after a round.

    Attributes
    ----------
    party, plays
        Of whom, and the strategy that plays it.
    round
        From 1; the talks went on after it.
    said, right
        The probability of the likeliest type, and 1 if it was the true one, else 0.
    brier, log
        See `analysis.calibration`.
    """

    party: str
    plays: str
    model: str
    round: int
    said: float
    right: int
    brier: float
    log: float


class WeightReading(NamedTuple):
    """What a model thinks after a round of how much the issues of a table matter to a party.

    Attributes
    ----------
    error, agreement
        Root mean squared error of the weights, and Kendall's τ of their order.
    """

    party: str
    plays: str
    model: str
    table: str
    round: int
    error: float
    agreement: float


class OrderReading(NamedTuple):
    """How sure a model is after a round that one issue of a table matters more to a party than another.

    Attributes
    ----------
    said, right
        The larger probability of the two, and 1 if it was the true one, else 0.
    """

    party: str
    plays: str
    model: str
    table: str
    round: int
    said: float
    right: int


class Onlooker:
    """A game that is watched as it is played.

    Parameters
    ----------
    game
        Before its first act; the onlooker plays it to the end.
    models
        By name.
    watched
        The parties whose weights are guessed; types are guessed of every party that has any.
    rounds
        After which weights are read, from 1; types are read after every round.

    Attributes
    ----------
    types, weights, orders
        What was read; orders of those models that have probabilities of weights.
    """

    def __init__(
        self, game: Game, models: Mapping[str, Model], watched: Sequence[str], rounds: Collection[int] = ()
    ) -> None:
        self.game, self.models, self.watched, self.rounds = game, models, watched, frozenset(rounds)
        self.types: list[TypeReading] = []
        self.weights: list[WeightReading] = []
        self.orders: list[OrderReading] = []

    def play(self) -> Onlooker:
        """Play the game to its end, reading the models after every round but the last one."""
        while self.game.advance():
            if isinstance(self.game.state.events[-1].action, Tick) and self.game.protocol.to_move(self.game.state):
                self._read(self.game.state.round)
        return self

    def _read(self, number: int) -> None:
        scenario = self.game.case.scenario
        for party in scenario.sketches:
            if party in self.game.seated:
                self.types.extend(self._types(party, number))
        if number in self.rounds:
            for party in self.watched:
                for table in self.game.state.sits(party):
                    self.weights.extend(self._weights(party, table, number))
                    self.orders.extend(self._orders(party, table, number))

    def _types(self, party: str, number: int) -> Iterator[TypeReading]:
        view, truth, plays = self.game.view(self._beside(party)), self.game.types[party], self.game.seats[party]
        said = {name: model.beliefs(view).get(party) for name, model in self.models.items()}
        for name, chances in {NOTHING_LEARNT: self.game.case.scenario.odds[party], **said}.items():
            if chances:
                kind = max(chances, key=chances.__getitem__)
                scores = brier(chances, truth), log_score(chances, truth)
                yield TypeReading(party, plays, name, number, chances[kind], int(kind == truth), *scores)

    def _weights(self, party: str, table: str, number: int) -> Iterator[WeightReading]:
        truth = stakes(self.game, party, table)
        if not truth:
            return
        there, view = self.game.case.scenario.tables[table], self.game.view(self._beside(party, table))
        guesses = {NOTHING_LEARNT: (1.0 / len(truth),) * len(truth)}
        for name, model in self.models.items():
            estimate = Evaluation(view, model).estimates(table).get(party)
            if estimate is not None:
                guesses[name] = issue_weights(there, estimate)
        if len(guesses) > 1:
            for name, guess in guesses.items():
                tau = order_agreement(guess, truth)
                if tau is not None:
                    error = weight_error(guess, truth)
                    yield WeightReading(party, self.game.seats[party], name, table, number, error, tau)

    def _orders(self, party: str, table: str, number: int) -> Iterator[OrderReading]:
        there, truth = self.game.case.scenario.tables[table], stakes(self.game, party, table)
        offers = offers_by_party(self.game.view(self._beside(party, table)), table).get(party)
        for name, model in self.models.items():
            if not (isinstance(model, Bayes) and offers and truth):
                continue
            for one, other in combinations(range(len(truth)), 2):
                chance = model.weighs_more(there, offers, one, other)
                if abs(truth[one] - truth[other]) > FLAT and abs(chance - 0.5) > FLAT:
                    right = (chance > 0.5) == (truth[one] > truth[other])
                    said = max(chance, 1.0 - chance)
                    yield OrderReading(party, self.game.seats[party], name, table, number, said, int(right))

    def _beside(self, party: str, table: str = "") -> str:
        """Return who looks on: the next party around the table."""
        seats = self.game.case.scenario.tables[table].seats if table else tuple(self.game.seated)
        return seats[(seats.index(party) + 1) % len(seats)]


def stakes(game: Game, party: str, table: str) -> tuple[float, ...]:
    """Return how much each issue of a table matters to a party, summing to 1: best option less worst; empty if none does."""
    return _shares(game.seated[party].role.preferences.by_option[table])


def issue_weights(table: Table, estimate: Scores) -> tuple[float, ...]:
    """Return how much each issue matters by estimated utilities of the deals, shape (deals,), summing to 1; else even ones.

    The utilities are taken apart into effects of options by least squares; of an issue that constraints tie to another one
    the smallest effects that explain them.
    """
    effects, first, rows = (_inverse(table) @ estimate).tolist(), 0, []
    for issue in table.issues:
        rows.append(effects[first : first + len(issue.options)])
        first += len(issue.options)
    return _shares(rows) or (1.0 / len(rows),) * len(rows)


@lru_cache(maxsize=64)
def _inverse(table: Table) -> Scores:
    """Return the matrix that takes utilities of deals apart into effects of options, shape (options, deals)."""
    columns = [np.eye(len(issue.options))[row] for issue, row in zip(table.issues, table.grid, strict=True)]
    inverse: Scores = np.linalg.pinv(np.concatenate(columns, axis=1), rcond=1e-9)  # the columns of an issue add up to 1
    return inverse


def _shares(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return the differences between the best and worst of each row, divided by their sum; empty if there are none."""
    spans = [max(row) - min(row) for row in rows]
    total = sum(spans)
    return tuple(span / total for span in spans) if total > FLAT else ()
