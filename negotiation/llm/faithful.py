"""Whether words of a model say what they should and nothing else: no other name, number, promise or secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from negotiation.actions import LONGEST_TEXT
from negotiation.moves import Ask, Courtesy, Move, Sketch, tables_of
from negotiation.scenario import Scenario
from negotiation.talk.reading.accuracy import unordered
from negotiation.talk.reading.folding import Language, language_of, words
from negotiation.talk.reading.lexicon import Meaning, lexicon
from negotiation.talk.reading.understanding import understood

LONGER, SHORT = 2, 200
"""How many times longer than the sentence of ours a text may be; up to `SHORT` characters it may be in any case."""

QUOTED = 7
"""Words in a row of a confidential text that nobody says by accident."""


def tidy(text: object) -> str:
    """Return a text on one line, if it is one that can be shown and said; else nothing."""
    line = " ".join(text.split()) if isinstance(text, str) else ""
    return line if line.isprintable() and len(line) <= LONGEST_TEXT else ""


def faithful(
    text: str,
    template: str,
    moves: Sequence[Move],
    scenario: Scenario,
    people: Sequence[str],
    language: Language,
    *,
    whole: bool = True,
) -> bool:
    """Return whether a text says what `moves` mean, which the template says too, and names nothing else.

    It must be in the language, not much longer than the template, with no other number and no other name of the case, and
    the grammar must read these very moves in it. In doubt it does not.

    Parameters
    ----------
    people
        Parties that may be named: who speaks, then who hears it.
    whole
        Whether it must say all of it; else it may leave something out.
    """
    if not text or len(text) > max(SHORT, LONGER * len(template)) or language_of(text, language) != language:
        return False
    if not set(numbers(text, language)) <= set(numbers(template, language)):
        return False
    if not _named(text, scenario, language) <= _named(template, scenario, language) | _meant(moves, people):
        return False
    read = _read(text, scenario, people[0], language)
    meant = {_plain(move) for move in moves if not isinstance(move, Courtesy)}
    return read == meant if whole else all(one in meant or _part(one, meant) for one in read)


def numbers(text: str, language: Language) -> Iterator[str]:
    """Yield the numbers in a text, those in words included."""
    return (word for word in words(text, language) if word[0].isdigit())


def public_numbers(scenario: Scenario, language: Language) -> set[str]:
    """Return the numbers that everybody may say: those in the names of the case, and those of its rounds."""
    titles = [title for party in scenario.parties.values() for title in (party.title, party.name)]
    for table in scenario.tables.values():
        titles.append(table.title)
        titles += [text for issue in table.issues for text in (issue.title, *issue.texts)]
    titles += [name for aliases in scenario.aliases.values() for names in aliases.values() for name in names]
    found = (number for title in titles for number in numbers(title, language))
    return {*found, *(str(n) for n in range(1, scenario.rounds + 1))}


def quotes(text: str, secret: str) -> bool:
    """Return whether a text repeats several words in a row of a confidential one."""
    said, kept = (words(one, "en") for one in (text, secret))
    runs = {tuple(kept[n : n + QUOTED]) for n in range(len(kept) - QUOTED + 1)}
    return any(tuple(said[n : n + QUOTED]) in runs for n in range(len(said) - QUOTED + 1))


def _named(text: str, scenario: Scenario, language: Language) -> set[tuple[str, str, str, str]]:
    """Return what of the case a text names; words that may mean nothing count where their issue is named too."""
    mentions = [mention.meanings for mention in lexicon(scenario, language).mentions(words(text, language), {})]
    issues = {(m.term.table, m.term.issue) for meanings in mentions for m in meanings if m.kind == "issue"}

    def counts(one: Meaning) -> bool:
        return not one.weak or (one.term.table, one.term.issue) in issues

    return {
        _key(one.kind, one.term.table, one.term.issue, one.term.option) for ms in mentions for one in filter(counts, ms)
    }


def _key(kind: str, table: str = "", issue: str = "", option: str = "") -> tuple[str, str, str, str]:
    return kind, table, issue, option


def _meant(moves: Iterable[Move], people: Iterable[str]) -> set[tuple[str, str, str, str]]:
    """Return what of the case may be named when moves are said."""
    found = {_key("party", party) for party in people}
    for move in moves:
        found |= {_key("party", p) for p in (getattr(move, "whom", ""), getattr(move, "partner", "")) if p}
        found |= {_key("table", table) for table in tables_of(move)}
        for term in move.terms():
            found |= {_key("issue", term.table, term.issue), _key("option", term.table, term.issue, term.option)}
    return found


def _read(text: str, scenario: Scenario, me: str, language: Language) -> set[Move]:
    found = understood(text, scenario, me, language=language).moves
    return {_plain(move) for move in found if not isinstance(move, Courtesy)}


def _plain(move: Move) -> Move:
    """Return a move without what can be said in another order, or is told by whom one speaks to."""
    return replace(move, whom="") if isinstance(move, Ask) else unordered(move)


def _part(one: Move, meant: Iterable[Move]) -> bool:
    """Return whether a move says a part of a deal that is meant."""
    terms = {term for move in meant if isinstance(move, Sketch) for term in move.options}
    return isinstance(one, Sketch) and terms.issuperset(one.options)
