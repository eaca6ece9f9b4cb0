"""An analysis as one HTML page that needs nothing else: for a projector, a phone, an attachment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from negotiation.analysis.figures import MOST_PARTIES, pictures, svg, thinned
from negotiation.analysis.frontier import Frontier
from negotiation.analysis.labels import Kind, Mark
from negotiation.analysis.page_style import section, table, whole
from negotiation.case import Case
from negotiation.rounding import plain
from negotiation.scenario import Scenario

PAINT = {
    name: f"var(--{name})"
    for name in ("text", "card", "dot", "bad", "accent", "reference", "game", "low", "middle", "high")
}
"""Colours that the page's style sheet sets, light or dark."""

LOOK = {
    "font": "Inter, system-ui, sans-serif",
    "view": {"stroke": None},
    **dict.fromkeys(
        ("axis", "legend"),
        {"gridColor": "var(--line)", "domainColor": "var(--line)", "tickColor": "var(--line)"}
        | dict.fromkeys(("labelColor", "titleColor"), "var(--text)")
        | {"labelFontSize": 13, "titleFontSize": 14},
    ),
}

WIDTH = 420
"""Pixels of a chart's frame, before the page scales it."""


def page(case: Case, found: Mapping[str, Any], front: Frontier) -> str:
    """What `analyse` found, with pictures of the frontier it was found on, as HTML."""
    titles = {party: title.title.partition(" (")[0] for party, title in case.scenario.parties.items()}
    sections = [
        _heading(case, found, titles),
        _frontier(case, found, front, titles),
        _solutions(case, found, titles),
        _references(case, found, titles),
        _leaving(case, found, titles),
        _alone(case, found, titles),
        _coalitions(found, titles),
        _sensitivity(case, found, titles),
    ]
    return whole(f"{case.scenario.title}: what could have been", [text for text in sections if text])


