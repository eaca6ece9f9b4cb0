"""Bidding that answers the others: `strategies/titfortat.py`, `micro.py`, `deadline.py` and others over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.clock import share, time
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.estimated_utility import estimated_utility, options_of
from negotiation.lab.compiled.gains import best_of, floor, gain_at, gain_of
from negotiation.lab.compiled.game import AUTHOR, DEAL, FIRST, MARKS, OTHER, RANKED, SECOND, SORTED, Game
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.ranking import sort
from negotiation.lab.compiled.strategy_codes import ABSOLUTE, HYBRID, MICRO, NICE, RELATIVE, STEPS
from negotiation.strategies.behaviour_rules import (
    absolute_tit_for_tat,
    approached,
    gain_at_nash_point,
    hybrid,
    nice_tit_for_tat,
    relative_tit_for_tat,
    stepwise,
)
from negotiation.strategies.decision_rules import (
    NEVER,
    NOTHING,
    TOLERANCE,
    favourite_unsorted,
    micro_step,
    share_of_best,
)


@plain
def answer(game: Game, table: int, found: int) -> float:
    """Return the gain that a bidding which answers asks for where these gains hold."""
    kind, best = game.who.bidding[game.me], best_of(game, found)
    if kind == MICRO:
        deal = micro(game, table, found)
        return max(best if deal == NOTHING else gain_of(game, found, deal), 0.0)
    if kind == STEPS:
        return stepwise(best, reals(game.received, _heard(game, table, found, -1)), game.who.tactic[game.me])
    if kind == NICE:
        return _nice(game, table, found)
    if kind == HYBRID:
        many, by_time, heard = (
            _heard(game, table, found, -1),
            share_of_best(best, share(game, table)),
            reals(game.received, game.most_offers),
        )
        if many < 3:
            return by_time
        came = approached(heard[0], heard[many - 2], heard[many - 1])
        return hybrid(best, by_time, came, game.who.tactic[game.me], time(game, table))
    return _in_kind(game, table, found)


@plain
def _in_kind(game: Game, table: int, found: int) -> float:
    """Return the gain that tit for tat asks for: the mean of the answers to all with more offers than I look back."""
    offers, seen, total, count = wholes(game.offers, 4 * game.offered), 1 << game.me, 0.0, 0
    for n in range(game.offered):
        author = offers[4 * n + 1]
        if offers[4 * n] == table and not seen >> author & 1:
            seen |= 1 << author
            many = _heard(game, table, found, author)
            if many > game.who.lag[game.me]:
                total += _answer_to_one(game, best_of(game, found), many)
                count += 1
    return total / count if count else max(best_of(game, found), 0.0)


@plain
def _answer_to_one(game: Game, best: float, many: int) -> float:
    """Return the answer to one party, of whose offers so many have been heard."""
    kind, lag, heard = game.who.bidding[game.me], game.who.lag[game.me], reals(game.received, many)
    if kind == RELATIVE:
        return relative_tit_for_tat(best, heard[0], heard[many - lag])
    if kind == ABSOLUTE:
        chance = (2.0 * game.draws[0] - 1.0) * game.who.tactic[game.me] * best
        return absolute_tit_for_tat(best, heard[0], heard[many - lag], chance)
    total = 0.0  # AVERAGED
    for n in range(many - lag, many):
        total += heard[n]
    return relative_tit_for_tat(best, heard[0], total / lag)


@plain
def _nice(game: Game, table: int, found: int) -> float:
    """Return the gain to ask: as far down towards the fair point as the others have come up."""
    many, best = _heard(game, table, found, -1), best_of(game, found)
    if not many or best <= 0:
        return max(best, 0.0)
    heard, most, nash = reals(game.received, many), -NEVER, best / 2
    for n in range(many):
        most = max(most, heard[n])
    estimate = estimated_utility(game, table)
    if estimate:
        size = unsigned(game, table) - game.rule.start[table]
        nash = gain_at_nash_point(
            reals(game.gains + ITEM * game.wide * found, size), range(size), reals(estimate, size), best
        )
    return max(nice_tit_for_tat(best, nash, heard[0], most, time(game, table)), 0.0)


@plain
def micro(game: Game, table: int, found: int) -> int:
    """Return the next deal of my ranking if the others have kept pace, else my last one; `NOTHING` if there is none."""
    if wholes(game.marks + ITEM * MARKS * found, MARKS)[SORTED] == 0:
        sort(game, found, table)
    offers, seen, total, count, last = wholes(game.offers, 4 * game.offered), 1 << game.me, 0, 0, NOTHING
    for n in range(game.offered):
        author = offers[4 * n + 1]
        if offers[4 * n] == table and author == game.me:
            last = offers[4 * n + 3]
        elif offers[4 * n] == table and not seen >> author & 1:
            seen |= 1 << author
            total += distinct(game, table, author)
            count += 1
    gains = reals(game.gains + ITEM * game.wide * found, game.wide)
    order = wholes(game.order + ITEM * game.wide * found, wholes(game.marks + ITEM * MARKS * found, MARKS)[RANKED])
    deal = micro_step(gains, order, distinct(game, table, game.me), total // count if count else 0, last, game.delay)
    return deal if deal != NOTHING and gains[deal] != -NEVER else NOTHING


@plain
def late(game: Game, table: int, found: int, wanted: float) -> int:
    """Return the deal of the highest estimated utility that I have not offered in vain, or else such a one."""
    size, estimate, adjusted = (
        unsigned(game, table) - game.rule.start[table],
        estimated_utility(game, table),
        reals(game.scratch, game.wide),
    )
    for deal in range(size):
        adjusted[deal] = reals(estimate, size)[deal] if estimate else 0.0
    offers, game.stamp = wholes(game.offers, 4 * game.offered), game.stamp + 1
    seen = wholes(game.seen, game.wide)
    for row in range(game.live):
        paper = game.papers[row]
        if paper[AUTHOR] == game.me and paper[FIRST] == table:
            seen[paper[DEAL]] = game.stamp
        if paper[AUTHOR] == game.me and paper[SECOND] == table:
            seen[paper[OTHER]] = game.stamp
    for n in range(game.offered):
        deal = offers[4 * n + 3]
        if offers[4 * n] == table and offers[4 * n + 1] == game.me and seen[deal] != game.stamp:
            seen[deal] = game.stamp
            adjusted[deal] -= 2.0
    return favourite_unsorted(reals(game.gains + ITEM * game.wide * found, size), wanted, adjusted)


@plain
def giving(game: Game, table: int, found: int, wanted: float) -> int:
    """Return the deal between my last offer and the first of theirs that I could sign which is nearest to that."""
    size, nearness = unsigned(game, table) - game.rule.start[table], reals(game.scratch, game.wide)
    gains, offers = reals(game.gains + ITEM * game.wide * found, size), wholes(game.offers, 4 * game.offered)
    asked, last, least = NOTHING, NOTHING, NEVER
    for n in range(game.offered):
        if offers[4 * n] == table and offers[4 * n + 1] == game.me:
            last = offers[4 * n + 3]
        elif offers[4 * n] == table and asked == NOTHING and gains[offers[4 * n + 3]] != -NEVER:
            asked = offers[4 * n + 3]
    if asked == NOTHING:
        for deal in range(size):
            if gains[deal] != -NEVER and gains[deal] < least:
                asked, least = deal, gains[deal]
    if asked == NOTHING:
        return NOTHING
    if last != NOTHING:
        _near(game, table, last, asked)
        deal = favourite_unsorted(gains, wanted, nearness)
        if deal != NOTHING:
            return deal
        if gains[last] != -NEVER and gains[last] >= floor(game, table) - TOLERANCE:
            return last
    _near(game, table, NOTHING, asked)
    return favourite_unsorted(gains, wanted, nearness)


@plain
def _near(game: Game, table: int, last: int, asked: int) -> None:
    """Put into `game.scratch` how near every deal is to what is asked for; `-NEVER` if it is not on the way from my last."""
    first, size = game.rule.keys[table], unsigned(game, table) - game.rule.start[table]
    nearness = reals(game.scratch, game.wide)
    for deal in range(size):
        nearness[deal] = 0.0
    for issue in range(game.rule.keys[table + 1] - first):
        options = wholes(options_of(game, table, issue), size)
        goal = options[asked]
        here = goal if last == NOTHING else options[last]
        for deal in range(size):
            nearness[deal] -= abs(options[deal] - goal)
            if last != NOTHING and (options[deal] < min(here, goal) or options[deal] > max(here, goal)):
                nearness[deal] = -NEVER


@plain
def gain_anyhow(game: Game, table: int, found: int, deal: int) -> float:
    """Return the gain of a deal where these gains hold, even if I may not sign it."""
    gain = gain_of(game, found, deal)
    if gain != -NEVER:
        return gain
    odds = reals(game.slot_odds + ITEM * game.linked * found, game.linked)
    for n in range(game.linked):
        game.odds[n] = odds[n]
    return gain_at(game, table, game.rule.start[table] + deal)


@plain
def _heard(game: Game, table: int, found: int, author: int) -> int:
    """Put the gains of offers to me into `game.received`, oldest first: of one party, or all (-1); return how many."""
    offers, received, many = wholes(game.offers, 4 * game.offered), reals(game.received, game.most_offers), 0
    for n in range(game.offered):
        by = offers[4 * n + 1]
        if offers[4 * n] == table and (by == author or (author < 0 and by != game.me)):
            received[many] = gain_anyhow(game, table, found, offers[4 * n + 3])
            many += 1
    return many


@plain
def distinct(game: Game, table: int, author: int) -> int:
    """Return how many different deals have been offered at a table: by one party, or by all others (-1)."""
    offers, seen, many = wholes(game.offers, 4 * game.offered), wholes(game.seen, game.wide), 0
    game.stamp += 1
    for n in range(game.offered):
        by, deal = offers[4 * n + 1], offers[4 * n + 3]
        if offers[4 * n] == table and (by == author or (author < 0 and by != game.me)) and seen[deal] != game.stamp:
            seen[deal] = game.stamp
            many += 1
    return many
