"""What a page hears without asking: the components that hold `/api/live` open, and that socket's messages.

All messages are JSON objects with a field `t`. From the browser:

    {"t": "watch", "logs": [id, ...]}       tell me the versions of these logs, now and whenever they grow; those who have
                                            logged in may name any log, a seat those of its own class and group
To the browser:

    {"t": "v", "v": {id: version, ...}}     logs that have grown (once at first: all)

The socket is closed with 4403 when there is neither seat nor login, with 4400 on a message that is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

SCRIPT = (Path(__file__).parent / "live.js").read_text(encoding="utf-8")
"""What browsers load once, from `ADDRESS`; a page sends only the line that loads it."""

ADDRESS = f"/live-{hashlib.sha256(SCRIPT.encode()).hexdigest()[:12]}.js"


def _loads(part: str) -> str:
    return (
        f"const script = import(new URL({ADDRESS!r}, location.href).href);\n"
        f"export default (c) => {{ let end, over = false; script.then((s) => {{ if (!over) end = s.{part}(c); }});"
        " return () => { over = true; end?.(); }; }"
    )


@lru_cache(maxsize=1)
def _watch_js() -> str:
    return _loads("watch")


def watch(
    versions: Mapping[str, int], key: str, on_tick: Callable[[], None] | None = None, *, every: float = 0.0
) -> None:
    """Run the script (inside a fragment: that fragment) again as soon as one of these logs grows beyond its version.

    Parameters
    ----------
    versions
        The logs that this page or fragment has just drawn, and how far (`Look.versions`, `Session.version`, ...).
    on_tick
        Called first, as a widget's callback: the one place where `st.rerun([key, ...])` may name fragments.
    every
        Seconds that pass at least between two runs: for a page that shows many groups.
    """
    component = st.components.v2.component("negotiation_watch", html="<span hidden></span>", js=_watch_js())
    component(key=key, data={"seen": dict(versions), "every": 1000 * every}, on_tick_change=on_tick or _nothing)


def _nothing() -> None:
    pass
