"""The sensitivity of a solution to the weights: each changed a little, and everything solved anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from negotiation.analysis.findings import Sensitivity, Shift, Weight
from negotiation.analysis.frontier import Frontier, Progress, attaining, frontier
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.report import FEW, Wish, wished
from negotiation.analysis.solutions import solutions
from negotiation.case import Case
from negotiation.errors import SetupError
from negotiation.language import phrase
from negotiation.preferences import Preferences
from negotiation.rounding import plain
from negotiation.scenario import Outcome, Scenario

CHOSEN = ("nash", "kalai_smorodinsky")
"""The solutions that are followed unless told otherwise."""


NEARLY = 1e-6
"""Points within which an outcome attains a point: scaled weights are no decimals, so sums of them are not exact."""


def sensitivity(
    case: Case, wish: Wish, percent: float, chosen: Sequence[str] = CHOSEN, progress: Progress | None = None
) -> Sensitivity:
    """Return the effect of every weight of every party raised and lowered by `percent`, largest first, then file order.

    One at a time; the party's other weights are scaled so that their sum stays, links and what unsigned tables are
    worth stay as they are. Everything is solved anew and exactly each time.

    Raises
    ------
    SetupError
        When the analysis cannot be made (see `wished`), is to be approximate, or a party is always worse off
        than with nothing signed.
    """
    if not 0 < percent <= 100:
        raise SetupError(f"sensitivity {plain(percent)}: must be per cent of a weight, more than 0 and at most 100")
    if wish.epsilon:
        raise SetupError("sensitivity needs exact solutions: leave epsilon out, or name fewer parties")
    front = wished(case, wish)
    before = _solved(front, chosen)
    weights = [
        (party, issue, sheet.weight)
        for party, ours in front.space.sheets.items()
        for issue, sheet in ours.sheets.items()
        if 0 < sheet.weight < _sum(ours)
    ]
    found = []
    for n, (party, issue, weight) in enumerate(weights):
        if progress:
            progress(
                n / len(weights),
                phrase(
                    "weight of {issue} for {party}",
                    issue=_title(case.scenario, issue),
                    party=case.scenario.parties[party].title,
                ),
            )
        shifts = tuple(
            shift
            for change in (percent, -percent)
            for shift in _shifts(front, before, _changed(front.space.sheets, party, issue, change), change, wish.memory)
        )
        effect = max(abs(moved) for shift in shifts for moved in shift.gains.values())
        found.append(Weight(party, issue, weight, effect, shifts))
    return Sensitivity(percent, tuple(sorted(found, key=lambda row: (-round(row.effect, 6), -row.flips))))


def _sum(ours: Preferences) -> float:
    total = 0.0
    for sheet in ours.sheets.values():
        total += sheet.weight
    return total


def _changed(sheets: Mapping[str, Preferences], party: str, issue: str, percent: float) -> dict[str, Preferences]:
    ours = sheets[party]
    total, own = _sum(ours), ours.sheets[issue].weight
    raised = own * (1 + percent / 100)
    whole = total - own + raised
    weighed = {
        key: replace(sheet, weight=(raised if key == issue else sheet.weight) * total / whole)
        for key, sheet in ours.sheets.items()
    }
    return {**sheets, party: replace(ours, sheets=weighed)}


def _solved(front: Frontier, chosen: Sequence[str]) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Return the row with the largest sum of those that tie, and all that tie, by solution."""
    rest = [resting(front.space.sheets[party]) for party in front.parties]
    found = solutions(front.points, rest)
    if not found:
        raise SetupError(
            phrase(
                "{case}: no outcome gives everybody as much as nothing signed: there is no solution",
                case=front.space.scenario.name,
            )
        )
    totals = front.points.sum(axis=1).round(6)
    return {name: (max(found[name].rows, key=lambda row: (totals[row], -row)), found[name].rows) for name in chosen}


def _shifts(
    front: Frontier,
    before: Mapping[str, tuple[int, tuple[int, ...]]],
    sheets: Mapping[str, Preferences],
    percent: float,
    memory: float,
) -> Iterator[Shift]:
    space = front.space
    now = frontier(space.scenario, sheets, space.problem, memory=memory)
    after = _solved(now, tuple(before))
    for name, (row, _) in before.items():
        outcome = front.outcome(row)
        there, ties = after[name]
        stays = [sheets[party].score(outcome) for party in front.parties]
        same = [tie for tie in ties if (abs(now.points[tie] - stays) <= NEARLY).all()]
        there = same[0] if same else there
        gains = {}
        for k, party in enumerate(front.parties):
            gain = now.points[there, k] - resting(sheets[party])
            was = front.points[row, k] - resting(space.sheets[party])
            gains[party] = round(float(gain - was), 6) + 0.0
        flips = {} if same else min((_flips(space.scenario, outcome, new) for new in _outcomes(now, there)), key=len)
        yield Shift(name, percent, gains, flips)


def _outcomes(front: Frontier, row: int) -> Sequence[Outcome]:
    """Return all outcomes behind a point, or one if they are too many."""
    try:
        return attaining(front, row, FEW)
    except SetupError:
        return [front.outcome(row)]


def _flips(scenario: Scenario, before: Outcome, after: Outcome) -> dict[str, tuple[str, str]]:
    flips = {}
    for name, table in scenario.tables.items():
        old, new = before.get(name), after.get(name)
        if (old is None) != (new is None):
            flips[name] = ("unsigned", "signed") if old is None else ("signed", "unsigned")
            continue
        for issue, one, other in zip(table.issues, old or (), new or (), strict=False):
            if one != other:
                flips[f"{name}.{issue.name}"] = issue.options[one], issue.options[other]
    return flips


def _title(scenario: Scenario, key: str) -> str:
    """Return the title of an issue `table.issue`."""
    table, _, issue = key.partition(".")
    there = scenario.tables[table]
    return there.issues[there.by_name[issue]].title
