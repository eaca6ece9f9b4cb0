"""The content of one person's page in class: made here and nowhere else, as a list of what may pass."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from negotiation.case import Role
from negotiation.classroom.agreed import points_of
from negotiation.classroom.clock import Clock
from negotiation.classroom.games import ClassGame
from negotiation.classroom.phases import Phase
from negotiation.classroom.seats import Seat
from negotiation.classroom.sessions import Session
from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.translations import Translations, said
from negotiation.view import View, sealed


@dataclass(frozen=True)
class Look:
    """All that the page of one seat may show; nothing in it belongs to another party before the debrief.

    Attributes
    ----------
    view
        What the party knows; None for those without a seat, and before the score sheet is revealed.
    state
        The public state of the group, also for those who only observe; votes of others stay sealed in it.
    brief
        The party's confidential brief, once it is revealed.
    at
        The names of those in the group, by party; empty party: observers.
    agents
        The parties for which an agent decides now.
    protocol, round_seconds, suggest, coach, homework
        Of the settings what a person may know: the rules of the talks, after how long a round ends at the latest, whether
        the page may look for better deals, and coach, whether everybody plays alone.
    attempts
        In homework, how many attempts this person has begun, and how many there may be (0: any number).
    sheet
        The person's own preparation sheet.
    points
        Points by party, once results are revealed; until then one's own, once the score sheet is.
    roles
        Everybody's roles, once sheets are revealed.
    translations
        The brief in other languages, once it is revealed.
    mark
        Stands for all that a page shows of class and tables, talk left out: another mark, another page.
    versions
        The logs this page shows, and how far: wait for any of them to grow.
    """

    seat: Seat
    title: str
    phase: Phase
    clock: Clock
    now: float
    scenario: Scenario
    sheet: Mapping[str, object]
    versions: Mapping[str, int]
    mark: str
    protocol: str
    suggest: bool
    coach: bool
    homework: bool
    attempts: tuple[int, int]
    round_seconds: float | None = None
    view: View | None = None
    state: State | None = None
    brief: str = ""
    at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agents: tuple[str, ...] = ()
    points: Mapping[str, float] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    translations: Translations = field(default_factory=dict, repr=False)

    def told(self, language: str) -> Look:
        """Return this look with the texts of its case in a language."""
        scenario = self.scenario.told(language)
        return replace(
            self,
            title=scenario.title if self.title == self.scenario.title else self.title,
            scenario=scenario,
            view=self.view and self.view.told(language),
            state=self.state and self.state.told(language),
            brief=said(self.translations, language, "brief", self.brief),
            roles={party: role.told(language) for party, role in self.roles.items()},
        )


def at_table(look: Look, session: Session, game: ClassGame, state: State) -> Look:
    """Return the look of a person in a group: its public state, and the secrets of the party revealed by now."""
    me, parties = look.seat.party, tuple(game.case.roles)
    held = session.held(game.id)
    points = points_of(session, game, state)
    brief, sheet = me and session.shows("brief"), session.shows("sheet")
    shown = parties if session.shows("results") else ((me,) if me and sheet else ())
    view = game.view(me, state) if me and sheet else None
    return replace(
        look,
        view=view,
        state=view.state if view else sealed(state, me),
        brief=game.role(me).brief if brief else "",
        at={p: tuple(one.name for one in session.at(game.id, p)) for p in (*session.parties, "")},
        agents=tuple(party for party in parties if party not in held),
        points={party: points[party] for party in shown},
        roles={party: game.role(party) for party in parties} if session.shows("sheets") else {},
        translations=game.role(me).translations if brief else {},
        versions={**look.versions, game.id: len(state.events)},
        mark=mark(session, look.seat, moved(state)),
    )


def moved(state: State) -> int:
    """Return how many events there were when a table last changed, that is, without the talk since."""
    events = state.events
    return next((n for n in range(len(events), 0, -1) if not events[n - 1].action.talk), 0)


def mark(session: Session, seat: Seat, table: int = 0) -> str:
    """Return a short text that changes with what a seat's page shows; `table` is what `moved` gives for its game."""
    shown: list[object] = [session.phase, seat.name, seat.group, seat.party, session.title]
    if session.let_go_on:
        shown.append(sorted(session.let_go_on))
    if seat.group:
        group = session.groups[seat.group]
        shown += [sorted(group.taken), group.closed, [(p.name, p.party) for p in session.members(seat.group)]]
    return f"{zlib.crc32(repr(shown).encode()):08x}-{table}"
