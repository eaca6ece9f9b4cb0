"""What the cues of a language are: patterns over the skeleton of a sentence (`skeleton.py`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from negotiation.moves import Tone

Patterns = tuple[re.Pattern[str], ...]
Rewrites = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """How people of one language say each kind of move.

    Attributes
    ----------
    rewrites
        What is said in a roundabout way, and plainly: "could you tell us what" is "tell us what", "frankly," is nothing.
    hearsay
        Reported, counterfactual, ironic: nothing but courtesy is read into such a sentence.
    negation, condition
        Words that turn a meaning: where one is left over, nothing is read.
    denial
        What denies that there is a deal: each once, for two of them would be a puzzle.
    others
        Clauses about what somebody else does or thinks: no statement of one's own.
    filler
        What may stand in a question, or beside bare options, without changing it.
    clauses
        Where one statement ends and the next begins.
    discard
        Words beside options that take them away, or only talk of them: no sketch.
    joints
        What stands between the terms of a sketch: each part names one, or says nothing.
    asks
        How a question begins, for who leaves out its mark.
    we, you
        What stands for the one who speaks, where they call themselves by name, and for the one who is asked about.
    whom, subject
        Who is spoken to, group `who`: called by name, or asked about as in "would Nissan accept".
    courtesy
        By tone.
    priority, obstacle_asked, alternative_asked, option_asked
        Questions.
    sketch_asked, sketch
        Part of a deal, as a question and as a statement.
    want
        What one wants for oneself: "we want the plant".
    ours
        That there will be none of it from the speaker: "no engineers from us".
    refuse, refuse_issue
        Options that are out of the question; an issue of which one will do nothing.
    accept
        Options that one could live with.
    flat, fine, easy
        A sentence that turns down, grants, or is flexible on what the one before it asked: "Never.", "Why not."
    open, rank, rank_less, prefer, prefer_less, obstacle, alternative
        Statements. Groups `more` and `less` of the comparisons; the last two of them name the lesser first.
    trade
        Groups `get` and `give`.
    commit
        Groups `cond`, `act`, and `unless` where that word makes the condition negative.
    leave, sign, settled
        What is threatened or promised, and that there is a deal.
    """

    rewrites: Rewrites
    hearsay: re.Pattern[str]
    negation: re.Pattern[str]
    denial: re.Pattern[str]
    condition: re.Pattern[str]
    others: re.Pattern[str]
    filler: re.Pattern[str]
    clauses: re.Pattern[str]
    discard: re.Pattern[str]
    joints: re.Pattern[str]
    asks: re.Pattern[str]
    we: str
    you: str
    whom: Patterns
    subject: Patterns
    courtesy: Mapping[Tone, re.Pattern[str]]
    priority: Patterns
    obstacle_asked: Patterns
    alternative_asked: Patterns
    option_asked: Patterns
    sketch_asked: Patterns
    sketch: Patterns
    want: re.Pattern[str]
    ours: re.Pattern[str]
    refuse: Patterns
    refuse_issue: Patterns
    open: Patterns
    accept: Patterns
    flat: re.Pattern[str]
    fine: re.Pattern[str]
    easy: re.Pattern[str]
    rank: Patterns
    rank_less: Patterns
    prefer: Patterns
    prefer_less: Patterns
    obstacle: Patterns
    alternative: Patterns
    trade: Patterns
    commit: Patterns
    leave: re.Pattern[str]
    sign: re.Pattern[str]
    settled: re.Pattern[str]


def patterns(*texts: str) -> Patterns:
    """Return patterns; a blank in them is one blank."""
    return tuple(map(re.compile, texts))


def rewrites(*pairs: tuple[str, str]) -> Rewrites:
    """Return what is written instead of what; no capital may be in either but to be looked at."""
    return tuple((re.compile(pattern), plain) for pattern, plain in pairs)


def some(words: str) -> str:
    """Return a pattern for any number of these words, each with its blank; a word twice would make it slow."""
    return f"(?:(?:{'|'.join(dict.fromkeys(words.split()))}) )*"


def between(words: str, needed: str) -> str:
    """Return a pattern for something needed among any number of these words, as short as it can be."""
    least = some(words) + "?"
    return f"{least}{needed} {least}"


def one_of(texts: str) -> str:
    """Return a pattern for one of these, bars between them."""
    return f"(?:{texts})"


def word_of(words: str) -> str:
    """Return a pattern for one of these words, blanks between them."""
    return one_of("|".join(words.split()))
