"""The texts of the pages, in one place, and how numbers are said: never alone.

Constants are marked, in English: `tr` tells them where they are shown. Functions return what is told already.
"""

from __future__ import annotations

import re

from negotiation.language import decimal, mark, plural, tr
from negotiation.plural import counted as counted
from negotiation.reports.words import all_of as all_of
from negotiation.reports.words import kind as kind
from negotiation.reports.words import pointed as pointed
from negotiation.rounding import NOISE, apart, plain, rounded, shown
from negotiation.scenario import Scenario
from negotiation.talk.wording.speech import SPOKEN
from negotiation.worth import Worth

TITLE = mark("Negotiation")
TAGLINE = mark(
    "**An open laboratory and game of multi-party negotiation.** Linked tables, private interests, and nobody who can "
    "decide alone."
)
FICTION = mark("All scores are fictional and made for teaching; no company has published a valuation.")
LEVELS = {
    "easy": ("easy", mark("Easy: they give way early")),
    "fair": ("fair", mark("Fair: they give way evenly and look for what suits you")),
    "tough": ("tough", mark("Tough: they come down to a fair share, and below it only if you move")),
    "master": ("master", mark("Master: like tough, and they hold out for the better share")),
}
"""The levels of opponents: the strategy that plays them, and what they are like."""
CASES = {
    "alliance-2023": (
        mark(
            "Rebuild the alliance of Renault, Nissan and Mitsubishi at six linked tables, with three technology "
            "companies who each want a part of it."
        ),
        mark("about half an hour against agents"),
    ),
    "any-two-of-three": (
        mark("Any two of three carmakers can share a battery platform, and whoever is left out has nothing."),
        mark("about a quarter of an hour against agents"),
    ),
    "cloud-for-two": (
        mark("A carmaker and its cloud provider settle five points; each cares about others, so both can win."),
        mark("about ten minutes against agents"),
    ),
    "electric-quay": (
        mark(
            "Electrify a port: two parties must agree to the package, and three of four others, who want different "
            "things."
        ),
        mark("about twenty minutes against agents"),
    ),
}
"""What each bundled case is about, in one sentence, and how long it takes a person."""
LANGUAGES = {**SPOKEN, "": mark("They do not talk")}
OPEN_SHEETS = mark(
    "This page shows **everybody's confidential score sheets**: it is for authors, teachers, and after the game. "
    "If you are about to play this case, come back later."
)
UNSIGNED_HELP = mark("What you keep if a table stays unsigned: the literature's reservation value, or BATNA.")
DELAY_HELP = mark(
    "You pay for every round until the last table you sign is signed, the round that is running included; "
    "whoever signs nothing pays to the end of the talks."
)
UNSENT_OFFER = mark("You have changed an offer and not sent it: {table}.")
UNSENT_WORDS = mark("You have typed something and not sent it.")
NOTHING_SAID = mark("Nothing was said: the line holds blanks only.")
UNREAD = mark("You have not looked at this yet.")
LAPSES = mark("This is the last {unit}: what is not signed in it stays unsigned.")
LOSS = mark("This would leave you {points} below leaving it unsigned.")
LOSS_OFFERED = mark("If the others sign it, this would leave you {points} below leaving it unsigned.")
LAST_SIGNED = mark("No other table where you sit is open: once this binds, your talks are over.")
LAST_LEFT = mark("No other table where you sit is open: your talks are over then.")
WALKING = mark("You leave {table} for good. It can then bind only deals that do not need you.")
ROUND_OVER = mark("The {unit} is over for you; the others go on.")
FLOOR_ALONE = mark(
    "Offer, sign and talk as you like. Agents can sign at once; a new offer of theirs at a table mostly comes next "
    "{unit}. The {unit} ends when you do."
)
FLOOR = mark("Offer, sign and talk as you like. The {unit} ends when everybody has ended it.")
NEW_GAME = mark("Set up another game. This one is kept: you can go on with it at any time.")
AWAY = mark(
    "The database of this server does not answer just now. What was acknowledged is safe; this page goes on by itself "
    "as soon as it is back."
)
NOT_KEPT = mark(
    "Nothing that is done now is kept: the database takes nothing. The server's log says why. Do not go on before it "
    "does."
)

KEPT_BACK = mark("A class is about to play this case: it opens for everybody after the debrief.")
WAITING = mark("You have nothing to do now; the others are at it.")


