"""One game in play as arrays: what changes, where it is kept, and how much room that takes."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np

from negotiation.lab.compiled.arrays import MOST_LINKS, MOST_PARTIES, MOST_TABLES, Board, Real, Whole

ROUND, ROUNDS, EVENTS, OPEN, LIVE, PASSED, LAST, TURN, OFFERED, USED = range(10)
"""Places in `now`: the running round and how many there are; events so far; the set of open tables; live papers;
the set of those who have passed; who acted last (-1: the clock); decisions so far; offers made; slots in use."""

ID, AUTHOR, MADE, FIRST, DEAL, SECOND, OTHER, SIGNED, COUNT, LACKS, HANDS = range(11)
"""Columns of `papers`: the event that made it, its author and round; one or two tables (the second may be -1) and
deals; the set of signers and their number, what it lacks; from `HANDS` on the signers in the order they signed."""

KIND, BY, ONE, TWO, THREE, FOUR = range(6)
"""Columns of an act: kind, party, and the paper (its row; in the log its id), or tables and deals as in a paper."""

PASS, OFFER, ACCEPT, WITHDRAW, TICK = range(5)
"""Kinds of act."""

PLAYED, UNLAWFUL, FULL = range(3)
"""How a game ended: as it should; with an act that the rules refuse; or for want of room."""


def _by(*shape: int) -> tuple[Any, tuple[int, ...]]:
    return np.int64, shape


_PAPERS = MOST_PARTIES * MOST_TABLES + 1
_HOLD = MOST_PARTIES + 2

GAME = np.dtype(
    [
        ("now", *_by(USED + 1)),
        ("act", *_by(FOUR + 1)),
        ("papers", *_by(_PAPERS, HANDS + MOST_PARTIES)),
        ("at", *_by(MOST_TABLES)),
        ("bound_in", *_by(MOST_TABLES)),
        ("count", *_by(MOST_TABLES)),
        ("hands", *_by(MOST_TABLES, MOST_PARTIES)),
        ("acted", *_by(MOST_PARTIES)),
        ("turns", *_by(MOST_PARTIES)),
        ("before", *_by(MOST_PARTIES)),
        ("version", *_by(MOST_TABLES)),
        ("drawn", *_by(MOST_TABLES)),
        ("likely", *_by(MOST_TABLES)),
        ("lot", *_by(MOST_TABLES, _HOLD)),
        ("chance", np.float64, (MOST_TABLES, _HOLD)),
        ("parts", np.float64, (MOST_PARTIES, MOST_LINKS, MOST_TABLES)),
        ("parts_of", *_by(MOST_PARTIES, MOST_TABLES)),
        ("slot", *_by(MOST_PARTIES, MOST_TABLES)),
        ("stamp", *_by(MOST_PARTIES, MOST_TABLES)),
        ("worth", np.float64, (_PAPERS,)),
        ("worth_in", *_by(_PAPERS)),
        ("floor", np.float64, (MOST_TABLES,)),
        ("floor_in", *_by(MOST_TABLES)),
        ("least", np.float64, (MOST_TABLES,)),
        ("least_in", *_by(MOST_TABLES)),
        ("bid", *_by(MOST_TABLES)),
        ("bid_in", *_by(MOST_TABLES)),
        ("odds", np.float64, (MOST_LINKS,)),
        ("draws", np.float64, (2,)),
    ],
    align=True,
)
"""What changes in a game; sets of tables and parties are the bits of a number.

`now`: single numbers, see `ROUND` and the others. `act`: what is about to be done. `papers`: the live papers, oldest
first. By table: the place `at` which it stands, bound or unsigned; the round it was `bound_in`; the `count` of those who
signed and their `hands`, in order. By party: the tables at which it has `acted` in this round; its `turns` so far, and
`before` this round.

What has been worked out, and may hold still. By table: its `version`, raised by whatever happens there; how many things
are `likely` to hold there, their places in `lot` and their `chance` (see `outlook.lottery`), for the version `drawn`. By
party: the chances that links' `parts` at a table are met, for the version `parts_of`; the `slot` of its gains at a table,
for the versions added up in `stamp`. Of whoever decides, for the decision `..._in`: the `worth` of a paper; by table the
`floor`, the `least` gain at which a paper is signed, and the deal to `bid`; the `odds` of one table; two `draws`.
"""

Game: TypeAlias = Any
"""A record of the kind `GAME`."""

SLOT = np.dtype(
    [
        ("sheet", np.int64),
        ("table", np.int64),
        ("bars", np.int64),
        ("ranked", np.int64),
        ("looks", np.int64),
        ("best", np.float64),
        ("odds", np.float64, (MOST_LINKS,)),
    ],
    align=True,
)
"""What kept gains belong to: sheet, table, barring constraints and odds of the links. The largest gain (-1 if no deal may
be signed); how many deals may be (-1: not sorted yet); how often a deal was looked for."""


class Kept(NamedTuple):
    """Gains that have been worked out, so that the same odds are looked up and not added up again; and offers made.

    Attributes
    ----------
    heads
        By hash, the slot, or -1.
    slot
        Records, see `SLOT`.
    gains
        By slot and deal, the gain; `-NEVER` for deals that the party may not sign.
    order
        By slot, these deals ascending by gain, equal gains in deal order, once they are sorted; last, room for sorting.
    offers
        Every offer as table, party, round and deal; as far as there is room.
    """

    heads: Whole
    slot: Any
    gains: Real
    order: Whole
    offers: Whole


BYTES = 1 << 23
"""Room for kept gains: what fits a processor's cache."""

MOST_BYTES = 1 << 28
"""Room beyond which a case is too large to be kept so."""


def widest(board: Board) -> int:
    """The largest number of places that a table has."""
    return int(np.diff(board.rule.start[: board.rule.tables + 1]).max())


def slots(board: Board) -> int:
    """How many gains are kept; 0 if the case is too large: one decision may need those of every pair of tables."""
    size = 16 * widest(board) + SLOT.itemsize
    needed = 2 * int(board.rule.tables) ** 2 + 2
    return 0 if needed * size > MOST_BYTES else min(max(needed, BYTES // size), 4096)


def kept(board: Board, offers: int) -> Kept:
    """Room for gains, nothing kept yet, and for so many offers."""
    many, wide = slots(board), widest(board)
    return Kept(
        np.full(1 << (2 * many).bit_length(), -1),
        np.zeros(many, dtype=SLOT).view(np.recarray),
        np.zeros((many, wide)),
        np.zeros((many + 1, wide), dtype=np.int64),
        np.zeros((offers, 4), dtype=np.int64),
    )
