"""The most that one party could have, against every outcome there is."""

import math

import pytest
from hypothesis import given, settings
from support import BUNDLED, cases, every_outcome

from negotiation.analysis import ideal_score as most_module
from negotiation.analysis.frontier import frontier
from negotiation.analysis.ideal_score import ideal_score, ways
from negotiation.analysis.problem import Problem
from negotiation.formats import load
from negotiation.lab.ideal_and_nash import ideal_and_nash
from negotiation.lab.measures import measures


@given(cases())
@settings(max_examples=80, deadline=None)
def test_it_is_the_score_of_the_best_outcome_to_the_last_bit(case):
    legal = [way for way in every_outcome(case.scenario) if case.scenario.breaks(way) is None]
    for kinds in case.roles.values():
        ours = kinds["base"].preferences
        assert ideal_score(ours) == max(map(ours.score, legal))


@pytest.mark.parametrize("name", BUNDLED)
def test_it_is_the_end_of_the_frontier_of_one(name):
    case = load(name)
    for party, kinds in case.roles.items():
        for role in kinds.values():
            alone = frontier(case.scenario, {party: role.preferences}, Problem(((party,),)))
            assert ideal_score(role.preferences) == alone.points.max()


def test_links_count_in_the_most_of_the_flagship():
    case = load("alliance-2023")
    kinds = tuple(next(iter(kinds)) for kinds in case.roles.values())
    best = dict(zip(case.roles, ideal_and_nash(case, kinds).best, strict=True))
    renault = case.roles["renault"]["base"].preferences
    assert best["renault"] == pytest.approx(97.84 - renault.score({}))


def test_too_many_ties_are_no_answer_and_measures_say_so(monkeypatch):
    monkeypatch.setattr(most_module, "MOST_STEPS", 10)
    ways.cache_clear()
    ideal_and_nash.cache_clear()
    case = load("any-two-of-three")
    kinds = ("base",) * len(case.roles)
    assert [math.isnan(best) for best in ideal_and_nash(case, kinds).best].count(True) == 0
    case = load("alliance-2023")
    kinds = tuple(next(iter(kinds)) for kinds in case.roles.values())
    found = measures(case, kinds, [50.0] * 6, [1.0] * 6, [True] * 6, 1, shared=True)
    assert (found["welfare"], found["min_share"], found["gini"]) == (6.0, None, None)
    ways.cache_clear()
    ideal_and_nash.cache_clear()
