"""Saved games: one JSON object a line, first the set-up, then every event."""

from __future__ import annotations

import json
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
from negotiation.formats.files import write_whole
from negotiation.scenario import Scenario
from negotiation.table import Deal

FORMAT = "negotiation-log/1"

LARGEST = 64 * 2**20
"""Bytes beyond which a log is refused."""

KINDS = ("offer", "accept", "vote", "withdraw", "pass", "walk", "say", "tick", "open")

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
        case Pass(table):
            if table:
                row["table"] = table
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
    party, kind = str(row.get("party")), row.get("kind")
    if party not in (*scenario.parties, CLOCK, MEDIATOR):
        raise LogError(unknown("party", party, [*scenario.parties, CLOCK, MEDIATOR]))
    if kind not in KINDS:
        raise LogError(unknown("kind of event", kind, KINDS))
    try:
        return Event(party, _action(scenario, kind, row))
    except KeyError as missing:
        raise LogError(f"{kind} of {party} lacks {missing}") from None
    except (TypeError, ValueError, AttributeError) as problem:
        raise LogError(f"{kind} of {party} cannot be read: {problem}") from None
    except ScenarioError as problem:
        raise LogError(f"{kind} of {party}: {problem}") from None


def _action(scenario: Scenario, kind: str, row: Mapping[str, Any]) -> Action:
    words = str(row.get("words", ""))
    match kind:
        case "offer":
            return Offer({name: _deal(scenario, name, deal) for name, deal in row["deals"].items()}, words)
        case "accept":
            return Accept(int(row["paper"]), words)
        case "vote":
            return Vote(int(row["paper"]), _yes(row["yes"]))
        case "withdraw":
            return Withdraw(int(row["paper"]))
        case "pass":
            return Pass(str(row.get("table", "")), words)
        case "walk":
            return Walk(str(row["table"]), words)
        case "say":
            return Say(str(row["text"]))
        case "open":
            return Open()
        case _:
            return Tick()


def _yes(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise LogError("the vote is still sealed" if value is None else f"a vote is true or false, not {value!r}")


def _deal(scenario: Scenario, name: str, options: Mapping[str, object]) -> Deal:
    if name not in scenario.tables:
        raise LogError(unknown("table", name, scenario.tables))
    return scenario.tables[name].parse(options)


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
    head = {"format": FORMAT, **setup, "events": len(rows)}
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *rows))


def read(path: Path) -> tuple[Row, list[Row]]:
    """The set-up and the events of a log.

    Raises
    ------
    LogError
        When there is no such file, or it is too large, cut short, or not a log.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise LogError(f"{path}: larger than {LARGEST // 2**20} MiB, too large for a log")
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise LogError(f"{path}: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise LogError(f"{path}: not a text file in UTF-8") from None
    return parse(text, str(path))


def parse(text: str, source: str) -> tuple[Row, list[Row]]:
    """The set-up and the events in the text of a log; `source` is what messages call it."""
    lines = [_line(line, number, source) for number, line in enumerate(text.splitlines(), 1)]
    if not lines or lines[0].get("format") != FORMAT:
        found = lines[0].get("format") if lines else "nothing"
        raise LogError(f"{source}: line 1: format is {found!r}, must be {FORMAT!r}")
    head, rows = lines[0], lines[1:]
    if head.get("events") != len(rows):
        raise LogError(f"{source}: cut short: line 1 promises {head.get('events')} events, {len(rows)} are there")
    return head, rows


def _line(line: str, number: int, source: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise LogError(f"{source}: line {number} is cut short or not JSON: {line[:40]!r}") from None
    if not isinstance(row, dict):
        raise LogError(f"{source}: line {number} is {line[:40]!r}, must be an object")
    return row
