"""A game as JSON: its result, the set-up that makes it again, and a saved game opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from negotiation.analysis.transcript import transcript
from negotiation.case import Case
from negotiation.errors import IllegalAction, LogError
from negotiation.formats import load
from negotiation.formats.log import decode
from negotiation.model import NegotiationModel
from negotiation.view import sealed


def result(model: NegotiationModel) -> dict[str, Any]:
    """A game as one JSON object: the set-up, what was signed when, the points, and every event.

    Votes of a ballot that is not opened yet are left out (`yes` is null).
    """
    state = sealed(model.state)
    tables = state.scenario.tables
    return {
        "case": model.case.name,
        **({"variant": model.case.variant} if model.case.variant else {}),
        "protocol": model.protocol.name,
        "seed": model.seed_number,
        "rounds": state.rounds,
        "rounds_played": state.rounds_played,
        "over": state.over,
        "seats": model.seats,
        "types": model.types,
        "outcome": {n: t.name_of(state.bound[n]) if n in state.bound else None for n, t in tables.items()},
        "signed_in": {n: state.bound_in[n] + 1 if n in state.bound else None for n in tables},
        "scores": {party: round(agent.points, 6) for party, agent in model.seated.items()},
        "unsigned_scores": {party: round(agent.unsigned_points, 6) for party, agent in model.seated.items()},
        "events": transcript(model.protocol.opening(state.scenario, state.rounds), state.events),
    }


def setup(model: NegotiationModel, *, public: bool = False) -> dict[str, Any]:
    """What a saved log needs besides its events: the arguments that make the same game again.

    With `public` the seed and the types are left out, which stay secret until the talks are over.
    """
    hidden = public and not model.state.over
    return {
        "case": model.case.name,
        "digest": model.case.digest,
        "variant": model.case.variant,
        "protocol": model.protocol.name,
        "seed": None if hidden else model.seed_number,
        "rounds": model.state.rounds,
        "seats": model.seats,
        "types": {} if hidden else model.types,
    }


def reopen(
    saved: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], source: str = "log", case: Case | None = None
) -> NegotiationModel:
    """A saved game, every event checked against the rules again.

    Parameters
    ----------
    case
        The case as it was when the game began, if its text was kept; else the case of that name must be unchanged.

    Raises
    ------
    LogError
        When the set-up is not complete, the case has changed since, or an event is not one that could have been.
    """
    if saved.get("seed", 0) is None:
        raise LogError(
            f"{source}: saved before the end, when seed and types are still secret; save it again afterwards"
        )
    try:
        model = NegotiationModel(
            case or load(str(saved["case"]), str(saved["variant"])),
            **{key: saved[key] for key in ("protocol", "seed", "rounds", "seats", "types")},
        )
    except KeyError as missing:
        raise LogError(f"{source}: the set-up lacks {missing}") from None
    except (TypeError, ValueError, AttributeError) as problem:
        raise LogError(f"{source}: the set-up cannot be read: {problem}") from None
    if case is None and saved.get("digest") != model.case.digest:
        raise LogError(f"{source}: case {model.case.name} has changed since this game was played")
    for seq, row in enumerate(rows):
        try:
            event = decode(model.case.scenario, row)
            model.submit(event.party, event.action)
        except (LogError, IllegalAction) as problem:
            raise LogError(f"{source}: event {seq}: {problem}") from None
    return model
