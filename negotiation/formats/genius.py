"""GENIUS XML: a domain and the profiles of its parties, with the program's own rule for the utility of a deal.

The rule (`GENIUS`, Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker 2014): a discrete value earns its evaluation over
the largest one of its issue, an integer value `offset + slope * (value - lower bound)` within 0 and 1; a deal is worth
the sum over issues of weight times that, and at most 1. Weights stay as they are in the file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from negotiation.errors import ScenarioError, figure, unknown
from negotiation.formats.profiles import (
    LONGEST_NAME,
    MOST_VALUES,
    Agenda,
    Profile,
    agreed,
    checked_weight,
    too_many,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DOMAIN, PROFILE = "negotiation_template", "utility_space"
"""The root elements of the two kinds of file."""

SMALLEST = 1e-5
"""An issue whose largest evaluation is below this is worth nothing."""

MOST = 1.0
"""No deal is worth more, whatever the weights sum to."""

BARE = re.compile(rb"&(?!#?\w+;)")
INSIDE = re.compile(rb'="[^"<>]*<')
"""Signs that are written otherwise in XML: `&`, and `<` in a value."""


def read(files: Mapping[str, bytes]) -> tuple[Agenda, dict[str, Profile]]:
    """Return the agenda (of the domain file, else of the first profile) and the profiles by file, in the order given.

    Raises
    ------
    ScenarioError
        When a file, an issue or a value does not fit; the message says which and why.
    """
    roots = {source: _root(source, data) for source, data in files.items()}
    domains = [source for source, root in roots.items() if root.tag == DOMAIN]
    if len(domains) > 1:
        raise ScenarioError(f"{domains[1]}: a second domain file; {domains[0]} is one already")
    first = (domains or list(roots))[0]
    agenda = agreed(first, _agenda(roots[first], first))
    return agenda, {source: _profile(source, root, agenda) for source, root in roots.items() if root.tag == PROFILE}


def _root(source: str, data: bytes) -> Element:
    try:
        root: Element = fromstring(_declared_first(data), forbid_dtd=True)
    except DefusedXmlException:
        raise ScenarioError(f"{source}: declares a document type or entities, which no profile needs") from None
    except (ParseError, ValueError, LookupError) as problem:
        raise ScenarioError(f"{source}: not XML: {problem}{_hint(data)}") from None
    if root.tag not in (DOMAIN, PROFILE):
        raise ScenarioError(f"{source}: the root is {root.tag[:60]!r}, must be {DOMAIN!r} or {PROFILE!r}")
    if root.tag == PROFILE and (root.get("type", "").lower() == "nonlinear" or root.find(".//ufun") is not None):
        raise ScenarioError(
            f"{source}: a nonlinear profile (hyper-rectangles), which cannot be imported: only weights can"
        )
    return root


def _declared_first(data: bytes) -> bytes:
    """Return the file without what precedes its declaration: GENIUS itself writes comments there."""
    rest = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    while rest.startswith(b"<!--"):
        rest = rest.partition(b"-->")[2].lstrip()
    return rest if rest.startswith(b"<?xml") else data


def _hint(data: bytes) -> str:
    """Return how to write the characters that most files with such an error hold."""
    if BARE.search(data):
        return "; write &amp; for &"
    return "; write &lt; for < in a value" if INSIDE.search(data) else ""


def _agenda(root: Element, source: str) -> dict[str, list[str]]:
    agenda: dict[str, list[str]] = {}
    for issue in root.iter("issue"):
        name = _text(source, issue, "name", "an issue")
        if name in agenda:
            raise ScenarioError(f"{source}: issue {name!r} stands twice")
        agenda[name] = _values(source, name, issue)
    return agenda


def _values(source: str, name: str, issue: Element) -> list[str]:
    place = f"issue {name!r}"
    if "real" in (issue.get("type"), issue.get("vtype"), issue.get("etype")):
        raise ScenarioError(f"{source}: {place} is real-valued: list the values it may take, as a discrete issue")
    if (bounds := _bounds(source, name, issue)) is None:
        return [_text(source, item, "value", f"{place}: an item") for item in issue.findall("item")]
    low, high = bounds
    if high - low >= MOST_VALUES:
        raise ScenarioError(too_many(source, name, high - low + 1))
    return [str(value) for value in range(low, high + 1)]


def _bounds(source: str, name: str, issue: Element) -> tuple[int, int] | None:
    """Return the bounds of an integer issue, on the element or on a `range` inside it; None for a discrete issue."""
    inner = issue.find("range")
    holder = issue if inner is None else inner
    if holder.get("lowerbound") is None and issue.get("type") != "integer":
        return None
    low, high = (_number(source, holder, key, f"issue {name!r}") for key in ("lowerbound", "upperbound"))
    if low != int(low) or high != int(high) or low > high:
        found = f"{figure(low)} and {figure(high)}"
        raise ScenarioError(f"{source}: issue {name!r}: bounds are {found}, must be whole and ascending")
    return int(low), int(high)


def _profile(source: str, root: Element, agenda: Agenda) -> Profile:
    weights: dict[str, float] = {}
    shares: dict[str, tuple[float, ...]] = {}
    given = _weights(source, root)
    for issue in root.iter("issue"):
        name = _text(source, issue, "name", "an issue")
        if name not in agenda:
            raise ScenarioError(f"{source}: {unknown('issue', name, agenda)}")
        if name in shares:
            raise ScenarioError(f"{source}: issue {name!r} stands twice")
        index = _text(source, issue, "index", f"issue {name!r}")
        if index not in given:
            raise ScenarioError(f"{source}: issue {name!r} has no weight: no weight element with index {index}")
        weights[name] = checked_weight(source, name, given[index])
        shares[name] = _shares(source, name, issue, agenda[name])
    for name in agenda:
        if name not in shares:
            raise ScenarioError(f"{source}: issue {name!r} of the domain is missing")
    return Profile(weights, shares, _extra(source, root, "reservation", 0.0), _discount(source, root), MOST)


def _weights(source: str, root: Element) -> dict[str, float]:
    weights: dict[str, float] = {}
    for weight in root.iter("weight"):
        index = _text(source, weight, "index", "a weight")
        if index in weights:
            raise ScenarioError(f"{source}: the weight with index {index} stands twice")
        weights[index] = _number(source, weight, "value", f"the weight with index {index}")
    return weights


def _shares(source: str, name: str, issue: Element, values: tuple[str, ...]) -> tuple[float, ...]:
    """Return the shares of one issue, in the order of the domain's values."""
    found = _values(source, name, issue)
    known, evaluated = set(values), set(found)
    for value in found:
        if value not in known:
            raise ScenarioError(f"{source}: issue {name!r}: value {value!r} is unknown to the domain")
    if len(evaluated) < len(found):
        raise ScenarioError(f"{source}: issue {name!r}: a value stands twice")
    for value in values:
        if value not in evaluated:
            raise ScenarioError(f"{source}: issue {name!r}: value {value!r} has no evaluation")
    if bounds := _bounds(source, name, issue):
        return _line(source, name, issue, bounds[0], values)
    items = {item.get("value", ""): item for item in issue.findall("item")}
    evaluations = [_evaluation(source, name, value, items[value]) for value in values]
    largest = max(evaluations)
    return tuple(e / largest if largest >= SMALLEST else 0.0 for e in evaluations)


