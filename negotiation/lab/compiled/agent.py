"""What an agent does in a turn: `strategies/bargainer.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.bidding import least
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.expectations import hear
from negotiation.lab.compiled.gains import paper_worth
from negotiation.lab.compiled.game import (
    ACCEPT,
    BY,
    FIRST,
    FOUR,
    KIND,
    MADE,
    ONE,
    PASS,
    SECOND,
    SIGNED,
    THREE,
    TWO,
    WITHDRAW,
    Play,
)
from negotiation.lab.compiled.offers import offers
from negotiation.lab.compiled.papers import last_signed, signable, sits
from negotiation.strategies.decision_rules import NEVER, TOLERANCE

ACTS_PER_ROUND = 60


@plain
def decide(it: Play) -> None:
    """Put into `it.act` what I do at the tables where I may act, `it.due`."""
    act = it.act
    it.turn += 1
    hear(it)
    it.delay = it.own.delay[it.sheet] * _rounds_more(it)
    act[KIND], act[BY], act[ONE], act[TWO], act[THREE], act[FOUR] = PASS, it.me, -1, -1, -1, -1
    if it.one_paper or it.turns[it.me] - it.before[it.me] < ACTS_PER_ROUND:
        row = -1 if it.one_paper else _regret(it)
        if row >= 0:
            act[KIND], act[ONE] = WITHDRAW, row
            return
        row = _to_sign(it)
        call = -1 if row >= 0 else _last_call(it)
        if row < 0 and not (it.one_paper and call >= 0):
            for table in range(it.rule.tables):
                if it.due & ~it.acted[it.me] & (1 << table) and offers(it, table):
                    return
        row = max(row, call)
        if row >= 0:
            act[KIND], act[ONE] = ACCEPT, row
            return
    if it.one_paper:
        table = 0
        while not it.due >> table & 1:
            table += 1
        act[ONE] = table


@plain
def _rounds_more(it: Play) -> int:
    """`State.rounds_more`: the rounds of delay that my signature in this round adds."""
    last = last_signed(it)
    return max(0, it.now + 1 - last) if last else 0


@plain
def _tables(paper: Whole) -> int:
    """The tables of a paper, as a set."""
    return 1 << paper[FIRST] | (1 << paper[SECOND] if paper[SECOND] >= 0 else 0)


@plain
def _regret(it: Play) -> int:
    """The first paper I have signed that has fallen below my floor since; -1 if none has."""
    for row in range(it.live):
        paper = it.papers[row]
        mine = paper[SIGNED] >> it.me & 1 and not it.acted[it.me] & _tables(paper)
        if mine and paper_worth(it, row) < it.delay - TOLERANCE:
            return row
    return -1


@plain
def _to_sign(it: Play) -> int:
    """The best paper that gains what I ask for, over all its tables where I sit; of equals the oldest; or -1."""
    best, found = -NEVER, -1
    for row in range(it.live):
        paper = it.papers[row]
        if not it.due & _tables(paper) or not signable(it, it.me, paper):
            continue
        gain = paper_worth(it, row)
        if gain < it.delay - TOLERANCE or gain <= best or _may_be_outbid(it, paper):
            continue
        asks = 0.0
        if sits(it, it.me, paper[FIRST]):
            asks += least(it, paper[FIRST])
        if paper[SECOND] >= 0 and sits(it, it.me, paper[SECOND]):
            asks += least(it, paper[SECOND])
        if gain >= asks - TOLERANCE:
            best, found = gain, row
    return found


@plain
def _may_be_outbid(it: Play, paper: Whole) -> bool:
    """Whether to give rivals a round to better a paper that came in this one."""
    if paper[MADE] != it.now or paper[MADE] + 1 >= it.rounds:
        return False
    if it.rule.rivalled[paper[FIRST]] >> it.me & 1:
        return True
    return paper[SECOND] >= 0 and (it.rule.rivalled[paper[SECOND]] >> it.me & 1) != 0


@plain
def _last_call(it: Play) -> int:
    """In the last round, the best paper that is no loss; -1 if there is none."""
    best, found = -NEVER, -1
    if not it.who.yields[it.me] or it.now + 1 < it.rounds:
        return found
    for row in range(it.live):
        paper = it.papers[row]
        if it.due & _tables(paper) and signable(it, it.me, paper):
            gain = paper_worth(it, row)
            if gain >= it.delay - TOLERANCE and gain > best:
                best, found = gain, row
    return found
