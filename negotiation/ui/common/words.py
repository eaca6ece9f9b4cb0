"""The texts of the pages, in one place, and how numbers are said: never alone."""

from __future__ import annotations

import re

from negotiation.plural import counted as counted
from negotiation.plural import people_of as people_of
from negotiation.reports.words import all_of as all_of
from negotiation.reports.words import kind as kind
from negotiation.reports.words import pointed as pointed
from negotiation.rounding import NOISE, apart, plain, rounded, shown
from negotiation.scenario import Scenario
from negotiation.talk.wording.speech import SPOKEN
from negotiation.worth import Worth

TITLE = "Negotiation"
TAGLINE = "An open laboratory and game of multi-party negotiation"
FICTION = "All scores are fictional and made for teaching; no company has published a valuation."
LEVELS = {
    "easy": ("easy", "Easy: they give way early"),
    "fair": ("fair", "Fair: they give way evenly and look for what suits you"),
    "tough": ("tough", "Tough: they hold firm and read your mind"),
    "master": ("master", "Master: they hold out for the better share and read your mind"),
}
CASES = {
    "alliance-2023": (
        "Rebuild the alliance of Renault, Nissan and Mitsubishi at six linked tables, with three technology companies who each want a part of it.",
        "half an hour",
    ),
    "any-two-of-three": (
        "Any two of three carmakers can share a battery platform, and whoever is left out has nothing.",
        "a quarter of an hour",
    ),
    "cloud-for-two": (
        "A carmaker and its cloud provider settle five points; each cares about others, so both can win.",
        "ten minutes",
    ),
    "electric-quay": (
        "Electrify a port: two parties must agree to the package, and three of four others, who want different things.",
        "twenty minutes",
    ),
}
"""What each bundled case is about, in one sentence, and how long it takes a person."""
LANGUAGES = {**SPOKEN, "": "They do not talk"}
OPEN_SHEETS = (
    "This page shows **everybody's confidential score sheets**: it is for authors, teachers, and after the game. "
    "If you are about to play this case, come back later."
)
UNSIGNED_HELP = "What you keep if a table stays unsigned: the literature's reservation value, or BATNA."
DELAY_HELP = (
    "You pay for every round until the last table you sign is signed, the round that is running included; "
    "whoever signs nothing pays to the end of the talks."
)
UNSENT_OFFER = "You have changed an offer and not sent it: {table}."
UNSENT_WORDS = "You have typed something and not sent it."
NOTHING_SAID = "Nothing was said: the line holds blanks only."
MORE = "You could sign {papers} with a gain."
UNREAD = "You have not looked at this yet."
LAPSES = "This is the last {unit}: what is not signed in it stays unsigned."
LOSS = "This would leave you {points} below leaving it unsigned."
LOSS_OFFERED = "If the others sign it, this would leave you {points} below leaving it unsigned."
ALIKE = "{who} {have} signed this very deal: your offer can bind at once."
LAST_SIGNED = "No other table where you sit is open: once this binds, your talks are over."
LAST_LEFT = "No other table where you sit is open: your talks are over then."
WALKING = "You leave {table} for good. It can then bind only deals that do not need you."
ROUND_OVER = "The {unit} is over for you; the others go on."
FLOOR_ALONE = (
    "Offer, sign and talk as you like. Agents can sign at once; a new offer of theirs at a table mostly comes next "
    "{unit}. The {unit} ends when you do."
)
FLOOR = "Offer, sign and talk as you like. The {unit} ends when everybody has ended it."
NEW_GAME = "Set up another game. This one is kept: you can go on with it at any time."
AWAY = (
    "The database of this server does not answer just now. What was acknowledged is safe; this page goes on by itself "
    "as soon as it is back."
)
NOT_KEPT = "Nothing that is done now is kept: the database takes nothing. The server's log says why. Do not go on before it does."

KEPT_BACK = "A class is about to play this case: it opens for everybody after the debrief."
WAITING = "You have nothing to do now; the others are at it."


PLAYERS = {"compat": "Textbook", "compose": "Put together"}
"""What strategies are called here whose own name says nothing to people."""


def named(name: str, about: str = "") -> str:
    """Return a strategy or a protocol as people say it, and what it does: `Boulware: holds firm, concedes late`."""
    called = PLAYERS.get(name, re.sub("[-_]", " ", name).capitalize())
    return f"{called}: {about.partition(':')[0]}" if about else called


def literal(text: str) -> str:
    """Return a text with Markdown escaped, for toasts and labels that hold people's names and words."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])", r"\\\1", text)


def points(value: float, decimals: int, *, signed: bool = False) -> str:
    """Return points to as many decimals as the scenario says, halves up; with a sign if `signed`."""
    return shown(value, decimals, signed=signed)


def change(value: float, decimals: int) -> str:
    """Return a difference in points as HTML, with its sign and colour."""
    told = rounded(value, decimals)
    if not told:
        return f"<span class='dim'>±{points(0.0, decimals)}</span>"
    return f"<span class='{_colour(told)}'>{points(told, decimals, signed=True)}</span>"


def against(value: float, other: float, what: str, decimals: int) -> str:
    """Return the distance of points from others that can be read too: `20.1 above leaving it unsigned`."""
    told = apart(value, other, decimals)
    if not told:
        return f"{'about ' if rounded(value - other, NOISE) else ''}the same as {what}"
    return f"{points(abs(told), decimals)} {'above' if told > 0 else 'below'} {what}"


def judged(value: float, other: float, what: str, decimals: int) -> str:
    """Return the text of `against` in colour, as HTML."""
    return f"<span class='{_colour(apart(value, other, decimals))}'>{against(value, other, what, decimals)}</span>"


def _colour(told: float) -> str:
    return "up" if told > 0 else "down" if told < 0 else "dim"


def loss(value: float, decimals: int) -> str:
    """Return points that are lost, in words: never said to be none."""
    least = 10.0**-decimals
    return pointed(value, decimals) if value >= least / 2 else f"less than {pointed(least, decimals)}"


def delayed(scenario: Scenario, seen: Worth, number: int) -> str:
    """Return how much the delay that a signature in a round adds takes off, in words; empty if nothing."""
    if not rounded(seen.delay, NOISE):
        return ""
    return (
        f"{points(seen.delay, scenario.decimals)} for delay is taken off: with this signature you pay until "
        f"{when(scenario, number)}."
    )


def stake(weight: float) -> str:
    """Return the weight of an issue, as short as it can be said."""
    return plain(weight, 4)


def at_stake(weight: float) -> str:
    """Return the stake of an issue in words: `1 point at stake`."""
    return f"{stake(weight)} {'point' if stake(weight) == '1' else 'points'} at stake"


def when(scenario: Scenario, number: int) -> str:
    """Return a round in the case's own word, from 1: `week 7`."""
    return f"{scenario.unit} {number + 1}"
