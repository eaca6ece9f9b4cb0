"""Names for the rules made of titles for people: `Kaido Motors (buyer)` is `kaido_motors_buyer`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

from negotiation.formats.cross_references import RESERVED

LONGEST = 30
"""Letters of a name that is made here; files may have longer ones."""


def name_of(title: str, taken: Collection[str], otherwise: str) -> str:
    """Return a name that nobody has, made of a title; of `otherwise` and a number where that has no letters of ours.

    Examples
    --------
    >>> name_of("Café & Co.", ["cafe_co"], "party"), name_of("14 USD", [], "option"), name_of("日本", [], "party")
    ('cafe_co_2', 'option_14_usd', 'party_1')
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub("[^a-z0-9]+", "_", plain).strip("_")[:LONGEST].strip("_")
    if stem[:1].isdigit():
        stem = f"{otherwise}_{stem}"
    if stem and stem not in taken and stem not in RESERVED:
        return stem
    return next(name for n in count(2 if stem else 1) if (name := f"{stem or otherwise}_{n}") not in taken)
