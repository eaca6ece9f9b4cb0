"""The files of a stranger's folder: which belong to a domain, told by content, and what kind they are."""

from __future__ import annotations

import re
from pathlib import Path

from negotiation.errors import ScenarioError
from negotiation.formats import bargaining, geniusweb, negmas_files, negolog
from negotiation.formats.files import inside, read_limited

LARGEST_PROFILE = 4 * 2**20
"""Bytes of one file; the largest domain in common use has about a tenth of it."""

ENDINGS = (".xml", ".json", ".yml", ".yaml", ".txt")
"""What names of such files end with; the rest of a folder is passed over."""

ROOTS = re.compile(rb"<(?:utility_space|negotiation_template)\b")
TEMPLATE = re.compile(rb"<negotiation_template\b")
POSSIBLE = "GENIUS XML, JSON of GeniusWeb or NegoLog, a scenario of NegMAS, bargaining instances of OpenSpiel"


def kind_of(source: str, data: bytes) -> str:
    """Return what kind of file this is.

    Raises
    ------
    ScenarioError
        When it is none that can be imported.
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "GENIUS XML"
    if start == b"{":
        found = negmas_files.held(source, data)
        if negmas_files.is_negmas(found):
            return "a scenario of NegMAS"
        return "NegoLog JSON" if negolog.KEY in found else "GeniusWeb JSON"
    if start and Path(source).suffix in (".yml", ".yaml") and negmas_files.is_negmas(negmas_files.held(source, data)):
        return "a scenario of NegMAS"
    raise ScenarioError(f"{source}: cannot be imported; possible: {POSSIBLE}")


def is_domain(source: str, data: bytes) -> bool:
    """Return whether a file that can be imported holds issues and values only, and no interests."""
    if kind_of(source, data) == "GENIUS XML":
        return TEMPLATE.search(data.replace(b"\0", b"")) is not None
    content = negmas_files.held(source, data)
    return geniusweb.DOMAIN in content or negmas_files.SPACE in str(content.get("type"))


def gathered(folder: Path) -> list[Path]:
    """Return the files of a folder that belong to its domain, by name; what holds something else is passed over.

    Raises
    ------
    ScenarioError
        When one cannot be read at all, leads out of the folder, or there is none.
    """
    try:
        names = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    except OSError as problem:
        raise ScenarioError(f"{folder}: {problem.strerror}") from None
    found = [path for path in names if path.name[0] not in "._" and path.is_file() and _belongs(folder, path)]
    if not found:
        raise ScenarioError(f"{folder}: holds no domain; possible: {POSSIBLE}")
    return found


def _belongs(folder: Path, path: Path) -> bool:
    data = read_limited(inside(folder, path, ScenarioError), LARGEST_PROFILE, ScenarioError)
    if path.suffix.lower() == ".xml":
        return ROOTS.search(data.replace(b"\0", b"")) is not None
    if path.suffix.lower() == ".txt":
        return bargaining.is_bargaining(data)
    content = negmas_files.held(str(path), data)
    return negmas_files.is_negmas(content) or any(key in content for key in KEYS)


KEYS = (geniusweb.PROFILE, geniusweb.DOMAIN, negolog.KEY)
