"""Talks in which somebody outside chooses for some parties: the loop of `kernel.py`, stopped at their turns.

What they see and may choose is `strategies/sight.py` over arrays, bit for bit.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from negotiation.lab.compiled.addresses import ITEM, flags, floats, reals, wholes
from negotiation.lab.compiled.agent import ACTS_PER_ROUND, rounds_more, tables_of
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.compiling import compiled, plain
from negotiation.lab.compiled.expectations import hear, seat
from negotiation.lab.compiled.gains import best_of, forget, gain_of, paper_worth, slot
from negotiation.lab.compiled.game import (
    ACCEPT,
    AUTHOR,
    BY,
    DEAL,
    FIRST,
    FOUND,
    FOUR,
    KIND,
    LACKS,
    MADE,
    OFFER,
    ONE,
    PASS,
    PLAYED,
    SIGNED,
    THREE,
    TWO,
    WITHDRAW,
    Game,
    games,
)
from negotiation.lab.compiled.kernel import (
    end_round,
    make_room,
    next_to_move,
    open_talks,
    points,
    take_turn,
    think,
)
from negotiation.lab.compiled.papers import signable, sits, unsigned
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.compiled.tactics import gain_anyhow
from negotiation.lab.compiled.worth import noisy, price, score
from negotiation.strategies.decision_rules import NEVER, lowest_unsorted, share_of_best
from negotiation.strategies.menu import HEAD, LEVELS, MOST_SEEN, PER_PAPER, PER_TABLE

ENDED, STUCK = -1, -2
"""What stands for the next learner when there is none: the talks are over, or could not be played on."""

LEARNERS, SILENT, SEED, DEALS, CHOICES, SEEN = range(6)
"""Columns of `desk`: the parties, as a set, for which somebody outside chooses, and those of them that only pass from now on;
the seed; whether deals are offered by number; how many choices there are, and how many numbers are seen."""


@compiled
def lay_out_all(place: int, prices: Prices) -> None:
    """Lay out the sheets of all parties, for talks in which they are shared; `place` is where the game is."""
    game = games(place, 1)[0]
    for sheet in range(len(prices.weight)):
        seat(game, game.own.party[sheet], sheet)
        price(game, prices, prices.weight[sheet])
    wholes(game.found, 2 * FOUND)[:] = -1
    forget(game)


@compiled
def begin(place: int, cast: Whole) -> None:
    """Open the talks, with the sheets that are cast."""
    game = games(place, 1)[0]
    for party in range(game.rule.parties):
        game.cast[party] = cast[party]
    open_talks(game)


@compiled
def lay_out_own(place: int, prices: Prices, noise: float, seed: int) -> None:
    """Give every party a sheet of its own, for the game of this seed that has begun."""
    game = games(place, 1)[0]
    forget(game)
    for party in range(game.rule.parties):
        seat(game, party, game.cast[party])
        noisy(game, prices, noise, seed)
        price(game, prices, prices.noisy)


@compiled
def go_on(place: int, desk: Whole, party: int, choice: int, log: Whole) -> int:
    """Do what a learner chooses, which must be allowed (-1: nothing), and play up to the turn of a learner.

    Return it, `ENDED` or `STUCK`.
    """
    game = games(place, 1)[0]
    if choice >= 0:
        _attend(game, party)
        _decode(game, choice)
        if take_turn(game, party, log) != PLAYED:
            return STUCK
    while game.now < game.rounds and game.open:
        party = next_to_move(game)
        if party < 0:
            end_round(game, log)
            continue
        if not desk[LEARNERS] >> party & 1:
            think(game, party, desk[SEED])
        elif desk[SILENT] >> party & 1:
            _attend(game, party)
            _decode(game, 0)
        else:
            return party
        if take_turn(game, party, log) != PLAYED:
            return STUCK
    return ENDED


@compiled
def look(place: int, desk: Whole, party: int, sight: int, allowed: int, scale: Real) -> None:
    """Write down what a party sees and may choose, at these addresses."""
    game = games(place, 1)[0]
    _attend(game, party)
    _see(game, floats(sight, desk[SEEN]), scale[game.sheet])
    _allow(game, flags(allowed, desk[CHOICES]), desk[DEALS])


@compiled
def gains_of(place: int, gains: Real) -> None:
    """Fill in what every party has gained over nothing signed if the talks end now."""
    game = games(place, 1)[0]
    for party in range(game.rule.parties):
        gains[party] = points(game, party) - score(game, 0)


@plain
def _attend(game: Game, party: int) -> None:
    """Let a party look at the talks as one that is to move."""
    seat(game, party, game.cast[party])
    make_room(game)
    game.turn += 1
    hear(game)
    game.delay = game.own.delay[game.sheet] * rounds_more(game)
    game.due = 0
    if not (game.passed >> party & 1):
        for table in range(game.rule.tables):
            if sits(game, party, table) and not (game.one_paper and (game.due or game.acted[party] >> table & 1)):
                game.due |= 1 << table


@plain
def _decode(game: Game, choice: int) -> None:
    """Put into `game.act` the choice with this number, see `strategies.menu`."""
    act, parties, pairs = game.act, game.rule.parties, game.rule.parties * game.rule.tables
    act[KIND], act[BY], act[ONE], act[TWO], act[THREE], act[FOUR] = PASS, game.me, -1, -1, -1, -1
    if choice == 0:
        if game.one_paper:
            act[ONE] = _first(game.due)
    elif choice <= 2 * pairs:
        act[KIND] = ACCEPT if choice <= pairs else WITHDRAW
        place = (choice - 1) % pairs
        for row in range(game.live):
            if game.papers[row, FIRST] == place // parties and game.papers[row, AUTHOR] == place % parties:
                act[ONE] = row
    else:
        act[KIND], number = OFFER, choice - 1 - 2 * pairs
        if number < LEVELS * game.rule.tables:
            act[ONE] = number // LEVELS
            act[TWO] = _at_level(game, act[ONE], (number % LEVELS + 1) / LEVELS)
        else:
            number, table = number - LEVELS * game.rule.tables, 0
            while number >= game.rule.start[table + 1]:
                table += 1
            act[ONE], act[TWO] = table, number - game.rule.start[table]


@plain
def _first(tables: int) -> int:
    """Return the first of a set of tables."""
    table = 0
    while not tables >> table & 1:
        table += 1
    return table


@plain
def _at_level(game: Game, table: int, share: float) -> int:
    """Return the deal that gains least among those of at least this share of the best gain."""
    found, size = slot(game, table), unsigned(game, table) - game.rule.start[table]
    return lowest_unsorted(
        reals(game.gains + ITEM * game.wide * found, size), share_of_best(best_of(game, found), share)
    )


@plain
def _allow(game: Game, allowed: npt.NDArray[np.int8], deals: int) -> None:
    """Mark the choices that I have now."""
    for choice in range(len(allowed)):
        allowed[choice] = 0
    allowed[0] = 1
    tired = not game.one_paper and game.turns[game.me] - game.before[game.me] >= ACTS_PER_ROUND
    if not game.due or tired:
        return
    parties, pairs = game.rule.parties, game.rule.parties * game.rule.tables
    for row in range(game.live):
        paper, named = game.papers[row], tables_of(game.papers[row])
        choice = 1 + paper[FIRST] * parties + paper[AUTHOR]
        if named & game.due and signable(game, game.me, paper):
            allowed[choice] = 1
        mine = paper[AUTHOR] == game.me or paper[SIGNED] >> game.me & 1
        if not game.one_paper and mine and not named & game.acted[game.me]:
            allowed[pairs + choice] = 1
    for table in range(game.rule.tables):
        if game.due & ~game.acted[game.me] & (1 << table):
            _allow_offers(game, table, allowed, 1 + 2 * pairs, deals)


@plain
def _allow_offers(game: Game, table: int, allowed: npt.NDArray[np.int8], first: int, deals: int) -> None:
    found = slot(game, table)
    if best_of(game, found) >= 0.0:
        for level in range(LEVELS):
            allowed[first + LEVELS * table + level] = 1
    if deals:
        first += LEVELS * game.rule.tables + game.rule.start[table]
        for deal in range(unsigned(game, table) - game.rule.start[table]):
            if gain_of(game, found, deal) != -NEVER:
                allowed[first + deal] = 1


@plain
def _see(game: Game, sight: npt.NDArray[np.float32], scale: float) -> None:
    """Write down what I see, see `strategies.sight`."""
    parties, tables, me = game.rule.parties, game.rule.tables, game.me
    for n in range(len(sight)):
        sight[n] = 0.0
    sight[0] = min(1.0, (game.now + 1) / (game.rounds + 1))
    sight[1] = 1.0 if game.now + 1 == game.rounds else 0.0
    sight[2] = _bounded(game.delay / scale)
    sight[3] = _bounded((score(game, 1) - score(game, 0)) / scale)
    sight[HEAD + me] = 1.0
    for table in range(tables):
        at = HEAD + parties + PER_TABLE * table
        sight[at] = 1.0 if sits(game, me, table) else 0.0
        sight[at + 1] = game.due >> table & 1
        sight[at + 2] = game.acted[me] >> table & 1
        sight[at + 3] = 0.0 if game.open >> table & 1 else 1.0
        if sits(game, me, table):
            sight[at + 4] = _bounded(best_of(game, slot(game, table)) / scale)
    for row in range(game.live):
        paper = game.papers[row]
        at = HEAD + parties + PER_TABLE * tables + PER_PAPER * (paper[FIRST] * parties + paper[AUTHOR])
        sight[at] = 1.0
        sight[at + 1] = _bounded(_worth(game, row) / scale)
        sight[at + 2] = 1.0 if signable(game, me, paper) else 0.0
        sight[at + 3] = paper[LACKS] / parties
        sight[at + 4] = paper[SIGNED] >> me & 1
        sight[at + 5] = 1.0 if paper[MADE] == game.now else 0.0


@plain
def _worth(game: Game, row: int) -> float:
    """Return my gain by a paper, even if I may not sign it."""
    worth, paper = paper_worth(game, row), game.papers[row]
    if worth != -NEVER:
        return worth
    return gain_anyhow(game, paper[FIRST], slot(game, paper[FIRST]), paper[DEAL])


@plain
def _bounded(number: float) -> float:
    return min(max(number, -MOST_SEEN), MOST_SEEN)
