"""NegMAS negotiators at our table do, offer by offer, what they do in a session of NegMAS's own; ours do so there.

Runs where the optional extra `negmas` is installed; without it only the message is tested.
"""

import importlib.util
import random
import sys
from pathlib import Path

import pytest

from negotiation.actions import Accept, Event, Offer, Pass, Walk
from negotiation.cli import main
from negotiation.dice import Dice
from negotiation.formats import loads
from negotiation.formats.importing import imported
from negotiation.game import Game
from negotiation.strategies import strategies

HERE = importlib.util.find_spec("negmas") is not None
needs_negmas = pytest.mark.skipif(not HERE, reason="the optional extra negmas is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")  # NegMAS warns of much

DATA = Path(__file__).parents[2] / "data" / "genius"
CASE = loads(imported([DATA / f"{name}.xml" for name in ("garden", "anna", "bert")], "garden", 30), "garden.yaml")
TABLE = CASE.scenario.tables["contract"]
PAIRS = [
    ("MiCRONegotiator", "MiCRONegotiator"),
    ("BoulwareTBNegotiator", "ConcederTBNegotiator"),
    ("BoulwareTBNegotiator", "BoulwareTBNegotiator"),
    ("NiceTitForTatNegotiator", "BoulwareTBNegotiator"),
    ("NaiveTitForTatNegotiator", "LinearTBNegotiator"),
    ("HybridNegotiator", "HybridNegotiator"),
    ("ToughNegotiator", "ToughNegotiator"),
]
PORTS = [
    ("AgentGG", "BoulwareTBNegotiator"),
    ("HardHeaded", "BoulwareTBNegotiator"),
    ("CUHKAgent", "NiceTitForTatNegotiator"),
    ("IAMhaggler2012", "LinearTBNegotiator"),
    ("Atlas3", "BoulwareTBNegotiator"),
    ("AgentK", "BoulwareTBNegotiator"),
]


def test_the_dice_of_another_turn():
    assert Dice(7, 1, 5).at(2).bits() == Dice(7, 1, 2).bits()


def test_without_negmas_one_line_says_what_to_do(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "negmas.gb", None)
    assert main(["run", "cloud-for-two", "--seat", "kaido=negmas:MiCRONegotiator"]) == 1
    told = "negotiation: negmas:MiCRONegotiator: needs NegMAS; pip install 'alliance-negotiation[negmas]'\n"
    assert capsys.readouterr().err == told
    assert "negmas" not in strategies()


def play(first, second, **rest):
    model = Game(CASE, protocol="alternating", seats={"anna": first, "bert": second}, **rest)
    model.play()
    return model


def ours(model):
    """The agreement, and every offer as (seat, options)."""
    offers = [
        (list(model.case.roles).index(event.party), tuple(TABLE.name_of(event.action.deals["contract"]).values()))
        for event in model.state.events
        if isinstance(event.action, Offer)
    ]
    deal = model.state.bound.get("contract")
    return None if deal is None else tuple(TABLE.name_of(deal).values()), offers


def theirs(*kinds, case=CASE):
    """The same in a session of NegMAS, with the random numbers that the first seat has at our table (seed 0)."""
    from negmas.sao import SAOMechanism

    from negotiation.strategies.negmas_bridge import _issues, _seeded, _set, _utility

    table = case.scenario.tables["contract"]
    issues = _issues(table)
    mechanism = SAOMechanism(issues=issues, n_steps=30)
    for party, kind in zip(case.roles, kinds, strict=True):
        mechanism.add(kind(name=party), preferences=_utility(case.role(party).preferences, table, issues))
    _set(_seeded(Dice(0, 0, 0).bits()))
    state = mechanism.run()
    seats = list(mechanism.negotiator_ids)
    return state.agreement, [(seats.index(who), offer) for _, who, offer in mechanism.extended_trace]


