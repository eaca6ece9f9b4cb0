"""NegMAS negotiators at our tables: `--seat anna=negmas:MiCRONegotiator`; needs the optional extra `negmas`.

The negotiator sits in a real NegMAS session whose other seats are puppets that repeat what our log says, so that it is
told, asked and timed by NegMAS itself. The session runs in a greenlet that pauses whenever a puppet is to act. Only the
public interface of NegMAS is used, and it is imported when a game needs it.
"""

from __future__ import annotations

import importlib
import inspect
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from negotiation.actions import CLOCK, Accept, Action, Event, Offer, Pass, Walk
from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.preferences import Preferences
from negotiation.scenario import Scenario
from negotiation.strategies.base import Strategy
from negotiation.table import Table
from negotiation.view import View

HOMES = ("negmas.sao.negotiators", "negmas_genius_agents")
"""Modules where a class is looked for that is named without its module."""


@dataclass(frozen=True)
class NegmasSeat(Strategy):
    """A negotiator of NegMAS, by class name (`MiCRONegotiator`) or by module and class (`package.module.Class`).

    It plays one table that all parties must sign, under `alternating`, with its utilities on the 0..1 scale. A pass of
    another party reaches it as a rejection without an offer. Delay and discounts are not told to it. It may remember
    what it likes: its session is kept, and made again from the log whenever the log is not the one it has seen.
    """

    about: ClassVar[str] = "a negotiator of NegMAS"
    kind: str = ""
    _kept: dict[str, Session] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Raise `SetupError` unless NegMAS has a negotiator of this kind."""
        _class(self.kind)

    def unfit(self, scenario: Scenario, protocol: str) -> str | None:
        """Return why it cannot play here, unless there is one table that all sign in turn, every deal allowed."""
        table = next(iter(scenario.tables.values()))
        if protocol != "alternating":
            return "it knows only the protocol alternating"
        if len(scenario.tables) > 1:
            return f"it knows only one table, this case has {len(scenario.tables)}"
        if set(table.signers.always) != set(scenario.parties):
            return "it knows only deals that all parties must sign"
        if table.forbidden or table.unsigned:
            return "it knows neither forbidden deals nor options in force while nothing is signed"
        return None

    def decide(self, view: View, dice: Dice) -> Action:
        """Return the negotiator's act in its NegMAS session at this point of the log."""
        session = self._kept.pop(view.me, None)
        if session is None or not session.fits(view, dice):
            session = Session(self.kind, view, dice)
        action = session.action(view)
        self._kept[view.me] = session
        return action


class Session:
    """One NegMAS session with one negotiator and puppets, fed from our log."""

    def __init__(self, kind: str, view: View, dice: Dice) -> None:
        from greenlet import greenlet

        self.kind, self.me, self.preferences = kind, view.me, view.preferences
        self.table = next(iter(view.scenario.tables.values()))
        self.rounds, self.thread, self.seed = view.state.rounds, threading.get_ident(), dice.at(0).bits()
        self.seen: tuple[Event, ...] = ()
        self.mine: list[Action] = []
        self.acts = 0
        self.chance = _seeded(self.seed)
        self.run = greenlet(self._play)
        self._go_on()

    def fits(self, view: View, dice: Dice) -> bool:
        """Return whether this is the session of this game, with nothing in it that the log does not say."""
        return (
            view.preferences is self.preferences
            and view.state.rounds == self.rounds
            and threading.get_ident() == self.thread
            and dice.at(0).bits() == self.seed
            and view.state.events[: len(self.seen)] == self.seen
        )

    def action(self, view: View) -> Action:
        """Return the negotiator's act after all that the log says."""
        log = view.state.events
        for event in log[len(self.seen) :]:
            if event.party == self.me and not event.action.talk:
                self._same(event.action)
            elif event.party != CLOCK and not event.action.talk:
                self._go_on(_said(event.action, log, self.table))
        self.seen = log
        action = self.mine[self.acts] if self.acts < len(self.mine) else Walk(self.table.name)
        if not isinstance(action, Accept):
            return action
        paper = view.state.at(self.table.name)[-1]
        return Pass(self.table.name) if self.me in paper.signed else Accept(paper.id)

    def _same(self, logged: Action) -> None:
        """Note an own act in the log, which must be the one the negotiator has done here."""
        ours = self.mine[self.acts] if self.acts < len(self.mine) else Walk(self.table.name)
        self.acts += 1
        if isinstance(ours, Accept) and isinstance(logged, Pass):
            return  # of a paper that it had signed before
        if type(ours) is not type(logged) or (isinstance(ours, Offer) and ours.deals != getattr(logged, "deals", None)):
            raise SetupError(
                f"{self.me}: negmas:{self.kind} does not repeat act {self.acts} of this log: it holds "
                f"{logged.kind}, the negotiator now does {ours.kind} or another deal"
            )

    def _go_on(self, *response: object) -> None:
        """Let the session run until the next puppet is to act, on random numbers of its own."""
        if self.run.dead:
            return
        outside = random.getstate(), np.random.get_state()  # noqa: NPY002  NegMAS draws from these
        try:
            _set(self.chance)
            self.run.switch(*response)
            self.chance = random.getstate(), np.random.get_state()  # noqa: NPY002
        finally:
            _set(outside)

    def _play(self) -> None:
        mechanism = self._mechanism(tuple(self.preferences.scenario.parties))
        _set(_seeded(self.seed))
        mechanism.run()

    def _mechanism(self, parties: tuple[str, ...]) -> Any:
        from negmas.sao import SAOMechanism

        issues = _issues(self.table)
        mechanism = SAOMechanism(issues=issues, n_steps=self.rounds, end_on_no_response=False)
        player = _class(self.kind)(name=self.me)
        watched = False
        for party in parties:
            if party == self.me:
                mechanism.add(player, preferences=_utility(self.preferences, self.table, issues))
            else:
                mechanism.add(_puppet()(party, self, None if watched else player))
                watched = True
        return mechanism

    def offered(self, outcome: tuple[str, ...]) -> None:
        """Note that the negotiator has made an offer."""
        deal = tuple(issue.number(str(value)) for issue, value in zip(self.table.issues, outcome, strict=True))
        self.mine.append(Offer({self.table.name: deal}))

    def answered(self, *, accepts: bool) -> None:
        """Note that the negotiator has accepted the standing offer, or ended the talks."""
        self.mine.append(Accept(-1) if accepts else Walk(self.table.name))


