"""The methods section of a report: how a batch was done, in words that a paper can take over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from negotiation.lab.plan import OTHERS, Levels, Plan, Range
from negotiation.lab.runs import Runs
from negotiation.lab.summary import Summary
from negotiation.reports.blocks import Fold, Grid, Section, Text
from negotiation.rounding import plain

KINDS = {
    "grid": "all combinations of the factors' values",
    "random": "{samples:,} points drawn at random",
    "latin-hypercube": "a Latin hypercube of {samples:,} points",
    "sobol": "a scrambled Sobol sequence of {samples:,} points",
    "saltelli": "Saltelli's design with two samples of {samples:,} points and their mixtures",
}

DEFINITIONS = {
    "Gain": "a party's points, delay taken off, over those of everything unsigned (its reservation value).",
    "Tables signed": "the share of a case's tables at which a deal was signed.",
    "Below the frontier": "the largest number of points by which all parties could have gained alike, by the exact frontier of the case; "
    "not worked out where every run has scores of its own or the case has too many outcomes.",
    "Nash share": "the product of all gains as a share of the largest possible product; 0 if somebody lost.",
    "Least share": "the smallest of all gains, each as a share of the most the party could gain.",
    "Interval": "95 %, over other seeds: the mean ± its standard error times Student's t with one degree of freedom less than there are clusters "
    "(4.3 for 3 seeds, 2.3 for 10, 1.96 for many). All runs with the same seed make one cluster, since they share their luck; differences are "
    "paired by seed. Where several combinations of types are put together, degrees of freedom are Satterthwaite's. The points of the design are "
    "taken as they are; only where every point was played with one and the same seed, points stand for seeds. No interval is given where nothing "
    "tells: with one seed, or where every seed came to the same though dice were thrown.",
    "Weights": "every combination of drawn types counts by its odds, not by how often the seeds drew it.",
}


def methods_section(plan: Plan, summary: Summary, runs: Runs, versions: Mapping[str, object]) -> Section:
    """Return the paragraph of methods, definitions and versions."""
    told = [Text(" ".join(sentences)) for sentences in (_played(plan, summary, runs), _made(summary, versions))]
    terms = Grid(("what is said", "what it means"), tuple(DEFINITIONS.items()))
    note = (
        "Scores are the authors' own, made for teaching: what these runs say is about the case as it is written, not about "
        "the companies."
    )
    whole = Fold("The plan", (Text(plan.text(), "code"),))
    return Section("How it was done", (*told, terms, whole, Text(note, "note")))


def _played(plan: Plan, summary: Summary, runs: Runs) -> Iterator[str]:
    yield f"{summary.runs:,} of {summary.planned:,} planned negotiations were played"
    yield f"on {', '.join(f'{case.name}' + (f' ({case.variant})' if case.variant else '') for case in runs.cases.values())}"
    yield f"under {' and '.join(dict.fromkeys(protocol for _, protocol, _, _ in runs.blocks))}."
    for name, seats in plan.lineups.items():
        yield f"Line-up {name}: {'; '.join(f'{who}: {text}' if who != OTHERS or len(seats) > 1 else text for who, text in seats.items())}."
    if plan.factors:
        yield f"Factors: {'; '.join(f'{name} {_levels(levels)}' for name, levels in plan.factors.items())}."
    if len(runs.design) > 1:
        yield f"Design: {KINDS[plan.design.kind].format(samples=plan.design.samples)} (seed {plan.design.seed}), {len(runs.design):,} different points."
    last = plan.seed + plan.replications - 1
    yield f"Each cell was played with the seeds {plan.seed} to {last}, the same everywhere (common random numbers); the seed decides private types that are not fixed, noise, and all dice."


def _made(summary: Summary, versions: Mapping[str, Any]) -> Iterator[str]:
    yield f"Engine: {', '.join(f'{name} ({count:,} runs)' for name, count in summary.engines.items())}."
    names = [name for name in versions if name not in ("cases", "files")]
    yield f"Versions: {', '.join(f'{name} {str(versions[name])[:40]}' for name in names if versions[name])}."
    for name, digest in versions["cases"].items():
        yield f"{name} is the file with the SHA-256 digest {digest[:16]}…."


def _levels(levels: Levels) -> str:
    if isinstance(levels, Range):
        return f"from {plain(levels.least)} to {plain(levels.most)}" + (
            f" in {levels.steps} steps" if levels.steps else ""
        )
    return ", ".join(str(level) if isinstance(level, bool | str) else plain(level) for level in levels)
