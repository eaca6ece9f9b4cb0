"""The teacher's guide: a plan of the class, the case in numbers, and questions for the debrief drawn from the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.analysis.coalitions import blocking, values
from negotiation.analysis.figure_data import frontier_data
from negotiation.analysis.report import MOST_IN_COALITIONS, Wish, wished
from negotiation.analysis.solutions import SOLUTIONS
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.debrief.beliefs import mattering
from negotiation.debrief.lessons import Ceiling, Lesson, ceiling, lesson
from negotiation.handouts.questions import questions
from negotiation.handouts.wording import linked, plus
from negotiation.plural import counted
from negotiation.preferences import Link, Preferences
from negotiation.reports.blocks import Block, Bullets, Cell, Document, Grid, Section, Text
from negotiation.reports.words import all_of, short, titled
from negotiation.rounding import percent, shown

PLAN = (
    (0, "Open the class, project code and QR code; people join with their phones, groups form by themselves"),
    (5, "Read: public brief and one's own confidential packet (or as homework the day before)"),
    (20, "Prepare: the worksheet (target, walk-away, what matters to the others)"),
    (28, "Negotiate: talk anywhere, offer and sign on the page"),
    (62, "Last call: only signatures count"),
    (66, "Debrief on the projector: results first, then the frontier, then one question at a time"),
    (85, "Everybody reads the own page: luck and skill, what was left; one sentence to take home"),
    (90, "End"),
)
"""What happens from which minute on in a class of ninety."""

TALK = 34
"""Minutes of talks in that plan."""

Sheets = Mapping[str, Preferences]


def guide(case: Case) -> Document:
    """Return the teacher's guide to a case, which holds everybody's secrets."""
    scenario = case.scenario
    sheets = sheets_of(case, {})
    top = ceiling(scenario, sheets)
    past = {key: lesson(scenario, sheets, one.outcome, top) for key, one in case.references.items()}
    return Document(
        f"{scenario.title}: teacher's guide",
        (
            _about(case),
            _plan(case),
            _numbers(case, sheets, top),
            _frontier(case),
            *_kinds(case),
            _links(case, sheets),
            *_coalitions(case, sheets),
            *_history(case, sheets, past),
            questions(case, sheets, top, past),
        ),
        "For the teacher: holds everybody's secrets",
        (scenario.disclaimer,) if scenario.disclaimer else (),
    )


def _about(case: Case) -> Section:
    scenario = case.scenario
    count = len(case.roles)
    blocks: list[Block] = [Text(scenario.synopsis or scenario.brief)]
    if case.teaches:
        blocks.append(Text(f"**Teaches:** {', '.join(case.teaches)}."))
    blocks.append(
        Text(
            f"**Roles:** {count} ({all_of([short(scenario, party) for party in case.roles])}); {counted(len(scenario.tables), 'table')}, "
            f"{counted(scenario.rounds, scenario.unit)}. Any number of people fits: agents take empty seats, or two people "
            "share one."
        )
    )
    for title, change in case.variants.items():
        blocks.append(Text(f"**Variant {title.replace('_', ' ')}:** {change}", "note"))
    return Section("The case", tuple(blocks))


def _plan(case: Case) -> Section:
    ends = [begin for begin, _ in PLAN[1:]]
    rows = tuple((f"{begin}–{end}", what) for (begin, what), end in zip(PLAN, ends, strict=False))
    each = TALK * 60 / case.scenario.rounds
    return Section(
        "Ninety minutes",
        (
            Grid(("minute", "what"), rows),
            Text(
                f"With a clock, each {case.scenario.unit} lasts about {shown(each / 60, 1)} minutes. With less time, let people "
                "read and prepare at home; with two sessions, negotiate in one and debrief in the next."
            ),
        ),
    )


def _numbers(case: Case, sheets: Sheets, top: Ceiling) -> Section:
    """Return the case in numbers: what each party has without a deal, could gain, and cares about most."""
    scenario = case.scenario
    rows = tuple(
        (
            short(scenario, party),
            sheets[party].score({}),
            top.each[party],
            "; ".join(titled(case.scenario, key) for key in mattering(sheets[party])[:3]),
        )
        for party in case.roles
    )
    outcomes = 1
    for table in scenario.tables.values():
        outcomes *= table.size + 1
    told = f"There are up to {outcomes:,} ways in which this can end."
    if top.most:
        told += (
            f" All together can gain at most **{shown(top.most, max(scenario.decimals, 1))} points** above everything unsigned with nobody below it: "
            "hold against it what each group created."
        )
    head = ("role", "unsigned", "could gain", "what matters most")
    return Section("The case in numbers", (Text(told), Grid(head, rows, max(scenario.decimals, 1))))


def _frontier(case: Case) -> Section:
    """Return the exact frontier of the first two roles, in numbers."""
    pair = list(case.roles)[:2]
    outcomes = {key: one.outcome for key, one in case.references.items()}
    found = frontier_data(case, wished(case, Wish(parties=tuple(pair))), outcomes)
    names = [short(case.scenario, party) for party in pair]
    rows: list[tuple[Cell, ...]] = [("everything unsigned", *found.unsigned[:2])]
    rows += [(SOLUTIONS[key].title, *scores[:2]) for key, scores in found.solutions.items()]
    rows += [(one.title, *found.outcomes[key].scores[:2]) for key, one in case.references.items()]
    told = (
        f"{counted(len(found.points), 'result')} cannot be improved for both {all_of(names)} at once (the exact "
        "frontier; the others sign no table that, taken alone, is worth less to them than unsigned). The debrief shows "
        "all groups on it, for any two or three roles."
    )
    return Section(
        f"{all_of(names)}", (Text(told), Grid(("points", *names), tuple(rows), max(case.scenario.decimals, 1)))
    )


def _kinds(case: Case) -> list[Section]:
    """Return the section on private types, if there are any."""
    rows = tuple(
        (short(case.scenario, party), kind.replace("_", " "), percent(role.chance), role.note)
        for party, kinds in case.roles.items()
        if len(kinds) > 1
        for kind, role in kinds.items()
    )
    if not rows:
        return []
    about = (
        "Drawn once for a class, the same in all groups, unless you choose them. The numbers in this guide are for the "
        "first of each."
    )
    return [Section("Private types", (Grid(("role", "type", "chance", "what it is"), rows),), about)]


def _links(case: Case, sheets: Sheets) -> Section:
    links: dict[str, Link] = {}
    scored: dict[str, list[str]] = {}
    for party, ours in sheets.items():
        for link in ours.links:
            links.setdefault(link.name, link)
            scored.setdefault(link.name, []).append(f"{short(case.scenario, party)} **{plus(link.points)}**")
    items = [linked(case.scenario, link, all_of(scored[name])) for name, link in links.items()]
    found = tuple(items) or ("None: every issue counts for itself.",)
    return Section("Links", (Bullets(found),), "What hangs together, and for whom: points on top of the score sheets.")


def _coalitions(case: Case, sheets: Sheets) -> list[Section]:
    """Return the section on coalitions: which parties can do what without the others."""
    if not 2 < len(case.roles) <= MOST_IN_COALITIONS:
        return []
    scenario = case.scenario
    worth = values(scenario, sheets, list(case.roles))
    small = [(group, points) for group, points in worth.items() if len(group) <= 3 and points > 0]
    tops = sorted(small, key=lambda pair: (-pair[1] / len(pair[0]), pair[0]))[:6]
    rows = tuple((all_of([short(scenario, party) for party in group]), points) for group, points in tops)
    blocks: list[Block] = [
        Bullets(
            tuple(
                f"**{table.title}**: nothing binds if "
                + " or if ".join(_away([short(scenario, party) for party in group]) for group in blocking(table))
                for table in scenario.tables.values()
            )
        )
    ]
    if rows:
        blocks.append(Grid(("coalition", "gain of its members alone"), rows, max(scenario.decimals, 1)))
    about = "Small coalitions that gain most per head when only they sign; outsiders may lose by it."
    return [Section("Coalitions", tuple(blocks), about)]


def _away(names: Sequence[str]) -> str:
    """Return in words that none of these parties is there: `Google and Nimbus both stay away`."""
    verb = "stays" if len(names) == 1 else "both stay" if len(names) == 2 else "all stay"
    return f"{all_of(names)} {verb} away"


def _history(case: Case, sheets: Sheets, past: Mapping[str, Lesson]) -> list[Section]:
    """Return the section on named outcomes: what happened, and what could have."""
    if not case.references:
        return []
    scenario = case.scenario
    blocks: list[Block] = [Text(f"**{one.title}.** {one.note}") for one in case.references.values()]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.title, *(ours.score(one.outcome) for ours in sheets.values()), past[key].claims.created)
        for key, one in case.references.items()
    )
    head = ("points", *(short(scenario, party) for party in sheets), "created")
    return [Section("Outcomes to compare with", (*blocks, Grid(head, rows, max(scenario.decimals, 1))))]
