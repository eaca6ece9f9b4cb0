"""A form half filled in, which keeps its fields while another view, group or part of the console is shown."""

from __future__ import annotations

from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


class Draft:
    """The fields of one form, kept as they are typed; another `name` is another form, which is empty.

    Streamlit forgets what is in a field as soon as the field is not drawn, and asks nobody.
    """

    def __init__(self, name: str) -> None:
        self._name = f"draft-{name}"

    def get(self, field: str, else_: T) -> T:
        """Return the value with which a field begins: what was put into it before, or `else_`."""
        found: T = st.session_state.get(self._name, {}).get(field, else_)
        return found

    def kept(self, field: str) -> dict[str, Any]:
        """Return the arguments of a widget whose field is to be kept: its key, and what to do when it changes."""
        key = f"{self._name}-{field}"

        def keep() -> None:
            st.session_state.setdefault(self._name, {})[field] = st.session_state[key]

        return {"key": key, "on_change": keep}
