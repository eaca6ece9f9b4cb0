"""Charts as plain Vega-Lite dictionaries: cheap to send, and in the parties' colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from negotiation.actions import MEDIATOR
from negotiation.documents.palette import INK
from negotiation.scenario import Scenario
from negotiation.ui import words
from negotiation.ui.look import colour, dark, short

Spec = dict[str, Any]


def _party_colour(scenario: Scenario, parties: Iterable[str] = ()) -> Spec:
    shown = tuple(parties) or tuple(scenario.parties)
    palette = {party: colour(scenario, party) for party in (*scenario.parties, MEDIATOR) if party in shown}
    return {
        "field": "who",
        "title": None,
        "scale": {"domain": [short(scenario, p) for p in palette], "range": list(palette.values())},
        "legend": {"orient": "top", "columns": 3, "labelLimit": 130},
    }


def dance(scenario: Scenario, table: str, rows: Sequence[Mapping[str, Any]]) -> Spec:
    """What every offer at a table would bring me, over the rounds, by party; the rule is leaving it unsigned."""
    mediated = any(row["who"] == short(scenario, MEDIATOR) for row in rows)
    y = {"field": "points", "type": "quantitative", "title": "your points above leaving it unsigned"}
    rule, unit = INK[dark()]["bad"], scenario.unit
    return {
        "height": 300,
        "background": "transparent",
        "layer": [
            {
                "data": {"values": [{"points": 0, "label": "left unsigned"}]},
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": rule},
                "encoding": {"y": y},
            },
            {
                "data": {"values": list(rows)},
                "mark": {"type": "line", "point": {"size": 60, "filled": True}, "strokeWidth": 2.2},
                "encoding": {
                    "x": {
                        "field": "round",
                        "type": "quantitative",
                        "title": unit,
                        "axis": {"tickMinStep": 1, "format": "d"},
                    },
                    "y": y,
                    "color": _party_colour(scenario, (MEDIATOR,) if mediated else scenario.tables[table].seats),
                    "tooltip": [{"field": "round", "title": unit}, {"field": "who"}, {"field": "points"}],
                },
            },
        ],
    }


def results(scenario: Scenario, rows: Sequence[Mapping[str, Any]]) -> Spec:
    """Every party's points above or below leaving everything unsigned."""
    y = {"field": "who", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 160}}
    x = {"field": "gain", "type": "quantitative", "title": "points above everything unsigned"}
    return {
        "height": {"step": 34},
        "background": "transparent",
        "data": {"values": list(rows)},
        "layer": [
            {
                "mark": {"type": "bar", "cornerRadius": 4, "height": 20},
                "encoding": {
                    "y": y,
                    "x": x,
                    "color": {**_party_colour(scenario), "legend": None},
                    "tooltip": [{"field": "who"}, {"field": "points"}, {"field": "unsigned"}, {"field": "gain"}],
                },
            },
        ],
    }


def progress(scenario: Scenario, rows: Sequence[Mapping[str, Any]], unit: str) -> Spec:
    """Every party's points at the end of each round."""
    return {
        "height": 320,
        "background": "transparent",
        "data": {"values": list(rows)},
        "mark": {"type": "line", "strokeWidth": 2.2, "interpolate": "step-after", "point": {"size": 30}},
        "encoding": {
            "x": {"field": "round", "type": "quantitative", "title": unit, "axis": {"tickMinStep": 1, "format": "d"}},
            "y": {"field": "gain", "type": "quantitative", "title": "points above everything unsigned"},
            "color": _party_colour(scenario),
            "tooltip": [{"field": "round", "title": unit}, {"field": "who"}, {"field": "gain"}],
        },
    }


def values(scenario: Scenario, rows: Sequence[Sequence[Any]]) -> Spec:
    """What was signed by the end of each round is worth: to each party, and (dashed) to all together.

    `rows` are (round, gains by party, their sum).
    """
    drawn = [
        {"round": number, "who": short(scenario, party), "gain": gain}
        for number, gains, _ in rows
        for party, gain in gains.items()
    ]
    spec = progress(scenario, drawn, scenario.unit)
    mark, encoding = spec.pop("mark"), spec.pop("encoding")
    all_of_them = {"values": [{"round": number, "who": "all together", "gain": made} for number, _, made in rows]}
    dashed = {"type": "line", "strokeDash": [6, 4], "strokeWidth": 2.2, "interpolate": "step-after", "color": "#888"}
    together = {key: value for key, value in encoding.items() if key != "color"}
    return {
        **spec,
        "layer": [
            {"mark": mark, "encoding": encoding},
            {"data": all_of_them, "mark": dashed, "encoding": together},
        ],
    }


def offers(scenario: Scenario, counts: Mapping[str, Mapping[str, int]], *, night: bool) -> Spec:
    """How many offers of which kind each party made, as stacked bars."""
    rows = [
        {"who": short(scenario, party), "kind": name, "what": what, "count": here[kind], "n": n}
        for party, here in counts.items()
        for n, (kind, (name, what)) in enumerate(words.KINDS.items())
        if here.get(kind)
    ]
    scale = {"domain": [name for name, _ in words.KINDS.values()], "range": list(words.KIND_COLOURS[night])}
    legend = {"orient": "top", "columns": 4, "labelLimit": 240}
    titles = {"who": "party", "kind": "kind", "what": "that is", "count": "offers"}
    axis = {"tickMinStep": 1, "format": "d"}
    return {
        "height": {"step": 34},
        "background": "transparent",
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 20},
        "encoding": {
            "y": {"field": "who", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 160}},
            "x": {"field": "count", "type": "quantitative", "title": "offers", "axis": axis},
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": scale, "legend": legend},
            "order": {"field": "n", "type": "quantitative"},
            "tooltip": [{"field": field, "title": title} for field, title in titles.items()],
        },
    }
