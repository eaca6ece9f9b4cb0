"""A chart on a page: its texts as dark as the page's own, and words for those who do not see it."""

from __future__ import annotations

import streamlit as st

from negotiation.reports.figure_files import Ink, Spec
from negotiation.reports.palette import ink
from negotiation.ui.common.style import dark


def chart(spec: Spec, key: str, alt: str) -> None:
    """Draw a chart in Streamlit's theme, which by itself writes axes and legends too faint to be read by everybody."""
    own = legible(ink(night=dark()))
    st.vega_lite_chart(spec={**spec, "config": {**own, **spec.get("config", {})}}, key=key, alt=alt)


def legible(colours: Ink) -> Spec:
    """Return the configuration of texts that stand out from the page."""
    texts = dict.fromkeys(("labelColor", "titleColor"), colours["text"])
    return {"axis": texts, "legend": texts, "header": texts}
