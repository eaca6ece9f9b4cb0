"""From the domains and profiles of other negotiation programs to a scenario file of this one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from negotiation.errors import ScenarioError
from negotiation.formats import anl2025, genius, geniusweb, negolog, scorable
from negotiation.formats.files import read_limited, write_whole
from negotiation.formats.profiles import case_text, ids
from negotiation.formats.scenario_yaml import LARGEST_FILE, loads

LARGEST_PROFILE = 4 * 2**20
"""Bytes of one file; the largest domain in common use has about a tenth of it."""

READERS = {"GENIUS XML": genius.read, "GeniusWeb JSON": geniusweb.read, "NegoLog JSON": negolog.read}
"""What reads the files of a kind."""

ROUNDS = 100
"""Rounds of an imported case, as is usual there."""


def imported(files: Sequence[Path], name: str, rounds: int = ROUNDS, *, capped: bool = True) -> str:
    """Return the text of a scenario file with the one domain and the profiles in these files, one party a profile.

    Parameters
    ----------
    files
        GENIUS XML, GeniusWeb JSON or NegoLog JSON, told by content: profiles in seating order, each named after its file, and
        the domain file among them, if the order of its issues and values shall count.
    name
        The id of the case.
    capped
        Whether no utility counts above 1, as in GENIUS; else sums stay as they are.

    Raises
    ------
    ScenarioError
        When a file, an issue or a value does not fit; the message says which and why.
    """
    if len(files) == 1 and scorable.is_scorable(files[0]):
        text = scorable.case_of(files[0], name, rounds)
        loads(text, str(files[0]))
        return text
    if len(files) == 1 and anl2025.is_multi_deal(files[0]):
        text = anl2025.case_of(files[0], name, rounds)
        loads(text, str(files[0]))
        return text
    data = {str(path): read_limited(path, LARGEST_PROFILE, ScenarioError) for path in files}
    kinds = {source: _kind(source, content) for source, content in data.items()}
    first = next(iter(kinds), "")
    for source, kind in kinds.items():
        if kind != kinds[first]:
            raise ScenarioError(f"{source}: is {kind}, but {first} is {kinds[first]}; one case has one kind")
    if not first:
        raise ScenarioError("no file to import")
    agenda, profiles = READERS[kinds[first]](data)
    if len(profiles) < 2:
        raise ScenarioError(f"{len(profiles)} profiles among {', '.join(data)}; a negotiation has at least 2 parties")
    parties = {
        Path(source).stem: profile if capped else replace(profile, most=math.inf)
        for source, profile in profiles.items()
    }
    if len(parties) < len(profiles):
        raise ScenarioError("two profiles have the same file name; parties are named after their files")
    text = case_text(name, _title(name), agenda, parties, rounds)
    if len(text.encode()) > LARGEST_FILE:
        raise ScenarioError(f"{first}: makes a scenario file of more than {LARGEST_FILE:,} bytes")
    loads(text, " + ".join(data))
    return text


def import_files(
    files: Sequence[Path],
    out: Path,
    name: str = "",
    rounds: int = ROUNDS,
    *,
    force: bool = False,
    capped: bool = True,
) -> None:
    """Write what `imported` returns to `out`, whole or not at all; another file there stays unless `force`.

    Raises
    ------
    ScenarioError
        As `imported`, and when `out` exists or cannot be written.
    """
    if out.exists() and not force:
        raise ScenarioError(f"{out}: exists already; --force replaces it")
    name = name or ids([out.stem], "case_")[0].replace("_", "-")
    write_whole(out, imported(files, name, rounds, capped=capped), ScenarioError)


def _kind(source: str, data: bytes) -> str:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "GENIUS XML"
    if start == b"{":
        return "NegoLog JSON" if negolog.KEY in geniusweb.document(source, data) else "GeniusWeb JSON"
    raise ScenarioError(f"{source}: neither GENIUS XML nor JSON of GeniusWeb or NegoLog")


def _title(name: str) -> str:
    return re.sub(r"[-_]+", " ", name).capitalize()
