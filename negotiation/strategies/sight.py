"""What a policy sees of the talks, as numbers, and its choices as acts: from the view of one party, and nothing else."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from negotiation.actions import Accept, Action, Offer, Pass, Withdraw
from negotiation.preferences import Preferences
from negotiation.protocols.base import ACTS_PER_ROUND
from negotiation.state import Paper
from negotiation.strategies.decision_rules import lowest, share_of_best
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.menu import HEAD, LEVELS, MOST_SEEN, PASS, PER_PAPER, PER_TABLE, Menu
from negotiation.view import View


def scale_of(preferences: Preferences) -> float:
    """Return the points that a sheet puts at stake, by which gains are divided to be seen."""
    return sum(sheet.weight for sheet in preferences.sheets.values()) or 1.0


class Sight:
    """The talks as one party sees them.

    Seen are, in this order: relative time, whether this is the last round, what a signature costs in delay, and what is
    gained so far; which party one is; of every table whether one sits there, may act there, has acted there in this round,
    whether it is settled, and the best gain there; of every party's paper at every table whether there is one, its gain,
    whether one could sign it, how many signatures it lacks, whether one has signed it, and whether it is of this round. A
    paper at two tables stands at the first. Gains are shares of `scale_of`.
    """

    def __init__(self, view: View, menu: Menu) -> None:
        self.view, self.state, self.menu = view, view.state, menu
        self._evaluation = Evaluation(view)
        self._parties, self._tables = list(view.scenario.parties), list(view.scenario.tables)
        self._due = set(view.due[:1] if self.state.one_paper else view.due)

    @cached_property
    def _places(self) -> dict[int, Paper]:
        """Return the live papers by table and author, as one number."""
        return {
            self._tables.index(self._first(paper)) * len(self._parties) + self._parties.index(paper.author): paper
            for paper in self.state.papers.values()
            if paper.author in self._parties
        }

    @staticmethod
    def _first(paper: Paper) -> str:
        return next(iter(paper.deals))

    def _acted(self, table: str) -> bool:
        return (self.view.me, table) in self.state.acted

    @property
    def observation(self) -> npt.NDArray[np.float32]:
        """Return what is seen, shape (menu.seen,)."""
        view, state, parties = self.view, self.state, len(self._parties)
        scale, sits = scale_of(view.preferences), state.sits(view.me)
        seen = np.zeros(self.menu.seen)
        signed = view.preferences.score(state.outcome) - view.preferences.score({})
        last = state.round + 1 == state.rounds
        seen[:HEAD] = view.time, last, self._evaluation.delay / scale, signed / scale
        seen[HEAD + self._parties.index(view.me)] = 1.0
        for n, table in enumerate(self._tables):
            best = self._best(table) / scale if table in sits else 0.0
            at = HEAD + parties + PER_TABLE * n
            seen[at : at + PER_TABLE] = (
                table in sits,
                table in self._due,
                self._acted(table),
                table not in state.open,
                best,
            )
        for place, paper in self._places.items():
            at = HEAD + parties + PER_TABLE * len(self._tables) + PER_PAPER * place
            seen[at : at + PER_PAPER] = (
                1.0,
                self._evaluation.worth(paper) / scale,
                state.signable(view.me, paper),
                paper.lacks / parties,
                view.me in paper.signed,
                paper.round == state.round,
            )
        return np.clip(seen, -MOST_SEEN, MOST_SEEN).astype(np.float32)

    def _best(self, table: str) -> float:
        order = self._evaluation.order(table)
        return float(self._evaluation.gains(table)[order[-1]]) if len(order) else -1.0

    @property
    def allowed(self) -> npt.NDArray[np.int8]:
        """Return which choices there are now, shape (menu.choices,)."""
        allowed = np.zeros(self.menu.choices, dtype=np.int8)
        allowed[PASS] = 1
        if not self._due or (not self.state.one_paper and self.state.acts(self.view.me) >= ACTS_PER_ROUND):
            return allowed
        me, pairs = self.view.me, self.menu.pairs
        for place, paper in self._places.items():
            mine = paper.author == me or me in paper.signed
            allowed[1 + place] = self.state.signable(me, paper) and not self._due.isdisjoint(paper.deals)
            allowed[1 + pairs + place] = (
                mine and not self.state.one_paper and not any(self._acted(table) for table in paper.deals)
            )
        first, number = 1 + 2 * pairs, 1 + 2 * pairs + LEVELS * len(self._tables)
        for n, table in enumerate(self._tables):
            size = self.view.scenario.tables[table].size
            if table in self._due and not self._acted(table):
                allowed[first + LEVELS * n : first + LEVELS * (n + 1)] = self._best(table) >= 0.0
                if self.menu.deals:
                    allowed[number : number + size] = self._evaluation.possible(table)
            number += size + 1
        return allowed

    def act(self, choice: int) -> Action:
        """Return the act that a choice, which must be allowed, stands for."""
        pairs = self.menu.pairs
        if choice == PASS:
            return Pass(*self._due) if self.state.one_paper else Pass()
        if choice <= 2 * pairs:
            paper = self._places[(choice - 1) % pairs].id
            return Accept(paper) if choice <= pairs else Withdraw(paper)
        number = choice - 1 - 2 * pairs
        if number < LEVELS * len(self._tables):
            table = self._tables[number // LEVELS]
            return self._offer(table, self._at_level(table, (number % LEVELS + 1) / LEVELS))
        number -= LEVELS * len(self._tables)
        starts = np.cumsum([0, *(self.view.scenario.tables[table].size + 1 for table in self._tables)])
        n = int(np.searchsorted(starts, number, side="right")) - 1
        return self._offer(self._tables[n], number - int(starts[n]))

    def _at_level(self, table: str, share: float) -> int:
        return lowest(
            self._evaluation.gains(table), self._evaluation.order(table), share_of_best(self._best(table), share)
        )

    def _offer(self, table: str, deal: int) -> Offer:
        return Offer({table: self.view.scenario.tables[table].deal(deal)})
