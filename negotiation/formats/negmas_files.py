"""NegMAS scenario folders in YAML or JSON: an outcome space and additive utility functions, read as data.

A deal is worth `bias + weight * value + ...`, added in the order of the issues. A reserved value of minus infinity, which is
NegMAS's default, becomes the least that a deal is worth, as NegMAS's own analysis takes it: every deal is at least as good.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from negotiation.errors import ScenarioError, figure, unknown
from negotiation.formats import foreign_yaml
from negotiation.formats.geniusweb import document
from negotiation.formats.profiles import MOST_VALUES, Agenda, Profile, agreed, too_many
from negotiation.formats.value_functions import Value, kind, listed, number, shown, worths

SPACE, FUNCTION = "OutcomeSpace", ("ufun", "utilityfunction")
"""Parts of the names of classes by which a domain and a profile are told."""

ADDITIVE, AFFINE, DISCOUNTED = (
    "LinearAdditiveUtilityFunction",
    ("AffineUtilityFunction", "LinearUtilityFunction"),
    "ExpDiscountedUFun",
)
RANGES = ("ContiguousIssue", "RangeIssue")
LISTS = (
    "CategoricalIssue",
    "OrdinalIssue",
    "DiscreteOrdinalIssue",
    "CardinalIssue",
    "DiscreteCardinalIssue",
    "SingletonIssue",
)
TIME = "relative_time"
"""The measure of time by which discounts are reckoned here, too."""


def held(source: str, data: bytes) -> dict[str, Any]:
    """Return a file of YAML or JSON as a mapping of plain values; empty if it holds something else."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return foreign_yaml.document(source, data)
    return document(source, data, broken=float)


def is_negmas(content: Mapping[str, object]) -> bool:
    """Return whether a file is of this kind: it names its class."""
    name = content.get("type")
    return isinstance(name, str) and (SPACE in name or name.lower().endswith(FUNCTION))


def read(files: Mapping[str, bytes]) -> tuple[Agenda, dict[str, Profile]]:
    """Return the agenda of the domain file, and the profiles by file, in the order given.

    Raises
    ------
    ScenarioError
        When a file, an issue or a value does not fit; the message says which and why.
    """
    contents = {source: held(source, data) for source, data in files.items()}
    domains = [source for source, content in contents.items() if SPACE in content["type"]]
    if len(domains) != 1:
        found = (
            f"{domains[1]}: a second domain file; {domains[0]} is one already"
            if domains
            else (f"{next(iter(files))}: no domain file among these, and a profile of NegMAS does not name its issues")
        )
        raise ScenarioError(found)
    values = _issues(domains[0], contents[domains[0]])
    agenda = agreed(domains[0], {name: [shown(value) for value in some] for name, some in values.items()})
    return agenda, {
        source: _profile(source, content, values) for source, content in contents.items() if source != domains[0]
    }


def _issues(source: str, content: Mapping[str, Any]) -> dict[str, Sequence[Value]]:
    issues: dict[str, Sequence[Value]] = {}
    for n, issue in enumerate(listed(source, "issues", content.get("issues")), 1):
        if not isinstance(issue, Mapping):
            raise ScenarioError(f"{source}: issue {n} is {type(issue).__name__}, must have name, type and values")
        name = shown(issue.get("name") or f"issue{n}")
        if name in issues:
            raise ScenarioError(f"{source}: issue {name[:60]!r} stands twice")
        issues[name] = _values(source, name, issue)
    return issues


def _values(source: str, name: str, issue: Mapping[str, Any]) -> Sequence[Value]:
    place, values = f"issue {name[:60]!r}", issue.get("values")
    which = kind(source, place, issue.get("type", LISTS[0] if isinstance(values, list) else RANGES[0]))
    if which in RANGES and all(isinstance(one, int) for one in _bounds(values)):
        return _range(source, name, issue)
    if "Continuous" in which or which in RANGES:
        raise ScenarioError(f"{source}: {place} is real-valued: list the values it may take, as a CategoricalIssue")
    if which not in LISTS:
        raise ScenarioError(f"{source}: {place}: {unknown('type', which, [*LISTS, RANGES[0]])}")
    found = listed(source, f"{place}: values", values)
    if odd := [one for one in found if not isinstance(one, str | int | float)]:
        raise ScenarioError(f"{source}: {place}: a value is {odd[0]!r:.60}, must be a word or a number")
    return found  # type: ignore[return-value]  # just checked


def _bounds(values: object) -> list[object]:
    return list(values) if isinstance(values, list | tuple) else [values]


