"""The preparation sheet of a person in class: target, walk-away, and what the others want.

It is kept as `Session.sheets[person]`:

    {"target": 70.0 or null, "walk_away": 55.0 or null, "notes": text,
     "guesses": {party: ["table.issue", ...]}}    the issues that matter most to it, the most important first, up to three

There is no button to keep it: every change is kept at once, and what is being typed in a pause, when the field or the page
is left, and when the phase ends (scripts/sheet.js).
"""

from __future__ import annotations

import json
import secrets
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from negotiation.classroom.look import Look
from negotiation.debrief.beliefs import number
from negotiation.language import tr
from negotiation.scenario import Scenario
from negotiation.ui.common.style import short
from negotiation.ui.common.words import literal, pointed, points
from negotiation.ui.server import live
from negotiation.ui.server.identity import room
from negotiation.view import View

MOST_GUESSED = 3
TYPED = {"target": "target", "away": "walk_away", "notes": "notes"}
"""What is typed, by the end of its key: what could be lost."""

WHY = "sheet-why"
"""Where the page keeps why a sheet was not kept."""


@st.fragment(key="sheet-again")
def at_hand(look: Look) -> None:
    """Show the sheet behind a button, while the talks go on; nothing of it is drawn until it is opened."""
    with st.container(gap=None, width="content"):  # what watches takes no room, so that the button stands in its row
        with st.popover(tr("My sheet"), icon=":material/edit_note:", key="sheet-open", on_change="rerun") as opened:
            if opened.open:
                _form(look)
        _watched(look)


@st.fragment(key="sheet")
def worksheet(look: Look) -> None:
    """Show the sheet as it was last stored."""
    _form(look)
    _watched(look)


def _form(look: Look) -> None:
    sheet, scenario = _kept(look), look.scenario
    st.caption(tr("For you: nobody else in your group sees it. It comes back in the debrief, beside what happened."))
    if look.view:
        st.html(f"<div class='note'>{_scale(look.view)}</div>")
    left, right = st.columns(2)
    _number(left, tr("My target, in points"), "sheet-target", sheet.get("target"), look)
    _number(right, tr("I walk away below"), "sheet-away", sheet.get("walk_away"), look)
    for party in _others(look):
        _guess(scenario, party, sheet.get("guesses", {}).get(party, []), look)
    st.session_state.setdefault("sheet-notes", sheet.get("notes", ""))
    st.text_area(tr("Notes"), key="sheet-notes", height=110, on_change=_keep, args=(look,))
    if why := st.session_state.get(WHY):
        st.error(tr("Not kept: {why}", why=literal(tr(why))))
    elif sheet:
        st.caption(tr("Your sheet is kept. It stays here, to be changed as often as you like, until the talks end."))
    else:
        st.caption(tr("What you fill in is kept as you type, and stays here until the talks end."))


def _kept(look: Look) -> dict[str, Any]:
    """Return the sheet as last stored, which may be later than what the page was drawn from."""
    return dict(room().classes.get(look.seat.session).sheets.get(look.seat.person, {}))


def _watched(look: Look) -> None:
    """Have what is being typed stored, and take in what a page that is gone had typed."""
    sheet = _kept(look)
    kept = {f"sheet-{key}": "" if sheet.get(name) is None else str(sheet[name]) for key, name in TYPED.items()}
    live.sheet(look.seat.person, kept, "sheet-typed", lambda: _came_back(look))


def _came_back(look: Look) -> None:
    """Store what was typed on a page of this browser that was closed or loaded anew before it was stored."""
    sheet = {"target": None, "walk_away": None, "guesses": {}, "notes": "", **_kept(look)}
    texts = json.loads(st.session_state["sheet-typed"].typed or "{}")
    for key, name in TYPED.items():
        text = texts.get(f"sheet-{key}")
        if isinstance(text, str):
            sheet[name] = text if name == "notes" else number(text)
            st.session_state[f"sheet-{key}"] = sheet[name]
    st.session_state[WHY] = room().play.prepare(look.seat, sheet, secrets.token_hex(12))


def _others(look: Look) -> list[str]:
    scenario = look.scenario
    return [party for party in scenario.parties if party != look.seat.party and scenario.at(party)]


def _number(where: DeltaGenerator, label: str, key: str, kept: float | None, look: Look) -> None:
    st.session_state.setdefault(key, kept)
    where.number_input(label, value=None, step=1.0, key=key, on_change=_keep, args=(look,))


def _guess(scenario: Scenario, party: str, kept: list[str], look: Look) -> None:
    options = {
        f"{name}.{issue.name}": issue.title for name in scenario.at(party) for issue in scenario.tables[name].issues
    }
    st.session_state.setdefault(f"sheet-of-{party}", [key for key in kept if key in options])
    st.multiselect(
        tr("What matters most to {party}?", party=short(scenario, party)),
        list(options),
        format_func=options.__getitem__,
        max_selections=MOST_GUESSED,
        select_all=False,
        placeholder=tr("Up to {n}, the most important first", n=MOST_GUESSED),
        key=f"sheet-of-{party}",
        on_change=_keep,
        args=(look,),
    )


def _scale(view: View) -> str:
    rest, decimals = view.preferences.score({}), view.scenario.decimals
    best = sum(sheet.weight for sheet in view.preferences.sheets.values())
    return tr(
        "With everything unsigned you have {rest}; all issues as you like them best bring {best}, before links between "
        "tables.",
        rest=pointed(rest, decimals),
        best=points(best, decimals),
    )


def _keep(look: Look) -> None:
    """Store the sheet as it stands on the page now."""
    now = st.session_state
    sheet = {
        "target": now["sheet-target"],
        "walk_away": now["sheet-away"],
        "guesses": {party: list(now[f"sheet-of-{party}"]) for party in _others(look)},
        "notes": now["sheet-notes"],
    }
    now[WHY] = room().play.prepare(look.seat, sheet, secrets.token_hex(12)) if sheet != _kept(look) else None
