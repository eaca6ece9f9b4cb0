"""What a value of an issue is worth, by the value functions that NegMAS names: data, never code.

Sums and products are made in the order of the formula as it is documented there, so that results are the same to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from negotiation.errors import ScenarioError, figure, unknown

Value: TypeAlias = "str | int | float | bool"
"""A value of an issue, as files hold it."""

PREFIX = "negmas."
"""What the full name of a class begins with; shorter names are taken, too. Classes of other packages are code."""


def kind(source: str, place: str, found: object) -> str:
    """Return the plain name of a class: `TableFun` of `negmas.preferences.value_fun.TableFun`.

    Raises
    ------
    ScenarioError
        When it is no name, or that of a class of another package.
    """
    if not isinstance(found, str):
        raise ScenarioError(f"{source}: {place}: type is {found!r:.60}, must be the name of a class of NegMAS")
    package, _, name = found.rpartition(".")
    if package and not found.startswith(PREFIX):
        raise ScenarioError(
            f"{source}: {place}: type {found[:80]!r} is a class of another package, and none is ever run"
        )
    return name


def numbers(
    source: str, place: str, found: Mapping[object, object], defaults: Mapping[str, float | None]
) -> list[float]:
    """Return the numbers of some keys, in this order; a key whose default is None must be there.

    Raises
    ------
    ScenarioError
        When one is missing, or no finite number.
    """
    return [number(source, f"{place}: {key}", found.get(key, default)) for key, default in defaults.items()]


def number(source: str, place: str, found: object) -> float:
    """Return what was found as a number, or raise `ScenarioError` if it is none or endless."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise ScenarioError(
            f"{source}: {place} is {'missing' if found is None else repr(found)[:60]}, must be a number"
        )
    try:
        value = float(found)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ScenarioError(f"{source}: {place} is {figure(value)}, must be a finite number")
    return value


def listed(source: str, place: str, found: object) -> list[object]:
    """Return what was found as a list, or raise `ScenarioError`."""
    if not isinstance(found, list | tuple):
        what = "missing" if found is None else type(found).__name__
        raise ScenarioError(f"{source}: {place} is {what}, must be a list")
    return list(found)


def worths(source: str, place: str, found: object, values: Sequence[Value]) -> list[float]:
    """Return what a value function gives for every value of an issue.

    Parameters
    ----------
    found
        The function as its file holds it: a mapping with its `type` and its numbers, or a table alone.

    Raises
    ------
    ScenarioError
        When it is code, not known, lacks a number, or has no result for a value.
    """
    if not isinstance(found, Mapping):
        raise ScenarioError(f"{source}: {place}: must be a value function with its type, not {type(found).__name__}")
    if "type" not in found:
        return _table(source, place, found, values)
    name = kind(source, place, found["type"])
    if name == "TableFun":
        return _table(source, place, found.get("mapping"), values)
    if name not in FORMULAS:
        possible = ["TableFun", *FORMULAS]
        if name.endswith("Fun") and "Lambda" in name:
            raise ScenarioError(
                f"{source}: {place}: a {name} is code, and none is ever run; write its values as a TableFun"
            )
        raise ScenarioError(f"{source}: {place}: {unknown('value function', name, possible)}")
    formula = FORMULAS[name](source, place, found)
    return [_worth(source, place, value, formula) for value in values]


def _worth(source: str, place: str, value: Value, formula: Callable[[float], float]) -> float:
    x = value if isinstance(value, int) else number(source, f"{place}: value", value)
    try:
        result = float(formula(x))
    except (ArithmeticError, ValueError):
        result = math.nan
    if not math.isfinite(result):
        raise ScenarioError(f"{source}: {place}: value {value!r} has no finite result in this value function")
    return result


def _table(source: str, place: str, found: object, values: Sequence[Value]) -> list[float]:
    if not isinstance(found, Mapping):
        raise ScenarioError(f"{source}: {place}: mapping is {type(found).__name__}, must have a number for every value")
    known = {shown(key): one for key, one in found.items()}
    for value in values:
        if shown(value) not in known:
            raise ScenarioError(f"{source}: {place}: value {shown(value)[:60]!r} has no number in its mapping")
    return [number(source, f"{place}: value {shown(value)[:60]!r}", known[shown(value)]) for value in values]


