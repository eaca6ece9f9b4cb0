"""Every number of the case study that concerns scores, legal deals, who leaves which table, and the references."""

import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from negotiation.formats import load
from negotiation.table import tables_of

EXPECTED = json.loads((Path(__file__).parents[1] / "data" / "expected.json").read_text(encoding="utf-8"))["scenarios"]
FLAGSHIP = EXPECTED["alliance-2023"]
CARMAKERS_AND_PARTNERS = ("renault", "nissan", "mitsubishi", "google", "geely", "nimbus")
TABLES = ("alliance", "ampere", "tech", "horse", "cloud", "sdv")
NEAR = {"abs": 1e-6}


@pytest.fixture(scope="module")
def case():
    return load("alliance-2023")


@pytest.fixture(scope="module")
def seven():
    return load("alliance-2023", "seven_parties")


def outcome_of(case, package):
    return {n: None if deal is None else case.scenario.tables[n].parse(deal) for n, deal in package.items()}


def score(case, outcome, party, kind=None):
    return case.role(party, kind).preferences.score(outcome)


def leavers(case, outcome, kinds=None):
    """Who leaves which table, and what it gains, in table order then signers' order."""
    found = []
    for name, table in case.scenario.tables.items():
        if outcome[name] is None:
            continue
        for party in case.scenario.parties:
            if party in table.needs(outcome[name]) and party != "france":
                kind = (kinds or {}).get(party)
                gain = score(case, {**outcome, name: None}, party, kind) - score(case, outcome, party, kind)
                if gain > 1e-9:
                    found.append({"party": party, "table": name, "gain": round(gain, 2)})
    return found


def by_place(leaves):
    return sorted((leave["party"], leave["table"], round(leave["gain"], 2)) for leave in leaves)


def links_met(case, outcome):
    met = {link.name for party in case.roles for link in case.role(party).preferences.met(outcome)}
    order = [link.name for party in case.roles for link in case.role(party).preferences.links]
    return sorted(met, key=order.index)


def in_table(case, name, party):
    """Own points of every deal and last unsigned, with the links that lie wholly inside the table."""
    preferences, table = case.role(party).preferences, case.scenario.tables[name]
    points = preferences.points[name].copy()
    for link in preferences.links:
        if tables_of(link.pattern) == (name,):
            points += link.points * table.mask(link.pattern)
    return points


def undominated(vectors):
    """Which rows no other row dominates."""
    rounded = np.round(vectors, 6)
    keep = []
    for n, row in enumerate(rounded):
        better = (rounded >= row).all(axis=1) & (rounded > row).any(axis=1)
        if not better.any():
            keep.append(n)
    return keep


@pytest.mark.parametrize("party", CARMAKERS_AND_PARTNERS)
def test_reservation(case, party):
    assert score(case, {}, party) == pytest.approx(FLAGSHIP["reservation"][party], **NEAR)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_alone(case, name):
    want, table = FLAGSHIP["tables"][name], case.scenario.tables[name]
    assert (table.raw, table.size) == (want["raw"], want["legal"])
    points = {party: in_table(case, name, party) for party in case.roles}
    for party in CARMAKERS_AND_PARTNERS:
        assert points[party][-1] == pytest.approx(want["no_deal"][party], **NEAR)
    assert [p for p in table.seats if table.required(p).any()] == want["signers_considered"]
    fine = np.ones(table.size, dtype=bool)
    for party in table.seats:
        fine &= ~table.required(party) | (points[party][:-1] >= points[party][-1] - 1e-9)
    assert int(fine.sum()) == want["acceptable"]
    vectors = np.stack([points[p][:-1] for p in want["signers_considered"]], axis=1)
    front = undominated(vectors)
    distinct = {tuple(np.round(vectors[n], 6)) for n in front}
    assert (len(distinct), len(front)) == (want["pareto"], want["pareto_packages"])
    good = [n for n in front if fine[n]]
    assert len(good) == want["pareto_acceptable_packages"]
    assert len({tuple(np.round(vectors[n], 6)) for n in good}) == want["pareto_acceptable"]


