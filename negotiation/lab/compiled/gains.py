"""The gain of each deal, given what is signed and what may still be: `strategies/evaluation.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.expectations import barring, chance, chances, likely, look, met, worth
from negotiation.lab.compiled.game import (
    BARS,
    BEST,
    DEAL,
    FIRST,
    LACKS,
    LOOKS,
    MARKS,
    OTHER,
    RANKED,
    SCALES,
    SECOND,
    SHEET,
    SORTED,
    TABLE,
    Game,
)
from negotiation.lab.compiled.papers import signable, unsigned
from negotiation.lab.compiled.ranking import largest
from negotiation.strategies.decision_rules import NEVER


@plain
def gain_of(game: Game, found: int, deal: int) -> float:
    """Return the gain of a deal, from a slot."""
    return reals(game.gains + ITEM * game.wide * found, game.wide)[deal]


@plain
def best_of(game: Game, found: int) -> float:
    """Return the largest gain of a slot; -1 if no deal may be signed."""
    return reals(game.scales, SCALES * game.slots)[SCALES * found + BEST]


@plain
def gain_at(game: Game, table: int, place: int) -> float:
    """Return the gain of one deal over leaving its table unsigned, at the odds in `game.odds`."""
    none = unsigned(game, table)
    gain, rest, n = worth(game, place), worth(game, none), 0
    while game.own.naming[game.sheet, table, n] >= 0:
        link = game.own.naming[game.sheet, table, n]
        points = game.own.points[game.sheet, link] * game.odds[n]
        if met(game, link, place):
            gain += points
        if met(game, link, none):
            rest += points
        n += 1
    return gain - rest


@plain
def paper_worth(game: Game, row: int) -> float:
    """Return `Evaluation.worth`: the gain of a live paper over leaving all its tables unsigned."""
    if game.worth_in[row] != game.turn:
        game.worth_in[row] = game.turn
        paper = game.papers[row]
        if paper[SECOND] < 0:
            game.worth[row] = _gain_alone(game, paper[FIRST], paper[DEAL])
        else:
            place, there = game.rule.start[paper[FIRST]] + paper[DEAL], game.rule.start[paper[SECOND]] + paper[OTHER]
            game.worth[row] = gain_together(game, paper[FIRST], place, paper[SECOND], there)
    return game.worth[row]


@plain
def _gain_alone(game: Game, table: int, deal: int) -> float:
    """Return the gain of a deal: the one computed with the whole table, if that still holds."""
    if not game.stale[game.me] >> table & 1:
        return gain_of(game, game.slot[game.me, table], deal)
    chances(game, table, -1, -1)
    return gain_at(game, table, game.rule.start[table] + deal)


@plain
def gain_together(game: Game, table: int, place: int, other: int, there: int) -> float:
    """Return `Evaluation.gain` of two deals on one paper."""
    return _given(game, table, place, other, there) - _given(
        game, table, unsigned(game, table), other, unsigned(game, other)
    )


@plain
def _given(game: Game, table: int, place: int, other: int, there: int) -> float:
    """Return `Preferences.given` at one place of a table, with `there` at another."""
    chances(game, table, other, there)
    here, rest, n = worth(game, place), 0.0, 0
    for near in range(game.rule.tables):
        if near == other:
            rest += worth(game, there)
        elif near != table:
            mean = 0.0
            for k in range(likely(game, near)):
                mean += game.chance[near, k] * worth(game, game.lot[near, k])
            rest += mean
            look(game, near)
    for link in range(game.own.links[game.sheet]):
        if game.own.naming[game.sheet, table, n] == link:
            if met(game, link, place):
                here += game.own.points[game.sheet, link] * game.odds[n]
            n += 1
        else:
            rest += chance(game, link, table, other, there, game.own.points[game.sheet, link])
    return here + rest


@plain
def slot(game: Game, table: int) -> int:
    """Return where the gains of every deal of a table are kept, as things are."""
    if game.stale[game.me] >> table & 1:
        game.slot[game.me, table] = _slot_of(game, table, barring(game, table, -1, -1), chances(game, table, -1, -1))
        game.stale[game.me] &= ~(1 << table)
        game.paired[game.me, table] = 0
    return game.slot[game.me, table]


@plain
def slot_paired(game: Game, table: int, other: int, place: int) -> int:
    """Return a slot as `slot` does, with `place` on the same paper at the table `other`, less that deal's own gain."""
    alone = slot(game, table)
    if not game.paired[game.me, table] >> other & 1 or game.pair_place[game.me, table, other] != place:
        game.paired[game.me, table] |= 1 << other
        game.pair_place[game.me, table, other], many = place, 0
        odds = reals(game.slot_odds + ITEM * game.linked * alone, game.linked)
        while game.own.naming[game.sheet, table, many] >= 0:
            link = game.own.naming[game.sheet, table, many]
            both = game.own.named[game.sheet, link] >> other & 1
            game.odds[many] = chance(game, link, table, other, place, 1.0) if both else odds[many]
            many += 1
        game.pair[game.me, table, other] = _slot_of(game, table, barring(game, table, other, place), many)
    return game.pair[game.me, table, other]


