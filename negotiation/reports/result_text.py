"""The result of a game as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiation.rounding import apart, shown


def result_text(result: Mapping[str, Any], decimals: int = 2) -> str:
    """Return what was signed when, why the rest was not, and each party's points against everything unsigned."""
    lines = [
        f"{result['case']} · {result['protocol']} · seed {result['seed']} · "
        f"{result['rounds_played']} of {result['rounds']} rounds · {len(result['events'])} events"
        + ("" if result["over"] else " · still open, and the round that is running counts"),
        "",
    ]
    width = max(map(len, result["outcome"]))
    unsigned = result["events"][-1].get("unsigned", {}) if result["events"] else {}
    for table, deal in result["outcome"].items():
        if deal is None:
            lines.append(f"  {table:<{width}}  unsigned: {unsigned.get(table, 'still open')}")
        else:
            terms = ", ".join(f"{issue} {option}" for issue, option in deal.items())
            lines.append(f"  {table:<{width}}  round {result['signed_in'][table]}: {terms}")
    lines += ["", "  points (fictional), against everything unsigned"]
    width = max(map(len, result["scores"]))
    for party, points in result["scores"].items():
        rest = result["unsigned_scores"][party]
        who = f"{result['seats'][party]}, {result['types'][party]}"
        far = shown(apart(points, rest, decimals), decimals, signed=True)
        lines.append(f"  {party:<{width}}  {shown(points, decimals):>7}  {far:>7}  ({who})")
    return "\n".join(lines)
