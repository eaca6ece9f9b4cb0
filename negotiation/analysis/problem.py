"""An optimisation problem over outcomes: what to maximise on which conditions, and the ways a table can end."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from negotiation.errors import SetupError, unknown
from negotiation.scenario import Outcome, Scenario
from negotiation.table import Pattern, Table


@dataclass(frozen=True)
class Problem:
    """A problem: what is to be maximised over which outcomes.

    Attributes
    ----------
    objectives
        The parties that are to get as much as possible, or groups of parties whose points are added up.
    floors
        Least points of a party in the whole outcome.
    alone
        Parties that sign no table which, seen alone (links across tables left out), is worth less to them than
        leaving it unsigned.
    stable
        Parties that sign no table which they would rather leave unsigned, all else as in the outcome.
    fixed
        Tables whose deal is given, or which stay unsigned (None).
    signed
        Tables that have to be signed, each by exactly these parties (voters apart), or by any if None.
    within
        Only these parties sign anything, if not None.
    """

    objectives: tuple[tuple[str, ...], ...]
    floors: Mapping[str, float] = field(default_factory=dict)
    alone: tuple[str, ...] = ()
    stable: tuple[str, ...] = ()
    fixed: Outcome = field(default_factory=dict)
    signed: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    within: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Branch:
    """One way a table can end: unsigned, or signed with these options open.

    Attributes
    ----------
    bound
        Who has to sign.
    signers
        They, and as many voters as are needed of those whose rights are heeded.
    unbound
        Who could have been made to sign but is not, and so has its unsigned points.
    options
        Per issue the options open; no issues: unsigned.
    """

    table: Table
    bound: tuple[str, ...]
    signers: tuple[str, ...]
    unbound: tuple[str, ...]
    options: tuple[tuple[int, ...], ...]

    @property
    def signed(self) -> bool:
        """Return whether the table is signed."""
        return bool(self.options)


def branches(table: Table, problem: Problem) -> Iterator[Branch]:
    """Yield the ways a table can end, unsigned first, then by who signs."""
    fixed, wanted = problem.fixed, problem.signed.get(table.name)
    deal = fixed.get(table.name)
    if deal is None and table.name not in problem.signed:
        yield Branch(table, (), (), (), ())
    if table.name in fixed and deal is None:
        return
    voters = set(table.signers.of)
    maybe = dict.fromkeys(party for party, _, _ in table.signers.when if party not in table.signers.always)
    for bound in _subsets(tuple(maybe)):
        must = (*table.signers.always, *bound)
        if wanted is not None and set(must) - voters != set(wanted) - voters:
            continue
        free = [party for party in maybe if party not in bound]
        options = tuple(
            tuple(n for n in unbinding(table, issue.name, free) if deal is None or n == deal[k])
            for k, issue in enumerate(table.issues)
        )
        unbound = tuple(party for party in free if party not in voters)
        for signers in _signers(table, must, problem):
            yield Branch(table, must, signers, unbound, options)


def _subsets(parties: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for count in range(len(parties) + 1):
        yield from combinations(parties, count)


def _signers(table: Table, must: tuple[str, ...], problem: Problem) -> Iterator[tuple[str, ...]]:
    """Yield who can sign where `must` must: with as many voters as are needed of those whose rights count."""
    rules, within = table.signers, problem.within
    free = [party for party in rules.of if party not in must and (within is None or party in within)]
    votes = max(rules.quorum - sum(party in must for party in rules.of), rules.least - len(must), 0)
    heeded = [party for party in free if party in problem.alone or party in problem.stable]
    if len(free) >= votes and (within is None or set(must) <= set(within)):
        for voters in combinations(heeded, max(votes - (len(free) - len(heeded)), 0)):
            yield (*must, *voters)


def unbinding(table: Table, issue: str, parties: Collection[str]) -> list[int]:
    """Return the options of an issue that make none of these parties sign."""
    binding = {o for party, name, options in table.signers.when if party in parties and name == issue for o in options}
    return [n for n, option in enumerate(table.issues[table.by_name[issue]].options) if option not in binding]


def not_needed(table: Table, party: str) -> Pattern:
    """Return the options under which a party that signs when named need not sign."""
    issues = dict.fromkeys(issue for who, issue, _ in table.signers.when if who == party)
    return {
        f"{table.name}.{name}": tuple(
            table.issues[table.by_name[name]].options[n] for n in unbinding(table, name, [party])
        )
        for name in issues
    }


def check(scenario: Scenario, parties: Collection[str], problem: Problem) -> None:
    """Raise `SetupError` unless all parties and tables of a `problem` exist.

    Raises
    ------
    SetupError
        When one does not exist.
    """
    named = [*(p for group in problem.objectives for p in group), *problem.floors]
    for party in (*named, *problem.alone, *problem.stable, *(problem.within or ())):
        if party not in parties:
            raise SetupError(unknown("party", party, parties))
    for table in (*problem.fixed, *problem.signed):
        if table not in scenario.tables:
            raise SetupError(unknown("table", table, scenario.tables))
