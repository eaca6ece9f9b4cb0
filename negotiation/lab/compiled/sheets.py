"""The confidential half of a case as arrays: what every score sheet says of deals and links."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from negotiation.lab.compiled.arrays import (
    MOST_LINKS,
    MOST_SHEETS,
    MOST_TABLES,
    Real,
    Whole,
    bits,
    board,
    members_of,
    record,
)
from negotiation.lab.compiled.numba_internals import Numba
from negotiation.preferences import Preferences
from negotiation.scenario import Scenario
from negotiation.table import Table, tables_of

OWN = np.dtype(
    [
        ("party", np.int64, (MOST_SHEETS,)),
        ("delay", np.float64, (MOST_SHEETS,)),
        ("links", np.int64, (MOST_SHEETS,)),
        ("points", np.float64, (MOST_SHEETS, MOST_LINKS)),
        ("named", np.int64, (MOST_SHEETS, MOST_LINKS)),
        ("names", np.int8, (MOST_SHEETS, MOST_LINKS, MOST_TABLES + 1)),
        ("naming", np.int8, (MOST_SHEETS, MOST_TABLES, MOST_LINKS + 1)),
        ("tied", np.int64, (MOST_SHEETS, MOST_TABLES)),
        ("mask_at", np.int64, (MOST_SHEETS, MOST_TABLES)),
    ],
    align=True,
)
"""What is confidential, besides what depends on the deal.

By sheet: whose it is; points lost per round; how many links, and by link what it is worth and the tables that it names
as a set, and in its order (-1 behind the last); by table the links that name it (likewise), the other tables that a link or a
constraint ties to it, and where in `Sheets.masks` those of the first of these links begin.
"""


class Sheets(NamedTuple):
    """The confidential half of a case, one row for each type of each party.

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

    own: Numba
    bits: Whole
    masks: Real


class Prices(NamedTuple):
    """The components of the points of deals.

    Attributes
    ----------
    weight, share, whole
        By sheet and issue (and option), see `preferences.Sheet`.
    listed
        By sheet, its issues in its own order, -1 behind the last.
    adjust
        By sheet and table, points while it is unsigned.
    valued
        By sheet and table, whether a deal may have any points (links left out): where not, none is ever written.
    options
        By issue, how many options it has.
    full, legal
        By table, whether all combinations of options are legal deals; by place, the number of the deal among all
        combinations, the last issue fastest.
    noisy, terms, room
        Room for weights by issue, for points by option, and for a number for every combination of options.
    """

    weight: Real
    share: Real
    whole: Real
    listed: Whole
    adjust: Real
    valued: Whole
    options: Whole
    full: Whole
    legal: Whole
    noisy: Real
    terms: Real
    room: Real


class Linked(NamedTuple):
    """The parts of a score sheet's links.

    Attributes
    ----------
    bits
        By place, the links that do not fail there.
    naming
        By table, the links that name it.
    names
        By link, the tables that it names.
    masks
        By table, the deals that meet each link that names it, one link after the other.
    """

    bits: Whole
    naming: list[list[int]]
    names: list[list[int]]
    masks: list[Real]


def sheets(scenario: Scenario, roles: Sequence[Preferences]) -> Sheets:
    """Return these score sheets as arrays, in this order."""
    tables, parties, rule = list(scenario.tables), list(scenario.parties), board(scenario).rule
    links = [_links(scenario, role) for role in roles]
    own, at = record(OWN), 0
    own.names[:] = own.naming[:] = -1
    for s, (role, linked) in enumerate(zip(roles, links, strict=True)):
        own.party[s], own.delay[s], own.links[s] = parties.index(role.party), role.delay, len(role.links)
        for n, (link, names) in enumerate(zip(role.links, linked.names, strict=True)):
            own.points[s, n] = link.points
            own.names[s, n, : len(names)], own.named[s, n] = names, sum(1 << name for name in set(names))
        for t, name in enumerate(tables):
            here = linked.naming[t]
            own.naming[s, t, : len(here)] = here
            own.tied[s, t] = int(rule.tied[t]) | members_of(role.tied(name), tables)
            own.mask_at[s, t] = at
            at += len(linked.masks[t])
    masks = np.concatenate([masks for linked in links for masks in linked.masks])
    return Sheets(own, np.array([linked.bits for linked in links]), masks)


class Grid(NamedTuple):
    """The components of deals.

    Attributes
    ----------
    taken
        By number of an issue within its table, and place: the option.
    sizes
        By issue, how many options it has.
    """

    taken: Whole
    sizes: Whole


