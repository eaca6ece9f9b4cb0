"""Charts of a batch with two dimensions: which factor decides what, and which gains came about together."""

from __future__ import annotations

from collections.abc import Sequence

from negotiation.case import Case
from negotiation.lab.charts import frame, names_of, spoken
from negotiation.lab.sobol import Influence
from negotiation.lab.summary import Summary
from negotiation.language import tr
from negotiation.reports.figure_files import Ink, Spec
from negotiation.rounding import shown


def influence(case: Case, found: Sequence[Influence], ink: Ink) -> Spec:
    """Return total Sobol indices as a map: factors down, outcomes across; the number is the share of variance.

    Below it stands its 95 % interval; what is not told apart from 0 is in brackets.
    """
    titles = {"agreement": tr("tables signed"), **{f"gain.{party}": name for party, name in names_of(case).items()}}
    totals: dict[str, float] = {}
    rows = []
    for one in found:
        factor, total = spoken(case, one.factor), max(one.total, 0.0)
        totals[factor] = totals.get(factor, 0.0) + total
        number, ends = shown(total, 2), f"{shown(max(one.low, 0.0), 2)}–{shown(one.high, 2)}"
        rows.append(
            {
                "factor": factor,
                "outcome": titles.get(one.outcome, one.outcome),
                "total": total,
                "number": number if one.clear else f"({number})",
                "interval": ends,
            }
        )
    most = max((max(one.total, 0.0) for one in found), default=1.0)
    order = sorted(totals, key=lambda factor: -totals[factor])
    y = {"field": "factor", "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 330}}
    x = {
        "field": "outcome",
        "type": "nominal",
        "sort": list(titles.values()),
        "title": tr("who gains, by how much"),
        "axis": {"labelAngle": -30, "orient": "top"},
    }
    strength = {
        "field": "total",
        "type": "quantitative",
        "scale": {"range": [0.04, 1], "domain": [0, most]},
        "legend": None,
    }
    shade = {"condition": {"test": f"datum.total > {0.62 * most}", "value": ink["card"]}, "value": ink["text"]}
    return {
        **frame(ink),
        "width": {"step": 76},
        "height": {"step": 36},
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "rect", "color": ink["accent"]}, "encoding": {"x": x, "y": y, "opacity": strength}},
            *(
                {
                    "mark": {"type": "text", "fontSize": size, "dy": down},
                    "encoding": {"x": x, "y": y, "color": shade, "text": {"field": words}},
                }
                for words, size, down in (("number", 12, -6), ("interval", 11, 8))
            ),
        ],
    }


def scatter(case: Case, summary: Summary, ink: Ink, front: Sequence[tuple[float, float]] = ()) -> Spec:
    """Return how often which gains of two parties occurred together, on the frontier possible for the two."""
    titles, side = names_of(case), summary.side / 2
    rows = [
        {"x": r["x"] - side, "x2": r["x"] + side, "y": r["y"] - side, "y2": r["y"] + side, "runs": r["runs"]}
        for r in summary.map
        if r["case"] == case.name
    ]
    x, y = (
        {
            "field": axis,
            "type": "quantitative",
            "title": tr("gain of {party}", party=titles[party]),
            "scale": {"zero": False, "nice": True},
        }
        for axis, party in zip("xy", summary.pair, strict=True)
    )
    often = {
        "field": "runs",
        "type": "quantitative",
        "scale": {"type": "log", "range": [0.25, 1], "domain": [1, max((row["runs"] for row in rows), default=2) + 1]},
        "legend": None,
    }
    layers: list[Spec] = [
        {
            "data": {"values": rows},
            "mark": {"type": "rect", "color": ink["accent"]},
            "encoding": {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "y2"}, "opacity": often},
        }
    ]
    if front:
        line = [{"x": a, "y": b} for a, b in sorted(front)]
        layers.append(
            {
                "data": {"values": line},
                "mark": {
                    "type": "line",
                    "interpolate": "step-before",
                    "color": ink["bad"],
                    "strokeWidth": 2,
                    "point": {"size": 18, "color": ink["bad"]},
                },
                "encoding": {"x": x, "y": y},
            }
        )
    return {**frame(ink), "width": 420, "height": 340, "layer": layers}
