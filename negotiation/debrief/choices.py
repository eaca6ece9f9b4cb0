"""The choices of groups: terms side by side, the heat-map, missed issues, and the smallest improvements."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.debrief import charts
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.group_game import GroupGame
from negotiation.debrief.lessons import Lesson
from negotiation.language import phrase, tr
from negotiation.reports.blocks import Block, Bullets, Figure, Grid, Section, Text, rows_of, said
from negotiation.reports.words import about, all_of, clauses, listed
from negotiation.reports.wrapping import shortened

NOTHING = phrase("unsigned")

LONGEST = 60
"""Columns of an option in a table, of which a wide letter takes two."""


def terms(klass: ClassData) -> Section:
    """Return the terms of every group, table by table."""
    blocks: list[Block] = []
    for name, table in klass.case.scenario.tables.items():
        rows = []
        for k, issue in enumerate(table.issues):
            chosen = [group.outcome.get(name) for group in klass.groups]
            rows.append((issue.title, *(short(issue.texts[deal[k]]) if deal else "–" for deal in chosen)))
        head = (table.title, *(str(group.number) for group in klass.groups))
        blocks.append(Grid(head, tuple(rows)))
    return Section(tr("The terms"), tuple(blocks), tr("A column per group; a dash where nothing was signed."))


def short(text: str) -> str:
    """Return a text that is not too long for a table."""
    return shortened(text, LONGEST)


def chosen(klass: ClassData, found: Mapping[str, Lesson]) -> Section:
    """Return the issue heat-map: who chose what, and which issue was missed on which all agreed."""
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
                        "option": issue.texts[deal[k]] if deal else NOTHING,
                        "mark": "×" if wrong else "",
                    }
                )
    groups = [str(group.number) for group in klass.groups]
    figure = Figure(
        tr("A column per group; empty: unsigned; ×: all wanted something else."),
        "choices",
        lambda ink: charts.choices(rows, groups, issues, ink),
        rows_of(
            ("group", "issue", "option", "missed"), [(r["group"], r["issue"], r["option"], r["mark"]) for r in rows]
        ),
    )
    return Section(tr("Who chose what"), (figure, _popular(klass), *_missed(klass, found)))


def _popular(klass: ClassData) -> Grid:
    """Return how often each option was chosen."""
    rows = []
    for name, table in klass.case.scenario.tables.items():
        for k, issue in enumerate(table.issues):
            deals = [group.outcome.get(name) for group in klass.groups]
            counts = [sum(deal is not None and deal[k] == n for deal in deals) for n in range(len(issue.options))]
            told = clauses(
                f"{count} × {issue.texts[n]}"
                for n, count in sorted(enumerate(counts), key=lambda pair: (-pair[1], pair[0]))
                if count
            )
            rows.append((table.title.partition(" (")[0], issue.title, told or "–", sum(deal is None for deal in deals)))
    return Grid(
        (tr("table"), tr("issue"), tr("chosen by how many groups"), tr("unsigned")),
        tuple(rows),
    )


def _missed(klass: ClassData, found: Mapping[str, Lesson]) -> list[Block]:
    groups: dict[tuple[str, str, tuple[int, ...]], list[str]] = {}
    for group in klass.groups:
        for lost in found[group.id].missed:
            groups.setdefault(lost, []).append(str(group.number))
    if not groups:
        return [Text(tr("No group missed an issue on which all at its table wanted the same."))]
    tables, items = klass.case.scenario.tables, []
    for (name, title, options), numbers in groups.items():
        issue = tables[name].issues[tables[name].by_name[title]]
        wanted = all_of([issue.texts[n] for n in options], "or")
        items.append(
            tr(
                "**{issue}**: all preferred {options}; settled otherwise in group {groups}",
                issue=issue.title,
                options=wanted,
                groups=listed(numbers),
            )
        )
    about = Text(
        tr(
            "Compatible issues that were missed (the incompatibility bias of Thompson and Hastie 1990): nobody gained from it."
        )
    )
    return [about, Bullets(tuple(items))]


def better(klass: ClassData, group: GroupGame, lesson: Lesson) -> tuple[str, ...]:
    """Return the smallest changes that nobody would have refused, in words."""
    told, decimals = [], klass.case.scenario.decimals
    for one in lesson.improvements:
        table = klass.case.scenario.tables[one.table]
        changes = clauses(
            about(issue.title, issue.texts[option])
            for issue, option in zip(table.issues, one.deal, strict=True)
            if issue.name in one.changed
        )
        gains = listed(f"{klass.title(party)} {said(gain, decimals, signed=True)}" for party, gain in one.gains.items())
        parts = {"table": table.title.partition(" (")[0], "terms": changes, "gains": gains}
        told.append(
            tr("**sign {table}**: {terms} ({gains}, nobody worse)", **parts)
            if group.outcome.get(one.table) is None
            else tr("**{table}**: {terms} ({gains}, nobody worse)", **parts)
        )
    return tuple(told)


def missed_changes(klass: ClassData, found: Mapping[str, Lesson]) -> Section:
    """Return the section of improvements missed by each group."""
    blocks: list[Block] = []
    for group in klass.groups:
        lesson = found[group.id]
        told = better(klass, group, lesson)
        label = tr(group.label)
        blocks.append(
            Text(
                f"**{label}**"
                if told
                else tr("**{group}**: no single table could be changed for the better", group=label)
            )
        )
        if told:
            blocks.append(Bullets(told, numbered=True))
    return Section(
        tr("Improvements missed"),
        tuple(blocks),
        tr(
            "For each group the three smallest changes, one table at a time, that would have hurt nobody: a post-settlement "
            "settlement (Raiffa 1985) would begin here."
        ),
    )
