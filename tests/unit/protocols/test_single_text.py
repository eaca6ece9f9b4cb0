"""Drafts, sealed votes and opened ballots, told as a record of play."""

import pytest

from negotiation.actions import CLOCK, MEDIATOR, Accept, Event, Offer, Open, Pass, Say, Tick, Vote, Walk, Withdraw
from negotiation.analysis.transcript import transcript
from negotiation.dice import Dice
from negotiation.errors import IllegalAction
from negotiation.formats import load
from negotiation.protocols import protocols
from negotiation.protocols.base import ACTS_PER_ROUND
from negotiation.protocols.mediator import draft, issues_to_change
from negotiation.protocols.single_text import BALLOTS
from negotiation.rules import apply
from negotiation.scenario import Party, Scenario
from negotiation.table import Constraint, Issue, Signers, Table
from negotiation.view import sealed, view

PROTOCOL = protocols()["single-text"]()


class Talks:
    """A game under single-text; who acts is named, the mediator's drafts are given."""

    def __init__(self, case="cloud-for-two", rounds=3):
        self.scenario = case if isinstance(case, Scenario) else load(case).scenario
        self.state = PROTOCOL.opening(self.scenario, rounds)

    @property
    def movers(self):
        return PROTOCOL.to_move(self.state)

    def act(self, party, action):
        self.state = PROTOCOL.submit(self.state, party, action)
        return len(self.state.events) - 1

    def draft(self, **numbers):
        return self.act(MEDIATOR, Offer({t: self.scenario.tables[t].deal(n) for t, n in numbers.items()}))

    def mediate(self, turn=0):
        return draft(self.state, Dice(1, 9, turn))

    def ballot(self, votes, **numbers):
        """A draft, the votes on it, and the ballot opened."""
        paper = self.draft(**numbers)
        for party, yes in votes.items():
            self.act(party, Vote(paper, yes))
        self.act(CLOCK, Open())
        return paper

    def signing(self):
        """Drafts that nobody votes on, until the texts may be signed."""
        for _ in range(BALLOTS - self.state.ballots):
            self.act(MEDIATOR, self.mediate(self.state.turns[MEDIATOR]))
            self.act(CLOCK, Open())

    def refused(self, party, action):
        with pytest.raises(IllegalAction) as problem:
            PROTOCOL.submit(self.state, party, action)
        return str(problem.value)


YES = {"kaido": True, "nimbus": True}


def test_a_draft_that_all_say_yes_to_is_the_text_and_binds_once_all_have_signed_it():
    talks = Talks()
    assert talks.movers == (MEDIATOR,)
    paper = talks.draft(contract=40)
    assert talks.movers == ("kaido", "nimbus", CLOCK)
    talks.act("nimbus", Vote(paper, True))
    assert talks.movers == ("kaido", CLOCK)
    talks.act("kaido", Vote(paper, True))
    assert talks.movers == (CLOCK,)
    talks.act(CLOCK, Open())
    assert talks.state.papers[paper].ballot == YES
    assert talks.state.papers[paper].signed == ()
    assert talks.state.bound == {}
    talks.signing()
    assert talks.movers == ("kaido", "nimbus", CLOCK)
    talks.act("kaido", Accept(paper))
    talks.act("nimbus", Accept(paper))
    assert talks.state.bound == {"contract": talks.scenario.tables["contract"].deal(40)}


def test_a_no_or_a_missing_vote_throws_a_draft_out_and_leaves_the_text():
    talks = Talks()
    text = talks.ballot(YES, contract=40)
    talks.ballot({"kaido": True, "nimbus": False}, contract=41)
    talks.ballot({"kaido": True}, contract=42)
    assert list(talks.state.papers) == [text]


def test_a_new_text_takes_the_place_of_the_old_one_and_of_its_signatures():
    talks = Talks()
    old = talks.ballot(YES, contract=40)
    talks.signing()
    talks.act("kaido", Accept(old))
    talks.act("kaido", Withdraw(old))
    talks.act("kaido", Accept(old))
    talks.act(CLOCK, Tick())
    assert talks.state.papers[old].signed == ("kaido",)
    new = talks.ballot(YES, contract=41)
    assert list(talks.state.papers) == [new]
    assert talks.state.papers[new].signed == ()


def test_conditional_signers_vote_where_the_draft_names_them():
    talks = Talks("any-two-of-three")
    number = talks.scenario.tables["platform"].index((0, 0, 0, 0))
    paper = talks.draft(platform=number)
    assert talks.movers == ("aster", "boreal", CLOCK)
    assert talks.refused("cygne", Vote(paper, True)).startswith("cygne cannot vote now")
    talks.act("aster", Vote(paper, True))
    talks.act("boreal", Vote(paper, True))
    talks.act(CLOCK, Open())
    assert talks.state.papers[paper].ballot == {"aster": True, "boreal": True}


def test_a_quorum_counts_votes_as_it_counts_signatures():
    talks = Talks("electric-quay")
    votes = dict(voltamer=True, city=True, ferries=True, dockers=False, fishers=True, region=True)
    assert list(talks.state.papers) == []
    carried = talks.ballot(votes, quay=100)
    talks.ballot({**votes, "region": False}, quay=101)
    assert list(talks.state.papers) == [carried]
    talks.ballot({**votes, "dockers": True, "city": False}, quay=102)
    assert list(talks.state.papers) == [carried]


