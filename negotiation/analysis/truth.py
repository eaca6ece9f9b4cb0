"""Who told the truth: what each party said of its interests against its own sheet, and what became of its promises.

- `rank`: more points are at stake (best less worst option) at the one issue than at the other.
- `prefer`: the sheet gives the one option more points than the other.
- `refuse`: no deal with one of the options could have gained over leaving the table unsigned. It is untrue only if one
  gains even after the delay that signing may cost.
- `open`: for each of the options a deal is no loss; of an issue, for a second option besides the best.
- `alternative`: others compete for the speaker's signature there, or leaving the table unsigned has points of its own.

Links may add to points or take away, by what is signed elsewhere. Where that could turn a verdict there is none: nobody
is called a liar for what it could not know. Only misstatements of interests count, as in O'Connor and Carnevale (1997).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

import numpy as np
import numpy.typing as npt

from negotiation.actions import Say
from negotiation.analysis.dominance import TOLERANCE
from negotiation.moves import Alternative, Concede, Prefer, Rank, Refuse, Term
from negotiation.preferences import Preferences, Scores
from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.table import Table, tables_of
from negotiation.talk.commitments import Commitment, commitments
from negotiation.talk.course import Course, course
from negotiation.talk.evidence import Claim, heard
from negotiation.totals import Total
from negotiation.view import hears

Numbers: TypeAlias = tuple[float, ...]

Verdict: TypeAlias = Literal["true", "false", "open"]
"""`open`: the sheet does not decide it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement against the sheet of its speaker.

    Attributes
    ----------
    said, round
        The event, and its round from 0; if it was repeated, the first time.
    to
        Who heard it; empty: everybody.
    numbers
        What the sheet says. `rank`: points at stake at the issue that is to matter more, and at the other. `prefer`: points
        of the option that is to be better, and of the other. `refuse` and `open`: the least and the most that the best
        deal with such an option could gain over leaving the table unsigned. `alternative`: none.
    """

    party: str
    to: tuple[str, ...]
    move: Claim
    said: int
    round: int
    verdict: Verdict
    numbers: Numbers = ()

    def heard_by(self, party: str) -> bool:
        """Return whether a party said or heard it."""
        return hears(party, self.party, self.to)


@dataclass(frozen=True)
class Truth:
    """All statements of a game, judged; and all promises and threats, one made several times to the same once."""

    statements: tuple[Judged, ...]
    promises: tuple[Commitment, ...]

    def count(self, party: str, verdict: Verdict) -> int:
        """Return how many statements of a party are true, false or open."""
        return sum(one.party == party and one.verdict == verdict for one in self.statements)

    def share(self, party: str) -> float | None:
        """Return the share of the true of all that a sheet decides; None if there are none."""
        true, false = self.count(party, "true"), self.count(party, "false")
        return true / (true + false) if true + false else None

    def made(self, party: str) -> dict[str, int]:
        """Return how many promises of a party were kept, broken and void, and how many are open."""
        mine = [one.status for one in self.promises if one.party == party]
        return {status: mine.count(status) for status in ("kept", "broken", "void", "open")}


def truth(state: State, sheets: Mapping[str, Preferences]) -> Truth:
    """Return what was said in a game, judged by the sheet of each speaker; give it the state with nothing sealed."""
    found = heard(state)
    when = course(state)
    judged = []
    for statement in found:
        say = state.events[statement.said].action
        verdict, numbers = _judge(state, when, sheets[statement.party], statement.move, statement.said)
        to = say.to if isinstance(say, Say) else ()
        judged.append(
            Judged(statement.party, to, statement.move, statement.said, when.round(statement.said), verdict, numbers)
        )
    promises = {(one.party, one.to, one.move): one for one in reversed(commitments(state))}
    return Truth(tuple(judged), tuple(sorted(promises.values(), key=lambda one: one.said)))


def _judge(state: State, when: Course, sheets: Preferences, claim: Claim, said: int) -> tuple[Verdict, Numbers]:
    match claim:
        case Rank(more, less):
            return _compared(sheets, (more, less), (_stake(sheets, more), _stake(sheets, less)))
        case Prefer(more, less):
            return _compared(sheets, (more,), (_points(sheets, more), _points(sheets, less)))
        case Refuse(options):
            lows, highs = _gains(state, when, sheets, options, said)
            low, high, delay = lows[-1], highs[-1], sheets.delay * (when.round(said) + 1)
            return _told("true" if high <= TOLERANCE else "false" if low > delay + TOLERANCE else "open", low, high)
        case Concede(options):
            lows, highs = _gains(state, when, sheets, options, said)
            hardest = 0 if options[0].option else max(len(lows) - 2, 0)
            low, high = lows[hardest], highs[hardest]
            return _told("true" if low >= -TOLERANCE else "false" if high < -TOLERANCE else "open", low, high)
        case Alternative(table):
            other = state.scenario.tables[table].courted(sheets.party) or sheets.adjust.get(table, 0.0) > 0.0
            return "true" if other else "false", ()
        case _:
            assert_never(claim)


def _told(verdict: Verdict, low: float, high: float) -> tuple[Verdict, Numbers]:
    return verdict, (low, high) if high > -np.inf else ()


def _compared(sheets: Preferences, terms: Iterable[Term], numbers: tuple[float, float]) -> tuple[Verdict, Numbers]:
    """Judge that the first number is the larger; links of these issues could shift them by all their points."""
    issues = [f"{term.table}.{term.issue}" for term in terms]
    slack = 0.0
    for link in sheets.links:
        slack += abs(link.points) if any(issue in link.pattern for issue in issues) else 0.0
    for total in sheets.totals:
        every = (total.otherwise, *total.points.values())
        slack += max(every) - min(every) if any(issue in total.amounts for issue in issues) else 0.0
    ahead = numbers[0] - numbers[1]
    return "true" if ahead > TOLERANCE else "open" if ahead + slack > TOLERANCE else "false", numbers


def _points(sheets: Preferences, term: Term) -> float:
    table = sheets.scenario.tables[term.table]
    k = table.by_name[term.issue]
    return sheets.by_option[term.table][k][table.issues[k].number(term.option)]


def _stake(sheets: Preferences, term: Term) -> float:
    points = sheets.by_option[term.table][sheets.scenario.tables[term.table].by_name[term.issue]]
    return max(points) - min(points)


def _gains(
    state: State, when: Course, sheets: Preferences, options: Sequence[Term], said: int
) -> tuple[list[float], list[float]]:
    """Return the least, and the most, that the best deal with each option could gain when it was said, both ascending.

    With an issue instead of options, for each of its options; minus infinity where no deal was possible.
    """
    table = state.scenario.tables[options[0].table]
    k = table.by_name[options[0].issue]
    issue = table.issues[k]
    left = [party for (party, name), event in when.left.items() if name == table.name and event < said]
    signed = {name: state.bound[name] for name, event in when.signed.items() if event < said}
    free = state.scenario.free(table.name, signed)
    possible = table.may_sign(sheets.party) & table.signable(left) & (True if free is None else free)
    low, high = _bounds(sheets, table)
    named = options if options[0].option else [Term(table.name, issue.name, option) for option in issue.options]
    deals = [possible & (table.grid[k] == issue.number(term.option)) for term in named]
    return sorted(_most(low, here) for here in deals), sorted(_most(high, here) for here in deals)


def _most(gains: Scores, here: npt.NDArray[np.bool_]) -> float:
    return float(gains[here].max()) if here.any() else -np.inf


def _bounds(sheets: Preferences, table: Table) -> tuple[Scores, Scores]:
    """Return the least and the most that every deal of a table gains, whatever else is signed, shape (deals,)."""
    points = sheets.points[table.name]
    low = points[:-1] - points[-1]
    high = low.copy()
    for link in sheets.links:
        names = tables_of(link.pattern)
        if table.name in names:
            met = table.mask(link.pattern).astype(np.float64)
            change = link.points * (met[:-1] - met[-1])
            low = low + (change if len(names) == 1 else np.minimum(change, 0.0))
            high = high + (change if len(names) == 1 else np.maximum(change, 0.0))
    for total in sheets.totals:
        if table.name in total.tables:
            changes = _changes(total, table, sheets.scenario)
            low, high = low + changes.min(axis=0), high + changes.max(axis=0)
    return low, high


def _changes(total: Total, table: Table, scenario: Scenario) -> Scores:
    """Return what every deal of a table changes of a total's points, for each sum that the other tables may add."""
    sums, adds = {0}, total.adds(table).tolist()
    for name in total.tables:
        if name != table.name:
            sums = {rest + more for more in np.unique(total.adds(scenario.tables[name])).tolist() for rest in sums}
    points = np.array([[total.worth(rest + added) for added in adds] for rest in sorted(sums)])
    changes: Scores = points[:, :-1] - points[:, -1:]
    return changes
