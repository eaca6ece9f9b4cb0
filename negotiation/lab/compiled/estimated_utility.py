"""Estimated utilities of the others: `strategies/frequency.py` and `Evaluation.estimated_utility` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import Game
from negotiation.lab.compiled.papers import signs, unsigned
from negotiation.lab.compiled.strategy_codes import NONE
from negotiation.strategies.frequency_rules import issue_weight, normalise, option_frequencies


@plain
def estimated_utility(game: Game, table: int) -> int:
    """Return the address of the mean estimated utilities of the deals to their signers; 0 if nothing is known."""
    if game.who.model[game.me] == NONE:
        return 0
    if game.estimated_at[game.me, table] != game.talked[table]:
        game.estimated_at[game.me, table] = game.talked[table]
        game.known[game.me, table] = _average(game, table)
    return _row(game, game.mean_estimate, game.me, table) if game.known[game.me, table] else 0


@plain
def _row(game: Game, where: int, party: int, table: int) -> int:
    """Return the address of a table in an array by party and place."""
    return where + ITEM * (game.places * party + game.rule.start[table])


@plain
def _average(game: Game, table: int) -> int:
    """Compute the mean estimated utility of every deal to its signers; return how many parties are known."""
    size, seen, many = unsigned(game, table) - game.rule.start[table], 1 << game.me, 0
    total, hands = reals(_row(game, game.mean_estimate, game.me, table), size), reals(game.scratch, game.wide)
    for deal in range(size):
        total[deal] = hands[deal] = 0.0
    offers = wholes(game.offers, 4 * game.offered)
    for n in range(game.offered):
        author = offers[4 * n + 1]
        if offers[4 * n] == table and not seen >> author & 1:
            seen |= 1 << author
            many += 1
            _learn(game, table, author)
            estimate = reals(_row(game, game.estimate, author, table), size)
            for deal in range(size):
                if signs(game, table, deal) >> author & 1:
                    total[deal] += estimate[deal]
                    hands[deal] += 1.0
    for deal in range(size):
        total[deal] = total[deal] / max(hands[deal], 1.0)
    return many


@plain
def _learn(game: Game, table: int, author: int) -> None:
    """Compute a party's estimated utilities at a table, if it has offered since or I learn at another rate."""
    learning = game.who.learning[game.me]
    if game.learnt[author, table] == game.talked[table] and game.learnt_by[author, table] == learning:
        return
    game.learnt[author, table], game.learnt_by[author, table] = game.talked[table], learning
    first, size = game.rule.keys[table], unsigned(game, table) - game.rule.start[table]
    issues = game.rule.keys[table + 1] - first
    weights, estimate = reals(game.weights, issues), reals(_row(game, game.estimate, author, table), size)
    for issue in range(issues):
        weights[issue] = issue_weight(wholes(game.taken, _taken(game, table, author, issue)), learning)
    normalise(weights)
    for deal in range(size):
        estimate[deal] = 0.0
    for issue in range(issues):
        values = reals(game.values, wholes(game.sizes, first + issues)[first + issue])
        option_frequencies(wholes(game.taken, _taken(game, table, author, issue)), values)
        options = wholes(options_of(game, table, issue), size)
        for deal in range(size):
            estimate[deal] += weights[issue] * values[options[deal]]


@plain
def options_of(game: Game, table: int, issue: int) -> int:
    """Return where it says which option each deal of a table takes on an issue."""
    return game.options + ITEM * (game.places * issue + game.rule.start[table])


@plain
def _taken(game: Game, table: int, author: int, issue: int) -> int:
    """Put a party's options of an issue in its offers at a table into `game.taken`, oldest first; return how many."""
    offers, taken, many = wholes(game.offers, 4 * game.offered), wholes(game.taken, game.most_offers), 0
    options = wholes(options_of(game, table, issue), unsigned(game, table) - game.rule.start[table])
    for n in range(game.offered):
        if offers[4 * n] == table and offers[4 * n + 1] == author:
            taken[many] = options[offers[4 * n + 3]]
            many += 1
    return many
