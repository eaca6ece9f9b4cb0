"""What became of promises and threats: open, kept, broken or void, by the rules of the talks and nothing else.

A commitment has a condition (a table signed, or not signed, by the end of a round or of the talks) and an act of its
speaker (to leave a table, or to sign there). Events are those after it was said; what had happened before counts as if
in the same breath.

- The condition **comes true** (the commitment is *due*). `if`: when the table is signed in time. `unless`: when it no
  longer can be, since the round named has ended, the table is dead or the talks are over.
- The condition **fails**. `if`: when the table can no longer be signed in time. `unless`: when it is signed in time.
- The act is **done**. `walk`: the speaker leaves the table for good. `sign`: a deal is binding there that the speaker
  signed, and so did the partner if one is named.
- The act is **given up**. `walk`: the speaker is bound by a deal there. `sign`: it is bound by one without the partner,
  or leaves the table for good.
- The act is **taken away**, before it is done or given up: the table is closed by others (a deal that the speaker did
  not sign, or no deal possible after they left), or the partner leaves it.

From that:

- *void*: the condition fails, or the act is taken away; or it falls due only with the end of the talks, which leaves
  no time, and the act is neither done nor given up.
- *kept*: due, and the act is done; what was done early counts once it is due.
- *broken*: due, and the act is given up; or the talks end later without it. It is *void* then, too, if the speaker had
  signed a paper there to which others have not put their signatures.
- *open*: none of that yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from negotiation.actions import Say
from negotiation.moves import Commit
from negotiation.state import State
from negotiation.talk.course import Course, course
from negotiation.view import hears

Status: TypeAlias = Literal["open", "kept", "broken", "void"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise or a threat, and what has become of it.

    Attributes
    ----------
    party, to
        Who made it, and to whom; empty: to everybody.
    said, round
        The event by which it was said, and its round from 0.
    decided
        The event that decided it; None while it is open.
    """

    party: str
    to: tuple[str, ...]
    move: Commit
    said: int
    round: int
    status: Status = "open"
    decided: int | None = None

    def heard_by(self, party: str) -> bool:
        """Return whether a party made or heard it."""
        return hears(party, self.party, self.to)


def commitments(state: State) -> tuple[Commitment, ...]:
    """Return every commitment in the log that can be read there, in order, repeated ones each time.

    It takes one walk through the log; nothing where nobody spoke. Of a sealed state (`view.sealed`) it returns those
    that the party could hear.
    """
    found = [
        (number, event.party, event.action.to, move)
        for number in state.spoken
        if isinstance((event := state.events[number]).action, Say)
        for move in event.action.moves
        if isinstance(move, Commit)
    ]
    if not found:
        return ()
    when = course(state)
    return tuple(_judged(state, when, Commitment(who, to, move, n, when.round(n))) for n, who, to, move in found)


def _judged(state: State, when: Course, made: Commitment) -> Commitment:
    status, decided = _status(state, when, made)
    return Commitment(made.party, made.to, made.move, made.said, made.round, status, decided)


def _status(state: State, when: Course, made: Commitment) -> tuple[Status, int | None]:
    due, failed = _condition(state, when, made)
    act, at = _act(state, when, made)
    if act == "void" and at is not None and (failed is None or at <= failed):
        return "void", at
    if failed is not None:
        return "void", failed
    if due is None:
        return "open", None
    if at is not None:
        return act, max(due, at)
    if when.end is None:
        return "open", None
    tried = made.move.act == "sign" and any(
        made.move.where in paper.deals and made.party in paper.signed for paper in state.papers.values()
    )
    return ("void" if tried or due >= when.end else "broken"), max(due, when.end)


def _condition(state: State, when: Course, made: Commitment) -> tuple[int | None, int | None]:
    """Return the event by which the condition came true, and that by which it failed; one of them at most."""
    move, signed = made.move, when.signed.get(made.move.table)
    if signed is not None and (move.by is None or state.bound_in[move.table] < move.by):
        missed = None
    else:
        ended = when.ticks[move.by - 1] if move.by is not None and move.by <= len(when.ticks) else None
        missed = _first(made.said, when.dead.get(move.table), ended, when.end)
        signed = None
    return (missed, signed) if move.unless else (signed, missed)


def _act(state: State, when: Course, made: Commitment) -> tuple[Status, int | None]:
    """Return what the act came to if it was due all along, and the event that decided it."""
    move, party = made.move, made.party
    signed, left = when.signed.get(move.where), when.left.get((party, move.where))
    signers = state.signed.get(move.where, ())
    with_partner = party in signers and (not move.partner or move.partner in signers)
    gone = when.left.get((move.partner, move.where))
    leaves: Status = "kept" if move.act == "walk" else "broken"
    signs: Status = "kept" if move.act == "sign" and with_partner else "broken" if party in signers else "void"
    fates: list[tuple[int | None, Status]] = [(left, leaves), (signed, signs), (when.dead.get(move.where), "void")]
    if move.act == "sign":
        fates.append((gone, "void"))
    happened = [(max(at, made.said), fate) for at, fate in fates if at is not None]
    if not happened:
        return "open", None
    at, fate = min(
        happened, key=lambda pair: pair[0]
    )  # of one event the first in the list: leaving before what it does
    return fate, at


def _first(said: int, *events: int | None) -> int | None:
    return min((max(said, number) for number in events if number is not None), default=None)
