"""What a model answers: the JSON object in it, whatever stands around that, and the moves that it wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from negotiation.formats.notation import MoveError, read
from negotiation.moves import Move
from negotiation.speaking import MOST_MOVES, nonsense
from negotiation.state import State

THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
"""What some models think aloud before they answer."""

MOST_BRACES = 50
"""Places at which an object is looked for."""


def object_in(text: str) -> dict[str, Any] | None:
    """Return the first JSON object in a text; None if there is none.

    Examples
    --------
    >>> object_in('Sure! {"kind": "pass"} I hope that helps.')
    {'kind': 'pass'}
    """
    plain = THOUGHT.sub("", text)
    for place in list(re.finditer(r"\{", plain))[:MOST_BRACES]:
        try:
            found, _ = json.JSONDecoder().raw_decode(plain, place.start())
        except (ValueError, RecursionError):
            continue
        return dict(found)
    return None


def moves_in(written: object, state: State, me: str) -> tuple[Move, ...]:
    """Return the moves in what a model wrote, one text or a list of them, as far as `me` can say them now."""
    found: list[Move] = []
    for text in written[:MOST_MOVES] if isinstance(written, list) else [written]:
        if isinstance(text, str):
            with suppress(MoveError):
                found += read(text, state.scenario)
    return sensible(found, state, me)


def sensible(moves: Iterable[Move], state: State, me: str) -> tuple[Move, ...]:
    """Return those of some moves that the rules would let `me` say now, each once, and not too many."""
    return tuple(dict.fromkeys(move for move in moves if not nonsense(state, me, move)))[:MOST_MOVES]
