"""The first half of a class debrief: who got what, and each role against its own kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.analysis.transcript import why_unsigned
from negotiation.analysis.value_claimed import added
from negotiation.classroom.facts import Corrected
from negotiation.classroom.trail import outcome_of
from negotiation.debrief import charts
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.comparisons import Agents, Earlier, history
from negotiation.debrief.grades import ABOUT, Grade, mean_of_people, of_people
from negotiation.debrief.group_game import GroupGame
from negotiation.language import decimal, language, mark, plural, tr
from negotiation.reports.blocks import Block, Bullets, Figure, Grid, Section, Text, rows_of
from negotiation.reports.words import STOP, capital, listed, when
from negotiation.rounding import rounded


def board(klass: ClassData) -> Section:
    """Return a row per group: what was signed, everybody's points, how long it took."""
    tables = klass.case.scenario.tables
    rows = [
        (
            tr(group.label) + ("*" if group.corrections else ""),
            tr("{signed} of {tables}", signed=len(group.signed), tables=len(tables)),
            *(group.points[party] for party in klass.case.roles),
            added(group.gains.values()),
            group.state.rounds_played,
            group.minutes,
        )
        for group in klass.groups
    ]
    head = (
        "",
        tr("tables signed"),
        *map(klass.title, klass.case.roles),
        tr("all gains"),
        tr("{unit}s", unit=klass.case.scenario.unit),
        tr("min"),
    )
    notes: list[Block] = [
        Text(
            tr(
                "* {group}: put on record by the teacher: {terms}. {why}",
                group=tr(group.label),
                terms=outcome_of(fact.outcome, klass.case.scenario),
                why=_why(klass, fact),
            ),
            "note",
        )
        for group in klass.groups
        for fact in group.corrections
    ]
    seats = [(tr(group.label), *(klass.seated(group, party) for party in klass.case.roles)) for group in klass.groups]
    return Section(
        tr("How it ended"),
        (
            Grid(head, tuple(rows), klass.case.scenario.decimals),
            *notes,
            *stopped(klass.groups),
            *_unsigned(klass),
            Text(tr("**Who played what**")),
            Grid(("", *map(klass.title, klass.case.roles)), tuple(seats)),
        ),
        tr("Points with the cost of delay. All gains: everybody's points above leaving everything unsigned, added up."),
    )


def stopped(groups: Sequence[GroupGame]) -> list[Text]:
    """Return a note on groups stopped in the middle of a round, and what that means for points; empty if none was."""
    found = [group for group in groups if group.stopped]
    if not found:
        return []
    unit = found[0].state.scenario.unit
    told = listed(
        tr("{group} in {week}", group=tr(group.label), week=when(unit, group.state.rounds_played)) for group in found
    )
    note = tr(
        "Stopped while a {unit} was running: {groups}. It counts as played, as it did while it ran.",
        unit=unit,
        groups=told,
    )
    return [Text(note, "note")]


def _unsigned(klass: ClassData) -> list[Block]:
    """Return why tables stayed unsigned, as everybody could see."""
    tables = klass.case.scenario.tables
    told = tuple(
        tr(
            "{group}, **{table}**: {why}",
            group=tr(group.label),
            table=tables[name].title,
            why=tr("put on record by the teacher") if name in group.on_record else tr(why_unsigned(group.state, name)),
        )
        for group in klass.groups
        for name in tables
        if name not in group.signed
    )
    return [Text(tr("**What stayed unsigned, and why**")), Bullets(told)] if told else []


def _why(klass: ClassData, fact: Corrected) -> str:
    why = capital(tr(klass.reason(fact)))
    return why if why[-1] in ".!?。！？" else f"{why}{STOP.get(language(), '.')}"