@pytest.mark.parametrize("name", TABLES)
def test_the_best_bargain_of_each_set_of_signers_and_what_history_made_of_it(case, name):
    want, table = FLAGSHIP["tables"][name], case.scenario.tables[name]
    gains = {p: in_table(case, name, p)[:-1] - in_table(case, name, p)[-1] for p in table.seats}
    deals = list(table.deals)
    best = {}
    for n, deal in enumerate(deals):
        needs = tuple(p for p in case.roles if p in table.needs(deal))
        if all(gains[p][n] > 1e-9 for p in needs):
            worth = math.prod(gains[p][n] for p in needs)
            best.setdefault(needs, []).append((worth, n))
    for bargain in want["best_bargain"]:
        signers = tuple(p for p in case.roles if p in bargain["signers"])
        top = max(worth for worth, _ in best[signers])
        winners = [table.name_of(deals[n]) for worth, n in best[signers] if worth > top - 1e-6]
        assert sorted(map(str, winners)) == sorted(map(str, bargain["packages"]))
        n = table.index(table.parse(bargain["packages"][0]))
        for party in signers:
            assert gains[party][n] == pytest.approx(bargain["gains"][party], **NEAR)
    assert len(best) == len(want["best_bargain"])
    history = case.references["history_2023"].outcome[name]
    signers = tuple(p for p in case.roles if p in want["history"]["signers"])
    assert tuple(p for p in case.roles if p in table.needs(history)) == signers
    at = table.index(history)
    assert all(gains[p][at] >= -1e-9 for p in signers) is want["history"]["acceptable"]
    same = [n for n, deal in enumerate(deals) if set(table.needs(deal)) == set(signers)]
    vectors = np.stack([gains[p][same] for p in signers], axis=1)
    assert (same.index(at) in undominated(vectors)) is want["history"]["efficient_among_same_signers"]
    share = math.prod(gains[p][at] for p in signers) / max(w for w, _ in best[signers])
    assert share == pytest.approx(want["history"]["share_of_best_nash_product"], abs=1e-4)


def test_the_joint_space(case):
    want, tables = FLAGSHIP["joint_space"], case.scenario.tables
    assert {n: t.size + 1 for n, t in tables.items()} == want["outcomes_per_table_incl_unsigned"]
    assert math.prod(t.size + 1 for t in tables.values()) == want["combinations"]
    assert math.prod(t.size for t in tables.values()) == want["fully_signed"]
    assert _legal(case, signed_only=False) == want["legal"]
    assert _legal(case, signed_only=True) == want["fully_signed_legal"]


def _legal(case, signed_only):
    """Legal joint outcomes: per table count deals by which constraints' parts they meet, then combine the few kinds."""
    kinds = []
    for name, table in case.scenario.tables.items():
        touching = [c for c in case.scenario.constraints if name in tables_of(c.pattern)]
        masks = np.array([table.mask(c.pattern) for c in touching]).reshape(len(touching), table.size + 1)
        columns = masks.T[: table.size] if signed_only else masks.T
        counts = {}
        for column in columns:
            key = frozenset(c.name for c, met in zip(touching, column, strict=True) if met)
            counts[key] = counts.get(key, 0) + 1
        kinds.append((name, counts))
    needed = {c.name: set(tables_of(c.pattern)) for c in case.scenario.constraints}
    total = 0
    for combination in product(*(counts.items() for _, counts in kinds)):
        met = {c: {name for (name, _), (key, _) in zip(kinds, combination, strict=True) if c in key} for c in needed}
        if not any(met[c] == needed[c] for c in needed):
            total += math.prod(count for _, count in combination)
    return total


@pytest.mark.parametrize("name", FLAGSHIP["references"])
def test_a_reference(case, name):
    want, outcome = FLAGSHIP["references"][name], case.references[name].outcome
    assert [n for n in TABLES if outcome[n] is not None] == want["signed"]
    assert (case.scenario.breaks(outcome) is None) is want["legal"]
    for party in CARMAKERS_AND_PARTNERS:
        points, rest = score(case, outcome, party), score(case, {}, party)
        assert points == pytest.approx(want["utility"][party], **NEAR)
        assert points - rest == pytest.approx(want["gain"][party], **NEAR)
        assert (points < rest - 1e-9) is (party in want["below_reservation"])
        for table, points_there in want["points_by_table_without_links"].items():
            deal = outcome[table]
            at = -1 if deal is None else case.scenario.tables[table].index(deal)
            assert case.role(party).preferences.points[table][at] == pytest.approx(points_there[party], **NEAR)
    assert by_place(leavers(case, outcome)) == by_place(want["leaves"])
    assert sorted(links_met(case, outcome)) == sorted(want["links_active"])


