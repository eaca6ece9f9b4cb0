"""What the others are thought to like: `strategies/frequency.py` and `Desk.liking` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import Play
from negotiation.lab.compiled.papers import signs, unsigned
from negotiation.lab.compiled.strategy_codes import NONE
from negotiation.strategies.frequency_rules import count, insisted, share_out


@plain
def liking(it: Play, table: int) -> int:
    """Where it says how much those who would sign are thought to like every deal; 0 if nothing is known of anybody."""
    if it.who.model[it.me] == NONE:
        return 0
    if it.liked_at[it.me, table] != it.talked[table]:
        it.liked_at[it.me, table] = it.talked[table]
        it.known[it.me, table] = _average(it, table)
    return _row(it, it.liked, it.me, table) if it.known[it.me, table] else 0


@plain
def _row(it: Play, where: int, party: int, table: int) -> int:
    """The address of a table in an array by party and place."""
    return where + ITEM * (it.places * party + it.rule.start[table])


@plain
def _average(it: Play, table: int) -> int:
    """Work out the mean liking of every deal over those who would sign it; of how many parties something is known."""
    size, seen, many = unsigned(it, table) - it.rule.start[table], 1 << it.me, 0
    total, hands = reals(_row(it, it.liked, it.me, table), size), reals(it.scratch, it.wide)
    for deal in range(size):
        total[deal] = hands[deal] = 0.0
    offers = wholes(it.offers, 4 * it.offered)
    for n in range(it.offered):
        author = offers[4 * n + 1]
        if offers[4 * n] == table and not seen >> author & 1:
            seen |= 1 << author
            many += 1
            _learn(it, table, author)
            likes = reals(_row(it, it.likes, author, table), size)
            for deal in range(size):
                if signs(it, table, deal) >> author & 1:
                    total[deal] += likes[deal]
                    hands[deal] += 1.0
    for deal in range(size):
        total[deal] = total[deal] / max(hands[deal], 1.0)
    return many


@plain
def _learn(it: Play, table: int, author: int) -> None:
    """Work out how a party is thought to like every deal of a table, if it has offered something since or I learn otherwise."""
    learning = it.who.learning[it.me]
    if it.learnt[author, table] == it.talked[table] and it.learnt_by[author, table] == learning:
        return
    it.learnt[author, table], it.learnt_by[author, table] = it.talked[table], learning
    first, size = it.rule.keys[table], unsigned(it, table) - it.rule.start[table]
    issues = it.rule.keys[table + 1] - first
    weights, likes = reals(it.weights, issues), reals(_row(it, it.likes, author, table), size)
    for issue in range(issues):
        weights[issue] = insisted(wholes(it.taken, _taken(it, table, author, issue)), learning)
    share_out(weights)
    for deal in range(size):
        likes[deal] = 0.0
    for issue in range(issues):
        values = reals(it.values, wholes(it.sizes, first + issues)[first + issue])
        count(wholes(it.taken, _taken(it, table, author, issue)), values)
        options = wholes(_options(it, table, issue), size)
        for deal in range(size):
            likes[deal] += weights[issue] * values[options[deal]]


@plain
def _options(it: Play, table: int, issue: int) -> int:
    """Where it says which option each deal of a table takes on an issue."""
    return it.options + ITEM * (it.places * issue + it.rule.start[table])


@plain
def _taken(it: Play, table: int, author: int, issue: int) -> int:
    """Put the options of an issue in the deals that a party has offered at a table into `it.taken`, oldest first; how many."""
    offers, taken, many = wholes(it.offers, 4 * it.offered), wholes(it.taken, it.most_offers), 0
    options = wholes(_options(it, table, issue), unsigned(it, table) - it.rule.start[table])
    for n in range(it.offered):
        if offers[4 * n] == table and offers[4 * n + 1] == author:
            taken[many] = options[offers[4 * n + 3]]
            many += 1
    return many
