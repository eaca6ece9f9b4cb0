"""What each deal would gain, given what is signed and what may still be: `strategies/evaluation.py` over arrays."""

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
    Play,
)
from negotiation.lab.compiled.papers import signable, unsigned
from negotiation.lab.compiled.ranking import largest
from negotiation.strategies.decision_rules import NEVER


@plain
def gain_of(it: Play, found: int, deal: int) -> float:
    """What a deal gains, from a slot."""
    return reals(it.gains + ITEM * it.wide * found, it.wide)[deal]


@plain
def best_of(it: Play, found: int) -> float:
    """The largest gain of a slot; -1 if no deal may be signed."""
    return reals(it.scales, SCALES * it.slots)[SCALES * found + BEST]


@plain
def gain_at(it: Play, table: int, place: int) -> float:
    """What one deal gains over leaving its table unsigned, at the odds in `it.odds`."""
    none = unsigned(it, table)
    gain, rest, n = worth(it, place), worth(it, none), 0
    while it.own.naming[it.sheet, table, n] >= 0:
        link = it.own.naming[it.sheet, table, n]
        points = it.own.points[it.sheet, link] * it.odds[n]
        if met(it, link, place):
            gain += points
        if met(it, link, none):
            rest += points
        n += 1
    return gain - rest


@plain
def paper_worth(it: Play, row: int) -> float:
    """`Desk.worth`: what a live paper gains over leaving all its tables unsigned."""
    if it.worth_in[row] != it.turn:
        it.worth_in[row] = it.turn
        paper = it.papers[row]
        if paper[SECOND] < 0:
            it.worth[row] = _gain_alone(it, paper[FIRST], paper[DEAL])
        else:
            place, there = it.rule.start[paper[FIRST]] + paper[DEAL], it.rule.start[paper[SECOND]] + paper[OTHER]
            it.worth[row] = gain_together(it, paper[FIRST], place, paper[SECOND], there)
    return it.worth[row]


@plain
def _gain_alone(it: Play, table: int, deal: int) -> float:
    """What a deal gains: as it has been worked out with those of the whole table, if that still holds."""
    if not it.stale[it.me] >> table & 1:
        return gain_of(it, it.slot[it.me, table], deal)
    chances(it, table, -1, -1)
    return gain_at(it, table, it.rule.start[table] + deal)


@plain
def gain_together(it: Play, table: int, place: int, other: int, there: int) -> float:
    """`Desk.gain` of two deals on one paper."""
    return _given(it, table, place, other, there) - _given(it, table, unsigned(it, table), other, unsigned(it, other))


@plain
def _given(it: Play, table: int, place: int, other: int, there: int) -> float:
    """`Preferences.given` at one place of a table, with `there` at another."""
    chances(it, table, other, there)
    here, rest, n = worth(it, place), 0.0, 0
    for near in range(it.rule.tables):
        if near == other:
            rest += worth(it, there)
        elif near != table:
            mean = 0.0
            for k in range(likely(it, near)):
                mean += it.chance[near, k] * worth(it, it.lot[near, k])
            rest += mean
            look(it, near)
    for link in range(it.own.links[it.sheet]):
        if it.own.naming[it.sheet, table, n] == link:
            if met(it, link, place):
                here += it.own.points[it.sheet, link] * it.odds[n]
            n += 1
        else:
            rest += chance(it, link, table, other, there, it.own.points[it.sheet, link])
    return here + rest


@plain
def slot(it: Play, table: int) -> int:
    """Where the gains of every deal of a table are kept, as things are."""
    if it.stale[it.me] >> table & 1:
        it.slot[it.me, table] = _slot_of(it, table, barring(it, table, -1, -1), chances(it, table, -1, -1))
        it.stale[it.me] &= ~(1 << table)
        it.paired[it.me, table] = 0
    return it.slot[it.me, table]


@plain
def slot_paired(it: Play, table: int, other: int, place: int) -> int:
    """The same with `place` on the same paper at the table `other`, without that deal's own gain."""
    alone = slot(it, table)
    if not it.paired[it.me, table] >> other & 1 or it.pair_place[it.me, table, other] != place:
        it.paired[it.me, table] |= 1 << other
        it.pair_place[it.me, table, other], many = place, 0
        odds = reals(it.slot_odds + ITEM * it.linked * alone, it.linked)
        while it.own.naming[it.sheet, table, many] >= 0:
            link = it.own.naming[it.sheet, table, many]
            both = it.own.named[it.sheet, link] >> other & 1
            it.odds[many] = chance(it, link, table, other, place, 1.0) if both else odds[many]
            many += 1
        it.pair[it.me, table, other] = _slot_of(it, table, barring(it, table, other, place), many)
    return it.pair[it.me, table, other]


