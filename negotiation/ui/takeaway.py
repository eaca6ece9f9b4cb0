"""What a class is taken away as: each file is made in a process of its own when somebody asks for it, then offered.

A debrief as PDF, or the leak certificate, of a class of sixty takes many seconds; meanwhile the server goes on.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from negotiation.classroom.accounts import RUNNING, Account
from negotiation.ui.away import steady
from negotiation.ui.background import Job, begun_once
from negotiation.ui.room import account_here, room
from negotiation.ui.teach.doing import attempt

EVERY = 1.0
"""Seconds between two looks at a file that is being made."""


@dataclass(frozen=True)
class File:
    """One kind of file: how it is called on the page and on disk, and whether the replays and the pair are in it."""

    kind: str
    label: str
    ending: str
    mime: str
    icon: str
    about: str
    debrief: bool = False


FILES = (
    File(
        "html", "Debrief (HTML)", "-debrief.html", "text/html", "web", "One file that needs nothing else.", debrief=True
    ),
    File("pdf", "Debrief (PDF)", "-debrief.pdf", "application/pdf", "picture_as_pdf", "To print.", debrief=True),
    File(
        "zip",
        "Data and grades (ZIP)",
        ".zip",
        "application/zip",
        "folder_zip",
        "CSV, one Excel workbook, the logs, and a codebook; with names or pseudonyms as shown here.",
    ),
    File(
        "certificate",
        "Leak certificate",
        "-certificate.txt",
        "text/plain",
        "verified_user",
        "Checks that nothing sent to a seat held another seat's numbers or texts. Takes a second per eight seats.",
    ),
)


def files(asked: dict[str, Any], key: str) -> None:
    """A button for each file of a class, for those who run it; that one is made is on record before it is.

    `asked` is what `debrief.takeaway.made` takes, but for the kind.
    """
    if (by := account_here()) is None or by.role not in RUNNING:
        return
    running = [job for file in FILES if (job := _job(file, asked, key)) and job.running]
    with st.container(key=f"{key}-files"):
        st.fragment(steady(_files), run_every=EVERY if running else None)(by, asked, key, len(running))


def _files(by: Account, asked: dict[str, Any], key: str, running: int) -> None:
    jobs = [(file, _job(file, asked, key)) for file in FILES]
    with st.container(horizontal=True):
        for file, job in jobs:
            if job is not None and job.found is not None:
                _offered(file, asked, job, key)
            elif (job is None or job.refused) and st.button(
                file.label, key=f"{key}-make-{file.kind}", icon=f":material/{file.icon}:", help=file.about
            ):
                attempt(partial(_begin, by, file, asked, key))
    for file, job in jobs:
        if job is not None and job.refused:
            st.error(f"{file.label}: {job.refused}", icon=":material/error:")
        elif job is not None and job.running:
            st.progress(min(max(job.share, 0.0), 1.0), f"{file.label}: {job.what} …")
    if running > sum(job is not None and job.running for _, job in jobs):
        st.rerun()  # one is there: look as often as is needed now


def _begin(by: Account, file: File, asked: dict[str, Any], key: str) -> None:
    room().teaching.take_away(by, asked["session"], file.label, names=asked["names"])
    st.session_state[_slot(file, key)] = _wanted(file, asked), begun_once(_wanted(file, asked))


def _offered(file: File, asked: dict[str, Any], job: Job, key: str) -> None:
    name = re.sub(r"[^a-z0-9]+", "-", asked["title"].lower()).strip("-") or "class"
    st.download_button(
        f"Save: {file.label}",
        base64.b64decode((job.found or {})["file"]),
        file_name=f"{name}{file.ending}",
        mime=file.mime,
        key=f"{key}-{file.kind}",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )


def _slot(file: File, key: str) -> str:
    return f"{key}-file-{file.kind}"


def _wanted(file: File, asked: dict[str, Any]) -> dict[str, Any]:
    """The question for one file, without what does not change it."""
    kept = {**asked, "job": "file", "kind": file.kind}
    return kept if file.debrief else {**kept, "pair": None, "agents": None, "twins": None}


def _job(file: File, asked: dict[str, Any], key: str) -> Job | None:
    """The making of a file that was begun here for the class as it stands; else None."""
    wanted, job = st.session_state.get(_slot(file, key), (None, None))
    return job if wanted == _wanted(file, asked) else None
