"""GeniusWeb JSON: domains and linear additive profiles; a reservation there is a bid, of which the utility counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StrictStr, ValidationError
from pydantic.alias_generators import to_camel

from negotiation.errors import ScenarioError, unknown
from negotiation.formats.profiles import (
    LONGEST_NAME,
    MOST_VALUES,
    Agenda,
    Profile,
    agreed,
    checked_weight,
    too_many,
)
from negotiation.formats.validation_errors import complaint

M = TypeVar("M", bound=BaseModel)

PROFILE, DOMAIN = "LinearAdditiveUtilitySpace", "issuesValues"
"""The key that tells a profile, and the one that tells a domain."""

Number = Annotated[Decimal, Field(ge=-(10**12), le=10**12, allow_inf_nan=False)]
Share = Annotated[Decimal, Field(ge=0, le=1)]


class Shape(BaseModel):
    """A model with keys as GeniusWeb writes them; unknown keys are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class Values(Shape):
    """The values of an issue: listed, or from low to high in steps."""

    values: list[StrictStr] | None = None
    range: Annotated[list[Number], Field(min_length=3, max_length=3)] | None = None


class Domain(Shape):
    """The issues and values that are negotiated."""

    issues_values: dict[StrictStr, Values]


class Discrete(Shape):
    """Utilities of listed values, one for each."""

    value_utilities: dict[StrictStr, Share]


class Line(Shape):
    """Utilities on a straight line between two values."""

    low_value: Number
    low_utility: Share
    high_value: Number
    high_utility: Share


class Utilities(Shape):
    """Utilities of an issue, either `Discrete` or `Line`."""

    discrete: Discrete | None = Field(None, validation_alias=AliasChoices("DiscreteValueSetUtilities", "discreteutils"))
    line: Line | None = Field(None, validation_alias=AliasChoices("NumberValueSetUtilities", "numberutils"))


class Bid(Shape):
    """A value for some of the issues."""

    issuevalues: dict[StrictStr, StrictStr | Number] = {}


class Space(Shape):
    """The profile of one party."""

    domain: Domain
    issue_utilities: dict[StrictStr, Utilities]
    issue_weights: dict[StrictStr, Share]
    reservation_bid: Bid | None = None


def read(files: Mapping[str, bytes]) -> tuple[Agenda, dict[str, Profile]]:
    """Return the agenda (of the domain file, else of the first profile) and the profiles by file, in the order given.

    Raises
    ------
    ScenarioError
        When a file, an issue or a value does not fit; the message says which and why.
    """
    domains: dict[str, Domain] = {}
    spaces: dict[str, Space] = {}
    for source, data in files.items():
        held = document(source, data)
        if DOMAIN in held:
            domains[source] = shaped(source, Domain, held)
        elif PROFILE in held:
            spaces[source] = shaped(source, Space, held[PROFILE])
        else:
            kinds = ", ".join(map(str, held))[:60] or "nothing"
            raise ScenarioError(f"{source}: holds {kinds}, which cannot be imported; possible: {PROFILE}, or a domain")
    if len(domains) > 1:
        first, second = list(domains)[:2]
        raise ScenarioError(f"{second}: a second domain file; {first} is one already")
    found = {**domains, **{source: space.domain for source, space in spaces.items()}}
    first = next(iter(found))
    agenda = agreed(first, _agenda(first, found[first]))
    for source, domain in found.items():
        if {name: set(values) for name, values in _agenda(source, domain).items()} != {
            name: set(values) for name, values in agenda.items()
        }:
            raise ScenarioError(f"{source}: its issues and values are not those of {first}")
    return agenda, {source: _profile(source, space, agenda) for source, space in spaces.items()}


