"""The expected outcomes: `strategies/expectations.py` over arrays, for the sheet of the party that decides."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import COUNT, DEAL, FIRST, LACKS, OTHER, SECOND, Game
from negotiation.lab.compiled.papers import bars
from negotiation.strategies.decision_rules import signature_share


@plain
def seat(game: Game, party: int, sheet: int) -> None:
    """Let a party decide, with one of its sheets."""
    game.me, game.sheet = party, sheet
    game.points = game.all_points + ITEM * game.places * game.sheet
    game.bits = game.all_bits + ITEM * game.places * game.sheet


@plain
def hear(game: Game) -> None:
    """Mark those of my results as stale that no longer hold after what has happened since I decided last."""
    for table in range(game.rule.tables):
        if game.changed[table] > game.heard[game.me]:
            game.unseen[game.me] |= 1 << table
            game.stale[game.me] |= game.own.tied[game.sheet, table]
    game.heard[game.me] = game.changes


@plain
def links_at(game: Game, place: int) -> int:
    """Return my links that do not fail at a place (a set)."""
    return wholes(game.bits, game.places)[place]


@plain
def met(game: Game, link: int, place: int) -> bool:
    """Return whether a link of mine does not fail at a place."""
    return (links_at(game, place) >> link & 1) != 0


@plain
def worth(game: Game, place: int) -> float:
    """Return my points at a place, links left out."""
    return reals(game.points, game.places)[place]


@plain
def likely(game: Game, table: int) -> int:
    """Return how many outcomes are likely at a table; their places and chances are in `lot` and `chance`."""
    if not game.undrawn >> table & 1:
        return game.likely[table]
    game.undrawn &= ~(1 << table)
    lot, chance = game.lot[table], game.chance[table]
    lot[0], chance[0], many, total = game.at[table], 1.0, 1, 1.0
    for row in range(game.live):
        paper = game.papers[row]
        if paper[FIRST] == table:
            place = game.rule.start[table] + paper[DEAL]
        elif paper[SECOND] == table:
            place = game.rule.start[table] + paper[OTHER]
        else:
            continue
        weight = signature_share(paper[COUNT], paper[LACKS])
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
def look(game: Game, table: int) -> None:
    """Compute anew the chances that my links' parts at a table are met, if something has happened there."""
    if not game.unseen[game.me] >> table & 1:
        return
    game.unseen[game.me] &= ~(1 << table)
    many, n = likely(game, table), 0
    while game.own.naming[game.sheet, table, n] >= 0:
        link, total = game.own.naming[game.sheet, table, n], 0.0
        for k in range(many):
            if met(game, link, game.lot[table, k]):
                total += game.chance[table, k]
        game.parts[game.me, table, link] = total
        n += 1


@plain
def chances(game: Game, table: int, other: int, place: int) -> int:
    """Put the odds of my links that name a table into `game.odds` (see `Preferences.odds`); return how many there are.

    With `place` as what holds at the table `other`; -1 for neither.
    """
    tied = game.own.tied[game.sheet, table]
    if tied & game.unseen[game.me]:
        for near in range(game.rule.tables):
            if near != other and tied >> near & 1:
                look(game, near)
    many = 0
    while game.own.naming[game.sheet, table, many] >= 0:
        game.odds[many] = chance(game, game.own.naming[game.sheet, table, many], table, other, place, 1.0)
        many += 1
    return many


@plain
def chance(game: Game, link: int, table: int, other: int, place: int, start: float) -> float:
    """Return `start` times the chance that a link is met everywhere but at `table`, one table after the other."""
    found, n = start, 0
    while game.own.names[game.sheet, link, n] >= 0:
        name = game.own.names[game.sheet, link, n]
        if name == other:
            found *= 1.0 if met(game, link, place) else 0.0
        elif name != table:
            found *= game.parts[game.me, name, link]
        n += 1
    return found


@plain
def barring(game: Game, table: int, other: int, place: int) -> int:
    """Return the constraints that bar deals of a table, as all else stands; with `place` at the table `other`."""
    active = game.rule.named[table]
    if active:
        for near in range(game.rule.tables):
            if near != table:
                active &= bars(game, place if near == other else game.at[near])
    return active
