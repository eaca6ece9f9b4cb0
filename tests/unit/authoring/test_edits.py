"""Edits and grids: what they change, that what speaks of what was taken out goes with it, and that all else stays."""

import pytest

from negotiation.authoring import edits, grids
from negotiation.authoring.document import at, dropped, from_yaml, mapping, put, to_yaml
from negotiation.authoring.forgetting import translated, without_issue, without_option, without_party, without_table
from negotiation.authoring.grids import Cell
from negotiation.authoring.problems import look
from negotiation.authoring.templates import TEMPLATES
from negotiation.formats import bundled, load, loads
from negotiation.formats.schema import ScenarioFile


@pytest.fixture
def two():
    return TEMPLATES["two"][1]()


@pytest.fixture
def three():
    return TEMPLATES["three"][1]()


def document_of(name):
    return from_yaml(load(name).text)


def everything():
    for name in bundled():
        document = document_of(name)
        for table, model in mapping(document, "tables").items():
            yield pytest.param(name, without_table, (table,), id=f"{name} {table}")
            for issue, inside in mapping(model, "issues").items():
                yield pytest.param(name, without_issue, (table, issue), id=f"{name} {table}.{issue}")
                option = list(mapping(inside, "options"))[-1]
                yield pytest.param(name, without_option, (table, issue, option), id=f"{name} {table}.{issue}={option}")
        for party in mapping(document, "parties"):
            yield pytest.param(name, without_party, (party,), id=f"{name} {party}")


def names_left(document, gone):
    """Errors of names that lead nowhere: sums are made right, and signers given, so that every name is looked up."""
    for party in mapping(document, "parties"):
        keys = grids.keys(document)
        if not edits.weights(document, party) and keys:
            document = edits.set_weight(document, party, keys[0], 100)
        document = edits.to_a_hundred(document, party)
        for path in [["types", party, kind, "overrides"] for kind in mapping(document, "types", party)]:
            document = dropped(document, path)
    document = translated(dropped(document, ["variants"]))
    for table in mapping(document, "tables"):
        if not mapping(document, "tables", table, "signers").get("always"):
            document = put(document, ["tables", table, "signers", "always"], list(mapping(document, "parties")))
    return [problem.said for problem in look(document).errors if "unknown" in problem.said or gone in problem.said]


@pytest.mark.parametrize(("name", "take", "what"), [*everything()][::6])
def test_what_speaks_of_something_goes_with_it(name, take, what):
    before = document_of(name)
    after = take(before, *what)
    assert after != before
    if (
        len(mapping(after, "parties")) > 1
        and mapping(after, "tables")
        and all(mapping(after, "tables", table, "issues") for table in mapping(after, "tables"))
    ):
        ScenarioFile.model_validate(dict(after))
        assert not names_left(after, what[-1])


def test_what_is_not_named_stays(two):
    odd = {**two, "terms": [{"what": "a later program knows"}]}
    odd = put(odd, ["preferences", "buyer", "contract.price", "formula"], "x")
    after, name = edits.add_party(odd, "Bank")
    after, table = edits.add_table(after, "Loan", "Rate", ["1 %", "2 %"])
    after = edits.add_option(after, "contract", "price", "140")
    assert (name, table) == ("bank", "loan")
    assert after["terms"] == odd["terms"]
    assert at(after, ["preferences", "buyer", "contract.price", "formula"]) == "x"
    assert at(after, ["preferences", "seller", "contract.price", "scores", "option_140"]) == 0
    assert at(after, ["tables", "loan", "issues", "rate", "options"]) == {"option_1": "1 %", "option_2": "2 %"}


def test_a_newcomer_makes_three_parties_and_two_linked_tables(two):
    document, _ = edits.add_party(two, "Bank")
    document, loan = edits.add_table(document, "Loan", "Rate", ["3 %", "5 %"])
    document = edits.listed(document, ["tables", loan, "signers", "always"], ["buyer", "bank"])
    rate = f"{loan}.rate"
    for party, other in (("buyer", "contract.guarantee"), ("bank", "")):
        document = edits.set_weight(document, party, rate, 100)
        document = edits.set_score(document, party, rate, "option_3" if other else "option_5", 100)
        document = edits.to_a_hundred(document, party)
    document = edits.add_link(
        document, "Cheap and financed", edits.pattern(["contract.price=low", f"{rate}=option_3"]), {"bank": 5}
    )
    document = edits.add_constraint(document, "Not both", edits.pattern(["contract.price=high", f"{rate}=option_5"]))
    looked = look(document)
    assert not looked.errors
    assert looked.case.role("bank").preferences.links[0].points == 5
    assert looked.case.scenario.tables[loan].signers.always == ("buyer", "bank")
    assert edits.choices(document, ["links", 0, "when"]) == ["contract.price=low", "loan.rate=option_3"]
    assert edits.all_options(document, "not signed")["loan.rate=option_3"] == "Rate: 3 % · Loan"
    assert edits.all_options(document, "not signed")["loan.rate=unsigned"] == "Loan: not signed"


