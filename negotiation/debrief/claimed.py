"""Value created and claimed in sentences and tables, the same on every screen, page and paper (see `analysis.claims`)."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.analysis.claims import Claims, part
from negotiation.debrief import charts
from negotiation.debrief.gathering import Gathered
from negotiation.debrief.lessons import Lesson
from negotiation.documents.blocks import Cell, Figure, Grid, Section, Text, rows_of, said
from negotiation.rounding import percent as said_percent
from negotiation.rounding import rounded


def together(claims: Claims, most: float | None, who: str, decimals: int) -> str:
    """What some parties made of the case: `All together made **8.0 points** above everything unsigned, 20% of ...`.

    Parameters
    ----------
    most
        The most there was with nobody below everything unsigned; None if that cannot be.
    who
        Who they are, at the beginning of a sentence.
    """
    made, share = rounded(claims.created, decimals), part(claims.created, most)
    far = "above" if made >= 0 else "below"
    told = f"{who} made **{said(abs(made), decimals)} points** {far} everything unsigned, the cost of delay left out"
    if share is not None:
        told += f": {said_percent(share)} of the {said(most, decimals)} that could be had with nobody below it"
    elif most and made > 0:
        told += f"; the most that could be had with nobody below it was {said(most, decimals)}"
    if rounded(claims.lost, decimals):
        told += f". Some gained {said(claims.gained, decimals)} by it, others lost {said(claims.lost, decimals)}"
    return f"{told}."


def claim(claims: Claims, party: str, decimals: int) -> str:
    """What one of them claimed: `You claimed **53.0 points**, 85% of all that was gained.`; empty where nobody gained."""
    mine, share = rounded(claims.each[party], decimals), claims.share(party)
    if mine < 0:
        return f"You lost **{said(-mine, decimals)} points** by it."
    if share is None:
        return ""
    return f"You claimed **{said(mine, decimals)} points**, {said_percent(share)} of all that was gained."


def created(klass: Gathered, found: Mapping[str, Lesson]) -> Section:
    """Value created against value claimed."""
    blocks = (Text(_most(klass, found)), _bars(klass, found), _claims(klass, found))
    return Section("Created together, claimed by each", blocks, _CREATED)


def _most(klass: Gathered, found: Mapping[str, Lesson]) -> str:
    """The most there was to gain, which differs where groups were dealt other private types."""
    decimals = klass.case.scenario.decimals
    most = sorted({rounded(found[group.id].most or 0.0, decimals) for group in klass.groups})
    if not any(most):
        return "Nothing was to be gained by all at once."
    told, why = said(most[-1], decimals), ""
    if len(most) > 1:
        told, why = f"{said(most[0], decimals)} to {told}", ", by the private types that were dealt"
    return (
        f"The most that all together could have gained with nobody below everything unsigned: **{told} points**{why}."
    )


_CREATED = (
    "Created: all points above everything unsigned, added up: what was gained less what was lost. In per cent: each party's "
    "share of what was gained; in points: what a party lost. Left for all: what all together could have had more with nobody "
    "having fewer. Without the cost of delay. Points of different parties are added up, so the sums are only as good as "
    "their scales compare."
)


def _bars(klass: Gathered, found: Mapping[str, Lesson]) -> Figure:
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
    told = "A bar to the right is what a group gained, its pieces what each claimed"
    told += "; to the left what some lost" if any(found[group.id].claims.lost for group in klass.groups) else ""
    return Figure(
        f"{told}; red: the most there was.",
        "created-claimed",
        lambda ink: charts.shares(rows, names, ink, most),
        rows_of(("group", "party", "gain"), [(row["group"], row["who"], row["gain"]) for row in rows]),
    )


def _claims(klass: Gathered, found: Mapping[str, Lesson]) -> Grid:
    parties = list(klass.case.roles)
    rows = []
    for group in klass.groups:
        seen = found[group.id]
        parts = (_claimed(seen.claims, party) for party in parties)
        rows.append((group.label, seen.claims.created, percent(seen.share), *parts, seen.left))
    head = ("", "created", "of the most", *map(klass.title, parties), "left for all")
    return Grid(head, tuple(rows), klass.case.scenario.decimals)


def _claimed(claims: Claims, party: str) -> Cell:
    """The share of what was gained, or, in points, what was lost; a dash where nobody gained anything."""
    mine = claims.each[party]
    return mine if mine < 0 else percent(claims.share(party))


def percent(share: float | None) -> str | None:
    """A share in whole per cent."""
    return None if share is None else said_percent(share)
