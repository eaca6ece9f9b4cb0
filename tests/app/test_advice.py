"""The composer's suggestion, from what one seat sees."""

import numpy as np
import pytest

from negotiation.analysis.suggest import suggest
from negotiation.game import Game
from negotiation.strategies.bayes import Bayes
from negotiation.strategies.evaluation import Evaluation
from negotiation.ui.play.suggestion import advised


@pytest.fixture
def nissan():
    model = Game("alliance-2023", seats={"nissan": "person"}, seed=1)
    model.play()
    return model.view("nissan")


def test_the_suggestion_is_worth_as_much_and_is_liked_best(nissan):
    table = nissan.scenario.tables["alliance"]
    scores = nissan.preferences.given("alliance", nissan.state.outcome)[:-1]
    legal = table.may_sign("nissan")
    draft = table.deal(int(np.argsort(np.where(legal, scores, -1e9), kind="stable")[-20]))
    found = advised(nissan, "alliance", draft, nissan.state.outcome)
    assert found
    estimated_utility = Evaluation(nissan, Bayes()).estimated_utility("alliance")
    as_good = legal & (scores >= scores[table.index(draft)] - 1e-9)
    assert as_good[table.index(found)]
    assert estimated_utility[table.index(found)] == pytest.approx(estimated_utility[as_good].max())
    assert estimated_utility[table.index(found)] > estimated_utility[table.index(draft)]
    assert advised(nissan, "alliance", found, nissan.state.outcome) is None


def test_where_nobody_has_offered_anything_it_is_the_plain_suggestion():
    model = Game("alliance-2023", seats=dict.fromkeys(["renault", "nissan", "mitsubishi"], "person"), seed=1)
    view = model.view("nissan")
    draft = view.scenario.tables["alliance"].deal(0)
    assert Evaluation(view, Bayes()).estimated_utility("alliance") is None
    assert advised(view, "alliance", draft, {}) == suggest(view, "alliance", draft, {})
