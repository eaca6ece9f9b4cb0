"""What a sentence means by its words alone, whatever their order: where no known pattern fits and nothing else could be meant.

It names only things of one kind, nobody else, no week, and has the words of one meaning, none of another's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from negotiation.moves import Alternative, Ask, Concede, Move, Obstacle, Prefer, Rank, Refuse, Term
from negotiation.talk.reading.folding import JAPANESE, Language
from negotiation.talk.reading.gist_words import WORDS
from negotiation.talk.reading.skeleton import Skeleton
from negotiation.talk.reading.speaker import Speaker, by_issue, terms

LESSER = re.compile(r"[IO](?:の[^IO]{0,4})?(?:より|ではなく|じゃなく)")
"""Japanese: what stands before "than" is the lesser of two."""

THAN = re.compile(r"\bthan\b")
EITHER = re.compile(r"(?<=O )(?:or|ou) (?=O)")
"""What may stand between two options of which neither, or either, is meant."""


@dataclass(frozen=True, slots=True)
class Gist:
    """The words of each meaning in one language.

    Attributes
    ----------
    which
        What asks for a thing: "what", "tell us".
    you
        The one who is asked.
    alone
        What makes a question one of something else: "why", "who".
    need, trouble, other
        What matters, what stands in the way, what else there is.
    elsewhere
        Another of what an issue is about: "other vendors".
    no, yes
        That something is out of the question; that one could live with it.
    easy
        That one is flexible.
    more, less, rather
        Comparisons.
    turns
        What turns a meaning, besides what `no` and `trouble` say themselves.
    """

    which: re.Pattern[str]
    you: re.Pattern[str]
    alone: re.Pattern[str]
    need: re.Pattern[str]
    trouble: re.Pattern[str]
    other: re.Pattern[str]
    elsewhere: re.Pattern[str]
    no: re.Pattern[str]
    yes: re.Pattern[str]
    easy: re.Pattern[str]
    more: re.Pattern[str]
    less: re.Pattern[str]
    rather: re.Pattern[str]
    turns: re.Pattern[str]


GISTS: Mapping[Language, Gist] = {
    language: Gist(**{name: re.compile(pattern) for name, pattern in words.items()})
    for language, words in WORDS.items()
}


def gist_of_question(whole: Skeleton, speaker: Speaker, language: Language) -> Sequence[Move]:
    """Return what a question asks by its words alone."""
    gist, text = GISTS[language], whole.text
    named = {one.letter for one in whole.found}
    if gist.elsewhere.search(text):
        named.discard("I")
    tables = [*dict.fromkeys(one.term.table for one in whole.found if one.letter == "T")]
    table = tables[0] if tables else ""
    if named & set("XPW") or len(tables) > 1:
        return ()
    if "O" in named:
        turned = any(
            cue.search(text) for cue in (gist.alone, gist.rather, speaker.cues.negation, speaker.cues.condition)
        )
        if turned or not speaker.asks or not gist.you.search(text) or len(terms(whole)) > 1:
            return ()
        return (Ask("option", option=terms(whole, "O")[0], whom=speaker.whom),)
    if "I" in named:
        return ()
    if speaker.asks and (gist.other.search(text) or gist.elsewhere.search(text)):
        return (Ask("alternative", table, whom=speaker.whom),)
    if not gist.which.search(text):
        return ()
    if speaker.asks and gist.trouble.search(text):
        return (Ask("obstacle", table, whom=speaker.whom),)
    if gist.need.search(text) and (gist.you.search(text) or speaker.whom):
        return (Ask("priority", table, whom=speaker.whom),)
    return ()


def conditional(clause: Skeleton, speaker: Speaker, language: Language) -> bool:
    """Return whether a clause has a condition in it, besides the words that compare."""
    gist, text = GISTS[language], clause.text
    for words in (gist.more, gist.less, gist.rather):
        text = words.sub("", text)
    return speaker.cues.condition.search(THAN.sub("", text)) is not None


def gist_of_statement(clause: Skeleton, speaker: Speaker, language: Language) -> Sequence[Move]:
    """Return what a clause states by its words alone."""
    gist, text = GISTS[language], clause.text
    named = {one.letter for one in clause.found}
    if named & set("XPW"):
        return ()
    if named <= set("TI") and gist.elsewhere.search(text):
        return _elsewhere(clause, speaker, gist)
    things = [*dict.fromkeys(one.term for one in clause.found if one.letter in "IO")]
    if len(things) == 2 and ("I" not in named or "O" not in named):
        return _compared(things, clause, gist)
    if "O" in named:
        return _options(clause, gist) if len(by_issue(terms(clause))) == len(by_issue(terms(clause, "O"))) else ()
    if len(things) == 1:
        return _issue(things[0], text, gist)
    return _elsewhere(clause, speaker, gist) if not things else ()


def _compared(things: Sequence[Term], clause: Skeleton, gist: Gist) -> Sequence[Move]:
    """Return which of two things is more, or better; a pair that is not compared may be two options of a deal."""
    first, second = things
    text = clause.text
    if JAPANESE.search(text):
        place = LESSER.search(text)
        if not place:
            return _options(clause, gist) if first.option else ()
        lesser = clause.within(place.start(), place.start() + 1, "IO")[0].term
        first, second = (first, second) if lesser == second else (second, first)
    options = bool(first.option)
    if options and (first.table, first.issue) == (second.table, second.issue):
        if gist.rather.search(text) and not gist.turns.search(gist.rather.sub("", text)):
            return (Prefer(second, first) if gist.less.search(text) else Prefer(first, second),)
        return ()
    if options:
        return _options(clause, gist)
    more, less = gist.more.search(text), gist.less.search(text)
    if bool(more) == bool(less) or gist.turns.search(THAN.sub("", gist.less.sub("", gist.more.sub("", text)))):
        return ()
    return (Rank(first, second) if more else Rank(second, first),)


def _options(clause: Skeleton, gist: Gist) -> Sequence[Move]:
    no = gist.no.search(clause.text)
    left = EITHER.sub("", (gist.no if no else gist.yes).sub("", clause.text))
    yes = gist.yes.search(left if no else clause.text)
    if bool(no) == bool(yes) or gist.turns.search(left) or any(one.lacking for one in clause.found):
        return ()
    return [Refuse(group) if no else Concede(group) for group in by_issue(terms(clause, "O"))]


def _issue(issue: Term, text: str, gist: Gist) -> Sequence[Move]:
    easy = gist.easy.search(text)
    left = gist.easy.sub("", text)
    trouble = gist.trouble.search(left)
    left = gist.trouble.sub("", text) if trouble else left
    if bool(trouble) == bool(easy) or gist.turns.search(left):
        return ()
    return (Obstacle(issue),) if trouble else (Concede((issue,)),)


def _elsewhere(clause: Skeleton, speaker: Speaker, gist: Gist) -> Sequence[Move]:
    tables = [*dict.fromkeys(one.term.table for one in clause.found)] or [speaker.here]
    if (
        len(tables) != 1
        or not tables[0]
        or not (gist.other.search(clause.text) or gist.elsewhere.search(clause.text))
        or gist.turns.search(gist.other.sub("", clause.text))
    ):
        return ()
    return (Alternative(tables[0]),)
