"""My games: all that were played alone on this machine; go on, look back, see how one gets better, delete.

Only where the server answers this machine alone. On a server of classes people who pass by have no name: there the
address of a game is its key, and a list of games would hand out the keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import streamlit as st

from negotiation.analysis.findings import read
from negotiation.analysis.par import Par
from negotiation.classroom.own_games import Kept, kept
from negotiation.debrief.jobs import remembered
from negotiation.debrief.par import ParAsked, par_asked
from negotiation.errors import NegotiationError, StoreError
from negotiation.language import language, mark, plural, tr
from negotiation.reports.par import GRADES
from negotiation.ui.common import words
from negotiation.ui.common.feedback import attempt, flash
from negotiation.ui.common.opponents import AGAINST, level
from negotiation.ui.common.pages import brief_title
from negotiation.ui.common.style import short
from negotiation.ui.debrief.result_card import day
from negotiation.ui.jobs import background
from negotiation.ui.play.solo_games import solo
from negotiation.ui.screens import play
from negotiation.ui.server.identity import own_machine

MOST, SHOWN = 300, 20
"""Games that are looked at, those touched last; and rows that are shown at a time."""

ELSEWHERE = mark(
    "This list is for games on your own machine (`negotiation play`). Here the address of a game is its key: keep it, "
    "or bookmark it, and it opens the game again."
)


@dataclass(frozen=True)
class Row:
    """A game as the list shows it; `points` and `par` only of one that is over."""

    title: str
    seat: str
    against: str
    state: str
    decimals: int
    points: float | None = None
    unsigned: float = 0.0
    par: ParAsked | None = None


def page() -> None:
    """Draw the best results, and the list."""
    st.title(tr("My games"))
    if not own_machine():
        st.info(tr(ELSEWHERE), icon=":material/link:")
        return
    flash()
    found = kept(solo().store, MOST)
    if not found:
        st.write(tr("You have not played yet. Every game you begin is kept, and stands here."))
        return
    with st.spinner(tr("Looking through your games…")):
        listed = [(one, _row(solo().store.place, one.id, one.events, language())) for one in found]
    _bests([row for _, row in listed if isinstance(row, Row)])
    st.subheader(tr("All your games"))
    shown = st.session_state.get("games-shown", SHOWN)
    for one, row in listed[:shown]:
        _line(one, row)
    if len(listed) > shown and st.button(tr("Show more"), icon=":material/expand_more:"):
        st.session_state["games-shown"] = shown + SHOWN
        st.rerun()
    if len(found) == MOST:
        st.caption(tr("The last {n} games; older ones open by their addresses.", n=MOST))
    st.caption(tr(words.FICTION))


@lru_cache(maxsize=1024)
def _row(_place: str, game: str, _events: int, spoken: str) -> Row | str:
    """Return how a game stands, or why it cannot be read any more; asked anew when it has grown, or in another language."""
    try:
        model = solo().look(game).told(spoken)
        me = solo().person(model)
    except StoreError:
        raise
    except NegotiationError as problem:
        return tr(problem.said)
    scenario, state = model.case.scenario, model.state
    told = brief_title(scenario.title), short(scenario, me), tr(AGAINST[level(model.seats, me)])
    if not state.over:
        return Row(
            *told,
            tr("{when} of {rounds}", when=words.when(scenario, state.round), rounds=state.rounds),
            scenario.decimals,
        )
    tables = len(scenario.tables)
    signed = plural("{signed} of {n} table signed", "{signed} of {n} tables signed", tables, signed=len(state.bound))
    return Row(
        *told, signed, scenario.decimals, model.points(me), model.seated[me].unsigned_points, par_asked(model, me)
    )


def _grade(row: Row) -> str:
    """Return the grade of a game whose par is known from its debrief; else an empty text."""
    known = remembered(background.FOLDER, row.par) if row.par else None
    if known is None or row.points is None:
        return ""
    par = read(Par, known)
    return tr(
        "{grade} (better than {fewer} of {games})",
        grade=tr(GRADES[par.grade(row.points)]),
        fewer=par.fewer(row.points),
        games=par.games,
    )


def _bests(rows: Sequence[Row]) -> None:
    """Show the best result by case, seat and opponents."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.points is not None:
            groups.setdefault((row.title, row.seat, row.against), []).append(row)
    if not groups:
        return
    with st.container(border=True, key="card-bests"):
        st.markdown(f"#### {tr('Personal best')}")
        st.html(f"<div class='grid'>{''.join(_best(some) for some in groups.values())}</div>")


def _best(some: Sequence[Row]) -> str:
    """Return the best of some games with the same seat and opponents, as HTML."""
    best = max(some, key=lambda row: row.points or 0.0)
    told = (f"{best.seat} · {best.against}", *_result(best), plural("{n} game", "{n} games", len(some)))
    return f"<div class='tile'><b>{escape(best.title)}</b><br>{'<br>'.join(map(escape, told))}</div>"


def _line(one: Kept, row: Row | str) -> None:
    with st.container(border=True, key=f"card-game-{one.id}".replace("_", "-")):
        if isinstance(row, str):
            st.markdown(tr("**A game of {day}** cannot be opened: {why}", day=day(one.begun), why=words.literal(row)))
        else:
            st.markdown(
                f"{tr('**{case}**, as {seat}', case=row.title, seat=row.seat)} · {row.against} · {day(one.touched)}  \n{_told(row)}"
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            if isinstance(row, Row):
                label, icon = (
                    (tr("Open the debrief"), "insights") if row.points is not None else (tr("Go on"), "resume")
                )
                there = st.Page(play.page, title=tr("Play"), url_path="play")
                st.page_link(there, label=label, icon=f":material/{icon}:", query_params={play.ADDRESS: one.id})
            _delete(one.id)


def _told(row: Row) -> str:
    return tr("Not over: {state}", state=row.state) if row.points is None else " · ".join((*_result(row), row.state))


def _result(row: Row) -> tuple[str, ...]:
    """Return the points of a game that is over, and the grade if par is known."""
    mine = row.points or 0.0
    gain = words.against(mine, row.unsigned, mark("walking away"), row.decimals)
    return tuple(
        filter(None, (tr("{points}, {gain}", points=words.pointed(mine, row.decimals), gain=gain), _grade(row)))
    )


def _delete(game: str) -> None:
    """Draw the button that deletes a game, and its question."""
    name = game.replace("_", "-")
    if st.session_state.get("games-delete") != game:
        if st.button(tr("Delete"), icon=":material/delete:", key=f"delete-{name}"):
            st.session_state["games-delete"] = game
            st.rerun()
        return
    st.markdown(tr("Delete this game for good, with its replay?"))
    if st.button(tr("Delete it"), type="primary", icon=":material/delete:", key=f"sure-{name}"):
        st.session_state.pop("games-delete")
        attempt(lambda: solo().forget(game), tr("The game is deleted."))
    if st.button(tr("Keep it"), key=f"keep-{name}"):
        st.session_state.pop("games-delete")
        st.rerun()
