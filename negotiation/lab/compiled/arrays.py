"""A case as arrays: what the compiled engine knows of tables, rules and score sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.preferences import Preferences
from negotiation.scenario import Scenario
from negotiation.table import Pattern, Table, tables_of

Whole: TypeAlias = npt.NDArray[np.int64]
Real: TypeAlias = npt.NDArray[np.float64]

MOST_BITS = 62
"""Links of a party, constraints or parties beyond which a set of them does not fit a number."""


class Board(NamedTuple):
    """What all may know. Sets of parties, tables and constraints are the bits of a number.

    The deals of all tables have one place each: `start[t]` is deal 0 of table t, and behind its last deal comes the
    place of leaving it unsigned, `start[t + 1] - 1`.

    Attributes
    ----------
    needs
        By place, the parties without whom the deal cannot bind.
    of, quorum, least, seats
        By table, see `Signers`; `seats` are those who may have to sign.
    conditional
        By table, whether somebody signs only some deals.
    always
        By party and table, whether its signature counts for every deal.
    sometimes
        By table, the parties that sign `when` a deal names them.
    rivalled
        By table, the parties for whose signature others compete.
    bars, named
        By place, the constraints that the deal does not keep clear of (met there, or the table is not named); by
        table, the constraints that name it. An outcome breaks the constraints whose bit is set at all its places.
    tied
        By table, the others that a constraint ties to it.
    options
        By number of an issue within its table, and place: the option; shape (issues, places).
    keys
        By table, the number of its first issue among all issues; last, how many there are.
    unsigned
        By issue, the option in force while its table is unsigned; -1: none.
    """

    start: Whole
    needs: Whole
    of: Whole
    quorum: Whole
    least: Whole
    seats: Whole
    conditional: Whole
    always: Whole
    sometimes: Whole
    rivalled: Whole
    bars: Whole
    named: Whole
    tied: Whole
    options: Whole
    keys: Whole
    unsigned: Whole


class Sheets(NamedTuple):
    """What is confidential, one row for each type of each party.

    Attributes
    ----------
    party
        Whose it is.
    weight, share, whole, listed
        By issue (and option), see `Sheet`; `listed` are the issues of the sheet in its own order, -1 behind the last.
    adjust
        By table, points while it is unsigned.
    links, points
        How many links there are, and what each is worth.
    bits
        By place, the links that do not fail there.
    naming
        By table, the links that name it.
    names
        By link, the tables that it names in its order, -1 behind the last.
    tied
        By table, the others that a link or a constraint ties to it: what happens there bears on the gains here.
    masks, mask_at
        1.0 where a link's part at a table is met, for the links that name it one after the other: `mask_at[sheet, t]`
        is where the first begins, each as long as the table has places.
    delay
        Points lost per round.
    """

    party: Whole
    weight: Real
    share: Real
    whole: Real
    listed: Whole
    adjust: Real
    links: Whole
    points: Real
    bits: Whole
    naming: Whole
    names: Whole
    tied: Whole
    masks: Real
    mask_at: Whole
    delay: Real


@lru_cache(maxsize=16)
def board(scenario: Scenario) -> Board:
    """The public half of a case as arrays."""
    tables, parties = list(scenario.tables.values()), list(scenario.parties)
    start = np.cumsum([0, *(table.size + 1 for table in tables)])
    agenda = [(table, issue) for table in tables for issue in table.issues]
    options = np.zeros((max(len(table.issues) for table in tables), start[-1]), dtype=np.int64)
    for first, table in zip(start, tables, strict=False):
        options[: len(table.issues), first : first + table.size] = table.grid
    return Board(
        start=_whole(start),
        needs=_whole(np.concatenate([_needs(table, parties) for table in tables])),
        of=_whole([_set(table.signers.of, parties) for table in tables]),
        quorum=_whole([table.signers.quorum for table in tables]),
        least=_whole([table.signers.least for table in tables]),
        seats=_whole([_set(table.seats, parties) for table in tables]),
        conditional=_whole([bool(table.signers.when) for table in tables]),
        always=_whole([[p in t.seats and bool(t.may_sign(p).all()) for t in tables] for p in parties]),
        sometimes=_whole([_set([party for party, _, _ in t.signers.when], parties) for t in tables]),
        rivalled=_whole([_rivalled(table, parties) for table in tables]),
        bars=_whole(np.concatenate([_bits(table, [c.pattern for c in scenario.constraints]) for table in tables])),
        named=_whole([_naming(name, [c.pattern for c in scenario.constraints]) for name in scenario.tables]),
        tied=_whole([_set(scenario.tied(name), list(scenario.tables)) for name in scenario.tables]),
        options=options,
        keys=_whole(np.cumsum([0, *(len(table.issues) for table in tables)])),
        unsigned=_whole(
            [issue.number(table.unsigned[issue.name]) if issue.name in table.unsigned else -1 for table, issue in agenda]
        ),
    )


def sheets(scenario: Scenario, roles: Sequence[Preferences]) -> Sheets:
    """These score sheets as arrays, in this order."""
    tables, ours = list(scenario.tables), board(scenario)
    most = max(1, *(len(role.links) for role in roles))
    links = [_links(scenario, role) for role in roles]
    starts = np.cumsum([0, *(len(masks) for one in links for masks in one["masks"])])
    keys = [f"{name}.{issue.name}" for name, table in scenario.tables.items() for issue in table.issues]
    widest = max(len(issue.options) for table in scenario.tables.values() for issue in table.issues)
    priced = [_priced(role, keys, widest) for role in roles]
    return Sheets(
        party=_whole([list(scenario.parties).index(role.party) for role in roles]),
        **{name: np.array([one[name] for one in priced]) for name in ("weight", "share", "whole", "listed")},
        adjust=np.array([[role.adjust.get(name, 0.0) for name in tables] for role in roles], dtype=np.float64),
        links=_whole([len(role.links) for role in roles]),
        points=np.array([[x.points for x in r.links] + [0.0] * (most - len(r.links)) for r in roles], dtype=np.float64),
        bits=_whole([one["bits"] for one in links]),
        naming=_whole([one["naming"] for one in links]),
        names=_whole([one["names"] + [[-1] * (len(tables) + 1)] * (most - len(one["names"])) for one in links]),
        tied=_whole([[ours.tied[t] | _set(role.tied(n), tables) for t, n in enumerate(tables)] for role in roles]),
        masks=np.concatenate([masks for one in links for masks in one["masks"]]),
        mask_at=_whole(starts[:-1].reshape(len(roles), len(tables))),
        delay=np.array([role.delay for role in roles], dtype=np.float64),
    )


def decay(roles: Sequence[Preferences], rounds: int) -> Real:
    """What points count for after 0 .. `rounds` rounds were paid: `discount ** time`, shape (sheets, rounds + 1)."""
    return np.array(
        [[1.0 if r.discount == 1.0 else r.discount ** (n / (rounds + 1)) for n in range(rounds + 1)] for r in roles]
    )


def _whole(values: Any) -> Whole:
    return np.ascontiguousarray(values, dtype=np.int64)


def _set(names: Sequence[str], among: Sequence[str]) -> int:
    bits = 0
    for name in names:
        bits |= 1 << among.index(name)
    return bits


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
        "names": [row + [-1] * (len(names) + 1 - len(row)) for row in numbers],
        "masks": [
            np.concatenate([[], *(table.mask(link) for link in links if name in tables_of(link))]).astype(np.float64)
            for name, table in scenario.tables.items()
        ],
    }


def _links(scenario: Scenario, role: Preferences) -> dict[str, Any]:
    return _linked(scenario, tuple(tuple(link.pattern.items()) for link in role.links))


def _priced(role: Preferences, keys: Sequence[str], widest: int) -> Mapping[str, Any]:
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


