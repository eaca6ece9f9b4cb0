"""The brief: what everybody knows, and what only you know."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.language import decimal, mark, tr
from negotiation.reports.web import WIDE
from negotiation.reports.words import percent
from negotiation.rounding import plain
from negotiation.scenario import Scenario
from negotiation.ui.common.style import short
from negotiation.ui.common.words import all_of, headed, kind, literal, points, stake
from negotiation.ui.play.linked import sheet_rows
from negotiation.view import View

EVERYBODY, CONFIDENTIAL, SHEET = mark("For everybody"), mark("For you only"), mark("Your score sheet")
"""The tabs."""

DELAY = mark("Each {unit} costs you {points} until the last table you sign is signed.")
DISCOUNT = mark("All your points shrink with time: to {share} of them at the very end.")


def brief(view: View, how: str) -> None:
    """Show the public and confidential brief, how the talks go, and the own score sheet."""
    papers(view.scenario, view.me, view.role.brief, view, how)


def papers(scenario: Scenario, me: str, confidential: str, view: View | None, how: str) -> None:
    """Show what a party may read by now: the public brief, its confidential papers, and how the talks go."""
    names = [EVERYBODY, *([CONFIDENTIAL] if confidential else []), *([SHEET] if view else [])]
    places = dict(zip(names, st.tabs([tr(name) for name in names]), strict=True))
    with places[EVERYBODY]:
        st.write(scenario.brief)
        st.markdown(tr("**How it goes.** {how}", how=literal(how)))
        if me:
            st.markdown(headed(scenario.parties[me].title, scenario.parties[me].brief))
        for other, about in scenario.parties.items():
            if other != me:
                with st.expander(about.title):
                    st.write(about.brief)
    if confidential:
        with places[CONFIDENTIAL]:
            st.write(confidential)
            for other, odds in scenario.odds.items():
                if other != me:
                    told = all_of(
                        [f"{kind(scenario, other, name)} ({percent(chance)})" for name, chance in odds.items()], "or"
                    )
                    st.caption(
                        tr(
                            "What kind of {party} this is, only they know: {kinds}.",
                            party=short(scenario, other),
                            kinds=told,
                        )
                    )
    if view:
        with places[SHEET]:
            st.html(score_sheet(view))


def score_sheet(view: View) -> str:
    """Return every issue with a stake for me, option by option, and the links that touch me, as HTML."""
    rows, decimals = [], view.scenario.decimals
    for name, table in view.scenario.tables.items():
        sheets = [(issue, view.preferences.sheets.get(f"{name}.{issue.name}")) for issue in table.issues]
        rest = float(view.preferences.points[name][-1])
        if not rest and not any(sheet and sheet.weight for _, sheet in sheets):
            continue
        left = tr("unsigned {points}", points=points(rest, decimals))
        rows.append(f"<tr><th colspan='2'>{escape(table.title)}</th><th class='n'>{left}</th></tr>")
        for issue, sheet in sheets:
            if sheet and sheet.weight:
                order = sorted(range(len(issue.options)), key=lambda n: -sheet.points(n))
                options = "<br>".join(f"{points(sheet.points(n), decimals)} · {escape(issue.texts[n])}" for n in order)
                rows.append(
                    f"<tr><td>{escape(issue.title)}</td><td>{options}</td><td class='n'>{stake(sheet.weight)}</td></tr>"
                )
    rows += sheet_rows(view)
    delay, discount, note = view.preferences.delay, view.preferences.discount, ""
    if delay:
        note = _note(tr(DELAY, unit=view.scenario.unit, points=decimal(plain(delay))))
    if discount < 1:
        note += _note(tr(DISCOUNT, share=percent(discount)))
    return f"{WIDE}<table class='terms'>{''.join(rows)}</table></div>{note}"


def _note(text: str) -> str:
    return f"<p class='note'>{escape(text)}</p>"
