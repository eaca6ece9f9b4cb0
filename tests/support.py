"""Small random cases for the laws, and a plain reading of a score to hold ours against."""

from itertools import product

from hypothesis import strategies as st

from negotiation.case import Case, Role
from negotiation.preferences import Link, Preferences, Sheet
from negotiation.scenario import Announcement, Party, Scenario
from negotiation.table import UNSIGNED, Constraint, Issue, Signers, Table
from negotiation.totals import Total

BUNDLED = ("alliance-2023", "any-two-of-three", "cloud-for-two", "electric-quay")
PROTOCOLS = ("alternating", "open-floor", "single-text")
STRATEGIES = ("annealer", "boulware", "conceder", "easy", "fair", "hardliner", "linear", "master", "random", "tough")
BULLIES = (
    "anchor",
    "bluffer",
    "feint",
    "flooder",
    "hostage",
    "naive",
    "silent",
    "staller",
    "trader",
    "walker",
    "zigzag",
)
COMPOSED = (
    "compose:bidding=micro,model=bayes",
    "compose:bidding=relative,model=windowed,accept=combi",
    "compose:bidding=absolute,model=similar,accept=const",
    "compose:bidding=averaged,model=none,accept=level",
    "compose:bidding=nice,model=types,accept=time",
    "compose:bidding=tradeoff,model=similar",
    "compose:bidding=exponential,accept=whim",
    "compose:bidding=whim,accept=next",
    "compose:bidding=giving,accept=next",
    "compose:bidding=fair-split,model=none",
)
"""One for each part, at least."""

points = st.integers(-300, 300).map(lambda n: n / 10)
shares = st.integers(0, 20).map(lambda n: n * 5.0)


@st.composite
def tables(draw, name, parties):
    issues = tuple(
        Issue(f"i{k}", f"Issue {k}", options, tuple(o.upper() for o in options))
        for k in range(draw(st.integers(1, 3)))
        for options in [tuple(f"o{n}" for n in range(draw(st.integers(2, 3))))]
    )
    seats = draw(st.permutations(parties))[: draw(st.integers(2, len(parties)))]
    kind = draw(st.sampled_from(["all", "when", "quorum"]))
    first = issues[0]
    if kind == "when":
        signers = Signers(
            always=tuple(seats[:1]),
            when=tuple(
                (p, first.name, tuple(draw(st.sets(st.sampled_from(first.options), min_size=1)))) for p in seats[1:]
            ),
            least=draw(st.integers(0, 2)),
        )
        signers = Signers(
            signers.always, tuple((p, i, tuple(sorted(o))) for p, i, o in signers.when), least=signers.least
        )
    elif kind == "quorum" and len(seats) > 2:
        signers = Signers(always=tuple(seats[:1]), of=tuple(seats[1:]), quorum=draw(st.integers(1, len(seats) - 1)))
    else:
        signers = Signers(always=tuple(seats))
    unsigned = {first.name: first.options[0]} if draw(st.booleans()) else {}
    barred = draw(st.none() | st.sampled_from(first.options))
    forbidden = (Constraint("inside", {f"{name}.{first.name}": (barred,)}),) if barred else ()
    table = Table(name, name.title(), issues, signers, unsigned=unsigned, forbidden=forbidden)
    return table if table.size else Table(name, name.title(), issues, Signers(always=tuple(seats)), unsigned=unsigned)


@st.composite
def patterns(draw, scenario_tables, across=False):
    names = list(scenario_tables)
    chosen = draw(st.permutations(names))[: 2 if across else draw(st.integers(1, min(3, len(names))))]
    pattern = {}
    for name in chosen:
        issue = draw(st.sampled_from(scenario_tables[name].issues))
        options = draw(st.sets(st.sampled_from([*issue.options, UNSIGNED]), min_size=1, max_size=2))
        pattern[f"{name}.{issue.name}"] = tuple(sorted(options))
    return pattern


