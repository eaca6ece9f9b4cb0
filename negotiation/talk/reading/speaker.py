"""Who speaks, to whom and where, and what may stand beside a cue without turning its meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.talk.reading.cues import Cues
from negotiation.talk.reading.folding import JAPANESE
from negotiation.talk.reading.lexicon import none_of
from negotiation.talk.reading.skeleton import CAPITALS, Skeleton

SIGNS_OF_A_WORD = 3


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, at which table if none is named, in which language, to whom, and whether the sentence asks."""

    scenario: Scenario
    me: str
    here: str
    cues: Cues
    whom: str = ""
    asks: bool = False

    def to(self, whom: str) -> Speaker:
        """Return the speaker speaking to somebody."""
        return replace(self, whom=whom)

    def turned(self, left: Skeleton) -> bool:
        """Return whether what is left beside a cue turns its meaning, or may."""
        cues, text = self.cues, left.text
        turns = cues.negation.search(text) or cues.condition.search(text) or cues.others.search(text)
        return bool(turns) or "X" in text or "P" in text

    def fills(self, text: str, besides: str, more: int = 0) -> bool:
        """Return whether a text is nothing but filler, capitals of some letters, and a few words more (signs, in Japanese)."""
        left = self.cues.filler.sub("", text)
        rest = CAPITALS.sub("", left).strip()
        unknown = -(-len(rest) // SIGNS_OF_A_WORD) if JAPANESE.search(rest) else len(rest.split())
        return all(c in besides for c in CAPITALS.findall(left)) and unknown <= more

    def none(self, issue: Term) -> str:
        """Return the option that means nothing of an issue, or no name."""
        table = self.scenario.tables[issue.table]
        return none_of(table.issues[table.by_name[issue.issue]])

    def own(self, issue: Term) -> Term | None:
        """Return the option of an issue that is named like the speaker: "the plant" for oneself."""
        table = self.scenario.tables[issue.table]
        options = table.issues[table.by_name[issue.issue]].options
        return Term(issue.table, issue.issue, self.me) if self.me in options else None

    def others_than_none(self, issue: Term) -> tuple[Term, ...]:
        """Return all options of an issue but the one that means nothing of it; none where there is no such option."""
        table, none = self.scenario.tables[issue.table], self.none(issue)
        options = table.issues[table.by_name[issue.issue]].options if none else ()
        return tuple(Term(issue.table, issue.issue, option) for option in options if option != none)


def terms(part: Skeleton, letters: str = "OI") -> tuple[Term, ...]:
    """Return the terms that are named, once each: an issue only where no option of it is."""
    found = dict.fromkeys(one.term for one in part.found if one.letter in letters)
    settled = {(term.table, term.issue) for term in found if term.option}
    return tuple(term for term in found if term.option or (term.table, term.issue) not in settled)


def by_issue(options: Iterable[Term]) -> list[tuple[Term, ...]]:
    """Return terms issue by issue."""
    issues: dict[tuple[str, str], list[Term]] = {}
    for term in options:
        issues.setdefault((term.table, term.issue), []).append(term)
    return [tuple(group) for group in issues.values()]
