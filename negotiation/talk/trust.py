"""How far the words of each other party can be trusted, learnt from what it does: a Beta count of fits and misfits.

Acts of the speaker tell: what it offers and signs against what it said it wants (`evidence.Deeds`), and whether it keeps
its promises and carries out its threats (`commitments`). Like the reputations of Jøsang and Ismail (2002), trust is the
mean of a Beta distribution. It is never 0 or 1: who was always true may lie, and a liar may speak the truth.
"""

from __future__ import annotations

from negotiation.moves import Rank
from negotiation.state import State
from negotiation.talk.commitments import commitments
from negotiation.talk.evidence import Deeds, heard

TRUE, FALSE = 2.0, 1.0
"""Fits and misfits that count before anything is known: a stranger is believed two times of three.

Few are enough to be learnt from: one misfit makes that one of two, one fit three of four.
"""

RANKED = 0.25
"""How much it counts whether offers fit a `rank`: of true ones about two in three do (bundled agents, bundled cases), of
true `prefer` and `refuse` nine in ten."""


def trust(state: State, me: str = "") -> dict[str, float]:
    """Return the trust in every other party that has said something that can be tested, in (0, 1), in the order of the case.

    Of the sealed state of a party nothing counts that it could not hear.
    """
    if not state.spoken:
        return {}
    counts: dict[str, tuple[float, float]] = {}

    def count(party: str, told: float) -> None:
        true, false = counts.get(party, (TRUE, FALSE))
        counts[party] = true + max(told, 0.0), false + max(-told, 0.0)

    deeds = Deeds(state)
    for statement in heard(state, me):
        count(statement.party, deeds.fit(statement) * (RANKED if isinstance(statement.move, Rank) else 1.0))
    for party, _, status in {(made.party, made.move, made.status): None for made in commitments(state)}:
        if party != me:
            count(party, {"kept": 1.0, "broken": -1.0}.get(status, 0.0))
    found = {party: counts[party] for party in state.scenario.parties if party in counts}
    return {party: true / (true + false) for party, (true, false) in found.items()}
