"""What every act does to the papers: `rules.py` over arrays."""

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
    Play,
)
from negotiation.lab.compiled.papers import broken, lacking, shares, signable, signs


@plain
def offer(it: Play) -> bool:
    """Do the offer in `it.act`; False, and nothing done, if a constraint forbids it."""
    act = it.act
    party, first, deal, second, other = act[BY], act[ONE], act[TWO], act[THREE], act[FOUR]
    if broken(it, first, deal, second, other):
        return False
    row = 0
    while row < it.live:
        paper = it.papers[row]
        if (it.one_paper or paper[AUTHOR] == party) and shares(paper, first, second):
            remove(it, row)
        else:
            row += 1
    paper = it.papers[row]
    paper[ID], paper[AUTHOR], paper[MADE] = it.events, party, it.now
    paper[FIRST], paper[DEAL], paper[SECOND], paper[OTHER] = first, deal, second, other
    paper[SIGNED] = paper[COUNT] = 0
    it.live += 1
    if signable(it, party, paper):
        _sign(it, paper, party)
    _count(it, paper)
    _touched(it, paper)
    _said(it, party, first, deal)
    if second >= 0:
        _said(it, party, second, other)
    _settle(it, row)
    return True


@plain
def _said(it: Play, party: int, table: int, deal: int) -> None:
    """Note that somebody has offered a deal."""
    it.acted[party] |= 1 << table
    it.talked[table] += 1
    if it.offered < it.most_offers:
        said = wholes(it.offers + 4 * ITEM * it.offered, 4)
        said[0], said[1], said[2], said[3] = table, party, it.now, deal
    it.offered += 1


@plain
def accept(it: Play) -> None:
    """Do the signature in `it.act`."""
    party, row = it.act[BY], it.act[ONE]
    paper = it.papers[row]
    _sign(it, paper, party)
    _count(it, paper)
    _touched(it, paper)
    it.acted[party] |= 1 << paper[FIRST]
    if paper[SECOND] >= 0:
        it.acted[party] |= 1 << paper[SECOND]
    _settle(it, row)


@plain
def withdraw(it: Play) -> None:
    """Do the withdrawal in `it.act`: of one's own paper, or of a signature."""
    party, row = it.act[BY], it.act[ONE]
    paper = it.papers[row]
    if paper[AUTHOR] == party:
        remove(it, row)
        return
    kept = 0
    for n in range(paper[COUNT]):
        if paper[HANDS + n] != party:
            paper[HANDS + kept] = paper[HANDS + n]
            kept += 1
    paper[COUNT] = kept
    paper[SIGNED] &= ~(1 << party)
    _count(it, paper)
    _touched(it, paper)


@plain
def _sign(it: Play, paper: Whole, party: int) -> None:
    paper[SIGNED] |= 1 << party
    paper[HANDS + paper[COUNT]] = party
    paper[COUNT] += 1


@plain
def _count(it: Play, paper: Whole) -> None:
    lacks = lacking(it, paper[FIRST], paper[DEAL], paper[SIGNED])
    if paper[SECOND] >= 0:
        lacks += lacking(it, paper[SECOND], paper[OTHER], paper[SIGNED])
    paper[LACKS] = lacks


@plain
def remove(it: Play, row: int) -> None:
    """Take a paper away; the later ones move up."""
    _touched(it, it.papers[row])
    for later in range(row + 1, it.live):
        for column in range(HANDS + it.papers[later, COUNT]):
            it.papers[later - 1, column] = it.papers[later, column]
    it.live -= 1


@plain
def _touched(it: Play, paper: Whole) -> None:
    """Note that something has happened to a paper."""
    changed(it, paper[FIRST])
    if paper[SECOND] >= 0:
        changed(it, paper[SECOND])


@plain
def changed(it: Play, table: int) -> None:
    """Note that something has happened at a table."""
    it.undrawn |= 1 << table
    it.changes += 1
    it.changed[table] = it.changes


@plain
def _settle(it: Play, row: int) -> None:
    """Close the tables of a paper that lacks nothing; papers that cannot bind any more lapse."""
    paper = it.papers[row]
    if paper[LACKS]:
        return
    first, second = paper[FIRST], paper[SECOND]
    _bind(it, paper, first, paper[DEAL])
    if second >= 0:
        _bind(it, paper, second, paper[OTHER])
    row = 0
    while row < it.live:
        paper = it.papers[row]
        if shares(paper, first, second) or broken(it, paper[FIRST], paper[DEAL], paper[SECOND], paper[OTHER]):
            remove(it, row)
        else:
            row += 1


@plain
def _bind(it: Play, paper: Whole, table: int, deal: int) -> None:
    it.at[table] = it.rule.start[table] + deal
    it.bound_in[table] = it.now
    it.open &= ~(1 << table)
    changed(it, table)
    it.count[table] = 0
    for n in range(paper[COUNT]):
        party = paper[HANDS + n]
        if signs(it, table, deal) >> party & 1:
            it.hands[table, it.count[table]] = party
            it.count[table] += 1


@plain
def note(it: Play, log: Whole) -> None:
    """Write down the act that is about to be done."""
    number = it.events
    if number < len(log):
        for column in range(len(it.act)):
            log[number, column] = it.act[column]
        if it.act[KIND] == ACCEPT or it.act[KIND] == WITHDRAW:  # rows move, so the log has the paper's id
            log[number, ONE] = it.papers[it.act[ONE], ID]
