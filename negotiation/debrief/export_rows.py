"""A class as tables for a spreadsheet: one row a person, a group, an event; pure functions, nothing is written here."""

from __future__ import annotations

import json
from collections.abc import Mapping

from negotiation.actions import CLOCK, MEANINGS, MEDIATOR
from negotiation.classroom.rows import Table
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.grades import Grade
from negotiation.debrief.group_game import GroupGame

AGENT = "agent"


def author(klass: ClassData, group: GroupGame, seq: int) -> str:
    """Return the author of an event: the key of a person, `agent`, `clock`, or `mediator`."""
    who, party = group.who[seq], group.state.events[seq].party
    return klass.keys.get(who) or who or (party if party in (CLOCK, MEDIATOR) else AGENT)


PERSON = (
    *("person", "name", "group", "party", "left", "attempts", "acts", "acts_of_seat", "points", "above_unsigned"),
    *("n_in_role", "percentile_in_role", "z_in_role", "role_points", "prepared"),
)
"""The columns of people."""


def person_rows(klass: ClassData, grades: Mapping[str, Mapping[str, Grade]]) -> Table:
    """Return a row a person: seat, its points, how many acts were whose, and the place within the role (the grade)."""
    return [_person(klass, who, key, grades) for who, key in klass.keys.items()]


def _person(klass: ClassData, who: str, key: str, grades: Mapping[str, Mapping[str, Grade]]) -> dict[str, object]:
    person = klass.session.people[who]
    group, party = klass.results.get(who, (None, ""))
    place = grades[group.id][party] if group else None
    acts = group.acts[party] if group else None
    here = klass.session.groups.get(person.group)
    return {
        "person": key,
        "name": klass.called[who],
        "group": group.number if group else here.number if here else None,
        "party": party or None,
        "left": person.gone,
        "attempts": len(person.attempts) or None,
        "acts": acts[who] if acts is not None else None,
        "acts_of_seat": acts.total() if acts is not None else None,
        "points": place.points if place else None,
        "above_unsigned": round(place.gain, 6) if place else None,
        "n_in_role": place.of if place else None,
        "percentile_in_role": place.percentile if place else None,
        "z_in_role": None if place is None or place.z is None else round(place.z, 3),
        "role_points": place.role_points if place else None,
        "prepared": who in klass.session.sheets,
    }


def group_rows(klass: ClassData) -> Table:
    """Return a row a group: how far it came, what was signed when, everybody's points, what was put on record."""
    return [_group(klass, group) for group in klass.every]


def _group(klass: ClassData, group: GroupGame) -> dict[str, object]:
    state, outcome = group.state, group.outcome
    row: dict[str, object] = {"group": group.number, "closed": group.closed, "rounds_played": state.rounds_played}
    for name, table in state.scenario.tables.items():
        row[f"{name}.signed_in"] = group.signed_in.get(name)
        settled = outcome[name]
        deal = {} if settled is None else table.name_of(settled)
        row |= {f"{name}.{issue.name}": deal.get(issue.name) for issue in table.issues}
    row |= {f"points.{party}": round(value, 6) for party, value in group.points.items()}
    put: dict[str, object] = {}
    for fact in group.corrections:
        put |= fact.outcome
    row["corrected"] = json.dumps(put) if put else None
    row["corrected_why"] = "; ".join(klass.reason(fact) for fact in group.corrections) or None
    return row


def event_rows(klass: ClassData) -> Table:
    """Return a row an event of every group, in order: when it was stored, and who brought it about."""
    return [
        {"group": group.number, "seq": seq, "at": at, "by": author(klass, group, seq), **_flat(row)}
        for group in klass.every
        for seq, (at, row) in enumerate(zip(group.at, group.game.rows(group.state.events), strict=True))
    ]


SAID = {name: means.about for fields in MEANINGS.values() for name, means in fields.items()}
"""What acts say besides who did what, by the names of their fields in a log."""

EVENT = ("group", "seq", "at", "by", "party", "kind", *SAID)
"""The columns of events; which of them an event fills depends on its kind."""


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    def flat(value: object) -> object:
        match value:
            case dict():
                return json.dumps(value, ensure_ascii=False)
            case list() | tuple():
                return ", ".join(value)
        return value

    return {name: flat(value) for name, value in row.items()}
