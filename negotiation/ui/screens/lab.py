"""Lab: results of batches, two of them side by side, and small experiments of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import count

import streamlit as st

from negotiation.analysis.findings import read
from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.formats import bundled, load
from negotiation.lab import charts, influence_charts
from negotiation.lab.caveats import caveats
from negotiation.lab.part_files import finished
from negotiation.lab.summary import Summary
from negotiation.reports.figure_files import Ink, Spec
from negotiation.reports.palette import group_colour, ink, party_colour
from negotiation.rounding import percent, rounded
from negotiation.strategies import strategies
from negotiation.ui.common import words
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import dark
from negotiation.ui.jobs import result_folders
from negotiation.ui.jobs.answers import Counted
from negotiation.ui.jobs.processes import shown
from negotiation.ui.jobs.questions import BatchAsked, SummaryAsked

BARS, MAP = 720, 620
"""Pixels that these charts are wide at most."""


def page() -> None:
    """Draw results, two results side by side, or a new experiment."""
    st.title("Lab")
    st.write("Many negotiations between agents at once, and what they say together.")
    st.warning(words.OPEN_SHEETS, icon=":material/visibility_lock:")
    names = result_folders.folders()
    views = {"Results": _results, "Compare": _compare, "New experiment": _new}
    if st.session_state.pop("lab-done", False):
        st.session_state["lab-view"] = "Results"
        for key in [key for key in st.session_state if str(key).startswith(("lab-folder", "lab-new-name-"))]:
            del st.session_state[key]
    st.session_state.setdefault("lab-view", "Results")
    view = st.segmented_control("View", list(views), required=True, key="lab-view") or "Results"
    views[view](names)
    st.caption(words.FICTION)


def _ink() -> Ink:
    return ink(night=dark())


def _asked(name: str, by: str = "lineup", where: Mapping[str, Sequence[str]] | None = None) -> Counted | None:
    """Return the summary of a folder, worked out in a process of its own; None if it could not be."""
    try:
        done = len(finished(result_folders.folder(name)))
    except NegotiationError as problem:
        st.error(str(problem))
        return None
    asked = SummaryAsked(job="summary", folder=name, by=by, where=dict(where or {}), done=done)
    found = shown(asked, "Counting:")
    return None if found is None else read(Counted, found)


def _results(names: Sequence[str]) -> None:
    if not names:
        st.info("Nothing here yet. Start a **new experiment**, or put a folder that `negotiation batch` wrote here:")
        st.code(str(result_folders.root()), language=None)
        return
    with st.container(border=True, key="card-lab-folder"):
        left, middle, right = st.columns([4, 3, 4])
        name = left.selectbox("Results", names, key="lab-folder")
        whole = _asked(name)
        if whole is None:
            return
        by = middle.selectbox("Split by", whole.columns, key=f"lab-by-{name}")
        lineups = [row["group"] for row in whole.groups]
        chosen = right.multiselect("Only the line-ups", list(dict.fromkeys(lineups)), key=f"lab-only-{name}")
    found = _asked(name, by, {"lineup": chosen} if chosen else {}) if by != "lineup" or chosen else whole
    if found is not None:
        _told(found, name)


def _told(summary: Counted, key: str) -> None:
    """Show all figures of one summary."""
    part = "" if summary.runs == summary.planned else f" of {summary.planned:,}"
    failed = f" {summary.errors:,} of them could not be played." if summary.errors else ""
    st.markdown(f"**{summary.runs:,}{part} negotiations.**{failed}")
    if said := caveats(summary):
        st.html(f"<p style='font-size:.875rem;opacity:.8;margin:0'>{escape(said.strip())}</p>")
    if not summary.groups:
        st.info("No run fits this choice.")
        return
    case = _case(summary.cases, key)
    if case is None:
        return
    _gains(case, summary, key)
    _signed(case, summary, key)
    names = list(dict.fromkeys(row["factor"] for row in summary.factors if row["case"] == case.name))
    if names:
        with st.container(border=True, key=f"card-lab-factor-{key}"):
            st.markdown("## What a factor does")
            name = st.selectbox(
                "Factor", names, format_func=among(names, lambda n: charts.spoken(case, n)), key=f"lab-factor-{key}"
            )
            _legend(charts.names_of(case).values(), party_colour)
            for place, n, view in zip(
                st.columns([3, 2]), "12", charts.courses(case, summary, name, _ink()), strict=True
            ):
                with place:
                    _drawn(view, f"lab-f{n}-{key}")
            st.caption(
                "Means over all runs with this value, whatever else varied; bars are 95 % intervals of the mean."
            )
    if set(summary.pair) <= set(case.roles):
        with st.container(border=True, key=f"card-lab-map-{key}"):
            st.markdown("## Two parties' gains together", help="The darker, the more runs.")
            _drawn(influence_charts.scatter(case, summary, _ink()), f"lab-map-{key}", wide=MAP)


def _case(cases: Sequence[Sequence[str]], key: str) -> Case | None:
    at = 0
    if len(cases) > 1:
        at = st.selectbox(
            "Case",
            range(len(cases)),
            format_func=among(range(len(cases)), lambda n: cases[n][0]),
            key=f"lab-case-{key}",
        )
    try:
        return load(*cases[at])
    except NegotiationError as problem:
        st.error(str(problem))
        return None


def _gains(case: Case, summary: Summary, key: str) -> None:
    with st.container(border=True, key=f"card-lab-gains-{key}"):
        st.markdown("## Who gained what", help="Points over leaving everything unsigned; lines are 95 % intervals.")
        _legend(_groups(case, summary), group_colour)
        _drawn(charts.gains(case, summary, _ink()), f"lab-gains-{key}", wide=BARS)
        rows = [
            {
                summary.by: charts.said(row["group"]),
                "runs": row["runs"],
                "tables signed": row["agreement"] and percent(row["agreement"]["mean"]),
                "rounds": row["rounds"] and rounded(row["rounds"]["mean"], 1),
            }
            for row in summary.groups
            if row["case"] == case.name
        ]
        st.dataframe(rows, hide_index=True, width="content")


def _signed(case: Case, summary: Summary, key: str) -> None:
    with st.container(border=True, key=f"card-lab-signed-{key}"):
        st.markdown("## What was signed")
        tables = list(case.scenario.tables)
        table = tables[0]
        if len(tables) > 1:
            title = {name: there.title for name, there in case.scenario.tables.items()}
            table = st.selectbox("Table", tables, format_func=title.__getitem__, key=f"lab-table-{key}")
        reference = next(iter(case.references), "")
        _legend(_groups(case, summary), group_colour)
        views = list(charts.issues(case, summary, table, reference, _ink()).items())
        for first in range(0, len(views), 2):
            for place, (issue, view) in zip(st.columns(2), views[first : first + 2], strict=False):
                with place:
                    st.markdown(f"**{issue}**")
                    _drawn(view, f"lab-options-{issue}-{key}")
        if reference:
            st.caption(f"◆ stands at the reference “{case.references[reference].title}”.")


def _groups(case: Case, summary: Summary) -> list[str]:
    names = list(dict.fromkeys(charts.said(row["group"]) for row in summary.groups if row["case"] == case.name))
    return names if len(names) > 1 else []


def _legend(names: Iterable[str], hue: Callable[[int], str]) -> None:
    """Show names with their colours, on as many lines as the screen needs."""
    colours = _ink()
    tags = [f"<span class='who' style='--c:{colours[hue(n)]}'>{escape(name)}</span>" for n, name in enumerate(names)]
    if tags:
        st.html(f"<p style='display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0'>{''.join(tags)}</p>")


def _drawn(view: Spec, key: str, wide: int | None = None) -> None:
    """Draw a view as wide as its card, or `wide` pixels at most; its colours are named above it, in the page."""
    frame = charts.frame(_ink())
    config = {**frame["config"], "legend": {"disable": True}}
    spec = {
        **frame,
        **view,
        "config": config,
        "width": "container",
        "padding": dict.fromkeys(("left", "right", "top", "bottom"), 4),
    }
    with st.container(width=wide or "stretch"):
        st.vega_lite_chart(
            spec={**spec, "autosize": {"type": "fit-x", "contains": "padding"}}, width="stretch", key=key
        )


def _compare(names: Sequence[str]) -> None:
    if len(names) < 2:
        st.info("Two results are needed to compare them.")
        return
    left, right = st.columns(2)
    first = left.selectbox("Results", names, index=0, key="lab-first")
    second = right.selectbox("Against", names, index=1, key="lab-second")
    here, there = _asked(first), _asked(second)
    if first == second or not here or not there:
        return
    shared = [place for place in here.cases if place in there.cases]
    if not shared:
        st.info("They have no case in common.")
        return
    groups, options = [], []
    for name, one in ((first, here), (second, there)):
        groups += [{**row, "group": f"{name}: {row['group']}"} for row in one.groups]
        options += [{**row, "group": f"{name}: {row['group']}"} for row in one.options]
    summary = replace(here, groups=groups, options=options, by="results", factors=[], map=[])
    case = _case(shared, "compare")
    if case:
        _gains(case, summary, "compare")
        _signed(case, summary, "compare")


def _new(names: Sequence[str]) -> None:
    """Draw a form for a small plan, which is played in a process of its own."""
    with st.container(border=True, key="card-lab-new"):
        left, right = st.columns(2)
        case = left.selectbox(
            "Case", list(bundled()), format_func=among(bundled(), lambda n: load(n).scenario.title), key="lab-new-case"
        )
        kinds = right.multiselect(
            "Strategies, each at all seats",
            list(strategies()),
            ["fair", "boulware"],
            format_func=among(strategies(), words.named),
            key="lab-new-kinds",
        )
        runs = left.slider("Negotiations of each", 10, 500, 50, 10, key="lab-new-runs")
        noise = right.slider(
            "Uncertainty of the weights",
            0,
            50,
            0,
            5,
            format="± %d %%",
            key="lab-new-noise",
            help="Every weight of every party times a factor drawn for each negotiation.",
        )
        free = next(name for n in count(1) if (name := f"{case}-{n}") not in names)
        st.session_state.setdefault(f"lab-new-name-{case}", free)
        name = left.text_input("Name", key=f"lab-new-name-{case}")
        plan = {
            "format": "negotiation-plan/1",
            "cases": [case],
            "lineups": {kind: kind for kind in kinds},
            "replications": runs,
            **({"factors": {"noise": noise / 100}} if noise else {}),
        }
        many = runs * len(kinds)
        right.caption(f"{many:,} negotiations. Larger plans: `negotiation batch`, see docs/lab.md.")
        start = st.button(
            "Start", type="primary", icon=":material/science:", disabled=not kinds or many > result_folders.MOST_RUNS
        )
        if start and shown(BatchAsked(job="batch", folder=name, plan=plan), f"{name}:"):
            st.session_state["lab-done"] = True
            st.toast(f"{name}: done", icon=":material/check:")
            st.rerun()
        st.caption("Stopped half-way? What was played is kept; start again with the same name and settings to go on.")
