"""Replays: the same opponents for everybody, equal on every run, and numbers that add up."""

import json
import statistics

import pytest
from support_class import TEACHER, played, seated

from negotiation.analysis.findings import read, rows
from negotiation.debrief import counterfactuals, jobs
from negotiation.debrief.class_data import gather
from negotiation.debrief.comparisons import Agents, agents, earlier, history
from negotiation.debrief.counterfactuals import LEAST, MOST, Asked, Policy, Twin, fit, following, points, twins, units
from negotiation.debrief.replays import POPULATION, Setting, batches, drawn, replayed, spread
from negotiation.debrief.report import findings
from negotiation.errors import NegotiationError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.strategies import strategy


@pytest.fixture(scope="module")
def cloud():
    case = load("cloud-for-two")
    return Setting(case, "alternating", 6, {party: next(iter(roles)) for party, roles in case.roles.items()})


def quiet(_share, _what):
    return None


def test_a_replay_meets_the_same_others_whatever_one_does(cloud):
    first, second = cloud.case.roles
    assert drawn(cloud.case, 5) == drawn(cloud.case, 5)
    assert len({drawn(cloud.case, n)[second] for n in range(60)}) == len(POPULATION)
    mine = cloud.run(5, {first: "hardliner"})
    assert mine.game.seats[second] == drawn(cloud.case, 5)[second]
    assert mine.game.seats[first] == "hardliner"


def test_replays_are_the_games_they_say(cloud):
    for number, found in zip(range(4), replayed(cloud, range(4), {}), strict=True):
        model = Game(
            cloud.case,
            seats=drawn(cloud.case, number),
            protocol="alternating",
            rounds=6,
            seed=number,
            types=cloud.types,
        )
        model.play()
        assert found == pytest.approx({party: model.points(party) for party in model.seated})


def test_whom_the_compiled_engine_does_not_play_is_played_on_the_model(cloud):
    first, _ = cloud.case.roles
    (found,) = replayed(cloud, range(3, 4), {first: "tough"})
    seats = {**drawn(cloud.case, 3), first: "tough"}
    model = Game(cloud.case, seats=seats, protocol="alternating", rounds=6, seed=3, types=cloud.types)
    model.play()
    assert found == pytest.approx({party: model.points(party) for party in model.seated})


def test_what_cannot_be_replayed_is_said():
    case = load("any-two-of-three")
    setting = Setting(case, "single-text", 3, {party: next(iter(roles)) for party, roles in case.roles.items()})
    with pytest.raises(NegotiationError, match="any-two-of-three cannot be replayed"):
        list(replayed(setting, range(1), {next(iter(case.roles)): "nonsense"}))


def test_agents_alone(cloud):
    steps = []
    found = agents(cloud, 30, lambda share, what: steps.append((share, what)))
    assert steps == [(0.0, "0 of 30 games between agents"), (pytest.approx(2 / 3), "20 of 30 games between agents")]
    for party in cloud.case.roles:
        points = [row[party] for row in replayed(cloud, range(30), {})]
        assert found.seen[party] == spread(points)
        assert found.seen[party].mean == pytest.approx(sum(points) / 30)
        assert found.seen[party].low <= found.seen[party].median <= found.seen[party].high
    assert read(Agents, json.loads(json.dumps(rows(found)))) == found
    assert [list(batch) for batch in batches(range(21))][1] == [20]


def test_a_curve_through_offers_is_that_curve():
    exact = [(t, (1 - t) ** 2 * 0.9 + 2 * t * (1 - t) * 0.6 + t * t * 0.4) for t in [n / 200 for n in range(1, 200)]]
    assert fit(exact) == Policy(0.9, 0.6, 0.4)
    assert fit([(0.2, 0.8)]) == Policy(0.8, 0.8, 0.8)
    assert fit([(0.1, 3.0), (0.9, -1.0)]).last < 0.6
    assert fit([]) is None
    assert strategy(Policy(0.9, 0.6, 0.4).text)


def test_an_opening_that_cannot_be_higher_is_tried_lower():
    assert Policy(0.8, 0.5, 0.2).bolder() == (Policy(0.9, 0.5, 0.2), 0.1)
    assert Policy(1.0, 0.5, 0.2).bolder() == (Policy(0.9, 0.5, 0.2), -0.1)


