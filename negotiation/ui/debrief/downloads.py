"""The files of a class to take away: each is made in a process of its own on request, then offered.

A debrief as PDF, or the leak certificate, of a class of sixty takes many seconds; meanwhile the server goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

import streamlit as st

from negotiation.classroom.accounts import RUNNING, Account
from negotiation.debrief.downloads import ClassAsked, FileAsked
from negotiation.language import language, mark, phrase, tr
from negotiation.reports.font_coverage import affected, readable
from negotiation.reports.words import listed
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.words import literal
from negotiation.ui.jobs.background import Job, begun_once
from negotiation.ui.jobs.questions import unpacked
from negotiation.ui.server.away import steady
from negotiation.ui.server.closed_pages import still
from negotiation.ui.server.identity import account_here, room

EVERY = 1.0
"""Seconds between two looks at a file that is being made."""


SHOWN = 6
"""Names that cannot be printed as they are, told at a time."""


@dataclass(frozen=True)
class File:
    """One kind of file: its name on the page and on disk; whether replays and pair are in it, and people."""

    kind: str
    label: str
    ending: str
    mime: str
    icon: str
    about: str
    debrief: bool = False
    people: bool = True


FILES = (
    File(
        "html",
        mark("Debrief (HTML)"),
        "-debrief.html",
        "text/html",
        "web",
        mark("One file that needs nothing else."),
        debrief=True,
    ),
    File(
        "pdf",
        mark("Debrief (PDF)"),
        "-debrief.pdf",
        "application/pdf",
        "picture_as_pdf",
        mark("To print."),
        debrief=True,
    ),
    File(
        "zip",
        mark("Data and grades (ZIP)"),
        ".zip",
        "application/zip",
        "folder_zip",
        mark("CSV, one Excel workbook, the logs, and a codebook; with names or pseudonyms as shown here."),
    ),
    File(
        "research",
        mark("Research data (ZIP)"),
        "-research.zip",
        "application/zip",
        "science",
        mark("With pseudonyms, and nothing of those who have not consented to research."),
        people=False,
    ),
    File(
        "certificate",
        mark("Leak certificate"),
        "-certificate.txt",
        "text/plain",
        "verified_user",
        mark(
            "Checks that nothing sent to a seat held another seat's numbers or texts. Takes a second per eight seats."
        ),
        people=False,
    ),
)


NAMINGS = {"named": mark("{file}, with names"), "nameless": mark("{file}, without names")}
"""What a file is called in which people are called otherwise than on the page."""


@dataclass(frozen=True)
class Asked:
    """A file that was asked for on this page: what it tells of, and its making."""

    wanted: FileAsked
    job: Job

    def alike(self, wanted: FileAsked) -> bool:
        """Return whether people are called in it as in `wanted`: by names, or by pseudonyms."""
        return self.wanted["names"] == wanted["names"]

    @property
    def refused(self) -> str:
        """The reason why the file could not be made; empty while it may still come, and when it is there."""
        gone = self.job.over and self.job.found is None
        return (self.job.refused or phrase("it ended without a result; try again")) if gone else ""


def files(asked: ClassAsked, key: str, *, research: bool = False) -> None:
    """Show a button for each file of a class, for accounts that run it; that one is made is on record before it is.

    `asked` is what `debrief.downloads.made` takes, but for the kind. What was asked for stays, with its progress and then
    to be taken, however class and replays go on; until another has taken its place, or a person is called otherwise by
    now: a name may have been forgotten. `research`: people were asked whether what they did may be used for it.
    """
    if (by := account_here()) is None or by.role not in RUNNING:
        return
    running = _running(asked, key)
    with st.container(key=f"{key}-files"):
        if asked["names"] and (lacking := affected(asked["people"].values())):
            few, more = literal(listed(lacking[:SHOWN])), len(lacking) - SHOWN
            st.caption(
                tr(
                    "On paper no font here has all letters of {names}: the PDF gives them by number, such as {example}. "
                    "The HTML file shows the names as they are; so does the ZIP.",
                    names=tr("{names} and {n} more", names=few, n=more) if more > 0 else few,
                    example=literal(readable(lacking[0])),
                )
            )
        st.fragment(steady(_files), run_every=EVERY if running else None)(by, asked, key, running, research=research)


def _files(by: Account, asked: ClassAsked, key: str, running: int, *, research: bool) -> None:
    offered = [file for file in FILES if research or file.kind != "research"]
    with st.container(horizontal=True):
        for file in offered:
            _buttons(by, file, asked, key)
    for file in FILES:
        for one in _kept(file, asked, key):
            _told(file, asked, one)
    if running > _running(asked, key):
        st.rerun()  # one is there: look as often as is needed now


def _buttons(by: Account, file: File, asked: ClassAsked, key: str) -> None:
    """Show what of a kind can be taken, and a button that asks for it as it would be now."""
    kept, wanted = _kept(file, asked, key), _wanted(file, asked)
    there = [one for one in kept if one.job.found is not None]
    for one in there:
        _offered(file, asked, one.job, key, _naming(one, wanted))
    if any(one.wanted == wanted and not one.refused for one in kept):
        return
    anew = any(one.alike(wanted) for one in there)
    label = tr("{file} as it is now", file=tr(file.label)) if anew else tr(file.label)
    if st.button(label, key=f"{key}-make-{file.kind}", icon=f":material/{file.icon}:", help=tr(file.about)):
        before = [one for one in kept if not (one.refused and one.alike(wanted))]
        attempt(partial(_begin, by, file, asked, key, before))


def _begin(by: Account, file: File, asked: ClassAsked, key: str, before: list[Asked]) -> None:
    wanted = _wanted(file, asked)
    room().teaching.take_away(by, asked["session"], file.label, names=asked["names"] and file.kind != "research")
    st.session_state[_slot(file, key)] = [*before, Asked(wanted, begun_once(wanted, still()))]


def _told(file: File, asked: ClassAsked, one: Asked) -> None:
    """Show the progress of a file, why it could not be made, or that it is older than the page."""
    wanted = _wanted(file, asked)
    label = _called(file, _naming(one, wanted))
    if one.refused:
        st.error(tr("{file}: {why}", file=label, why=tr(one.refused)), icon=":material/error:")
    elif one.job.found is None:
        st.progress(min(max(one.job.share, 0.0), 1.0), tr("{file}: {step} …", file=label, step=tr(one.job.what)))
    elif one.wanted != {**wanted, "names": one.wanted["names"], "language": one.wanted["language"]}:
        st.caption(tr("{file}: as class, replays and roles on the frontier were when you asked for it.", file=label))


def _offered(file: File, asked: ClassAsked, job: Job, key: str, naming: str) -> None:
    name = re.sub(r"[^a-z0-9]+", "-", asked["title"].lower()).strip("-") or "class"
    st.download_button(
        tr("Save: {file}", file=_called(file, naming)),
        unpacked(job.found or {}),
        file_name=f"{name}{file.ending}",
        mime=file.mime,
        key=f"{key}-{file.kind}{naming}",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )


def _slot(file: File, key: str) -> str:
    return f"{key}-file-{file.kind}"


def _wanted(file: File, asked: ClassAsked) -> FileAsked:
    """Return the question for one file, without what does not change it."""
    kept: FileAsked = {
        **asked,
        "job": "file",
        "kind": file.kind,
        "names": asked["names"] or not file.people,
        "language": language(),
    }
    return kept if file.debrief else {**kept, "pair": None, "agents": None, "twins": None}


def _naming(one: Asked, wanted: FileAsked) -> str:
    """Return how people are called in a file, if not as on the page; else an empty text."""
    return "" if one.alike(wanted) else "named" if one.wanted["names"] else "nameless"


def _called(file: File, naming: str) -> str:
    """Return what a file is called on the page, with how people are called in it, see `_naming`."""
    if not naming:
        return tr(file.label)
    return tr(NAMINGS[naming], file=tr(file.label))


def _kept(file: File, asked: ClassAsked, key: str) -> list[Asked]:
    """Return the standing files of a kind asked for on this page: of the ready ones the last with and without names."""
    people = asked["people"]
    standing = [
        one
        for one in st.session_state.get(_slot(file, key), [])
        if one.wanted["session"] == asked["session"] and one.wanted["people"].items() <= people.items()
    ]
    return [
        one
        for n, one in enumerate(standing)
        if not any(later.job.found is not None and later.alike(one.wanted) for later in standing[n + 1 :])
    ]


def _running(asked: ClassAsked, key: str) -> int:
    """Return how many files asked for on this page are being made."""
    return sum(one.job.running for file in FILES for one in _kept(file, asked, key))
