"""The subject, tables and parties of a negotiation: the public half of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.language import Phrase, phrase, tr
from negotiation.table import UNSIGNED, Constraint, Deal, Pattern, Table, tables_of, tied
from negotiation.translations import Translated, Translations, Words, told

Outcome: TypeAlias = Mapping[str, Deal | None]
"""One deal per table; None (or no entry) where nothing is signed."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody speaks: its manner, and sentences with which it likes to open and to close."""

    manner: Literal["formal", "blunt", "warm"]
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A party, as all others may know it.

    Attributes
    ----------
    voice
        How it speaks, by language.
    reasons
        By language, what it says in public for an option (`table.issue=option`) or against it (`table.issue!=option`).
    """

    name: str
    title: str
    brief: str = ""
    optional: bool = False
    voice: Mapping[str, Voice] = field(default_factory=dict)
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def told(self, words: Words) -> Party:
        """Return this party with its texts as `words` tells them."""
        at = f"parties.{self.name}"
        return replace(self, title=words(f"{at}.name", self.title), brief=words(f"{at}.public_brief", self.brief))


@dataclass(frozen=True, slots=True)
class Sketch:
    """The public guess of an issue's worth to one type of a party: rough, and maybe wrong.

    `weight` compares issues with each other; `shares` (0 .. 100) compares the options, in their order.
    """

    weight: float
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Announcement:
    """Public news at the start of a round (1 = the first).

    Attributes
    ----------
    about
        The tables that it concerns.
    texts
        By language, the text in others than English.
    kind
        What it is to people: a rumour and fiction are invented for the game, and told so.
    when
        By table, how it must stand at the start of the round for the news to come.
    """

    round: int
    name: str
    text: str
    about: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["fact", "rumour", "fiction"] = "fact"
    when: Mapping[str, Literal["open", "signed", "abandoned"]] = field(default_factory=dict)

    def told(self, language: str = "en") -> str:
        """Return the text in a language, if there is one, else in English."""
        return self.texts.get(language, self.text)


@dataclass(frozen=True, eq=False)
class Scenario(Translated):
    """Everything about a case that all parties may know.

    Attributes
    ----------
    odds
        By party of which there are several types, by type: its probability.
    sketches
        By party, by type, by `table.issue`: what everybody would guess of that type.
    announcements, news
        Dates that all know in advance; news that come unannounced, some only as the tables stand then (`headlines`).
    decimals
        How many decimals of a score are worth showing.
    aliases
        By language, by party, table, `table.issue` or `table.issue=option`: what people call it besides its title.
    translations
        By language, by address: the texts in others than that of the case.
    told_from
        What this is told from, if it is told in another language.
    """

    name: str
    title: str
    parties: Mapping[str, Party]
    tables: Mapping[str, Table]
    rounds: int
    unit: str = "round"
    brief: str = ""
    synopsis: str = ""
    disclaimer: str = ""
    constraints: tuple[Constraint, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    news: tuple[Announcement, ...] = ()
    odds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    sketches: Mapping[str, Mapping[str, Mapping[str, Sketch]]] = field(default_factory=dict)
    decimals: int = 1
    aliases: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    translations: Translations = field(default_factory=dict, repr=False)
    told_from: Scenario | None = field(default=None, repr=False)

    @property
    def plain(self) -> Scenario:
        """Return this scenario in the language of the case: that in which logs, agents and readers of talk know it."""
        return self.told_from or self

    def told(self, language: str) -> Scenario:
        """Return this scenario with its texts in a language, the same object each time; names, order and numbers stay."""

        def news(kind: str, items: tuple[Announcement, ...], words: Words) -> tuple[Announcement, ...]:
            return tuple(replace(one, text=words(f"clock.{kind}.{one.name}", one.told(language))) for one in items)

        def made(plain: Scenario, words: Words) -> Scenario:
            return replace(
                plain,
                title=words("title", plain.title),
                unit=words("clock.unit", plain.unit),
                brief=words("public_brief", plain.brief),
                synopsis=words("synopsis", plain.synopsis),
                disclaimer=words("disclaimer", plain.disclaimer),
                parties={name: party.told(words) for name, party in plain.parties.items()},
                tables={name: table.told(words) for name, table in plain.tables.items()},
                announcements=news("events", plain.announcements, words),
                news=news("news", plain.news, words),
                told_from=plain,
            )

        return told(self, language, made)

    def at(self, party: str) -> tuple[str, ...]:
        """Return the tables where `party` has a seat."""
        return self._at.get(party, ())

    @cached_property
    def _at(self) -> Mapping[str, tuple[str, ...]]:
        return {p: tuple(name for name, t in self.tables.items() if p in t.seats) for p in self.parties}

    @cached_property
    def _clashes(self) -> tuple[tuple[Constraint, tuple[tuple[str, memoryview], ...]], ...]:
        """Per cross-table constraint, per table it names, which deals (last: unsigned) meet its part."""
        return tuple(
            (c, tuple((name, self.tables[name].mask(c.pattern).data) for name in tables_of(c.pattern)))
            for c in self.constraints
        )

    def breaks(self, outcome: Outcome) -> Constraint | None:
        """Return the first cross-table constraint that an outcome of legal deals breaks, or None."""
        for constraint, parts in self._clashes:
            for name, mask in parts:
                deal = outcome.get(name)
                if not mask[-1 if deal is None else self.tables[name].index(deal)]:
                    break
            else:
                return constraint
        return None

    @cached_property
    def _bars(self) -> Mapping[str, list[tuple[npt.NDArray[np.bool_], list[tuple[str, memoryview]]]]]:
        """By table: for each constraint on it, the deals that keep clear of it, and its parts elsewhere."""
        bars: dict[str, list[tuple[npt.NDArray[np.bool_], list[tuple[str, memoryview]]]]] = {}
        for _, parts in self._clashes:
            for name, mask in parts:
                clear = ~np.asarray(mask)[:-1]
                bars.setdefault(name, []).append((clear, [part for part in parts if part[0] != name]))
        return bars

    def free(self, table: str, outcome: Outcome) -> npt.NDArray[np.bool_] | None:
        """Return which deals of a table break no constraint with the rest of an outcome, shape (deals,); None: all."""
        free: npt.NDArray[np.bool_] | None = None
        for here, others in self._bars.get(table, ()):
            for name, mask in others:
                deal = outcome.get(name)
                if not mask[-1 if deal is None else self.tables[name].index(deal)]:
                    break
            else:
                free = here if free is None else free & here
        return free

    def tied(self, table: str) -> tuple[str, ...]:
        """Return the other tables that a constraint ties to this one."""
        return self._tied[table]

    @cached_property
    def _tied(self) -> Mapping[str, tuple[str, ...]]:
        return {name: tied(name, (c.pattern for c in self.constraints)) for name in self.tables}

    def text(self, pattern: Pattern) -> str:
        """Return a pattern in the names of the case: `alliance.stakes 0/0 or 15/43 with ...`."""
        return " with ".join(f"{key} {' or '.join(options)}" for key, options in pattern.items())

    def words(self, pattern: Pattern) -> str:
        """Return a pattern in the words of the case, for who reads it: `Stakes: 15/43 or 0/0 + Platforms: common`."""
        return " + ".join(
            tr("{issue}: {option}", issue=title, option=reduce(_either, map(_option, texts)))
            for title, texts in self.stated(pattern)
        )

    def stated(self, pattern: Pattern, quoted: str = "{}") -> Iterator[tuple[str, list[str]]]:
        """Yield each issue of a pattern by title, with the texts of its options, `quoted` unless that is unsigned."""
        for key, options in pattern.items():
            table, _, issue = key.partition(".")
            place = self.tables[table].issues[self.tables[table].by_name[issue]]
            yield place.title, [o if o == UNSIGNED else quoted.format(place.texts[place.number(o)]) for o in options]

    def titled(self, text: str) -> str:
        """Return a text of the rules with parties, tables and issues by their titles instead of their names."""
        if not isinstance(text, Phrase):
            return self._named.sub(lambda found: self._titles[found[0]], text)
        parts = {name: self.titled(part) if isinstance(part, str) else part for name, part in text.parts.items()}
        return phrase(text.template, **parts)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        tables = self.tables.items()
        return {
            **{f"{name}.{issue.name}": issue.title for name, table in tables for issue in table.issues},
            **{name: table.title for name, table in tables},
            **{name: party.title.partition(" (")[0] for name, party in self.parties.items()},
        }

    @cached_property
    def _named(self) -> re.Pattern[str]:
        longest = sorted(self._titles, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def _option(text: str) -> str:
    return tr("unsigned") if text == UNSIGNED else text


def _either(first: str, second: str) -> str:
    return tr("{first} or {second}", first=first, second=second)
