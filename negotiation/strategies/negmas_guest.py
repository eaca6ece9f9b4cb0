"""Our strategies in NegMAS sessions: `negmas_negotiator("boulware:exponent=2")` is a class that a mechanism takes.

The way back over the bridge: what NegMAS tells the negotiator becomes a log of ours, and the strategy decides on that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

from negotiation.actions import CLOCK, Accept, Action, Offer, Pass, Tick, Walk
from negotiation.case import BASE, Role
from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.preferences import Preferences, Sheet
from negotiation.protocols.alternating import Alternating
from negotiation.scenario import Party, Scenario
from negotiation.state import State
from negotiation.strategies.base import Strategy
from negotiation.strategies.decision_rules import TOLERANCE
from negotiation.table import Deal, Issue, Signers, Table
from negotiation.view import view

TABLE = "contract"

Outcome: TypeAlias = tuple[object, ...]
"""A deal as NegMAS has it: a value of each issue, whatever it is."""


def negmas_negotiator(text: str, seed: int = 0) -> Any:
    """Return a class of NegMAS negotiators (`SAONegotiator`) that play our strategy `text`, with dice from `seed`.

    They need a session with a number of rounds, and a linear additive utility function over discrete issues.

    Raises
    ------
    SetupError
        When there is no such strategy; and when a session begins, if it is not of that kind.
    """
    from negmas.sao import ResponseType, SAONegotiator

    from negotiation.strategies.naming import strategy

    strategy(text)

    class Guest(SAONegotiator):  # type: ignore[misc]
        def on_negotiation_start(self, state: object) -> None:
            super().on_negotiation_start(state)
            self.game: Game | None = None
            self.act: Action | None = None
            self.heard: dict[str, Outcome] = {}

        def on_partner_proposal(self, state: object, partner_id: str, offer: Outcome) -> None:
            super().on_partner_proposal(state, partner_id, offer)
            self.heard[partner_id] = offer

        def respond(self, state: object, source: str | None = None) -> object:
            self.act = self._decide()
            if isinstance(self.act, Accept):
                return ResponseType.ACCEPT_OFFER
            return ResponseType.END_NEGOTIATION if isinstance(self.act, Walk) else ResponseType.REJECT_OFFER

        def propose(self, state: object, dest: str | None = None) -> Outcome | None:
            action, self.act = self.act or self._decide(), None
            return self.game.outcome(action) if self.game else None

        def _decide(self) -> Action:
            game = self.game = self.game or Game(strategy(text), seed, self.nmi, self.id, self.ufun)
            return game.decide(self.heard)

    return Guest


class Game:
    """One NegMAS session as a game of ours, seen from one seat."""

    def __init__(self, player: Strategy, seed: int, nmi: Any, me: str, ufun: Any) -> None:
        if not isinstance(nmi.n_steps, int):
            raise SetupError("our strategies need a session with a number of rounds (n_steps)")
        self.player, self.seed = player, seed
        self.names = {number: f"p{n}" for n, number in enumerate(nmi.negotiator_ids)}
        self.me = self.names[me]
        self.values = [list(issue.all) for issue in nmi.outcome_space.issues]
        issues = (Issue(f"i{k}", str(k), _names(v), tuple(map(str, v))) for k, v in enumerate(self.values))
        self.table = Table(TABLE, "Contract", tuple(issues), Signers(tuple(self.names.values())))
        parties = {name: Party(name, name) for name in self.names.values()}
        scenario = Scenario("negmas", "NegMAS", parties, {TABLE: self.table}, nmi.n_steps)
        self.role = Role(BASE, _preferences(scenario, self.me, self.values, ufun))
        self.protocol = Alternating()
        self.state: State = self.protocol.opening(scenario)
        self.last: Deal | None = None

    def decide(self, heard: dict[str, Outcome]) -> Action:
        """Return the strategy's act, once the others' acts since are in the log; empties `heard`, their offers."""
        self._catch_up(heard)
        seat = tuple(self.state.scenario.parties).index(self.me)
        dice = Dice(self.seed, seat, self.state.turns.get(self.me, 0))
        action = self.player.decide(view(self.protocol, self.state, self.me, self.role), dice)
        self.state = self.protocol.submit(self.state, self.me, action)
        if isinstance(action, Offer):
            self.last = action.deals[TABLE]
        return action

    def _catch_up(self, heard: dict[str, Outcome]) -> None:
        """Log the others' acts: NegMAS gives their offers; a party without one has accepted what lay there."""
        offers = {self.names[number]: offer for number, offer in heard.items()}
        heard.clear()
        while (mover := self.protocol.to_move(self.state)[0]) != self.me:
            paper = next(iter(self.state.at(TABLE)), None)
            act: Action = Pass(TABLE)
            if mover == CLOCK:
                act = Tick()
            elif offers.get(mover) is not None:
                act = Offer({TABLE: self._deal(offers.pop(mover))})
            elif paper and paper.lacks > 1 and mover not in paper.signed:
                act = Accept(paper.id)
            self.state = self.protocol.submit(self.state, mover, act)

    def _deal(self, outcome: Outcome) -> Deal:
        return tuple(values.index(value) for values, value in zip(self.values, outcome, strict=True))

    def outcome(self, action: Action) -> Outcome | None:
        """Return the outcome offered; after a pass the last one again, as NegMAS has no pass; None for none."""
        deal = action.deals[TABLE] if isinstance(action, Offer) else self.last
        if deal is None or isinstance(action, Walk):
            return None
        return tuple(values[option] for values, option in zip(self.values, deal, strict=True))


def _names(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(f"v{n}" for n in range(len(values)))


def _preferences(scenario: Scenario, party: str, values: Sequence[Sequence[object]], ufun: Any) -> Preferences:
    """Return the utility function as a score sheet, numbers unchanged; a reserved value of -inf is the worst."""
    from negmas.preferences import LinearAdditiveUtilityFunction

    if not isinstance(ufun, LinearAdditiveUtilityFunction):
        raise SetupError(f"our strategies need a linear additive utility function, not {type(ufun).__name__}")
    sheets = {
        f"{TABLE}.i{k}": Sheet(float(ufun.weights[k]), tuple(float(ufun.values[k](v)) for v in there), 1.0)
        for k, there in enumerate(values)
    }
    bare, first = Preferences(scenario, party, sheets), tuple(there[0] for there in values)
    bias = float(ufun(first)) - float(bare.points[TABLE][0])
    reserved = float(ufun.reserved_value) - (bias if abs(bias) > TOLERANCE else 0.0)
    if not math.isfinite(reserved):
        reserved = float(bare.points[TABLE][:-1].min())
    return Preferences(scenario, party, sheets, {TABLE: reserved})
