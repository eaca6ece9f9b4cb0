"""Lab: results of batches, two of them side by side, and small experiments of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import count

import streamlit as st

from negotiation.analysis.findings import read
from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.formats import bundled
from negotiation.lab.caveats import caveats
from negotiation.lab.part_files import finished
from negotiation.language import decimal, mark, plural, tr
from negotiation.strategies import strategies
from negotiation.ui.common import words
from negotiation.ui.common.cases import load
from negotiation.ui.common.offered import among
from negotiation.ui.common.pages import brief_title, titled
from negotiation.ui.debrief.of_batch import compared, told
from negotiation.ui.jobs import result_folders
from negotiation.ui.jobs.answers import Counted
from negotiation.ui.jobs.processes import shown
from negotiation.ui.jobs.questions import BatchAsked, SummaryAsked

VIEWS = {"Results": mark("Results"), "Compare": mark("Compare"), "New experiment": mark("New experiment")}
"""What the page can show."""


def page() -> None:
    """Draw results, two results side by side, or a new experiment."""
    st.title(tr("Lab"))
    st.write(tr("Many negotiations between agents at once, and what they say together."))
    st.warning(tr(words.OPEN_SHEETS), icon=":material/visibility_lock:")
    names = result_folders.folders()
    if st.session_state.pop("lab-done", False):
        st.session_state["lab-view"] = "Results"
        for key in [key for key in st.session_state if str(key).startswith(("lab-folder", "lab-new-name-"))]:
            del st.session_state[key]
    st.session_state.setdefault("lab-view", "Results")
    view = st.segmented_control(
        tr("View"), list(VIEWS), required=True, key="lab-view", format_func=among(VIEWS, lambda v: tr(VIEWS[v]))
    )
    {"Compare": _compare, "New experiment": _new}.get(view or "", _results)(names)
    st.caption(tr(words.FICTION))


def _asked(name: str, by: str = "lineup", where: Mapping[str, Sequence[str]] | None = None) -> Counted | None:
    """Return the summary of a folder, worked out in a process of its own; None if it could not be."""
    try:
        done = len(finished(result_folders.folder(name)))
    except NegotiationError as problem:
        st.error(tr(problem.said))
        return None
    asked = SummaryAsked(job="summary", folder=name, by=by, where=dict(where or {}), done=done)
    found = shown(asked, tr("Counting:"))
    return None if found is None else read(Counted, found)


def _results(names: Sequence[str]) -> None:
    if not names:
        st.info(
            tr("Nothing here yet. Start a **new experiment**, or put a folder that `negotiation batch` wrote here:")
        )
        st.code(str(result_folders.root()), language=None)
        return
    with st.container(border=True, key="card-lab-folder"):
        left, middle, right = st.columns([4, 3, 4])
        name = left.selectbox(tr("Results"), names, key="lab-folder")
        whole = _asked(name)
        if whole is None:
            return
        by = middle.selectbox(tr("Split by"), whole.columns, key=f"lab-by-{name}")
        lineups = [row["group"] for row in whole.groups]
        chosen = right.multiselect(
            tr("Only the line-ups"),
            list(dict.fromkeys(lineups)),
            key=f"lab-only-{name}",
            placeholder=tr("Choose options"),
        )
    found = _asked(name, by, {"lineup": chosen} if chosen else {}) if by != "lineup" or chosen else whole
    if found is not None:
        _told(found, name)


def _told(summary: Counted, key: str) -> None:
    """Show all figures of one summary."""
    st.markdown(_counted(summary))
    if said := caveats(summary):
        st.html(f"<p style='font-size:.875rem;opacity:.8;margin:0'>{escape(said.strip())}</p>")
    if not summary.groups:
        st.info(tr("No run fits this choice."))
        return
    case = _case(summary.cases, key)
    if case is None:
        return
    titled(tr("Lab"), brief_title(case.scenario.title), key)
    told(case, summary, key)


def _counted(summary: Counted) -> str:
    """Return how many negotiations there are, of how many, and how many of them could not be played."""
    runs = plural("**{n} negotiation.**", "**{n} negotiations.**", summary.runs)
    if summary.runs != summary.planned:
        planned = decimal(f"{summary.planned:,}")
        runs = tr("**{runs} of {planned} negotiations.**", runs=decimal(f"{summary.runs:,}"), planned=planned)
    lost = plural("{n} of them could not be played.", "{n} of them could not be played.", summary.errors)
    return f"{runs} {lost}" if summary.errors else runs


def _case(cases: Sequence[Sequence[str]], key: str) -> Case | None:
    at = 0
    if len(cases) > 1:
        at = st.selectbox(
            tr("Case"),
            range(len(cases)),
            format_func=among(range(len(cases)), lambda n: cases[n][0]),
            key=f"lab-case-{key}",
        )
    try:
        return load(*cases[at])
    except NegotiationError as problem:
        st.error(tr(problem.said))
        return None


def _compare(names: Sequence[str]) -> None:
    if len(names) < 2:
        st.info(tr("Two results are needed to compare them."))
        return
    left, right = st.columns(2)
    first = left.selectbox(tr("Results"), names, index=0, key="lab-first")
    second = right.selectbox(tr("Against"), names, index=1, key="lab-second")
    here, there = _asked(first), _asked(second)
    if first == second or not here or not there:
        return
    shared = [place for place in here.cases if place in there.cases]
    if not shared:
        st.info(tr("They have no case in common."))
        return
    groups, options = [], []
    for name, one in ((first, here), (second, there)):
        groups += [{**row, "group": f"{name}: {row['group']}"} for row in one.groups]
        options += [{**row, "group": f"{name}: {row['group']}"} for row in one.options]
    summary = replace(here, groups=groups, options=options, by="results", factors=[], map=[])
    case = _case(shared, "compare")
    if case:
        titled(tr("Lab"), brief_title(case.scenario.title), words.all_of([first, second]))
        compared(case, summary, "compare")


def _new(names: Sequence[str]) -> None:
    """Draw a form for a small plan, which is played in a process of its own."""
    with st.container(border=True, key="card-lab-new"):
        left, right = st.columns(2)
        case = left.selectbox(
            tr("Case"),
            list(bundled()),
            format_func=among(bundled(), lambda n: load(n).scenario.title),
            key="lab-new-case",
        )
        kinds = right.multiselect(
            tr("Strategies, each at all seats"),
            list(strategies()),
            ["fair", "boulware"],
            format_func=among(strategies(), words.named),
            key="lab-new-kinds",
        )
        runs = left.slider(tr("Negotiations of each"), 10, 500, 50, 10, key="lab-new-runs")
        noise = right.slider(
            tr("Uncertainty of the weights"),
            0,
            50,
            0,
            5,
            format="± %d %%",
            key="lab-new-noise",
            help=tr("Every weight of every party times a factor drawn for each negotiation."),
        )
        free = next(name for n in count(1) if (name := f"{case}-{n}") not in names)
        st.session_state.setdefault(f"lab-new-name-{case}", free)
        name = left.text_input(tr("Name"), key=f"lab-new-name-{case}")
        plan = {
            "format": "negotiation-plan/1",
            "cases": [case],
            "lineups": {kind: kind for kind in kinds},
            "replications": runs,
            **({"factors": {"noise": noise / 100}} if noise else {}),
        }
        many = runs * len(kinds)
        right.caption(
            plural("{n} negotiation.", "{n} negotiations.", many)
            + " "
            + tr("Larger plans: `negotiation batch`, see docs/lab.md.")
        )
        start = st.button(
            tr("Start"),
            type="primary",
            icon=":material/science:",
            disabled=not kinds or many > result_folders.MOST_RUNS,
        )
        if start and shown(BatchAsked(job="batch", folder=name, plan=plan), f"{name}:"):
            st.session_state["lab-done"] = True
            st.toast(tr("{name}: done", name=words.literal(name)), icon=":material/check:")
            st.rerun()
        st.caption(
            tr("Stopped half-way? What was played is kept; start again with the same name and settings to go on.")
        )