PLAYERS = {
    "alternating": mark("Alternating"),
    "anchor": mark("Anchor"),
    "annealer": mark("Annealer"),
    "bluffer": mark("Bluffer"),
    "boulware": mark("Boulware"),
    "compat": mark("Textbook"),
    "compose": mark("Put together"),
    "conceder": mark("Conceder"),
    "easy": mark("Easy"),
    "fair": mark("Fair"),
    "feint": mark("Feint"),
    "flooder": mark("Flooder"),
    "hardliner": mark("Hardliner"),
    "hostage": mark("Hostage"),
    "linear": mark("Linear"),
    "master": mark("Master"),
    "naive": mark("Naive"),
    "open-floor": mark("Open floor"),
    "random": mark("Random"),
    "silent": mark("Silent"),
    "single-text": mark("Single text"),
    "staller": mark("Staller"),
    "tough": mark("Tough"),
    "trader": mark("Trader"),
    "walker": mark("Walker"),
    "zigzag": mark("Zigzag"),
}
"""What strategies and protocols are called here; one that is not among them is called by its own name."""


def people_of(number: int) -> str:
    """Return a number of people in words: `1 person`, `6 people`."""
    return plural("{n} person", "{n} people", number)


def named(name: str, about: str = "") -> str:
    """Return a strategy or a protocol as people say it, and what it does: `Boulware: holds firm, concedes late`."""
    called = tr(PLAYERS[name]) if name in PLAYERS else re.sub("[-_]", " ", name).capitalize()
    return tr("{name}: {about}", name=called, about=re.split("[:：]", tr(about))[0].rstrip()) if about else called


def headed(name: str, about: str) -> str:
    """Return what is said about somebody, behind the name in bold type, as Markdown."""
    return tr("**{name}.** {about}", name=name, about=about)


def player(text: str) -> str:
    """Return a strategy as it is called inside a line, `fair`; one with parameters as it is written."""
    return tr(PLAYERS[text]).lower() if text in PLAYERS else text


def literal(text: str) -> str:
    """Return a text with Markdown escaped, for toasts and labels that hold people's names and words."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])", r"\\\1", text)


def points(value: float, decimals: int, *, signed: bool = False) -> str:
    """Return points to as many decimals as the scenario says, halves up; with a sign if `signed`."""
    return decimal(shown(value, decimals, signed=signed))


def change(value: float, decimals: int) -> str:
    """Return a difference in points as HTML, with its sign and colour."""
    told = rounded(value, decimals)
    if not told:
        return f"<span class='dim'>±{points(0.0, decimals)}</span>"
    return f"<span class='{_colour(told)}'>{points(told, decimals, signed=True)}</span>"


def against(value: float, other: float, what: str, decimals: int) -> str:
    """Return the distance of points from others that can be read too: `20.1 above leaving it unsigned`.

    Parameters
    ----------
    what
        What the others are, marked: it is told here.
    """
    told, than = apart(value, other, decimals), tr(what)
    if not told:
        return (
            tr("about the same as {what}", what=than)
            if rounded(value - other, NOISE)
            else tr("the same as {what}", what=than)
        )
    far = points(abs(told), decimals)
    return (
        tr("{points} above {what}", points=far, what=than)
        if told > 0
        else tr("{points} below {what}", points=far, what=than)
    )


def judged(value: float, other: float, what: str, decimals: int) -> str:
    """Return the text of `against` in colour, as HTML."""
    return f"<span class='{_colour(apart(value, other, decimals))}'>{against(value, other, what, decimals)}</span>"


def _colour(told: float) -> str:
    return "up" if told > 0 else "down" if told < 0 else "dim"


def loss(value: float, decimals: int) -> str:
    """Return points that are lost, in words: never said to be none."""
    least = 10.0**-decimals
    return pointed(value, decimals) if value >= least / 2 else tr("less than {points}", points=pointed(least, decimals))


def delayed(scenario: Scenario, seen: Worth, number: int) -> str:
    """Return how much the delay that a signature in a round adds takes off, in words; empty if nothing."""
    if not rounded(seen.delay, NOISE):
        return ""
    return tr(
        "{points} for delay is taken off: with this signature you pay until {when}.",
        points=points(seen.delay, scenario.decimals),
        when=when(scenario, number),
    )


def stake(weight: float) -> str:
    """Return the weight of an issue, as short as it can be said."""
    return decimal(plain(weight, 4))


def at_stake(weight: float) -> str:
    """Return the stake of an issue in words: `1 point at stake`."""
    told = stake(weight)
    return tr("1 point at stake") if told == "1" else tr("{points} points at stake", points=told)


def after(scenario: Scenario, rounds: int) -> str:
    """Return a moment by how many rounds were played before it: `After week 7`."""
    return tr("After {when}", when=when(scenario, rounds - 1)) if rounds else tr("The opening")


def lasting(scenario: Scenario) -> str:
    """Return how many rounds a case has, in its own word: `16 weeks`."""
    unit = scenario.unit
    return plural("{n} {unit}", "{n} {unit}s", scenario.rounds, unit=unit)


def when(scenario: Scenario, number: int) -> str:
    """Return a round in the case's own word, from 1: `week 7`."""
    return tr("{unit} {number}", unit=scenario.unit, number=number + 1)