@st.composite
def scenarios(draw):
    parties = [f"p{n}" for n in range(draw(st.integers(2, 4)))]
    made = {name: draw(tables(name, parties)) for name in [f"t{n}" for n in range(draw(st.integers(1, 3)))]}
    constraints = ()
    if len(made) > 1 and draw(st.booleans()):
        pattern = draw(patterns(made, across=True))
        if not all(made[k.split(".")[0]].unsigned.get(k.split(".")[1], UNSIGNED) in v for k, v in pattern.items()):
            constraints = (Constraint("c", pattern),)
    return Scenario(
        "small",
        "A small case",
        {p: Party(p, p.upper()) for p in parties},
        made,
        draw(st.integers(1, 6)),
        constraints=constraints,
        announcements=(Announcement(2, "news", "Something happens"),),
    )


@st.composite
def preferences(draw, scenario, party, summed=True):
    sheets = {
        f"{name}.{issue.name}": Sheet(draw(st.integers(0, 40)) / 1.0, tuple(draw(shares) for _ in issue.options))
        for name, table in scenario.tables.items()
        for issue in table.issues
        if draw(st.booleans())
    }
    links = tuple(Link(f"L{n}", draw(patterns(scenario.tables)), draw(points)) for n in range(draw(st.integers(0, 3))))
    adjust = {name: draw(points) for name in scenario.tables if draw(st.booleans())}
    sums = tuple(
        draw(totals(scenario.tables, f"T{n}")) for n in range(draw(st.sampled_from([0, 0, 0, 1, 2])) if summed else 0)
    )
    return Preferences(scenario, party, sheets, adjust, links, draw(st.sampled_from([0.0, 0.5])), totals=sums)


@st.composite
def totals(draw, scenario_tables, name):
    keys = [
        (f"{table.name}.{issue.name}", issue.options) for table in scenario_tables.values() for issue in table.issues
    ]
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, min_size=1, max_size=4))
    amounts = {key: {option: draw(st.integers(-2, 3)) for option in (*options, UNSIGNED)} for key, options in chosen}
    return Total(name, amounts, {n: draw(points) for n in range(-3, 6) if draw(st.booleans())}, draw(points))


@st.composite
def cases(draw, summed=True):
    """A small case, with totals now and then if `summed`."""
    scenario = draw(scenarios())
    return Case(
        "small", scenario, {p: {"base": Role("base", draw(preferences(scenario, p, summed)))} for p in scenario.parties}
    )


@st.composite
def outcomes(draw, scenario):
    return {
        name: draw(st.none() | st.integers(0, table.size - 1).map(table.deal))
        for name, table in scenario.tables.items()
    }


def plain_score(preferences, outcome):
    """The points of an outcome, read off the definition issue by issue."""
    scenario, total = preferences.scenario, 0.0
    option = {}
    for name, table in scenario.tables.items():
        deal = outcome.get(name)
        conditional = preferences.party in [party for party, _, _ in table.signers.when]
        bound = deal is not None and (not conditional or table.signs(preferences.party, deal))
        if not bound:
            total += preferences.adjust.get(name, 0.0)
        for k, issue in enumerate(table.issues):
            option[f"{name}.{issue.name}"] = (
                issue.options[deal[k]] if deal is not None else table.unsigned.get(issue.name, UNSIGNED)
            )
            counts = issue.options[deal[k]] if bound else table.unsigned.get(issue.name)
            sheet = preferences.sheets.get(f"{name}.{issue.name}")
            if sheet and counts is not None:
                total += sheet.weight * sheet.shares[issue.options.index(counts)] / 100
    for link in preferences.links:
        if all(option[key] in wanted for key, wanted in link.pattern.items()):
            total += link.points
    for whole in preferences.totals:
        total += whole.points.get(sum(by[option[key]] for key, by in whole.amounts.items()), whole.otherwise)
    return total


def every_outcome(scenario):
    return (
        dict(zip(scenario.tables, deals, strict=True))
        for deals in product(*([None, *table.deals] for table in scenario.tables.values()))
    )
