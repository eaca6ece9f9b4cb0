"""A turn of the bundled agents: withdraw a paper that became a loss, sign one that is good enough, offer, or pass."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, get_args

from negotiation.actions import Accept, Action, Offer, Pass, Say, Vote, Withdraw
from negotiation.dice import Dice
from negotiation.errors import unknown
from negotiation.preferences import Scores
from negotiation.state import Paper
from negotiation.strategies.base import Strategy
from negotiation.strategies.conversation import answer, of_its_own, with_offer, with_signature
from negotiation.strategies.decision_rules import NOTHING, TOLERANCE
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.packages import package
from negotiation.strategies.parts import Acceptance, Beliefs, Bidding, Model
from negotiation.strategies.voting import vote
from negotiation.table import Deal
from negotiation.talk.answers import Candour
from negotiation.talk.trust import trust
from negotiation.view import View

FIRST_PRIDE = -2
"""The turn whose dice decide at the first table whether too small a share is signed at the end; at others those before it."""


@dataclass(frozen=True)
class Bargainer(Strategy):
    """A negotiator that weighs deals by their gain: bidding × model of the others × acceptance.

    Never offers or signs below its floor: leaving the tables concerned unsigned, with the delay that a signature adds. A deal that clears the floor
    only together with a deal at a linked table is offered with it, on one paper. In the last round, when nothing
    else is left to do, it signs what is no loss rather than leave a table unsigned.
    """

    yields: ClassVar[bool] = True
    """Whether it takes what is no loss when the talks are about to end."""

    candour: Candour = field(default="guarded", kw_only=True)
    """How it speaks, where agents speak."""

    def __post_init__(self) -> None:
        """Raise `ValueError` if it speaks in a way that nobody knows."""
        if self.candour not in get_args(Candour):
            raise ValueError(unknown("candour", self.candour, get_args(Candour)))

    @property
    @abstractmethod
    def bidding(self) -> Bidding:
        """Return the bidding: what to ask for and to put forward."""

    @property
    @abstractmethod
    def model(self) -> Model:
        """Return the model of what the others want."""

    @property
    @abstractmethod
    def accept(self) -> Acceptance:
        """Return the acceptance: how much a paper must gain to be signed."""

    def temper(self, time: float) -> float:
        """Return the points of a loss that I may still vote for, see `voting`; 0 for a hill climber."""
        return 0.0

    def decide(self, view: View, dice: Dice) -> Action:
        """Return a vote; or a withdrawal from below the floor, else a signature, else an offer, else a pass."""
        if Vote in view.allowed:
            return vote(view, self.temper(view.time), dice)
        evaluation = Evaluation(view, self.model, dice)
        alternating = view.state.one_paper
        tables = view.due[:1] if alternating else view.due
        if Withdraw in view.allowed and (regret := self._regret(evaluation)):
            return Withdraw(regret.id)
        if Accept in view.allowed and (paper := self._to_sign(evaluation, tables)):
            return Accept(paper.id, with_signature(view, paper, dice))
        if Offer in view.allowed and not (alternating and self._last_call(evaluation, tables)):
            for table in tables:
                if (view.me, table) not in view.state.acted and (deals := self._bid(evaluation, table)):
                    return Offer(deals, with_offer(evaluation, deals, dice))
        if (
            Accept in view.allowed
            and (paper := self._last_call(evaluation, tables))
            and self._deigns(evaluation, paper, dice)
        ):
            return Accept(paper.id, with_signature(view, paper, dice))
        return Pass(tables[0]) if alternating and tables else Pass()

    def speak(self, view: View, asked: tuple[int, ...], dice: Dice) -> Say | None:
        """Return an answer to what was said or offered, or a word of its own."""
        evaluation = Evaluation(view, self.model)
        if not asked:
            return of_its_own(evaluation, dice)
        return answer(evaluation, self._aims(evaluation), self.candour, asked, dice)

    def aims(self, view: View) -> dict[str, float]:
        """Return the gain at which it would sign now, by open table of mine."""
        return self._aims(Evaluation(view, self.model))

    def _aims(self, evaluation: Evaluation) -> dict[str, float]:
        tables = evaluation.state.sits(evaluation.view.me)
        return {table: max(self._plan(evaluation, table)[0], evaluation.delay) for table in tables}

    def beliefs(self, view: View) -> Beliefs:
        """Return its beliefs about the others' types."""
        return self.model.beliefs(view)

    def estimates(self, view: View, table: str) -> Mapping[str, Scores]:
        """Return what its model thinks the deals of a table are worth to the others, who said what taken into account."""
        return Evaluation(view, self.model).estimates(table)

    def trust(self, view: View) -> Mapping[str, float]:
        """Return the trust in those who have said something, by what they offer, sign and keep."""
        return trust(view.state, view.me)

    def _plan(self, evaluation: Evaluation, table: str) -> tuple[float, int]:
        """Return the gain at which it signs, and the deal it would bid."""
        plan = evaluation.plans.get(table)
        if plan is None:
            position = evaluation.position(table)
            bid = self.bidding.bid(position)
            plan = evaluation.plans[table] = self.accept.least(position, self.bidding.level(position), bid), bid
        return plan

    def _regret(self, evaluation: Evaluation) -> Paper | None:
        """Return the first paper I have signed that has fallen below my floor since."""
        me, state = evaluation.view.me, evaluation.state
        for paper in state.papers.values():
            mine = me in paper.signed and not any((me, table) in state.acted for table in paper.deals)
            if mine and evaluation.worth(paper) < evaluation.delay - TOLERANCE:
                return paper
        return None

    def _to_sign(self, evaluation: Evaluation, tables: tuple[str, ...]) -> Paper | None:
        """Return the best paper that gains what I ask for, over all its tables where I sit; of equals the oldest."""
        best: tuple[float, Paper] | None = None
        mine = evaluation.state.sits(evaluation.view.me)
        for paper in evaluation.papers:
            gain = evaluation.worth(paper)
            if (
                gain < evaluation.delay - TOLERANCE
                or (best and gain <= best[0])
                or not any(table in tables for table in paper.deals)
            ):
                continue
            if self._may_be_outbid(evaluation, paper):
                continue
            asked = 0.0
            for name in paper.deals:
                if name in mine:
                    asked += self._plan(evaluation, name)[0]
            if gain >= asked - TOLERANCE:
                best = gain, paper
        return best[1] if best else None

    def _may_be_outbid(self, evaluation: Evaluation, paper: Paper) -> bool:
        """Return whether to give rivals a round to better a paper that came in this one."""
        fresh = paper.round == evaluation.state.round and paper.round + 1 < evaluation.state.rounds
        return fresh and any(evaluation.rivalled(table) for table in paper.deals)

    def _last_call(self, evaluation: Evaluation, tables: tuple[str, ...]) -> Paper | None:
        """Return the best paper that is no loss in the last round, if it yields or cannot offer; else None."""
        yields = self.yields or Offer not in evaluation.view.allowed
        if not yields or evaluation.state.round + 1 < evaluation.state.rounds:
            return None
        best: tuple[float, Paper] | None = None
        for paper in evaluation.papers:
            gain = evaluation.worth(paper)
            here = any(table in tables for table in paper.deals)
            if here and gain >= evaluation.delay - TOLERANCE and (best is None or gain > best[0]):
                best = gain, paper
        return best[1] if best else None

    def _deigns(self, evaluation: Evaluation, paper: Paper, dice: Dice) -> bool:
        """Return whether to sign a paper at the end: if it gains less than pride asks for, by chance, one draw a table and game."""
        names, here = list(evaluation.state.scenario.tables), evaluation.state.sits(evaluation.view.me)
        mine = [name for name in paper.deals if name in here]
        asked = sum(self.bidding.pride(evaluation.position(name)) for name in mine)
        enough = evaluation.worth(paper) + TOLERANCE
        if asked <= enough:
            return True
        return max(dice.at(FIRST_PRIDE - names.index(name)).uniform() for name in mine) * asked <= enough

    def _bid(self, evaluation: Evaluation, table: str) -> Mapping[str, Deal] | None:
        """Return the deals to offer at a table, alone or with a linked one; None to leave what lies there."""
        there = evaluation.state.scenario.tables[table]
        bid = self._plan(evaluation, table)[1]
        alone = None if bid == NOTHING else {table: there.deal(bid)}
        deals = alone if evaluation.state.one_paper else package(evaluation, self.bidding, table) or alone
        if deals is None:
            return None
        mine = (p for p in evaluation.state.papers.values() if p.author == evaluation.view.me)
        return None if any(paper.deals == deals for paper in mine) else deals
