"""Sentences of two halves: something for something, and what is done if a table is signed, or is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negotiation.moves import Commit, Move, Term, Trade
from negotiation.talk.reading.skeleton import Found, Skeleton
from negotiation.talk.reading.speaker import Speaker, terms

BEFORE = re.compile(r"\b(?:before|ahead of|prior to|avant) W|W(?:より|の)?(?:も)?前")
"""A week that is too late: "before week 6" is by week 5."""

PARTNERED = re.compile(r"\b(?:with|avec) P|Pと")
"""A condition on who signs, which no commitment can tell."""


def trade(whole: Skeleton, speaker: Speaker) -> Sequence[Move]:
    """Return the trade that a sentence offers: terms on both sides, nothing denied, nobody leaving."""
    cues = speaker.cues
    for pattern in cues.trade:
        place = pattern.search(whole.text)
        if not place:
            continue
        wants = "want" in pattern.groupindex
        get, give = (whole.cut(*place.span(side)) for side in ("want" if wants else "get", "give"))
        if any(_spoils(half, speaker) for half in (get, give)) or any(p.search(give.text) for p in cues.refuse):
            continue
        asked, given = terms(get), terms(give)
        if wants:
            asked = tuple(speaker.own(term) or term for term in asked)
        if _own(given, speaker) and not _own(asked, speaker):
            asked, given = given, asked
        if asked and given and not {*asked} & {*given}:
            return (Trade(asked, given),)
    return ()


def _own(side: Sequence[Term], speaker: Speaker) -> bool:
    """Return whether a side of a trade has what is named like the speaker, which nobody gives away: "we lead"."""
    return any(term.option == speaker.me for term in side)


def _spoils(half: Skeleton, speaker: Speaker) -> bool:
    cues = speaker.cues
    denied = cues.negation.search(half.text) or cues.condition.search(half.text) or cues.leave.search(half.text)
    return bool(denied) or "X" in half.text or "P" in half.text or "W" in half.text


def commitment(whole: Skeleton, speaker: Speaker) -> Sequence[Move]:
    """Return the commitment that a sentence makes: both halves in words that are all known."""
    for pattern in speaker.cues.commit:
        if place := pattern.search(whole.text):
            made = _commit(whole, place, speaker)
            if made:
                return (made,)
    return ()


def _commit(whole: Skeleton, place: re.Match[str], speaker: Speaker) -> Commit | None:
    cues = speaker.cues
    condition, act = (whole.cut(*place.span(half)) for half in ("cond", "act"))
    leaves, signs = cues.leave.search(act.text), cues.sign.search(act.text)
    denials = len(cues.denial.findall(condition.text)) + bool(place.groupdict().get("unless"))
    times, tables = _named(condition, "W"), _named(condition, "T")
    there, partners = _named(act, "T"), _named(act, "P")
    if not cues.settled.search(condition.text) or bool(leaves) == bool(signs) or cues.negation.search(act.text):
        return None
    if (
        denials > 1
        or PARTNERED.search(condition.text)
        or max(map(len, (times, tables, there, partners))) > 1
        or _named(act, "W")
    ):
        return None
    table = tables[0].term.table if tables else there[0].term.table if there and leaves else speaker.here
    where = there[0].term.table if there else table if leaves else _shared(speaker, partners, table)
    partner = partners[0].term.table if partners else ""
    seats = speaker.scenario.tables[where].seats if where else ()
    if not table or speaker.me not in seats or (leaves and partners) or (signs and where == table):
        return None
    if partner and partner not in seats:
        return None
    by = times[0].round - bool(BEFORE.search(condition.text)) if times else None
    if by == 0 or (leaves and where == table and not denials):
        return None
    return Commit(denials == 1, table, "walk" if leaves else "sign", where, by, partner)


def _named(part: Skeleton, letter: str) -> list[Found]:
    return [one for one in part.found if one.letter == letter]


def _shared(speaker: Speaker, partners: list[Found], table: str) -> str:
    """Return the one table, besides `table`, where the speaker and a partner both sit."""
    at = [set(speaker.scenario.at(who)) for who in (speaker.me, *(one.term.table for one in partners))]
    both = sorted(set.intersection(*at) - {table}) if partners else []
    return both[0] if len(both) == 1 else ""
