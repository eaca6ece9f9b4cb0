"""What a class is called on the pages of those who teach it."""

from __future__ import annotations

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.sessions import Session
from negotiation.language import language


def class_title(room: Classroom, session: Session) -> str:
    """Return the title of a class as the teacher wrote it; of one without, that of its case in the reader's language."""
    with room.store.reading() as look:
        return session.heading(room.classes.case(look, session.id).scenario.told(language()))
