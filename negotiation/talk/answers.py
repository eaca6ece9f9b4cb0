"""What is answered to what was said: the reply as moves, by what one wants and how candid one is. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from negotiation.moves import (
    Alternative,
    Ask,
    Commit,
    Concede,
    Courtesy,
    Move,
    Obstacle,
    Prefer,
    Rank,
    Refuse,
    Sketch,
    Term,
    Trade,
)
from negotiation.state import Paper
from negotiation.table import Deal
from negotiation.talk.stand import Stand
from negotiation.view import View

Candour: TypeAlias = Literal["candid", "guarded", "bluffing"]
"""Candid: the truth, with what it would take. Guarded: the truth, but only what was asked, and more to those who told it
something. Bluffing: what is cheap to give up is made to look dear."""

Reply: TypeAlias = tuple[Move, ...]

OPENED = 3
"""Issues of which whoever tells more than it must says what it wants there."""

SORRY: Reply = (Courtesy("regret"),)
"""The answer of whoever has none."""


@dataclass(frozen=True, eq=False)
class Mind:
    """Whoever answers.

    Attributes
    ----------
    stands
        Where it stands at each open table where it sits.
    told
        Whether the one who speaks has told it something before.
    """

    view: View
    stands: Mapping[str, Stand]
    candour: Candour = "candid"
    told: bool = False

    @property
    def open_hearted(self) -> bool:
        """Return whether it tells more than it was asked."""
        return self.candour != "guarded" or self.told


def reply(mind: Mind, speaker: str, said: Paper | Iterable[Move]) -> Reply:
    """Return the answer to a paper of somebody or to what it said; empty if nothing of that wants an answer.

    Each move is said once; that one has no answer only if there is none to anything.
    """
    if isinstance(said, Paper):
        answers = _to_paper(mind, said)
    else:
        answers = tuple(answer for move in said for answer in _to_move(mind, speaker, move))
    answers = tuple(dict.fromkeys(answers))
    return tuple(answer for answer in answers if answer not in SORRY) or answers


def _to_move(mind: Mind, speaker: str, move: Move) -> Reply:
    match move:
        case Ask(whom=whom) if whom and whom != mind.view.me:
            return ()
        case Ask("priority", table):
            return _priority(mind, table, speaker)
        case Ask("option", option=Term() as term):
            return _option(mind, term)
        case Ask("obstacle", table) if table:
            return _obstacle(mind, speaker, table)
        case Ask("obstacle"):
            offered = [name for name in mind.stands if _latest(mind, name, speaker)]
            return _obstacle(mind, speaker, offered[0]) if offered else _priority(mind, "", speaker)
        case Ask("alternative", table):
            return _alternative(mind, table, speaker)
        case Sketch(options):
            return _to_sketch(mind, speaker, options, ())
        case Trade(get, give):
            return _to_sketch(mind, speaker, get, give)
        case Commit(table=table):
            return _obstacle(mind, speaker, table)
        case _:
            return ()


def _stands(mind: Mind, table: str, speaker: str) -> list[Stand]:
    """Return where it stands at a table; if none is named at those where the other sits too, or else at all."""
    if table:
        return [mind.stands[table]] if table in mind.stands else []
    shared = [stand for stand in mind.stands.values() if speaker in stand.table.seats]
    return shared or list(mind.stands.values())


def _priority(mind: Mind, table: str, speaker: str) -> Reply:
    """Return what matters most, before whatever else is at stake there.

    Who bluffs puts what matters least right behind it: it hides nothing that it wants, or it would not get it.
    """
    stands = _stands(mind, table, speaker)
    if not stands:
        return SORRY
    bluffs = mind.candour == "bluffing"
    if table and mind.open_hearted and not bluffs:
        return _order(stands[0]) or SORRY
    stand = max(stands, key=lambda one: one.weights[one.ranked[0]])
    top = stand.ranked[0]
    others = [(one, one.ranked[0]) for one in stands if one is not stand] or [(stand, k) for k in stand.ranked]
    most = stand.weights[top]
    answers: list[Move] = [Rank(stand.term(top), one.term(k)) for one, k in others if one.weights[k] < most]
    if bluffs and stand.cheapest != top:
        cheap = stand.term(stand.cheapest)
        feigned = [Rank(cheap, stand.term(k)) for k in stand.ranked if k not in (top, stand.cheapest)]
        answers = [Rank(stand.term(top), cheap), *feigned]
    options = stand.options(top)
    if len(options) > 1 and (not answers or (mind.open_hearted and not bluffs)):
        answers.append(Prefer(stand.term(top, options[0]), stand.term(top, options[-1])))
    return tuple(answers) or SORRY


def _order(stand: Stand) -> Reply:
    """Return all issues of a table by what is at stake, and what one wants in the first of them."""
    ranked, answers = stand.ranked, list[Move]()
    alike = [list(group) for _, group in groupby(ranked, key=stand.weights.__getitem__)]
    for above, below in pairwise(alike):  # one row from the first to the last, then what weighs as much as one in it
        answers.append(Rank(stand.term(above[0]), stand.term(below[0])))
    for n, group in enumerate(alike):
        above, below = alike[n - 1][:1] if n else [], alike[n + 1][:1] if n + 1 < len(alike) else []
        for k in group[1:]:
            answers += [Rank(stand.term(k), stand.term(less)) for less in below]
            answers += [Rank(stand.term(more), stand.term(k)) for more in above if not below]
    for k in ranked[:OPENED]:
        options = stand.options(k)
        if len(options) > 1 and stand.points[k][options[0]] > stand.points[k][options[-1]]:
            answers.append(Prefer(stand.term(k, options[0]), stand.term(k, options[-1])))
    return tuple(answers)


def _option(mind: Mind, term: Term) -> Reply:
    """Return whether an option is possible, is out of the question, or what would be better."""
    if term.table not in mind.stands:
        return SORRY
    stand = mind.stands[term.table]
    k = stand.table.by_name[term.issue]
    option = stand.table.issues[k].number(term.option)
    here = stand.possible & (stand.table.grid[k] == option)
    if not here.any() or stand.gains[here].max() < stand.floor:
        return (Refuse((term,)),)
    best = stand.options(k)[0]
    better = stand.points[k][best] > stand.points[k][option]
    feigned = mind.candour == "bluffing" and k == stand.cheapest
    if better and (feigned or not (here & stand.enough).any()):
        return (Prefer(stand.term(k, best), term),)
    return (Concede((term,)),)


def _latest(mind: Mind, table: str, speaker: str) -> Deal | None:
    """Return the last offer of somebody at a table, or else that of anybody but oneself."""
    offers = mind.view.state.offers.get(table, ())
    theirs = [deal for party, _, deal in offers if party == speaker]
    others = [deal for party, _, deal in offers if party != mind.view.me]
    return next(reversed(theirs or others), None)


def _obstacle(mind: Mind, speaker: str, table: str) -> Reply:
    if table not in mind.stands:
        return SORRY
    deal = _latest(mind, table, speaker)
    return _priority(mind, table, speaker) if deal is None else _against(mind, mind.stands[table], deal)


def _to_paper(mind: Mind, paper: Paper) -> Reply:
    """Return what stands in the way of a paper: at the first of its tables where anything does."""
    answers = [_against(mind, mind.stands[name], deal) for name, deal in paper.deals.items() if name in mind.stands]
    hard = [answer for answer in answers if not isinstance(answer[0], Concede)]
    return (hard or answers or [SORRY])[0]


def _against(mind: Mind, stand: Stand, theirs: Deal) -> Reply:
    """Return the issue that costs most against what is asked for, and the smallest change that would do."""
    near = stand.nearest({k: (option,) for k, option in enumerate(theirs)})
    if near is None:
        return SORRY
    changed = [k for k in range(len(theirs)) if near[k] != theirs[k]]
    if not changed:
        return (Concede((stand.term(stand.ranked[0], theirs[stand.ranked[0]]),)),)
    worst = stand.costliest(theirs, near, changed)
    if mind.candour == "bluffing":
        near, worst = _overstated(stand, theirs, near, worst)
        changed = [k for k in range(len(theirs)) if near[k] != theirs[k]]
    answers: list[Move] = [Obstacle(stand.term(worst))]
    if mind.open_hearted:
        answers.append(Sketch(stand.terms(near, changed)))
    return tuple(answers)


def _overstated(stand: Stand, theirs: Deal, near: Deal, worst: int) -> tuple[Deal, int]:
    """Ask for the best at the cheapest issue as well, and call that the obstacle, if theirs falls short there."""
    k = stand.cheapest
    best = stand.options(k)[0]
    more = (*near[:k], best, *near[k + 1 :])
    number = stand.table.index(more)
    if stand.points[k][best] <= stand.points[k][theirs[k]] or number < 0 or not stand.possible[number]:
        return near, worst
    return more, k


def _alternative(mind: Mind, table: str, speaker: str) -> Reply:
    found = [stand for stand in _stands(mind, table, speaker) if stand.alternative or mind.candour == "bluffing"]
    return (Alternative(found[0].table.name),) if found else SORRY


def _to_sketch(mind: Mind, speaker: str, get: tuple[Term, ...], give: tuple[Term, ...]) -> Reply:
    """Return a whole deal for each table that is named; `get` is what the other asks for, `give` what it offers."""
    answers: list[Move] = []
    chosen: dict[str, Deal | None] = dict(mind.view.state.bound)
    for table in dict.fromkeys(term.table for term in (*get, *give)):
        if table not in mind.stands:
            answers += SORRY
            continue
        free = mind.view.scenario.free(table, chosen)
        stand = mind.stands[table] if free is None else mind.stands[table].among(free)
        wanted = _wishes(mind, stand, speaker, get, give)
        deal = stand.best(stand.enough & stand.keeping(wanted))
        if deal is not None:
            chosen[table] = deal
            answers.append(Sketch(stand.terms(deal)))
        else:
            answers += _missed(stand, wanted)
    return tuple(answers)


def _wishes(
    mind: Mind, stand: Stand, speaker: str, get: tuple[Term, ...], give: tuple[Term, ...]
) -> dict[int, list[int]]:
    """Return by issue of a table, the options that would do what was said; all, where nothing more can be asked for."""
    offers = mind.view.state.offers.get(stand.table.name, ())
    mine = [deal for party, _, deal in offers if party == mind.view.me][-1:]
    theirs = [deal for party, _, deal in offers if party == speaker][-1:]
    wanted: dict[int, list[int]] = {}
    for term in (*get, *give):
        if term.table != stand.table.name:
            continue
        k = stand.table.by_name[term.issue]
        issue, points = stand.table.issues[k], stand.points[k]
        every = range(len(issue.options))
        if term.option:
            moved = [issue.number(term.option)]
        elif term in get:
            moved = [option for option in every if all(option != deal[k] for deal in mine)]
        else:
            moved = [option for option in every if all(points[option] > points[deal[k]] for deal in theirs)]
        wanted[k] = moved or [*every]
    return wanted


def _missed(stand: Stand, wanted: Mapping[int, list[int]]) -> Reply:
    """Return the term that stands in the way of what was asked for, and the smallest change that would do."""
    near = stand.nearest(wanted)
    if near is None:
        return SORRY
    broken = [k for k, options in wanted.items() if near[k] not in options]
    asked = tuple((*wanted.get(k, ()), option)[0] for k, option in enumerate(near))
    return Obstacle(stand.term(stand.costliest(asked, near, broken))), Sketch(stand.terms(near, sorted(wanted)))
