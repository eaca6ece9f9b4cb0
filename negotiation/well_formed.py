"""Whether a move is one at all: each kind has its parts, whoever made it; what they name is checked elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from negotiation.moves import (
    Alternative,
    Ask,
    Commit,
    Concede,
    Move,
    Obstacle,
    Prefer,
    Rank,
    Refuse,
    Sketch,
    Term,
    Tone,
    Trade,
    Wish,
)

MOST_TERMS = 60
"""Terms in one move; more are refused."""


def malformed(move: object) -> str:
    """Return why something is no move; empty if it is one."""
    if not isinstance(move, get_args(Move)):
        return f"{type(move).__name__} is no kind of move"
    if not all(isinstance(terms, tuple) for terms in _lists(move)):
        return "its terms are no tuple"
    terms = [*move.terms()]
    if len(terms) > MOST_TERMS:
        return f"it has {len(terms):,} terms; a move has at most {MOST_TERMS}"
    if not all(isinstance(term, Term) and _texts(term.table, term.issue, term.option) for term in terms):
        return "it names something that is no term"
    return "" if _whole(move, terms) else "it lacks a part, or has one too many"


def _lists(move: Move) -> list[object]:
    return [getattr(move, name) for name in ("options", "get", "give") if hasattr(move, name)]


def _texts(*names: object) -> bool:
    return all(isinstance(name, str) for name in names)


def _whole(move: Move, terms: Sequence[Term]) -> bool:
    """Return whether a move has the parts of its kind."""
    chosen, issues = [bool(term.option) for term in terms], {(term.table, term.issue) for term in terms}
    match move:
        case Ask(what, table, option, whom):
            return (
                _texts(table, whom)
                and what in get_args(Wish)
                and (option is not None) == (what == "option")
                and all(chosen)
            )
        case Rank():
            return len(issues) == 2 and not any(chosen)
        case Prefer(more, less):
            return len(issues) == 1 and all(chosen) and more != less
        case Refuse() | Sketch() if not terms or not all(chosen):
            return False
        case Refuse():
            return len(issues) == 1
        case Sketch():
            return len(issues) == len(terms)
        case Concede():
            return len(issues) == 1 and (all(chosen) or len(terms) == 1)
        case Trade(get, give):
            return bool(get) and bool(give)
        case Commit(unless, table, act, where, by, partner):
            kinds = type(unless), type(by)
            return (
                kinds in ((bool, int), (bool, type(None))) and _texts(table, where, partner) and act in ("walk", "sign")
            )
        case Alternative(table):
            return _texts(table)
        case Obstacle():
            return not any(chosen)
        case _:
            return move.tone in get_args(Tone)
