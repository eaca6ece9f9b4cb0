"""Points over arrays: score sheets, their noise, and what an outcome is worth (see `preferences.py`, `lab/factors.py`)."""

from __future__ import annotations

from negotiation.lab.compiled.arrays import Board, Prices, Real, Sheets
from negotiation.lab.compiled.chance import keyed, uniform
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.desk import chances
from negotiation.lab.compiled.game import Game
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.factors import NOISE_TURN


@plain
def price(board: Board, prices: Prices, sheets: Sheets, sheet: int, weights: Real, points: Real) -> None:
    """`Preferences.points` of a sheet with these weights by issue: the points of every place, links left out."""
    listed, n = 0, 0
    while prices.listed[sheet, n] >= 0:
        listed |= 1 << prices.listed[sheet, n]
        n += 1
    party = sheets.own.party[sheet]
    for table in range(board.rule.tables):
        first, none = board.rule.start[table], unsigned(board, table)
        rest = 0.0
        points[first:none] = 0.0
        for key in range(board.rule.keys[table], board.rule.keys[table + 1]):
            if listed >> key & 1:
                options = prices.options[key - board.rule.keys[table]]
                share, whole, weight = prices.share[sheet, key], prices.whole[sheet, key], weights[key]
                for place in range(first, none):
                    points[place] += weight * share[options[place]] / whole
                if board.rule.unsigned[key] >= 0:
                    rest += weight * share[board.rule.unsigned[key]] / whole
        points[none] = rest + prices.adjust[sheet, table]
        if board.rule.sometimes[table] >> party & 1:
            for place in range(first, none):
                if not (board.needs[place] | board.rule.of[table]) >> party & 1:
                    points[place] = points[none]


@plain
def noisy(prices: Prices, sheet: int, noise: float, seed: int, seat: int, weights: Real) -> None:
    """The weights of a sheet, each changed by chance, their sum kept (see `factors.noisy`)."""
    dice = keyed(seed, seat, NOISE_TURN)
    for key in range(len(weights)):
        weights[key] = prices.weight[sheet, key] * (1 + noise * (2 * uniform(dice, key + 1) - 1))
    before, after, n = 0.0, 0.0, 0
    while prices.listed[sheet, n] >= 0:
        before += prices.weight[sheet, prices.listed[sheet, n]]
        after += weights[prices.listed[sheet, n]]
        n += 1
    for key in range(len(weights)):
        weights[key] = weights[key] * (before / after) if after > 0 else prices.weight[sheet, key]


@plain
def score(board: Board, sheets: Sheets, points: Real, game: Game, sheet: int, counts: int) -> float:
    """`Preferences.score` of what binds, before delay and discount; of nothing signed if it `counts` 0."""
    total, met, effect = 0.0, -1, 0.0
    for table in range(board.rule.tables):
        place = game.at[table] if counts else unsigned(board, table)
        total += points[place]
        met &= sheets.bits[sheet, place]
    for link in range(sheets.own.links[sheet]):
        if met >> link & 1:
            effect += sheets.own.points[sheet, link]
    return total + effect


@plain
def best(board: Board, sheets: Sheets, points: Real, game: Game, party: int, sheet: int, room: Real) -> float:
    """`yardstick`: the best gains at all tables added up, links between tables left out; before anything has happened."""
    total = 0.0
    for table in range(board.rule.tables):
        first, none = board.rule.start[table], unsigned(board, table)
        chances(board, sheets, game, party, sheet, table, -1, -1)
        for place in range(first, none + 1):
            room[place - first] = points[place]
        rest, n, mask = 0.0, 0, sheets.own.mask_at[sheet, table]
        for near in range(board.rule.tables):
            if near != table:
                rest += points[unsigned(board, near)]
        for link in range(sheets.own.links[sheet]):
            worth = sheets.own.points[sheet, link]
            if sheets.own.naming[sheet, table] >> link & 1:
                worth *= game.odds[n]
                if worth != 0.0:
                    for deal in range(none + 1 - first):
                        room[deal] += worth * sheets.masks[mask + deal]
                mask += none + 1 - first
                n += 1
            else:
                rest += worth if _elsewhere(board, sheets, sheet, link) else worth * 0.0
        last, most = room[none - first] + rest, 0.0
        for deal in range(none - first):
            most = max(most, room[deal] + rest - last)
        total += most
    return total


@plain
def _elsewhere(board: Board, sheets: Sheets, sheet: int, link: int) -> bool:
    """Whether a link is met when nothing is signed."""
    met = -1
    for table in range(board.rule.tables):
        met &= sheets.bits[sheet, unsigned(board, table)]
    return (met >> link & 1) != 0
