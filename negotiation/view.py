"""The view of one party; strategies and screens get this and nothing else: the only door to secrets."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from negotiation.actions import SEALED, Action, Event, Say, Vote
from negotiation.case import Role
from negotiation.preferences import Preferences
from negotiation.protocols import Protocol
from negotiation.scenario import Announcement, Scenario
from negotiation.state import State


@dataclass(frozen=True, slots=True)
class View:
    """The negotiation through the eyes of one party.

    Attributes
    ----------
    me, role
        The party, and its own private role: sheet, brief and type.
    state
        The papers and the log, all of it public; of votes that are still sealed only that they were cast,
        of what others say in private only that they spoke.
    allowed, due
        The kinds of act open to me now, and the tables at which; empty when it is not my turn.
    talk
        The language in which agents speak; empty where they are silent.
    """

    me: str
    role: Role
    state: State
    allowed: tuple[type[Action], ...]
    due: tuple[str, ...]
    talk: str = ""

    def told(self, language: str) -> View:
        """Return the view with the texts of its case in a language, for people; agents know a case as it is."""
        return replace(self, role=self.role.told(language), state=self.state.told(language))

    @property
    def preferences(self) -> Preferences:
        """Return my own score sheet."""
        return self.role.preferences

    @property
    def scenario(self) -> Scenario:
        """Return the public half of the case."""
        return self.state.scenario

    @property
    def news(self) -> tuple[Announcement, ...]:
        """Return the dates that all knew in advance and that have come; for all that people read see `headlines`."""
        return tuple(item for item in self.scenario.announcements if item.round <= self.state.round + 1)

    @property
    def time(self) -> float:
        """Return relative time of the running round, in (0, 1]."""
        return self.state.time


def sealed(state: State, party: str = "", *, ended: bool = False) -> State:
    """Return the state as `party`, or the public, may see it: the one rule for who may read what.

    Others' votes are left out until the ballot is opened. Of what others say in private one sees who spoke to whom, and
    neither words nor moves; with `ended` all of it, as in the transcript of a game that is over.
    """
    private = () if ended else state.private
    if not (state.votes or private):
        return state
    votes = {
        number: {who: yes if who == party else None for who, yes in cast.items()}
        for number, cast in state.votes.items()
    }
    events = list(state.events)
    voted = range(min(state.votes), len(events)) if state.votes else ()
    for number in (*private, *voted):
        events[number] = _covered(state, events[number], party, ended=ended)
    return replace(state, votes=votes, events=tuple(events))


def hears(party: str, author: str, to: Collection[str]) -> bool:
    """Return whether a party may read what `author` says to these; what is said to nobody by name everybody may read."""
    return not to or party in (author, *to)


def _covered(state: State, event: Event, party: str, *, ended: bool) -> Event:
    match event.action:
        case Vote(paper) if event.party != party and paper in state.votes:
            return Event(event.party, Vote(paper, None))
        case Say(to=to) if not (ended or hears(party, event.party, to)):
            return _unheard(event.party, to)
    return event


@lru_cache(maxsize=1024)
def _unheard(author: str, to: tuple[str, ...]) -> Event:
    return Event(author, Say(SEALED, to))


def view(protocol: Protocol, state: State, party: str, role: Role, talk: str = "") -> View:
    """Return what `party`, who plays `role`, may know now."""
    moves = party in protocol.to_move(state)
    return View(
        party,
        role,
        sealed(state, party),
        protocol.allowed(state, party) if moves else (),
        protocol.due(state, party) if moves else (),
        talk,
    )
