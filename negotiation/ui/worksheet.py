"""The preparation sheet of a person in class: what one aims at, what one leaves at, and what the others want.

It is kept as `Session.sheets[person]`:

    {"target": 70.0 or null, "walk_away": 55.0 or null, "notes": text,
     "guesses": {party: ["table.issue", ...]}}    the issues that matter most to it, the most important first, up to three
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import streamlit as st

from negotiation.classroom.look import Look
from negotiation.scenario import Scenario
from negotiation.ui.look import short
from negotiation.ui.room import room
from negotiation.ui.words import literal, points
from negotiation.view import View

MOST_GUESSED = 3


def worksheet(look: Look) -> None:
    """The form with what was kept, and the button that keeps it."""
    sheet, me = look.sheet, look.seat.party
    with st.form("worksheet", border=False):
        st.caption("For you: nobody else in your group sees it. It comes back in the debrief, beside what happened.")
        if look.view:
            st.html(f"<div class='note'>{_scale(look.view)}</div>")
        left, right = st.columns(2)
        target = left.number_input("My target, in points", value=sheet.get("target"), step=1.0, key="sheet-target")
        away = right.number_input("I walk away below", value=sheet.get("walk_away"), step=1.0, key="sheet-away")
        guesses = {
            party: _guess(look.scenario, party, sheet.get("guesses", {}).get(party, []))
            for party in look.scenario.parties
            if party != me and look.scenario.at(party)
        }
        notes = st.text_area("Notes", sheet.get("notes", ""), max_chars=3000, key="sheet-notes", height=110)
        kept = {"target": target, "walk_away": away, "guesses": guesses, "notes": notes}
        if st.form_submit_button("Keep my sheet", type="primary", icon=":material/save:"):
            sheet = _keep(look, kept) or sheet
    if sheet:
        st.caption("Your sheet is kept. Change it as often as you like until the talks end.")


def _guess(scenario: Scenario, party: str, kept: list[str]) -> list[str]:
    options = {
        f"{name}.{issue.name}": issue.title for name in scenario.at(party) for issue in scenario.tables[name].issues
    }
    return st.multiselect(
        f"What matters most to {short(scenario, party)}?",
        list(options),
        [key for key in kept if key in options],
        format_func=options.__getitem__,
        max_selections=MOST_GUESSED,
        placeholder=f"Up to {MOST_GUESSED}, the most important first",
        key=f"sheet-{party}",
    )


def _scale(view: View) -> str:
    rest, decimals = view.preferences.score({}), view.scenario.decimals
    best = sum(sheet.weight for sheet in view.preferences.sheets.values())
    return (
        f"With everything unsigned you have {points(rest, decimals)} points; all issues as you like them best bring "
        f"{points(best, decimals)}, before links between tables."
    )


def _keep(look: Look, sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet, once it is kept; empty if it was not."""
    said = hashlib.sha256(json.dumps(sheet, sort_keys=True).encode()).hexdigest()[:16]
    why = room().play.prepare(look.seat, sheet, f"sheet-{look.versions[look.seat.session]}-{said}")
    if why:
        st.error(literal(why))
        return {}
    st.toast("Your sheet is kept.", icon=":material/save:")
    return sheet
