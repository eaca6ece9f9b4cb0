"""Games in which models of the others are watched: who plays, and what became of what the models believed.

Each seat of a game is played by somebody drawn from a field. One field are strategies for which the models were made; the other
has players that were kept apart when they were tuned, and that no model describes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from negotiation.case import Case
from negotiation.dice import Dice
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.belief_readings import Onlooker
from negotiation.lab.oddities import Moody, Pretender
from negotiation.strategies import Strategy, strategy
from negotiation.strategies.bayes import Bayes
from negotiation.strategies.frequency import Frequency, Similar, Windowed
from negotiation.strategies.parts import Model
from negotiation.strategies.reputation import Reputation

MODELS: Mapping[str, Model] = {
    model.name: model for model in (Frequency(), Windowed(), Similar(), Bayes(), Reputation())
}
"""All models of the others that there are, as they come."""

PRETENDS = "pretender:"
"""What stands before the strategy of a player that pretends to be of another type of its party."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "tuned on": (
        *("easy", "fair", "tough", "linear", "boulware", "conceder", "hardliner", "random"),
        *("compose:bidding=micro", "compose:bidding=nice", "linear:least=0.4", "boulware:least=0.6"),
    ),
    "kept apart": (
        *(f"compose:bidding={name}" for name in ("relative", "absolute", "averaged", "tradeoff", "hybrid")),
        *("compose:bidding=quadratic", "compose:bidding=exponential", "boulware:exponent=8", "linear:least=0.25"),
        *("linear:candour=bluffing", "moody", f"{PRETENDS}fair"),
    ),
}
"""Who may sit at the tables, by field; of those with a `least`, the stubborn anchors, none asks for less than that share."""

FLAGSHIP, COMPANIONS = "alliance-2023", ("any-two-of-three", "cloud-for-two", "electric-quay")

ROUNDS = (1, 2, 3, 4, 6, 8, 10, 12, 14)
"""After which weights are read."""

LINE_UP_TURN = -77
"""The turn number of the draw of who plays: no turn of a game."""


@dataclass(frozen=True)
class Setting:
    """One game to watch: its number is its seed."""

    number: int
    case: str
    field: str
    talk: str


def settings(games: int, cases: Sequence[str] = ()) -> Iterator[Setting]:
    """Yield so many games: of ten six on the flagship in silence, two with talk, one of each on a companion.

    Every third game has players that were kept apart.

    Parameters
    ----------
    cases
        Play these instead, in turn and in silence.
    """
    for number in range(games):
        field = list(FIELDS)[number % 3 == 2]
        if cases:
            yield Setting(number, cases[number % len(cases)], field, "")
        else:
            case = FLAGSHIP if number % 10 < 8 else COMPANIONS[number // 10 % len(COMPANIONS)]
            yield Setting(number, case, field, "en" if number % 10 in (6, 7, 9) else "")


def watched(setting: Setting, models: Mapping[str, Model] = MODELS, case: Case | None = None) -> Onlooker:
    """Return a game that has been watched to its end; weights were read of one party, types of all that have any."""
    game = game_of(setting, case or load(setting.case))
    party = list(game.seated)[Dice(setting.number, 1, LINE_UP_TURN).below(len(game.seated))]
    return Onlooker(game, models, (party,), ROUNDS).play()


def game_of(setting: Setting, case: Case) -> Game:
    """Return a game with everybody seated by a draw from its field."""
    field, dice = FIELDS[setting.field], Dice(setting.number, 0, LINE_UP_TURN)
    seats = {party: field[dice.below(len(field))] for party in case.roles}
    game = Game(case, seats=seats, seed=setting.number, talk=setting.talk, players=_player)
    for party, seat in game.seated.items():
        others = [role for kind, role in case.roles[party].items() if kind != game.types[party]]
        if seats[party].startswith(PRETENDS) and others and seat.strategy:
            game.seated[party] = replace(seat, strategy=Pretender(seat.strategy, others[0]))
    return game


def _player(text: str) -> Strategy:
    return Moody() if text == Moody.name else strategy(text.removeprefix(PRETENDS))
