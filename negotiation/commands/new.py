"""`negotiation new strategy`: a file to begin one's own agent with."""

from __future__ import annotations

import argparse
import keyword
import os
from pathlib import Path

from negotiation.commands import Commands, make
from negotiation.errors import SetupError

TEMPLATE = '''"""My agent. Try it: negotiation run cloud-for-two --strategy {file}:{name}; check it: negotiation check {file}"""

from dataclasses import dataclass

from negotiation.strategies.compose import Compose
from negotiation.strategies.parts import Bidding


@dataclass(frozen=True)
class MyBidding(Bidding):
    """Asks for less and less, and never for less than a third of its best gain before the last rounds."""

    least: float = 0.33

    def level(self, position):
        """The gain asked for now. A position has gains, order, best, time, talk (who offered what) and estimated_utility."""
        return position.best * max(1 - position.time, self.least if position.time < 0.9 else 0.0)


@dataclass(frozen=True)
class {name}(Compose):
    """What it does, in a sentence. For full control subclass negotiation.strategies.Strategy and write `decide`."""

    name = "{lower}"
    about = "my own agent"
    bidding: Bidding = MyBidding()
'''


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "new", run, "write a file to begin with")
    command.add_argument("what", choices=("strategy",))
    command.add_argument("file", nargs="?", type=Path, default=Path("my_agent.py"), help="default my_agent.py")


def run(options: argparse.Namespace) -> int:
    """Write the template to a new file; an existing file is refused."""
    from negotiation.formats.files import write_whole

    name = "".join(part.capitalize() for part in options.file.stem.split("_")) or "MyAgent"
    if options.file.suffix != ".py" or not name.isidentifier() or keyword.iskeyword(name):
        raise SetupError(f"{options.file}: must be a Python file whose name makes a class, such as my_agent.py")
    text = TEMPLATE.format(file=options.file.name, name=name, lower=options.file.stem)
    if os.path.lexists(options.file):
        raise SetupError(f"{options.file}: is there already; choose another name")
    write_whole(options.file, text, SetupError)
    print(f"{options.file} written. Next:\n  negotiation check {options.file}")
    print(f"  negotiation run cloud-for-two --strategy {options.file}:{name}")
    return 0
