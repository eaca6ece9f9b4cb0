"""The `negotiation` command: run, replay, list, check, import, schema, play. Heavy imports wait until a command needs them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from negotiation import __version__
from negotiation.commands import new, tournament
from negotiation.errors import NegotiationError, SetupError

PARTS = ("bidding", "model", "accept")
"""What a strategy is composed of."""

EXAMPLES = """examples:
  negotiation play                                   play in the browser
  negotiation run alliance-2023 --seed 1             let agents negotiate the flagship
  negotiation run alliance-2023 --seat nissan=boulware:exponent=6 --types nissan=hawk --json
  negotiation run cloud-for-two --log game.jsonl && negotiation replay game.jsonl
  negotiation check my-case.yaml                     look for mistakes in a case
  negotiation import domain.xml anna.xml bert.xml -o case.yaml
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 fine, 1 the input is at fault, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
        sys.stdout.flush()
    except NegotiationError as problem:
        print(f"negotiation: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="negotiation",
        description="An open laboratory and game of multi-party negotiation.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"negotiation {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_run(commands)
    command = _add(commands, "replay", _replay, "check a saved game against the rules and show how it went")
    command.add_argument("file", type=Path, help="a log written by `run --log` or downloaded from Play")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command = _add(commands, "list", _list, "what there is to choose from")
    command.add_argument("what", choices=("cases", "strategies", "protocols", *PARTS))
    command = _add(
        commands, "check", _check, "look for mistakes in a scenario file, or try the laws on your own strategies"
    )
    command.add_argument("file", help="a scenario file, the name of a bundled case, or a Python file with strategies")
    command.add_argument("--variant", default="", help="check this variant of it")
    tournament.add(commands, _add)
    new.add(commands, _add)
    _add_import(commands)
    _add(commands, "schema", _schema, "print the JSON schema of scenario files, for editors")
    command = _add(commands, "play", _play, "open the game in the browser")
    command.add_argument("--host", default="127.0.0.1", help="address to serve on (default: this machine only)")
    command.add_argument("--port", type=int, default=8501, help="port to serve on (default 8501; the next free one)")
    command.add_argument("--no-browser", action="store_true", help="do not open a browser")
    command.add_argument("--database", default="", help="file the games are kept in (default: in your data folder)")
    return parser


def _add(commands: Any, name: str, command: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(command=command)
    return parser


def _add_run(commands: Any) -> None:
    command = _add(commands, "run", _run, "let agents negotiate a case to its end")
    command.add_argument("case", help="the name of a bundled case, or a scenario file")
    command.add_argument("--variant", default="", help="a variant of the case")
    command.add_argument("--protocol", default="open-floor", help="who may act when (default open-floor)")
    command.add_argument("--strategy", default="linear", help="who plays the seats not named (default linear)")
    command.add_argument(
        "--seat", action="append", default=[], metavar="PARTY=NAME[:param=value,...]", help="a strategy for one party"
    )
    command.add_argument("--rounds", type=int, help="how many rounds (default: as the case says)")
    command.add_argument("--seed", type=int, default=0, help="decides types and dice (default 0)")
    command.add_argument("--types", action="append", default=[], metavar="PARTY=TYPE", help="a private type, not drawn")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("--log", type=Path, metavar="FILE", help="save the game, for `replay`")


def _add_import(commands: Any) -> None:
    command = _add(commands, "import", _import, "make a scenario file of GENIUS XML or GeniusWeb JSON")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="profiles, and the domain if there is one")
    command.add_argument("-o", "--out", required=True, type=Path, metavar="CASE.yaml", help="the scenario file")
    command.add_argument("--name", default="", metavar="ID", help="the id of the case (default: as the file)")
    command.add_argument("--rounds", type=int, default=100, help="how many rounds (default 100)")
    command.add_argument("--force", action="store_true", help="replace the scenario file if it exists")


def _pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts:
        party, equals, value = text.partition("=")
        if not equals or not party or not value:
            raise SetupError(f"{option} {text!r}: must be PARTY={'TYPE' if option == '--types' else 'NAME'}")
        if party in pairs:
            raise SetupError(f"{option} names {party} twice: {pairs[party]!r} and {value!r}")
        pairs[party] = value
    return pairs


def _run(options: argparse.Namespace) -> int:
    from negotiation.formats import load
    from negotiation.formats.log import write
    from negotiation.model import PERSON, NegotiationModel
    from negotiation.record import result, setup

    seats = _pairs(options.seat, "--seat")
    if PERSON in (*seats.values(), options.strategy):
        raise SetupError("nobody sits at a screen in a headless game: `negotiation play` has seats for people")
    model = NegotiationModel(
        load(options.case, options.variant),
        strategy=options.strategy,
        seats=seats,
        protocol=options.protocol,
        rounds=options.rounds,
        seed=options.seed,
        types=_pairs(options.types, "--types"),
        collect=False,
    )
    model.play()
    outcome = result(model)
    if options.log:
        write(options.log, setup(model), outcome["events"])
    _show(outcome, model.case.scenario.decimals, as_json=options.json)
    return 0


def _replay(options: argparse.Namespace) -> int:
    from negotiation.formats.log import read
    from negotiation.record import reopen, result

    model = reopen(*read(options.file), source=str(options.file))
    _show(result(model), model.case.scenario.decimals, as_json=options.json)
    return 0


def _show(outcome: Mapping[str, Any], decimals: int, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome, ensure_ascii=False))
        return
    from negotiation.formats.prose import told

    print(told(outcome, max(2, decimals)))


def _list(options: argparse.Namespace) -> int:
    from negotiation.formats import bundled, load
    from negotiation.protocols import protocols
    from negotiation.strategies import parts, strategies

    if options.what == "cases":
        rows = [(name, load(name).scenario.title) for name in bundled()]
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
    import dataclasses

    fields = [f"{f.name}={getattr(f.default, 'name', f.default)}" for f in dataclasses.fields(kind)]
    return f"  ({', '.join(fields)})" if fields else ""


def _schema(_options: argparse.Namespace) -> int:
    from negotiation.formats.schema import schema

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return 0


def _check(options: argparse.Namespace) -> int:
    if options.file.endswith(".py"):
        return _check_strategies(options.file)
    from negotiation.formats.check import report

    text, fine = report(options.file, options.variant)
    print(text)
    return 0 if fine else 1


def _check_strategies(file: str) -> int:
    from negotiation.lab.trial import trial
    from negotiation.strategies.naming import outside

    verdicts = [trial(f"{file}:{name}") for name in outside(file)]
    for verdict in verdicts:
        print("\n".join(verdict.lines()))
    return 1 if any(verdict.broken for verdict in verdicts) else 0


def _import(options: argparse.Namespace) -> int:
    from negotiation.formats.importing import import_files

    import_files(options.files, options.out, options.name, options.rounds, force=options.force)
    print(f"{options.out}: written; negotiation check {options.out}")
    return 0


def _play(options: argparse.Namespace) -> int:
    from negotiation.ui.serve import serve

    return serve(options.host, options.port, browser=not options.no_browser, database=options.database)
