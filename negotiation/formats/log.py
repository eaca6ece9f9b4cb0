"""Saved games: one JSON object a line, first the set-up, then every event."""

from __future__ import annotations

import json
import re
import reprlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from negotiation.actions import CLOCK, KINDS, MEDIATOR, Action, Event
from negotiation.errors import LogError, ScenarioError, unknown
from negotiation.formats.files import read_limited, write_whole
from negotiation.formats.notation import MoveError
from negotiation.formats.notation import read as read_moves
from negotiation.formats.notation import write as write_moves
from negotiation.moves import Move
from negotiation.scenario import Scenario
from negotiation.table import Deal

FORMAT = "negotiation-log/2"

BEFORE = "negotiation-log/1"
"""The format in which nobody spoke in private or in moves; whatever is written so is written in the new one alike."""


LARGEST = 64 * 2**20
"""Bytes beyond which a log is refused."""

MOST_LINES = 2**21
"""Lines of a log; none of so many bytes has more, unless they are empty."""

UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What some reader takes for the end of a line, or cannot write at all: written as JSON's `\\u....`."""

Row = dict[str, Any]
"""An event, or the set-up, as JSON has it."""


def encode(scenario: Scenario, event: Event) -> Row:
    """Return an event as JSON: its party, its kind, and the fields of its action."""
    action = event.action
    row: Row = {"party": event.party, "kind": action.kind}
    for name, default, codec in FIELDS[action.kind]:
        value = getattr(action, name)
        if not (action.terse and value == default):
            row[name] = codec.write(scenario, value)
    return row


def decode(scenario: Scenario, row: Mapping[str, object]) -> Event:
    """Return the event that `encode` wrote as `row`; other keys of the row are ignored.

    Raises
    ------
    LogError
        When a key is missing or says something that this case does not know.
    """
    party, kind = (value if isinstance(value, str) else shown(value) for value in (row.get("party"), row.get("kind")))
    if party not in (*scenario.parties, CLOCK, MEDIATOR):
        raise LogError(unknown("party", party, [*scenario.parties, CLOCK, MEDIATOR]))
    if kind not in KINDS:
        raise LogError(unknown("kind of event", kind, KINDS))
    try:
        found = {
            name: codec.read(scenario, name, row[name])
            for name, default, codec in FIELDS[kind]
            if name in row or default is MISSING
        }
    except KeyError as missing:
        raise LogError(f"{kind} of {party} lacks {missing}") from None
    except TypeError as problem:
        raise LogError(f"{kind} of {party} cannot be read: {problem}") from None
    except (ScenarioError, MoveError) as problem:
        raise LogError(f"{kind} of {party}: {problem}") from None
    return Event(party, KINDS[kind](**found))


class _Codec(NamedTuple):
    """Writing and reading of values of one type in a log: by the name of their field, which messages use."""

    write: Callable[[Scenario, Any], Any]
    read: Callable[[Scenario, str, Any], Any]


def _text(_: Scenario, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} is {shown(value)}, must be text")
    return value


def _number(_: Scenario, name: str, value: object) -> int:
    if type(value) is not int:
        raise TypeError(f"{name} is {shown(value)}, must be the number of a paper")
    return value


def _yes(_: Scenario, __: str, value: object) -> bool | None:
    """Return a vote; None while it is sealed."""
    if value is None or isinstance(value, bool):
        return value
    raise LogError(f"a vote is true or false, not {shown(value)}")


def _deals(scenario: Scenario, _: str, value: object) -> Mapping[str, Deal]:
    return {name: _deal(scenario, name, deal) for name, deal in _object(value).items()}


def _deal(scenario: Scenario, name: str, options: object) -> Deal:
    if name not in scenario.tables:
        raise LogError(unknown("table", name, scenario.tables))
    texts = {issue: option if isinstance(option, str) else shown(option) for issue, option in _object(options).items()}
    return scenario.tables[name].parse(texts)


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{shown(value)} must be an object")
    return value


