"""What was heard and how far it is believed: each kind of statement against offers, signatures and promises."""

import pytest
from support_talks import Talks

from negotiation.actions import Accept, Offer, Say
from negotiation.formats import load
from negotiation.formats.notation import read, write
from negotiation.talk.evidence import Deeds, Statement, heard
from negotiation.talk.trust import trust

FLAGSHIP = load("alliance-2023")


def told(talks, party, text, to=()):
    talks.do(party, Say("So.", to, read(text, talks.case.scenario)))


def offered(talks, party, *options):
    """Offer at the cloud: vendor, scope, price, data, term."""
    for option in options:
        vendor, scope, price, data, term = option.split()
        talks.do(
            party,
            Offer(talks.deal("cloud", {"vendor": vendor, "scope": scope, "price": price, "data": data, "term": term})),
        )


A = "google connected high shared y5"
B = "google connected mid shared y5"
C = "google connected low shared y5"
D = "google full low shared y5"
FITS = {
    "prefer cloud.price: high > low": [((), 0), ((A, C), 1), ((C, A), -1), ((B,), 0), ((C,), -1), ((B, D, C), -1)],
    "prefer cloud.term: y3 > y8": [((A, B), 0), ((A, B, C), -1)],
    "refuse cloud.price=low,mid": [((), 0), ((A,), 1), ((A, B), -1)],
    "open cloud.price=low": [((A, B), 0), ((A, B, C), 1), ((A, B, A), 0)],
    "open cloud.term=y3": [((A, B, C), -1)],
    "open cloud.price": [((A, A), 0), ((A, B), 1)],
    "open cloud.term": [((A, B, C), -1)],
    "rank cloud.term > cloud.price": [((), 0), ((A, B), 1)],
    "rank cloud.price > cloud.term": [((A, B), -1)],
    "alternative cloud": [((A, B, C), 0)],
}


@pytest.mark.parametrize("text", FITS)
def test_offers_fit_a_statement_or_do_not(text):
    (move,) = read(text, FLAGSHIP.scenario)
    for offers, wanted in FITS[text]:
        talks = Talks(FLAGSHIP)
        offered(talks, "google", *offers)
        assert Deeds(talks.state).fit(Statement("google", move, 0)) == wanted, offers


def test_a_signature_tells_as_much_as_an_offer():
    talks = Talks(FLAGSHIP)
    refusal = Statement("nissan", read("refuse cloud.price=high", FLAGSHIP.scenario)[0], 0)
    offered(talks, "google", A)
    assert Deeds(talks.state).fit(refusal) == 0
    talks.do("nissan", Accept(0))
    assert talks.state.bound["cloud"] in Deeds(talks.state).asked("nissan", "cloud")
    assert Deeds(talks.state).fit(refusal) == -1
    talks = Talks(FLAGSHIP)
    offered(talks, "nissan", B)
    talks.do(
        "google",
        Offer(
            {
                **talks.deal(
                    "cloud", {"vendor": "google", "scope": "full", "price": "high", "data": "shared", "term": "y5"}
                ),
                **talks.deal("sdv", {"openness": "any", "cofunding": "shared"}),
            }
        ),
    )
    talks.do("nissan", Accept(1))
    assert "cloud" not in talks.state.bound
    assert Deeds(talks.state).fit(refusal) == -1


def test_one_hears_what_was_said_to_oneself_or_to_all_and_only_once():
    talks = Talks(FLAGSHIP)
    told(talks, "renault", "refuse alliance.stakes=merger; ask priority -> nissan")
    told(talks, "renault", "rank alliance.votes > alliance.regions", to=("mitsubishi",))
    told(talks, "google", "alternative sdv", to=("renault", "nissan"))
    told(talks, "renault", "refuse alliance.stakes=merger")
    told(talks, "nissan", "open alliance.purchasing")

    def found(party):
        return [(one.party, write([one.move]), one.said) for one in heard(talks.view(party).state, party)]

    assert found("nissan") == [("renault", "refuse alliance.stakes=merger", 0), ("google", "alternative sdv", 2)]
    assert [one[2] for one in found("mitsubishi")] == [0, 1, 4]
    assert [one[2] for one in found("renault")] == [2, 4]


def test_trust_starts_in_the_middle_and_is_learnt():
    talks = Talks(FLAGSHIP)
    assert trust(talks.state, "nissan") == {}
    talks.do("google", Say("Good morning."))
    assert trust(talks.state, "nissan") == {}
    told(talks, "google", "refuse cloud.price=low; refuse cloud.term=y3")
    assert trust(talks.state, "nissan") == {"google": 2 / 3}
    offered(talks, "google", A)
    assert trust(talks.state, "nissan") == {"google": 4 / 5}
    offered(talks, "google", C)
    assert trust(talks.state, "nissan") == {"google": 3 / 5}
    told(talks, "google", "rank cloud.price > cloud.term")
    assert trust(talks.state, "nissan") == {"google": 3 / 5.25}
    assert trust(talks.state, "google") == {}


def test_promises_kept_and_broken_count_once_however_often_they_are_made():
    talks = Talks(FLAGSHIP)
    told(talks, "google", "commit if sdv by 2 then walk cloud")
    told(talks, "google", "commit unless sdv by 2 then walk cloud")
    told(talks, "google", "commit unless sdv by 2 then walk cloud")
    assert trust(talks.state, "nissan") == {"google": 2 / 3}
    talks.until(3)
    talks.signed(
        3,
        "cloud",
        {"vendor": "google", "scope": "full", "price": "low", "data": "shared", "term": "y5"},
        "google",
        "nissan",
    )
    assert trust(talks.state, "nissan") == {"google": 2 / 4}
    talks = Talks(FLAGSHIP)
    told(talks, "nimbus", "commit unless alliance by 1 then sign cloud nissan", to=("nissan",))
    talks.signed(
        2,
        "cloud",
        {"vendor": "nimbus", "scope": "full", "price": "low", "data": "shared", "term": "y5"},
        "nimbus",
        "nissan",
    )
    assert trust(talks.view("nissan").state, "nissan") == {"nimbus": 3 / 4}
    assert trust(talks.view("google").state, "google") == {}
    assert trust(talks.state, "nimbus") == {}


@pytest.mark.parametrize("fits", [True, False])
def test_trust_never_reaches_certainty(fits):
    talks = Talks(FLAGSHIP)
    asked_for = dict(zip(("vendor", "scope", "price", "data", "term"), A.split(), strict=True))
    for issue in FLAGSHIP.scenario.tables["cloud"].issues:
        for option in issue.options:
            if (option != asked_for[issue.name]) == fits:
                told(talks, "google", f"refuse cloud.{issue.name}={option}")
    offered(talks, "google", A)
    assert trust(talks.state, "nissan") == {"google": 11 / 12 if fits else 2 / 8}
