"""Requests that count once: a page may send again what it is not sure has arrived, and gets the first answer again."""

from __future__ import annotations

from collections.abc import Callable

from negotiation.classroom.store import Moved, Store, Writing
from negotiation.classroom.texts import request_of
from negotiation.errors import IllegalAction, Refused


def once(
    store: Store, who: str, key: str, do: Callable[[Writing, str], None], *, lock: str, share: str = ""
) -> str | None:
    """None when it is done, now or the first time this key came; else why not, in one sentence.

    Parameters
    ----------
    who, key
        Who asks, and the key that the page made up for this click.
    do
        Does it inside the transaction, given the name of the request; raises to refuse.
    lock, share
        The log that this adds to, and another one that must not change meanwhile.
    """
    while True:
        try:
            request = request_of(who, key)
            with store.writing() as write:
                if share:
                    write.share(share)
                write.lock(lock)
                if (answer := write.answer(request)) is not None:
                    return answer or None
                try:
                    do(write, request)
                except (Refused, IllegalAction) as problem:
                    write.refuse(request, str(problem))
                    return str(problem)
        except Moved:
            continue
        except Refused as problem:
            return str(problem)
        return None
