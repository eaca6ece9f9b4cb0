"""The table screen, alone and in class: where I stand, the tables, my round, composer and papers or the ballot."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

import streamlit as st

from negotiation.actions import MEDIATOR, Offer, Pass
from negotiation.rounding import apart, plain
from negotiation.table import Deal
from negotiation.ui.common import words
from negotiation.ui.common.metrics import metric
from negotiation.ui.common.offered import among
from negotiation.ui.play import confirmations
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.alliance_map import draw
from negotiation.ui.play.ballot import ballot, stage
from negotiation.ui.play.composer import composer
from negotiation.ui.play.papers import dance, papers, walk
from negotiation.ui.play.pieces import tiles, unread, waiting
from negotiation.view import View
from negotiation.worth import worth

MAP = "Map"


def standing(
    game: str,
    view: View,
    *,
    mediated: bool,
    told: str | None = None,
    on_choice: Callable[[], None] | None = None,
    reader: str = "",
) -> str:
    """Draw progress (with `told`, if given), where I stand, and every table; return the chosen table."""
    st.progress(view.state.round / view.state.rounds, told)
    _standing(view, "If the texts were signed" if mediated else "With their offers signed")
    table = chosen(view)
    seen = looked_at(game, view, table, reader)
    if table:
        _choose(view, seen, on_choice)
    st.html(tiles(view, table, seen))
    return table


def chosen(view: View) -> str:
    """Return the chosen table; empty if I sit at none any more."""
    mine, wanted = view.state.sits(view.me), st.session_state.get("table")
    return wanted if wanted in mine else next(iter(mine), "")


def maps() -> bool:
    """Return whether the map, which shows all tables, is open."""
    return bool(st.session_state.get("pictures") == MAP)


def matters(view: View, table: str) -> tuple[object, ...]:
    """Return all that composer, papers and dance at a table depend on: while it is equal, so are they."""
    state, me = view.state, view.me
    there = table, state.at(table), state.offers.get(table, ())
    return *there, state.bound, state.dead, state.left, state.round, state.sits(me), view.allowed, view.due


def looked_at(game: str, view: View, table: str, reader: str) -> set[int]:
    """Return the papers of a game looked at on this page, those at the open table included."""
    seen = _seen(game, view.me, reader)
    seen |= {paper.id for paper in view.state.at(table)}
    st.session_state[f"seen-{game}"] = seen
    return seen


@lru_cache(maxsize=1024)
def _seen(_game: str, _party: str, _reader: str) -> set[int]:
    """Return the set of papers that a person has looked at, kept on the server beyond the page."""
    return set()


def _standing(view: View, hope: str) -> None:
    """Show where I stand: now, if nothing is signed, and if the best papers on the tables were signed."""
    preferences, decimals = view.preferences, view.scenario.decimals
    seen = worth(view.state, preferences, _hoped(view))
    now, nothing = seen.otherwise, preferences.score({})
    with st.container(key="standing"):
        metric("With what is signed", now, decimals, other=nothing, against="against unsigned")
        st.metric("Everything unsigned", words.points(nothing, decimals), help=words.UNSIGNED_HELP)
        metric(hope, seen.points, decimals, other=now, against="against now")
        lost = words.points(apart(preferences.score(view.state.outcome), now, decimals), decimals)
        more = _delay(view, seen.delay)
        st.metric("Cost of delay so far", lost, more, delta_color="off", delta_arrow="off", help=words.DELAY_HELP)


def _delay(view: View, more: float) -> str:
    """Return what the delay costs from here on: what a signature adds, or else what a round does."""
    preferences, told = view.preferences, words.points(more, view.scenario.decimals)
    if float(told):
        return f"{told} more by signing now"
    if preferences.discount < 1:
        return f"× {plain(preferences.discount)} by the end"
    return f"{plain(preferences.delay)} a {view.scenario.unit}"


def _hoped(view: View) -> dict[str, Deal]:
    """Return the deals that would bind if the others' papers were signed: at each table the best one for me."""
    state, hoped = view.state, dict[str, Deal]()
    theirs = [paper for paper in state.papers.values() if paper.author != view.me and not paper.draft]
    for paper in sorted(theirs, key=lambda paper: (-worth(state, view.preferences, paper.deals).points, paper.id)):
        free = not any(name in hoped for name in paper.deals)
        if free and state.scenario.breaks({**state.bound, **hoped, **paper.deals}) is None:
            hoped |= paper.deals
    return hoped


def _choose(view: View, seen: Collection[int], on_choice: Callable[[], None] | None) -> None:
    mine = view.state.sits(view.me)
    st.segmented_control(
        "Table",
        mine,
        default=mine[0],
        required=True,
        format_func=among(mine, lambda name: _tab(view, name, seen)),
        key="table",
        on_change=on_choice,
        label_visibility="collapsed",
    )


def _tab(view: View, name: str, seen: Collection[int]) -> str:
    title = view.scenario.tables[name].title.partition(" (")[0]
    if view.state.turns.get(MEDIATOR):
        count = waiting(view, name)
        return f"{title} · {count}" if count else title
    new = unread(view, name, seen)
    return f"{title} · {new} new" if new else title


def my_round(hand: ActionButtons, *, mediated: bool) -> None:
    """Show the news, and the button that ends my round or lets a standing paper be."""
    view = hand.view
    unit, acts = view.scenario.unit, view.state.turns.get(view.me, 0)
    for item in view.news:
        if item.round == view.state.round + 1:
            st.info(item.text, icon=":material/campaign:")
    with st.container(horizontal=True, vertical_alignment="center"):
        label = "Sit this ballot out" if view.state.drafts else f"End my {unit}"
        said, idle = "" if hand.alone else words.ROUND_OVER.format(unit=unit), not view.allowed
        hand.button(
            label,
            Pass(),
            f"end-{acts}",
            icon="skip_next",
            disabled=idle,
            said=said,
            asks=confirmations.ending(hand, mediated=mediated),
        )
        if idle:
            st.caption(words.WAITING)
        elif mediated:
            st.caption(stage(view))
        elif view.state.one_paper:
            due = ", ".join(view.scenario.tables[name].title for name in view.due)
            st.caption(f"Your turn at: {due}. Sign, counter, or let it be: ending the {unit} lets all of them be.")
        else:
            st.caption((words.FLOOR_ALONE if hand.alone else words.FLOOR).format(unit=unit))


def free(hand: ActionButtons, table: str) -> None:
    """Draw composer and papers where the parties make the offers; the papers alone when no more offers are taken."""
    if not hand.takes(Offer):
        papers(hand, table)
        pictures(hand.view, table)
        return
    left, middle = st.columns([4.4, 4.8], gap="medium")
    with left.container(border=True, key="card-composer"):
        st.markdown(f"#### Your offer · {hand.view.scenario.tables[table].title}")
        composer(hand, table)
    with middle:
        papers(hand, table)
        pictures(hand.view, table)


def mediated(hand: ActionButtons, table: str, carried: Collection[int]) -> None:
    """Draw the ballot or the texts where a mediator drafts; `carried` are the drafts that became texts."""
    ballot(hand)
    pictures(hand.view, table, carried)
    walk(hand, table)


def pictures(view: View, table: str, carried: Collection[int] = ()) -> None:
    """Draw the dance of offers at a table, or the map."""
    with st.container(border=True, key="card-dance"):
        first, second = st.tabs(["The dance", MAP], key="pictures", on_change="rerun")
        with second if maps() else first:
            if maps():
                draw(view.state, view.me)
            else:
                dance(view, table, carried)
