"""The dependence of the solutions on the weights, as sections of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from negotiation.analysis.findings import Sensitivity, Shift, Weight
from negotiation.analysis.solutions import SOLUTIONS
from negotiation.language import decimal, plural, tr
from negotiation.reports.blocks import Bullets, Cell, Fold, Grid, Section, Text, rows_of
from negotiation.reports.case_wording import Reader
from negotiation.reports.words import about, all_of, clauses, sentences, titled
from negotiation.rounding import plain

MOST = 12
"""Weights on a heat map."""


def weights(found: Sensitivity, reader: Reader) -> Section:
    """Return every weight by its effect, and which options flip with it."""
    shown = []
    for weight in found.weights:
        flips = [
            tr(
                "{change} %, {solution}: {options}",
                change=_percent(shift.percent),
                solution=tr(SOLUTIONS[shift.solution].title),
                options=flipped(reader, shift.flips),
            )
            for shift in weight.shifts
            if shift.flips
        ]
        issue = f"{titled(reader.scenario, weight.issue)} ({decimal(plain(weight.weight))})"
        shown.append((reader.who(weight.party), issue, weight.effect, sentences(flips) or None))
    firm = sum(not any(shift.flips for shift in weight.shifts) for weight in found.weights)
    names = [tr(SOLUTIONS[n].title) for n in dict.fromkeys(s.solution for one in found.weights for s in one.shifts)]
    how = tr(
        "One weight at a time changed by ±{percent} %, the party's others scaled to the same sum, everything "
        "solved anew. Effect: the largest change of anybody's gain at one of the solutions, in points.",
        percent=decimal(plain(found.percent)),
    )
    head = (tr("Party"), tr("issue (weight)"), tr("effect"), tr("options that flip"))
    grid = Grid(head, tuple(shown), reader.decimals)
    return Section(tr("How much hangs on the weights"), (Text(_firm(firm, len(shown), all_of(names, "or"))), grid), how)


def _firm(firm: int, count: int, where: str) -> str:
    return plural(
        "**{firm} of {n} weight** change no option of {where}, raised or lowered.",
        "**{firm} of {n} weights** change no option of {where}, raised or lowered.",
        count,
        firm=firm,
        where=where,
    )


def _percent(percent: float) -> str:
    return decimal(plain(percent, sign=True).replace("-", "−"))


def flipped(reader: Reader, flips: Mapping[str, Sequence[str]]) -> str:
    """Return in words which options change: `Shareholding: Zero-zero → 15 per cent`."""
    return clauses(_flip(reader, key, flip) for key, flip in flips.items())


def _flip(reader: Reader, key: str, flip: Sequence[str]) -> str:
    name, _, issue = key.partition(".")
    table = reader.scenario.tables[name]
    if issue:
        place = table.issues[table.by_name[issue]]
        flip = [place.texts[place.number(option)] for option in flip]
    return about(titled(reader.scenario, key), f"{flip[0]} → {flip[1]}")


def shifts(weights: Sequence[Weight], solution: str, percent: float) -> list[tuple[Weight, Shift]]:
    """Return the effects of a change of each weight by so many per cent at a solution, the largest first."""
    found = [
        (row, shift)
        for row in weights
        for shift in row.shifts
        if shift.solution == solution and shift.percent == percent
    ]
    return sorted(found, key=lambda one: -max(abs(gain) for gain in one[1].gains.values()))


def heat_map(weights: Sequence[Weight], solution: str, percent: float, reader: Reader) -> Iterator[Text | Grid | Fold]:
    """Yield the map of a solution, weights down and parties across, and in words which options change."""
    firm = sum(not any(s.flips for s in row.shifts if s.solution == solution) for row in weights)
    yield Text(_firm(firm, len(weights), tr(SOLUTIONS[solution].title)))
    found = shifts(weights, solution, percent)
    parties = list(found[0][1].gains) if found else []
    most = max((abs(gain) for _, shift in found for gain in shift.gains.values()), default=0.0)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (reader.who(row.party), titled(reader.scenario, row.issue), *shift.gains.values())
        for row, shift in found[:MOST]
    )
    shades = {
        (n, k + 2): gain / most
        for n, (_, shift) in enumerate(found[:MOST])
        for k, gain in enumerate(shift.gains.values())
        if most
    }
    signed = tuple(range(2, len(parties) + 2))
    yield Grid((tr("weight of"), tr("issue"), *map(reader.who, parties)), rows, 2, signed=signed, shades=shades)
    told = [
        tr(
            "{party}, {issue}: {options} ({gains})",
            party=reader.names([row.party]),
            issue=titled(reader.scenario, row.issue),
            options=flipped(reader, shift.flips),
            gains=reader.gains(shift.gains.items()),
        )
        for row, shift in found
        if shift.flips
    ]
    if told:
        title = plural(
            "What changes in the outcome ({n} weight)", "What changes in the outcome ({n} weights)", len(told)
        )
        yield Fold(title, (Bullets(tuple(told)),))


def as_csv(weights: Sequence[Weight], solution: str, percent: float) -> str:
    """Return the whole map as comma-separated values."""
    found = shifts(weights, solution, percent)
    head = ("weight of", "issue", *(found[0][1].gains if found else ()))
    return rows_of(head, [(row.party, row.issue, *shift.gains.values()) for row, shift in found])