def _heading(case: Case, found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    types = [f"{titles[p]} {found['types'][p]}" for p, roles in case.roles.items() if len(roles) > 1]
    changes = [*(f"without {table}" for table in found["without"]), *([] if found["linked"] else ["without links"])]
    notes = [
        *([f"Private types: {', '.join(types)}."] if types else []),
        *([f"What if: {', '.join(changes)}."] if changes else []),
    ]
    disclaimer = case.scenario.disclaimer
    return (
        f"<header><h1>{escape(case.scenario.title)}</h1><p class=sub>What could have been</p>"
        + (f"<p class=fiction>{escape(disclaimer)}</p>" if disclaimer else "")
        + "".join(f"<p>{escape(note)}</p>" for note in notes)
        + "</header>"
    )


def _marks(found: Mapping[str, Any]) -> list[Mark]:
    """Solutions by letter, references by number, in the order in which the page lists them."""
    parties = found["parties"]

    def mark(name: str, kind: Kind, scores: Mapping[str, float]) -> Mark:
        return Mark(name, kind, [scores[party] for party in parties])

    tops = [solution["points"][0]["scores"] for solution in found["solutions"].values()]
    return [
        mark("nothing signed", "unsigned", found["unsigned_scores"]),
        *(mark(_letter(n), "solution", scores) for n, scores in enumerate(tops)),
        *(mark(str(n), "reference", row["scores"]) for n, row in enumerate(found["references"].values(), start=1)),
    ]


def _frontier(case: Case, found: Mapping[str, Any], front: Frontier, titles: Mapping[str, str]) -> str:
    row, parties = found["frontier"], found["parties"]
    exact = (
        "exact" if row["exact"] else f"approximate: nobody loses more than {plain(row['epsilon'], 3)} points against it"
    )
    text = f"<p>{row['points']:,} different results cannot be improved for all of {escape(_and(parties, titles))} at once ({exact}). "
    if found["never_below_unsigned"]:
        text += (
            f"{escape(_and(found['never_below_unsigned'], titles))} never sign what, seen alone, is worth less to them."
        )
    rows = [
        (titles[p], *(_number(column[p]) for column in (found["unsigned_scores"], row["lowest"], row["highest"])))
        for p in parties
    ]
    unsigned = [found["unsigned_scores"][party] for party in parties]
    drawn = pictures(front, unsigned, _marks(found), [titles[party] for party in parties], PAINT)
    charts = "".join(
        f"<figure>{svg({**spec, 'config': LOOK, 'width': WIDTH}, f'{x}-{y}')}"
        f"<figcaption>{escape(titles[x])} and {escape(titles[y])}</figcaption></figure>"
        for (x, y), spec in drawn.items()
    )
    head = ("Points", "nothing signed", "least on it", "most on it")
    return section("The frontier", f"{text}</p>{_pictures(charts, front, titles)}{table(head, rows)}")


def _pictures(charts: str, front: Frontier, titles: Mapping[str, str]) -> str:
    if not charts:
        return ""
    rows, count = thinned(front)
    notes = [
        "Letters are solutions, numbers are references, as listed below; what lies up and to the right is better, "
        "and shaded is where one of the two has less than with nothing signed."
    ]
    if len(front.parties) > MOST_PARTIES:
        notes.append(f"The picture shows the frontier of {_and(front.parties[:MOST_PARTIES], titles)} only.")
    if len(rows) < count:
        notes.append(f"{len(rows):,} of its {count:,} points are drawn.")
    return f"<div class=charts>{charts}</div><p class=note>{escape(' '.join(notes))}</p>"


def _solutions(case: Case, found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if not found["solutions"]:
        return section("Solutions", "<p>None: no outcome gives everybody as much as nothing signed.</p>")
    parties = found["parties"]
    rows, details = [], []
    for n, (name, solution) in enumerate(found["solutions"].items()):
        point = solution["points"][0]
        tie = f" ({solution['ties']:,} points tie)" if solution["ties"] > 1 else ""
        title = f"{_letter(n)}  {_name(name)}"
        rows.append((title, *(_gain(point["gains"][p]) for p in parties)))
        details.append(
            f"<details{' open' if not n else ''}><summary>{escape(title)}: {escape(solution['maximises'])}{tie}</summary>"
            f"{_outcome(case.scenario, point['outcome'])}</details>"
        )
    head = ("Gain over nothing signed", *(titles[p] for p in parties))
    return section("Solutions", table(head, rows) + "".join(details))


def _outcome(scenario: Scenario, outcome: Mapping[str, Mapping[str, str] | None]) -> str:
    lines = []
    for name, deal in outcome.items():
        table = scenario.tables[name]
        words = "; ".join(
            f"{issue.title}: {issue.texts[issue.number(deal[issue.name])]}" for issue in table.issues if deal
        )
        lines.append(f"<dt>{escape(table.title)}</dt><dd>{escape(words or 'not signed')}</dd>")
    return f"<dl>{''.join(lines)}</dl>"


def _references(case: Case, found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if not found["references"]:
        return ""
    rows, better = [], []
    for n, (name, row) in enumerate(found["references"].items(), start=1):
        title = f"{n}  {case.references[name].title}"
        points = (_number(row["scores"][p]) for p in found["parties"])
        rows.append(
            (title, *points, f"{row['dominated_by']:,}", _number(row["equal_gain"]), _number(row["total_left"]))
        )
        items = "".join(f"<li>{escape(change['words'])}</li>" for change in row["improvements"])
        better.append(f"<details><summary>{escape(title)}</summary><ul>{items}</ul></details>" if items else "")
    head = ("Points", *(titles[p] for p in found["parties"]), "beaten by", "equal gain", "left in all")
    text = (
        "<p class=note>Beaten by: points of the frontier at least as good for all. Equal gain: what each could have had "
        "more, if all were to gain alike. Left in all: points that all together could have had more, nobody worse off.</p>"
    )
    changes = f"<h3>Changes that nobody would have refused</h3>{''.join(better)}" if any(better) else ""
    return section("References", table(head, rows) + text + changes)


def _leaving(case: Case, found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    rows = [
        (
            case.references[name].title,
            titles[leave["party"]],
            case.scenario.tables[leave["table"]].title,
            _gain(leave["gain"]) + ("" if leave["decisive"] else " (can be spared)"),
        )
        for name, row in found["references"].items()
        for leave in row["leaves"]
    ]
    head = ("In this outcome", "this party", "would rather leave", "points")
    return section("Who would leave which table", table(head, rows, numbers=(3,))) if rows else ""


def _alone(case: Case, found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    rows = []
    for name, groups in found["tables"].items():
        for group in groups:
            nash = group["solutions"].get("nash")
            gains = nash["points"][0]["gains"] if nash and nash["value"] > 0 else {}
            told = ", ".join(f"{titles[p]} {_gain(gain)}" for p, gain in gains.items()) or "no gain for all"
            rows.append(
                (case.scenario.tables[name].title, _and(group["signers"], titles), told, f"{group['points']:,}")
            )
    head = ("Table", "signed by", "gains at its Nash solution", "points")
    return section("Each table alone", table(head, rows, numbers=(3,)))


def _coalitions(found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if found["coalitions"] is None:
        return ""
    rows = [(_and(row["members"], titles), _number(row["worth"])) for row in found["coalitions"] if row["worth"]]
    core, middle = found["core"], found["nucleolus"]
    columns = {"Shapley value": found["shapley"], **({"nucleolus": middle} if middle else {})}
    head = ("Party", *columns)
    shares = [(titles[p], *(_number(column[p]) for column in columns.values())) for p in found["shapley"]]
    state = (
        "The core is empty: some coalition always does better alone."
        if core["empty"]
        else ("The core is not empty: no coalition does better alone than with the nucleolus.")
    )
    listed = (
        f"<details><summary>{len(rows)} coalitions that gain something on their own</summary>"
        "<p class=note>Worth: the largest sum of gains that the members can sign alone.</p>"
        f"{table(('Coalition', 'worth'), rows)}</details>"
    )
    return section("Coalitions", f"{table(head, shares)}<p>{state}</p>{listed}")


def _sensitivity(case: Case, found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if "sensitivity" not in found:
        return ""
    row, shown = found["sensitivity"], []
    for weight in row["weights"]:
        flips = [
            f"{_signed(shift['percent'])} %, {_name(shift['solution'])}: "
            + "; ".join(_flip(case.scenario, key, flip) for key, flip in shift["flips"].items())
            for shift in weight["shifts"]
            if shift["flips"]
        ]
        issue = _title(case.scenario, weight["issue"])
        cells = (titles[weight["party"]], f"{issue} ({plain(weight['weight'])})", _number(weight["effect"]))
        shown.append((*cells, ". ".join(flips) or "–"))
    note = (
        f"One weight at a time changed by ±{plain(row['percent'])} %, the party's others scaled to the same sum, everything "
        "solved anew. Effect: the largest change of anybody's gain at the Nash or Kalai–Smorodinsky solution, in points."
    )
    head = ("Party", "Issue (weight)", "effect", "options that flip")
    inside = f"<p class=note>{escape(note)}</p>{table(head, shown, numbers=(2,))}"
    return section("Sensitivity to the weights", inside)


def _flip(scenario: Scenario, key: str, flip: Sequence[str]) -> str:
    name, _, title = key.partition(".")
    table = scenario.tables[name]
    if title:
        issue = table.issues[table.by_name[title]]
        flip = [issue.texts[issue.number(option)] for option in flip]
    return f"{_title(scenario, key)} from “{flip[0]}” to “{flip[1]}”"


def _title(scenario: Scenario, key: str) -> str:
    """An issue `table.issue`, or a table, for people."""
    name, _, issue = key.partition(".")
    table = scenario.tables[name]
    return table.issues[table.by_name[issue]].title if issue else table.title


def _and(names: Sequence[str], titles: Mapping[str, str]) -> str:
    shown = [titles[name] for name in names]
    return " and ".join([*([", ".join(shown[:-1])] if len(shown) > 1 else []), shown[-1]])


def _letter(n: int) -> str:
    return "ABCDEFGH"[n]


def _name(name: str) -> str:
    return "–".join(part.capitalize() for part in name.split("_"))


def _number(points: float) -> str:
    return f"{points:.2f}"


def _gain(points: float) -> str:
    return f"{points:+.2f}".replace("-", "−")


def _signed(percent: float) -> str:
    return plain(percent, sign=True).replace("-", "−")
