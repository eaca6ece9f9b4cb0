"""What is wrong with a draft is told at its place, in words."""

import pytest

from negotiation.authoring.document import from_yaml, put
from negotiation.authoring.picture import Dead, Zone, efficient, picture
from negotiation.authoring.places import where
from negotiation.authoring.problems import look, resolved, titled
from negotiation.authoring.templates import TEMPLATES
from negotiation.authoring.trial import trial
from negotiation.formats import load, scenario_yaml
from negotiation.formats.memory_check import LARGEST_UPLOADED


@pytest.fixture
def two():
    return TEMPLATES["two"][1]()


def told(document, problem):
    return " · ".join(where(document, problem.path)) + ": " + problem.said


def test_all_mistakes_of_shape_are_told_at_once(two):
    document = put(two, ["preferences", "buyer", "contract.price", "weight"], 200)
    document = put(document, ["preferences", "buyer", "contract.price", "scores", "low"], "much")
    document = put(document, ["clock", "rounds"], 0)
    document = put(document, ["parties", "Bad name"], {"name": "X"})
    looked = look(document)
    said = [told(document, problem) for problem in looked.problems]
    assert looked.case is None
    assert "Buyer · Contract · Price · Weight: is 200, must be less than or equal to 100" in said
    assert "Buyer · Contract · Price · Scores · 80: is 'much', must be a number" in said
    assert "Rounds: is 0, must be greater than or equal to 1" in said
    assert any(one.startswith("Parties: is 'Bad name', must be a plain name") for one in said)
    assert len(looked.under("preferences", "buyer")) == 2


def test_weights_and_signers_are_told_for_each(two):
    document = put(two, ["preferences", "buyer", "contract.price", "weight"], 41)
    document = put(document, ["preferences", "seller", "contract.price", "weight"], 50)
    document = put(document, ["tables", "contract", "signers"], {})
    assert [told(document, problem) for problem in look(document).errors] == [
        "Buyer: the weights sum to 96, must be 100",
        "Seller: the weights sum to 105, must be 100",
        "Contract · Who must sign: nobody can sign here; choose who must",
    ]
    unit = {**document, "scoring": "unit"}
    assert not any("weights" in problem.said for problem in look(unit).errors)


def test_names_that_lead_nowhere_are_told_where_they_stand(two):
    document = put(two, ["links"], [{"id": "odd", "when": {"contract.price": ["none"]}, "effect": {"buyer": 1}}])
    (problem,) = look(document).errors
    assert problem.path == ("links", 0, "when", "contract.price")
    assert told(document, problem).startswith("odd · When · Contract · Price: unknown option 'none'")
    elsewhere = put(two, ["references"], {"x": {"nowhere": None}})
    assert look(elsewhere).errors[0].path == ("references", "x")
    assert where(elsewhere, ("references",)) == ["Named outcomes"]


def test_remarks_of_check_are_told_at_their_place(two):
    document = put(two, ["tables", "contract", "if_unsigned", "adjust"], {"buyer": 90, "seller": 90})
    looked = look(document)
    assert told(document, looked.errors[0]).startswith("Contract: empty bargaining zone")
    assert looked.case is not None
    later = put(two, ["variants"], {"odd": {"overrides": {"buyer": {"contract.price": {"weight": 9, "scores": {}}}}}})
    assert look(later).errors


def test_a_case_that_is_too_large_is_told(two, monkeypatch):
    monkeypatch.setattr("negotiation.authoring.problems.LARGEST_FILE", 100)
    (problem,) = look(two).errors
    assert "must have at most 100" in problem.said
    assert where(two, problem.path) == []
    assert scenario_yaml.LARGEST_FILE < LARGEST_UPLOADED


def test_a_message_without_a_place_is_told_whole(two):
    document = put(two, ["public_brief"], "a\u202eb")
    (problem,) = look(document).errors
    assert problem.path == ()
    assert "nobody sees" in problem.said


