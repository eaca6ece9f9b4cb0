"""One game in play as arrays: what changes, where it is kept, and how much room that takes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from negotiation.lab.compiled.arrays import Board, Real, Sheets, Whole

ROUND, ROUNDS, EVENTS, OPEN, LIVE, PASSED, LAST, TURN, OFFERED = range(9)
"""Places in `Game.now`: the running round and how many there are; events so far; the set of open tables; live papers;
the set of those who have passed; who acted last (-1: the clock); decisions so far; offers kept."""

ID, AUTHOR, MADE, FIRST, DEAL, SECOND, OTHER, SIGNED, COUNT, LACKS, HANDS = range(11)
"""Columns of `Game.papers`: the event that made it, its author and round; one or two tables (the second may be -1) and
deals; the set of signers and their number, what it lacks; from `HANDS` on the signers in the order they signed."""

KIND, BY, ONE, TWO, THREE, FOUR = range(6)
"""Columns of an act: kind, party, and the paper (its row; in the log its id), or tables and deals as in a paper."""

PASS, OFFER, ACCEPT, WITHDRAW, TICK = range(5)
"""Kinds of act."""

PLAYED, UNLAWFUL, FULL = range(3)
"""How a game ended: as it should; with an act that the rules refuse; or for want of room."""


class Game(NamedTuple):
    """What changes in a game; sets of tables and parties are the bits of a number.

    Attributes
    ----------
    now
        Single numbers, see `ROUND` and the others.
    papers
        The live papers, oldest first.
    at
        By table, the place of what binds there; that of being unsigned before.
    bound_in, count, hands
        By table, the round it bound in, how many signed, and who, in the order they signed.
    acted
        By party, the tables at which it has acted in this round.
    turns, before
        By party, acts so far, and as many at the start of the round.
    version
        By table, how often what lies or binds there has changed.
    likely, lot, chance
        By table, how many things may hold there, their places, and their chances, see `outlook.lottery`; `drawn` is
        the version they belong to.
    parts, parts_of
        By party, link and table, the chance that the link's part there is met; the version this belongs to.
    slot, stamp
        By party and table, where its gains are kept, and the versions (added up) that they belong to.
    worth, worth_in
        By paper, what it gains whoever decides, and the decision in which that was worked out.
    floor, floor_in, least, least_in, bid, bid_in
        By table, the floor, the gain at which a paper is signed, and the deal to bid, all of whoever decides.
    odds, room
        Room for the odds of one table, and for a number for each of its deals.
    draws
        Two uniform draws of this turn.
    offers, log
        Every offer as (table, party, round, deal), every event as an act; as far as there is room.
    """

    now: Whole
    papers: Whole
    at: Whole
    bound_in: Whole
    count: Whole
    hands: Whole
    acted: Whole
    turns: Whole
    before: Whole
    version: Whole
    likely: Whole
    lot: Whole
    chance: Real
    drawn: Whole
    parts: Real
    parts_of: Whole
    slot: Whole
    stamp: Whole
    worth: Real
    worth_in: Whole
    floor: Real
    floor_in: Whole
    least: Real
    least_in: Whole
    bid: Whole
    bid_in: Whole
    odds: Real
    room: Real
    draws: Real
    act: Whole
    offers: Whole
    log: Whole


class Kept(NamedTuple):
    """Gains that have been worked out, so that the same odds are looked up and not added up again.

    Attributes
    ----------
    used
        How many slots are in use.
    heads
        By hash, the slot, or -1.
    key, odds
        By slot: the sheet, table and barring constraints it belongs to; and the odds of the links.
    gains
        By slot and deal, the gain; `-NEVER` for deals that the party may not sign.
    best
        By slot, the largest gain; -1 if no deal may be signed.
    size, looks
        By slot, how many deals may be signed (-1: not counted), and how often a deal was looked for.
    order
        By slot, these deals ascending by gain, equal gains in deal order, once they are sorted.
    spare
        Room for sorting.
    """

    used: Whole
    heads: Whole
    key: Whole
    odds: Real
    gains: Real
    best: Real
    size: Whole
    looks: Whole
    order: Whole
    spare: Whole


BYTES = 1 << 23
"""Room for kept gains: what fits a processor's cache."""

MOST_BYTES = 1 << 28
"""Room beyond which a case is too large to be kept so."""


def slots(board: Board) -> int:
    """How many gains are kept; 0 if the case is too large: one decision may need those of every pair of tables."""
    tables, widest = len(board.of), int(np.diff(board.start).max())
    needed = 2 * tables * tables + 2
    if needed * widest * 16 > MOST_BYTES:
        return 0
    return min(max(needed, BYTES // (widest * 16)), 4096)


def kept(board: Board, sheets: Sheets) -> Kept:
    """Room for gains, nothing kept yet."""
    many, widest, links = slots(board), int(np.diff(board.start).max()), sheets.points.shape[1]
    return Kept(
        used=np.zeros(1, dtype=np.int64),
        heads=np.full(1 << (2 * many).bit_length(), -1),
        key=np.zeros((many, 3), dtype=np.int64),
        odds=np.zeros((many, links)),
        gains=np.zeros((many, widest)),
        best=np.zeros(many),
        size=np.zeros(many, dtype=np.int64),
        looks=np.zeros(many, dtype=np.int64),
        order=np.zeros((many, widest), dtype=np.int64),
        spare=np.zeros(widest, dtype=np.int64),
    )


def game(board: Board, sheets: Sheets, offers: int, events: int) -> Game:
    """Room for a game, with so many offers and events written down."""
    parties, tables, links = int(sheets.party.max()) + 1, len(board.of), sheets.points.shape[1]
    lying = parties * tables + 1

    def whole(*shape: int) -> Whole:
        return np.zeros(shape, dtype=np.int64)

    return Game(
        now=whole(OFFERED + 1),
        papers=whole(lying, HANDS + parties),
        at=whole(tables),
        bound_in=whole(tables),
        count=whole(tables),
        hands=whole(tables, parties),
        acted=whole(parties),
        turns=whole(parties),
        before=whole(parties),
        version=whole(tables),
        likely=whole(tables),
        lot=whole(tables, lying + 1),
        chance=np.zeros((tables, lying + 1)),
        drawn=whole(tables),
        parts=np.zeros((parties, links, tables)),
        parts_of=whole(parties, tables),
        slot=whole(parties, tables),
        stamp=whole(parties, tables),
        worth=np.zeros(lying),
        worth_in=whole(lying),
        floor=np.zeros(tables),
        floor_in=whole(tables),
        least=np.zeros(tables),
        least_in=whole(tables),
        bid=whole(tables),
        bid_in=whole(tables),
        odds=np.zeros(links),
        room=np.zeros(int(np.diff(board.start).max())),
        draws=np.zeros(2),
        act=whole(6),
        offers=whole(offers, 4),
        log=whole(events, 6),
    )
