"""What one person is shown: own group and own role, no other person's name; and the twins of all, for the teacher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from negotiation.debrief import charts, process
from negotiation.debrief.beliefs import believed
from negotiation.debrief.choices import better
from negotiation.debrief.frontiers import section as frontier
from negotiation.debrief.gathering import Gathered, Played
from negotiation.debrief.twin import Twin
from negotiation.documents.blocks import Block, Bullets, Figure, Grid, Section, Text, rows_of, said

if TYPE_CHECKING:
    from negotiation.debrief.report import Findings


def own(found: Findings, group: Played, party: str, partner: str, twin: Twin | None = None) -> tuple[Section, ...]:
    """The debrief of one seat. Nobody but the reader is named in it, and of other groups only points appear.

    Parameters
    ----------
    partner
        The other role of the frontier.
    """
    klass = found.klass
    return (
        result_of(found, group, party),
        *([_twin(klass, twin)] if twin else []),
        frontier(klass, (party, partner), found.seen((party, partner)), only=group),
        _left(found, group),
        process.concessions(klass, {**{g.id: () for g in klass.groups}, group.id: found.moves[group.id]}),
        *_beliefs(klass, group, party),
    )


def result_of(found: Findings, group: Played, party: str) -> Section:
    """What somebody got: all that may be told where sheets stay confidential."""
    klass, place, lesson = found.klass, found.places[group.id][party], found.lessons[group.id]
    decimals, name = klass.case.scenario.decimals, klass.title(party)
    told = [f"**{place.points:.{decimals}f} points**, {_against(place.gain, decimals)} leaving everything unsigned."]
    if place.of > 1:
        told.append(
            f"Of {place.of} groups, {place.rank - 1} had more points as {name}; {place.percentile:g} per cent had fewer "
            "(equal ones by half)."
        )
    if lesson.share is not None:
        told.append(
            f"Together your group created {max(lesson.share, 0.0):.0%} of what there was to gain; "
            f"you claimed {lesson.claimed[party]:.{decimals}f} of {lesson.created:.{decimals}f} points."
        )
    rows = tuple(
        (klass.title(who), group.points[who], group.gains[who], found.places[group.id][who].percentile)
        for who in klass.case.roles
    )
    strong = (list(klass.case.roles).index(party),)
    grid = Grid(("your group", "points", "gain", "percentile in role"), rows, decimals, signed=(2,), strong=strong)
    return Section(f"You were {name}", (*map(Text, told), grid))


def _against(gain: float, decimals: int) -> str:
    if abs(gain) < 0.5 * 10**-decimals:
        return "the same as"
    return f"{abs(gain):.{decimals}f} {'above' if gain > 0 else 'below'}"


def _left(found: Findings, group: Played) -> Section:
    klass, lesson = found.klass, found.lessons[group.id]
    blocks: list[Block] = []
    if lesson.left:
        blocks.append(Text(f"All together could have had **{lesson.left:.1f} points more** with nobody having fewer."))
    told = better(klass, group, lesson)
    if told:
        blocks += [Text("The smallest changes that nobody would have refused:"), Bullets(told, numbered=True)]
    for name, title, options in lesson.missed:
        issue = klass.case.scenario.tables[name].issues[klass.case.scenario.tables[name].by_name[title]]
        wanted = " or ".join(issue.texts[n] for n in options)
        blocks.append(Text(f"All at the table preferred {wanted} on **{issue.title}**, and settled otherwise."))
    return Section("Left on the table", tuple(blocks) or (Text("Nothing: no change would have hurt nobody."),))


def _beliefs(klass: Gathered, group: Played, party: str) -> list[Section]:
    """The worksheets of this very seat against the truth."""
    rows = [one for one in believed(klass) if (one.group, one.party) == (group.number, party)]
    if not rows:
        return []
    mine = rows[0]
    lines = tuple(
        (
            klass.title(guess.party),
            "; ".join(process.title(klass, key) for key in guess.guessed),
            "; ".join(process.title(klass, key) for key in guess.truth),
            f"{guess.right:.0%}",
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


def _twin(klass: Gathered, twin: Twin) -> Section:
    """Luck and skill of one person."""
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
    return Section("Luck and skill", (Text(told(twin)), *_split(twin, changed), figure), about(twin))


def told(twin: Twin) -> str:
    """`You got 62.0; agents in your seat got 48.0 to 71.0, ...`."""
    seen = twin.agents
    return (
        f"You got **{twin.got:.1f}**; agents in your seat got **{seen.low:.1f} to {seen.high:.1f}** (nine games of ten), "
        f"{seen.mean:.1f} on average. Your own way of asking, played against other agents, gets {twin.policy.mean:.1f}."
    )


def _plus(points: float) -> str:
    return said(points, 1, signed=True)


def _split(twin: Twin, changed: str) -> tuple[Text, ...]:
    return (
        Text(
            f"Skill (your policy against the agents'): **{_plus(twin.skill)}**. Luck, and all that no curve can tell of you "
            f"(your words, your ideas, the people you met): **{_plus(twin.luck)}**. Opening {changed} by a tenth of your "
            f"best deal would have been worth about **{_plus(twin.opening)}** ± {twin.margin:.1f}."
        ),
    )


def about(twin: Twin) -> str:
    """How the numbers came about."""
    return (
        f"Your table was replayed {twin.agents.games:,} times with agents drawn at the other seats, the same ones in all "
        f"three sets: from early to late concession, half of them reading the others' offers. Your policy is a curve "
        f"through what you asked for in {twin.offers} rounds: {twin.fitted.first:.0%} of your best deal at first, bending "
        f"at {twin.fitted.middle:.0%}, {twin.fitted.last:.0%} at the end. Teaching material, no verdict."
    )


def twin_table(klass: Gathered, twins: Mapping[str, Twin]) -> Section:
    """The twins of all people of a class, as far as they are there."""
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
    "of ten. Skill: what the person's own concession curve gets on average, less what agents get. Luck: what the person "
    "got beyond that, other people and good ideas included. Other opening: what a first offer a tenth of the best deal "
    "higher would have been worth (lower, where it could not be higher)."
)
