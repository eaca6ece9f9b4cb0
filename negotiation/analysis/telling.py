"""An analysis told for people: what `negotiation analyze` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from negotiation.case import Case
from negotiation.rounding import plain

MOST_WEIGHTS = 12
"""Weights told of a sensitivity analysis."""


def told(case: Case, found: Mapping[str, Any]) -> str:
    """An analysis as text, in sections."""
    sections = [
        _heading(case, found),
        _frontier(found),
        _solutions(found),
        _tables(found),
        _references(case, found),
        _coalitions(found),
        _sensitivity(found),
    ]
    return "\n\n".join("\n".join(section) for section in sections if section)


def _heading(case: Case, found: Mapping[str, Any]) -> list[str]:
    chosen = [f"{party} {found['types'][party]}" for party, roles in case.roles.items() if len(roles) > 1]
    changes = [*(f"without {table}" for table in found["without"]), *([] if found["linked"] else ["without links"])]
    lines = [case.scenario.title, *([case.scenario.disclaimer] if case.scenario.disclaimer else [])]
    lines += [f"Types: {', '.join(chosen)}"] if chosen else []
    return lines + ([f"What if: {', '.join(changes)}"] if changes else [])


def _frontier(found: Mapping[str, Any]) -> list[str]:
    front, parties = found["frontier"], found["parties"]
    how = (
        "exact"
        if front["exact"]
        else f"APPROXIMATE: nobody loses more than {plain(front['epsilon'], 3)} points against it"
    )
    lines = [f"Frontier of {_and(parties)}: {front['points']:,} points ({how})"]
    if found["never_below_unsigned"]:
        lines.append(
            f"{_and(found['never_below_unsigned'])}: never signs a table that, seen alone, is worth less to it than unsigned"
        )
    rows = [("", "unsigned", "lowest", "highest")]
    rows += [
        (p, *(_number(column[p]) for column in (found["unsigned_scores"], front["lowest"], front["highest"])))
        for p in parties
    ]
    return [*lines, *_columns(rows)]


def _solutions(found: Mapping[str, Any]) -> list[str]:
    if not found["solutions"]:
        return ["Solutions: none, no outcome gives everybody as much as nothing signed"]
    lines = ["Solutions (against nothing signed)"]
    for name, solution in found["solutions"].items():
        tie = f", {solution['ties']:,} points tie" if solution["ties"] > 1 else ""
        lines.append(f"  {_title(name)}: {solution['maximises']}, {plain(solution['value'], 4)}{tie}")
        for point in solution["points"]:
            lines.append(f"    {_scores(point['scores'])}{_ways(point['outcomes'])}")
            lines += [f"      {line}" for line in _outcome(point["outcome"])]
    return lines


def _ways(count: int | None) -> str:
    if count == 1:
        return ""
    return f"  (one of {count:,} outcomes)" if count else "  (one of very many outcomes)"


def _tables(found: Mapping[str, Any]) -> list[str]:
    lines = ["Each table alone, by who signs: points on its frontier, gains at the Nash solution"]
    for name, groups in found["tables"].items():
        for group in groups:
            nash = group["solutions"].get("nash")
            best = f"Nash {_scores(nash['points'][0]['gains'])}" if nash and nash["value"] > 0 else "no gain for all"
            lines.append(f"  {name}: {_and(group['signers'])}: {group['points']:,} points, {best}")
    return lines


def _references(case: Case, found: Mapping[str, Any]) -> list[str]:
    lines = ["References"] if found["references"] else []
    for name, row in found["references"].items():
        lines.append(f"  {name} ({case.references[name].title}): {_scores(row['scores'])}")
        lines.append(
            f"    beaten by {row['dominated_by']:,} points of the frontier; largest equal gain for its parties: "
            f"{_number(row['equal_gain'])}"
        )
        if row["total_left"]:
            lines.append(
                f"    left on the table: {_number(row['total_left'])} points in all, without anybody being worse off"
            )
        lines += [f"    nobody would refuse {better['words']}" for better in row["improvements"]]
        for leave in row["leaves"]:
            spared = "" if leave["decisive"] else " (it can be spared)"
            lines.append(f"    {leave['party']} would leave {leave['table']}: +{_number(leave['gain'])}{spared}")
        for party, needs in row["needed"].items():
            if needs["overall"]:
                lines.append(f"    {party} is {_number(needs['overall'])} points short of having nothing signed")
    return lines


def _coalitions(found: Mapping[str, Any]) -> list[str]:
    if found["coalitions"] is None:
        return ["Coalitions: left out, there are too many parties"]
    rows = [("coalition", "worth")]
    rows += [(" + ".join(row["members"]), _number(row["worth"])) for row in found["coalitions"] if row["worth"]]
    core = found["core"]
    state = (
        "empty: some coalition always does better alone" if core["empty"] else f"not empty: {_scores(core['division'])}"
    )
    return [
        "Coalitions: the largest sum of gains that members can sign alone (none not listed gains anything)",
        *_columns(rows),
        f"  Shapley value: {_scores(found['shapley'])}",
        *([f"  Nucleolus: {_scores(found['nucleolus'])}"] if found["nucleolus"] else []),
        f"  Core {state}",
    ]


def _sensitivity(found: Mapping[str, Any]) -> list[str]:
    if "sensitivity" not in found:
        return []
    row = found["sensitivity"]
    weights = row["weights"]
    firm = sum(not any(shift["flips"] for shift in weight["shifts"]) for weight in weights)
    lines = [
        f"Sensitivity: one weight changed by ±{plain(row['percent'])} % at a time, by the largest change of anybody's gain",
        f"  {firm} of {len(weights)} weights change no option of a solution",
    ]
    for weight in weights[:MOST_WEIGHTS]:
        lines.append(
            f"  {weight['party']}, {weight['issue']} ({plain(weight['weight'])}): up to {_number(weight['effect'])} points"
        )
        for shift in weight["shifts"]:
            if shift["flips"]:
                flips = "; ".join(f"{key} {old} → {new}" for key, (old, new) in shift["flips"].items())
                changes = _changes(shift["gains"])
                lines.append(
                    f"    {plain(shift['percent'], sign=True)} %, {_title(shift['solution'])}: {changes}: {flips}"
                )
    if len(weights) > MOST_WEIGHTS:
        lines.append(f"  and {len(weights) - MOST_WEIGHTS} more (all with --json)")
    return lines


def _changes(gains: Mapping[str, float]) -> str:
    return ", ".join(f"{party} {change:+.2f}" for party, change in gains.items() if change) or "no gain changes"


def _outcome(outcome: Mapping[str, Mapping[str, str] | None]) -> list[str]:
    return [f"{name}: {', '.join(deal.values()) if deal else 'unsigned'}" for name, deal in outcome.items()]


def _scores(scores: Mapping[str, float]) -> str:
    return ", ".join(f"{party} {_number(points)}" for party, points in scores.items())


def _number(points: float) -> str:
    return f"{points:.2f}"


def _title(name: str) -> str:
    return "–".join(part.capitalize() for part in name.split("_"))


def _and(names: Sequence[str]) -> str:
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), names[-1]])


def _columns(rows: Iterable[Sequence[str]]) -> list[str]:
    lines = list(rows)
    widths = [max(len(row[k]) for row in lines) for k in range(len(lines[0]))]
    return [
        "  "
        + "  ".join(
            text.rjust(width) if k else text.ljust(width)
            for k, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in lines
    ]
