"""The standard error of a server, where every line is a JSON object; what is said again and again is counted."""

from __future__ import annotations

import io
import json
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

BURST, WINDOW = 20, 10.0
"""So many lines that begin alike are written in so many seconds; how many more there were is told later, in one."""

ALIKE, MOST_KINDS = 40, 200
"""Letters by which lines are alike, and kinds of lines remembered."""


class Lines(io.TextIOBase):
    """A stream that turns all text written to it into lines of JSON.

    A traceback, or any other text in one piece, is one line.
    """

    def __init__(self, under: TextIO, now: Callable[[], float] = time.monotonic) -> None:
        self._under, self._now = under, now
        self._part, self._counts = "", OrderedDict[str, list[float]]()
        self._lock = threading.RLock()

    def write(self, text: str) -> int:
        """Write complete lines and return the length of `text`; a line without its end waits."""
        with self._lock:
            whole, end, self._part = (self._part + text).rpartition("\n")
            if end and whole.strip():
                for one in self._told(whole.strip("\n")):
                    self._under.write(f"{one}\n")
                self._under.flush()
        return len(text)

    def flush(self) -> None:
        """Do nothing: every line is written at once."""

    def fileno(self) -> int:
        """Return the file number of the stream beneath, for processes that are started."""
        return self._under.fileno()

    def _told(self, whole: str) -> list[str]:
        pieces = whole.split("\n")
        if all(piece.startswith("{") and piece.endswith("}") for piece in pieces):
            return [one for piece in pieces for one in self._counted(_kind(piece), piece)]
        row = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": "warning", "event": pieces[0][:500]}
        if len(pieces) > 1:
            row["trace"] = "\n".join(pieces[1:])[-8000:]
        return self._counted(_alike(pieces[-1]), json.dumps(row, ensure_ascii=False))

    def _counted(self, kind: str, line: str) -> list[str]:
        """Return the line, unless too many like it were just written, after how many were left out before."""
        if not kind:
            return [line]
        begun, count = self._counts.setdefault(kind, [self._now(), 0.0])
        told = []
        if self._now() - begun > WINDOW:
            if count > BURST:
                row = {"level": "warning", "event": f"{int(count - BURST):,} more lines like this", "like": kind}
                told.append(json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}))
            begun, count = self._now(), 0.0
        self._counts[kind] = [begun, count + 1]
        self._counts.move_to_end(kind)
        while len(self._counts) > MOST_KINDS:
            self._counts.popitem(last=False)
        return [*told, line] if count < BURST else told


def _alike(text: str) -> str:
    """Return the beginning of a text with its numbers and times replaced."""
    return re.sub(r"\d[\d:.,-]*", "#", text)[:ALIKE]


def _kind(line: str) -> str:
    """Return the kind of a line of this program; empty for requests, which are all written."""
    try:
        row = json.loads(line)
    except ValueError:
        return _alike(line)
    event = str(row.get("event", ""))
    return "" if event == "request" else _alike(event)
