"""The results of this package's functions: shown in a line, as data frames and as charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.analysis.figure_data import frontier_data
from negotiation.analysis.findings import Analysis, Picture
from negotiation.analysis.frontier import Frontier
from negotiation.case import Case
from negotiation.errors import SetupError, needs, unknown
from negotiation.formats.files import write_whole
from negotiation.game import Game
from negotiation.plural import counted
from negotiation.record import result
from negotiation.reports import analysis, ending, figure_files
from negotiation.reports.blocks import Figure
from negotiation.reports.case_wording import Reader
from negotiation.reports.frontier_figure import frontier_figures
from negotiation.reports.palette import ink
from negotiation.reports.words import short

if TYPE_CHECKING:
    import pandas as pd


SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
"""What notebooks draw; nothing in our figures is newer."""


class Chart:
    """A figure that shows itself in a notebook; `spec` is a Vega-Lite dictionary."""

    def __init__(self, figure: Figure) -> None:
        self.title = figure.title
        self.spec = figure_files.printable(figure.spec(ink(night=False)), figure.title)

    def __repr__(self) -> str:
        """Return a line that says what the chart shows."""
        return f"<Chart: {self.title}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Return the chart as notebooks take it: drawn for any, to be drawn for those that can."""
        return {
            "application/vnd.vegalite.v5+json": {**self.spec, "$schema": SCHEMA},
            "image/svg+xml": figure_files.svg(self.spec, "chart"),
            "text/plain": repr(self),
        }

    def save(self, path: Path | str) -> None:
        """Write the chart as SVG or PNG, according to the ending of `path`.

        Raises
        ------
        SetupError
            When the name ends otherwise, or the file cannot be written.
        """
        kinds = {
            ".svg": lambda: figure_files.svg(self.spec, "chart").encode(),
            ".png": lambda: figure_files.png(self.spec),
        }
        if (kind := Path(path).suffix.lower()) not in kinds:
            raise SetupError(f"{path}: {unknown('kind of file', kind, kinds)}")
        write_whole(Path(path), kinds[kind](), SetupError)


class Played(dict[str, Any]):
    """A game that is over, as one dictionary: what `negotiation run --json` prints; `game` is the game itself."""

    def __init__(self, game: Game) -> None:
        super().__init__(result(game))
        self.game = game

    def __repr__(self) -> str:
        """Return a line that says what was played and what came of it."""
        state = self.game.state
        signed = f"{len(state.bound)} of {counted(len(state.scenario.tables), 'table')} signed"
        return f"<Played {self['case']}, seed {self['seed']}: {signed} in {counted(state.rounds_played, 'round')}>"

    def frame(self) -> pd.DataFrame:
        """Return a row for each party: what it is called, strategy, private type, points, points unsigned and gain."""
        needs("pandas", "lab")
        import pandas as pd

        rows = {
            party: {
                "name": short(self.game.case.scenario, party),
                "strategy": self["seats"][party],
                "type": self["types"][party],
                "points": points,
                "unsigned": self["unsigned_scores"][party],
                "gain": round(points - self["unsigned_scores"][party], 6),
            }
            for party, points in self["scores"].items()
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("party")

    def plot(self) -> Chart:
        """Return everybody's points above or below leaving everything unsigned."""
        scenario = self.game.case.scenario
        return _first(ending.points(self.game, Reader(scenario, scenario.decimals)).blocks)


@dataclass(frozen=True, repr=False)
class Analyzed:
    """The analysis of a case: `report` has solutions, references, coalitions; `front` the frontier itself."""

    case: Case
    report: Analysis
    front: Frontier

    def __repr__(self) -> str:
        """Return a line that says whose frontier it is and how large."""
        who = ", ".join(self.report.parties)
        exact = "" if self.report.frontier.exact else ", not exact"
        return f"<Analyzed {self.case.name}: {counted(len(self.front), 'point')} on the frontier of {who}{exact}>"

    def frame(self) -> pd.DataFrame:
        """Return a row for each point: its kind (`frontier`, `solution`, `reference`, `unsigned`), name and points."""
        needs("pandas", "lab")
        import pandas as pd

        rows = [("frontier", "", *scores) for scores in self.front.points.tolist()]
        rows += [(mark.kind, mark.name, *mark.scores) for mark in analysis.marks(self.case, self._picture())]
        return pd.DataFrame(rows, columns=["kind", "name", *self.report.parties])

    def plot(self) -> Chart:
        """Return the frontier of the first two parties, the third as colour, with solutions and references.

        Raises
        ------
        SetupError
            When the analysis is about one party only.
        """
        picture = self._picture()
        names = [short(self.case.scenario, party) for party in picture.parties]
        marks = analysis.marks(self.case, picture)
        figures = frontier_figures(names, picture.points, picture.unsigned, marks, self.case.name, 1)
        if not figures:
            raise SetupError(f"{self.case.name}: a picture of a frontier needs two parties, here is {names[0]} only")
        return _first(figures)

    def _picture(self) -> Picture:
        outcomes = {name: one.outcome for name, one in self.case.references.items()}
        return frontier_data(self.case, self.front, outcomes)


def _first(blocks: Sequence[object]) -> Chart:
    """Return the first figure of some blocks."""
    return Chart(next(block for block in blocks if isinstance(block, Figure)))
