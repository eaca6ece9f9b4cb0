"""The audit trail of a class in words: who changed what, in one sentence a fact (see `facts.Stamped.sentence`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from negotiation.classroom.facts import Extended, Fact, Terms
from negotiation.classroom.phases import Phase
from negotiation.classroom.sessions import Session
from negotiation.formats.questionnaires import said
from negotiation.language import phrase, tr
from negotiation.scenario import Scenario
from negotiation.table import UNSIGNED, Table


def told(session: Session, fact: Fact, scenario: Scenario) -> str:
    """Return a fact as a sentence; people go by the name they have in `session`, all else as the case calls it."""
    words = {one.name: _words(session, scenario, one.name, getattr(fact, one.name)) for one in fields(fact)}
    if isinstance(fact, Extended):
        words["minutes"] = f"{abs(fact.seconds) / 60:g}"
    return tr(fact.sentence(), **words)


def author(session: Session, fact: Fact) -> str:
    """Return the author of a fact: a person of the class, the clock, or an account."""
    return session.people[fact.by].name if fact.by in session.people else fact.by


def _words(session: Session, scenario: Scenario, name: str, value: object) -> object:
    """Return the words for a field of a fact."""
    match name, value:
        case "person" | "one" | "other", str(person):
            return session.people[person].name if person in session.people else phrase("somebody")
        case "group", str(group):
            if group not in session.groups:
                return phrase("a group")
            return phrase("group {n}", n=session.groups[group].number)
        case "party", str(party) if party:
            return scenario.parties[party].title
        case "phase", Phase():
            return tr(value.called).lower()
        case "questionnaire", str(name):
            return next((said(one.title) for one in session.settings.asked if one.id == name), name)
        case "what", str(what):
            return phrase(what)
        case "outcome", Mapping():
            return outcome_of(value, scenario)
    return value


def outcome_of(outcome: Terms, scenario: Scenario) -> str:
    """Return what a correction puts on record, table by table, in the words of the case."""
    told = []
    for name, deal in outcome.items():
        table = scenario.tables[name]
        told.append(f"{table.title} ({UNSIGNED if deal is None else _terms(table, deal)})")
    return ", ".join(told)


def _terms(table: Table, deal: Mapping[str, object]) -> str:
    pairs = zip(table.issues, table.parse(deal), strict=True)
    return "; ".join(f"{issue.title}: {issue.texts[option]}" for issue, option in pairs)
