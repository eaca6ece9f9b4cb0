"""What was said and done in a game, round by round, as a person reads it in a terminal."""

from __future__ import annotations

from textwrap import wrap

from negotiation.actions import Say, Tick
from negotiation.analysis.transcript import line, steps
from negotiation.game import Game
from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.view import sealed

WIDTH = 100


def talk_text(game: Game) -> str:
    """Return who said and did what, a paragraph an act, with the deals that were signed; private words only after the end."""
    scenario, state = game.case.scenario, sealed(game.state, ended=game.state.over)
    lines: list[str] = []
    for step in steps(game.protocol.opening(scenario, state.rounds), state.events):
        if not step.before.events or isinstance(step.before.events[-1].action, Tick):
            lines += ["", f"{scenario.unit} {step.before.round + 1}"]
        told = line(step.before, step.event)
        if told is not None:
            who = _title(scenario, step.event.party) + _whom(scenario, step.event.action)
            text = f"{who}{' ' if told.did else ''}{told.did}" + (f": {told.said}" if told.said else "")
            lines += wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
            offered = "; ".join(f"{issue}: {option}" for issue, option in told.terms)
            lines += wrap(offered, WIDTH, initial_indent="    – ", subsequent_indent="      ")
        lines += [f"  → {scenario.tables[name].title}: signed" for name in _signed(step.before, step.after)]
    return "\n".join(lines[1:])


def _whom(scenario: Scenario, action: object) -> str:
    """Return to whom something is said in private; empty if to all."""
    to = action.to if isinstance(action, Say) else ()
    return f" to {' and '.join(_title(scenario, party) for party in to)}, in private" if to else ""


def _title(scenario: Scenario, party: str) -> str:
    return scenario.parties[party].title.partition(" (")[0] if party in scenario.parties else f"the {party}"


def _signed(before: State, after: State) -> list[str]:
    return [name for name in after.bound if name not in before.bound]
