"""Analyse: what could be had in a case, with every sheet open. Knows cases only, never a game."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from negotiation.analysis import figures
from negotiation.analysis.labels import Mark
from negotiation.case import Case
from negotiation.documents.palette import INK
from negotiation.errors import NegotiationError
from negotiation.formats import bundled, load
from negotiation.rounding import apart, plain
from negotiation.ui import words
from negotiation.ui.coalitions import coalitions
from negotiation.ui.figure import figure
from negotiation.ui.look import short, tag
from negotiation.ui.offered import among
from negotiation.ui.sensitivity import sensitivity
from negotiation.ui.words import all_of, change, points
from negotiation.ui.working import known, shown

MOST = 3
"""Parties on one figure: two axes and a colour."""


def page() -> None:
    """The choice of a case and parties, and the exact picture of it."""
    st.title("Analyse")
    st.warning(words.OPEN_SHEETS, icon=":material/visibility_lock:")
    with st.container(border=True, key="card-analyse-setup"):
        try:
            case, asked = _chosen()
        except NegotiationError as problem:
            st.error(str(problem))
            return
        if not 2 <= len(asked["parties"]) <= MOST:
            st.info("Choose two parties, or three.", icon=":material/group:")
            return
        found = known(asked)
        ask = not found and st.button("Work it out", type="primary", icon=":material/function:")
        if ask and shown(asked, "Working it out:"):
            st.rerun()
    if found:
        _picture(case, found)
        _solutions(case, found["report"])
        _references(case, found["report"])
        coalitions(case, found["report"])
        sensitivity(case, asked)
        st.caption(case.scenario.disclaimer or words.FICTION)


def _chosen() -> tuple[Case, dict[str, Any]]:
    a, b, c = st.columns([4, 3, 5])
    name = a.selectbox(
        "Case", list(bundled()), format_func=among(bundled(), lambda n: load(n).scenario.title), key="analyse-case"
    )
    notes = load(name).variants
    variant = ""
    if notes:
        variant = b.selectbox(
            "Variant",
            ["", *notes],
            format_func=among(["", *notes], lambda v: f"{v.replace('_', ' ')}: {notes[v]}" if v else "as it is"),
            key=f"analyse-variant-{name}",
        )
    case = load(name, variant)
    parties = c.multiselect(
        "Two or three parties",
        list(case.roles),
        list(case.roles)[:MOST],
        max_selections=MOST,
        select_all=False,
        format_func=among(case.roles, lambda p: short(case.scenario, p)),
        key=f"analyse-parties-{name}-{variant}",
        help="The first two are the axes of the figure, the third is the colour.",
    )
    several = {party: list(roles) for party, roles in case.roles.items() if len(roles) > 1}
    types = {}
    for column, (party, kinds) in zip(st.columns(max(2, len(several))), several.items(), strict=False):
        types[party] = column.selectbox(
            f"{short(case.scenario, party)} is",
            kinds,
            format_func=among(kinds, words.kind),
            key=f"analyse-type-{name}-{variant}-{party}",
        )
    return case, {"job": "analyse", "case": name, "variant": variant, "types": types, "parties": parties}


def _picture(case: Case, found: Mapping[str, Any]) -> None:
    scenario, picture = case.scenario, found["picture"]
    names = [short(scenario, party) for party in picture["parties"]]
    marks = [Mark(case.references[n].title, "reference", row["scores"]) for n, row in picture["outcomes"].items()]
    marks.append(Mark("Everything unsigned", "unsigned", picture["unsigned"]))
    marks += [Mark(words.SOLUTIONS[name][0], "solution", scores) for name, scores in picture["solutions"].items()]
    with st.container(border=True, key="card-analyse-figure"):
        st.markdown(f"#### What {all_of(names)} could have", help=words.FRONTIER_HELP)
        count = f"{len(picture['points']):,} outcomes on which none of them can improve without costing another"
        st.markdown(f"{count} ({_exact(picture['epsilon'])}).{_others(case, found['report'])}")
        figure(
            "analyse-figure",
            lambda night: figures.frontier(names, picture["points"], picture["unsigned"], marks, INK[night]),
            figures.table(picture["parties"], picture["points"], marks),
            f"{case.name}-{'-'.join(picture['parties'])}",
        )
        st.caption(
            "Circles: what bargaining theory singles out. Diamonds: outcomes the case names. " + words.FRONTIER_HELP
        )


def _exact(epsilon: float) -> str:
    return f"approximate: nobody loses more than {plain(epsilon, 3)} points against it" if epsilon else "exact"


def _others(case: Case, report: Mapping[str, Any]) -> str:
    others = [short(case.scenario, party) for party in report["never_below_unsigned"]]
    if not others:
        return ""
    verb = "signs" if len(others) == 1 else "sign"
    return f" {all_of(others)} {verb} no table that, taken alone, is worth less to them than leaving it unsigned."


def _solutions(case: Case, report: Mapping[str, Any]) -> None:
    with st.container(border=True, key="card-analyse-solutions"):
        st.markdown("#### What bargaining theory singles out")
        if not report["solutions"]:
            st.write("Nothing: no outcome gives everybody as much as leaving everything unsigned.")
            return
        names = [name for name in words.SOLUTIONS if name in report["solutions"]]
        st.html(_overview(case, report, names))
        for name, tab in zip(names, st.tabs([words.SOLUTIONS[name][0] for name in names]), strict=True):
            with tab:
                solution = report["solutions"][name]
                st.markdown(words.SOLUTIONS[name][1])
                if solution["ties"] > 1:
                    st.caption(f"{solution['ties']:,} points tie; one with the largest sum is shown.")
                point = solution["points"][0]
                st.html(f"<p>{_said(case, point['scores'], point['gains'])}</p>{_terms(case, point['outcome'])}")
                if (count := point["outcomes"]) != 1:
                    how = f"one of {count:,} outcomes" if count else "one of very many outcomes"
                    st.caption(f"This is {how} with these points.")


def _overview(case: Case, report: Mapping[str, Any], names: Sequence[str]) -> str:
    """The solutions side by side: points of each party, and how far above everything unsigned."""
    decimals = case.scenario.decimals
    head = "".join(f"<th class='n'>{tag(case.scenario, party)}</th>" for party in report["parties"])
    rows = []
    for name in names:
        point = report["solutions"][name]["points"][0]
        cells = "".join(
            f"<td class='n'>{points(score, decimals)} "
            f"({change(apart(score, report['unsigned_scores'][party], decimals), decimals)})</td>"
            for party, score in point["scores"].items()
        )
        rows.append(f"<tr><td>{words.SOLUTIONS[name][0]}</td>{cells}</tr>")
    return (
        f"<div class='wide'><table class='terms'><tr><th></th>{head}</tr>{''.join(rows)}</table></div>"
        "<p class='note'>Points (against everything unsigned).</p>"
    )


def _said(case: Case, scores: Mapping[str, float], gains: Mapping[str, float]) -> str:
    """`Renault 82.8, 40.9 above everything unsigned`, for each party."""
    decimals = case.scenario.decimals
    return "<br>".join(
        f"{tag(case.scenario, party)} <b>{points(score, decimals)}</b>, "
        f"{words.against(score, score - gains[party], 'everything unsigned', decimals)}"
        for party, score in scores.items()
    )


def _terms(case: Case, outcome: Mapping[str, Mapping[str, str] | None]) -> str:
    rows = []
    for name, table in case.scenario.tables.items():
        deal = outcome[name]
        text = "<span class='dim'>unsigned</span>"
        if deal:
            text = "<br>".join(
                f"<span class='dim'>{escape(issue.title)}:</span> "
                f"{escape(issue.texts[issue.options.index(deal[issue.name])])}"
                for issue in table.issues
            )
        rows.append(f"<tr><td><b>{escape(table.title)}</b></td><td>{text}</td></tr>")
    return f"<div class='wide'><table class='terms'>{''.join(rows)}</table></div>"


def _references(case: Case, report: Mapping[str, Any]) -> None:
    if not report["references"]:
        return
    with st.container(border=True, key="card-analyse-references"):
        st.markdown("#### The outcomes this case names")
        parties = report["parties"]
        names = all_of([short(case.scenario, party) for party in parties])
        for name, row in report["references"].items():
            with st.expander(case.references[name].title):
                st.html(_reference(case, row, parties, names, report["unsigned_scores"]))


def _reference(
    case: Case, row: Mapping[str, Any], parties: Sequence[str], names: str, rest: Mapping[str, float]
) -> str:
    decimals, scenario = case.scenario.decimals, case.scenario
    told = [_bold(words.below_frontier(row["dominated_by"], row["equal_gain"], escape(names), decimals))]
    if row["total_left"]:
        told.append(
            f"All together could have {words.pointed(row['total_left'], decimals)} more without anybody losing any."
        )
    for leave in row["leaves"]:
        spared = "" if leave["decisive"] else " (it can be spared)"
        told.append(
            f"{tag(scenario, leave['party'])} would rather leave <b>{escape(scenario.tables[leave['table']].title)}</b>: "
            f"{change(leave['gain'], decimals)} against this outcome{spared}."
        )
    if not row["leaves"]:
        told.append("Nobody would rather leave a table it signs here.")
    gains = {party: score - rest[party] for party, score in row["scores"].items()}
    items = "".join(f"<li>{line}</li>" for line in told)
    return f"<p>{_said(case, row['scores'], gains)}</p><ul>{items}</ul>"


def _bold(text: str) -> str:
    """Markdown's bold as HTML."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
