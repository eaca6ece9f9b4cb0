"""What an analysis must find, by listing every outcome and reading the definitions off."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import strategies as st
from support import cases, every_outcome, plain_score

from negotiation.analysis.problem import Problem
from negotiation.table import tables_of

FEW = 250
"""Outcomes that a test lists."""


def fine(scenario, sheets, problem, outcome):
    """Whether a question asks about this outcome."""
    if scenario.breaks(outcome):
        return False
    for party, floor in problem.floors.items():
        if plain_score(sheets[party], outcome) < floor - 1e-9:
            return False
    for name, deal in problem.fixed.items():
        if outcome[name] != deal:
            return False
    return all(_signable(scenario, sheets, problem, outcome, name) for name in scenario.tables)


def _signable(scenario, sheets, problem, outcome, name):
    table, deal = scenario.tables[name], outcome[name]
    if deal is None:
        return name not in problem.signed
    needs = table.needs(deal)
    wanted = problem.signed.get(name)
    if wanted is not None and {*needs, *table.signers.of} != {*wanted, *table.signers.of}:
        return False
    willing = [
        party
        for party in table.seats
        if table.signs(party, deal)
        and (problem.within is None or party in problem.within)
        and not (party in problem.alone and _regret(sheets[party], outcome, name, inside=True) > 1e-9)
        and not (party in problem.stable and _regret(sheets[party], outcome, name, inside=False) > 1e-9)
    ]
    return table.binds(deal, willing)


def _regret(preferences, outcome, name, *, inside):
    """What a party would gain by leaving a table; `inside`: links that name other tables left out."""
    if inside:
        links = tuple(link for link in preferences.links if tables_of(link.pattern) == (name,))
        totals = tuple(total for total in preferences.totals if total.tables == (name,))
        preferences = replace(preferences, links=links, totals=totals)
    return plain_score(preferences, {**outcome, name: None}) - plain_score(preferences, outcome)


def vectors(sheets, problem, outcomes):
    return np.array(
        [[sum(plain_score(sheets[p], o) for p in group) for group in problem.objectives] for o in outcomes]
    ).reshape(len(outcomes), len(problem.objectives))


def undominated_vectors(found):
    rows = {tuple(np.round(row, 6) + 0.0) for row in found}
    return sorted(r for r in rows if not any(o != r and all(a >= b for a, b in zip(o, r, strict=True)) for o in rows))


@st.composite
def questions(draw, scenario, sheets):
    parties = list(sheets)
    some = st.lists(st.sampled_from(parties), unique=True, max_size=2).map(tuple)
    groups = [(p,) for p in parties] + list(combinations(parties, 2))
    fixed, sizes = {}, {name: table.size + 1 for name, table in scenario.tables.items()}
    while math.prod(sizes.values()) > FEW or (sizes and draw(st.integers(0, 5)) == 0):
        name = max(sizes, key=sizes.get)
        del sizes[name]
        table = scenario.tables[name]
        fixed[name] = draw(st.none() | st.integers(0, table.size - 1).map(table.deal))
    signed = {}
    if draw(st.booleans()):
        name = draw(st.sampled_from(list(scenario.tables)))
        signed[name] = draw(st.none() | st.just(tuple(scenario.tables[name].seats)))
    return Problem(
        tuple(draw(st.lists(st.sampled_from(groups), unique=True, min_size=1, max_size=3))),
        floors={p: plain_score(sheets[p], {}) + draw(st.integers(-40, 5)) for p in draw(some)},
        alone=draw(some),
        stable=draw(some),
        fixed=fixed,
        signed=signed,
        within=draw(st.none() | st.just(tuple(parties[:-1]))),
    )


@st.composite
def asked(draw):
    """A small case, a question, and the outcomes it asks about; points are decimals or not."""
    case = draw(cases())
    part = draw(st.sampled_from([1.0, 1 / 3]))
    sheets = {}
    for party in case.roles:
        ours = case.role(party).preferences
        sheets[party] = replace(
            ours, sheets={key: replace(sheet, weight=sheet.weight * part) for key, sheet in ours.sheets.items()}
        )
    problem = draw(questions(case.scenario, sheets))
    outcomes = [o for o in _listed(case.scenario, problem) if fine(case.scenario, sheets, problem, o)]
    return case.scenario, sheets, problem, outcomes


def _listed(scenario, problem):
    free = {name: table for name, table in scenario.tables.items() if name not in problem.fixed}
    return ({**problem.fixed, **o} for o in every_outcome(replace(scenario, tables=free)))
