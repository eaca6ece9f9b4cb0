"""Tables: issues settled together by one contract, their legal deals, and who must sign."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.errors import ScenarioError, unknown
from negotiation.translations import Words

Deal: TypeAlias = tuple[int, ...]
"""One option number per issue of one table, in issue order."""

Pattern: TypeAlias = Mapping[str, tuple[str, ...]]
"""Options by `table.issue`, `unsigned` included; met when every issue named takes one of its options."""

UNSIGNED = "unsigned"
"""The option that every issue of an unsigned table takes, unless the table says what then holds."""

LARGEST_TABLE = 2_000_000
"""Deals at one table beyond which nothing may enumerate them."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One question on a table's agenda and the options that settle it."""

    name: str
    title: str
    options: tuple[str, ...]
    texts: tuple[str, ...]

    def told(self, words: Words, table: str) -> Issue:
        """Return this issue of a table with its texts as `words` tells them."""
        key, texts = f"{table}.{self.name}", zip(self.options, self.texts, strict=True)
        told = tuple(words(f"{key}={option}", text) for option, text in texts)
        return replace(self, title=words(key, self.title), texts=told)

    def number(self, option: str) -> int:
        """Return the place of `option` among the options."""
        try:
            return self.options.index(option)
        except ValueError:
            raise ScenarioError(unknown(f"option of {self.name}", option, self.options)) from None


@dataclass(frozen=True, slots=True)
class Constraint:
    """A forbidden combination of options, at one table or across several."""

    name: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Signers:
    """The rule for who must sign a deal of a table.

    Attributes
    ----------
    always
        Parties without whom nothing binds.
    when
        (party, issue, options): the party must sign if the deal takes one of the options.
    of, quorum
        Besides, at least `quorum` of the parties `of` must sign.
    least
        The fewest signatures a deal needs; a deal that fewer parties may sign is not legal.
    """

    always: tuple[str, ...]
    when: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    of: tuple[str, ...] = ()
    quorum: int = 0
    least: int = 0


