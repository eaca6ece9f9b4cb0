"""`negotiation accounts`: the accounts that may run classes, and a way back in after a lost second factor."""

from __future__ import annotations

import argparse
import sys

from negotiation.commands import Commands, make


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "accounts", run, "who may run classes here, and who logs in with a second factor")
    command.add_argument(
        "--drop-second-factor",
        default="",
        metavar="NAME",
        help="let this account log in with its password alone again; that stands in the record of accounts",
    )
    command.add_argument(
        "--database-url", default="", metavar="URL", help="the database (default: in your data folder)"
    )


def run(options: argparse.Namespace) -> int:
    """Drop an account's second factor, or list all accounts."""
    from negotiation.classroom.addresses import existing
    from negotiation.classroom.classroom import Classroom
    from negotiation.classroom.ledger import KEEPER
    from negotiation.classroom.store import Store

    room = Classroom(Store(existing(options.database_url)))
    if name := options.drop_second_factor:
        room.enrolling.free(name, KEEPER)
        sys.stdout.write(f"{name} logs in with the password alone now\n")
        return 0
    lines = [
        f"{one.name}  {one.role}  {'second factor' if room.enrolling.left(one.name) is not None else 'password'}\n"
        for one in room.accounts.everybody()
    ]
    sys.stdout.write("".join(lines) or "there is no account in this database\n")
    return 0
