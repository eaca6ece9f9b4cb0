"""Writes the numbers in the teaching notes anew: `python scripts/notes.py` plays, `--keep` takes what was played last.

What was played stands in studies/course/CASE.json, with the digest of the case. In a note, what stands between
`<!-- numbers: NAME -->` and `<!-- end -->` is made here; all else is written by people.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from negotiation.analysis.coalitions import values
from negotiation.analysis.figure_data import frontier_data
from negotiation.analysis.report import Wish, wished
from negotiation.analysis.solutions import SOLUTIONS
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.formats import for_a_course, load
from negotiation.handouts.slides import MEDIATED, meant_for, timetable
from negotiation.lab.plan import load_plan
from negotiation.lab.results import open_results
from negotiation.lab.runner import run
from negotiation.reports.words import all_of, short
from negotiation.rounding import shown

ROOT = Path(__file__).resolve().parent.parent
PLAYED = ROOT / "studies" / "course"
GAMES = {"easy": 4_000, "fair": 4_000, "tough": 2_000}
"""How many games agents of each level play; a mediated case, whose games no compiled engine plays, takes a tenth."""

PLAN = """format: negotiation-plan/1
cases: [{case}]
protocols: [{protocol}]
lineups: {{{level}: {level}}}
factors: {{noise: 0.25}}
replications: {games}
"""


def play(case: Case, games: Mapping[str, int] = GAMES) -> dict[str, Any]:
    """Return what agents of each level come to in so many games, every weight of every sheet varied by up to a quarter."""
    protocol = meant_for(case)
    levels = {level: _level(case, level, protocol, count) for level, count in games.items()}
    return {"digest": case.digest, "games": dict(games), "protocol": protocol, "levels": levels}


def _level(case: Case, level: str, protocol: str, games: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        plan, out = Path(folder) / "plan.yaml", Path(folder) / "results"
        plan.write_text(PLAN.format(case=case.name, level=level, games=games, protocol=protocol), encoding="utf-8")
        run(load_plan(plan), out)
        results = open_results(out)
        runs, tables = results.frame("runs"), results.frame("tables", ["table", "deal"]).dropna()
    return {
        "signed": {name: round(float((tables["table"] == name).sum() / len(runs)), 4) for name in case.scenario.tables},
        "rounds": round(float(runs["rounds"].mean()), 2),
        "points": {party: round(float(runs[f"points.{party}"].mean()), 2) for party in case.roles},
        "gains": {party: round(float(runs[f"gain.{party}"].mean()), 2) for party in case.roles},
    }


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, numbers to the right."""
    ruled = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ruled, *rows))


def minus(number: str) -> str:
    """Return a number with the sign that is as wide as a plus."""
    return number.replace("-", "−")


def plans(case: Case) -> str:
    """Return the timetable of each plan."""
    parts = []
    for plan in case.plans:
        rows = [(what, minutes) for minutes, what in timetable(plan)]
        parts.append(table((f"a lesson of {plan.minutes} minutes", "minute"), rows))
    return "\n\n".join(parts)


def expected(case: Case, played: Mapping[str, Any]) -> str:
    """Return what agents came to."""
    names = [short(case.scenario, party) for party in case.roles]
    many = len(case.scenario.tables) > 1
    signed = [f"{table.title} signed" if many else "signed" for table in case.scenario.tables.values()]
    rows = [
        [
            level,
            *(f"{shown(100 * share, 1)} %" for share in one["signed"].values()),
            shown(one["rounds"], 1),
            *(
                f"{minus(shown(one['points'][p], 1))} ({'+' if one['gains'][p] >= 0 else ''}{minus(shown(one['gains'][p], 1))})"
                for p in case.roles
            ),
        ]
        for level, one in played["levels"].items()
    ]
    return table(("agents", *signed, "rounds", *names), rows)


def exact(case: Case) -> str:
    """Return what could have been had: the solutions, the named outcomes, and for three or more what groups are worth."""
    scenario, sheets = case.scenario, sheets_of(case, {})
    outcomes = {key: one.outcome for key, one in case.references.items()}
    found = frontier_data(case, wished(case, Wish()), outcomes)
    names = [short(scenario, party) for party in case.roles]
    rows: list[tuple[str, Sequence[float]]] = [("everything unsigned", found.unsigned)]
    rows += [(SOLUTIONS[key].title, scores) for key, scores in found.solutions.items()]
    rows += [(f"*{case.references[key].title}*", one.scores) for key, one in found.outcomes.items()]
    told = [table(("points", *names), [(title, *(shown(score, 1) for score in scores)) for title, scores in rows])]
    told.append(f"Results that cannot be improved for all at once: {len(found.points)}.")
    if len(names) > 2:
        worth = values(scenario, sheets, list(case.roles))
        groups = [
            (all_of([short(scenario, p) for p in group]), points) for group, points in worth.items() if points > 0
        ]
        told.append(
            table(("if only these sign", "they gain together"), [(names, shown(one, 1)) for names, one in groups])
        )
    return "\n\n".join(told)


def games(played: Mapping[str, Any]) -> str:
    """Return how many games were played, and how."""
    each = ", ".join(f"{count:,} of *{level}* agents" for level, count in played["games"].items())
    return f"{sum(played['games'].values()):,} games ({each}), protocol `{played['protocol']}`, every weight varied by up to a quarter."


def balance(case: Case, played: Mapping[str, Any]) -> str:
    """Return, by role, the share of the fair agents' gains."""
    gains = played["levels"]["fair"]["gains"]
    rows = [(short(case.scenario, p), f"{shown(100 * gain / sum(gains.values()), 0)} %") for p, gain in gains.items()]
    return table(("role", "share of what *fair* agents gain"), rows)


def written(case: Case, played: Mapping[str, Any], text: str) -> str:
    """Return a note with its numbers as they are."""
    made = {
        "plan": plans(case),
        "games": games(played),
        "expected": expected(case, played),
        "exact": exact(case),
        "balance": balance(case, played),
    }
    for name, numbers in made.items():
        pattern = rf"(<!-- numbers: {name} -->\n).*?(<!-- end -->)"
        text = re.sub(pattern, lambda found, numbers=numbers: f"{found[1]}{numbers}\n{found[2]}", text, flags=re.DOTALL)
    return text


def main() -> None:
    """Play what is not played, and write the notes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", help="names of cases of the course (default: all)")
    parser.add_argument("--keep", action="store_true", help="play nothing")
    options = parser.parse_args()
    for name, path in for_a_course().items():
        if options.cases and name not in options.cases:
            continue
        case, kept = load(name), PLAYED / f"{name}.json"
        if not options.keep:
            few = {level: count // 10 for level, count in GAMES.items()}
            found = play(case, few if meant_for(case) == MEDIATED else GAMES)
            kept.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        note = path.with_suffix(".md")
        note.write_text(
            written(case, json.loads(kept.read_text(encoding="utf-8")), note.read_text(encoding="utf-8")),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
