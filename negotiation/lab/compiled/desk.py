"""What each deal would gain, given what is signed and what may still be: `strategies/desk.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.arrays import Board, Real, Sheets, Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import (
    COUNT,
    DEAL,
    FIRST,
    LACKS,
    LIVE,
    OTHER,
    SECOND,
    TURN,
    USED,
    Game,
    Kept,
)
from negotiation.lab.compiled.papers import signable, unsigned
from negotiation.strategies.curves import NEVER, hope


@plain
def likely(board: Board, game: Game, table: int) -> int:
    """How many things may hold at a table; their places and chances are in `lot` and `chance` (see `lottery`)."""
    if game.drawn[table] == game.version[table]:
        return game.likely[table]
    game.drawn[table] = game.version[table]
    lot, chance = game.lot[table], game.chance[table]
    lot[0], chance[0], many, total = game.at[table], 1.0, 1, 1.0
    for row in range(game.now[LIVE]):
        paper = game.papers[row]
        if paper[FIRST] == table:
            place = board.rule.start[table] + paper[DEAL]
        elif paper[SECOND] == table:
            place = board.rule.start[table] + paper[OTHER]
        else:
            continue
        weight = hope(paper[COUNT], paper[LACKS])
        total += weight
        known = 1
        while known < many and lot[known] != place:
            known += 1
        if known == many:
            lot[known], chance[known], many = place, 0.0, many + 1
        chance[known] += weight
    if many > 1:
        for n in range(many):
            chance[n] /= total
    game.likely[table] = many
    return many


@plain
def look(board: Board, sheets: Sheets, game: Game, party: int, sheet: int, table: int) -> None:
    """Work out anew the chances that links' parts at a table are met, if something has changed there."""
    if game.parts_of[party, table] == game.version[table]:
        return
    game.parts_of[party, table] = game.version[table]
    many = likely(board, game, table)
    for link in range(sheets.own.links[sheet]):
        if sheets.own.naming[sheet, table] >> link & 1:
            total = 0.0
            for n in range(many):
                if sheets.bits[sheet, game.lot[table, n]] >> link & 1:
                    total += game.chance[table, n]
            game.parts[party, link, table] = total


@plain
def part(sheets: Sheets, game: Game, party: int, sheet: int, link: int, table: int, other: int, place: int) -> float:
    """The chance that a link's part at a table is met, if `place` is what holds at the table `other`."""
    if table == other:
        return 1.0 if sheets.bits[sheet, place] >> link & 1 else 0.0
    return game.parts[party, link, table]


@plain
def chances(
    board: Board, sheets: Sheets, game: Game, party: int, sheet: int, table: int, other: int, place: int
) -> int:
    """Put the odds of the links that name a table into `game.odds` (see `Preferences.odds`); how many there are.

    With `place` as what holds at the table `other`; -1 for neither.
    """
    for near in range(board.rule.tables):
        if near != other and sheets.own.tied[sheet, table] >> near & 1:
            look(board, sheets, game, party, sheet, near)
    many = 0
    for link in range(sheets.own.links[sheet]):
        if sheets.own.naming[sheet, table] >> link & 1:
            game.odds[many] = _chance(sheets, game, party, sheet, link, table, other, place, 1.0)
            many += 1
    return many


@plain
def _chance(
    sheets: Sheets, game: Game, party: int, sheet: int, link: int, table: int, other: int, place: int, start: float
) -> float:
    """`start` times the chance that a link is met everywhere but at `table`, one table after the other."""
    chance, n = start, 0
    while sheets.own.names[sheet, link, n] >= 0:
        name = sheets.own.names[sheet, link, n]
        if name != table:
            chance *= part(sheets, game, party, sheet, link, name, other, place)
        n += 1
    return chance


@plain
def barring(board: Board, game: Game, table: int, other: int, place: int) -> int:
    """The constraints that bar deals of a table, as all else stands; with `place` at the table `other`."""
    active = board.rule.named[table]
    if active:
        for near in range(board.rule.tables):
            if near != table:
                active &= board.bars[place if near == other else game.at[near]]
    return active


@plain
def gain_at(board: Board, sheets: Sheets, points: Real, game: Game, sheet: int, table: int, place: int) -> float:
    """What one deal gains over leaving its table unsigned, at the odds in `game.odds`."""
    none = unsigned(board, table)
    gain, rest, n = points[place], points[none], 0
    for link in range(sheets.own.links[sheet]):
        if sheets.own.naming[sheet, table] >> link & 1:
            worth = sheets.own.points[sheet, link] * game.odds[n]
            if sheets.bits[sheet, place] >> link & 1:
                gain += worth
            if sheets.bits[sheet, none] >> link & 1:
                rest += worth
            n += 1
    return gain - rest


