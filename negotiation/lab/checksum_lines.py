"""A file that grows by rows, one line each with a checksum: what was cut or changed is noticed, named and taken out."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any, TypeAlias

from negotiation.errors import LogError
from negotiation.lab.results_folder import whole_text

Row: TypeAlias = dict[str, Any]

SUM = "sum"
"""The last entry of a line: a checksum of all before it."""


def line(row: Row) -> str:
    """Return a row as a line."""
    text = json.dumps(row, ensure_ascii=False)
    return f"{text[:-1]}, {json.dumps(SUM)}: {json.dumps(_sum(text))}}}\n"


def read(path: Path) -> dict[str, Row]:
    """Return the rows of a file by their `key`; damaged lines are named on standard error and removed from the file.

    A last line that was cut short is taken off where it stands, for which even a full disk has room.

    Raises
    ------
    LogError
        When the file cannot be read or written.
    """
    try:
        data = path.read_bytes() if path.exists() else b""
        *lines, cut = data.split(b"\n")
        if cut:
            os.truncate(path, len(data) - len(cut))
            sys.stderr.write(f"{path}: the last line was cut short; played again\n")
    except OSError as problem:
        raise LogError(f"{path}: {problem.strerror}") from None
    rows = [_row(text.decode("utf-8", "replace")) for text in lines]
    if wrong := rows.count(None):
        first = rows.index(None) + 1
        sys.stderr.write(f"{path}: line {first} is not what was written ({wrong} in all); played again\n")
        whole_text(path, "".join(line(row) for row in rows if row))
    return {row["key"]: row for row in rows if row}


def _row(text: str) -> Row | None:
    try:
        row = json.loads(text)
        digest = row.pop(SUM)
    except (ValueError, AttributeError, KeyError, TypeError):
        return None
    return row if digest == _sum(json.dumps(row, ensure_ascii=False)) and "key" in row else None


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
