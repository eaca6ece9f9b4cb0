"""The composer: one control an issue, and what the draft is worth to me while I move it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from negotiation.actions import Offer
from negotiation.analysis.suggest import last_offers
from negotiation.language import tr
from negotiation.table import Deal
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.common.words import (
    UNSENT_OFFER,
    UNSIGNED_HELP,
)
from negotiation.ui.play import confirmations, drafts
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.coach import coached, reviewed
from negotiation.ui.play.issue_rows import rows
from negotiation.ui.play.linked import linked
from negotiation.ui.play.pieces import certain, valued
from negotiation.ui.play.suggestion import advised
from negotiation.ui.server.away import steady
from negotiation.ui.server.render_slots import render_slot
from negotiation.view import View
from negotiation.worth import worth


@st.fragment
@steady
def composer(hand: ActionButtons, table: str) -> None:
    """Draw the controls of a table, of tables on the same paper, and the buttons; drawn alone while they are moved."""
    with render_slot():
        if hand.gone():
            st.rerun()
        _composer(hand, table)


def _composer(hand: ActionButtons, table: str) -> None:
    game, view = hand.game, hand.view
    names = [table]
    others = [name for name in view.state.sits(view.me) if name != table]
    if others and not view.state.one_paper:
        beside = st.session_state.get(drafts.beside(game, table), ())
        with st.popover(
            tr("On one paper with another table") if beside else tr("Package with another table"), key="beside"
        ):
            names += st.multiselect(
                tr("Put another table on the same paper"),
                others,
                format_func=among(others, lambda name: view.scenario.tables[name].title),
                key=drafts.beside(game, table),
                persist_state="page",
                placeholder=tr("One table alone"),
                help=tr("Everybody needed at any of these tables must then sign the whole paper."),
            )
    deals = {}
    for name in names:
        if len(names) > 1:
            st.markdown(f"**{view.scenario.tables[name].title}**")
        deals[name] = rows(game, view, name)
    problem = _problem(view, deals)
    if not problem and (told := linked(view, deals) + (reviewed(view, deals) if coached(hand) else "")):
        st.html(told)
    with st.container(key="offer-foot"):
        _meter(view, deals, problem)
        _buttons(hand, table, deals, problem)


def _problem(view: View, deals: Mapping[str, Deal]) -> str:
    """Return why the rules would not take these deals; empty if they do."""
    for name, deal in deals.items():
        table = view.scenario.tables[name]
        if gone := [
            who for who in view.state.left.get(name, ()) if table.index(deal) >= 0 and who in table.needs(deal)
        ]:
            return tr("This needs {party}, who has left the table for good.", party=short(view.scenario, gone[0]))
        if table.index(deal) < 0:
            broken = [c for c in table.forbidden if table.clashes(c, deal)]
            if broken:
                return tr("These options do not go together: {pattern}", pattern=view.scenario.words(broken[0].pattern))
            return tr("Too few parties would have to sign this: choose an option that brings in a partner.")
    if broken_across := view.scenario.breaks({**view.state.bound, **deals}):
        return tr(
            "This cannot stand with the other tables as they are: {pattern}. "
            "Put the other table on the same paper, or settle it first.",
            pattern=view.scenario.words(broken_across.pattern),
        )
    return ""


def _meter(view: View, deals: Mapping[str, Deal], problem: str) -> None:
    if problem:
        st.warning(problem, icon=":material/block:")
        return
    seen = worth(view.state, view.preferences, deals)
    value, now = seen.points, seen.otherwise
    low, high = _range(view)
    share = 100 * (value - low) / (high - low) if high > low else 0.0
    mark = 100 * (now - low) / (high - low) if high > low else 0.0
    css = "low" if value < now - 1e-9 else ""
    about = escape(tr("If this bound now, and nothing else. {unsigned}", unsigned=tr(UNSIGNED_HELP)))
    st.html(
        f"<div title='{about}'>{valued(view, seen)}</div><div class='bar'><i class='{css}' style='width:{min(max(share, 0), 100):.1f}%'></i>"
        f"<u style='left:{min(max(mark, 0), 100):.1f}%'></u></div>"
    )


def _range(view: View) -> tuple[float, float]:
    rest = view.preferences.score({})
    return min(0.0, rest), sum(sheet.weight for sheet in view.preferences.sheets.values())


def _buttons(hand: ActionButtons, table: str, deals: Mapping[str, Deal], problem: str) -> None:
    game, view = hand.game, hand.view
    acts = view.state.turns.get(view.me, 0)
    mine = next((p for p in reversed(view.state.at(table)) if p.author == view.me), None)
    theirs = last_offers(view, table)
    with st.container(horizontal=True):
        ready = not problem and table in view.due and not (mine and dict(mine.deals) == dict(deals))
        said = tr("Your offer is on the table.")
        hand.button(
            tr("Send offer"),
            Offer(deals),
            f"send-{acts}",
            icon="send",
            primary=True,
            disabled=not ready,
            said=said,
            asks=confirmations.offering(hand, deals) if ready else (),
            yes=tr("Send it all the same"),
            unsent=tr(UNSENT_OFFER, table=view.scenario.tables[table].title) if drafts.moved(game, view, table) else "",
        )
        if theirs:
            last = {table: next(reversed(theirs.values()))}
            st.button(
                tr("Their last"), icon=":material/content_copy:", on_click=drafts.load_draft, args=(game, view, last)
            )
        if mine:
            st.button(
                tr("My last"), icon=":material/history:", on_click=drafts.load_draft, args=(game, view, mine.deals)
            )
        if hand.suggests and not problem and theirs and (found := _suggestion(view, table, deals)):
            st.button(
                tr("Suggest"),
                icon=":material/lightbulb:",
                help=tr(
                    "A deal worth at least as much to you that the others should like better, to judge by what they asked for."
                ),
                on_click=drafts.load_draft,
                args=(game, view, {**deals, table: found}),
            )
    if mine and dict(mine.deals) == dict(deals):
        st.caption(tr("This is the paper you have on the table."))


def _suggestion(view: View, table: str, deals: Mapping[str, Deal]) -> Deal | None:
    return advised(view, table, deals[table], certain(view, {n: d for n, d in deals.items() if n != table}))