def grid(scenario: Scenario) -> Grid:
    """Return the options of every deal."""
    tables, start = list(scenario.tables.values()), board(scenario).rule.start
    taken = np.zeros((max(len(table.issues) for table in tables), start[len(tables)]), dtype=np.int64)
    for first, table in zip(start, tables, strict=False):
        taken[: len(table.issues), first : first + table.size] = table.grid
    return Grid(taken, np.array([len(issue.options) for table in tables for issue in table.issues]))


def prices(scenario: Scenario, roles: Sequence[Preferences]) -> Prices:
    """Return the components of the points of these score sheets."""
    options, full, legal, most = _combinations(scenario)
    rows = zip(*(_priced(scenario, role) for role in roles), strict=True)
    weight, share, whole, listed, adjust, valued = map(np.array, rows)
    return Prices(
        weight,
        share,
        whole,
        listed,
        adjust,
        valued,
        options,
        full,
        legal,
        noisy=np.zeros(len(options)),
        terms=np.zeros(options.max()),
        room=np.zeros(most + 1),
    )


@lru_cache(maxsize=16)
def _combinations(scenario: Scenario) -> tuple[Whole, Whole, Whole, int]:
    """Return `Prices.options`, `full` and `legal`, and the most combinations of options that a table has."""
    tables = list(scenario.tables.values())
    options = [[len(issue.options) for issue in table.issues] for table in tables]
    full = [table.size == math.prod(sizes) for table, sizes in zip(tables, options, strict=True)]
    legal = np.concatenate([_legal(table) for table in tables])
    return np.concatenate(options), np.array(full, dtype=np.int64), legal, max(map(math.prod, options))


def _legal(table: Table) -> Whole:
    """Return the numbers of the legal deals among all combinations of options, and a 0 for unsigned."""
    return np.append(np.ravel_multi_index(tuple(table.grid), [len(issue.options) for issue in table.issues]), 0)


def decay(roles: Sequence[Preferences], rounds: int) -> Real:
    """Return the factor on points after 0 .. `rounds` rounds paid: `discount ** time`, shape (sheets, rounds + 1)."""
    return np.array(
        [[1.0 if r.discount == 1.0 else r.discount ** (n / (rounds + 1)) for n in range(rounds + 1)] for r in roles]
    )


@lru_cache(maxsize=256)
def _linked(scenario: Scenario, patterns: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]) -> Linked:
    """Return the parts of links at every table; kept, because cells of a plan mostly differ in weights only."""
    links, names = [dict(pattern) for pattern in patterns], list(scenario.tables)
    numbers = [[names.index(name) for name in tables_of(link)] for link in links]
    return Linked(
        bits=np.concatenate([bits(table, links) for table in scenario.tables.values()]),
        naming=[[n for n, named in enumerate(numbers) if t in named] for t in range(len(names))],
        names=numbers,
        masks=[
            np.concatenate([[], *(table.mask(link) for link in links if name in tables_of(link))]).astype(np.float64)
            for name, table in scenario.tables.items()
        ],
    )


def _links(scenario: Scenario, role: Preferences) -> Linked:
    return _linked(scenario, tuple(tuple(link.pattern.items()) for link in role.links))


@lru_cache(maxsize=256)
def _priced(scenario: Scenario, role: Preferences) -> tuple[Real, Real, Real, Whole, Real, Whole]:
    """Return the row of a score sheet in the first arrays of `Prices`; cached, as few change from cell to cell."""
    tables = scenario.tables.values()
    keys = [f"{table.name}.{issue.name}" for table in tables for issue in table.issues]
    none = (0.0,) * int(_combinations(scenario)[0].max())
    rows = [role.sheets.get(key) for key in keys]
    order = [keys.index(key) for key in role.sheets]
    adjust = [role.adjust.get(name, 0.0) for name in scenario.tables]
    weighed = [any(f"{table.name}.{issue.name}" in role.sheets for issue in table.issues) for table in tables]
    return (
        np.array([row.weight if row else 0.0 for row in rows]),
        np.array([(*row.shares, *none)[: len(none)] if row else none for row in rows]),
        np.array([row.whole if row else 1.0 for row in rows]),
        np.array(order + [-1] * (len(keys) + 1 - len(order))),
        np.array(adjust),
        np.array([has or points != 0 for has, points in zip(weighed, adjust, strict=True)], dtype=np.int64),
    )
