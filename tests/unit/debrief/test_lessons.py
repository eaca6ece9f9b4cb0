"""What groups made of the case, against what one works out by hand or by trying every outcome."""

import itertools

import pytest
from support_class import played

from negotiation.debrief.class_data import gather
from negotiation.debrief.grades import grades, quantile, spread
from negotiation.debrief.lessons import ceiling, lesson, lessons
from negotiation.debrief.report import findings


def every_outcome(scenario):
    tables = list(scenario.tables.values())
    for deals in itertools.product(*([None, *(table.deal(n) for n in range(table.size))] for table in tables)):
        outcome = dict(zip(scenario.tables, deals, strict=True))
        if scenario.breaks(outcome) is None:
            yield outcome


@pytest.fixture(scope="module")
def cloud(rooms):
    room = rooms()
    one, _ = played(room, 4, case="cloud-for-two", protocol="alternating")
    return gather(room, one.id)


def test_created_and_left_are_what_trying_everything_finds(cloud):
    found, top = lessons(cloud), ceiling(cloud.case.scenario, cloud.sheets)
    sheets, scenario = cloud.sheets, cloud.case.scenario
    rest = {party: ours.score({}) for party, ours in sheets.items()}
    every = [{party: ours.score(one) for party, ours in sheets.items()} for one in every_outcome(scenario)]
    fine = [row for row in every if all(row[party] >= rest[party] - 1e-9 for party in rest)]
    assert top.most == pytest.approx(max(sum(row.values()) for row in fine) - sum(rest.values()))
    for party in rest:
        assert top.each[party] == pytest.approx(max(row[party] for row in fine) - rest[party])
    for group in cloud.groups:
        here = {party: ours.score(group.outcome) for party, ours in sheets.items()}
        seen = found[group.id]
        assert seen.claims.created == pytest.approx(sum(here.values()) - sum(rest.values()))
        assert seen.share == pytest.approx(seen.claims.created / seen.most)
        assert seen.most == top.most
        unhurt = [row for row in every if all(row[party] >= here[party] - 1e-9 for party in here)]
        assert seen.left == pytest.approx(max(sum(row.values()) for row in unhurt) - sum(here.values()))


def test_the_smallest_changes_come_first_and_hurt_nobody(found):
    for group in found.klass.groups:
        seen = found.lessons[group.id]
        assert len(seen.improvements) <= 3
        sizes = [len(one.changed) for one in seen.improvements]
        assert sizes == sorted(sizes)
        for one in seen.improvements:
            better = {**group.outcome, one.table: one.deal}
            gains = {p: ours.score(better) - ours.score(group.outcome) for p, ours in group.sheets.items()}
            assert min(gains.values()) >= -1e-9
            assert {p: g for p, g in gains.items() if g > 1e-9} == pytest.approx(dict(one.gains))


def test_equal_outcomes_are_judged_once_and_other_types_by_themselves(found, rooms):
    group, scenario = found.klass.groups[0], found.klass.case.scenario
    top = ceiling(scenario, group.sheets)
    assert top.wanted["horse"]
    assert lesson(scenario, group.sheets, group.outcome, top) == found.lessons[group.id]
    room = rooms()
    one, _ = played(room, 6, case="cloud-for-two", homework=True, fresh=True, protocol="alternating")
    klass = gather(room, one.id)
    assert len(findings(klass).lessons) == 6
    same = {id(value) for value in findings(klass).lessons.values()}
    assert len(same) <= 6


def test_nothing_to_gain_is_no_share(cloud):
    group = cloud.groups[0]
    nothing = ceiling(cloud.case.scenario, cloud.sheets)
    object.__setattr__(nothing, "most", None)
    assert lesson(cloud.case.scenario, group.sheets, group.outcome, nothing).share is None


def test_places_are_within_a_role(found):
    klass = found.klass
    for party in klass.case.roles:
        theirs = [group for group in klass.groups if group.people[party]]
        best = max(theirs, key=lambda group: group.points[party])
        assert found.grades[best.id][party].percentile >= 50
        assert found.grades[best.id][party].more == 0
        assert all(found.grades[group.id][party].of == len(theirs) for group in theirs)
        assert all(found.grades[g.id][party].of == 0 for g in klass.groups if g not in theirs)
    assert grades(klass) == found.grades


def test_quantiles_are_interpolated():
    assert spread([4.0, 1.0, 3.0, 2.0]) == {
        "least": 1.0,
        "low": 1.75,
        "median": 2.5,
        "high": 3.25,
        "most": 4.0,
        "mean": 2.5,
    }
    assert quantile([1.0], 0.3) == 1.0
