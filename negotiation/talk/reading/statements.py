"""Clauses that state something: what matters more, what is better, out of the question, possible, in the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from negotiation.moves import Alternative, Concede, Move, Obstacle, Prefer, Rank, Refuse, Sketch, Term
from negotiation.talk.reading.cues import Patterns
from negotiation.talk.reading.folding import Language
from negotiation.talk.reading.gist import conditional, gist_of_statement
from negotiation.talk.reading.questions import sketched
from negotiation.talk.reading.skeleton import Skeleton
from negotiation.talk.reading.speaker import Speaker, by_issue, terms

LIST = re.compile(
    r"(?:[ ,]*(?:and|or|nor|plus|with|et|ou|ni|avec|as well as) (?:[a-z]+ )?)?O .*|[、とやも]*(?:または)?O.*|, O .*"
)
"""How a list of options goes on."""

AGAIN = re.compile(r"(?<=O ), (?=(?:we|i|nous|on|je) (?!would go|choisi|prefer|prend|opt|pencher|retien|ir))")
"""Where one says "we" a second time behind an option: "we cannot do 18, we can do 22"."""

SUBJECT = re.compile(r"\b(?:we|i|nous|on|je)\b")

Reader = Callable[[Skeleton, re.Match[str], Speaker], Sequence[Move]]


def answered(asked: Skeleton, speaker: Speaker, answer: str) -> Sequence[Move]:
    """Return what one means who asks and answers oneself: "7 years? Never."."""
    issues = terms(asked, "I")
    if answer == "easy":
        return (Concede(issues),) if len(issues) == len(asked.found) == 1 else ()
    options = terms(asked, "O")
    if (
        len(by_issue(options)) != 1
        or any(letter in asked.text for letter in "PX")
        or speaker.cues.negation.search(asked.text)
        or any(pattern.search(asked.text) for pattern in speaker.cues.refuse)
    ):
        return ()
    return [Refuse(group) if answer == "no" else Concede(group) for group in by_issue(options)]


def statements(whole: Skeleton, speaker: Speaker, language: Language) -> Sequence[Move]:
    """Return what the clauses of a sentence state."""
    if speaker.cues.want.search(whole.text) and (own := speaker.own(whole.found[0].term)):
        return (Sketch((own,)),)
    if speaker.cues.ours.search(whole.text) and (whole.found[0].lacking or whole.found[0].letter == "I"):
        return [Refuse(options)] if (options := speaker.others_than_none(whole.found[0].term)) else []
    for pattern in speaker.cues.sketch:
        if place := pattern.search(whole.text):
            left = whole.without(*place.span())
            if not speaker.turned(left) and (sketch := sketched(left, speaker, mine=True)):
                return sketch
    for pattern in speaker.cues.alternative:
        place = pattern.search(whole.text)
        if place and place.span() == (0, len(whole.text.rstrip())) and (moves := _alternative(whole, place, speaker)):
            return moves
    stated = [(clause, _stated(clause, speaker, language)) for clause in _clauses(whole, speaker)]
    if any(speaker.cues.condition.search(clause.text) for clause, moves in stated if not moves):
        return ()
    return [move for _, moves in stated for move in moves] or gist_of_statement(whole, speaker, language)


def _clauses(whole: Skeleton, speaker: Speaker) -> Iterator[Skeleton]:
    start = 0
    again = (end for end in AGAIN.finditer(whole.text) if SUBJECT.search(whole.text, 0, end.start()))
    for end in sorted([*speaker.cues.clauses.finditer(whole.text), *again], key=lambda end: end.start()):
        yield whole.cut(start, end.start())
        start = end.end()
    yield whole.cut(start, len(whole.text))


def _stated(clause: Skeleton, speaker: Speaker, language: Language) -> Sequence[Move]:
    """Return what a clause states: by the first cue beside which nothing turns its meaning."""
    cues = speaker.cues
    readers: tuple[tuple[Patterns, Reader], ...] = (
        (cues.prefer, _prefer),
        (cues.prefer_less, _prefer),
        (cues.rank, _rank),
        (cues.rank_less, _rank),
        (cues.refuse, _refuse),
        (cues.obstacle, _obstacle),
        (cues.refuse_issue, _refuse_issue),
        (cues.alternative, _alternative),
        (cues.open, _open),
        (cues.accept, _accept),
    )
    for patterns, reader in readers:
        for pattern in patterns:
            place = pattern.search(clause.text)
            if place and not speaker.turned(clause.without(*place.span())) and "P" not in clause.text:
                moves = reader(clause, place, speaker)
                if moves:
                    return moves
    return () if conditional(clause, speaker, language) else gist_of_statement(clause, speaker, language)


def _pair(clause: Skeleton, place: re.Match[str]) -> tuple[Term, Term] | None:
    """Return the two things that are compared, the greater first; None if the clause names more, or one twice."""
    named = terms(clause)
    if len(named) != 2:
        return None
    first = next(name for name in ("more", "first", "third") if place.groupdict().get(name))
    start = place.start(first)
    greater = clause.within(start, start + 1, "IO")[0].term
    return (named[0], named[1]) if greater == named[0] else (named[1], named[0])


def _prefer(clause: Skeleton, place: re.Match[str], _: Speaker) -> Sequence[Move]:
    pair = _pair(clause, place)
    return (Prefer(*pair),) if pair and len(by_issue(pair)) == 1 else ()


def _rank(clause: Skeleton, place: re.Match[str], _: Speaker) -> Sequence[Move]:
    pair = _pair(clause, place)
    return (Rank(*pair),) if pair else ()


def _obstacle(clause: Skeleton, place: re.Match[str], _: Speaker) -> Sequence[Move]:
    named = dict.fromkeys(Term(one.term.table, one.term.issue) for one in clause.found if one.letter in "IO")
    return (Obstacle(next(iter(named))),) if len(named) == 1 else ()


def _refuse(clause: Skeleton, place: re.Match[str], _: Speaker) -> Sequence[Move]:
    if _goes_on(clause, place):
        return ()
    return [Refuse(group) for group in by_issue(terms(clause, "O"))]


def _refuse_issue(clause: Skeleton, place: re.Match[str], speaker: Speaker) -> Sequence[Move]:
    issues = terms(clause)
    options = speaker.others_than_none(issues[0]) if len(issues) == 1 and not issues[0].option else ()
    return (Refuse(options),) if options else ()


def _alternative(clause: Skeleton, place: re.Match[str], speaker: Speaker) -> Sequence[Move]:
    tables = [one.term.table for one in clause.found if one.letter == "T"] or [speaker.here]
    return (Alternative(tables[0]),) if len(tables) == 1 and tables[0] and "W" not in clause.text else ()


def _open(clause: Skeleton, place: re.Match[str], _: Speaker) -> Sequence[Move]:
    """Return what is conceded; agreeing to "no engineers" is none: it may as well be a refusal."""
    if any(one.lacking for one in clause.found):
        return ()
    return [Concede(group) for group in by_issue(terms(clause))]


def _accept(clause: Skeleton, place: re.Match[str], speaker: Speaker) -> Sequence[Move]:
    """Return the options that are accepted; an issue alone cannot be."""
    all_options = all(term.option for term in terms(clause))
    return _open(clause, place, speaker) if all_options and not _goes_on(clause, place) else ()


def _goes_on(clause: Skeleton, place: re.Match[str]) -> bool:
    """Return whether a cue that holds an option is followed by another of which something else is said: "18 no, 22 yes"."""
    after = clause.cut(place.end(), len(clause.text))
    return bool(clause.within(*place.span(), "O")) and "O" in after.text and not LIST.fullmatch(after.text)
