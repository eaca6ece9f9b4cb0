"""The debrief of a game played alone or watched: how it ended, what could have been, and all of it to take away."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from negotiation.analysis.findings import rows
from negotiation.analysis.par import Par
from negotiation.formats.log import dumps
from negotiation.game import Game
from negotiation.language import language, mark, tr
from negotiation.record import heading, result
from negotiation.reports import ending
from negotiation.reports.case_wording import Reader
from negotiation.reports.lessons import told as told_lessons
from negotiation.strategies import PERSON
from negotiation.ui.common import words
from negotiation.ui.common.metrics import metric
from negotiation.ui.debrief.document import blocks, sections
from negotiation.ui.debrief.grade import grade, lessons
from negotiation.ui.debrief.hindsight import hindsight, of_game
from negotiation.ui.jobs.processes import made
from negotiation.ui.jobs.questions import ToldAsked
from negotiation.ui.play.alliance_map import draw

LABELS = {"pdf": mark("Debrief (PDF)"), "html": mark("Debrief (HTML)")}
"""What the button for a debrief says, by the kind of its file."""


def debrief(game: Game, me: str = "", link: Callable[[int, str], None] | None = None) -> Par | None:
    """Show everything that may be known once the talks are over; return par, if somebody played and it is known.

    Parameters
    ----------
    me
        Who played: then how it went stands first, against par, and then the lessons; else nobody did.
    link
        Draws the way to a moment of the game, given its round and what that is called.
    """
    scenario = game.state.scenario
    reader = Reader(scenario, scenario.decimals)
    par = grade(game, me) if me else None
    if me:
        lessons(game, told_lessons(game, me, reader), link)
    st.subheader(tr("How it ended"))
    if me:
        _headline(game, me)
    left, right = st.columns([5, 6], gap="medium")
    points = ending.points(game, reader, me)
    with left.container(border=True, key="card-results"):
        st.markdown(f"#### {points.title}")
        blocks(points.blocks, "results")
    with right.container(border=True, key="card-map-end"):
        st.markdown("#### " + tr("Who is bound to whom"))
        draw(game.state, me)
    told = [ending.signed(game, reader), *ending.truthful(game, reader, me), *ending.history(game, reader, me)]
    sections(told, "ending", folded=bool(me))
    found = hindsight(game, me)
    downloads(game, found, me, par)
    st.caption(tr(words.FICTION))
    return par


def _headline(game: Game, me: str) -> None:
    seat, points = game.seated[me], game.points(me)
    paid = seat.role.preferences.score(game.state.outcome) - points
    decimals = game.state.scenario.decimals
    a, b, c = st.columns(3)
    everything = tr("against everything unsigned")
    metric(tr("Your points"), points, decimals, other=seat.unsigned_points, against=everything, place=a)
    signed = tr("{signed} of {tables}", signed=len(game.state.bound), tables=len(game.state.scenario.tables))
    b.metric(tr("Tables signed"), signed)
    c.metric(tr("Lost by delay"), words.points(paid, decimals))


def downloads(game: Game, found: Mapping[str, object] | None = None, me: str = "", par: Par | None = None) -> None:
    """Show a game's downloads; before the end they hold no seed and no types, which would reveal who everybody is."""
    told: Mapping[str, Any] = result(game)
    with st.container(horizontal=True):
        st.download_button(
            tr("Download my game") if PERSON in game.seats.values() else tr("Download the agents' game"),
            dumps(heading(game, public=True), told["events"]),
            file_name=f"{game.case.name}.jsonl",
            mime="application/jsonl",
            icon=":material/download:",
            help=tr("When the talks are over, `negotiation replay FILE` checks it and tells it again."),
        )
        if game.state.over:
            st.download_button(
                tr("Download the result (JSON)"),
                json.dumps(told, ensure_ascii=False, indent=1),
                file_name=f"{game.case.name}.json",
                mime="application/json",
                icon=":material/data_object:",
            )
            played = of_game(game)
            for kind, mime in (("pdf", "application/pdf"), ("html", "text/html")):
                wanted: ToldAsked = {
                    **played,
                    "job": "told",
                    "seats": game.seats,
                    "seed": game.seed,
                    "me": me,
                    "talk": game.talk,
                    "found": found,
                    "par": rows(par) if par else None,
                    "kind": kind,
                    "language": language(),
                }
                st.download_button(
                    tr(LABELS[kind]),
                    partial(made, wanted),
                    file_name=f"{game.case.name}-debrief.{kind}",
                    mime=mime,
                    key=f"debrief-{kind}",
                    icon=":material/description:",
                    on_click="ignore",
                )
