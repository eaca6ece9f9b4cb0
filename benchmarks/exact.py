"""What the exact picture costs here: frontiers and Nash points, beside NegMAS where it is installed. Never fails.

NegMAS (AGPL) is no dependency: `pip install negmas` into this environment adds its column. Ratios count, not times.
"""

import time

import numpy as np

from negotiation.analysis.frontier import distances, frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.solutions import solutions
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load
from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Party, Scenario
from negotiation.table import Issue, Signers, Table

SPACES = ((4, 10, 2), (6, 10, 2), (4, 10, 3), (6, 10, 3), (4, 10, 6), (6, 10, 6), (12, 10, 2), (12, 10, 3), (20, 10, 2))
"""Issues, options each, parties."""

LARGEST_FOR_PEER = {2: 1_000_000, 3: 1_000_000, 6: 1_000_000}
"""By parties, the outcomes beyond which the peer takes minutes."""


def additive(issues, options, parties):
    """One table where all scores add up, with random shares in 0 .. 1."""
    names = [f"p{n}" for n in range(parties)]
    agenda = tuple(Issue(f"i{k}", "", tuple(f"o{n}" for n in range(options)), ("",) * options) for k in range(issues))
    table = Table("t", "", agenda, Signers(tuple(names)))
    scenario = Scenario("additive", "", {name: Party(name, name) for name in names}, {"t": table}, 10)
    dice = np.random.default_rng(1)
    sheets = {}
    for name in names:
        weights = dice.random(issues) + 0.2
        shares = [dice.random(options) for _ in range(issues)]
        sheets[name] = Preferences(
            scenario,
            name,
            {
                f"t.i{k}": Sheet(float(weights[k] / weights.sum()), tuple((s / s.max()).tolist()), 1.0)
                for k, s in enumerate(shares)
            },
        )
    return scenario, sheets


def timed(call, repeats=3):
    """The result, and the least CPU time in milliseconds."""
    least, found = float("inf"), None
    for _ in range(repeats):
        started = time.process_time()
        found = call()
        least = min(least, (time.process_time() - started) * 1e3)
    return found, least


def ours(scenario, sheets):
    front = frontier(scenario, sheets, Problem(tuple((party,) for party in sheets), signed={"t": None}))
    return front, solutions(front.points, [0.0] * len(sheets))["nash"]


def peers(sheets):
    """The peer's frontier and Nash point of the same space as a function, or None if it is not installed."""
    try:
        from negmas.outcomes import make_issue, make_os
        from negmas.preferences import LinearAdditiveUtilityFunction
        from negmas.preferences.ops import nash_points, pareto_frontier
    except ImportError:
        return None
    first = next(iter(sheets.values())).sheets
    space = make_os([make_issue(len(sheet.shares), name) for name, sheet in first.items()])
    outcomes = list(space.enumerate_or_sample())
    functions = [
        LinearAdditiveUtilityFunction(
            values={n: dict(enumerate(s.shares)) for n, s in sheet.sheets.items()},
            weights={n: s.weight for n, s in sheet.sheets.items()},
            outcome_space=space,
            reserved_value=0.0,
        )
        for sheet in sheets.values()
    ]

    def run():
        front = pareto_frontier(functions, outcomes=outcomes)[0]
        return front, nash_points(functions, front, outcome_space=space)

    return run


def flagship():
    case = load("alliance-2023")
    sheets = sheets_of(case)
    parties = tuple(sheets)
    rest = {party: sheet.score({}) for party, sheet in sheets.items()}
    three = Problem(tuple((party,) for party in parties[:3]), alone=parties[3:])
    front, cost = timed(lambda: frontier(case.scenario, sheets, three))
    print(f"{'flagship, three carmakers (goal < 2000)':<52} {cost:9.1f} ms  {len(front):,} points")
    history = np.array([[sheets[p].score(case.references["history_2023"].outcome) for p in front.parties]] * 1000)
    _, cost = timed(lambda: distances(front, history))
    print(f"{'  1,000 distances to it':<52} {cost:9.1f} ms")
    six = Problem(tuple((party,) for party in parties), floors=rest)
    front, cost = timed(lambda: frontier(case.scenario, sheets, six), 1)
    print(f"{'flagship, all six, nobody below unsigned':<52} {cost:9.1f} ms  {len(front):,} points")
    _, cost = timed(lambda: distances(front, front.points[::3400] - 5.0), 1)
    print(f"{'  100 distances to it':<52} {cost:9.1f} ms")


def main():
    print("Exact frontier and Nash point; CPU time\n")
    flagship()
    for issues, options, parties in SPACES:
        scenario, sheets = additive(issues, options, parties)
        (front, _), cost = timed(lambda scenario=scenario, sheets=sheets: ours(scenario, sheets))
        name = f"{float(options**issues):.0e} outcomes, {parties} parties"
        line = f"{name:<52} {cost:9.1f} ms  {len(front):,} points"
        if options**issues <= LARGEST_FOR_PEER[parties] and (peer := peers(sheets)):
            (theirs, _), slow = timed(peer, 1)
            line += f"; NegMAS {slow / cost:,.0f} times as long ({len(theirs):,} points)"
        print(line)
    if peers(additive(1, 2, 2)[1]) is None:
        print("NegMAS is not installed: no comparison (pip install negmas)")


if __name__ == "__main__":
    main()