@needs_negmas
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_negotiator_does_at_our_table_what_it_does_at_theirs(first, second):
    from negotiation.strategies.negmas_bridge import _class

    model = play(f"negmas:{first}", f"negmas:{second}")
    assert ours(model) == theirs(_class(first), _class(second))


@needs_negmas
@pytest.mark.parametrize(("first", "second"), PORTS)
def test_so_do_the_ports_of_anac_agents(first, second):
    pytest.importorskip("negmas_genius_agents")
    test_a_negotiator_does_at_our_table_what_it_does_at_theirs(first, second)


@needs_negmas
@pytest.mark.parametrize("text", ["boulware", "linear:least=0.3", "conceder", "random"])
def test_our_strategies_do_at_their_table_what_they_do_at_ours(text):
    from negotiation.strategies.negmas_bridge import _class
    from negotiation.strategies.negmas_guest import negmas_negotiator

    for first, second in ((text, "negmas:BoulwareTBNegotiator"), ("negmas:NiceTitForTatNegotiator", text)):
        kinds = [
            _class(name[7:]) if name.startswith("negmas:") else negmas_negotiator(name, seed=3)
            for name in (first, second)
        ]
        assert ours(play(first, second, seed=3)) == theirs(*kinds)


@needs_negmas
def test_three_parties_sign_and_carry_over_as_they_do_there(tmp_path):
    from negotiation.strategies.negmas_bridge import _class
    from negotiation.strategies.negmas_guest import negmas_negotiator

    (tmp_path / "carl.xml").write_bytes((DATA / "anna.xml").read_bytes())
    files = [DATA / "garden.xml", DATA / "anna.xml", DATA / "bert.xml", tmp_path / "carl.xml"]
    case = loads(imported(files, "three", 30), "three.yaml")
    seats = {"anna": "negmas:BoulwareTBNegotiator", "bert": "linear", "carl": "negmas:ConcederTBNegotiator"}
    model = Game(case, protocol="alternating", seats=seats)
    model.play()
    kinds = _class("BoulwareTBNegotiator"), negmas_negotiator("linear"), _class("ConcederTBNegotiator")
    assert ours(model) == theirs(*kinds, case=case)
    assert any(isinstance(event.action, Accept) for event in model.state.events)


@needs_negmas
def test_a_utility_that_is_cut_off_is_worth_the_same_there(tmp_path):
    from negotiation.strategies.negmas_bridge import _issues, _utility

    text = (DATA / "anna.xml").read_text(encoding="utf-8").replace('value="0.1"', 'value="0.3"')
    (tmp_path / "anna.xml").write_text(text, encoding="utf-8")
    case = loads(imported([DATA / "garden.xml", tmp_path / "anna.xml", DATA / "bert.xml"], "garden", 20), "garden.yaml")
    ours_of, table = case.role("anna").preferences, case.scenario.tables["contract"]
    assert len(ours_of.links) > 0
    there = _utility(ours_of, table, _issues(table))
    for deal in table.deals:
        assert there(tuple(table.name_of(deal).values())) == ours_of.score({"contract": deal}) <= 1
    assert there.reserved_value == ours_of.score({})
    seats = {"anna": "negmas:BoulwareTBNegotiator", "bert": "negmas:MiCRONegotiator"}
    model = Game(case, protocol="alternating", seats=seats)
    assert model.play().over
    assert not any(isinstance(event.action, Pass) and event.action.words for event in model.state.events)


@needs_negmas
def test_a_game_goes_on_from_its_log_wherever_it_stopped():
    seats = {"anna": "negmas:NaiveTitForTatNegotiator", "bert": "negmas:RandomNegotiator"}
    whole = play(*seats.values(), seed=5)
    for cut in range(0, len(whole.state.events), 7):
        again = Game(CASE, protocol="alternating", seats=seats, seed=5, events=whole.state.events[:cut])
        assert again.play().events == whole.state.events


@needs_negmas
def test_asking_twice_changes_nothing_and_chance_outside_is_left_alone():
    model = Game(CASE, protocol="alternating", strategy="negmas:RandomNegotiator", seed=1)
    random.seed(4)
    first = model.next_act()
    assert model.next_act() == first
    assert random.random() == random.Random(4).random()