def test_weights_are_scaled_to_a_hundred(two):
    document = put(two, ["preferences", "buyer", "contract.price", "weight"], 20)
    after = edits.to_a_hundred(document, "buyer")
    assert sum(edits.weights(after, "buyer").values()) == pytest.approx(100)
    assert not look(after).errors
    assert edits.to_a_hundred({**two, "preferences": {}}, "buyer")["preferences"] == {}


def test_a_weight_that_is_emptied_takes_the_scores_along(two):
    after = edits.set_weight(two, "buyer", "contract.price", None)
    assert "contract.price" not in after["preferences"]["buyer"]
    assert edits.set_weight(after, "buyer", "contract.price", 10)["preferences"]["buyer"]["contract.price"] == {
        "weight": 10,
        "scores": {"low": 0, "middle": 0, "high": 0},
    }


def test_a_quorum_is_no_larger_than_those_who_may_sign(two):
    some = edits.set_quorum(two, "contract", ["buyer", "seller"], 5)
    assert at(some, ["tables", "contract", "signers", "quorum"]) == {"of": ["buyer", "seller"], "min": 2}
    assert at(without_party(some, "buyer"), ["tables", "contract", "signers", "quorum"]) == {"of": ["seller"], "min": 1}
    odd = put(some, ["tables", "contract", "signers", "quorum", "min"], "x")
    assert at(without_party(odd, "buyer"), ["tables", "contract", "signers", "quorum", "min"]) == 1
    assert (
        at(without_party(without_party(some, "buyer"), "seller"), ["tables", "contract", "signers", "quorum"]) is None
    )
    assert edits.set_quorum(some, "contract", [], 1) == two


def test_texts_and_lists_that_never_stood_are_not_written_down_empty(two):
    assert edits.written(two, ["synopsis"], "") == two
    told = {**two, "synopsis": "x", "translations": {"fr": {"synopsis": "y", "contract.price=low": "z", "title": "t"}}}
    assert edits.written(told, ["synopsis"], "")["translations"] == {"fr": {"contract.price=low": "z", "title": "t"}}
    assert edits.listed(two, ["teaches"], []) == two
    assert edits.listed(two, ["teaches"], ["log-rolling"])["teaches"] == ["log-rolling"]


def test_an_option_of_several_leaves_a_link_the_others(three):
    document = put(three, ["links", 0, "when", "works.size"], ["small", "large"])
    after = without_option(document, "works", "size", "small")
    assert at(after, ["links", 0, "when", "works.size"]) == ["large"]
    assert without_option(three, "works", "size", "large")["links"] == []


def test_a_rule_who_signs_when_goes_with_its_option(two):
    when = [{"party": "seller", "issue": "price", "options": ["high", "low"]}, "odd"]
    document = put(two, ["tables", "contract", "signers", "when"], when)
    document = put(document, ["tables", "contract", "if_unsigned", "options"], {"price": "high"})
    document = put(document, ["references"], {"dear": {"contract": {"price": "high"}}, "none": {"contract": None}})
    after = without_option(document, "contract", "price", "high")
    assert at(after, ["tables", "contract", "signers", "when", 0, "options"]) == ["low"]
    assert at(after, ["tables", "contract", "if_unsigned", "options"]) == {}
    assert list(after["references"]) == ["none"]
    assert at(without_option(after, "contract", "price", "low"), ["tables", "contract", "signers", "when"]) == ["odd"]
    assert at(without_party(document, "seller"), ["tables", "contract", "signers", "when"]) == ["odd"]
    only = put(document, ["tables", "contract", "signers", "when"], when[:1])
    assert at(without_issue(only, "contract", "price"), ["tables", "contract", "signers", "when"]) is None


