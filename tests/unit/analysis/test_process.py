import pytest
from support_additive import additive

from negotiation.actions import Offer, Tick
from negotiation.analysis.offer_steps import offer_steps
from negotiation.analysis.process import logrolling, proposed, value
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load
from negotiation.game import Game
from negotiation.preferences import Sheet
from negotiation.state import State


@pytest.fixture(scope="module")
def game():
    case = load("alliance-2023")
    model = Game(case, seed=1)
    model.play()
    opening = State.opening(case.scenario, model.state.rounds, one_paper=model.state.one_paper)
    return case, sheets_of(case), opening, model.state


def test_who_proposed_to_whom(game):
    case, sheets, opening, state = game
    counts = proposed(offer_steps(opening, state.events, sheets))
    wanted = {}
    for event in state.events:
        if isinstance(event.action, Offer):
            for name, deal in event.action.deals.items():
                table = case.scenario.tables[name]
                for other in table.seats:
                    if other != event.party and table.signs(other, deal):
                        wanted[event.party, other] = wanted.get((event.party, other), 0) + 1
    assert counts == wanted
    assert list(counts) == list(wanted)
    assert ("mitsubishi", "google") not in counts


def test_what_was_created_and_claimed_by_when(game):
    _, sheets, opening, state = game
    found = value(opening, state.events, sheets)
    ticks = sum(isinstance(event.action, Tick) for event in state.events)
    assert [row.round for row in found] == list(range(1, 2 + ticks))  # the last round ends when all is signed
    assert not isinstance(state.events[-1].action, Tick)
    assert found[0].created == 0
    last = found[-1]
    for party, sheet in sheets.items():
        assert last.claimed[party] == pytest.approx(sheet.score(state.outcome) - sheet.score({}))
    assert last.created == pytest.approx(sum(last.claimed.values()))
    assert last.created > 0


def two(weights):
    """Two issues, wanted the opposite way, with these weights for two parties."""
    scenario, sheets = additive(2, 3, 2)
    for party, ours, shares in zip(sheets, weights, ((0.0, 50.0, 100.0), (100.0, 50.0, 0.0)), strict=True):
        object.__setattr__(sheets[party], "sheets", {f"t.i{k}": Sheet(w, shares) for k, w in enumerate(ours)})
    return scenario, sheets


@pytest.mark.parametrize(
    ("deal", "index"), [((2, 0), 1.0), ((1, 1), 0.0), ((0, 0), 0.0), ((0, 2), -1.0), ((1, 0), 0.5)]
)
def test_the_logrolling_index_of_two_issues_of_opposite_importance(deal, index):
    scenario, sheets = two(((80, 20), (20, 80)))
    assert logrolling(scenario, sheets, "t", deal) == index


def test_equal_weights_leave_nothing_to_roll():
    scenario, sheets = two(((50, 50), (50, 50)))
    assert logrolling(scenario, sheets, "t", (2, 0)) is None


def test_of_options_a_party_likes_alike_the_one_the_others_like_counts():
    scenario, sheets = two(((80, 20), (20, 80)))
    alike = Sheet(80, (0.0, 100.0, 100.0))
    object.__setattr__(sheets["p0"], "sheets", {**sheets["p0"].sheets, "t.i0": alike})
    # issue 0: joint 20, 90, 80; split (90 + 20) / 2; issue 1: joint 80, 50, 20; split (80 + 20) / 2
    assert logrolling(scenario, sheets, "t", (1, 0)) == 1.0
    assert logrolling(scenario, sheets, "t", (2, 0)) == pytest.approx((25 + 30) / (35 + 30))


def test_issues_that_decide_who_signs_or_that_all_see_alike_do_not_count(game):
    case, sheets, _, _ = game
    deal = case.references["history_2023"].outcome["alliance"]
    regions = case.scenario.tables["alliance"].by_name["regions"]
    other = tuple(0 if k == regions else option for k, option in enumerate(deal))
    there = logrolling(case.scenario, sheets, "alliance", deal)
    assert there == logrolling(case.scenario, sheets, "alliance", other)
    assert there < 1
    table = case.scenario.tables["cloud"]
    vendor = table.by_name["vendor"]
    one, *_ = table.deals
    indices = {
        logrolling(case.scenario, sheets, "cloud", tuple(n if k == vendor else o for k, o in enumerate(one)))
        for n in range(len(table.issues[vendor].options))
    }
    assert len(indices) == 1
