"""Text as reading needs it: its language, its sentences, and its words without case, accents and contractions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias


def some_words(words: str) -> frozenset[str]:
    """Return words that are written with blanks between them."""
    return frozenset(words.split())


Language: TypeAlias = Literal["en", "fr", "ja"]

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9d]")
ENDS = re.compile(r"(?:(?<!\d)\.|\.(?!\d)|[!?\n\u2026。！？])+")
WORD = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+|[%?,;:$€]")
JAPANESE_WORD = re.compile(r"\d+(?:[.,/]\d+)*|[a-z]+|[^\s・「」『』。]")

FRENCH_MARKS = re.compile(r"(?i)[éèêëàâçùûîïôœ](?!re\b)|\s[?!:;]|\b(?:qu|d|l|n|j|c)['\u2019](?=\w)")

FRENCH_WORDS = some_words(
    "le la les l un une des du de d et ou nous vous on je est sont sur pas ne n que qu quoi si pour avec chez votre notre vos nos"
    " ce c ca merci bonjour quelle quel pourquoi avez sans mais tous tres plus jamais accord oui non en au aux svp vite donc cela ces mes ses leur leurs suis sommes sera serait faut peu trop bien mercis semaine desole faisons nos ans merci etes peut"
)
ENGLISH_WORDS = some_words(
    "the a an and or we you us i is are on not no do does what why how if for with at to of our your it this that thanks thank"
    " hello hi sorry but all more than would could can will they there they yes let let me my so be as by from please about any some only well just much too how when been has have had should still"
)

ARTICLES: Mapping[Language, frozenset[str]] = {
    "en": frozenset({"the", "a", "an"}),
    "fr": frozenset({"le", "la", "les", "l", "un", "une", "des", "du", "de", "d"}),
    "ja": frozenset(),
}
NUMBERS: Mapping[Language, Mapping[str, str]] = {
    "en": {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "ten": "10", "twelve": "12", "fifteen": "15"},
    "fr": {"deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "dix": "10", "douze": "12", "quinze": "15"},
    "ja": {},
}  # fmt: skip
LIKE = {"dollar": "dollars", "usd": "dollars", "bucks": "dollars", "pct": "%", "mio": "million", "licence": "license"}
LIKE |= {
    "abt": "about",
    "ur": "your",
    "wat": "what",
    "wht": "what",
    "koi": "quoi",
    "pk": "pourquoi",
    "pq": "pourquoi",
    "pkoi": "pourquoi",
    "kel": "quel",
    "u": "you",
    "pls": "please",
    "plz": "please",
    "yrs": "years",
    "yr": "years",
    "wk": "week",
    "wks": "weeks",
    "mln": "million",
    "licences": "license",
    "licenced": "licensed",
    "organisation": "organization",
    "anonymized": "anonymised",
}
"""Words that are written in several ways."""

CONTRACTIONS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\bper cent\b|\bpercent\b|\bpour cent\b", "%"),
        (r"\b(ca|wo|sha)n't\b|\b(ca|wo)nt\b|\bcannot\b", "can not"),
        (r"n't\b", " not"),
        (r"\b(do|does|did|is|are|was|would|could|should|have|has)nt\b", r"\1 not"),
        (r"'re\b", " are"),
        (r"'ll\b", " will"),
        (r"'d\b(?!\w)", " would"),
        (r"'ve\b", " have"),
        (r"\bi'm\b", "i am"),
        (
            r"\b(what|that|there|it|here|who|how|where|which|price|time|clock|deadline|data|term|everything|nothing|money)'s\b",
            r"\1 is",
        ),
        (r"\b(what|that)s\b", r"\1 is"),
        (r"\blet'?s\b", "let us"),
        (r"\bgotta\b", "have to"),
        (r"\bcoud\b", "could"),
        (r"\bwoud\b", "would"),
        (r"'s\b|s'(?=\s)", "s"),
    )
]
MONEY = re.compile(r"[$€] ?(\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence as it was typed, whether it asks, and what its speaker answers at once: "7 years? Never."."""

    text: str
    asks: bool
    answer: Literal["", "yes", "no", "easy"] = ""


def sentences(text: str) -> Iterator[Part]:
    """Yield the sentences of a text; points within figures end none."""
    start = 0
    for end in ENDS.finditer(text):
        if text[start : end.start()].strip():
            yield Part(text[start : end.end()].strip(), asks="?" in end[0] or "\uff1f" in end[0])
        start = end.end()
    if text[start:].strip():
        yield Part(text[start:].strip(), asks=False)


def language_of(text: str, otherwise: Language = "en") -> Language:
    """Return the language of a text, as far as its commonest words tell; else `otherwise`."""
    if JAPANESE.search(text):
        return "ja"
    found = WORD.findall(_plain(text))
    french, english = (sum(word in known for word in found) for known in (FRENCH_WORDS, ENGLISH_WORDS))
    french += len(FRENCH_MARKS.findall(text))
    if french == english:
        return otherwise
    return "fr" if french > english else "en"


def _plain(text: str) -> str:
    """Return a text in small letters without accents."""
    small = unicodedata.normalize("NFKD", text.replace("\u2019", "'").lower())
    return "".join(c for c in small if not unicodedata.combining(c)).replace("\u0153", "oe")


def words(text: str, language: Language) -> list[str]:
    """Return the words, figures and marks of a text: articles left out, contractions written in full."""
    if language == "ja":
        return JAPANESE_WORD.findall(unicodedata.normalize("NFKC", text).lower())
    plain = MONEY.sub(r"\1 dollars", _plain(text))
    if language == "en":
        for pattern, long in CONTRACTIONS:
            plain = pattern.sub(long, plain)
    found: list[str] = []
    for word in WORD.findall(plain.replace("pour cent", "%").replace("des que ", "sitot que ")):
        after = found[-1] if found else ""
        if word in ("m", "mn") and after[:1].isdigit():
            word = "million"
        if word == "dollars" and after == "dollars":
            continue
        if word not in ARTICLES[language]:
            word = LIKE.get(word, NUMBERS[language].get(word, word))
            found.append(word.replace(",", ".") if word[0].isdigit() else word)
    return _sums(found)


def _sums(found: list[str]) -> list[str]:
    """Return the words with sums of money one way round: "usd 18" is "18 dollars"."""
    turned = list(found)
    for n, (word, after) in enumerate(pairwise(found)):
        if word == "dollars" and after[0].isdigit() and (n == 0 or not found[n - 1][0].isdigit()):
            turned[n], turned[n + 1] = after, word
    return turned
