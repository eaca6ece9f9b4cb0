"""The games of a benchmark: every agent on either side of every domain against every agent, with the same dice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from negotiation.actions import lost_turns
from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.truth import truth
from negotiation.case import Case
from negotiation.errors import SetupError
from negotiation.game import Game
from negotiation.lab import model_costs
from negotiation.lab.benchmark.stated_beliefs import watched
from negotiation.lab.benchmark.suites import SUITES, VERSION, Setting, chosen, digest
from negotiation.lab.benchmark.yardsticks import yardstick
from negotiation.lab.checksum_lines import Row
from negotiation.lab.provenance import files
from negotiation.strategies import PERSON, strategy

FORMAT = "negotiation-benchmark/1"

MOST_AGENTS = 40


@dataclass(frozen=True)
class Plan:
    """The plan of a benchmark.

    Attributes
    ----------
    agents
        As `--seat` takes them, in any order.
    suites
        Names of suites; all if empty.
    quick
        Whether to play a few domains of each only.
    """

    agents: tuple[str, ...]
    suites: tuple[str, ...] = ()
    quick: bool = False

    @cached_property
    def settings(self) -> list[Setting]:
        """The domains to play."""
        return chosen(self.suites, quick=self.quick)

    @property
    def cases(self) -> dict[str, Case]:
        """The cases of the domains, by name."""
        return {setting.domain: setting.case for setting in self.settings}

    def games(self) -> Iterator[Match]:
        """Yield every game once, in a fixed order."""
        for setting in self.settings:
            for one in self.agents:
                for other in self.agents:
                    yield Match(setting, (one, other))

    def text(self) -> str:
        """Return the plan as the file that a folder of results begins with."""
        told = {
            "format": FORMAT,
            "version": VERSION,
            "suites": [name for name in SUITES if name in self.suites or not self.suites],
            "quick": self.quick,
            "agents": list(self.agents),
            "digest": digest(self.settings),
        }
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"

    def check(self) -> None:
        """Raise `SetupError` unless every agent can play every domain, on either side.

        Raises
        ------
        SetupError
            When there are too few agents, one does not exist, or cannot play somewhere.
        """
        if len(set(self.agents)) < 2:
            raise SetupError("a benchmark needs at least two different agents: --agents fair tough")
        if len(self.agents) > MOST_AGENTS:
            raise SetupError(
                f"{len(self.agents)} agents, must be at most {MOST_AGENTS}: each meets each on every domain"
            )
        if PERSON in self.agents:
            raise SetupError("nobody sits at a screen in a benchmark: `negotiation play` has seats for people")
        files(self.agents)
        for text in self.agents:
            strategy(text)
            for setting in self.settings:
                try:
                    Match(setting, (text, text)).game()
                except SetupError as problem:
                    raise SetupError(f"{problem}; --suite chooses what is played ({', '.join(SUITES)})") from None


@dataclass(frozen=True)
class Match:
    """One game: `pair[0]` has the first, third ... seat, `pair[1]` the others."""

    setting: Setting
    pair: tuple[str, str]

    @property
    def key(self) -> str:
        """The name of the game: all that determines it."""
        setting = self.setting
        return json.dumps([setting.suite, setting.domain, setting.seed, setting.talk, *self.pair], ensure_ascii=False)

    def game(self) -> Game:
        """Return the game before its first act."""
        case = self.setting.case
        seats = {party: self.pair[number % 2] for number, party in enumerate(case.roles)}
        return Game(case, seats=seats, protocol=self.setting.protocol, seed=self.setting.seed, talk=self.setting.talk)


def play(match: Match) -> Row:
    """Return what became of a game, as a row; one that cannot be played gives a row with its `error`."""
    row = head(match)
    try:
        game = match.game()
        beliefs = watched(game)
    except (SetupError, MemoryError, RecursionError) as problem:
        return {**row, "error": str(problem)}
    except SystemExit as problem:
        return {**row, "error": f"a strategy ended the program: sys.exit({problem.code!r})"}
    state, measure = game.state, yardstick(game.case, tuple(game.types.values()))
    gains = [round(game.points(party) - seat.unsigned_points, 9) + 0.0 for party, seat in game.seated.items()]
    lost = lost_turns(state.events)
    return {
        **row,
        "zone": measure.zone,
        "gains": gains,
        "possible": list(measure.each),
        "ideal": [round(best, 9) for best in measure.ideal],
        "joint": round(sum(gains) / measure.joint, 9) if measure.zone else None,
        "signed": len(state.bound),
        "tables": len(state.scenario.tables),
        "below": [_signed_a_loss(game, party) for party in game.seated],
        "rounds": state.rounds_played,
        "lost": [len(lost.get(party, ())) for party in game.seated],
        "why": [lost.get(party, [""])[0] for party in game.seated],
        "unsaid": [game.unsaid.get(party, "") for party in game.seated],
        "honesty": _honesty(game),
        "beliefs": beliefs,
        **model_costs.in_game(game.seated),
    }


def _signed_a_loss(game: Game, party: str) -> bool:
    """Return whether a party signed something and ends below leaving everything unsigned, delay left out."""
    seat = game.seated[party]
    signed = any(party in who for who in game.state.signed.values())
    return signed and seat.role.preferences.score(game.state.outcome) < seat.unsigned_points - TOLERANCE


def head(match: Match) -> Row:
    """Return how the row of a game begins."""
    setting = match.setting
    return {
        "key": match.key,
        "suite": setting.suite,
        "domain": setting.domain,
        "block": setting.block,
        "talk": setting.talk,
        "pair": list(match.pair),
    }


def _honesty(game: Game) -> dict[str, list[int]]:
    """Return by kind, for each seat: statements that its sheet bears out or not, promises kept and broken."""
    if not game.talk:
        return {}
    told = truth(game.state, {party: seat.role.preferences for party, seat in game.seated.items()})
    promises = {party: told.made(party) for party in game.seated}
    return {
        "true": [told.count(party, "true") for party in game.seated],
        "false": [told.count(party, "false") for party in game.seated],
        "kept": [promises[party]["kept"] for party in game.seated],
        "broken": [promises[party]["broken"] for party in game.seated],
    }
