"""The debrief's second half: what could have been, who claimed what, how the offers moved, and what was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import prod
from typing import Any

import streamlit as st

from negotiation.analysis.transcript import transcript
from negotiation.documents import frontier_figure as figures
from negotiation.documents.labels import Mark
from negotiation.documents.palette import INK
from negotiation.game import Game
from negotiation.scenario import Scenario
from negotiation.ui import charts, words
from negotiation.ui.course import course
from negotiation.ui.figure import figure
from negotiation.ui.look import short, tag
from negotiation.ui.offered import among
from negotiation.ui.words import all_of, counted, pointed, points, when
from negotiation.ui.working import known, shown, stopped

SMALL = 1e5
"""Outcomes up to which hindsight is worked out without asking."""

MOST = 3
"""Parties on one figure: two axes and a colour."""


def hindsight(model: Game, me: str = "") -> None:
    """What could have been in a game that is over: asked for where it takes a moment."""
    scenario = model.state.scenario
    with st.container(border=True, key="card-hindsight"):
        st.markdown("#### What could have been", help=words.FRONTIER_HELP)
        chosen = st.multiselect(
            "Two or three parties to look at",
            list(scenario.parties),
            _first(scenario, me),
            max_selections=MOST,
            select_all=False,
            format_func=among(scenario.parties, lambda party: short(scenario, party)),
            key=f"hindsight-parties-{model.case.name}-{me}",
            help="The first two are the axes of the figure, the third is the colour.",
        )
        if len(chosen) < 2:
            st.info("Choose two parties, or three.", icon=":material/group:")
            return
        asked = _asked(model, chosen)
        found = known(asked)
        small = prod(table.size + 1 for table in scenario.tables.values()) <= SMALL
        label = "Work out what could have been"
        if not found and ((small and not stopped(asked)) or st.button(label, icon=":material/function:")):
            found = shown(asked, "Working it out:")
            if found:
                st.rerun()
        if found:
            _picture(model, found)
    if found:
        _left(scenario, found)
        _shares(scenario, found["hindsight"])
        _offers(model, found["hindsight"])
        course(model, found["hindsight"])


def _first(scenario: Scenario, me: str) -> list[str]:
    """I and those whom I share most tables with; the first of the case where nobody plays."""
    order = list(scenario.parties)
    mine = {party: sum({me, party} <= set(t.seats) for t in scenario.tables.values()) for party in order}
    return sorted(order, key=lambda party: (party != me, -mine[party], order.index(party)))[:MOST]


def _asked(model: Game, parties: Sequence[str]) -> dict[str, Any]:
    opening = model.protocol.opening(model.case.scenario, model.state.rounds)
    return {
        "job": "debrief",
        "case": model.case.name,
        "variant": model.case.variant,
        "types": model.types,
        "parties": list(parties),
        "protocol": model.protocol.name,
        "rounds": model.state.rounds,
        "events": transcript(opening, model.state.events),
    }


def _picture(model: Game, found: Mapping[str, Any]) -> None:
    picture, marks = found["picture"], _marks(model, found)
    names = [short(model.state.scenario, party) for party in picture["parties"]]
    figure(
        "hindsight-figure",
        lambda night: figures.frontier(names, picture["points"], picture["unsigned"], marks, INK[night]),
        figures.table(picture["parties"], picture["points"], marks),
        f"{model.case.name}-{'-'.join(picture['parties'])}",
    )
    st.caption(
        "Line: this game, from everything unsigned through each signing to the end. Circles: what bargaining theory "
        f"singles out. Diamonds: outcomes the case names. {words.FRONTIER_HELP} Points without the cost of delay."
    )


def _marks(model: Game, found: Mapping[str, Any]) -> list[Mark]:
    scenario, picture = model.state.scenario, found["picture"]
    scores = {name: row["scores"] for name, row in picture["outcomes"].items()}
    marks = [Mark(model.case.references[n].title, "reference", scores[n]) for n in model.case.references if n in scores]
    marks += [Mark(words.SOLUTIONS[name][0], "solution", here) for name, here in picture["solutions"].items()]
    marks.append(Mark("Everything unsigned", "unsigned", scores["path-0"]))
    last = len(found["path"]) - 1
    for n, (number, signed) in enumerate(found["path"]):
        if 0 < n < last:
            about = all_of([scenario.tables[name].title for name in signed]) + " signed"
            marks.append(Mark(when(scenario, number - 1), "path", scores[f"path-{n}"], about))
    return [*marks, Mark("This game", "game", scores[f"path-{last}"])]


def _short_title(scenario: Scenario, table: str) -> str:
    return scenario.tables[table].title.partition(" (")[0]


def _left(scenario: Scenario, found: Mapping[str, Any]) -> None:
    seen, decimals = found["hindsight"], scenario.decimals
    row = found["picture"]["outcomes"][f"path-{len(found['path']) - 1}"]
    names = all_of([short(scenario, party) for party in found["picture"]["parties"]])
    with st.container(border=True, key="card-left"):
        st.markdown("#### Left on the table", help=words.LEFT_HELP)
        told = [words.below_frontier(row["dominated_by"], row["equal_gain"], names, decimals)]
        if row["dominated_by"] and len(found["picture"]["parties"]) < len(scenario.parties):
            told[0] += f" {words.OTHERS}"
        if (seen["left"] or 0.0) > 0:
            told.append(
                f"With the same tables and everybody's sheets open, all together could have had "
                f"**{pointed(seen['left'], decimals)} more** than in this game, and nobody fewer."
            )
        else:
            told.append("All together could not have had more than in this game without somebody having fewer.")
        st.markdown("\n\n".join(told))
        if seen["improvements"]:
            st.markdown("**Changes that nobody would have refused**, one at a time, the best at each table:")
            st.html(
                f"<ol class='plain numbered'>{''.join(_better(scenario, one) for one in seen['improvements'])}</ol>"
            )
            if seen["more"]:
                st.caption(
                    f"There {'is' if seen['more'] == 1 else 'are'} {counted(seen['more'], 'other')} at these tables."
                )
        if seen["missed"]:
            st.markdown(
                "**Wanted by everybody at the table, and settled otherwise**",
                help="Compatible issues: to miss one is the incompatibility bias of Thompson and Hastie (1990).",
            )
            st.html(f"<ul class='plain'>{''.join(_missed(scenario, *one) for one in seen['missed'])}</ul>")


def _better(scenario: Scenario, one: Mapping[str, Any]) -> str:
    """`Software: who may use it: open to partners: Renault +1.2, Google +0.4, nobody worse`."""
    table = scenario.tables[one["table"]]
    whole = len(one["changed"]) == len(table.issues)
    terms = "; ".join(
        f"<span class='dim'>{escape(issue.title)}:</span> {escape(issue.texts[option])}"
        for issue, option in zip(table.issues, one["deal"], strict=True)
        if issue.name in one["changed"]
    )
    gains = ", ".join(
        f"{tag(scenario, party)} <span class='up'>+{words.gained(gain, scenario.decimals)}</span>"
        for party, gain in one["gains"].items()
    )
    how = "all of it: " if whole else ""
    return f"<li><b>{escape(_short_title(scenario, one['table']))}</b>: {how}{terms}<br>{gains}, nobody worse</li>"


def _missed(scenario: Scenario, table: str, issue: str, options: Sequence[int]) -> str:
    place = scenario.tables[table].issues[scenario.tables[table].by_name[issue]]
    wanted = " or ".join(escape(place.texts[option]) for option in options)
    return f"<li><b>{escape(_short_title(scenario, table))}</b>, {escape(place.title)}: all preferred {wanted}</li>"


def _shares(scenario: Scenario, seen: Mapping[str, Any]) -> None:
    """Value created against value claimed."""
    decimals, created, most = scenario.decimals, seen["created"], seen["most"]
    with st.container(border=True, key="card-shares"):
        st.markdown("#### Created together, claimed by each", help=words.CREATED_HELP)
        if most:
            st.markdown(
                f"All together made **{points(created, decimals)} of the {pointed(most, decimals)}** above "
                f"everything unsigned that they could have made with nobody below it: {max(created, 0.0) / most:.0%}."
            )
        else:
            st.markdown("No outcome gives all together more than everything unsigned with nobody below it.")
        rows = []
        for party, gain in seen["gained"].items():
            top = seen["possible"][party]
            of_own = "–" if not top else f"{gain / top:.0%} of {points(top, decimals)}"
            of_all = f"{gain / created:.0%}" if created > 0 else "–"
            rows.append(
                f"<tr><td>{tag(scenario, party)}</td><td class='n'>{words.change(gain, decimals)}</td>"
                f"<td class='n'>{of_all}</td><td class='n'>{of_own}</td></tr>"
            )
        head = (
            "<tr><th></th><th class='n'>gain above everything unsigned</th><th class='n'>share of all gains made</th>"
            "<th class='n' title='with nobody below everything unsigned'>share of the most it could gain</th></tr>"
        )
        st.html(f"<div class='wide'><table class='terms'>{head}{''.join(rows)}</table></div>")
        st.caption("Points without the cost of delay.")


def _offers(model: Game, seen: Mapping[str, Any]) -> None:
    scenario, counts = model.state.scenario, seen["moves"]
    if all(kinds.keys() <= {"first"} for kinds in counts.values()):
        return
    with st.container(border=True, key="card-offers"):
        st.markdown("#### How the offers moved", help=words.KINDS_HELP)
        st.markdown("Each offer against the same party's offer before at that table.")
        rows = [f"{party},{kind},{count}" for party, kinds in counts.items() for kind, count in kinds.items()]
        figure(
            "hindsight-offers",
            lambda night: charts.offers(scenario, counts, night=night),
            "\n".join(["party,kind,offers", *rows, ""]),
            f"{model.case.name}-offers",
        )
