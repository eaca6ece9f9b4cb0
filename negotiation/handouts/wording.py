"""Rules and score sheets in plain words."""

from __future__ import annotations

from negotiation.preferences import Link
from negotiation.reports.words import all_of, short
from negotiation.rounding import plain
from negotiation.scenario import Scenario
from negotiation.table import Pattern, Table


def plus(points: float) -> str:
    """Return points with their sign: `+4`, `−0.5`."""
    return plain(points, sign=True).replace("-", "−")


def signing(scenario: Scenario, table: Table) -> str:
    """Return who has to sign a contract of a table, in sentences."""
    rules, told = table.signers, []
    if rules.always:
        told.append(f"{all_of([short(scenario, party) for party in rules.always])} must sign.")
    for party, issue, options in rules.when:
        place = table.issues[table.by_name[issue]]
        texts = all_of([place.texts[place.number(option)] for option in options], "or")
        told.append(f"{short(scenario, party)} must sign if {place.title} is {texts}.")
    if rules.of:
        among = all_of([short(scenario, party) for party in rules.of], "or")
        told.append(f"Besides, at least {rules.quorum} of {among} must sign.")
    if rules.least > 1:
        told.append(f"A contract needs at least {rules.least} signatures.")
    if table.affected:
        others = all_of([short(scenario, party) for party in table.affected])
        told.append(f"{others} may have points at stake here without a signature.")
    return " ".join(told)


def rights(scenario: Scenario, table: Table, party: str) -> str:
    """Return what one party's signature counts at a table, in a sentence."""
    rules = table.signers
    if party in rules.always:
        return "Nothing binds without your signature."
    when = [(issue, options) for who, issue, options in rules.when if who == party]
    if when:
        told = [
            f"{place.title} is {all_of([place.texts[place.number(option)] for option in options], 'or')}"
            for issue, options in when
            for place in [table.issues[table.by_name[issue]]]
        ]
        return f"Your signature is needed if {all_of(told, 'or')}."
    if party in rules.of:
        return f"You are one of {len(rules.of)}, of whom {rules.quorum} must sign."
    if party in table.affected:
        return "You cannot sign, but what is agreed here may be worth points to you."
    return "You have no signature here."


def condition(scenario: Scenario, pattern: Pattern) -> str:
    """Return a pattern as a condition: `Stakes is “15/43” or “0/0” and Platforms is “common”`."""
    return all_of([f"{title} is {all_of(texts, 'or')}" for title, texts in scenario.stated(pattern, "“{}”")])


def linked(scenario: Scenario, link: Link, who: str) -> str:
    """Return a link in words: what happens, and whose points it moves (`**−7**`, or several parties) if what holds."""
    happens = f"{said} " if (said := link.says.get("en")) else ""
    return f"{happens}{who} if {condition(scenario, link.pattern)}."


def unsigned(scenario: Scenario, table: Table) -> str:
    """Return what holds as long as nothing is signed at a table, in a sentence."""
    told = [
        f"{issue.title}: {issue.texts[issue.number(table.unsigned[issue.name])]}"
        for issue in table.issues
        if issue.name in table.unsigned
    ]
    words = f" ({'; '.join(told)})" if told else ""
    return f"Unsigned: {table.unsigned_means or 'nothing is agreed here'}{words}".rstrip(".") + "."
