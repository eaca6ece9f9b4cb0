"""Value created and claimed by the groups of a class, in tables and pictures (see `analysis.value_claimed`)."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.analysis.value_claimed import Claims
from negotiation.debrief import charts
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.lessons import Lesson
from negotiation.language import mark, tr
from negotiation.reports.blocks import Cell, Figure, Grid, Section, Text, rows_of, said
from negotiation.reports.value_claimed import share_of
from negotiation.rounding import rounded


def created(klass: ClassData, found: Mapping[str, Lesson]) -> Section:
    """Return the section on value created against value claimed."""
    blocks = (Text(_most(klass, found)), _bars(klass, found), _claims(klass, found))
    return Section(tr("Created together, claimed by each"), blocks, tr(_CREATED))


def _most(klass: ClassData, found: Mapping[str, Lesson]) -> str:
    """Return the most there was to gain, which differs where groups were dealt other private types."""
    decimals = klass.case.scenario.decimals
    most = sorted({rounded(found[group.id].most or 0.0, decimals) for group in klass.groups})
    if not any(most):
        return tr("Nothing was to be gained by all at once.")
    low, high = said(most[0], decimals), said(most[-1], decimals)
    if len(most) > 1:
        return tr(
            "The most that all together could have gained with nobody below everything unsigned: **{low} to {high} points**, "
            "by the private types that were dealt.",
            low=low,
            high=high,
        )
    return tr(
        "The most that all together could have gained with nobody below everything unsigned: **{points} points**.",
        points=high,
    )


_CREATED = mark(
    "Created: all points above everything unsigned, added up: what was gained less what was lost. In per cent: each party's "
    "share of what was gained; in points: what a party lost. Left for all: what all together could have had more with nobody "
    "having fewer. Without the cost of delay. Points of different parties are added up, so the sums are only as good as "
    "their scales compare."
)


_GAINED = mark("A bar to the right is what a group gained, its pieces what each claimed; red: the most there was.")
_LOST = mark(
    "A bar to the right is what a group gained, its pieces what each claimed; to the left what some lost; red: the most "
    "there was."
)


def _bars(klass: ClassData, found: Mapping[str, Lesson]) -> Figure:
    names = [klass.title(party) for party in klass.case.roles]
    rows = [
        {
            "group": group.label,
            "number": group.number,
            "who": klass.title(party),
            "n": n,
            "gain": rounded(found[group.id].claims.each[party], klass.case.scenario.decimals),
        }
        for group in klass.groups
        for n, party in enumerate(klass.case.roles)
    ]
    most = [
        {"group": group.label, "number": group.number, "most": found[group.id].most}
        for group in klass.groups
        if found[group.id].most
    ]
    lost = any(found[group.id].claims.lost for group in klass.groups)
    return Figure(
        tr(_LOST if lost else _GAINED),
        "created-claimed",
        lambda ink: charts.shares(rows, names, ink, most),
        rows_of(("group", "party", "gain"), [(row["group"], row["who"], row["gain"]) for row in rows]),
    )


def _claims(klass: ClassData, found: Mapping[str, Lesson]) -> Grid:
    parties = list(klass.case.roles)
    rows = []
    for group in klass.groups:
        seen = found[group.id]
        parts = (_claimed(seen.claims, party) for party in parties)
        rows.append((tr(group.label), seen.claims.created, share_of(seen.share), *parts, seen.left))
    head = ("", tr("created"), tr("of the most"), *map(klass.title, parties), tr("left for all"))
    return Grid(head, tuple(rows), klass.case.scenario.decimals)


def _claimed(claims: Claims, party: str) -> Cell:
    """Return the share of what was gained, or, in points, what was lost; a dash where nobody gained anything."""
    mine = claims.each[party]
    return mine if mine < 0 else share_of(claims.share(party))
