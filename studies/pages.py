"""Writes the numbers of docs/studies anew from build/studies, so that no page says what is not so: `python studies/pages.py`.

In a page, what stands between `<!-- numbers: NAME -->` and `<!-- end -->` is made here; all else is written by people.
Every number has half of its 95 % interval over other seeds behind it; pages are left alone whose batch is not finished.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from negotiation.errors import NegotiationError
from negotiation.lab.charts import names_of, said, spoken
from negotiation.lab.estimates import estimate
from negotiation.lab.report import interval
from negotiation.lab.results import Results, open_results
from negotiation.lab.sobol import influences
from negotiation.lab.strata import Strata
from negotiation.lab.summary import Summary, planned_runs, summarise
from negotiation.rounding import plain

ROOT = Path(__file__).resolve().parent.parent
PLAYED, PAGES = ROOT / "build" / "studies", ROOT / "docs" / "studies"
CASE = "alliance-2023"

HISTORY = (
    ("15/15, the rest in a trust", "alliance", "stakes", "trust_15", "**this**"),
    ("Renault trims to about 35 %", "alliance", "stakes", "step_35_15", ""),
    ("15/15, the rest to be sold by a date", "alliance", "stakes", "sale_15", ""),
    ("zero-zero", "alliance", "stakes", "zero", ""),
    ("merger", "alliance", "stakes", "merger", ""),
    ("Nissan takes about 7 % of Ampère", "ampere", "nissan_stake", "s7", "**this** (undertaken)"),
    ("about 5 % of Ampère", "ampere", "nissan_stake", "s5", ""),
    ("no Nissan engineers in Ampère", "ampere", "engineers", "none", "**this**"),
    ("cloud: the independent vendor", "cloud", "vendor", "nimbus", "assumed by us: not public"),
)
"""What the hindcast looks for: in words, table, issue, option, and whether it happened."""

TOGETHER = {"alliance.stakes": "trust_15", "ampere.nissan_stake": "s7", "ampere.engineers": "none"}
"""What happened, as far as it is public."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table, numbers to the right."""
    ruled = ["---", *["--:"] * (len(head) - 1)]
    return ["| " + " | ".join(row) + " |" for row in (head, ruled, *rows)]


def share(summary: Summary, group: Any, what: Sequence[str], seeds: int) -> str:
    """How often an option was signed in a group; what never was is rarer than three in as many games as seeds (95 %)."""
    for row in summary.options:
        if (row["group"], row["table"], row["issue"], row["option"]) == (group, *what):
            return f"{interval({'mean': row['share'], 'half': row['half']}, 100, 1, sign=False)} %"
    return f"0 (< {plain(300 / seeds, 2)} %)"


def parties(results: Results) -> dict[str, str]:
    """Every party's short name."""
    names = names_of(results.runs.cases[CASE])
    return {party: name.split()[0] for party, name in names.items()}


def gains(summary: Summary, results: Results, first: str) -> list[str]:
    """Mean gains by group."""
    who = parties(results)
    rows = [[said(r["group"]), *(interval(r[f"gain.{p}"], sign=False) for p in who)] for r in summary.groups]
    return table([first, *who.values()], rows)


def differences(summary: Summary, results: Results, first: str, factor: str = "") -> list[str]:
    """Mean gains less those of the first group, or of the first value of a factor, paired by seed."""
    who, found = parties(results), dict[str, dict[str, str]]()
    for row in summary.differences:
        if row.get("factor", "") == factor:
            what = f"{said(row['group'])} less {said(row['against'])}"
            found.setdefault(what, {})[row["outcome"]] = interval(row)
    return table([first, *who.values()], [[what, *(row[f"gain.{p}"] for p in who)] for what, row in found.items()])


def hindcast(results: Results) -> list[str]:
    """Return what was signed, by line-up."""
    every, each = summarise(results, "case"), summarise(results)
    groups = list(results.plan.lineups)
    head = ["share of games", *(["all"] if len(groups) > 1 else []), *groups, "what happened"]
    rows = []
    for words, *what, happened in HISTORY:
        whole = [share(every, CASE, what, results.plan.replications)] if len(groups) > 1 else []
        rows.append(
            [words, *whole, *(share(each, group, what, results.plan.replications) for group in groups), happened]
        )
    return table(head, rows)


def by_nissan(results: Results) -> list[str]:
    """How often 15/15 in a trust was signed, by who Nissan is; and how often all that happened was."""
    found = summarise(results, "type.nissan")
    rows = [
        [f"trust, Nissan {r['group']}", share(found, r["group"], HISTORY[0][1:4], results.plan.replications)]
        for r in found.groups
    ]
    rows.append(["all three that are public together", f"{interval(together(results), 100, 1, sign=False)} %"])
    return table(["", "share of games"], rows)


