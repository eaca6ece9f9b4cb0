"""The lessons of one's own game in words: what happened, what it cost or brought, and what to try next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from negotiation.actions import Say, said
from negotiation.analysis.lesson import Kind, Lesson
from negotiation.analysis.lessons import lessons
from negotiation.analysis.own_game import OwnGame
from negotiation.analysis.transcript import terms
from negotiation.game import Game
from negotiation.language import mark, tr
from negotiation.reports.blocks import Block, Bullets, Fold, Section, Text
from negotiation.reports.case_wording import Reader
from negotiation.reports.words import about, clauses, in_turn, pointed, short, short_title, when, whose

TITLES: Mapping[Kind, str] = {
    "unsigned": mark("A paper you could have signed"),
    "better": mark("You let something better go"),
    "late": mark("You waited to sign"),
    "loss": mark("A signature that cost you"),
    "early": mark("There was more to be had"),
    "traded": mark("A trade left out"),
    "apart": mark("A table left unsigned"),
    "losing": mark("Offers that could not be signed"),
    "broken": mark("Words that were not kept"),
    "best": mark("Your best table"),
    "held": mark("You held out"),
    "refused": mark("You left what was not good enough"),
    "kept": mark("You kept your word"),
}

HAPPENED: Mapping[Kind, str] = {
    "unsigned": mark(
        "From {week} on {whose} paper at {tables} lacked your signature alone. You did not sign it, and nothing is signed there."
    ),
    "better": mark(
        "From {week} on {whose} paper at {tables} lacked your signature alone. You ended with other terms, or without it."
    ),
    "late": mark("From {week} on {whose} paper at {tables} lacked your signature alone. You signed it in {until}."),
    "loss": mark("In {week} you signed at {tables}."),
    "early": mark("In {week} you signed {whose} paper at {tables} without an offer of your own."),
    "traded": mark(
        "In {week} you signed at {tables}. {change} instead would have been better for you and worse for nobody."
    ),
    "apart": mark(
        "Nothing is signed at {tables}, though there were deals by which all who had to sign would have gained."
    ),
    "losing": mark(
        "{count} of your {of} offers at {tables}, from {week} to {until}, were a loss for {other}, without whom they could not bind."
    ),
    "broken": mark("In {week} you said what you would do, and it did not come about."),
    "best": mark("No table brought you more than {tables}, signed in {week}."),
    "held": mark(
        "You let papers at {tables} pass that lacked your signature alone. The best of them was {whose}, in {week}."
    ),
    "refused": mark(
        "You left papers at {tables} unsigned that lacked your signature alone. The best of them was {whose}, in {week}."
    ),
    "kept": mark("In {week} you said what you would do, and did it."),
}

OFTEN: Mapping[Kind, str] = {
    "unsigned": mark(
        "From {week} on {whose} paper at {tables} lacked your signature alone, in {count} of your {unit}s. You did not sign it, and nothing is signed there."
    ),
    "better": mark(
        "From {week} on {whose} paper at {tables} lacked your signature alone, in {count} of your {unit}s. You ended with other terms, or without it."
    ),
}
"""What happened where that went on for several rounds."""

ONLY_TITLE, ONLY, ONLY_NEXT = (
    mark("You signed a gain"),
    mark("You signed {tables} in {week}."),
    mark("Know your walk-away and your best before you begin: then you know what a paper is worth when it comes."),
)
"""What is said of one's best table where there is no other."""

FIRST_SIGNED = mark("Your first offer at {tables}, in {week}, is the deal that was signed: you asked for no more.")
ALL_LOST = mark("Each of your {count} offers there was a loss for {other}: it could not sign them.")
ALL_LOSING = mark(
    "Each of your {count} offers at {tables}, from {week} to {until}, was a loss for {other}, without whom it could not bind."
)
LOST = mark("{count} of your {of} offers there were a loss for {other}: it could not sign them.")

