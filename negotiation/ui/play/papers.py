"""The papers on a table: what changed, what they are worth to me, and what I can do about them."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

import streamlit as st

from negotiation.actions import MEDIATOR, Accept, Offer, Tick, Walk, Withdraw
from negotiation.language import tr
from negotiation.reports import game_figures
from negotiation.reports.palette import ink
from negotiation.rounding import rounded
from negotiation.state import Paper
from negotiation.ui.common.style import dark, short, tag
from negotiation.ui.common.words import change, when
from negotiation.ui.play import confirmations
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.drafts import load_draft
from negotiation.ui.play.linked import linked
from negotiation.ui.play.pieces import previous, signatures, terms, valued
from negotiation.view import View
from negotiation.worth import Worth, brought, worth


def papers(hand: ActionButtons, table: str) -> None:
    """Show what lies on a table: the contract if it is signed, else the live papers, the others' first, and the way out."""
    view, there = hand.view, hand.view.scenario.tables[table]
    st.markdown(f"## {there.title}")
    if view.me not in there.seats:
        st.caption(tr("You have no seat here: you see what the others offer and sign."))
    if table in view.state.bound:
        _contract(view, table)
        return
    live = sorted(view.state.at(table), key=lambda paper: (paper.author == view.me, -paper.id))
    if table in view.state.dead:
        st.caption(tr("This table was abandoned: it stays unsigned."))
    elif not live:
        with st.container(border=True, key="card-no-paper"):
            st.caption(tr("No paper lies on this table yet."))
            if there.about:
                st.write(there.about)
    for paper in live:
        with st.container(border=True, key=f"card-paper-{paper.id}"):
            _paper(hand, paper)
    if table in view.state.sits(view.me):
        walk(hand, table)


def _contract(view: View, table: str) -> None:
    """Show what was signed at a table, by whom and when, and what it brought me."""
    state, gain = view.state, brought(view.state, view.preferences)[table]
    who = " ".join(tag(view.scenario, party) for party in state.signed[table])
    with st.container(border=True, key="card-contract"):
        told = tr("<b>Signed in {week}</b> by {who}", week=when(view.scenario, state.bound_in[table]), who=who)
        more = tr("brought you {points}", points=change(gain, view.scenario.decimals)) if gain else ""
        st.html(f"<div>{' · '.join(filter(None, [told, more]))}</div>")
        st.html(terms(view, view.scenario.tables[table], state.bound[table]))


def _paper(hand: ActionButtons, paper: Paper) -> None:
    view = hand.view
    mine = paper.author == view.me
    whose = tr("Your paper") if mine else tr("{who} offers", who=tag(view.scenario, paper.author))
    where = " + ".join(escape(view.scenario.tables[name].label) for name in paper.deals)
    seen = worth(view.state, view.preferences, paper.deals)
    st.html(
        f"<div><b>{whose}</b> <span class='note'>{where} · {when(view.scenario, paper.round)}</span></div>"
        f"{valued(view, seen)}"
    )
    told = "".join(_terms(view, paper, name) for name in paper.deals)
    if mine:
        with st.expander(tr("Its terms")):
            st.html(told)
    else:
        st.html(told + linked(view, paper.deals))
    st.html(signatures(view.state, paper))
    with st.container(horizontal=True, key=f"acts-{paper.id}"):
        _acts(hand, paper, seen)


def _terms(view: View, paper: Paper, name: str) -> str:
    """Return what a paper says about a table, as HTML, with its title if there are several."""
    table, deal, before = view.scenario.tables[name], paper.deals[name], previous(view.state, paper, name)
    title = f"<div class='note'><b>{escape(table.title)}</b></div>" if len(paper.deals) > 1 else ""
    tinted = tr("Tinted: changed against their paper before.") if before and before != deal else ""
    changed = f"<div class='note'>{tinted}</div>" if tinted else ""
    return title + terms(view, table, deal, before) + changed


def _acts(hand: ActionButtons, paper: Paper, seen: Worth) -> None:
    view = hand.view
    due = any(name in view.due for name in paper.deals)
    if view.state.signable(view.me, paper):
        sign(hand, paper, seen, due=due)
    elif paper.author != view.me and view.me not in paper.signed:
        st.caption(tr("It does not need your signature."))
    deals = {name: deal for name, deal in paper.deals.items() if name in view.state.sits(view.me)}
    if paper.author != view.me and deals and hand.takes(Offer):
        st.button(
            tr("Counter"),
            key=f"counter-{paper.id}",
            icon=":material/edit:",
            on_click=load_draft,
            args=(hand.game, view, deals),
        )
    if Withdraw in view.allowed and view.me in (*paper.signed, paper.author):
        withdraw(hand, paper)


def sign(hand: ActionButtons, paper: Paper, seen: Worth, *, due: bool) -> None:
    """Draw the button that signs, after a question if that is a loss, the added delay counted, or ends my talks."""
    hand.button(
        tr("Sign at a loss") if seen.loses else tr("Sign"),
        Accept(paper.id),
        f"sign-{paper.id}",
        icon="draw",
        primary=not seen.loses,
        disabled=not due,
        said=tr("You have signed."),
        asks=confirmations.signing(hand, paper, seen),
        yes=tr("Sign all the same"),
    )


def withdraw(hand: ActionButtons, paper: Paper, *, disabled: bool = False) -> None:
    """Draw the button that takes back a paper or a signature."""
    mine = paper.author == hand.view.me
    said = tr("Your paper is off the table.") if mine else tr("Your signature is taken back.")
    hand.button(tr("Withdraw"), Withdraw(paper.id), f"withdraw-{paper.id}", icon="undo", disabled=disabled, said=said)


def walk(hand: ActionButtons, table: str) -> None:
    """Draw the button that leaves a table, after a question."""
    if not hand.takes(Walk):
        return
    with st.container(horizontal=True):
        hand.button(
            tr("Walk away from this table"),
            Walk(table),
            f"walk-{table}",
            icon="logout",
            disabled=table not in hand.view.due,
            said=tr("You have left."),
            asks=confirmations.walking(hand, table),
            yes=tr("Yes, leave this table for good"),
        )


def dance(view: View, table: str, carried: Collection[int] = ()) -> None:
    """Show what every offer at a table would gain me if it bound now, by party; of drafts only the `carried`."""
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
        st.caption(tr("No offer or text has been at this table yet."))
        return
    st.vega_lite_chart(spec=game_figures.dance(view.scenario, table, rows, ink(night=dark())), key=f"dance-{table}")
