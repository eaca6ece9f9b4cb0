"""The questions about tables and papers: `state.py`, `table.py` and `scenario.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import wholes
from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import DEAL, FIRST, OTHER, SECOND, SIGNED, Game


@plain
def members(parties: int) -> int:
    """Return how many members a set of parties has: pairs of bits added up, then fours, eights and sixteen."""
    pairs = parties - (parties >> 1 & 0x5555)
    fours = (pairs & 0x3333) + (pairs >> 2 & 0x3333)
    eights = (fours + (fours >> 4)) & 0x0F0F
    return (eights + (eights >> 8)) & 0x1F


@plain
def unsigned(game: Game, table: int) -> int:
    """Return the place of leaving a table unsigned."""
    return game.rule.start[table + 1] - 1


@plain
def sits(game: Game, party: int, table: int) -> bool:
    """Return whether a table is open and the party has a seat there."""
    return (game.open >> table) & (game.rule.seats[table] >> party) & 1 != 0


@plain
def last_signed(game: Game) -> int:
    """Return the rounds until the last table that I signed; 0 if I have signed none."""
    last = 0
    for table in range(game.rule.tables):
        for n in range(game.count[table]):
            if game.hands[table, n] == game.me:
                last = max(last, game.bound_in[table] + 1)
    return last


@plain
def needs(game: Game, place: int) -> int:
    """Return the parties without whom a deal cannot bind."""
    return wholes(game.needs, game.places)[place]


@plain
def bars(game: Game, place: int) -> int:
    """Return the constraints that a deal does not keep clear of."""
    return wholes(game.bars, game.places)[place]


@plain
def shares(paper: Whole, first: int, second: int) -> bool:
    """Return whether a paper names one of two tables (the second may be -1)."""
    return (
        paper[FIRST] == first
        or paper[SECOND] == first
        or (second >= 0 and (paper[FIRST] == second or paper[SECOND] == second))
    )


@plain
def signs(game: Game, table: int, deal: int) -> int:
    """Return those whose signature counts for a deal."""
    return needs(game, game.rule.start[table] + deal) | game.rule.of[table]


@plain
def signable(game: Game, party: int, paper: Whole) -> bool:
    """Return `State.signable`: whether the party's signature would count and is not there yet."""
    if paper[SIGNED] >> party & 1:
        return False
    table = paper[FIRST]
    if sits(game, party, table) and signs(game, table, paper[DEAL]) >> party & 1:
        return True
    table = paper[SECOND]
    if table < 0 or not sits(game, party, table):
        return False
    return (signs(game, table, paper[OTHER]) >> party & 1) != 0


@plain
def lacking(game: Game, table: int, deal: int, signed: int) -> int:
    """Return how many signatures a deal lacks, as `Table.missing` counts them."""
    must = members(needs(game, game.rule.start[table] + deal) & ~signed)
    votes, short = 0, 0
    if game.rule.quorum[table]:
        votes = game.rule.quorum[table] - members(game.rule.of[table] & signed)
    if game.rule.least[table]:
        short = game.rule.least[table] - must - members(signs(game, table, deal) & signed)
    return must + max(votes, short, 0)


@plain
def broken(game: Game, first: int, deal: int, second: int, other: int) -> bool:
    """Return `Scenario.breaks`: whether a constraint forbids these deals with what binds."""
    met = -1
    for table in range(game.rule.tables):
        place = game.at[table]
        if table == first:
            place = game.rule.start[table] + deal
        elif table == second:
            place = game.rule.start[table] + other
        met &= bars(game, place)
        if not met:
            return False
    return True