def _named(scenario: Scenario, deals: Mapping[str, Deal]) -> dict[str, dict[str, str]]:
    return {name: scenario.tables[name].name_of(deal) for name, deal in deals.items()}


def _parties(_: Scenario, name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(party, str) for party in value):
        raise TypeError(f"{name} is {shown(value)}, must be a list of parties")
    return tuple(value)


def _moves(scenario: Scenario, name: str, value: object) -> tuple[Move, ...]:
    return read_moves(_text(scenario, name, value), scenario)


def _moves_written(_: Scenario, moves: tuple[Move, ...]) -> str:
    return write_moves(moves)


def _listed(_: Scenario, value: tuple[str, ...]) -> list[str]:
    return [*value]


def _same(_: Scenario, value: object) -> object:
    return value


CODECS: Mapping[Any, _Codec] = {
    str: _Codec(_same, _text),
    int: _Codec(_same, _number),
    bool | None: _Codec(_same, _yes),
    Mapping[str, Deal]: _Codec(_named, _deals),
    tuple[str, ...]: _Codec(_listed, _parties),
    tuple[Move, ...]: _Codec(_moves_written, _moves),
}
"""By the type of a field of an act. Acts made of these are written and read without a line more."""


def _fields(kind: type[Action]) -> tuple[tuple[str, object, _Codec], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, field.default, CODECS[hints[field.name]]) for field in fields(kind))


FIELDS = {name: _fields(kind) for name, kind in KINDS.items()}
"""By kind of act its fields: name, default (`MISSING` where there is none), and how it is written and read."""


def shown(value: object) -> str:
    """Return a value from a log as messages show it, cut short however long or deep it is."""
    text = reprlib.repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def write(path: Path, setup: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> None:
    """Write a whole log at once: either all of it is there afterwards, or nothing has changed.

    Raises
    ------
    LogError
        When the folder cannot be written to.
    """
    write_whole(path, dumps(setup, rows), LogError)


def dumps(setup: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> str:
    """Return a log as text."""
    return json_lines([{"format": FORMAT, **setup, "events": len(rows)}, *rows])


def json_lines(rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as JSON lines: only a line feed ends a line, for every reader, whatever the texts hold."""
    return "".join(UNSAFE.sub(_escaped, json.dumps(row, ensure_ascii=False, allow_nan=False)) + "\n" for row in rows)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def read(path: Path) -> tuple[Row, list[Row]]:
    """Return the set-up and the events of a log.

    Raises
    ------
    LogError
        When there is no such file, or it is too large, cut short, or not a log.
    """
    data = read_limited(path, LARGEST, LogError)
    try:
        return parse(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise LogError(f"{path}: not a text file in UTF-8") from None


def parse(text: str, source: str) -> tuple[Row, list[Row]]:
    """Return set-up and events from the text of a log; `source` is its name in messages; blank lines do not count."""
    if text.count("\n") > MOST_LINES:
        raise LogError(f"{source}: more than {MOST_LINES:,} lines, too many for a log")
    numbered = enumerate(text.split("\n"), 1)
    rows = [_line(line, number, source) for number, line in numbered if line and not line.isspace()]
    if not rows or rows[0].get("format") not in (FORMAT, BEFORE):
        found = rows[0].get("format") if rows else "nothing"
        raise LogError(f"{source}: line 1: format is {shown(found)}, must be {FORMAT!r}")
    head, events = rows[0], rows[1:]
    if type(head.get("events")) is not int or head["events"] != len(events):
        promised = shown(head.get("events"))
        raise LogError(f"{source}: cut short: line 1 promises {promised} events, {len(events)} are there")
    return head, events


def _line(line: str, number: int, source: str) -> Row:
    try:
        row = json.loads(line, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise LogError(f"{source}: line {number} is cut short or not JSON: {line[:40]!r}") from None
    if not isinstance(row, dict):
        raise LogError(f"{source}: line {number} is {line[:40]!r}, must be an object")
    return row


def _constant(text: str) -> None:
    raise ValueError(f"{text} is no number")
