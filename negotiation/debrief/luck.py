"""Luck and skill, told from replays (see `counterfactuals`): of one person, and of all of a class for the teacher."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.debrief import charts
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.counterfactuals import Twin
from negotiation.language import decimal, mark, phrase, tr
from negotiation.reports.blocks import Figure, Grid, Section, Text, rows_of, said
from negotiation.reports.words import percent


def luck_and_skill(klass: ClassData, twin: Twin) -> Section:
    """Return the section on luck and skill of one person."""
    higher = twin.step > 0
    kinds = {
        phrase("agents in your seat"): twin.agents,
        phrase("your own policy"): twin.policy,
        phrase("you, opening higher") if higher else phrase("you, opening lower"): twin.bolder,
    }
    rows = [
        {"what": what, "least": s.low, "low": s.first, "median": s.median, "high": s.third, "most": s.high}
        for what, s in kinds.items()
    ]
    figure = Figure(
        tr("Line: your points. Thin: nine replays of ten; thick: the middle half; tick: the median."),
        "twin",
        lambda ink: charts.spreads(rows, ink, twin.got, list(map(tr, kinds))),
        rows_of(tuple(rows[0]), [tuple(row.values()) for row in rows]),
    )
    decimals = klass.case.scenario.decimals
    return Section(tr("Luck and skill"), (Text(twin_text(twin, decimals)), _split(twin, decimals), figure), about(twin))


def twin_text(twin: Twin, decimals: int) -> str:
    """Return luck and skill in words: `You got 62.0; agents in your seat got 48.0 to 71.0, ...`."""
    seen = twin.agents
    got, low, high, mean, own = (
        said(points, decimals) for points in (twin.got, seen.low, seen.high, seen.mean, twin.policy.mean)
    )
    return tr(
        "You got **{got}**; agents in your seat got **{low} to {high}** (nine games of ten), {mean} on average. "
        "Your own way of asking, played against other agents, gets {own}.",
        got=got,
        low=low,
        high=high,
        mean=mean,
        own=own,
    )


HIGHER = mark(
    "Skill (your policy against the agents'): **{skill}**. Luck, and all that no curve can tell of you (your words, your "
    "ideas, the people you met): **{luck}**. Opening higher by a tenth of your best deal would have been worth about "
    "**{opening}** ± {margin}."
)
LOWER = mark(
    "Skill (your policy against the agents'): **{skill}**. Luck, and all that no curve can tell of you (your words, your "
    "ideas, the people you met): **{luck}**. Opening lower by a tenth of your best deal would have been worth about "
    "**{opening}** ± {margin}."
)


def _split(twin: Twin, decimals: int) -> Text:
    skill, luck, opening = (said(points, decimals, signed=True) for points in (twin.skill, twin.luck, twin.opening))
    parts = {"skill": skill, "luck": luck, "opening": opening, "margin": said(twin.margin, decimals)}
    return Text(tr(HIGHER if twin.step > 0 else LOWER, **parts))


def about(twin: Twin) -> str:
    """Return how the numbers came about."""
    fitted = twin.fitted
    parts = {
        "games": decimal(f"{twin.agents.games:,}"),
        "rounds": twin.offers,
        "first": percent(fitted.first),
        "middle": percent(fitted.middle),
        "last": percent(fitted.last),
    }
    return tr(REPLAYED_STRANGE, others=twin.others, **parts) if twin.others else tr(REPLAYED, **parts)


REPLAYED = mark(
    "Your table was replayed {games} times with agents drawn at the other seats, the same ones in all three sets: from early "
    "to late concession, half of them reading the others' offers. Your policy is a curve through what you asked for in "
    "{rounds} rounds: {first} of your best deal at first, bending at {middle}, {last} at the end. Teaching material, no "
    "verdict."
)
REPLAYED_STRANGE = mark(
    "Your table was replayed {games} times with agents drawn at the other seats, the same ones in all three sets: from early "
    "to late concession, half of them reading the others' offers. Your policy is a curve through what you asked for in "
    "{rounds} rounds (left out: {others} offers of your seat by an agent or somebody else; what came of them is luck here): "
    "{first} of your best deal at first, bending at {middle}, {last} at the end. Teaching material, no verdict."
)


def twin_table(klass: ClassData, twins: Mapping[str, Twin]) -> Section:
    """Return the twins of all people of a class, as far as they are there."""
    if not twins:
        return Section(tr("Luck and skill"), (Text(tr("The replays are not there yet, or nobody made an offer.")),))
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
                        tr(group.label),
                        one.got,
                        one.agents.low,
                        one.agents.high,
                        one.skill,
                        one.luck,
                        one.opening,
                    )
                )
    head = (
        tr("who"),
        tr("role"),
        tr("group"),
        tr("got"),
        tr("agents, low"),
        tr("agents, high"),
        tr("skill"),
        tr("luck"),
        tr("other opening"),
    )
    grid = Grid(head, tuple(rows), klass.case.scenario.decimals, signed=(6, 7, 8))
    return Section(tr("Luck and skill"), (grid,), tr(_TWINS, games=decimal(f"{games:,}")))


_TWINS = mark(
    "Every seat replayed {games} times with agents drawn at the other seats. Agents: what they get in that seat in nine games "
    "of ten. Skill: what the concession curve of the person's own offers (not those that an agent or somebody else made for "
    "the seat) gets on average, less what agents get. Luck: what the person "
    "got beyond that, other people and good ideas included. Other opening: what a first offer a tenth of the best deal "
    "higher would have been worth (lower, where it could not be higher)."
)