@pytest.mark.parametrize("n", range(len(FLAGSHIP["samples"])))
def test_a_sample(case, seven, n):
    want = FLAGSHIP["samples"][n]
    try:
        outcome = outcome_of(case, want["package"])
    except KeyError:
        pytest.fail("a table that does not exist")
    broken = [c.name for c in case.scenario.constraints if _broken(case, c, outcome)]
    broken += [
        c.name
        for name, table in case.scenario.tables.items()
        for c in table.forbidden
        if outcome[name] is not None and table.clashes(c, outcome[name])
    ]
    few = [t for t, d in outcome.items() if d is not None and case.scenario.tables[t].index(d) < 0 and not broken]
    assert (not broken and not few) is want["legal"]
    if not want["legal"]:
        assert sorted(broken) == sorted(want["constraints_broken"])
        return
    for party in CARMAKERS_AND_PARTNERS:
        assert score(case, outcome, party) == pytest.approx(want["utility"][party], **NEAR)
    assert score(seven, outcome, "france") == pytest.approx(want["utility_france"], **NEAR)
    assert sorted(links_met(case, outcome)) == sorted(want["links_active"])
    assert by_place(leavers(case, outcome)) == by_place(want["leaves"])


def _broken(case, constraint, outcome):
    parts = []
    for name in tables_of(constraint.pattern):
        table, deal = case.scenario.tables[name], outcome[name]
        here = {key: value for key, value in constraint.pattern.items() if key.startswith(name + ".")}
        if deal is None:
            parts.append(bool(table.mask(here)[-1]))
        else:
            options = table.name_of(deal)
            parts.append(all(options[key.partition(".")[2]] in value for key, value in here.items()))
    return all(parts)


def test_the_seven_party_variant(seven):
    want = FLAGSHIP["seven_party_variant"]
    assert "france" in seven.scenario.tables["alliance"].signers.always
    assert score(seven, {}, "france") == pytest.approx(want["france_reservation"], **NEAR)
    for name, numbers in want["outcomes"].items():
        outcome = seven.references[name].outcome
        points, without = score(seven, outcome, "france"), score(seven, {**outcome, "alliance": None}, "france")
        assert points == pytest.approx(numbers["utility"], **NEAR)
        assert without == pytest.approx(numbers["utility_if_alliance_unsigned"], **NEAR)
        assert (outcome["alliance"] is not None and without > points + 1e-9) is numbers["veto"]


@pytest.mark.parametrize("which", FLAGSHIP["types"])
def test_a_private_type(case, which):
    want, (party, kind) = FLAGSHIP["types"][which], which.split(".")
    role = case.role(party, kind)
    assert case.scenario.odds[party][kind] == want["prob"] == role.chance
    assert sum(sheet.weight for sheet in role.preferences.sheets.values()) == pytest.approx(want["weights_sum"])
    assert role.preferences.score({}) == pytest.approx(want["reservation"], **NEAR)
    for name, numbers in want["references"].items():
        outcome = case.references[name].outcome
        assert role.preferences.score(outcome) == pytest.approx(numbers["utility"], **NEAR)
        assert by_place(leavers(case, outcome, {party: kind})) == by_place(numbers["leaves"])


def test_other_readings_of_history(case):
    want, history = FLAGSHIP["other_readings_of_history"], case.references["history_2023"].outcome
    choices = {
        "tech.joint_ip": ("royalty", "ring"),
        "tech.ssb": ("licensed", "exclusive"),
        "tech.adas": ("licensed", "exclusive"),
        "tech.ee_sdv": ("europe", "own"),
        "ampere.condition": ("firm", "ipo"),
        "ampere.engineers": ("none", "liaison"),
        "cloud.vendor": ("google", "nimbus"),
        "sdv.openness": ("renault", "alliance"),
    }
    found, leaving = {p: [] for p in ("renault", "nissan", "mitsubishi")}, {}
    nobody = {"royalty": 0, "ring": 0}
    readings = list(product(*choices.values()))
    for reading in readings:
        package = {n: case.scenario.tables[n].name_of(deal) for n, deal in history.items()}
        for key, option in zip(choices, reading, strict=True):
            table, issue = key.split(".")
            package[table][issue] = option
        rule = package["tech"]["joint_ip"]
        if rule == "ring":
            package["horse"]["tech_base"] = "own"
        outcome = outcome_of(case, package)
        for party, points in found.items():
            points.append(score(case, outcome, party))
        leaves = leavers(case, outcome)
        nobody[rule] += not leaves
        for leave in leaves:
            key = f"{leave['party']} at {leave['table']} ({rule})"
            leaving[key] = leaving.get(key, 0) + 1
    assert len(readings) == want["readings"]
    for party, points in found.items():
        assert [min(points), max(points)] == pytest.approx(want["range"][party], **NEAR)
    assert sum(nobody.values()) == want["nobody_leaves"]
    assert (nobody["royalty"], nobody["ring"]) == (want["nobody_leaves_royalty"], want["nobody_leaves_ring"])
    assert leaving == want["leavers"]


