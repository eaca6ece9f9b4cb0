"""`negotiation run` and `negotiation replay`: a game without people, and a saved game again."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.commands import Commands, make, pairs
from negotiation.commands.streams import aside, complain, dumps, seen

if TYPE_CHECKING:
    from negotiation.game import Game


def add(commands: Commands) -> None:
    """Add `run` and `replay` to the parser."""
    command = make(commands, "run", run, "let agents negotiate a case to its end")
    command.add_argument("case", help="the name of a bundled case, or a scenario file")
    command.add_argument("--variant", default="", help="a variant of the case")
    command.add_argument("--protocol", default="open-floor", help="who may act when (default open-floor)")
    command.add_argument("--strategy", default="linear", help="who plays the seats not named (default linear)")
    command.add_argument(
        "--seat", action="append", default=[], metavar="PARTY=NAME[:param=value,...]", help="a strategy for one party"
    )
    command.add_argument("--rounds", type=int, help="how many rounds (default: as the case says)")
    command.add_argument("--seed", type=int, default=0, help="decides types and dice (default 0)")
    command.add_argument("--types", action="append", default=[], metavar="PARTY=TYPE", help="a private type, not drawn")
    command.add_argument(
        "--talk",
        default="en",
        metavar="LANGUAGE",
        help="the language in which agents speak: en, fr, ja or none (default en)",
    )
    command.add_argument("--transcript", action="store_true", help="print what was said and done, round by round")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("--log", type=Path, metavar="FILE", help="save the game, for `replay`")
    command = make(commands, "replay", replay, "check a saved game against the rules and show how it went")
    command.add_argument("file", type=Path, help="a log written by `run --log`, downloaded from Play or of a class")
    command.add_argument(
        "--case", default="", metavar="FILE", help="the scenario file, if the log is an older one that does not hold it"
    )
    command.add_argument("--transcript", action="store_true", help="print what was said and done, round by round")
    command.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Let agents negotiate a case to its end."""
    from negotiation.formats import load
    from negotiation.formats.log import write
    from negotiation.game import Game
    from negotiation.record import heading, result
    from negotiation.reports.talk_text import talk_text
    from negotiation.seating import headless

    with aside():
        game = Game(
            load(options.case, options.variant),
            strategy=options.strategy,
            seats=pairs(options.seat, "--seat"),
            protocol=options.protocol,
            rounds=options.rounds,
            seed=options.seed,
            types=pairs(options.types, "--types"),
            talk=spoken(options.talk),
        )
        headless(game.seated.values())
        game.play()
    outcome = result(game)
    if options.log:
        write(options.log, heading(game), outcome["events"])
    if options.transcript and not options.json:
        print(seen(talk_text(game)), end="\n\n")
    show(outcome, game.case.scenario.decimals, as_json=options.json)
    _charge(game)
    return _blame(game)


def spoken(text: str) -> str:
    """Return the language in which agents speak, as `Game` takes it: empty for `none`."""
    return "" if text == "none" else text


def _charge(game: Game) -> None:
    """Say what language models at the seats have cost."""
    from negotiation.lab.model_costs import cost_text
    from negotiation.strategies.llm_seat import ModelSeat
    from negotiation.strategies.llm_voice import Voiced

    for party, seat in game.seated.items():
        if isinstance(seat.strategy, ModelSeat | Voiced):
            who = f"{party}, played by {game.seats[party]}"
            complain(cost_text(who, seat.strategy.asker.calls, seat.strategy.asker.tokens))


def _blame(game: Game) -> int:
    """Report the strategies that failed in some turns, or to speak; return 1 if there are any, else 0."""
    from negotiation.actions import lost_turns

    lost = lost_turns(game.state.events)
    for party, reasons in lost.items():
        complain(f"{party}, played by {game.seats[party]}, lost turns: {len(reasons)}; the first: {reasons[0]}")
    for party, why in game.unsaid.items():
        complain(f"{party}, played by {game.seats[party]}, could not speak; the first time: {why}")
    return 1 if lost or game.unsaid else 0


def replay(options: argparse.Namespace) -> int:
    """Read a log, check it, and show it; only the files named on the command line are opened."""
    from negotiation.formats import load
    from negotiation.formats.log import read
    from negotiation.record import matching, reopen, result
    from negotiation.reports.talk_text import talk_text

    (saved, rows), source = read(options.file), str(options.file)
    case = matching(saved, load(options.case, str(saved.get("variant", ""))), source) if options.case else None
    game = reopen(saved, rows, source, case)
    if options.transcript and not options.json:
        print(seen(talk_text(game)), end="\n\n")
    show(result(game), game.case.scenario.decimals, as_json=options.json)
    return 0


def show(outcome: Mapping[str, object], decimals: int, *, as_json: bool) -> None:
    """Print a result for people, or as one JSON object."""
    if as_json:
        print(dumps(outcome))
        return
    from negotiation.reports.result_text import result_text

    print(seen(result_text(outcome, max(2, decimals))))
