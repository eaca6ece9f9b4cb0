"""A sentence with all that belongs to the case taken out: capitals stand for it, and small letters are left for cues.

"What if you took 7 % of Ampère?" is `what if you took O of T ? `; P a party, T a table, I an issue, O an option, W a week or
round, X what could mean several things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.talk.reading.folding import Language
from negotiation.talk.reading.lexicon import Lexicon, Meaning, Mention, lexicon

LETTERS = {"party": "P", "table": "T", "issue": "I", "option": "O"}
CAPITALS = re.compile(r"[A-Z]")
OWN_ISSUE = re.compile(r"O (?:(?:of|for|in|at|de|pour|sur|comme) )?I|I (?:(?:of|at|with|a) )?O|IのO|OのI")
WHEN = re.compile(
    r"\b(?:week|round|wk|semaine|tour) (\d{1,3}) |\b(\d{1,3}) (?:st|nd|rd|th|e|eme) (?:week|round|semaine|tour) "
    r"|第?(\d{1,3})(?:週目?|ラウンド目?)|(?:ラウンド|週)(\d{1,3})"
)


PREFACE = re.compile(
    r"(?:\b(?:on|for|as to|about|regarding|concerning|at|pour|sur|quant a|quant au|quant aux|concernant) )?I (?:, |: )"
    r"|\b(?:on|for|as to|about|regarding|concerning|pour|sur|quant a|concernant) I |I(?:について(?:は)?|に関して(?:は)?|では|でしたら|なら|は|を|の)、?"
)
"""The name of an issue before, or behind, an option of it: "on the price, we can accept 18"."""

NOWHERE = Term("", "")


@dataclass(frozen=True, slots=True)
class Found:
    """What a capital stands for; `round` where it is a time."""

    letter: str
    term: Term = NOWHERE
    lacking: bool = False
    round: int = 0


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The sentence for cues, and what its capitals stand for, in order."""

    text: str
    found: tuple[Found, ...]

    def within(self, start: int, end: int, letters: str) -> list[Found]:
        """Return what is found between two places of the text, of some letters."""
        first = len(CAPITALS.findall(self.text, 0, start))
        count = len(CAPITALS.findall(self.text, start, end))
        return [one for one in self.found[first : first + count] if one.letter in letters]

    def without(self, start: int, end: int) -> Skeleton:
        """Return the sentence without a part of it."""
        first = len(CAPITALS.findall(self.text, 0, start))
        count = len(CAPITALS.findall(self.text, start, end))
        return Skeleton(self.text[:start] + self.text[end:], self.found[:first] + self.found[first + count :])

    def plain(self) -> Skeleton:
        """Return the sentence without issues that stand beside an option of theirs: "a joint team of engineers"."""
        for place in OWN_ISSUE.finditer(self.text):
            option, issue = sorted(self.within(*place.span(), "OI"), key=lambda one: one.letter == "I")
            if (option.term.table, option.term.issue) == (issue.term.table, issue.term.issue):
                start = place.start() if place[0][0] == "I" else place.start() + 1
                return self.without(start, start + len(place[0]) - 1).plain()
        settled = {(one.term.table, one.term.issue) for one in self.found if one.letter == "O"}
        for place in PREFACE.finditer(self.text):
            (issue,) = self.within(*place.span(), "I")
            if (issue.term.table, issue.term.issue) in settled:
                return self.without(*place.span()).plain()
        return self

    def cut(self, start: int, end: int) -> Skeleton:
        """Return a part of the sentence alone."""
        first = len(CAPITALS.findall(self.text, 0, start))
        count = len(CAPITALS.findall(self.text, start, end))
        return Skeleton(self.text[start:end], self.found[first : first + count])


def skeleton(
    typed: Sequence[str], scenario: Scenario, language: Language, me: str, here: str, we: str, whom: str = ""
) -> Skeleton:
    """Return a sentence, word by word, as cues are looked for in it.

    Parameters
    ----------
    me, here
        Who speaks, and the table that is spoken of if none is named: what can mean several things is what lies nearest.
    we
        What stands for the one who speaks.
    whom
        Who is spoken to, if one is: what "you" stands for.
    """
    names = lexicon(scenario, language)
    gap = "" if language == "ja" else " "
    times = _times(gap.join([*typed, ""]), gap)
    mentions = list(names.mentions([word for word, _ in times], _pronouns(scenario, names, me, whom)))
    return _joined(times, mentions, _meant(mentions, scenario, me, here), gap, (me, we, scenario.rounds))


PRONOUNS: Mapping[Language, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (("we", "our", "us", "i", "my"), ("you", "your")),
    "fr": (("nous", "on", "notre", "nos"), ("vous", "votre", "vos")),
    "ja": ((), ()),
}
"""What the one who speaks, and the one who is spoken to, are called instead of their names."""


def _pronouns(scenario: Scenario, names: Lexicon, me: str, whom: str) -> dict[str, str]:
    """Return by pronoun the name it stands for: "you" only between two, or where somebody is spoken to."""
    ours, yours = PRONOUNS[names.language]
    other = [name for name in scenario.parties if name != me and (name == whom or len(scenario.parties) == 2)]
    pairs = [(ours, me), *((yours, name) for name in other)]
    return {pronoun: names.stem(name) for pronouns, name in pairs for pronoun in pronouns}


