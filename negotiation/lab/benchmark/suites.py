"""The suites of the benchmark: which domains are played, with which seeds and languages; fixed, and versioned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from negotiation.case import Case
from negotiation.errors import SetupError, unknown
from negotiation.formats import load
from negotiation.lab.benchmark.domains import DRAWN, Drawn, Kind, drawn
from negotiation.lab.runs import fitting

VERSION = "1"
"""The version of all suites: another one whenever a domain, a seed or a rule of them changes, since figures do too."""


QUICK = 2
"""Drawn domains with a zone that a quick run plays of each suite, and one without; no others."""


@dataclass(frozen=True)
class Setting:
    """One domain of a suite, as it is played.

    Attributes
    ----------
    domain
        A bundled case, or a drawn domain.
    seed
        Decides the private types and everybody's dice: the same for all agents.
    talk
        The language in which agents speak; empty: they are silent.
    quick
        Whether a quick run plays it.
    """

    suite: str
    domain: str
    seed: int = 0
    talk: str = ""
    quick: bool = False

    @property
    def block(self) -> str:
        """The name of what stands or falls together when intervals are made: a domain in both orders and all languages."""
        return f"{self.suite} {self.domain.removesuffix('-turned')} {self.seed}"

    @property
    def case(self) -> Case:
        """The case that is played."""
        return case_of(self.domain)

    @property
    def protocol(self) -> str:
        """The protocol: turns where one table needs everybody, else everybody at once."""
        return fitting(self.case)


@lru_cache(maxsize=256)
def case_of(domain: str) -> Case:
    """Return the case of a domain."""
    return drawn(domain) if domain.startswith(DRAWN) else load(domain)


def _drawn(suite: str, kind: Kind, zones: range, none: range, *, turned: bool = False, talk: str = "") -> list[Setting]:
    found = []
    for zone, numbers in ((True, zones), (False, none)):
        for number in numbers:
            quick = number - numbers.start < (QUICK if zone else 1)
            orders = (False, True) if turned else (False,)
            found += [Setting(suite, Drawn(kind, zone, number, order).name, 0, talk, quick) for order in orders]
    return found


SUITES: Mapping[str, Sequence[Setting]] = {
    "bilateral": (
        *_drawn("bilateral", "bilateral", range(1, 7), range(1, 4), turned=True),
        Setting("bilateral", "cloud-for-two"),
    ),
    "multi-party": (
        *_drawn("multi-party", "multi-party", range(1, 5), range(1, 3), turned=True),
        *(Setting("multi-party", name) for name in ("any-two-of-three", "electric-quay")),
    ),
    "linked": (
        *_drawn("linked", "linked", range(1, 5), range(1, 3), turned=True),
        *(Setting("linked", "alliance-2023", seed) for seed in range(3)),
    ),
    "language": (
        *(Setting("language", "cloud-for-two", 0, talk) for talk in ("en", "fr", "ja")),
        *(Setting("language", "any-two-of-three", 0, talk) for talk in ("en", "fr", "ja")),
        Setting("language", "alliance-2023", 0, "en"),
        *_drawn("language", "bilateral", range(7, 9), range(4, 6), talk="en"),
    ),
}
"""The settings of every suite, in the order in which they are played."""


def chosen(names: Sequence[str], *, quick: bool = False) -> list[Setting]:
    """Return the settings of some suites; of all if none is named.

    Raises
    ------
    SetupError
        When there is no such suite.
    """
    for name in names:
        if name not in SUITES:
            raise SetupError(unknown("suite", name, SUITES))
    some = [one for name in SUITES if name in names or not names for one in SUITES[name]]
    return [one for one in some if one.quick] if quick else some


def digest(settings: Sequence[Setting]) -> str:
    """Return the SHA-256 of all that some settings are: domains, seeds, protocols and languages."""
    what = [[s.suite, s.domain, s.seed, s.talk, s.protocol, s.case.digest] for s in settings]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()
