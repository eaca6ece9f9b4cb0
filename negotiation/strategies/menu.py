"""The choices of a policy, numbered, and the length of what it sees: the same at every table, in play and while it learns.

Not on the menu: to leave a table for good, to speak, to put several tables on one paper, and a second offer at a table in one
round. All else that the rules allow a party is: every paper it could sign or take back, every deal it could sign.
"""

from __future__ import annotations

from typing import NamedTuple

from negotiation.scenario import Scenario

LEVELS = 20
"""Offers by level: the deal that gains least among those of at least 1/20, 2/20 ... 20/20 of the best gain at the table."""

MOST_DEALS = 20_000
"""Deals beyond which a policy may not offer each of them by its number."""

HEAD, PER_TABLE, PER_PAPER = 4, 5, 6
"""Numbers seen of the talks, of every table, and of the paper of every party at every table."""

MOST_SEEN = 4.0
"""Bound of all that is seen."""

PASS = 0
"""The choice to let it be."""


class Menu(NamedTuple):
    """The sizes of a menu.

    The choices: pass; then by table and author sign that paper; likewise take back one's own paper or signature; then by
    table the offers by level; and with `deals` by table every deal, each table followed by one number that is never allowed.

    Attributes
    ----------
    parties, tables
        How many there are.
    deals
        How many deals all tables have, and one more for each of them; 0 where they are not offered by number.
    """

    parties: int
    tables: int
    deals: int

    @property
    def pairs(self) -> int:
        """Return how many tables and authors there are together."""
        return self.parties * self.tables

    @property
    def choices(self) -> int:
        """Return how many choices there are."""
        return 1 + 2 * self.pairs + LEVELS * self.tables + self.deals

    @property
    def seen(self) -> int:
        """Return how many numbers are seen."""
        return HEAD + self.parties + PER_TABLE * self.tables + PER_PAPER * self.pairs


def menu(scenario: Scenario, *, every_deal: bool) -> Menu:
    """Return the menu of a case."""
    deals = sum(table.size + 1 for table in scenario.tables.values()) if every_deal else 0
    return Menu(len(scenario.parties), len(scenario.tables), deals)
