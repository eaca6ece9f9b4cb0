"""Saved games: one JSON object a line, first the set-up, then every event."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, assert_never

from negotiation.actions import (
    CLOCK,
    MEDIATOR,
    Accept,
    Action,
    Event,
    Offer,
    Open,
    Pass,
    Say,
    Tick,
    Vote,
    Walk,
    Withdraw,
)
from negotiation.errors import LogError, ScenarioError, unknown
from negotiation.formats.files import read_limited, write_whole
from negotiation.scenario import Scenario
from negotiation.table import Deal

FORMAT = "negotiation-log/1"

LARGEST = 64 * 2**20
"""Bytes beyond which a log is refused."""

MOST_LINES = 2**21
"""Lines of a log; none of so many bytes has more, unless they are empty."""

KINDS = ("offer", "accept", "vote", "withdraw", "pass", "walk", "say", "tick", "open")

UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What some reader takes for the end of a line, or cannot write at all: written as JSON's `\\u....`."""

Row = dict[str, Any]
"""An event, or the set-up, as JSON has it."""


def encode(scenario: Scenario, event: Event) -> Row:
    """An event as JSON: who, what kind, and what it says."""
    row: Row = {"party": event.party, "kind": type(event.action).__name__.lower()}
    match event.action:
        case Offer(deals, words):
            row["deals"] = {name: scenario.tables[name].name_of(deal) for name, deal in deals.items()}
            row["words"] = words
        case Accept(paper, words):
            row |= {"paper": paper, "words": words}
        case Vote(paper, yes):
            row |= {"paper": paper, "yes": yes}
        case Withdraw(paper):
            row["paper"] = paper
        case Pass(table, words):
            row |= {key: said for key, said in (("table", table), ("words", words)) if said}
        case Walk(table, words):
            row |= {"table": table, "words": words}
        case Say(text):
            row["text"] = text
        case Tick() | Open():
            pass
        case _:
            assert_never(event.action)
    return row


def decode(scenario: Scenario, row: Mapping[str, Any]) -> Event:
    """The event that `encode` wrote as `row`; other keys of the row are ignored.

    Raises
    ------
    LogError
        When a key is missing or says something that this case does not know.
    """
    party, kind = row.get("party"), row.get("kind")
    if party not in (*scenario.parties, CLOCK, MEDIATOR):
        raise LogError(unknown("party", party, [*scenario.parties, CLOCK, MEDIATOR]))
    if kind not in KINDS:
        raise LogError(unknown("kind of event", kind, KINDS))
    try:
        return Event(party, _action(scenario, kind, row))
    except KeyError as missing:
        raise LogError(f"{kind} of {party} lacks {missing}") from None
    except TypeError as problem:
        raise LogError(f"{kind} of {party} cannot be read: {problem}") from None
    except ScenarioError as problem:
        raise LogError(f"{kind} of {party}: {problem}") from None


def _action(scenario: Scenario, kind: str, row: Mapping[str, Any]) -> Action:
    words = _text(row, "words") if "words" in row else ""
    match kind:
        case "offer":
            return Offer({name: _deal(scenario, name, deal) for name, deal in _object(row["deals"]).items()}, words)
        case "accept":
            return Accept(_paper(row), words)
        case "vote":
            return Vote(_paper(row), _yes(row["yes"]))
        case "withdraw":
            return Withdraw(_paper(row))
        case "pass":
            return Pass(_text(row, "table") if "table" in row else "", words)
        case "walk":
            return Walk(_text(row, "table"), words)
        case "say":
            return Say(_text(row, "text"))
        case "open":
            return Open()
        case _:
            return Tick()


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is {shown(value)}, must be text")
    return value


def _paper(row: Mapping[str, Any]) -> int:
    value = row["paper"]
    if type(value) is not int:
        raise TypeError(f"paper is {shown(value)}, must be the number of a paper")
    return value


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{shown(value)} must be an object")
    return value


def _yes(value: object) -> bool | None:
    """A vote; None while it is sealed."""
    if value is None or isinstance(value, bool):
        return value
    raise LogError(f"a vote is true or false, not {shown(value)}")


def _deal(scenario: Scenario, name: str, options: object) -> Deal:
    if name not in scenario.tables:
        raise LogError(unknown("table", name, scenario.tables))
    return scenario.tables[name].parse(_object(options))


def shown(value: object) -> str:
    """A value from a log as messages show it, cut short."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def write(path: Path, setup: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write a whole log at once: either all of it is there afterwards, or nothing has changed.

    Raises
    ------
    LogError
        When the folder cannot be written to.
    """
    write_whole(path, dumps(setup, rows), LogError)


def dumps(setup: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """A log as text."""
    return json_lines([{"format": FORMAT, **setup, "events": len(rows)}, *rows])


def json_lines(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as JSON lines: whatever is said in them, only a line feed ends a line, for every reader."""
    return "".join(UNSAFE.sub(_escaped, json.dumps(row, ensure_ascii=False, allow_nan=False)) + "\n" for row in rows)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def read(path: Path) -> tuple[Row, list[Row]]:
    """The set-up and the events of a log.

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
    """The set-up and the events in the text of a log; `source` is what messages call it. Blank lines do not count."""
    if text.count("\n") > MOST_LINES:
        raise LogError(f"{source}: more than {MOST_LINES:,} lines, too many for a log")
    numbered = enumerate(text.split("\n"), 1)
    rows = [_line(line, number, source) for number, line in numbered if line and not line.isspace()]
    if not rows or rows[0].get("format") != FORMAT:
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
