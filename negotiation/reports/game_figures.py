"""The pictures of one game as plain Vega-Lite dictionaries, in colours that the caller gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.actions import MEDIATOR
from negotiation.language import tr
from negotiation.reports.figure_files import Ink, Spec
from negotiation.reports.palette import party_colour
from negotiation.reports.words import KINDS, short
from negotiation.scenario import Scenario

LABELS = {"field": "who", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 160}}
"""Parties down the side of a picture."""


def hues(scenario: Scenario, ink: Ink, some: Sequence[str] = ()) -> Spec:
    """Return the colour of every party (or of `some`), by its name."""
    shown = {short(scenario, p): ink[party_colour(n)] for n, p in enumerate(scenario.parties) if not some or p in some}
    return {
        "field": "who",
        "type": "nominal",
        "title": None,
        "scale": {"domain": [*shown], "range": [*shown.values()]},
        "legend": {"orient": "top", "columns": 3, "labelLimit": 130},
    }


def results(scenario: Scenario, rows: Sequence[Mapping[str, object]], ink: Ink) -> Spec:
    """Return every party's points against leaving everything unsigned; rows: `who`, `points`, `unsigned`, `gain`."""
    titles = {
        "who": tr("party"),
        "points": tr("points"),
        "unsigned": tr("everything unsigned"),
        "gain": tr("gain"),
    }
    tips = [{"field": field, "title": title} for field, title in titles.items()]
    return {
        "height": {"step": 34},
        "background": "transparent",
        "data": {"values": list(rows)},
        "mark": {"type": "bar", "cornerRadius": 4, "height": 20},
        "encoding": {
            "y": LABELS,
            "x": {"field": "gain", "type": "quantitative", "title": tr("points above everything unsigned")},
            "color": {**hues(scenario, ink), "legend": None},
            "tooltip": tips,
        },
    }


def progress(scenario: Scenario, rows: Sequence[Mapping[str, object]], ink: Ink) -> Spec:
    """Return every party's points at the end of each round; rows: `round`, `who`, `gain`."""
    unit = scenario.unit
    return {
        "height": 320,
        "background": "transparent",
        "data": {"values": list(rows)},
        "mark": {"type": "line", "strokeWidth": 2.2, "interpolate": "step-after", "point": {"size": 30}},
        "encoding": {
            "x": {"field": "round", "type": "quantitative", "title": unit, "axis": {"tickMinStep": 1, "format": "d"}},
            "y": {"field": "gain", "type": "quantitative", "title": tr("points above everything unsigned")},
            "color": hues(scenario, ink),
            "tooltip": [
                {"field": "round", "title": unit},
                {"field": "who", "title": tr("party")},
                {"field": "gain", "title": tr("gain")},
            ],
        },
    }


def values(scenario: Scenario, rows: Sequence[tuple[int, Mapping[str, float], float]], ink: Ink) -> Spec:
    """Return the worth of what was signed by the end of each round: to each party, and (dashed) to all together.

    Rows are (round, gains by party, their sum).
    """
    drawn = [
        {"round": number, "who": short(scenario, name), "gain": gain}
        for number, gains, _ in rows
        for name, gain in gains.items()
    ]
    spec = progress(scenario, drawn, ink)
    mark, encoding = spec.pop("mark"), spec.pop("encoding")
    together = {"values": [{"round": number, "who": tr("all together"), "gain": made} for number, _, made in rows]}
    dashed = {**mark, "strokeDash": [6, 4], "point": False, "color": ink["dot"]}
    plain = {key: value for key, value in encoding.items() if key != "color"}
    return {
        **spec,
        "layer": [{"mark": mark, "encoding": encoding}, {"data": together, "mark": dashed, "encoding": plain}],
    }


def dance(scenario: Scenario, table: str, rows: Sequence[Mapping[str, object]], ink: Ink) -> Spec:
    """Return the gain by every offer at a table to me, by round and author; the rule is leaving it unsigned.

    Rows: `round`, `who`, `points`. A mediator's drafts have a colour that is no party's.
    """
    mediator = short(scenario, MEDIATOR)
    if any(row["who"] == mediator for row in rows):
        hue = {
            "field": "who",
            "type": "nominal",
            "title": None,
            "scale": {"domain": [mediator], "range": [ink["accent"]]},
        }
    else:
        hue = hues(scenario, ink, scenario.tables[table].seats)
    x = {"field": "round", "type": "quantitative", "title": scenario.unit, "axis": {"tickMinStep": 1, "format": "d"}}
    y = {"field": "points", "type": "quantitative", "title": tr("your points above leaving it unsigned")}
    tips = [
        {"field": "round", "title": scenario.unit},
        {"field": "who", "title": tr("party")},
        {"field": "points", "title": tr("points")},
    ]
    return {
        "height": 300,
        "background": "transparent",
        "layer": [
            {
                "data": {"values": [{"points": 0}]},
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": ink["bad"]},
                "encoding": {"y": y},
            },
            {
                "data": {"values": list(rows)},
                "mark": {"type": "line", "point": {"size": 60, "filled": True}, "strokeWidth": 2.2},
                "encoding": {"x": x, "y": y, "color": hue, "tooltip": tips},
            },
        ],
    }


def offers(scenario: Scenario, counts: Mapping[str, Mapping[str, int]], ink: Ink) -> Spec:
    """Return how many offers of which kind each party made, as stacked bars; `counts` by party and kind."""
    rows = [
        {"who": short(scenario, name), "kind": tr(called), "what": tr(what), "count": here[kind], "n": n}
        for name, here in counts.items()
        for n, (kind, (called, what)) in enumerate(KINDS.items())
        if here.get(kind)
    ]
    scale = {"domain": [tr(called) for called, _ in KINDS.values()], "range": [ink[f"k{n}"] for n in range(len(KINDS))]}
    legend = {"orient": "top", "columns": 3, "labelLimit": 240}
    titles = {"who": tr("party"), "kind": tr("kind"), "what": tr("that is"), "count": tr("offers")}
    axis = {"tickMinStep": 1, "format": "d"}
    return {
        "height": {"step": 34},
        "background": "transparent",
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 20},
        "encoding": {
            "y": LABELS,
            "x": {"field": "count", "type": "quantitative", "title": tr("offers"), "axis": axis},
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": scale, "legend": legend},
            "order": {"field": "n", "type": "quantitative"},
            "tooltip": [{"field": field, "title": title} for field, title in titles.items()],
        },
    }
