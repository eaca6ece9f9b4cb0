"""Whether Ray answers at an address: asked in seconds, where Ray itself would wait for minutes and say little."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from negotiation.errors import SetupError

PATIENCE = 5.0
"""Seconds within which Ray must answer, and after which somebody who waits is told for what."""

DATA, HEADERS, SETTINGS = 0, 1, 4
"""Kinds of HTTP/2 frames (RFC 9113, 6)."""

WELL = b"\0\0\0\0\2\x08\1"
"""The answer of a healthy server to gRPC's standard question after its health, a message in five bytes of length: it serves."""

MOST = 2**16
"""Bytes of an answer that are looked at."""


def knock(address: str) -> None:
    """See that Ray answers at `host:port`, or something that speaks its language at `ray://host:port`.

    Ray speaks gRPC over HTTP/2: this sends the start of such a connection and the question `grpc.health.v1.Health/Check`. A
    proxy passes the greeting but cannot answer the question.

    Raises
    ------
    SetupError
        When it does not, within seconds.
    """
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if not colon or not host or not port.isdigit():
        raise SetupError(f"address {address!r}: must be auto, HOST:PORT or ray://HOST:PORT")
    end = time.monotonic() + PATIENCE
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE) as line:
            line.sendall(_question(address))
            for kind, stream, said in _frames(line, end):
                if stream == 1 and (said == WELL if kind == DATA else address.startswith("ray://")):
                    return
    except (OSError, OverflowError) as problem:
        raise SetupError(f"{address}: no Ray cluster answers: {problem}") from None
    raise SetupError(f"{address}: what answers is no Ray cluster")


def _question(address: str) -> bytes:
    """The fixed text that HTTP/2 begins with, settings (none), and the question with an empty message."""
    fields = {
        ":method": "POST",
        ":scheme": "http",
        ":path": "/grpc.health.v1.Health/Check",
        ":authority": address.removeprefix("ray://")[:100],
        "te": "trailers",
        "content-type": "application/grpc",
    }
    head = b"".join(b"\0" + _text(name) + _text(value) for name, value in fields.items())
    frames = _frame(SETTINGS, 0, 0) + _frame(HEADERS, 4, 1, head) + _frame(DATA, 1, 1, b"\0" * 5)
    return b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frames


def _text(text: str) -> bytes:
    """A short text as HPACK writes it in full (RFC 7541, 5.2)."""
    data = text.encode()
    return bytes([len(data)]) + data


def _frame(kind: int, flags: int, stream: int, content: bytes = b"") -> bytes:
    return len(content).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + content


def _frames(line: socket.socket, end: float) -> Iterator[tuple[int, int, bytes]]:
    """Kind, stream and content of the frames that arrive until a moment; nothing if it is no HTTP/2."""
    heard, first = b"", True
    while len(heard) < MOST and (left := end - time.monotonic()) > 0:
        line.settimeout(left)
        if not (more := line.recv(4096)):
            return
        heard += more
        while len(heard) >= 9:
            size, kind = int.from_bytes(heard[:3], "big"), heard[3]
            if first and kind != SETTINGS:
                return
            if len(heard) < 9 + size:
                break
            yield kind, int.from_bytes(heard[5:9], "big"), heard[9 : 9 + size]
            heard, first = heard[9 + size :], False


@contextmanager
def patient(what: str) -> Iterator[None]:
    """If this takes long, a line on standard error says what is waited for."""
    timer = threading.Timer(PATIENCE, sys.stderr.write, (f"{what}; Ctrl-C stops\n",))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
