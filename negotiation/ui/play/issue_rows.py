"""The rows of a draft, one an issue: what is chosen and what it brings; a click opens all options, none cut off."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from negotiation.language import language, tr
from negotiation.strategies.opening_drafts import opening_draft
from negotiation.table import Deal, Issue, Table
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.common.words import all_of, at_stake, literal, points, stake
from negotiation.ui.play import drafts
from negotiation.view import View

MOST_ROWS = 12
"""Options that are shown as rows; longer lists are searched by typing."""


def rows(game: str, view: View, name: str) -> Deal:
    """Draw the rows of a table, and return the deal that is chosen in them; they begin with a sensible draft."""
    table, place = view.scenario.tables[name], drafts.begun(game, name)
    start = None if drafts.key(game, name, table.issues[0]) in st.session_state else opening_draft(view, name)
    chosen = tuple(_row(game, view, table, k, start[k] if start else None) for k in range(len(table.issues)))
    # what was left here comes back with the page, and is no start
    if start and (chosen == start or place not in st.session_state):
        st.session_state[place] = start
    return chosen


def _row(game: str, view: View, table: Table, k: int, start: int | None) -> int:
    """Draw the row of one issue, and return the option chosen."""
    issue = table.issues[k]
    key = drafts.key(game, table.name, issue)
    options, text = range(len(issue.options)), _shown(view, table, issue)
    now = st.session_state.get(key, start)
    if st.session_state.get(f"told-{key}", language()) != language() and now is not None:
        st.session_state[key] = now  # a browser knows options by their texts, which have changed: it is told again
    st.session_state[f"told-{key}"] = language()
    with st.expander(_headline(view, table, issue, now or 0), key=f"row-{key}"):
        if len(options) > MOST_ROWS:
            return st.selectbox(
                label(view, table, issue),
                options,
                index=start or 0,
                format_func=among(options, text),
                key=key,
                persist_state="page",
            )
        return st.radio(
            label(view, table, issue),
            options,
            index=start or 0,
            format_func=among(options, text),
            key=key,
            persist_state="page",
            captions=_asked(view, table, k),
            label_visibility="collapsed",
            width="stretch",
        )


def label(view: View, table: Table, issue: Issue) -> str:
    """Return the name of the control of an issue, as it is read out: without markup."""
    return f"{issue.title} · {_stake(view, table, issue)}"


def _stake(view: View, table: Table, issue: Issue) -> str:
    sheet = view.preferences.sheets.get(f"{table.name}.{issue.name}")
    return at_stake(sheet.weight) if sheet and sheet.weight else tr("nothing at stake for you by itself")


def _headline(view: View, table: Table, issue: Issue, option: int) -> str:
    """Return the closed row: the issue, what is chosen, and its points of those at stake."""
    sheet = view.preferences.sheets.get(f"{table.name}.{issue.name}")
    worth = (
        tr(
            "{points} of {most}",
            points=points(sheet.points(option), view.scenario.decimals),
            most=stake(sheet.weight),
        )
        if sheet and sheet.weight
        else "–"
    )
    return f"{literal(issue.title)}\n**{literal(issue.texts[option])}** :gray[{worth}]"


def _shown(view: View, table: Table, issue: Issue) -> Callable[[int], str]:
    """Return what gives the text of an option with its points; it says nothing that others can change."""
    sheet = view.preferences.sheets.get(f"{table.name}.{issue.name}")

    def text(option: int) -> str:
        told = literal(issue.texts[option])
        return (
            f"{told} :gray[{points(sheet.points(option), view.scenario.decimals)}]" if sheet and sheet.weight else told
        )

    return text


def _asked(view: View, table: Table, k: int) -> list[str]:
    """Return beside each option who asks for it in a paper that lies on the table; its place is kept free."""
    wanted: dict[int, list[str]] = {}
    for paper in view.state.at(table.name):
        who = tr("you") if paper.author == view.me else short(view.scenario, paper.author)
        there = wanted.setdefault(paper.deals[table.name][k], [])
        if who not in there:
            there.append(who)
    asked = {option: literal(all_of(who)) for option, who in wanted.items()}
    return [asked.get(option, "") for option in range(len(table.issues[k].options))]
