"""A domain as GENIUS XML: evaluations of which the best is 1, and straight lines where the values are whole numbers in order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from negotiation.errors import ScenarioError
from negotiation.formats.profiles import Agenda, Profile

Line: TypeAlias = tuple[float, float]
"""Slope and offset of an evaluator: `offset + slope * (value - lowest)`, cut off at 0 and 1."""

Lines: TypeAlias = Mapping[str, Mapping[str, Line]]
"""By issue, by party; an issue is here if all parties have a line for it."""


def genius_xml(name: str, agenda: Agenda, profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Return the texts of the domain file and of a profile a party, by their names.

    Raises
    ------
    ScenarioError
        When no evaluation gives a value the utility that it has, to the last bit.
    """
    lines = {issue: found for issue in agenda if (found := _lines(agenda[issue], issue, profiles))}
    root = Element("negotiation_template")
    space = SubElement(root, "utility_space", number_of_issues=str(len(agenda)))
    objective = _objective(space)
    for issue, element in _issues(objective, agenda, lines):
        if issue not in lines:
            _items(element, agenda[issue], ())
    files = {f"{name}-domain.xml": _text(root)}
    for party, profile in profiles.items():
        files[f"{party}.xml"] = _profile(agenda, lines, party, _topped(party, profile, lines))
    return files


def _profile(agenda: Agenda, lines: Lines, party: str, profile: Profile) -> str:
    root = Element("utility_space", number_of_issues=str(len(agenda)))
    objective = _objective(root)
    for n, issue in enumerate(agenda, 1):
        SubElement(objective, "weight", index=str(n), value=repr(profile.weights[issue]))
    for issue, element in _issues(objective, agenda, lines):
        if issue in lines:
            slope, offset = map(repr, lines[issue][party])
            SubElement(element, "evaluator", ftype="linear", slope=slope, offset=offset)
        else:
            _items(element, agenda[issue], profile.shares[issue])
    SubElement(root, "discount_factor", value=repr(profile.discount))
    SubElement(root, "reservation", value=repr(profile.reservation))
    return _text(root)


def _objective(parent: Element) -> Element:
    return SubElement(parent, "objective", index="0", etype="objective", type="objective", name="any")


def _issues(objective: Element, agenda: Agenda, lines: Lines) -> list[tuple[str, Element]]:
    found = []
    for n, (issue, values) in enumerate(agenda.items(), 1):
        kind = "integer" if issue in lines else "discrete"
        bounds = {"lowerbound": values[0], "upperbound": values[-1]} if issue in lines else {}
        kinds = {"index": str(n), "name": issue, "etype": kind, "type": kind, "vtype": kind}
        element = SubElement(objective, "issue", {**kinds, **bounds})
        found.append((issue, element))
    return found


def _items(element: Element, values: Sequence[str], shares: Sequence[float]) -> None:
    for k, value in enumerate(values):
        worth = {"evaluation": repr(shares[k])} if shares else {}
        SubElement(element, "item", {"index": str(k + 1), "value": value, **worth})


def _text(root: Element) -> str:
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _lines(values: Sequence[str], issue: str, profiles: Mapping[str, Profile]) -> Mapping[str, Line]:
    """Return the line of every party if the values are whole numbers in order and all parties have one, else nothing."""
    try:
        low = int(values[0])
    except ValueError:
        return {}
    if list(values) != [str(low + k) for k in range(len(values))]:
        return {}
    found = {party: _line(profile.shares[issue]) for party, profile in profiles.items()}
    return {party: line for party, line in found.items() if line} if all(found.values()) else {}


def _line(shares: Sequence[float]) -> Line | None:
    """Return a line that goes through all these shares to the last bit, or None."""
    first = shares[0]
    rise = (shares[1] if len(shares) > 1 else first) - first
    for slope in (rise, *(round(rise, digits) for digits in range(3, 16))):
        if all(min(max(first + slope * k, 0.0), 1.0) == share for k, share in enumerate(shares)):
            return slope, first
    return None


def _topped(party: str, profile: Profile, lines: Lines) -> Profile:
    """Return a profile with equal points in which the best value of every listed issue has the share 1, as in GENIUS."""
    weights, shares = dict(profile.weights), dict(profile.shares)
    for issue, points in profile.points.items():
        best = max(points)
        if issue in lines or max(shares[issue]) == 1.0 or not best:
            continue
        weights[issue] = best
        shares[issue] = tuple(_factor(party, issue, best, one) for one in points)
    return replace(profile, weights=weights, shares=shares)


def _factor(party: str, issue: str, weight: float, points: float) -> float:
    """Return a share that gives these very points, or raise `ScenarioError` if no number does."""
    near = points / weight
    for share in (near, math.nextafter(near, 0.0), math.nextafter(near, 2.0)):
        if weight * share == points:
            return share
    raise ScenarioError(f"{party}: issue {issue!r}: no evaluation gives a value its utility to the last bit")
