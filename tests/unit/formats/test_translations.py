"""Texts of a case in other languages: where they may stand, what is said of those that may not, and what is told."""

import pytest
from unit_small import SMALL

from negotiation.errors import ScenarioError
from negotiation.formats import loads
from negotiation.formats.check import findings
from negotiation.formats.schema import ScenarioFile
from negotiation.formats.translations import texts
from negotiation.formats.yaml_text import parse

WHOLE = """
translations:
  fr:
    title: Un petit cas
    clock.unit: jour
    parties.anna.name: Anne
    parties.bert.name: Bertrand
    parties.bert.confidential_brief: "  Soyez aimable.  "
    parties.carl.name: Charles
    tables.house.title: La maison
    tables.house.if_unsigned.means: Rien
    house.price: Prix
    house.price=low: Bas
    house.price=high: Haut
    house.date: Date
    house.date=now: Maintenant
    house.date=later: Plus tard
    tables.garden.title: Le jardin
    garden.use: Usage
    garden.use=shared: Commun
    garden.use=own: Propre
    types.anna.keen.name: pressée
    types.anna.calm.name: calme
    types.anna.keen.brief: Vite.
    variants.all.note: avec Charles
    references.plan.title: Le plan
"""
SAID = SMALL.replace("text: News}", "text: News, texts: {fr: Nouvelles}}") + WHOLE


def small(told="", text=SMALL):
    return loads(text + told, "small.yaml")


def of(case, language="fr"):
    return case.told(language)


def test_every_text_of_the_small_case_is_told():
    case = small(text=SAID)
    assert not case.untold
    told = of(case)
    assert (told.scenario.title, told.scenario.unit) == ("Un petit cas", "jour")
    assert [party.title for party in told.scenario.parties.values()] == ["Anne", "Bertrand"]
    house = told.scenario.tables["house"]
    assert (house.title, house.unsigned_means) == ("La maison", "Rien")
    assert [(issue.title, *issue.texts) for issue in house.issues] == [
        ("Prix", "Bas", "Haut"),
        ("Date", "Maintenant", "Plus tard"),
    ]
    assert told.role("anna", "keen").brief == "Vite."
    assert told.role("bert").brief == "Soyez aimable."
    assert told.variants == {"all": "avec Charles", "dear": ""}
    assert (told.references["plan"].title, told.references["plan"].note) == ("Le plan", "")
    assert [item.text for item in told.scenario.announcements] == ["Nouvelles"]
    assert told.teaches == ()


def test_what_nobody_has_translated_is_told_as_it_is_and_named_by_check():
    case = small("translations: {fr: {house.price: Prix}}\n")
    told = of(case)
    assert told.scenario.tables["house"].issues[0].title == "Prix"
    assert told.scenario.title == case.scenario.title
    assert told.role("bert").brief == "Be kind."
    assert case.untold["fr"][:2] == ("title", "clock.unit")
    assert "clock.events.news.texts.fr" in case.untold["fr"]
    [note] = [one for one in findings(case) if one.text.startswith("translations.fr")]
    assert note.weight == "note"
    assert note.text.startswith("translations.fr: nothing for title, clock.unit, parties.anna.name")
    assert note.text.endswith("and 3 more; told as in the case")
    [note] = [one for one in findings(small(text=SAID.replace("house.date: Date\n", "# \n"))) if "fr:" in one.text]
    assert note.text == "translations.fr: nothing for house.date; told as in the case"


def test_a_case_is_told_in_the_language_asked_for_and_each_time_the_same():
    case = small(text=SAID + "  ja: {title: 小さなケース}\n")
    french, japanese = case.told("fr"), case.told("ja")
    assert case.told("fr") is french is japanese.told("fr")
    assert french.told("en") is case is case.told("en")
    assert french.scenario is case.scenario.told("fr") is case.scenario.told("ja").told("fr")
    assert japanese.scenario.plain is case.scenario is case.scenario.plain
    role = case.role("bert")
    assert french.role("bert") is role.told("fr")
    assert role.told("fr").told("en") is role


def test_a_case_in_another_language_can_be_told_in_english():
    case = small("translations: {en: {title: A small case indeed}}\n")
    assert case.told("en").scenario.title == "A small case indeed"
    assert case.told("fr") is case


def test_numbers_names_and_what_is_worked_out_stay():
    case = small(text=SAID)
    told = of(case)
    assert told.digest == case.digest == small().digest
    assert told.roles.keys() == case.roles.keys()
    assert all(told.role(party).preferences is case.role(party).preferences for party in case.roles)
    for name, table in case.scenario.tables.items():
        assert told.scenario.tables[name].grid is table.grid
        assert told.scenario.tables[name].label == told.scenario.tables[name].title != table.title


def test_what_is_confidential_stays_with_its_role():
    case = small(text=SAID)
    public = repr([dict(texts) for texts in case.scenario.translations.values()])
    assert "La maison" in public
    for secret in ("aimable", "Vite", "avec Charles", "Le plan"):
        assert secret not in public
        assert secret in repr(case.translations)
    assert "aimable" not in repr(case.role("anna").translations)


def test_a_table_may_be_named_as_a_section_of_the_file():
    text = SMALL.replace("house", "types")
    case = small("translations: {fr: {types.price: Prix, types.price=low: Bas}}\n", text)
    assert [of(case).scenario.tables["types"].issues[0].title] == ["Prix"]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("parties.bert.confidential_bref: x", "did you mean 'parties.bert.confidential_brief'?"),
        ("parties.bert.nom: x", "possible: parties.bert.name, parties.bert.confidential_brief"),
        ("house.price=lo: x", "did you mean 'house.price=low'? possible: house.price, house.price=low, house.price"),
        ("house.cost: x", "possible: house.price, house.price=low"),
        ("tables.barn.title: x", "possible: tables.house.title, tables.house.if_unsigned.means, tables.garden.title"),
        ("barn.price: x", "possible: title, clock.unit"),
        ("titel: x", "did you mean 'title'? possible: title, clock.unit, parties.anna.name"),
        ("tables.house.about: x", "unknown text 'tables.house.about'"),
        ("title: ' '", "translations.fr.title: is empty; leave it out"),
    ],
)
def test_a_text_that_the_case_does_not_have_is_refused_by_its_place(told, why):
    with pytest.raises(ScenarioError) as problem:
        small(f"translations:\n  fr:\n    {told}\n")
    assert str(problem.value).startswith("small.yaml: translations.fr")
    assert why in str(problem.value)
    assert "\n" not in str(problem.value)


def test_short_titles_are_short_in_every_language():
    text = SMALL.replace("title: The house", "title: The house\n    short: House")
    told = "translations: {fr: {tables.house.short: La grande maison de nos grands-parents}}\n"
    with pytest.raises(ScenarioError, match=r"translations\.fr\.tables\.house\.short: has 38 characters, must have at"):
        small(told, text)
    assert (
        of(small("translations: {fr: {tables.house.short: Maison}}\n", text)).scenario.tables["house"].label == "Maison"
    )


def test_a_language_nobody_speaks_here_is_refused():
    with pytest.raises(ScenarioError, match="translations: is 'de', must be 'en', 'fr' or 'ja'"):
        small("translations: {de: {title: Ein kleiner Fall}}\n")


def test_a_text_is_known_by_its_path():
    found = texts(ScenarioFile.model_validate(parse(SAID, "small.yaml")))
    assert found["parties.bert.confidential_brief"] == "Be kind."
    assert "parties.anna.confidential_brief" not in found
