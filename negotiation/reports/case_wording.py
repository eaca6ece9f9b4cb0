"""The wording of a report: how it names the parties of a case, and points to the decimals its reader wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from negotiation.analysis.improvements import Improvement
from negotiation.language import decimal, tr
from negotiation.reports.blocks import Parties
from negotiation.reports.words import about, all_of, clauses, gained, listed, short, short_title
from negotiation.rounding import apart, shown
from negotiation.scenario import Scenario


@dataclass(frozen=True)
class Reader:
    """Whose case it is and to how many decimals points are said."""

    scenario: Scenario
    decimals: int

    def who(self, *parties: str) -> Parties:
        """Return parties as a table shows them, each in its colour."""
        order = list(self.scenario.parties)
        return Parties(tuple(short(self.scenario, p) for p in parties), tuple(order.index(p) for p in parties))

    def names(self, parties: Sequence[str]) -> str:
        """Return parties in words."""
        return all_of([short(self.scenario, party) for party in parties])

    def points(self, value: float) -> str:
        """Return points."""
        return decimal(shown(value, self.decimals).replace("-", "−"))

    def gain(self, value: float) -> str:
        """Return a difference in points, with its sign."""
        return decimal(shown(value, self.decimals, signed=True).replace("-", "−"))

    def against(self, value: float, other: float) -> str:
        """Return points with what they are above or below others: `82.8 (+40.9)`."""
        return f"{self.points(value)} ({self.gain(apart(value, other, self.decimals))})"

    def listed(self, points: Mapping[str, float]) -> str:
        """Return points by party in words: `Renault 82.8, Nissan 83.7`."""
        return listed(f"{short(self.scenario, party)} {self.points(value)}" for party, value in points.items())

    def better(self, one: Improvement) -> str:
        """Return a change nobody refuses: `Software: Who may use it: partners too (Renault +1.2, nobody worse)`."""
        table = self.scenario.tables[one.table]
        terms = clauses(
            about(issue.title, issue.texts[option])
            for issue, option in zip(table.issues, one.deal, strict=True)
            if issue.name in one.changed
        )
        gains = listed(f"{self.names([p])} +{gained(gain, self.decimals)}" for p, gain in one.gains.items())
        place = short_title(self.scenario, one.table)
        if len(one.changed) == len(table.issues):
            return tr("**{table}**: all of it: {terms} ({gains}, nobody worse)", table=place, terms=terms, gains=gains)
        return tr("**{table}**: {terms} ({gains}, nobody worse)", table=place, terms=terms, gains=gains)

    def gains(self, gains: Iterable[tuple[str, float]]) -> str:
        """Return differences by party in words, without those that are none."""
        told = [f"{short(self.scenario, party)} {self.gain(value)}" for party, value in gains if round(value, 9)]
        return listed(told) or tr("nobody's points change")
