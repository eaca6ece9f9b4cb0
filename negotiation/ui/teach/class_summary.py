"""What a new class will be, in a few sentences."""

from __future__ import annotations

from negotiation.case import Case
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import SURPLUS, Settings
from negotiation.language import decimal, mark, plural, tr
from negotiation.reports.words import listed
from negotiation.rounding import plain
from negotiation.scenario import Scenario
from negotiation.ui.common import words
from negotiation.ui.common.style import short

COUNTS = {
    ("best", True): mark("{attempts}, the best counts, fresh dice each time"),
    ("best", False): mark("{attempts}, the best counts, the same dice each time"),
    ("last", True): mark("{attempts}, the last counts, fresh dice each time"),
    ("last", False): mark("{attempts}, the last counts, the same dice each time"),
}
"""What is said of the attempts of homework, by which counts and whether its dice are fresh."""


def summary(settings: Settings, case: Case) -> list[str]:
    """Return what a class will be, in a few sentences."""
    parties, scenario = settings.parties(case), case.scenario
    people = listed(short(scenario, p) for p in parties)
    kept = listed(short(scenario, p) for p in case.roles if p not in parties)
    lines = [plural("{n} seat for people: {parties}", "{n} seats for people: {parties}", len(parties), parties=people)]
    lines += [tr("always agents: {parties}", parties=kept)] if kept else []
    lines += _alone(settings, scenario) if settings.homework else _together(settings)
    return [*lines, _ends(settings, scenario), tr("agents: {strategy}", strategy=words.player(settings.level))]


def _alone(settings: Settings, scenario: Scenario) -> list[str]:
    days = round(settings.minutes[Phase.NEGOTIATE] / 60 / 24)
    whom = short(scenario, settings.seat) if settings.seat else tr("each party in turn")
    tries = tr("any number of attempts")
    if settings.attempts:
        tries = plural("{n} attempt", "{n} attempts", settings.attempts)
    return [
        plural(
            "open for {n} day, everybody alone against agents, as {party}",
            "open for {n} days, everybody alone against agents, as {party}",
            days,
            party=whom,
        ),
        tr(COUNTS[settings.counts, settings.fresh], attempts=tries),
    ]


def _together(settings: Settings) -> list[str]:
    surplus = tr(SURPLUS[settings.surplus]).lower()
    clock = [
        tr("{phase} {minutes} min", phase=tr(phase.called).lower(), minutes=decimal(plain(minutes)))
        for phase, minutes in settings.minutes.items()
    ]
    return [
        tr("any number of people; empty seats get agents; too many: {surplus}", surplus=surplus),
        listed(clock) or tr("no clock: you say when each phase ends"),
    ]


def _ends(settings: Settings, scenario: Scenario) -> str:
    rounds, unit = settings.rounds or scenario.rounds, scenario.unit
    if not settings.round_seconds:
        return plural(
            "{n} {unit}; each ends when everybody has finished",
            "{n} {unit}s; each ends when everybody has finished",
            rounds,
            unit=unit,
        )
    return plural(
        "{n} {unit}; each ends at the latest after {minutes} min",
        "{n} {unit}s; each ends at the latest after {minutes} min",
        rounds,
        unit=unit,
        minutes=decimal(plain(settings.round_seconds / 60, 2)),
    )
