"""A case as files of other negotiation programs: utilities the same to the last bit when they are read again, else refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from negotiation.case import BASE, Case
from negotiation.errors import ScenarioError, figure, unknown
from negotiation.formats.export_genius import genius_xml
from negotiation.formats.export_writers import geniusweb_json, negmas_yaml
from negotiation.formats.importing import read_back
from negotiation.formats.profiles import Agenda, Profile
from negotiation.formats.scenario_yaml import loads
from negotiation.formats.score_ceiling import ROUNDING

Files: TypeAlias = dict[str, str]
"""The texts of files by their names; the domain first, then a file a party."""

WRITERS: Mapping[str, Callable[[str, Agenda, Mapping[str, Profile]], Files]] = {
    "genius": genius_xml,
    "geniusweb": geniusweb_json,
    "negmas": negmas_yaml,
}
"""What writes the files of a kind."""


def exported(case: Case, kind: str) -> Files:
    """Return the files that say in the form of another program what a case says.

    Parameters
    ----------
    kind
        One of `WRITERS`: genius, geniusweb, negmas.

    Raises
    ------
    ScenarioError
        When that form has no words for something in the case, or somebody's utilities would not be the very same.
    """
    if kind not in WRITERS:
        raise ScenarioError(f"--to: {unknown('kind', kind, WRITERS)}")
    try:
        agenda, profiles = _plain(case)
        if kind == "genius":
            _low_enough(case, profiles)
        files = WRITERS[kind](case.name, agenda, profiles)
        again = loads(read_back({name: text.encode() for name, text in files.items()}, case.name), case.name)
    except ScenarioError as problem:
        raise ScenarioError(f"{case.name} cannot be written for {kind}: {problem}") from None
    for mine, theirs in zip(case.scenario.parties, again.scenario.parties, strict=True):
        if not _same(case, mine, again, theirs):
            links = "; the links of this case have no words there" if case.role(mine).preferences.links else ""
            raise ScenarioError(
                f"{case.name} cannot be written for {kind}: utilities of {mine} would not be the same to the last bit{links}"
            )
    return files


def _low_enough(case: Case, profiles: Mapping[str, Profile]) -> None:
    """Raise `ScenarioError` if somebody has a deal above 1, which GENIUS cuts off, and the case does not."""
    for party, profile in profiles.items():
        best = profile.extreme(max)
        if best > 1 + ROUNDING and not case.role(party).preferences.links:
            raise ScenarioError(f"{party} has a deal worth {figure(best)}, and no utility counts above 1 there")


def _same(case: Case, mine: str, again: Case, theirs: str) -> bool:
    ours, read = case.role(mine).preferences, again.role(theirs).preferences
    (table,), (other,) = case.scenario.tables, again.scenario.tables
    return ours.discount == read.discount and np.array_equal(ours.given(table, {}), read.given(other, {}))


def _plain(case: Case) -> tuple[Agenda, dict[str, Profile]]:
    """Return the issues and the profiles of a case that is a domain: one table that all sign, one type a party."""
    scenario = case.scenario
    if len(scenario.tables) != 1:
        raise ScenarioError(f"it has {len(scenario.tables)} tables, a domain has one")
    (table,) = scenario.tables.values()
    if set(table.signers.always) != set(scenario.parties):
        raise ScenarioError("not every deal needs all parties, as in a domain")
    if table.size != table.raw or table.unsigned:
        raise ScenarioError("it forbids deals, or has options in force while nothing is signed; a domain has neither")
    if many := [party for party, roles in case.roles.items() if list(roles) != [BASE]]:
        raise ScenarioError(f"{many[0]} has private types ({', '.join(case.roles[many[0]])}), a profile has none")
    agenda = {issue.title: issue.texts for issue in table.issues}
    if len(agenda) < len(table.issues) or any(len(set(texts)) < len(texts) for texts in agenda.values()):
        raise ScenarioError("two issues or two options have the same text, by which they are told there")
    profiles = {}
    for party in scenario.parties:
        own = case.role(party).preferences
        if own.delay:
            raise ScenarioError(f"{party} pays for every round of delay; a profile has only a discount")
        weights, shares = {}, {}
        for issue, points in zip(table.issues, own.by_option[table.name], strict=True):
            sheet = own.sheets.get(f"{table.name}.{issue.name}")
            plain = sheet is not None and sheet.whole == 1.0
            weights[issue.title] = sheet.weight if sheet is not None and plain else 1.0
            shares[issue.title] = sheet.shares if sheet is not None and plain else points
        profiles[party] = Profile(weights, shares, own.adjust.get(table.name, 0.0), own.discount)
    return agenda, profiles
