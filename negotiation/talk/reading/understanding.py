"""Free text to moves, precision first: in doubt nothing is read.

A sentence is turned into its skeleton (`skeleton.py`), courtesies are taken out of it, and then it is one of: a commitment, a trade, a
question, or clauses that state something. A cue counts only if nothing that turns its meaning is left beside it: a negation, a
condition, hearsay, somebody else as the one who means it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from negotiation.moves import Courtesy, Move
from negotiation.scenario import Scenario
from negotiation.talk.reading.bargains import commitment, trade
from negotiation.talk.reading.cues import Cues
from negotiation.talk.reading.doubts import takes_back, undoubted
from negotiation.talk.reading.english import ENGLISH
from negotiation.talk.reading.folding import Language, Part, language_of, sentences, words
from negotiation.talk.reading.french import FRENCH
from negotiation.talk.reading.gist import gist_of_question
from negotiation.talk.reading.japanese import JAPANESE
from negotiation.talk.reading.questions import bare, question
from negotiation.talk.reading.skeleton import Skeleton, skeleton
from negotiation.talk.reading.speaker import Speaker
from negotiation.talk.reading.statements import answered, statements

CUES: Mapping[Language, Cues] = {"en": ENGLISH, "fr": FRENCH, "ja": JAPANESE}

LONGEST = 2_000
"""Characters of a text beyond which nothing is read."""

MOST_WORDS = 120
"""Words of a sentence beyond which nothing is read."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text means.

    Attributes
    ----------
    moves
        In the order in which they are said, each once.
    language
        Of the text.
    missed
        The sentences into which nothing could be read, as they were typed.
    """

    moves: tuple[Move, ...]
    language: Language
    missed: tuple[str, ...] = ()


def understood(text: str, scenario: Scenario, me: str, *, table: str = "", language: Language = "en") -> Understood:
    """Return what `me` means by a text.

    Parameters
    ----------
    table
        The table that is spoken of where none is named.
    language
        What is taken where the text does not tell.
    """
    if len(text) > LONGEST:
        return Understood((), language, (text,))
    spoken = language_of(text, language)
    here = table or (next(iter(scenario.tables)) if len(scenario.tables) == 1 else "")
    speaker = Speaker(scenario, me, here, CUES[spoken])
    moves: list[Move] = []
    missed: list[str] = []
    said, before = None, 0
    for part in _joined([*sentences(text)], speaker.cues, spoken):
        if said and takes_back(part.text, spoken):
            missed.append(said.text)
            moves = [move for n, move in enumerate(moves) if n < before or isinstance(move, Courtesy)]
        found, speaker = _sentence(part, speaker, spoken)
        said, before = (part if found else None), len(moves)
        moves += found
        if not found and any(c.isalnum() for c in part.text):
            missed.append(part.text)
    return Understood(tuple(dict.fromkeys(moves)), spoken, tuple(missed))


def _joined(parts: list[Part], cues: Cues, language: Language) -> Iterator[Part]:
    """Yield the sentences, a question and the "never" that follows it as one statement."""
    n = 0
    while n < len(parts):
        part, after = parts[n], parts[n + 1] if n + 1 < len(parts) else None
        answer = _answer(after, cues, language) if after and part.asks else ""
        if answer:
            yield replace(part, answer=answer)
            n += 2
        else:
            yield part
            n += 1


def _answer(said: Part, cues: Cues, language: Language) -> Literal["", "yes", "no", "easy"]:
    """Return what a sentence answers to the question before it, of the same speaker."""
    text = ("" if language == "ja" else " ").join([*words(said.text[:80], language), ""])
    if cues.flat.search(text):
        return "no"
    if cues.fine.search(text):
        return "yes"
    return "easy" if cues.easy.search(text) else ""


def _sentence(part: Part, speaker: Speaker, language: Language) -> tuple[list[Move], Speaker]:
    """Return the moves of a sentence, and the speaker, who from now on may be speaking to somebody."""
    typed = words(part.text, language)
    if len(typed) > MOST_WORDS * (3 if language == "ja" else 1):
        return [], speaker
    given = (speaker.scenario, language, speaker.me, speaker.here, speaker.cues.we)
    whole = skeleton(typed, *given)
    whom = speaker.whom or _addressed(whole, speaker)[1].whom
    if whom:
        whole = skeleton(typed, *given, whom)
    raw, whole = whole.text, _plainly(whole, speaker)
    hearsay = speaker.cues.hearsay.search(whole.text) is not None
    plain = whole
    whole, speaker = _addressed(plain, speaker)
    called = whole is not plain
    moves: list[Move] = []
    for tone, cue in speaker.cues.courtesy.items():
        if place := cue.search(whole.text):
            moves.append(Courtesy(tone))
            whole = _plainly(whole.without(*place.span()), speaker)
    if not called:
        whole, speaker = _addressed(whole, speaker)
    if part.answer:
        moves += answered(whole, speaker, part.answer)
    elif not hearsay:
        asks = part.asks or speaker.cues.asks.search(whole.text) is not None
        meant = _meant(whole, replace(speaker, asks=asks), language)
        meant = meant or (_meant(whole, speaker, language) if asks and not part.asks and language != "ja" else ())
        moves += undoubted(meant, ("" if language == "ja" else " ").join(typed), raw, language)
    return moves, speaker


def _plainly(whole: Skeleton, speaker: Speaker) -> Skeleton:
    """Return a sentence without its roundabout ways."""
    text = whole.text.lstrip(" ,:\u3001")
    for pattern, instead in speaker.cues.rewrites:
        text = pattern.sub(instead, text)
    return Skeleton(text, whole.found)


TITLE = re.compile(r"^(?:さん|様|の皆さん|の皆様|社|御中)?[ ,:\u3001]+")
"""What stands between the name of the one who is spoken to and what is said."""


def _addressed(whole: Skeleton, speaker: Speaker) -> tuple[Skeleton, Speaker]:
    """Return the sentence without the name of the one who is spoken to, and the speaker speaking to them."""
    for pattern in speaker.cues.whom:
        if place := pattern.search(whole.text):
            left = whole.without(*place.span("who"))
            return Skeleton(TITLE.sub("", left.text), left.found), speaker.to(_party(whole, place))
    for pattern in speaker.cues.subject:
        if place := pattern.search(whole.text):
            start, end = place.span("who")
            left = whole.without(start, end)
            text = f"{left.text[:start]}{speaker.cues.you}{left.text[start:]}"
            return Skeleton(text, left.found), speaker.to(_party(whole, place))
    return whole, speaker


def _party(whole: Skeleton, place: re.Match[str]) -> str:
    return whole.within(*place.span("who"), "P")[0].term.table


def _meant(whole: Skeleton, speaker: Speaker, language: Language) -> Sequence[Move]:
    """Return what a sentence without its courtesies means: the first that fits."""
    if speaker.asks:
        one = language != "ja" and whole.text.count("O") == 1
        return (
            trade(whole, speaker)
            or question(whole, speaker)
            or (gist_of_question(whole, speaker, language) if one else ())
            or bare(whole, speaker)
            or gist_of_question(whole, speaker, language)
        )
    found = commitment(whole, speaker) or trade(whole, speaker)
    if found or speaker.cues.leave.search(whole.text):
        return found
    return (
        question(whole, speaker)
        or statements(whole, speaker, language)
        or bare(whole, speaker)
        or gist_of_question(whole, speaker, language)
    )
