"""A list to choose from whose texts may change: what was chosen stays chosen, under its present text."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def choice(
    label: str, texts: Mapping[str, str], key: str, *, index: int | None = 0, placeholder: str = ""
) -> str | None:
    """Draw the list and return the chosen key of `texts`, which hold the present labels; None if nothing is chosen.

    A browser knows options by their texts alone. When two are swapped, the list under the old key would go on showing
    the old text, or fall back to its first; so a list whose chosen text has changed gets a new key.

    Parameters
    ----------
    index
        The number of the option chosen at first; None: nothing.
    """
    number, kept, text = st.session_state.get(f"{key}-kept", (0, None, ""))
    if kept is not None and texts.get(kept) != text:
        number += 1
    names = list(texts)
    if kept in texts:
        index = names.index(kept)
    found = st.selectbox(
        label,
        names,
        index=index,
        format_func=texts.__getitem__,
        placeholder=placeholder or None,
        key=f"{key}-{number}",
    )
    st.session_state[f"{key}-kept"] = number, found, texts.get(found or "", "")
    return found


def done(key: str) -> None:
    """Clear the choice in the list under this key, should it come back."""
    number, _, _ = st.session_state.get(f"{key}-kept", (0, None, ""))
    st.session_state[f"{key}-kept"] = number + 1, None, ""
