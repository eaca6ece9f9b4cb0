"""Value created and claimed in sentences, alike on every screen, page and paper (see `analysis.value_claimed`)."""

from __future__ import annotations

from negotiation.analysis.value_claimed import Claims, part
from negotiation.reports.blocks import said
from negotiation.rounding import percent, rounded


def together(claims: Claims, most: float | None, who: str, decimals: int) -> str:
    """Return what some parties created: `All together made **8.0 points** above everything unsigned, 20% of ...`.

    Parameters
    ----------
    most
        The most there was with nobody below everything unsigned; None if that cannot be.
    who
        Their names, at the beginning of a sentence.
    """
    made, share = rounded(claims.created, decimals), part(claims.created, most)
    far = "above" if made >= 0 else "below"
    told = f"{who} made **{said(abs(made), decimals)} points** {far} everything unsigned, the cost of delay left out"
    if share is not None:
        told += f": {percent(share)} of the {said(most, decimals)} that could be had with nobody below it"
    elif most and made > 0:
        told += f"; the most that could be had with nobody below it was {said(most, decimals)}"
    if rounded(claims.lost, decimals):
        told += f". Some gained {said(claims.gained, decimals)} by it, others lost {said(claims.lost, decimals)}"
    return f"{told}."


def claim(claims: Claims, party: str, decimals: int) -> str:
    """Return what a party claimed: `You claimed **53.0 points**, 85% of all that was gained.`; empty if none gained."""
    mine, share = rounded(claims.each[party], decimals), claims.share(party)
    if mine < 0:
        return f"You lost **{said(-mine, decimals)} points** by it."
    if share is None:
        return ""
    return f"You claimed **{said(mine, decimals)} points**, {percent(share)} of all that was gained."


def share_of(share: float | None) -> str | None:
    """Return a share in whole per cent."""
    return None if share is None else percent(share)
