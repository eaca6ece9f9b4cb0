"""News: dates known in advance, what comes as the tables stand then, marked as what it is, and of no weight in the game."""

from itertools import pairwise

import pytest
from support_talks import HORSE, Talks
from unit_small import SMALL

from negotiation.actions import Walk
from negotiation.errors import ScenarioError
from negotiation.formats import bundled, load, loads
from negotiation.handouts.procedure import procedure
from negotiation.headlines import fresh, headlines, told
from negotiation.protocols import protocols

NEWS = """events: [{round: 2, id: fair, text: The fair}], news: [
  {round: 2, id: gossip, kind: rumour, text: Bert sells, texts: {fr: Bert vend}, about: [house]},
  {round: 3, id: quiet, kind: fact, text: Still open, when: {house: open}},
  {round: 3, id: sold, kind: fiction, text: Sold, when: {house: signed}}]"""
SAID = SMALL.replace("events: [{round: 2, id: news, text: News}]", NEWS)


@pytest.fixture
def talks():
    return Talks(load("alliance-2023"))


def names(items):
    return [item.name for item in items]


def test_something_is_in_the_news_from_week_2_to_the_last_at_most_two_weeks_apart(talks):
    weeks = []
    for week in range(1, talks.state.rounds + 1):
        talks.until(week)
        assert all(item.round == week for item in fresh(talks.state))
        weeks += [week] if fresh(talks.state) else []
    assert (weeks[0], weeks[-1]) == (2, talks.state.rounds)
    assert max(b - a for a, b in pairwise(weeks)) <= 2
    assert [item.round for item in headlines(talks.state)] == sorted(item.round for item in headlines(talks.state))


def test_a_signature_changes_what_comes_later_and_never_what_came(talks):
    table = talks.case.scenario.tables["horse"]
    talks.signed(8, "horse", HORSE, *table.signers.always)
    before = names(headlines(talks.state))
    assert "unions" in before  # of week 7, when Horse was open
    talks.until(14)
    assert names(headlines(talks.state))[: len(before)] == before
    assert "courted" not in names(headlines(talks.state))
    other = Talks(load("alliance-2023"))
    other.until(14)
    assert "courted" in names(fresh(other.state))


def test_what_is_abandoned_is_not_open(talks):
    talks.do("geely", Walk("horse"))
    assert "horse" in talks.state.dead
    talks.until(7)
    assert "unions" not in names(headlines(talks.state))


def test_nothing_is_new_when_the_talks_are_over(talks):
    talks.until(talks.state.rounds + 1)
    assert talks.state.over
    assert fresh(talks.state) == ()
    assert names(headlines(talks.state))[-1] == "last_days_open"


def test_rumours_and_fiction_are_told_as_such_in_every_language():
    for name in bundled():
        for item in load(name).scenario.news:
            invented = "invented for this game" in told(item).lower()
            assert invented == (item.kind != "fact")
            assert told(item, "en").endswith(item.text)
            assert len({item.told(language) for language in ("en", "fr", "ja")}) == 3


def test_news_comes_unannounced_and_dates_do_not(talks):
    known = procedure(talks.case.scenario)
    assert all(item.text in known for item in talks.case.scenario.announcements)
    assert not any(item.text in known for item in talks.case.scenario.news)


def test_every_piece_of_news_says_where_it_comes_from():
    case = load("alliance-2023")
    for item in case.scenario.news:
        why = case.whys[f"clock.news.{item.name}"]
        assert why.startswith("fictional") == (item.kind != "fact")


def test_no_piece_of_news_rests_on_what_became_known_after_the_talks_began():
    later = {
        "P6",
        "P7",
        "P8",
        "P9",
        "P10",
        "P12",
        "P19",
        "P26",
        "P34",
        "P35",
        "P36",
        "P37",
        "P42",
        "P44",
    }  # the dossier, 4
    case = load("alliance-2023")
    for item in case.scenario.news:
        assert not later & set(case.whys[f"clock.news.{item.name}"].replace(",", " ").replace(";", " ").split())


def test_news_changes_no_digest_and_names_tables_that_exist():
    plain, said = loads(SMALL.replace("id: news, text: News", "id: fair, text: The fair"), "s"), loads(SAID, "s")
    assert plain.digest == said.digest
    state = protocols()["open-floor"]().opening(said.scenario, 5)
    assert headlines(state) == ()
    talks = Talks(said)
    talks.until(3)
    assert names(headlines(talks.state)) == ["fair", "gossip", "quiet"]
    assert headlines(talks.state)[1].about == ("house",)
    for old, new, message in (
        ("about: [house]", "about: [hut]", r"clock\.news\.gossip\.about: .*unknown table 'hut'"),
        ("{house: open}", "{hut: open}", r"clock\.news\.quiet\.when: .*unknown table 'hut'"),
        ("id: sold", "id: quiet", r"clock\.news\.quiet: this id stands twice"),
        ("kind: fiction", "kind: lie", "kind"),
    ):
        assert old in SAID
        with pytest.raises(ScenarioError, match=message):
            loads(SAID.replace(old, new), "s")