def test_votes_are_sealed_until_the_ballot_is_opened():
    talks = Talks()
    case = load("cloud-for-two")
    talks.ballot({"kaido": True, "nimbus": False}, contract=3)
    paper = talks.draft(contract=40)
    talks.act("kaido", Vote(paper, False))
    theirs = view(PROTOCOL, talks.state, "nimbus", case.role("nimbus")).state
    mine = view(PROTOCOL, talks.state, "kaido", case.role("kaido")).state
    assert theirs.votes == {paper: {"kaido": None}}
    assert theirs.events[-1] == Event("kaido", Vote(paper, None))
    assert theirs.events[:-1] == talks.state.events[:-1]
    assert mine == talks.state
    rows = transcript(PROTOCOL.opening(talks.scenario, 3), sealed(talks.state).events)
    assert rows[-1]["yes"] is None
    talks.act(CLOCK, Open())
    assert sealed(talks.state) is talks.state
    rows = transcript(PROTOCOL.opening(talks.scenario, 3), talks.state.events)
    assert rows[-1]["ballot"] == [{"paper": paper, "votes": {"kaido": False}, "carried": False}]


def test_what_cannot_be_voted_on_or_signed():
    talks = Talks()
    paper = talks.draft(contract=40)
    assert talks.refused("kaido", Vote(99, True)) == (
        "kaido cannot vote on paper 99: it is not put to the vote; drafts: 0"
    )
    assert talks.refused("kaido", Vote(paper, None)) == "kaido cannot vote None on draft 0: a vote is yes or no"
    assert "possible: vote, pass, walk, say" in talks.refused("kaido", Accept(paper))
    with pytest.raises(IllegalAction, match="kaido cannot sign paper 0: it is a draft, put to the vote"):
        apply(talks.state, Event("kaido", Accept(paper)))
    talks.act("kaido", Vote(paper, True))
    with pytest.raises(IllegalAction, match="kaido has voted, and votes are sealed"):
        apply(talks.state, Event("kaido", Vote(paper, False)))
    with pytest.raises(IllegalAction, match="it would not need the signature of clock"):
        apply(talks.state, Event(CLOCK, Vote(paper, False)))
    assert "a pass is for this ballot" in talks.refused("nimbus", Pass("contract"))
    assert "mediator cannot accept" in talks.refused(MEDIATOR, Accept(paper))


def test_the_mediator_drafts_only_what_could_bind_and_never_signs():
    talks = Talks()
    with pytest.raises(IllegalAction, match="mediator cannot offer .* it is not one of the 270 deals there"):
        talks.act(MEDIATOR, Offer({"contract": (9, 9, 9, 9, 9)}))
    assert talks.refused(MEDIATOR, Tick()) == "mediator cannot tick under single-text; possible: offer, pass"
    paper = talks.draft(contract=40)
    with pytest.raises(IllegalAction, match="mediator cannot draft at contract: draft 0 is put to the vote there"):
        apply(talks.state, Event(MEDIATOR, Offer({"contract": talks.scenario.tables["contract"].deal(1)})))
    talks.act("kaido", Vote(paper, True))
    talks.act("nimbus", Vote(paper, True))
    talks.act(CLOCK, Open())
    with pytest.raises(IllegalAction, match="it does not need mediator; seats: none open"):
        apply(talks.state, Event(MEDIATOR, Accept(paper)))
    with pytest.raises(IllegalAction, match="clock cannot open a ballot: no draft is put to the vote"):
        apply(talks.state, Event(CLOCK, Open()))


def test_who_passes_sits_a_ballot_out_and_is_asked_again_in_the_next():
    talks = Talks()
    talks.draft(contract=40)
    talks.act("kaido", Pass())
    assert talks.movers == ("nimbus", CLOCK)
    talks.act(CLOCK, Open())
    talks.draft(contract=41)
    assert "kaido" in talks.movers


def test_a_round_is_a_few_ballots_and_a_signing_and_talk_has_its_bound():
    talks = Talks()
    talks.ballot(YES, contract=40)
    talks.signing()
    assert talks.movers == ("kaido", "nimbus", CLOCK)
    for _ in range(ACTS_PER_ROUND):
        talks.act("kaido", Say("Well."))
    assert "has spoken 60 times" in talks.refused("kaido", Say("Still."))
    assert PROTOCOL.allowed(talks.state, "kaido") == (Accept, Withdraw, Pass, Walk)
    talks.act("kaido", Pass())
    talks.act(CLOCK, Tick())
    assert (talks.state.round, talks.state.ballots, talks.movers) == (1, 0, (MEDIATOR,))
    assert PROTOCOL.allowed(talks.state, "kaido") == (Accept, Withdraw, Pass, Walk, Say)
    talks.draft(contract=41)
    for _ in range(ACTS_PER_ROUND):
        talks.act("kaido", Say("Well."))
    assert PROTOCOL.allowed(talks.state, "kaido") == (Vote, Pass, Walk)


