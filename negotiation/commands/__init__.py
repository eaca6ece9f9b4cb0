"""The commands, one file each: `add` adds one to the parser, heavy imports wait until it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from negotiation.commands.streams import complain
from negotiation.errors import SetupError

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What `add` tells the parser about a command through."""


def make(commands: Commands, name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
    """Add a parser for one command, with its help, and return it."""
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(command=run)
    return parser


def port(text: str) -> int:
    """Return the number of a port, for the parser."""
    if not (text.isdecimal() and 1 <= int(text[:9]) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; possible: 1 to 65535")
    return int(text)


def stopped(out: Path) -> int:
    """Say what becomes of a folder of results after Ctrl-C, and return the exit code."""
    complain(f"stopped; what was finished is kept, the same command goes on with {out}")
    return 130


def pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    """Return the values of an option that may be repeated as PARTY=VALUE, by party."""
    pairs: dict[str, str] = {}
    for text in texts:
        party, equals, value = text.partition("=")
        if not equals or not party or not value:
            raise SetupError(f"{option} {text!r}: must be PARTY={'TYPE' if option == '--types' else 'NAME'}")
        if party in pairs:
            raise SetupError(f"{option} names {party} twice: {pairs[party]!r} and {value!r}")
        pairs[party] = value
    return pairs