def together(results: Results) -> dict[str, Any]:
    """In what share of the games all of `TOGETHER` was signed: types by their odds, games with one seed a cluster."""
    strata = Strata(results.plan, results.runs.cases)
    tables = results.frame("tables", ["key", *TOGETHER]).groupby("key").first()
    runs = results.dataset().to_table(columns=strata.columns)
    met = (tables[list(TOGETHER)] == list(TOGETHER.values())).all(axis=1).loc[runs["key"].to_pylist()]
    places, size = strata.codes(runs), strata.shape[0] * strata.shape[1]
    counts, sums = (
        np.bincount(places, weights, minlength=size).reshape(strata.shape) for weights in (np.ones(len(met)), met)
    )
    return asdict(estimate(counts, sums, counts, strata.odds[CASE]).told())


def deadline(results: Results) -> list[str]:
    """How many tables are signed, by the number of rounds and line-up."""
    rows = []
    for weeks in results.plan.factors["rounds"]:
        found = summarise(results, where={"factor.rounds": [weeks]})
        signed = [f"{interval(row['agreement'], 100, 1, sign=False)} %" for row in found.groups]
        rows.append([str(weeks), *signed])
    return table(["weeks, tables signed", *(said(row["group"]) for row in found.groups)], rows)


def third_parties(results: Results) -> list[str]:
    """Mean gains with each third party's table less those without it."""
    who, rows = parties(results), []
    found = summarise(results)
    for words, factor in (
        ("Horse", "table.horse"),
        ("the cloud table", "table.cloud"),
        ("the software platform", "table.sdv"),
    ):
        means = {(row["value"], row["outcome"]): row for row in found.factors if row["factor"] == factor}
        apart = {row["outcome"]: row for row in found.differences if row.get("factor") == factor}
        rows.append(
            [f"with {words} / without"]
            + [" / ".join(f"{means[there, f'gain.{p}']['mean']:.1f}" for there in (True, False)) for p in who]
        )
        rows.append(["difference", *(interval(apart[f"gain.{p}"]) for p in who)])
    return table(["mean gain", *who.values()], rows)


def indices(results: Results) -> list[str]:
    """Total Sobol indices with their intervals, the most decisive factor first."""
    case, who = results.runs.cases[CASE], parties(results)
    found = {(one.factor, one.outcome): one for one in influences(results)}
    order = sorted(results.plan.factors, key=lambda f: -sum(one.total for (of, _), one in found.items() if of == f))
    rows = []
    for factor in order:
        ours = [found[factor, f"gain.{party}"] for party in who]
        rows.append([spoken(case, factor), *(f"{one.total:.2f} ({one.low:.2f}–{one.high:.2f})" for one in ours)])
    return table(["total index (95 % interval)", *who.values()], rows)


def decisive(results: Results) -> list[str]:
    """By party, the weights whose interval reaches that of the largest index: among them the data do not choose."""
    case, rows, found = results.runs.cases[CASE], [], influences(results)
    for party, name in parties(results).items():
        ours = sorted((one for one in found if one.outcome == f"gain.{party}"), key=lambda one: -one.total)
        first = [one for one in ours if one.high >= ours[0].low]
        rows.append([name, "; ".join(f"{spoken(case, one.factor)} {one.total:.2f}" for one in first)])
    return table(["whose gain", "the weight that decides most, and those that may decide as much"], rows)


OUTCOMES = {
    "welfare": ("sum of gains", 1, ""),
    "least_gain": ("smallest gain", 1, ""),
    "left": ("left on the table", 1, ""),
    "left_when_signed": ("left when signed", 1, ""),
    "agreement": ("tables signed", 100, " %"),
    "rounds": ("rounds until the end", 1, ""),
    "texts": ("texts said", 1, ""),
    "truth": ("true statements", 100, " %"),
}
"""What is told of talk: by column, in words, times what, and in which unit."""


def by_talk(results: Results) -> Iterator[tuple[str, str, Summary]]:
    """Yield for every case and line-up the summary of its silent and its talking games."""
    for case in results.runs.cases:
        for lineup in results.plan.lineups:
            yield case, lineup, summarise(results, "factor.talk", {"case": [case], "lineup": [lineup]})


FEW = ("welfare", "left", "agreement", "truth")
"""Those that are told of the companion cases."""


