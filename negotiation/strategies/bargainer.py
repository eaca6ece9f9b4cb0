"""What all our agents do in a turn: take back what has gone bad, sign what is good enough, offer, or let it be."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from negotiation.actions import Accept, Action, Offer, Pass, Vote, Withdraw
from negotiation.dice import Dice
from negotiation.state import Paper
from negotiation.strategies.base import Strategy
from negotiation.strategies.curves import ACCEPT, NO_DEAL, NOTHING, TOLERANCE, Gains, Order, ranking
from negotiation.strategies.desk import Desk
from negotiation.strategies.voting import last_call, vote
from negotiation.strategies.words import offering, signing
from negotiation.table import Deal
from negotiation.view import View


class Bargainer(Strategy):
    """A negotiator that weighs deals by their gain; subclasses give the rule of one table.

    Never offers or signs below its floor: leaving the tables concerned unsigned. A deal that clears the floor
    only together with a deal at a linked table is offered with it, on one paper.
    """

    @abstractmethod
    def rule(self, gains: Gains, order: Order, standing: int, time: float, dice: Dice) -> int:
        """`ACCEPT`, `NOTHING` or the deal to bid at one table; see `curves`."""

    @abstractmethod
    def wanted(self, best: float, time: float) -> float:
        """The gain asked for when `best` is the largest reachable one."""

    def temper(self, time: float) -> float:
        """The points of a loss that I may vote for all the same, see `voting`; 0 for a hill climber."""
        return 0.0

    def decide(self, view: View, dice: Dice) -> Action:
        """Vote; or withdraw what is below the floor, else sign the best paper that will do, else offer, else pass."""
        if Vote in view.allowed:
            return vote(view, self.temper(view.time), dice)
        desk = Desk(view)
        alternating = view.state.one_paper
        tables = view.due[:1] if alternating else view.due
        if Withdraw in view.allowed and (regret := self._regret(desk)):
            return Withdraw(regret.id)
        if Accept in view.allowed and (paper := last_call(view, desk) or self._to_sign(desk, tables, dice)):
            return Accept(paper.id, signing(view, paper))
        if Offer in view.allowed:
            for table in tables:
                if (view.me, table) not in view.state.acted and (deals := self._bid(desk, table, dice)):
                    return Offer(deals, offering(view, deals))
        return Pass(tables[0]) if alternating and tables else Pass()

    def aims(self, view: View) -> dict[str, float]:
        """By open table of mine, the gain asked for now."""
        desk = Desk(view)
        return {table: self._wanted(desk, table) for table in view.state.sits(view.me)}

    def _wanted(self, desk: Desk, table: str) -> float:
        return self.wanted(desk.best(table), desk.view.time)

    def _regret(self, desk: Desk) -> Paper | None:
        """The first paper I have signed that has fallen below my floor since."""
        me, state = desk.view.me, desk.state
        for paper in state.papers.values():
            mine = me in paper.signed and not any((me, table) in state.acted for table in paper.deals)
            if mine and desk.gain(paper.deals) < -TOLERANCE:
                return paper
        return None

    def _to_sign(self, desk: Desk, tables: tuple[str, ...], dice: Dice) -> Paper | None:
        """The best paper that my rule signs; of equals the oldest."""
        best: tuple[float, Paper] | None = None
        for paper in desk.papers():
            better = best is None or desk.gain(paper.deals) > best[0]
            if better and any(table in tables for table in paper.deals) and self._will_do(desk, paper, dice):
                best = desk.gain(paper.deals), paper
        return best[1] if best else None

    def _will_do(self, desk: Desk, paper: Paper, dice: Dice) -> bool:
        if len(paper.deals) == 1:
            (name, deal), *_ = paper.deals.items()
            standing = desk.state.scenario.tables[name].index(deal)
            return self.rule(desk.gains(name), desk.order(name), standing, desk.view.time, dice) == ACCEPT
        mine = desk.state.sits(desk.view.me)
        asked = 0.0
        for name in paper.deals:
            if name in mine:
                asked += self._wanted(desk, name)
        return desk.gain(paper.deals) >= asked - TOLERANCE

    def _bid(self, desk: Desk, table: str, dice: Dice) -> Mapping[str, Deal] | None:
        """The deals to offer at a table, alone or with a linked one; None to leave what lies there."""
        there = desk.state.scenario.tables[table]
        bid = self.rule(desk.gains(table), desk.order(table), NO_DEAL, desk.view.time, dice)
        alone = None if bid == NOTHING else {table: there.deal(bid)}
        deals = alone if desk.state.one_paper else self._package(desk, table, dice) or alone
        if deals is None:
            return None
        mine = (p for p in desk.state.papers.values() if p.author == desk.view.me)
        return None if any(paper.deals == deals for paper in mine) else deals

    def _package(self, desk: Desk, table: str, dice: Dice) -> Mapping[str, Deal] | None:
        """A deal that clears the floor only with one at a linked table, with it; None if alone does as well."""
        alone, possible = desk.gains(table), desk.possible(table)
        best = float(alone[possible].max(initial=0.0))
        for other in desk.linked(table):
            partner = desk.state.scenario.tables[other]
            pick = self.rule(desk.gains(other), desk.order(other), NO_DEAL, desk.view.time, dice)
            if pick == NOTHING:
                continue
            deal = partner.deal(pick)
            gains = desk.gains_with(table, other, deal)
            order = ranking(gains, desk.possible_with(table, other, deal))
            if not len(order) or gains[order[-1]] <= best + TOLERANCE:
                continue
            bid = self.rule(gains, order, NO_DEAL, desk.view.time, dice)
            if bid == NOTHING or (possible[bid] and alone[bid] >= -TOLERANCE):
                continue
            deals = {table: desk.state.scenario.tables[table].deal(bid), other: deal}
            if desk.gain(deals) >= -TOLERANCE:
                return deals
        return None
