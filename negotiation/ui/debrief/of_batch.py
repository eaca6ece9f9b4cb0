"""The figures of a batch on a page, each with its legend, its numbers and its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import streamlit as st

from negotiation.case import Case
from negotiation.lab import charts, influence_charts
from negotiation.lab.summary import Summary
from negotiation.language import mark, tr
from negotiation.reports.blocks import Grid
from negotiation.reports.figure_files import Ink, Spec, in_language, numbers
from negotiation.reports.palette import group_colour, ink, party_colour
from negotiation.reports.words import percent
from negotiation.rounding import rounded
from negotiation.ui.common import words
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import dark
from negotiation.ui.debrief.document import blocks
from negotiation.ui.debrief.figure import taken

ABREAST = 3
"""Charts of issues beside each other."""

PAPER = ink(night=False)
"""The colours of charts that are taken away."""

GAINS = mark("Points over leaving everything unsigned; lines are 95 % intervals.")
MEANS = mark("Means over all negotiations with this value, whatever else varied; bars are 95 % intervals of the mean.")
DARKER = mark("The darker, the more negotiations came to these gains.")


def told(case: Case, summary: Summary, key: str) -> None:
    """Show all figures of one case of a batch, each of which can be taken away."""
    together = set(summary.pair) <= set(case.roles) and bool(summary.map)
    left, right = st.columns([7, 5], gap="medium") if together else (st.container(), None)
    with left:
        _gains(case, summary, key)
    if right is not None:
        with right.container(border=True, key=f"card-lab-map-{key}"):
            _together(case, summary, key)
    _signed(case, summary, key)
    _factors(case, summary, key)


def compared(case: Case, summary: Summary, key: str) -> None:
    """Show the figures that two batches have in common."""
    _gains(case, summary, key)
    _signed(case, summary, key)


def _together(case: Case, summary: Summary, key: str) -> None:
    parties = words.all_of([charts.names_of(case)[party] for party in summary.pair])
    title = tr("Gains of {parties} together", parties=parties)
    st.markdown(f"## {title}")
    view = influence_charts.scatter(case, summary, _ink())
    _drawn(view, f"lab-map-{key}", title)
    st.caption(tr(DARKER))
    _taken(influence_charts.scatter(case, summary, PAPER), f"lab-map-{key}", f"{case.name}-together", title, tr(DARKER))


def _factors(case: Case, summary: Summary, key: str) -> None:
    """Show how much each factor of the plan did, if it has any."""
    names = list(dict.fromkeys(row["factor"] for row in summary.factors if row["case"] == case.name))
    if not names:
        return
    with st.container(border=True, key=f"card-lab-factor-{key}"):
        st.markdown("## " + tr("What a factor does"))
        name = st.selectbox(
            tr("Factor"), names, format_func=among(names, lambda n: charts.spoken(case, n)), key=f"lab-factor-{key}"
        )
        title = tr("What {factor} does", factor=charts.spoken(case, name))
        _legend(charts.names_of(case).values(), party_colour)
        for place, n, view in zip(st.columns([3, 2]), "12", charts.courses(case, summary, name, _ink()), strict=True):
            with place:
                _drawn(view, f"lab-f{n}-{key}", title)
        st.caption(tr(MEANS))
        file = f"{case.name}-{name.replace('.', '-')}"
        _taken(charts.factor(case, summary, name, PAPER), f"lab-factor-{name}-{key}", file, title, tr(MEANS))


def _gains(case: Case, summary: Summary, key: str) -> None:
    with st.container(border=True, key=f"card-lab-gains-{key}"):
        title = tr("Who gained what")
        st.markdown(f"## {title}")
        _legend(_groups(case, summary), group_colour)
        _drawn(charts.gains(case, summary, _ink()), f"lab-gains-{key}", title)
        st.caption(tr(GAINS))
        _taken(charts.gains(case, summary, PAPER), f"lab-gains-{key}", f"{case.name}-gains", title, tr(GAINS))
        unit = tr("{unit}s", unit=case.scenario.unit)
        head = (summary.by, tr("negotiations"), tr("tables signed"), unit)
        rows = tuple(
            (
                charts.said(row["group"]),
                row["runs"],
                row["agreement"] and percent(row["agreement"]["mean"]),
                row["rounds"] and rounded(row["rounds"]["mean"], 1),
            )
            for row in summary.groups
            if row["case"] == case.name
        )
        blocks([Grid(head, rows)], f"lab-{key}")


def _signed(case: Case, summary: Summary, key: str) -> None:
    with st.container(border=True, key=f"card-lab-signed-{key}"):
        st.markdown("## " + tr("What was signed"))
        tables = list(case.scenario.tables)
        table = tables[0]
        if len(tables) > 1:
            title = {name: there.title for name, there in case.scenario.tables.items()}
            table = st.selectbox(tr("Table"), tables, format_func=title.__getitem__, key=f"lab-table-{key}")
        reference = next(iter(case.references), "")
        _legend(_groups(case, summary), group_colour)
        views = list(charts.issues(case, summary, table, reference, _ink()).items())
        for first in range(0, len(views), ABREAST):
            for place, (issue, view) in zip(st.columns(ABREAST), views[first : first + ABREAST], strict=False):
                with place:
                    st.markdown(f"**{issue}**")
                    _drawn(view, f"lab-options-{issue}-{key}", tr("How often was signed: {issue}", issue=issue))
        note = tr("◆ stands at the reference “{title}”.", title=case.references[reference].title) if reference else ""
        if note:
            st.caption(note)
        _taken(
            charts.options(case, summary, table, reference, PAPER),
            f"lab-options-{table}-{key}",
            f"{case.name}-{table}",
            tr("What was signed: {table}", table=case.scenario.tables[table].title),
            note,
        )


def _groups(case: Case, summary: Summary) -> list[str]:
    names = list(dict.fromkeys(charts.said(row["group"]) for row in summary.groups if row["case"] == case.name))
    return names if len(names) > 1 else []


def _legend(names: Iterable[str], hue: Callable[[int], str]) -> None:
    """Show names with their colours, on as many lines as the screen needs."""
    colours = _ink()
    tags = [f"<span class='who' style='--c:{colours[hue(n)]}'>{escape(name)}</span>" for n, name in enumerate(names)]
    if tags:
        st.html(f"<p style='display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0'>{''.join(tags)}</p>")


def _drawn(view: Spec, key: str, alt: str) -> None:
    """Draw a view as wide as its card; its colours are named above it, in the page."""
    frame = charts.frame(_ink())
    spec = {
        **frame,
        **view,
        "config": {**frame["config"], "legend": {"disable": True}},
        "width": "container",
        "padding": dict.fromkeys(("left", "right", "top", "bottom"), 4),
        "autosize": {"type": "fit-x", "contains": "padding"},
    }
    st.vega_lite_chart(spec=in_language(spec), width="stretch", key=key, alt=alt)


def _taken(spec: Spec, key: str, name: str, title: str, note: str) -> None:
    """Show the buttons that take a chart away, with its legend and its numbers."""
    taken(key, spec, numbers(spec), name, title, note)


def _ink() -> Ink:
    return ink(night=dark())
