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
from negotiation.language import language
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

ELSEWHERE = (
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
    st.title("My games")
    if not own_machine():
        st.info(ELSEWHERE, icon=":material/link:")
        return
    flash()
    found = kept(solo().store, MOST)
    if not found:
        st.write("You have not played yet. Every game you begin is kept, and stands here.")
        return
    with st.spinner("Looking through your games…"):
        listed = [(one, _row(solo().store.place, one.id, one.events, language())) for one in found]
    _bests([row for _, row in listed if isinstance(row, Row)])
    st.subheader("All of them")
    shown = st.session_state.get("games-shown", SHOWN)
    for one, row in listed[:shown]:
        _line(one, row)
    if len(listed) > shown and st.button("Show more", icon=":material/expand_more:"):
        st.session_state["games-shown"] = shown + SHOWN
        st.rerun()
    if len(found) == MOST:
        st.caption(f"The last {MOST} games; older ones open by their addresses.")
    st.caption(words.FICTION)


@lru_cache(maxsize=1024)
def _row(_place: str, game: str, _events: int, spoken: str) -> Row | str:
    """Return how a game stands in a language, or why it cannot be read any more; asked anew when it has grown."""
    try:
        model = solo().look(game).told(spoken)
        me = solo().person(model)
    except StoreError:
        raise
    except NegotiationError as problem:
        return str(problem)
    scenario, state = model.case.scenario, model.state
    told = brief_title(scenario.title), short(scenario, me), AGAINST[level(model.seats, me)]
    if not state.over:
        return Row(*told, f"{scenario.unit} {state.round + 1} of {state.rounds}", scenario.decimals)
    signed = f"{len(state.bound)} of {len(scenario.tables)} tables signed"
    return Row(
        *told, signed, scenario.decimals, model.points(me), model.seated[me].unsigned_points, par_asked(model, me)
    )


def _grade(row: Row) -> str:
    """Return the grade of a game whose par is known from its debrief; else an empty text."""
    known = remembered(background.FOLDER, row.par) if row.par else None
    if known is None or row.points is None:
        return ""
    par = read(Par, known)
    return f"{GRADES[par.grade(row.points)]} (better than {par.fewer(row.points)} of {par.games})"


def _bests(rows: Sequence[Row]) -> None:
    """Show the best result by case, seat and opponents."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.points is not None:
            groups.setdefault((row.title, row.seat, row.against), []).append(row)
    if not groups:
        return
    with st.container(border=True, key="card-bests"):
        st.markdown("#### Personal best")
        st.html(f"<div class='grid'>{''.join(_best(some) for some in groups.values())}</div>")


def _best(some: Sequence[Row]) -> str:
    """Return the best of some games with the same seat and opponents, as HTML."""
    best = max(some, key=lambda row: row.points or 0.0)
    told = (f"{best.seat} · {best.against}", *_result(best), words.counted(len(some), "game"))
    return f"<div class='tile'><b>{escape(best.title)}</b><br>{'<br>'.join(map(escape, told))}</div>"


def _line(one: Kept, row: Row | str) -> None:
    with st.container(border=True, key=f"card-game-{one.id}".replace("_", "-")):
        if isinstance(row, str):
            st.markdown(f"**A game of {day(one.begun)}** cannot be opened: {words.literal(row)}")
        else:
            st.markdown(f"**{row.title}**, as {row.seat} · {row.against} · {day(one.touched)}  \n{_told(row)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if isinstance(row, Row):
                label, icon = ("Open the debrief", "insights") if row.points is not None else ("Go on", "resume")
                there = st.Page(play.page, title="Play", url_path="play")
                st.page_link(there, label=label, icon=f":material/{icon}:", query_params={play.ADDRESS: one.id})
            _delete(one.id)


def _told(row: Row) -> str:
    return f"Not over: {row.state}" if row.points is None else " · ".join((*_result(row), row.state))


def _result(row: Row) -> tuple[str, ...]:
    """Return the points of a game that is over, and the grade if par is known."""
    mine = row.points or 0.0
    gain = words.against(mine, row.unsigned, "walking away", row.decimals)
    return tuple(filter(None, (f"{words.pointed(mine, row.decimals)}, {gain}", _grade(row))))


def _delete(game: str) -> None:
    """Draw the button that deletes a game, and its question."""
    name = game.replace("_", "-")
    if st.session_state.get("games-delete") != game:
        if st.button("Delete", icon=":material/delete:", key=f"delete-{name}"):
            st.session_state["games-delete"] = game
            st.rerun()
        return
    st.markdown("Delete this game for good, with its replay?")
    if st.button("Delete it", type="primary", icon=":material/delete:", key=f"sure-{name}"):
        st.session_state.pop("games-delete")
        attempt(lambda: solo().forget(game), "The game is deleted.")
    if st.button("Keep it", key=f"keep-{name}"):
        st.session_state.pop("games-delete")
        st.rerun()