@plain
def paper_worth(board: Board, sheets: Sheets, points: Real, game: Game, party: int, sheet: int, row: int) -> float:
    """`Desk.worth`: what a live paper gains over leaving all its tables unsigned."""
    if game.worth_in[row] != game.now[TURN]:
        game.worth_in[row] = game.now[TURN]
        paper = game.papers[row]
        table, place = paper[FIRST], board.rule.start[paper[FIRST]] + paper[DEAL]
        if paper[SECOND] < 0:
            chances(board, sheets, game, party, sheet, table, -1, -1)
            game.worth[row] = gain_at(board, sheets, points, game, sheet, table, place)
        else:
            other = board.rule.start[paper[SECOND]] + paper[OTHER]
            game.worth[row] = gain_together(
                board, sheets, points, game, party, sheet, table, place, paper[SECOND], other
            )
    return game.worth[row]


@plain
def gain_together(
    board: Board,
    sheets: Sheets,
    points: Real,
    game: Game,
    party: int,
    sheet: int,
    table: int,
    place: int,
    other: int,
    there: int,
) -> float:
    """`Desk.gain` of two deals on one paper."""
    signed = _given(board, sheets, points, game, party, sheet, table, place, other, there)
    none = unsigned(board, other)
    return signed - _given(board, sheets, points, game, party, sheet, table, unsigned(board, table), other, none)


@plain
def _given(
    board: Board,
    sheets: Sheets,
    points: Real,
    game: Game,
    party: int,
    sheet: int,
    table: int,
    place: int,
    other: int,
    there: int,
) -> float:
    """`Preferences.given` at one place of a table, with `there` at another."""
    chances(board, sheets, game, party, sheet, table, other, there)
    here, n = points[place], 0
    rest = 0.0
    for near in range(board.rule.tables):
        if near == other:
            rest += points[there]
        elif near != table:
            mean = 0.0
            for k in range(likely(board, game, near)):
                mean += game.chance[near, k] * points[game.lot[near, k]]
            rest += mean
            look(board, sheets, game, party, sheet, near)
    for link in range(sheets.own.links[sheet]):
        if sheets.own.naming[sheet, table] >> link & 1:
            if sheets.bits[sheet, place] >> link & 1:
                here += sheets.own.points[sheet, link] * game.odds[n]
            n += 1
        else:
            rest += _chance(sheets, game, party, sheet, link, table, other, there, sheets.own.points[sheet, link])
    return here + rest


@plain
def slot(board: Board, sheets: Sheets, points: Real, game: Game, kept: Kept, party: int, sheet: int, table: int) -> int:
    """Where the gains of every deal of a table are kept, as things are."""
    stamp = 1
    for near in range(board.rule.tables):
        if sheets.own.tied[sheet, table] >> near & 1:
            stamp += game.version[near]
    if game.stamp[party, table] != stamp:
        game.stamp[party, table] = stamp
        game.slot[party, table] = slot_with(board, sheets, points, game, kept, party, sheet, table, -1, -1)
    return game.slot[party, table]


@plain
def slot_with(
    board: Board,
    sheets: Sheets,
    points: Real,
    game: Game,
    kept: Kept,
    party: int,
    sheet: int,
    table: int,
    other: int,
    place: int,
) -> int:
    """The same with `place` on the same paper at the table `other`, without that deal's own gain."""
    many = chances(board, sheets, game, party, sheet, table, other, place)
    bars = barring(board, game, table, other, place)
    number = (sheet * board.rule.tables + table) * 31 + bars
    for n in range(many):
        number = number * 1000003 + int(game.odds[n] * 4503599627370496.0)
    number ^= number >> 29
    head = number & (len(kept.heads) - 1)
    while kept.heads[head] >= 0:
        found = kept.heads[head]
        if same_odds(game, kept, found, sheet, table, bars, many):
            return found
        head = (head + 1) & (len(kept.heads) - 1)
    new = game.now[USED]
    game.now[USED] += 1
    kept.heads[head] = new
    key = kept.slot[new]
    key.sheet, key.table, key.bars = sheet, table, bars
    for n in range(many):
        key.odds[n] = game.odds[n]
    _add_up(board, sheets, points, game, kept, party, sheet, table, new)
    return new


