"""The workings of the leak certificate: what a seat must not be sent, and how its bytes are made and searched."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from negotiation.actions import TEXTS, Act, Event, Say
from negotiation.case import Role
from negotiation.classroom.games import ClassGame
from negotiation.classroom.look import Look
from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.view import hears

SHORTEST = 25
"""Letters of a sentence from which on it is searched for."""

OWN = ("seat", "title", "sheet", "at", "points", "now", "clock", "versions")
"""Fields of a look that hold what people wrote, or are worked out from what the seat knows: left out of the search."""


def changed(game: ClassGame, party: str) -> ClassGame:
    """Return this game with other sheets, briefs and names of types for all other parties."""
    roles = {
        who: dict(kinds) if who == party else {name: _other(role) for name, role in kinds.items()}
        for who, kinds in game.case.roles.items()
    }
    other = copy.copy(game.game)
    other.case = replace(game.case, roles=roles)
    return replace(game, game=other)


def reworded(state: State, party: str) -> State:
    """Return this state with other words wherever others spoke in private without this party."""
    events = list(state.events)
    for number in state.private:
        author, said = events[number].party, events[number].action
        if isinstance(said, Say) and not hears(party, author, said.to):
            events[number] = Event(author, Say(f"Quite other words than these {len(said.text)} letters.", said.to))
    return replace(state, events=tuple(events))


def _other(role: Role) -> Role:
    """Return a role with other numbers and another brief."""
    ours = role.preferences
    sheets = {
        key: Sheet(sheet.weight * 3 + 1.37, tuple(reversed(sheet.shares)), sheet.whole)
        for key, sheet in ours.sheets.items()
    }
    links = tuple(
        replace(link, points=-2 * link.points - 0.71, says={"en": f"Quite another sentence than that of {link.name}."})
        for link in ours.links
    )
    adjust = {table: 7.77 - points for table, points in ours.adjust.items()}
    other = replace(ours, sheets=sheets, links=links, adjust=adjust, delay=ours.delay + 0.123)
    brief = f"Quite another brief than the one of {role.name}."
    translations = {language: {"brief": f"{brief} ({language})", "note": ""} for language in role.translations}
    return replace(role, preferences=other, brief=brief, note="", translations=translations, told_from=None)


def secrets_of(game: ClassGame, party: str) -> dict[str, tuple[list[str], list[str]]]:
    """Return the sentences of briefs and links and the numbers of sheets, by other party, that are no business of this seat.

    Without a party: those that are no business of an observer, which is all of them.
    """
    known = _told(public_bytes(game.case.scenario).decode()) | {str(n) for n in range(-100, 101)}
    told = {*_sentences(game.case.scenario.brief)}
    told |= {
        one for texts in game.case.scenario.translations.values() for text in texts.values() for one in _sentences(text)
    }
    if party:
        mine = game.role(party)
        known |= _numbers_of(mine.preferences) | _told(bytes_of([mine]).decode())
        told |= {*_briefs(mine), *_said(mine)}
    told |= {text for one in game.case.scenario.parties.values() for text in _sentences(one.brief)}
    found = {}
    for who, kinds in game.case.roles.items():
        if who != party:
            texts = [text for role in kinds.values() for text in (*_briefs(role), *_said(role)) if text not in told]
            numbers = {n for role in kinds.values() for n in _numbers_of(role.preferences)} - known
            found[who] = texts, sorted(numbers)
    return found


def public_bytes(scenario: Scenario) -> bytes:
    """Return all of the public case."""
    return bytes_of([getattr(scenario, one.name) for one in dataclasses.fields(scenario)])


def _briefs(role: Role) -> list[str]:
    """Return the sentences of a role's brief, in all languages."""
    briefs = (role.brief, *(told["brief"] for told in role.translations.values()))
    return [sentence for brief in briefs for sentence in _sentences(brief)]


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[.;:])\s+|(?<=。)", text) if len(one.strip()) >= SHORTEST]


def _said(role: Role) -> list[str]:
    """Return what the links that a role scores say, in all languages."""
    return [text for link in role.preferences.links for text in link.says.values() if len(text) >= SHORTEST]


def _numbers_of(sheets: Preferences) -> set[str]:
    """Return the numbers of a score sheet as they would be written."""
    numbers = [sheet.weight for sheet in sheets.sheets.values()]
    numbers += [sheet.points(n) for sheet in sheets.sheets.values() for n in range(len(sheet.shares))]
    numbers += [link.points for link in sheets.links]
    numbers += [points for total in sheets.totals for points in (total.otherwise, *total.points.values())]
    numbers += [*sheets.adjust.values(), sheets.delay, *(float(points[-1]) for points in sheets.points.values())]
    return {f"{number:g}" for number in numbers}


def found_in(data: str, secrets: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """Yield the party whose secret stands in a text, and the secret."""
    told = _told(data)
    for who, (texts, numbers) in secrets.items():
        yield from ((who, f"the sentence {text[:40]!r}") for text in texts if json.dumps(text)[1:-1] in data)
        yield from ((who, f"the number {number}") for number in numbers if number in told)


def _told(data: str) -> set[str]:
    """Return the numbers in a text, written alike."""
    return {f"{float(number):g}" for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", data)}


def bytes_of(what: Iterable[object], *, silent: bool = False) -> bytes:
    """Return everything inside as JSON, the public case only named; `silent` leaves out what people wrote."""
    return json.dumps([_plain(one, silent) for one in what], ensure_ascii=True, sort_keys=True).encode()


def _plain(value: object, silent: bool) -> object:  # noqa: FBT001
    """Return a value as JSON has it, with every field of every object in it, but no properties computed from them."""
    if isinstance(value, Scenario):
        return "the public case"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [one.name for one in dataclasses.fields(value)]
        words = [name for name, _ in TEXTS[value.kind]] if silent and isinstance(value, Act) else []
        if silent and isinstance(value, Look):
            fields = [name for name in fields if name not in OWN]
        return {
            "": type(value).__name__,
            **{name: _plain(getattr(value, name), silent) for name in fields if name not in words},
        }
    match value:
        case Mapping():
            return {str(key): _plain(one, silent) for key, one in value.items()}
        case type():
            return value.__name__
        case set() | frozenset():
            return sorted((_plain(one, silent) for one in value), key=str)
        case list() | tuple():
            return [_plain(one, silent) for one in value]
        case _:
            return value
