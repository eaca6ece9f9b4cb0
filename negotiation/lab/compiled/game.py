"""One game in play as one record: what is known, what changes, and where the arrays are that depend on the case."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any, TypeAlias

import numba
import numpy as np

from negotiation.lab.compiled.addresses import make_compiled
from negotiation.lab.compiled.arrays import MOST_LINKS, MOST_PARTIES, MOST_SHEETS, MOST_TABLES, RULE
from negotiation.lab.compiled.numba_internals import Numba
from negotiation.lab.compiled.sheets import OWN
from negotiation.lab.compiled.strategy_codes import WHO

ID, AUTHOR, MADE, FIRST, DEAL, SECOND, OTHER, SIGNED, COUNT, LACKS, HANDS = range(11)
"""Columns of `papers`: the event that made it, its author and round; one or two tables (the second may be -1) and
deals; the set of signers and their number, what it lacks; from `HANDS` on the signers in the order they signed."""

KIND, BY, ONE, TWO, THREE, FOUR = range(6)
"""Columns of an act: kind, party, and the paper (its row; in the log its id), or tables and deals as in a paper."""

PASS, OFFER, ACCEPT, WITHDRAW, TICK = range(5)
"""Kinds of act."""

PLAYED, UNLAWFUL, FULL = range(3)
"""How a game ended: as it should; with an act that the rules refuse; or for want of room."""

_PAPERS = MOST_PARTIES * MOST_TABLES + 1
_HOLD = MOST_PARTIES + 2

Fields: TypeAlias = list[Any]


def _whole(shape: tuple[int, ...], *names: str) -> Fields:
    return [(name, np.int64, shape) for name in names]


def _real(shape: tuple[int, ...], *names: str) -> Fields:
    return [(name, np.float64, shape) for name in names]


_SITUATION = [
    *_whole((), "now", "rounds", "events", "open", "live", "passed", "last", "offered", "one_paper", "single"),
    *_whole((FOUR + 1,), "act"),
    *_whole((_PAPERS, HANDS + MOST_PARTIES), "papers"),
    *_whole((MOST_TABLES,), "at", "bound_in", "count"),
    *_whole((MOST_TABLES, MOST_PARTIES), "hands"),
    *_whole((MOST_PARTIES,), "cast", "acted", "turns", "before", "early"),
    *_whole((MOST_TABLES,), "talked"),
]
"""What changes in a game; sets of tables and parties are the bits of a number.

The round that is `now`, and how many there are; events so far; the set of tables that are `open`; how many papers are
live; the set of those who have passed; who acted last (-1: the clock); offers so far; whether an offer takes the place of
all others at its table; whether the game is one for `single.py`. `act`: what is about to be done. `papers`: the live
papers, oldest first. By table: the place `at` which it stands, bound or unsigned; the round it was `bound_in`; the `count`
of those who signed and their `hands`, in order. By party: its sheet as it was `cast`; the tables at which it has `acted` in
this round; its `turns` so far, and `before` this round; how many times it answered or offered `early`, in the second and
third round. By table how many offers were made there (`talked`).
"""

_EVALUATION = [
    *_whole((), "me", "sheet", "due", "turn", "undrawn", "used", "epoch", "changes"),
    *_real((2,), "draws"),
    *_real((), "delay"),
    ("dice", np.uint64),
    *_real((_PAPERS,), "worth"),
    *_whole((_PAPERS,), "worth_in"),
    *_real((MOST_TABLES,), "floor", "least"),
    *_whole((MOST_TABLES,), "floor_in", "least_in", "bid", "bid_in"),
    *_real((MOST_LINKS,), "odds"),
    *_whole((MOST_TABLES,), "likely", "changed"),
    *_whole((MOST_TABLES, _HOLD), "lot"),
    *_real((MOST_TABLES, _HOLD), "chance"),
    *_whole((MOST_PARTIES,), "heard", "stale", "unseen"),
    *_real((MOST_PARTIES, MOST_TABLES, MOST_LINKS), "parts"),
    *_whole((MOST_PARTIES, MOST_TABLES), "slot", "paired", "estimated_at", "known", "learnt"),
    *_whole((MOST_PARTIES, MOST_TABLES, MOST_TABLES), "pair", "pair_place"),
    *_real((MOST_PARTIES, MOST_TABLES), "learnt_by"),
    *_whole((MOST_SHEETS,), "ranked_of"),
    *_real((MOST_SHEETS,), "most"),
    *_whole((), "stamp"),
]
"""What the party that decides has worked out, and what may hold still.

