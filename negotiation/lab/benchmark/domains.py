"""Domains of the benchmark that are drawn: small cases of which is known by search whether everybody could gain.

Each is drawn from its own dice by its number, so that it is the same everywhere and for ever. Companies and scores are
fictional. All numbers are whole, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Any, Literal, TypeAlias

from negotiation.case import Case
from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.formats.scenario_yaml import loads
from negotiation.formats.yaml_text import dump

Kind: TypeAlias = Literal["bilateral", "multi-party", "linked"]

Sheet: TypeAlias = Mapping[str, tuple[int, Sequence[int]]]
"""By issue, how much it weighs and the share from 0 to 100 that each option earns."""

DRAWN = "drawn:"
"""What stands before the name of such a domain: `drawn:bilateral-zone-1`."""

ROUNDS = 20

ROOM = 20
"""Points that each party of a domain with a zone gains at the best deal for the worst off; less where there are not so many."""

SHORT = 2
"""Points that somebody falls short by, of any deal, in a domain without a zone."""

BONUS = 4
"""Points that a link between two tables adds for the party that sits at both."""

NAMES = {"north": "North Works", "south": "South Stores", "east": "East Line", "west": "West Yards"}

ISSUES = {"price": "Price", "delivery": "Delivery", "warranty": "Warranty", "volume": "Volume"}

TURN = -91
"""The turn of the dice of a domain: no turn of a game."""


@dataclass(frozen=True)
class Drawn:
    """What a drawn domain is.

    Attributes
    ----------
    zone
        Whether there is a deal at which everybody gains.
    number
        Which of its kind, from 1.
    turned
        Whether the parties stand, and act, in reverse order.
    """

    kind: Kind
    zone: bool
    number: int
    turned: bool = False

    @property
    def name(self) -> str:
        """The name of the domain."""
        turned = "-turned" if self.turned else ""
        return f"{DRAWN}{self.kind}-{'zone' if self.zone else 'none'}-{self.number}{turned}"


def drawn(name: str) -> Case:
    """Return the domain of this name.

    Raises
    ------
    SetupError
        When none is called so.
    """
    bare, turned = name.removeprefix(DRAWN).removesuffix("-turned"), name.endswith("-turned")
    kind, _, rest = bare.replace("multi-party", "multi_party").partition("-")
    zone, _, number = rest.partition("-")
    whole = kind.replace("_", "-")
    if whole not in KINDS or zone not in ("zone", "none") or not number.isdecimal():
        raise SetupError(
            f"{name}: no such domain of the benchmark; possible: {DRAWN}bilateral-zone-1 and others like it"
        )
    return _case(Drawn(whole, zone == "zone", int(number), turned))  # type: ignore[arg-type]  # one of the kinds


@lru_cache(maxsize=256)
def _case(domain: Drawn) -> Case:
    return loads(dump(document(domain)), domain.name)


def document(domain: Drawn) -> dict[str, Any]:
    """Return a domain as the content of a scenario file."""
    dice = Dice(domain.number, list(KINDS).index(domain.kind) * 2 + domain.zone, TURN)
    seats = KINDS[domain.kind](dice)
    parties = list(dict.fromkeys(party for some in seats.values() for party in some))
    tables, sheets, rests = _tables(dice, seats, zone=domain.zone)
    links = list(_links(tables, parties, seats))
    order = list(reversed(parties)) if domain.turned else parties
    return {
        "format": "negotiation-scenario/1",
        "id": f"{domain.kind}-{'zone' if domain.zone else 'none'}-{domain.number}{'-turned' if domain.turned else ''}",
        "title": f"A domain of the benchmark ({domain.kind}, {domain.number})",
        "disclaimer": "Companies and scores are fictional.",
        "public_brief": "Some offices talk about a contract. Each of them may also leave it.",
        "clock": {"rounds": ROUNDS, "delay_cost_per_round": dict.fromkeys(order, 0.1)},
        "parties": {party: {"name": NAMES[party]} for party in order},
        "tables": {name: {**table, "if_unsigned": {"adjust": rests[name]}} for name, table in tables.items()},
        "preferences": {party: _written(tables, sheets[party]) for party in order},
        "links": links,
    }


def _pair(_dice: Dice) -> dict[str, tuple[str, ...]]:
    return {"contract": ("north", "south")}


def _many(dice: Dice) -> dict[str, tuple[str, ...]]:
    return {"contract": tuple(NAMES)[: 3 + dice.below(2)]}


def _chain(dice: Dice) -> dict[str, tuple[str, ...]]:
    row = tuple(NAMES)[: 3 + dice.below(2)]
    return {f"{one}_{other}": (one, other) for one, other in pairwise(row)}


KINDS: Mapping[str, Callable[[Dice], dict[str, tuple[str, ...]]]] = {
    "bilateral": _pair,
    "multi-party": _many,
    "linked": _chain,
}
"""Who sits at which table, by kind of domain: two at one, three or four at one, three or four in a row of tables of two."""


def _tables(
    dice: Dice, seats: Mapping[str, tuple[str, ...]], *, zone: bool
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Sheet]], dict[str, dict[str, int]]]:
    """Return the tables, by party and table its sheet, and by table the points of leaving it unsigned."""
    tables: dict[str, dict[str, Any]] = {}
    sheets: dict[str, dict[str, Sheet]] = {}
    rests: dict[str, dict[str, int]] = {}
    for name, there in seats.items():
        issues = list(ISSUES)[: 4 if len(seats) == 1 else 3]
        options = {issue: 3 + dice.below(3 if len(there) == 2 and len(seats) == 1 else 1) for issue in issues}
        tables[name] = {
            "title": f"Contract of {' and '.join(NAMES[party] for party in there)}",
            "signers": {"always": list(there)},
            "issues": {
                issue: {"title": ISSUES[issue], "options": {f"o{n}": f"{ISSUES[issue]} {n + 1}" for n in range(many)}}
                for issue, many in options.items()
            },
        }
        weights = {
            party: _weights(dice, len(issues), 100 // sum(party in some for some in seats.values())) for party in there
        }
        mine = {
            party: {
                issue: (weights[party][k], _shares(dice, many, number, facing=len(there) == 2))
                for k, (issue, many) in enumerate(options.items())
            }
            for number, party in enumerate(there)
        }
        for party, sheet in mine.items():
            sheets.setdefault(party, {})[name] = sheet
        rests[name] = _rests(mine, zone=zone)
    return tables, sheets, rests


def _weights(dice: Dice, many: int, total: int) -> list[int]:
    """Return whole weights that add up to `total`, none below 4."""
    parts = [4 + dice.below(20) for _ in range(many)]
    scaled = [max(4, part * total // sum(parts)) for part in parts]
    scaled[scaled.index(max(scaled))] += total - sum(scaled)
    return scaled


def _shares(dice: Dice, many: int, seat: int, *, facing: bool) -> list[int]:
    """Return what each option earns: for two who face each other rising for the one and falling for the other, else in any order."""
    inner = sorted(10 + dice.below(81) for _ in range(many - 2))
    row = [0, *inner, 100]
    if facing:
        return row if seat else row[::-1]
    for at in range(many - 1, 0, -1):
        other = dice.below(at + 1)
        row[at], row[other] = row[other], row[at]
    return row


def _rests(sheets: Mapping[str, Sheet], *, zone: bool) -> dict[str, int]:
    """Return the points of leaving a table unsigned: `ROOM` below the best deal for all, or above what any deal gives to all."""
    deals = list(_deals(sheets))
    best = max(deals, key=lambda points: (min(points), sum(points)))
    if zone:
        room = ROOM * 100 if min(best) > 2 * ROOM * 100 else min(best) // 2
        return {party: (points - room) // 100 for party, points in zip(sheets, best, strict=True)}
    rest = [min(points // 100, 100 - ROOM) for points in best]
    while any(
        all(got >= (least - BONUS - SHORT) * 100 for got, least in zip(points, rest, strict=True)) for points in deals
    ):
        rest[rest.index(min(rest))] += 1
    return dict(zip(sheets, rest, strict=True))


def _deals(sheets: Mapping[str, Sheet]) -> Iterator[tuple[int, ...]]:
    """Yield the points of every deal of a table for each party, times 100."""
    rows = [[[weight * share for share in shares] for weight, shares in sheet.values()] for sheet in sheets.values()]
    for deal in product(*(range(len(shares)) for _, shares in next(iter(sheets.values())).values())):
        yield tuple(sum(row[k][n] for k, n in enumerate(deal)) for row in rows)


def _links(
    tables: Mapping[str, Mapping[str, Any]], parties: Sequence[str], seats: Mapping[str, tuple[str, ...]]
) -> Iterator[dict[str, Any]]:
    """Yield the links: who sits at two tables gains or loses by the same delivery at both."""
    for number, (one, other) in enumerate(pairwise(tables)):
        (both,) = (party for party in parties if party in seats[one] and party in seats[other])
        for option, points in (("o0", BONUS), ("o2", -BONUS)):
            when = {f"{one}.delivery": [option], f"{other}.delivery": [option]}
            yield {"id": f"L{number}{option}", "when": when, "effect": {both: points}}


def _written(tables: Mapping[str, Mapping[str, Any]], sheets: Mapping[str, Sheet]) -> dict[str, Any]:
    return {
        f"{name}.{issue}": {
            "weight": weight,
            "scores": dict(zip(tables[name]["issues"][issue]["options"], shares, strict=True)),
        }
        for name, sheet in sheets.items()
        for issue, (weight, shares) in sheet.items()
    }