def test_delay(case):
    want = FLAGSHIP["delay_example"]
    outcome = case.references[want["outcome"]].outcome
    for party in CARMAKERS_AND_PARTNERS:
        preferences = case.role(party).preferences
        assert preferences.delay * want["week"] == pytest.approx(want["points_lost"][party])
        assert preferences.score(outcome, want["week"]) == pytest.approx(want["utility_after_delay"][party], **NEAR)


def companion(name, variant=""):
    """The only table of a companion case, and the points of its deals by party, last of none."""
    case = load(name, variant)
    (table,) = case.scenario.tables.values()
    return case, table, {p: in_table(case, table.name, p) for p in case.roles}


@pytest.mark.parametrize("name", ["cloud-for-two", "any-two-of-three", "electric-quay"])
def test_the_references_of_a_companion(name):
    case, table, points = companion(name)
    want = EXPECTED[name]
    for party in case.roles:
        assert score(case, {}, party) == pytest.approx(want["reservation"][party], **NEAR)
    assert (table.raw, table.size) == (want["raw"], want.get("legal", want["raw"]))
    front = undominated(np.stack([points[p][:-1] for p in case.roles], axis=1))
    assert len(front) == want["pareto_packages"]
    for ref, numbers in want["references"].items():
        outcome = case.references[ref].outcome
        for party in case.roles:
            assert score(case, outcome, party) == pytest.approx(numbers["utility"][party], **NEAR)
            gain = score(case, outcome, party) - score(case, {}, party)
            assert gain == pytest.approx(numbers["gain"][party], **NEAR)
        accept = [p for p in case.roles if score(case, outcome, p) >= score(case, {}, p) - 1e-9]
        deal = outcome[table.name]
        if "signers" in numbers:
            assert list(table.needs(deal)) == numbers["signers"]
            accept = [p for p in accept if p in table.needs(deal)]
        if "accept" in numbers:
            assert accept == numbers["accept"]
        if "passes" in numbers:
            assert table.binds(deal, accept) is numbers["passes"]


def test_cloud_for_two():
    case, table, points = companion("cloud-for-two")
    want = EXPECTED["cloud-for-two"]
    kaido, nimbus = points["kaido"], points["nimbus"]
    fine = (kaido[:-1] >= kaido[-1] - 1e-9) & (nimbus[:-1] >= nimbus[-1] - 1e-9)
    front = undominated(np.stack([kaido[:-1], nimbus[:-1]], axis=1))
    assert (int(fine.sum()), len(front), sum(bool(fine[n]) for n in front)) == (
        want["acceptable"],
        want["pareto"],
        want["pareto_acceptable"],
    )
    assert np.corrcoef(kaido[:-1], nimbus[:-1])[0, 1] == pytest.approx(want["correlation"], abs=1e-4)
    product_of_gains = np.where(fine, (kaido[:-1] - kaido[-1]) * (nimbus[:-1] - nimbus[-1]), 0)
    assert product_of_gains.max() == pytest.approx(want["nash_product"], **NEAR)
    assert (np.abs(product_of_gains - product_of_gains.max()) < 1e-6).sum() == 1
    assert table.deal(int(product_of_gains.argmax())) == case.references["nash"].outcome["contract"]
    total = kaido[:-1] + nimbus[:-1]
    assert total.max() == pytest.approx(want["max_total"], **NEAR)
    assert (np.abs(total - total.max()) < 1e-6).sum() == 1
    best = np.where(fine, total, 0)
    assert best.max() == pytest.approx(want["max_total_among_acceptable"]["total"], **NEAR)
    winners = [table.name_of(table.deal(int(n))) for n in np.flatnonzero(best > best.max() - 1e-6)]
    assert winners == want["max_total_among_acceptable"]["packages"]
    for party, difference in want["nash_over_all_middle"].items():
        nash, middle = case.references["nash"].outcome, case.references["all_middle"].outcome
        assert score(case, nash, party) - score(case, middle, party) == pytest.approx(difference, **NEAR)


