"""The table screen, alone and in class: bar and strip above, papers beside the offer, the map, and the talk beside all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

import streamlit as st

from negotiation.actions import Offer
from negotiation.language import tr
from negotiation.reports.words import in_turn, listed
from negotiation.ui.common.words import literal
from negotiation.ui.play import bar, frame
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.alliance_map import draw
from negotiation.ui.play.ballot import ballot
from negotiation.ui.play.coach import coach
from negotiation.ui.play.composer import composer
from negotiation.ui.play.moments import moments, near_the_end
from negotiation.ui.play.papers import dance, papers, walk
from negotiation.ui.play.pieces import waiting
from negotiation.ui.play.strip import chosen, strip
from negotiation.view import View


def above(
    hand: ActionButtons,
    *,
    mediated: bool,
    ends: bool = True,
    on_choice: Callable[[], None] | None = None,
    reader: str = "",
) -> str:
    """Draw what always stays: the bar, what is new, and the strip of tables; return the chosen table.

    Parameters
    ----------
    ends
        Whether there is a round to end now.
    """
    view = hand.view
    table = chosen(view)
    seen = looked_at(hand.game, view, table, reader)
    with st.container(key="above"):
        with st.container(horizontal=True, vertical_alignment="center", key="standing"):
            bar.week(view)
            bar.standing(view, mediated=mediated)
            frame.frame(papers=sum(bool(waiting(view, name)) for name in view.state.sits(view.me)), on_part=on_choice)
            if ends:
                bar.ending(hand, mediated=mediated)
        moments(view, f"{hand.game}-{reader}")
        if told := in_turn(
            filter(None, (near_the_end(view.state), bar.advice(hand, mediated=mediated) if ends else ""))
        ):
            st.caption(literal(told))
        strip(view, seen, on_choice)
    return table


def matters(view: View, table: str) -> tuple[object, ...]:
    """Return all that composer and papers at a table depend on: while it is equal, so are they."""
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


def panes(hand: ActionButtons, table: str, *, mediated: bool, carried: Collection[int] = ()) -> None:
    """Draw papers and offer, or ballot and texts where a mediator drafts, and the map if it is looked at.

    `carried` are the drafts that became texts.
    """
    with st.container(key="panes"):
        with st.container(key="pane-papers"):
            if mediated:
                ballot(hand)
                if table in hand.view.state.sits(hand.view.me):
                    walk(hand, table)
            else:
                papers(hand, table)
        with st.container(key="pane-offer"):
            if mediated:
                _dance(hand.view, table, carried)
            else:
                _offer(hand, table)
                coach(hand, table)
        with st.container(key="pane-map"):
            if frame.shown("map"):
                pictures(hand.view, table, carried)


def _offer(hand: ActionButtons, table: str) -> None:
    """Draw the composer of a table where I may still offer; else why there is none."""
    view = hand.view
    with st.container(border=True, key="card-composer"):
        st.markdown(tr("## Your offer · {table}", table=literal(view.scenario.tables[table].label)))
        if table in view.state.sits(view.me) and hand.takes(Offer):
            composer(hand, table)
        elif view.state.sits(view.me) and hand.takes(Offer):
            mine = [view.scenario.tables[name].label for name in view.state.sits(view.me)]
            st.caption(
                tr(
                    "There is nothing for you to offer here. Your open tables: {tables}.",
                    tables=literal(listed(mine)),
                )
            )
        else:
            st.caption(tr("No offers are taken from you any more."))


def pictures(view: View, table: str, carried: Collection[int] = ()) -> None:
    """Draw the map, and the dance of offers at a table."""
    with st.container(border=True, key="card-map"):
        draw(view.state, view.me, preferences=view.preferences, chosen=table, on_choice=_opened)
    _dance(view, table, carried)


def _opened(table: str) -> None:
    """Open the table that was chosen on the map."""
    st.session_state.table = table
    frame.go("table")


def _dance(view: View, table: str, carried: Collection[int]) -> None:
    with st.container(border=True, key="card-dance"):
        st.markdown(tr("## The dance of offers · {table}", table=literal(view.scenario.tables[table].label)))
        dance(view, table, carried)