def talk(results: Results, outcomes: Iterable[str] = OUTCOMES) -> list[str]:
    """Return what silent and talking games came to, and by how much they differ, paired by seed."""
    rows = []
    for case, lineup, found in by_talk(results):
        silent, talking = found.groups
        apart = {row["outcome"]: row for row in found.differences if "factor" not in row}
        name = f"{case}, {lineup}" if len(results.runs.cases) > 1 else lineup
        for outcome in outcomes:
            words, times, unit = OUTCOMES[outcome]
            cells = [
                f"{interval(mean, times, 1, sign=False)}{unit}" if (mean := g[outcome]) else "–"
                for g in (silent, talking)
            ]
            less = f"{interval(apart[outcome], times, 1)}{unit}" if outcome in apart else "–"
            rows.append([f"{name}: {words}", *cells, less])
    return table(["", "silent", "talking", "difference"], rows)


def talk_gains(results: Results) -> list[str]:
    """Return by how much more every party gains where agents speak."""
    who, rows = parties(results), []
    for _, lineup, found in by_talk(results):
        apart = {row["outcome"]: row for row in found.differences if "factor" not in row}
        rows.append([lineup, *(interval(apart[f"gain.{party}"]) for party in who)])
    return table(["talking less silent", *who.values()], rows)


def talk_cloud(results: Results) -> list[str]:
    """Return how often Google gets Nissan's cloud, in silent and in talking games."""
    seeds, google = results.plan.replications, ("cloud", "vendor", "google")
    rows = [
        [lineup, *(share(found, g["group"], google, seeds) for g in found.groups)]
        for _, lineup, found in by_talk(results)
    ]
    return table(["the cloud goes to Google", "silent", "talking"], rows)


NUMBERS: Mapping[str, tuple[str, Callable[[Results], list[str]]]] = {
    "hindcast": ("hindcast", hindcast),
    "hindcast-nissan": ("hindcast", by_nissan),
    "hindcast-gains": ("hindcast", lambda r: gains(summarise(r), r, "mean gain")),
    "fair": ("hindcast-fair", hindcast),
    "fair-nissan": ("hindcast-fair", by_nissan),
    "fair-gains": ("hindcast-fair", lambda r: gains(summarise(r), r, "mean gain")),
    "impatience": (
        "impatience",
        lambda r: gains(summarise(r, where={"factor.rounds": [16]}), r, "16 weeks, mean gain"),
    ),
    "impatience-apart": (
        "impatience",
        lambda r: differences(summarise(r, where={"factor.rounds": [16]}), r, "16 weeks, by how much more"),
    ),
    "impatience-deadline": ("impatience", deadline),
    "impatience-delay": (
        "impatience",
        lambda r: differences(summarise(r), r, "points a week, by how much more", "delay.renault"),
    ),
    "third-parties": ("third-parties", third_parties),
    "talk": ("talk", talk),
    "talk-gains": ("talk", talk_gains),
    "talk-cloud": ("talk", talk_cloud),
    "talk-lineups": ("talk-lineups", talk),
    "talk-lineups-gains": ("talk-lineups", talk_gains),
    "talk-companions": ("talk-companions", lambda r: talk(r, FEW)),
    "sensitivity": ("sensitivity", indices),
    "sensitivity-decisive": ("sensitivity", decisive),
}
"""By the name in a page: the batch, and what is told of it."""


def played(name: str) -> Results | None:
    """Return the results of a batch if it is finished."""
    try:
        results = open_results(PLAYED / name)
        there = results.dataset().count_rows()
    except NegotiationError:
        return None
    return results if there == planned_runs(results) else None


def written(text: str) -> str:
    """Return a page with its numbers made anew; those whose batch is not finished stay."""

    def fresh(found: re.Match[str]) -> str:
        name = found[1]
        batch, tell = NUMBERS[name]
        results = played(batch)
        if results is None:
            sys.stderr.write(f"{name}: build/studies/{batch} is not finished, its numbers stay as they are\n")
            return found[0]
        lines = "\n".join(tell(results))
        return f"<!-- numbers: {name} -->\n{lines}\n<!-- end -->"

    return re.sub(r"<!-- numbers: ([a-z-]+) -->\n.*?<!-- end -->", fresh, text, flags=re.DOTALL)


def main() -> None:
    """Write every page, and take over the figures it shows."""
    for page in sorted(PAGES.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        page.write_text(written(text), encoding="utf-8")
        for shown in re.findall(r"\]\(([a-z-]+)/([^)]+\.svg)\)", text):
            figure = PLAYED / shown[0] / "figures" / shown[1]
            if figure.exists() and played(shown[0]):
                shutil.copyfile(figure, PAGES / shown[0] / shown[1])


if __name__ == "__main__":
    main()
