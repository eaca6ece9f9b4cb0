"""Remarks of a careful reader on a case that loads: dead options, empty bargaining zones, idle links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import prod

import numpy as np
import numpy.typing as npt

from negotiation.case import Case
from negotiation.formats import load
from negotiation.language import phrase
from negotiation.preferences import Link
from negotiation.rounding import shown
from negotiation.scenario import Scenario
from negotiation.table import Table, tables_of

TOLERANCE = 1e-9

MOST_ADDRESSES = 20
"""Texts without a translation that a note lists."""

POINTS = re.compile(r"(?<![\w/])[+\-−]\s?\d[\d.,]*|\d[\d.,]*\s*(?:points?|pts|ポイント|点)(?![a-z])", re.IGNORECASE)
"""A number with a sign, or a number of points."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: an `error` makes the case unplayable, a `warning` is likely a mistake, a `note` is worth knowing.

    `place` is the path of what it is about in the file.
    """

    weight: str
    place: str
    said: str

    @property
    def text(self) -> str:
        """The remark with its place before it."""
        return f"{self.place}: {self.said}"


def findings(case: Case) -> list[Finding]:
    """Return all findings on a case, errors first."""
    found = [*_tables(case), *_links(case), *_constraints(case.scenario), *_parties(case), *_untold(case)]
    return sorted(found, key=lambda finding: ("error", "warning", "note").index(finding.weight))


def report(name: str, variant: str = "") -> tuple[str, bool]:
    """Return the facts of a case and the findings as text, and whether there was no error."""
    case = load(name, variant)
    found = findings(case)
    lines = [*_facts(case), *(f"{finding.weight}: {finding.text}" for finding in found)]
    lines.append("no problems found" if not found else f"{len(found)} finding{'s' if len(found) > 1 else ''}")
    return "\n".join(lines), not any(finding.weight == "error" for finding in found)


def _facts(case: Case) -> list[str]:
    scenario = case.scenario
    joint = prod(table.size + 1 for table in scenario.tables.values())
    links = {link.name for roles in case.roles.values() for role in roles.values() for link in role.preferences.links}
    decimals = max(2, scenario.decimals)
    lines = [
        f"{case.name}: {scenario.title}",
        f"  {len(scenario.parties)} parties, {len(scenario.tables)} tables, {scenario.rounds} {scenario.unit}s, "
        f"{len(links)} links, {len(scenario.constraints)} constraints across tables, {joint:,} combinations",
    ]
    for name, table in scenario.tables.items():
        fine = sum(int(zone.sum()) for _, zone in zones(case, name))
        every = int(np.logical_and.reduce([_fine(case, table, party) for party in table.seats]).sum())
        lines.append(
            f"  {name}: {table.raw} deals, {table.size} legal, {fine} acceptable to all who sign, {every} to everybody "
            f"there; {', '.join(table.seats)}"
        )
    for party, roles in case.roles.items():
        for role in roles.values():
            rest = role.preferences.score({})
            lines.append(
                f"  {party} ({role.name}, {role.chance:g}): {shown(rest, decimals)} points if nothing is signed"
            )
    return lines


def zones(case: Case, name: str) -> Iterator[tuple[tuple[str, ...], npt.NDArray[np.bool_]]]:
    """Yield, for each set of parties that must sign, which of its deals harm none of them (base types, no links)."""
    table = case.scenario.tables[name]
    fine = {party: _fine(case, table, party) for party in table.seats}
    needs = [table.needs(deal) for deal in table.deals]
    numbers = sorted(range(table.size), key=lambda n: needs[n])
    for signers, group in groupby(numbers, key=lambda n: needs[n]):
        zone = np.zeros(table.size, dtype=np.bool_)
        zone[list(group)] = True
        for party in signers:
            zone &= fine[party]
        if table.signers.quorum:
            votes = np.zeros(table.size, dtype=np.int64)
            for party in table.signers.of:
                votes += fine[party]
            zone &= votes >= table.signers.quorum
        yield signers, zone


def _fine(case: Case, table: Table, party: str) -> npt.NDArray[np.bool_]:
    preferences = case.role(party).preferences
    points = preferences.points[table.name].copy()
    for link in preferences.links:
        if tables_of(link.pattern) == (table.name,):
            points += link.points * table.mask(link.pattern)
    for total in preferences.totals:
        if total.tables == (table.name,):
            points += [total.worth(added) for added in total.adds(table).tolist()]
    fine: npt.NDArray[np.bool_] = points[:-1] >= points[-1] - TOLERANCE
    return fine


def _tables(case: Case) -> Iterator[Finding]:
    for name, table in case.scenario.tables.items():
        found = list(zones(case, name))
        empty = [signers for signers, zone in found if not zone.any()]
        if len(empty) == len(found):
            yield Finding(
                "error", f"tables.{name}", phrase("empty bargaining zone: every deal leaves a signer below unsigned")
            )
        else:
            for signers in empty:
                yield Finding(
                    "warning",
                    f"tables.{name}",
                    phrase("no deal suits {signers} when just they must sign", signers=" and ".join(signers)),
                )
        acceptable = np.logical_or.reduce([zone for _, zone in found])
        for k, issue in enumerate(table.issues):
            for number, option in enumerate(issue.options):
                taken = table.grid[k] == number
                place = f"tables.{name}.issues.{issue.name}.options.{option}"
                if not taken.any():
                    yield Finding("warning", place, phrase("dead: constraints forbid every deal with it"))
                elif len(empty) < len(found) and not (taken & acceptable).any():
                    yield Finding("note", place, phrase("in no deal that suits all who must sign, links left out"))


def _links(case: Case) -> Iterator[Finding]:
    seen: dict[str, Link] = {}
    for roles in case.roles.values():
        for role in roles.values():
            seen |= {link.name: link for link in role.preferences.links}
    for name, link in seen.items():
        parts = {table: case.scenario.tables[table].mask(link.pattern) for table in tables_of(link.pattern)}
        idle = [table for table, mask in parts.items() if not mask.any()]
        if idle:
            yield Finding(
                "warning",
                f"links.{name}",
                phrase("can never fire: no deal of {table}, signed or not, meets its part", table=idle[0]),
            )
        elif any(_covers(case.scenario, c.pattern, parts) for c in case.scenario.constraints):
            yield Finding("warning", f"links.{name}", phrase("can never fire: a constraint forbids whatever meets it"))
    yield from _sentences(seen)


def _sentences(links: Mapping[str, Link]) -> Iterator[Finding]:
    """Yield remarks on what links say: nothing where others speak, or points, which are each one's own."""
    languages = dict.fromkeys(language for link in links.values() for language in link.says)
    for name, link in links.items():
        if lacking := [language for language in languages if language not in link.says]:
            yield Finding(
                "note",
                f"links.{name}.says",
                phrase("nothing in {languages}, as other links have", languages=" and ".join(lacking)),
            )
        for language, text in link.says.items():
            if told := POINTS.search(text):
                yield Finding(
                    "warning",
                    f"links.{name}.says.{language}",
                    phrase(
                        "tells points ({points}): whoever scores the link reads it, with the own points beside it; "
                        "say only what happens",
                        points=told[0],
                    ),
                )