@lru_cache(maxsize=1)
def _puppet() -> Callable[..., object]:
    """Return the class of the seats that repeat our log, of which one passes on the negotiator's acts."""
    from negmas.sao import ResponseType, SAONegotiator, SAOResponse

    class Puppet(SAONegotiator):  # type: ignore[misc]
        def __init__(self, party: str, session: Session, watches: Any) -> None:
            super().__init__(name=party)
            self.session, self.watches = session, watches

        def __call__(self, state: Any, dest: str | None = None) -> Any:
            accepts, outcome = self.session.run.parent.switch()
            if accepts and state.current_offer is not None:
                return SAOResponse(ResponseType.ACCEPT_OFFER, state.current_offer)
            return SAOResponse(ResponseType.REJECT_OFFER, outcome)

        def on_partner_proposal(self, state: object, partner_id: str, offer: tuple[str, ...] | None) -> None:
            if self.watches is not None and partner_id == self.watches.id and offer is not None:
                self.session.offered(offer)

        def on_partner_response(self, state: object, partner_id: str, outcome: object, response: object) -> None:
            watched = self.watches is not None and partner_id == self.watches.id
            if watched and response in (ResponseType.ACCEPT_OFFER, ResponseType.END_NEGOTIATION):
                self.session.answered(accepts=response == ResponseType.ACCEPT_OFFER)

    return Puppet


def _said(action: Action, log: tuple[Event, ...], table: Table) -> tuple[bool, tuple[str, ...] | None]:
    """Return what a puppet does for an act of our log: whether it accepts, and the deal (None for a pass).

    The deal signed matters after a pass: NegMAS has dropped the offer then, and the puppet makes it anew.
    """
    accepts = isinstance(action, Accept)
    source = log[action.paper].action if isinstance(action, Accept) else action
    deal = tuple(table.name_of(source.deals[table.name]).values()) if isinstance(source, Offer) else None
    return accepts, deal


def _issues(table: Table) -> list[object]:
    from negmas import make_issue

    return [make_issue(values=list(issue.options), name=issue.name) for issue in table.issues]


def _utility(preferences: Preferences, table: Table, issues: list[object]) -> object:
    """Return a score sheet as a NegMAS utility function from 0 to 1; weights and shares on that scale stay as they are.

    With links inside the table (such as those of a utility that is cut off at 1) it lists the utility of every deal.
    """
    from negmas.preferences import LinearAdditiveUtilityFunction, MappingUtilityFunction
    from negmas.preferences.value_fun import TableFun

    weights, values, scale = [], [], 1.0
    for issue in table.issues:
        sheet = preferences.sheets.get(f"{table.name}.{issue.name}")
        scale = sheet.whole if sheet else scale
        weights.append(sheet.weight / sheet.whole if sheet else 0.0)
        shares = [share / sheet.whole for share in sheet.shares] if sheet else [0.0] * len(issue.options)
        values.append(TableFun(dict(zip(issue.options, shares, strict=True))))
    reserved = float(preferences.points[table.name][-1]) / scale
    if preferences.links or preferences.totals:
        points = (preferences.given(table.name, {}) / scale).tolist()
        worth = {tuple(table.name_of(deal).values()): points[n] for n, deal in enumerate(table.deals)}
        return MappingUtilityFunction(worth, issues=issues, reserved_value=points[-1])
    return LinearAdditiveUtilityFunction(values=values, weights=weights, issues=issues, reserved_value=reserved)


def _class(text: str) -> Callable[..., object]:
    """Return the NegMAS negotiator class with this name."""
    try:
        negotiator = importlib.import_module("negmas.gb").GBNegotiator
        importlib.import_module("greenlet")
    except ImportError:
        raise SetupError(f"negmas:{text}: needs NegMAS; pip install 'alliance-negotiation[negmas]'") from None
    home, _, name = text.rpartition(".")
    for module in [home] if home else HOMES:
        try:
            kind = getattr(importlib.import_module(module), name, None)
        except ImportError as problem:
            if home:
                raise SetupError(f"negmas:{text}: {problem}") from None
            continue
        if inspect.isclass(kind) and issubclass(kind, negotiator):
            return kind
    raise SetupError(f"negmas:{text}: no negotiator of that name in {home or ' or '.join(HOMES)}")


def _seeded(seed: int) -> tuple[Any, Any]:
    """Return fresh states of Python's and NumPy's global random numbers."""
    return random.Random(seed).getstate(), np.random.RandomState(seed % 2**32).get_state()  # noqa: S311


def _set(chance: tuple[Any, Any]) -> None:
    random.setstate(chance[0])
    np.random.set_state(chance[1])  # noqa: NPY002
