"""`negotiation play`: the game in the browser."""

from __future__ import annotations

import argparse

from negotiation.commands import Commands, make, port


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "play", run, "open the game in the browser")
    command.add_argument("--host", default="127.0.0.1", help="address to serve on (default: this machine only)")
    command.add_argument("--port", type=port, default=8501, help="port to serve on (default 8501; the next free one)")
    command.add_argument("--no-browser", action="store_true", help="do not open a browser")
    command.add_argument(
        "--database", default="", metavar="FILE", help="where the games are kept (default: in your data folder)"
    )


def run(options: argparse.Namespace) -> int:
    """Serve the game until stopped."""
    from negotiation.ui.server.serve import serve

    return serve(options.host, options.port, browser=not options.no_browser, database=options.database)
