"""The files that a class is taken away as, by kind, as bytes: long work, which a server does in another process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from negotiation.analysis.findings import read
from negotiation.classroom.classroom import Classroom
from negotiation.debrief.certificate import certify
from negotiation.debrief.class_data import gather
from negotiation.debrief.comparisons import Agents, earlier
from negotiation.debrief.counterfactuals import Twin
from negotiation.debrief.export import export, research
from negotiation.debrief.replays import Progress
from negotiation.debrief.report import document, findings
from negotiation.language import phrase, speaking
from negotiation.reports.pdf import pdf
from negotiation.reports.web import page

KINDS = ("html", "pdf", "zip", "research", "certificate")


class ClassStamp(TypedDict):
    """Of which class something tells, how far it had come (`versions`), and how its people are called, by id."""

    session: str
    title: str
    versions: Sequence[int]
    people: Mapping[str, str]


class ClassAsked(ClassStamp):
    """A class as a page shows it: whether people are called by their names, and what only a debrief holds.

    That is `pair`, the roles on the frontier, and what the replays found so far: `agents` and `twins`, as rows, or None.
    """

    names: bool
    pair: Sequence[str] | None
    agents: Mapping[str, object] | None
    twins: Mapping[str, object] | None


class FileAsked(ClassAsked):
    """One file of it, of one of `KINDS`, told in a language."""

    job: str
    kind: str
    language: str


def made(classroom: Classroom, asked: FileAsked, progress: Progress) -> bytes:
    """Return one file in the language of who asked; its caller may see everything: check that before.

    Parameters
    ----------
    asked
        `session`, `kind` (one of `KINDS`), `language` and `names` (else pseudonyms); for a debrief also `pair`, the roles
        on the frontier, and what the replays found so far: `agents` and `twins`, as rows, or None.

    Raises
    ------
    Refused
        When there is no such class, or no group.
    """
    with speaking(asked["language"]):
        return _made(classroom, asked, progress)


def _made(classroom: Classroom, asked: FileAsked, progress: Progress) -> bytes:
    session, kind = asked["session"], asked["kind"]
    if kind == "certificate":
        return certify(classroom, session, progress).text().encode()
    progress(0.05, phrase("reading the class"))
    if kind == "zip":
        return export(classroom, session, names=asked["names"])
    if kind == "research":
        return research(classroom, session)
    found = findings(gather(classroom, session, names=asked["names"]).told(asked["language"]))
    agents = read(Agents, asked["agents"]) if asked["agents"] else None
    twins = {key: read(Twin, row) for key, row in asked["twins"].items()} if asked["twins"] else None
    whole = document(found, [asked["pair"] or ()], agents, earlier(classroom, session), twins)
    progress(0.4, phrase("writing"))
    return page(whole).encode() if kind == "html" else pdf(whole, landscape=True)
