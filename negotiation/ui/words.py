"""The texts of the pages, in one place, and how numbers are said: never alone."""

from __future__ import annotations

from negotiation.scenario import Scenario
from negotiation.table import Pattern

TITLE = "Negotiation"
TAGLINE = "An open laboratory and game of multi-party negotiation"
FICTION = "All scores are fictional and made for teaching; no company has published a valuation."
LEVELS = {
    "easy": ("easy", "Easy: they give way early"),
    "fair": ("fair", "Fair: they give way evenly and look for what suits you"),
    "tough": ("tough", "Tough: they hold firm and read your mind"),
}
UNSIGNED_HELP = "What you keep if a table stays unsigned: the literature's reservation value, or BATNA."
ROUND_OVER = "The {unit} is over for you; the others go on."


def points(value: float, decimals: int) -> str:
    """Points to as many decimals as the scenario says."""
    return f"{value:.{decimals}f}"


def counted(number: int, noun: str) -> str:
    """`1 table`, `6 tables`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def change(value: float, decimals: int) -> str:
    """A difference in points as HTML, with its sign and colour."""
    if abs(value) < 0.5 * 10**-decimals:
        return f"<span class='dim'>±{points(0.0, decimals)}</span>"
    return f"<span class='{'up' if value > 0 else 'down'}'>{value:+.{decimals}f}</span>"


def against(value: float, what: str, decimals: int) -> str:
    """A difference in words: `20.1 above leaving it unsigned`."""
    if abs(value) < 0.5 * 10**-decimals:
        return f"the same as {what}"
    return f"{points(abs(value), decimals)} {'above' if value > 0 else 'below'} {what}"


def judged(value: float, what: str, decimals: int) -> str:
    """The same in colour, as HTML."""
    return f"<span class='{'up' if value > 0 else 'down'}'>{against(value, what, decimals)}</span>"


def stake(weight: float) -> str:
    """The weight of an issue, as short as it can be said."""
    return f"{weight:.4g}"


def condition(scenario: Scenario, pattern: Pattern) -> str:
    """A link's pattern in words: titles and options as people know them."""
    parts = []
    for key, options in pattern.items():
        table, _, issue = key.partition(".")
        there = scenario.tables[table]
        place = there.issues[there.by_name[issue]]
        names = [place.texts[place.options.index(o)] if o in place.options else "unsigned" for o in options]
        parts.append(f"{place.title}: {' or '.join(names)}")
    return " + ".join(parts)


def when(scenario: Scenario, number: int) -> str:
    """A round in the case's own word, from 1: `week 7`."""
    return f"{scenario.unit} {number + 1}"
