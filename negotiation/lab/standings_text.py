"""A tournament's standings as a page of Markdown, which reads well in a terminal too."""

from __future__ import annotations

from collections.abc import Iterator

from negotiation.lab import lost_turns
from negotiation.lab.estimates import Mean
from negotiation.lab.standings import Report, Standing
from negotiation.plural import counted
from negotiation.rounding import percent, shown


def standings_text(report: Report) -> str:
    """Return standings, head to head, survivors, and who lost turns, as text."""
    return "\n".join([*_standings(report), *_matrix(report), *_rest(report)]) + "\n"


def _standings(report: Report) -> Iterator[str]:
    wide = max((len(one.name) for one in report.standings), default=8)
    yield from (
        "# Tournament",
        "",
        f"Gain as a share of the best a seat could have had; every case weighs the same. {_sure(report)}",
        "",
    )
    yield f"| {'strategy':<{wide}} | share          | behind the first | points | signed | from Nash | games | lost turns |"
    yield f"|{'-' * (wide + 2)}|----------------|------------------|-------:|-------:|----------:|------:|-----------:|"
    for one in report.standings:
        yield _line(one, wide)


def _sure(report: Report) -> str:
    if report.copies:
        return f"Every line-up came to the same with each of {report.seeds:,} seeds: copies of one game, which say no more than one."
    if report.seeds < 2:
        return "One seed says nothing about others: no number has an interval; `--seeds 10` or more gives them one."
    return (
        f"± is half of the 95 % interval over other seeds ({report.seeds:,} were played, the same for all; Student's t); "
        "where it is missing, all seeds came to the same."
    )


def _line(one: Standing, wide: int) -> str:
    nash = "–" if one.nash_distance is None else shown(one.nash_distance, 3)
    turns = "unknown" if one.lost is None else f"{one.lost:,}"
    behind = "" if one.behind is None else _number(one.behind)
    return (
        f"| {one.name:<{wide}} | {_number(one.share):<14} | {behind:<16} | {shown(one.points, 2):>6} | "
        f"{shown(100 * one.signed, 1):>5}% | {nash:>9} | {one.games:5} | {turns:>10} |"
    )


def _number(mean: Mean | None) -> str:
    if mean is None:
        return "–"
    return shown(mean.mean, 3) + (f" ± {shown(mean.half, 3)}" if mean.half is not None else "")


def _matrix(report: Report) -> Iterator[str]:
    wide = max(map(len, report.names))
    yield from (
        "",
        "## Head to head",
        "",
        "Share of the row's strategy where the column's sits in all other seats.",
        "",
    )
    short = [name if len(name) <= 14 else name[:13] + "…" for name in report.names]
    columns = [max(len(name), 14) for name in short]
    yield f"| {'':<{wide}} | " + " | ".join(f"{name:>{w}}" for name, w in zip(short, columns, strict=True)) + " |"
    yield f"|{'-' * (wide + 2)}|" + "|".join("-" * (w + 1) + ":" for w in columns) + "|"
    for name, row in zip(report.names, report.against, strict=True):
        cells = " | ".join(f"{_number(value):>{w}}" for value, w in zip(row, columns, strict=True))
        yield f"| {name:<{wide}} | {cells} |"


def _rest(report: Report) -> Iterator[str]:
    mixture = ", ".join(
        f"{name} {percent(p)}" for name, p in sorted(report.survivors.items(), key=lambda item: -item[1])
    )
    yield from ("", f"Replicator dynamics from equal shares end with: {mixture}.")
    if report.errors:
        yield from ("", f"{counted(report.errors, 'game')} could not be played; the rows say why.")
    for line in lost_turns.lost_turns_text(report.lost):
        yield from ("", line)
