"""The JSON object in what a model answers, whatever stands around it."""

from __future__ import annotations

import json
import re
from typing import Any

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
