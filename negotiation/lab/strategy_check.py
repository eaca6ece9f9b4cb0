"""The check of a user's strategy: the laws of the house, tried on the bundled cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from negotiation.actions import Accept, Action, Event, Offer, Pass
from negotiation.errors import SetupError
from negotiation.formats import bundled, for_a_course, load
from negotiation.game import Game
from negotiation.protocols import protocols
from negotiation.strategies import strategy
from negotiation.strategies.decision_rules import TOLERANCE
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.user_files import blamed
from negotiation.view import View

LAWS = {
    "turns": "no turn is lost: it never raises, and does nothing that the rules forbid",
    "pure": "asked twice, it does the same: it remembers nothing but the log",
    "resumes": "a game that is cut off and resumed ends the same",
    "speech": "where agents speak it never raises, and says nothing that cannot be said",
    "floor": "it never offers or signs what is worth less than leaving the tables unsigned, the delay of signing counted",
}


@dataclass
class Verdict:
    """The verdict on a strategy: how many games were played, and by law the first place where it was broken."""

    name: str
    games: int = 0
    broken: dict[str, str] = field(default_factory=dict)

    def found(self, law: str, where: str) -> None:
        """Note a broken law; the first place stays."""
        self.broken.setdefault(law, where)

    def lines(self) -> Iterator[str]:
        """Yield a line a law, for people."""
        yield f"{self.name}: {self.games} games against `fair`"
        for law, text in LAWS.items():
            yield f"  FAILS  {text}: {self.broken[law]}" if law in self.broken else f"  ok     {text}"


def long_cases() -> list[str]:
    """Return the cases that a strategy is tried on: all that came along but the short ones of a course."""
    return [name for name in bundled() if name not in for_a_course()]


def check_strategy(text: str, seeds: int = 2) -> Verdict:
    """Return the verdict on a strategy in every second seat of the bundled cases but the short ones, under every protocol it fits."""
    verdict = Verdict(text)
    player = strategy(text)
    for name in long_cases():
        case = load(name)
        for protocol in protocols():
            with blamed(text):
                unfit = player.unfit(case.scenario, protocol)
            if unfit:
                continue
            for seed in range(seeds):
                seats = {party: text if n % 2 == seed % 2 else "fair" for n, party in enumerate(case.roles)}
                place = f"{name}, {protocol}, seed {seed}"
                _play(verdict, place, Game(case, seats=seats, protocol=protocol, seed=seed))
            _hear(verdict, f"{name}, {protocol}", Game(case, strategy=text, protocol=protocol, talk="en"))
    return verdict


def _play(verdict: Verdict, place: str, game: Game) -> None:
    mine = [party for party, text in game.seats.items() if text == verdict.name]
    while (act := game.next_act()) is not None:
        party, action = act
        if party in mine:
            _look(verdict, f"{place}, event {len(game.state.events)}", game, party, action)
        game.submit(party, action)
    verdict.games += 1
    half = game.state.events[: len(game.state.events) // 2]
    if _again(game, half).state.events != game.state.events:
        verdict.found("resumes", place)


def _hear(verdict: Verdict, place: str, game: Game) -> None:
    """Note whether a strategy, at every seat of one more game, in which agents speak, can say what it wants to."""
    game.play()
    for party, why in game.unsaid.items():
        verdict.found("speech", f"{place}, {party}: {why}")


def _again(game: Game, events: tuple[Event, ...]) -> Game:
    again = Game(
        game.case,
        seats=game.seats,
        protocol=game.protocol.name,
        seed=game.seed,
        events=events,
    )
    again.play()
    return again


def _look(verdict: Verdict, place: str, game: Game, party: str, action: Action) -> None:
    if isinstance(action, Pass) and action.words:
        verdict.found("turns", f"{place}: {action.words}")
        return
    try:
        with blamed(party):
            again = game.decision(party)
    except SetupError as problem:
        verdict.found("pure", f"{place}: {problem}")
    else:
        if again != action:
            verdict.found("pure", f"{place}: {party}")
    if isinstance(action, Offer | Accept) and _loss(game.view(party), action):
        verdict.found("floor", f"{place}: {party} does {action.kind}")


def _loss(view: View, action: Offer | Accept) -> bool:
    deals = action.deals if isinstance(action, Offer) else view.state.papers[action.paper].deals
    evaluation = Evaluation(view)
    return evaluation.gain(deals) < evaluation.delay - TOLERANCE
