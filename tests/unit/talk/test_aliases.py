"""What people call things: checked like other names, worth nothing to the rules, and taken out where a party is not there."""

import re

import pytest
from unit_small import SMALL

from negotiation.errors import ScenarioError
from negotiation.formats import bundled, load, loads
from negotiation.formats.notation import write
from negotiation.moves import Term
from negotiation.talk.reading.folding import words
from negotiation.talk.reading.lexicon import Meaning, lexicon
from negotiation.talk.reading.understanding import understood
from negotiation.talk.wording.titles import translated

ALIASES = "\naliases: {en: {anna: [annie], house: [home], house.price: [rent], house.price=low: [cheap as chips]}}\n"


def test_they_change_no_digest_so_that_games_of_before_open():
    plain, said = loads(SMALL, "s"), loads(SMALL + ALIASES, "s")
    assert plain.digest == said.digest
    assert plain.scenario.aliases == {}
    assert said.scenario.aliases["en"]["house.price"] == ("rent",)


def test_what_they_name_is_understood():
    case = loads(SMALL + ALIASES, "s").scenario
    assert (
        write(understood("Annie, what matters most to you at home?", case, "bert").moves)
        == "ask priority house -> anna"
    )
    assert write(understood("Our main problem is the rent.", case, "bert").moves) == "obstacle house.price"
    assert write(understood("Cheap as chips is out of the question.", case, "anna").moves) == "refuse house.price=low"


@pytest.mark.parametrize(
    ("alias", "problem"),
    [
        ("hous: [home]", "aliases.en: unknown party or table 'hous'"),
        ("house.prize: [rent]", "aliases.en.house.prize: unknown issue 'prize'"),
        ("house.price=free: [gift]", "aliases.en.house.price=free: unknown option 'free'"),
        ("House: [home]", "aliases.en: is 'House'"),
        ("house: ['']", "aliases.en.house"),
    ],
)
def test_a_name_that_is_none_is_refused(alias, problem):
    with pytest.raises(ScenarioError) as refused:
        loads(SMALL + f"\naliases: {{en: {{{alias}}}}}\n", "s")
    assert problem in str(refused.value)


def test_a_language_that_nobody_reads_is_refused():
    with pytest.raises(ScenarioError, match="aliases"):
        loads(SMALL + "\naliases: {xx: {anna: [annie]}}\n", "s")


def keys(scenario):
    """Every key of a case that has a title, with what it means."""
    yield from ((party, Meaning("party", Term(party, ""))) for party in scenario.parties)
    for name, table in scenario.tables.items():
        yield name, Meaning("table", Term(name, ""))
        for issue in table.issues:
            yield f"{name}.{issue.name}", Meaning("issue", Term(name, issue.name))
            for option in issue.options:
                yield f"{name}.{issue.name}={option}", Meaning("option", Term(name, issue.name, option))


@pytest.mark.parametrize("language", ["fr", "ja"])
@pytest.mark.parametrize("name", bundled())
def test_every_party_table_issue_and_option_of_our_cases_has_a_title_that_reads_as_itself(name, language):
    scenario = load(name).scenario
    titles, names = translated(scenario, language), lexicon(scenario, language)
    for key, meaning in keys(scenario):
        title = titles[key]
        read = [*names.mentions(words(title, language), {})]
        assert [(m.start, m.end) for m in read] == [(0, len(words(title, language)))], (key, title)
        assert (meaning.kind, meaning.term) in [(m.kind, m.term) for m in read[0].meanings], (key, title)


@pytest.mark.parametrize("name", bundled())
def test_titles_of_one_issue_differ_and_those_in_japanese_are_japanese(name):
    scenario = load(name).scenario
    for language in ("fr", "ja"):
        titles = translated(scenario, language)
        for table, there in scenario.tables.items():
            for issue in there.issues:
                texts = [titles[f"{table}.{issue.name}={option}"] for option in issue.options]
                assert len({*texts}) == len(texts)
    assert not [title for title in titles.values() if re.search("[A-Za-z]{2}", title)]


def test_french_titles_have_their_accents_and_are_read_without_them():
    case = load("alliance-2023").scenario
    titles = translated(case, "fr")
    assert titles["cloud.term"] == "Durée"
    assert titles["france"] == "État français"
    assert titles["alliance.stakes=sale_15"] == "Vente sous 24 mois"
    plain = write(understood("Une separation complete est hors de question.", case, "renault").moves)
    assert plain == write(understood("Une séparation complète est hors de question.", case, "renault").moves)
    assert plain == "refuse alliance.stakes=zero"
