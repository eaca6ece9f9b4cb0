"""How a game came about: who proposed to whom, what was made and claimed by when, and what was traded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from negotiation.model import NegotiationModel
from negotiation.scenario import Scenario
from negotiation.ui import charts, words
from negotiation.ui.figure import figure
from negotiation.ui.look import INK, short


def course(model: NegotiationModel, seen: Mapping[str, Any]) -> None:
    """The card of a game with offers in it."""
    if not seen["proposed"]:
        return
    scenario, name = model.state.scenario, model.case.name
    with st.container(border=True, key="card-course"):
        st.markdown("#### How it came about", help=words.COURSE_HELP)
        left, right = st.columns(2, gap="medium")
        with left:
            st.markdown("**Who made offers to whom**")
            counts = seen["proposed"]
            figure(
                "course-proposed",
                lambda night: proposed(scenario, counts, INK[night]),
                "\n".join(["from,to,offers", *(f"{a},{b},{n}" for a, b, n in counts), ""]),
                f"{name}-offers-to",
            )
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
        if traded := {table: share for table, share in seen["logrolling"].items() if share is not None}:
            st.markdown("**What was traded**", help=words.TRADED_HELP)
            st.html(f"<ul class='plain'>{''.join(_traded(scenario, *one) for one in traded.items())}</ul>")


def _traded(scenario: Scenario, table: str, share: float) -> str:
    title = escape(scenario.tables[table].title.partition(" (")[0])
    if share < 0:
        said = "worse for them together than splitting every issue"
    else:
        said = f"{min(share, 1.0):.0%} of the way from splitting every issue to giving each to whom it matters most"
    width = max(0.0, min(share, 1.0)) * 100
    return f"<li><b>{title}</b>: {said}<div class='bar'><i style='width:{width:.0f}%'></i></div></li>"


def proposed(scenario: Scenario, counts: Sequence[Sequence[Any]], ink: Mapping[str, str]) -> charts.Spec:
    """A matrix: authors down, those who would have had to sign across, offers as colour and number."""
    names = [short(scenario, party) for party in scenario.parties]
    values = [{"from": short(scenario, a), "to": short(scenario, b), "offers": n} for a, b, n in counts]
    x = {"field": "to", "type": "nominal", "title": "to", "scale": {"domain": names}, "axis": {"orient": "top"}}
    y = {"field": "from", "type": "nominal", "title": "from", "scale": {"domain": names}}
    colour = {
        "field": "offers",
        "type": "quantitative",
        "legend": None,
        "scale": {"range": [ink["card"], ink["accent"]]},
    }
    return {
        "height": {"step": 34},
        "background": "transparent",
        "data": {"values": values},
        "encoding": {"x": x, "y": y, "tooltip": [{"field": "from"}, {"field": "to"}, {"field": "offers"}]},
        "layer": [
            {"mark": {"type": "rect", "stroke": ink["line"]}, "encoding": {"color": colour}},
            {
                "mark": {"type": "text", "fontSize": 12, "stroke": ink["card"], "strokeWidth": 3},
                "encoding": {"text": {"field": "offers"}},
            },
            {"mark": {"type": "text", "fontSize": 12, "color": ink["text"]}, "encoding": {"text": {"field": "offers"}}},
        ],
    }
