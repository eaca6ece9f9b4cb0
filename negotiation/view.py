"""What one party may know. Strategies and screens get this and nothing else: the only door to secrets."""

from __future__ import annotations

from dataclasses import dataclass

from negotiation.actions import Action
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
        The papers and the log: all of it public.
    allowed, due
        The kinds of act open to me now, and the tables at which; empty when it is not my turn.
    """

    me: str
    role: Role
    state: State
    allowed: tuple[type[Action], ...]
    due: tuple[str, ...]

    @property
    def preferences(self) -> Preferences:
        """My own score sheet."""
        return self.role.preferences

    @property
    def scenario(self) -> Scenario:
        """The public half of the case."""
        return self.state.scenario

    @property
    def time(self) -> float:
        """Relative time of the running round, in (0, 1]."""
        return self.state.time

    @property
    def news(self) -> tuple[Announcement, ...]:
        """What has been announced so far."""
        return tuple(item for item in self.scenario.announcements if item.round <= self.state.round + 1)


def view(protocol: Protocol, state: State, party: str, role: Role) -> View:
    """What `party`, who plays `role`, may know now."""
    moves = party in protocol.to_move(state)
    return View(
        party,
        role,
        state,
        protocol.allowed(state, party) if moves else (),
        protocol.due(state, party) if moves else (),
    )
