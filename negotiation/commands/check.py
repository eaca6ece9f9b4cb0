"""`negotiation check` and `negotiation schema`: mistakes in a case or a strategy, and the schema of a case."""

from __future__ import annotations

import argparse

from negotiation.commands import Commands, make
from negotiation.commands.streams import aside, dumps, seen


def add(commands: Commands) -> None:
    """Add both commands to the parser."""
    command = make(
        commands, "check", run, "look for mistakes in a scenario file, or try the laws on your own strategies"
    )
    command.add_argument("file", help="a scenario file, the name of a bundled case, or a Python file with strategies")
    command.add_argument("--variant", default="", help="check this variant of it")
    command = make(commands, "schema", schema, "print the JSON schema of scenario files, for editors")
    command.add_argument("--plan", action="store_true", help="that of the plans that `negotiation batch` takes")


def run(options: argparse.Namespace) -> int:
    """Print what is wrong with a case or strategies; return 1 if there are errors."""
    if options.file.endswith(".py"):
        return _check_strategies(options.file)
    from negotiation.formats.check import report

    text, fine = report(options.file, options.variant)
    print(seen(text))
    return 0 if fine else 1


def _check_strategies(file: str) -> int:
    from negotiation.lab.strategy_check import check_strategy
    from negotiation.strategies.user_files import classes_of_file

    with aside():
        verdicts = [check_strategy(f"{file}:{name}") for name in classes_of_file(file)]
    for verdict in verdicts:
        print("\n".join(verdict.lines()))
    return 1 if any(verdict.broken for verdict in verdicts) else 0


def schema(options: argparse.Namespace) -> int:
    """Print the JSON schema of cases, or of plans."""
    if options.plan:
        from negotiation.lab.plan import schema as made
    else:
        from negotiation.formats.schema import schema as made
    print(dumps(made(), indent=2))
    return 0
