"""The second half of a class debrief: how it came about, and what people believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.analysis.offer_steps import OfferStep
from negotiation.debrief import charts
from negotiation.debrief.beliefs import Belief, believed
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.offers import Opening, correlation, courted, demands, openings, steps
from negotiation.language import decimal, mark, phrase, tr
from negotiation.reports.blocks import Block, Figure, Grid, Section, Text, rows_of
from negotiation.reports.words import clauses, listed, percent, when
from negotiation.rounding import rounded, shown


def first_offers(klass: ClassData, found: Mapping[str, Sequence[OfferStep]]) -> Section:
    """Return the section on first offers against results."""
    rows = [one for group in klass.groups for one in openings(group, found[group.id])]
    if not rows:
        return Section(tr("First offers and results"), (Text(tr("Nobody made an offer.")),))
    names = [klass.title(party) for party in klass.case.roles]
    dots = [
        {
            "who": klass.title(one.party),
            "group": phrase("group {n}", n=one.group),
            "table": klass.case.scenario.tables[one.table].title,
            "demand": rounded(one.demand, klass.case.scenario.decimals),
            "result": rounded(one.result, klass.case.scenario.decimals),
        }
        for one in rows
    ]
    r = correlation([(one.demand, one.result) for one in rows])
    figure = Figure(
        tr("A dot: one party's first offer at one table of one group."),
        "first-offers",
        lambda ink: charts.scatter(dots, names, ink),
        rows_of(tuple(dots[0]), [tuple(row.values()) for row in dots]),
    )
    told = Text(_together(r, len(rows), sum(not one.who for one in rows)))
    return Section(tr("First offers and results"), (told, figure, _opening_table(klass, rows)), tr(_FIRST))


_FIRST = mark(
    "Own gain: points above leaving that table unsigned, all else as it was in the end; 0 in the end where the table "
    "stayed unsigned. First offers as anchors: Galinsky and Mussweiler (2001)."
)


def _together(r: float | None, offers: int, agents: int) -> str:
    """Return how far asking for more and getting more went together, over so many first offers, some of them by agents."""
    if r is None:
        return tr("Too few offers to say whether asking for more went with getting more.")
    parts = {"n": offers, "r": decimal(shown(r, 2))}
    if agents:
        return tr(
            "Over all {n} first offers ({agents} of them by agents), what was asked for and what was got go together with "
            "**r = {r}** (1: exactly, 0: not at all). That is no proof of anchoring: who has more to gain also asks for more.",
            agents=agents,
            **parts,
        )
    return tr(
        "Over all {n} first offers, what was asked for and what was got go together with **r = {r}** "
        "(1: exactly, 0: not at all). That is no proof of anchoring: who has more to gain also asks for more.",
        **parts,
    )


def _opening_table(klass: ClassData, rows: Sequence[Opening]) -> Grid:
    """Return by table how many groups signed it, the openers, and mean demand and result of openers and others."""
    lines = []
    for name, table in klass.case.scenario.tables.items():
        here = [one for one in rows if one.table == name]
        openers: dict[int, Opening] = {}
        for one in here:
            openers.setdefault(one.group, one)
        if not here:
            continue
        first, others = list(openers.values()), [one for one in here if openers[one.group] is not one]
        counts: dict[str, int] = {}
        for one in first:
            counts[klass.title(one.party)] = counts.get(klass.title(one.party), 0) + 1
        told = listed(f"{who} {n}" for who, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        lines.append(
            (
                table.title.partition(" (")[0],
                told,
                _mean(first, "demand"),
                _mean(first, "result"),
                _mean(others, "result"),
            )
        )
    head = (
        tr("table"),
        tr("opened by (groups)"),
        tr("who opened asked for"),
        tr("and got"),
        tr("the others got"),
    )
    return Grid(head, tuple(lines), klass.case.scenario.decimals, signed=(2, 3, 4))


def _mean(rows: Sequence[Opening], what: str) -> float | None:
    total = 0.0
    for row in rows:
        total += getattr(row, what)
    return total / len(rows) if rows else None


def concessions(klass: ClassData, found: Mapping[str, Sequence[OfferStep]], only: str = "") -> Section:
    """Return the section on concession curves, of all roles or of one."""
    rows = [
        {
            "who": klass.title(one.party),
            "group": phrase("group {n}", n=one.group),
            "round": one.round,
            "share": one.share,
        }
        for group in klass.groups
        for one in demands(group, found[group.id])
        if not only or one.party == only
    ]
    if not rows:
        return Section(tr("Concession curves"), (Text(tr("Nobody made an offer.")),))
    names = [klass.title(party) for party in klass.case.roles]
    figure = Figure(
        tr("Strong: the mean of a role; thin: its groups."),
        "concessions",
        lambda ink: charts.curves(rows, names, klass.case.scenario.unit, ink),
        rows_of(tuple(rows[0]), [tuple(row.values()) for row in rows]),
    )
    agents = sum(not group.who[move.seq] for group in klass.groups for move in found[group.id])
    offers = sum(map(len, found.values()))
    about = tr(
        "What each asked for itself in its offers, as a share of the best deal there is for it at that table alone. "
        "{offers}.",
        offers=tr("{n} offers ({agents} of them by agents)", n=offers, agents=agents)
        if agents
        else tr("{n} offers", n=offers),
    )
    return Section(tr("Concession curves"), (figure,), about)


def coalitions(klass: ClassData, found: Mapping[str, Sequence[OfferStep]]) -> Section:
    """Return the section on who signed with whom, in which order, and who courted whom."""
    scenario = klass.case.scenario
    rows = []
    for group in klass.groups:
        path = steps(group)
        told = [
            tr(
                "{week}: {tables} ({parties})",
                week=when(scenario.unit, step.round),
                tables=listed(scenario.tables[n].title.partition(" (")[0] for n in step.tables),
                parties=listed(map(klass.title, step.signers)),
            )
            for step in path
        ]
        if group.on_record:
            put = listed(scenario.tables[name].title.partition(" (")[0] for name in group.on_record)
            told.append(tr("put on record by the teacher: {tables}", tables=put))
        signers = {party for step in path for party in step.signers}
        out = listed(klass.title(party) for party in klass.case.roles if party not in signers)
        rows.append((tr(group.label), clauses(told) or tr("nothing was signed"), out or tr("nobody")))
    counts = courted(klass, found.values())
    most = max(counts.values(), default=0)
    parties = list(klass.case.roles)
    grid = tuple((klass.title(one), *(counts.get((one, other)) for other in parties)) for one in parties)
    shades = {
        (n, k + 1): counts[one, other] / most
        for n, one in enumerate(parties)
        for k, other in enumerate(parties)
        if most and counts.get((one, other))
    }
    blocks: tuple[Block, ...] = (
        Grid(("", tr("signed, in this order"), tr("signed nothing")), tuple(rows)),
        Text(
            tr("**Who made offers to whom**, in all groups together (the author's row, those who would have to sign)")
        ),
        Grid(("", *map(klass.title, parties)), grid, shades=shades),
    )
    return Section(tr("The coalition path"), blocks, tr("Sociomatrix: Moreno (1934), with offers as choices."))


def beliefs(klass: ClassData) -> Section:
    """Return the section on what people believed against the truth."""
    rows = believed(klass)
    if not rows:
        return Section(tr("What people believed"), (Text(tr("Nobody has filled in a worksheet.")),))
    table = tuple(
        (
            klass.title(one.party),
            tr("group {n}", n=one.group),
            klass.called[one.person],
            one.target,
            one.points,
            one.walk_away,
            one.unsigned,
            None if one.right is None else percent(one.right),
        )
        for one in sorted(rows, key=lambda one: (list(klass.case.roles).index(one.party), one.group))
    )
    head = (
        tr("role"),
        tr("group"),
        tr("who"),
        tr("target"),
        tr("got"),
        tr("walk-away"),
        tr("unsigned"),
        tr("guesses right"),
    )
    blocks: list[Block] = [Grid(head, table, klass.case.scenario.decimals)]
    if guessed := _guessed(klass, rows):
        blocks += [Text(tr("**What matters most to each, and what the others guessed**")), guessed]
    return Section(tr("What people believed"), tuple(blocks), tr(_BELIEFS))


_BELIEFS = mark(
    "From the worksheets, filled in before the talks. Walk-away against unsigned: the points below which somebody would "
    "not go, and what that party really keeps without any deal. Guesses right: of the issues thought to matter most to "
    "others, how many are among those that do."
)


def _guessed(klass: ClassData, rows: Sequence[Belief]) -> Grid | None:
    lines = []
    for party in klass.case.roles:
        all_of = [guess for one in rows for guess in one.guesses if guess.party == party]
        if not all_of:
            continue
        counts: dict[str, int] = {}
        for guess in all_of:
            for key in guess.guessed:
                counts[key] = counts.get(key, 0) + 1
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        total = 0.0
        for guess in all_of:
            total += guess.right
        truth = max((guess.truth for guess in all_of), key=len)
        told = clauses(f"{title(klass, key)} ({count})" for key, count in ranked)
        lines.append(
            (klass.title(party), clauses(title(klass, key) for key in truth), told, percent(total / len(all_of)))
        )
    return (
        Grid((tr("party"), tr("what matters most to it"), tr("most guessed"), tr("right")), tuple(lines))
        if lines
        else None
    )


def title(klass: ClassData, key: str) -> str:
    """Return an issue `table.issue` as people know it."""
    name, _, issue = key.partition(".")
    table = klass.case.scenario.tables[name]
    return table.issues[table.by_name[issue]].title
