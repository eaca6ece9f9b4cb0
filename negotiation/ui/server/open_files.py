"""The limit of open files: near it a new connection is told so and closed, while there are files to do it with."""

from __future__ import annotations

import asyncio
import logging
import math
import time

from uvicorn.protocols.http.auto import AutoHTTPProtocol

LOG = logging.getLogger("negotiation")

WANTED = 65_536
"""Open files that a server would like to be allowed."""

PAGE = 5
"""Open files of a page: its two sockets, and the event loop that Streamlit makes for each."""

SILENT, LISTENING = 20.0, 1.0
"""Seconds after which a connection on which nothing has been asked is closed; and one that is to be refused."""

AGAIN = 10.0
"""Seconds between two lines in the log that say so."""

BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 52\r\n"
    b"retry-after: 5\r\nconnection: close\r\n\r\nToo many pages are open here now: try again shortly."
)


def allowed() -> float:
    """Return how many files this process may have open."""
    try:
        import resource
    except ImportError:  # not on Windows
        return math.inf
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return math.inf if soft == resource.RLIM_INFINITY else soft


def ask() -> None:
    """Raise the limit of open files, as far as the system allows."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and wanted > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def spare() -> int:
    """Return how many files no connection gets: for the database, other processes, and for refusing more."""
    return int(max(24, min(2048, allowed() / 8)))


def at_once() -> int:
    """Return how many connections are taken at once: refusing them takes some turns of the event loop."""
    return spare() // 6


class Connection(AutoHTTPProtocol):  # type: ignore[misc,valid-type]
    """A connection that is refused when there are too many, and closed when nothing is asked on it."""

    _told = -math.inf

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take the connection, or prepare to refuse it: its number is the lowest that was free."""
        super().connection_made(transport)
        number, first = transport.get_extra_info("socket").fileno(), allowed() - spare()
        self.full = number >= first
        if self.full and time.monotonic() - Connection._told > AGAIN:
            Connection._told = time.monotonic()
            LOG.warning("connections are refused: too many files are open", extra={"with_it": {"most": allowed()}})
        if number >= first + spare() // 2:
            self._refuse()
        else:
            asyncio.get_running_loop().call_later(LISTENING if self.full else SILENT, self._silent)

    def data_received(self, data: bytes) -> None:
        """Answer, or say that there are too many; what has been read is not lost to a reset then."""
        if not self.full:
            super().data_received(data)
        else:
            self._refuse()

    def _refuse(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(BUSY)
            self.transport.close()

    def _silent(self) -> None:
        if self.transport.get_protocol() is self and self.cycle is None:
            self.transport.close()