@plain
def same_odds(game: Game, kept: Kept, slot: int, sheet: int, table: int, bars: int, many: int) -> bool:
    """Whether a slot is of this sheet, table, barring constraints, and the odds in `game.odds`."""
    key = kept.slot[slot]
    if key.sheet != sheet or key.table != table or key.bars != bars:
        return False
    n = 0
    while n < many and key.odds[n] == game.odds[n]:
        n += 1
    return n == many


@plain
def _add_up(
    board: Board, sheets: Sheets, points: Real, game: Game, kept: Kept, party: int, sheet: int, table: int, slot: int
) -> None:
    """`Preferences.gains`: points, then link by link; deals that may not be signed are out of reach."""
    first, none = board.rule.start[table], unsigned(board, table)
    size = none - first
    gains, ours = kept.gains[slot], points[first : none + 1]
    rest, n, mask = ours[size], 0, sheets.own.mask_at[sheet, table]
    for deal in range(size):
        gains[deal] = ours[deal]
    for link in range(sheets.own.links[sheet]):
        if sheets.own.naming[sheet, table] >> link & 1:
            worth = sheets.own.points[sheet, link] * game.odds[n]
            if worth != 0.0:
                met = sheets.masks[mask : mask + size + 1]
                for deal in range(size):
                    gains[deal] += worth * met[deal]
                rest += worth * met[size]
            mask += size + 1
            n += 1
    for deal in range(size):
        gains[deal] -= rest
    anyone, bars = board.rule.of[table] >> party & 1, kept.slot[slot].bars
    if bars or not board.rule.always[party, table]:
        for deal in range(size):
            may = anyone or board.needs[first + deal] >> party & 1
            if not may or board.bars[first + deal] & bars:
                gains[deal] = -NEVER
    best = largest(gains, size)
    kept.slot[slot].best = best if best > -NEVER else -1.0
    kept.slot[slot].ranked = -1
    kept.slot[slot].looks = 0


@plain
def largest(values: Real, size: int) -> float:
    """The largest of the first values, four at a time."""
    one = two = three = four = -NEVER
    whole = size - size % 4
    for n in range(0, whole, 4):
        one = max(one, values[n])
        two = max(two, values[n + 1])
        three = max(three, values[n + 2])
        four = max(four, values[n + 3])
    for n in range(whole, size):
        one = max(one, values[n])
    return max(max(one, two), max(three, four))


@plain
def sort(board: Board, kept: Kept, slot: int, table: int) -> None:
    """Rank the deals of a slot that may be signed, see `curves.ranking`: merge sort, which is stable."""
    gains, order, many = kept.gains[slot], kept.order[slot], 0
    for deal in range(unsigned(board, table) - board.rule.start[table]):
        if gains[deal] != -NEVER:
            order[many] = deal
            many += 1
    kept.slot[slot].ranked = many
    width = 1
    while width < many:
        for first in range(0, many - width, 2 * width):
            _merge(gains, order, kept.order[-1], first, first + width, min(first + 2 * width, many))
        width *= 2


@plain
def _merge(gains: Real, order: Whole, spare: Whole, first: int, middle: int, stop: int) -> None:
    """Merge two sorted runs that lie side by side; of equals those of the first run come first."""
    if gains[order[middle - 1]] <= gains[order[middle]]:
        return
    for n in range(first, middle):
        spare[n] = order[n]
    one, two, to = first, middle, first
    while one < middle:
        if two < stop and gains[order[two]] < gains[spare[one]]:
            order[to] = order[two]
            two += 1
        else:
            order[to] = spare[one]
            one += 1
        to += 1


@plain
def clear(game: Game, kept: Kept, needed: int) -> None:
    """Forget everything if there is no room for as many slots as one decision may need."""
    if game.now[USED] + needed > len(kept.slot):
        game.stamp[:] = 0
        game.now[USED] = 0
        kept.heads[:] = -1


@plain
def floor(board: Board, sheets: Sheets, points: Real, game: Game, party: int, sheet: int, table: int) -> float:
    """`Desk._floors`: the best gain to be had at once, of a paper there that lacks nothing but my signature."""
    if game.floor_in[table] != game.now[TURN]:
        game.floor_in[table] = game.now[TURN]
        best = 0.0
        for row in range(game.now[LIVE]):
            paper = game.papers[row]
            if (
                paper[LACKS] == 1
                and paper[FIRST] == table
                and paper[SECOND] < 0
                and signable(board, game, party, paper)
            ):
                best = max(best, paper_worth(board, sheets, points, game, party, sheet, row))
        game.floor[table] = best
    return game.floor[table]
