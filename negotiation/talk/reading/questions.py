"""Questions: for what matters, what stands in the way, what else there is, how an option is liked; and "what if"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negotiation.moves import Ask, Move, Sketch, Wish
from negotiation.talk.reading.cues import Patterns
from negotiation.talk.reading.folding import JAPANESE
from negotiation.talk.reading.skeleton import Skeleton
from negotiation.talk.reading.speaker import Speaker, by_issue, terms

WHY = re.compile(r"^(?:but |and |et |mais |alors )*(?:why|how come|pourquoi|comment se fait)\b|なぜ|どうして|なんで")
"""What asks for a reason, not whether an option would do."""

ASIDES = 3
"""Words that may stand in a question beside its cue though nobody knows them."""


def question(whole: Skeleton, speaker: Speaker) -> Sequence[Move]:
    """Return what a sentence asks; nothing where more than filler is left beside the cue."""
    cues = speaker.cues
    for pattern in cues.sketch_asked:
        if place := pattern.search(whole.text):
            return sketched(whole.without(*place.span()), speaker)
    for what, patterns in _asked(speaker) if speaker.asks or not JAPANESE.search(whole.text) else ():
        for pattern in patterns:
            place = pattern.search(whole.text)
            if place:
                left = whole.without(*place.span())
                tables = [one.term.table for one in whole.found if one.letter == "T"]
                if speaker.fills(left.text, "T", ASIDES) and len(tables) <= 1:
                    return (Ask(what, tables[0] if tables else "", whom=speaker.whom),)
    for pattern in cues.option_asked if speaker.asks and not WHY.search(whole.text) else ():
        place = pattern.search(whole.text)
        left = whole.without(*place.span()) if place else whole
        turned = cues.negation.search(whole.text) or cues.condition.search(left.text)
        if place and speaker.fills(left.text, "OTI", ASIDES) and not turned:
            options = terms(whole, "O")
            if len(by_issue(options)) == len(options) > 1:
                return (Sketch(options),)
            return tuple(Ask("option", option=term, whom=speaker.whom) for term in options)
    return ()


def _asked(speaker: Speaker) -> Sequence[tuple[Wish, Patterns]]:
    cues = speaker.cues
    return (
        ("alternative", cues.alternative_asked),
        ("obstacle", cues.obstacle_asked),
        ("priority", cues.priority),
    )


def sketched(left: Skeleton, speaker: Speaker, *, mine: bool = False) -> Sequence[Move]:
    """Return the terms that stand beside a cue as part of a deal: options only, one of an issue, nothing denied.

    Parameters
    ----------
    mine
        Whether "the lead" is the speaker's own.
    """
    options = terms(left, "O")
    if mine and options:
        options += tuple(filter(None, map(speaker.own, (one.term for one in left.found if one.letter == "I"))))
    issues = {(term.table, term.issue) for term in options}
    cues = speaker.cues
    if not options or len(issues) < len(options) or cues.negation.search(left.text) or cues.condition.search(left.text):
        return ()
    if (
        "X" in left.text
        or "P" in left.text
        or "W" in left.text
        or cues.leave.search(left.text)
        or cues.discard.search(left.text)
    ):
        return ()
    start = 0
    for end in [*(joint.span() for joint in cues.joints.finditer(left.text)), (len(left.text), 0)]:
        part = left.text[start : end[0]]
        if "O" not in part and not speaker.fills(part, "IT"):
            return ()
        start = end[1]
    return (Sketch(options),)


def bare(whole: Skeleton, speaker: Speaker) -> Sequence[Move]:
    """Return the terms of a sentence that is nothing but options: "22 dollars, 4 years?"."""
    enough = len(terms(whole, "O")) >= (1 if speaker.asks else 2)
    return sketched(whole, speaker) if enough and speaker.fills(whole.text, "OIT") else ()
