"""The first half of a class debrief: who got what, created and claimed, each role against its own kind, who chose what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from negotiation.analysis.transcript import why_unsigned
from negotiation.debrief import charts
from negotiation.debrief.gathering import Gathered, Played
from negotiation.debrief.lessons import Ceiling, Lesson
from negotiation.debrief.places import Place, spread
from negotiation.debrief.yardsticks import Agents, Earlier, history
from negotiation.documents.blocks import Block, Bullets, Figure, Grid, Section, Text, rows_of
from negotiation.table import UNSIGNED

LONGEST = 60
"""Letters of an option in a table."""


def board(klass: Gathered) -> Section:
    """A row per group: what was signed, everybody's points, how long it took."""
    tables = klass.case.scenario.tables
    rows = [
        (
            group.label + ("*" if group.corrected else ""),
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
        Text(f"* {group.label}: put on record by the teacher: {group.corrected}", "note")
        for group in klass.groups
        if group.corrected
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
        f"{group.label}, **{tables[name].title}**: {why_unsigned(group.state, name)}"
        for group in klass.groups
        for name in tables
        if name not in group.signed and not group.corrected
    )
    return [Text("**What stayed unsigned, and why**"), Bullets(told)] if told else []


def terms(klass: Gathered) -> Section:
    """The terms of every group, table by table."""
    blocks: list[Block] = []
    for name, table in klass.case.scenario.tables.items():
        rows = []
        for k, issue in enumerate(table.issues):
            chosen = [group.outcome.get(name) for group in klass.groups]
            rows.append((issue.title, *(short(issue.texts[deal[k]]) if deal else "–" for deal in chosen)))
        head = (table.title, *(str(group.number) for group in klass.groups))
        blocks.append(Grid(head, tuple(rows)))
    return Section("The terms", tuple(blocks), "A column per group; a dash where nothing was signed.")


def short(text: str) -> str:
    """A text that is not too long for a table."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def created(klass: Gathered, top: Ceiling, found: Mapping[str, Lesson]) -> Section:
    """Value created against value claimed."""
    names = [klass.title(party) for party in klass.case.roles]
    rows = [
        {
            "group": group.label,
            "number": group.number,
            "who": klass.title(party),
            "n": n,
            "gain": round(found[group.id].claimed[party], 3),
        }
        for group in klass.groups
        for n, party in enumerate(klass.case.roles)
    ]
    table = tuple(
        (
            group.label,
            found[group.id].created,
            _percent(found[group.id].share),
            *(
                _percent(found[group.id].claimed[party] / found[group.id].created)
                if found[group.id].created > 0
                else None
                for party in klass.case.roles
            ),
            found[group.id].left,
        )
        for group in klass.groups
    )
    head = ("", "created", "of the most", *names, "left for all")
    told = (
        "Nothing was to be gained by all at once."
        if not top.most
        else (
            f"The most that all together could have gained with nobody below everything unsigned: **{top.most:.1f} points**."
        )
    )
    data = rows_of(("group", "party", "gain"), [(row["group"], row["who"], row["gain"]) for row in rows])
    return Section(
        "Created together, claimed by each",
        (
            Text(told),
            Figure(
                "A bar is what a group created, its pieces what each claimed; dashed: the most there was.",
                "created-claimed",
                lambda ink: charts.shares(rows, names, ink, top.most),
                data,
            ),
            Grid(head, table, klass.case.scenario.decimals),
        ),
        "Claimed: points above everything unsigned; the columns are each party's share of what its group created. Left "
        "for all: what all together could have had more with nobody having fewer. Without the cost of delay. Points of "
        "different parties are added up, so the sums are only as good as their scales compare.",
    )


def roles(
    klass: Gathered,
    found: Mapping[str, Mapping[str, Place]],
    agents: Agents | None = None,
    earlier: Sequence[Earlier] = (),
) -> Section:
    """Each role against its own kind, agents alone, earlier classes and history."""
    parties = list(klass.case.roles)
    names = [klass.title(party) for party in parties]
    dots = [
        {"who": klass.title(party), "group": group.label, "points": round(group.points[party], 2)}
        for group in klass.groups
        for party in parties
    ]
    past = history(klass)
    marks = [
        {"who": klass.title(party), "points": round(points, 2), "what": title}
        for title, scores in past.items()
        for party, points in scores.items()
    ]
    figure = Figure(
        "A dot is a group"
        + ("; grey: where agents alone end, nine games of ten, and their median" if agents else "")
        + ("; diamonds: history." if past else "."),
        "roles",
        lambda ink: charts.strips(dots, names, ink, _ranges(klass, agents), marks),
        rows_of(("party", "group", "points"), [(row["who"], row["group"], row["points"]) for row in dots]),
    )
    places = tuple(
        (
            klass.title(party),
            group.label,
            klass.seated(group, party),
            place.points,
            place.gain,
            place.z,
            place.percentile,
        )
        for party in parties
        for group in sorted(klass.groups, key=lambda one: found[one.id][party].rank)
        for place in [found[group.id][party]]
    )
    head = ("role", "group", "played by", "points", "gain", "z", "percentile")
    return Section(
        "Each role against its own kind",
        (
            figure,
            _yards(klass, agents, earlier, past),
            Grid(head, places, klass.case.scenario.decimals, signed=(4, 5)),
        ),
        "Only whoever played the same role had the same problem. z: standard deviations above the mean of the role. "
        "Percentile: per cent of the role with fewer points, equal ones by half.",
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
        ("this class, mean", *(spread([g.points[p] for g in klass.groups])["mean"] for p in parties))
    ]
    rows += [("everything unsigned", *(klass.groups[0].unsigned[party] for party in parties))]
    if agents:
        rows.append((f"agents only, mean of {agents.games:,}", *(agents.seen[party].mean for party in parties)))
    rows += [(f"{one.title}, {one.groups} groups", *(one.means.get(party) for party in parties)) for one in earlier]
    rows += [(title, *(scores[party] for party in parties)) for title, scores in past.items()]
    return Grid(("points", *map(klass.title, parties)), tuple(rows), klass.case.scenario.decimals, strong=(0,))


def chosen(klass: Gathered, found: Mapping[str, Lesson]) -> Section:
    """The issue heat-map: who chose what, and which issue was missed on which all agreed."""
    scenario, rows, issues = klass.case.scenario, [], []
    for name, table in scenario.tables.items():
        for k, issue in enumerate(table.issues):
            title = issue.title if issue.title not in issues else f"{issue.title} ({table.title})"
            issues.append(title)
            for group in klass.groups:
                deal = group.outcome.get(name)
                wrong = any((name, issue.name) == lost[:2] for lost in found[group.id].missed)
                rows.append(
                    {
                        "group": str(group.number),
                        "issue": title,
                        "place": deal[k] / max(len(issue.options) - 1, 1) if deal else None,
                        "option": issue.texts[deal[k]] if deal else UNSIGNED,
                        "mark": "✕" if wrong else "",
                    }
                )
    groups = [str(group.number) for group in klass.groups]
    figure = Figure(
        "A column per group. The darker, the later in the list of options; empty: unsigned; ✕: all wanted something else.",
        "choices",
        lambda ink: charts.choices(rows, groups, issues, ink),
        rows_of(
            ("group", "issue", "option", "missed"), [(r["group"], r["issue"], r["option"], r["mark"]) for r in rows]
        ),
    )
    return Section("Who chose what", (figure, _popular(klass), *_missed(klass, found)))


def _popular(klass: Gathered) -> Grid:
    """How often each option was chosen."""
    rows = []
    for name, table in klass.case.scenario.tables.items():
        for k, issue in enumerate(table.issues):
            deals = [group.outcome.get(name) for group in klass.groups]
            counts = [sum(deal is not None and deal[k] == n for deal in deals) for n in range(len(issue.options))]
            told = "; ".join(
                f"{count} × {issue.texts[n]}"
                for n, count in sorted(enumerate(counts), key=lambda pair: (-pair[1], pair[0]))
                if count
            )
            rows.append((table.title.partition(" (")[0], issue.title, told or "–", sum(deal is None for deal in deals)))
    return Grid(("table", "issue", "chosen by how many groups", "unsigned"), tuple(rows))


def _missed(klass: Gathered, found: Mapping[str, Lesson]) -> list[Block]:
    groups: dict[tuple[str, str, tuple[int, ...]], list[str]] = {}
    for group in klass.groups:
        for lost in found[group.id].missed:
            groups.setdefault(lost, []).append(str(group.number))
    if not groups:
        return [Text("No group missed an issue on which all at its table wanted the same.")]
    tables, items = klass.case.scenario.tables, []
    for (name, title, options), numbers in groups.items():
        issue = tables[name].issues[tables[name].by_name[title]]
        wanted = " or ".join(issue.texts[n] for n in options)
        items.append(f"**{issue.title}**: all preferred {wanted}; settled otherwise in group {', '.join(numbers)}")
    about = Text(
        "Compatible issues that were missed (the incompatibility bias of Thompson and Hastie 1990): nobody gained from it."
    )
    return [about, Bullets(tuple(items))]


def better(klass: Gathered, group: Played, lesson: Lesson) -> tuple[str, ...]:
    """The smallest changes that nobody would have refused, in words."""
    told = []
    for one in lesson.improvements:
        table = klass.case.scenario.tables[one.table]
        changes = "; ".join(
            f"{issue.title}: {issue.texts[option]}"
            for issue, option in zip(table.issues, one.deal, strict=True)
            if issue.name in one.changed
        )
        gains = ", ".join(f"{klass.title(party)} +{gain:.1f}" for party, gain in one.gains.items())
        how = "sign " if group.outcome.get(one.table) is None else ""
        told.append(f"**{how}{table.title.partition(' (')[0]}**: {changes} ({gains}, nobody worse)")
    return tuple(told)


def missed_changes(klass: Gathered, found: Mapping[str, Lesson]) -> Section:
    """Improvements missed by each group."""
    blocks: list[Block] = []
    for group in klass.groups:
        lesson = found[group.id]
        told = better(klass, group, lesson)
        blocks.append(
            Text(f"**{group.label}**" + ("" if told else ": no single table could be changed for the better"))
        )
        if told:
            blocks.append(Bullets(told, numbered=True))
    return Section(
        "Improvements missed",
        tuple(blocks),
        "For each group the three smallest changes, one table at a time, that would have hurt nobody: a post-settlement "
        "settlement (Raiffa 1985) would begin here.",
    )


def _sum(values: Iterable[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.0%}"
