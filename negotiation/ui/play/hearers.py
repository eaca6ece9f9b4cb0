"""Who hears what is said, and who is thinking about it, in words."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from negotiation.actions import Action, Say
from negotiation.language import plural, tr
from negotiation.moves import Ask, tables_of
from negotiation.scenario import Scenario
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.common.words import all_of
from negotiation.view import View


def neighbours(view: View) -> list[str]:
    """Return the parties with whom I share a table, in the order of the case."""
    tables = [view.scenario.tables[name] for name in view.scenario.at(view.me)]
    return [party for party in view.scenario.parties if party != view.me and any(party in t.seats for t in tables)]


def chosen(view: View, key: str) -> tuple[str, ...]:
    """Draw the list of those who are to hear it, and return who is chosen; nobody: everybody."""
    near, scenario = neighbours(view), view.scenario
    if len(scenario.parties) < 3:
        return ()
    found = st.multiselect(
        tr("Who hears it"),
        near,
        format_func=among(near, lambda party: short(scenario, party)),
        placeholder=tr("Everybody hears it"),
        key=key,
        label_visibility="collapsed",
    )
    return tuple(party for party in near if party in found)


def called(scenario: Scenario, parties: Iterable[str], me: str = "") -> str:
    """Return parties as they are told to `me`: `you and Google`."""
    return all_of([tr("you") if party == me else short(scenario, party) for party in parties])


def thinking(view: View, action: Action) -> str:
    """Return who is thinking about an act of mine, as a line to be shown meanwhile."""
    who = _concerned(view, action)
    if not 1 <= len(who) <= 2:
        return tr("The others are thinking…")
    return plural("{who} is thinking…", "{who} are thinking…", len(who), who=called(view.scenario, who))


def _concerned(view: View, action: Action) -> list[str]:
    """Return whom an act asks something of: by name, in private, or at the tables that it names."""
    said = action if isinstance(action, Say) else Say("")
    whom = {move.whom for move in said.moves if isinstance(move, Ask)} - {""}
    tables = {*view.state.named(action), *(table for move in said.moves for table in tables_of(move))}
    near = whom or {*said.to} or {seat for table in tables for seat in view.scenario.tables[table].seats}
    return [party for party in view.scenario.parties if party in near and party != view.me]
