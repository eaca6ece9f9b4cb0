"""Acts on papers, told as a record of play: small tables, one act after another."""

from typing import get_type_hints

import pytest

from negotiation.actions import CLOCK, Accept, Event, Offer, Pass, Say, Tick, Walk, Withdraw
from negotiation.errors import IllegalAction
from negotiation.formats import load
from negotiation.protocols import Protocol, protocols
from negotiation.rules import apply
from negotiation.state import Changes, State
from negotiation.view import view

FULL = dict(scope="full", price="mid", data="nissan", term="y3")
TRUST = dict(stakes="trust_15", votes="capped", purchasing="joint", regions="all", platforms="common")
SEVEN = dict(nissan_stake="s7", mmc_stake="zero", engineers="none", tech_access="licence", condition="firm")
OWN = dict(joint_ip="royalty", ssb="licensed", adas="licensed", ee_sdv="own")
HORSE = dict(split="even", tech_base="joint", markets="world", supply="arms", centre="dual")


class Talks:
    """A game under a protocol, played by name."""

    def __init__(self, protocol="open-floor", case="alliance-2023", rounds=3):
        self.protocol = protocols()[protocol]()
        self.scenario = load(case).scenario
        self.state = self.protocol.opening(self.scenario, rounds)

    def act(self, party, action):
        self.state = self.protocol.submit(self.state, party, action)
        return len(self.state.events) - 1

    def offer(self, party, **deals):
        return self.act(party, Offer({t: self.scenario.tables[t].parse(d) for t, d in deals.items()}, "words"))

    def refused(self, party, action):
        with pytest.raises(IllegalAction) as problem:
            self.protocol.submit(self.state, party, action)
        return str(problem.value)


def test_a_paper_binds_when_all_its_signers_have_signed():
    talks = Talks()
    paper = talks.offer("renault", alliance=TRUST)
    assert talks.state.papers[paper].lacks == 1
    talks.act("nissan", Accept(paper))
    assert talks.state.outcome["alliance"] == talks.scenario.tables["alliance"].parse(TRUST)
    assert talks.state.signed["alliance"] == ("renault", "nissan")
    assert talks.state.papers == {}
    assert "alliance" not in talks.state.sits("renault")


def test_a_package_binds_all_its_tables_at_once():
    talks = Talks()
    paper = talks.offer("nissan", alliance=TRUST, ampere=SEVEN)
    talks.offer("renault", ampere=SEVEN)
    talks.act("renault", Accept(paper))
    assert set(talks.state.bound) == {"alliance", "ampere"}
    assert talks.state.papers == {}


def test_one_live_paper_per_author_and_table_on_the_open_floor():
    talks = Talks()
    first = talks.offer("renault", alliance=TRUST)
    theirs = talks.offer("nissan", alliance={**TRUST, "votes": "free"})
    second = talks.offer("renault", alliance={**TRUST, "regions": "india"})
    assert list(talks.state.papers) == [theirs, second]
    assert "paper 0: it does not lie on any table now; papers: 1, 2" in talks.refused("nissan", Accept(first))


def test_under_alternating_a_counter_offer_replaces_the_standing_paper():
    talks = Talks("alternating")
    first = talks.offer("renault", alliance=TRUST)
    for table in ("ampere", "tech", "horse", "sdv"):
        talks.act("renault", Pass(table))
    second = talks.offer("nissan", alliance={**TRUST, "votes": "free"})
    assert list(talks.state.papers) == [second]
    assert first not in talks.state.papers


def test_a_constraint_across_tables_refuses_what_would_bind_a_forbidden_outcome():
    talks = Talks()
    adopt = {**OWN, "ee_sdv": "adopt"}
    parsed = talks.scenario.tables["tech"].parse(adopt)
    assert "constraint C8 forbids tech.ee_sdv adopt with sdv.openness" in talks.refused(
        "nissan", Offer({"tech": parsed})
    )
    paper = talks.offer("renault", tech=adopt, sdv=dict(openness="alliance", cofunding="shared"))
    assert talks.state.missing(talks.state.papers[paper]) == {"tech": (("nissan",), 0), "sdv": (("google",), 0)}
    talks.act("google", Accept(paper))
    assert talks.state.bound == {}
    talks.act("nissan", Accept(paper))
    assert set(talks.state.bound) == {"tech", "sdv"}