def _range(source: str, name: str, issue: Mapping[str, Any]) -> Sequence[int]:
    bounds: list[Any] = _bounds(issue.get("values"))
    low, high, step = (0, bounds[0] - 1, 1) if len(bounds) == 1 else (*bounds, issue.get("step") or 1)[:3]
    if len(bounds) > 3 or not isinstance(step, int) or step < 1 or low > high:
        found = f"{bounds!r:.60}" + (f" in steps of {step!r:.20}" if step != 1 else "")
        raise ScenarioError(f"{source}: issue {name[:60]!r}: values are {found}, must be lowest, highest and a step")
    if (count := (high - low) // step + 1) > MOST_VALUES:
        raise ScenarioError(too_many(source, name[:60], count))
    return range(low, high + 1, step)


def _profile(source: str, content: Mapping[str, Any], issues: Mapping[str, Sequence[Value]]) -> Profile:
    name = kind(source, "the utility function", content.get("type"))
    if name == DISCOUNTED:
        return _discounted(source, content, issues)
    if name == ADDITIVE:
        made = _additive(source, content, issues)
    elif name in AFFINE:
        made = _affine(source, content, issues)
    else:
        possible = ", ".join((ADDITIVE, *AFFINE, DISCOUNTED))
        raise ScenarioError(f"{source}: a {name[:60]} cannot be imported; possible: {possible}")
    return _reserved(source, content, made)


def _additive(source: str, content: Mapping[str, Any], issues: Mapping[str, Sequence[Value]]) -> Profile:
    functions = _by_issue(source, "values", content.get("values"), issues)
    weights = _weights(source, content, issues)
    shares = {
        name: tuple(worths(source, f"issue {name[:60]!r}", functions[name], values)) for name, values in issues.items()
    }
    bias = number(source, "bias", content.get("bias") or 0.0)
    if bias:  # sums begin with it: it goes into the first issue, so that every bit stays
        first = next(iter(issues))
        shares[first] = tuple(bias + weights[first] * share for share in shares[first])
        weights[first] = 1.0
    return Profile(weights, shares)


def _affine(source: str, content: Mapping[str, Any], issues: Mapping[str, Sequence[Value]]) -> Profile:
    shares = {
        name: tuple(number(source, f"issue {name[:60]!r}: value", value) for value in values)
        for name, values in issues.items()
    }
    bias = number(source, "bias", content.get("bias") or 0.0)
    return Profile(_weights(source, content, issues), shares, bias=bias)


def _weights(source: str, content: Mapping[str, Any], issues: Mapping[str, Sequence[Value]]) -> dict[str, float]:
    given = content.get("weights")
    found = _by_issue(source, "weights", [1.0] * len(issues) if given is None else given, issues)
    return {name: number(source, f"issue {name[:60]!r}: weight", one) for name, one in found.items()}


def _by_issue(source: str, what: str, found: object, issues: Mapping[str, object]) -> dict[str, object]:
    """Return one thing for each issue, of a list in their order or of a mapping by name."""
    if isinstance(found, Mapping):
        named = {shown(key): one for key, one in found.items()}
        for name in named:
            if name not in issues:
                raise ScenarioError(f"{source}: {what}: {unknown('issue', name, issues)}")
        found = [named.get(name) for name in issues]
    every = listed(source, what, found)
    if len(every) != len(issues):
        raise ScenarioError(f"{source}: {what} has {len(every):,} entries, must have {len(issues)}, one for each issue")
    return dict(zip(issues, every, strict=True))


def _reserved(source: str, content: Mapping[str, Any], made: Profile) -> Profile:
    found = content.get("reserved_value")
    if content.get("reserved_outcome") is not None:
        raise ScenarioError(f"{source}: reserved_outcome is set; write what it is worth as reserved_value instead")
    if found is None or found == -math.inf:
        return replace(made, reservation=made.extreme(min))
    return replace(made, reservation=number(source, "reserved_value", found))


def _discounted(source: str, content: Mapping[str, Any], issues: Mapping[str, Sequence[Value]]) -> Profile:
    inner = content.get("ufun")
    if not isinstance(inner, Mapping) or kind(source, "ufun", inner.get("type")) == DISCOUNTED:
        raise ScenarioError(f"{source}: ufun must be one utility function that is discounted")
    made = _profile(source, inner, issues)
    discount = number(source, "discount", content.get("discount") or 1.0)
    if not 0 < discount <= 1:
        raise ScenarioError(f"{source}: discount is {figure(discount)}, must be above 0 and at most 1")
    if discount == 1.0:
        return made
    if content.get("factor") != TIME:
        raise ScenarioError(
            f"{source}: factor is {content.get('factor')!r:.40}: time is counted in rounds; only {TIME} can be imported"
        )
    if not content.get("dynamic_reservation", True):
        raise ScenarioError(f"{source}: dynamic_reservation is off; here the reserved value is discounted, too")
    return replace(made, discount=discount)
