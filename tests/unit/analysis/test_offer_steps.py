import pytest

from negotiation.actions import Accept, Offer
from negotiation.analysis.offer_steps import compatible, conceded, kind_of, offer_steps
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load
from negotiation.game import Game
from negotiation.rules import apply
from negotiation.state import State


@pytest.fixture(scope="module")
def cloud():
    case = load("cloud-for-two")
    return case, case.scenario.tables["contract"], sheets_of(case)


@pytest.mark.parametrize(
    ("own", "theirs", "kind"),
    [
        (0.0, (0.0, 0.0), "silent"),
        (-2.0, (1.0, 0.0), "concession"),
        (-2.0, (0.0, 0.0), "concession"),
        (-2.0, (1.0, -3.0), "unfortunate"),
        (2.0, (-1.0, 0.0), "step back"),
        (2.0, (0.0, 0.0), "step back"),
        (2.0, (1.0, 0.5), "fortunate"),
        (0.0, (1.0, -1.0), "trade"),
    ],
)
def test_the_class_of_a_step(own, theirs, kind):
    assert kind_of("a", {"a": own, "b": theirs[0], "c": theirs[1]}) == kind


def test_a_first_offer_has_no_class_yet():
    assert kind_of("a", {}) == "first"


def test_the_moves_of_a_log(cloud):
    case, table, sheets = cloud
    opening = State.opening(case.scenario, 10, one_paper=False)
    deals = [dict(price="p18", data="buyer", term="y4", migration="half", volume="fixed")]
    deals.append({**deals[0], "price": "p26"})
    model = Game(case, seats={"kaido": "person", "nimbus": "person"})
    for deal in [*deals, deals[1]]:
        model.submit("kaido", Offer({"contract": table.parse(deal)}))
    found = offer_steps(opening, model.state.events, sheets)
    assert [(move.party, move.kind) for move in found] == [
        ("kaido", "first"),
        ("kaido", "concession"),
        ("kaido", "silent"),
    ]
    assert [move.seq for move in found] == [n for n, e in enumerate(model.state.events) if isinstance(e.action, Offer)]
    assert found[0].to == ("nimbus",)
    for move in found:
        for party, sheet in sheets.items():
            assert move.gains[party] == pytest.approx(sheet.score({"contract": move.deal}) - sheet.score({}))
    for party, step in found[1].steps.items():
        assert step == pytest.approx(found[1].gains[party] - found[0].gains[party])
    given_up = 1 - found[2].gains["kaido"] / found[0].gains["kaido"]
    assert conceded(found) == {("kaido", "contract"): pytest.approx(given_up)}


def test_gains_count_what_is_signed_by_then():
    case = load("alliance-2023")
    sheets = sheets_of(case)
    model = Game(case, seed=1)
    model.play()
    opening = State.opening(case.scenario, model.state.rounds, one_paper=model.state.one_paper)
    found = offer_steps(opening, model.state.events, sheets)
    assert {move.table for move in found} == set(case.scenario.tables)
    assert sum(move.kind == "concession" for move in found) > 10
    last = found[-1]
    bound = {}
    for event in model.state.events[: last.seq]:
        opening = apply(opening, event)
        bound = opening.bound
    for party, gain in last.gains.items():
        worth = sheets[party].score
        assert gain == pytest.approx(worth({**bound, last.table: last.deal}) - worth({**bound, last.table: None}))
    assert any(isinstance(event.action, Accept) for event in model.state.events)


def test_who_demands_nothing_has_nothing_to_concede(cloud):
    case, table, sheets = cloud
    model = Game(case, seats={"kaido": "person", "nimbus": "person"})
    worst = min(table.deals, key=lambda deal: sheets["kaido"].score({"contract": deal}))
    model.submit("kaido", Offer({"contract": worst}))
    opening = State.opening(case.scenario, 10, one_paper=False)
    assert conceded(offer_steps(opening, model.state.events, sheets)) == {}


def test_compatible_issues():
    case = load("alliance-2023")
    sheets = sheets_of(case)
    found = {name: compatible(case.scenario, sheets, name) for name in case.scenario.tables}
    options = {
        (name, issue): [
            case.scenario.tables[name].issues[case.scenario.tables[name].by_name[issue]].options[n] for n in best
        ]
        for name, issues in found.items()
        for issue, best in issues.items()
    }
    assert options["alliance", "regions"] == ["all"]
    assert options["horse", "tech_base"] == ["joint"]
    assert ("cloud", "vendor") not in options
    assert ("tech", "joint_ip") not in options
    cloud = load("cloud-for-two")
    assert compatible(cloud.scenario, sheets_of(cloud), "contract") == {}