def roles(
    klass: ClassData,
    found: Mapping[str, Mapping[str, Grade]],
    agents: Agents | None = None,
    earlier: Sequence[Earlier] = (),
) -> Section:
    """Return each role against its own kind, agents alone, earlier classes and history."""
    past = history(klass)
    rows = tuple(
        (
            klass.title(party),
            tr(group.label),
            klass.seated(group, party),
            place.points,
            place.gain,
            place.of or None,
            place.z,
            place.percentile,
            place.role_points,
        )
        for party in klass.case.roles
        for group in sorted(klass.groups, key=lambda one: -found[one.id][party].points)
        for place in [found[group.id][party]]
    )
    head = (
        tr("role"),
        tr("group"),
        tr("played by"),
        tr("points"),
        tr("gain"),
        "n",
        "z",
        tr("percentile"),
        tr("role points"),
    )
    table = Grid(head, rows, klass.case.scenario.decimals, signed=(4, 6))
    blocks = (_dots(klass, agents, past), _yards(klass, agents, earlier, past), table)
    return Section(tr("Each role against its own kind"), blocks, f"{tr(_ROLES)} {tr(ABOUT)}")


_ROLES = mark("Only whoever played the same role had the same problem.")


DOTS = {
    (False, False): mark("A dot is a group in which people had the role."),
    (True, False): mark(
        "A dot is a group in which people had the role; grey: where agents alone end, nine games of ten, and their median."
    ),
    (False, True): mark("A dot is a group in which people had the role; diamonds: history."),
    (True, True): mark(
        "A dot is a group in which people had the role; grey: where agents alone end, nine games of ten, and their median; "
        "diamonds: history."
    ),
}
"""What the picture of the roles shows, by whether agents and history are on it."""


def _dots(klass: ClassData, agents: Agents | None, past: Mapping[str, Mapping[str, float]]) -> Figure:
    parties = list(klass.case.roles)
    dots = [
        {
            "who": klass.title(party),
            "group": group.label,
            "points": rounded(group.points[party], klass.case.scenario.decimals),
        }
        for party in parties
        for group in of_people(klass, party)
    ]
    marks = [
        {"who": klass.title(party), "points": rounded(points, klass.case.scenario.decimals), "what": title}
        for title, scores in past.items()
        for party, points in scores.items()
    ]
    return Figure(
        tr(DOTS[bool(agents), bool(past)]),
        "roles",
        lambda ink: charts.strips(dots, [klass.title(p) for p in parties], ink, _ranges(klass, agents), marks),
        rows_of(("party", "group", "points"), [(row["who"], row["group"], row["points"]) for row in dots]),
    )


def _ranges(klass: ClassData, agents: Agents | None) -> list[dict[str, object]]:
    if agents is None:
        return []
    return [
        {"who": klass.title(party), "low": seen.low, "high": seen.high, "median": seen.median}
        for party, seen in agents.seen.items()
    ]


def _yards(
    klass: ClassData, agents: Agents | None, earlier: Sequence[Earlier], past: Mapping[str, Mapping[str, float]]
) -> Grid:
    """Return the mean of this class and everything it can be held against, a column per role."""
    parties = list(klass.case.roles)
    rows: list[tuple[str | float | None, ...]] = [
        (tr("this class, mean of people"), *(mean_of_people(klass, party) for party in parties))
    ]
    rows += [(tr("everything unsigned"), *(klass.groups[0].unsigned[party] for party in parties))]
    if agents:
        rows.append(
            (
                tr("agents only, mean of {n}", n=decimal(f"{agents.games:,}")),
                *(agents.seen[party].mean for party in parties),
            )
        )
    rows += [
        (
            plural("{title}, {n} group", "{title}, {n} groups", one.groups, title=one.title),
            *(one.means.get(party) for party in parties),
        )
        for one in earlier
    ]
    rows += [(title, *(scores[party] for party in parties)) for title, scores in past.items()]
    return Grid((tr("points"), *map(klass.title, parties)), tuple(rows), klass.case.scenario.decimals, strong=(0,))
