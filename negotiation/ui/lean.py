"""Two things that Streamlit works out anew in every run although they never change here: done once, or not at all.

Streamlit is pinned to one minor version (`pyproject.toml`); a test compares what is sent with and without this.
"""

from __future__ import annotations

from functools import lru_cache

from streamlit.components.v2.bidi_component import main as components
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_theme = app_session._populate_theme_msg


def lean() -> None:
    """From now on the theme is read from the configuration once, and nobody can read components in the session state.

    Every selectbox presents the state of every component on the page to itself; our components have none.
    """
    app_session._populate_theme_msg = _themed
    components.make_bidi_component_presenter = lambda *_: None  # type: ignore[attr-defined, assignment]


def _themed(msg: CustomThemeConfig, section: str = "theme") -> None:
    made = _read(section)
    if made.ByteSize():
        msg.MergeFrom(made)


@lru_cache(maxsize=16)
def _read(section: str) -> CustomThemeConfig:
    made = CustomThemeConfig()
    _theme(made, section)
    return made
