"""A utility that is cut off above, written as a scenario file can: a link for every combination that is too much.

So nothing but the file knows of it: play, analysis and the compiled lab add links up anyway, and the sum is exact, since
`s + (1 - s)` is 1 in float64 for every s above 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from negotiation.errors import ScenarioError, figure

Choices: TypeAlias = Mapping[str, tuple[int, ...]]
"""By issue: the options that are worth the same."""

MOST_LINKS = 400
"""Links that one import makes at most; a scenario file takes 500."""

MOST_LOOKS = 10_000
"""Combinations that are added up at most; those far below the limit never are."""

ROUNDING, SLACK = 1e-9, 1e-12
"""Above the limit by no more than this is no more than weights such as 0.1 bring along; what sums in another order differ by."""


def excesses(source: str, points: Mapping[str, Sequence[float]], most: float) -> list[tuple[Choices, float]]:
    """Return the combinations of options worth more than `most` together, with the points that bring each down to it.

    Parameters
    ----------
    source
        What a message calls the profile.
    points
        By issue, in the order in which they are added up, the points of every option.

    Raises
    ------
    ScenarioError
        When there are more than can be written down.
    """
    levels = {issue: _levels(values) for issue, values in points.items()}
    found = []
    for number, (choices, total) in enumerate(_highest(list(levels.items()), most, {}, 0.0), 1):
        if total > most + ROUNDING:
            found.append((choices, most - total))
        if len(found) > MOST_LINKS or number > MOST_LOOKS:
            best = 0.0
            for values in points.values():
                best += max(values)
            raise ScenarioError(
                f"{source}: the best deal sums to {figure(best)}, and no utility counts above {most:g}: that cuts more than "
                f"{MOST_LINKS} combinations, too many for a case; --uncapped takes the sums as they are"
            )
    return found


def _levels(values: Sequence[float]) -> dict[float, tuple[int, ...]]:
    """Return the options by what they are worth, the best first."""
    return {worth: tuple(n for n, v in enumerate(values) if v == worth) for worth in sorted(set(values), reverse=True)}


def _highest(
    issues: list[tuple[str, dict[float, tuple[int, ...]]]], most: float, chosen: Choices, total: float
) -> Iterator[tuple[Choices, float]]:
    """Yield the extensions of some choices that may be above `most`, with their sums, added up as scores are."""
    if not issues:
        yield chosen, total
        return
    (issue, levels), rest = issues[0], issues[1:]
    possible = sum(next(iter(inner)) for _, inner in rest) + SLACK - ROUNDING
    for worth, options in levels.items():
        if total + worth + possible <= most:
            return
        yield from _highest(rest, most, {**chosen, issue: options}, total + worth)
