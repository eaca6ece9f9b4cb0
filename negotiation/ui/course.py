"""How a game came about: who proposed to whom, what was made and claimed by when, and what was traded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from negotiation.game import Game
from negotiation.scenario import Scenario
from negotiation.ui import charts, words
from negotiation.ui.figure import data, figure
from negotiation.ui.look import heat, tag


def course(model: Game, seen: Mapping[str, Any]) -> None:
    """The card of a game with offers in it."""
    if not seen["proposed"]:
        return
    scenario, name = model.state.scenario, model.case.name
    with st.container(border=True, key="card-course"):
        st.markdown("#### How it came about", help=words.COURSE_HELP)
        left, right = st.columns([4, 3], gap="medium")
        with left:
            st.markdown("**Who made offers to whom**")
            counts = seen["proposed"]
            st.html(_proposed(scenario, counts))
            data(f"{name}-offers-to", "\n".join(["from,to,offers", *(f"{a},{b},{n}" for a, b, n in counts), ""]))
        with right:
            st.markdown(f"**Made together and claimed by each**, {escape(scenario.unit)} by {escape(scenario.unit)}")
            rows = seen["values"]
            parties = list(scenario.parties)
            figure(
                "course-values",
                lambda _night: charts.values(scenario, rows),
                "\n".join(
                    [
                        ",".join(["round", *parties, "together"]),
                        *(",".join(map(str, [n, *(gains[p] for p in parties), made])) for n, gains, made in rows),
                        "",
                    ]
                ),
                f"{name}-values",
            )
            st.caption("Dashed: all together. Points above everything unsigned, without the cost of delay.")
        if traded := {table: share for table, share in seen["logrolling"].items() if share is not None}:
            st.markdown(
                "**What was traded**: 0 % is splitting every issue, 100 % is giving each to whom it matters most",
                help=words.TRADED_HELP,
            )
            st.html(f"<ul class='plain'>{''.join(_traded(scenario, *one) for one in traded.items())}</ul>")


def _traded(scenario: Scenario, table: str, share: float) -> str:
    title = escape(scenario.tables[table].title.partition(" (")[0])
    said = f"{min(share, 1.0):.0%}" if share >= 0 else "worse for them together than splitting every issue"
    width = max(0.0, min(share, 1.0)) * 100
    return f"<li><b>{title}</b>: {said}<div class='bar'><i style='width:{width:.0f}%'></i></div></li>"


def _proposed(scenario: Scenario, counts: Sequence[Sequence[Any]]) -> str:
    """A matrix: authors down, those who would have had to sign across, offers as colour and number."""
    found = {(author, other): count for author, other, count in counts}
    most = max(found.values())
    asked = [party for party in scenario.parties if any(other == party for _, other in found)]
    head = "".join(f"<th class='n'>{tag(scenario, party)}</th>" for party in asked)
    lines = []
    for author in dict.fromkeys(author for author, _ in found):
        cells = "".join(
            heat(count, most, str(count)) if (count := found.get((author, other), 0)) else "<td></td>"
            for other in asked
        )
        lines.append(f"<tr><td>{tag(scenario, author)}</td>{cells}</tr>")
    return f"<div class='wide'><table class='terms'><tr><th>from · to</th>{head}</tr>{''.join(lines)}</table></div>"
