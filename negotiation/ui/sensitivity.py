"""How much the solutions hang on the weights: a picture of what each weight, changed a little, gives and takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from negotiation.case import Case
from negotiation.rounding import rounded
from negotiation.ui import words
from negotiation.ui.figure import data
from negotiation.ui.look import heat, short, tag
from negotiation.ui.offered import among
from negotiation.ui.words import points
from negotiation.ui.working import known, shown

PERCENT = 10.0
"""How much each weight is changed, in per cent."""

MOST = 12
"""Weights on the figure."""

Rows = Sequence[Mapping[str, Any]]


def sensitivity(case: Case, asked: Mapping[str, Any]) -> None:
    """The picture for the parties that were analysed, asked for because it takes a moment."""
    wanted = {**asked, "job": "sensitivity", "percent": PERCENT}
    with st.container(border=True, key="card-analyse-sensitivity"):
        st.markdown(
            "#### How much hangs on the weights",
            help=f"One weight of one party at a time is raised or lowered by {PERCENT:g} %, that party's other weights "
            "are scaled so that their sum stays, and everything is solved anew and exactly.",
        )
        found = known(wanted)
        if not found:
            st.markdown("Scores are estimates. Which of them decide what bargaining theory singles out?")
            label = f"Change every weight by ±{PERCENT:g} %"
            if st.button(label, icon=":material/tune:") and shown(wanted, "Solving it anew:"):
                st.rerun()
            return
        with st.container(horizontal=True):
            name = st.selectbox(
                "Solution",
                list(found["solutions"]),
                format_func=among(found["solutions"], lambda n: words.SOLUTIONS[n][0]),
            )
            way = st.segmented_control("Each weight is", ["raised", "lowered"], default="raised") or "raised"
        rows = list(_rows(found["weights"], name, PERCENT if way == "raised" else -PERCENT))
        _told(found["weights"], name)
        st.html(_map(case, asked["parties"], rows[:MOST]))
        data(f"{case.name}-sensitivity", _table(rows))
        st.caption(
            f"Each row is one weight, {way} by {PERCENT:g} %: what each party then gains or loses at this point."
        )
        _flips(case, rows)


def _rows(weights: Rows, solution: str, percent: float) -> Iterator[dict[str, Any]]:
    """By falling largest change, what this change of each weight gives and takes."""
    found = [
        {"party": row["party"], "issue": row["issue"], "gains": shift["gains"], "flips": shift["flips"]}
        for row in weights
        for shift in row["shifts"]
        if shift["solution"] == solution and shift["percent"] == percent
    ]
    yield from sorted(found, key=lambda row: -max(abs(gain) for gain in row["gains"].values()))


def _told(weights: Rows, solution: str) -> None:
    firm = sum(not any(s["flips"] for s in row["shifts"] if s["solution"] == solution) for row in weights)
    st.markdown(f"**{firm} of {len(weights)} weights** change no option of this outcome, raised or lowered.")


def _title(case: Case, key: str) -> str:
    """`stakes` of `alliance.stakes`, in people's words."""
    table, _, issue = key.partition(".")
    there = case.scenario.tables[table]
    return there.issues[there.by_name[issue]].title if issue else there.title


def _map(case: Case, parties: Sequence[str], rows: Rows) -> str:
    """A heat map: weights down, parties across, the change of points as colour and number."""
    most = max((abs(gain) for row in rows for gain in row["gains"].values()), default=0.0)
    decimals = case.scenario.decimals + 1  # one more: most of these changes are small
    head = "".join(f"<th class='n'>{tag(case.scenario, party)}</th>" for party in parties)
    lines = []
    for row in rows:
        cells = "".join(heat(gain, most, points(gain, decimals, signed=True)) for gain in row["gains"].values())
        lines.append(
            f"<tr><td>{tag(case.scenario, row['party'])} {escape(_title(case, row['issue']))}</td>{cells}</tr>"
        )
    return f"<div class='wide'><table class='terms'><tr><th>weight</th>{head}</tr>{''.join(lines)}</table></div>"


def _flips(case: Case, rows: Rows) -> None:
    """In words, which options change with which weight."""
    told = [
        f"<li>{tag(case.scenario, row['party'])} {escape(_title(case, row['issue']))}: "
        + "; ".join(_flip(case, key, flip) for key, flip in row["flips"].items())
        + f" ({_gains(case, row['gains'])})</li>"
        for row in rows
        if row["flips"]
    ]
    if told:
        with st.expander(f"What changes in the outcome ({words.counted(len(told), 'weight')})"):
            st.html(f"<ul class='plain'>{''.join(told)}</ul>")


def _flip(case: Case, key: str, flip: Sequence[str]) -> str:
    table, _, issue = key.partition(".")
    if issue:
        there = case.scenario.tables[table]
        place = there.issues[there.by_name[issue]]
        flip = [place.texts[place.options.index(option)] for option in flip]
    return f"<span class='dim'>{escape(_title(case, key))}:</span> {escape(flip[0])} → {escape(flip[1])}"


def _gains(case: Case, gains: Mapping[str, float]) -> str:
    decimals = case.scenario.decimals
    shown_ = [
        f"{short(case.scenario, p)} {points(g, decimals, signed=True)}"
        for p, g in gains.items()
        if rounded(g, decimals)
    ]
    return escape(", ".join(shown_) or "nobody's points change")


def _table(rows: Rows) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["weight of", "issue", *(rows[0]["gains"] if rows else ())])
    writer.writerows([row["party"], row["issue"], *row["gains"].values()] for row in rows)
    return file.getvalue()
