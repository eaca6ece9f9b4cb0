"""The map of the alliance: parties around, tables between them, and who is bound to whom."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.ui.look import INK, colours, dark, short

WIDTH, HEIGHT = 720, 430


def draw(state: State, me: str = "") -> None:
    """Put the map on the page, as a picture that scales."""
    st.image(picture(state, me), width="stretch")


def picture(state: State, me: str = "") -> str:
    """An SVG of the state: parties as circles, tables as cards, faint lines for seats, thick ones for signatures.

    A dashed line is a signature under a paper that does not bind yet; a thick one a signature that binds.
    """
    scenario, palette, ink = state.scenario, colours(state.scenario), INK[dark()]
    people, tables = _places(scenario)
    lines, cards = [], []
    for name, (x, y) in tables.items():
        pending = {party for paper in state.at(name) for party in paper.signed}
        for party in scenario.tables[name].seats:
            bound = party in state.signed.get(name, ())
            style = "stroke-width='4.5'" if bound else "stroke-width='2' stroke-dasharray='5 5'" if party in pending else ""
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
    told = "; ".join(f"{escape(t.title)}: {_status(state, n)}" for n, t in scenario.tables.items())
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}' role='img' "
        f"font-family='Inter, Helvetica, Arial, sans-serif' fill='{ink['text']}'><title>Map of the talks. {told}</title>"
        + "".join(lines + cards + circles)
        + "</svg>"
    )


def _places(scenario: Scenario) -> tuple[dict[str, tuple[float, float]], dict[str, tuple[float, float]]]:
    """Where parties (on an ellipse) and tables (between those who sit there, kept apart) are drawn."""
    count = len(scenario.parties)
    people = {
        party: (
            WIDTH / 2 + (WIDTH / 2 - 75) * math.sin(2 * math.pi * (n + 0.5) / count),
            HEIGHT / 2 - (HEIGHT / 2 - 48) * math.cos(2 * math.pi * (n + 0.5) / count),
        )
        for n, party in enumerate(scenario.parties)
    }
    tables = {}
    for name, table in scenario.tables.items():
        seats = [people[party] for party in table.seats]
        x, y = sum(p[0] for p in seats) / len(seats), sum(p[1] for p in seats) / len(seats)
        tables[name] = (WIDTH / 2 + (x - WIDTH / 2) * 0.8, HEIGHT / 2 + (y - HEIGHT / 2) * 0.8)
    return people, _apart(tables)


def _apart(tables: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Push cards that overlap away from one another, up and down."""
    names = list(tables)
    for _ in range(60):
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                (ax, ay), (bx, by) = tables[a], tables[b]
                if abs(ax - bx) < 150 and abs(ay - by) < 50:
                    push = (50 - abs(ay - by)) / 2 + 0.5
                    up = -push if ay <= by else push
                    tables[a] = (ax, min(max(ay + up, 80), HEIGHT - 80))
                    tables[b] = (bx, min(max(by - up, 80), HEIGHT - 80))
    return tables


def _card(state: State, name: str, x: float, y: float) -> str:
    table, ink = state.scenario.tables[name], INK[dark()]
    bound = state.bound.get(name)
    stroke = "var(--good)" if bound else ink["line"]
    title = table.title if len(table.title) <= 21 else name.replace("_", " ").capitalize()
    text = table.issues[0].texts[bound[0]] if bound else _status(state, name)
    text = text if len(text) <= 25 else text[:24] + "…"
    return (
        f"<rect x='{x - 74:.0f}' y='{y - 21:.0f}' width='148' height='42' rx='9' fill='{ink['card']}' stroke='{stroke}' "
        f"stroke-width='{2.5 if bound else 1.2}'/>"
        f"<text x='{x:.0f}' y='{y - 4:.0f}' text-anchor='middle' font-size='13' font-weight='600'>{escape(title)}</text>"
        f"<text x='{x:.0f}' y='{y + 13:.0f}' text-anchor='middle' font-size='11' opacity='.8'>{escape(text)}</text>"
    )


def _status(state: State, name: str) -> str:
    if name in state.bound:
        return "signed"
    if name in state.dead:
        return "abandoned"
    count = len(state.at(name))
    return f"{count} paper{'s' if count != 1 else ''}" if count else "open"
