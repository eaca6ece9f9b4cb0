"""A class as tables for a spreadsheet: one row a person, a group, an event. Pure functions, nothing is written here."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from negotiation.classroom.games import Game
from negotiation.classroom.groups import counting
from negotiation.classroom.sessions import Person, Session
from negotiation.scenario import Outcome
from negotiation.state import State
from negotiation.view import sealed

Games = Mapping[str, tuple[Game, State]]
"""The games of a class by group, each with how it stands."""

Table = list[dict[str, Any]]


def agreed(session: Session, game: Game, state: State) -> Outcome:
    """What a group agreed: what is signed, and at tables that the teacher has put on record what stands there."""
    outcome = {name: state.bound.get(name) for name in state.scenario.tables}
    for fact in session.corrections:
        if fact["group"] == game.id:
            for name, options in fact["outcome"].items():
                outcome[name] = None if options is None else state.scenario.tables[name].parse(options)
    return outcome


def points_of(session: Session, game: Game, state: State) -> dict[str, float]:
    """Everybody's points of what a group agreed, delay taken off and discounted."""
    outcome = agreed(session, game, state)
    return {
        party: game.role(party).preferences.score(outcome, state.rounds_paid(party), state.time_paid(party))
        for party in game.case.roles
    }


def neutral(value: Any) -> Any:
    """The same value, unable to be a formula: a text that a spreadsheet would calculate gets an apostrophe in front.

    Examples
    --------
    >>> neutral("=1+1"), neutral("Ana"), neutral(-3.5)
    ("'=1+1", 'Ana', -3.5)
    """
    if isinstance(value, str) and (value.lstrip()[:1] in set("=+-@|%") or value[:1] in set("\t\r\n")):
        return f"'{value}"
    return value


def person_rows(session: Session, games: Games) -> Table:
    """A row a person: seat, points of it, points above leaving everything unsigned, place within the role."""
    points = {person.id: _points(session, games, person) for person in session.people.values()}
    rows = []
    for person in session.people.values():
        mine = points[person.id]
        peers = [p for other, p in points.items() if p is not None and session.people[other].party == person.party]
        rows.append(
            {
                "person": person.id,
                "name": person.name,
                "group": session.groups[person.group].number if person.group else None,
                "party": person.party or None,
                "left": person.gone,
                "attempts": len(person.attempts) or None,
                "points": mine,
                "above_unsigned": None if mine is None else round(mine - _unsigned(games, person), 6),
                "percentile_in_role": None if mine is None else percentile(mine, peers),
                "z_in_role": None if mine is None else standard(mine, peers),
                "prepared": person.id in session.sheets,
            }
        )
    return [_neutral(row) for row in rows]


def group_rows(session: Session, games: Games) -> Table:
    """A row a group: how far it came, what was signed when, everybody's points, what the teacher corrected."""
    corrected = {fact["group"]: fact for fact in session.corrections}
    rows = []
    for group in session.groups.values():
        game, state = games[group.id]
        tables, outcome = state.scenario.tables, agreed(session, game, state)
        row: dict[str, Any] = {"group": group.number, "closed": group.closed, "rounds_played": state.rounds_played}
        for name, table in tables.items():
            row[f"{name}.signed_in"] = state.bound_in[name] + 1 if name in state.bound else None
            settled = outcome[name]
            deal = {} if settled is None else table.name_of(settled)
            row |= {f"{name}.{issue.name}": deal.get(issue.name) for issue in table.issues}
        row |= {f"points.{party}": round(value, 6) for party, value in points_of(session, game, state).items()}
        row["corrected"] = json.dumps(corrected[group.id]["outcome"]) if group.id in corrected else None
        rows.append(row)
    return [_neutral(row) for row in rows]


def event_rows(session: Session, games: Games, stamps: Mapping[str, Sequence[float]]) -> Table:
    """A row an event of every group, in order, with the time (seconds since 1970) at which each was stored."""
    return [
        _neutral({"group": group.number, "seq": seq, "at": at, **_flat(row)})
        for group in session.groups.values()
        for game, state in [games[group.id]]
        for seq, (at, row) in enumerate(zip(stamps[group.id], game.rows(sealed(state).events), strict=True))
    ]


def percentile(value: float, all_values: Sequence[float]) -> float:
    """Per cent of the values that are lower, equal ones counted by half; `value` itself is among them.

    Examples
    --------
    >>> percentile(5.0, [5.0, 1.0, 9.0, 5.0])
    50.0
    """
    lower = sum(other < value for other in all_values)
    equal = sum(other == value for other in all_values)
    return round(100 * (lower + equal / 2) / len(all_values), 1)


def standard(value: float, all_values: Sequence[float]) -> float | None:
    """How many standard deviations (of the sample) a value is above the mean; None if there is no spread.

    Examples
    --------
    >>> standard(5.0, [1.0, 3.0, 5.0]), standard(1.0, [1.0])
    (1.0, None)
    """
    if len(all_values) < 2 or min(all_values) == max(all_values):
        return None
    mean = sum(all_values) / len(all_values)
    spread = math.sqrt(sum((other - mean) ** 2 for other in all_values) / (len(all_values) - 1))
    return round((value - mean) / spread, 3)


def _points(session: Session, games: Games, person: Person) -> float | None:
    """The points of a person's seat; in homework those of the attempt that counts; None without a seat."""
    if not (person.group and person.party):
        return None
    if not session.settings.homework:
        return _of(session, games, person.group, person.party)
    over = [group for group in person.attempts if games[group][1].over]
    return counting(session.settings.counts, [_of(session, games, group, person.party) for group in over])


def _of(session: Session, games: Games, group: str, party: str) -> float:
    return round(points_of(session, *games[group])[party], 6)


def _unsigned(games: Games, person: Person) -> float:
    unsigned: float = games[person.group][0].role(person.party).preferences.score({})
    return unsigned


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else v for k, v in row.items()}


def _neutral(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: neutral(value) for key, value in row.items()}
