"""What an agent does in a turn: `strategies/bargainer.py` and `strategies/packages.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.arrays import Board, Real, Sheets, Whole
from negotiation.lab.compiled.coding import COMBI, CONST, LEVEL, NEXT, TIME, WHIM, Seats
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.desk import (
    chances,
    floor,
    gain_at,
    gain_together,
    paper_worth,
    slot,
    slot_with,
    sort,
)
from negotiation.lab.compiled.game import (
    ACCEPT,
    AUTHOR,
    BY,
    DEAL,
    FIRST,
    FOUR,
    KIND,
    LIVE,
    MADE,
    OFFER,
    OFFERED,
    ONE,
    OTHER,
    PASS,
    ROUND,
    ROUNDS,
    SECOND,
    SIGNED,
    THREE,
    TURN,
    TWO,
    WITHDRAW,
    Game,
    Kept,
)
from negotiation.lab.compiled.papers import shares, signable, sits
from negotiation.strategies.curves import (
    NEVER,
    NOTHING,
    TOLERANCE,
    asked,
    lowest,
    lowest_unsorted,
    whim,
    window,
)

LOOKS = 6
"""How often the lowest deal at or above a level is sought before the deals are sorted."""

ACTS_PER_ROUND = 60


@plain
def decide(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    points: Real,
    game: Game,
    kept: Kept,
    party: int,
    sheet: int,
    due: int,
    one_paper: bool,  # noqa: FBT001 - compiled code has no keywords
    may_act: bool,  # noqa: FBT001
) -> None:
    """Put into `game.act` what a party does at the tables where it may act (a set)."""
    act = game.act
    game.now[TURN] += 1
    act[KIND], act[BY], act[ONE], act[TWO], act[THREE], act[FOUR] = PASS, party, -1, -1, -1, -1
    if may_act:
        row = -1 if one_paper else _regret(board, sheets, points, game, party, sheet)
        if row >= 0:
            act[KIND], act[ONE] = WITHDRAW, row
            return
        row = _to_sign(board, sheets, seats, points, game, kept, party, sheet, due)
        call = -1 if row >= 0 else _last_call(board, sheets, seats, points, game, party, sheet, due)
        if row < 0 and not (one_paper and call >= 0):
            for table in range(board.rule.tables):
                if due & ~game.acted[party] & (1 << table) and _offers(
                    board, sheets, seats, points, game, kept, party, sheet, table, one_paper
                ):
                    return
        row = max(row, call)
        if row >= 0:
            act[KIND], act[ONE] = ACCEPT, row
            return
    if one_paper:
        table = 0
        while not due >> table & 1:
            table += 1
        act[ONE] = table


@plain
def _tables(paper: Whole) -> int:
    """The tables of a paper, as a set."""
    return 1 << paper[FIRST] | (1 << paper[SECOND] if paper[SECOND] >= 0 else 0)


@plain
def _regret(board: Board, sheets: Sheets, points: Real, game: Game, party: int, sheet: int) -> int:
    """The first paper I have signed that has fallen below my floor since; -1 if none has."""
    for row in range(game.now[LIVE]):
        paper = game.papers[row]
        mine = paper[SIGNED] >> party & 1 and not game.acted[party] & _tables(paper)
        if mine and paper_worth(board, sheets, points, game, party, sheet, row) < -TOLERANCE:
            return row
    return -1


@plain
def _to_sign(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    points: Real,
    game: Game,
    kept: Kept,
    party: int,
    sheet: int,
    due: int,
) -> int:
    """The best paper that gains what I ask for, over all its tables where I sit; of equals the oldest; or -1."""
    best, found = -NEVER, -1
    for row in range(game.now[LIVE]):
        paper = game.papers[row]
        if not due & _tables(paper) or not signable(board, game, party, paper):
            continue
        gain = paper_worth(board, sheets, points, game, party, sheet, row)
        if gain < -TOLERANCE or gain <= best or _may_be_outbid(board, game, party, paper):
            continue
        least = 0.0
        if sits(board, game, party, paper[FIRST]):
            least += _least(board, sheets, seats, points, game, kept, party, sheet, paper[FIRST])
        if paper[SECOND] >= 0 and sits(board, game, party, paper[SECOND]):
            least += _least(board, sheets, seats, points, game, kept, party, sheet, paper[SECOND])
        if gain >= least - TOLERANCE:
            best, found = gain, row
    return found


@plain
def _may_be_outbid(board: Board, game: Game, party: int, paper: Whole) -> bool:
    """Whether to give rivals a round to better a paper that came in this one."""
    if paper[MADE] != game.now[ROUND] or paper[MADE] + 1 >= game.now[ROUNDS]:
        return False
    if board.rule.rivalled[paper[FIRST]] >> party & 1:
        return True
    return paper[SECOND] >= 0 and (board.rule.rivalled[paper[SECOND]] >> party & 1) != 0


@plain
def _last_call(
    board: Board, sheets: Sheets, seats: Seats, points: Real, game: Game, party: int, sheet: int, due: int
) -> int:
    """In the last round, the best paper that is no loss; -1 if there is none."""
    best, found = -NEVER, -1
    if not seats.who.yields[party] or game.now[ROUND] + 1 < game.now[ROUNDS]:
        return found
    for row in range(game.now[LIVE]):
        paper = game.papers[row]
        if due & _tables(paper) and signable(board, game, party, paper):
            gain = paper_worth(board, sheets, points, game, party, sheet, row)
            if gain >= -TOLERANCE and gain > best:
                best, found = gain, row
    return found


@plain
def _offers(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    points: Real,
    game: Game,
    kept: Kept,
    party: int,
    sheet: int,
    table: int,
    one_paper: bool,  # noqa: FBT001
) -> bool:
    """Whether there is something to offer at a table, alone or with a linked one; it is in `game.act` then."""
    act, bid = game.act, _bid(board, sheets, seats, points, game, kept, party, sheet, table)
    act[ONE], act[TWO], act[THREE], act[FOUR] = table, bid, -1, -1
    found = not one_paper and _package(board, sheets, seats, points, game, kept, party, sheet, table)
    if bid != NOTHING or found:
        for row in range(game.now[LIVE]):
            if game.papers[row, AUTHOR] == party and same_deals(game.papers[row], act):
                bid, found = NOTHING, False
    if bid != NOTHING or found:
        act[KIND] = OFFER
        return True
    act[ONE], act[TWO], act[THREE], act[FOUR] = -1, -1, -1, -1
    return False


@plain
def same_deals(paper: Whole, act: Whole) -> bool:
    """Whether a paper has the deals of an offer."""
    if paper[FIRST] == act[ONE] and paper[SECOND] == act[THREE]:
        return paper[DEAL] == act[TWO] and (act[THREE] < 0 or paper[OTHER] == act[FOUR])
    if paper[FIRST] == act[THREE] and paper[SECOND] == act[ONE]:
        return paper[DEAL] == act[FOUR] and paper[OTHER] == act[TWO]
    return False


@plain
def _package(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    points: Real,
    game: Game,
    kept: Kept,
    party: int,
    sheet: int,
    table: int,
) -> bool:
    """A deal that clears the floor only with one at a linked table, with it in `game.act`; False if there is none."""
    act = game.act
    alone = slot(board, sheets, points, game, kept, party, sheet, table)
    for other in range(board.rule.tables):
        if not sheets.own.tied[sheet, table] >> other & 1 or not sits(board, game, party, other):
            continue
        pick = _bid(board, sheets, seats, points, game, kept, party, sheet, other)
        if pick == NOTHING:
            continue
        there = board.rule.start[other] + pick
        together = slot_with(board, sheets, points, game, kept, party, sheet, table, other, there)
        if kept.slot[together].best <= max(kept.slot[alone].best, 0.0) + TOLERANCE:
            continue
        bid = _choose(board, sheets, seats, points, game, kept, party, sheet, table, together)
        place = board.rule.start[table] + bid
        if (
            bid == NOTHING
            or kept.gains[alone, bid] >= -TOLERANCE
            or gain_together(board, sheets, points, game, party, sheet, table, place, other, there) < -TOLERANCE
        ):
            continue
        act[ONE], act[TWO], act[THREE], act[FOUR] = table, bid, other, pick
        return True
    return False


@plain
def _pressed(board: Board, game: Game, party: int, table: int) -> int:
    """1 if a paper lies at the table that does without me, who may be left out there; else 0 (see `Desk._time`)."""
    if board.rule.conditional[table]:
        for row in range(game.now[LIVE]):
            paper = game.papers[row]
            if shares(paper, table, -1):
                place = board.rule.start[table] + (paper[DEAL] if paper[FIRST] == table else paper[OTHER])
                if not (board.needs[place] | board.rule.of[table]) >> party & 1:
                    return 1
    return 0


@plain
def _bid(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    points: Real,
    game: Game,
    kept: Kept,
    party: int,
    sheet: int,
    table: int,
) -> int:
    """The deal to bid at a table, or `NOTHING`."""
    if game.bid_in[table] != game.now[TURN]:
        found = slot(board, sheets, points, game, kept, party, sheet, table)
        game.bid[table] = _choose(board, sheets, seats, points, game, kept, party, sheet, table, found)
        game.bid_in[table] = game.now[TURN]
    return game.bid[table]


@plain
def _level(board: Board, seats: Seats, game: Game, kept: Kept, party: int, table: int, found: int) -> float:
    """What the bidding asks for where these gains hold."""
    share = seats.share[party, game.now[ROUND], _pressed(board, game, party, table)]
    return asked(kept.slot[found].best, share)


@plain
def _choose(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    points: Real,
    game: Game,
    kept: Kept,
    party: int,
    sheet: int,
    table: int,
    found: int,
) -> int:
    """The deal to bid where these gains hold, or `NOTHING`."""
    kept.slot[found].looks += 1
    if kept.slot[found].ranked < 0 and (kept.slot[found].looks > LOOKS or seats.who.bidding[party] == WHIM):
        sort(board, kept, found, table)
    size = kept.slot[found].ranked
    order = kept.order[found, : max(size, 0)]
    if seats.who.bidding[party] == WHIM:
        return whim(kept.gains[found], order, game.draws[1])
    wanted = _level(board, seats, game, kept, party, table, found)
    wanted = max(wanted, floor(board, sheets, points, game, party, sheet, table))
    if size < 0:
        gains = kept.gains[found, : board.rule.start[table + 1] - 1 - board.rule.start[table]]
        return lowest_unsorted(gains, wanted)
    return lowest(kept.gains[found], order, wanted)


@plain
def _least(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    points: Real,
    game: Game,
    kept: Kept,
    party: int,
    sheet: int,
    table: int,
) -> float:
    """The gain at which a paper at a table is signed."""
    if game.least_in[table] == game.now[TURN]:
        return game.least[table]
    game.least_in[table] = game.now[TURN]
    kind, setting = seats.who.accept[party], seats.who.setting[party]
    found = slot(board, sheets, points, game, kept, party, sheet, table)
    least = 0.0
    if kind == LEVEL:
        least = _level(board, seats, game, kept, party, table, found)
    elif kind in (NEXT, COMBI):
        bid = _bid(board, sheets, seats, points, game, kept, party, sheet, table)
        least = max(kept.slot[found].best if bid == NOTHING else kept.gains[found, bid], 0.0)
        if kind == COMBI:
            least = min(least, _hoped(board, sheets, seats, points, game, kept, party, sheet, table))
    elif kind == CONST:
        least = setting * max(kept.slot[found].best, 0.0)
    elif kind == TIME:
        time = seats.time[game.now[ROUND], _pressed(board, game, party, table)]
        least = 0.0 if time >= setting else NEVER
    else:  # CHANCE
        least = 0.0 if game.draws[0] < setting else NEVER
    game.least[table] = least
    return least


@plain
def _hoped(
    board: Board, sheets: Sheets, seats: Seats, points: Real, game: Game, kept: Kept, party: int, sheet: int, table: int
) -> float:
    """What can still be hoped for late in the talks (see `Combi`); `NEVER` before."""
    time = seats.time[game.now[ROUND], _pressed(board, game, party, table)]
    received = 0
    for n in range(game.now[OFFERED]):
        received += kept.offers[n, 0] == table and kept.offers[n, 1] != party
    if time < seats.who.setting[party] or not received:
        return NEVER
    chances(board, sheets, game, party, sheet, table, -1, -1)
    left, best, n = window(received, time), 0.0, game.now[OFFERED]
    while left and n:
        n -= 1
        if kept.offers[n, 0] == table and kept.offers[n, 1] != party:
            left -= 1
            place = board.rule.start[table] + kept.offers[n, 3]
            best = max(best, gain_at(board, sheets, points, game, sheet, table, place))
    return best
