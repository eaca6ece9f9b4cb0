"""The debrief of one person: own group and role, and no other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.debrief import process
from negotiation.debrief.beliefs import believed
from negotiation.debrief.choices import better
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.counterfactuals import Twin
from negotiation.debrief.frontiers import section as frontier
from negotiation.debrief.grades import ABOUT, Grade
from negotiation.debrief.group_game import GroupGame
from negotiation.debrief.luck import luck_and_skill
from negotiation.debrief.outcomes import stopped
from negotiation.debrief.subjective import of_person
from negotiation.debrief.truth import heard
from negotiation.language import decimal, mark, plural, tr
from negotiation.reports.blocks import Block, Bullets, Grid, Section, Text, said
from negotiation.reports.value_claimed import GROUP_MADE, claim, together
from negotiation.reports.words import all_of, clauses, listed, percent
from negotiation.rounding import plain, rounded

if TYPE_CHECKING:
    from negotiation.debrief.report import Findings


def personal_debrief(found: Findings, person: str, partner: str, twin: Twin | None = None) -> tuple[Section, ...]:
    """Return the debrief of one person who has a result: only the reader is named, of other groups only points appear.

    Parameters
    ----------
    partner
        The other role of the frontier.
    """
    klass = found.klass
    group, party = klass.results[person]
    return (
        result_of(found, person),
        *_beliefs(klass, person),
        *([luck_and_skill(klass, twin)] if twin else []),
        frontier(klass, (party, partner), found.seen((party, partner)), only=group),
        _left(found, group),
        process.concessions(klass, {**{g.id: () for g in klass.groups}, group.id: found.moves[group.id]}),
        *heard(klass, group, party),
        *of_person(klass, person),
    )


def result_of(found: Findings, person: str) -> Section:
    """Return the section on a person's result: all that may be told where sheets stay confidential."""
    klass = found.klass
    group, party = klass.results[person]
    place, lesson = found.grades[group.id][party], found.lessons[group.id]
    decimals, name = klass.case.scenario.decimals, klass.title(party)
    told = [_against(place.points, place.gain, decimals)]
    told += [_credit(klass, group, party, person), _among(place, name)]
    told += [
        together(lesson.claims, lesson.most, decimals, GROUP_MADE),
        claim(lesson.claims, party, decimals),
    ]
    told += [one.text for one in stopped([group])]
    grades = found.grades[group.id]
    rows = tuple(
        (klass.title(who), group.points[who], group.gains[who], grades[who].percentile, grades[who].of or None)
        for who in klass.case.roles
    )
    head = (tr("your group"), tr("points"), tr("gain"), tr("percentile in role"), "n")
    strong = (list(klass.case.roles).index(party),)
    grid = Grid(head, rows, decimals, signed=(2,), strong=strong)
    return Section(tr("You were {role}", role=name), (*(Text(one) for one in told if one), grid), tr(ABOUT))


def _among(place: Grade, name: str) -> str:
    """Return the place among the others of a role, in counts: so that every word of it is true."""
    others = place.of - 1
    if not others:
        return tr("Nobody else's result as {role} can be compared with yours.", role=name)
    if others == 1:
        told = tr(FEWER if place.fewer else EQUAL if place.equal else MORE, role=name)
    else:
        told = tr(
            "Of the {n} others who were {role}, {fewer} had fewer points, {equal} had as many, {more} had more",
            n=others,
            role=name,
            fewer=place.fewer,
            equal=place.equal,
            more=place.more,
        )
    return tr(
        "{place}: percentile {percentile}; {points} role points.",
        place=told,
        percentile=decimal(plain(place.percentile or 0.0)),
        points=decimal(plain(place.role_points or 0.0)),
    )


FEWER, EQUAL, MORE = (
    mark("The one other who was {role} had fewer points"),
    mark("The one other who was {role} had as many points"),
    mark("The one other who was {role} had more points"),
)


def _credit(klass: ClassData, group: GroupGame, party: str, person: str) -> str:
    """Return which of the seat's acts a person did; empty if all of them."""
    acts, mates = group.acts[party], group.theirs(party) - {person}
    mine, agents, shared = acts[person], acts[""], sum(acts[mate] for mate in mates)
    if mine == acts.total():
        return ""
    parts = [plural("{n} was done by you", "{n} were done by you", mine)]
    if shared:
        parts.append(
            plural(
                "{n} was done by those who shared the seat with you",
                "{n} were done by those who shared the seat with you",
                shared,
            )
        )
    if agents:
        parts.append(plural("{n} was done by an agent", "{n} were done by an agent", agents))
    if before := acts.total() - agents - mine - shared:
        parts.append(
            plural(
                "{n} was done by somebody who had the seat before",
                "{n} were done by somebody who had the seat before",
                before,
            )
        )
    return tr("Of the {n} acts of your seat {shares}.", n=acts.total(), shares=listed(parts))


def _against(points: float, gain: float, decimals: int) -> str:
    """Return points, and how far they are from leaving everything unsigned, in a sentence."""
    told, parts = rounded(gain, decimals), {"points": said(points, decimals)}
    if not told:
        return tr("**{points} points**, the same as leaving everything unsigned.", **parts)
    parts |= {"far": said(abs(told), decimals)}
    if told > 0:
        return tr("**{points} points**, {far} above leaving everything unsigned.", **parts)
    return tr("**{points} points**, {far} below leaving everything unsigned.", **parts)


def _left(found: Findings, group: GroupGame) -> Section:
    klass, lesson = found.klass, found.lessons[group.id]
    blocks: list[Block] = []
    if lesson.left:
        blocks.append(
            Text(
                tr(
                    "All together could have had **{points} points more** with nobody having fewer.",
                    points=said(lesson.left, klass.case.scenario.decimals),
                )
            )
        )
    told = better(klass, group, lesson)
    if told:
        blocks += [Text(tr("The smallest changes that nobody would have refused:")), Bullets(told, numbered=True)]
    for name, title, options in lesson.missed:
        issue = klass.case.scenario.tables[name].issues[klass.case.scenario.tables[name].by_name[title]]
        wanted = all_of([issue.texts[n] for n in options], "or")
        settled = tr(
            "All at the table preferred {options} on **{issue}**, and settled otherwise.",
            options=wanted,
            issue=issue.title,
        )
        blocks.append(Text(settled))
    nothing = Text(tr("Nothing: no change would have hurt nobody."))
    return Section(tr("Left on the table"), tuple(blocks) or (nothing,))


def _beliefs(klass: ClassData, person: str) -> list[Section]:
    """Return the section on a person's own worksheet against the truth."""
    rows = [one for one in believed(klass) if one.person == person]
    if not rows:
        return []
    mine = rows[0]
    lines = tuple(
        (
            klass.title(guess.party),
            clauses(process.title(klass, key) for key in guess.guessed),
            clauses(process.title(klass, key) for key in guess.truth),
            percent(guess.right),
        )
        for guess in mine.guesses
    )
    numbers = Grid(
        (tr("your worksheet"), tr("you wrote"), tr("it was")),
        ((tr("target"), mine.target, mine.points), (tr("walk-away"), mine.walk_away, mine.unsigned)),
        klass.case.scenario.decimals,
    )
    head = (tr("party"), tr("you guessed"), tr("what matters most to it"), tr("right"))
    guesses = [Grid(head, lines)] if lines else []
    return [
        Section(
            tr("What you believed"),
            (numbers, *guesses),
            tr("Target: against your points. Walk-away: against what unsigned tables leave you."),
        )
    ]
