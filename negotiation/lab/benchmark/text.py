"""The results of a benchmark as a page of Markdown, which reads well in a terminal too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from negotiation.lab.benchmark.figures import FIGURES, GROUPS
from negotiation.lab.benchmark.results import ALL, ranked
from negotiation.plural import counted
from negotiation.rounding import shown

Found = Mapping[str, Any]


def benchmark_text(found: Found) -> str:
    """Return the ratings and all figures, kept apart, as text."""
    scopes = found["scopes"]
    if not scopes:
        return "\n".join(["# Benchmark", "", "No game could be played.", *_errors(found)]) + "\n"
    first = next(iter(scopes))
    quick = ", a quick run of it, which nobody should cite" if found["quick"] else ""
    lines = [
        "# Benchmark",
        "",
        f"Suites of version {found['version']}{quick}: {', '.join(name for name in scopes if name != ALL)}; "
        f"{counted(scopes[first]['games'], 'game')} on {counted(scopes[first]['blocks'], 'block')} "
        f"(digest {found['digest'][:12]}). Brackets hold 95 % of {found['resamples']:,} resamples of the blocks.",
        "",
        "## Ratings",
        "",
        "Who does better in the same chair, against the same others, with the same dice; 400 points are odds of ten to one.",
        "",
        *_ratings(scopes, ranked(scopes[first])),
    ]
    for group, title in GROUPS.items():
        lines += ["", f"## {title}", "", *_group(scopes[first], group)]
    return "\n".join([*lines, *_errors(found)]) + "\n"


def _ratings(scopes: Found, agents: Sequence[str]) -> Iterator[str]:
    head = ["agent", *("all suites" if name == ALL else name for name in scopes)]
    rows = [[agent, *(_said(scope["agents"][agent]["rating"], 0) for scope in scopes.values())] for agent in agents]
    yield from table(head, rows)


def _group(scope: Found, group: str) -> Iterator[str]:
    names = [name for name, meaning in FIGURES.items() if meaning.group == group]
    there = [name for name in names if any(name in one["figures"] for one in scope["agents"].values())]
    if not there:
        yield "Nothing of it was played, or stated."
        return
    yield from (f"- {FIGURES[name].title}: {FIGURES[name].about}" for name in there)
    yield ""
    none = "states none" if group == "beliefs" else "–"
    rows = [
        [agent, *(said(scope["agents"][agent]["figures"].get(name), name, none) for name in there)]
        for agent in ranked(scope)
    ]
    yield from table(["agent", *(FIGURES[name].title for name in there)], rows)


def said(value: Mapping[str, float | None] | None, name: str, none: str = "–") -> str:
    """Return a figure with its interval as people read it; `none` where there is nothing."""
    if value is None:
        return none
    meaning = FIGURES[name]
    return _said(value, meaning.decimals, "%" if meaning.share else "")


def _said(value: Mapping[str, float | None], decimals: int, unit: str = "") -> str:
    times = 100 if unit else 1
    middle, low, high = (value[name] for name in ("value", "low", "high"))
    told = f"{shown(times * (middle or 0.0), decimals)}{unit}"
    if low is None or high is None:
        return told
    return f"{told} [{shown(times * low, decimals)}, {shown(times * high, decimals)}]"


def _errors(found: Found) -> Iterator[str]:
    for agent, errors in found["errors"].items():
        yield from (
            "",
            f"{agent}: {counted(errors['games'], 'game')} could not be played, the first because: {errors['why']}",
        )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table of Markdown whose columns stand under each other."""
    wide = [max(len(row[k]) for row in (head, *rows)) for k in range(len(head))]
    yield f"| {' | '.join(cell.ljust(w) for cell, w in zip(head, wide, strict=True))} |"
    yield f"|{'|'.join('-' * (w + 2) for w in wide)}|"
    for row in rows:
        yield f"| {' | '.join(cell.ljust(w) for cell, w in zip(row, wide, strict=True))} |"
