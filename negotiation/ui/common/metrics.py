"""Points in large type, beside the difference to another number."""

from __future__ import annotations

import re

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from negotiation.language import tr
from negotiation.rounding import apart
from negotiation.ui.common.words import points


def metric(
    label: str, value: float, decimals: int, *, other: float, against: str, place: DeltaGenerator | None = None
) -> None:
    """Show points and their difference to others, as both are shown; a difference of nothing has no arrow.

    Streamlit draws a loss as one only where a hyphen stands first: there it stays, in every language.
    """
    far = apart(value, other, decimals)
    told = re.sub("^−", "-", points(far, decimals, signed=True)) if far else f"±{points(0.0, decimals)}"
    (place or st).metric(
        label,
        points(value, decimals),
        tr("{points} {against}", points=told, against=tr(against)),
        delta_color="normal" if far else "off",
        delta_arrow="auto" if far else "off",
    )
