"""What people call things: checked like other names, worth nothing to the rules, and taken out where a party is not there."""

import pytest
from unit_small import SMALL

from negotiation.errors import ScenarioError
from negotiation.formats import bundled, load, loads
from negotiation.formats.notation import write
from negotiation.talk.reading.understanding import understood

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


@pytest.mark.parametrize("name", bundled())
def test_every_issue_and_option_of_our_cases_can_be_named_in_all_three_languages(name):
    scenario = load(name).scenario
    for language in ("fr", "ja"):
        told = scenario.aliases[language]
        for table, there in scenario.tables.items():
            assert table in told
            for issue in there.issues:
                assert f"{table}.{issue.name}" in told, (language, issue.name)
                for option, text in zip(issue.options, issue.texts, strict=True):
                    none = text in ("None", "0")
                    party = option in scenario.parties
                    assert none or party or f"{table}.{issue.name}={option}" in told, (language, issue.name, option)
