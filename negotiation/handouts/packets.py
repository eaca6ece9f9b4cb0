"""The papers that people get: the public brief, one confidential packet per role, and a form for the outcome."""

from __future__ import annotations

from negotiation.case import Case, Role
from negotiation.handouts.procedure import USUAL, procedure
from negotiation.handouts.wording import condition, linked, plus, rights, signing, unsigned
from negotiation.preferences import Preferences
from negotiation.reports.blocks import Block, Bullets, Document, Grid, Lines, Section, Text
from negotiation.reports.words import all_of, short
from negotiation.rounding import percent, plain
from negotiation.scenario import Scenario
from negotiation.table import Table
from negotiation.totals import told as told_total

HARD = "\u00a0"
"""A space at which no line ends."""

SHORT = 40
"""Letters of an option up to which it stays on one line."""


def public(case: Case, protocol: str = USUAL, rounds: int | None = None) -> Document:
    """Return the public brief, with how the talks go under a protocol and a number of rounds."""
    scenario = case.scenario
    return Document(
        scenario.title,
        (
            Section(
                "The situation",
                (Text(scenario.brief or scenario.synopsis), Text(procedure(scenario, protocol, rounds))),
            ),
            parties(scenario),
            *(agenda(scenario, table) for table in scenario.tables.values()),
            *_rules(scenario),
        ),
        "For everybody",
        _notes(scenario),
    )


def _notes(scenario: Scenario) -> tuple[str, ...]:
    return (scenario.disclaimer,) if scenario.disclaimer else ()


def parties(scenario: Scenario) -> Section:
    """Return the section on the parties, as all may know them."""
    blocks: list[Block] = [Text(f"**{party.title}.** {party.brief}") for party in scenario.parties.values()]
    for party, odds in scenario.odds.items():
        told = all_of([f"{kind.replace('_', ' ')} ({percent(chance)})" for kind, chance in odds.items()], "or")
        blocks.append(
            Text(f"Nobody else knows for sure what kind of {short(scenario, party)} this is: {told}.", "note")
        )
    return Section("The parties", tuple(blocks))


def agenda(scenario: Scenario, table: Table) -> Section:
    """Return the section on one table: its agenda, who has to sign, and what holds without a signature."""
    rows = tuple((issue.title, "; ".join(issue.texts)) for issue in table.issues)
    blocks: list[Block] = [Text(table.about)] if table.about else []
    blocks += [
        Grid(("issue", "options"), rows),
        Text(f"{signing(scenario, table)} {unsigned(scenario, table)}"),
    ]
    return Section(table.title, tuple(blocks))


def _rules(scenario: Scenario) -> list[Section]:
    barred = (*scenario.constraints, *(c for table in scenario.tables.values() for c in table.forbidden))
    if not barred:
        return []
    told = tuple(condition(scenario, one.pattern) for one in barred)
    return [Section("What cannot be signed together", (Bullets(told),))]


def packet(case: Case, party: str, role: Role, protocol: str = USUAL, rounds: int | None = None) -> Document:
    """Return the packet of one role: the public brief, and behind it what only this role may read."""
    scenario = case.scenario
    shared = public(case, protocol, rounds)
    kind = f" ({role.name.replace('_', ' ')})" if len(case.roles[party]) > 1 else ""
    return Document(
        f"{scenario.parties[party].title}",
        (
            Section("For you only", (Text(role.brief),), "Show this packet to nobody; say of it what you like."),
            *score_sheet(scenario, role.preferences),
            without_a_deal(scenario, role.preferences),
            signatures(scenario, party),
            worksheet(scenario, party),
            *shared.sections,
        ),
        f"CONFIDENTIAL: the role {short(scenario, party)}{kind} in {scenario.title}",
        _notes(scenario),
    )


