"""The report of a batch: figures, tables, and how it was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from negotiation.analysis.frontier import frontier
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.problem import Problem
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.errors import NegotiationError, SetupError, unknown
from negotiation.lab import charts, influence_charts
from negotiation.lab.caveats import caveats
from negotiation.lab.close_looks import LOOKS, Look
from negotiation.lab.measures import MEASURES, Measure
from negotiation.lab.methods_section import methods_section
from negotiation.lab.part_files import damage_text
from negotiation.lab.results import Results
from negotiation.lab.sobol import Influence, influences
from negotiation.lab.summary import Summary, summarise
from negotiation.reports import web
from negotiation.reports.blocks import Document, Figure, Fold, Grid, Section, Text
from negotiation.rounding import plain, shown

MOST_FACTORS = 12
"""Factors that a report draws."""

MEMORY = 1e9
"""Bytes that the frontier behind a scatter may take."""


def document(results: Results, by: str = "lineup", reference: str = "") -> Document:
    """Return the report of a batch as a document.

    Parameters
    ----------
    by
        The column that splits the runs (`lineup`, `protocol`, `type.PARTY`, `factor.NAME`, ...).
    reference
        A named outcome of the case to be marked; the case's first one where it has any, if left out.

    Raises
    ------
    LogError, SetupError
        When nothing is finished, or there is no such column or reference.
    """
    summary, runs = summarise(results, by), results.runs
    found = influences(results) if results.plan.design.kind == "saltelli" and summary.runs == summary.planned else []
    known = [name for case in runs.cases.values() for name in case.references]
    if reference and reference not in known:
        raise SetupError(f"{results.out}: {unknown('reference', reference, known)}")
    sections: list[Section] = []
    for case in runs.cases.values():
        name = reference or next(iter(case.references), "")
        if not any(row["case"] == case.name for row in summary.groups):
            sections.append(Section(case.scenario.title, (Text("Nothing of this case has been played yet."),)))
            continue
        about = [one for one in found if one.case == case.name]
        sections += _about(case, summary, about, name if name in case.references else "")
    sections.append(methods_section(results.plan, summary, runs, results.versions))
    part = f" of {summary.planned:,}: the batch is not finished" if summary.runs < summary.planned else ""
    titles = ", ".join(case.scenario.title for case in runs.cases.values())
    notes = [*dict.fromkeys(case.scenario.disclaimer for case in runs.cases.values() if case.scenario.disclaimer)]
    notes.append(f"Results in **{results.out.name}**.{_wrong(results, summary)}")
    return Document(titles, tuple(sections), f"{summary.runs:,} negotiations{part}", tuple(notes))


def report(results: Results, by: str = "lineup", reference: str = "") -> str:
    """Return the report of a batch as one HTML page that needs nothing else."""
    return web.page(document(results, by, reference))


def _wrong(results: Results, summary: Summary) -> str:
    """Return what could not be played or read, and the caveats of the summary."""
    errors = f" {summary.errors:,} could not be played." if summary.errors else ""
    left_out = damage_text(results.checked.broken)
    more = f" Left out: {left_out}; the command of the batch plays it again." if left_out else ""
    return f"{errors}{caveats(summary)}{more}"


def _about(case: Case, summary: Summary, found: Sequence[Influence], reference: str) -> Iterator[Section]:
    """Yield the sections about one case."""
    yield _gains(case, summary)
    yield _signed(case, summary, reference)
    names = list(dict.fromkeys(row["factor"] for row in summary.factors))
    if names and not found:
        yield _factors(case, summary, names)
    yield from _apart(case, summary)
    for lineup in dict.fromkeys((one.protocol, one.lineup) for one in found):
        yield _influence(case, [one for one in found if (one.protocol, one.lineup) == lineup])
    if len(summary.pair) > 1 and set(summary.pair) <= set(case.roles):
        yield _scatter(case, summary)


def _gains(case: Case, summary: Summary) -> Section:
    names = charts.names_of(case)
    here = [row for row in summary.groups if row["case"] == case.name]
    measured: dict[str, Measure | Look] = {**MEASURES, **LOOKS}
    columns = {name: one for name, one in measured.items() if one.title and any(row.get(name) for row in here)}
    rows = []
    for row in here:
        cells = [_cell(row[name], share=one.share) for name, one in columns.items()]
        points = ["–" if (mean := row[f"gain.{party}"]) is None else interval(mean) for party in case.roles]
        rows.append((charts.said(row["group"]), row["runs"], *cells, *points))
    head = (summary.by, "runs", *(one.title for one in columns.values()), *(names[party] for party in case.roles))
    figure = Figure("Mean gains, with 95 % intervals", f"{case.name}-gains", partial(charts.gains, case, summary), "")
    return Section(f"{case.scenario.title}: who gained what", (figure, Grid(head, tuple(rows), right=True)))


def _signed(case: Case, summary: Summary, reference: str) -> Section:
    mark = f" The mark ◆ stands at “{case.references[reference].title}”." if reference else ""
    about = f"Of all runs, how many signed this option; what was left unsigned counts too.{mark}"
    return Section(
        "What was signed",
        tuple(
            Figure(table.title, f"{case.name}-{name}", partial(charts.options, case, summary, name, reference), "")
            for name, table in case.scenario.tables.items()
        ),
        about,
    )


def _factors(case: Case, summary: Summary, names: Sequence[str]) -> Section:
    more = f" The first {MOST_FACTORS} of {len(names)} factors are drawn." if len(names) > MOST_FACTORS else ""
    return Section(
        "By factor",
        tuple(
            Figure(charts.spoken(case, name), f"{case.name}-{name}", partial(charts.factor, case, summary, name), "")
            for name in names[:MOST_FACTORS]
        ),
        "Means over all runs with this value, whatever else varied; the bars are 95 % intervals of the mean over other "
        f"seeds.{more}",
    )


def _apart(case: Case, summary: Summary) -> Iterator[Section]:
    """Yield every group, and every value of a factor, against the first one, paired by seed."""
    here = [row for row in summary.differences if row["case"] == case.name]
    columns = {"agreement": "tables signed", **{f"gain.{party}": name for party, name in charts.names_of(case).items()}}
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for row in here:
        what = (
            charts.spoken(case, row["factor"]) if "factor" in row else summary.by,
            *map(charts.said, (row["group"], row["against"])),
        )
        found.setdefault(what, {})[row["outcome"]] = interval(row, 100 if row["outcome"] == "agreement" else 1)
    if not found:
        return
    rows = tuple((*what, *(numbers.get(name, "–") for name in columns)) for what, numbers in found.items())
    about = (
        "By how much the mean differs, ± half of its 95 % interval. Both sides were played with the same seeds, so that luck "
        "they have in common takes itself off. Tables signed in per cent of all tables."
    )
    yield Section("Differences", (Grid(("", "this", "less this", *columns.values()), rows, right=True),), about)


def interval(mean: Mapping[str, Any], times: float = 1.0, decimals: int = 1, *, sign: bool = True) -> str:
    """Return a mean with half of its 95 % interval in words, as far as there is one: `+1.2 ± 0.3`."""
    number = shown(mean["mean"] * times, decimals, signed=sign).replace("-", "−")
    if mean["half"] is None:
        return number
    half = shown(mean["half"] * times, decimals)
    return f"{number} ± {half if float(half) else plain(mean['half'] * times, 1)}"


def _cell(mean: Mapping[str, object] | None, *, share: bool) -> str:
    if mean is None:
        return "–"
    return f"{interval(mean, 100, 0, sign=False)} %" if share else interval(mean, 1, 2, sign=False)


def _influence(case: Case, found: Sequence[Influence]) -> Section:
    over = "other points of the design and other seeds" if found[0].over_seeds else "other points of the design"
    about = (
        "Total Sobol indices: the share of the variance of an outcome that a factor has a hand in, alone or together with "
        "others. They add up to more than 1 where factors work together. Below each its 95 % interval, over "
        f"{over}; in brackets what is not told apart from 0."
    )
    rows = tuple(
        (
            charts.spoken(case, one.factor),
            one.outcome.removeprefix("gain."),
            shown(one.first, 2),
            f"{shown(one.first_low, 2)} … {shown(one.first_high, 2)}",
            shown(one.total, 2),
            f"{shown(one.low, 2)} … {shown(one.high, 2)}",
        )
        for one in sorted(found, key=lambda one: (one.outcome, -one.total))
    )
    head = ("Factor", "outcome", "alone", "95 % interval", "total", "95 % interval")
    name = f"{case.name}-influence-{found[0].lineup}-{found[0].protocol}"
    figure = Figure("Total Sobol indices", name, partial(influence_charts.influence, case, found), "")
    title = f"Which factor decides: {found[0].lineup}, {found[0].protocol}"
    return Section(title, (figure, Fold("All numbers", (Grid(head, rows, right=True),))), about)


def _scatter(case: Case, summary: Summary) -> Section:
    front = frontier_gains(case, summary.pair)
    first, second = (charts.names_of(case)[party] for party in summary.pair)
    about = f"Gains of {first} and {second} over everything unsigned; the darker, the more runs."
    if front:
        about += (
            " The line is the exact frontier of the two, with the scores as the case has them (first types) and no delay; runs "
            "with other scores may pass it."
        )
    spec = lambda ink: influence_charts.scatter(case, summary, ink, front)  # noqa: E731
    return Section("Together", (Figure(f"{first} and {second}", f"{case.name}-together", spec, ""),), about)


def frontier_gains(case: Case, pair: Sequence[str]) -> list[tuple[float, float]]:
    """Return the frontier of two parties as gains, others never below unsigned at a table alone; empty if too large."""
    sheets = sheets_of(case)
    others = tuple(party for party in sheets if party not in pair)
    try:
        front = frontier(case.scenario, sheets, Problem(tuple((party,) for party in pair), alone=others), memory=MEMORY)
    except NegotiationError:
        return []
    rest = [resting(sheets[party]) for party in pair]
    return [(round(float(x) - rest[0], 6), round(float(y) - rest[1], 6)) for x, y in front.points]


def pictures(told: Document) -> dict[str, str]:
    """Return the figures of a report by name, each as an SVG file, light or dark as the reader's screen is."""
    figures = [block for section in told.sections for block in section.blocks if isinstance(block, Figure)]
    return {figure.name: web.picture(figure) for figure in figures}
