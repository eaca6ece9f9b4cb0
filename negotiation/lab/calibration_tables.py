"""Tables of what became of beliefs: in Markdown, with how many readings stand behind each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from negotiation.analysis.calibration import calibration_error, reliability
from negotiation.lab.belief_readings import NOTHING_LEARNT, OrderReading, TypeReading, WeightReading
from negotiation.lab.calibration import Setting, watched

if TYPE_CHECKING:
    import pandas as pd

GAME = ("game", "case", "field", "talk")
"""The columns of a line that say in which game it was read."""


class Readings(NamedTuple):
    """All that was read in many games, a line each, as data frames."""

    types: pd.DataFrame
    weights: pd.DataFrame
    orders: pd.DataFrame


def gathered(settings: Iterable[Setting]) -> Readings:
    """Return what was read in all these games."""
    import pandas as pd  # half a second that others need not pay

    types: list[tuple[object, ...]] = []
    weights: list[tuple[object, ...]] = []
    orders: list[tuple[object, ...]] = []
    for setting in settings:
        onlooker = watched(setting)
        head = (setting.number, setting.case, setting.field, setting.talk)
        types += [(*head, *one) for one in onlooker.types]
        weights += [(*head, *one) for one in onlooker.weights]
        orders += [(*head, *one) for one in onlooker.orders]
    return Readings(
        pd.DataFrame(types, columns=[*GAME, *TypeReading._fields]),
        pd.DataFrame(weights, columns=[*GAME, *WeightReading._fields]),
        pd.DataFrame(orders, columns=[*GAME, *OrderReading._fields]),
    )


def counts(readings: Readings) -> Iterator[str]:
    """Yield how many games there are, and in how many of them something was read."""
    yield from _head("case", "players", "talk", "games with weights", "games with types")
    key = ["case", "field", "talk"]
    types = readings.types.groupby(key).game.nunique()
    for place, games in readings.weights.groupby(key).game.nunique().items():
        case, field, talk = place
        yield _line(case, field, talk or "none", f"{games:,}", f"{types.get(place, 0):,}")


def reliability_table(readings: pd.DataFrame) -> Iterator[str]:
    """Yield by model how often what it held likeliest was true, by how likely it held it."""
    yield from _head("model", "held likely at", "readings", "games", "mean of what was said", "came true")
    for model, mine in readings.groupby("model", sort=True):
        for one in reliability(mine.said.tolist(), mine.right.tolist()):
            games = mine[(mine.said > one.low) & (mine.said <= one.high)].game.nunique()
            span = f"{one.low:.0%} … {one.high:.0%}"
            yield _line(model, span, f"{one.many:,}", f"{games:,}", f"{one.said:.0%}", f"{one.right:.0%}")


def type_scores(types: pd.DataFrame, by: str) -> Iterator[str]:
    """Yield scores of beliefs about types by a column; those of who learns nothing stand beside them."""
    cells = ("readings", "Brier", "log score", "mean of what was said", "came true", "off by", "of those above 90 %")
    yield from _head(by, "model", *cells)
    for (place, model), mine in types.groupby([by, "model"], sort=True):
        off, sure = calibration_error(reliability(mine.said.tolist(), mine.right.tolist())), mine[mine.said > 0.9]
        above = f"{sure.right.mean():.0%} of {len(sure):,}" if len(sure) else "–"
        scores = f"{mine.brier.mean():.3f}", f"{mine.log.mean():.3f}", f"{mine.said.mean():.0%}"
        yield _line(place, model, f"{len(mine):,}", *scores, f"{mine.right.mean():.0%}", f"{off:.1%}", above)


def weight_scores(weights: pd.DataFrame, by: str) -> Iterator[str]:
    """Yield by a column the error of weights and the agreement of their order, of every model; even weights know nothing.

    Read where a party has made an offer at a table.
    """
    models = [NOTHING_LEARNT, *sorted({*weights.model} - {NOTHING_LEARNT})]
    yield from _head(by, "readings", *(f"{model}: RMSE, τ" for model in models))
    for place, mine in weights.groupby(by, sort=True):
        cells = []
        for model in models:
            one = mine[mine.model == model]
            cells.append(f"{one.error.mean():.3f}, {one.agreement.mean():+.2f}" if len(one) else "–")
        yield _line(place, f"{(mine.model == NOTHING_LEARNT).sum():,}", *cells)


def _head(*cells: str) -> tuple[str, str]:
    return _line(*cells), "|---" * len(cells) + "|"


def _line(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
