"""The papers on a table: what changed, what they are worth to me, and what I can do about them."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from negotiation.actions import MEDIATOR, Accept, Offer, Tick, Walk, Withdraw
from negotiation.model import NegotiationModel
from negotiation.state import Paper
from negotiation.ui import charts
from negotiation.ui.board import previous, signatures, terms, worth
from negotiation.ui.composer import load_draft
from negotiation.ui.look import short, tag
from negotiation.ui.session import act
from negotiation.ui.words import judged, points, when
from negotiation.view import View


def papers(game: str, model: NegotiationModel, view: View, table: str) -> None:
    """The live papers that name a table, the others' first, and the way out of the room."""
    live = sorted(view.state.at(table), key=lambda paper: (paper.author == view.me, -paper.id))
    if not live:
        with st.container(border=True, key="card-no-paper"):
            st.markdown(f"#### {view.scenario.tables[table].title}")
            st.caption("No paper lies on this table. Compose the first one.")
            if about := view.scenario.tables[table].about:
                st.write(about)
    for paper in live:
        with st.container(border=True, key=f"card-paper-{paper.id}"):
            _paper(game, model, view, paper)
    walk(game, model, view, table)


def _paper(game: str, model: NegotiationModel, view: View, paper: Paper) -> None:
    mine = paper.author == view.me
    whose = "Your paper" if mine else f"{tag(view.scenario, paper.author)} offers"
    where = " + ".join(view.scenario.tables[name].title for name in paper.deals)
    (value, now), decimals = worth(view, paper.deals), view.scenario.decimals
    st.html(
        f"<div><b>{whose}</b> <span class='note'>{where} · {when(view.scenario, paper.round)}</span></div>"
        f"<div><span class='big'>{points(value, decimals)}</span> points for you · "
        f"{judged(value - now, 'leaving it unsigned', decimals)}</div>"
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
        _acts(game, model, view, paper, value - now)


def _acts(game: str, model: NegotiationModel, view: View, paper: Paper, gain: float) -> None:
    due = any(name in view.due for name in paper.deals)
    if view.state.signable(view.me, paper):
        if gain > -1e-9:
            signs = st.button("Sign", key=f"sign-{paper.id}", type="primary", icon=":material/draw:", disabled=not due)
        else:
            with st.popover("Sign at a loss", icon=":material/draw:", disabled=not due):
                st.write(
                    f"This would leave you {points(-gain, view.scenario.decimals)} points below leaving it unsigned."
                )
                signs = st.button("Sign all the same", key=f"sign-{paper.id}")
        if signs:
            act(game, model, view.me, Accept(paper.id))
            st.rerun()
    elif paper.author != view.me and view.me not in paper.signed:
        st.caption("It does not need your signature.")
    if paper.author != view.me:
        deals = {name: deal for name, deal in paper.deals.items() if name in view.state.sits(view.me)}
        st.button(
            "Counter", key=f"counter-{paper.id}", icon=":material/edit:", on_click=load_draft, args=(game, view, deals)
        )
    mine = Withdraw in view.allowed and view.me in (*paper.signed, paper.author)
    if mine and st.button("Withdraw", key=f"withdraw-{paper.id}", icon=":material/undo:"):
        act(game, model, view.me, Withdraw(paper.id))
        st.rerun()


def walk(game: str, model: NegotiationModel, view: View, table: str) -> None:
    """The way out of a room, with a confirmation."""
    with st.popover("Walk away from this table", icon=":material/logout:"):
        name = view.scenario.tables[table]
        st.write(
            f"You leave **{name.title}** for good. It can then bind only deals that do not need you. {name.unsigned_means}"
        )
        if st.button("Yes, leave this table for good", key=f"walk-{table}", disabled=table not in view.due):
            act(game, model, view.me, Walk(table))
            st.rerun()


def dance(view: View, table: str, carried: Collection[int] = ()) -> None:
    """My points of every offer at a table over the rounds, by party; of a mediator's drafts only the `carried` ones."""
    there, scores = view.scenario.tables[table], view.preferences.given(table, view.state.outcome)
    rows, number = [], 1
    for seq, event in enumerate(view.state.events):
        if event.party == MEDIATOR and seq not in carried:
            continue
        if isinstance(event.action, Offer) and table in event.action.deals:
            value = float(scores[there.index(event.action.deals[table])])
            rows.append(
                {
                    "round": number,
                    "who": short(view.scenario, event.party),
                    "points": round(value, view.scenario.decimals + 1),
                }
            )
        number += isinstance(event.action, Tick)
    if not rows:
        st.caption("No offer or text has been at this table yet.")
        return
    st.vega_lite_chart(spec=charts.dance(view.scenario, table, rows, float(scores[-1])), key=f"dance-{table}")
