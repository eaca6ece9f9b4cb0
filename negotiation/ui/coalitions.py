"""What groups of parties are worth on their own, and what each party adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from negotiation.case import Case
from negotiation.ui.look import tag
from negotiation.ui.words import points


def coalitions(case: Case, report: Mapping[str, Any]) -> None:
    """The groups with more than nothing, and by party its Shapley value and a stable share."""
    if report["coalitions"] is None:
        return
    scenario, decimals = case.scenario, case.scenario.decimals
    with st.container(border=True, key="card-analyse-coalitions"):
        st.markdown(
            "#### What groups are worth on their own",
            help="The most points a group can add up above everything unsigned if only its members sign. "
            "Points of different parties are added, so this is only as good as their scales compare.",
        )
        left, right = st.columns([5, 4], gap="medium")
        rows = [
            f"<tr><td>{' '.join(tag(scenario, p) for p in row['members'])}</td>"
            f"<td class='n'>{points(row['worth'], decimals)}</td></tr>"
            for row in sorted(report["coalitions"], key=lambda row: -row["worth"])
            if len(row["members"]) > 1 and row["worth"] > 0
        ]
        head = "<tr><th>if only these sign</th><th class='n'>points above everything unsigned</th></tr>"
        with left, st.container(height=360 if len(rows) > 9 else "content", border=False, key="coalition-list"):
            st.html(f"<div class='wide'><table class='terms'>{head}{''.join(rows)}</table></div>")
        with right:
            st.html(_power(case, report))


def _power(case: Case, report: Mapping[str, Any]) -> str:
    decimals = case.scenario.decimals
    division = report["core"]["division"]
    rows = "".join(
        f"<tr><td>{tag(case.scenario, party)}</td><td class='n'>{points(value, decimals)}</td>"
        f"<td class='n'>{points(division[party], decimals)}</td></tr>"
        for party, value in report["shapley"].items()
    )
    head = (
        "<tr><th></th><th class='n' title='The Shapley value: what a party adds to a group, over all orders of joining'>"
        "adds on average</th><th class='n' title='A division of what all can have together: in the least core'>"
        "a stable share</th></tr>"
    )
    stable = (
        "However the points of all are divided, some group could do better alone (the core is empty)."
        if report["core"]["empty"]
        else "With the shares at the right no group could do better alone (the core is not empty)."
    )
    return f"<div class='wide'><table class='terms'>{head}{rows}</table></div><p class='note'>{stable} Points above everything unsigned.</p>"