@pytest.mark.parametrize("variant", ["", "generous_trio"])
def test_any_two_of_three(variant):
    case, table, points = companion("any-two-of-three", variant)
    want = EXPECTED["any-two-of-three"]["variants"][variant] if variant else EXPECTED["any-two-of-three"]
    groups = {"ab": ("aster", "boreal"), "ac": ("aster", "cygne"), "bc": ("boreal", "cygne"), "abc": tuple(case.roles)}
    deals = list(table.deals)
    member = [table.name_of(deal)["members"] for deal in deals]
    fine = [all(points[p][n] >= points[p][-1] - 1e-9 for p in groups[m]) for n, m in enumerate(member)]
    assert {m: sum(f for f, g in zip(fine, member, strict=True) if g == m) for m in groups} == want[
        "acceptable_to_members"
    ]
    blocked, stable = {}, []
    for n in range(len(deals)):
        blocking = [
            m
            for m, who in groups.items()
            if any(all(points[p][k] > points[p][n] + 1e-9 for p in who) for k in range(len(deals)) if member[k] == m)
        ]
        key = "+".join(blocking) or "nobody"
        blocked[key] = blocked.get(key, 0) + 1
        if not blocking and fine[n]:
            stable.append(table.name_of(deals[n]))
    assert blocked == want["blocked_by_counts"]
    assert len(stable) == want["stable"]
    if variant:
        assert stable == [found["package"] for found in want["stable_packages"]]
        return
    assert {m: member.count(m) for m in groups} == want["legal_by_members"]
    for m, numbers in want["nash_by_members"].items():
        own = [n for n in range(len(deals)) if member[n] == m and fine[n]]
        worth = {n: math.prod(points[p][n] - points[p][-1] for p in groups[m]) for n in own}
        top = max(worth.values())
        winners = [n for n in own if worth[n] > top - 1e-6]
        assert [table.name_of(deals[n]) for n in winners] == numbers["packages"]
        for party, value in numbers["utility"].items():
            assert points[party][winners[0]] == pytest.approx(value, **NEAR)


def test_electric_quay():
    case, table, points = companion("electric-quay")
    want = EXPECTED["electric-quay"]
    fine = {p: points[p][:-1] >= points[p][-1] - 1e-9 for p in case.roles}
    others = ("ferries", "dockers", "fishers", "region")
    assert {p: int(fine[p].sum()) for p in case.roles} == want["acceptable_to"]
    core = fine["voltamer"] & fine["city"]
    votes = sum(fine[p].astype(int) for p in others)
    winning = np.array([table.binds(deal, [p for p in case.roles if fine[p][n]]) for n, deal in enumerate(table.deals)])
    assert (int(core.sum()), int(winning.sum()), int((core & (votes == 4)).sum())) == (
        want["core_accepts"],
        want["winning"],
        want["unanimous"],
    )
    assert np.array_equal(winning, core & (votes >= 3))
    assert winning.mean() == pytest.approx(want["winning_share"], abs=1e-4)
    front = undominated(np.stack([points[p][:-1] for p in case.roles], axis=1))
    assert sum(bool(winning[n]) for n in front) == want["winning_and_pareto"]
    assert sum(bool(votes[n] == 4 and core[n]) for n in front) == want["unanimous_and_pareto"]
    for name, numbers in want["left_out"].items():
        chosen = core & np.all([fine[p] != (p == name) for p in others], axis=0)
        best = points["voltamer"][:-1][chosen].max()
        assert int(chosen.sum()) == numbers["packages"]
        assert best == pytest.approx(numbers["voltamer_best"], **NEAR)
        winners = np.flatnonzero(chosen & (points["voltamer"][:-1] > best - 1e-6))
        assert [table.name_of(table.deal(int(n))) for n in winners] == numbers["packages_with_that_value"]
