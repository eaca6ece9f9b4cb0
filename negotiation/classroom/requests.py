"""Requests that count once: a page may send a request again, and gets the first answer again."""

from __future__ import annotations

from collections.abc import Callable

from negotiation.classroom.classes import Classes
from negotiation.classroom.store import Moved, Writing
from negotiation.classroom.texts import request_of
from negotiation.errors import IllegalAction, Refused


def once(
    classes: Classes, who: str, key: str, do: Callable[[Writing, str], None], *, lock: str, share: str = ""
) -> str | None:
    """Do a request once; return None if it is done, now or when `key` first came, else why not in one sentence.

    What one person has stored in a minute, refusals too, has a limit; what is beyond it is refused and not remembered.

    Parameters
    ----------
    who, key
        Who asks, and the key that the page made up for this click.
    do
        Does the request inside the transaction, given the name of the request; raises to refuse.
    lock, share
        The log that this adds to, and another one that must not change meanwhile.
    """
    while True:
        try:
            request = request_of(who, key)
            with classes.store.writing() as write:
                if share:
                    write.share(share)
                write.lock(lock)
                if (answer := write.answer(request)) is not None:
                    return answer or None
                classes.often.check(who)
                classes.often.failed(who)
                try:
                    do(write, request)
                except (Refused, IllegalAction) as problem:
                    why = problem.said
                    write.refuse(request, str(why))
                    return why
        except Moved:
            continue
        except Refused as problem:
            return str(problem)
        return None
