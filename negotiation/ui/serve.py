"""`negotiation play`: one server process with the right settings, and a browser that opens on it."""

from __future__ import annotations

import os
import socket
import threading
import time
import webbrowser
from pathlib import Path

from negotiation.classroom.store import VARIABLE
from negotiation.errors import SetupError

HERE = Path(__file__).parent
PORTS_TRIED = 20


def serve(host: str, port: int, *, browser: bool, database: str) -> int:
    """Serve until interrupted; 0 afterwards.

    Raises
    ------
    SetupError
        When no port near the wanted one is free, or the database cannot be opened.
    """
    if database:
        os.environ[VARIABLE] = str(Path(database).expanduser().resolve())
    from negotiation.classroom.store import store

    store()
    port = _free(host, port)
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::') else host}:{port}"  # noqa: S104
    os.chdir(HERE)  # Streamlit reads .streamlit/config.toml in the working folder
    _many_files()
    print(f"Negotiation is at {address}   (Ctrl+C stops it; games are kept in {store().place})", flush=True)
    if browser:
        threading.Thread(target=_open, args=(host, port, address), daemon=True).start()
    import uvicorn

    uvicorn.run(
        "negotiation.ui.asgi:app",
        host=host,
        port=port,
        workers=1,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
    return 0


def _free(host: str, port: int) -> int:
    for candidate in range(port, port + PORTS_TRIED):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError as problem:
                if problem.errno in (13, 99, 98, 48):
                    if problem.errno in (13, 99):
                        raise SetupError(f"cannot serve on {host} port {candidate}: {problem.strerror}") from None
                    continue
                raise SetupError(f"cannot serve on {host} port {candidate}: {problem.strerror}") from None
            return candidate
    raise SetupError(f"ports {port} to {port + PORTS_TRIED - 1} on {host} are all taken; choose one with --port")


def _open(host: str, port: int, address: str) -> None:
    """Open the browser as soon as the server answers."""
    for _ in range(100):
        try:
            with socket.create_connection((host, port), timeout=1):
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.1)


def _many_files() -> None:
    """Raise the limit of open files: a page takes up to five."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(65_536, hard)
    if wanted > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
