"""The map of the alliance: parties around, tables between them, and who is bound to whom."""

from __future__ import annotations

import math
from functools import lru_cache
from html import escape
from typing import TypeAlias

import streamlit as st

from negotiation.reports.palette import INK
from negotiation.state import State
from negotiation.ui.common.style import colours, dark, short

WIDTH, HEIGHT = 800, 500
CARD, PERSON = (166.0, 58.0), (150.0, 86.0)
"""Room that a card needs against another card, and against a party."""

Places: TypeAlias = dict[str, tuple[float, float]]


def draw(state: State, me: str = "") -> None:
    """Put the map on the page, as a picture that scales."""
    st.image(picture(state, me), width="stretch", alt=f"Map of the talks. {_told(state)}")


def picture(state: State, me: str = "") -> str:
    """Return an SVG of a state: parties as circles, tables as cards, faint lines for seats, thick for signatures.

    A dashed line is a signature under a paper that does not bind yet; a thick one a signature that binds.
    """
    scenario, palette, ink = state.scenario, colours(state.scenario), INK[dark()]
    people, tables = _places(tuple(scenario.parties), tuple((name, t.seats) for name, t in scenario.tables.items()))
    lines, cards = [], []
    for name, (x, y) in tables.items():
        pending = {party for paper in state.at(name) for party in paper.signed}
        for party in scenario.tables[name].seats:
            bound = party in state.signed.get(name, ())
            style = (
                "stroke-width='4.5'" if bound else "stroke-width='2' stroke-dasharray='5 5'" if party in pending else ""
            )
            colour = palette[party] if style else ink["line"]
            px, py = people[party]
            lines.append(f"<line x1='{px:.0f}' y1='{py:.0f}' x2='{x:.0f}' y2='{y:.0f}' stroke='{colour}' {style}/>")
        cards.append(_card(state, name, x, y))
    circles = []
    for party, (x, y) in people.items():
        ring = f"stroke='{ink['text']}' stroke-width='4'" if party == me else ""
        below = y > HEIGHT / 2
        circles.append(
            f"<circle cx='{x:.0f}' cy='{y:.0f}' r='17' fill='{palette[party]}' {ring}/>"
            f"<text x='{x:.0f}' y='{y + (36 if below else -25):.0f}' text-anchor='middle' font-size='15' font-weight='600'>"
            f"{escape(short(scenario, party))}</text>"
        )
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}' role='img' "
        f"font-family='Inter, Helvetica, Arial, sans-serif' fill='{ink['text']}'><title>Map of the talks. {escape(_told(state))}</title>"
        + "".join(lines + cards + circles)
        + "</svg>"
    )


@lru_cache(maxsize=64)
def _places(parties: tuple[str, ...], seated: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Places, Places]:
    """Return where parties (on an ellipse) and tables (between their seats, kept apart) are drawn."""
    count = len(parties)
    people = {
        party: (
            WIDTH / 2 + (WIDTH / 2 - 80) * math.sin(2 * math.pi * (n + 0.5) / count),
            HEIGHT / 2 - (HEIGHT / 2 - 48) * math.cos(2 * math.pi * (n + 0.5) / count),
        )
        for n, party in enumerate(parties)
    }
    tables = {}
    for n, (name, sitting) in enumerate(seated):
        seats = [people[party] for party in sitting]
        x = sum(place[0] for place in seats) / len(seats)
        y = sum(place[1] for place in seats) / len(seats) + 7 * n  # never two in the same place
        tables[name] = (WIDTH / 2 + (x - WIDTH / 2) * 0.7, HEIGHT / 2 + (y - HEIGHT / 2) * 0.8)
    return people, _apart(tables, people)


def _apart(tables: Places, people: Places) -> Places:
    """Push cards that overlap each other or a party apart, the shorter way, and keep them in the picture."""
    tables = dict(tables)
    for _ in range(200):
        for name, (x, y) in tables.items():
            others = [(*place, CARD) for other, place in tables.items() if other != name]
            for ox, oy, (width, height) in [*others, *((*place, PERSON) for place in people.values())]:
                over, under = width - abs(x - ox), height - abs(y - oy)
                if over > 0 and under > 0:
                    if over < under:
                        x += math.copysign(over / 3, x - ox)
                    else:
                        y += math.copysign(under / 3, y - oy)
            tables[name] = (min(max(x, 84), WIDTH - 84), min(max(y, 40), HEIGHT - 40))
    return tables


def _card(state: State, name: str, x: float, y: float) -> str:
    table, ink = state.scenario.tables[name], INK[dark()]
    bound = state.bound.get(name)
    stroke = ink["good"] if bound else ink["line"]
    plain = table.title.partition(" (")[0]
    title = plain if len(plain) <= 21 else name.upper() if len(name) <= 3 else name.replace("_", " ").capitalize()
    text = table.issues[0].texts[bound[0]] if bound else _status(state, name)
    text = text if len(text) <= 25 else text[:24] + "…"
    return (
        f"<rect x='{x - 74:.0f}' y='{y - 21:.0f}' width='148' height='42' rx='9' fill='{ink['card']}' stroke='{stroke}' "
        f"stroke-width='{2.5 if bound else 1.2}'/>"
        f"<text x='{x:.0f}' y='{y - 4:.0f}' text-anchor='middle' font-size='13' font-weight='600'>{escape(title)}</text>"
        f"<text x='{x:.0f}' y='{y + 13:.0f}' text-anchor='middle' font-size='11' opacity='.8'>{escape(text)}</text>"
    )


def _told(state: State) -> str:
    """Return what the map shows, in words."""
    return "; ".join(f"{table.title}: {_status(state, name)}" for name, table in state.scenario.tables.items())


def _status(state: State, name: str) -> str:
    if name in state.bound:
        return "signed"
    if name in state.dead:
        return "abandoned"
    count = len(state.at(name))
    return f"{count} paper{'s' if count != 1 else ''}" if count else "open"
