"""What is done once, or left out, of what Streamlit does in every run."""

import pytest
import streamlit as st
from streamlit.components.v2.bidi_component import main as components
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from negotiation.ui import lean


@pytest.fixture
def kept(monkeypatch):
    """Streamlit as it was, afterwards."""
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    monkeypatch.setattr(components, "make_bidi_component_presenter", components.make_bidi_component_presenter)


def themes():
    made = CustomThemeConfig()
    app_session._populate_theme_msg(made)
    for section in ("light", "dark", "sidebar"):
        app_session._populate_theme_msg(getattr(made, section), f"theme.{section}")
    return made


def test_the_theme_is_the_same_and_read_once(kept, monkeypatch):
    before = themes()
    lean.lean()
    assert themes() == before
    monkeypatch.setattr(lean, "_theme", None)
    assert themes() == before
    assert st.get_option("theme.light.primaryColor") == before.light.primary_color


def test_nobody_asks_for_the_state_of_a_component(kept):
    assert components.make_bidi_component_presenter("events", "id", None) is not None
    lean.lean()
    assert components.make_bidi_component_presenter("events", "id", None) is None