@plain
def _slot_of(game: Game, table: int, bars: int, many: int) -> int:
    """Return the slot of my sheet, a table, barring constraints and the odds in `game.odds`; filled if it is new."""
    number = (game.sheet * game.rule.tables + table) * 31 + bars
    for n in range(many):
        number = number * 1000003 + int(game.odds[n] * 4503599627370496.0)
    number ^= number >> 29
    heads = wholes(game.heads, game.hashes)
    head = number & (game.hashes - 1)
    while heads[head] >= 0:
        if same_odds(game, heads[head], table, bars, many):
            return heads[head]
        head = (head + 1) & (game.hashes - 1)
    heads[head] = game.used
    _add_up(game, table, bars, many)
    game.used += 1
    return game.used - 1


@plain
def same_odds(game: Game, found: int, table: int, bars: int, many: int) -> bool:
    """Return whether a slot is of my sheet, this table, barring constraints, and the odds in `game.odds`."""
    marks = wholes(game.marks + ITEM * MARKS * found, MARKS)
    if marks[SHEET] != game.sheet or marks[TABLE] != table or marks[BARS] != bars:
        return False
    odds, n = reals(game.slot_odds + ITEM * game.linked * found, game.linked), 0
    while n < many and odds[n] == game.odds[n]:
        n += 1
    return n == many


@plain
def _add_up(game: Game, table: int, bars: int, many: int) -> None:
    """Fill the next slot with `Preferences.gains`: points, then link by link; unsignable deals are out of reach."""
    new, first, none = game.used, game.rule.start[table], unsigned(game, table)
    marks, odds = (
        wholes(game.marks + ITEM * MARKS * new, MARKS),
        reals(game.slot_odds + ITEM * game.linked * new, game.linked),
    )
    marks[SHEET], marks[TABLE], marks[BARS], marks[LOOKS] = game.sheet, table, bars, 0
    marks[RANKED], marks[SORTED] = -1, 0
    size, gains = none - first, reals(game.gains + ITEM * game.wide * new, game.wide)
    ours, mask = reals(game.points + ITEM * first, size + 1), game.masks + ITEM * game.own.mask_at[game.sheet, table]
    rest = ours[size]
    for deal in range(size):
        gains[deal] = ours[deal]
    for n in range(many):
        odds[n] = game.odds[n]
        points, meets = (
            game.own.points[game.sheet, game.own.naming[game.sheet, table, n]] * odds[n],
            reals(mask, size + 1),
        )
        if points != 0.0:
            for deal in range(size):
                gains[deal] += points * meets[deal]
            rest += points * meets[size]
        mask += ITEM * (size + 1)
    for deal in range(size):
        gains[deal] -= rest
    if bars or not game.rule.always[game.me, table]:
        _strike(game, table, bars, new)
    best = largest(gains, size)
    reals(game.scales, SCALES * game.slots)[SCALES * new + BEST] = best if best > -NEVER else -1.0


@plain
def _strike(game: Game, table: int, bars: int, new: int) -> None:
    """Put deals that I may not sign out of reach."""
    first, size = game.rule.start[table], unsigned(game, table) - game.rule.start[table]
    gains, barred = reals(game.gains + ITEM * game.wide * new, game.wide), wholes(game.bars + ITEM * first, size)
    needed = wholes(game.needs + ITEM * first, size)
    anyone = game.rule.of[table] >> game.me & 1
    for deal in range(size):
        may = anyone or needed[deal] >> game.me & 1
        if not may or barred[deal] & bars:
            gains[deal] = -NEVER


@plain
def forget(game: Game) -> None:
    """Forget all gains."""
    game.used, game.epoch = 0, game.epoch + 1
    wholes(game.heads, game.hashes)[:] = -1
    game.stale[:] = -1
    game.ranked_of[:] = -1


@plain
def floor(game: Game, table: int) -> float:
    """Return `Evaluation._floors`: the best gain to be had at once, of a paper that lacks nothing but my signature."""
    if game.floor_in[table] != game.turn:
        game.floor_in[table] = game.turn
        best = game.delay
        for row in range(game.live):
            paper = game.papers[row]
            if paper[LACKS] == 1 and paper[FIRST] == table and paper[SECOND] < 0 and signable(game, game.me, paper):
                best = max(best, paper_worth(game, row))
        game.floor[table] = best
    return game.floor[table]
