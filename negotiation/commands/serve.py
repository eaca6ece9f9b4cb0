"""`negotiation serve`: classes, for people with browsers of their own."""

from __future__ import annotations

import argparse

from negotiation.commands import Commands, make, port


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "serve", run, "teach classes: students join from their own phones and laptops")
    command.add_argument(
        "--host",
        default="0.0.0.0",  # noqa: S104
        help="address to serve on (default: all of this machine, so that phones reach it)",
    )
    command.add_argument("--port", type=port, default=8501, help="port to serve on (default 8501)")
    command.add_argument(
        "--database-url",
        default="",
        metavar="URL",
        help="postgresql://... or an SQLite file (default: the file in your data folder)",
    )
    command.add_argument(
        "--public-url", default="", metavar="URL", help="the address that students type, if a proxy stands in front"
    )


def run(options: argparse.Namespace) -> int:
    """Serve classes until stopped."""
    from negotiation.ui.server.serve import teach

    return teach(options.host, options.port, database=options.database_url, public_url=options.public_url)
