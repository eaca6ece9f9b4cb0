"""What every act does to the papers: `rules.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.arrays import Board, Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import (
    ACCEPT,
    AUTHOR,
    BY,
    COUNT,
    DEAL,
    EVENTS,
    FIRST,
    FOUR,
    HANDS,
    ID,
    KIND,
    LACKS,
    LIVE,
    MADE,
    OFFERED,
    ONE,
    OPEN,
    OTHER,
    ROUND,
    SECOND,
    SIGNED,
    THREE,
    TWO,
    WITHDRAW,
    Game,
    Kept,
)


@plain
def members(bits: int) -> int:
    """How many members a set has."""
    many = 0
    while bits:
        bits &= bits - 1
        many += 1
    return many


@plain
def unsigned(board: Board, table: int) -> int:
    """The place of leaving a table unsigned."""
    return board.rule.start[table + 1] - 1


@plain
def sits(board: Board, game: Game, party: int, table: int) -> bool:
    """Whether a table is open and the party has a seat there."""
    return (game.now[OPEN] >> table) & (board.rule.seats[table] >> party) & 1 != 0


@plain
def touched(game: Game, paper: Whole) -> None:
    """Note that something has changed at the tables of a paper."""
    game.version[paper[FIRST]] += 1
    if paper[SECOND] >= 0:
        game.version[paper[SECOND]] += 1


@plain
def shares(paper: Whole, first: int, second: int) -> bool:
    """Whether a paper names one of two tables (the second may be -1)."""
    return (
        paper[FIRST] == first
        or paper[SECOND] == first
        or (second >= 0 and (paper[FIRST] == second or paper[SECOND] == second))
    )


@plain
def signable(board: Board, game: Game, party: int, paper: Whole) -> bool:
    """`State.signable`: whether the party's signature would count and is not there yet."""
    if paper[SIGNED] >> party & 1:
        return False
    table = paper[FIRST]
    if sits(board, game, party, table) and _signs(board, table, paper[DEAL]) >> party & 1:
        return True
    table = paper[SECOND]
    if table < 0 or not sits(board, game, party, table):
        return False
    return (_signs(board, table, paper[OTHER]) >> party & 1) != 0


@plain
def _signs(board: Board, table: int, deal: int) -> int:
    """Those whose signature counts for a deal."""
    return board.needs[board.rule.start[table] + deal] | board.rule.of[table]


@plain
def _lacking(board: Board, table: int, deal: int, signed: int) -> int:
    """`Table.missing`, counted."""
    must = members(board.needs[board.rule.start[table] + deal] & ~signed)
    votes, short = 0, 0
    if board.rule.quorum[table]:
        votes = board.rule.quorum[table] - members(board.rule.of[table] & signed)
    if board.rule.least[table]:
        short = board.rule.least[table] - must - members(_signs(board, table, deal) & signed)
    return must + max(votes, short, 0)


@plain
def _count(board: Board, paper: Whole) -> None:
    lacks = _lacking(board, paper[FIRST], paper[DEAL], paper[SIGNED])
    if paper[SECOND] >= 0:
        lacks += _lacking(board, paper[SECOND], paper[OTHER], paper[SIGNED])
    paper[LACKS] = lacks


@plain
def _sign(board: Board, paper: Whole, party: int) -> None:
    paper[SIGNED] |= 1 << party
    paper[HANDS + paper[COUNT]] = party
    paper[COUNT] += 1


@plain
def broken(board: Board, game: Game, first: int, deal: int, second: int, other: int) -> bool:
    """`Scenario.breaks`: whether a constraint forbids these deals with what binds."""
    met = -1
    for table in range(board.rule.tables):
        place = game.at[table]
        if table == first:
            place = board.rule.start[table] + deal
        elif table == second:
            place = board.rule.start[table] + other
        met &= board.bars[place]
    return met != 0


@plain
def remove(game: Game, row: int) -> None:
    """Take a paper away; the later ones move up."""
    touched(game, game.papers[row])
    for later in range(row + 1, game.now[LIVE]):
        for column in range(HANDS + game.papers[later, COUNT]):
            game.papers[later - 1, column] = game.papers[later, column]
    game.now[LIVE] -= 1


