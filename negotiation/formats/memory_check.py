"""An estimate of the memory that a case would take, from its file, before anything is listed.

What counts is what is enumerated: every deal of every table, once for the rules and once for each party.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from negotiation.errors import ScenarioError
from negotiation.formats.schema import LinkModel, ScenarioFile
from negotiation.table import LARGEST_TABLE, tables_of

LARGEST = 2 * 2**30
"""Bytes that a case may take on one's own machine."""

LARGEST_UPLOADED = 128 * 2**20
"""Bytes that a case may take on a server, where others play too: about 450,000 deals of two parties."""

A_DEAL, AN_ISSUE, A_PARTY, A_ROLE, A_LINK = 160, 12, 40, 8, 8
"""Bytes for each deal in one round of agents: its number, its options, by party what bids are chosen from (as much again
with links), by private type its points, by link and party whether it is met. Measured: 236 to 416 a deal where this says
276 to 480 (2 parties; 3 to 20 issues; 0.2 to 2 million deals)."""


def check_size(file: ScenarioFile, parties: Collection[str], most: int) -> None:
    """Raise `ScenarioError` if a case would list too much.

    Raises
    ------
    ScenarioError
        When one table has too many deals, or all of them take more than `most` bytes.
    """
    deals = {}
    for name, table in file.tables.items():
        deals[name] = 1
        for issue in table.issues.values():
            deals[name] *= len(issue.options)
        if deals[name] > LARGEST_TABLE:
            raise ScenarioError(f"tables.{name}: {deals[name]:,} deals, must be at most {LARGEST_TABLE:,}")
    if (bytes_needed := memory(file, parties, deals)) > most:
        raise ScenarioError(
            f"tables: {sum(deals.values()):,} deals at {len(deals)} tables for {len(parties)} parties take about "
            f"{bytes_needed // 2**20:,} MiB of memory, must be at most {most // 2**20:,}"
        )


def memory(file: ScenarioFile, parties: Collection[str], deals: Mapping[str, int]) -> int:
    """Return about how many bytes one round of agents takes, from the number of deals of every table."""
    roles = sum(len(file.types.get(party, ())) or 1 for party in parties)
    linked = [(link, party) for link in file.links for party in link.effect if party in parties]
    total = 0
    for name, table in file.tables.items():
        here = [party for link, party in linked if name in _named(link)]
        each = A_DEAL + AN_ISSUE * len(table.issues) + A_PARTY * (len(parties) + len(set(here))) + A_ROLE * roles
        total += deals[name] * (each + A_LINK * len(here))
    return total


def _named(link: LinkModel) -> tuple[str, ...]:
    return tables_of({key: tuple(options) for key, options in link.when.items()})
