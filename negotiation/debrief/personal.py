"""The debrief of one person, own group and role, no other names; and the counterfactuals of all, for the teacher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from negotiation.debrief import charts, process
from negotiation.debrief.beliefs import believed
from negotiation.debrief.choices import better
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.counterfactuals import Twin
from negotiation.debrief.frontiers import section as frontier
from negotiation.debrief.grades import ABOUT, Grade
from negotiation.debrief.group_game import GroupGame
from negotiation.debrief.outcomes import stopped
from negotiation.debrief.truth import heard
from negotiation.reports.blocks import Block, Bullets, Figure, Grid, Section, Text, rows_of, said
from negotiation.reports.value_claimed import claim, together
from negotiation.rounding import percent, plain, rounded

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
        *([_twin(klass, twin)] if twin else []),
        frontier(klass, (party, partner), found.seen((party, partner)), only=group),
        _left(found, group),
        process.concessions(klass, {**{g.id: () for g in klass.groups}, group.id: found.moves[group.id]}),
        *heard(klass, group, party),
        *_beliefs(klass, person),
    )


def result_of(found: Findings, person: str) -> Section:
    """Return the section on a person's result: all that may be told where sheets stay confidential."""
    klass = found.klass
    group, party = klass.results[person]
    place, lesson = found.grades[group.id][party], found.lessons[group.id]
    decimals, name = klass.case.scenario.decimals, klass.title(party)
    told = [f"**{said(place.points, decimals)} points**, {_against(place.gain, decimals)} leaving everything unsigned."]
    told += [_credit(klass, group, party, person), _among(place, name)]
    told += [
        together(lesson.claims, lesson.most, "Together your group", decimals),
        claim(lesson.claims, party, decimals),
    ]
    told += [one.text for one in stopped([group])]
    grades = found.grades[group.id]
    rows = tuple(
        (klass.title(who), group.points[who], group.gains[who], grades[who].percentile, grades[who].of or None)
        for who in klass.case.roles
    )
    strong = (list(klass.case.roles).index(party),)
    grid = Grid(("your group", "points", "gain", "percentile in role", "n"), rows, decimals, signed=(2,), strong=strong)
    return Section(f"You were {name}", (*(Text(one) for one in told if one), grid), ABOUT)


def _among(place: Grade, name: str) -> str:
    """Return the place among the others of a role, in counts: so that every word of it is true."""
    others = place.of - 1
    if not others:
        return f"Nobody else's result as {name} can be compared with yours."
    if others == 1:
        told = f"The one other who was {name} had {'fewer' if place.fewer else 'as many' if place.equal else 'more'} points"
    else:
        told = (
            f"Of the {others} others who were {name}, {place.fewer} had fewer points, {place.equal} had as many, "
            f"{place.more} had more"
        )
    return f"{told}: percentile {plain(place.percentile or 0.0)}; {plain(place.role_points or 0.0)} role points."


def _credit(klass: ClassData, group: GroupGame, party: str, person: str) -> str:
    """Return which of the seat's acts a person did; empty if all of them."""
    acts, mates = group.acts[party], group.theirs(party) - {person}
    parts = (
        (acts[person], "you"),
        (sum(acts[mate] for mate in mates), "those who shared the seat with you"),
        (acts[""], "an agent"),
        (
            acts.total() - acts[""] - acts[person] - sum(acts[mate] for mate in mates),
            "somebody who had the seat before",
        ),
    )
    if acts[person] == acts.total():
        return ""
    told = ", ".join(f"{n} {'were' if n != 1 else 'was'} done by {who}" for n, who in parts if n or who == "you")
    return f"Of the {acts.total()} acts of your seat {told}."


def _against(gain: float, decimals: int) -> str:
    told = rounded(gain, decimals)
    return f"{said(abs(told), decimals)} {'above' if told > 0 else 'below'}" if told else "the same as"


def _left(found: Findings, group: GroupGame) -> Section:
    klass, lesson = found.klass, found.lessons[group.id]
    blocks: list[Block] = []
    if lesson.left:
        blocks.append(
            Text(
                f"All together could have had **{said(lesson.left, klass.case.scenario.decimals)} points more** with nobody having fewer."
            )
        )
    told = better(klass, group, lesson)
    if told:
        blocks += [Text("The smallest changes that nobody would have refused:"), Bullets(told, numbered=True)]
    for name, title, options in lesson.missed:
        issue = klass.case.scenario.tables[name].issues[klass.case.scenario.tables[name].by_name[title]]
        wanted = " or ".join(issue.texts[n] for n in options)
        blocks.append(Text(f"All at the table preferred {wanted} on **{issue.title}**, and settled otherwise."))
    return Section("Left on the table", tuple(blocks) or (Text("Nothing: no change would have hurt nobody."),))


