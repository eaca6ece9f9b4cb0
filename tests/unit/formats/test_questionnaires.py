"""Questionnaires in YAML: those that come along say everything in every language, and faults are told exactly."""

import textwrap
from pathlib import Path

import pytest

from negotiation.errors import ScenarioError
from negotiation.formats.questionnaires import (
    LARGEST_QUESTIONNAIRE,
    questionnaire,
    questionnaire_of,
    said,
    standard,
)
from negotiation.language import LANGUAGES, speaking

HEAD = "format: negotiation-questionnaire/1\nid: own\nwhen: after\ntitle: {en: Own}\n"


def test_what_comes_along_is_told_in_every_language():
    told = [
        text
        for one in standard().values()
        for text in [
            one.title,
            one.about,
            *one.subscales.values(),
            *(text for item in one.items for text in (item.text, item.low, item.high, *item.options)),
        ]
        if text is not None
    ]
    assert len(told) > 60
    assert all(set(text) == set(LANGUAGES) for text in told)


def test_the_inventory_has_four_questions_a_subscale():
    one = standard()["subjective_value"]
    for name in one.subscales:
        assert [item.subscale for item in one.items].count(name) == 4
    assert "Curhan" in one.source
    assert [name for name, each in standard().items() if each.research] == ["consent"]
    assert {item.id for item in one.items if item.reversed} == {"outcome_lost", "self_face"}


def test_a_text_is_told_in_the_language_of_the_reader_or_in_english_or_as_it_is():
    with speaking("fr"):
        assert said({"en": "a", "fr": "b"}) == "b"
        assert said({"en": "a", "ja": "c"}) == "a"
        assert said({"ja": "c"}) == "c"


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ("items: []", "items: has 0 entries, must have at least 1"),
        (
            "items: [{id: a, kind: scale, text: {en: A}}]",
            "question 'a' is a scale: say what its ends mean, as low and high",
        ),
        ("items: [{id: a, kind: text}]", "question 'a' has no text"),
        (
            "items: [{id: a, kind: choice, text: {en: A}, options: [{en: x}]}]",
            "question 'a' is a choice: give it at least two options",
        ),
        (
            "items: [{id: a, kind: choice, text: {en: A}, options: [{en: x}, {en: y}], right: 3}]",
            "question 'a': right is 3, and it has 2 options",
        ),
        (
            "items: [{id: a, kind: consent, text: {en: A}, counterparts: true}]",
            "question 'a': about counterparts only scales and texts can be asked",
        ),
        (
            "items: [{id: a, kind: text, text: {en: A}}, {id: a, kind: text, text: {en: A}}]",
            "two questions are called 'a'",
        ),
        (
            "subscales: {self: {en: S}}\nitems: [{id: a, kind: text, text: {en: A}, subscale: selv}]",
            "question 'a': unknown subscale 'selv'; did you mean 'self'? possible: self",
        ),
        ("items: [{id: a, kind: text, text: {de: A}}]", "items.0.text: is 'de', must be 'en', 'fr' or 'ja'"),
        ("items: [{id: a, kind: text, txt: {en: A}}]", "items.0.txt: unknown key; did you mean 'text'?"),
    ],
)
def test_a_fault_is_told_with_its_place(items, message):
    with pytest.raises(ScenarioError) as problem:
        questionnaire(HEAD + items, "mine.yaml")
    assert str(problem.value).startswith("mine.yaml: ")
    assert message in str(problem.value)


def test_a_text_that_is_too_long_or_no_yaml_is_refused():
    with pytest.raises(ScenarioError, match="characters, must have at most 100,000"):
        questionnaire("#" * (LARGEST_QUESTIONNAIRE + 1))
    with pytest.raises(ScenarioError, match="line 2, column 1: not YAML"):
        questionnaire("a: [")


def test_a_class_has_its_own_or_one_that_comes_along():
    assert questionnaire_of("reflection", "") is standard()["reflection"]
    assert questionnaire_of("own", HEAD + "items: [{id: a, kind: text, text: {en: A}}]").id == "own"
    with pytest.raises(ScenarioError, match="did you mean 'reflection'"):
        questionnaire_of("reflections", "")


def test_the_example_of_the_documentation_is_a_questionnaire():
    page = (Path(__file__).parents[3] / "docs" / "teaching.md").read_text(encoding="utf-8")
    lines = page[page.index("    format: negotiation-questionnaire/1") :].split("\n\n")[0]
    assert [item.kind for item in questionnaire(textwrap.dedent(lines)).items] == ["scale", "choice", "text"]
