"""A class as tables: people, groups, events, offers, messages, worksheets. Grades are points within a role."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from negotiation.classroom.rows import Table, event_rows, group_rows, neutral, person_rows
from negotiation.classroom.talk import TEACHER, Message
from negotiation.debrief.beliefs import believed
from negotiation.debrief.gathering import Gathered, pseudonym
from negotiation.debrief.lessons import Lesson
from negotiation.debrief.report import Findings

Talks = Mapping[str, Sequence[Message]]
"""What was said in private, by group; under an empty key what the teacher said to all."""

COLUMNS = {
    "person": "who, the same in all tables and every export of this class",
    "name": "what the person is called: the name typed at joining, or the pseudonym",
    "group": "number of the group",
    "party": "the role",
    "left": "whether the person has left the class",
    "attempts": "homework: how many attempts were begun",
    "points": "points, the cost of delay taken off; in homework of the attempt that counts",
    "above_unsigned": "points less what the role has with nothing signed (its reservation value)",
    "percentile_in_role": "per cent of those in the same role with fewer points, equal ones and oneself by half",
    "z_in_role": "standard deviations (sample) above the mean of the role; empty if all are equal",
    "role_points": "role-normalised points: 50 + 10 z; 50 if all are equal",
    "prepared": "whether a worksheet was sent",
    "group_created": "points above everything unsigned that the whole group made together, without delay",
    "closed": "whether the teacher closed the group (merged into another)",
    "rounds_played": "rounds until the talks ended",
    "minutes": "minutes from the first event to the last",
    "created": "all gains above everything unsigned added up, without delay: value created",
    "created_share": "created as a share of the most there was",
    "left_for_all": "points that all together could have had more with nobody having fewer",
    "missed": "issues on which all at the table wanted the same and the deal says otherwise",
    "corrected": "what the teacher put on record instead, as JSON",
    "corrected_why": "why",
    "*.signed_in": "round in which this table was signed, from 1; empty: never",
    "points.*": "points of that role",
    "*.*": "option chosen, by table and issue",
    "seq": "number of the event in the group's log, from 0",
    "at": "seconds since 1970 at which it was stored",
    "kind": "what was done; of an offer: how it moved against the same party's offer before at that table",
    "words": "words that went with an act",
    "text": "what was said",
    "deals": "the deals of an offer, as JSON by table",
    "paper": "number of the offer (its event) that an act is about",
    "table": "the table",
    "yes": "a vote",
    "round": "round, from 1",
    "deal": "the options offered, as JSON",
    "own_gain": "the author's points above leaving the table unsigned, all else as signed by then",
    "others_gain": "the same of all others at the table, added up",
    "to": "who else would have to sign; of a message: for whom it was",
    "from": "who said it: name, pseudonym or @teacher",
    "from_party": "for which role",
    "target": "points that the person wanted",
    "walk_away": "points below which the person would not go",
    "unsigned": "what the role really has with nothing signed",
    "guesses_right": "share of the issues guessed to matter most to others that do",
    "sheet": "the whole worksheet, as JSON",
}
"""What every column holds; `*` stands for a name of the case."""


def tables(found: Findings, talks: Talks) -> dict[str, Table]:
    """All tables by name; no text in them can be a formula."""
    klass = found.klass
    named = _named(klass)
    games = {group.id: (group.game, group.state) for group in klass.every}
    stamps = {group.id: group.at for group in klass.every}
    every = {
        "people": _people(found, person_rows(named.session, games)),
        "groups": [
            row | _judged(found.lessons.get(group.id), group.minutes, group.corrected)
            for row, group in zip(group_rows(named.session, games), klass.every, strict=True)
        ],
        "events": event_rows(named.session, games, stamps),
        "offers": list(_offers(found)),
        "messages": list(_messages(klass, talks)),
        "worksheets": list(_worksheets(klass)),
    }
    return {name: [{key: neutral(value) for key, value in row.items()} for row in rows] for name, rows in every.items()}


def _named(klass: Gathered) -> Gathered:
    """The class with everybody called as here: pseudonyms where names are hidden."""
    people = {who: replace(one, name=klass.called[who]) for who, one in klass.session.people.items()}
    return replace(klass, session=replace(klass.session, people=people))


def _people(found: Findings, rows: Table) -> Table:
    """Grades besides: role-normalised points, and what the group created."""
    created = {group.number: found.lessons[group.id].created for group in found.klass.groups}
    return [
        {
            **row,
            "person": pseudonym(n),
            "role_points": None if row["points"] is None else round(50 + 10 * (row["z_in_role"] or 0.0), 1),
            "group_created": created.get(row["group"]),
        }
        for n, row in enumerate(rows, start=1)
    ]


def _judged(lesson: Lesson | None, minutes: float | None, why: str) -> dict[str, Any]:
    return {
        "minutes": None if minutes is None else round(minutes, 2),
        "created": lesson.created if lesson else None,
        "created_share": None if lesson is None or lesson.share is None else round(lesson.share, 6),
        "left_for_all": lesson.left if lesson else None,
        "missed": len(lesson.missed) if lesson else None,
        "corrected_why": why or None,
    }


def _offers(found: Findings) -> Iterable[dict[str, Any]]:
    for group in found.klass.groups:
        for move in found.moves[group.id]:
            others = 0.0
            for party, gain in move.gains.items():
                others += 0.0 if party == move.party else gain
            yield {
                "group": group.number,
                "seq": move.seq,
                "round": move.round,
                "party": move.party,
                "table": move.table,
                "deal": json.dumps(group.state.scenario.tables[move.table].name_of(move.deal), ensure_ascii=False),
                "kind": move.kind,
                "own_gain": move.gains.get(move.party),
                "others_gain": round(others, 6),
                "to": ", ".join(move.to),
            }


def _messages(klass: Gathered, talks: Talks) -> Iterable[dict[str, Any]]:
    """Private talk; what was said at the table is among the events."""
    numbers = {group.id: group.number for group in klass.every}
    for log, said in talks.items():
        for message in said:
            stranger = message.name if klass.names else "somebody"
            teacher = message.party == TEACHER and not klass.names
            yield {
                "group": numbers.get(log),
                "at": message.at,
                "from": TEACHER if teacher else klass.called.get(message.person, stranger),
                "from_party": message.party,
                "to": ", ".join(klass.called.get(one, one) for one in message.to) or "all",
                "text": message.text,
            }


def _worksheets(klass: Gathered) -> Iterable[dict[str, Any]]:
    keys = {who: pseudonym(n) for n, who in enumerate(klass.session.people, start=1)}
    for one in believed(klass):
        yield {
            "person": keys[one.person],
            "group": one.group,
            "party": one.party,
            "target": one.target,
            "points": round(one.points, 6),
            "walk_away": one.walk_away,
            "unsigned": round(one.unsigned, 6),
            "guesses_right": None if one.right is None else round(one.right, 6),
            "sheet": json.dumps(klass.session.sheets[one.person], ensure_ascii=False),
        }


def described(column: str) -> str:
    """What a column holds.

    Raises
    ------
    KeyError
        When the codebook does not know it.
    """
    if column in COLUMNS:
        return COLUMNS[column]
    first, _, last = column.rpartition(".")
    patterns = (f"*.{last}", f"{first}.*", "*.*") if first else ()
    return next(COLUMNS[pattern] for pattern in (*patterns, column) if pattern in COLUMNS or pattern == column)
