"""The seats of a game: the role of each party, and the person or strategy that decides there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from negotiation.case import Case, Role
from negotiation.errors import SetupError
from negotiation.formats.log import shown
from negotiation.strategies import PERSON, Strategy
from negotiation.strategies.user_files import blamed


@dataclass(frozen=True)
class Seat:
    """A party of a game and who decides for it.

    Attributes
    ----------
    number
        From 0, in the order of the case; dice are keyed by it.
    strategy
        None where a person decides.
    """

    number: int
    party: str
    role: Role
    strategy: Strategy | None

    @property
    def unsigned_points(self) -> float:
        """Return the points if nothing at all were signed, delay left out: the reservation value."""
        return self.role.preferences.score({})


def check(texts: Mapping[str, object], by_party: Mapping[str, object]) -> None:
    """Raise `SetupError` unless each of `texts` is text and each of `by_party` maps parties to text."""
    for name, value in texts.items():
        if not isinstance(value, str):
            raise SetupError(f"{name} is {shown(value)}, must be text")
    for name, value in by_party.items():
        if not isinstance(value, Mapping) or not all(isinstance(one, str) for pair in value.items() for one in pair):
            raise SetupError(f"{name} is {shown(value)}, must be texts by party")


def headless(seats: Iterable[Seat]) -> None:
    """Raise `SetupError` if a seat is for a person, which a game without a screen cannot ask."""
    if any(seat.strategy is None for seat in seats):
        raise SetupError("nobody sits at a screen in a headless game: `negotiation play` has seats for people")


def texts(case: Case, everybody: str, some: Mapping[str, str]) -> dict[str, str]:
    """Return the strategies by party, as text: those of `some`, and `everybody` for the others."""
    for party in some:
        case.role(party)
    return {party: some.get(party, everybody) for party in case.roles}


def seated(
    case: Case, types: Mapping[str, str], players: Mapping[str, str], made: Callable[[str], Strategy | None]
) -> dict[str, Seat]:
    """Return the seats by party, in the order of the case; `made` makes a strategy of its text."""
    return {
        party: Seat(number, party, case.role(party, types[party]), None if text == PERSON else made(text))
        for number, (party, text) in enumerate(players.items())
    }


def fit(case: Case, players: Mapping[str, str], seats: Mapping[str, Seat], protocol: str) -> None:
    """Raise `SetupError` if a strategy cannot play here at all."""
    for party, seat in seats.items():
        if seat.strategy is None:
            continue
        with blamed(f"{party}, played by {players[party]}", type(seat.strategy).__module__):
            why = seat.strategy.unfit(case.scenario, protocol)
        if why:
            raise SetupError(f"{party} cannot play {players[party]!r} in {case.name}: {why}")
