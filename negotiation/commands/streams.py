"""The standard streams of commands: terminals of any encoding, pipes that end and disks that are full."""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress

NEAR = "negotiation.near"
"""The error handler that prints what comes nearest to a character which the terminal does not know."""

LIKE = {"–": "-", "—": "-", "−": "-", "·": "|", "×": "x", "±": "+/-", "→": "->", "≤": "<=", "≥": ">=", "€": "EUR"} | {
    "‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"',
}  # fmt: skip
"""Characters that Unicode does not take apart, and what stands for them; letters lose their accents."""


def ready() -> None:
    """Make all three streams usable: a closed one leads nowhere, and a terminal is sent no character it lacks."""
    codecs.register_error(NEAR, _near)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # else the next file that is opened would take its number, and get what is printed
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        elif (
            name == "stdout" and isinstance(stream, io.TextIOWrapper) and stream.errors in ("strict", "surrogateescape")
        ):
            stream.reconfigure(errors=NEAR)


def _near(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    return "".join(map(_alike, problem.object[problem.start : problem.end])), problem.end


def _alike(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return LIKE.get(character) or plain or "?"


def dumps(value: object, indent: int | None = None) -> str:
    """Return a value as JSON that the output can encode: with escapes where the terminal lacks characters."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text


def seen(text: str) -> str:
    """Return a text with characters that command a terminal or turn its direction spelled out: logs may be hostile."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", lambda found: repr(found[0])[1:-1], text)


def complain(text: str) -> None:
    """Print one line of bounded words on the error stream, even if nobody reads it."""
    with suppress(OSError):
        print(f"negotiation: {short(text)}", file=sys.stderr, flush=True)


def short(text: str) -> str:
    """Return a text as one line without control characters or endless words."""
    line = " ".join(seen(text).splitlines()).encode("utf-8", "backslashreplace").decode()
    return re.sub(r"\S{300,}", lambda long: f"{long[0][:100]}...{long[0][-100:]}", line)


def settle() -> None:
    """Drop what the streams could not take, so that Python does not try again at exit and fail."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):  # a stream without a number, in the middle of another program
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def aside() -> Iterator[None]:
    """Send what users' strategies print to the error stream, from worker processes too, while the block runs."""
    output = sys.stdout
    output.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        output.flush()
        os.dup2(kept, 1)
        os.close(kept)
