"""How the case would play: the zone of agreement, the exact frontier, dead options, and a trial of a hundred games."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from negotiation.analysis.figure_data import frontier_data
from negotiation.analysis.findings import Picture, read
from negotiation.analysis.report import Wish, wished
from negotiation.authoring.picture import Zone, picture
from negotiation.authoring.trial import GAMES, Trial
from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.language import decimal, plural, tr
from negotiation.reports.analysis import marks
from negotiation.reports.blocks import Block, Bullets, Grid, Text
from negotiation.reports.case_wording import Reader
from negotiation.reports.frontier_figure import MOST_PARTIES, frontier_figures
from negotiation.rounding import percent
from negotiation.scenario import Scenario
from negotiation.ui.common import words
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.debrief.document import blocks
from negotiation.ui.edit.desk import Desk, heading
from negotiation.ui.jobs.processes import known, shown
from negotiation.ui.jobs.questions import DraftAsked, TrialAsked

SMALL = 2_000
"""Deals of all tables up to which the frontier is worked out on the page, without being asked for."""


def draw(desk: Desk) -> None:
    """Draw what could be had, and the trial."""
    case = desk.looked.case
    if case is None:
        st.info(tr("The case can be tried as soon as nothing is left to mend."), icon=":material/build:")
        return
    reader = Reader(case.scenario, max(1, case.scenario.decimals))
    with st.container(border=True, key="card-edit-trial"):
        _trial(desk, case, reader)
    with st.container(border=True, key="card-edit-zones"):
        _zones(case)
    with st.container(border=True, key="card-edit-frontier"):
        _frontier(desk, case, reader)


def _zones(case: Case) -> None:
    """Show the zone of agreement of every table, and options that nobody would choose."""
    scenario = case.scenario
    heading(tr("The zone of agreement"))
    zones, dead = picture(case)
    head = (tr("Table"), tr("deals"), tr("allowed"), tr("suit all who must sign"), tr("efficient"))
    rows = tuple(_row(scenario, zone) for zone in zones)
    told: list[Block] = [
        Grid(head, rows),
        Text(
            tr(
                "Each table alone. A deal suits those to whom it is worth at least no deal there. A deal is efficient if "
                "no other suits everybody at the table as well, and one of them better."
            ),
            "note",
        ),
    ]
    if dead:
        names = tuple(
            f"{scenario.tables[one.table].title} · {_issue(scenario, one.table, one.issue)}: "
            f"{_option(scenario, one.table, one.issue, one.option)}"
            for one in dead
        )
        about = tr("**Options that nobody would choose**: they are in no efficient deal of their table.")
        told += [Text(about), Bullets(names)]
    elif all(zone.efficient is not None for zone in zones):
        told.append(Text(tr("Every option is in some efficient deal of its table.")))
    blocks(told, "edit-zones")


def _row(scenario: Scenario, zone: Zone) -> tuple[str, ...]:
    figures = (zone.deals, zone.legal, zone.acceptable, zone.efficient)
    told = (tr("too many to compare") if figure is None else decimal(f"{figure:,}") for figure in figures)
    return (scenario.tables[zone.table].title, *told)


def _issue(scenario: Scenario, table: str, issue: str) -> str:
    found = scenario.tables[table]
    return found.issues[found.by_name[issue]].title


def _option(scenario: Scenario, table: str, issue: str, option: str) -> str:
    found = scenario.tables[table]
    one = found.issues[found.by_name[issue]]
    return one.texts[one.number(option)]


def _frontier(desk: Desk, case: Case, reader: Reader) -> None:
    """Show the exact frontier of two or three parties: at once if it is little work, else when asked for."""
    heading(tr("The exact frontier"))
    names = list(case.roles)
    parties = names
    if len(names) > MOST_PARTIES:
        parties = st.multiselect(
            tr("Two or three parties"),
            names,
            names[:MOST_PARTIES],
            max_selections=MOST_PARTIES,
            select_all=False,
            format_func=among(names, lambda party: short(case.scenario, party)),
            key=f"edit-frontier-{'-'.join(names)}",
        )
        if len(parties) < 2:
            st.info(tr("Choose two parties, or three."), icon=":material/group:")
            return
    try:
        found = _picture(desk, case, parties)
    except NegotiationError as problem:
        st.error(words.literal(tr(problem.said)), icon=":material/error:")
        return
    if found is None:
        return
    st.markdown(
        plural(
            "**{n} outcome** that no other beats for all of {parties}.",
            "**{n} outcomes** that no other beats for all of {parties}.",
            len(found.points),
            parties=reader.names(parties),
        )
    )
    told = [reader.names([party]) for party in found.parties]
    place = f"{case.name}-frontier"
    blocks(frontier_figures(told, found.points, found.unsigned, marks(case, found), place, 1), "edit-frontier")


def _picture(desk: Desk, case: Case, parties: Sequence[str]) -> Picture | None:
    """Return the frontier; None if it was not asked for yet."""
    if sum(table.size for table in case.scenario.tables.values()) <= SMALL and len(case.roles) <= MOST_PARTIES:
        outcomes = {name: reference.outcome for name, reference in case.references.items()}
        return frontier_data(case, wished(case, Wish(parties=tuple(parties))), outcomes)
    asked = DraftAsked(job="draft", text=desk.looked.text, parties=list(parties))
    found = known(asked)
    if not found and st.button(tr("Work it out"), icon=":material/function:", key="edit-frontier-go"):
        found = shown(asked, tr("Working it out:"))
    return read(Picture, found) if found else None


def _trial(desk: Desk, case: Case, reader: Reader) -> None:
    """Show the form of a trial, and what came of it."""
    heading(tr("A trial"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = st.selectbox(
            tr("Agents at all seats"),
            list(words.LEVELS),
            index=1,
            format_func=among(words.LEVELS, lambda name: tr(words.LEVELS[name][1])),
            key="edit-trial-level",
        )
        asked = TrialAsked(job="trial", text=desk.looked.text, strategy=words.LEVELS[level or "fair"][0], games=GAMES)
        start = st.button(
            tr("Play {n} games", n=GAMES), type="primary", icon=":material/science:", disabled=bool(known(asked))
        )
    found = known(asked) or (shown(asked, tr("Agents play:")) if start else None)
    if found:
        blocks(_counted(case.scenario, read(Trial, found), reader), "edit-trial")
    else:
        st.caption(tr("Agents play the case as it stands now, each game with other dice. Nothing else waits for it."))


def _counted(scenario: Scenario, found: Trial, reader: Reader) -> list[Block]:
    told: list[Block] = [
        Text(f"**{tr('{party} never signs.', party=reader.names([party]))}**") for party in found.never
    ]
    signed = tuple(
        (
            scenario.tables[name].title,
            percent(count / found.games),
            reader.names([party for party, times in found.signers[name].items() if times]) or tr("nobody"),
        )
        for name, count in found.signed.items()
    )
    told.append(Grid((tr("Table"), tr("signed in"), tr("signed by")), signed))
    gains = tuple(
        (reader.who(party), reader.gain(gain), percent(found.worse[party] / found.games))
        for party, gain in found.gains.items()
    )
    told.append(Grid((tr("Party"), tr("mean gain over no deal, points"), tr("worse off than without, games")), gains))
    lasted = decimal(f"{found.rounds:.1f}")
    told.append(Text(tr("{games} games of {rounds} rounds on average.", games=found.games, rounds=lasted), "note"))
    return told