def _untold(case: Case) -> Iterator[Finding]:
    for language, addresses in case.untold.items():
        some, more = ", ".join(addresses[:MOST_ADDRESSES]), len(addresses) - MOST_ADDRESSES
        rest = f" and {more:,} more" if more > 0 else ""
        missing = phrase("nothing for {addresses}; told as in the case", addresses=f"{some}{rest}")
        yield Finding("note", f"translations.{language}", missing)


def _covers(scenario: Scenario, forbidden: object, parts: dict[str, npt.NDArray[np.bool_]]) -> bool:
    """Return whether every outcome that meets the parts meets a forbidden pattern, which names no other table."""
    pattern: dict[str, tuple[str, ...]] = dict(forbidden)  # type: ignore[call-overload]
    names = tables_of(pattern)
    return all(name in parts and not (parts[name] & ~scenario.tables[name].mask(pattern)).any() for name in names)


def _constraints(scenario: Scenario) -> Iterator[Finding]:
    for constraint in scenario.constraints:
        for name in tables_of(constraint.pattern):
            if not scenario.tables[name].mask(constraint.pattern).any():
                yield Finding(
                    "warning",
                    f"constraints.{constraint.name}",
                    phrase("forbids what cannot happen at {table} anyway", table=name),
                )


def _parties(case: Case) -> Iterator[Finding]:
    for party in case.scenario.parties:
        if not case.scenario.at(party):
            yield Finding("note", f"parties.{party}", phrase("has a seat at no table; it can only talk"))
        for name, role in case.roles[party].items():
            sheets = role.preferences.sheets.values()
            total = sum(sheet.weight for sheet in sheets)
            if any(sheet.whole == 1 for sheet in sheets) and abs(total - 1) > 0.01:
                yield Finding(
                    "warning",
                    f"preferences.{party} ({name})",
                    phrase("weights sum to {total}, about 1 where `scoring` is unit", total=f"{total:.4g}"),
                )
