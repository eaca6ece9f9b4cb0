"""`negotiation play` and `negotiation serve`: one server process with the right settings, and what to do first."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import Any

from negotiation.classroom.addresses import VARIABLE, placed
from negotiation.errors import SetupError
from negotiation.ui.server.error_lines import Lines
from negotiation.ui.server.identity import ALONE, SERVED, room
from negotiation.ui.server.server_log import UVICORN

UI = Path(__file__).parents[1]
PORTS_TRIED = 20
HIGHEST = 65_535
"""The last port that there is."""
HERE_ONLY = ("127.0.0.1", "localhost", "::1")
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104
GRACE = 3
"""Seconds that open pages are given when the server stops; they come back by themselves when it is there again."""


def serve(host: str, port: int, *, browser: bool, database: str) -> int:
    """Serve one person's games until interrupted; return 0 afterwards.

    Raises
    ------
    SetupError
        When no port near the wanted one is free, or the database cannot be opened.
    """
    if database:
        os.environ[VARIABLE] = placed(database)
    place, port = room().store.place, _free(host, port, PORTS_TRIED)
    if host in HERE_ONLY:
        os.environ[ALONE] = "yes"
    address = _address("localhost" if host in ("127.0.0.1", *ANYWHERE) else host, port)
    print(f"Negotiation is at {address}   (Ctrl+C stops it; games are kept in {place})", flush=True)
    if browser:
        threading.Thread(target=_open, args=(host, port, address), daemon=True).start()
    return _run(host, port, log_level="warning")


def teach(host: str, port: int, *, database: str, public_url: str) -> int:
    """Serve classes, which students reach from their own devices, until interrupted; return 0 afterwards.

    Raises
    ------
    SetupError, StoreError
        When the port is taken, the address is none, or the database cannot be opened.
    """
    if database:
        os.environ[VARIABLE] = placed(database)
    public = public_url.rstrip("/")
    if public and not public.startswith(("http://", "https://")):
        raise SetupError(f"--public-url {public_url!r}: must begin with https:// (or http://)")
    _free(host, port, 1)
    public = public or _address(lan_address() if host in ANYWHERE else host, port)
    os.environ[SERVED] = public
    here = public if host not in ("127.0.0.1", "localhost", *ANYWHERE) else _address("localhost", port)
    print(_welcome(public, here, room().store.place, room().accounts.setup_secret()), flush=True)
    sys.stderr = Lines(sys.stderr)
    return _run(host, port, log_config=UVICORN, log_level="warning")


def _welcome(public: str, here: str, place: str, secret: str | None) -> str:
    first = (
        f"First of all make your account at {here}/login\n  with this secret, which is good for a day: {secret}\n"
        if secret
        else f"Teachers log in at {here}/login\n"
    )
    warn = "" if public.startswith("https:") else "No https: fine in a class room; on the internet put TLS in front.\n"
    return (
        f"{first}Then create a class and show its code. Students join at {public}/join\n"
        f"Classes are kept in {place}; {here}/healthz says whether all is well; Ctrl+C stops the server, and nothing is "
        f"lost.\n{warn}Below: the log, one JSON object a line, without names and secrets."
    )


def lan_address() -> str:
    """Return this machine's address in the local network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _run(host: str, port: int, **options: Any) -> int:
    os.chdir(UI)  # Streamlit reads .streamlit/config.toml in the working folder
    import uvicorn

    from negotiation.ui.server import open_files

    open_files.ask()

    uvicorn.run(
        "negotiation.ui.asgi:app",
        host=host,
        port=port,
        workers=1,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=4 * 1024 * 1024,
        access_log=False,
        timeout_graceful_shutdown=GRACE,
        http=open_files.Connection,
        backlog=open_files.at_once(),
        **options,
    )
    return 0


def _free(host: str, port: int, tried: int) -> int:
    tried = min(tried, HIGHEST + 1 - port)
    for candidate in range(port, port + tried):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except (UnicodeError, TypeError):  # what no host can be called
                raise SetupError(f"cannot serve on {host[:60]!r}: is no address of this machine") from None
            except OSError as problem:
                if problem.errno not in (98, 48):  # anything but: in use
                    raise SetupError(f"cannot serve on {host} port {candidate}: {problem.strerror}") from None
                continue
            return candidate
    last = f" to {port + tried - 1}" if tried > 1 else ""
    taken = f"ports {port}{last} on {host} are all taken" if last else f"port {port} on {host} is taken"
    raise SetupError(f"{taken}; choose one with --port")


def _open(host: str, port: int, address: str) -> None:
    """Open the browser as soon as the server answers."""
    for _ in range(100):
        try:
            with socket.create_connection((host, port), timeout=1):
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.1)
