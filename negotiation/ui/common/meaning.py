"""What agents will take a text to mean, as a person reads it before it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from negotiation.actions import LONGEST_TEXT
from negotiation.moves import Courtesy, Move
from negotiation.speaking import MOST_MOVES, nonsense
from negotiation.state import State
from negotiation.talk.chips import chip
from negotiation.talk.reading.folding import Language
from negotiation.talk.reading.understanding import understood


@dataclass(frozen=True, slots=True)
class Meaning:
    """What was read into a text.

    Attributes
    ----------
    chips
        Moves that can be sent, by their phrases in the language of the text.
    missed
        Sentences into which nothing was read.
    left
        Moves that can mean nothing now, each with the reason, a line each.
    """

    chips: Mapping[str, tuple[Move, ...]]
    missed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Return whether it need not be looked at before it is sent: plain words, and courtesies at most."""
        return not self.left and all(isinstance(move, Courtesy) for move in self.moves)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Return all moves that can be sent."""
        return tuple(move for moves in self.chips.values() for move in moves)


def meaning(text: str, state: State, me: str, *, to: Sequence[str] = (), table: str = "", talk: str = "") -> Meaning:
    """Return what `me` means by a text; nothing is read into one that is too long to be sent.

    Parameters
    ----------
    to
        Who hears it; nobody: all.
    table
        The table that is spoken of where none is named.
    talk
        The language of the talks, which counts where the text does not tell its own.
    """
    if len(text) > LONGEST_TEXT:
        return Meaning({})
    scenario, chips, left = state.scenario, dict[str, tuple[Move, ...]](), list[str]()
    language: Language = "fr" if talk == "fr" else "ja" if talk == "ja" else "en"
    found = understood(text, scenario, me, table=table, language=language)
    for move in found.moves[:MOST_MOVES]:
        told = chip(move, scenario, me, found.language)
        if why := nonsense(state, me, move, to):
            left.append(f"{told}: {scenario.titled(why)}")
        else:
            chips[told] = (*chips.get(told, ()), move)
    return Meaning(chips, found.missed, tuple(left))
