"""A class as tables: people, groups, events, offers, messages, worksheets; grades are points within a role."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from negotiation.analysis.value_claimed import Claims
from negotiation.classroom.rows import Table, neutral
from negotiation.classroom.talk import TEACHER, Message
from negotiation.debrief.beliefs import believed
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.export_answers import ANSWER, QUESTION, answer_rows, question_rows
from negotiation.debrief.export_rows import AGENT, EVENT, PERSON, SAID, author, event_rows, group_rows, person_rows
from negotiation.debrief.lessons import Lesson
from negotiation.debrief.report import Findings

Talks = Mapping[str, Sequence[Message]]
"""What was said in private, by group; under an empty key what the teacher said to all."""

COLUMNS = {
    "person": "who, the same in all tables and every export of this class",
    "name": "what the person is called: the name typed at joining, or the pseudonym",
    "group": "number of the group",
    "party": "the role",
    "by": "who did it: a person's key, agent, clock (where time was out), or mediator",
    "acts": "how many of the seat's acts (talk in the game included) this person did",
    "acts_of_seat": "how many the seat did in all: those of agents and of others who had it are the rest",
    "left": "whether the person has left the class",
    "attempts": "homework: how many attempts were begun",
    "points": "points, the cost of delay taken off (a round in which the talks were stopped counts); in homework of the attempt that counts (a finished one if there is any)",
    "above_unsigned": "points less what the role has with nothing signed (its reservation value)",
    "n_in_role": "how many seats are compared: those of people in the same role, of the same private type, this one too; "
    "a shared seat counts once, agents do not",
    "percentile_in_role": "per cent of the others among these with fewer points, equal ones by half; empty without others",
    "z_in_role": "standard deviations (sample) above the mean of these; empty if all are equal",
    "role_points": "the grade, role-normalised points: 50 + 10 z; 50 if all are equal, empty without others",
    "prepared": "whether a worksheet was sent",
    "group_created": "points above everything unsigned that the whole group made together, without delay",
    "closed": "whether the teacher closed the group (merged into another)",
    "rounds_played": "rounds that were played; one in the middle of which the talks were stopped counts",
    "minutes": "minutes from the first event to the last",
    "created": "all gains above everything unsigned added up, without delay: value created",
    "gained": "what was gained, by those who gained; created is this less what was lost",
    "lost": "what was lost, by those who are below everything unsigned",
    "most": "the most that could be created with nobody below everything unsigned; empty: nothing",
    "created_share": "created as a share of the most; empty where it is no part of it: below 0, or above, which takes a loss",
    "claimed": "points above everything unsigned that the role has, without delay: value claimed; below 0 a loss",
    "claimed_share": "claimed as a share of all that was gained in the group; empty for a loss",
    "left_for_all": "points that all together could have had more with nobody having fewer",
    "missed": "issues on which all at the table wanted the same and the deal says otherwise",
    "corrected": "what the teacher put on record instead, as JSON",
    "corrected_why": "why; left out with pseudonyms, since a reason may name people",
    "*.signed_in": "round in which this table was signed, from 1 (the last one played, if only the teacher put its deal on "
    "record); empty: never, or the teacher put that on record",
    "points.*": "points of that role",
    "*.*": "option chosen, by table and issue",
    "seq": "number of the event in the group's log, from 0; of a message empty: it is no act of the game",
    "at": "seconds since 1970 at which it was stored",
    "kind": "what was done; of an offer: how it moved against the same party's offer before at that table",
    **SAID,
    "round": "round, from 1",
    "deal": "the options offered, as JSON",
    "own_gain": "the author's points above leaving the table unsigned, all else as signed by then",
    "others_gain": "the same of all others at the table, added up",
    "to": "who else would have to sign; of a message: for whom it was (the own role: who shares the seat)",
    "from": "who said it: name, pseudonym, agent or @teacher",
    "from_party": "for which role",
    "target": "points that the person wanted",
    "walk_away": "points below which the person would not go",
    "unsigned": "what the role really has with nothing signed",
    "guesses_right": "share of the issues guessed to matter most to others that do",
    "sheet": "the whole worksheet, as JSON",
    "questionnaire": "questionnaire, by its id",
    "about": "the other party that the question was about, if any",
    "question": "question, by its id in the questionnaire",
    "value": "the answer as a number: the step of a scale, as it was chosen (a reversed question is not turned round), the "
    "number of an option, or of consent 1 yes, 0 no",
    "answer": "the answer in words: a text, the option that was chosen, or none where a question did not apply",
    "right": "whether the answer is right; empty where there is no right one",
    "handed_in": "whether the questionnaire was handed in",
    "asks": "kind of question: scale, choice, text, consent, or one drawn from the person's own papers (unsigned, signers, "
    "valuable)",
    "subscale": "what the question is part of",
    "reversed": "whether a high answer means little: turn it round (steps + 1 less the answer) before averaging",
    "steps": "steps of the scale, from 1",
    "wording": "the question in English; empty where it is drawn from the case",
    "low_end": "what step 1 means",
    "high_end": "what the last step means",
    "choices": "options, in order",
    "source": "what the questionnaire is taken from",
}
"""What every column holds; `*` stands for a name of the case."""


HEADS = {
    "people": (*PERSON, "claimed", "claimed_share", "group_created"),
    "events": EVENT,
    "offers": ("group", "seq", "round", "party", "by", "table", "deal", "kind", "own_gain", "others_gain", "to"),
    "messages": ("group", "at", "from", "from_party", "to", "text", "moves", "seq"),
    "worksheets": ("person", "group", "party", "target", "points", "walk_away", "unsigned", "guesses_right", "sheet"),
    "answers": ANSWER,
    "questions": QUESTION,
}
"""By table its columns, which are there without any row too. Those of groups hang on the case; there is a group always."""


def columns(name: str, rows: Table) -> list[str]:
    """Return the columns of a table, whether it has rows or none."""
    return list(dict.fromkeys((*HEADS.get(name, ()), *(key for row in rows for key in row))))


def tables(found: Findings, talks: Talks) -> dict[str, Table]:
    """Return all tables by name; no text in them can be a formula."""
    klass = found.klass
    claims: Mapping[object, Claims] = {group.number: found.lessons[group.id].claims for group in klass.groups}
    every = {
        "people": [row | _claimed(row, claims.get(row["group"])) for row in person_rows(klass, found.grades)],
        "groups": [
            row | _judged(found.lessons.get(group.id), group.minutes)
            for row, group in zip(group_rows(klass), klass.every, strict=True)
        ],
        "events": event_rows(klass),
        "offers": list(_offers(found)),
        "messages": list(_messages(klass, talks)),
        "worksheets": list(_worksheets(klass)),
        "answers": answer_rows(klass),
        "questions": question_rows(klass),
    }
    return {name: [{key: neutral(value) for key, value in row.items()} for row in rows] for name, rows in every.items()}


def _claimed(person: Mapping[str, object], claims: Claims | None) -> dict[str, object]:
    """Return the columns on what a person claimed of what the group created; None in them without a result."""
    party = person["party"]
    share = claims.share(party) if claims and isinstance(party, str) else None
    return {
        "claimed": claims.each[party] if claims and isinstance(party, str) else None,
        "claimed_share": None if share is None else round(share, 6),
        "group_created": claims.created if claims else None,
    }


def _judged(lesson: Lesson | None, minutes: float | None) -> dict[str, object]:
    return {
        "minutes": None if minutes is None else round(minutes, 2),
        "created": lesson.claims.created if lesson else None,
        "gained": lesson.claims.gained if lesson else None,
        "lost": lesson.claims.lost if lesson else None,
        "most": lesson.most if lesson else None,
        "created_share": None if lesson is None or lesson.share is None else round(lesson.share, 6),
        "left_for_all": lesson.left if lesson else None,
        "missed": len(lesson.missed) if lesson else None,
    }


def _offers(found: Findings) -> Iterable[dict[str, object]]:
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
                "by": author(found.klass, group, move.seq),
                "table": move.table,
                "deal": json.dumps(group.state.scenario.tables[move.table].name_of(move.deal), ensure_ascii=False),
                "kind": move.kind,
                "own_gain": move.gains.get(move.party),
                "others_gain": round(others, 6),
                "to": ", ".join(move.to),
            }


def _messages(klass: ClassData, talks: Talks) -> Iterable[dict[str, object]]:
    """Yield private talk; what was said at the table is among the events."""
    numbers = {group.id: group.number for group in klass.every}
    for log, said in talks.items():
        for message in said:
            stranger = AGENT if message.of_agent else message.name if klass.names else "somebody"
            teacher = message.party == TEACHER and not klass.names
            yield {
                "group": numbers.get(log),
                "at": message.at,
                "from": TEACHER if teacher else klass.called.get(message.person, stranger),
                "from_party": message.party,
                "to": ", ".join(klass.called.get(one, one) for one in message.to) or "all",
                "text": message.text,
                "moves": message.moves or None,
                "seq": message.seq,
            }


def _worksheets(klass: ClassData) -> Iterable[dict[str, object]]:
    for one in believed(klass):
        yield {
            "person": klass.keys[one.person],
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
    """Return the description of a column.

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
