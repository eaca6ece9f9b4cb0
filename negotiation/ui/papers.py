"""The papers on a table: what changed, what they are worth to me, and what I can do about them."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from negotiation.actions import MEDIATOR, Accept, Offer, Tick, Walk, Withdraw
from negotiation.documents import game_figures
from negotiation.documents.palette import ink
from negotiation.rounding import apart, rounded
from negotiation.state import Paper
from negotiation.ui.board import previous, signatures, terms, valued
from negotiation.ui.composer import load_draft
from negotiation.ui.hand import Hand
from negotiation.ui.look import dark, short, tag
from negotiation.ui.words import delayed, loss, when
from negotiation.view import View
from negotiation.worth import Worth, worth


def papers(hand: Hand, table: str) -> None:
    """The live papers that name a table, the others' first, and the way out of the room."""
    view = hand.view
    live = sorted(view.state.at(table), key=lambda paper: (paper.author == view.me, -paper.id))
    if not live:
        with st.container(border=True, key="card-no-paper"):
            st.markdown(f"#### {view.scenario.tables[table].title}")
            st.caption("No paper lies on this table. Compose the first one.")
            if about := view.scenario.tables[table].about:
                st.write(about)
    for paper in live:
        with st.container(border=True, key=f"card-paper-{paper.id}"):
            _paper(hand, paper)
    walk(hand, table)


def _paper(hand: Hand, paper: Paper) -> None:
    view = hand.view
    mine = paper.author == view.me
    whose = "Your paper" if mine else f"{tag(view.scenario, paper.author)} offers"
    where = " + ".join(view.scenario.tables[name].title for name in paper.deals)
    seen = worth(view.state, view.preferences, paper.deals)
    st.html(
        f"<div><b>{whose}</b> <span class='note'>{where} · {when(view.scenario, paper.round)}</span></div>"
        f"{valued(view, seen)}"
    )
    for name, deal in paper.deals.items():
        before = previous(view.state, paper, name)
        changed = before is not None and before != deal
        with st.expander(view.scenario.tables[name].title if len(paper.deals) > 1 else "Terms", expanded=not mine):
            if changed:
                st.caption("Tinted: what changed against their paper before.")
            st.html(terms(view, view.scenario.tables[name], deal, before))
    st.html(signatures(view.state, paper))
    with st.container(horizontal=True):
        _acts(hand, paper, seen)


def _acts(hand: Hand, paper: Paper, seen: Worth) -> None:
    view = hand.view
    due = any(name in view.due for name in paper.deals)
    if view.state.signable(view.me, paper):
        sign(hand, paper, seen, due=due)
    elif paper.author != view.me and view.me not in paper.signed:
        st.caption("It does not need your signature.")
    if paper.author != view.me and hand.takes(Offer):
        deals = {name: deal for name, deal in paper.deals.items() if name in view.state.sits(view.me)}
        st.button(
            "Counter",
            key=f"counter-{paper.id}",
            icon=":material/edit:",
            on_click=load_draft,
            args=(hand.game, view, deals),
        )
    if Withdraw in view.allowed and view.me in (*paper.signed, paper.author):
        withdraw(hand, paper)


def sign(hand: Hand, paper: Paper, seen: Worth, *, due: bool) -> None:
    """The button that signs; behind a question if that is a loss, the delay that it adds counted."""
    action, key, said = Accept(paper.id), f"sign-{paper.id}", "You have signed."
    if seen.gain > -1e-9:
        hand.button("Sign", action, key, icon="draw", primary=True, disabled=not due, said=said)
        return
    with st.popover("Sign at a loss", icon=":material/draw:", disabled=not due or not hand.takes(Accept)):
        scenario = hand.view.scenario
        far = apart(seen.otherwise, seen.points, scenario.decimals)
        st.write(f"This would leave you {loss(far, scenario.decimals)} below leaving it unsigned.")
        if delay := delayed(scenario, seen, hand.view.state.round):
            st.write(delay)
        hand.button("Sign all the same", action, key, icon="draw", said=said)


def withdraw(hand: Hand, paper: Paper, *, disabled: bool = False) -> None:
    """The button that takes back a paper or a signature."""
    said = "Your paper is off the table." if paper.author == hand.view.me else "Your signature is taken back."
    hand.button("Withdraw", Withdraw(paper.id), f"withdraw-{paper.id}", icon="undo", disabled=disabled, said=said)


def walk(hand: Hand, table: str) -> None:
    """The way out of a room, with a confirmation."""
    if not hand.takes(Walk):
        return
    with st.popover("Walk away from this table", icon=":material/logout:"):
        name = hand.view.scenario.tables[table]
        st.write(
            f"You leave **{name.title}** for good. It can then bind only deals that do not need you. {name.unsigned_means}"
        )
        out = table not in hand.view.due
        hand.button(
            "Yes, leave this table for good",
            Walk(table),
            f"walk-{table}",
            icon="logout",
            disabled=out,
            said="You have left.",
        )


def dance(view: View, table: str, carried: Collection[int] = ()) -> None:
    """What every offer at a table would bring me if it bound now, by party; of a mediator's drafts the `carried` ones."""
    rows, number = [], 1
    for seq, event in enumerate(view.state.events):
        if event.party == MEDIATOR and seq not in carried:
            continue
        if isinstance(event.action, Offer) and table in event.action.deals:
            seen = worth(view.state, view.preferences, {table: event.action.deals[table]})
            rows.append(
                {
                    "round": number,
                    "who": short(view.scenario, event.party),
                    "points": rounded(seen.gain, view.scenario.decimals),
                }
            )
        number += isinstance(event.action, Tick)
    if not rows:
        st.caption("No offer or text has been at this table yet.")
        return
    st.vega_lite_chart(spec=game_figures.dance(view.scenario, table, rows, ink(night=dark())), key=f"dance-{table}")
