"""The engine that plays every game, one after the other, in Python; `compiled` plays most of them faster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from negotiation.actions import lost_turns
from negotiation.analysis.transcript import transcript
from negotiation.errors import NegotiationError
from negotiation.lab import model_costs
from negotiation.lab.factors import Changed, noisy
from negotiation.lab.measures import measures
from negotiation.lab.plan import Closer
from negotiation.lab.runs import Row, Run
from negotiation.state import State

if TYPE_CHECKING:
    from negotiation.game import Game

MOST_ERROR = 300
"""Characters of an error that a row keeps."""


class Played(NamedTuple):
    """The result of a run: its row, one row a table, one row an event."""

    run: Row
    tables: list[Row]
    events: list[Row]


def play(runs: Iterable[Run], *, events: bool = False, looks: Sequence[Closer] = ()) -> Iterator[Played]:
    """Yield every run played; a run that cannot be played is a row with its error.

    Parameters
    ----------
    events
        Whether events are wanted.
    looks
        What is measured besides (see `close_looks`).
    """
    for run in runs:
        if isinstance(run.game, Changed):
            yield _tried(run, run.game, events=events, looks=looks)
        else:
            yield failed(run, str(run.game))


def _tried(run: Run, changed: Changed, *, events: bool, looks: Sequence[Closer]) -> Played:
    try:
        return _played(run, changed, events=events, looks=looks)
    except NegotiationError as problem:
        return failed(run, str(problem))
    except SystemExit as problem:
        return failed(run, f"a strategy ended the program: sys.exit({problem.code!r})")
    except Exception as problem:  # noqa: BLE001 - whatever goes wrong in one run never ends the batch
        return failed(run, f"{type(problem).__name__}: {problem}")


def failed(run: Run, why: str) -> Played:
    """Return the row of a run that could not be played."""
    return Played({**_head(run), "error": " ".join(why.split())[:MOST_ERROR]}, [], [])


def _head(run: Run) -> Row:
    cell = run.cell
    return {
        "key": run.key,
        "case": cell.case.name,
        "variant": cell.case.variant,
        "protocol": cell.protocol,
        "lineup": cell.lineup,
        "seed": run.seed,
        "engine": "plain",
        **{f"factor.{name}": value for name, value in cell.settings.items()},
    }


def _played(run: Run, changed: Changed, *, events: bool, looks: Sequence[Closer]) -> Played:
    from negotiation.game import Game
    from negotiation.lab.close_looks import looked_at

    case = noisy(changed.case, changed.noise, run.seed) if changed.noise else changed.case
    game = Game(
        case,
        seats=changed.seats,
        protocol=run.cell.protocol,
        rounds=changed.rounds,
        seed=run.seed,
        types=changed.types,
        talk=changed.talk,
    )
    state = game.play()
    points = {party: game.points(party) for party in game.seated}
    gains = {party: points[party] - seat.unsigned_points for party, seat in game.seated.items()}
    found = measures(
        case,
        tuple(game.types.values()),
        list(points.values()),
        list(gains.values()),
        [name in state.bound for name in state.scenario.tables],
        state.rounds_played,
        shared=not changed.noise,
    )
    lost = lost_turns(state.events)
    row = {
        **_head(run),
        **found,
        **{f"strategy.{party}": text for party, text in game.seats.items()},
        **{f"type.{party}": name for party, name in game.types.items()},
        **{f"points.{party}": round(value, 9) for party, value in points.items()},
        **{f"gain.{party}": round(value, 9) for party, value in gains.items()},
        **{f"lost.{party}": len(lost.get(party, ())) for party in gains},
        **{f"why.{party}": reasons[0] for party, reasons in lost.items()},
        **model_costs.in_game(game.seated),
        **looked_at(game, looks),
    }
    opening = game.protocol.opening(state.scenario, state.rounds)
    return Played(row, _tables(run, game), event_rows(run, opening, state) if events else [])


def _tables(run: Run, game: Game) -> list[Row]:
    state, rows = game.state, []
    for name, table in state.scenario.tables.items():
        deal = state.bound.get(name)
        rows.append(
            {
                "key": run.key,
                "case": run.cell.case.name,
                "table": name,
                "deal": None if deal is None else table.index(deal),
                "round": None if deal is None else state.bound_in[name] + 1,
                "signed": list(state.signed.get(name, ())),
                **{f"{name}.{issue}": option for issue, option in (table.name_of(deal) if deal else {}).items()},
            }
        )
    return rows


def event_rows(run: Run, opening: State, end: State) -> list[Row]:
    """Return one row an event, between the first state of a game and its last."""
    rows = transcript(opening, end.events)
    return [
        {"key": run.key, "seq": n, "party": event.party, "event": json.dumps(row, ensure_ascii=False)}
        for n, (event, row) in enumerate(zip(end.events, rows, strict=True))
    ]
