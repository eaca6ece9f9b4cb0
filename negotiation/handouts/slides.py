"""Slides for a lesson, made from a case and its teaching note: nothing secret before the slide that begins the debrief."""

from __future__ import annotations

import re

from negotiation.case import ARRIVING, Case, Plan
from negotiation.errors import SetupError
from negotiation.handouts.notes import blocks, note_text, sections
from negotiation.handouts.packets import agenda, parties
from negotiation.handouts.procedure import USUAL, procedure
from negotiation.reports.blocks import Block, Bullets, Document, Grid, Section, Text

STOP = "The talks are over"
"""The slide behind which everybody's secrets stand."""


MEDIATED = "single-text"
"""The protocol in which a mediator drafts."""


def meant_for(case: Case) -> str:
    """Return the protocol under which a case teaches what it is for: with a mediator where that is its subject."""
    return MEDIATED if "mediator" in case.teaches else USUAL


def plan_of(case: Case, minutes: int | None = None) -> Plan:
    """Return the plan of a lesson of so many minutes, or the usual one.

    Raises
    ------
    SetupError
        When the case has no such plan.
    """
    found = [plan for plan in case.plans if minutes in (None, plan.minutes)]
    if not found:
        known = ", ".join(str(plan.minutes) for plan in case.plans) or "none"
        raise SetupError(f"{case.name} has no plan of {minutes} minutes; possible: {known}")
    return found[0]


def timetable(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return from which minute to which a lesson does what."""
    steps = (
        (ARRIVING, "Arrive: join with the code"),
        (plan.read, "Read the brief"),
        (plan.prepare, "Prepare: fill in the sheet"),
        (plan.negotiate, f"Negotiate, {plan.rounds} rounds"),
        (plan.sign, "Sign: only signatures count"),
        (plan.debrief, "Debrief"),
    )
    rows, begin = [], 0
    for minutes, what in steps:
        rows.append((f"{begin}–{begin + minutes}", what))
        begin += minutes
    return tuple(rows)


def deck(case: Case, minutes: int | None = None) -> Document:
    """Return the slides of a lesson: the public ones first, then those of the debrief, a question on each."""
    scenario, plan = case.scenario, plan_of(case, minutes)
    told = sections(note_text(case.name))
    public = (
        Section("Today", (Grid(("minute", "what"), timetable(plan)),)),
        Section("The situation", (Text(scenario.brief),)),
        parties(scenario),
        *(agenda(scenario, table) for table in scenario.tables.values()),
        Section("How it goes", (Text(procedure(scenario, meant_for(case), plan.rounds)),)),
    )
    behind = (
        Section(STOP, (Text("The next slides hold everybody's secrets.", "lead"),)),
        *(Section(title, tuple(blocks(told[title]))) for title in ("What to expect", "The exact picture")),
        *_questions(told["Questions"]),
        *(Section(title, tuple(blocks(told[title]))) for title in ("Common mistakes", "Aims", "Sources")),
    )
    return Document(scenario.title, (*public, *behind), f"A lesson of {plan.minutes} minutes", (scenario.disclaimer,))


def _questions(text: str) -> list[Section]:
    """Return two slides for each question: it alone, and it with what a good answer holds."""
    found: list[Section] = []
    for block in blocks(text):
        for item in block.items if isinstance(block, Bullets) else ():
            question, _, answer = re.sub(r"\*\*", "", item).partition("? ")
            asked: Block = Text(f"{question}?", "lead")
            found += [Section("A question", (asked,)), Section("A question", (asked, Text(answer, "lead")))]
    return found
