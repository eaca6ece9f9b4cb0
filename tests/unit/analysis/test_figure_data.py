import json
from dataclasses import replace

import pytest

from negotiation.actions import Accept, Offer
from negotiation.analysis.figure_data import frontier_data, hindsight, path
from negotiation.analysis.findings import Hindsight, Picture, read, rows
from negotiation.analysis.frontier import distance, frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.report import Wish, analyse, wished
from negotiation.analysis.whatif import sheets_of
from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.state import State
from negotiation.table import UNSIGNED, Constraint

CARMAKERS = ("renault", "nissan", "mitsubishi")


def played(case, **options):
    model = Game(case, **options)
    model.play()
    sheets = {party: agent.role.preferences for party, agent in model.seated.items()}
    return model, sheets, model.protocol.opening(model.case.scenario, model.state.rounds)


def settled(case, **options):
    """A game of two people over one table in which this is signed at once."""
    parties = list(case.roles)
    model = Game(case, seats=dict.fromkeys(parties, "person"))
    (name,) = case.scenario.tables
    table = case.scenario.tables[name]
    deal = {issue.name: issue.options[0] for issue in table.issues} | options
    model.submit(parties[0], Offer({name: table.parse(deal)}))
    model.submit(parties[1], Accept(next(iter(model.state.papers))))
    assert model.state.bound
    sheets = {party: agent.role.preferences for party, agent in model.seated.items()}
    return model, sheets, model.protocol.opening(case.scenario, model.state.rounds)


def test_the_picture_agrees_with_the_report():
    case = load("alliance-2023")
    wish = Wish(parties=CARMAKERS)
    found, report = (
        frontier_data(case, wished(case, wish), {"it": case.references["history_2023"].outcome}),
        analyse(case, wish),
    )
    assert read(Picture, json.loads(json.dumps(rows(found)))) == found
    assert len(found.points) == report.frontier.points == 696
    for name, scores in found.solutions.items():
        assert dict(zip(CARMAKERS, scores, strict=True)) == report.solutions[name].points[0].scores
    told = report.references["history_2023"]
    assert found.outcomes["it"].scores == tuple(told.scores[party] for party in CARMAKERS)
    assert found.outcomes["it"].equal_gain == told.equal_gain
    assert found.outcomes["it"].dominated_by == told.dominated_by
    assert found.unsigned == (41.9, 43.15, 39.4)


def only(case, deal):
    """The same case with this one outcome (none at all: None)."""
    (name,) = case.scenario.tables
    issues = case.scenario.tables[name].issues
    left = [()] * len(issues) if deal is None else [(issues[k].options[option],) for k, option in enumerate(deal)]
    limits = tuple(
        Constraint(
            f"only-{issue.name}", {f"{name}.{issue.name}": (*(o for o in issue.options if o not in ok), UNSIGNED)}
        )
        for issue, ok in zip(issues, left, strict=True)
    )
    return replace(case, scenario=replace(case.scenario, constraints=limits))


def test_a_case_that_allows_nothing_has_no_picture():
    with pytest.raises(SetupError, match="no outcome meets all constraints"):
        wished(only(load("cloud-for-two"), None), Wish(parties=("kaido", "nimbus")))


def test_what_a_game_made_of_a_small_case_by_brute_force():
    case = load("cloud-for-two")
    model, sheets, opening = settled(case)
    found = hindsight(case.scenario, sheets, opening, model.state.events)
    rest = {party: ours.score({}) for party, ours in sheets.items()}
    outcomes = [{}, *({"contract": deal} for deal in case.scenario.tables["contract"].deals)]
    scores = [{party: ours.score(outcome) for party, ours in sheets.items()} for outcome in outcomes]
    fine = [row for row in scores if all(row[party] >= rest[party] - 1e-9 for party in row)]
    here = {party: ours.score(model.state.outcome) for party, ours in sheets.items()}
    unhurt = [row for row in scores if all(row[party] >= here[party] - 1e-9 for party in row)]
    assert found.gained == pytest.approx({party: here[party] - rest[party] for party in here})
    assert found.possible == pytest.approx({p: max(row[p] for row in fine) - rest[p] for p in rest})
    assert found.created == pytest.approx(sum(here.values()) - sum(rest.values()))
    assert found.most == pytest.approx(max(sum(row.values()) for row in fine) - sum(rest.values()))
    assert found.left == pytest.approx(max(sum(row.values()) for row in unhurt) - sum(here.values()))
    assert found.moves == {"kaido": {"first": 1}}
    assert found.proposed == (("kaido", "nimbus", 1),)
    assert found.values == ((1, found.gained, found.created),)
    assert list(found.logrolling) == ["contract"]
    better = [row for row in unhurt if any(row[party] > here[party] + 1e-9 for party in row)]
    assert bool(found.improvements) == bool(better)
    assert found.missed == ()


