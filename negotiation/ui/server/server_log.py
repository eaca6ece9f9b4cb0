"""The server's log: one JSON object a line, with paths only, no query, names, texts or cookies."""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from negotiation.ui.server.streamlit_assumptions import loggers

LOG = logging.getLogger("negotiation")

QUIET = ("/static/", "/app/static/", "/_stcore/", "/media/", "/live-", "/healthz")
"""Paths whose every request is not worth a line, or (of files) nobody's business."""


class Lines(logging.Formatter):
    """A formatter that writes a record as a line of JSON: time, level, what happened, and its details."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line."""
        row: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "with_it", {}),
        }
        if record.exc_info:
            row["trace"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False)


UVICORN: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "negotiation.ui.server.server_log.Lines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
    "loggers": {
        name: {"handlers": ["lines"], "level": "INFO", "propagate": False} for name in ("uvicorn", "negotiation")
    },
}
"""How uvicorn is to log under `negotiation serve`."""


def take_over() -> None:
    """Have Streamlit's loggers, and uvicorn's again, write this log's lines: Streamlit sets them up when it starts."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    for logger in loggers():
        logger.handlers, logger.propagate = [handler], False


class Requests:
    """Middleware that logs a line for every request, when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and log how that went."""
        if scope["type"] != "http" or scope["path"].startswith(QUIET):
            await self.app(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            milliseconds = round(1000 * (time.perf_counter() - start), 1)
            told = {"method": scope["method"], "path": scope["path"][:100], "status": status, "ms": milliseconds}
            LOG.info("request", extra={"with_it": told})
