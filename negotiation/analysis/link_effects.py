"""The links between tables as one party sees them: what deals would bring about or end for it, and what could follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from negotiation.preferences import Link
from negotiation.rounding import apart, rounded
from negotiation.scenario import Scenario
from negotiation.table import UNSIGNED, Deal, tables_of
from negotiation.view import View
from negotiation.worth import Worth, worth


@dataclass(frozen=True, slots=True)
class LinkEffect:
    """A link that deals would bring about or end.

    Attributes
    ----------
    text
        The sentence of the link, or its pattern in words.
    points
        What it adds to my points, to as many decimals as are shown; below 0 if it takes some off.
    begins
        Whether it is met with the deals and was not before; False: it was, and no longer is.
    rests_on
        Open tables that are not among the deals and must stay unsigned, or be signed alike, for it to hold.
    """

    name: str
    text: str
    points: float
    begins: bool
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkAhead:
    """A link of which deals fulfil a part, and which other open tables could complete.

    `needs`: by table, what would have to be signed there, in words.
    """

    name: str
    text: str
    points: float
    needs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Account:
    """The worth of deals above leaving their tables unsigned, in parts as people read it.

    `itself` and the points of `links`, less `delay`, are `gain` to the last decimal shown.
    """

    itself: float
    links: tuple[LinkEffect, ...]
    delay: float
    gain: float


def sentence(scenario: Scenario, link: Link, language: str = "en") -> str:
    """Return what happens when a link is met: its sentence in a language or in English, else its pattern in words."""
    return link.says.get(language) or link.says.get("en") or scenario.words(link.pattern)


def link_effects(view: View, deals: Mapping[str, Deal], language: str = "en") -> tuple[LinkEffect, ...]:
    """Return the links with points for me that these deals would bring about or end, in file order."""
    state, ours = view.state, view.preferences
    outcome = {**state.outcome, **deals}
    before = {link.name for link in ours.met(state.outcome)}
    after = {link.name for link in ours.met(outcome)}
    shrunk = ours.discount ** state.time_paid(view.me)
    found = []
    for link in ours.links:
        begins = link.name in after
        if link.points and begins != (link.name in before):
            points = rounded((link.points if begins else -link.points) * shrunk, view.scenario.decimals)
            open_still = [name for name in tables_of(link.pattern) if name in state.open and name not in deals]
            rests_on = tuple(open_still) if begins else ()
            found.append(LinkEffect(link.name, sentence(view.scenario, link, language), points, begins, rests_on))
    return tuple(found)


def links_ahead(view: View, deals: Mapping[str, Deal], language: str = "en") -> tuple[LinkAhead, ...]:
    """Return the links with points for me that these deals would leave to one or more other open tables, in file order.

    The deals fulfil their part of each, and what is lacking can still be signed elsewhere.
    """
    scenario, ours, outcome = view.scenario, view.preferences, {**view.state.outcome, **deals}
    shrunk = ours.discount ** view.state.time_paid(view.me)
    met = {name: ours.chances(name, there) for name, there in outcome.items()}
    found = []
    for n, link in enumerate(ours.links):
        names = tables_of(link.pattern)
        lacking = [name for name in names if not met[name][n]]
        if not link.points or not lacking or not any(name in deals for name in names):
            continue
        if all(name not in deals and _could_follow(view, link, name, outcome) for name in lacking):
            needs = {name: _part(scenario, link, name) for name in lacking}
            points = rounded(link.points * shrunk, scenario.decimals)
            found.append(LinkAhead(link.name, sentence(scenario, link, language), points, needs))
    return tuple(found)


def account(view: View, deals: Mapping[str, Deal], language: str = "en", seen: Worth | None = None) -> Account:
    """Return the worth of deals in parts; `seen` is their `worth`, if it is known already.

    Links and delay are what they say wherever they are shown; what rounding leaves goes to the deals themselves.
    """
    seen, decimals = seen or worth(view.state, view.preferences, deals), view.scenario.decimals
    links = link_effects(view, deals, language)
    gain, delay = apart(seen.points, seen.otherwise, decimals), rounded(seen.delay, decimals)
    itself = gain + delay
    for link in links:
        itself -= link.points
    return Account(rounded(itself, decimals), links, delay, gain)


def _could_follow(view: View, link: Link, table: str, outcome: Mapping[str, Deal | None]) -> bool:
    """Return whether a deal that can still be signed at an open table fulfils its part of a link."""
    if table not in view.state.open:
        return False
    there = view.scenario.tables[table]
    possible = there.mask(link.pattern)[:-1] & there.signable(view.state.left.get(table, ()))
    free = view.scenario.free(table, outcome)
    return bool((possible if free is None else possible & free).any())


def _part(scenario: Scenario, link: Link, table: str) -> str:
    """Return what a link asks for at one table, in words."""
    pattern = {
        key: tuple(option for option in options if option != UNSIGNED)
        for key, options in link.pattern.items()
        if key.partition(".")[0] == table
    }
    return scenario.words(pattern)