def _evaluation(source: str, name: str, value: str, item: Element) -> float:
    place = f"issue {name!r}, value {value!r}"
    evaluation = _number(source, item, "evaluation", place)
    if evaluation < 0:
        raise ScenarioError(f"{source}: {place}: evaluation is {figure(evaluation)}, must not be below 0")
    return evaluation


def _line(source: str, name: str, issue: Element, low: int, values: tuple[str, ...]) -> tuple[float, ...]:
    """Return the shares of an integer issue: a straight line from the lower bound on, cut off at 0 and 1."""
    evaluator = issue.find("evaluator")
    if evaluator is None:
        raise ScenarioError(f"{source}: issue {name!r} has no evaluator with slope and offset")
    slope, offset = (_number(source, evaluator, key, f"issue {name!r}: evaluator") for key in ("slope", "offset"))
    return tuple(min(max(offset + slope * (int(value) - low), 0.0), 1.0) for value in values)


def _discount(source: str, root: Element) -> float:
    discount = _extra(source, root, "discount_factor", 1.0)
    return discount if 0 < discount <= 1 else 1.0


def _extra(source: str, root: Element, tag: str, default: float) -> float:
    """Return the value of an element after the objective, or `default` if there is none."""
    element = root.find(tag)
    return default if element is None else _number(source, element, "value", tag)


def _text(source: str, element: Element, key: str, place: str) -> str:
    text = element.get(key)
    if text is None:
        raise ScenarioError(f"{source}: {place} has no {key}")
    if len(text) > LONGEST_NAME:
        raise ScenarioError(f"{source}: {place}: its {key} has {len(text):,} characters, at most {LONGEST_NAME}")
    return text


def _number(source: str, element: Element, key: str, place: str) -> float:
    text = _text(source, element, key, place)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ScenarioError(f"{source}: {place}: {key} is {text[:60]!r}, must be a number")
    return number
