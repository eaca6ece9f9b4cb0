"""The debrief's second half: what could have been, computed on request where it takes a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import streamlit as st

from negotiation.analysis.findings import Debriefed, read
from negotiation.analysis.transcript import transcript
from negotiation.game import Game
from negotiation.language import tr
from negotiation.reports import hindsight as told
from negotiation.reports.case_wording import Reader
from negotiation.reports.words import FRONTIER_HELP
from negotiation.scenario import Scenario
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.debrief.document import blocks, sections
from negotiation.ui.jobs.processes import known, shown, stopped
from negotiation.ui.jobs.questions import DebriefAsked, GameAsked

SMALL = 1e5
"""Outcomes up to which hindsight is worked out without asking."""

MOST = 3
"""Parties on one figure: two axes and a colour."""


def hindsight(game: Game, me: str = "") -> Mapping[str, object] | None:
    """Show what could have been in a finished game, and return its JSON rows; None if it was not asked for yet."""
    scenario = game.state.scenario
    reader = Reader(scenario, scenario.decimals)
    with st.container(border=True, key="card-hindsight"):
        st.markdown("#### " + tr("What could have been"), help=tr(FRONTIER_HELP))
        chosen = st.multiselect(
            tr("Two or three parties to look at"),
            list(scenario.parties),
            _first(scenario, me),
            max_selections=MOST,
            select_all=False,
            format_func=among(scenario.parties, lambda party: short(scenario, party)),
            key=f"hindsight-parties-{game.case.name}-{me}",
            help=tr("The first two are the axes of the figure, the third is the colour."),
        )
        if len(chosen) < 2:
            st.info(tr("Choose two parties, or three."), icon=":material/group:")
            return None
        asked: DebriefAsked = {**of_game(game), "job": "debrief", "parties": list(chosen)}
        found = known(asked)
        small = prod(table.size + 1 for table in scenario.tables.values()) <= SMALL
        label = tr("Work out what could have been")
        if not found and ((small and not stopped(asked)) or st.button(label, icon=":material/function:")):
            found = shown(asked, tr("Working it out:"))
            if found:
                st.rerun()
        seen = read(Debriefed, found) if found else None
        if seen:
            blocks(told.picture(game.case, seen, reader), "hindsight-figure")
    if seen:
        sections(told.sections(game.case, seen, reader), "hindsight")
    return found


def of_game(game: Game) -> GameAsked:
    """Return what a separate process needs to know of a game: its case as it was kept, even if that has changed."""
    opening = game.protocol.opening(game.case.scenario, game.state.rounds)
    return {
        "case": game.case.name,
        "variant": game.case.variant,
        "text": game.case.text,
        "digest": game.case.digest,
        "types": game.types,
        "protocol": game.protocol.name,
        "rounds": game.state.rounds,
        "events": transcript(opening, game.state.events),
    }


def _first(scenario: Scenario, me: str) -> Sequence[str]:
    """Return me and the parties I share most tables with; the first of the case where nobody plays."""
    order = list(scenario.parties)
    mine = {party: sum({me, party} <= set(t.seats) for t in scenario.tables.values()) for party in order}
    return sorted(order, key=lambda party: (party != me, -mine[party], order.index(party)))[:MOST]
