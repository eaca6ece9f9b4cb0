"""Numbers for people: rounded halves up, and in full; alike wherever they are read."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite

NOISE = 9
"""Decimals behind which a float is noise: 4.05 is kept as 4.0499999999999998 and means 4.05."""

_ROOMY = Context(prec=400, rounding=ROUND_HALF_UP)


def rounded(value: float, decimals: int) -> float:
    """Return a number to some decimals, halves away from zero; never a negative zero."""
    return float(_decimal(value, decimals)) if isfinite(value) else value


def shown(value: float, decimals: int, *, signed: bool = False) -> str:
    """Return a number rounded as text, with a sign in front if `signed`: `4.1`, `+4.1`, `0.0`."""
    number = _decimal(value, decimals) if isfinite(value) else value
    return f"{number:{'+' if signed and number else ''}.{decimals}f}"


def percent(share: float) -> str:
    """Return a share as whole per cent: `13%` of 0.125."""
    return f"{shown(100 * share, 0)}%"


def apart(value: float, other: float, decimals: int) -> float:
    """Return how far two numbers are apart as they are shown, so that readers of both find no other difference."""
    return rounded(rounded(value, decimals) - rounded(other, decimals), decimals)


def _decimal(value: float, decimals: int) -> Decimal:
    number = Decimal(repr(round(float(value), NOISE))).quantize(Decimal(1).scaleb(-decimals), context=_ROOMY)
    return number if number else abs(number)


def plain(number: float, digits: int = 6, *, sign: bool = False) -> str:
    """Return a number in full, without powers of ten: its whole part, and decimals up to `digits` in all, halves up.

    Examples
    --------
    >>> plain(199123.456, 4), plain(0.25), plain(0.000012345, 4), plain(3, sign=True)
    ('199,123', '0.25', '0.00001235', '+3')
    """
    if not isfinite(number):
        return str(number)
    exact = Decimal(repr(float(number) + 0.0))
    places = max(0, digits - 1 - exact.adjusted()) if exact else 0
    exact = exact.quantize(Decimal(1).scaleb(-places), context=_ROOMY)
    text = f"{exact:{'+' if sign else ''},.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
