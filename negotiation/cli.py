"""The `negotiation` command: run, replay, analyze, list, check, schema, play. Heavy imports wait until a command needs them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from negotiation import __version__
from negotiation.errors import NegotiationError, SetupError

EXAMPLES = """examples:
  negotiation play                                   play in the browser
  negotiation run alliance-2023 --seed 1             let agents negotiate the flagship
  negotiation run alliance-2023 --seat nissan=boulware:exponent=6 --types nissan=hawk --json
  negotiation run cloud-for-two --log game.jsonl && negotiation replay game.jsonl
  negotiation analyze alliance-2023 --parties renault,nissan,mitsubishi   what could have been
  negotiation check my-case.yaml                     look for mistakes in a case
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
    _add_analyze(commands)
    command = _add(commands, "list", _list, "what there is to choose from")
    command.add_argument("what", choices=("cases", "strategies", "protocols"))
    command = _add(commands, "check", _check, "look for mistakes in a scenario file")
    command.add_argument("file", help="a scenario file, or the name of a bundled case")
    command.add_argument("--variant", default="", help="check this variant of it")
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


def _add_analyze(commands: Any) -> None:
    command = _add(commands, "analyze", _analyze, "what could be had: frontier, solutions, who leaves, coalitions")
    command.add_argument("case", help="the name of a bundled case, or a scenario file")
    command.add_argument("--variant", default="", help="a variant of the case")
    command.add_argument("--parties", default="", metavar="A,B,C", help="whose frontier (default: all)")
    command.add_argument("--types", action="append", default=[], metavar="PARTY=TYPE", help="a private type")
    command.add_argument("--without", action="append", default=[], metavar="TABLE", help="what if this stays unsigned")
    command.add_argument("--unlinked", action="store_true", help="what if there were no links between tables")
    command.add_argument("--epsilon", type=float, default=0.0, help="points a party may lose (default 0: exact)")
    command.add_argument("--memory", type=float, default=2.0, metavar="GB", help="what it may take (default 2)")
    command.add_argument("--json", action="store_true", help="print one JSON object")


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
    _show(outcome, as_json=options.json)
    return 0


def _replay(options: argparse.Namespace) -> int:
    from negotiation.formats.log import read
    from negotiation.record import reopen, result

    _show(result(reopen(*read(options.file), source=str(options.file))), as_json=options.json)
    return 0


def _show(outcome: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome, ensure_ascii=False))
        return
    from negotiation.formats.prose import told

    print(told(outcome))


def _analyze(options: argparse.Namespace) -> int:
    from negotiation.analysis.report import Wish, analyse
    from negotiation.analysis.telling import told
    from negotiation.formats import load

    case = load(options.case, options.variant)
    wish = Wish(
        parties=tuple(options.parties.split(",")) if options.parties else (),
        types=_pairs(options.types, "--types"),
        without=tuple(options.without),
        linked=not options.unlinked,
        epsilon=options.epsilon,
        memory=options.memory * 1e9,
    )
    watched = sys.stderr.isatty()
    found = analyse(case, wish, _progress if watched else None)
    if watched:
        print("\r" + " " * 80 + "\r", end="", file=sys.stderr)
    print(json.dumps(found, ensure_ascii=False) if options.json else told(case, found))
    return 0


def _progress(share: float, what: str) -> None:
    print(f"\r{share:4.0%}  {what:<74.74}", end="", file=sys.stderr, flush=True)


def _list(options: argparse.Namespace) -> int:
    from negotiation.formats import bundled, load
    from negotiation.protocols import protocols
    from negotiation.strategies import strategies

    if options.what == "cases":
        rows = [(name, load(name).scenario.title) for name in bundled()]
    elif options.what == "strategies":
        rows = [(name, f"{kind.about}{_parameters(kind)}") for name, kind in strategies().items()]
    else:
        rows = [(name, kind.about) for name, kind in protocols().items()]
    width = max(len(name) for name, _ in rows)
    for name, about in rows:
        print(f"{name:<{width}}  {about}")
    return 0


def _parameters(kind: Any) -> str:
    import dataclasses

    fields = [f"{f.name}={f.default}" for f in dataclasses.fields(kind)]
    return f"  ({', '.join(fields)})" if fields else ""


def _schema(_options: argparse.Namespace) -> int:
    from negotiation.formats.schema import schema

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return 0


def _check(options: argparse.Namespace) -> int:
    from negotiation.formats.check import report

    text, fine = report(options.file, options.variant)
    print(text)
    return 0 if fine else 1


def _play(options: argparse.Namespace) -> int:
    from negotiation.ui.serve import serve

    return serve(options.host, options.port, browser=not options.no_browser, database=options.database)
