"""The casting of private types: each drawn from the seed, or fixed by the one who sets up the game."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.case import Case
from negotiation.dice import Dice

CASTING_TURN = -1
"""The turn number of the draw: before the first turn, so that no act shares its dice."""


def cast(case: Case, seed: int, fixed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the type of every party, by party.

    Parameters
    ----------
    fixed
        Types decided beforehand; the other parties draw theirs, each with its own dice.

    Raises
    ------
    SetupError
        When `fixed` names a party or type that does not exist.
    """
    fixed = dict(fixed or {})
    for party, name in fixed.items():
        case.role(party, name)
    return {
        party: fixed[party] if party in fixed else _draw(case, party, Dice(seed, seat, CASTING_TURN).uniform())
        for seat, party in enumerate(case.roles)
    }


def _draw(case: Case, party: str, point: float) -> str:
    roles = case.roles[party]
    reached = 0.0
    for name, role in roles.items():
        reached += role.chance
        if point < reached:
            return name
    return list(roles)[-1]
