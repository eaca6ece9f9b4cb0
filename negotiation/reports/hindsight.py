"""The hindsight on a finished game: what could have been, who claimed what, how offers moved, what was missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from negotiation.analysis.findings import Asked, Debriefed, Hindsight
from negotiation.analysis.solutions import SOLUTIONS
from negotiation.analysis.value_claimed import Claims, part
from negotiation.case import Case
from negotiation.language import plural, tr
from negotiation.reports import game_figures
from negotiation.reports.blocks import Block, Bullets, Figure, Grid, Section, Text, rows_of
from negotiation.reports.case_wording import Reader
from negotiation.reports.frontier_figure import frontier_figures
from negotiation.reports.label_placement import Mark
from negotiation.reports.value_claimed import share_of, together
from negotiation.reports.words import (
    COURSE_HELP,
    CREATED_HELP,
    FRONTIER_HELP,
    LEFT_HELP,
    OTHERS,
    TRADED_HELP,
    all_of,
    below_frontier,
    kinds_help,
    percent,
    pointed,
    short_title,
    when,
)
from negotiation.reports.words import about as worded
from negotiation.rounding import apart
from negotiation.scenario import Scenario


def picture(case: Case, found: Debriefed, reader: Reader) -> tuple[Block, ...]:
    """Return the frontier with the path of the game on it."""
    shown = found.picture
    names = [reader.names([party]) for party in shown.parties]
    marks = [*_marks(case, found)]
    figures = frontier_figures(names, shown.points, shown.unsigned, marks, f"{case.name}-hindsight", 1)
    note = tr(
        "Line: this game, from everything unsigned through each signing to the end. Circles: what bargaining theory "
        "singles out. Diamonds: outcomes the case names. {help} Points without the cost of delay.",
        help=tr(FRONTIER_HELP),
    )
    return (*figures, Text(note, "note"))


def _marks(case: Case, found: Debriefed) -> Iterator[Mark]:
    scenario, shown = case.scenario, found.picture
    scores = {name: row.scores for name, row in shown.outcomes.items()}
    yield from (Mark(one.title, "reference", scores[name]) for name, one in case.references.items() if name in scores)
    yield from (Mark(tr(SOLUTIONS[name].title), "solution", here) for name, here in shown.solutions.items())
    yield Mark(tr("Everything unsigned"), "unsigned", scores["path-0"])
    last = len(found.path) - 1
    for n, (number, signed) in enumerate(found.path):
        if 0 < n < last:
            about = tr("{tables} signed", tables=all_of([scenario.tables[name].title for name in signed]))
            yield Mark(when(scenario.unit, number), "path", scores[f"path-{n}"], about)
    yield Mark(tr("This game"), "game", scores[f"path-{last}"])


def sections(case: Case, found: Debriefed, reader: Reader) -> Iterator[Section]:
    """Yield what was left, who claimed what, how the offers moved and how the game came about."""
    yield left(case, found, reader)
    yield shares(found.hindsight, reader)
    yield from moved(case, found.hindsight)
    yield from course(case, found.hindsight, reader)


def left(case: Case, found: Debriefed, reader: Reader) -> Section:
    """Return how far the outcome is below the frontier, and what nobody would have refused."""
    seen, decimals, parties = found.hindsight, reader.decimals, found.picture.parties
    row = found.end
    first = below_frontier(row.dominated_by, row.equal_gain, reader.names(parties), decimals)
    if row.dominated_by and len(parties) < len(case.scenario.parties):
        first += f" {tr(OTHERS)}"
    more = (
        tr(
            "With the same tables and everybody's sheets open, all together could have had **{points} more** than in this "
            "game, and nobody fewer.",
            points=pointed(seen.left, decimals),
        )
        if seen.left and seen.left > 0
        else tr("All together could not have had more than in this game without somebody having fewer.")
    )
    blocks: list[Block] = [Text(first), Text(more)]
    if seen.improvements:
        blocks.append(Text(tr("**Changes that nobody would have refused**, one at a time, the best at each table:")))
        blocks.append(Bullets(tuple(map(reader.better, seen.improvements)), numbered=True))
    if seen.more:
        others = plural("There is {n} other at these tables.", "There are {n} others at these tables.", seen.more)
        blocks.append(Text(others, "note"))
    if seen.missed:
        blocks.append(Text(tr("**Wanted by everybody at the table, and settled otherwise:**")))
        blocks.append(Bullets(tuple(_missed(case.scenario, *one) for one in seen.missed)))
        bias = tr("Compatible issues: to miss one is the incompatibility bias of Thompson and Hastie (1990).")
        blocks.append(Text(bias, "note"))
    return Section(tr("Left on the table"), tuple(blocks), tr(LEFT_HELP))


def _missed(scenario: Scenario, table: str, issue: str, options: Sequence[int]) -> str:
    place = scenario.tables[table].issues[scenario.tables[table].by_name[issue]]
    return tr(
        "**{table}**, {issue}: all preferred {options}",
        table=short_title(scenario, table),
        issue=place.title,
        options=all_of([place.texts[option] for option in options], "or"),
    )


def shares(seen: Hindsight, reader: Reader) -> Section:
    """Return value created against value claimed."""
    claims = Claims(seen.gained)
    told = together(claims, seen.most, reader.decimals)
    if not seen.most:
        told += " " + tr("No outcome gives all together more than everything unsigned with nobody below it.")
    rows = []
    for party, gain in claims.each.items():
        top, rest = seen.possible[party], seen.unsigned[party]
        share = share_of(part(gain, top))
        of_own = (
            tr("{share} of {points}", share=share, points=reader.points(top)) if share and top is not None else None
        )
        rows.append(
            (reader.who(party), apart(rest + gain, rest, reader.decimals), share_of(claims.share(party)), of_own)
        )
    head = (
        tr("Party"),
        tr("gain above everything unsigned"),
        tr("share of what was gained"),
        tr("share of the most it could gain"),
    )
    grid = Grid(head, tuple(rows), reader.decimals, signed=(1,), right=True)
    note = Text(tr("Points without the cost of delay; the most with nobody below everything unsigned."), "note")
    return Section(tr("Created together, claimed by each"), (Text(told), grid, note), tr(CREATED_HELP))


def moved(case: Case, seen: Hindsight) -> Iterator[Section]:
    """Yield how the offers moved, if anybody made more than one."""
    counts = seen.moves
    if all(kinds.keys() <= {"first"} for kinds in counts.values()):
        return
    rows = [(party, kind, count) for party, kinds in counts.items() for kind, count in kinds.items()]
    figure = Figure(
        tr("Each offer against the same party's offer before at that table"),
        f"{case.name}-offers",
        partial(game_figures.offers, case.scenario, counts),
        rows_of(("party", "kind", "offers"), rows),
    )
    yield Section(tr("How the offers moved"), (figure,), kinds_help())


def course(case: Case, seen: Hindsight, reader: Reader) -> Iterator[Section]:
    """Yield who proposed to whom, what was made and claimed by when, and what was traded, if there were offers."""
    if not seen.proposed:
        return
    scenario, rows = case.scenario, seen.values
    parties = list(scenario.parties)
    made = Figure(
        tr("Made together (dashed) and claimed by each, {unit} by {unit}", unit=scenario.unit),
        f"{case.name}-values",
        partial(game_figures.values, scenario, rows),
        rows_of(("round", *parties, "together"), [(n, *(gains[p] for p in parties), made) for n, gains, made in rows]),
    )
    blocks: list[Block] = [Text(tr("**Who made offers to whom**")), _proposed(seen.proposed, reader), made]
    traded = [(table, share) for table, share in seen.logrolling.items() if share is not None]
    if traded:
        worse = tr("worse for them together than splitting every issue")
        told = tuple(
            worded(f"**{short_title(scenario, table)}**", percent(min(share, 1.0)) if share >= 0 else worse)
            for table, share in traded
        )
        blocks += [
            Text(tr("**What was traded**: 0 % is splitting every issue, 100 % is giving each to whom it matters most")),
            Bullets(told),
            Text(tr(TRADED_HELP), "note"),
        ]
    yield Section(tr("How it came about"), tuple(blocks), tr(COURSE_HELP))


def _proposed(counts: Sequence[Asked], reader: Reader) -> Grid:
    """Return a matrix: authors down, those who would have had to sign across, offers as colour and number."""
    found = {(author, other): count for author, other, count in counts}
    most = max(found.values())
    asked = [party for party in reader.scenario.parties if any(other == party for _, other in found)]
    authors = list(dict.fromkeys(author for author, _ in found))
    return Grid(
        (tr("from · to"), *map(reader.who, asked)),
        tuple((reader.who(author), *(found.get((author, other)) for other in asked)) for author in authors),
        shades={
            (n, k + 1): found.get((a, other), 0) / most for n, a in enumerate(authors) for k, other in enumerate(asked)
        },
        right=True,
    )
