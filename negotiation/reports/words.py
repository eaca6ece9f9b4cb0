"""Wordings that stand in more than one report: parties, outcomes, solutions, and how points lie to others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from negotiation.actions import MEDIATOR
from negotiation.case import BASE
from negotiation.rounding import plain, rounded, shown
from negotiation.scenario import Scenario

KINDS = {
    "first": ("first offer", "nothing to compare it with"),
    "concession": ("gave way", "fewer points for itself, not fewer for the others: a concession"),
    "trade": ("traded", "the same points for itself, others for the others: a trade, or log-rolling"),
    "fortunate": ("better for all", "more for itself and for the others: a fortunate step"),
    "silent": ("repeated", "nobody's points change: a silent step"),
    "step back": ("took back", "more for itself, not more for the others: a selfish step"),
    "unfortunate": ("worse for all", "fewer for itself and for the others: an unfortunate step"),
}
"""What an offer is against the same party's offer before at that table, in a word and in a sentence."""
FRONTIER_HELP = (
    "Dots: outcomes that nobody of them can improve on without costing another of them (the Pareto frontier). "
    "Shaded: one of the two is worse off than with everything unsigned."
)
OTHERS = "The others may lose by it, but sign no table that, taken alone, is worth less to them than unsigned."
LEFT_HELP = (
    "What this outcome is short of the Pareto frontier: the best that could be had for all at once. "
    "In hindsight, with every sheet open; points without the cost of delay."
)
CREATED_HELP = (
    "Value created and value claimed. Points of different parties are added up, so the sums are only as good as "
    "their scales compare."
)
COURSE_HELP = (
    "Who asked for whose signature is the sociomatrix of Moreno (1934) with offers as choices. Value created is the sum "
    "of what all gained by what was signed, value claimed each one's part (Lax and Sebenius 1986). Without the cost of delay."
)

TRADED_HELP = (
    "Logrolling: each gives way on what matters less to it (Froman and Cohen 1970). 0 % is splitting every contested "
    "issue, 100 % is every issue going where it is worth most. Links and issues that decide who signs are left out."
)
KINDS_HELP = " ".join(f"**{name}**: {what}." for name, what in KINDS.values())


def all_of(names: Sequence[str], last_but: str = "and") -> str:
    """Return names as people say them: `Renault, Nissan and Google`."""
    *first, last = names
    return f"{', '.join(first)} {last_but} {last}" if first else last


def short(scenario: Scenario, party: str) -> str:
    """Return a party's name without what stands in brackets."""
    if party == MEDIATOR:
        return "The mediator"
    return scenario.parties[party].title.partition(" (")[0] if party in scenario.parties else party


def short_title(scenario: Scenario, table: str) -> str:
    """Return a table's title as short as the case says it."""
    return scenario.tables[table].label


def kind(name: str) -> str:
    """Return a type of a party as people say it: `float pressed`; `as usual` for the one without a name of its own."""
    return "as usual" if name == BASE else name.replace("_", " ")


def pointed(value: float, decimals: int) -> str:
    """Return points with their noun: `58.2 points`, `1 point`."""
    told = shown(value, decimals)
    return f"{told} {'point' if told == '1' else 'points'}"


def exactness(epsilon: float) -> str:
    """Return in words how far a frontier may be from the true one."""
    return f"approximate: nobody loses more than {plain(epsilon, 3)} points against it" if epsilon else "exact"


def below_frontier(beaten: int, equal: float, names: str, decimals: int) -> str:
    """Return how an outcome lies to a frontier: `3 outcomes of it are better …; in one each has 4.2 more`."""
    if not beaten:
        return f"Of {names}, nobody could have had more than this without costing another of them."
    how = "One outcome on the frontier is" if beaten == 1 else f"{beaten:,} outcomes on the frontier are"
    told = f"{how} better than this for at least one of {names} and worse for none of them"
    if not rounded(equal, decimals):
        return f"{told}."
    return f"{told}; in one of them each has at least **{pointed(equal, decimals)} more**."


def titled(scenario: Scenario, key: str) -> str:
    """Return the title of an issue `table.issue`, or of a table."""
    name, _, issue = key.partition(".")
    table = scenario.tables[name]
    return table.issues[table.by_name[issue]].title if issue else table.title


def terms(scenario: Scenario, name: str, deal: Mapping[str, str] | None) -> str:
    """Return the terms of a deal, options by issue, in full; `not signed` if there is none."""
    if not deal:
        return "not signed"
    return "; ".join(f"{i.title}: {i.texts[i.number(deal[i.name])]}" for i in scenario.tables[name].issues)


def unsourced(note: str) -> str:
    """Return a note of a case's author without the keys of its sources, which stand in the file: `(S16, P6-P10)`."""
    key = r"[SP]\d+(?:[-–][SP]?\d+)?"
    return re.sub(rf"\s*\({key}(?:[,; ]+{key})*\)", "", note)


def gained(value: float, decimals: int) -> str:
    """Return a gain, to one more decimal where it would be said to be nothing."""
    return shown(value, decimals if rounded(value, decimals) else decimals + 1)
