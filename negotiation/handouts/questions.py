"""Questions for a debrief that this case, and no other, answers."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.case import Case
from negotiation.debrief.beliefs import mattering, stake
from negotiation.debrief.lessons import Ceiling, Lesson
from negotiation.handouts.wording import linked, plus
from negotiation.preferences import Preferences
from negotiation.reports.blocks import Bullets, Section
from negotiation.reports.words import all_of, short, titled
from negotiation.rounding import rounded, shown

Sheets = Mapping[str, Preferences]


def questions(case: Case, sheets: Sheets, top: Ceiling, past: Mapping[str, Lesson]) -> Section:
    """Return the section of questions for the debrief that this case, and no other, answers."""
    scenario = case.scenario
    asked = [
        "Who had a target? Who fell short of the own walk-away, and why was it signed all the same?",
        *_compatible(case, top),
        *_traded(case, sheets),
        *_hidden_links(case, sheets),
    ]
    for key, one in case.references.items():
        if key.startswith("history"):
            asked += _asked_of_history(case, one.title, past[key])
    for party, kinds in case.roles.items():
        if len(kinds) > 1:
            asked.append(
                f"Which type did you think {short(scenario, party)} was, from which offer on, and what would have told the "
                "types apart?"
            )
    asked += [
        "Who opened, and did the first offer draw the result towards it? (the part First offers)",
        "Who was left out, and what could that party have offered to be let in? (Coalitions)",
        "Which of the changes under Missed had anybody thought of? What kept it from the table?",
        "How much of your result was luck? Compare your own page with that of somebody in the same role.",
    ]
    return Section("Questions for the debrief", (Bullets(tuple(asked), numbered=True),))


def _compatible(case: Case, top: Ceiling) -> list[str]:
    asked = []
    for title, issues in top.wanted.items():
        table = case.scenario.tables[title]
        for key, options in issues.items():
            issue = table.issues[table.by_name[key]]
            wanted = all_of([f"“{issue.texts[n]}”" for n in options], "or")
            asked.append(
                f"{table.title}: everybody there likes {wanted} best on {issue.title}. Who found out, and how? Who gave it "
                "away as a concession?"
            )
    return asked


def _traded(case: Case, sheets: Sheets) -> list[str]:
    """Return the questions about trades at single tables: what matters to one party against what matters to another."""
    asked = []
    for title, table in case.scenario.tables.items():
        fond: dict[tuple[str, ...], list[str]] = {}
        for party in table.seats:
            if favourites := _favourites(sheets[party], title):
                fond.setdefault(favourites, []).append(short(case.scenario, party))
        if any(set(one).isdisjoint(other) for one in fond for other in fond):
            told = "; ".join(_mattering(case, keys, names) for keys, names in fond.items())
            issues = {key for keys in fond for key in keys}
            how = (
                "one for the other instead of splitting both" if len(issues) == 2 else "these instead of splitting each"
            )
            asked.append(f"{table.title}: {told}. Which groups traded {how}?")
    return asked


def _favourites(ours: Preferences, table: str) -> tuple[str, ...]:
    """Return the issues of a table at which a party has most at stake: several, where they matter alike."""
    stakes = {key: stake(ours, key) for key in mattering(ours) if key.startswith(f"{table}.")}
    return tuple(key for key, points in stakes.items() if points > max(stakes.values()) - 1e-9)


def _mattering(case: Case, keys: tuple[str, ...], names: list[str]) -> str:
    issues = all_of([titled(case.scenario, key) for key in keys])
    return f"{issues} {'matters' if len(keys) == 1 else 'matter'} most to {all_of(names)}"


def _hidden_links(case: Case, sheets: Sheets) -> list[str]:
    """Return the two strongest links across tables as questions."""
    across = [
        (link, party)
        for party, ours in sheets.items()
        for link in ours.links
        if len({key.partition(".")[0] for key in link.pattern}) > 1
    ]
    strongest = sorted(across, key=lambda pair: -abs(pair[0].points))[:2]
    return [
        linked(case.scenario, link, f"{short(case.scenario, party)} has {plus(link.points)} points")
        + " Who at the other table knew? Should it have been said?"
        for link, party in strongest
    ]


def _asked_of_history(case: Case, title: str, seen: Lesson) -> list[str]:
    decimals = case.scenario.decimals
    made = rounded(seen.claims.created, decimals)
    told = (
        f"created {shown(made, decimals)} points" if made >= 0 else f"cost all together {shown(-made, decimals)} points"
    )
    asked = [f"“{title}” {told} by these scores. Which groups did better, and what did it take?"]
    if seen.improvements:
        one = seen.improvements[0]
        table = case.scenario.tables[one.table]
        changes = "; ".join(
            f"{issue.title}: {issue.texts[option]}"
            for issue, option in zip(table.issues, one.deal, strict=True)
            if issue.name in one.changed
        )
        asked.append(
            f"“{title}” leaves a change at {table.title} that would have hurt nobody ({changes}). Why may it have been "
            "missed, or is there a reason that no score sheet holds?"
        )
    return asked
