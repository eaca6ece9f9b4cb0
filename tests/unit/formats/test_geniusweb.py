from pathlib import Path

import pytest

from negotiation.errors import ScenarioError
from negotiation.formats import loads
from negotiation.formats.importing import imported

HERE = Path(__file__).parents[2] / "data" / "geniusweb"


def files(folder, **changes):
    """Copies of our files, some with one text replaced."""
    paths = []
    for name in ("anna", "bert", "garden"):
        text = (HERE / f"{name}.json").read_text(encoding="utf-8")
        old, new = changes.get(name, ("", ""))
        assert old in text
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(text.replace(old, new, 1), encoding="utf-8")
    return paths


def test_profiles_become_a_case_and_the_reservation_bid_its_worth(tmp_path):
    case = loads(imported(files(tmp_path)[:2], "garden"), "garden.yaml")
    table = case.scenario.tables["contract"]
    anna, bert = (case.role(party).preferences for party in ("anna", "bert"))
    assert [issue.texts for issue in table.issues] == [("wood", "none"), ("1", "1.5", "2", "2.5")]
    for deal in table.deals:
        fence, trees = deal
        assert anna.score({"contract": deal}) == 0.6 * [1, 0.2][fence] + 0.4 * [0.25, 0.4375, 0.625, 0.8125][trees]
        assert bert.score({"contract": deal}) == 0.5 * [0, 1][fence] + 0.5
    assert anna.score({}) == 0.6 * 0.2 + 0.4 * 0.4375
    assert bert.score({}) == 0.0


def test_a_domain_file_gives_the_order(tmp_path):
    case = loads(imported(files(tmp_path), "garden"), "garden.yaml")
    assert case.scenario.tables["contract"].issues[0].texts == ("none", "wood")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("anna", "LinearAdditiveUtilitySpace", "DefaultPartialOrdering", "holds DefaultPartialOrdering, which cannot be"),
        ("anna", '"none": 0.2', '"nine": 0.2', "issue 'Fence': value 'none' has no utility"),
        ("anna", '"Fence": 0.6', '"Fences": 0.6', "issue 'Fence' has no weight"),
        ("anna", '"Fence": 0.6', '"Fence": 6', "issueWeights.Fence: is 6, must be less than or equal to 1"),
        ("anna", '"Fence": 0.6', '"Trees": 0.6', "not JSON: key 'Trees' stands twice"),
        ("anna", '"Fence": 0.6', '"Fence": NaN', "not JSON: NaN is no number"),
        ("anna", '"Fence": 0.6', f'"{"F" * 300}": 0.6', "has 300 characters, at most 200"),
        ("anna", '"Fence": {"DiscreteValueSet', '"Fences": {"DiscreteValueSet', "issue 'Fence' has no utilities"),
        ("anna", '"range": [1, "2.5", 0.5]', '"range": [1, "2.5", 0]', "issue 'Trees': range must be low, high and a st"),
        ("anna", '"range": [1, "2.5", 0.5]', '"range": [0, 1e9, 1]', "has 1,000,000,001 values, must have at most 10,000"),
        ("anna", '"range": [1, "2.5", 0.5]', '"range": [0, 1e999999, 1]', "domain.issuesValues.Trees.range.1: is Decimal"),
        ("anna", '{"Fence": "none", "Trees"', '{"Fench": "none", "Trees"', "reservationBid: unknown issue 'Fench'"),
        ("anna", '{"Fence": "none"', '{"Fence": "any"', "reservationBid: issue 'Fence' has no value 'any'"),
        ("anna", "1.50}}}}", "1.50}}}", "not JSON"),
        ("bert", '["none", "wood"]', '["none", "stone"]', "its issues and values are not those of "),
        ("bert", '{"LinearAdditiveUtilitySpace"', '["a"] + {"x"', "cannot be imported; possible: GENIUS XML, JSON of GeniusWeb or NegoLog"),
        ("anna", '["wood", "none"]', f'["{"w" * 300}", "none"]', "is longer than 200"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_in_one_line(tmp_path, file, old, new, message):
    with pytest.raises(ScenarioError) as problem:
        imported(files(tmp_path, **{file: (old, new)})[:2], "garden")
    text = str(problem.value)
    assert text.startswith(f"{tmp_path / file}.json: ")
    assert message in text
    assert "\n" not in text
    assert len(text) < 500


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a":' * 100_000, "nested too deep"),
        ('{"issuesValues": {}}', "holds no issue"),
        ("{}", "holds nothing, which cannot be imported"),
        ('{"issuesValues": {"a": {"values": [' + '"x",' * 10**6 + '"y"]}}}', "has 1,000,001 values"),
        ("\ufeff{", "not JSON"),
        ('{"a": ' + "9" * 5000 + "}", "not JSON: Exceeds the limit"),
    ],
)
def test_files_that_are_no_profiles(tmp_path, text, message):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as problem:
        imported([path], "x")
    assert message in str(problem.value)


def test_a_line_needs_numbers(tmp_path):
    paths = files(tmp_path, anna=('"range": [1, "2.5", 0.5]', '"values": ["one"]'))
    with pytest.raises(ScenarioError, match=r"anna.json: issue 'Trees': value 'one' is no number"):
        imported(paths[:1], "x")


def test_one_domain_is_enough(tmp_path):
    paths = files(tmp_path)
    again = tmp_path / "again.json"
    again.write_text(paths[2].read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"garden.json: a second domain file; .*again.json is one already"):
        imported([again, paths[2]], "x")
