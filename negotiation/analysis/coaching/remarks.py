"""What a coach says, as data: the kind of remark, what it rests on, and whom and what it is about. Words stand elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.moves import Ask, Term, Trade
from negotiation.preferences import Scores
from negotiation.table import Deal, Pattern, Table
from negotiation.view import View

Basis: TypeAlias = Literal["sheet", "offers", "words", "rules"]
"""What a remark rests on: my own sheet, what was offered and signed, what was said, the rules and the clock."""

Estimates: TypeAlias = Mapping[str, Mapping[str, Scores]]
"""By table, by other party: how much it is thought to like each deal, shape (deals,); who is unknown is left out."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a coach says.

    Attributes
    ----------
    kind
        Which sentence it is, see `reports.coach_text`.
    parties, tables, terms
        Whom and what it is about, the most important first.
    points
        My own points, exact; never anybody else's.
    number
        A round, from 0, or how many there are of something.
    pattern
        Options that do not go together.
    move
        What could be said about it, to the first of the parties.
    """

    kind: str
    basis: Basis
    parties: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    points: float = 0.0
    number: int = 0
    pattern: Pattern | None = None
    move: Ask | Trade | None = None


def at_stake(view: View, table: str) -> tuple[float, ...]:
    """Return my points between the best and the worst option of each issue of a table, in their order."""
    return tuple(max(points) - min(points) for points in view.preferences.by_option[table])


def by_stake(view: View) -> list[str]:
    """Return the open tables where I sit by what is at stake for me there, the most first."""
    return sorted(view.state.sits(view.me), key=lambda name: -sum(at_stake(view, name)))


def others_at(view: View, table: str) -> tuple[str, ...]:
    """Return the others who sit at a table and have not left it, those who must always sign first."""
    there, left = view.scenario.tables[table], view.state.left.get(table, ())
    return tuple(party for party in there.seats if party != view.me and party not in left)


def term(table: Table, issue: int, option: int | None = None) -> Term:
    """Return an issue, or an option of it, as a move names it."""
    there = table.issues[issue]
    return Term(table.name, there.name, "" if option is None else there.options[option])


def possible(view: View, table: str) -> npt.NDArray[np.bool_]:
    """Return which deals of a table I could sign now, shape (deals,): they can still bind and break no constraint."""
    there, state = view.scenario.tables[table], view.state
    can = there.may_sign(view.me) & there.signable(state.left.get(table, ()))
    free = view.scenario.free(table, state.bound)
    return can if free is None else can & free


def distance(table: Table, one: Deal, other: Deal) -> float:
    """Return how far two deals are apart: of every issue the steps between their options, as a share of all its steps."""
    return sum(
        abs(a - b) / (len(issue.options) - 1)
        for issue, a, b in zip(table.issues, one, other, strict=True)
        if len(issue.options) > 1
    )
