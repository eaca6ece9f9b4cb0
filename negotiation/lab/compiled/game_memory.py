"""The record of a game, and the arrays whose addresses it has."""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np

from negotiation.lab.compiled.additive import HALVES, SUMS
from negotiation.lab.compiled.addresses import ITEM
from negotiation.lab.compiled.arrays import Board, Real, record
from negotiation.lab.compiled.game import FOUND, GAME, MARKS, SCALES, Game
from negotiation.lab.compiled.sheets import Grid, Prices, Sheets
from negotiation.lab.compiled.strategy_codes import Seats

BYTES = 1 << 23
"""Room for kept gains: what fits a processor's cache."""

MOST_BYTES = 1 << 28
"""Room beyond which a case is too large to be kept so."""

Arrays: TypeAlias = dict[str, Any]


def widest(board: Board) -> int:
    """Return the largest number of places that a table has."""
    return int(np.diff(board.rule.start[: board.rule.tables + 1]).max())


def slots(board: Board) -> int:
    """Return how many gains are kept; 0 if the case is too large: a decision may need those of every pair of tables."""
    size = 3 * ITEM * widest(board)
    needed = 2 * int(board.rule.tables) ** 2 + 2
    return 0 if needed * size > MOST_BYTES else min(max(needed, BYTES // size), 4096)


def playing(
    board: Board, sheets: Sheets, seats: Seats, decay: Real, grid: Grid, offers: int
) -> tuple[Game, tuple[object, ...]]:
    """Return a record to play with, and the arrays that must be kept as long as it is.

    Parameters
    ----------
    grid
        See `sheets.grid`.
    offers
        How many offers are to be looked back at.
    """
    game = record(GAME)
    game.rule, game.own, game.who = board.rule, sheets.own, seats.who
    game.rounds, game.places, game.wide, game.most_offers = (
        seats.share.shape[1],
        len(board.needs),
        widest(board),
        offers,
    )
    game.linked = int((sheets.own.naming >= 0).sum(axis=2).max())
    known = {
        "needs": board.needs,
        "bars": board.bars,
        "masks": sheets.masks,
        "all_bits": sheets.bits,
        "share": seats.share,
        "time": seats.time,
        "decay": decay,
        "all_points": np.zeros(sheets.bits.shape),
        "offers": np.zeros((offers, 4), dtype=np.int64),
        **_thinking(game, grid),
    }
    kept = _room(board, int(game.linked))
    game.slots, game.hashes = len(kept["marks"]), len(kept["heads"])
    return game, _told(game, {**known, **kept})


def _thinking(game: Game, grid: Grid) -> Arrays:
    """Return the arrays for estimates of the others."""
    each = np.zeros((int(game.rule.parties), int(game.places))) if game.most_offers else np.zeros((0, 0))
    return {
        "options": grid.taken,
        "sizes": grid.sizes,
        "mean_estimate": each,
        "estimate": each.copy(),
        "weights": np.zeros(len(grid.sizes)),
        "values": np.zeros(grid.sizes.max()),
        "received": np.zeros(int(game.most_offers)),
        "taken": np.zeros(int(game.most_offers), dtype=np.int64),
        "scratch": np.zeros(int(game.wide)),
        "seen": np.zeros(int(game.wide), dtype=np.int64),
    }


def adding(game: Game, prices: Prices) -> tuple[object, ...]:
    """Return the arrays for a single table, see `additive.py`, which must be kept as long as the record is."""
    game.sheets, _, game.most_options = prices.share.shape
    sheets = int(game.sheets)
    bids, size = sheets * int(game.rounds), int(game.wide) - 1
    game.most_tails = math.isqrt(size - 1) + 1
    game.most_heads = min(size, game.most_tails * game.most_options)
    arrays: Arrays = {
        "terms": np.zeros(prices.share.shape),
        "sums": np.zeros((sheets, SUMS)),
        "bids": np.zeros(bids, dtype=np.int64),
        "bid_gains": np.zeros((bids, sheets)),
        "sought_at": np.full((bids, 2), -1.0),
        "halves": np.zeros((sheets, HALVES), dtype=np.int64),
        **_listed(sheets, int(game.most_heads), "heads_of", "head_deals", "enough"),
        **_listed(sheets, int(game.most_tails), "tails", "tail_deals"),
        **_listed(1, int(game.most_tails), "loose", "loose_deals", "loose_order", "loose_spare"),
    }
    return _told(game, arrays)


def _listed(rows: int, many: int, real: str, *whole: str) -> Arrays:
    return {real: np.zeros((rows, many)), **{name: np.zeros((rows, many), dtype=np.int64) for name in whole}}


def _told(game: Game, arrays: Arrays) -> tuple[object, ...]:
    """Put the addresses of these arrays into the record, and return the arrays."""
    kept = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    for name, array in kept.items():
        game[name] = array.ctypes.data
    return tuple(kept.values())


_rooms: list[tuple[Board, int, Arrays]] = []
"""The room used last: cells of a plan mostly need the same."""


def part_rooms() -> None:
    """Leave the room used last to whoever has it: the next game is given another."""
    _rooms.clear()


def _room(board: Board, linked: int) -> Arrays:
    """Return the arrays for gains, with `linked` links at a table; two games played at one time need two."""
    if not _rooms or _rooms[0][0] is not board or _rooms[0][1] != linked:
        many, wide = slots(board), widest(board)
        room = {
            "found": np.full((FOUND, 2), -1),
            "sought": np.zeros(FOUND),
            "heads": np.full(1 << (2 * many).bit_length(), -1),
            "marks": np.zeros((many, MARKS), dtype=np.int64),
            "scales": np.zeros((many, SCALES)),
            "slot_odds": np.zeros((many, linked)),
            "gains": np.zeros((many, wide)),
            "order": np.zeros((many + 1, wide), dtype=np.int64),
            "ends": np.zeros((many, wide), dtype=np.int64),
        }
        _rooms[:] = [(board, linked, room)]
    return _rooms[0][2]
