"""Numbers as people write them."""

from __future__ import annotations

import math
from decimal import Decimal


def plain(number: float, digits: int = 6, *, sign: bool = False) -> str:
    """A number in full, never in powers of ten: all of its whole part, and decimals up to so many digits in all.

    Examples
    --------
    >>> plain(199123.456, 4), plain(0.25), plain(0.000012345, 4), plain(3, sign=True)
    ('199,123', '0.25', '0.00001234', '+3')
    """
    if not math.isfinite(number):
        return str(number)
    exact = Decimal(repr(float(number) + 0.0))
    places = max(0, digits - 1 - exact.adjusted()) if exact else 0
    text = f"{exact:{'+' if sign else ''},.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