def test_a_draft_falls_with_the_table_when_somebody_needed_walks():
    talks = Talks("alliance-2023")
    talks.draft(alliance=3, ampere=5)
    talks.act(MEDIATOR, Pass())
    talks.act("nissan", Walk("alliance"))
    assert talks.state.drafts == ()
    assert talks.movers == (CLOCK,)


@pytest.mark.parametrize("case", ["cloud-for-two", "any-two-of-three", "alliance-2023", "electric-quay"])
def test_the_mediator_changes_a_text_a_little_and_repeats_nothing(case):
    talks = Talks(case, rounds=50)
    name = next(iter(talks.scenario.tables))
    text, seen = None, set()
    for turn in range(60):
        action = talks.mediate(turn)
        seen.add(action.deals[name])
        assert len(seen) == turn + 1
        before = talks.state.papers[text].deals[name] if text is not None else None
        assert before != action.deals[name]
        assert action.words.startswith("What if we changed" if before else "A draft")
        paper = len(talks.state.events)
        talks.state = apply(talks.state, Event(MEDIATOR, action))
        for party in talks.scenario.parties if turn % 3 == 0 else ():
            if talks.state.signable(party, talks.state.papers[paper]):
                talks.state = apply(talks.state, Event(party, Vote(paper, True)))
        text = paper if turn % 3 == 0 else text
        talks.state = apply(talks.state, Event(CLOCK, Open()))
    assert text in talks.state.papers


def test_late_revisions_change_one_issue_early_ones_more():
    early = [issues_to_change(0.05, 5, Dice(1, 0, n)) for n in range(200)]
    late = [issues_to_change(0.95, 5, Dice(1, 0, n)) for n in range(200)]
    assert max(early) == 5
    assert sum(late) / 200 < 1.2 < 3 < sum(early) / 200
    assert {issues_to_change(1.0, 5, Dice(2, 0, n)) for n in range(200)} == {1}


def linked(*constraints):
    """Two tables that the same two parties sign, one issue with two options each, and constraints across them."""
    parties = ("anna", "bert")
    tables = {
        name: Table(name, name, (Issue("i", "Issue", ("x", "y"), ("X", "Y")),), Signers(parties)) for name in ("a", "b")
    }
    return Scenario(
        "linked",
        "Linked",
        {party: Party(party, party) for party in parties},
        tables,
        5,
        constraints=tuple(Constraint(f"c{n}", pattern) for n, pattern in enumerate(constraints)),
    )


def test_a_draft_spans_two_tables_where_a_constraint_wants_it_and_is_revised_as_one_text():
    talks = Talks(linked({"a.i": ("x", "y"), "b.i": ("unsigned", "y")}))
    action = talks.mediate()
    assert set(action.deals) == {"a", "b"}
    assert action.deals["b"] == (0,)
    paper = talks.act(MEDIATOR, action)
    assert talks.movers == ("anna", "bert", CLOCK)
    for party in ("anna", "bert"):
        talks.act(party, Vote(paper, True))
    talks.act(CLOCK, Open())
    drafts = {tuple(talks.mediate(turn).deals.items()) for turn in range(20) if talks.mediate(turn) != Pass()}
    assert drafts == {(("a", (1 - action.deals["a"][0],)), ("b", (0,)))} or drafts == {
        (("b", (0,)), ("a", (1 - action.deals["a"][0],)))
    }


def test_where_nothing_can_be_drafted_the_mediator_passes():
    impossible = {"a.i": ("x", "y"), "b.i": ("unsigned", "x", "y")}
    talks = Talks(linked(impossible))
    first = talks.mediate()
    assert set(first.deals) == {"b"}
    talks.act(MEDIATOR, first)
    assert talks.mediate(1) == Pass()
    talks.act(MEDIATOR, Pass())
    assert talks.movers == ("anna", "bert", CLOCK)
    dead = Talks(linked({**impossible, "a.i": ("x", "y", "unsigned")}, {"b.i": ("x", "y"), "a.i": ("unsigned",)}))
    assert dead.mediate() == Pass()


def test_a_table_whose_text_is_its_only_deal_gets_no_draft():
    talks = Talks(linked({"a.i": ("y",), "b.i": ("unsigned", "x", "y")}))
    paper = talks.draft(a=0)
    talks.draft(b=0)
    for party in ("anna", "bert"):
        talks.act(party, Vote(paper, True))
    talks.act(CLOCK, Open())
    assert set(talks.mediate().deals) == {"b"}


def test_a_text_over_two_tables_is_revised_at_either_whatever_was_thrown_out_alone():
    talks = Talks(linked())
    talks.draft(a=1)
    talks.draft(b=1)
    talks.act(CLOCK, Open())
    paper = talks.draft(a=0, b=0)
    for party in ("anna", "bert"):
        talks.act(party, Vote(paper, True))
    talks.act(CLOCK, Open())
    drafts = [talks.mediate(turn).deals for turn in range(20)]
    assert {(deals["a"], deals["b"]) for deals in drafts} == {((1,), (0,)), ((0,), (1,))}
