"""The results of a benchmark: ratings and figures with intervals, over all suites and by suite, as plain data.

What other domains of the same kinds would draw anew are the blocks: they are resampled within their suite, those with a
zone of agreement and those without apart, the same resamples for all agents and figures (percentile bootstrap). Nothing depends on the order of games or agents.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from negotiation.dice import Dice
from negotiation.lab.benchmark.comparisons import compared
from negotiation.lab.benchmark.figures import FIGURES, Key, Parts, parts
from negotiation.lab.benchmark.matches import FORMAT, Plan
from negotiation.lab.benchmark.ratings import Reals, ratings
from negotiation.lab.benchmark.suites import SUITES, VERSION, digest
from negotiation.lab.checksum_lines import Row

ALL = "all"
"""The name of all suites together."""

RESAMPLES = 400

TURN = -93
"""The turn of the dice for resamples: no turn of a game."""

SURE = (2.5, 97.5)
"""Per cent of the resamples below the interval's ends."""


@dataclass(frozen=True, eq=False)
class Scope:
    """Some blocks of a benchmark.

    Attributes
    ----------
    blocks
        In order of their names.
    weights
        How often each block counts: first once each, then in every resample, shape (1 + resamples, blocks).
    """

    blocks: Sequence[str]
    weights: Reals


def results(plan: Plan, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the results of a benchmark's rows; equal ones, whatever the order of rows and agents."""
    agents = sorted(set(plan.agents))
    played = [row for row in rows if "error" not in row]
    names = [name for name in SUITES if any(row["suite"] == name for row in played)]
    found = parts(played)
    scopes = {ALL: names} if len(names) > 1 else {}
    scopes |= {name: [name] for name in names}
    return {
        "format": FORMAT.replace("benchmark/", "benchmark-results/"),
        "version": VERSION,
        "digest": digest(plan.settings),
        "quick": plan.quick,
        "agents": agents,
        "resamples": RESAMPLES,
        "errors": _errors(rows, agents),
        "scopes": {
            name: _scope(scope([row for row in played if row["suite"] in some]), played, found, agents)
            for name, some in scopes.items()
        },
    }


def _errors(rows: Sequence[Row], agents: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return for each agent how many of its games could not be played, and why the first by name; only those with any."""
    found = {}
    for agent in agents:
        mine = sorted((row["key"], row["error"]) for row in rows if "error" in row and agent in row["pair"])
        if mine:
            found[agent] = {"games": len(mine), "why": mine[0][1]}
    return found


def scope(rows: Sequence[Row]) -> Scope:
    """Return the blocks of some rows, and their resamples."""
    kinds = {row["block"]: (list(SUITES).index(row["suite"]), int(row["zone"])) for row in rows}
    blocks = sorted(kinds)
    weights = np.zeros((1 + RESAMPLES, len(blocks)))
    weights[0] = 1
    for suite, zone in sorted({*kinds.values()}):
        mine = [n for n, block in enumerate(blocks) if kinds[block] == (suite, zone)]
        for number in range(RESAMPLES):
            dice = Dice(number, 2 * suite + zone, TURN)
            for _ in mine:
                weights[1 + number, mine[dice.below(len(mine))]] += 1
    return Scope(blocks, weights)


def _scope(here: Scope, rows: Sequence[Row], found: Parts, agents: Sequence[str]) -> dict[str, Any]:
    known = set(here.blocks)
    mine = [row for row in rows if row["block"] in known]
    better, ties = compared(mine, here.blocks, agents)
    totals = [np.einsum("rb,bij->rij", here.weights, counts) for counts in (better, ties)]
    rated = ratings(*totals)
    sure = len(here.blocks) > 1
    figures = _figures(here, found, agents)
    return {
        "blocks": len(here.blocks),
        "games": len(mine),
        "agents": {
            agent: {"rating": _told(rated[:, n], 1, sure=sure), **figures[agent]} for n, agent in enumerate(agents)
        },
        "better": {
            one: {other: [int(totals[0][0, i, j]), int(totals[1][0, i, j])] for j, other in enumerate(agents) if i != j}
            for i, one in enumerate(agents)
        },
        "ahead": {
            one: {other: _told(rated[:, i] - rated[:, j], 1, sure=sure) for j, other in enumerate(agents) if i != j}
            for i, one in enumerate(agents)
        },
    }


def _figures(here: Scope, found: Parts, agents: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the figures of every agent: over all rounds, and by round those that are read so."""
    keys: list[Key] = sorted({key for key, block, _ in found if block in here.blocks}, key=lambda key: (key[1], key[0]))
    told: dict[str, dict[str, Any]] = {agent: {"figures": {}, "rounds": {}} for agent in agents}
    for name, at in keys:
        for agent in agents:
            value = _figure(here, found, (name, at), agent)
            if value is not None:
                place = told[agent]["rounds"].setdefault(name, {}) if at else told[agent]["figures"]
                place[str(at) if at else name] = value
    for agent in agents:
        told[agent]["figures"] = {
            name: told[agent]["figures"][name] for name in FIGURES if name in told[agent]["figures"]
        }
    return told


def _figure(here: Scope, found: Parts, key: Key, agent: str) -> dict[str, Any] | None:
    """Return a figure of an agent with its interval, and `n`, what it is a share of; None where nothing was counted."""
    pairs = [found.get((key, block, agent), []) for block in here.blocks]
    top, under = (np.array([math.fsum(one[part] for one in some) for some in pairs]) for part in (0, 1))
    if not under.any():
        return None
    below = np.einsum("rb,b->r", here.weights, under)
    with np.errstate(invalid="ignore"):
        values = np.einsum("rb,b->r", here.weights, top) / np.where(below > 0, below, np.nan)
    return {**_told(values, 6, sure=int(np.count_nonzero(under)) > 1), "n": int(under.sum())}


def _told(values: Reals, decimals: int, *, sure: bool) -> dict[str, float | None]:
    """Return the first value, and the interval that the others make; none where a single block says it all."""
    others = values[1:][~np.isnan(values[1:])]
    low, high = (round(float(end), decimals) + 0.0 for end in np.percentile(others, SURE)) if sure else (None, None)
    return {"value": round(float(values[0]), decimals) + 0.0, "low": low, "high": high}


def ranked(found: Mapping[str, Any]) -> list[str]:
    """Return the agents of a scope by falling rating, equals by name."""
    agents = found["agents"]
    return sorted(agents, key=lambda agent: (-agents[agent]["rating"]["value"], agent))
