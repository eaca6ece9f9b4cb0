"""The phases of a class in their order, each with all that is said of it.

A phase is added here, in its place, and nowhere else unless pages show something of their own in it.
"""

from __future__ import annotations

from enum import StrEnum

from negotiation.errors import Refused, unknown
from negotiation.language import mark


class Phase(StrEnum):
    """A phase of a class; its value is what is stored, and an earlier phase is less than a later one.

    Attributes
    ----------
    called, during
        Its name on the console, and on the pages of those who take part.
    to_do
        What people in class do now.
    begins
        What happens when it begins: for the teacher, before the click.
    minutes
        How long it lasts if the teacher says nothing else; None for a phase without a clock.
    """

    called: str
    during: str
    to_do: str
    begins: str
    minutes: float | None
    place: int

    LOBBY = ("lobby", mark("Lobby"), mark("Waiting"), mark("Join with the code. We begin when everybody is here."), "")
    READ = (
        "read",
        mark("Read"),
        mark("Reading"),
        mark("Read your brief. What is confidential in it is for your eyes only."),
        mark("Everybody gets a seat, and sees what is public and the own confidential brief."),
        10.0,
    )
    PREPARE = (
        "prepare",
        mark("Prepare"),
        mark("Preparing"),
        mark("Write down what you aim for, where you would walk away, and what the others may want."),
        mark("The preparation sheet opens. Briefs stay open."),
        5.0,
    )
    NEGOTIATE = (
        "negotiate",
        mark("Negotiate"),
        mark("Negotiating"),
        mark("Talk wherever you like; what counts is offered and signed on your page."),
        mark("The talks begin; agents play the seats that nobody has."),
        45.0,
    )
    SIGN = (
        "sign",
        mark("Sign"),
        mark("Signing"),
        mark("Last chance: only signatures count now. Sign, withdraw, or leave it."),
        mark("No more offers: what lies on the tables can be signed or withdrawn."),
        5.0,
    )
    DEBRIEF = (
        "debrief",
        mark("Debrief"),
        mark("Debrief"),
        mark("The talks are over. Look at your result; now we compare."),
        mark("The talks end for good, and results are revealed. There is no way back from here."),
    )
    CLOSED = (
        "closed",
        mark("Closed"),
        mark("Closed"),
        mark("The class is over. Thank you."),
        mark("The class is closed. People keep what they see; nobody joins any more."),
    )

    def __new__(
        cls,
        stored: str,
        called: str = "",
        during: str = "",
        to_do: str = "",
        begins: str = "",
        minutes: float | None = None,
    ) -> Phase:
        """Make the next phase in order."""
        phase = str.__new__(cls, stored)
        phase._value_ = stored
        phase.called, phase.during, phase.to_do, phase.begins, phase.minutes = called, during, to_do, begins, minutes
        phase.place = len(cls.__members__)
        return phase

    @classmethod
    def _missing_(cls, value: object) -> Phase:
        raise Refused(unknown("phase", str(value), [phase.value for phase in cls]))

    def __lt__(self, other: str) -> bool:
        return self.place < Phase(other).place

    def __le__(self, other: str) -> bool:
        return self.place <= Phase(other).place

    def __gt__(self, other: str) -> bool:
        return self.place > Phase(other).place

    def __ge__(self, other: str) -> bool:
        return self.place >= Phase(other).place

    @property
    def timed(self) -> bool:
        """Return whether the phase has a clock: people with a seat read, prepare and talk then."""
        return self.minutes is not None

    @property
    def talks(self) -> bool:
        """Return whether people and agents act at the tables in the phase."""
        return self in (Phase.NEGOTIATE, Phase.SIGN)

    @property
    def over(self) -> bool:
        """Return whether the talks are over for good in the phase."""
        return self >= Phase.DEBRIEF


HOMEWORK = (Phase.NEGOTIATE, Phase.DEBRIEF, Phase.CLOSED)
"""The phases of homework: everybody reads and prepares at any time."""

TIMED = tuple(phase for phase in Phase if phase.timed)


def course(*, homework: bool) -> tuple[Phase, ...]:
    """Return the phases that a class goes through, in order."""
    return HOMEWORK if homework else tuple(Phase)


def following(phase: Phase, *, homework: bool) -> Phase | None:
    """Return the phase after `phase`; None after the last, and where there is none."""
    return next((one for one in course(homework=homework) if one > phase), None)


def preceding(phase: Phase, *, homework: bool) -> Phase | None:
    """Return the phase that a class can go back to from `phase`; None where there is no way back."""
    if homework or not phase.timed or phase is TIMED[0]:
        return None
    return tuple(Phase)[phase.place - 1]
