"""What a class says can be told in the language of each reader, and stays English where it is kept."""

import pytest

from negotiation.classroom import phases, settings
from negotiation.classroom.accounts import ROLES, Account
from negotiation.classroom.commands import titled
from negotiation.classroom.feeds import _result
from negotiation.classroom.ledger import told
from negotiation.classroom.phases import Phase
from negotiation.classroom.wire import Ear
from negotiation.errors import Refused
from negotiation.formats import load
from negotiation.language import LANGUAGES, SOURCE, Phrase, phrase, speaking, tr

OTHERS = [code for code in LANGUAGES if code != SOURCE]


def lines(messages):
    return [line for message in messages if message["t"] in ("hello", "talk") for line in message["lines"]]


def marks(heard):
    return [line["text"] for line in heard if line["k"] == "mark"]


@pytest.mark.parametrize("code", OTHERS)
def test_each_seat_of_a_game_hears_it_in_its_own_language(local, local_class, code):
    one = local_class(case="cloud-for-two", surplus="observe", rounds=1)
    ana, bob = (Ear(local.wire, one.join(name)) for name in ("Ana", "Bob"))
    one.go("negotiate")
    with speaking(code):
        assert ana.hello()[0]["language"] == code
    assert bob.hello()[0]["language"] == SOURCE
    for ear in (ana, bob):
        assert ear.act({"kind": "pass"}, f"key-of-{ear.seat.name}", None) is None
    local.play.advance(ana.seat.group)
    with speaking(code):
        hers, late = lines(ana.news()), lines(Ear(local.wire, one.join("Cyn")).hello())
        wanted = tr("The talks are over")
    his = lines(bob.news())
    assert [line["k"] for line in hers] == [line["k"] for line in his]
    assert marks(hers) == marks(late) == [wanted]
    assert marks(his) == ["The talks are over"] != [wanted]


@pytest.mark.parametrize("code", OTHERS)
def test_a_refusal_is_told_and_kept_in_english(local, local_class, code):
    one = local_class()
    ana = Ear(local.wire, one.join("Ana"))
    one.go("read")
    with speaking(code):
        assert ana.act({"kind": "pass"}, "k1", None) == tr("the talks have not begun") != "the talks have not begun"
        again = ana.act({"kind": "pass"}, "k1", None)
    assert again != "the talks have not begun"
    assert ana.act({"kind": "pass"}, "k1", None) == "the talks have not begun"
    assert ana.act({"kind": "pass"}, "k2", None) == "the talks have not begun"


def test_titles_stand_in_a_phrase_and_it_stays_one():
    scenario = load("any-two-of-three").scenario
    party = next(iter(scenario.parties))
    called = scenario.parties[party].title.partition(" (")[0]
    assert titled(scenario, f"{party} may not") == f"{called} may not"
    found = titled(
        scenario, phrase("{who} may not sign {n}: {why}", who=party, n=2, why=phrase("{who} left", who=party))
    )
    assert isinstance(found, Phrase)
    assert found == f"{called} may not sign 2: {called} left"
    assert isinstance(found.parts["why"], Phrase)


@pytest.mark.parametrize("code", OTHERS)
def test_roles_phases_and_records_have_words_in_every_language(code):
    with speaking(code):
        texts = [text for one in Phase for text in (one.called, one.during, one.to_do, one.begins) if text]
        asked = [one.label for one in settings.ASKED.values() if one.label]
        same = [text for text in (*texts, *asked, *ROLES) if tr(text) == text]
        assert same == ["assistant"] * (code == "fr")
        assert told({"account": "Ana", "role": "teacher", "kind": "made"}) != "Ana, teacher: the account was made"
        with pytest.raises(Refused) as refused:
            Account("Ana", "observer").must("administrator", "teacher")
        assert tr(refused.value.args[0]) != str(refused.value)
    assert str(refused.value) == "Ana is observer here; this takes administrator or teacher"
    assert phases.TIMED


def test_a_protocol_of_another_package_goes_by_its_own_name():
    assert settings._protocol("own-way", "all at once") == "Own way: all at once"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_ballot_is_told_by_what_came_of_it(code):
    votes = {"votes": {"kaido": True, "nimbus": False, "orbit": True}}
    with speaking(code):
        told_of = [_result("Cloud", {**votes, "carried": carried}) for carried in (True, False)]
    assert len(set(told_of)) == 2
    assert all("Cloud" in text and "2" in text and "1" in text for text in told_of)
