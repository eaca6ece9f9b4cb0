"""Charts of a batch as plain Vega-Lite dictionaries, for report, studies and Lab page; colours are the caller's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negotiation.case import Case
from negotiation.lab.standings import Report
from negotiation.lab.summary import Summary
from negotiation.lab.tally import UNSIGNED
from negotiation.language import decimal, mark, tr
from negotiation.reports.figure_files import Ink, Spec
from negotiation.reports.palette import group_colour, party_colour
from negotiation.rounding import plain

UNSIGNED_TEXT = mark("(unsigned)")

NEVER = {"mean": 0.0, "low": 0.0, "high": 0.0}
"""The interval of what never came about."""


def names_of(case: Case) -> dict[str, str]:
    """Return every party's name without what stands in brackets."""
    return {party: found.title.partition(" (")[0] for party, found in case.scenario.parties.items()}


def options(case: Case, summary: Summary, table: str, reference: str, ink: Ink) -> Spec:
    """Return how often each option of a table's issues was signed, as a share of runs, by group, with 95 % intervals.

    A mark stands at the options of a reference (a name, or empty).
    """
    views = [
        {**view, "title": {"text": title, "anchor": "start", "frame": "group", "fontSize": 13, "color": ink["text"]}}
        for title, view in issues(case, summary, table, reference, ink).items()
    ]
    whole = frame(ink)
    whole["padding"]["right"] = 70  # for words as long as a view in a reader's wider letters
    return {**whole, "vconcat": views, "spacing": 14, "resolve": {"scale": {"yOffset": "independent"}}}


def issues(case: Case, summary: Summary, table: str, reference: str, ink: Ink) -> dict[str, Spec]:
    """Return the chart of `options` as one view an issue, by its title, without the frame."""
    groups = list(dict.fromkeys(row["group"] for row in summary.groups if row["case"] == case.name))
    deal = case.references[reference].outcome.get(table) if reference else None
    views = {}
    for at, issue in enumerate(case.scenario.tables[table].issues):
        happened = UNSIGNED if deal is None else issue.options[deal[at]]
        shares = {
            (row["group"], row["option"]): _interval({"mean": row["share"], "half": row["half"]})
            for row in summary.options
            if (row["case"], row["table"], row["issue"]) == (case.name, table, issue.name)
        }
        rows = []
        for option, text in [*zip(issue.options, issue.texts, strict=True), (UNSIGNED, tr(UNSIGNED_TEXT))]:
            found = [shares.get((group, option), NEVER) for group in groups]
            place = {"option": text, "top": max((x["high"] for x in found), default=0.0)}
            happens = bool(reference) and option == happened
            rows += [
                {**place, "group": said(group), "share": x["mean"], **x, "mark": happens and n == len(groups) - 1}
                for n, (group, x) in enumerate(zip(groups, found, strict=True))
            ]
        views[issue.title] = _issue(rows, groups, ink)
    return views


def _issue(rows: Sequence[Mapping[str, object]], groups: Sequence[object], ink: Ink) -> Spec:
    """Return bars under the words of their option, so that long ones are not cut off and narrow screens are enough."""
    thick, words = 7 * len(groups) + 4, 24
    step = thick + words
    place = {"labelAlign": "left", "labelPadding": 0, "labelOffset": -thick / 2 - 8, "labelLimit": {"expr": "width"}}
    y = {
        "field": "option",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {**place, "ticks": False, "domain": False},
        "scale": {"paddingInner": words / step, "paddingOuter": words / step / 2, "align": 1},
    }
    x = {"type": "quantitative", "title": None, "axis": {"format": ".0%", "tickCount": 5}, "scale": {"domain": [0, 1]}}
    bars = {"y": y, **_groups(groups, ink), "x": {"field": "share", **x}}
    ends = {"y": y, "yOffset": bars["yOffset"], "x": {"field": "low", **x}, "x2": {"field": "high"}}
    dot = {"type": "text", "text": "◆", "dx": 9, "fontSize": 13, "color": ink["bad"]}
    at = {"y": y, "x": {"field": "top", **x}}
    return {
        "width": 430,
        "height": {"step": step, "for": "position"},
        "data": {"values": list(rows)},
        "layer": [
            {"mark": {"type": "bar", "clip": True}, "encoding": bars},
            {"mark": {"type": "rule", "strokeWidth": 1.5, "color": ink["text"], "clip": True}, "encoding": ends},
            {"mark": dot, "encoding": at, "transform": [{"filter": "datum.mark"}]},
        ],
    }


def gains(case: Case, summary: Summary, ink: Ink) -> Spec:
    """Return every party's mean gain over leaving everything unsigned, by group, with the 95 % interval of the mean."""
    titles = names_of(case)
    rows = [
        {"party": titles[party], "group": said(row["group"]), **_interval(mean)}
        for row in summary.groups
        for party in case.roles
        if row["case"] == case.name and (mean := row[f"gain.{party}"])
    ]
    groups = list(dict.fromkeys(row["group"] for row in rows))
    y = {"field": "party", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 160}}
    x = {"field": "mean", "type": "quantitative", "title": tr("points over everything unsigned")}
    encoding = {"y": y, **_groups(groups, ink)}
    return {
        **frame(ink),
        "width": 420,
        "height": {"step": 11 * len(groups) + 10, "for": "position"},
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {**encoding, "x": x}},
            {
                "mark": {"type": "rule", "strokeWidth": 2, "color": ink["text"]},
                "encoding": {
                    "y": y,
                    "yOffset": encoding["yOffset"],
                    "x": {**x, "field": "low"},
                    "x2": {"field": "high"},
                },
            },
        ],
    }


