"""The second half of a class debrief: how it came about, and what people believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.analysis.offer_steps import OfferStep
from negotiation.debrief import charts
from negotiation.debrief.beliefs import Belief, believed
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.offers import Opening, correlation, courted, demands, openings, steps
from negotiation.reports.blocks import Block, Figure, Grid, Section, Text, rows_of
from negotiation.rounding import percent, rounded, shown


def first_offers(klass: ClassData, found: Mapping[str, Sequence[OfferStep]]) -> Section:
    """Return the section on first offers against results."""
    rows = [one for group in klass.groups for one in openings(group, found[group.id])]
    if not rows:
        return Section("First offers and results", (Text("Nobody made an offer."),))
    names = [klass.title(party) for party in klass.case.roles]
    dots = [
        {
            "who": klass.title(one.party),
            "group": f"group {one.group}",
            "table": klass.case.scenario.tables[one.table].title,
            "demand": rounded(one.demand, klass.case.scenario.decimals),
            "result": rounded(one.result, klass.case.scenario.decimals),
        }
        for one in rows
    ]
    r = correlation([(one.demand, one.result) for one in rows])
    told = (
        "Too few offers to say whether asking for more went with getting more."
        if r is None
        else (
            f"Over all {len(rows)} first offers{_by_agents(sum(not one.who for one in rows))}, what was asked for and what was got go together with **r = {shown(r, 2)}** "
            "(1: exactly, 0: not at all). That is no proof of anchoring: who has more to gain also asks for more."
        )
    )
    figure = Figure(
        "A dot: one party's first offer at one table of one group.",
        "first-offers",
        lambda ink: charts.scatter(dots, names, ink),
        rows_of(tuple(dots[0]), [tuple(row.values()) for row in dots]),
    )
    return Section("First offers and results", (Text(told), figure, _opening_table(klass, rows)), _FIRST)


_FIRST = (
    "Own gain: points above leaving that table unsigned, all else as it was in the end; 0 in the end where the table "
    "stayed unsigned. First offers as anchors: Galinsky and Mussweiler (2001)."
)


def _by_agents(count: int) -> str:
    return f" ({count} of them by agents)" if count else ""


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
        told = ", ".join(f"{who} {n}" for who, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        lines.append(
            (
                table.title.partition(" (")[0],
                told,
                _mean(first, "demand"),
                _mean(first, "result"),
                _mean(others, "result"),
            )
        )
    head = ("table", "opened by (groups)", "who opened asked for", "and got", "the others got")
    return Grid(head, tuple(lines), klass.case.scenario.decimals, signed=(2, 3, 4))


def _mean(rows: Sequence[Opening], what: str) -> float | None:
    total = 0.0
    for row in rows:
        total += getattr(row, what)
    return total / len(rows) if rows else None


def concessions(klass: ClassData, found: Mapping[str, Sequence[OfferStep]], only: str = "") -> Section:
    """Return the section on concession curves, of all roles or of one."""
    rows = [
        {"who": klass.title(one.party), "group": f"group {one.group}", "round": one.round, "share": one.share}
        for group in klass.groups
        for one in demands(group, found[group.id])
        if not only or one.party == only
    ]
    if not rows:
        return Section("Concession curves", (Text("Nobody made an offer."),))
    names = [klass.title(party) for party in klass.case.roles]
    figure = Figure(
        "Strong: the mean of a role; thin: its groups.",
        "concessions",
        lambda ink: charts.curves(rows, names, klass.case.scenario.unit, ink),
        rows_of(tuple(rows[0]), [tuple(row.values()) for row in rows]),
    )
    agents = sum(not group.who[move.seq] for group in klass.groups for move in found[group.id])
    about = (
        "What each asked for itself in its offers, as a share of the best deal there is for it at that table alone. "
        f"{sum(map(len, found.values()))} offers{_by_agents(agents)}."
    )
    return Section("Concession curves", (figure,), about)


def coalitions(klass: ClassData, found: Mapping[str, Sequence[OfferStep]]) -> Section:
    """Return the section on who signed with whom, in which order, and who courted whom."""
    scenario = klass.case.scenario
    rows = []
    for group in klass.groups:
        path = steps(group)
        told = "; ".join(
            f"{scenario.unit} {step.round}: {', '.join(scenario.tables[n].title.partition(' (')[0] for n in step.tables)} "
            f"({', '.join(map(klass.title, step.signers))})"
            for step in path
        )
        if group.on_record:
            put = ", ".join(scenario.tables[name].title.partition(" (")[0] for name in group.on_record)
            told = f"{told}{'; ' if told else ''}put on record by the teacher: {put}"
        signers = {party for step in path for party in step.signers}
        out = ", ".join(klass.title(party) for party in klass.case.roles if party not in signers)
        rows.append((group.label, told or "nothing was signed", out or "nobody"))
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
        Grid(("", "signed, in this order", "signed nothing"), tuple(rows)),
        Text("**Who made offers to whom**, in all groups together (the author's row, those who would have to sign)"),
        Grid(("", *map(klass.title, parties)), grid, shades=shades),
    )
    return Section("The coalition path", blocks, "Sociomatrix: Moreno (1934), with offers as choices.")


def beliefs(klass: ClassData) -> Section:
    """Return the section on what people believed against the truth."""
    rows = believed(klass)
    if not rows:
        return Section("What people believed", (Text("Nobody has filled in a worksheet."),))
    table = tuple(
        (
            klass.title(one.party),
            f"group {one.group}",
            klass.called[one.person],
            one.target,
            one.points,
            one.walk_away,
            one.unsigned,
            None if one.right is None else percent(one.right),
        )
        for one in sorted(rows, key=lambda one: (list(klass.case.roles).index(one.party), one.group))
    )
    head = ("role", "group", "who", "target", "got", "walk-away", "unsigned", "guesses right")
    blocks: list[Block] = [Grid(head, table, klass.case.scenario.decimals)]
    if guessed := _guessed(klass, rows):
        blocks += [Text("**What matters most to each, and what the others guessed**"), guessed]
    return Section("What people believed", tuple(blocks), _BELIEFS)


_BELIEFS = (
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
        told = "; ".join(f"{title(klass, key)} ({count})" for key, count in ranked)
        lines.append(
            (klass.title(party), "; ".join(title(klass, key) for key in truth), told, percent(total / len(all_of)))
        )
    return Grid(("party", "what matters most to it", "most guessed", "right"), tuple(lines)) if lines else None


def title(klass: ClassData, key: str) -> str:
    """Return an issue `table.issue` as people know it."""
    name, _, issue = key.partition(".")
    table = klass.case.scenario.tables[name]
    return table.issues[table.by_name[issue]].title
