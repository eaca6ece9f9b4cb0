"""How numbers are rounded to be read: halves up, as people do it, and the same wherever a number is told."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite

NOISE = 9
"""Decimals behind which a float is noise: 4.05 is kept as 4.0499999999999998 and means 4.05."""

_ROOMY = Context(prec=400, rounding=ROUND_HALF_UP)


def rounded(value: float, decimals: int) -> float:
    """A number to some decimals, halves away from zero; never a negative zero."""
    return float(_decimal(value, decimals)) if isfinite(value) else value


def shown(value: float, decimals: int, *, signed: bool = False) -> str:
    """The same to be read, with a sign in front if asked for: `4.1`, `+4.1`, `0.0`."""
    number = _decimal(value, decimals) if isfinite(value) else value
    return f"{number:{'+' if signed and number else ''}.{decimals}f}"


def apart(value: float, other: float, decimals: int) -> float:
    """How far two numbers are apart as they are shown: where both can be read, nobody finds another difference."""
    return rounded(rounded(value, decimals) - rounded(other, decimals), decimals)


def _decimal(value: float, decimals: int) -> Decimal:
    number = Decimal(repr(round(float(value), NOISE))).quantize(Decimal(1).scaleb(-decimals), context=_ROOMY)
    return number if number else abs(number)
