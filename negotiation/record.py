"""A game as JSON: its result, the set-up that makes it again, and a saved game opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from negotiation.actions import MEANINGS
from negotiation.analysis.transcript import consequences, transcript
from negotiation.case import Case
from negotiation.errors import IllegalAction, LogError, ScenarioError, SetupError
from negotiation.formats import loads, shipped
from negotiation.formats.log import decode, shown
from negotiation.formats.scenario_yaml import LARGEST_FILE
from negotiation.game import Game
from negotiation.rules import VERSION
from negotiation.state import State
from negotiation.strategies import Strategy
from negotiation.view import sealed

ARGUMENTS: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "protocol": ("text", (str,)),
    "seed": ("a whole number", (int,)),
    "rounds": ("a whole number or null", (int, type(None))),
    "seats": ("strategies by party", (dict,)),
    "types": ("types by party", (dict,)),
    "talk": ("a language, or empty", (str,)),
}
"""What a set-up must hold besides its case, in words and as Python has it."""

LATER = ("talk",)
"""What the set-ups of older games do not hold."""

TOLD = ("seq", "round", "paper", "signed", "lapsed", "abandoned", "ballot")
"""What `transcript` says of an event besides what was done, sentences left out."""


def result(game: Game) -> dict[str, Any]:
    """Return a game as one JSON object: the set-up, what was signed when, the points, and every event.

    Votes of a ballot that is not opened yet are left out (`yes` is null), and so is until the end what was said in private.
    """
    state = sealed(game.state, ended=game.state.over)
    tables = state.scenario.tables
    return {
        "case": game.case.name,
        **({"variant": game.case.variant} if game.case.variant else {}),
        "protocol": game.protocol.name,
        "seed": game.seed,
        "rounds": state.rounds,
        "rounds_played": state.rounds_played,
        "over": state.over,
        "seats": game.seats,
        "types": game.types,
        "outcome": {n: t.name_of(state.bound[n]) if n in state.bound else None for n, t in tables.items()},
        "signed_in": {n: state.bound_in[n] + 1 if n in state.bound else None for n in tables},
        "scores": {party: round(game.points(party), 6) for party in game.seated},
        "unsigned_scores": {party: round(seat.unsigned_points, 6) for party, seat in game.seated.items()},
        "events": transcript(game.protocol.opening(state.scenario, state.rounds), state.events),
    }


def setup(game: Game, *, public: bool = False) -> dict[str, object]:
    """Return what a saved log needs besides its events: the arguments that make the same game again.

    With `public` the seed and the types are left out, which stay secret until the talks are over.
    """
    hidden = public and not game.state.over
    return {
        "case": game.case.name,
        "digest": game.case.digest,
        "variant": game.case.variant,
        "protocol": game.protocol.name,
        "seed": None if hidden else game.seed,
        "rounds": game.state.rounds,
        "seats": game.seats,
        "types": {} if hidden else game.types,
        **({"talk": game.talk} if game.talk else {}),
    }


def heading(game: Game, *, public: bool = False) -> dict[str, object]:
    """Return the first line of a log file: the set-up and the case itself, so that the file opens anywhere by itself.

    With `public` what must stay secret until the talks are over is left out, and with it the case, which holds all sheets.
    """
    hidden = public and not game.state.over
    kept = {} if hidden or not game.case.text else {"case_text": game.case.text}
    return {**setup(game, public=public), "rules": VERSION, **kept}


def nobody(_: str) -> Strategy | None:
    """Return None, so that no strategy is loaded: a game that is only replayed needs none, and runs no user code."""
    return None


def reopen(
    saved: Mapping[str, object],
    rows: Iterable[Mapping[str, object]],
    source: str = "log",
    case: Case | None = None,
    players: Callable[[str], Strategy | None] = nobody,
) -> Game:
    """Return a saved game, every event checked against the rules again; nothing that it names is opened or imported.

    Parameters
    ----------
    case
        The case as it was when the game began, if its text was kept elsewhere; else the one in `saved`, or the bundled
        one of that name, which must be unchanged.
    players
        Who decides at a seat, by what the log calls it: nobody, unless the game is to go on.

    Raises
    ------
    LogError, ScenarioError
        When the set-up is not complete, the case has changed since, or an event is not one that could have been.
    """
    if saved.get("seed", 0) is None:
        raise LogError(
            f"{source}: saved before the end, when seed and types are still secret; save it again afterwards"
        )
    if saved.get("rules", VERSION) != VERSION:
        raise LogError(f"{source}: follows rules {shown(saved['rules'])}, this program has rules {VERSION}")
    arguments = _arguments(saved, source)
    case = case or _case(saved, source)
    try:
        game = Game(case, players=players, **arguments)
    except (SetupError, TypeError, ValueError, ArithmeticError) as problem:
        raise LogError(f"{source}: the set-up cannot be read: {problem}") from None
    for seq, row in enumerate(rows):
        try:
            before, event = game.state, decode(game.case.scenario, row)
            game.submit(event.party, event.action)
            _agree(row, before, game.state)
        except (LogError, IllegalAction) as problem:
            raise LogError(f"{source}: event {seq}: {problem}") from None
    return game


def _agree(row: Mapping[str, object], before: State, after: State) -> None:
    """Raise `LogError` if a row states other consequences than the rules give; it may state none."""
    acted = MEANINGS[after.events[-1].action.kind]
    if not (told := [key for key in TOLD if key in row and key not in acted]):
        return
    so = {"seq": len(before.events), "round": before.round + 1, **consequences(before, after)}
    for key in told:
        if type(row[key]) is not type(so.get(key)) or row[key] != so.get(key):
            must = f"must be {shown(so[key])}" if key in so else "must not be there"
            raise LogError(f"{key} is {shown(row[key])}, {must}")


def matching(saved: Mapping[str, object], case: Case, source: str) -> Case:
    """Return the case, if a game was played with it as it is.

    Raises
    ------
    LogError
        When the game was played with another, or the case has changed since.
    """
    if saved.get("digest") != case.digest:
        raise LogError(f"{source}: case {case.name} has changed since this game was played")
    return case


def _case(saved: Mapping[str, object], source: str) -> Case:
    """Return the case kept in the set-up, else the bundled one that it names; a path in it is never opened."""
    name, variant, text = (_text(saved, key, source) for key in ("case", "variant", "case_text"))
    if len(text) > LARGEST_FILE:
        raise LogError(f"{source}: its case has {len(text):,} characters, must have at most {LARGEST_FILE:,}")
    if text:
        return matching(saved, loads(text, f"{source}: its case", variant, kept=True), source)
    try:
        case = shipped(name, variant)
    except ScenarioError as problem:
        raise LogError(f"{source}: {problem}; a case of your own: --case FILE") from None
    return matching(saved, case, source)


def _text(saved: Mapping[str, object], key: str, source: str) -> str:
    value = saved.get(key, "" if key == "case_text" else None)
    if not isinstance(value, str):
        lacks = f"the set-up lacks {key!r}" if value is None else f"{key} is {shown(value)}, must be text"
        raise LogError(f"{source}: {lacks}")
    return value


def _arguments(saved: Mapping[str, object], source: str) -> dict[str, Any]:
    """Return the arguments that make the game again, each of its kind."""
    for key, (wanted, kinds) in ARGUMENTS.items():
        if key not in saved and key in LATER:
            continue
        if key not in saved:
            raise LogError(f"{source}: the set-up lacks {key!r}")
        value = saved[key]
        fine = type(value) in kinds and (
            not isinstance(value, dict) or all(isinstance(text, str) for text in value.values())
        )
        if not fine:
            raise LogError(f"{source}: the set-up cannot be read: {key} is {shown(value)}, must be {wanted}")
    return {key: saved[key] for key in ARGUMENTS if key in saved}
