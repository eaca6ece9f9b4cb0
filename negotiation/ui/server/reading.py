"""What the server reads into the words that somebody in class is about to say: told to the page, and to nobody else."""

from __future__ import annotations

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.limits import Pace
from negotiation.classroom.seats import Seat
from negotiation.errors import Refused
from negotiation.formats.notation import write
from negotiation.language import language
from negotiation.ui.common.meaning import Meaning, meaning

READS, A_SECOND = 8, 2.0
"""Texts of one person that are read at once, and then each second; what comes faster is said as plain words."""

PACE = Pace(READS, A_SECOND)


def read(room: Classroom, seat: Seat, text: str) -> dict[str, object]:
    """Return the message that tells what a seat would mean by a text: its moves, and what is sent as plain words."""
    found = _meant(room, seat, text) if PACE.take(seat.person) else Meaning({})
    return {
        "t": "read",
        "text": text,
        "chips": [[told, write(moves)] for told, moves in found.chips.items()],
        "missed": found.missed,
        "left": found.left,
        "sure": found.sure,
    }


def _meant(room: Classroom, seat: Seat, text: str) -> Meaning:
    """Return what is read; nothing where there is no game of this seat to speak in."""
    try:
        look = room.play.look(seat).told(language())
    except Refused:
        return Meaning({})
    if look.state is None or not seat.party:
        return Meaning({})
    return meaning(text, look.state, seat.party)
