"""The public half of a case as arrays: tables, who signs what, constraints."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.lab.compiled.numba_internals import Numba
from negotiation.preferences import Preferences
from negotiation.scenario import Scenario
from negotiation.table import Issue, Pattern, Table, tables_of

Whole: TypeAlias = npt.NDArray[np.int64]
Keys: TypeAlias = npt.NDArray[np.uint64]
Real: TypeAlias = npt.NDArray[np.float64]

MOST_PARTIES, MOST_TABLES, MOST_LINKS, MOST_SHEETS, MOST_KEYS = 12, 32, 62, 36, 62
"""What fits: parties, tables, links of a party (and constraints), score sheets, issues. Sets are the bits of a number."""


def _table(name: str) -> tuple[str, object, tuple[int, ...]]:
    return name, np.int64, (MOST_TABLES,)


RULE = np.dtype(
    [
        ("parties", np.int64),
        ("tables", np.int64),
        ("start", np.int64, (MOST_TABLES + 1,)),
        *map(_table, ("of", "quorum", "least", "seats", "conditional", "sometimes", "rivalled", "named", "tied")),
        ("always", np.int64, (MOST_PARTIES, MOST_TABLES)),
        ("keys", np.int64, (MOST_TABLES + 1,)),
        ("unsigned", np.int64, (MOST_KEYS,)),
    ],
    align=True,
)
"""What all may know of the tables, besides what depends on the deal.

How many parties and tables there are. By table: the place of its first deal; `of`, `quorum` and `least` (see `Signers`);
those who may have to sign; whether somebody signs only some deals, and who; those for whose signature others compete;
the constraints that name it; the other tables that a constraint ties to it; by party whether its signature counts for
every deal; the number of its first issue. By issue: the option in force while its table is unsigned, -1 if there is none.
"""


class Board(NamedTuple):
    """The public half of a case as arrays.

    The deals of all tables have one place each: `start[t]` is deal 0 of table t, and behind its last deal comes the
    place of leaving it unsigned, `start[t + 1] - 1`.

    Attributes
    ----------
    rule
        One record, see `RULE`.
    needs
        By place, the parties without whom the deal cannot bind.
    bars
        By place, the constraints that the deal does not keep clear of (met there, or the table is not named). An
        outcome breaks the constraints whose bit is set at all its places.
    """

    rule: Numba
    needs: Whole
    bars: Whole


def record(kind: np.dtype[np.void]) -> Numba:
    """Return a record of zeros: compiled code is given one address instead of many arrays."""
    return np.zeros(1, dtype=kind).view(np.recarray)[0]


def fits(scenario: Scenario, roles: Sequence[Preferences]) -> bool:
    """Return whether a case is small enough, and every score sheet about its tables, and without totals."""
    keys = {f"{name}.{issue.name}" for name, table in scenario.tables.items() for issue in table.issues}
    return (
        len(scenario.parties) <= MOST_PARTIES
        and len(scenario.tables) <= MOST_TABLES
        and len(scenario.constraints) <= MOST_LINKS
        and len(roles) <= MOST_SHEETS
        and len(keys) <= MOST_KEYS
        and all(len(role.links) <= MOST_LINKS and keys.issuperset(role.sheets) and not role.totals for role in roles)
    )


@lru_cache(maxsize=16)
def board(scenario: Scenario) -> Board:
    """Return the public half of a case as arrays."""
    tables, parties = list(scenario.tables.values()), list(scenario.parties)
    patterns = [constraint.pattern for constraint in scenario.constraints]
    rule = record(RULE)
    rule.parties, rule.tables = len(parties), len(tables)
    rule.start[: len(tables) + 1] = np.cumsum([0, *(table.size + 1 for table in tables)])
    rule.keys[: len(tables) + 1] = np.cumsum([0, *(len(table.issues) for table in tables)])
    for t, table in enumerate(tables):
        signers = table.signers
        rule.of[t], rule.quorum[t], rule.least[t] = members_of(signers.of, parties), signers.quorum, signers.least
        rule.seats[t], rule.conditional[t] = members_of(table.seats, parties), bool(signers.when)
        rule.sometimes[t] = members_of([party for party, _, _ in signers.when], parties)
        rule.rivalled[t] = _rivalled(table, parties)
        rule.named[t] = _naming(table.name, patterns)
        rule.tied[t] = members_of(scenario.tied(table.name), list(scenario.tables))
        for p, party in enumerate(parties):
            rule.always[p, t] = party in table.seats and table.may_sign(party).all()
    rests = [_rest(table, issue) for table in tables for issue in table.issues]
    rule.unsigned[: len(rests)] = rests
    return Board(
        rule,
        np.concatenate([_needs(table, parties) for table in tables]),
        np.concatenate([bits(table, patterns) for table in tables]),
    )


def members_of(names: Sequence[str], among: Sequence[str]) -> int:
    """Return some names as the bits of a number."""
    bits = 0
    for name in names:
        bits |= 1 << among.index(name)
    return bits


def _rest(table: Table, issue: Issue) -> int:
    """Return the option in force while the table is unsigned, or -1."""
    return issue.number(table.unsigned[issue.name]) if issue.name in table.unsigned else -1


def _needs(table: Table, parties: Sequence[str]) -> Whole:
    needs = np.zeros(table.size + 1, dtype=np.int64)
    for party in table.seats:
        needs[:-1] |= table.required(party).astype(np.int64) << parties.index(party)
    return needs


def _rivalled(table: Table, parties: Sequence[str]) -> int:
    """Return the parties, as a set, for which `Evaluation.rivalled` is true."""
    rivals = {party for party, _, _ in table.signers.when}
    return members_of([party for party in table.signers.always if len(rivals - {party}) > 1], parties)


def bits(table: Table, patterns: Sequence[Pattern]) -> Whole:
    """Return the patterns that do not fail at this table as bits, by deal, and last for unsigned."""
    bits = np.zeros(table.size + 1, dtype=np.int64)
    for n, pattern in enumerate(patterns):
        bits |= table.mask(pattern).astype(np.int64) << n
    return bits


def _naming(name: str, patterns: Sequence[Pattern]) -> int:
    return sum(1 << n for n, pattern in enumerate(patterns) if name in tables_of(pattern))
