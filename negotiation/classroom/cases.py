"""The text of a case, kept with every game, so that a game reopens although the bundled case has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache

from negotiation.case import Case
from negotiation.errors import LogError, ScenarioError
from negotiation.formats import loads, shipped
from negotiation.rules import VERSION


def text_if_same(setup: Mapping[str, object]) -> str:
    """Return the scenario file for a game stored without one; empty if the bundled case is gone or has changed."""
    name, variant = str(setup.get("case")), str(setup.get("variant", ""))
    try:
        case = shipped(name, variant)
    except ScenarioError:
        return ""
    return case.text if case.digest == setup.get("digest") else ""


@lru_cache(maxsize=64)
def case_of(text: str, name: str, variant: str) -> Case:
    """Return the case that a kept text describes."""
    return loads(text, f"{name} (as kept with the game)", variant, kept=True)


def whichever(text: str, name: str, variant: str) -> Case:
    """Return the case that a kept text describes, or the bundled case of that name if the text is empty."""
    return case_of(text, name, variant) if text else shipped(name, variant)


def sheets_of(case: Case) -> frozenset[str]:
    """Return hashes of the score sheets of a case, independent of the names of parties, tables and options.

    Cases that share a hash give each other's secrets away. A sheet on which nothing is at stake has none.
    """
    every = (role.preferences.sheets.values() for roles in case.roles.values() for role in roles.values())
    scores = (sorted([s.weight, *map(s.points, range(len(s.shares)))] for s in sheets if s.weight) for sheets in every)
    return frozenset(hashlib.sha256(json.dumps(one).encode()).hexdigest() for one in scores if one)


def kept_case(setup: Mapping[str, object], text: str) -> Case:
    """Return the case that a game was begun with; without a kept text, the bundled one if it is unchanged.

    Raises
    ------
    LogError
        When the rules have changed since, so that the same events would mean something else; or the case has.
    """
    rules = setup.get("rules", 1)
    if rules != VERSION:
        raise LogError(f"this game follows rules {rules}, this program has rules {VERSION}: open it with that version")
    name, variant = str(setup["case"]), str(setup.get("variant", ""))
    case = whichever(text, name, variant)
    if not text and case.digest != setup["digest"]:
        raise LogError(f"case {name} has changed since this game was played")
    return case
