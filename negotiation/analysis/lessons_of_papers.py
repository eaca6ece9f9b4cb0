"""Lessons of the papers that lay on the table: what one let pass, signed late, or offered in vain."""

from __future__ import annotations

from collections.abc import Iterator

from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.lesson import Kind, Lesson, about
from negotiation.analysis.own_game import Chance, OwnGame
from negotiation.worth import worth


def passed_by(game: OwnGame) -> Iterator[Lesson]:
    """Yield the papers that I could have made binding, and that would have left me with more than I ended with."""
    for chance in _let_pass(game):
        gain = game.instead(game.me, chance.paper.deals, chance.round)
        if gain is not None and gain > TOLERANCE:
            settled = any(name in game.end.bound for name in chance.paper.deals)
            yield _of_paper(game, "better" if settled else "unsigned", gain, chance)


def held_out(game: OwnGame) -> Iterator[Lesson]:
    """Yield per table that I signed, or left alone, that the best of what I let pass was worth less, and how much less."""
    best: dict[tuple[Kind, tuple[str, ...]], tuple[float, Chance]] = {}
    spoilt = set[str]()
    for chance in _let_pass(game):
        gain, tables = game.instead(game.me, chance.paper.deals, chance.round), tuple(chance.paper.deals)
        if gain is None:
            continue
        if gain >= -TOLERANCE:
            spoilt.update(tables)
        kind: Kind = "held" if set(tables) & set(game.signed) else "refused"
        if (kind, tables) not in best or gain > best[kind, tables][0]:
            best[kind, tables] = gain, chance
    for (kind, tables), (gain, chance) in best.items():
        open_ = not any(name in game.end.bound for name in tables)
        if not spoilt & set(tables) and (kind == "held" or open_):
            yield _of_paper(game, kind, -gain, chance)


def waited(game: OwnGame) -> Iterator[Lesson]:
    """Yield the papers that I signed later than I could have, where that made me pay for more delay."""
    for chance in game.chances:
        if chance.took is None or chance.took_in == chance.round:
            continue
        gain = game.instead(game.me, chance.paper.deals, chance.round) or 0.0
        yield _of_paper(game, "late", gain, chance, until=chance.took_in)


def losing_offers(game: OwnGame) -> Iterator[Lesson]:
    """Yield per table whether most of my offers there, two at least, were a loss for one who had to sign them.

    The points are the delay that I paid for the rounds in which I made no other.
    """
    for name in game.scenario.at(game.me):
        offers = game.offers(name)
        lost, other = losing_for(game, name)
        if lost < 2 or 2 * lost < len(offers):
            continue
        losing = [seq for seq, _ in offers if _loses(game, seq, other)]
        fine = {game.told[seq].before.round for seq, _ in offers if seq not in losing}
        rounds = {game.told[seq].before.round for seq in losing} - fine
        paid = game.end.rounds_paid(game.me)
        cost = game.mine.delay * sum(number < paid for number in rounds)
        yield Lesson(
            "losing",
            cost,
            losing[0],
            game.told[losing[0]].before.round,
            (name,),
            until=game.told[losing[-1]].before.round,
            count=lost,
            of=len(offers),
            **about(game, other, name),
        )


def losing_for(game: OwnGame, table: str) -> tuple[int, str]:
    """Return how many of my offers at a table were a loss for one who had to sign, and for whom that holds most often."""
    offers = game.offers(table)
    counts = {party: sum(_loses(game, seq, party) for seq, _ in offers) for party in game.sheets}
    other = max(counts, key=counts.__getitem__)
    return (counts[other], other) if counts[other] else (0, "")


def _loses(game: OwnGame, seq: int, party: str) -> bool:
    """Return whether an offer of mine was a loss for a party without whose signature it could not bind."""
    before, deals = game.told[seq].before, getattr(game.told[seq].event.action, "deals", {})
    must = {one for name, deal in deals.items() for one in game.scenario.tables[name].needs(deal)} - {game.me}
    return party in must and worth(before, game.sheets[party], deals).loses


def _let_pass(game: OwnGame) -> Iterator[Chance]:
    for chance in game.chances:
        if any(game.end.bound.get(name) != deal for name, deal in chance.paper.deals.items()):
            yield chance


def _of_paper(game: OwnGame, kind: Kind, points: float, chance: Chance, until: int = -1) -> Lesson:
    paper = chance.paper
    return Lesson(
        kind,
        points,
        paper.id,
        chance.round,
        tuple(paper.deals),
        until=until,
        deals=paper.deals,
        other=paper.author,
        count=chance.rounds,
    )
