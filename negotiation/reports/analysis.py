"""The analysis of a case as a document: for a page, a file, paper and a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from negotiation.analysis.findings import Analysis, Compared, Picture, Sensitivity, Solved
from negotiation.analysis.solutions import SOLUTIONS
from negotiation.case import Case
from negotiation.language import decimal, plural, tr
from negotiation.reports.blocks import Block, Bullets, Cell, Document, Fold, Grid, Section, Text
from negotiation.reports.case_wording import Reader
from negotiation.reports.frontier_figure import MOST_PARTIES, frontier_figures
from negotiation.reports.label_placement import Mark
from negotiation.reports.sensitivity import weights
from negotiation.reports.words import FRONTIER_HELP, below_frontier, exactness, in_turn, kind, listed, pointed, terms
from negotiation.rounding import apart, plain


def document(case: Case, found: Analysis, picture: Picture, shaken: Sensitivity | None = None) -> Document:
    """Return the whole analysis, to two decimals; `shaken` is what hangs on the weights, if that was asked."""
    reader = Reader(case.scenario, 2)
    types = [
        f"{reader.names([p])} {kind(case.scenario, p, found.types[p])}"
        for p, roles in case.roles.items()
        if len(roles) > 1
    ]
    changes = [tr("without {table}", table=table) for table in found.without]
    changes += [] if found.linked else [tr("without links")]
    notes = [
        case.scenario.disclaimer,
        tr("Private types: {types}.", types=listed(types)) if types else "",
        tr("What if: {changes}.", changes=listed(changes)) if changes else "",
    ]
    made = [*sections(case, found, picture, reader), tables_alone(case, found, reader)]
    made += [weights(shaken, reader)] if shaken else []
    return Document(case.scenario.title, tuple(made), tr("What could have been"), tuple(note for note in notes if note))


def sections(
    case: Case, found: Analysis, picture: Picture, reader: Reader, pairs: int = MOST_PARTIES
) -> Iterator[Section]:
    """Yield frontier, solutions, named outcomes and coalitions; `pairs` is how many figures of the frontier."""
    yield frontier(case, found, picture, reader, pairs)
    yield solutions(case, found, reader)
    if found.references:
        yield references(case, found, reader)
    yield coalitions(found, reader)


def frontier(case: Case, found: Analysis, picture: Picture, reader: Reader, pairs: int) -> Section:
    """Return the frontier: how large it is, its pictures, and what each could have on it."""
    row, parties, others = found.frontier, found.parties, found.never_below_unsigned
    text = plural(
        "**{n} outcome** on which none of {parties} can improve without costing another of them ({exactness}).",
        "**{n} outcomes** on which none of {parties} can improve without costing another of them ({exactness}).",
        row.points,
        parties=reader.names(parties),
        exactness=exactness(row.epsilon),
    )
    if others:
        text += " " + plural(
            "{parties} signs no table that, taken alone, is worth less to them than leaving it unsigned.",
            "{parties} sign no table that, taken alone, is worth less to them than leaving it unsigned.",
            len(others),
            parties=reader.names(others),
        )
    head = (tr("Points"), tr("everything unsigned"), tr("least on it"), tr("most on it"))
    columns = (found.unsigned_scores, row.lowest, row.highest)
    rows: tuple[tuple[Cell, ...], ...] = tuple((reader.who(p), *(column[p] for column in columns)) for p in parties)
    names = [reader.names([party]) for party in parties]
    figures = frontier_figures(
        names, picture.points, picture.unsigned, marks(case, picture), f"{case.name}-frontier", pairs
    )
    notes = [tr("Circles: what bargaining theory singles out. Diamonds: outcomes the case names.")]
    if len(parties) > MOST_PARTIES:
        few = reader.names(parties[:MOST_PARTIES])
        notes.append(tr("The pictures show the frontier of {parties} only.", parties=few))
    drawn: list[Block] = [*figures, Text(in_turn(notes), "note")] if figures else []
    return Section(tr("The frontier"), (Text(text), *drawn, Grid(head, rows, reader.decimals)), tr(FRONTIER_HELP))


def marks(case: Case, picture: Picture) -> list[Mark]:
    """Return the outcomes that a picture of a frontier marks."""
    named = [Mark(case.references[n].title, "reference", row.scores) for n, row in picture.outcomes.items()]
    solved = [Mark(tr(SOLUTIONS[n].title), "solution", scores) for n, scores in picture.solutions.items()]
    return [*named, Mark(tr("Everything unsigned"), "unsigned", picture.unsigned), *solved]


def solutions(case: Case, found: Analysis, reader: Reader) -> Section:
    """Return the solutions side by side, and each in full."""
    title, parties, rest = tr("What bargaining theory singles out"), found.parties, found.unsigned_scores
    if not found.solutions:
        return Section(
            title, (Text(tr("Nothing: no outcome gives everybody as much as leaving everything unsigned.")),)
        )
    rows: list[tuple[Cell, ...]] = []
    folds: list[Fold] = []
    for name, solution in found.solutions.items():
        point = solution.points[0]
        rows.append((tr(SOLUTIONS[name].title), *(reader.against(point.scores[p], rest[p]) for p in parties)))
        folds.append(Fold(tr(SOLUTIONS[name].title), tuple(_solution(case, name, solution, reader)), open=not folds))
    side_by_side = Grid(
        (tr("Points (against everything unsigned)"), *map(reader.who, parties)), tuple(rows), right=True
    )
    return Section(title, (side_by_side, *folds))


def _solution(case: Case, name: str, solution: Solved, reader: Reader) -> Iterator[Block]:
    value = decimal(plain(solution.value, 4))
    yield Text(tr("{about} Here it is {value}.", about=tr(SOLUTIONS[name].about), value=value))
    if solution.ties > 1:
        shown = len(solution.points)
        ties = decimal(f"{solution.ties:,}")
        told = (
            tr("{ties} points tie; that with the largest sum is shown.", ties=ties)
            if shown == 1
            else tr("{ties} points tie; the {shown} with the largest sums are shown.", ties=ties, shown=shown)
        )
        yield Text(told, "note")
    for point in solution.points:
        ways = point.outcomes
        if len(solution.points) > 1:
            yield Text(f"**{reader.listed(point.scores)}**")
        rows = tuple(
            (case.scenario.tables[table].title, terms(case.scenario, table, deal))
            for table, deal in point.outcome.items()
        )
        yield Grid((tr("Table"), tr("terms")), rows)
        if ways != 1:
            told = (
                tr("One of {n} outcomes with these points.", n=decimal(f"{ways:,}"))
                if ways
                else tr("One of very many outcomes with these points.")
            )
            yield Text(told, "note")


def references(case: Case, found: Analysis, reader: Reader) -> Section:
    """Return the outcomes that the case names, against the frontier."""
    parties, rest = found.parties, found.unsigned_scores
    rows, folds = [], []
    for name, row in found.references.items():
        title = case.references[name].title
        rows.append((title, *(reader.against(row.scores[p], rest[p]) for p in parties)))
        folds.append(Fold(title, (Bullets(tuple(_reference(case, row, parties, rest, reader))),)))
    grid = Grid((tr("Points (against everything unsigned)"), *map(reader.who, parties)), tuple(rows), right=True)
    return Section(tr("The outcomes this case names"), (grid, *folds))


def _reference(
    case: Case, row: Compared, parties: Sequence[str], rest: Mapping[str, float], reader: Reader
) -> Iterator[str]:
    yield below_frontier(row.dominated_by, row.equal_gain, reader.names(parties), reader.decimals)
    if row.total_left:
        more = pointed(row.total_left, reader.decimals)
        yield tr("All together could have {points} more without anybody losing any.", points=more)
    yield from (tr("Nobody would refuse {change}.", change=reader.better(better)) for better in row.improvements)
    for leave in row.leaves:
        parts = {
            "party": reader.names([leave.party]),
            "table": case.scenario.tables[leave.table].title,
            "gain": reader.gain(leave.gain),
        }
        yield (
            tr("{party} would rather leave **{table}**: {gain}.", **parts)
            if leave.decisive
            else tr("{party} would rather leave **{table}**: {gain} (it can be spared).", **parts)
        )
    if not row.leaves:
        yield tr("Nobody would rather leave a table it signs here.")
    for party, needs in row.needed.items():
        short = apart(rest[party], row.scores[party], reader.decimals)
        if needs.overall and short > 0:
            far = pointed(short, reader.decimals)
            yield tr("{party} is {points} short of having nothing signed.", party=reader.names([party]), points=far)


def tables_alone(case: Case, found: Analysis, reader: Reader) -> Section:
    """Return the section on what could be had by table and signers, all else unsigned."""
    rows = []
    for name, groups in found.tables.items():
        for group in groups:
            nash = group.solutions.get("nash")
            gains = nash.points[0].gains if nash and nash.value > 0 else {}
            told = listed(f"{reader.names([p])} {reader.gain(gain)}" for p, gain in gains.items())
            place = (case.scenario.tables[name].title, reader.who(*group.signers))
            rows.append((*place, told or tr("no gain for all"), group.points))
    head = (tr("Table"), tr("signed by"), tr("gains at its Nash solution"), tr("points on its frontier"))
    return Section(tr("Each table alone"), (Grid(head, tuple(rows), reader.decimals),))


def coalitions(found: Analysis, reader: Reader) -> Section:
    """Return the section on the worth of groups on their own, and what each party adds to them."""
    title = tr("What groups are worth on their own")
    if found.coalitions is None or found.shapley is None or found.core is None:
        return Section(title, (Text(tr("Left out: there are too many parties.")),))
    core, middle = found.core, found.nucleolus
    columns = {
        tr("adds on average (Shapley value)"): found.shapley,
        tr("a stable share (core)"): core.division,
    }
    columns |= {tr("nucleolus"): middle} if middle else {}
    shares = Grid(
        (tr("Party"), *columns),
        tuple((reader.who(p), *(column[p] for column in columns.values())) for p in found.shapley),
        reader.decimals,
    )
    state = (
        tr("However the points of all are divided, some group could do better alone (the core is empty).")
        if core.empty
        else tr("With the stable shares no group could do better alone (the core is not empty).")
    )
    worth = sorted((row for row in found.coalitions if row.worth), key=lambda row: -row.worth)
    alone = Grid(
        (tr("If only these sign"), tr("points")),
        tuple((reader.who(*r.members), r.worth) for r in worth),
        reader.decimals,
    )
    about = tr(
        "The most points a group can add up above everything unsigned if only its members sign. Points of different "
        "parties are added, so this is only as good as their scales compare."
    )
    several = plural("{n} group with more than nothing", "{n} groups with more than nothing", len(worth))
    note = tr("{state} Points above everything unsigned.", state=state)
    return Section(title, (shares, Text(note, "note"), Fold(several, (alone,))), about)
