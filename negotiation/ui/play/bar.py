"""The slim bar over the tables that always stays: my points, the week, and the button that ends it."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.actions import Pass
from negotiation.language import decimal, tr
from negotiation.reports.words import listed
from negotiation.rounding import apart, plain, rounded
from negotiation.table import Deal
from negotiation.ui.common import words
from negotiation.ui.common.metrics import metric
from negotiation.ui.common.style import short
from negotiation.ui.play import confirmations
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.ballot import stage
from negotiation.ui.play.left_open import left_open
from negotiation.view import View
from negotiation.worth import Worth, worth


def standing(view: View, *, mediated: bool) -> None:
    """Draw my points, net of delay, and what the papers on the tables would make them; a click tells where they come from."""
    decimals = view.scenario.decimals
    seen = worth(view.state, view.preferences, _hoped(view))
    now, nothing = seen.otherwise, view.preferences.score({})
    far, hope = (
        apart(seen.points, now, decimals),
        tr("If I signed the texts") if mediated else tr("If I signed their best offers"),
    )
    told = tr("**{points}** points", points=words.points(now, decimals))
    if far > 0:
        more = words.points(far, decimals, signed=True)
        told = tr("**{points}** points · **{more}** to sign", points=words.points(now, decimals), more=more)
    with st.popover(told, key="points", help=tr("Where my points come from")):
        metric(tr("With what is signed"), now, decimals, other=nothing, against=tr("against unsigned"))
        st.metric(tr("Everything unsigned"), words.points(nothing, decimals), help=tr(words.UNSIGNED_HELP))
        metric(hope, seen.points, decimals, other=now, against=tr("against now"))
        lost = words.points(apart(view.preferences.score(view.state.outcome), now, decimals), decimals)
        st.metric(
            tr("Cost of delay so far"),
            lost,
            _delay(view, seen),
            delta_color="off",
            delta_arrow="off",
            help=tr(words.DELAY_HELP),
        )
        for line in left_open(view):
            st.markdown(f"- {words.literal(line)}")
        st.caption(view.scenario.disclaimer or tr(words.FICTION))


def week(view: View) -> None:
    """Draw who I am, the week, and how much of the talks is over."""
    state = view.state
    told = escape(tr("{when} of {rounds}", when=words.when(view.scenario, state.round), rounds=state.rounds))
    st.html(
        f"<div class='week'><b>{escape(short(view.scenario, view.me))}</b> <span>{told}</span>"
        f"<progress max='{state.rounds}' value='{state.round}' aria-label='{told}'></progress></div>",
        width="content",
    )


def ending(hand: ActionButtons, *, mediated: bool) -> None:
    """Draw the button that ends my round or lets a standing paper be."""
    view = hand.view
    unit, acts = view.scenario.unit, view.state.turns.get(view.me, 0)
    by_turns = mediated or view.state.one_paper  # else a click that comes while others answer still ends this round
    hand.button(
        tr("Sit this ballot out") if view.state.drafts else tr("End my {unit}", unit=unit),
        Pass(),
        f"end-{acts}" if by_turns else f"end-r{view.state.round}",
        icon="skip_next",
        disabled=not view.allowed,
        said="" if hand.alone else tr(words.ROUND_OVER, unit=unit),
        asks=confirmations.ending(hand, mediated=mediated),
    )


def advice(hand: ActionButtons, *, mediated: bool) -> str:
    """Return what is to be done now, where that is not plain: nothing, a vote, a turn at some tables, the first round in class."""
    view = hand.view
    if not view.allowed:
        return tr(words.WAITING)
    if mediated:
        return stage(view)
    if view.state.one_paper:
        due, unit = listed(view.scenario.tables[name].title for name in view.due), view.scenario.unit
        return tr(
            "Your turn at: {tables}. Sign, counter, or let it be: ending the {unit} lets all of them be.",
            tables=due,
            unit=unit,
        )
    return "" if hand.alone or view.state.round else tr(words.FLOOR, unit=view.scenario.unit)


def _delay(view: View, seen: Worth) -> str:
    """Return what the delay costs from here on: what a signature adds, or else what a round does."""
    preferences, decimals = view.preferences, view.scenario.decimals
    if rounded(seen.delay, decimals):
        return tr("{points} more by signing now", points=words.points(seen.delay, decimals))
    if preferences.discount < 1:
        return tr("× {factor} by the end", factor=decimal(plain(preferences.discount)))
    return tr("{points} a {unit}", points=decimal(plain(preferences.delay)), unit=view.scenario.unit)


def _hoped(view: View) -> dict[str, Deal]:
    """Return the deals that would bind if the others' papers were signed by which I gain, or else the least bad: one a table."""
    state, hoped = view.state, dict[str, Deal]()
    theirs = [p for p in state.papers.values() if p.author != view.me and not p.draft and state.signable(view.me, p)]
    seen = {paper.id: worth(state, view.preferences, paper.deals) for paper in theirs}
    theirs = [paper for paper in theirs if seen[paper.id].gain > 0] or theirs
    for paper in sorted(theirs, key=lambda paper: (-seen[paper.id].points, paper.id)):
        free = not any(name in hoped for name in paper.deals)
        if free and state.scenario.breaks({**state.bound, **hoped, **paper.deals}) is None:
            hoped |= paper.deals
    return hoped
