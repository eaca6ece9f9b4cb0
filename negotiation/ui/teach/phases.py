"""The phases of a class on the console and the projector."""

from __future__ import annotations

from negotiation.classroom.phases import Phase, course
from negotiation.classroom.sessions import Session
from negotiation.language import mark, tr

HOMEWORK = mark("Negotiate against agents, whenever you like, until time is out.")


def to_do(session: Session) -> str:
    """Return what people in a class do now."""
    alone = session.settings.homework and session.phase is Phase.NEGOTIATE
    return tr(HOMEWORK if alone else session.phase.to_do)


def steps(session: Session) -> str:
    """Return all phases in a row with the present one marked, as HTML."""
    now = session.phase
    bits = [
        f"<span class='{'now' if one is now else 'past' if one < now else ''}'"
        f"{' aria-current=step' if one is now else ''}>{tr(one.called)}</span>"
        for one in course(homework=session.settings.homework)
    ]
    return f"<div class='steps'>{''.join(bits)}</div>"
