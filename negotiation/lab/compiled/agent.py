"""The turn of an agent: `strategies/bargainer.py` over arrays."""

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
    Game,
)
from negotiation.lab.compiled.offers import offers
from negotiation.lab.compiled.papers import last_signed, signable, sits
from negotiation.strategies.decision_rules import NEVER, TOLERANCE

ACTS_PER_ROUND = 60


@plain
def decide(game: Game) -> None:
    """Put into `game.act` what I do at the tables where I may act, `game.due`."""
    act = game.act
    game.turn += 1
    hear(game)
    game.delay = game.own.delay[game.sheet] * rounds_more(game)
    act[KIND], act[BY], act[ONE], act[TWO], act[THREE], act[FOUR] = PASS, game.me, -1, -1, -1, -1
    if game.one_paper or game.turns[game.me] - game.before[game.me] < ACTS_PER_ROUND:
        row = -1 if game.one_paper else _regret(game)
        if row >= 0:
            act[KIND], act[ONE] = WITHDRAW, row
            return
        row = _to_sign(game)
        call = -1 if row >= 0 else _last_call(game)
        if row < 0 and not (game.one_paper and call >= 0):
            for table in range(game.rule.tables):
                if game.due & ~game.acted[game.me] & (1 << table) and offers(game, table):
                    return
        row = max(row, call)
        if row >= 0:
            act[KIND], act[ONE] = ACCEPT, row
            return
    if game.one_paper:
        table = 0
        while not game.due >> table & 1:
            table += 1
        act[ONE] = table


@plain
def rounds_more(game: Game) -> int:
    """Return `State.rounds_more`: the rounds of delay that my signature in this round adds."""
    last = last_signed(game)
    return max(0, game.now + 1 - last) if last else 0


@plain
def tables_of(paper: Whole) -> int:
    """Return the tables of a paper, as a set."""
    return 1 << paper[FIRST] | (1 << paper[SECOND] if paper[SECOND] >= 0 else 0)


@plain
def _regret(game: Game) -> int:
    """Return the first paper I have signed that has fallen below my floor since; -1 if none has."""
    for row in range(game.live):
        paper = game.papers[row]
        mine = paper[SIGNED] >> game.me & 1 and not game.acted[game.me] & tables_of(paper)
        if mine and paper_worth(game, row) < game.delay - TOLERANCE:
            return row
    return -1


@plain
def _to_sign(game: Game) -> int:
    """Return the best paper that gains what I ask for, over all its tables where I sit; of equals the oldest; or -1."""
    best, found = -NEVER, -1
    for row in range(game.live):
        paper = game.papers[row]
        if not game.due & tables_of(paper) or not signable(game, game.me, paper):
            continue
        gain = paper_worth(game, row)
        if gain < game.delay - TOLERANCE or gain <= best or _may_be_outbid(game, paper):
            continue
        asks = 0.0
        if sits(game, game.me, paper[FIRST]):
            asks += least(game, paper[FIRST])
        if paper[SECOND] >= 0 and sits(game, game.me, paper[SECOND]):
            asks += least(game, paper[SECOND])
        if gain >= asks - TOLERANCE:
            best, found = gain, row
    return found


@plain
def _may_be_outbid(game: Game, paper: Whole) -> bool:
    """Return whether to give rivals a round to better a paper that came in this one."""
    if paper[MADE] != game.now or paper[MADE] + 1 >= game.rounds:
        return False
    if game.rule.rivalled[paper[FIRST]] >> game.me & 1:
        return True
    return paper[SECOND] >= 0 and (game.rule.rivalled[paper[SECOND]] >> game.me & 1) != 0


@plain
def _last_call(game: Game) -> int:
    """Return, in the last round, the best paper that is no loss; -1 if there is none."""
    best, found = -NEVER, -1
    if not game.who.yields[game.me] or game.now + 1 < game.rounds:
        return found
    for row in range(game.live):
        paper = game.papers[row]
        if game.due & tables_of(paper) and signable(game, game.me, paper):
            gain = paper_worth(game, row)
            if gain >= game.delay - TOLERANCE and gain > best:
                best, found = gain, row
    return found