def test_hindsight_on_the_flagship_tells_the_best_change_of_each_table_and_what_was_missed():
    model, sheets, opening = played("alliance-2023", seed=1)
    found = hindsight(model.case.scenario, sheets, opening, model.state.events)
    assert read(Hindsight, json.loads(json.dumps(rows(found)))) == found
    tables = [one.table for one in found.improvements]
    assert tables
    assert len(set(tables)) == len(tables)
    best = found.improvements[0]
    change = {**model.state.outcome, best.table: best.deal}
    for party, ours in sheets.items():
        gain = ours.score(change) - ours.score(model.state.outcome)
        assert gain == pytest.approx(best.gains.get(party, 0.0))
    assert found.left >= sum(best.gains.values()) - 1e-9
    offers = sum(len(e.action.deals) for e in model.state.events if isinstance(e.action, Offer))
    assert sum(sum(kinds.values()) for kinds in found.moves.values()) == offers


def test_an_issue_on_which_all_agreed_is_told_where_it_was_settled_otherwise():
    case = load("alliance-2023")
    table = case.scenario.tables["horse"]
    people = dict.fromkeys(case.roles, "person")
    model = Game(case, seats=people)
    k = table.by_name["tech_base"]
    joint = table.issues[k].options.index("joint")
    missed = next(d for d in table.deals if d[k] != joint and len(table.needs(d)) == 2 and "renault" in table.needs(d))
    model.submit("renault", Offer({"horse": missed}))
    (other,) = set(table.needs(missed)) - {"renault"}
    model.submit(other, Accept(next(iter(model.state.papers))))
    assert model.state.bound == {"horse": missed}
    opening = model.protocol.opening(case.scenario, model.state.rounds)
    found = hindsight(case.scenario, sheets_of(case), opening, model.state.events)
    assert ("horse", "tech_base", (joint,)) in found.missed


def test_where_every_outcome_hurts_somebody_nothing_is_possible():
    case = load("cloud-for-two")
    sheets = sheets_of(case)
    worst = min(case.scenario.tables["contract"].deals, key=lambda deal: sheets["kaido"].score({"contract": deal}))
    assert sheets["kaido"].score({"contract": worst}) < sheets["kaido"].score({})
    small = only(case, worst).scenario
    opening = replace(State.opening(case.scenario, 10, one_paper=False), scenario=small)
    found = hindsight(small, sheets, opening, [])
    assert found.possible == {"kaido": None, "nimbus": None}
    assert found.most is found.left is None


def test_a_mediators_drafts_are_nobodys_offers():
    model, sheets, opening = played("cloud-for-two", protocol="single-text", seed=1)
    assert any(isinstance(event.action, Offer) for event in model.state.events)
    assert hindsight(model.case.scenario, sheets, opening, model.state.events).moves == {}


def test_the_path_goes_from_nothing_through_each_signing_to_the_outcome():
    model, _, opening = played("alliance-2023", seed=1)
    steps = path(opening, model.state.events)
    assert steps[0] == ((0, ()), opening.outcome)
    assert steps[-1][1] == model.state.outcome
    signed = {name: number - 1 for (number, names), _ in steps for name in names}
    assert signed == model.state.bound_in
    assert [one.round for one, _ in steps] == sorted(one.round for one, _ in steps)


def test_an_outcome_is_held_against_the_same_frontier_as_everywhere():
    case = load("cloud-for-two")
    model, sheets, _ = settled(case)
    found = frontier_data(case, wished(case, Wish(parties=tuple(case.roles))), {"game": model.state.outcome})
    front = frontier(case.scenario, sheets, Problem(tuple((party,) for party in case.roles)))
    scores = [ours.score(model.state.outcome) for ours in sheets.values()]
    assert found.outcomes["game"].equal_gain == distance(front, scores)