WORTH: Mapping[Kind, str] = {
    "unsigned": mark("Signed then, all else as it came out, it would have left you **{points} more**."),
    "better": mark("Signed then, all else as it came out, it would have left you **{points} more**."),
    "late": mark("Waiting cost you **{points}** of delay."),
    "loss": mark("Without it, all else as it came out, you would have **{points} more**."),
    "early": mark(
        "{change} instead, and you would have **{points} more**, while all others who signed keep half of their gain at least."
    ),
    "traded": mark("It would have given you **{points} more**."),
    "apart": mark(
        "One of them, signed in {week}, would have left you **{points} more**, all else as it came out ({gains})."
    ),
    "losing": mark("The {unit}s in which you made no other there cost you **{points}** of delay."),
    "broken": mark("It cost no points by itself; whoever heard it has reason to believe you less."),
    "best": mark("It brought you **{points}**."),
    "held": mark("It would have left you **{points} fewer** than you have."),
    "refused": mark("It would have left you **{points} fewer** than you have."),
    "kept": mark("It brought no points by itself; whoever heard it has reason to believe you."),
}

FREE = mark("They cost you no points by themselves, but the time in which another could have been signed.")
WHOLE = mark("Nobody could have had more there without costing somebody else.")

NEXT: Mapping[Kind, str] = {
    "unsigned": mark(
        "Hold every paper against leaving the table unsigned, not against what you hope for: if it is a gain, sign it or answer it before it goes."
    ),
    "better": mark(
        "Before you turn down a paper that is a gain, say to yourself what you expect instead, and why it should come."
    ),
    "late": mark("Once you would sign anyway, another {unit} only costs: sign as soon as nothing better is in sight."),
    "loss": mark("Look at what leaving it unsigned is worth before you sign: walking away is a result too."),
    "early": mark("Ask for more than you need at first, and give way step by step, each time for something."),
    "losing": mark("Before you offer, put yourself in their chair: what do they keep if they do not sign?"),
    "broken": mark("Promise and threaten only what you will do."),
    "best": mark("Put your time where most is at stake for you, and settle that first."),
    "held": mark("Do it again while there is time: what lies on the table is not the last word."),
    "refused": mark("Know your walk-away before the talks begin, and say no below it."),
    "kept": mark("A word that is kept can be used again."),
}

ASK = mark(
    "You never asked {other} what matters to it. {issue} matters more to it than to you: ask first, then give there, for what matters more to you."
)
SWAP = mark("{issue} matters more to {other} than to you: give there, for what matters more to you.")
LOOK = mark("Look for a change that costs you little and them nothing.")


LONGEST_QUOTE = 180
"""Characters of what was said that are quoted; the replay has all of it."""

TITLE = mark("What to take from it")
ABOUT = mark("Worked out with everybody's sheet open, delay taken off, and all else as it came out.")


@dataclass(frozen=True)
class Told:
    """A lesson in words.

    Attributes
    ----------
    happened, worth, next_time
        A sentence or two each; points are strong.
    quote
        What was said with the act, and by whom; empty if nothing was.
    deal
        The terms of the deal it is about, by table and issue, in words.
    seq, round
        The act, and its round from 0.
    """

    title: str
    happened: str
    worth: str
    next_time: str
    quote: str
    deal: tuple[tuple[str, str], ...]
    seq: int
    round: int
    good: bool


def own_game(game: Game, me: str) -> OwnGame:
    """Return a game that is over as one of its seats looks back at it."""
    opening = game.protocol.opening(game.case.scenario, game.state.rounds)
    return OwnGame.of(me, {p: seat.role.preferences for p, seat in game.seated.items()}, opening, game.state.events)


def told(game: Game, me: str, reader: Reader) -> tuple[Told, ...]:
    """Return the lessons of a game that is over for one of its seats, in words."""
    seen = own_game(game, me)
    return tuple(_told(seen, lesson, reader) for lesson in lessons(seen))


