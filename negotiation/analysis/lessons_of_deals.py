"""Lessons of the deals that were signed, and of the table where none was: what more there was to be had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.improvements import Improvement, improvements
from negotiation.analysis.lesson import Kind, Lesson, about
from negotiation.analysis.lessons_of_papers import losing_for
from negotiation.analysis.own_game import OwnGame
from negotiation.analysis.truth import truth
from negotiation.table import Deal
from negotiation.worth import brought

ROOM = 0.5
"""The share of its gain that each of the others keeps in what is called room for more."""


def signed_a_loss(game: OwnGame) -> Iterator[Lesson]:
    """Yield the tables that I signed and without which I would have more."""
    for name in game.signed:
        gain = game.instead(game.me, {name: None}, 0)
        if gain is not None and gain > TOLERANCE:
            yield Lesson("loss", gain, game.bound_by[name], game.end.bound_in[name], (name,))


def signed_early(game: OwnGame) -> Iterator[Lesson]:
    """Yield the tables where my first offer, or theirs without one of mine, was signed, and one term more was to be had."""
    for name in game.signed:
        seq = game.bound_by[name]
        mine = [number for number, _ in game.offers(name) if number <= seq]
        paper = _binding(game, seq)
        if mine and (len(mine) > 1 or paper != mine[0]):
            continue
        author, more = game.told[paper].event.party, _room(game, name)
        if more is not None and author in (game.me, *more[2]):
            deal, gain, gains = more
            yield Lesson(
                "early",
                gain,
                paper,
                game.told[paper].before.round,
                (name,),
                until=game.end.bound_in[name],
                deals={name: deal},
                changed=_changed(game, name, deal),
                gains=gains,
                other=author,
                count=len(mine),
            )


def _binding(game: OwnGame, seq: int) -> int:
    """Return the paper that an event made binding: an offer that binds at once, or what it signed."""
    return int(getattr(game.told[seq].event.action, "paper", seq))


def _room(game: OwnGame, name: str) -> tuple[Deal, float, dict[str, float]] | None:
    """Return the deal with one issue settled otherwise that gives me most, by how much, and the gains of the others.

    The same parties need to sign it, and each of the others keeps half of its gain at least.
    """
    table, outcome = game.scenario.tables[name], game.end.outcome
    now = game.end.bound[name]
    at, free = table.index(now), game.scenario.free(name, outcome)
    others = [party for party in game.end.signed[name] if party != game.me]
    gains = {p: (s := game.sheets[p].given(name, outcome))[:-1] - s[-1] for p in (game.me, *others)}
    one = sum((table.grid[k] != option).astype(np.int64) for k, option in enumerate(now)) == 1
    fine = one if free is None else one & free
    for party in others:
        fine = fine & (gains[party] >= max(ROOM * gains[party][at], TOLERANCE))
    more = np.where(fine, gains[game.me] - gains[game.me][at], -np.inf)
    needs = set(table.needs(now))
    better = [int(n) for n in np.flatnonzero(more > TOLERANCE) if set(table.needs(table.deal(int(n)))) == needs]
    if not (others and better):
        return None
    best = max(better, key=lambda n: (more[n], -n))
    return table.deal(best), float(more[best]), {party: float(gains[party][best]) for party in others}


def trades_missed(game: OwnGame) -> Iterator[Lesson]:
    """Yield per table that I signed the change that would have given me most, with nobody worse off."""
    for better in _mine(game, improvements(game.scenario, game.sheets, game.end.outcome)):
        if better.table in game.signed:
            others = {party: gain for party, gain in better.gains.items() if party != game.me}
            signers = [p for p in game.end.signed[better.table] if p != game.me]
            other = max(others, key=others.__getitem__) if others else next(iter(signers), "")
            yield Lesson(
                "traded",
                better.gains[game.me],
                game.bound_by[better.table],
                game.end.bound_in[better.table],
                (better.table,),
                deals={better.table: better.deal},
                changed=better.changed,
                gains=others,
                **about(game, other, better.table),
            )


def _mine(game: OwnGame, found: Iterable[Improvement]) -> Iterator[Improvement]:
    """Yield, per table, the improvement by which I gain most; of equal ones the smallest change."""
    tops: dict[str, Improvement] = {}
    for better in found:
        top = tops.get(better.table)
        if game.me in better.gains and (top is None or _rank(game, better) > _rank(game, top)):
            tops[better.table] = better
    yield from tops.values()


def _rank(game: OwnGame, better: Improvement) -> tuple[float, int]:
    return round(better.gains[game.me], 9), -len(better.changed)


def never_signed(game: OwnGame) -> Iterator[Lesson]:
    """Yield the tables that stayed unsigned although a deal would have been a gain for me and all who sign it.

    Signed when I last offered there (in the last round, if I never did); of such deals the one by which the one that
    gains least gains most.
    """
    found: dict[str, list[Improvement]] = {}
    for better in improvements(game.scenario, game.sheets, game.end.outcome):
        if better.table not in game.end.bound and game.scenario.tables[better.table].signs(game.me, better.deal):
            found.setdefault(better.table, []).append(better)
    for name, some in found.items():
        offers = game.offers(name)
        seq = offers[-1][0] if offers else len(game.told) - 1
        number = game.told[seq].before.round
        top = max(some, key=lambda better: _least(game, better))
        gains = _gains(game, name, top.deal, number)
        if min(gains.values()) <= TOLERANCE:
            continue
        lost, other = losing_for(game, name)
        others = {party: gain for party, gain in gains.items() if party != game.me}
        yield Lesson(
            "apart",
            gains[game.me],
            seq,
            number,
            (name,),
            deals={name: top.deal},
            gains=others,
            count=lost,
            of=len(offers),
            **about(game, other or min(others, key=others.__getitem__), name),
        )


def _least(game: OwnGame, better: Improvement) -> float:
    needs = game.scenario.tables[better.table].needs(better.deal)
    return min(better.gains.get(party, 0.0) for party in {game.me, *needs})


def _gains(game: OwnGame, name: str, deal: Deal, number: int) -> dict[str, float]:
    """Return what a deal signed in a round would have given me and those who need to sign it."""
    needs = game.scenario.tables[name].needs(deal)
    parties = dict.fromkeys((game.me, *needs))
    return {party: game.instead(party, {name: deal}, number) or 0.0 for party in parties}


def best_table(game: OwnGame) -> Iterator[Lesson]:
    """Yield the table that brought me most when it was signed, links counted, cost of delay left out."""
    gained = {name: gain for name, gain in brought(game.end, game.mine).items() if name in game.signed}
    if gained and gained[name := max(gained, key=gained.__getitem__)] > 0:
        rest = improvements(game.scenario, game.sheets, game.end.outcome)
        whole = all(better.table != name for better in rest)
        yield Lesson("best", gained[name], game.bound_by[name], game.end.bound_in[name], (name,), whole=whole)


def promises(game: OwnGame) -> Iterator[Lesson]:
    """Yield the promises and threats of mine that were broken, and those that were kept."""
    for one in truth(game.end, game.sheets).promises if game.end.spoken else ():
        if one.party == game.me and one.status in ("broken", "kept"):
            kind: Kind = "broken" if one.status == "broken" else "kept"
            yield Lesson(kind, 0.0, one.said, one.round, (), other=one.to[0] if len(one.to) == 1 else "")


def _changed(game: OwnGame, name: str, deal: Deal) -> tuple[str, ...]:
    table, now = game.scenario.tables[name], game.end.bound[name]
    return tuple(issue.name for issue, one, other in zip(table.issues, deal, now, strict=True) if one != other)
