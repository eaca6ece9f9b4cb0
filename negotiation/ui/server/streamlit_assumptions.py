"""Streamlit's internals that this package relies on: all of them are here, and each has a test of its own.

An upgrade that breaks one of these says so in tests/app/test_streamlit_assumptions.py, by its name.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.session_manager import SessionInfo, SessionManager, SessionStorage

__all__ = ["AppSession", "SessionInfo", "SessionManager", "SessionStorage"]

STREAM, UPLOAD, METRICS = "/_stcore/stream", "/_stcore/upload_file/", "/_stcore/metrics"
"""Where pages hear of their parts, where files are sent to, and where anybody could read how the server fares."""

STATIC, MEDIA = "/static/", "/media/"
"""Where browsers find Streamlit's own front end, and files that pages offer."""

FRONT_END = Path(st.__file__).parent / "static" / "static"
"""The folder behind `STATIC`; the name of a file there carries a hash of what is in it."""

COLLECTS = "runner.postScriptGC"
"""A hidden option: whether garbage is collected after every run of a script, which costs more than the run."""

RUNNER = "streamlit.runtime.scriptrunner.script_runner"
"""The logger of what runs scripts."""

GONE = "Couldn't find fragment with id"
"""How that logger begins a warning whenever a person clicks, or a page asks to be drawn anew, in a part of a page that the
run before has just taken away: at the end of a phase, or after a restart. The page is whole and drawn by then, nothing
is to be done, and on a busy server there would be one for every page."""

MARKED = (
    *("stApp", "stAppViewContainer", "stBidiComponentIsolated", "stCaptionContainer", "stElementContainer"),
    *("stChatInputTextArea", "stCheckbox", "stDialog", "stExpanderDetails", "stHeader", "stHeadingWithActionElements"),
    *("stLayoutWrapper", "stMain", "stMainBlockContainer", "stMarkdownContainer", "stMultiSelect"),
    *(
        "stMultiSelectTagsContainer",
        "stNumberInputContainer",
        "stRadioCaption",
        "stTextAreaRootElement",
        "stTextInputRootElement",
    ),
    *("stTooltipHoverTarget", "stTooltipIcon", "stVerticalBlock", "stWidgetLabel"),
)
"""The `data-testid`s by which our styles and scripts find parts of a page."""

STATES = ("data-test-script-state", "data-test-connection-state")
"""What a page says of itself on `stApp`."""


def without_gone() -> None:
    """Leave out the warning `GONE`, and no other."""
    logging.getLogger(RUNNER).addFilter(lambda record: not str(record.msg).startswith(GONE))


def loggers() -> list[logging.Logger]:
    """Return Streamlit's loggers and uvicorn's, whose handlers Streamlit sets when it starts."""
    names = list(logging.root.manager.loggerDict)
    return [logging.getLogger(name) for name in names if name.partition(".")[0] in ("streamlit", "uvicorn")]


def sessions() -> SessionManager:
    """Return the session manager of the running server."""
    found: SessionManager = runtime.get_instance()._session_mgr
    return found


def park_in(storage: SessionStorage) -> None:
    """Have the sessions of closed pages kept in `storage`."""
    sessions()._session_storage = storage  # type: ignore[attr-defined]


def parked_in() -> Any:
    """Return the storage that keeps the sessions of closed pages."""
    return sessions()._session_storage  # type: ignore[attr-defined]


def rest(session: AppSession) -> None:
    """Close the event loop of a session that runs nothing; Streamlit lets it lie idle all the time."""
    if not runs(session) and not session._script_event_loop.is_running():
        session._script_event_loop.close()


def wake(session: AppSession) -> None:
    """Let a session that rested run scripts again."""
    if session._script_event_loop.is_closed():
        session._script_event_loop = asyncio.new_event_loop()


def runs(session: AppSession) -> bool:
    """Return whether a session runs a script."""
    return session._scriptrunner is not None


def scope(info: Any) -> dict[str, Any]:
    """Return the ASGI scope of the connection that an open page holds; empty if it holds none."""
    socket = getattr(info.client, "_websocket", None)
    return {} if socket is None else dict(socket.scope)


def drawing() -> bool:
    """Return whether a page is drawn in this thread."""
    return get_script_run_ctx(suppress_warning=True) is not None


def here() -> str:
    """Return the session of the page that runs in this thread; empty if there is none."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def offering(files: Any, file: str, name: str) -> set[str]:
    """Return the sessions whose page offers a file; of one made on a click, those that offer a file of its name.

    Parameters
    ----------
    files
        Streamlit's media file manager.
    file, name
        The file's key, and its name in its address.
    """
    found = {session for session, known in list(files._files_by_session_and_coord.items()) if file in known.values()}
    if found:
        return found
    try:
        made = files._storage.get_file(name)
    except MediaFileStorageError:
        return set()
    return {one["session_id"] for one in list(files._deferred_callables.values()) if one["filename"] == made.filename}


def tidy() -> Callable[[], object]:
    """Return a function that removes files that no page of the running server offers any more."""
    return runtime.get_instance().media_file_mgr.remove_orphaned_files


def sent() -> Any:
    """Return the store of files that pages have sent: `file_storage` by session, then by file, and `remove_file`."""
    return runtime.get_instance().uploaded_file_mgr