def test_cells_of_the_agenda_change_titles_and_options(two):
    rows = grids.agenda(two, "contract")
    assert rows[0] == {
        "title": "Price",
        "option 1": "80",
        "option 2": "100",
        "option 3": "120",
        "option 4": "",
        "option 5": "",
    }
    cells = [
        Cell(0, "title", "Price in euros"),
        Cell(0, "option 1", None),
        Cell(0, "option 2", None),
        Cell(0, "option 4", "150"),
        Cell(1, "option 1", "At once"),
        Cell(2, "title", None),
    ]
    after = grids.with_agenda(two, "contract", cells)
    assert at(after, ["tables", "contract", "issues", "price"]) == {
        "title": "Price in euros",
        "options": {"high": "120", "option_150": "150"},
    }
    assert at(after, ["tables", "contract", "issues", "delivery", "options", "soon"]) == "At once"
    assert at(after, ["tables", "contract", "issues", "guarantee", "title"]) == ""
    last = grids.with_agenda(after, "contract", [Cell(0, "option 1", None), Cell(0, "option 2", None)])
    assert len(at(last, ["tables", "contract", "issues", "price", "options"])) == 1
    assert grids.with_agenda(two, "contract", [Cell(0, "option 5", None)]) == two


def test_an_issue_with_many_options_is_left_to_the_yaml(two):
    path = ["tables", "contract", "issues", "price", "options"]
    many = put(two, path, {f"o{n}": str(n) for n in range(20)})
    assert grids.agenda(many, "contract")[0]["option 1"] == ""
    assert grids.with_agenda(many, "contract", [Cell(0, "option 1", "x")]) == many
    assert all(key != "contract.price" for key, _ in grids.score_keys(many, "contract"))


def test_cells_of_weights_and_scores(two):
    rows = grids.weight_rows(two)
    assert rows[0] == {"issue": "Price", "buyer": 45.0, "seller": 45.0}
    after = grids.with_weights(two, [Cell(0, "buyer", 40.0), Cell(0, "issue", "x"), Cell(1, "seller", None)])
    assert at(after, ["preferences", "buyer", "contract.price", "weight"]) == 40
    assert grids.weight_rows(after)[1]["seller"] is None
    scores = grids.score_rows(after, "contract")
    assert scores[0] == {"issue": "Price", "option": "80", "buyer": 100.0, "seller": 0.0}
    cells = [Cell(0, "buyer", None), Cell(1, "seller", 33.5), Cell(0, "option", "x"), Cell(3, "seller", 9)]
    later = grids.with_scores(after, "contract", cells)
    assert at(later, ["preferences", "buyer", "contract.price", "scores", "low"]) == 0
    assert at(later, ["preferences", "seller", "contract.price", "scores", "middle"]) == 33.5
    assert at(later, ["preferences", "seller", "contract.delivery"]) == {"weight": 0, "scores": {"soon": 9, "later": 0}}


def test_sheets_of_another_kind_are_neither_shown_nor_changed(two):
    odd = put(two, ["preferences", "buyer", "contract.price"], {"formula": "x"})
    assert grids.weight_rows(odd)[0]["buyer"] is None
    assert grids.with_weights(odd, [Cell(0, "buyer", 40.0)]) == odd
    assert grids.with_scores(odd, "contract", [Cell(0, "buyer", 40.0)]) == odd


def test_numbers_of_parties(two):
    path = ["clock", "delay_cost_per_round"]
    assert grids.by_party(two, path) == [{"party": "Buyer", "points": None}, {"party": "Seller", "points": None}]
    after = grids.with_by_party(two, path, [Cell(0, "points", 0.5), Cell(1, "points", None)])
    assert at(after, path) == {"buyer": 0.5}


def test_changed_cells_are_those_that_differ():
    before = [{"a": "", "b": 1.0}, {"a": "x", "b": None}]
    after = [{"a": None, "b": 2.0}, {"a": "", "b": None}]
    assert grids.changed(before, after) == [Cell(0, "b", 2.0), Cell(1, "a", None)]


def test_an_issue_is_told_with_its_table_where_there_are_several(three):
    assert grids.label(three, "works.size") == "Building contract · Size"


def test_every_template_plays(two):
    for _, make in TEMPLATES.values():
        looked = look(make())
        assert not looked.errors
        assert loads(to_yaml(make()), "template").digest == looked.case.digest