def test_papers_that_could_no_longer_bind_lapse():
    talks = Talks()
    ring = talks.offer("nissan", tech={**OWN, "joint_ip": "ring"})
    horse = talks.offer("geely", horse=HORSE)
    talks.act("renault", Accept(horse))
    assert ring not in talks.state.papers


def test_walking_away_leaves_only_deals_that_do_not_need_the_walker():
    talks = Talks()
    with_google = talks.offer("nissan", cloud={"vendor": "google", **FULL})
    talks.offer("google", cloud={"vendor": "google", **FULL})
    talks.act("google", Walk("cloud", "We have better things to do."))
    assert with_google not in talks.state.papers
    assert talks.state.open == tuple(talks.scenario.tables)
    deal = talks.scenario.tables["cloud"].parse({"vendor": "google", **FULL})
    assert "needs google, who has left the table" in talks.refused("nissan", Offer({"cloud": deal}))
    assert "google has left it; seats: sdv" in talks.refused("google", Walk("cloud"))
    paper = talks.offer("nissan", cloud={"vendor": "nimbus", **FULL})
    talks.act("nimbus", Walk("cloud"))
    assert paper not in talks.state.papers
    assert talks.state.dead == {"cloud": 0}
    assert "abandoned in week 1" in talks.refused("nissan", Walk("cloud"))


def test_a_walker_keeps_the_signature_that_counts_at_another_table():
    talks = Talks(case="electric-quay", rounds=5)
    deal = {issue.name: issue.options[0] for issue in talks.scenario.tables["quay"].issues}
    paper = talks.offer("voltamer", quay=deal)
    talks.act("ferries", Accept(paper))
    talks.act("ferries", Walk("quay"))
    assert talks.state.papers[paper].signed == ("voltamer",)
    assert talks.state.papers[paper].lacks == 4
    for party in ("city", "dockers", "fishers"):
        talks.act(party, Accept(paper))
    assert talks.state.bound == {}
    talks.act("region", Accept(paper))
    assert talks.state.signed["quay"] == ("voltamer", "city", "dockers", "fishers", "region")
    assert talks.state.over


def test_signatures_and_papers_can_be_taken_back_while_nothing_is_bound():
    talks = Talks()
    three = {**SEVEN, "mmc_stake": "m2"}
    paper = talks.offer("renault", ampere=three)
    talks.act("nissan", Accept(paper))
    talks.act("nissan", Withdraw(paper))
    assert talks.state.papers[paper].signed == ("renault",)
    assert "nissan has not signed it" in talks.refused("nissan", Withdraw(paper))
    talks.act("renault", Withdraw(paper))
    assert talks.state.papers == {}


def test_a_party_may_propose_a_deal_that_does_not_need_it():
    talks = Talks()
    paper = talks.offer("mitsubishi", ampere=SEVEN)
    assert talks.state.papers[paper].signed == ()
    assert "it does not need mitsubishi" in talks.refused("mitsubishi", Accept(paper))