def _beliefs(klass: ClassData, person: str) -> list[Section]:
    """Return the section on a person's own worksheet against the truth."""
    rows = [one for one in believed(klass) if one.person == person]
    if not rows:
        return []
    mine = rows[0]
    lines = tuple(
        (
            klass.title(guess.party),
            "; ".join(process.title(klass, key) for key in guess.guessed),
            "; ".join(process.title(klass, key) for key in guess.truth),
            percent(guess.right),
        )
        for guess in mine.guesses
    )
    numbers = Grid(
        ("your worksheet", "you wrote", "it was"),
        (("target", mine.target, mine.points), ("walk-away", mine.walk_away, mine.unsigned)),
        klass.case.scenario.decimals,
    )
    guesses = [Grid(("party", "you guessed", "what matters most to it", "right"), lines)] if lines else []
    return [
        Section(
            "What you believed",
            (numbers, *guesses),
            "Target: against your points. Walk-away: against what unsigned tables leave you.",
        )
    ]


def _twin(klass: ClassData, twin: Twin) -> Section:
    """Return the section on luck and skill of one person."""
    changed = "higher" if twin.step > 0 else "lower"
    kinds = {
        "agents in your seat": twin.agents,
        "your own policy": twin.policy,
        f"you, opening {changed}": twin.bolder,
    }
    rows = [
        {"what": what, "least": s.low, "low": s.first, "median": s.median, "high": s.third, "most": s.high}
        for what, s in kinds.items()
    ]
    figure = Figure(
        "Line: your points. Thin: nine replays of ten; thick: the middle half; tick: the median.",
        "twin",
        lambda ink: charts.spreads(rows, ink, twin.got, list(kinds)),
        rows_of(tuple(rows[0]), [tuple(row.values()) for row in rows]),
    )
    decimals = klass.case.scenario.decimals
    return Section(
        "Luck and skill", (Text(twin_text(twin, decimals)), _split(twin, changed, decimals), figure), about(twin)
    )


def twin_text(twin: Twin, decimals: int) -> str:
    """Return luck and skill in words: `You got 62.0; agents in your seat got 48.0 to 71.0, ...`."""
    seen = twin.agents
    got, low, high, mean, own = (
        said(points, decimals) for points in (twin.got, seen.low, seen.high, seen.mean, twin.policy.mean)
    )
    return (
        f"You got **{got}**; agents in your seat got **{low} to {high}** (nine games of ten), {mean} on average. "
        f"Your own way of asking, played against other agents, gets {own}."
    )


def _split(twin: Twin, changed: str, decimals: int) -> Text:
    skill, luck, opening = (said(points, decimals, signed=True) for points in (twin.skill, twin.luck, twin.opening))
    return Text(
        f"Skill (your policy against the agents'): **{skill}**. Luck, and all that no curve can tell of you "
        f"(your words, your ideas, the people you met): **{luck}**. Opening {changed} by a tenth of your "
        f"best deal would have been worth about **{opening}** ± {said(twin.margin, decimals)}."
    )


def about(twin: Twin) -> str:
    """Return how the numbers came about."""
    return (
        f"Your table was replayed {twin.agents.games:,} times with agents drawn at the other seats, the same ones in all "
        f"three sets: from early to late concession, half of them reading the others' offers. Your policy is a curve "
        f"through what you asked for in {twin.offers} rounds{_strange(twin)}: {percent(twin.fitted.first)} of your best deal at first, bending "
        f"at {percent(twin.fitted.middle)}, {percent(twin.fitted.last)} at the end. Teaching material, no verdict."
    )


def _strange(twin: Twin) -> str:
    if not twin.others:
        return ""
    return (
        f" (left out: {twin.others} offers of your seat by an agent or somebody else; what came of them is luck here)"
    )


def twin_table(klass: ClassData, twins: Mapping[str, Twin]) -> Section:
    """Return the twins of all people of a class, as far as they are there."""
    if not twins:
        return Section("Luck and skill", (Text("The replays are not there yet, or nobody made an offer."),))
    rows, games = [], 0
    for group in klass.groups:
        for party in klass.case.roles:
            one = twins.get(f"{group.id}/{party}")
            if one:
                games = one.agents.games
                who = klass.seated(group, party)
                rows.append(
                    (
                        who,
                        klass.title(party),
                        group.label,
                        one.got,
                        one.agents.low,
                        one.agents.high,
                        one.skill,
                        one.luck,
                        one.opening,
                    )
                )
    head = ("who", "role", "group", "got", "agents, low", "agents, high", "skill", "luck", "other opening")
    grid = Grid(head, tuple(rows), klass.case.scenario.decimals, signed=(6, 7, 8))
    return Section("Luck and skill", (grid,), _TWINS.format(games))


_TWINS = (
    "Every seat replayed {:,} times with agents drawn at the other seats. Agents: what they get in that seat in nine games "
    "of ten. Skill: what the concession curve of the person's own offers (not those that an agent or somebody else made for "
    "the seat) gets on average, less what agents get. Luck: what the person "
    "got beyond that, other people and good ideas included. Other opening: what a first offer a tenth of the best deal "
    "higher would have been worth (lower, where it could not be higher)."
)