def document(source: str, data: bytes, broken: Callable[[str], object] = Decimal) -> dict[str, Any]:
    """Return a file of JSON as a mapping, its numbers as they were written; empty if it holds something else.

    Parameters
    ----------
    broken
        What makes a number of the text of one that is not whole; where it is `float`, numbers may be endless, as in Python.

    Raises
    ------
    ScenarioError
        When it is not JSON, a key stands twice or is too long, a number is none, or it is nested too deep.
    """
    constant = float if broken is float else _constant
    try:
        found = json.loads(data, object_pairs_hook=_once, parse_float=broken, parse_constant=constant)
    except RecursionError:
        raise ScenarioError(f"{source}: nested too deep") from None
    except ValueError as problem:
        raise ScenarioError(f"{source}: not JSON: {problem}") from None
    return found if isinstance(found, dict) else {}


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"key {key[:60]!r} stands twice")
        if len(key) > LONGEST_NAME:
            raise ValueError(f"key {key[:60]!r}... has {len(key):,} characters, at most {LONGEST_NAME}")
        found[key] = value
    return found


def _constant(text: str) -> None:
    raise ValueError(f"{text} is no number")


def shaped(source: str, shape: type[M], found: object) -> M:
    """Return what was found in a file as a model, or raise `ScenarioError` with what does not fit."""
    try:
        return shape.model_validate(found)
    except ValidationError as problems:
        raise ScenarioError(f"{source}: {complaint(problems)}") from None


def _agenda(source: str, domain: Domain) -> dict[str, list[str]]:
    return {name: _values(source, name, values) for name, values in domain.issues_values.items()}


def _values(source: str, name: str, values: Values) -> list[str]:
    if values.range is None:
        return values.values or []
    low, high, step = values.range
    if step <= 0 or low > high:
        raise ScenarioError(f"{source}: issue {name!r}: range must be low, high and a step above 0")
    count = int((high - low) / step) + 1
    if count > MOST_VALUES:
        raise ScenarioError(too_many(source, name, count))
    return [_shown(low + n * step) for n in range(count)]


def _shown(value: str | Decimal) -> str:
    return value if isinstance(value, str) else f"{value.normalize():f}"


def _profile(source: str, space: Space, agenda: Agenda) -> Profile:
    weights: dict[str, float] = {}
    shares: dict[str, tuple[float, ...]] = {}
    for name, values in agenda.items():
        if name not in space.issue_weights:
            raise ScenarioError(f"{source}: issue {name!r} has no weight")
        weights[name] = checked_weight(source, name, float(space.issue_weights[name]))
        utilities = space.issue_utilities.get(name)
        if utilities is None:
            raise ScenarioError(f"{source}: issue {name!r} has no utilities")
        shares[name] = tuple(float(_share(source, name, value, utilities)) for value in values)
    return Profile(weights, shares, _reservation(source, space, agenda, weights, shares))


def _share(source: str, name: str, value: str, utilities: Utilities) -> Decimal:
    if line := utilities.line:
        if line.high_value <= line.low_value:
            return line.low_utility
        slope = (line.high_utility - line.low_utility) / (line.high_value - line.low_value)
        return min(
            max(line.low_utility + slope * (_decimal(source, name, value) - line.low_value), Decimal(0)), Decimal(1)
        )
    known = utilities.discrete.value_utilities if utilities.discrete else {}
    if value not in known:
        raise ScenarioError(f"{source}: issue {name!r}: value {value!r} has no utility")
    return known[value]


def _decimal(source: str, name: str, value: str) -> Decimal:
    try:
        return Decimal(value)
    except ArithmeticError:
        raise ScenarioError(f"{source}: issue {name!r}: value {value!r} is no number") from None


def _reservation(
    source: str,
    space: Space,
    agenda: Agenda,
    weights: Mapping[str, float],
    shares: Mapping[str, tuple[float, ...]],
) -> float:
    """Return the utility of the reservation bid; issues it leaves open, or all of them without one, are worth 0."""
    bid = space.reservation_bid.issuevalues if space.reservation_bid else {}
    for name in bid:
        if name not in agenda:
            raise ScenarioError(f"{source}: reservationBid: {unknown('issue', name, agenda)}")
    total = 0.0
    for name, values in agenda.items():
        if name in bid:
            value = _shown(bid[name])
            if value not in values:
                raise ScenarioError(f"{source}: reservationBid: issue {name!r} has no value {value[:60]!r}")
            total += weights[name] * shares[name][values.index(value)]
    return total
