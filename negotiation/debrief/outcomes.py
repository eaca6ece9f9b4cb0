"""The first half of a class debrief: who got what, created and claimed, each role against its own kind, who chose what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from negotiation.analysis.transcript import why_unsigned
from negotiation.classroom.sessions import Fact
from negotiation.classroom.trail import outcome_of
from negotiation.debrief import charts
from negotiation.debrief.gathering import Gathered
from negotiation.debrief.lessons import Ceiling, Lesson
from negotiation.debrief.places import ABOUT, Place, mean_of_people, of_people
from negotiation.debrief.yardsticks import Agents, Earlier, history
from negotiation.documents.blocks import Block, Bullets, Figure, Grid, Section, Text, rows_of, said
from negotiation.documents.plural import counted
from negotiation.rounding import percent, rounded


def board(klass: Gathered) -> Section:
    """A row per group: what was signed, everybody's points, how long it took."""
    tables = klass.case.scenario.tables
    rows = [
        (
            group.label + ("*" if group.corrections else ""),
            f"{len(group.signed)} of {len(tables)}",
            *(group.points[party] for party in klass.case.roles),
            _sum(group.gains.values()),
            group.state.rounds_played,
            group.minutes,
        )
        for group in klass.groups
    ]
    head = (
        "",
        "tables signed",
        *map(klass.title, klass.case.roles),
        "all gains",
        f"{klass.case.scenario.unit}s",
        "min",
    )
    notes: list[Block] = [
        Text(
            f"* {group.label}: put on record by the teacher: {outcome_of(fact, klass.case.scenario)}. {_why(klass, fact)}",
            "note",
        )
        for group in klass.groups
        for fact in group.corrections
    ]
    seats = [(group.label, *(klass.seated(group, party) for party in klass.case.roles)) for group in klass.groups]
    return Section(
        "How it ended",
        (
            Grid(head, tuple(rows), klass.case.scenario.decimals),
            *notes,
            *_unsigned(klass),
            Text("**Who played what**"),
            Grid(("", *map(klass.title, klass.case.roles)), tuple(seats)),
        ),
        "Points with the cost of delay. All gains: everybody's points above leaving everything unsigned, added up.",
    )


def _unsigned(klass: Gathered) -> list[Block]:
    """Why tables stayed unsigned, as everybody could see."""
    tables = klass.case.scenario.tables
    told = tuple(
        f"{group.label}, **{tables[name].title}**: "
        + ("put on record by the teacher" if name in group.on_record else why_unsigned(group.state, name))
        for group in klass.groups
        for name in tables
        if name not in group.signed
    )
    return [Text("**What stayed unsigned, and why**"), Bullets(told)] if told else []


def _why(klass: Gathered, fact: Fact) -> str:
    why = klass.reason(fact)
    return f"{why[0].upper()}{why[1:]}{'' if why[-1] in '.!?' else '.'}"


def created(klass: Gathered, top: Ceiling, found: Mapping[str, Lesson]) -> Section:
    """Value created against value claimed."""
    told = "Nothing was to be gained by all at once."
    if top.most:
        most = said(top.most, klass.case.scenario.decimals)
        told = f"The most that all together could have gained with nobody below everything unsigned: **{most} points**."
    blocks = (Text(told), _bars(klass, top, found), _claims(klass, found))
    return Section("Created together, claimed by each", blocks, _CREATED)


_CREATED = (
    "Claimed: points above everything unsigned; the columns are each party's share of what its group created. Left for "
    "all: what all together could have had more with nobody having fewer. Without the cost of delay. Points of different "
    "parties are added up, so the sums are only as good as their scales compare."
)


def _bars(klass: Gathered, top: Ceiling, found: Mapping[str, Lesson]) -> Figure:
    names = [klass.title(party) for party in klass.case.roles]
    rows = [
        {
            "group": group.label,
            "number": group.number,
            "who": klass.title(party),
            "n": n,
            "gain": rounded(found[group.id].claimed[party], klass.case.scenario.decimals),
        }
        for group in klass.groups
        for n, party in enumerate(klass.case.roles)
    ]
    return Figure(
        "A bar is what a group created, its pieces what each claimed; dashed: the most there was.",
        "created-claimed",
        lambda ink: charts.shares(rows, names, ink, top.most),
        rows_of(("group", "party", "gain"), [(row["group"], row["who"], row["gain"]) for row in rows]),
    )


def _claims(klass: Gathered, found: Mapping[str, Lesson]) -> Grid:
    parties, rows = list(klass.case.roles), []
    for group in klass.groups:
        seen = found[group.id]
        parts = [seen.claimed[party] / seen.created if seen.created > 0 else None for party in parties]
        rows.append((group.label, seen.created, _percent(seen.share), *map(_percent, parts), seen.left))
    head = ("", "created", "of the most", *map(klass.title, parties), "left for all")
    return Grid(head, tuple(rows), klass.case.scenario.decimals)


def roles(
    klass: Gathered,
    found: Mapping[str, Mapping[str, Place]],
    agents: Agents | None = None,
    earlier: Sequence[Earlier] = (),
) -> Section:
    """Each role against its own kind, agents alone, earlier classes and history."""
    past = history(klass)
    rows = tuple(
        (
            klass.title(party),
            group.label,
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
    head = ("role", "group", "played by", "points", "gain", "n", "z", "percentile", "role points")
    table = Grid(head, rows, klass.case.scenario.decimals, signed=(4, 6))
    blocks = (_dots(klass, agents, past), _yards(klass, agents, earlier, past), table)
    return Section("Each role against its own kind", blocks, _ROLES)


_ROLES = f"Only whoever played the same role had the same problem. {ABOUT}"


def _dots(klass: Gathered, agents: Agents | None, past: Mapping[str, Mapping[str, float]]) -> Figure:
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
    told = "A dot is a group in which people had the role"
    told += "; grey: where agents alone end, nine games of ten, and their median" if agents else ""
    told += "; diamonds: history." if past else "."
    return Figure(
        told,
        "roles",
        lambda ink: charts.strips(dots, [klass.title(p) for p in parties], ink, _ranges(klass, agents), marks),
        rows_of(("party", "group", "points"), [(row["who"], row["group"], row["points"]) for row in dots]),
    )


def _ranges(klass: Gathered, agents: Agents | None) -> list[dict[str, object]]:
    if agents is None:
        return []
    return [
        {"who": klass.title(party), "low": seen.low, "high": seen.high, "median": seen.median}
        for party, seen in agents.seen.items()
    ]


def _yards(
    klass: Gathered, agents: Agents | None, earlier: Sequence[Earlier], past: Mapping[str, Mapping[str, float]]
) -> Grid:
    """The mean of this class and everything it can be held against, a column per role."""
    parties = list(klass.case.roles)
    rows: list[tuple[str | float | None, ...]] = [
        ("this class, mean of people", *(mean_of_people(klass, party) for party in parties))
    ]
    rows += [("everything unsigned", *(klass.groups[0].unsigned[party] for party in parties))]
    if agents:
        rows.append((f"agents only, mean of {agents.games:,}", *(agents.seen[party].mean for party in parties)))
    rows += [
        (f"{one.title}, {counted(one.groups, 'group')}", *(one.means.get(party) for party in parties))
        for one in earlier
    ]
    rows += [(title, *(scores[party] for party in parties)) for title, scores in past.items()]
    return Grid(("points", *map(klass.title, parties)), tuple(rows), klass.case.scenario.decimals, strong=(0,))


def _sum(values: Iterable[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


def _percent(share: float | None) -> str | None:
    return None if share is None else percent(share)
