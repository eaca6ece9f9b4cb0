"""What people call the parties, tables, issues and options of a case, and where they do so in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Literal, TypeAlias

from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.table import Issue
from negotiation.talk.reading.folding import Language, some_words, words
from negotiation.talk.reading.loosely import DEGREES, Loosely
from negotiation.talk.wording.titles import known_as

Kind: TypeAlias = Literal["party", "table", "issue", "option"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that some words can mean.

    Attributes
    ----------
    term
        The issue or option; for a party or a table, `table` is its name.
    weak
        Whether the words mean it only where its issue is named too: "none", "shared".
    lacking
        Whether the words say that there is to be none of it: "no engineers".
    """

    kind: Kind
    term: Term
    weak: bool = False
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Some words of a sentence that can mean something; a hint is a word that does so only beside its issue.

    One is chosen that stands behind "we would like".
    """

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    hint: bool = False
    chosen: bool = False


NOTHING = frozenset({"none", "0", "nothing", "no", "zero"})
LACKING: Mapping[Language, tuple[str, ...]] = {
    "en": ("no", "without", "zero", "0"),
    "fr": ("sans", "aucun", "aucune", "zero"),
    "ja": (),
}
LACKING_AFTER = ("なし", "ゼロ")
PLAIN: Mapping[Language, tuple[str, ...]] = {
    "en": ("in terms of", "on condition", "under condition", "in no condition", "without condition", "terms", "long term", "short term", "in the long term", "on the table", "off the table", "at the table", "a lot of data",
           "have room", "horses", "clouds", "site visit", "job interview", "lead time", "good price", "bill gates"),
    "fr": ("en region", "a condition", "condition que", "sous condition", "prix nobel", "conditions meteo", "en direction de"),
    "ja": ("技術的", "期間中", "市場調査"),
}  # fmt: skip
"""Words that look like some of a case and are not."""

AFTER_FIGURES = some_words(
    "and or for is was would with per if then et ou pour sur est on avec , ; : ? dollars to than but we c ca ok vous no si s a mais chez dans plus so at as too because car par per each total dans or max tops doable possible feasible acceptable fine enough not never works work would could can will may must does seems sounds looks it this at in on by until from non oui serait convient faisable suffit marche va est aussi seulement non"
)
POSSESSIVE = some_words("our your my notre nos votre vos")
TOWARDS = some_words("to at with for from in chez a pour")
"""Before what a pronoun tells whose something is: "our plant", "the plant at ours", "the plant comes to us"."""

CHOOSING = some_words(
    "prefer about like want choose propose pick suggest favour favor voudrions voulons choisissons proposons prenons veut aimerions choisir preferons souhaitons"
)
"""Words behind which a party is what one chooses: "we would like Nimbus, 5 years"."""

SHORTEST_TYPO, SURE_TYPO, LONGEST_TYPO = 6, 8, 24
"""Letters of a word that may be mistyped; shorter ones than `SURE_TYPO` in no letter that stands for another."""

LONGEST_ALIAS = 14


@dataclass(frozen=True)
class Lexicon:
    """The names of a case in one language."""

    language: Language
    names: dict[tuple[str, ...], list[Meaning]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    loosely: Loosely = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no names in other words."""
        object.__setattr__(self, "loosely", Loosely(self.language))

    def add(self, text: str, meaning: Meaning | None) -> None:
        """Let a text mean something; None: nothing, whatever its words mean alone."""
        key = tuple(map(self.stem, words(text, self.language)))
        if key and len(key) <= LONGEST_ALIAS * (2 if self.language == "ja" else 1):
            meanings = self.names.setdefault(key, [])
            if meaning and not any((m.kind, m.term) == (meaning.kind, meaning.term) for m in meanings):
                meanings.append(meaning)
            if meaning and meaning.kind in ("issue", "option"):
                self.loosely.add(text, meaning)
            self.longest[key[0]] = max(len(key), self.longest.get(key[0], 0))

    def stem(self, word: str) -> str:
        """Return a word without the s of its plural."""
        plural = self.language != "ja" and len(word) > 3 and word[-1] == "s" and word[-2] != "s"
        return word[:-1] if plural else word

    def learn(self) -> None:
        """Note, for each long word of a name, what it becomes by leaving out a letter: what a typo comes down to."""
        for word in sorted(
            {word for key in self.names for word in key if len(word) >= SHORTEST_TYPO and word.isalpha()}
        ):
            for less in _without_one(word):
                self.known.setdefault(less, word)
        for word in {word for key in self.names for word in key}:
            self.known[word] = word

    def mended(self, word: str) -> str:
        """Return the word of a name that was likely meant: one letter too many, too few, wrong, or two exchanged."""
        stem = self.stem(word)
        if self.language == "ja" or not SHORTEST_TYPO <= len(stem) <= LONGEST_TYPO or self.known.get(stem) == stem:
            return stem
        for less in (stem, *_without_one(stem)):
            found = self.known.get(less)
            if found and found[0] == stem[0] and self._near(found, stem):
                return found
        return stem

    def _near(self, word: str, typed: str) -> bool:
        """Whether a typo is likely: a letter too many or too few, or in a long word another one."""
        apart = abs(len(word) - len(typed))
        return apart == 1 or (apart == 0 and len(word) >= SURE_TYPO)

    def mentions(self, text: Sequence[str], names: Mapping[str, str]) -> Iterator[Mention]:
        """Yield what is mentioned, from left to right, the longest name first.

        Where "we lead" is nothing, it is looked up with a name instead: `names` has those of whom pronouns stand for.
        """
        stems, n = [self.mended(word) for word in text], 0
        named = [names.get(word, stem) for word, stem in zip(text, stems, strict=True)]
        owned = [
            name if word in POSSESSIVE or before in TOWARDS else stem
            for word, before, name, stem in zip(text, ["", *text], named, stems, strict=False)
        ]
        while n < len(stems):
            length = self._longest(stems, n)
            if not length and named[n] != stems[n]:
                length = self._longest(named, n)
                length = length if length > 1 else 0
                stems[n : n + length] = named[n : n + length]
            meanings = tuple(self.names[tuple(stems[n : n + length])]) if length else ()
            looser, others = self.loosely.longest(stems, n)
            if looser <= length < 2 and owned[n:] != stems[n:]:
                looser, others = self.loosely.longest(owned, n)
            if not looser and named[n] != stems[n]:
                looser, others = self.loosely.longest(named, n, least=3)
            if looser > length:
                length, meanings = looser, others
            measured = n > 0 and text[n - 1] in DEGREES and all(m.weak for m in meanings)
            if meanings and not measured and not self._counts_something(text, n, length):
                yield Mention(n, n + length, meanings, chosen=n > 0 and text[n - 1] in CHOOSING)
            elif not length:
                length, hints = self.loosely.hinted(stems, n)
                if hints:
                    yield Mention(n, n + length, hints, hint=True)
            n += max(length, 1)

    def _longest(self, stems: Sequence[str], n: int) -> int:
        """Return how many words from a place on are a name."""
        length = min(self.longest.get(stems[n], 0), len(stems) - n)
        while length and tuple(stems[n : n + length]) not in self.names:
            length -= 1
        return length

    def _counts_something(self, text: Sequence[str], start: int, length: int) -> bool:
        """Whether a bare figure is a number of something else: "18 cars"."""
        if length > 1 or not text[start].isdigit():
            return False
        after = text[start + 1] if start + 1 < len(text) else "?"
        if self.language == "ja":
            return after not in "でなはをにが?、。にもと"
        return after not in AFTER_FIGURES