@pytest.mark.parametrize(
    ("party", "action", "message"),
    [
        ("google", Offer({"horse": (0, 0, 0, 0, 0)}), "google cannot offer at horse: no seat there; seats: cloud, sdv"),
        ("nissan", Offer({"hors": (0,)}), "unknown table 'hors'; did you mean 'horse'?"),
        ("nissan", Offer({}), "nissan offered nothing"),
        ("nissan", Offer({"alliance": (1, 1, 0, 0, 0)}), "stakes sq_43_15, votes capped, purchasing joint"),
        ("nissan", Offer({"alliance": (1, 1, 0, 0, 0)}), "constraint C1 forbids it"),
        (
            "nissan",
            Offer({"alliance": (1, 1)}),
            "nissan cannot offer (1, 1) at alliance: it is not one of the 364 deals",
        ),
        ("renault", Offer({"ampere": (0, 0, 0, 0, 0)}), "it is not one of the 228 deals there"),
        ("nissan", Accept(7), "nissan cannot sign paper 7: it does not lie on any table now; papers: none"),
        ("nissan", Tick(), "nissan cannot tick under open-floor; possible: offer, accept, withdraw, pass, walk, say"),
        (CLOCK, Pass(), "clock cannot pass under open-floor; possible: tick"),
        (CLOCK, Say("hello"), "clock cannot say under open-floor; possible: tick"),
        ("nobody", Pass(), "nobody cannot pass: not a party; parties: renault, nissan"),
        ("nissan", Say("  "), "a text has 1 to 1,000"),
        ("nissan", Offer({"alliance": (3, 1, 0, 3, 0)}, "x" * 1001), "nissan said 1,001 characters"),
        ("nissan", Pass("alliance"), "under open-floor a pass is for the rest of the round"),
        ("nissan", Walk("sdv"), "nissan cannot walk away at sdv: no seat there"),
    ],
)
def test_illegal_acts_say_why_and_what_is_possible(party, action, message):
    assert message in Talks().refused(party, action)


def test_a_signed_table_is_closed():
    talks = Talks()
    talks.act("nissan", Accept(talks.offer("renault", alliance=TRUST)))
    deal = talks.scenario.tables["alliance"].parse(TRUST)
    assert "nissan cannot offer at alliance: signed in week 1" in talks.refused("nissan", Offer({"alliance": deal}))


def test_nobody_signs_twice():
    talks = Talks()
    paper = talks.offer("renault", alliance=TRUST)
    assert "renault has signed it already" in talks.refused("renault", Accept(paper))


def test_a_round_of_the_open_floor_ends_when_all_have_passed():
    talks = Talks()
    for party in talks.scenario.parties:
        assert party in talks.protocol.to_move(talks.state)
        talks.act(party, Pass())
    assert talks.protocol.to_move(talks.state) == (CLOCK,)
    assert "it is the turn of clock" in talks.refused("nissan", Pass())
    talks.act("nissan", Say("One more thing."))
    talks.act(CLOCK, Tick())
    assert (talks.state.round, talks.state.passed) == (1, ())


def test_after_the_last_round_nobody_can_act():
    talks = Talks(rounds=1)
    talks.act(CLOCK, Tick())
    assert talks.state.over
    assert talks.refused("nissan", Pass()) == "nissan cannot pass: the talks are over"
    assert talks.state.rounds_played == 1
    assert talks.state.rounds_paid("nissan") == 1


def test_signing_again_costs_the_rounds_since_the_last_signature():
    talks = Talks(rounds=10)
    assert talks.state.rounds_more("renault") == 0  # it pays to the end as long as it has signed nothing
    talks.act(CLOCK, Tick())
    talks.act("nissan", Accept(talks.offer("renault", alliance=TRUST)))
    assert (talks.state.rounds_paid("renault"), talks.state.rounds_more("renault")) == (2, 0)
    for _ in range(3):
        talks.act(CLOCK, Tick())
    assert (talks.state.rounds_paid("renault"), talks.state.rounds_more("renault")) == (2, 3)
    assert talks.state.rounds_more("google") == 0
    assert (talks.state.rounds_paid("google", ended=True), talks.state.rounds_paid("google")) == (4, 5)
    assert talks.state.rounds_paid("renault", ended=True) == 2


def test_acts_in_a_round_are_bounded():
    talks = Talks()
    for _ in range(60):
        talks.act("nissan", Say("again"))
    assert "nissan has spoken 60 times" in talks.refused("nissan", Say("again"))
    talks.act("renault", Say("We listen."))
    assert talks.state.words("nissan") == 60
    kinds = talks.protocol.allowed(talks.state, "nissan")
    assert kinds == (Offer, Accept, Withdraw, Pass, Walk)  # who has talked so much can still sign
    for _ in range(30):
        talks.act("nissan", Withdraw(talks.offer("nissan", alliance=TRUST)))
    assert "possible: pass" in talks.refused("nissan", Walk("alliance"))
    assert talks.protocol.allowed(talks.state, "nissan") == (Pass,)
    talks.act("nissan", Pass())
    talks.act(CLOCK, Tick())
    assert (talks.state.words("nissan"), talks.state.words("renault")) == (0, 0)
    for _ in range(30):
        talks.act("nissan", Withdraw(talks.offer("nissan", alliance=TRUST)))
    assert talks.protocol.allowed(talks.state, "nissan") == (Pass, Say)
    talks.act("nissan", Say("Enough of papers."))


