"""Plans of groups: who sits with whom, at random, by what the roster says, and not again with the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from negotiation.classroom.sessions import Session
from negotiation.dice import Dice

Pairs = Mapping[frozenset[str], int]
"""How often two people were in one group."""

MOST_ROUNDS = 12
"""How often all pairs of people are tried for a better place, at most."""

UNLIKE = 1000
"""How many meetings again one pair that is wrong by its attribute outweighs."""


@dataclass(frozen=True)
class Wish:
    """How groups are wanted.

    Attributes
    ----------
    by
        The people's values of an attribute, by id; empty: it does not matter.
    alike
        Whether groups are of one value as far as they can; else each is as mixed as it can be.
    met
        Who has been in a group with whom before; empty: it does not matter.
    even
        Whether groups are about as large as each other, agents in the free seats; else full groups and a rest.
    """

    by: Mapping[str, str] = field(default_factory=dict)
    alike: bool = False
    met: Pairs = field(default_factory=dict)
    even: bool = False


@dataclass(frozen=True)
class Plan:
    """Groups of people, and how many pairs in them have been in one group before."""

    groups: tuple[tuple[str, ...], ...]
    again: int = 0


def sizes(people: int, seats: int, *, even: bool) -> list[int]:
    """Return how many people sit in each group.

    Examples
    --------
    >>> sizes(8, 6, even=False), sizes(8, 6, even=True), sizes(0, 6, even=True)
    ([6, 2], [4, 4], [])
    """
    groups = -(-people // seats)
    if even:
        return [people // groups + (n < people % groups) for n in range(groups)]
    return [min(seats, people - n * seats) for n in range(groups)]


def planned(people: Sequence[str], seats: int, wish: Wish, seed: int) -> Plan:
    """Return groups as they are wanted, as nearly as swapping people two by two comes to it; the same for one seed."""
    order = list(people)
    dice = Dice(seed, len(order), 0)
    for left in range(len(order), 1, -1):
        n = dice.below(left)
        order[n], order[left - 1] = order[left - 1], order[n]
    if wish.by:
        order.sort(key=lambda who: wish.by.get(who, ""))
    groups = _dealt(order, sizes(len(order), seats, even=wish.even), turn=bool(wish.by) and not wish.alike)
    if wish.by or wish.met:
        _improve(groups, wish)
    return Plan(tuple(map(tuple, groups)), sum(_again(group, wish.met) for group in groups))


def met(sessions: Sequence[Session]) -> Pairs:
    """Return how often two members of a course were in one group of these classes."""
    found: Counter[frozenset[str]] = Counter()
    for session in sessions:
        for group in session.groups:
            members = sorted(person.member for person in session.members(group) if person.member)
            found.update(frozenset(pair) for pair in combinations(members, 2))
    return found


def _dealt(order: Sequence[str], many: Sequence[int], *, turn: bool) -> list[list[str]]:
    """Return people dealt to groups of these sizes: one after another in turn, or group after group."""
    groups: list[list[str]] = [[] for _ in many]
    place = 0
    for who in order:
        while len(groups[place]) >= many[place]:
            place = (place + 1) % len(many)
        groups[place].append(who)
        if turn:
            place = (place + 1) % len(many)
    return groups


def _improve(groups: list[list[str]], wish: Wish) -> None:
    """Swap people of different groups as long as that makes something better."""
    spots = [(g, n) for g, group in enumerate(groups) for n in range(len(group))]
    for _ in range(MOST_ROUNDS):
        better = False
        for (g, n), (h, m) in combinations(spots, 2):
            if g != h and _gain(groups, (g, n), (h, m), wish) > 0:
                groups[g][n], groups[h][m] = groups[h][m], groups[g][n]
                better = True
        if not better:
            return


def _gain(groups: Sequence[Sequence[str]], one: tuple[int, int], other: tuple[int, int], wish: Wish) -> int:
    """Return by how much the groups become better if two people swap."""
    (g, n), (h, m) = one, other
    mine, yours = groups[g][n], groups[h][m]
    here = [who for k, who in enumerate(groups[g]) if k != n]
    there = [who for k, who in enumerate(groups[h]) if k != m]
    before = _cost(mine, here, wish) + _cost(yours, there, wish)
    return before - _cost(mine, there, wish) - _cost(yours, here, wish)


def _cost(who: str, others: Sequence[str], wish: Wish) -> int:
    cost = sum(wish.met.get(frozenset((who, other)), 0) for other in others) if wish.met else 0
    if wish.by:
        mine = wish.by.get(who, "")
        cost += UNLIKE * sum((wish.by.get(other, "") == mine) != wish.alike for other in others)
    return cost


def _again(group: Sequence[str], pairs: Pairs) -> int:
    return sum(frozenset(pair) in pairs for pair in combinations(group, 2))
