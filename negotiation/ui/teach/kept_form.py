"""A form half filled in: whoever looks away from it, at another view, group or part of the console, finds it as it was."""

from __future__ import annotations

from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


class Draft:
    """What stands in the fields of one form, kept as it is typed; another `name`, another form, which is empty.

    Streamlit forgets what is in a field as soon as the field is not drawn, and asks nobody.
    """

    def __init__(self, name: str) -> None:
        self._name = f"draft-{name}"

    def get(self, field: str, else_: T) -> T:
        """What a field begins with: what was put into it before."""
        found: T = st.session_state.get(self._name, {}).get(field, else_)
        return found

    def kept(self, field: str) -> dict[str, Any]:
        """What a widget needs for a field to be kept: key, and what to do when it changes."""
        key = f"{self._name}-{field}"

        def keep() -> None:
            st.session_state.setdefault(self._name, {})[field] = st.session_state[key]

        return {"key": key, "on_change": keep}
