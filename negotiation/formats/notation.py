"""Moves in writing, in the names of the case: `sketch ampere.nissan_stake=s7; ask priority tech -> renault`.

Logs, tests, transcripts and `negotiation talk` use it. Several moves of a sentence are parted by `; `; `none` is a sentence
without any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, assert_never, get_args

from negotiation.errors import NegotiationError, unknown
from negotiation.moves import (
    KINDS,
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
    Tone,
    Trade,
    Wish,
)
from negotiation.scenario import Scenario

NONE = "none"
FORMS: Mapping[str, str] = {
    "ask": "ask priority|obstacle|alternative [TABLE] [-> PARTY], or: ask option TABLE.ISSUE=OPTION [-> PARTY]",
    "rank": "rank TABLE.ISSUE > TABLE.ISSUE",
    "prefer": "prefer TABLE.ISSUE: OPTION > OPTION",
    "refuse": "refuse TABLE.ISSUE=OPTION[,OPTION...]",
    "open": "open TABLE.ISSUE[=OPTION,OPTION...]",
    "sketch": "sketch TABLE.ISSUE=OPTION [TABLE.ISSUE=OPTION ...]",
    "trade": "trade get TABLE.ISSUE[=OPTION]... give TABLE.ISSUE[=OPTION]...",
    "commit": "commit if|unless TABLE [by ROUND] then walk TABLE|sign TABLE [PARTY]",
    "alternative": "alternative TABLE",
    "obstacle": "obstacle TABLE.ISSUE",
    "courtesy": "courtesy thanks|regret|greeting|hurry",
}
"""How each kind of move is written."""


class MoveError(NegotiationError):
    """What is written is no move of this case."""


def write(moves: Iterable[Move]) -> str:
    """Return moves in writing."""
    return "; ".join(map(_written, moves)) or NONE


def read(text: str, scenario: Scenario) -> tuple[Move, ...]:
    """Return the moves that stand in `text`; every name in them is one of the case.

    Raises
    ------
    MoveError
        Which of them cannot be read, and what is possible there.
    """
    if text.strip() in ("", NONE):
        return ()
    return tuple(_Reader(part.split(), scenario).move() for part in text.split(";"))


def _written(move: Move) -> str:
    match move:
        case Ask():
            what = [move.what, *([move.table] if move.table else []), *([_term(move.option)] if move.option else [])]
            rest = " ".join([*what, *(["->", move.whom] if move.whom else [])])
        case Rank():
            rest = f"{_term(move.more)} > {_term(move.less)}"
        case Prefer():
            rest = f"{move.more.table}.{move.more.issue}: {move.more.option} > {move.less.option}"
        case Refuse() | Concede():
            first, chosen = move.options[0], [term.option for term in move.options if term.option]
            rest = f"{first.table}.{first.issue}" + (f"={','.join(chosen)}" if chosen else "")
        case Sketch():
            rest = " ".join(map(_term, move.options))
        case Trade():
            rest = f"get {' '.join(map(_term, move.get))} give {' '.join(map(_term, move.give))}"
        case Commit():
            when = f"{'unless' if move.unless else 'if'} {move.table}" + (f" by {move.by}" if move.by else "")
            rest = f"{when} then {move.act} {move.where}" + (f" {move.partner}" if move.partner else "")
        case Alternative():
            rest = move.table
        case Obstacle():
            rest = _term(move.issue)
        case Courtesy():
            rest = move.tone
        case _:
            assert_never(move)
    return f"{move.kind} {rest}"


def _term(term: Term) -> str:
    return f"{term.table}.{term.issue}" + (f"={term.option}" if term.option else "")


class _Reader:
    """One move, word by word."""

    def __init__(self, words: list[str], scenario: Scenario) -> None:
        self.words, self.scenario, self.kind = words[1:], scenario, words[0] if words else ""
        if self.kind not in KINDS:
            raise MoveError(unknown("kind of move", self.kind, [*KINDS, NONE]))

    def move(self) -> Move:
        """Return the move; nothing of what is written may be left over."""
        made: dict[str, Callable[[], Move]] = {
            "ask": self._ask,
            "rank": lambda: Rank(*self._pair(self._issue)),
            "prefer": self._prefer,
            "refuse": lambda: Refuse(self._options(needed=True)),
            "open": lambda: Concede(self._options(needed=False)),
            "sketch": self._sketch,
            "trade": self._trade,
            "commit": self._commit,
            "alternative": lambda: Alternative(self._table(self._next())),
            "obstacle": lambda: Obstacle(self._issue(self._next())),
            "courtesy": lambda: Courtesy(self._one_of(Tone)),
        }
        move = made[self.kind]()
        if self.words:
            raise self._wrong()
        return move

    def _wrong(self) -> MoveError:
        return MoveError(f"this is no {self.kind}; it is written {FORMS[self.kind]}")

    def _next(self, word: str = "") -> str:
        """Take the next word, which must be `word` if one is given."""
        if not self.words or (word and self.words[0] != word):
            raise self._wrong()
        return self.words.pop(0)

    def _if_next(self, word: str) -> bool:
        """Take the next word if it is `word`."""
        found = self.words[:1] == [word]
        if found:
            self.words.pop(0)
        return found

    def _one_of(self, kinds: Any) -> Any:
        found = self._next()
        if found not in get_args(kinds):
            raise MoveError(unknown(f"{self.kind}", found, get_args(kinds)))
        return found

    def _table(self, name: str) -> str:
        if name not in self.scenario.tables:
            raise MoveError(unknown("table", name, self.scenario.tables))
        return name

    def _party(self, name: str) -> str:
        if name not in self.scenario.parties:
            raise MoveError(unknown("party", name, self.scenario.parties))
        return name

    def _term(self, text: str) -> Term:
        key, _, option = text.partition("=")
        table, _, issue = key.partition(".")
        there = self.scenario.tables[self._table(table)]
        if issue not in there.by_name:
            raise MoveError(unknown(f"issue of {table}", issue, there.by_name))
        options = there.issues[there.by_name[issue]].options
        if option and option not in options:
            raise MoveError(unknown(f"option of {key}", option, options))
        return Term(table, issue, option)

    def _issue(self, text: str) -> Term:
        term = self._term(text)
        if term.option:
            raise self._wrong()
        return term

    def _option(self, text: str) -> Term:
        term = self._term(text)
        if not term.option:
            raise self._wrong()
        return term

    def _options(self, *, needed: bool) -> tuple[Term, ...]:
        """Read options of one issue; without any, unless they are `needed`, the issue."""
        key, _, chosen = self._next().partition("=")
        if not chosen and needed:
            raise self._wrong()
        return tuple(self._term(f"{key}={option}" if option else key) for option in chosen.split(","))

    def _pair(self, read: Callable[[str], Term]) -> tuple[Term, Term]:
        more = read(self._next())
        self._next(">")
        return more, read(self._next())

    def _prefer(self) -> Prefer:
        key = self._next()
        if not key.endswith(":"):
            raise self._wrong()
        return Prefer(*self._pair(lambda option: self._option(f"{key[:-1]}={option}")))

    def _ask(self) -> Ask:
        what: Wish = self._one_of(Wish)
        option = self._option(self._next()) if what == "option" else None
        table = self._table(self._next()) if self.words and self.words[0] != "->" and not option else ""
        return Ask(what, table, option, self._party(self._next()) if self._if_next("->") else "")

    def _sketch(self) -> Sketch:
        options = tuple(self._option(self._next()) for _ in range(len(self.words)))
        if not options or len({(term.table, term.issue) for term in options}) < len(options):
            raise self._wrong()
        return Sketch(options)

    def _trade(self) -> Trade:
        self._next("get")
        get, give = [self._term(self._next())], []
        while not self._if_next("give"):
            get.append(self._term(self._next()))
        while self.words:
            give.append(self._term(self._next()))
        if not give:
            raise self._wrong()
        return Trade(tuple(get), tuple(give))

    def _commit(self) -> Commit:
        unless = not self._if_next("if")
        if unless:
            self._next("unless")
        table, by = self._table(self._next()), None
        if self._if_next("by"):
            by = self._round(self._next())
        self._next("then")
        act: Literal["walk", "sign"] = self._one_of(Literal["walk", "sign"])
        where = self._table(self._next())
        return Commit(unless, table, act, where, by, self._party(self._next()) if self.words and act == "sign" else "")

    def _round(self, text: str) -> int:
        last = self.scenario.rounds
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= last:
            raise MoveError(f"{self.scenario.unit} {text!r} is none of this case; possible: 1 to {last}")
        return int(text)