@plain
def offer(board: Board, game: Game, kept: Kept, one_paper: bool) -> bool:  # noqa: FBT001 - compiled code has no keywords
    """Do the offer in `game.act`; False, and nothing done, if a constraint forbids it."""
    act = game.act
    party, first, deal, second, other = act[BY], act[ONE], act[TWO], act[THREE], act[FOUR]
    if broken(board, game, first, deal, second, other):
        return False
    row = 0
    while row < game.now[LIVE]:
        paper = game.papers[row]
        if (one_paper or paper[AUTHOR] == party) and shares(paper, first, second):
            remove(game, row)
        else:
            row += 1
    paper = game.papers[row]
    paper[ID], paper[AUTHOR], paper[MADE] = game.now[EVENTS], party, game.now[ROUND]
    paper[FIRST], paper[DEAL], paper[SECOND], paper[OTHER] = first, deal, second, other
    paper[SIGNED] = paper[COUNT] = 0
    game.now[LIVE] += 1
    if signable(board, game, party, paper):
        _sign(board, paper, party)
    _count(board, paper)
    touched(game, paper)
    _said(game, kept, party, first, deal)
    if second >= 0:
        _said(game, kept, party, second, other)
    _settle(board, game, row)
    return True


@plain
def _said(game: Game, kept: Kept, party: int, table: int, deal: int) -> None:
    """Note that somebody has offered a deal."""
    game.acted[party] |= 1 << table
    number = game.now[OFFERED]
    if number < len(kept.offers):
        said = kept.offers[number]
        said[0], said[1], said[2], said[3] = table, party, game.now[ROUND], deal
    game.now[OFFERED] += 1


@plain
def accept(board: Board, game: Game) -> None:
    """Do the signature in `game.act`."""
    party, row = game.act[BY], game.act[ONE]
    paper = game.papers[row]
    _sign(board, paper, party)
    _count(board, paper)
    touched(game, paper)
    game.acted[party] |= 1 << paper[FIRST]
    if paper[SECOND] >= 0:
        game.acted[party] |= 1 << paper[SECOND]
    _settle(board, game, row)


@plain
def withdraw(board: Board, game: Game) -> None:
    """Do the withdrawal in `game.act`: of one's own paper, or of a signature."""
    party, row = game.act[BY], game.act[ONE]
    paper = game.papers[row]
    if paper[AUTHOR] == party:
        remove(game, row)
        return
    kept = 0
    for n in range(paper[COUNT]):
        if paper[HANDS + n] != party:
            paper[HANDS + kept] = paper[HANDS + n]
            kept += 1
    paper[COUNT] = kept
    paper[SIGNED] &= ~(1 << party)
    _count(board, paper)
    touched(game, paper)


@plain
def _settle(board: Board, game: Game, row: int) -> None:
    """Close the tables of a paper that lacks nothing; papers that cannot bind any more lapse."""
    paper = game.papers[row]
    if paper[LACKS]:
        return
    first, second = paper[FIRST], paper[SECOND]
    _bind(board, game, paper, first, paper[DEAL])
    if second >= 0:
        _bind(board, game, paper, second, paper[OTHER])
    row = 0
    while row < game.now[LIVE]:
        paper = game.papers[row]
        if shares(paper, first, second) or broken(board, game, paper[FIRST], paper[DEAL], paper[SECOND], paper[OTHER]):
            remove(game, row)
        else:
            row += 1


@plain
def _bind(board: Board, game: Game, paper: Whole, table: int, deal: int) -> None:
    game.at[table] = board.rule.start[table] + deal
    game.bound_in[table] = game.now[ROUND]
    game.now[OPEN] &= ~(1 << table)
    game.version[table] += 1
    game.count[table] = 0
    for n in range(paper[COUNT]):
        party = paper[HANDS + n]
        if _signs(board, table, deal) >> party & 1:
            game.hands[table, game.count[table]] = party
            game.count[table] += 1


@plain
def note(game: Game, log: Whole) -> None:
    """Write down the act that is about to be done."""
    number = game.now[EVENTS]
    if number < len(log):
        for column in range(len(game.act)):
            log[number, column] = game.act[column]
        if game.act[KIND] == ACCEPT or game.act[KIND] == WITHDRAW:  # rows move, so the log has the paper's id
            log[number, ONE] = game.papers[game.act[ONE], ID]
