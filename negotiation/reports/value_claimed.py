"""Value created and claimed in sentences, alike on every screen, page and paper (see `analysis.value_claimed`)."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.analysis.value_claimed import Claims, part
from negotiation.language import mark, tr
from negotiation.reports.blocks import said
from negotiation.reports.words import percent
from negotiation.rounding import rounded

MADE = {
    (True, True, False): mark(
        "All together made **{made} points** above everything unsigned, the cost of delay left out: {share} of the {most} "
        "that could be had with nobody below it."
    ),
    (True, False, True): mark(
        "All together made **{made} points** above everything unsigned, the cost of delay left out; the most that could be "
        "had with nobody below it was {most}."
    ),
    (True, False, False): mark(
        "All together made **{made} points** above everything unsigned, the cost of delay left out."
    ),
    (False, False, False): mark(
        "All together made **{made} points** below everything unsigned, the cost of delay left out."
    ),
}
"""What was made, by whether it is a gain, whether it is a share of the most there was, and whether that is said by itself."""

GROUP_MADE = {
    (True, True, False): mark(
        "Together your group made **{made} points** above everything unsigned, the cost of delay left out: {share} of the "
        "{most} that could be had with nobody below it."
    ),
    (True, False, True): mark(
        "Together your group made **{made} points** above everything unsigned, the cost of delay left out; the most that "
        "could be had with nobody below it was {most}."
    ),
    (True, False, False): mark(
        "Together your group made **{made} points** above everything unsigned, the cost of delay left out."
    ),
    (False, False, False): mark(
        "Together your group made **{made} points** below everything unsigned, the cost of delay left out."
    ),
}
"""The same of a group, told to one of it."""


def together(
    claims: Claims, most: float | None, decimals: int, texts: Mapping[tuple[bool, bool, bool], str] = MADE
) -> str:
    """Return what some parties created: `All together made **8.0 points** above everything unsigned, 20% of ...`.

    Parameters
    ----------
    most
        The most there was with nobody below everything unsigned; None if that cannot be.
    texts
        The sentences, whose subject is who they are: `MADE` or `GROUP_MADE`.
    """
    made, share = rounded(claims.created, decimals), part(claims.created, most)
    beyond = share is None and bool(most) and made > 0
    parts = {"made": said(abs(made), decimals)}
    parts |= {"share": percent(share)} if share is not None else {}
    parts |= {"most": said(most, decimals)} if share is not None or beyond else {}
    told = tr(texts[made >= 0, share is not None, beyond], **parts)
    if rounded(claims.lost, decimals):
        gained, lost = said(claims.gained, decimals), said(claims.lost, decimals)
        told += " " + tr("Some gained {gained} by it, others lost {lost}.", gained=gained, lost=lost)
    return told


def claim(claims: Claims, party: str, decimals: int) -> str:
    """Return what a party claimed: `You claimed **53.0 points**, 85% of all that was gained.`; empty if none gained."""
    mine, share = rounded(claims.each[party], decimals), claims.share(party)
    if mine < 0:
        return tr("You lost **{points} points** by it.", points=said(-mine, decimals))
    if share is None:
        return ""
    points = said(mine, decimals)
    return tr("You claimed **{points} points**, {share} of all that was gained.", points=points, share=percent(share))


def share_of(share: float | None) -> str | None:
    """Return a share in whole per cent."""
    return None if share is None else percent(share)
