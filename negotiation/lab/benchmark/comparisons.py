"""Who did better in the same chair: two agents on the same side of a domain, with the same dice, against the same others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from negotiation.lab.benchmark.ratings import Reals
from negotiation.lab.checksum_lines import Row

ALIKE = 1e-9
"""Shares that differ by no more are a tie."""


def side(row: Row, number: int, name: str) -> list[float]:
    """Return one entry of a row for the seats of a side: 0 has the first, third ... seat, 1 the others."""
    values: list[float] = row[name][number::2]
    return values


def worth(row: Row, number: int) -> float:
    """Return what a side got: the mean over its seats of the gain as a share of the largest that seat could dream of."""
    shares = [
        gain / best if best > 0 else gain
        for gain, best in zip(side(row, number, "gains"), side(row, number, "ideal"), strict=True)
    ]
    return round(sum(shares) / len(shares), 9)


def compared(rows: Sequence[Row], blocks: Sequence[str], agents: Sequence[str]) -> tuple[Reals, Reals]:
    """Return by block how often each agent did better than each other, and as well: two arrays (blocks, agents, agents).

    Games that could not be played compare nobody.
    """
    at, place = ({name: n for n, name in enumerate(names)} for names in (blocks, agents))
    chairs: dict[tuple[str, str, str, int, str], dict[str, float]] = defaultdict(dict)
    for row in rows:
        if "error" not in row:
            for number in (0, 1):
                chair = row["block"], row["domain"], row["talk"], number, row["pair"][1 - number]
                chairs[chair][row["pair"][number]] = worth(row, number)
    better, ties = (np.zeros((len(blocks), len(agents), len(agents))) for _ in range(2))
    for (block, *_), got in chairs.items():
        _count(got, place, better[at[block]], ties[at[block]])
    return better, ties


def _count(got: Mapping[str, float], place: Mapping[str, int], better: Reals, ties: Reals) -> None:
    """Count all pairs of agents that sat in one chair."""
    for one, mine in got.items():
        for other, theirs in got.items():
            if one != other and abs(mine - theirs) <= ALIKE:
                ties[place[one], place[other]] += 1
            elif mine > theirs:
                better[place[one], place[other]] += 1