def _times(text: str, gap: str) -> list[tuple[str, int]]:
    """Return the words with, for those that tell a time, its number."""
    parts: list[tuple[str, int]] = []
    start = 0
    for when in WHEN.finditer(text):
        parts += _split(text[start : when.start()], gap)
        parts.append(("\0", int(next(filter(None, when.groups())))))
        start = when.end()
    return parts + _split(text[start:], gap)


def _split(text: str, gap: str) -> list[tuple[str, int]]:
    found = text.split() if gap else re.findall(r"\d+(?:[.,/]\d+)*|[a-z]+|.", text, re.DOTALL)
    return [(word, 0) for word in found]


def _joined(
    times: list[tuple[str, int]],
    mentions: list[Mention],
    meant: list[Meaning | None],
    gap: str,
    speaks: tuple[str, str, int],
) -> Skeleton:
    me, we, last = speaks
    at = {
        mention.start: (mention, meaning)
        for mention, meaning in zip(mentions, meant, strict=True)
        if meaning or not mention.hint
    }
    texts: list[str] = []
    found: list[Found] = []
    n = 0
    while n < len(times):
        word, number = times[n]
        if n in at:
            mention, meaning = at[n]
            n = mention.end
            if meaning and meaning.kind == "party" and meaning.term.table == me:
                texts.append(we)
                continue
            found.append(Found(LETTERS[meaning.kind], meaning.term, meaning.lacking) if meaning else Found("X"))
            texts.append(found[-1].letter)
            continue
        if word == "\0":
            found.append(Found("W" if 1 <= number <= last else "X", round=number))
            word = found[-1].letter
        texts.append(word)
        n += 1
    return Skeleton("".join(text + gap for text in texts), tuple(found)).plain()


def _meant(mentions: list[Mention], scenario: Scenario, me: str, here: str) -> list[Meaning | None]:
    """Return what each mention means: the one thing that fits what else is named; None where several do, or none."""
    issues = {m.term for mention in mentions for m in mention.meanings if m.kind == "issue"}
    tables = {m.term.table for mention in mentions for m in mention.meanings if m.kind == "table"}
    parties = [m.term.table for mention in mentions for m in mention.meanings if m.kind == "party"]
    own = {
        (name, issue) for name, t in scenario.tables.items() for p, issue, _ in t.signers.when if p in (me, *parties)
    }
    sure = {
        next(iter(where))
        for mention in mentions
        if mention.meanings[0].kind in ("issue", "option")
        and len(where := {m.term.table for m in mention.meanings if not m.weak}) == 1
    }
    near: list[Callable[[Meaning], bool]] = [
        lambda m: Term(m.term.table, m.term.issue) in issues,
        lambda m: m.term.table in tables,
        lambda m: m.term.table == here,
        lambda m: m.term.table in sure,
        lambda m: (m.term.table, m.term.issue) in own,
        lambda m: m.term.table in scenario.at(me),
    ]
    first = [_only(mention, issues, near) for mention in mentions]
    if pair := _rivals(mentions):
        return pair
    settled = {(m.term.table, m.term.issue) for m in first if m and m.kind == "option"}
    same = [_same_issue(mention, settled) for mention in mentions]
    return [
        (other or meaning) if mention.chosen else (meaning or other)
        for mention, meaning, other in zip(mentions, first, same, strict=True)
    ]


def _rivals(mentions: list[Mention]) -> list[Meaning | None]:
    """Return the options of one issue that two parties are, where nothing else is named: "Nimbus over Google"."""
    if len(mentions) != 2:
        return []
    first, second = ([m for m in mention.meanings if m.kind == "option"] for mention in mentions)
    pairs = [(m, n) for m in first for n in second if (m.term.table, m.term.issue) == (n.term.table, n.term.issue)]
    parties = all(any(m.kind == "party" for m in mention.meanings) for mention in mentions)
    return [*pairs[0]] if parties and len(pairs) == 1 and pairs[0][0] != pairs[0][1] else []


def _only(mention: Mention, issues: set[Term], near: Sequence[Callable[[Meaning], bool]]) -> Meaning | None:
    kinds = {m.kind for m in mention.meanings}
    options = [m for m in mention.meanings if m.kind == "option"]
    named = [m for m in options if Term(m.term.table, m.term.issue) in issues or (mention.chosen and near[-2](m))]
    if "party" in kinds and mention.start and len(named) == 1:
        return named[0]
    if "party" in kinds:
        return next(m for m in mention.meanings if m.kind == "party")
    strong = [m for m in mention.meanings if not m.weak or Term(m.term.table, m.term.issue) in issues]
    for kind in ("option", "issue", "table"):
        left = [m for m in strong if m.kind == kind]
        for rule in near:
            if len(left) > 1:
                left = [m for m in left if rule(m)] or left
        if left:
            one = kind == "issue" and len({m.term.table for m in left}) == 1
            return left[0] if len(left) == 1 or one else None
    return None


def _same_issue(mention: Mention, settled: set[tuple[str, str]]) -> Meaning | None:
    """Return the option of an issue of which another option is named in the sentence, if there is one."""
    left = [m for m in mention.meanings if m.kind == "option" and (m.term.table, m.term.issue) in settled]
    return left[0] if len(left) == 1 else None
