"""The case with something changed: other types, no links, one table alone; and what a wish would have cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from negotiation.case import Case
from negotiation.preferences import Preferences
from negotiation.scenario import Outcome, Scenario
from negotiation.table import tables_of


def sheets_of(case: Case, types: Mapping[str, str] | None = None) -> dict[str, Preferences]:
    """Return every party's preferences, with these types; the first of each party where none is given.

    Raises
    ------
    SetupError
        When there is no such party or type.
    """
    types = dict(types or {})
    for party, name in types.items():
        case.role(party, name)
    return {party: case.role(party, types.get(party)).preferences for party in case.roles}


def unlinked(sheets: Mapping[str, Preferences]) -> dict[str, Preferences]:
    """Return the preferences without links and totals between tables; those within a table stay."""
    return {
        party: replace(
            ours,
            links=tuple(link for link in ours.links if len(tables_of(link.pattern)) == 1),
            totals=tuple(total for total in ours.totals if len(total.tables) == 1),
        )
        for party, ours in sheets.items()
    }


def alone(
    scenario: Scenario, sheets: Mapping[str, Preferences], tables: Iterable[str]
) -> tuple[Scenario, dict[str, Preferences]]:
    """Return some tables as if there were no others: without the links, totals and constraints that name others."""
    kept = set(tables)
    small = replace(
        scenario,
        tables={name: table for name, table in scenario.tables.items() if name in kept},
        constraints=tuple(c for c in scenario.constraints if kept.issuperset(tables_of(c.pattern))),
    )
    return small, {
        party: replace(
            ours,
            scenario=small,
            sheets={key: sheet for key, sheet in ours.sheets.items() if key.partition(".")[0] in kept},
            adjust={name: points for name, points in ours.adjust.items() if name in kept},
            links=tuple(link for link in ours.links if kept.issuperset(tables_of(link.pattern))),
            totals=tuple(total for total in ours.totals if kept.issuperset(total.tables)),
        )
        for party, ours in sheets.items()
    }


@dataclass(frozen=True)
class Shortfall:
    """The points that a party lacks to be no worse off with an outcome than without.

    `at` by table it signs: against leaving that table alone. `overall`: against nothing being signed anywhere.
    """

    at: Mapping[str, float]
    overall: float


def shortfalls(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome) -> dict[str, Shortfall]:
    """Return what each party lacks to sign its part of an outcome: 0 where it would sign as things are."""
    found = {}
    for party, ours in sheets.items():
        points = ours.score(outcome)
        lacks = {
            name: max(0.0, ours.score({**outcome, name: None}) - points)
            for name in scenario.at(party)
            if (deal := outcome.get(name)) is not None and scenario.tables[name].signs(party, deal)
        }
        found[party] = Shortfall(lacks, max(0.0, ours.score({}) - points))
    return found
