"""Bidding that answers what the others do: `strategies/titfortat.py`, `micro.py`, `deadline.py` and others over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.clock import share, time
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.estimated_utility import liking
from negotiation.lab.compiled.gains import best_of, gain_at, gain_of
from negotiation.lab.compiled.game import AUTHOR, DEAL, FIRST, MARKS, OTHER, RANKED, SECOND, SORTED, Play
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.ranking import sort
from negotiation.lab.compiled.strategy_codes import ABSOLUTE, HYBRID, MICRO, NICE, RELATIVE, STEPS
from negotiation.strategies.behaviour_rules import blended, came_up, fairest, matched, mirrored, nicely, worn
from negotiation.strategies.decision_rules import NEVER, NOTHING, asked, descend, favourite_unsorted


@plain
def answer(it: Play, table: int, found: int) -> float:
    """What bidding that answers asks for where these gains hold."""
    kind, best = it.who.bidding[it.me], best_of(it, found)
    if kind == MICRO:
        deal = micro(it, table, found)
        return max(best if deal == NOTHING else gain_of(it, found, deal), 0.0)
    if kind == STEPS:
        return worn(best, reals(it.received, _heard(it, table, found, -1)), it.who.tactic[it.me])
    if kind == NICE:
        return _nice(it, table, found)
    if kind == HYBRID:
        many, by_time, heard = (
            _heard(it, table, found, -1),
            asked(best, share(it, table)),
            reals(it.received, it.most_offers),
        )
        if many < 3:
            return by_time
        came = came_up(heard[0], heard[many - 2], heard[many - 1])
        return blended(best, by_time, came, it.who.tactic[it.me], time(it, table))
    return _in_kind(it, table, found)


@plain
def _in_kind(it: Play, table: int, found: int) -> float:
    """Tit for tat: the mean of the answers to all who have made more offers than I look back."""
    offers, seen, total, count = wholes(it.offers, 4 * it.offered), 1 << it.me, 0.0, 0
    for n in range(it.offered):
        author = offers[4 * n + 1]
        if offers[4 * n] == table and not seen >> author & 1:
            seen |= 1 << author
            many = _heard(it, table, found, author)
            if many > it.who.lag[it.me]:
                total += _answer_to_one(it, best_of(it, found), many)
                count += 1
    return total / count if count else max(best_of(it, found), 0.0)


@plain
def _answer_to_one(it: Play, best: float, many: int) -> float:
    """The answer to one party, of whose offers so many have been heard."""
    kind, lag, heard = it.who.bidding[it.me], it.who.lag[it.me], reals(it.received, many)
    if kind == RELATIVE:
        return mirrored(best, heard[0], heard[many - lag])
    if kind == ABSOLUTE:
        chance = (2.0 * it.draws[0] - 1.0) * it.who.tactic[it.me] * best
        return matched(best, heard[0], heard[many - lag], chance)
    total = 0.0  # AVERAGED
    for n in range(many - lag, many):
        total += heard[n]
    return mirrored(best, heard[0], total / lag)


@plain
def _nice(it: Play, table: int, found: int) -> float:
    """As far down towards the fair point as the others have come up."""
    many, best = _heard(it, table, found, -1), best_of(it, found)
    if not many or best <= 0:
        return max(best, 0.0)
    heard, most, nash = reals(it.received, many), -NEVER, best / 2
    for n in range(many):
        most = max(most, heard[n])
    likes = liking(it, table)
    if likes:
        size = unsigned(it, table) - it.rule.start[table]
        nash = fairest(reals(it.gains + ITEM * it.wide * found, size), range(size), reals(likes, size), best)
    return max(nicely(best, nash, heard[0], most, time(it, table)), 0.0)


@plain
def micro(it: Play, table: int, found: int) -> int:
    """The next deal of my ranking if the others have kept pace, else my last one again; `NOTHING` if there is none."""
    if wholes(it.marks + ITEM * MARKS * found, MARKS)[SORTED] == 0:
        sort(it, found, table)
    offers, seen, total, count, last = wholes(it.offers, 4 * it.offered), 1 << it.me, 0, 0, NOTHING
    for n in range(it.offered):
        author = offers[4 * n + 1]
        if offers[4 * n] == table and author == it.me:
            last = offers[4 * n + 3]
        elif offers[4 * n] == table and not seen >> author & 1:
            seen |= 1 << author
            total += distinct(it, table, author)
            count += 1
    gains = reals(it.gains + ITEM * it.wide * found, it.wide)
    order = wholes(it.order + ITEM * it.wide * found, wholes(it.marks + ITEM * MARKS * found, MARKS)[RANKED])
    deal = descend(gains, order, distinct(it, table, it.me), total // count if count else 0, last, it.delay)
    return deal if deal != NOTHING and gains[deal] != -NEVER else NOTHING


@plain
def late(it: Play, table: int, found: int, wanted: float) -> int:
    """The deal they should like most among those that I have not offered in vain; such a one if there is no other."""
    size, likes, liked = unsigned(it, table) - it.rule.start[table], liking(it, table), reals(it.scratch, it.wide)
    for deal in range(size):
        liked[deal] = reals(likes, size)[deal] if likes else 0.0
    offers, it.stamp = wholes(it.offers, 4 * it.offered), it.stamp + 1
    seen = wholes(it.seen, it.wide)
    for row in range(it.live):
        paper = it.papers[row]
        if paper[AUTHOR] == it.me and paper[FIRST] == table:
            seen[paper[DEAL]] = it.stamp
        if paper[AUTHOR] == it.me and paper[SECOND] == table:
            seen[paper[OTHER]] = it.stamp
    for n in range(it.offered):
        deal = offers[4 * n + 3]
        if offers[4 * n] == table and offers[4 * n + 1] == it.me and seen[deal] != it.stamp:
            seen[deal] = it.stamp
            liked[deal] -= 2.0
    return favourite_unsorted(reals(it.gains + ITEM * it.wide * found, size), wanted, liked)


@plain
def gain_anyhow(it: Play, table: int, found: int, deal: int) -> float:
    """What a deal gains where these gains hold, though I may not sign it."""
    gain = gain_of(it, found, deal)
    if gain != -NEVER:
        return gain
    odds = reals(it.slot_odds + ITEM * it.linked * found, it.linked)
    for n in range(it.linked):
        it.odds[n] = odds[n]
    return gain_at(it, table, it.rule.start[table] + deal)


@plain
def _heard(it: Play, table: int, found: int, author: int) -> int:
    """Put what offers gain me into `it.received`, oldest first: of one party, or of all others (-1); how many."""
    offers, received, many = wholes(it.offers, 4 * it.offered), reals(it.received, it.most_offers), 0
    for n in range(it.offered):
        by = offers[4 * n + 1]
        if offers[4 * n] == table and (by == author or (author < 0 and by != it.me)):
            received[many] = gain_anyhow(it, table, found, offers[4 * n + 3])
            many += 1
    return many


@plain
def distinct(it: Play, table: int, author: int) -> int:
    """How many different deals have been offered at a table: by one party, or by all others (-1)."""
    offers, seen, many = wholes(it.offers, 4 * it.offered), wholes(it.seen, it.wide), 0
    it.stamp += 1
    for n in range(it.offered):
        by, deal = offers[4 * n + 1], offers[4 * n + 3]
        if offers[4 * n] == table and (by == author or (author < 0 and by != it.me)) and seen[deal] != it.stamp:
            seen[deal] = it.stamp
            many += 1
    return many