def _without_one(word: str) -> Iterator[str]:
    for kept in combinations(range(len(word)), len(word) - 1):
        yield "".join(word[n] for n in kept)


def lexicon(scenario: Scenario, language: Language) -> Lexicon:
    """Return the names of a case in a language: its aliases there, its titles and texts in any, however it is told."""
    return _lexicon(scenario.plain, language)


@lru_cache(maxsize=64)
def _lexicon(scenario: Scenario, language: Language) -> Lexicon:
    made = Lexicon(language)
    for text in PLAIN[language]:
        made.add(text, None)
    aliases = known_as(scenario, language)
    for name, party in scenario.parties.items():
        for text in (party.title.partition(" (")[0], name, *aliases.get(name, ())):
            made.add(text, Meaning("party", Term(name, "")))
    for name, table in scenario.tables.items():
        for text in (table.title.partition(" (")[0], table.label, name, *aliases.get(name, ())):
            made.add(text, Meaning("table", Term(name, "")))
        for issue in table.issues:
            _add_issue(made, name, issue, aliases)
    made.learn()
    return made


def _add_issue(made: Lexicon, table: str, issue: Issue, aliases: Mapping[str, Sequence[str]]) -> None:
    key = f"{table}.{issue.name}"
    named = (issue.title.partition(" (")[0], *aliases.get(key, ()))
    for text in named:
        made.add(text, Meaning("issue", Term(table, issue.name)))
    hints: dict[Meaning, tuple[str, ...]] = {}
    for option, text in zip(issue.options, issue.texts, strict=True):
        term = Term(table, issue.name, option)
        hints[Meaning("option", term, weak=True)] = (text, *aliases.get(f"{key}={option}", ()))
        for alias in aliases.get(f"{key}={option}", ()):
            made.add(alias, Meaning("option", term))
        made.add(text, Meaning("option", term, weak=len(words(text, made.language)) == 1))
        if none_of(issue) == option:
            for name in named:
                for word in LACKING[made.language]:
                    made.add(f"{word} {name}", Meaning("option", term, lacking=True))
                for word in LACKING_AFTER if made.language == "ja" else ():
                    made.add(f"{name}{word}", Meaning("option", term, lacking=True))
    made.loosely.hint(hints, named)


def none_of(issue: Issue) -> str:
    """Return the option of an issue that means nothing of it, or no name."""
    return next((o for o, text in zip(issue.options, issue.texts, strict=True) if text.lower() in NOTHING), "")
