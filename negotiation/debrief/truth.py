"""Who told the truth in a class: one seat's own group, with what it could hear; and all groups, by role, without quotes."""

from __future__ import annotations

from negotiation.analysis.truth import Truth, truth
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.group_game import GroupGame
from negotiation.language import tr
from negotiation.reports.blocks import Grid, Section, Text
from negotiation.reports.case_wording import Reader
from negotiation.reports.truth import ABOUT, PROMISES, sections
from negotiation.reports.words import percent


def heard(klass: ClassData, group: GroupGame, party: str) -> list[Section]:
    """Return the section on one group for one of its seats: shares of all, quotes of what the seat said or heard."""
    scenario = klass.case.scenario
    state = group.words or group.state
    return sections(state, judged(group), Reader(scenario, scenario.decimals), party) if state.spoken else []


def judged(group: GroupGame) -> Truth:
    """Return what was said in a group, judged by the sheets of its game."""
    return truth(group.words or group.state, group.sheets)


def by_role(klass: ClassData) -> Section:
    """Return the section on all groups: what each role said, and what became of its promises, without who said what."""
    found = [judged(group) for group in klass.groups if group.state.spoken]
    rows = []
    for party in klass.case.roles:
        true, false, undecided = (
            sum(one.count(party, verdict) for one in found) for verdict in ("true", "false", "open")
        )
        made = [sum(one.made(party)[status] for one in found) for status in PROMISES]
        if true or false or undecided or any(made):
            share = percent(true / (true + false)) if true + false else None
            rows.append((klass.title(party), share, true, false, undecided, *made))
    if not rows:
        return Section(tr("Who told the truth"), (Text(tr("Nobody said what it wants, or made a promise.")),))
    head = (
        tr("role"),
        tr("told the truth"),
        tr("true"),
        tr("untrue"),
        tr("not decided"),
        *map(tr, PROMISES.values()),
    )
    about = tr("All groups together. {about}", about=tr(ABOUT))
    return Section(tr("Who told the truth"), (Grid(head, tuple(rows), 0),), about)
