"""The phases of a class in words: for the console, and for those who look at the projector."""

from __future__ import annotations

from negotiation.classroom.sessions import Session
from negotiation.classroom.settings import PHASES

NAMES = {
    "lobby": "Lobby",
    "read": "Read",
    "prepare": "Prepare",
    "negotiate": "Negotiate",
    "sign": "Sign",
    "debrief": "Debrief",
    "closed": "Closed",
}

TO_DO = {
    "lobby": "Join with the code. We begin when everybody is here.",
    "read": "Read your brief. What is confidential in it is for your eyes only.",
    "prepare": "Write down what you aim for, where you would walk away, and what the others may want.",
    "negotiate": "Negotiate. Talk wherever you like; what counts is offered and signed on your page.",
    "sign": "Last chance: only signatures count now. Sign, withdraw, or leave it.",
    "debrief": "The talks are over. Look at your result; now we compare.",
    "closed": "The class is over. Thank you.",
}
"""What people in class do now."""

HOMEWORK = "Negotiate against agents, whenever you like, until time is out."

BEGINS = {
    "read": "Everybody gets a seat, and sees what is public and the own confidential brief.",
    "prepare": "The preparation sheet opens. Briefs stay open.",
    "negotiate": "The talks begin; agents play the seats that nobody has.",
    "sign": "No more offers: what lies on the tables can be signed or withdrawn.",
    "debrief": "The talks end for good, and results are revealed. There is no way back from here.",
    "closed": "The class is closed. People keep what they see; nobody joins any more.",
}
"""What happens when a phase begins: for the teacher, before the click."""


def to_do(session: Session) -> str:
    """What people in a class do now."""
    if session.settings.homework and session.phase == "negotiate":
        return HOMEWORK
    return TO_DO[session.phase]


def following(session: Session) -> str | None:
    """The phase that comes next; None after the last."""
    if session.settings.homework:
        return {"negotiate": "debrief", "debrief": "closed"}.get(session.phase)
    place = PHASES.index(session.phase) + 1
    return PHASES[place] if place < len(PHASES) else None


def preceding(session: Session) -> str | None:
    """The phase that a class can go back to; None where there is no way back."""
    place = PHASES.index(session.phase)
    if session.settings.homework or not 2 <= place <= PHASES.index("sign"):
        return None
    return PHASES[place - 1]


def steps(session: Session) -> str:
    """All phases in a row with the present one marked, as HTML."""
    names = ("negotiate", "debrief", "closed") if session.settings.homework else PHASES
    place = names.index(session.phase)
    bits = [
        f"<span class='{'now' if n == place else 'past' if n < place else ''}'"
        f"{' aria-current=step' if n == place else ''}>{NAMES[name]}</span>"
        for n, name in enumerate(names)
    ]
    return f"<div class='steps'>{''.join(bits)}</div>"
