import json
import re
from dataclasses import replace
from itertools import product

import pytest
from support import plain_score
from unit_small import SMALL

from negotiation.analysis.findings import Sensitivity, Shift, Weight, read, rows
from negotiation.analysis.report import Wish
from negotiation.analysis.sensitivity import sensitivity
from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.reports import sensitivity as told
from negotiation.reports import terminal, web
from negotiation.reports.blocks import Document
from negotiation.reports.case_wording import Reader
from negotiation.table import UNSIGNED, Constraint


@pytest.fixture(scope="module")
def cloud():
    return load("cloud-for-two")


@pytest.fixture(scope="module")
def found(cloud):
    return sensitivity(cloud, Wish(), 60.0).weights


def changed(case, party, issue, percent):
    """Everybody's sheets with one weight changed, the party's others scaled to the same sum."""
    sheets = {name: case.role(name).preferences for name in case.roles}
    own = {key: sheet.weight for key, sheet in sheets[party].sheets.items()}
    total = sum(own.values())
    own[issue] *= 1 + percent / 100
    scale = total / sum(own.values())
    ours = {key: replace(sheet, weight=own[key] * scale) for key, sheet in sheets[party].sheets.items()}
    return {**sheets, party: replace(sheets[party], sheets=ours)}


def best_product(case, sheets):
    """The largest product of gains over nothing signed, by listing every outcome."""
    tables = case.scenario.tables
    best = 0.0
    for deals in product(*([None, *table.deals] for table in tables.values())):
        outcome = dict(zip(tables, deals, strict=True))
        gains = [plain_score(sheet, outcome) - plain_score(sheet, {}) for sheet in sheets.values()]
        best = max(best, gains[0] * gains[1] if min(gains) > 0 else 0.0)
    return best


def test_every_weight_is_changed_both_ways_and_the_strongest_comes_first(cloud, found):
    there = {(p, key) for p in cloud.roles for key in cloud.role(p).preferences.sheets}
    assert {(row.party, row.issue) for row in found} == there
    assert [row.effect for row in found] == sorted((row.effect for row in found), reverse=True)
    for row in found:
        assert row.weight == cloud.role(row.party).preferences.sheets[row.issue].weight
        assert [(s.solution, s.percent) for s in row.shifts] == [
            (name, change) for change in (60.0, -60.0) for name in ("nash", "kalai_smorodinsky")
        ]
    assert any(row.flips for row in found)
    assert not all(row.flips for row in found)


def test_gains_and_flips_are_what_listing_all_outcomes_finds(cloud, found):
    table = cloud.scenario.tables["contract"]
    base = {name: cloud.role(name).preferences for name in cloud.roles}
    flipped = next(row for row in found if row.flips)
    for row in (found[0], found[-1], flipped):
        for shift in row.shifts:
            if shift.solution != "nash":
                continue
            sheets = changed(cloud, row.party, row.issue, shift.percent)
            reached = 1.0
            for name, change in shift.gains.items():
                reached *= change + nash_gain(cloud, base, name)
            assert reached == pytest.approx(best_product(cloud, sheets), abs=1e-3)
            for key, (old, new) in shift.flips.items():
                issue = table.issues[table.by_name[key.partition(".")[2]]]
                assert old != new
                assert {old, new} <= set(issue.options)


def nash_gain(case, sheets, party):
    """A party's gain at the Nash solution, by listing."""
    table = case.scenario.tables["contract"]
    rest = {name: plain_score(sheet, {}) for name, sheet in sheets.items()}
    scored = [
        {name: plain_score(sheet, {"contract": deal}) - rest[name] for name, sheet in sheets.items()}
        for deal in table.deals
    ]
    return max((gains for gains in scored if min(gains.values()) > 0), key=lambda g: g["kaido"] * g["nimbus"])[party]


def test_told_and_shown(cloud, found):
    whole = Sensitivity(60.0, found)
    assert read(Sensitivity, json.loads(json.dumps(rows(whole)))) == whole
    section = told.weights(whole, Reader(cloud.scenario, 2))
    text = " ".join(terminal.text(Document("", (section,))).split())
    assert "changed by ±60 %, the party's others scaled to the same sum" in text
    firm = sum(not row.flips for row in found)
    assert f"{firm} of {len(found)} weights change no option" in text
    first = next(row for row in found if row.flips)
    key, (old, new) = next(pair for shift in first.shifts for pair in shift.flips.items())
    issue = cloud.scenario.tables["contract"].issues[cloud.scenario.tables["contract"].by_name[key.partition(".")[2]]]
    flip = f"{issue.title}: {issue.texts[issue.number(old)]} → {issue.texts[issue.number(new)]}"
    assert flip in re.sub(r"<[^>]+>", " ", web.page(Document("", (section,))))
    assert [row[2] for row in section.blocks[1].rows] == [row.effect for row in found]


