"""A case as plain data: nothing is lost on the way from YAML and back, and nothing is changed in place."""

from copy import deepcopy

import pytest

from negotiation.authoring.document import at, dropped, from_yaml, mapping, matching, moved, put, to_yaml, words
from negotiation.authoring.history import REDO, UNDO, Draft, step
from negotiation.authoring.naming import name_of
from negotiation.authoring.templates import TEMPLATES
from negotiation.authoring.untouched import untouched
from negotiation.errors import ScenarioError
from negotiation.formats import bundled, load, loads

CASES = [(name, variant) for name in bundled() for variant in ("", *load(name).variants)]


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_a_case_comes_back_from_the_editor_as_it_was(name, variant):
    case = load(name, variant)
    document = from_yaml(case.text)
    again = loads(to_yaml(document), name, variant)
    assert again.digest == case.digest
    assert from_yaml(again.text) == document
    assert again.translations == case.translations
    assert again.untold == case.untold
    assert again.whys == case.whys
    assert (again.scenario.news, again.scenario.parties) == (case.scenario.news, case.scenario.parties)
    assert again.scenario.announcements == case.scenario.announcements
    assert list(map(vars, again.references.values())) == list(map(vars, case.references.values()))


def test_what_is_no_yaml_is_told_with_its_line():
    with pytest.raises(ScenarioError, match="line 2"):
        from_yaml("format: a\n  b: [")


def test_keys_are_texts_as_json_has_them():
    assert from_yaml("a: {1: [x, {2: y}]}") == {"a": {"1": ["x", {"2": "y"}]}}


def test_parts_are_found_changed_and_dropped_in_copies():
    whole = {"a": {"b": [1, {"c": "d"}]}}
    kept = deepcopy(whole)
    assert at(whole, ["a", "b", 1, "c"]) == "d"
    assert at(whole, ["a", "b", 7, "c"], "no") == "no"
    assert words(whole, "a", "b", 1, "c") == "d"
    assert words(whole, "a") == ""
    assert put(whole, ["a", "b", 0], 2) == {"a": {"b": [2, {"c": "d"}]}}
    assert put(whole, ["x", "y"], 2) == {**kept, "x": {"y": 2}}
    assert dropped(whole, ["a", "b", 0]) == {"a": {"b": [{"c": "d"}]}}
    assert dropped(whole, ["a", "b", 1, "c"]) == {"a": {"b": [1, {}]}}
    assert dropped(whole, ["a", "x", "y"]) == whole
    assert matching(whole, "a", "*", "*", "c") == [["a", "b", 1, "c"]]
    assert whole == kept


@pytest.mark.parametrize(("by", "order"), [(1, "acb"), (-1, "bac"), (9, "acb"), (-9, "bac")])
def test_entries_move_and_stay_at_the_ends(by, order):
    assert "".join(moved({"x": dict.fromkeys("abc")}, ["x", "b"], by)["x"]) == order
    assert moved({"x": list("abc")}, ["x", 1], by)["x"] == list(order)


def test_every_step_can_be_undone_and_done_again():
    first = {"a": {"x": 1, "y": [1, 2]}, "b": "text"}
    second = {"a": {"x": 1, "y": [1, 3]}, "b": "text"}
    third = {"a": {"y": [1, 3], "x": 1}, "b": "text"}
    steps = [step(first, second), step(second, third)]
    assert steps[0] == {"do": "put", "parts": [[["a", "y", 1], 3]]}
    draft = Draft(first).after(steps)
    assert list(draft.document["a"]) == ["y", "x"]
    assert draft.after([UNDO]).document == second
    assert draft.after([UNDO, UNDO, UNDO]).document == first
    assert list(draft.after([UNDO, UNDO, REDO, REDO, REDO]).document["a"]) == ["y", "x"]
    assert draft.after([UNDO, steps[1]]).future == ()
    assert draft.after([{"do": "what a later program knows"}]).document == third
    assert draft.after([UNDO]).steps == 3


def test_what_does_not_differ_makes_no_step():
    assert step({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}) is None
    assert step({"a": 1}, {"a": 1.0})["parts"] == [[["a"], 1.0]]
    assert step({"a": [1]}, {"a": [1, 2]})["parts"] == [[["a"], [1, 2]]]


def test_names_are_made_of_titles_and_nobody_has_them_yet():
    assert name_of("Price per car", [], "issue") == "price_per_car"
    assert name_of("Price", ["price", "price_2"], "issue") == "price_3"
    assert name_of("Mediator", [], "party") == "mediator_2"
    assert name_of("価格", ["issue_1"], "issue") == "issue_2"
    assert name_of("3 years", [], "option") == "option_3_years"


def test_what_no_grid_shows_is_counted_by_where_it_stands():
    flagship = untouched(from_yaml(load("alliance-2023").text))
    assert flagship["types"] == 2
    assert flagship["variants"] == 1
    assert "name" not in flagship
    whole = TEMPLATES["two"][1]()
    assert untouched(whole) == {}
    many = put(whole, ["tables", "contract", "issues", "price", "options"], {f"o{n}": str(n) for n in range(20)})
    assert untouched({**many, "terms": [1, 2, 3], "note": "x", "empty": []}) == {"terms": 3, "note": 1, "options": 20}
    assert mapping(many, "nothing") == {}
