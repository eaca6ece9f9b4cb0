"""`negotiation list`: the cases, strategies, protocols and parts to choose from."""

from __future__ import annotations

import argparse
from typing import Any

from negotiation.commands import Commands, make
from negotiation.plural import counted

PARTS = ("bidding", "model", "accept")
"""What a strategy is composed of."""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "list", run, "what there is to choose from")
    command.add_argument("what", choices=("cases", "strategies", "protocols", *PARTS))


def run(options: argparse.Namespace) -> int:
    """Print a name and a line for each thing of the kind asked for."""
    from negotiation.formats import bundled, load
    from negotiation.protocols import protocols
    from negotiation.strategies import parts, strategies

    if options.what == "cases":
        titles = {name: load(name).scenario for name in bundled()}
        rows = [
            (name, f"{one.title} ({counted(len(one.parties), 'party', 'parties')})") for name, one in titles.items()
        ]
    elif options.what == "strategies":
        rows = [(name, f"{kind.about}{_parameters(kind)}") for name, kind in strategies().items()]
    elif options.what in PARTS:
        rows = [(name, f"{kind.about}{_parameters(kind)}") for name, kind in parts(options.what).items()]
    else:
        rows = [(name, kind.about) for name, kind in protocols().items()]
    width = max(len(name) for name, _ in rows)
    for name, about in rows:
        print(f"{name:<{width}}  {about}")
    return 0


def _parameters(kind: Any) -> str:
    from negotiation.strategies.naming import parameters

    fields = [f"{f.name}={getattr(f.default, 'name', f.default)}" for f in parameters(kind)]
    return f"  ({', '.join(fields)})" if fields else ""
