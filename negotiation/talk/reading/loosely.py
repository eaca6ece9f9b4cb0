"""Names said in other words of the same kind: "pooling our data" for "pooled data", "the votes are capped" for "capped votes"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

from negotiation.talk.reading.folding import Language, some_words, words

if TYPE_CHECKING:
    from negotiation.talk.reading.lexicon import Meaning

SMALL: Mapping[Language, frozenset[str]] = {
    "en": some_words(
        "of to for with in at on by our your my their its is are be being been will would should could can get gets stay stays remain remains"
        " this that into from all some any were was go goes us you we come comes gone put"
    ),
    "fr": some_words(
        "a au aux en sur pour avec par nos vos notre votre mes ses leur son sa est sont etre soit soient serait seraient etaient reste restent nous vous on se"
        " tout tous toute toutes ce cette ces chez sera seront va y peut peuvent pourrait doit devrait aille aller vient vienne revient revienne reste prend prenne soit"
    ),
    "ja": frozenset(),
}
"""Words that may stand between those of a name."""

QUALITIES: Mapping[Language, frozenset[str]] = {
    "en": some_words(
        "share license exclusive pool anonymised narrow full fully deep low middle mid medium high capped uncapped free freely separate separately common"
        " joint firm adopt infotainment connected indexed minimum fixed train split equally volume royalty royalties preferential merge liaison"
    ),
    "fr": some_words(
        "partage licence exclusive exclusivite mutualise anonymise etroit complet profond bas moyen eleve haut plafonne plafonner libre separe commun ferme adopter"
        " infodivertissement connecte indexe minimum minimale fixe entrainer egale moitie volume redevance preferentielle mixte liaison"
    ),
    "ja": some_words("共有 独占 専用 ライセンス 折半 匿名化 個別 共同 自由 無条件 全面 低 安 高 狭"),
}
"""Words that may tell an option beside the name of its issue: "the tariff stays low"."""

DEGREES = some_words("too more less so very as trop plus moins si tres aussi")
"""Words after which a quality tells no option: "the tariff is too high"."""

ENGLISH_ENDINGS = re.compile(r"(?<=[a-z]{3})(?:ings?|ed|es|s|e)$")
FRENCH_ENDINGS = re.compile(
    r"(?<=[a-z]{4})(?:ions|iez|aient|ait|erons|erez|eront|era|erait|ons|ez|er|ent|ant|ees|ee|es|e|s)$"
)
IRREGULAR = {
    "paid": "pay",
    "sent": "send",
    "took": "take",
    "gave": "give",
    "kept": "keep",
    "led": "lead",
    "bought": "buy",
    "built": "build",
    "owned": "own",
}
WHOLE = frozenset({"preferred"})
"""English words that mean something else without their ending: "we prefer" is no preferred licence."""

PAYING = some_words("paie paies paient paye payes payez payons payiez payions payer payee paiera paierez paierons")
"""French forms of "to pay" that have no root in common."""

DOUBLED = re.compile(r"([bdgmnprt])\1$")
CHUNK = re.compile(r"[\u3400-\u9fff\u3005]+|[\u30a1-\u30fa\u30fc]+|\d+(?:[./]\d+)*%?|[a-z]+")
KANJI = re.compile(r"[\u3400-\u9fff]{4}")
POINTING = re.compile("そちら|こちら|うち|なし|ごと|以外|のみ|除く")
GAP = "(?:(?!\u3088\u308a|\u306a\u3044|\u306a\u3057)[\u3041-\u3096]){0,4}"
"""Japanese: what may stand between the parts of a name; neither "than" nor "not"."""

MOST_CHUNKS, MOST_WORDS = 3, 8


def root(word: str, language: Language) -> str:
    """Return what is left of a word without the endings of verbs and plurals."""
    if language == "ja" or not word.isalpha():
        return word
    if language == "fr":
        if word in PAYING:
            return "pay"
        return FRENCH_ENDINGS.sub("", word)
    if word in WHOLE:
        return word
    word = IRREGULAR.get(word, word)
    return DOUBLED.sub(r"\1", ENGLISH_ENDINGS.sub("", word))


@dataclass(frozen=True)
class Loosely:
    """The names of a case, of several words each, whatever their order, their endings and the small words between them.

    Attributes
    ----------
    sets, known
        What the roots of a name mean, and all such roots.
    forms
        Japanese: the patterns of names by the sign with which they begin.
    hints
        What a single word means where its issue is named.
    """

    language: Language
    sets: dict[frozenset[str], list[Meaning]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    forms: dict[str, list[tuple[re.Pattern[str], Meaning]]] = field(default_factory=dict)
    hints: dict[str, list[Meaning]] = field(default_factory=dict)

    def add(self, text: str, meaning: Meaning) -> None:
        """Let a name of several words mean something in whatever order they come."""
        if self.language == "ja":
            self._add_form(text, meaning)
            return
        roots = self.roots(text)
        if len(roots) > 1 and len(roots) == len([*self._content(text)]) and "it" not in text.split():
            meanings = self.sets.setdefault(frozenset(roots), [])
            if meaning not in meanings:
                meanings.append(meaning)
            self.known.update(roots)

    def _content(self, text: str) -> Iterable[str]:
        return (word for word in words(text, self.language) if word not in SMALL[self.language])

    def roots(self, text: str) -> dict[str, None]:
        """Return the roots of the words of a name that count."""
        return dict.fromkeys(root(word, self.language) for word in self._content(text))

    def _add_form(self, text: str, meaning: Meaning) -> None:
        chunks = [
            part
            for chunk in CHUNK.findall("".join(words(text, "ja")))
            for part in ((chunk[:2], chunk[2:]) if KANJI.fullmatch(chunk) else (chunk,))
        ]
        if 1 < len(chunks) <= MOST_CHUNKS and not POINTING.search(text):
            for order in permutations(chunks):
                form = re.compile(GAP.join(map(re.escape, order)))
                self.forms.setdefault(order[0][0], []).append((form, meaning))

    def hint(self, options: Mapping[Meaning, Iterable[str]], issue: Iterable[str]) -> None:
        """Let a word that only one option of an issue has mean that option where the issue is named.

        Parameters
        ----------
        options
            The names of each option.
        issue
            The names of the issue.
        """
        if self.language == "ja":
            issues = [*issue]
            for one in sorted(QUALITIES["ja"]):
                of_it = [meaning for meaning, texts in options.items() if any(one in text for text in texts)]
                if len(of_it) == 1 and not any(one in text for text in issues):
                    self.hints.setdefault(one, []).append(of_it[0])
            return
        told = {root(word, self.language) for word in QUALITIES[self.language]} - {
            one for text in issue for one in self.roots(text)
        }
        of = {meaning: {one for text in texts for one in self.roots(text)} & told for meaning, texts in options.items()}
        for meaning, roots in of.items():
            for one in sorted(roots):
                if sum(one in others for others in of.values()) == 1:
                    self.hints.setdefault(one, []).append(meaning)

    def hinted(self, text: Sequence[str], place: int) -> tuple[int, tuple[Meaning, ...]]:
        """Return how many words from a place on can mean an option beside its issue, and which."""
        if self.language == "ja":
            ahead = "".join(text[place : place + 5])
            told = (one for one in self.hints if ahead.startswith(one) and not ahead.startswith("すぎ", len(one)))
            one = max(told, key=len, default="")
            return len(one), tuple(self.hints.get(one, ()))
        if not self.hints or (place and text[place - 1] in DEGREES):
            return 0, ()
        return 1, tuple(self.hints.get(root(text[place], self.language), ()))

    def longest(self, text: Sequence[str], start: int, least: int = 2) -> tuple[int, tuple[Meaning, ...]]:
        """Return how many words from a place on are a name of `least` words or more in some order, and what it can mean."""
        if self.language == "ja":
            return self._form(text, start)
        found: tuple[int, tuple[Meaning, ...]] = (0, ())
        roots: list[str] = []
        for n in range(start, min(len(text), start + MOST_WORDS)):
            if roots and text[n] in SMALL[self.language]:
                continue
            one = root(text[n], self.language)
            if one not in self.known or one in roots:
                break
            roots.append(one)
            meanings = self.sets.get(frozenset(roots)) if len(roots) >= least else None
            if meanings:
                found = n + 1 - start, tuple(meanings)
        return found

    def _form(self, text: Sequence[str], start: int) -> tuple[int, tuple[Meaning, ...]]:
        forms = self.forms.get(text[start][0], ())
        if not forms:
            return 0, ()
        ahead = "".join(text[start : start + 30])
        fits = [
            (place.end(), meaning)
            for form, meaning in forms
            if (place := form.match(ahead)) and not ahead.startswith("すぎ", place.end())
        ]
        end = max((end for end, _ in fits), default=0)
        length, count = 0, 0
        while length < end:
            length += len(text[start + count])
            count += 1
        return count, tuple(dict.fromkeys(meaning for found, meaning in fits if found == end))
