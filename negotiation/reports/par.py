"""A result against par in words and as a strip: one sentence, a grade, and what par is made of."""

from __future__ import annotations

from functools import partial

from negotiation.analysis.par import Grade, Par
from negotiation.language import decimal, mark, tr
from negotiation.reports.blocks import Block, Figure, Section, Text, rows_of
from negotiation.reports.figure_files import Ink, Spec
from negotiation.reports.words import pointed
from negotiation.rounding import apart, rounded, shown
from negotiation.scenario import Scenario

GRADES: dict[Grade, str] = {
    "far above": mark("Far above par"),
    "above": mark("Above par"),
    "at": mark("On par"),
    "below": mark("Below par"),
    "far below": mark("Far below par"),
}
"""The grades in words."""

ABOUT = mark(
    "{games} agents, from giving way early to holding firm, each played your seat once, in the same game: the same "
    "opponents with the same private interests, rounds and rules. Eight in ten of them ended within the band. "
    "So few games show a level, not a rank among people."
)
ABOUT_TALK = mark(
    "{games} agents, from giving way early to holding firm, each played your seat once, in the same game: the same "
    "opponents with the same private interests, rounds and rules, and they talked as in yours. Eight in ten of them ended "
    "within the band. So few games show a level, not a rank among people."
)


def sentence(mine: float, unsigned: float, par: Par | None, decimals: int) -> str:
    """Return in one sentence how a game went, and as soon as par is known how good that is."""
    got, far = pointed(mine, decimals), apart(mine, unsigned, decimals)
    away = decimal(shown(abs(far), decimals))
    if far > 0:
        first = tr("You got {points}, {far} above walking away from everything", points=got, far=away)
    elif far:
        first = tr("You got {points}, {far} below walking away from everything", points=got, far=away)
    else:
        first = tr("You got {points}, as many as by walking away from everything", points=got)
    if par:
        return tr("{result}; {judgement}.", result=first, judgement=_judged(mine, par, decimals))
    return tr("{result}.", result=first)


def _judged(mine: float, par: Par, decimals: int) -> str:
    low, high, games = decimal(shown(par.low, decimals)), decimal(shown(par.high, decimals)), par.games
    fewer, equal = par.fewer(mine), par.equal(mine)
    more = games - fewer - equal
    if equal == games:
        return tr("all {games} agents that were given your chair got just as many", games=games)
    band = tr("{low} to {high}", low=low, high=high) if low != high else low
    if fewer == games:
        return tr(
            "agents in your chair mostly get {band}, so this is better than all {games} of them", band=band, games=games
        )
    if more == games:
        return tr("agents in your chair mostly get {band}, so all {games} of them did better", band=band, games=games)
    if fewer >= more:
        return tr(
            "agents in your chair mostly get {band}, so this is better than {fewer} of {games} of them",
            band=band,
            fewer=fewer,
            games=games,
        )
    return tr(
        "agents in your chair mostly get {band}, so {more} of {games} of them did better",
        band=band,
        more=more,
        games=games,
    )


def about(par: Par, *, talk: bool) -> str:
    """Return what par is made of, and how far it goes."""
    return tr(ABOUT_TALK if talk else ABOUT, games=par.games)


def section(scenario: Scenario, mine: float, unsigned: float, par: Par | None, *, talk: bool, name: str) -> Section:
    """Return the top of a debrief: the sentence, and the grade with its strip if par is known."""
    blocks: list[Block] = [Text(sentence(mine, unsigned, par, scenario.decimals), "lead")]
    if par:
        drawn = [("agent", one) for one in par.ordered]
        figure = Figure(
            strip_title(par, mine, scenario.decimals),
            f"{name}-par",
            partial(strip, par, mine, unsigned, scenario.decimals),
            rows_of(("who", "points"), [*drawn, ("you", mine), ("everything unsigned", unsigned)]),
        )
        blocks += [Text(f"**{tr(GRADES[par.grade(mine)])}**"), figure, Text(about(par, talk=talk), "note")]
    return Section(tr("How it went"), tuple(blocks))


def strip_title(par: Par, mine: float, decimals: int) -> str:
    """Return what a strip shows, for those who cannot see it."""
    low, middle, high, yours = (decimal(shown(value, decimals)) for value in (par.low, par.middle, par.high, mine))
    return tr(
        "Points of {games} agents in your chair: eight in ten from {low} to {high}, half of them below {middle}; yours: {yours}",
        games=par.games,
        low=low,
        high=high,
        middle=middle,
        yours=yours,
    )


def strip(par: Par, mine: float, unsigned: float, decimals: int, ink: Ink) -> Spec:
    """Return a narrow picture: the band of eight in ten agents, each agent as a dot, my points, and walking away."""
    agents = [{"points": one} for one in par.ordered]
    every = [mine, unsigned, *par.points]
    room = max((max(every) - min(every)) * 0.12, 1.0)
    scale = {"domain": [rounded(min(every) - room, 1), rounded(max(every) + room, 1)], "nice": False}
    axis = {"grid": False, "tickCount": 6}
    x = {"field": "points", "type": "quantitative", "title": tr("points"), "scale": scale, "axis": axis}
    return {
        "height": 140,
        "background": "transparent",
        "description": strip_title(par, mine, decimals),
        "layer": [
            {
                "data": {"values": [{"points": par.low, "to": par.high}]},
                "mark": {"type": "rect", "cornerRadius": 6, "color": ink["accent"], "opacity": 0.22},
                "encoding": {"x": x, "x2": {"field": "to"}, "y": _at(0.3), "y2": {"datum": 0.7}},
            },
            {
                "data": {"values": agents},
                "mark": {"type": "point", "filled": True, "size": 60, "color": ink["dot"], "opacity": 0.8},
                "encoding": {"x": x, "y": _at(0.5), "tooltip": [{"field": "points", "title": tr("an agent")}]},
            },
            _marked(
                x,
                unsigned,
                tr("walking away {points}", points=decimal(shown(unsigned, decimals))),
                ink["bad"],
                below=True,
            ),
            _marked(x, mine, tr("you {points}", points=decimal(shown(mine, decimals))), ink["game"]),
        ],
    }


def _at(height: float) -> Spec:
    """Return a place on the strip, from 0 at its foot to 1."""
    return {"datum": height, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": None}


def _marked(x: Spec, points: float, word: str, colour: str, *, below: bool = False) -> Spec:
    """Return a line across the strip with its word above it, or below."""
    look = {"strokeDash": [4, 4], "strokeWidth": 1.5} if below else {"strokeWidth": 3}
    base = "top" if below else "bottom"
    text = {"baseline": base, "dy": 3 if below else -3, "color": colour, "fontSize": 13, "fontWeight": 600}
    return {
        "data": {"values": [{"points": points, "word": word}]},
        "encoding": {"x": x},
        "layer": [
            {
                "mark": {"type": "rule", "color": colour, **look},
                "encoding": {"y": _at(0.2), "y2": {"datum": 0.8}},
            },
            {
                "mark": {"type": "text", **text},
                "encoding": {"y": _at(0.2 if below else 0.8), "text": {"field": "word", "type": "nominal"}},
            },
        ],
    }
