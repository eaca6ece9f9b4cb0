"""What is said with offers and signatures: true for the one addressed, and nothing praised that is refused."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from negotiation.actions import LONGEST_TEXT, Accept, Offer
from negotiation.dice import Dice
from negotiation.formats import load
from negotiation.formats.log import parse
from negotiation.game import Game
from negotiation.moves import Term
from negotiation.record import reopen
from negotiation.scenario import Scenario
from negotiation.strategies.frequency import Frequency
from negotiation.table import Constraint, Issue, Signers, Table
from negotiation.talk.effects import Effect, Made, effect, own
from negotiation.talk.offers import addressees, offer_words, signature_words
from negotiation.talk.wording.speech import LANGUAGES
from negotiation.talk.wording.titles import Titles

GOLDEN = Path(__file__).parents[2] / "golden"
FLAGSHIP = load("alliance-2023").scenario
AMPERE = FLAGSHIP.tables["ampere"]
TWO = load("cloud-for-two")
CONTRACT = TWO.scenario.tables["contract"]


def likes(case, party, table):
    """What a party really thinks of the deals of a table: the best that anybody could believe."""
    return case.role(party).preferences.points[table][:-1]


def contract(**options):
    return CONTRACT.parse(
        {"price": "p22", "data": "pooled", "term": "y4", "migration": "half", "volume": "fixed", **options}
    )


def offered(turn=0, before=(), language="en", lacks=None, believed=True, sheet=False, **options):
    points = TWO.role("kaido").preferences.by_option if sheet else {}
    beliefs = {"contract": {"nimbus": likes(TWO, "nimbus", "contract")}} if believed else {}
    made = Made({"contract": contract(**options)}, {"contract": contract()}, beliefs, points, lacks)
    return offer_words(made, TWO.scenario, "kaido", Dice(1, 0, turn), before, language)


def told(name, language="en"):
    """What would have been said with every offer and signature of a golden game, by the beliefs of `fair`."""
    game = reopen(*parse((GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8"), name))
    events, model, before = game.state.events, Frequency(), {}
    game = Game(
        game.case,
        seats=game.seats,
        protocol=name.partition("--")[2],
        rounds=game.state.rounds,
        types=game.types,
        seed=1,
    )
    for event in events:
        me, scenario = event.party, game.case.scenario
        mine = before.setdefault(me, [])
        dice = Dice(1, 0, len(mine))
        match event.action:
            case Offer(deals) if me in scenario.parties:
                offers = game.state.offers
                last = {t: [d for p, _, d in offers.get(t, ()) if p == me][-1:] for t in deals}
                made = Made(
                    deals,
                    {table: deal for table, some in last.items() for deal in some},
                    {table: model.estimated_utilities(game.view(me), table) for table in deals},
                    game.seated[me].role.preferences.by_option,
                )
                mine.append(offer_words(made, scenario, me, dice, mine, language))
                yield me, made, mine, scenario
            case Accept(paper):
                lying = game.state.papers[paper]
                mine.append(signature_words(lying.deals, lying.author, scenario, me, dice, mine, language))
                yield me, lying, mine, scenario
        game.submit(event.party, event.action)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.jsonl")))
def test_whole_games_in_words(name, language):
    for me, made, mine, scenario in told(name, language):
        text = mine[-1]
        assert 0 < len(text) <= LONGEST_TEXT
        assert text[-1] in ".?。"
        assert not re.search(r"\bwe move\b|\{|\}", text.lower())
        assert mine[-1] not in mine[-2:-1]
        if isinstance(made, Made):
            to = addressees(scenario, me, made.deals)
            titles = Titles(scenario, language)
            named = [titles.party(party) in text for party in to]
            assert all(named) or len(to) == len(scenario.parties) - 1
            for party in to:
                change = effect(made, scenario, party)
                for term in (*change.better[:1], *change.worse[:1]):
                    assert LANGUAGES[language].quoted.format(titles.issue(term)) in text.replace("\u00a0", " ")


REASONS = {
    "contract.price=p22": "Cloud capacity is getting cheaper.",
    "contract.term=y4": "Four years let us plan.",
    "contract.data!=vendor": "Drivers trust us.",
}
REASONED = replace(
    TWO.scenario,
    parties={
        **TWO.scenario.parties,
        "kaido": replace(TWO.scenario.parties["kaido"], reasons={"en": REASONS}, voice={}),
    },
)


def test_a_first_offer_says_to_whom_about_what_and_why():
    made = Made({"contract": contract()})
    texts = [offer_words(made, REASONED, "kaido", Dice(1, 0, turn), ()) for turn in range(20)]
    for text in texts:
        assert text.startswith("Nimbus, ")
        assert "“Connected-car cloud”" in text
        assert text.endswith(("cheaper.", "let us plan."))
    assert len({text[-10:] for text in texts}) == 2


def test_a_reason_is_given_once():
    made, said = Made({"contract": contract()}), " ".join(REASONS.values())
    assert offer_words(made, REASONED, "kaido", Dice(1, 0, 0), [said]).endswith("at “Connected-car cloud”.")


def test_what_is_refused_is_refused_with_the_reason_against_it():
    made = Made({"contract": contract()}, {"contract": contract()}, lacks=Term("contract", "data", "vendor"))
    text = offer_words(made, REASONED, "kaido", Dice(1, 0, 0), ())
    assert "“Vendor may train on it”" in text
    assert text.endswith("Drivers trust us.")


def test_what_is_better_and_worse_is_so_for_the_one_addressed():
    for turn in range(10):
        better = offered(turn, price="p26", term="y7")
        assert not re.search(r"\bloss\b|worse|harder|step back", better)
        assert "“26”" in better
        assert re.search(r"“Term” and “USD per car and year”|“USD per car and year” and “Term”", better)
        worse = offered(turn, price="p18")
        assert re.search(r"worse on “USD|loss for you on “USD|harder for you on “USD", worse)
        assert not re.search(r"better|gain", worse)
        both = offered(turn, price="p18", term="y7")
        assert re.search(
            r"better on “Term”, and worse on “USD|gain for you on “Term” and a loss on “USD|improves “Term” for you; on “USD",
            both,
        )


def test_a_repetition_says_that_it_stands():
    texts = {offered(turn) for turn in range(20)}
    assert all("stands" in text or "same as before" in text or "nothing in it has changed" in text for text in texts)
    assert len(texts) >= 3
    assert not any(re.search("better|worse|gain", text) for text in texts)


def test_what_is_not_known_is_not_claimed():
    assert re.search("cannot tell|do not know|would like to hear", offered(believed=False, price="p18"))
    same = np.zeros(CONTRACT.size)
    made = Made({"contract": contract(price="p18")}, {"contract": contract()}, {"contract": {"nimbus": same}})
    assert effect(made, TWO.scenario, "nimbus") == Effect()
    assert re.search(
        "changes little|changes much|cannot say", offer_words(made, TWO.scenario, "kaido", Dice(1, 0, 0), ())
    )


def test_where_the_other_is_not_known_the_author_tells_what_it_gave_and_took():
    for turn in range(6):
        gave = offered(turn, believed=False, sheet=True, price="p26")
        assert re.search("given way|given something up", gave)
        assert not re.search("cannot tell|do not know|would like|ask for more", gave)
        took = offered(turn, believed=False, sheet=True, price="p14")
        assert re.search("ask for more", took)
        assert not re.search("given|better|gain", took)
        both = offered(turn, believed=False, sheet=True, price="p14", migration="buyer")
        assert re.search("given.*“Migration bill”.*“USD|“Migration bill”.*given.*“USD", both)
    made = Made(
        {"contract": contract(price="p14")}, {"contract": contract()}, points=TWO.role("kaido").preferences.by_option
    )
    assert own(made, TWO.scenario, ()) == ((), (Term("contract", "price"),))
    assert own(made, TWO.scenario, [Term("contract", "price")]) == ((), ())
    known = offered(sheet=True, price="p26")
    assert "given" not in known


def test_no_issue_is_praised_in_the_breath_in_which_it_is_refused():
    price = Term("contract", "price", "p30")
    assert "“30”" in offered(lacks=price, term="y7")
    assert "“30”" not in offered(lacks=price, price="p26")


def test_only_the_largest_points_are_named():
    text = offered(price="p30", term="y7", data="vendor", migration="buyer")
    assert re.search(r"“[^“”]*”, “[^“”]*” and other points", text)
    assert not re.search(r"” and “[^“”]*” and other", text)
    assert " was " not in text


def test_an_offer_is_made_to_those_whose_signature_counts():
    deal = AMPERE.parse(
        {"nissan_stake": "zero", "mmc_stake": "m2", "engineers": "none", "tech_access": "licence", "condition": "ipo"}
    )
    assert addressees(FLAGSHIP, "renault", {"ampere": deal}) == ("mitsubishi",)
    quay = load("electric-quay").scenario
    first = next(iter(quay.tables["quay"].deals))
    assert addressees(quay, "voltamer", {"quay": first}) == ("city", "ferries", "dockers", "fishers", "region")


def test_those_for_whom_it_means_the_same_are_told_together():
    quay = load("electric-quay")
    table = quay.scenario.tables["quay"]
    old = table.parse(
        {"berths": "b4", "dredging": "narrow", "jobs": "j60", "money": "m12", "fishfund": "f2", "tariff": "mid"}
    )
    new = table.parse({**table.name_of(old), "tariff": "low"})
    beliefs = {"quay": {p: likes(quay, p, "quay") for p in ("ferries", "city", "region")}}
    text = offer_words(Made({"quay": new}, {"quay": old}, beliefs), quay.scenario, "voltamer", Dice(1, 0, 0), ())
    assert "for City of Sainte-Barbe and Regional environment agency" in text
    assert "for Dockers' union and Fishing cooperative" in text


def test_a_package_says_that_it_goes_together():
    deals = {"contract": contract()}
    tables = {**TWO.scenario.tables, "other": replace(CONTRACT, name="other", title="The other")}
    scenario = replace(TWO.scenario, tables=tables)
    text = offer_words(Made({**deals, "other": contract()}), scenario, "kaido", Dice(1, 0, 0), ())
    assert re.search("together|one package", text)
    assert "“Connected-car cloud” and “The other”" in text


def test_options_are_compared_by_deals_that_differ_in_nothing_else():
    issues = tuple(Issue(name, name, ("a", "b"), ("A", "B")) for name in ("x", "y"))
    apart = Constraint("c", {"t.x": ("a",), "t.y": ("b",)}), Constraint("d", {"t.x": ("b",), "t.y": ("a",)})
    table = Table("t", "T", issues, Signers(("kaido", "nimbus")), forbidden=apart)
    scenario = Scenario("s", "S", TWO.scenario.parties, {"t": table}, 3)
    made = Made({"t": (1, 1)}, {"t": (0, 0)}, {"t": {"nimbus": np.array([0.0, 1.0])}})
    assert effect(made, scenario, "nimbus") == Effect((Term("t", "x"), Term("t", "y")))
    absent = Made({"t": (1, 1)}, {"t": (0, 0)}, {})
    assert effect(absent, scenario, "nimbus") == Effect(known=False)
    assert effect(absent, scenario, "nobody") == Effect()


def test_a_signature_says_to_whom_and_why():
    text = signature_words({"contract": contract(price="p30")}, "nimbus", REASONED, "kaido", Dice(1, 0, 0), ())
    assert text.startswith("Nimbus, ")
    assert "“Connected-car cloud”" in text
    assert text.endswith("Four years let us plan.")
    drafted = signature_words({"contract": contract()}, "mediator", REASONED, "kaido", Dice(1, 0, 0), ())
    assert not drafted.startswith("Nimbus")


@pytest.mark.parametrize("language", LANGUAGES)
def test_offers_are_said_in_every_language(language):
    before = []
    for turn in range(12):
        before.append(offered(turn, before, language, price="p18", term="y7"))
        assert before[-1] not in before[-2:-1]
