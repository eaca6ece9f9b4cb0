"""Analyse: what could be had in a case, with every sheet open; knows cases only, never a game."""

from __future__ import annotations

from functools import partial

import streamlit as st

from negotiation.analysis.findings import read
from negotiation.analysis.solutions import SOLUTIONS
from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.formats import bundled
from negotiation.language import mark, tr
from negotiation.reports import analysis
from negotiation.reports.case_wording import Reader
from negotiation.reports.sensitivity import as_csv, heat_map
from negotiation.ui.common import words
from negotiation.ui.common.cases import load
from negotiation.ui.common.offered import among
from negotiation.ui.common.pages import brief_title, titled
from negotiation.ui.common.style import short
from negotiation.ui.debrief.document import blocks, sections
from negotiation.ui.debrief.figure import data
from negotiation.ui.jobs.answers import Analysed, Shifted
from negotiation.ui.jobs.processes import known, shown
from negotiation.ui.jobs.questions import CaseAsked, SensitivityAsked

MOST = 3
"""Parties on one figure: two axes and a colour."""

PERCENT = 10.0
"""How much each weight is changed, in per cent."""

RAISED = mark("Each row is one weight, raised by {percent} %: what each party then gains or loses at this point.")
LOWERED = mark("Each row is one weight, lowered by {percent} %: what each party then gains or loses at this point.")


def page() -> None:
    """Draw the choice of a case and parties, and its exact analysis."""
    st.title(tr("Analyse"))
    st.warning(tr(words.OPEN_SHEETS), icon=":material/visibility_lock:")
    with st.container(border=True, key="card-analyse-setup"):
        try:
            case, asked = _chosen()
        except NegotiationError as problem:
            st.error(tr(problem.said))
            return
        if not 2 <= len(asked["parties"]) <= MOST:
            st.info(tr("Choose two parties, or three."), icon=":material/group:")
            return
        titled(tr("Analyse"), brief_title(case.scenario.title))
        found = known(asked)
        ask = not found and st.button(tr("Work it out"), type="primary", icon=":material/function:")
        if ask and shown(asked, tr("Working it out:")):
            st.rerun()
    if found:
        reader = Reader(case.scenario, case.scenario.decimals)
        answer = read(Analysed, found)
        sections(analysis.sections(case, answer.report, answer.picture, reader, pairs=1), "analyse")
        _sensitivity(case, asked, reader)
        st.caption(case.scenario.disclaimer or tr(words.FICTION))


def _chosen() -> tuple[Case, CaseAsked]:
    a, b, c = st.columns([4, 3, 5])
    name = a.selectbox(
        tr("Case"), list(bundled()), format_func=among(bundled(), lambda n: load(n).scenario.title), key="analyse-case"
    )
    notes = load(name).variants
    variant = ""
    if notes:
        variant = b.selectbox(
            tr("Variant"),
            ["", *notes],
            format_func=among(
                ["", *notes],
                lambda v: tr("{name}: {about}", name=v.replace("_", " "), about=notes[v]) if v else tr("as it is"),
            ),
            key=f"analyse-variant-{name}",
        )
    case = load(name, variant)
    parties = c.multiselect(
        tr("Two or three parties"),
        list(case.roles),
        list(case.roles)[:MOST],
        max_selections=MOST,
        select_all=False,
        format_func=among(case.roles, lambda p: short(case.scenario, p)),
        key=f"analyse-parties-{name}-{variant}",
        help=tr("The first two are the axes of the figure, the third is the colour."),
    )
    several = {party: list(roles) for party, roles in case.roles.items() if len(roles) > 1}
    types = {}
    for column, (party, kinds) in zip(st.columns(max(2, len(several))), several.items(), strict=False):
        types[party] = column.selectbox(
            tr("{party} is", party=short(case.scenario, party)),
            kinds,
            format_func=among(kinds, partial(words.kind, case.scenario, party)),
            key=f"analyse-type-{name}-{variant}-{party}",
        )
    return case, {"job": "analyse", "case": name, "variant": variant, "types": types, "parties": parties}


def _sensitivity(case: Case, asked: CaseAsked, reader: Reader) -> None:
    """Show how much depends on the weights, computed on request because it takes a moment."""
    wanted: SensitivityAsked = {**asked, "job": "sensitivity", "percent": PERCENT}
    with st.container(border=True, key="card-analyse-sensitivity"):
        st.markdown(
            f"## {tr('How much hangs on the weights')}",
            help=tr(
                "One weight of one party at a time is raised or lowered by {percent} %, that party's other weights are "
                "scaled so that their sum stays, and everything is solved anew and exactly.",
                percent=f"{PERCENT:g}",
            ),
        )
        found = known(wanted)
        if not found:
            st.markdown(tr("Scores are estimates. Which of them decide what bargaining theory singles out?"))
            label = tr("Change every weight by ±{percent} %", percent=f"{PERCENT:g}")
            if st.button(label, icon=":material/tune:") and shown(wanted, tr("Solving it anew:")):
                st.rerun()
            return
        with st.container(horizontal=True):
            answer = read(Shifted, found)
            solved = answer.solutions
            name = st.selectbox(
                tr("Solution"), list(solved), format_func=among(solved, lambda n: tr(SOLUTIONS[n].title))
            )
            ways = {"raised": tr("raised"), "lowered": tr("lowered")}
            label = tr("Each weight is")
            way = st.segmented_control(label, list(ways), default="raised", format_func=among(ways, ways.__getitem__))
        chosen = (answer.weights, name, -PERCENT if way == "lowered" else PERCENT)
        blocks(heat_map(*chosen, reader), "analyse-sensitivity")
        data(f"{case.name}-sensitivity", as_csv(*chosen))
        st.caption(tr(LOWERED if way == "lowered" else RAISED, percent=f"{PERCENT:g}"))