def test_twins_tell_luck_and_skill_apart(cloud):
    party = next(iter(cloud.case.roles))
    asked = [
        Asked("a", party, 60.0, Policy(0.9, 0.7, 0.3), 4),
        Asked("b", party, 50.0, Policy(0.9, 0.7, 0.3), 5),
        Asked("c", party, 50.0, Policy(1.0, 0.9, 0.8), 5),
    ]
    told = []
    wanted = units(asked)
    assert len(wanted) == 5  # agents alone, and two policies with a bolder and a shyer one
    played_on = points(cloud, wanted, range(25), lambda share, what: told.append((share, what)))
    assert told[0] == (0.0, "0 of 125 replays")
    assert told[-1] == (pytest.approx(120 / 125), "120 of 125 replays")
    found = twins(asked, played_on)
    one, other = found["a"], found["b"]
    alone = [row[party] for row in replayed(cloud, range(25), {})]
    own = [row[party] for row in replayed(cloud, range(25), {party: asked[0].policy.text})]
    higher = [row[party] for row in replayed(cloud, range(25), {party: asked[0].policy.bolder()[0].text})]
    assert (one.agents, one.policy, one.bolder) == (spread(alone), spread(own), spread(higher))
    assert one.skill == pytest.approx(sum(own) / 25 - sum(alone) / 25, abs=1e-5)
    assert one.luck == pytest.approx(60.0 - sum(own) / 25, abs=1e-5)
    assert one.opening == pytest.approx(sum(higher) / 25 - sum(own) / 25, abs=1e-5)
    gaps = [b - a for a, b in zip(own, higher, strict=True)]
    assert one.margin == pytest.approx(2.063899 * statistics.stdev(gaps) / 5, abs=1e-5)
    assert one.got - one.agents.mean == pytest.approx(one.skill + one.luck)
    assert (other.policy, other.offers) == (one.policy, 5)
    assert found["c"].step == -counterfactuals.STEP
    assert read(Twin, json.loads(json.dumps(rows(one)))) == one


def test_how_many_replays_can_be_had():
    done = spent = 0
    while more := following(done, spent, 600.0):
        done, spent = done + more, spent + more * 8.0  # 30 groups of six on two processors
        assert spent <= 600.0
    assert done == 60
    assert following(LEAST, 10_000.0, 600.0) == 0
    assert following(LEAST, 0.0, 600.0) == LEAST
    assert following(640, 1.0, 600.0) == MOST - 640
    assert following(MOST, 1.0, 600.0) == 0


def test_a_class_asks_and_is_answered(rooms, tmp_path):
    room = rooms()
    one, _ = played(room, 3, case="cloud-for-two", protocol="alternating")
    klass = gather(room, one.id)
    asked = jobs.agents_wanted(klass, 20)
    assert jobs.remembered(tmp_path / "f", asked) is None
    found = jobs.answered(json.loads(json.dumps(asked)), quiet)
    jobs.remember(tmp_path / "f", asked, found)
    assert jobs.remembered(tmp_path / "f", asked) == found
    assert jobs.answered({**asked, "text": ""}, quiet) == found
    wanted = jobs.twins_wanted(findings(klass), 0.001)
    seats = {one["key"] for one in wanted["asked"]}
    people = {jobs.seat_key(group.id, party) for group in klass.groups for party, here in group.people.items() if here}
    assert seats == people
    before, answers = {}, {}
    for first in (0, 20):
        parts = [jobs.answered(json.loads(json.dumps(one)), quiet) for one in jobs.shares(wanted, first, 20, 3)]
        before, answers = jobs.joined(wanted, before, [read(jobs.Replayed, part) for part in parts])
    assert set(answers) == seats
    assert {read(Twin, row).agents.games for row in answers.values()} == {40}
    (at_once,) = jobs.shares(wanted, 0, 40, 1)
    assert jobs.joined(wanted, {}, [read(jobs.Replayed, jobs.answered(at_once, quiet))]) == (before, answers)


def test_a_folder_that_cannot_be_written_forgets(tmp_path):
    (tmp_path / "file").write_text("x")
    jobs.remember(tmp_path / "file", {"job": "x"}, {"a": 1})
    assert jobs.remembered(tmp_path / "file", {"job": "x"}) is None


def test_nobody_has_a_twin_before_offers_are_made(rooms):
    room = rooms()
    one, _ = seated(room, 3)
    assert jobs.twins_wanted(findings(gather(room, one.id)))["asked"] == []


def test_earlier_classes_with_the_same_case(rooms):
    room = rooms()
    first, _ = played(room, 3)
    played(room, 2, case="cloud-for-two", protocol="alternating")
    waiting, _ = seated(room, 3)
    empty = room.teaching.create(TEACHER, room.classes.get(first.id).settings)[0]
    last, _ = played(room, 6)
    found = earlier(room, last.id)
    assert len(found) == 1
    klass = gather(room, first.id)
    assert found[0].groups == 1
    assert found[0].means == pytest.approx(klass.groups[0].points)
    assert earlier(room, first.id) == ()
    assert waiting.now.phase != "debrief"
    assert not empty.groups


def test_history_is_what_the_case_says(found):
    case = found.klass.case
    names = [name for name in case.references if name.startswith("history")]
    past = history(found.klass)
    assert len(past) == len(names) > 0
    outcome = case.references[names[0]].outcome
    assert past[case.references[names[0]].title]["nissan"] == found.klass.sheets["nissan"].score(outcome)