Who decides (`me`), with which sheet, at which tables (a set), what a signature costs it in `delay`, and the number of the
decision. For the decision `..._in`:
the `worth` of a paper; by table the `floor`, the `least` gain at which a paper is signed, and the deal to `bid`. The
`odds` of one table, two `draws`. By table: how many things are `likely` to hold there, their places in `lot` and their
`chance` (see `expectations.likely`), but for the tables in the set `undrawn`. By party: the `slot` of its gains at a table, but
for the tables in `stale`, and for the other tables in the set `paired` the slot of its gains with a place at such a table on
the same paper (`pair` and `pair_place`); the chances that links' `parts` at a table are met, but for those in `unseen`.
How many slots are `used`, and in which `epoch`: how often all were forgotten. How many `changes` there were at tables; by
table the last one, by party the last it has `heard` of.
By party and table: how many offers had been made there when the `mean_estimate` was worked out and of how many parties it is
`known`; when the party's `estimate` was `learnt`, and with which rate. By sheet, the slot where all deals are ranked by
utility, and the `most` it allows to gain; the `stamp` that marks deals as `seen`.
"""

_ROOM = _whole(
    (),
    *("places", "wide", "linked", "slots", "hashes", "most_offers"),
    *("needs", "bars", "masks", "all_bits", "bits", "all_points", "points", "share", "time", "decay"),
    *("heads", "marks", "scales", "slot_odds", "gains", "order", "ends", "offers", "found", "sought"),
    *("options", "sizes", "mean_estimate", "estimate", "weights", "values", "received", "taken", "scratch", "seen"),
    *("sheets", "most_options", "most_heads", "most_tails", "terms", "sums", "bids", "bid_gains", "sought_at"),
    *("halves", "heads_of", "head_deals", "enough", "tails", "tail_deals"),
    *("loose", "loose_deals", "loose_order", "loose_spare"),
)
"""How much room there is, then addresses (see `addresses`).

Places of all tables; of the widest; the most links that name a table; slots; the length of `heads`; offers that are kept.
By place: `needs` and `bars` (see `arrays.Board`); links that do not fail (see `sheets.Sheets`), of all sheets and of that
of the one that decides; points, likewise. `masks`. See `strategy_codes.Seats`: `share` and `time`. What points count for: `decay`.

Gains that have been worked out are kept in slots, so that the same odds are looked up and not added up again: `heads` by
hash the slot, or -1. By slot: `marks` (see `SHEET`) and `scales` (see `BEST`), the odds of the links, and the `gains` by
deal, `-NEVER` for deals that the party may not sign. The others in `order`: by groups of about the same gain (with the
`ends` of the groups), or ascending, equal gains in deal order; behind the last slot there is room for sorting.
`offers`: every offer as table, party, round and deal. The deals `found` of late, with what they were found for: slot
and epoch, and the gain `sought`.

Of the tables: `options` by number of an issue within its table, and place; `sizes` by issue, how many options it has. What is
thought of the others: by party and place my `mean_estimate` of the utility to those who sign, and the `estimate` of its own; by issue
`weights`; `values` by option of one issue. Room: what offers gain me as `received`, options `taken`, a number for each deal of a
table (`scratch`), and whether it was `seen`.

Of a single table (see `additive.py`): how many sheets; the most options of an issue; by sheet and issue the points of every option
(`terms`); by sheet `sums`, how many `halves` there are, and of these the points and the numbers that they add to a deal's
(`heads_of`, `tails`, `head_deals`, `tail_deals`), and by head the first tail that is `enough`. By sheet and round the deal
that was bid (`bids`), what it gains by sheet, and the level and epoch that it was sought for (`sought_at`). Room for
sorting tails (`loose`).
"""

FOUND = 1 << 12
"""How many deals `found` are remembered."""

SHEET, TABLE, BARS, LOOKS, RANKED, SORTED, MARKS = range(7)
"""Columns of `marks`: what the gains of a slot belong to (sheet, table, barring constraints); how often all deals were
looked at; how many deals are in `order` (-1: nothing yet), and whether they are sorted."""

BEST, LOW, STEPS, SCALES = range(4)
"""Columns of `scales`: the largest gain (-1 if no deal may be signed), the least, and groups per point."""

GAME = np.dtype([("rule", RULE), ("own", OWN), ("who", WHO), *_SITUATION, *_EVALUATION, *_ROOM], align=True)
"""All of it: what all may know, what is confidential, who plays; the situation, the evaluation, and the room there is."""

Game: TypeAlias = Numba
"""A record of the kind `GAME`."""


@lru_cache(maxsize=64)
def games(address: int, many: int) -> Numba:
    """Return `many` records of games at an address: a compiled function is called with a number in a tenth of the time."""
    size = GAME.itemsize * int(many)
    return np.ctypeslib.as_array((ctypes.c_char * size).from_address(int(address))).view(GAME).view(np.recarray)


make_compiled(games, numba.from_dtype(GAME))


def address_of(game: Game) -> int:
    """Return the address of a record, which must be kept as long as it is used."""
    return int(np.frombuffer(game, dtype=np.uint8).ctypes.data)
