"""What a batch says, as one HTML page that needs nothing else: figures, tables, and how it was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from negotiation.analysis.frontier import frontier
from negotiation.analysis.question import Question
from negotiation.analysis.space import resting
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.errors import NegotiationError, SetupError, unknown
from negotiation.lab import charts, maps
from negotiation.lab.charts import Ink, Spec
from negotiation.lab.methods import methods
from negotiation.lab.parts import told
from negotiation.lab.remarks import remarks
from negotiation.lab.results import Results
from negotiation.lab.runs import Runs
from negotiation.lab.sensitivity import Influence, influences
from negotiation.lab.summary import Summary, summarise
from negotiation.reports.drawing import svg
from negotiation.reports.page_style import STYLE, section, table, whole
from negotiation.rounding import plain

PAINT = Ink(
    text="var(--text)",
    paper="var(--card)",
    grid="var(--line)",
    many="var(--many)",
    mark="var(--mark)",
    series=tuple(f"var(--s{n})" for n in range(8)),
)
"""Colours that the style sheet sets, light or dark."""

LIGHT = ("#0f766e", "#b45309", "#6d28d9", "#0369a1", "#be123c", "#4d7c0f", "#475569", "#a21caf")
DARK = ("#2dd4bf", "#fbbf24", "#c4b5fd", "#38bdf8", "#fb7185", "#bef264", "#cbd5e1", "#e879f9")


def _hues(series: Sequence[str], many: str, mark: str) -> str:
    return "".join(f"--s{n}:{hue};" for n, hue in enumerate(series)) + f"--many:{many};--mark:{mark}"


HUES = f":root{{{_hues(LIGHT, '#115e59', '#b91c1c')}}}@media (prefers-color-scheme:dark){{:root{{{_hues(DARK, '#5eead4', '#fb7185')}}}}}"
COLOURS = (
    f"<style>{HUES}"
    ".wide{overflow-x:auto}.wide svg{width:auto;max-width:100%;min-width:32rem;overflow:visible}"
    ".charts{grid-template-columns:repeat(auto-fit,minmax(min(100%,33rem),1fr))}pre{overflow-x:auto}</style>"
)

MOST_FACTORS = 12
"""Factors that a report draws."""

MEMORY = 1e9
"""Bytes that the frontier behind a scatter may take."""


def report(results: Results, by: str = "lineup", reference: str = "") -> str:
    """The report of a batch as HTML.

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
    sections = [COLOURS, _heading(results, summary, runs)]
    for case in runs.cases.values():
        name = reference or next(iter(case.references), "")
        if not any(row["case"] == case.name for row in summary.groups):
            sections.append(section(case.scenario.title, "<p>Nothing of this case has been played yet.</p>"))
            continue
        about = [one for one in found if one.case == case.name]
        sections += _about(case, summary, about, name if name in case.references else "")
    sections.append(section("How it was done", methods(results.plan, summary, runs, results.versions)))
    return whole(f"{results.out.name}: {summary.runs:,} negotiations", [text for text in sections if text])


def _heading(results: Results, summary: Summary, runs: Runs) -> str:
    titles = ", ".join(case.scenario.title for case in runs.cases.values())
    fiction = " ".join(
        dict.fromkeys(case.scenario.disclaimer for case in runs.cases.values() if case.scenario.disclaimer)
    )
    part = f" of {summary.planned:,}: the batch is not finished" if summary.runs < summary.planned else ""
    errors = f" {summary.errors:,} could not be played." if summary.errors else ""
    errors += remarks(summary)
    wrong = told(results.checked.broken)
    errors += f" Left out: {wrong}; the command of the batch plays it again." if wrong else ""
    return (
        f"<header><h1>{escape(titles)}</h1><p class=sub>{summary.runs:,} negotiations{part}</p>"
        + (f"<p class=fiction>{escape(fiction)}</p>" if fiction else "")
        + f"<p>Results in <b>{escape(results.out.name)}</b>.{escape(errors)}</p></header>"
    )


def _about(case: Case, summary: Summary, found: Sequence[Influence], reference: str) -> Iterator[str]:
    """The sections about one case."""
    yield section(f"{case.scenario.title}: who gained what", _gains(case, summary))
    mark = f" The mark ◆ stands at “{case.references[reference].title}”." if reference else ""
    note = (
        f"<p class=note>Of all runs, how many signed this option; what was left unsigned counts too.{escape(mark)}</p>"
    )
    drawn = [
        _figure(charts.options(case, summary, name, reference, PAINT), f"{case.name}-{name}", there.title)
        for name, there in case.scenario.tables.items()
    ]
    yield section("What was signed", f"{note}<div class=charts>{''.join(drawn)}</div>")
    names = list(dict.fromkeys(row["factor"] for row in summary.factors))
    if names and not found:
        shown = names[:MOST_FACTORS]
        more = f" The first {MOST_FACTORS} of {len(names)} factors are drawn." if len(names) > MOST_FACTORS else ""
        note = f"<p class=note>Means over all runs with this value, whatever else varied; the bars are 95 % intervals of the mean over other seeds.{more}</p>"
        yield section(
            "By factor",
            note + "".join(_figure(charts.factor(case, summary, name, PAINT), f"{case.name}-{name}") for name in shown),
        )
    if apart := _apart(case, summary):
        yield section("Differences", apart)
    for lineup in dict.fromkeys((one.protocol, one.lineup) for one in found):
        here = [one for one in found if (one.protocol, one.lineup) == lineup]
        yield section(f"Which factor decides: {lineup[1]}, {lineup[0]}", _influence(case, here))
    if len(summary.pair) > 1 and set(summary.pair) <= set(case.roles):
        yield section("Together", _scatter(case, summary))