def section(found: tuple[Told, ...], unit: str) -> Section:
    """Return the lessons as a part of a document."""
    blocks: list[Block] = []
    for one in found:
        blocks.append(Text(f"**{one.title}** · {when(unit, one.round + 1)}"))
        blocks.append(Text(f"{one.happened} {one.worth}"))
        if one.quote:
            blocks.append(Text(one.quote, "note"))
        if one.deal:
            blocks.append(Fold(tr("The deal"), (Bullets(tuple(about(issue, text) for issue, text in one.deal)),)))
        blocks.append(Text(tr("Next time: {advice}", advice=one.next_time)))
    return Section(tr(TITLE), tuple(blocks), tr(ABOUT))


def _told(game: OwnGame, lesson: Lesson, reader: Reader) -> Told:
    words = _words(game, lesson, reader)
    title, happened, worth, after = TITLES[lesson.kind], HAPPENED[lesson.kind], WORTH[lesson.kind], _next(lesson)
    more = []
    if lesson.count > 1:
        happened = OFTEN.get(lesson.kind, happened)
    if lesson.kind == "best" and len(game.scenario.tables) == 1:
        title, happened, after = ONLY_TITLE, ONLY, ONLY_NEXT
    if lesson.kind == "early" and lesson.count:
        happened = FIRST_SIGNED
    every = lesson.count > 1 and lesson.count == lesson.of
    if lesson.kind == "apart" and lesson.count > 1 and 2 * lesson.count >= lesson.of:
        more = [ALL_LOST if every else LOST]
    if lesson.kind == "losing":
        happened, worth = ALL_LOSING if every else happened, worth if lesson.points else FREE
    return Told(
        tr(title),
        in_turn(tr(one, **words) for one in (happened, *more)),
        in_turn(tr(one, **words) for one in (worth, *([WHOLE] if lesson.whole else []))),
        tr(after, **words),
        _quote(game, lesson),
        terms(game.scenario, lesson.deals) if not lesson.changed else (),
        lesson.seq,
        lesson.round,
        lesson.good,
    )


def _next(lesson: Lesson) -> str:
    if lesson.kind in NEXT and (lesson.kind != "losing" or lesson.asked or not lesson.matters):
        return NEXT[lesson.kind]
    if not lesson.matters:
        return LOOK
    return SWAP if lesson.asked else ASK


def _words(game: OwnGame, lesson: Lesson, reader: Reader) -> dict[str, str]:
    scenario = game.scenario
    other = short(scenario, lesson.other) if lesson.other else ""
    name = lesson.tables[0] if lesson.tables else ""
    issue = scenario.tables[name].issues[scenario.tables[name].by_name[lesson.matters]].title if lesson.matters else ""
    return {
        "week": when(scenario.unit, lesson.round + 1),
        "until": when(scenario.unit, lesson.until + 1),
        "unit": scenario.unit,
        "tables": " + ".join(short_title(scenario, table) for table in lesson.tables),
        "other": other,
        "whose": whose(other),
        "points": pointed(lesson.points, reader.decimals),
        "count": str(lesson.count),
        "of": str(lesson.of),
        "issue": issue,
        "change": _change(game, lesson),
        "gains": reader.gains(lesson.gains.items()),
    }


def _change(game: OwnGame, lesson: Lesson) -> str:
    """Return what is settled otherwise in the better deal: `Term: 7 years; Migration bill: Half each`."""
    return clauses(
        about(issue.title, issue.texts[option])
        for name, deal in lesson.deals.items()
        for issue, option in zip(game.scenario.tables[name].issues, deal, strict=True)
        if issue.name in lesson.changed
    )


def _quote(game: OwnGame, lesson: Lesson) -> str:
    """Return the words of the act, with who said them; those of others in private are left out."""
    party, action = game.end.events[lesson.seq].party, game.end.events[lesson.seq].action
    words = said(action)
    if not words or (isinstance(action, Say) and action.to and party != game.me):
        return ""
    who = tr("You") if party == game.me else short(game.scenario, party)
    told = (
        words
        if len(words) <= LONGEST_QUOTE
        else f"{words[:LONGEST_QUOTE].rpartition(' ')[0] or words[:LONGEST_QUOTE]} …"
    )
    return tr("{who}: “{words}”", who=who, words=told)
