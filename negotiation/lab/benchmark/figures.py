"""The figures of a benchmark, kept apart: each a sum over another, by block, so that all are resampled alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from negotiation.lab.benchmark.comparisons import side
from negotiation.lab.checksum_lines import Row


@dataclass(frozen=True)
class Meaning:
    """What a figure is to people.

    Attributes
    ----------
    group
        Which of the figures that are kept apart it belongs to.
    share
        Whether it is read in per cent.
    more
        Whether more of it is better.
    decimals
        How many are worth showing.
    """

    group: str
    title: str
    about: str
    share: bool = True
    more: bool = True
    decimals: int = 0


FIGURES: Mapping[str, Meaning] = {
    "surplus": Meaning("surplus", "own surplus", "gain as a share of the most the seat could gain while nobody loses"),
    "joint": Meaning("surplus", "joint surplus", "gains of all as a share of the most they could gain together"),
    "agreed": Meaning("agreement", "agreed, zone", "something was signed where everybody could gain"),
    "refrained": Meaning("agreement", "refrained, no zone", "nothing was signed where not everybody could gain"),
    "below": Meaning("agreement", "signed a loss", "seats that signed and ended below signing nothing", more=False),
    "weights_error": Meaning(
        "beliefs", "weights, error", "root mean squared error of stated weights", share=False, more=False, decimals=3
    ),
    "weights_unlearnt": Meaning(
        "beliefs", "even weights, error", "the error of who knows nothing", share=False, more=False, decimals=3
    ),
    "weights_order": Meaning("beliefs", "weights, τ", "Kendall's τ of the stated order", share=False, decimals=2),
    "types_error": Meaning(
        "beliefs", "types, Brier", "Brier score of stated types", share=False, more=False, decimals=3
    ),
    "types_unlearnt": Meaning(
        "beliefs", "odds, Brier", "the score of the declared odds", share=False, more=False, decimals=3
    ),
    "types_right": Meaning("beliefs", "types right", "the likeliest type was the true one"),
    "lost": Meaning(
        "rules", "lost turns", "turns lost in a game: acts refused, or failures", share=False, more=False, decimals=2
    ),
    "unsaid": Meaning("rules", "failed to speak", "seats that failed to say what they wanted", more=False),
    "truthful": Meaning(
        "honesty", "true statements", "statements about itself that its sheet bears out, of those it decides"
    ),
    "kept": Meaning("honesty", "kept promises", "promises and threats kept, of those kept or broken"),
}
"""All figures by name, in the order of a table; how each is defined, see docs/benchmark.md."""

GROUPS: Mapping[str, str] = {
    "surplus": "Surplus",
    "agreement": "Agreement where there is a zone, and none where there is none",
    "beliefs": "Beliefs about the others",
    "rules": "Breaches of the rules",
    "honesty": "Honesty of what was said",
}
"""The groups by name, in order, and what people read."""

BY_ROUND = tuple(name for name, meaning in FIGURES.items() if meaning.group == "beliefs")
"""The figures that are read after every round."""

KINDS = {"weights": ("error", "order", "unlearnt"), "types": ("error", "right", "unlearnt")}
"""What the sums of a reading are, by kind."""

Key = tuple[str, int]
"""A figure, and the round after which it was read; 0: over all."""

Parts = dict[tuple[Key, str, str], list[tuple[float, float]]]
"""By figure, block and agent: what was summed, and what it is divided by, game by game."""


def parts(rows: Sequence[Row]) -> Parts:
    """Return all that the figures are sums of; games that could not be played are in none."""
    found: Parts = defaultdict(list)
    for row in rows:
        if "error" in row:
            continue
        for number in (0, 1):
            for name, at, top, under in (*_ends(row, number), *_beliefs(row, number)):
                found[(name, at), row["block"], row["pair"][number]].append((top, under))
    return found


def _ends(row: Row, number: int) -> Iterator[tuple[str, int, float, float]]:
    """Yield what a game says of the agent of a side, beliefs apart."""
    gains, possible = side(row, number, "gains"), side(row, number, "possible")
    able = [gain / best for gain, best in zip(gains, possible, strict=True) if best > 0]
    if row["zone"]:
        yield "surplus", 0, sum(able), len(able)
        yield "joint", 0, row["joint"], 1
        yield "agreed", 0, row["signed"] > 0, 1
    else:
        yield "refrained", 0, row["signed"] == 0, 1
    yield "below", 0, sum(side(row, number, "below")), len(gains)
    yield "lost", 0, sum(side(row, number, "lost")), 1
    if row["talk"]:
        yield "unsaid", 0, sum(bool(why) for why in side(row, number, "unsaid")), len(gains)
        said = {name: sum(values[number::2]) for name, values in row["honesty"].items()}
        yield "truthful", 0, said["true"], said["true"] + said["false"]
        yield "kept", 0, said["kept"], said["kept"] + said["broken"]


def _beliefs(row: Row, number: int) -> Iterator[tuple[str, int, float, float]]:
    for kind, readings in row["beliefs"].items():
        for who, at, many, *sums in readings:
            if who == number:
                for name, total in zip(KINDS[kind], sums, strict=True):
                    yield f"{kind}_{name}", 0, total, many
                    yield f"{kind}_{name}", at, total, many