def shown(value: object) -> str:
    """Return a value as text: the number 1 and the word `1` are the same, as files of JSON and YAML mix them."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


Formula: TypeAlias = Callable[[float], float]
Maker: TypeAlias = Callable[[str, str, Mapping[object, object]], Formula]


def _of(make: Callable[..., Formula], **defaults: float | None) -> Maker:
    return lambda source, place, found: make(*numbers(source, place, found, defaults))


def _polynomial(source: str, place: str, found: Mapping[object, object]) -> Formula:
    given = listed(source, f"{place}: coefficients", found.get("coefficients"))
    terms = [number(source, f"{place}: coefficient {n}", one) for n, one in enumerate(given, 1)]
    (bias,) = numbers(source, place, found, {"bias": 0.0})

    def formula(x: float) -> float:
        total = bias
        for power, term in enumerate(terms, 1):
            total += term * float(x**power)
        return total

    return formula


def _trapezoid(start: float, rise: float, fall: float, end: float, bias: float, scale: float) -> Formula:
    def formula(x: float) -> float:
        if x < start or x > end:
            return bias
        if x <= rise:
            return bias + scale if rise == start else bias + scale * (x - start) / (rise - start)
        return bias + scale if x <= fall else bias + scale * (end - x) / (end - fall)

    return formula


def _triangle(start: float, middle: float, end: float, bias: float, scale: float) -> Formula:
    inside = _trapezoid(start, middle, middle, end, bias, scale)
    return lambda x: bias if x <= start or x >= end else inside(x)


def _biased(source: str, place: str, found: Mapping[object, object]) -> Formula:
    inner = found.get("fun")
    if found.get("normalize"):
        raise ScenarioError(
            f"{source}: {place}: normalize is set, which only NegMAS itself can reckon; write a TableFun"
        )
    (bias,) = numbers(source, place, found, {"bias": 0.0})
    return lambda x: worths(source, place, inner, [x])[0] + bias


FORMULAS: Mapping[str, Maker] = {
    "AffineFun": _of(lambda slope, bias: lambda x: x * slope + bias, slope=None, bias=0.0),
    "ConstFun": _of(lambda bias: lambda _: bias, bias=None),
    "LinearFun": _of(lambda slope: lambda x: x * slope, slope=None),
    "IdentityFun": _of(lambda: lambda x: x),
    "QuadraticFun": _of(lambda a2, a1, bias: lambda x: a2 * x * x + a1 * x + bias, a2=None, a1=None, bias=0.0),
    "PolynomialFun": _polynomial,
    "TriangularFun": _of(_triangle, start=None, middle=None, end=None, bias=0.0, scale=1.0),
    "TrapezoidalFun": _of(_trapezoid, start=None, rise_end=None, fall_start=None, end=None, bias=0.0, scale=1.0),
    "ExponentialFun": _of(lambda tau, bias, base: lambda x: base ** (tau * x) + bias, tau=None, bias=0.0, base=math.e),
    "CosFun": _of(
        lambda m, bias, phase, most: lambda x: most * math.cos(m * x + phase) + bias,
        multiplier=1.0, bias=0.0, phase=0.0, amplitude=1.0,
    ),
    "SinFun": _of(
        lambda m, bias, phase, most: lambda x: most * math.sin(m * x + phase) + bias,
        multiplier=1.0, bias=0.0, phase=0.0, amplitude=1.0,
    ),
    "LogFun": _of(
        lambda tau, bias, base, scale: lambda x: scale * math.log(tau * x, base) + bias,
        tau=None, bias=0.0, base=math.e, scale=1.0,
    ),
    "GaussianFun": _of(
        lambda centre, sigma, bias, scale: lambda x: bias + scale * math.exp(-((x - centre) ** 2) / (2 * sigma * sigma)),
        center=None, sigma=None, bias=0.0, scale=1.0,
    ),
    "BiasedFun": _biased,
}  # fmt: skip
"""The value functions that are reckoned here, by their names."""
