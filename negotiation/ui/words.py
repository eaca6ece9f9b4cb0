"""The texts of the pages, in one place, and how numbers are said: never alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negotiation.documents.plural import counted as counted
from negotiation.documents.plural import people_of as people_of
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
SOLUTIONS = {
    "nash": ("Nash", "The product of all gains above everything unsigned is as large as it can be (Nash 1950)."),
    "kalai_smorodinsky": (
        "Kalai–Smorodinsky",
        "Everybody reaches the same share of the most it could gain, as large as it can be (Kalai, Smorodinsky 1975).",
    ),
    "egalitarian": (
        "Equal gains",
        "The smallest gain is as large as it can be: the egalitarian solution (Kalai 1977).",
    ),
    "utilitarian": ("Largest sum", "The sum of everybody's points is as large as it can be: the utilitarian solution."),
}
"""What bargaining theory singles out, in a word and in a sentence."""
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
KIND_COLOURS = {
    False: ("#94a3b8", "#0f766e", "#0369a1", "#65a30d", "#cbd5e1", "#b45309", "#b91c1c"),
    True: ("#94a3b8", "#2dd4bf", "#38bdf8", "#bef264", "#475569", "#fbbf24", "#f87171"),
}
OPEN_SHEETS = (
    "This page shows **everybody's confidential score sheets**: it is for authors, teachers, and after the game. "
    "If you are about to play this case, come back later."
)
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
UNSIGNED_HELP = "What you keep if a table stays unsigned: the literature's reservation value, or BATNA."
ROUND_OVER = "The {unit} is over for you; the others go on."
FLOOR_ALONE = "Offer, sign and talk as you like; agents answer at once. The {unit} ends when you do."
FLOOR = "Offer, sign and talk as you like. The {unit} ends when everybody has ended it."
KEPT_BACK = "A class is about to play this case: it opens for everybody after the debrief."
WAITING = "You have nothing to do now; the others are at it."


def literal(text: str) -> str:
    """A text that says in Markdown just what it says: for toasts and labels that hold people's names and words."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])", r"\\\1", text)


def points(value: float, decimals: int) -> str:
    """Points to as many decimals as the scenario says."""
    return f"{value:.{decimals}f}"


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


def all_of(names: Sequence[str]) -> str:
    """`Renault, Nissan and Google`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def gained(value: float, decimals: int) -> str:
    """A gain, to one more decimal where it would be said to be nothing."""
    return points(value, decimals) if value >= 0.5 * 10**-decimals else points(value, decimals + 1)


def below_frontier(beaten: int, equal: float, names: str, decimals: int) -> str:
    """How an outcome lies to a frontier: `3 points of it are better …; each could have 4.2 more`."""
    if not beaten:
        return f"Of {names}, nobody could have had more than this without costing another of them."
    how = "One outcome on the frontier is" if beaten == 1 else f"{beaten:,} outcomes on the frontier are"
    told = f"{how} better than this for at least one of {names} and worse for none of them"
    if equal < 0.5 * 10**-decimals:
        return f"{told}."
    return f"{told}; in one of them each has at least **{points(equal, decimals)} points more**."