@dataclass(frozen=True, eq=False)
class Table:
    """Issues that are settled together by one contract, and who must sign it.

    Legal deals are numbered 0 .. `size` - 1 in row-major order (first issue slowest), forbidden deals left out.
    `unsigned` says which options count as in force while nothing is signed here.
    """

    name: str
    title: str
    issues: tuple[Issue, ...]
    signers: Signers
    about: str = ""
    affected: tuple[str, ...] = ()
    unsigned: Mapping[str, str] = field(default_factory=dict)
    unsigned_means: str = ""
    forbidden: tuple[Constraint, ...] = ()
    short: str = ""

    def told(self, words: Words) -> Table:
        """Return this table with its texts as `words` tells them; what is worked out about its deals is taken along."""
        at = f"tables.{self.name}"
        made = replace(
            self,
            title=words(f"{at}.title", self.title),
            about=words(f"{at}.about", self.about),
            short=words(f"{at}.short", self.short),
            unsigned_means=words(f"{at}.if_unsigned.means", self.unsigned_means),
            issues=tuple(issue.told(words, self.name) for issue in self.issues),
        )
        own = {one.name for one in fields(self)}
        vars(made).update({name: known for name, known in vars(self).items() if name not in own})
        return made

    @property
    def label(self) -> str:
        """Return the title as short as the case says it, for a map or a phone."""
        return self.short or self.title.partition(" (")[0]

    @cached_property
    def by_name(self) -> Mapping[str, int]:
        """Place of each issue on the agenda."""
        return {issue.name: k for k, issue in enumerate(self.issues)}

    @cached_property
    def seats(self) -> tuple[str, ...]:
        """Everyone who may have to sign here, in the order of the file, once each."""
        named = (*self.signers.always, *(party for party, _, _ in self.signers.when), *self.signers.of)
        return tuple(dict.fromkeys(named))

    @cached_property
    def raw(self) -> int:
        """Return how many deals there are before constraints."""
        count = 1
        for issue in self.issues:
            count *= len(issue.options)
        return count

    @cached_property
    def _legal(self) -> npt.NDArray[np.bool_]:
        if self.raw > LARGEST_TABLE:
            raise ScenarioError(f"{self.name}: {self.raw:,} deals, more than the {LARGEST_TABLE:,} that can be listed")
        legal = self._hands(self._all) >= self.signers.least
        for constraint in self.forbidden:
            legal &= ~self._meets(self._all, constraint.pattern)
        return legal

    @property
    def _all(self) -> npt.NDArray[np.signedinteger]:
        shape = [len(issue.options) for issue in self.issues]
        return np.indices(shape, dtype=np.int16).reshape(len(self.issues), -1)

    @cached_property
    def grid(self) -> npt.NDArray[np.int16]:
        """Return the legal deals: option numbers, shape (issues, deals), each row contiguous."""
        return np.ascontiguousarray(self._all[:, self._legal], dtype=np.int16)

    @cached_property
    def size(self) -> int:
        """Return how many legal deals there are."""
        return int(self.grid.shape[1])

    @cached_property
    def _numbers(self) -> Mapping[Deal, int]:
        return {deal: number for number, deal in enumerate(self.deals)}

    def index(self, deal: Deal) -> int:
        """Return the number of a deal, or -1 if it is not a legal deal of this table."""
        return self._numbers.get(deal, -1)

    def deal(self, number: int) -> Deal:
        """Return the deal with this number."""
        return tuple(self.grid[:, number].tolist())

    @property
    def deals(self) -> Iterator[Deal]:
        """Return all legal deals, in order."""
        return map(tuple, self.grid.T.tolist())

    def _meets(self, options: npt.NDArray[np.signedinteger], pattern: Pattern) -> npt.NDArray[np.bool_]:
        """Return which columns of `options` (issues, n) meet this table's part of the pattern."""
        met = np.ones(options.shape[1], dtype=np.bool_)
        for k, issue in enumerate(self.issues):
            wanted = pattern.get(f"{self.name}.{issue.name}")
            if wanted is not None:
                met &= np.isin(options[k], [n for n, option in enumerate(issue.options) if option in wanted])
        return met

    def mask(self, pattern: Pattern) -> npt.NDArray[np.bool_]:
        """Return which deals, and last being unsigned, meet this table's part of the pattern; shape (deals + 1,)."""
        keys = {f"{self.name}.{issue.name}": self.unsigned.get(issue.name, UNSIGNED) for issue in self.issues}
        rests = all(option in pattern[key] for key, option in keys.items() if key in pattern)
        return np.append(self._meets(self.grid, pattern), rests)

    def clashes(self, constraint: Constraint, deal: Deal) -> bool:
        """Return whether a deal, legal or not, meets this table's part of a constraint."""
        return bool(self._meets(np.array(deal, dtype=np.int16)[:, None], constraint.pattern)[0])

    def _when(self, options: npt.NDArray[np.signedinteger], party: str) -> npt.NDArray[np.bool_]:
        bound = np.full(options.shape[1], party in self.signers.always, dtype=np.bool_)
        for who, issue, wanted in self.signers.when:
            if who == party:
                bound |= self._meets(options, {f"{self.name}.{issue}": wanted})
        return bound

    def _hands(self, options: npt.NDArray[np.signedinteger]) -> npt.NDArray[np.int64]:
        """Return how many parties could sign each column."""
        hands = np.zeros(options.shape[1], dtype=np.int64)
        for party in self.seats:
            hands += self._when(options, party) | (party in self.signers.of)
        return hands

    @cached_property
    def _required(self) -> Mapping[str, npt.NDArray[np.bool_]]:
        return {party: self._when(self.grid, party) for party in self.seats}

    @cached_property
    def _needs(self) -> dict[Deal, tuple[str, ...]]:
        return {}

    def needs(self, deal: Deal) -> tuple[str, ...]:
        """Return the parties without whom this legal deal cannot bind (quorums apart)."""
        needs = self._needs.get(deal)
        if needs is None:
            number = self.index(deal)
            needs = self._needs[deal] = tuple(p for p in self.seats if self._required[p][number])
        return needs

    def required(self, party: str) -> npt.NDArray[np.bool_]:
        """Return for which deals `party` must sign (quorums apart), shape (deals,)."""
        return self._required[party]

    def may_sign(self, party: str) -> npt.NDArray[np.bool_]:
        """Return for which deals the signature of `party` counts, shape (deals,)."""
        return np.ones(self.size, dtype=np.bool_) if party in self.signers.of else self._required[party]

    def signs(self, party: str, deal: Deal) -> bool:
        """Return whether the signature of `party` counts for this legal deal."""
        return party in self.signers.of or party in self.needs(deal)

    def courted(self, party: str) -> bool:
        """Return whether others compete for the signature of `party`: deals need it, and one of several others besides."""
        return party in self.signers.always and len({who for who, _, _ in self.signers.when} - {party}) > 1

    def missing(self, deal: Deal, signed: Collection[str]) -> tuple[tuple[str, ...], int]:
        """Return who must still sign a legal deal, and how many more signatures the quorum or the minimum asks for."""
        needs, signers = self.needs(deal), self.signers
        must = tuple(party for party in needs if party not in signed)
        votes = signers.quorum - sum(party in signed for party in signers.of) if signers.quorum else 0
        short = signers.least - len(must) - sum(self.signs(party, deal) for party in signed) if signers.least else 0
        return must, max(votes, short, 0)

    def binds(self, deal: Deal, signed: Collection[str]) -> bool:
        """Return whether these signatures make this legal deal binding."""
        return self.missing(deal, signed) == ((), 0)

    def signable(self, left: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Return which deals can still bind although the parties in `left` are gone, shape (deals,)."""
        gone = tuple(left)
        possible = np.full(self.size, sum(p not in gone for p in self.signers.of) >= self.signers.quorum)
        hands = np.zeros(self.size, dtype=np.int64)
        for party in self.seats:
            if party in gone:
                possible &= ~self._required[party]
            else:
                hands += self.may_sign(party)
        return possible & (hands >= self.signers.least)

    def name_of(self, deal: Deal) -> dict[str, str]:
        """Return the options of a deal by issue name."""
        return {issue.name: issue.options[o] for issue, o in zip(self.issues, deal, strict=True)}

    def parse(self, options: Mapping[str, object]) -> Deal:
        """Return the deal that takes these options.

        Raises
        ------
        ScenarioError
            When an issue is missing or unknown, or an option does not exist. Whether the deal is legal is
            `index`'s to say.
        """
        for issue in options:
            if issue not in self.by_name:
                raise ScenarioError(f"{self.name}: {unknown('issue', issue, self.by_name)}")
        for issue in self.by_name:
            if issue not in options:
                raise ScenarioError(
                    f"{self.name}: issue {issue!r} is missing; a deal settles {', '.join(self.by_name)}"
                )
        return tuple(_at(self.name, issue, str(options[issue.name])) for issue in self.issues)


def _at(table: str, issue: Issue, option: str) -> int:
    try:
        return issue.number(option)
    except ScenarioError as problem:
        raise ScenarioError(f"{table}: {problem}") from None


def tables_of(pattern: Pattern) -> tuple[str, ...]:
    """Return the tables a pattern names, once each, in its order."""
    return tuple(dict.fromkeys(key.partition(".")[0] for key in pattern))


def tied(table: str, patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """Return the tables, other than `table` itself, named by a pattern that names it, once each."""
    named = (names for pattern in patterns if table in (names := tables_of(pattern)))
    return tuple(dict.fromkeys(name for names in named for name in names if name != table))
