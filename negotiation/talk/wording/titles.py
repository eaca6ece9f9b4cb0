"""The titles and texts of a case in a language, its own where nobody has translated them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.table import Issue

OWN = "en"
"""The language of a case's titles."""


def translated(scenario: Scenario, language: str) -> Mapping[str, str]:
    """Return what a case is called in a language, by `table`, `table.issue`, `table.issue=option` and party; empty if unknown.

    It is what people call it first in that language, see `known_as`; the titles of a case are its own language.
    """
    known = {} if language == OWN else known_as(scenario, language)
    return {key: called[0][:1].upper() + called[0][1:] for key, called in known.items() if called}


def known_as(scenario: Scenario, language: str) -> Mapping[str, Sequence[str]]:
    """Return what people call things in a language: the aliases of a case, and its translated titles where it has none."""
    told = scenario.plain.translations.get(language, {})
    found: dict[str, Sequence[str]] = {}
    for address, text in told.items():
        section, _, rest = address.partition(".")
        name, _, part = rest.partition(".")
        if (section, part) in (("parties", "name"), ("tables", "title")):
            found[name] = (text.partition(" (")[0],)
        elif section in scenario.tables and not part:
            found[address] = (text,)
    return {**found, **scenario.aliases.get(language, {})}


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
