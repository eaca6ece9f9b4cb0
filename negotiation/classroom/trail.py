"""The audit trail of a class in words: who changed what, in one sentence a fact."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.classroom.sessions import Fact, Session
from negotiation.scenario import Scenario
from negotiation.table import UNSIGNED, Table


def told(session: Session, fact: Fact, scenario: Scenario) -> str:
    """A fact of a class as a sentence; people go by the name they have in `session`, all else as the case calls it."""
    match fact["kind"]:
        case "joined":
            return f"{_name(session, fact['person'])} joined"
        case "renamed":
            return f"somebody is now called {fact['name']}"
        case "seated" if fact["party"]:
            return f"{_name(session, fact['person'])} sits in {_group(session, fact)} for {_party(scenario, fact)}"
        case "seated":
            return f"{_name(session, fact['person'])} observes {_group(session, fact)}"
        case "swapped":
            return f"{_name(session, fact['one'])} and {_name(session, fact['other'])} have each other's place"
        case "phase":
            return f"the class is in the phase {fact['phase']}"
        case "extended":
            sign = "more" if fact["seconds"] >= 0 else "less"
            return f"{abs(fact['seconds']) / 60:g} min {sign} on the clock"
        case "corrected":
            return f"the outcome of {_group(session, fact)} is corrected: {outcome_of(fact, scenario)}. Reason: {fact['why']}"
        case "given":
            return f"{fact['account']} was added to those who see this class"
        case "withdrawn":
            return f"{fact['account']} does not see this class any more"
        case "together" if fact["allowed"]:
            return "several people may take places with one device"
        case "together":
            return "one device takes one place"
        case "exported":
            return f"data were taken away: {fact['what']}, with {'names' if fact['names'] else 'pseudonyms'}"
        case "taken" | "handed back" as kind:
            who = "an agent plays" if kind == "taken" else "people have back"
            return f"{who} {_party(scenario, fact)} in {_group(session, fact)}"
        case kind if kind in OF_PEOPLE:
            return f"{_name(session, fact['person'])} {OF_PEOPLE[kind]}"
        case kind if kind in OF_GROUPS:
            return f"{_group(session, fact)} {OF_GROUPS[kind]}"
        case kind:
            return PLAIN.get(kind, str(kind))


def author(session: Session, fact: Fact) -> str:
    """Who brought a fact about: a person of the class, the clock, or an account."""
    by = str(fact["by"])
    return session.people[by].name if by in session.people else by


OF_PEOPLE = {
    "unseated": "waits in the lobby",
    "left": "left the class",
    "returned": "came back",
    "prepared": "handed in a preparation sheet",
    "device": "was given a code for another device",
    "revoked": "was logged out on all devices",
}

OF_GROUPS = {"grouped": "was opened", "ungrouped": "was closed", "group opened": "was looked into"}

PLAIN = {
    "paused": "the clock was stopped",
    "resumed": "the clock goes on",
    "code opened": "a new join code was opened",
    "code closed": "the join code was closed",
}


def _name(session: Session, person: str) -> str:
    return session.people[person].name if person in session.people else "somebody"


def _group(session: Session, fact: Fact) -> str:
    group = fact["group"]
    return f"group {session.groups[group].number}" if group in session.groups else "a group"


def _party(scenario: Scenario, fact: Fact) -> str:
    return scenario.parties[fact["party"]].title


def outcome_of(fact: Fact, scenario: Scenario) -> str:
    """What a correction puts on record, table by table, in the words of the case."""
    told = []
    for name, deal in fact["outcome"].items():
        table = scenario.tables[name]
        told.append(f"{table.title} ({UNSIGNED if deal is None else _terms(table, deal)})")
    return ", ".join(told)


def _terms(table: Table, deal: Mapping[str, object]) -> str:
    pairs = zip(table.issues, table.parse(deal), strict=True)
    return "; ".join(f"{issue.title}: {issue.texts[option]}" for issue, option in pairs)
