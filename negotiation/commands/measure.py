"""`negotiation measure`: of saved games, how much was answered, who told the truth, and what became of promises."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.commands import Commands, make
from negotiation.commands.streams import dumps, seen

if TYPE_CHECKING:
    from negotiation.analysis.answered import Answers
    from negotiation.game import Game


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "measure", run, "measure the talk in saved games: answers, truth, promises")
    command.add_argument("logs", nargs="+", type=Path, metavar="LOG", help="games saved by `run --log` or downloaded")
    command.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Measure every log; each is checked against the rules first."""
    from negotiation.formats.log import read
    from negotiation.record import reopen

    games = [(str(file), measured(reopen(*read(file), str(file)))) for file in options.logs]
    if options.json:
        print(dumps({"games": [{"log": name, **found} for name, found in games]}))
        return 0
    for name, found in games:
        print(seen(name))
        for line in _lines(found):
            print(seen(f"  {line}"))
    return 0


def measured(game: Game) -> dict[str, Any]:
    """Return the measures of a game as JSON: answers of its agents to offers and to words, and the truth of each party."""
    from negotiation.analysis.answered import answered
    from negotiation.analysis.truth import truth
    from negotiation.strategies import PERSON

    state = game.state
    agents = [party for party, text in game.seats.items() if text != PERSON]
    answers = answered(game.protocol.opening(game.case.scenario, state.rounds), state.events, agents)
    found = truth(state, {party: seat.role.preferences for party, seat in game.seated.items()})
    spoke = {one.party for one in found.statements} | {one.party for one in found.promises}
    return {
        "case": game.case.name,
        "answered": {"offers": _answers(answers.offers), "words": _answers(answers.words)},
        "truth": {
            party: {
                "played_by": game.seats[party],
                **{verdict: found.count(party, verdict) for verdict in ("true", "false", "open")},
                "share": found.share(party),
                "promises": found.made(party),
            }
            for party in game.seated
            if party in spoke
        },
    }


def _answers(found: Answers) -> dict[str, float | None]:
    return {
        "wanted": found.wanted,
        "given": found.given,
        "why": found.why,
        "share": found.share,
        "reasons": found.reasons,
    }


def _lines(found: dict[str, Any]) -> list[str]:
    from negotiation.plural import counted
    from negotiation.rounding import percent

    lines = []
    for what, one in found["answered"].items():
        if one["wanted"]:
            lines.append(
                f"{what} answered by agents: {percent(one['share'])} of {one['wanted']}; with a reason: {percent(one['reasons'])}"
            )
    for party, one in found["truth"].items():
        decided = one["true"] + one["false"]
        told = (
            f"true {percent(one['share'])} of {counted(decided, 'statement')}"
            if decided
            else "no statement that a sheet decides"
        )
        made = ", ".join(f"{status} {n}" for status, n in one["promises"].items() if n)
        lines.append(f"{party} ({one['played_by']}): {told}" + (f"; promises: {made}" if made else ""))
    return lines or ["nothing was said or offered that wants an answer"]
