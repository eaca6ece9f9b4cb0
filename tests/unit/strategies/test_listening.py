"""Agents that listen: words shift what models think of their speaker, by the trust in it; no words, no change."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import cases
from support_talks import Talks

from negotiation.actions import Offer, Pass, Say
from negotiation.formats import load
from negotiation.formats.notation import read
from negotiation.game import Game
from negotiation.moves import Concede, Prefer, Rank, Refuse, Term
from negotiation.strategies import Strategy, strategy
from negotiation.strategies.bayes import Bayes
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.frequency import Frequency, NoModel
from negotiation.strategies.listening import STRENGTH, hearing
from negotiation.strategies.reputation import Reputation
from negotiation.well_formed import malformed

CASE = load("alliance-2023")
TABLE = CASE.scenario.tables["alliance"]
MERGER = TABLE.grid[0] == 0
TERMS = ("stakes", "votes", "purchasing", "regions", "platforms")
OPENING = "sq_43_15 asym joint none common"
MODELS = (NoModel(), Frequency(), Bayes(), Reputation())


def told(talks, party, text, to=()):
    talks.do(party, Say("So.", to, read(text, talks.case.scenario)))
    return talks


def offered(talks, party, *deals):
    for deal in deals:
        talks.do(party, Offer(talks.deal("alliance", dict(zip(TERMS, deal.split(), strict=True)))))
    return talks


def estimates(talks, model, me="nissan", table="alliance"):
    return Evaluation(talks.view(me), model).estimates(table)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@pytest.mark.parametrize("deals", [(), (OPENING,)], ids=["nothing offered", "an offer"])
def test_what_somebody_refuses_falls_in_the_estimate_of_every_model(model, deals):
    before = estimates(offered(Talks(CASE), "renault", *deals), model).get("renault", np.full(TABLE.size, 0.5))
    after = estimates(told(offered(Talks(CASE), "renault", *deals), "renault", "refuse alliance.stakes=merger"), model)
    assert (after["renault"][MERGER] < before[MERGER]).all()
    assert after["renault"][~MERGER].mean() > after["renault"][MERGER].max()
    assert after["renault"].min() >= 0
    assert after["renault"].max() <= 1


def liking(text, party="renault", offers=()):
    """What an agent thinks of every option at the table on technology, where all combinations are legal, after some words."""
    tech, talks = CASE.scenario.tables["tech"], told(Talks(CASE), party, text)
    for deal in offers:
        talks.do(party, Offer(talks.deal("tech", deal)))
    found = estimates(talks, Frequency(), table="tech")[party]
    return {
        issue.name: [found[tech.grid[k] == n].mean().item() for n in range(len(issue.options))]
        for k, issue in enumerate(tech.issues)
    }


WISHES = "prefer tech.ssb: shared > exclusive; prefer tech.adas: exclusive > shared"


def test_each_kind_of_statement_moves_what_it_is_about():
    shared, licensed, exclusive = liking(WISHES)["ssb"]
    assert exclusive < licensed < shared
    assert licensed == pytest.approx(0.5)
    even, ranked, loose = (
        liking(text) for text in (WISHES, f"{WISHES}; rank tech.ssb > tech.adas", f"{WISHES}; open tech.adas")
    )
    assert np.ptp(even["ssb"]) == pytest.approx(np.ptp(even["adas"]))
    assert np.ptp(ranked["ssb"]) == pytest.approx(
        13 / 7 * np.ptp(ranked["adas"])
    )  # centroids of the two middle ranks of four
    assert np.ptp(loose["ssb"]) == pytest.approx(2 * np.ptp(loose["adas"]))
    assert liking(f"{WISHES}; open tech.ssb=exclusive")["ssb"][2] == pytest.approx(0.5)
    other = liking(f"{WISHES}; rank ampere.engineers > tech.adas")
    assert np.ptp(other["ssb"]) == pytest.approx(np.ptp(other["adas"]))  # weights are those of one table


def test_words_about_another_table_say_nothing_here():
    assert estimates(told(Talks(CASE), "renault", "refuse ampere.engineers=none"), Frequency()) == {}
    assert estimates(
        told(Talks(CASE), "google", "rank sdv.openness > sdv.cofunding"), Frequency(), me="renault", table="sdv"
    )
    found = estimates(told(Talks(CASE), "mitsubishi", "refuse ampere.engineers=none"), Frequency(), table="alliance")
    assert found == {}


def test_offers_and_words_count_together():
    offer = {"joint_ip": "free", "ssb": "exclusive", "adas": "shared", "ee_sdv": "own"}
    said = liking("prefer tech.ssb: shared > exclusive", offers=[offer])
    assert said["joint_ip"][0] == max(said["joint_ip"]) > min(said["joint_ip"])
    silent = liking("courtesy thanks", offers=[offer])
    assert said["ssb"][0] - said["ssb"][2] > silent["ssb"][0] - silent["ssb"][2]
    assert silent["ssb"][2] == max(silent["ssb"])


@given(cases(), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_said_an_estimate_stays_between_0_and_1(case, data):
    """Options that no legal deal takes can be spoken of, too."""
    game = Game(case, strategy="fair", seed=1, rounds=1)
    table = data.draw(st.sampled_from([*case.scenario.tables.values()]))
    speaker, listener = table.seats[:2]
    terms = st.builds(
        lambda issue, n: Term(table.name, issue.name, issue.options[n]),
        st.sampled_from(table.issues),
        st.integers(0, 1),
    )
    claims = st.builds(
        lambda kind, term: {
            "refuse": Refuse((term,)),
            "open": Concede((replace(term, option=""),)),
            "rank": Rank(replace(term, option=""), Term(table.name, table.issues[0].name)),
            "prefer": Prefer(term, replace(term, option=table.issues[table.by_name[term.issue]].options[0])),
        }[kind],
        st.sampled_from(["refuse", "open", "rank", "prefer"]),
        terms,
    )
    said = data.draw(st.lists(claims.filter(lambda one: not malformed(one)), min_size=1, max_size=8))
    game.submit(speaker, Say("So.", (), tuple(said)))
    found = Evaluation(game.view(listener), Frequency()).estimates(table.name)[speaker]
    assert np.isfinite(found).all()
    assert found.min() >= 0
    assert found.max() <= 1


def test_the_words_of_a_liar_lose_weight():
    lies = "refuse alliance.stakes=merger; refuse alliance.votes=asym; refuse alliance.purchasing=joint; refuse alliance.regions=none"
    talks = told(Talks(CASE), "renault", lies)
    trusted = strategy("fair").trust(talks.view("nissan"))["renault"]
    before = estimates(talks, NoModel())["renault"]
    offered(talks, "renault", OPENING)
    assert strategy("fair").trust(talks.view("nissan"))["renault"] < trusted
    after = estimates(talks, NoModel())["renault"]
    assert before[MERGER].max() == pytest.approx((1 - STRENGTH * trusted) / 2)
    assert after[MERGER].min() > before[MERGER].max()


def test_one_believes_only_what_one_heard():
    talks = told(Talks(CASE), "renault", "refuse alliance.stakes=merger", to=("mitsubishi",))
    assert estimates(talks, Frequency()) == {}
    assert strategy("fair").trust(talks.view("nissan")) == {}
    assert strategy("fair").trust(talks.view("mitsubishi")) == {"renault": pytest.approx(2 / 3)}


class Deaf(Strategy):
    def decide(self, view, dice):
        return Pass()


def test_a_strategy_that_does_not_say_whom_it_trusts_trusts_nobody():
    assert Deaf().trust(told(Talks(CASE), "renault", "refuse alliance.stakes=merger").view("nissan")) == {}


def test_who_has_another_partner_counts_for_more():
    talks = told(Talks(CASE), "mitsubishi", "prefer ampere.mmc_stake: m5 > zero")
    told(talks, "nissan", "prefer ampere.mmc_stake: zero > m5")
    ampere = CASE.scenario.tables["ampere"]

    def wanted():
        found = Evaluation(talks.view("renault"), Frequency()).estimated_utility("ampere")
        return found[ampere.grid[1] == 2].mean() - found[ampere.grid[1] == 0].mean()

    even = wanted()
    told(talks, "mitsubishi", "alternative ampere")
    assert hearing(talks.view("renault")).weight("mitsubishi", "ampere") == 1 + STRENGTH * 2 / 3
    assert hearing(talks.view("renault")).weight("mitsubishi", "tech") == 1
    assert wanted() > even


def test_without_a_model_nothing_is_estimated():
    assert (
        Evaluation(told(Talks(CASE), "renault", "refuse alliance.stakes=merger").view("nissan")).estimates("alliance")
        == {}
    )


@pytest.mark.parametrize("seat", ["easy", "fair", "tough"])
def test_what_was_said_changes_the_game(seat):
    words = "prefer alliance.stakes: sq_43_15 > zero; prefer alliance.votes: asym > free; rank alliance.votes > alliance.stakes"
    played = []
    for text in ("", "So."):
        game = Game(CASE, strategy=seat, seed=3)
        game.submit("renault", Say("So.", (), read(words if text else "none", CASE.scenario)))
        played.append(game.play().offers["alliance"])
    assert played[0] != played[1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("prefer alliance.stakes: trust_15 > zero", "pragmatic"),
        ("prefer alliance.stakes: zero > trust_15", "hawk"),
        ("refuse alliance.stakes=step_35_15,trust_15", "hawk"),
        ("refuse tech.joint_ip=free,territory; refuse ampere.nissan_stake=s15", ""),  # true of both
        ("rank ampere.nissan_stake > tech.joint_ip", "hawk"),
        (
            "rank alliance.votes > alliance.stakes; open alliance.stakes=merger; alternative ampere; obstacle tech.ssb",
            "",
        ),
        ("prefer alliance.stakes: sq_43_15 > merger", ""),
    ],
)
def test_words_tell_of_what_type_somebody_is(text, kind):
    before = Reputation().beliefs(Talks(CASE).view("renault"))["nissan"]
    after = Reputation().beliefs(told(Talks(CASE), "nissan", text).view("renault"))["nissan"]
    assert [name for name in after if after[name] > before[name] + 1e-9] == ([kind] if kind else [])
    assert sum(after.values()) == pytest.approx(1)
    assert max(after.values()) < 0.97


def test_words_that_say_nothing_to_one_type_speak_for_the_other():
    text = "prefer alliance.stakes: zero > ten_10; prefer alliance.stakes: ten_10 > sale_15"
    assert believed_hawk("prefer alliance.stakes: ten_10 > sale_15") > 0.4  # both alike to a pragmatic Nissan
    assert believed_hawk(text) > believed_hawk("prefer alliance.stakes: ten_10 > sale_15")


def test_many_words_of_one_party_never_make_sure():
    wishes = [f"prefer alliance.stakes: zero > {other}" for other in ("ten_10", "sale_15", "trust_15", "step_35_15")]
    once, often = believed_hawk(wishes[0]), believed_hawk("; ".join(wishes))
    assert 0.4 < once < 0.75
    assert 0.4 < often < 0.75


def believed_hawk(text):
    return Reputation().beliefs(told(Talks(CASE), "nissan", text).view("renault"))["nissan"]["hawk"]


AMPERE = {"mmc_stake": "zero", "engineers": "none", "tech_access": "licence", "condition": "firm", "nissan_stake": "s5"}


def test_a_table_whose_parties_say_what_they_want_is_thought_likelier_to_be_signed():
    def unsigned(*said):
        talks = Talks(CASE)
        talks.do("renault", Offer(talks.deal("ampere", AMPERE)))
        for party, text, *to in said:
            told(talks, party, text, tuple(to))
        return Evaluation(talks.view("nissan")).context["ampere"][None]

    wish, silent = "prefer ampere.engineers: joint > none", pytest.approx(1 / 1.5)
    assert unsigned() == silent  # a paper with one of two signatures, against 1 for no deal
    assert unsigned(("renault", wish)) == pytest.approx(0.5)
    assert unsigned(("renault", wish), ("renault", "rank ampere.engineers > ampere.condition")) == pytest.approx(0.5)
    assert unsigned(("renault", wish), ("mitsubishi", wish)) == pytest.approx(0.4)
    assert unsigned(("renault", "refuse ampere.condition=ipo; alternative ampere")) == silent
    assert unsigned(("renault", wish, "mitsubishi")) == silent  # not heard
    assert unsigned(("nissan", wish)) == silent  # its own words tell it nothing


def test_what_is_tied_to_a_table_counts_the_more_the_likelier_it_is_signed():
    """Renault loses 3 points if Horse takes joint technology while nothing is signed on it."""
    horse = CASE.scenario.tables["horse"]
    options = {"split": "even", "markets": "world", "supply": "arms", "centre": "dual"}
    joint, own = (horse.index(horse.parse({**options, "tech_base": base})) for base in ("joint", "own"))

    def apart(*said):
        talks = Talks(CASE)
        tech = {"joint_ip": "royalty", "ssb": "shared", "adas": "shared", "ee_sdv": "own"}
        talks.do("renault", Offer(talks.deal("tech", tech)))
        for text in said:
            told(talks, "nissan", text)
        gains = Evaluation(talks.view("renault")).gains("horse")
        return gains[joint] - gains[own]

    assert apart("rank tech.joint_ip > tech.adas") > apart()
