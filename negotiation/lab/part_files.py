"""Part files of a batch and the ledger of their checksums: which are finished, and which are not as written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.errors import LogError
from negotiation.lab.provenance import VERSIONS, read
from negotiation.lab.results_folder import whole_bytes

KINDS = ("runs", "tables", "events")
"""The folders of part files: one row a run, one a table, one an event (if the plan asks for events)."""

LEDGER = "chunks.jsonl"
"""One line a chunk that was played, written after its parts."""

STAMP = b"negotiation"
"""The key of a part's metadata that says what made it."""

Part: TypeAlias = dict[str, pa.Table]
"""Rows of each kind, in the order of the runs."""


@dataclass(frozen=True)
class Done:
    """A chunk that was played.

    Attributes
    ----------
    runs, errors, seconds
        How many runs and failed runs, and the processor time it took.
    died
        Whether its rows only say that the worker died; then it is tried again when the batch goes on.
    sums
        SHA-256 of its part files, by kind.
    lost
        By strategy that failed in some of its turns: see `Lost`, as a list.
    """

    chunk: int
    runs: int
    errors: int
    seconds: float
    died: bool = False
    sums: Mapping[str, str] = field(default_factory=dict)
    lost: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def part(kind: str, chunk: int) -> str:
    """Return the part file of a chunk, within the folder of the batch."""
    return f"{kind}/part-{chunk:07d}.parquet"


def written(table: pa.Table, stamp: str) -> bytes:
    """Return rows as a part file has them."""
    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks().replace_schema_metadata({STAMP: stamp}), sink)
    return bytes(sink.getvalue())


def write(out: Path, chunk: int, found: Sequence[Part], stamp: str) -> dict[str, str]:
    """Write the part files of a chunk, its runs last, and return their checksums.

    They are not forced to disk: what a power cut takes away does not fit the ledger, and is played again.

    Raises
    ------
    LogError
        When they cannot be written.
    """
    sums = {}
    for kind in (kind for kind in reversed(KINDS) if kind in found[0]):
        data = written(pa.concat_tables([one[kind] for one in found]), stamp)
        whole_bytes(out / part(kind, chunk), data, forced=False)
        sums[kind] = hashlib.sha256(data).hexdigest()
    return sums


def note(out: Path, done: Done) -> None:
    """Enter a chunk whose parts are there in the ledger.

    Raises
    ------
    LogError
        When it cannot be written.
    """
    try:
        with (out / LEDGER).open("a+b") as file:
            file.seek(max(file.tell() - 1, 0))
            cut = file.read(1) not in (b"", b"\n")  # by whatever ended the process before us
            file.write(b"\n" * cut + json.dumps(asdict(done)).encode() + b"\n")
    except OSError as problem:
        raise LogError(f"{out / LEDGER}: {problem.strerror}") from None


def ledger(out: Path) -> dict[int, Done]:
    """Return the entries of the ledger, by chunk; of two lines the later counts, and invalid lines do not.

    Raises
    ------
    LogError
        When it cannot be read.
    """
    try:
        lines = (out / LEDGER).read_bytes().splitlines()
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise LogError(f"{out / LEDGER}: {problem.strerror}") from None
    return {done.chunk: done for done in map(_entry, lines) if done}


def _entry(line: bytes) -> Done | None:
    try:
        done = Done(**json.loads(line))
    except (ValueError, TypeError):
        return None
    return done if type(done.chunk) is int and type(done.sums) is type(done.lost) is dict else None


@dataclass(frozen=True)
class Checked:
    """The parts of a folder, looked through once.

    Attributes
    ----------
    chunks
        The chunks all of whose parts are as they were written, in order.
    again
        Those of them whose rows only say that a worker died.
    broken
        What is wrong with the others that were played, by part file.
    """

    chunks: tuple[int, ...]
    again: frozenset[int]
    broken: Mapping[str, str]


def finished(out: Path) -> list[int]:
    """Return the chunks all of whose parts are there, in order; what is in them is not looked at."""
    return sorted(n for n, kinds in _played(out).items() if all((out / part(kind, n)).exists() for kind in kinds))


def checked(out: Path) -> Checked:
    """Return every part that was written, compared with the ledger; one from before there was a ledger is opened.

    Raises
    ------
    LogError
        When the folder does not say what made it.
    """
    entries, sound = ledger(out), []
    broken: dict[str, str] = {}
    for n, kinds in sorted(_played(out).items()):
        found = {part(kind, n): _wrong(out / part(kind, n), kinds[kind]) for kind in kinds}
        broken |= {name: why for name, why in found.items() if why}
        if not any(found.values()):
            sound.append(n)
    return Checked(tuple(sound), frozenset(n for n in sound if n in entries and entries[n].died), broken)


def _played(out: Path) -> dict[int, Mapping[str, str]]:
    """Return the checksums of the parts by chunk played (empty in a folder from before there was a ledger)."""
    if (out / LEDGER).exists() or not (out / VERSIONS).exists() or "code" in read(out):
        return {n: done.sums for n, done in ledger(out).items()}
    kinds = [kind for kind in KINDS if (out / kind).is_dir()]
    names = (path.stem.removeprefix("part-") for path in (out / "runs").glob(f"part-{'[0-9]' * 7}.parquet"))
    return {int(name): dict.fromkeys(kinds, "") for name in names}


def _wrong(path: Path, digest: str) -> str:
    """Return the fault of a part; empty if there is none."""
    try:
        if digest:
            with path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == digest
            return "" if same else "is not what was written"
        pq.read_metadata(path)
    except FileNotFoundError:
        return "is missing"
    except (OSError, pa.ArrowException):
        return "cannot be read"
    return ""


def damage_text(broken: Mapping[str, object]) -> str:
    """Return broken parts as a line for people: how many, and which comes first; empty if there are none."""
    if not broken:
        return ""
    name, why = next(iter(broken.items()))
    more = f", and {len(broken) - 1:,} more like it" if len(broken) > 1 else ""
    return f"{name} {why}{more}"