@needs_negmas
def test_a_log_that_the_negotiator_would_not_repeat_is_refused():
    model = Game(CASE, protocol="alternating", strategy="negmas:BoulwareTBNegotiator")
    model.submit("anna", Pass("contract"))
    model.advance()
    lost = [e.action.words for e in model.play().events if e.party == "anna" and isinstance(e.action, Pass)][1:]
    assert lost
    assert all("negmas:BoulwareTBNegotiator does not repeat act 1 of this log" in words for words in lost)


@needs_negmas
def test_a_pass_reaches_it_as_a_rejection_and_it_proposes_again():
    seats = {"anna": "negmas:BoulwareTBNegotiator", "bert": "person"}
    model = Game(CASE, protocol="alternating", seats=seats)
    for _ in range(3):
        model.play()
        assert isinstance(model.state.events[-1].action, Offer)
        model.submit("bert", Pass("contract"))


@needs_negmas
def test_what_it_has_signed_it_does_not_sign_again(tmp_path):
    (tmp_path / "carl.xml").write_bytes((DATA / "anna.xml").read_bytes())
    case = loads(imported([DATA / "anna.xml", DATA / "bert.xml", tmp_path / "carl.xml"], "three", 9), "three.yaml")
    seats = {"anna": "negmas:BoulwareTBNegotiator", "bert": "person", "carl": "person"}
    model = Game(case, protocol="alternating", seats=seats)
    model.play()
    model.submit("bert", Pass("contract"))
    model.submit("carl", Accept(0))
    model.play()
    assert model.state.events[-1] == Event("anna", Pass("contract"))
    model.submit("bert", Pass("contract"))
    model.submit("carl", Pass("contract"))
    model.play()
    assert isinstance(model.state.events[-1].action, Offer)


STUBBORN = """
from negmas.sao import ResponseType, SAONegotiator

class Silent(SAONegotiator):
    def propose(self, state, dest=None):
        return None

class Leaver(SAONegotiator):
    def propose(self, state, dest=None):
        return self.nmi.random_outcome()
    def respond(self, state, source=None):
        return ResponseType.END_NEGOTIATION
"""


@needs_negmas
@pytest.mark.parametrize(("seat", "kind"), [("anna", "Silent"), ("bert", "Silent"), ("bert", "Leaver")])
def test_to_offer_nothing_or_to_end_the_session_is_to_walk_away(tmp_path, monkeypatch, seat, kind):
    (tmp_path / "stubborn_pair.py").write_text(STUBBORN, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    model = Game(CASE, protocol="alternating", seats={seat: f"negmas:stubborn_pair.{kind}"})
    model.play()
    assert model.state.events[-1].party == seat
    assert isinstance(model.state.events[-1].action, Walk)
    assert model.state.bound == {}


@needs_negmas
@pytest.mark.parametrize(
    ("case", "arguments", "message"),
    [
        ("cloud-for-two", ["--seat", "kaido=negmas:Micro"], "no negotiator of that name in negmas.sao.negotiators or"),
        ("cloud-for-two", ["--seat", "kaido=negmas:none.at.All"], "negmas:none.at.All: No module named 'none'"),
        ("cloud-for-two", ["--seat", "kaido=negmas:os.path"], "no negotiator of that name in os"),
        ("cloud-for-two", ["--seat", "kaido=negmas:MiCRONegotiator"], "it knows only the protocol alternating"),
        (
            "any-two-of-three",
            ["--seat", "aster=negmas:MiCRONegotiator", "--protocol", "alternating"],
            "it knows only deals that all parties must sign",
        ),
    ],
)
def test_where_it_cannot_sit_is_said_in_one_line(capsys, case, arguments, message):
    assert main(["run", case, *arguments]) == 1
    printed = capsys.readouterr().err
    assert message in printed
    assert printed.count("\n") == 1