def test_the_map_of_a_solution_shades_what_is_gained_and_lost(cloud, found):
    firm, grid, *folds = told.heat_map(found, "nash", 60.0, Reader(cloud.scenario, 2))
    moved = {(row.party, row.issue): row.shifts[0] for row in found}
    most = max(abs(gain) for shift in moved.values() for gain in shift.gains.values())
    assert max(map(abs, grid.shades.values())) == 1.0
    for n, (row, shift) in enumerate(told.shifts(found, "nash", 60.0)):
        for k, gain in enumerate(shift.gains.values()):
            assert moved[row.party, row.issue].gains[list(shift.gains)[k]] == gain
            assert grid.shades[n, k + 2] == pytest.approx(gain / most)
    assert f"of {len(found)} weights" in firm.text
    assert len(folds[0].blocks[0].items) == sum(bool(shift.flips) for shift in moved.values())
    assert told.as_csv(found, "nash", 60.0).count("\n") == len(found) + 1
    quiet = [replace(row, shifts=()) for row in found]
    assert told.as_csv(quiet, "nash", 60.0) == "weight of,issue\n"
    assert len([*told.heat_map(quiet, "nash", 60.0, Reader(cloud.scenario, 2))]) == 2


def test_a_table_may_be_signed_or_not_and_what_changes_no_gain_is_said_so():
    case = load("any-two-of-three")
    name = next(iter(case.scenario.tables))
    shift = Shift("nash", -10.0, {"aster": 0.0}, {name: ("signed", "unsigned")})
    weights = (Weight("aster", f"{name}.{case.scenario.tables[name].issues[0].name}", 5.0, 0.0, (shift,)),)
    reader = Reader(case.scenario, 1)
    section = told.weights(Sensitivity(10.0, weights), reader)
    title = case.scenario.tables[name].title
    assert f"−10 %, Nash: {title}: signed → unsigned" in terminal.text(Document("", (section,)))
    *_, fold = told.heat_map(weights, "nash", -10.0, reader)
    assert fold.blocks[0].items[0].endswith("signed → unsigned (nobody's points change)")


def test_a_weight_can_decide_whether_a_table_is_signed(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    case = load(str(file))
    found = sensitivity(case, Wish(), 90.0).weights
    assert {row.party for row in found} == set(case.roles)
    assert any(set(flip) == {"signed", "unsigned"} for row in found for s in row.shifts for flip in s.flips.values())


def test_progress_is_told_and_can_stop_the_work(cloud):
    told_of = []
    sensitivity(cloud, Wish(), 5.0, progress=lambda share, what: told_of.append((share, what)))
    shares = [share for share, what in told_of if what.startswith("weight of")]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1

    def stop(share, what):
        if what.startswith("weight of"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sensitivity(cloud, Wish(), 5.0, progress=stop)


def test_of_too_many_outcomes_one_stands_for_all(cloud, found, monkeypatch):
    monkeypatch.setattr("negotiation.analysis.sensitivity.FEW", 1.0)
    rough = sensitivity(cloud, Wish(), 60.0).weights
    assert [(row.party, row.issue) for row in rough if row.flips] == [
        (row.party, row.issue) for row in found if row.flips
    ]


@pytest.mark.parametrize("percent", [-5.0, 101.0, float("nan")])
def test_a_share_that_is_none_is_refused(cloud, percent):
    with pytest.raises(SetupError, match=r"sensitivity .*: must be per cent of a weight"):
        sensitivity(cloud, Wish(), percent)


def test_what_is_not_exact_or_has_no_solution_is_refused(cloud):
    with pytest.raises(SetupError, match="needs exact solutions: leave epsilon out"):
        sensitivity(cloud, Wish(epsilon=1.0), 5.0)
    price = cloud.scenario.tables["contract"].issues[0]
    dearest = Constraint("no", {f"contract.{price.name}": (*price.options[1:], UNSIGNED)})
    case = replace(cloud, scenario=replace(cloud.scenario, constraints=(dearest,)))
    roles = {
        party: {name: replace(role, preferences=replace(role.preferences, adjust={"contract": 1000.0}))}
        for party, by_name in cloud.roles.items()
        for name, role in by_name.items()
    }
    with pytest.raises(SetupError, match="cloud-for-two: no outcome gives everybody as much as nothing signed"):
        sensitivity(replace(case, roles=roles), Wish(), 5.0)