@plain
def _slot_of(it: Play, table: int, bars: int, many: int) -> int:
    """The slot of my sheet, a table, barring constraints and the odds in `it.odds`; filled if it is new."""
    number = (it.sheet * it.rule.tables + table) * 31 + bars
    for n in range(many):
        number = number * 1000003 + int(it.odds[n] * 4503599627370496.0)
    number ^= number >> 29
    heads = wholes(it.heads, it.hashes)
    head = number & (it.hashes - 1)
    while heads[head] >= 0:
        if same_odds(it, heads[head], table, bars, many):
            return heads[head]
        head = (head + 1) & (it.hashes - 1)
    heads[head] = it.used
    _add_up(it, table, bars, many)
    it.used += 1
    return it.used - 1


@plain
def same_odds(it: Play, found: int, table: int, bars: int, many: int) -> bool:
    """Whether a slot is of my sheet, this table, barring constraints, and the odds in `it.odds`."""
    marks = wholes(it.marks + ITEM * MARKS * found, MARKS)
    if marks[SHEET] != it.sheet or marks[TABLE] != table or marks[BARS] != bars:
        return False
    odds, n = reals(it.slot_odds + ITEM * it.linked * found, it.linked), 0
    while n < many and odds[n] == it.odds[n]:
        n += 1
    return n == many


@plain
def _add_up(it: Play, table: int, bars: int, many: int) -> None:
    """Fill the next slot: `Preferences.gains`: points, then link by link; deals not to be signed are out of reach."""
    new, first, none = it.used, it.rule.start[table], unsigned(it, table)
    marks, odds = wholes(it.marks + ITEM * MARKS * new, MARKS), reals(it.slot_odds + ITEM * it.linked * new, it.linked)
    marks[SHEET], marks[TABLE], marks[BARS], marks[LOOKS] = it.sheet, table, bars, 0
    marks[RANKED], marks[SORTED] = -1, 0
    size, gains = none - first, reals(it.gains + ITEM * it.wide * new, it.wide)
    ours, mask = reals(it.points + ITEM * first, size + 1), it.masks + ITEM * it.own.mask_at[it.sheet, table]
    rest = ours[size]
    for deal in range(size):
        gains[deal] = ours[deal]
    for n in range(many):
        odds[n] = it.odds[n]
        points, meets = it.own.points[it.sheet, it.own.naming[it.sheet, table, n]] * odds[n], reals(mask, size + 1)
        if points != 0.0:
            for deal in range(size):
                gains[deal] += points * meets[deal]
            rest += points * meets[size]
        mask += ITEM * (size + 1)
    for deal in range(size):
        gains[deal] -= rest
    if bars or not it.rule.always[it.me, table]:
        _strike(it, table, bars, new)
    best = largest(gains, size)
    reals(it.scales, SCALES * it.slots)[SCALES * new + BEST] = best if best > -NEVER else -1.0


@plain
def _strike(it: Play, table: int, bars: int, new: int) -> None:
    """Put deals that I may not sign out of reach."""
    first, size = it.rule.start[table], unsigned(it, table) - it.rule.start[table]
    gains, barred = reals(it.gains + ITEM * it.wide * new, it.wide), wholes(it.bars + ITEM * first, size)
    needed = wholes(it.needs + ITEM * first, size)
    anyone = it.rule.of[table] >> it.me & 1
    for deal in range(size):
        may = anyone or needed[deal] >> it.me & 1
        if not may or barred[deal] & bars:
            gains[deal] = -NEVER


@plain
def forget(it: Play) -> None:
    """Forget all gains."""
    it.used, it.epoch = 0, it.epoch + 1
    wholes(it.heads, it.hashes)[:] = -1
    it.stale[:] = -1
    it.ranked_of[:] = -1


@plain
def floor(it: Play, table: int) -> float:
    """`Desk._floors`: the best gain to be had at once, of a paper there that lacks nothing but my signature."""
    if it.floor_in[table] != it.turn:
        it.floor_in[table] = it.turn
        best = it.delay
        for row in range(it.live):
            paper = it.papers[row]
            if paper[LACKS] == 1 and paper[FIRST] == table and paper[SECOND] < 0 and signable(it, it.me, paper):
                best = max(best, paper_worth(it, row))
        it.floor[table] = best
    return it.floor[table]
