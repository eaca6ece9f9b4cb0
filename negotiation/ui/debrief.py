"""The debrief: points against unsigned, what was signed when, why the rest was not, and what history did.

What could have been stands in `hindsight`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from negotiation.analysis.transcript import why_unsigned
from negotiation.case import Reference
from negotiation.formats.log import dumps
from negotiation.game import Game
from negotiation.record import heading, result
from negotiation.rounding import apart, rounded
from negotiation.ui import charts, words
from negotiation.ui.alliance_map import draw
from negotiation.ui.hindsight import hindsight
from negotiation.ui.look import short, tag
from negotiation.ui.metrics import metric
from negotiation.ui.words import change, when
from negotiation.worth import worth


def debrief(model: Game, me: str = "") -> None:
    """Everything that may be known once the talks are over."""
    state, decimals = model.state, model.state.scenario.decimals
    st.subheader("How it ended")
    rows = [
        {
            "who": short(state.scenario, party),
            "points": rounded(model.points(party), decimals),
            "unsigned": rounded(seat.unsigned_points, decimals),
            "gain": apart(model.points(party), seat.unsigned_points, decimals),
        }
        for party, seat in model.seated.items()
    ]
    if me:
        _headline(model, me)
    left, right = st.columns([5, 6], gap="medium")
    with left.container(border=True, key="card-results"):
        st.markdown("#### Points, against everything unsigned")
        st.vega_lite_chart(spec=charts.results(state.scenario, rows), key="results")
        st.html(_points(model, me))
    with right.container(border=True, key="card-map-end"):
        st.markdown("#### Who is bound to whom")
        draw(state, me)
    with st.container(border=True, key="card-signed"):
        st.markdown("#### What was signed, and when")
        st.html(_signed(model))
    for reference in model.case.references.values():
        if reference.name.startswith("history"):
            with st.container(border=True, key="card-history"):
                st.markdown("#### What history did")
                st.html(_history(model, reference, "your talks" if me else "these talks"))
    hindsight(model, me)
    downloads(model)
    st.caption(words.FICTION)


def _headline(model: Game, me: str) -> None:
    seat, points = model.seated[me], model.points(me)
    paid = seat.role.preferences.score(model.state.outcome) - points
    decimals = model.state.scenario.decimals
    a, b, c = st.columns(3)
    everything = "against everything unsigned"
    metric("Your points", points, decimals, other=seat.unsigned_points, against=everything, place=a)
    b.metric("Tables signed", f"{len(model.state.bound)} of {len(model.state.scenario.tables)}")
    c.metric("Lost by delay", words.points(paid, decimals))


def _points(model: Game, me: str) -> str:
    scenario, decimals = model.state.scenario, model.state.scenario.decimals
    rows = []
    for party, seat in model.seated.items():
        points, unsigned = model.points(party), seat.unsigned_points
        kind = f" <span class='dim'>({escape(words.kind(model.types[party]))})</span>" if party in scenario.odds else ""
        rows.append(
            f"<tr><td>{tag(scenario, party)}{kind}</td><td class='n'>{words.points(points, decimals)}</td>"
            f"<td class='n'>{words.points(unsigned, decimals)}</td><td class='n'>{change(apart(points, unsigned, decimals), decimals)}</td>"
            f"<td class='dim'>{'you' if party == me else escape(model.seats[party])}</td></tr>"
        )
    head = "<tr><th>party</th><th class='n'>points</th><th class='n'>unsigned</th><th class='n'>gain</th><th>played by</th></tr>"
    return f"<div class='wide'><table class='terms'>{head}{''.join(rows)}</table></div>"


def _signed(model: Game) -> str:
    state = model.state
    rows = []
    for name, table in state.scenario.tables.items():
        if name in state.bound:
            deal = zip(table.issues, state.bound[name], strict=True)
            text = "<br>".join(f"<span class='dim'>{escape(i.title)}:</span> {escape(i.texts[o])}" for i, o in deal)
            who = " ".join(tag(state.scenario, party) for party in state.signed[name])
            place = f"<span class='pill good'>{when(state.scenario, state.bound_in[name])}</span><br>{who}"
        else:
            text = f"{escape(_capital(why_unsigned(state, name)))}.{_refused(model, name)}"
            text += f"<br><span class='dim'>{escape(table.unsigned_means)}</span>"
            place = "<span class='pill'>unsigned</span>"
        rows.append(f"<tr><td><b>{escape(table.title)}</b><br>{place}</td><td>{text}</td></tr>")
    return f"<div class='wide'><table class='terms'>{''.join(rows)}</table></div>"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _refused(model: Game, table: str) -> str:
    """What the last papers at a table would have been worth to those who did not sign them."""
    state, told = model.state, []
    for paper in state.at(table):
        for party in dict.fromkeys(party for must, _ in state.missing(paper).values() for party in must):
            preferences = model.seated[party].role.preferences
            gain = worth(state, preferences, paper.deals).gain
            told.append(
                f"<br>{tag(state.scenario, paper.author)}'s last paper: {change(gain, state.scenario.decimals)} for {tag(state.scenario, party)}"
            )
    return "".join(told)


def _history(model: Game, reference: Reference, talks: str) -> str:
    state, scenario = model.state, model.state.scenario
    points = "".join(
        f"<tr><td>{tag(scenario, p)}</td><td class='n'>{words.points(seat.role.preferences.score(state.outcome), scenario.decimals)}</td>"
        f"<td class='n'>{words.points(seat.role.preferences.score(reference.outcome), scenario.decimals)}</td></tr>"
        for p, seat in model.seated.items()
    )
    rows = []
    for name, table in scenario.tables.items():
        ours, theirs = state.outcome.get(name), reference.outcome.get(name)
        for k, issue in enumerate(table.issues):
            here = issue.texts[ours[k]] if ours else "unsigned"
            there = issue.texts[theirs[k]] if theirs else "unsigned"
            if here != there:
                rows.append(
                    f"<tr><td class='dim'>{escape(issue.title)}</td><td>{escape(here)}</td><td>{escape(there)}</td></tr>"
                )
    head = f"<tr><th></th><th>{talks}</th><th>history</th></tr>"
    first = f"<tr><th>points, without delay</th><th class='n'>{talks}</th><th class='n'>history</th></tr>"
    return (
        f"<p class='note'>{escape(words.unsourced(reference.note))}</p><div class='wide'><table class='terms'>{first}{points}</table></div><br>"
        f"<div class='wide'><table class='terms'>{head}{''.join(rows)}</table></div>"
    )


def downloads(model: Game) -> None:
    """The game to take away. Before the end it holds no seed and no types: they would tell who everybody is."""
    told: Mapping[str, Any] = result(model)
    with st.container(horizontal=True):
        st.download_button(
            "Download my game",
            dumps(heading(model, public=True), told["events"]),
            file_name=f"{model.case.name}.jsonl",
            mime="application/jsonl",
            icon=":material/download:",
            help="When the talks are over, `negotiation replay FILE` checks it and tells it again.",
        )
        if model.state.over:
            st.download_button(
                "Download the result (JSON)",
                json.dumps(told, ensure_ascii=False, indent=1),
                file_name=f"{model.case.name}.json",
                mime="application/json",
                icon=":material/data_object:",
            )