def test_paths_of_messages_lead_to_what_they_name(two):
    document = {**two, "links": [{"id": "one"}, {"id": "two", "says": {"en": "x"}}]}
    assert resolved(document, "preferences.buyer.contract.price.scores.low") == (
        "preferences",
        "buyer",
        "contract.price",
        "scores",
        "low",
    )
    assert resolved(document, "links.two.says.en") == ("links", 1, "says", "en")
    assert resolved(document, "links.three") == ("links",)
    assert resolved(document, "nothing.at all") is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("parties", "buyer", "confidential_brief"), ["Buyer", "Confidential brief"]),
        (("tables", "contract", "issues", "price", "options", "low"), ["Contract", "Price", "Options", "80"]),
        (("tables", "contract", "if_unsigned", "adjust", "buyer"), ["Contract", "If it stays unsigned", "Points without a deal", "Buyer"]),
        (("types", "buyer", "eager", "prob"), ["Buyer", "eager", "prob"]),
        (("clock", "delay_cost_per_round", "seller"), ["Cost of each round", "Seller"]),
        (("clock", "news", 0, "round"), ["news", "0", "round"]),
        (("preferences", "buyer", "contract.price", "scores", "gone"), ["Buyer", "Contract", "Price", "Scores", "gone"]),
        (("preferences", "nobody"), ["nobody"]),
        (("tables", "gone", "issues"), ["gone"]),
        (("links",), ["Links"]),
        ((), []),
    ],
)  # fmt: skip
def test_places_are_told_in_the_words_of_the_author(two, path, words):
    assert where(two, path) == words


def test_things_are_called_by_their_titles(two):
    document = {**two, "links": [{"id": "one"}, {}]}
    assert titled(document, ["tables", "contract"]) == "Contract"
    assert titled(document, ["parties", "buyer"]) == "Buyer"
    assert titled(document, ["links", 0]) == "one"
    assert titled(document, ["links", 1]) == "2"
    assert titled(document, ["tables", "gone"]) == "gone"


def test_zones_and_dead_options():
    case = look(TEMPLATES["three"][1]()).case
    zones, dead = picture(case)
    assert zones == (Zone("works", 4, 4, 2, 2), Zone("lease", 6, 6, 4, 5))
    assert dead == (Dead("works", "size", "small"),)


def test_efficient_deals_are_those_that_no_other_deal_beats():
    for name in ("cloud-for-two", "any-two-of-three"):
        case = load(name)
        for table in case.scenario.tables.values():
            ours = [case.role(party).preferences for party in table.seats]
            points = [[one.score({table.name: deal}) for one in ours] for deal in table.deals]
            best = [
                not any(
                    all(b >= a - 1e-9 for a, b in zip(mine, other, strict=True))
                    and any(b > a + 1e-9 for a, b in zip(mine, other, strict=True))
                    for other in points
                )
                for mine in points
            ]
            assert efficient(case, table.name).tolist() == best


def test_a_table_that_is_too_large_has_no_dead_options(monkeypatch):
    monkeypatch.setattr("negotiation.authoring.picture.MOST_DEALS", 5)
    zones, dead = picture(look(TEMPLATES["two"][1]()).case)
    assert zones[0].efficient is None
    assert dead == ()


def test_a_link_within_a_table_counts_for_its_deals(two):
    link = {
        "id": "both",
        "when": {"contract.price": ["middle"], "contract.delivery": ["later"]},
        "effect": {"buyer": 60},
    }
    before, after = (picture(look(one).case)[0][0].efficient for one in (two, {**two, "links": [link]}))
    assert (before, after) == (5, 6)


def test_a_trial_says_who_never_signs(two):
    heard = []
    fine = trial(look(two).case, games=3, step=heard.append)
    assert heard == [1, 2, 3]
    assert fine.signed == {"contract": 3}
    assert fine.signers == {"contract": {"buyer": 3, "seller": 3}}
    assert fine.never == ()
    assert fine.gains["buyer"] >= 0
    assert fine.worse == {"buyer": 0, "seller": 0}
    assert fine.rounds > 0
    greedy = put(two, ["tables", "contract", "if_unsigned", "adjust", "seller"], 99)
    never = trial(look(greedy).case, games=2)
    assert never.signed == {"contract": 0}
    assert never.never == ("buyer", "seller")


def test_the_flagship_has_no_errors():
    assert not look(from_yaml(load("alliance-2023").text)).errors