def test_alternating_goes_table_by_table_in_seating_order():
    talks = Talks("alternating")
    assert talks.protocol.to_move(talks.state) == ("renault",)
    assert talks.protocol.due(talks.state, "renault") == ("alliance", "ampere", "tech", "horse", "sdv")
    paper = talks.offer("renault", alliance=TRUST)
    assert "renault has acted at alliance in this round; due: ampere, tech" in talks.refused(
        "renault", Pass("alliance")
    )
    deals = {t: talks.scenario.tables[t].parse(d) for t, d in (("tech", OWN), ("ampere", SEVEN))}
    assert "an offer names one table" in talks.refused("renault", Offer(deals))
    assert "offered nothing" in talks.refused("renault", Offer({}))
    assert "does not lie on any table" in talks.refused("renault", Accept(99))
    assert "renault cannot accept: renault has acted" in talks.refused("renault", Accept(paper))
    talks.act("renault", Pass())
    assert talks.protocol.to_move(talks.state) == ("nissan",)
    talks.act("nissan", Accept(paper))
    assert talks.protocol.due(talks.state, "nissan") == ("ampere", "tech", "cloud")
    talks.act("nissan", Walk("tech"))
    assert talks.state.dead == {"tech": 0}
    for party in ("nissan", "mitsubishi", "google", "geely", "nimbus"):
        talks.act(party, Pass())
    assert talks.protocol.to_move(talks.state) == (CLOCK,)
    assert talks.protocol.allowed(talks.state, CLOCK) == (Tick,)


def test_a_view_knows_the_news_and_whose_turn_it_is():
    talks = Talks("alternating", rounds=16)
    role = load("alliance-2023").role("nissan")
    seen = view(talks.protocol, talks.state, "nissan", role)
    assert (seen.allowed, seen.due, seen.news) == ((), (), ())
    assert seen.time == pytest.approx(1 / 17)
    assert seen.preferences is role.preferences
    later = talks.state
    for _ in range(10):
        later = apply(later, Event(CLOCK, Tick()))
    assert [item.name for item in view(talks.protocol, later, "nissan", role).news] == ["nissan_agm"]


def test_protocols_are_found_by_name():
    found = protocols()
    assert list(found) == ["alternating", "open-floor", "single-text"]
    assert all(issubclass(kind, Protocol) and kind.about for kind in found.values())
    assert Protocol.refusal(found["open-floor"](), Talks().state, "nissan", Pass()) is None


def test_who_walks_away_takes_papers_along_that_the_others_could_sign_alone():
    """Google offers the cloud to Nimbus, which needs no signature of Google's: when Google leaves, its offer goes too."""
    talks = Talks()
    deal = talks.scenario.tables["cloud"].parse({**FULL, "vendor": "nimbus"})
    assert "google" not in talks.scenario.tables["cloud"].needs(deal)
    mine = talks.act("google", Offer({"cloud": deal}))
    theirs = talks.act("nissan", Offer({"cloud": deal}))
    talks.act("google", Walk("cloud"))
    assert (mine in talks.state.papers, theirs in talks.state.papers) == (False, True)
    talks.act("nimbus", Accept(theirs))
    assert talks.state.bound == {"cloud": deal}


def test_what_an_act_changes_is_typed_as_the_state_is():
    changes, fields = get_type_hints(Changes), get_type_hints(State)
    assert {name: fields[name] for name in changes} == changes
    assert set(fields) - set(changes) == {"scenario", "rounds", "one_paper"}
