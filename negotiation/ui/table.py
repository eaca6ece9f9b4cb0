"""The table screen: where I stand, the tables, my round, composer and papers or the ballot. Alone and in class alike."""

from __future__ import annotations

from collections.abc import Callable, Collection

import streamlit as st

from negotiation.actions import Offer, Pass
from negotiation.table import Deal
from negotiation.ui import words
from negotiation.ui.alliance_map import draw
from negotiation.ui.ballot import ballot, stage
from negotiation.ui.board import tiles, waiting, worth
from negotiation.ui.composer import composer
from negotiation.ui.hand import Hand
from negotiation.ui.offered import among
from negotiation.ui.papers import dance, papers, walk
from negotiation.view import View

MAP = "Map"


def standing(
    view: View, *, mediated: bool, told: str | None = None, on_choice: Callable[[], None] | None = None
) -> str:
    """Progress (told in words, if asked for), where I stand, and every table; the table that is chosen."""
    st.progress(view.state.round / view.state.rounds, told)
    _standing(view, "If the texts were signed" if mediated else "If what they offer were signed")
    table = chosen(view)
    if table:
        _choose(view, on_choice)
    st.html(tiles(view, table))
    return table


def chosen(view: View) -> str:
    """The table that is looked at; empty when I sit at none any more."""
    mine, wanted = view.state.sits(view.me), st.session_state.get("table")
    return wanted if wanted in mine else next(iter(mine), "")


def maps() -> bool:
    """Whether the map is open, which shows all tables."""
    return bool(st.session_state.get("pictures") == MAP)


def matters(view: View, table: str) -> tuple[object, ...]:
    """All that composer, papers and dance at a table are made of: while it is the same, so are they."""
    state, me = view.state, view.me
    there = table, state.at(table), state.offers.get(table, ())
    return *there, state.bound, state.dead, state.left, state.round, state.sits(me), view.allowed, view.due


def _standing(view: View, hope: str) -> None:
    """Where I stand: now, if nothing at all is signed, and if the best of what lies on the tables were signed."""
    preferences, state = view.preferences, view.state
    paid = state.rounds_paid(view.me), state.time_paid(view.me)
    now, nothing = preferences.score(state.outcome, *paid), preferences.score({})
    offered = preferences.score(_hoped(view), *paid)
    lost, decimals = preferences.score(state.outcome) - now, view.scenario.decimals
    rate = f"{preferences.delay:g} a {view.scenario.unit}"
    if preferences.discount < 1:
        rate = f"× {preferences.discount:g} by the end"
    with st.container(key="standing"):
        st.metric(
            "If the talks stopped now",
            words.points(now, decimals),
            f"{now - nothing:+.{decimals}f} against everything unsigned",
        )
        st.metric("Everything unsigned", words.points(nothing, decimals), help=words.UNSIGNED_HELP)
        st.metric(hope, words.points(offered, decimals), f"{offered - now:+.{decimals}f} against now")
        st.metric("Cost of delay so far", words.points(lost, decimals), rate, delta_color="off", delta_arrow="off")


def _hoped(view: View) -> dict[str, Deal | None]:
    """The outcome if the others' papers bound now: at each table the one that is best for me."""
    state, hoped = view.state, dict(view.state.outcome)
    theirs = [paper for paper in state.papers.values() if paper.author != view.me and not paper.draft]
    for paper in sorted(theirs, key=lambda paper: (-worth(view, paper.deals)[0], paper.id)):
        free = not any(hoped.get(name) for name in paper.deals)
        if free and state.scenario.breaks({**hoped, **paper.deals}) is None:
            hoped |= paper.deals
    return hoped


def _choose(view: View, on_choice: Callable[[], None] | None) -> None:
    mine = view.state.sits(view.me)
    st.segmented_control(
        "Table",
        mine,
        default=mine[0],
        required=True,
        format_func=among(mine, lambda name: _tab(view, name)),
        key="table",
        on_change=on_choice,
        label_visibility="collapsed",
    )


def _tab(view: View, name: str) -> str:
    count = waiting(view, name)
    title = view.scenario.tables[name].title.partition(" (")[0]
    return f"{title} · {count}" if count else title


def my_round(hand: Hand, *, mediated: bool) -> None:
    """News, and the button that ends my round, or lets a standing paper be."""
    view = hand.view
    unit, basis = view.scenario.unit, len(view.state.events)
    for item in view.news:
        if item.round == view.state.round + 1:
            st.info(item.text, icon=":material/campaign:")
    with st.container(horizontal=True, vertical_alignment="center"):
        label = "Sit this ballot out" if view.state.drafts else f"End my {unit}"
        said, idle = "" if hand.alone else words.ROUND_OVER.format(unit=unit), not view.allowed
        hand.button(label, Pass(), f"end-{basis}", icon="skip_next", disabled=idle, shortcut="Ctrl+Enter", said=said)
        if idle:
            st.caption(words.WAITING)
        elif mediated:
            st.caption(stage(view))
        elif view.state.one_paper:
            due = ", ".join(view.scenario.tables[name].title for name in view.due)
            st.caption(f"Your turn at: {due}. Sign, counter, or let it be: ending the {unit} lets all of them be.")
        else:
            st.caption((words.FLOOR_ALONE if hand.alone else words.FLOOR).format(unit=unit))


def free(hand: Hand, table: str) -> None:
    """Composer and papers, where the parties make the offers; the papers alone when no more offers are taken."""
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


def mediated(hand: Hand, table: str, carried: Collection[int]) -> None:
    """The ballot or the texts, where a mediator drafts; `carried` are the drafts that became texts."""
    ballot(hand)
    pictures(hand.view, table, carried)
    walk(hand, table)


def pictures(view: View, table: str, carried: Collection[int] = ()) -> None:
    """The dance of offers at a table, or the map."""
    with st.container(border=True, key="card-dance"):
        first, second = st.tabs(["The dance", MAP], key="pictures", on_change="rerun")
        with second if maps() else first:
            if maps():
                draw(view.state, view.me)
            else:
                dance(view, table, carried)
