"""`negotiation talk`: type a sentence, see what an agent would understand."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.commands import make
from negotiation.commands.streams import seen
from negotiation.errors import SetupError, unknown

if TYPE_CHECKING:
    from negotiation.scenario import Scenario
    from negotiation.talk.reading.understanding import Understood

GRAMMAR, MODEL = "grammar", "llm"
"""What can read."""


def add(commands: Any) -> None:
    """Tell the parser about the command."""
    command = make(commands, "talk", run, "type a sentence, see what an agent would understand")
    command.add_argument("case", nargs="?", default="", help="a bundled case or a scenario file")
    command.add_argument(
        "--as", dest="party", default="", metavar="PARTY", help="who speaks (default: the first party)"
    )
    command.add_argument("--table", default="", help="the table that is spoken of where none is named")
    command.add_argument(
        "--language", choices=("en", "fr", "ja"), default="en", help="where the words do not tell (default: en)"
    )
    command.add_argument(
        "--file", default="", metavar="TSV", help="instead: how well the sentences of a file are read, by language"
    )
    command.add_argument(
        "--reader", default=GRAMMAR, metavar="NAME", help="grammar (default), or a language model: llm or llm:MODEL"
    )


def run(options: argparse.Namespace) -> int:
    """Read sentences until an empty line or the end."""
    if not (options.file or options.case):
        raise SetupError("talk: name a case, or a file of sentences with --file")
    reader = _reader(options.reader)
    return _judge(options.file, reader) if options.file else _listen(options, reader)


def _reader(name: str) -> Callable[..., Understood]:
    """Return what reads: the grammar, or a language model with the grammar behind it."""
    from negotiation.llm.reader import read_by
    from negotiation.protocols.open_floor import OpenFloor
    from negotiation.strategies.llm_seat import ModelSeat
    from negotiation.strategies.naming import strategy
    from negotiation.talk.reading.understanding import understood

    if name == GRAMMAR:
        return understood
    seat = strategy(name) if name.partition(":")[0] == MODEL else None
    if not isinstance(seat, ModelSeat):
        raise SetupError(f"--reader {name!r}: must be {GRAMMAR}, {MODEL} or {MODEL}:NAME")

    def by_model(text: str, scenario: Scenario, me: str, **where: Any) -> Understood:
        return read_by(seat.asker, text, OpenFloor().opening(scenario), me, **where)

    return by_model


def _listen(options: argparse.Namespace, reader: Callable[..., Understood]) -> int:
    from negotiation.formats import load

    scenario = load(options.case).scenario
    party = options.party or next(iter(scenario.parties))
    if party not in scenario.parties:
        raise SetupError(f"--as: {unknown('party', party, scenario.parties)}")
    if options.table and options.table not in scenario.tables:
        raise SetupError(f"--table: {unknown('table', options.table, scenario.tables)}")
    if sys.stdin.isatty():
        print(_welcome(scenario, party))
    for line in _lines(party):
        for told in _told(reader(line, scenario, party, table=options.table, language=options.language)):
            print(seen(told), flush=True)
    return 0


def _welcome(scenario: Scenario, party: str) -> str:
    """Return what somebody needs to know who types the first sentence."""
    others = ", ".join(name for name in scenario.parties if name != party)
    return (
        f"You speak for {party} ({seen(scenario.parties[party].title)}) to {others}.\n"
        f"Tables: {', '.join(scenario.tables)}. Issues and options have the names of the case.\n"
        "Type a sentence in English, French or Japanese, as in: What matters most to you?\n"
        "Below it stands what an agent would understand; none: nothing. An empty line ends it."
    )


def _lines(party: str) -> Iterator[str]:
    """Yield what is typed until an empty line, or what comes through a pipe, empty lines left out."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    asked = sys.stdin.isatty()
    while True:
        if asked:
            print(f"{party}> ", end="", flush=True)
        line = sys.stdin.readline()
        if asked and not line:
            print()
        if not line or (asked and not line.strip()):
            return
        if line.strip():
            yield line.rstrip("\n")


def _told(read: Any) -> Iterator[str]:
    from negotiation.formats.notation import write
    from negotiation.talk.reading.understanding import LONGEST

    yield f"  {read.language}: {write(read.moves)}"
    for text in read.missed:
        if len(text) > LONGEST:
            yield f"  not understood: {len(text):,} characters; of more than {LONGEST:,} nothing is read"
        else:
            yield f"  not understood: {text}"


def _judge(name: str, reader: Callable[..., Understood]) -> int:
    """Print what is misread in a file of sentences, then precision and recall by language."""
    from negotiation.formats import load
    from negotiation.formats.files import read_limited
    from negotiation.formats.notation import write
    from negotiation.talk.reading.accuracy import SentencesError, accuracy, sentences

    def scenario(case: str) -> Scenario:
        return load(case).scenario

    try:
        text = read_limited(Path(name), LARGEST_FILE, SentencesError).decode("utf-8")
    except UnicodeDecodeError:
        raise SentencesError(f"{name}: is no text in UTF-8") from None
    found = accuracy(sentences(text, name, scenario), reader)
    for count in found.values():
        for sentence, read in count.misread:
            print(seen(f"{sentence.place}: {sentence.text}"))
            print(f"  meant: {write(sentence.moves)}\n  read:  {write(read.moves)}")
    for language, count in sorted(found.items()):
        print(
            f"{language}: precision {count.precision:.3f}, recall {count.recall:.3f}"
            f" ({count.right} right, {count.wrong} wrong, {count.missed} missed;"
            f" commitments that nobody made: {count.commitments})"
        )
    return 0


LARGEST_FILE = 2**22
"""Bytes of a file of sentences."""
