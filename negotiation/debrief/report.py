"""The debrief of a class as a document: for the projector, as one file, or on paper; and that of one seat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from negotiation.analysis.findings import Picture
from negotiation.analysis.offer_steps import OfferStep
from negotiation.debrief import choices, outcomes, process, subjective, value_claimed
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.comparisons import Agents, Earlier
from negotiation.debrief.counterfactuals import Twin
from negotiation.debrief.frontiers import section as frontier
from negotiation.debrief.frontiers import seen
from negotiation.debrief.grades import Grade, grades
from negotiation.debrief.lessons import Lesson, lessons
from negotiation.debrief.luck import twin_table
from negotiation.debrief.offers import moved
from negotiation.debrief.truth import by_role
from negotiation.language import phrase, plural, tr
from negotiation.reports.blocks import Document, Section

FEW = 8
"""Groups up to which all terms stand side by side."""


@dataclass(frozen=True, eq=False)
class Findings:
    """All that a debrief is told from, worked out once."""

    klass: ClassData
    lessons: Mapping[str, Lesson]
    grades: Mapping[str, Mapping[str, Grade]]
    moves: Mapping[str, Sequence[OfferStep]]
    _seen: dict[tuple[str, ...], Picture] = field(default_factory=dict, repr=False)

    def seen(self, pair: tuple[str, ...]) -> Picture:
        """Return the exact frontier of some roles with all groups on it, worked out once."""
        if pair not in self._seen:
            self._seen[pair] = seen(self.klass, pair)
        return self._seen[pair]


def findings(klass: ClassData) -> Findings:
    """Return everything about a class but the replays."""
    return Findings(klass, lessons(klass), grades(klass), {group.id: moved(group) for group in klass.groups})


def parts(
    found: Findings,
    pairs: Sequence[Sequence[str]],
    agents: Agents | None = None,
    earlier: Sequence[Earlier] = (),
    twins: Mapping[str, Twin] | None = None,
) -> dict[str, Callable[[], Section]]:
    """Return the debrief of a class by part, each worked out when called for; `pairs` are the roles on frontiers.

    The parts are called by phrases.
    """
    klass = found.klass
    told: dict[str, Callable[[], Section]] = {
        phrase("Results"): lambda: outcomes.board(klass),
        phrase("Beliefs"): lambda: process.beliefs(klass),
    }
    for n, pair in enumerate(pairs):
        told[phrase("Frontier {n}", n=n + 1) if n else phrase("Frontier")] = partial(_frontier, found, tuple(pair))
    told[phrase("Created and claimed")] = lambda: value_claimed.created(klass, found.lessons)
    told[phrase("Roles")] = lambda: outcomes.roles(klass, found.grades, agents, earlier)
    if twins is not None:
        told[phrase("Luck and skill")] = lambda: twin_table(klass, twins)
    if len(klass.groups) <= FEW:
        told[phrase("Terms")] = lambda: choices.terms(klass)
    return told | {
        phrase("Choices"): lambda: choices.chosen(klass, found.lessons),
        phrase("First offers"): lambda: process.first_offers(klass, found.moves),
        phrase("Concessions"): lambda: process.concessions(klass, found.moves),
        phrase("Coalitions"): lambda: process.coalitions(klass, found.moves),
        **({phrase("Truth"): lambda: by_role(klass)} if any(group.state.spoken for group in klass.groups) else {}),
        **({phrase("How it was"): partial(_subjective, found)} if subjective.inventories(klass) else {}),
        phrase("Missed"): lambda: choices.missed_changes(klass, found.lessons),
    }


def _subjective(found: Findings) -> Section:
    return subjective.by_role(found.klass, found.grades)


def _frontier(found: Findings, pair: tuple[str, ...]) -> Section:
    return frontier(found.klass, pair, found.seen(pair))


def document(
    found: Findings,
    pairs: Sequence[Sequence[str]] = (),
    agents: Agents | None = None,
    earlier: Sequence[Earlier] = (),
    twins: Mapping[str, Twin] | None = None,
) -> Document:
    """Return the whole debrief; without pairs the frontier of the first two roles."""
    klass = found.klass
    pairs = pairs or [list(klass.case.roles)[:2]]
    disclaimer = klass.case.scenario.disclaimer
    return Document(
        tr("{title}: debrief", title=klass.session.title),
        tuple(part() for part in parts(found, pairs, agents, earlier, twins).values()),
        tr(
            "{case}. {groups}, {people}",
            case=klass.case.scenario.title,
            groups=plural("{n} group", "{n} groups", len(klass.groups)),
            people=plural("{n} person", "{n} people", len(klass.session.people)),
        ),
        (disclaimer,) if disclaimer else (),
    )
