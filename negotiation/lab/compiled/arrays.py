"""A case as arrays: what the compiled engine knows of tables, rules and score sheets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.preferences import Preferences
from negotiation.scenario import Scenario
from negotiation.table import Issue, Pattern, Table, tables_of

Whole: TypeAlias = npt.NDArray[np.int64]
Keys: TypeAlias = npt.NDArray[np.uint64]
Real: TypeAlias = npt.NDArray[np.float64]

MOST_PARTIES, MOST_TABLES, MOST_LINKS, MOST_SHEETS, MOST_KEYS = 12, 32, 62, 36, 62
"""What fits: parties, tables, links of a party (and constraints), score sheets, issues. Sets are the bits of a number."""


def _table(name: str) -> tuple[str, Any, tuple[int, ...]]:
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

OWN = np.dtype(
    [
        ("party", np.int64, (MOST_SHEETS,)),
        ("delay", np.float64, (MOST_SHEETS,)),
        ("links", np.int64, (MOST_SHEETS,)),
        ("points", np.float64, (MOST_SHEETS, MOST_LINKS)),
        ("names", np.int8, (MOST_SHEETS, MOST_LINKS, MOST_TABLES + 1)),
        ("naming", np.int64, (MOST_SHEETS, MOST_TABLES)),
        ("tied", np.int64, (MOST_SHEETS, MOST_TABLES)),
        ("mask_at", np.int64, (MOST_SHEETS, MOST_TABLES)),
    ],
    align=True,
)
"""What is confidential, besides what depends on the deal.

By sheet: whose it is; points lost per round; how many links, and by link what it is worth and the tables that it names
in its order (-1 behind the last); by table the links that name it, the other tables that a link or a constraint ties to
it, and where in `Sheets.masks` those of the first of these links begin.
"""


class Board(NamedTuple):
    """What all may know.

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

    rule: Any
    needs: Whole
    bars: Whole


class Sheets(NamedTuple):
    """What is confidential, one row for each type of each party.

    Attributes
    ----------
    own
        One record, see `OWN`.
    bits
        By sheet and place, the links that do not fail there.
    masks
        1.0 where a link's part at a table is met, for the links that name the table one after the other, each as long
        as the table has places.
    """

    own: Any
    bits: Whole
    masks: Real


class Prices(NamedTuple):
    """What the points of deals are made of.

    Attributes
    ----------
    weight, share, whole
        By sheet and issue (and option), see `preferences.Sheet`.
    listed
        By sheet, its issues in its own order, -1 behind the last.
    adjust
        By sheet and table, points while it is unsigned.
    options
        By number of an issue within its table, and place: the option.
    """

    weight: Real
    share: Real
    whole: Real
    listed: Whole
    adjust: Real
    options: Whole


def record(kind: np.dtype[Any]) -> Any:
    """A record of zeros: compiled code is given one address instead of many arrays."""
    return np.zeros(1, dtype=kind).view(np.recarray)[0]


def fits(scenario: Scenario, roles: Sequence[Preferences]) -> bool:
    """Whether a case is small enough, and every score sheet about its tables."""
    keys = {f"{name}.{issue.name}" for name, table in scenario.tables.items() for issue in table.issues}
    return (
        len(scenario.parties) <= MOST_PARTIES
        and len(scenario.tables) <= MOST_TABLES
        and len(scenario.constraints) <= MOST_LINKS
        and len(roles) <= MOST_SHEETS
        and len(keys) <= MOST_KEYS
        and all(len(role.links) <= MOST_LINKS and keys.issuperset(role.sheets) for role in roles)
    )


@lru_cache(maxsize=16)
def board(scenario: Scenario) -> Board:
    """The public half of a case as arrays."""
    tables, parties = list(scenario.tables.values()), list(scenario.parties)
    patterns = [constraint.pattern for constraint in scenario.constraints]
    rule = record(RULE)
    rule.parties, rule.tables = len(parties), len(tables)
    rule.start[: len(tables) + 1] = np.cumsum([0, *(table.size + 1 for table in tables)])
    rule.keys[: len(tables) + 1] = np.cumsum([0, *(len(table.issues) for table in tables)])
    for t, table in enumerate(tables):
        signers = table.signers
        rule.of[t], rule.quorum[t], rule.least[t] = _set(signers.of, parties), signers.quorum, signers.least
        rule.seats[t], rule.conditional[t] = _set(table.seats, parties), bool(signers.when)
        rule.sometimes[t] = _set([party for party, _, _ in signers.when], parties)
        rule.rivalled[t] = _rivalled(table, parties)
        rule.named[t] = _naming(table.name, patterns)
        rule.tied[t] = _set(scenario.tied(table.name), list(scenario.tables))
        for p, party in enumerate(parties):
            rule.always[p, t] = party in table.seats and table.may_sign(party).all()
    rests = [_rest(table, issue) for table in tables for issue in table.issues]
    rule.unsigned[: len(rests)] = rests
    return Board(
        rule,
        np.concatenate([_needs(table, parties) for table in tables]),
        np.concatenate([_bits(table, patterns) for table in tables]),
    )