def _gains(case: Case, summary: Summary) -> str:
    names = charts.names_of(case)
    columns = {
        "agreement": "tables signed",
        "rounds": "rounds",
        "frontier_distance": "below the frontier",
        "nash_share": "Nash share",
        "min_share": "least share",
    }
    here = [row for row in summary.groups if row["case"] == case.name]
    columns = {name: title for name, title in columns.items() if any(row[name] for row in here)}
    rows = []
    for row in here:
        measured = [_cell(row[name], share=name == "agreement") for name in columns]
        points = ["–" if (mean := row[f"gain.{party}"]) is None else interval(mean) for party in case.roles]
        rows.append((charts.said(row["group"]), f"{row['runs']:,}", *measured, *points))
    head = (summary.by, "runs", *columns.values(), *(names[party] for party in case.roles))
    return _figure(charts.gains(case, summary, PAINT), f"{case.name}-gains") + table(head, rows)


def _apart(case: Case, summary: Summary) -> str:
    """Every group, and every value of a factor, against the first one, paired by seed."""
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
        return ""
    rows = [(*what, *(numbers.get(name, "–") for name in columns)) for what, numbers in found.items()]
    note = (
        "<p class=note>By how much the mean differs, ± half of its 95 % interval. Both sides were played with the same seeds, "
        "so that luck they have in common takes itself off. Tables signed in per cent of all tables.</p>"
    )
    return note + table(("", "this", "less this", *columns.values()), rows)


def interval(mean: Mapping[str, Any], times: float = 1.0, decimals: int = 1, *, sign: bool = True) -> str:
    """A mean with half of its 95 % interval in words, as far as there is one: `+1.2 ± 0.3`."""
    number = f"{mean['mean'] * times:{'+' if sign else ''}.{decimals}f}".replace("-", "−")
    if not float(number.replace("−", "-")):
        number = number.lstrip("+−")
    if mean["half"] is None:
        return number
    half = mean["half"] * times
    shown = f"{half:.{decimals}f}"
    return f"{number} ± {shown if float(shown) else plain(half, 1)}"


def _cell(mean: Mapping[str, Any] | None, *, share: bool) -> str:
    if mean is None:
        return "–"
    return f"{interval(mean, 100, 0, sign=False)} %" if share else interval(mean, 1, 2, sign=False)


def _influence(case: Case, found: Sequence[Influence]) -> str:
    over = "other points of the design and other seeds" if found[0].over_seeds else "other points of the design"
    note = (
        "<p class=note>Total Sobol indices: the share of the variance of an outcome that a factor has a hand in, alone or together with others. "
        f"They add up to more than 1 where factors work together. Below each its 95 % interval, over {over}; in brackets what is not told apart from 0.</p>"
    )
    rows = [
        (
            charts.spoken(case, one.factor),
            one.outcome.removeprefix("gain."),
            f"{one.first:.2f}",
            f"{one.first_low:.2f} … {one.first_high:.2f}",
            f"{one.total:.2f}",
            f"{one.low:.2f} … {one.high:.2f}",
        )
        for one in sorted(found, key=lambda one: (one.outcome, -one.total))
    ]
    head = ("Factor", "outcome", "alone", "95 % interval", "total", "95 % interval")
    every = table(head, rows, numbers=(2, 3, 4, 5))
    return f"{note}{_figure(maps.influence(case, found, PAINT), f'{case.name}-influence-{found[0].lineup}-{found[0].protocol}')}<details><summary>All numbers</summary>{every}</details>"


def _scatter(case: Case, summary: Summary) -> str:
    front = frontier_gains(case, summary.pair)
    first, second = (charts.names_of(case)[party] for party in summary.pair)
    note = f"<p class=note>Gains of {escape(first)} and {escape(second)} over everything unsigned; the darker, the more runs."
    if front:
        note += " The line is the exact frontier of the two, with the scores as the case has them (first types) and no delay; runs with other scores may pass it."
    return f"{note}</p>{_figure(maps.scatter(case, summary, PAINT, front), f'{case.name}-together')}"


def frontier_gains(case: Case, pair: Sequence[str]) -> list[tuple[float, float]]:
    """The frontier of two parties as gains; the others sign no table that, seen alone, is worth less to them. Empty: too large."""
    sheets = sheets_of(case)
    others = tuple(party for party in sheets if party not in pair)
    try:
        front = frontier(
            case.scenario, sheets, Question(tuple((party,) for party in pair), alone=others), memory=MEMORY
        )
    except NegotiationError:
        return []
    rest = [resting(sheets[party]) for party in pair]
    return [(round(float(x) - rest[0], 6), round(float(y) - rest[1], 6)) for x, y in front.points]


def _figure(spec: Spec, name: str, caption: str = "") -> str:
    words = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure class=wide id="{escape(name)}">{words}{svg(spec, name)}</figure>'


def pictures(page: str) -> dict[str, str]:
    """The figures of a report by name, each as an SVG file of its own, light or dark as the reader's screen is."""
    found = re.findall(r'<figure class=wide id="([^"]+)">.*?(<svg[^>]*>)(.*?</svg>)', page, re.DOTALL)
    style = f"<style>{STYLE.partition('*{')[0]}{HUES}svg{{background:var(--card)}}</style>"
    return {name: f"{head}{style}{rest}" for name, head, rest in found}
