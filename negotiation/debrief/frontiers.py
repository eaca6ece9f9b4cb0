"""All groups on the exact Pareto picture of two roles."""

from __future__ import annotations

from collections.abc import Sequence

from negotiation.analysis.figure_data import frontier_data
from negotiation.analysis.findings import Picture
from negotiation.analysis.report import Wish, wished
from negotiation.analysis.solutions import SOLUTIONS
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.group_game import GroupGame
from negotiation.language import mark, plural, tr
from negotiation.reports import frontier_figure as figures
from negotiation.reports.blocks import Block, Cell, Figure, Grid, Section, Text
from negotiation.reports.label_placement import Mark
from negotiation.reports.words import all_of

MEMORY = 1e9
"""Bytes that a picture may take."""


def seen(klass: ClassData, parties: Sequence[str]) -> Picture:
    """Return the exact frontier of some roles with groups, history and solutions (see `figure_data.frontier_data`).

    Raises
    ------
    SetupError
        When a role does not exist, or the picture does not fit into memory.
    """
    outcomes = {group.label: group.outcome for group in klass.alike}
    outcomes |= {name: one.outcome for name, one in klass.case.references.items()}
    wish = Wish(parties=tuple(parties), types=klass.groups[0].game.game.types, memory=MEMORY)
    return frontier_data(klass.case, wished(klass.case, wish), outcomes)


def section(
    klass: ClassData, parties: Sequence[str], found: Picture | None = None, only: GroupGame | None = None
) -> Section:
    """Return the picture of two roles, or three, the third as colour; `only` shows one group among nameless dots."""
    found = found or seen(klass, parties)
    names = [klass.title(party) for party in parties]
    marks = _marks(klass, found, only)
    told = all_of(names)
    blocks: list[Block] = [
        Figure(
            tr("What {parties} could have had, and where the groups are.", parties=told),
            "frontier-" + "-".join(parties),
            lambda ink: figures.frontier(names, found.points, found.unsigned, marks, ink),
            figures.table(parties, found.points, marks),
        )
    ]
    if only is None:
        blocks.append(_table(klass, found, names))
    left = len(klass.groups) - len(klass.alike)
    if left:
        blocks.append(
            Text(
                plural(
                    "{n} group had parties of other private types and is not on this picture.",
                    "{n} groups had parties of other private types and are not on this picture.",
                    left,
                ),
                "note",
            )
        )
    return Section(tr("{parties} on the exact frontier", parties=told), tuple(blocks), tr(_ABOUT))


_ABOUT = mark(
    "Dots: outcomes that nobody of them can improve on without costing another of them (the Pareto frontier); the other "
    "parties sign no table that, taken alone, is worth less to them than unsigned. Triangles: groups. Circles: what "
    "bargaining theory singles out. Diamonds: outcomes the case names. Shaded: no-deal box, one of the two is worse "
    "off than with everything unsigned. Points without the cost of delay."
)


def _marks(klass: ClassData, found: Picture, only: GroupGame | None) -> list[Mark]:
    scores = {name: row.scores for name, row in found.outcomes.items()}
    marks = [Mark(one.title, "reference", scores[name]) for name, one in klass.case.references.items()]
    marks += [Mark(tr(SOLUTIONS[name].title), "solution", here) for name, here in found.solutions.items()]
    marks.append(Mark(tr("Everything unsigned"), "unsigned", found.unsigned))
    if only is None:
        return marks + [Mark(str(group.number), "group", scores[group.label], tr(group.label)) for group in klass.alike]
    return [*marks, Mark(tr("your group"), "group", scores[only.label])] if only in klass.alike else marks


def _table(klass: ClassData, found: Picture, names: Sequence[str]) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        (tr(group.label), *row.scores, row.dominated_by, row.equal_gain)
        for group in klass.alike
        for row in [found.outcomes[group.label]]
    ]
    head = ("", *names, tr("beaten by"), tr("each could have more"))
    return Grid(head, tuple(rows), klass.case.scenario.decimals)