def score_sheet(scenario: Scenario, ours: Preferences) -> list[Section]:
    """Return the points of every option, most valuable first, and the links in words."""
    blocks: list[Block] = []
    for title, table in scenario.tables.items():
        rows = []
        for issue in table.issues:
            sheet = ours.sheets.get(f"{title}.{issue.name}")
            if sheet and sheet.weight:
                order = sorted(range(len(issue.options)), key=lambda n: (-sheet.points(n), n))
                rows += [(issue.title if n == order[0] else "", issue.texts[n], sheet.points(n)) for n in order]
        if rows:
            blocks += [Grid((table.title, "option", "points"), tuple(rows), max(scenario.decimals, 1))]
    sections = [
        Section(
            "Your score sheet",
            (*blocks, *_costs(scenario, ours)),
            "Points add up over all issues at all tables that are signed. Issues that are not listed are worth nothing to you.",
        )
    ]
    if ours.links:
        told = tuple(linked(scenario, link, f"**{plus(link.points)}**") for link in ours.links)
        about = "On top of the points above, when all of it holds."
        sections.append(Section("What hangs together, for you", (Bullets(told),), about))
    if ours.totals:
        sums = tuple(f"You have {told_total(total)}." for total in ours.totals)
        sections.append(Section("What adds up, for you", (Bullets(sums),)))
    return sections


def _costs(scenario: Scenario, ours: Preferences) -> list[Block]:
    told: list[Block] = []
    if ours.delay:
        told.append(
            Text(f"Each {scenario.unit} costs you {plain(ours.delay)} until the last table you sign is signed.")
        )
    if ours.discount < 1:
        told.append(Text(f"All your points shrink with time: to {percent(ours.discount)} of them at the very end."))
    return told


def without_a_deal(scenario: Scenario, ours: Preferences) -> Section:
    """Return the section on what the role has where tables stay unsigned: its reservation value."""
    rows: list[tuple[str, float]] = []
    for title, table in scenario.tables.items():
        points = float(ours.points[title][-1])
        if points or title in scenario.at(ours.party):
            rows.append((table.title, points))
    rows.append(("everything unsigned, links included", ours.score({})))
    about = (
        "The points that you keep at a table as long as nothing is signed there (your reservation value, or BATNA). A "
        "contract that gives you less is worse than none."
    )
    return Section(
        "What you keep without a deal",
        (Grid(("table", "your points"), tuple(rows), max(scenario.decimals, 1), strong=(len(rows) - 1,)),),
        about,
    )


def signatures(scenario: Scenario, party: str) -> Section:
    """Return the section on where the role's signature counts."""
    rows = tuple((table.title, rights(scenario, table, party)) for table in scenario.tables.values())
    return Section("Your signature", (Grid(("table", "your right"), rows),))


def worksheet(scenario: Scenario, party: str) -> Section:
    """Return the section on what to write down before the talks, with the questions of the preparation sheet."""
    others = [other for other in scenario.parties if other != party]
    guesses = [Lines(f"What matters most to {short(scenario, other)}? (up to three issues)", 1) for other in others]
    return Section(
        "Your worksheet",
        (
            Lines("Your target: how many points do you want?", 1),
            Lines("Your walk-away: below how many points would you rather sign nothing?", 1),
            *guesses,
            Lines("Whom do you speak to first, and what do you ask for first?", 2),
            Lines("What could you give that costs you little and is worth much to others?", 2),
        ),
        "Fill it in before you talk. It is compared with the truth in the debrief.",
    )


def form(case: Case) -> Document:
    """Return a form on which a group writes what it agreed and every party signs."""
    scenario = case.scenario
    sections = []
    for table in scenario.tables.values():
        rows = tuple((issue.title, "   ".join(map(_box, issue.texts))) for issue in table.issues)
        seats = "   ".join(f"{short(scenario, party)}: ______________".replace(" ", HARD) for party in table.seats)
        place = Text(f"{_box('unsigned')}   {_box(f'signed in {scenario.unit} ____ by')}   {seats}")
        blocks = (Grid(("issue", "tick one"), rows), Text(signing(scenario, table), "note"), place)
        sections.append(Section(table.title, blocks))
    why = Section("Where nothing was signed", (Lines("Why?", 3),))
    return Document(f"{scenario.title}: what we agreed", (*sections, why), "Group: ________   Date: ________________")


def _box(text: str) -> str:
    """Return a box to tick with its text: a short one stays on one line, and no box is ever parted or alone."""
    first, _, rest = text.partition(" ")
    kept = text.replace(" ", HARD) if len(text) <= SHORT else f"{first} {rest}"
    return f"({HARD}){HARD}{kept}"
