"""What may come of what lies on the tables: `strategies/expectations.py` over arrays, for the sheet of whoever decides."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import COUNT, DEAL, FIRST, LACKS, OTHER, SECOND, Play
from negotiation.lab.compiled.papers import bars
from negotiation.strategies.decision_rules import hope


@plain
def seat(it: Play, party: int, sheet: int) -> None:
    """Let a party decide, with one of its sheets."""
    it.me, it.sheet = party, sheet
    it.points = it.all_points + ITEM * it.places * it.sheet
    it.bits = it.all_bits + ITEM * it.places * it.sheet


@plain
def hear(it: Play) -> None:
    """Mark what I have worked out and does not hold any more, after what has happened since I decided last."""
    for table in range(it.rule.tables):
        if it.changed[table] > it.heard[it.me]:
            it.unseen[it.me] |= 1 << table
            it.stale[it.me] |= it.own.tied[it.sheet, table]
    it.heard[it.me] = it.changes


@plain
def links_at(it: Play, place: int) -> int:
    """My links that do not fail at a place (a set)."""
    return wholes(it.bits, it.places)[place]


@plain
def met(it: Play, link: int, place: int) -> bool:
    """Whether a link of mine does not fail at a place."""
    return (links_at(it, place) >> link & 1) != 0


@plain
def worth(it: Play, place: int) -> float:
    """My points at a place, links left out."""
    return reals(it.points, it.places)[place]


@plain
def likely(it: Play, table: int) -> int:
    """How many things may hold at a table; their places and chances are in `lot` and `chance` (see `lottery`)."""
    if not it.undrawn >> table & 1:
        return it.likely[table]
    it.undrawn &= ~(1 << table)
    lot, chance = it.lot[table], it.chance[table]
    lot[0], chance[0], many, total = it.at[table], 1.0, 1, 1.0
    for row in range(it.live):
        paper = it.papers[row]
        if paper[FIRST] == table:
            place = it.rule.start[table] + paper[DEAL]
        elif paper[SECOND] == table:
            place = it.rule.start[table] + paper[OTHER]
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
    it.likely[table] = many
    return many


@plain
def look(it: Play, table: int) -> None:
    """Work out anew the chances that my links' parts at a table are met, if something has happened there."""
    if not it.unseen[it.me] >> table & 1:
        return
    it.unseen[it.me] &= ~(1 << table)
    many, n = likely(it, table), 0
    while it.own.naming[it.sheet, table, n] >= 0:
        link, total = it.own.naming[it.sheet, table, n], 0.0
        for k in range(many):
            if met(it, link, it.lot[table, k]):
                total += it.chance[table, k]
        it.parts[it.me, table, link] = total
        n += 1


@plain
def chances(it: Play, table: int, other: int, place: int) -> int:
    """Put the odds of my links that name a table into `it.odds` (see `Preferences.odds`); how many there are.

    With `place` as what holds at the table `other`; -1 for neither.
    """
    tied = it.own.tied[it.sheet, table]
    if tied & it.unseen[it.me]:
        for near in range(it.rule.tables):
            if near != other and tied >> near & 1:
                look(it, near)
    many = 0
    while it.own.naming[it.sheet, table, many] >= 0:
        it.odds[many] = chance(it, it.own.naming[it.sheet, table, many], table, other, place, 1.0)
        many += 1
    return many


@plain
def chance(it: Play, link: int, table: int, other: int, place: int, start: float) -> float:
    """`start` times the chance that a link is met everywhere but at `table`, one table after the other."""
    found, n = start, 0
    while it.own.names[it.sheet, link, n] >= 0:
        name = it.own.names[it.sheet, link, n]
        if name == other:
            found *= 1.0 if met(it, link, place) else 0.0
        elif name != table:
            found *= it.parts[it.me, name, link]
        n += 1
    return found


@plain
def barring(it: Play, table: int, other: int, place: int) -> int:
    """The constraints that bar deals of a table, as all else stands; with `place` at the table `other`."""
    active = it.rule.named[table]
    if active:
        for near in range(it.rule.tables):
            if near != table:
                active &= bars(it, place if near == other else it.at[near])
    return active