def standings(report: Report, ink: Ink) -> Spec:
    """Return each strategy's gain as a share of the best its seats could have had, best first, with 95 % intervals."""
    rows = [
        {"strategy": one.name, **_interval({"mean": one.share.mean, "half": one.share.half})}
        for one in report.standings
    ]
    y = {"field": "strategy", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 220}}
    x = {"field": "mean", "type": "quantitative", "title": tr("share of the best gain"), "axis": {"format": ".0%"}}
    ends = {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}
    return {
        **frame(ink),
        "height": {"step": 26},
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "bar", "height": 16, "color": ink["accent"]}, "encoding": {"y": y, "x": x}},
            {"mark": {"type": "rule", "strokeWidth": 2, "color": ink["text"]}, "encoding": ends},
        ],
    }


def factor(case: Case, summary: Summary, name: str, ink: Ink) -> Spec:
    """Return each party's mean gain and the share of tables signed, by value of a factor, with 95 % intervals."""
    points, signed = courses(case, summary, name, ink)
    return {**frame(ink), "hconcat": [{**points, "width": 330}, {**signed, "width": 220}]}


def courses(case: Case, summary: Summary, name: str, ink: Ink) -> tuple[Spec, Spec]:
    """Return the chart of `factor` as two views without the frame."""
    titles = names_of(case)
    outcomes = {f"gain.{party}": titles[party] for party in case.roles}
    rows = [row for row in summary.factors if row["case"] == case.name and row["factor"] == name]
    number = all(type(row["value"]) in (int, float) for row in rows)
    told = [
        {**_interval(row), "value": row["value"] if number else said(row["value"]), "of": row["outcome"]}
        for row in rows
    ]
    x: Spec = {"field": "value", "title": spoken(case, name), "type": "nominal", "axis": {"labelAngle": 0}}
    if number:
        x |= {"type": "quantitative", "scale": {"zero": False}}
    hue = {
        "field": "party",
        "type": "nominal",
        "sort": None,
        "title": None,
        "scale": {"domain": list(outcomes.values()), "range": [ink[party_colour(n)] for n in range(len(outcomes))]},
    }
    points = [{**row, "party": outcomes[row["of"]]} for row in told if row["of"] in outcomes]
    signed = [row for row in told if row["of"] == "agreement"]
    share: Spec = {"title": tr("share of tables signed"), "axis": {"format": ".0%"}, "scale": {"domain": [0, 1]}}
    return _lines(points, x, {"title": tr("points over everything unsigned")}, hue), _lines(
        signed, x, share, {"value": ink["accent"]}
    )


def _lines(rows: Sequence[Mapping[str, object]], x: Spec, of: Spec, hue: Spec) -> Spec:
    y = {"field": "mean", "type": "quantitative", **of}
    band = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    line = {"type": "line", "point": {"filled": True, "size": 45}}
    return {
        "height": 280,
        "data": {"values": list(rows)},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.6}, "encoding": {"x": x, **band, "color": hue}},
            {"mark": line, "encoding": {"x": x, "y": y, "color": hue}},
        ],
    }


def spoken(case: Case, name: str) -> str:
    """Return a factor in words: `Nissan: Shareholding` for `weight.nissan.alliance.stakes`."""
    kind, *rest = name.split(".")
    titles, tables = names_of(case), case.scenario.tables
    match kind, rest:
        case "weight", [party, table, issue] if party in titles and table in tables:
            place = tables[table]
            title = place.issues[place.by_name[issue]].title
            return tr("{party}: weight of {issue}", party=titles[party], issue=title)
        case "unsigned", [party, table] if party in titles and table in tables:
            return tr("{party}: {table} unsigned", party=titles[party], table=tables[table].title)
        case "delay", [party] if party in titles:
            return tr("{party}: cost of delay", party=titles[party])
        case _:
            return name


def _groups(groups: Sequence[object], ink: Ink) -> Spec:
    names = [said(group) for group in groups]
    scale = {"domain": names, "range": [ink[group_colour(n)] for n in range(len(names))]}
    hue = {"field": "group", "type": "nominal", "sort": None, "title": None, "scale": scale}
    if len(names) < 2:
        hue["legend"] = None
    return {"color": hue, "yOffset": {"field": "group", "type": "nominal", "sort": None}}


def _interval(mean: Mapping[str, Any]) -> Spec:
    wide = mean["half"] or 0.0
    return {"mean": mean["mean"], "low": mean["mean"] - wide, "high": mean["mean"] + wide}


def said(value: object) -> str:
    """Return a value in words; – where there is none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return decimal(plain(value)) if isinstance(value, int | float) else str(value)


def frame(ink: Ink) -> Spec:
    """Return the frame that all charts have in common."""
    words = {
        "labelColor": ink["text"],
        "titleColor": ink["text"],
        "labelFontSize": 12,
        "titleFontSize": 13,
        "titleFontWeight": 500,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "transparent",
        "padding": {"left": 36, "right": 12, "top": 6, "bottom": 6},
        "config": {
            "font": "Inter, system-ui, sans-serif",
            "view": {"stroke": None},
            "axis": {**words, "gridColor": ink["line"], "domainColor": ink["line"], "tickColor": ink["line"]},
            "legend": {**words, "orient": "top", "columns": 3, "labelLimit": 220},
        },
    }
