"""The titles and texts of a case in a language, its own where nobody has translated them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.table import Issue

OWN = "en"
"""The language of a case's titles."""


def translated(scenario: Scenario, language: str) -> Mapping[str, str]:
    """Return what a case is called in a language, by `table`, `table.issue`, `table.issue=option` and party; empty if unknown.

    It is what people call it first in that language, by the case's aliases; the titles of a case are its own language.
    """
    aliases = {} if language == OWN else scenario.aliases.get(language, {})
    return {key: names[0][:1].upper() + names[0][1:] for key, names in aliases.items() if names}


@dataclass(frozen=True, slots=True)
class Titles:
    """What the tables, issues, options and parties of a case are called by people."""

    scenario: Scenario
    language: str = "en"

    def _called(self, key: str, title: str) -> str:
        return translated(self.scenario, self.language).get(key, title)

    def _there(self, term: Term) -> Issue:
        table = self.scenario.tables[term.table]
        return table.issues[table.by_name[term.issue]]

    def party(self, name: str) -> str:
        """Return what a party is called when one speaks to it: without what its title explains in brackets."""
        return self._called(name, self.scenario.parties[name].title.partition(" (")[0])

    def table(self, name: str) -> str:
        """Return the title of a table, without what it explains in brackets."""
        return self._called(name, self.scenario.tables[name].title).partition(" (")[0]

    def issue(self, term: Term) -> str:
        """Return the title of an issue."""
        return self._called(f"{term.table}.{term.issue}", self._there(term).title)

    def option(self, term: Term) -> str:
        """Return the text of an option."""
        there = self._there(term)
        return self._called(f"{term.table}.{term.issue}={term.option}", there.texts[there.number(term.option)])
