"""Choices that come back from a browser, looked up among those offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def among(options: Iterable[T], text: Callable[[T], str]) -> Callable[[T], str]:
    """Return a function that gives the text of each option, for `format_func`.

    A browser may send back any text, and Streamlit asks what that is called before it decides whether it was offered.
    So nothing is worked out then: what was not offered has no name here, and the control goes back to its default.
    """
    return {option: text(option) for option in options}.__getitem__
