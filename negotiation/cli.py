"""The `negotiation` command: every command is a file in `commands/`; heavy imports wait until one needs them."""

from __future__ import annotations

import argparse
import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from negotiation import __version__
from negotiation.commands import (
    accounts,
    analyze,
    batch,
    benchmark,
    check,
    exploit,
    export,
    handouts,
    importing,
    listing,
    measure,
    new,
    play,
    report,
    run,
    serve,
    slides,
    streams,
    talk,
    tournament,
)
from negotiation.errors import NegotiationError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

EXAMPLES = """examples:
  negotiation play                                   play in the browser
  negotiation serve                                  teach a class: phones join with a code
  negotiation run alliance-2023 --seed 1             let agents negotiate the flagship
  negotiation run alliance-2023 --seat nissan=boulware:exponent=6 --types nissan=hawk --json
  negotiation run cloud-for-two --log game.jsonl && negotiation replay game.jsonl
  negotiation measure game.jsonl                     how much was answered, and who told the truth
  negotiation analyze alliance-2023 --parties renault,nissan,mitsubishi   what could have been
  negotiation batch plan.yaml --out results          thousands of games, resumable
  negotiation report results                         what they came to, as one page with figures
  negotiation benchmark --agents fair tough master --out marks --workers 2   figures and ratings on fixed suites
  negotiation exploit tough --workers 2              who gains by bullying a strategy, in every seat
  negotiation export SESSION --out class.zip         a class as tables, logs and debrief
  negotiation handouts alliance-2023 --out papers    role packets and a teacher's guide as PDF
  negotiation slides old-press --out old-press.pdf   a lesson on slides, from the teaching note
  negotiation check my-case.yaml                     look for mistakes in a case
  negotiation talk alliance-2023 --as nissan         what agents understand of a sentence
  negotiation import domain.xml anna.xml bert.xml -o case.yaml
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 fine, 1 bad input or output not taken, 2 wrong usage, 130 Ctrl-C."""
    streams.ready()
    _settle_in()
    code = 1
    try:
        code = _run(arguments)
    except NegotiationError as problem:
        streams.complain(str(problem))
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        code = 0
    except MemoryError:
        streams.complain("this takes more memory than there is")
    except UnicodeEncodeError as problem:
        streams.complain(f"{problem.object[:200]!r}: holds a name that is no text in UTF-8; choose another")
    except OSError as problem:
        streams.complain(f"{problem.filename or 'the output cannot be written'}: {problem.strerror or problem}")
    finally:
        streams.settle()
    return code


def _settle_in() -> None:
    """Provide a folder for caches: a temporary one where there is no home, as in many a container."""
    if "XDG_CACHE_HOME" not in os.environ and not os.path.isabs(os.path.expanduser("~")):
        os.environ["XDG_CACHE_HOME"] = folder = tempfile.mkdtemp(prefix="negotiation-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _parser().parse_args(arguments)
        code: int = options.command(options)
        return code
    finally:
        sys.stdout.flush()


class _Parser(argparse.ArgumentParser):
    """A parser whose help is output like any other: a failure to write it is reported; its citations are short."""

    def error(self, message: str) -> NoReturn:
        super().error(streams.short(message))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file is sys.stdout:
            file.write(message)
        else:
            super()._print_message(message, file)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="negotiation",
        description="An open laboratory and game of multi-party negotiation.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"negotiation {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    classes = (play, serve, accounts, export, handouts, slides)
    games = run, tournament, benchmark, exploit, batch, report
    cases = listing, check, analyze, importing, new, talk, measure
    for command in (*classes, *games, *cases):
        command.add(commands)
    return parser
