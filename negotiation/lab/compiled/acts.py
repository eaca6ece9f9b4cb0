"""The effect of every act on the papers: `rules.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, wholes
from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import (
    ACCEPT,
    AUTHOR,
    BY,
    COUNT,
    DEAL,
    FIRST,
    FOUR,
    HANDS,
    ID,
    KIND,
    LACKS,
    MADE,
    ONE,
    OTHER,
    SECOND,
    SIGNED,
    THREE,
    TWO,
    WITHDRAW,
    Game,
)
from negotiation.lab.compiled.papers import broken, lacking, shares, signable, signs


@plain
def offer(game: Game) -> bool:
    """Do the offer in `game.act`; return False, and do nothing, if a constraint forbids it."""
    act = game.act
    party, first, deal, second, other = act[BY], act[ONE], act[TWO], act[THREE], act[FOUR]
    if broken(game, first, deal, second, other):
        return False
    row = 0
    while row < game.live:
        paper = game.papers[row]
        if (game.one_paper or paper[AUTHOR] == party) and shares(paper, first, second):
            remove(game, row)
        else:
            row += 1
    paper = game.papers[row]
    paper[ID], paper[AUTHOR], paper[MADE] = game.events, party, game.now
    paper[FIRST], paper[DEAL], paper[SECOND], paper[OTHER] = first, deal, second, other
    paper[SIGNED] = paper[COUNT] = 0
    game.live += 1
    if signable(game, party, paper):
        _sign(game, paper, party)
    _count(game, paper)
    _touched(game, paper)
    _said(game, party, first, deal)
    if second >= 0:
        _said(game, party, second, other)
    _settle(game, row)
    return True


@plain
def _said(game: Game, party: int, table: int, deal: int) -> None:
    """Note that a party has offered a deal."""
    game.acted[party] |= 1 << table
    game.talked[table] += 1
    if game.offered < game.most_offers:
        said = wholes(game.offers + 4 * ITEM * game.offered, 4)
        said[0], said[1], said[2], said[3] = table, party, game.now, deal
    game.offered += 1


@plain
def accept(game: Game) -> None:
    """Do the signature in `game.act`."""
    party, row = game.act[BY], game.act[ONE]
    paper = game.papers[row]
    _sign(game, paper, party)
    _count(game, paper)
    _touched(game, paper)
    game.acted[party] |= 1 << paper[FIRST]
    if paper[SECOND] >= 0:
        game.acted[party] |= 1 << paper[SECOND]
    _settle(game, row)


@plain
def withdraw(game: Game) -> None:
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
    _count(game, paper)
    _touched(game, paper)


@plain
def _sign(game: Game, paper: Whole, party: int) -> None:
    paper[SIGNED] |= 1 << party
    paper[HANDS + paper[COUNT]] = party
    paper[COUNT] += 1


@plain
def _count(game: Game, paper: Whole) -> None:
    lacks = lacking(game, paper[FIRST], paper[DEAL], paper[SIGNED])
    if paper[SECOND] >= 0:
        lacks += lacking(game, paper[SECOND], paper[OTHER], paper[SIGNED])
    paper[LACKS] = lacks


@plain
def remove(game: Game, row: int) -> None:
    """Take a paper away; the later ones move up."""
    _touched(game, game.papers[row])
    for later in range(row + 1, game.live):
        for column in range(HANDS + game.papers[later, COUNT]):
            game.papers[later - 1, column] = game.papers[later, column]
    game.live -= 1


@plain
def _touched(game: Game, paper: Whole) -> None:
    """Note that something has happened to a paper."""
    changed(game, paper[FIRST])
    if paper[SECOND] >= 0:
        changed(game, paper[SECOND])


@plain
def changed(game: Game, table: int) -> None:
    """Note that something has happened at a table."""
    game.undrawn |= 1 << table
    game.changes += 1
    game.changed[table] = game.changes


@plain
def _settle(game: Game, row: int) -> None:
    """Close the tables of a paper that lacks nothing; papers that cannot bind any more lapse."""
    paper = game.papers[row]
    if paper[LACKS]:
        return
    first, second = paper[FIRST], paper[SECOND]
    _bind(game, paper, first, paper[DEAL])
    if second >= 0:
        _bind(game, paper, second, paper[OTHER])
    row = 0
    while row < game.live:
        paper = game.papers[row]
        if shares(paper, first, second) or broken(game, paper[FIRST], paper[DEAL], paper[SECOND], paper[OTHER]):
            remove(game, row)
        else:
            row += 1


@plain
def _bind(game: Game, paper: Whole, table: int, deal: int) -> None:
    game.at[table] = game.rule.start[table] + deal
    game.bound_in[table] = game.now
    game.open &= ~(1 << table)
    changed(game, table)
    game.count[table] = 0
    for n in range(paper[COUNT]):
        party = paper[HANDS + n]
        if signs(game, table, deal) >> party & 1:
            game.hands[table, game.count[table]] = party
            game.count[table] += 1


@plain
def note(game: Game, log: Whole) -> None:
    """Write down the act that is about to be done."""
    number = game.events
    if number < len(log):
        for column in range(len(game.act)):
            log[number, column] = game.act[column]
        if game.act[KIND] == ACCEPT or game.act[KIND] == WITHDRAW:  # rows move, so the log has the paper's id
            log[number, ONE] = game.papers[game.act[ONE], ID]