def sheets(scenario: Scenario, roles: Sequence[Preferences]) -> Sheets:
    """These score sheets as arrays, in this order."""
    tables, parties, rule = list(scenario.tables), list(scenario.parties), board(scenario).rule
    links = [_links(scenario, role) for role in roles]
    own, at = record(OWN), 0
    own.names[:] = -1
    for s, (role, linked) in enumerate(zip(roles, links, strict=True)):
        own.party[s], own.delay[s], own.links[s] = parties.index(role.party), role.delay, len(role.links)
        for n, (link, names) in enumerate(zip(role.links, linked["names"], strict=True)):
            own.points[s, n] = link.points
            own.names[s, n, : len(names)] = names
        for t, name in enumerate(tables):
            own.naming[s, t] = linked["naming"][t]
            own.tied[s, t] = int(rule.tied[t]) | _set(role.tied(name), tables)
            own.mask_at[s, t] = at
            at += len(linked["masks"][t])
    masks = np.concatenate([masks for linked in links for masks in linked["masks"]])
    return Sheets(own, np.array([linked["bits"] for linked in links]), masks)


def prices(scenario: Scenario, roles: Sequence[Preferences]) -> Prices:
    """What the points of these score sheets are made of."""
    tables, start = list(scenario.tables.values()), board(scenario).rule.start
    keys = [f"{table.name}.{issue.name}" for table in tables for issue in table.issues]
    widest = max(len(issue.options) for table in tables for issue in table.issues)
    options = np.zeros((max(len(table.issues) for table in tables), start[len(tables)]), dtype=np.int64)
    for first, table in zip(start, tables, strict=False):
        options[: len(table.issues), first : first + table.size] = table.grid
    rows = [_priced(role, keys, widest) for role in roles]
    return Prices(
        **{name: np.array([row[name] for row in rows]) for name in ("weight", "share", "whole", "listed")},
        adjust=np.array([[role.adjust.get(name, 0.0) for name in scenario.tables] for role in roles]),
        options=options,
    )


def decay(roles: Sequence[Preferences], rounds: int) -> Real:
    """What points count for after 0 .. `rounds` rounds were paid: `discount ** time`, shape (sheets, rounds + 1)."""
    return np.array(
        [[1.0 if r.discount == 1.0 else r.discount ** (n / (rounds + 1)) for n in range(rounds + 1)] for r in roles]
    )


def _set(names: Sequence[str], among: Sequence[str]) -> int:
    bits = 0
    for name in names:
        bits |= 1 << among.index(name)
    return bits


def _rest(table: Table, issue: Issue) -> int:
    """The option in force while the table is unsigned, or -1."""
    return issue.number(table.unsigned[issue.name]) if issue.name in table.unsigned else -1


def _needs(table: Table, parties: Sequence[str]) -> Whole:
    needs = np.zeros(table.size + 1, dtype=np.int64)
    for party in table.seats:
        needs[:-1] |= table.required(party).astype(np.int64) << parties.index(party)
    return needs


def _rivalled(table: Table, parties: Sequence[str]) -> int:
    """For whom `Desk.rivalled` is true."""
    rivals = {party for party, _, _ in table.signers.when}
    return _set([party for party in table.signers.always if len(rivals - {party}) > 1], parties)


def _bits(table: Table, patterns: Sequence[Pattern]) -> Whole:
    """By deal, and last for unsigned, which patterns do not fail at this table."""
    bits = np.zeros(table.size + 1, dtype=np.int64)
    for n, pattern in enumerate(patterns):
        bits |= table.mask(pattern).astype(np.int64) << n
    return bits


def _naming(name: str, patterns: Sequence[Pattern]) -> int:
    return sum(1 << n for n, pattern in enumerate(patterns) if name in tables_of(pattern))


@lru_cache(maxsize=256)
def _linked(scenario: Scenario, patterns: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]) -> dict[str, Any]:
    """The parts of links at every table; kept, because cells of a plan mostly differ in weights only."""
    links, names = [dict(pattern) for pattern in patterns], list(scenario.tables)
    numbers = [[names.index(name) for name in tables_of(link)] for link in links]
    return {
        "bits": np.concatenate([_bits(table, links) for table in scenario.tables.values()]),
        "naming": [_naming(name, links) for name in names],
        "names": numbers,
        "masks": [
            np.concatenate([[], *(table.mask(link) for link in links if name in tables_of(link))]).astype(np.float64)
            for name, table in scenario.tables.items()
        ],
    }


def _links(scenario: Scenario, role: Preferences) -> dict[str, Any]:
    return _linked(scenario, tuple(tuple(link.pattern.items()) for link in role.links))


def _priced(role: Preferences, keys: Sequence[str], widest: int) -> dict[str, Any]:
    """Weights and shares of a score sheet, by issue of the case."""
    none = (0.0,) * widest
    rows = [role.sheets.get(key) for key in keys]
    order = [keys.index(key) for key in role.sheets]
    return {
        "weight": [row.weight if row else 0.0 for row in rows],
        "share": [(*row.shares, *none)[:widest] if row else none for row in rows],
        "whole": [row.whole if row else 1.0 for row in rows],
        "listed": order + [-1] * (len(keys) + 1 - len(order)),
    }
