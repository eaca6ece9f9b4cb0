"""Who told the truth, in words: shares and promises by party, and the untrue statements with what the sheet says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.actions import said
from negotiation.analysis.truth import Judged, Truth
from negotiation.language import language, mark, tr
from negotiation.moves import Concede, Prefer, Rank, Refuse
from negotiation.reports.blocks import Block, Bullets, Cell, Grid, Section, Text
from negotiation.reports.case_wording import Reader
from negotiation.reports.words import capital, clauses, percent, when
from negotiation.state import State
from negotiation.talk.chips import chip
from negotiation.talk.commitments import Commitment

PROMISES: Mapping[str, str] = {
    "kept": mark("promises kept"),
    "broken": mark("promises broken"),
    "void": mark("promises void"),
    "open": mark("promises open"),
}
"""The heads of the columns of promises, by what became of them."""

MOST_QUOTED = 20
"""Lies and broken promises that are quoted; of more it is said how many there were."""

ABOUT = mark(
    "Statements about what a party wants, against its own score sheet; said twice they count once. Not decided: links to "
    "other tables could turn it. Void: the condition never came true, or others made it impossible."
)


def sections(state: State, found: Truth, reader: Reader, me: str = "") -> list[Section]:
    """Return the section on who told the truth; none if nobody said anything of that kind.

    Parameters
    ----------
    state
        The state that was judged.
    me
        Who reads it: of private words only those it said or heard are quoted. Empty: somebody who may read everything.
    """
    spoke = {one.party for one in found.statements} | {one.party for one in found.promises}
    rows = [_row(found, party, reader) for party in state.scenario.parties if party in spoke]
    if not rows:
        return []
    statuses = [tr(PROMISES[status]) for status in found.made("")] if found.promises else []
    blocks: list[Block] = [
        Grid(
            (tr("Party"), tr("told the truth"), tr("true"), tr("untrue"), tr("not decided"), *statuses),
            tuple(rows),
            0,
        )
    ]
    untrue: dict[int, list[Judged]] = {}
    for one in found.statements:
        if one.verdict == "false" and (not me or one.heard_by(me)):
            untrue.setdefault(one.said, []).append(one)
    broken = [one for one in found.promises if one.status == "broken" and (not me or one.heard_by(me))]
    quoted = [_lies(state, lies, reader) for lies in untrue.values()] + [_broken(state, one, reader) for one in broken]
    if quoted:
        blocks.append(Bullets(tuple(quoted[:MOST_QUOTED])))
    if len(quoted) > MOST_QUOTED:
        blocks.append(Text(tr("And {n} more.", n=len(quoted) - MOST_QUOTED), "note"))
    return [Section(tr("Who told the truth"), tuple(blocks), tr(ABOUT))]


def _row(found: Truth, party: str, reader: Reader) -> tuple[Cell, ...]:
    share = found.share(party)
    counts = (found.count(party, verdict) for verdict in ("true", "false", "open"))
    made = found.made(party).values() if found.promises else ()
    return (reader.who(party), None if share is None else percent(share), *counts, *made)


def _lies(state: State, lies: Sequence[Judged], reader: Reader) -> str:
    """Return what is untrue in something that was said, and what the sheet says."""
    told = clauses(f"{chip(one.move, state.scenario, '', language())} ({_sheet(one, reader)})" for one in lies)
    return tr("{quote} Untrue: {what}.", quote=_quoted(state, lies[0], reader), what=told)


def _broken(state: State, one: Commitment, reader: Reader) -> str:
    told = chip(one.move, state.scenario, "", language())
    return tr("{quote} Broken: {what}.", quote=_quoted(state, one, reader), what=told)


def _quoted(state: State, one: Judged | Commitment, reader: Reader) -> str:
    """Return who said what to whom and when; markup in it is taken as it stands."""
    parts = {
        "week": capital(when(state.scenario.unit, one.round + 1)),
        "who": reader.names([one.party]),
        "words": said(state.events[one.said].action).replace("**", "* *"),
    }
    if one.to:
        return tr("**{week}, {who}** to {whom}, in private: “{words}”", whom=reader.names(one.to), **parts)
    return tr("**{week}, {who}**: “{words}”", **parts)


def _sheet(one: Judged, reader: Reader) -> str:
    """Return what the speaker's sheet says about an untrue statement."""
    points = [reader.points(number) for number in one.numbers]
    match one.move:
        case Rank():
            return tr("points at stake: {mine} against {other}", mine=points[0], other=points[1])
        case Prefer():
            return tr("points: {mine} against {other}", mine=points[0], other=points[1])
        case Refuse():
            return tr("the best deal with it gains at least {points}", points=points[0])
        case Concede():
            return (
                tr("the best deal with it gains {points}", points=reader.gain(one.numbers[1]))
                if points
                else tr("no deal with it was possible")
            )
        case _:
            return tr("nobody else to sign with, and no points without a deal")
