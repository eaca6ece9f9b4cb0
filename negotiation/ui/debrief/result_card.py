"""The result of one's own game as a card to keep or to show: a picture, and the same in words."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from negotiation.analysis.findings import rows
from negotiation.analysis.par import Par
from negotiation.game import Game
from negotiation.language import SOURCE, language, plural, tr
from negotiation.reports import par as told
from negotiation.reports.card import Card
from negotiation.ui.common import words
from negotiation.ui.common.opponents import AGAINST, level
from negotiation.ui.common.pages import date
from negotiation.ui.common.style import short
from negotiation.ui.jobs.processes import made
from negotiation.ui.jobs.questions import CardAsked


def result_card(game: Game, me: str, par: Par | None, at: float) -> None:
    """Show the download of a result, with what stands on it; `at`: when the game ended, in seconds since 1970."""
    card = card_of(game, me, par, day(at))
    asked = CardAsked(job="card", card=rows(card), language=language())
    with st.expander(tr("Result card"), icon=":material/id_card:"):
        st.caption(tr("A picture to keep or to show. It says nothing of the others' interests."))
        st.text(card.text)
        st.download_button(
            tr("Download the picture (PNG)"),
            partial(made, asked),
            file_name=f"{game.case.name}-result.png",
            mime="image/png",
            key="result-card",
            icon=":material/download:",
            on_click="ignore",
        )


def card_of(game: Game, me: str, par: Par | None, on: str) -> Card:
    """Return the card of a game that is over."""
    scenario, mine, unsigned = game.case.scenario, game.points(me), game.seated[me].unsigned_points
    signed = plural(
        "{signed} of {n} table signed",
        "{signed} of {n} tables signed",
        len(scenario.tables),
        signed=len(game.state.bound),
    )
    return Card(
        scenario.title,
        tr("As {party}", party=short(scenario, me)),
        told.sentence(mine, unsigned, par, scenario.decimals),
        tr(told.GRADES[par.grade(mine)]) if par else "",
        (tr(AGAINST[level(game.seats, me)]), signed, on),
        tr(words.FICTION),
        mine,
        unsigned,
        *((par.ordered, par.low, par.high) if par else ()),
    )


def day(at: float) -> str:
    """Return a day as the reader's clock has it: `2026-11-30`, `30 novembre 2026`."""
    here = datetime.fromtimestamp(at, _zone())
    return f"{here:%Y-%m-%d}" if language() == SOURCE else date(here)


def _zone() -> tzinfo:
    name = st.context.timezone
    try:
        return ZoneInfo(name) if isinstance(name, str) else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
