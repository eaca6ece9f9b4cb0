"""Batches and tournaments as the functions of this package return them: in a line, as data frames and as charts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from negotiation.errors import LogError, SetupError, unknown
from negotiation.lab import charts
from negotiation.lab.checksum_lines import Row
from negotiation.lab.results import Results
from negotiation.lab.standings import Report
from negotiation.lab.summary import summarise
from negotiation.notebook import Chart
from negotiation.plural import counted
from negotiation.reports.blocks import Figure

if TYPE_CHECKING:
    import pandas as pd


class Batch(Results):
    """The folder of a batch, opened: `.frame()` is a pandas data frame of all runs, `.dataset()` an Arrow data set."""

    def __repr__(self) -> str:
        """Return a line that says how much of the plan is there."""
        try:
            there = self.dataset().count_rows()
        except LogError:
            there = 0
        return f"<Batch {self.out}: {there:,} of {counted(len(self.runs), 'run')} of {', '.join(self.runs.cases)}>"

    def plot(self, case: str = "", by: str = "lineup") -> Chart:
        """Return everybody's mean gain with 95 % intervals, by the values of a column.

        Parameters
        ----------
        case
            A case of the plan; the first one if left out.

        Raises
        ------
        LogError, SetupError
            When nothing is finished, or there is no such case or column.
        """
        cases = self.runs.cases
        name = case or next(iter(cases))
        if name not in cases:
            raise SetupError(f"{self.out}: {unknown('case', name, cases)}")
        spec = partial(charts.gains, cases[name], summarise(self, by))
        return Chart(Figure(f"{cases[name].scenario.title}: mean gains by {by}", f"{name}-gains", spec, ""))


@dataclass(frozen=True, repr=False)
class Tournament:
    """A tournament: the `report` with standings best first, and the `rows` of all games."""

    report: Report
    rows: list[Row]

    def __repr__(self) -> str:
        """Return a line that says who plays and who is first."""
        first = f", {self.report.standings[0].name} first" if self.report.standings else ""
        return f"<Tournament of {counted(len(self.report.names), 'strategy', 'strategies')}, {counted(len(self.rows), 'game')}{first}>"

    def frame(self) -> pd.DataFrame:
        """Return a row for each strategy, best first: share of the possible gain, half its 95 % interval, and more."""
        import pandas as pd

        rows: dict[str, dict[str, Any]] = {
            one.name: {
                "share": one.share.mean,
                "half": one.share.half,
                "behind": one.behind and one.behind.mean,
                "points": one.points,
                "signed": one.signed,
                "nash_distance": one.nash_distance,
                "games": one.games,
                "lost": one.lost,
            }
            for one in self.report.standings
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")

    def plot(self) -> Chart:
        """Return the shares of all strategies, best first, with 95 % intervals."""
        spec = partial(charts.standings, self.report)
        return Chart(Figure("Gain as a share of the best a seat could have had", "standings", spec, ""))
