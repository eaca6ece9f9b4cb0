"""What the coach says is to be done now, in which words."""

import pytest
from unit_coaching import AMPERE, CAPITAL, FAIR, HORSE, MINE, THEIRS, Table, issue

from negotiation.actions import MEDIATOR, Accept, Vote, Walk
from negotiation.analysis.coaching.advice import advice, advise
from negotiation.analysis.coaching.remarks import Remark
from negotiation.analysis.coaching.trades import cheapest
from negotiation.moves import Alternative, Ask, Obstacle, Rank, Trade
from negotiation.reports.coach_sentences import SENTENCES
from negotiation.reports.coach_text import button


@pytest.fixture
def table():
    return Table()


@pytest.fixture
def alliance():
    return Table("alliance-2023", "nissan")


def now(table):
    return {one.kind: one for one in advice(table.view)}


def test_at_first_the_coach_points_to_what_weighs_most(table):
    first = advise(table.view)
    assert table.said(first) == (
        "You have offered nothing at Connected-car cloud, where 96.8 points are at stake for you: "
        "ask what matters there, or make an offer."
    )
    table.offers("kaido", MINE)
    assert table.said(advise(table.view)) == (
        "Your offers are out. Talk to those who have not signed, or end the round."
    )


def test_a_paper_that_needs_only_me(table):
    table.offers("nimbus", FAIR)
    first = advise(table.view)
    assert "support" not in now(table), "it needs nobody else"
    assert table.said(first) == (
        "The paper of Nimbus at Connected-car cloud gains you 24.0 points and needs only you. "
        "You have asked for nothing there yet: counter once before you sign."
    )
    table.offers("kaido", MINE)
    assert table.said(advise(table.view)).endswith(
        "less than half of what could be had there. Counter it while there is time."
    )
    table.offers("nimbus", FAIR, price="p18")
    assert table.said(advise(table.view)).endswith(
        "32.5 points and needs only you: sign it, unless you want to ask for more."
    )
    for _ in range(9):
        table.week_ends()
    table.offers("nimbus", FAIR)
    assert advise(table.view).kind == "sign"


def test_a_paper_that_costs_me_is_to_be_countered(table):
    table.offers("nimbus", THEIRS)
    assert table.said(advise(table.view)) == (
        "The paper of Nimbus at Connected-car cloud would cost you 43.8 points: counter it, "
        "and give where it costs you little."
    )
    table.offers("kaido", MINE)
    assert "counter" not in now(table)


def test_an_offer_that_nobody_answers_is_asked_about_once(table):
    table.offers("kaido", MINE)
    table.week_ends()
    first = advise(table.view)
    assert (
        table.said(first)
        == "Nobody has answered your offer at Connected-car cloud since round 1: ask Nimbus what is wrong."
    )
    assert (
        button(table.scenario, first.move, "nimbus")
        == "Ask Nimbus what is wrong with your offer at Connected-car cloud"
    )
    table.says("kaido", first.move)
    assert "unanswered" not in now(table)


@pytest.mark.parametrize("answer", ["offer", "word"])
def test_an_answered_offer_is_not(table, answer):
    table.offers("kaido", MINE)
    if answer == "offer":
        table.offers("nimbus", THEIRS)
    else:
        table.says("nimbus", Obstacle(issue("term")))
    table.week_ends()
    assert "unanswered" not in now(table)


def test_nor_is_one_that_somebody_has_signed_or_that_others_spoke_beside(alliance):
    number = alliance.offers("nissan", AMPERE, "ampere")
    alliance.game.submit("mitsubishi", Accept(number))
    alliance.offers("nissan", CAPITAL, "alliance")
    alliance.says("google", Alternative("cloud"))
    alliance.offers("renault", HORSE, "horse")
    alliance.week_ends()
    found = [one for one in advice(alliance.view) if one.kind == "unanswered"]
    assert [(one.tables, one.parties) for one in found] == [(("alliance",), ("renault",))]


def test_a_question_of_theirs_is_to_be_answered(table):
    table.says("nimbus", Ask("priority", "contract", None, "kaido"))
    assert (
        table.said(advise(table.view))
        == "Nimbus asked you something in this round and had no answer: answer, and ask back."
    )
    table.says("kaido", Rank(issue("price"), issue("term")))
    assert "asked" not in now(table)


def test_a_gain_that_waits_for_others_besides_me(alliance):
    there, scores = alliance.scenario.tables["ampere"], alliance.view.preferences.given("ampere", {})[:-1]
    best = max(there.deals, key=lambda deal: (len(there.needs(deal)) == 3, scores[there.index(deal)]))
    alliance.offers("mitsubishi", there.name_of(best), "ampere")
    found = now(alliance)["support"]
    assert found.parties == ("mitsubishi", "renault")
    assert alliance.said(found).endswith("and waits for others too, besides you: Renault Group.")


def test_a_gain_that_waits_for_votes_too():
    quay = Table("electric-quay", "voltamer")
    there = quay.scenario.tables["quay"]
    scores = quay.view.preferences.points["quay"][:-1]
    quay.offers("city", there.name_of(there.deal(int(scores.argmax()))), "quay")
    assert quay.said(now(quay)["support"]).endswith("and needs more signatures besides yours.")


def test_what_is_cheap_is_to_be_offered_for_something(table):
    table.offers("nimbus", THEIRS)
    table.offers("nimbus", THEIRS, price="p26", data="pooled", migration="half", volume="indexed")
    table.offers("kaido", MINE)
    found = now(table)["trade"]
    assert found.move == Trade((issue("price", "p14"),), (issue("term", "y7"),))
    assert table.said(found) == (
        "Nimbus presses for “7 years” on Term, which costs you 4.8 points: offer it for something on USD per car and year."
    )
    assert button(table.scenario, found.move, "nimbus") == (
        "Propose it to Nimbus: “7 years” for something on USD per car and year"
    )
    table.says("kaido", found.move)
    assert "trade" not in now(table)


def test_where_nothing_else_is_apart_something_is_asked_for_at_what_weighs_most(table):
    table.offers("nimbus", MINE, term="y7")
    table.offers("nimbus", MINE, term="y7", price="p18")
    table.offers("nimbus", MINE, term="y7")
    draft = table.deal(MINE)
    assert cheapest(table.view, draft).trade(table.view, draft["contract"]).get == (issue("price"),)


def test_towards_the_end_the_coach_counts(table):
    late = Table(rounds=2)
    assert late.said(advise(late.view)) == (
        "2 rounds are left. Unsigned: Connected-car cloud. No paper there would gain you anything yet: "
        "offer something that they can sign."
    )
    late.offers("kaido", FAIR)
    late.week_ends()
    assert late.said(advise(late.view)) == (
        "This round is the last. Unsigned: Connected-car cloud. The nearest is Connected-car cloud, "
        "where a paper that gains you something still waits for Nimbus."
    )
    late.offers("nimbus", FAIR, price="p26")
    assert advise(late.view).kind == "sign"


def test_a_paper_that_lacks_only_votes_is_near_all_the_same():
    for rounds, words in ((2, "2 rounds are left."), (1, "This round is the last.")):
        quay = Table("electric-quay", "voltamer", rounds=rounds)
        there = quay.scenario.tables["quay"]
        scores = quay.view.preferences.points["quay"][:-1]
        number = quay.offers("voltamer", there.name_of(there.deal(int(scores.argmax()))), "quay")
        quay.game.submit("city", Accept(number))
        told = quay.said(advise(quay.view))
        assert told.startswith(words)
        assert told.endswith("where a paper that gains you something still lacks signatures.")


def test_a_text_of_the_mediator_is_called_so(table):
    assert table.said(Remark("sign", "sheet", (MEDIATOR,), ("contract",), points=2.0)).startswith(
        "The paper of the mediator"
    )


def test_who_can_do_nothing_is_told_nothing(table):
    table.game.submit("kaido", Walk("contract"))
    assert advise(table.view) is None


def test_under_a_mediator_the_coach_says_how_to_vote():
    quay = Table("electric-quay", "voltamer", protocol="single-text")
    quay.game.advance()
    first = advise(quay.view)
    assert first.kind in ("vote for", "vote against")
    assert f"The draft for {quay.scenario.tables['quay'].label} " in quay.said(first)
    assert [one.kind for one in advice(quay.view)][-1] == "nothing"
    (paper,) = quay.game.state.drafts
    quay.game.submit("voltamer", Vote(paper.id, True))
    assert advise(quay.view) is None


def test_only_drafts_of_my_tables_that_wait_for_my_vote_are_told():
    table = Table("alliance-2023", "nissan", protocol="single-text")
    table.game.play()
    mine = {name for one in advice(table.view) if one.kind.startswith("vote") for name in one.tables}
    assert mine == {*table.scenario.at("nissan")}
    first = next(paper for paper in table.game.state.drafts if "alliance" in paper.deals)
    table.game.submit("nissan", Vote(first.id, False))
    left = {name for one in advice(table.view) if one.kind.startswith("vote") for name in one.tables}
    assert left == mine - {"alliance"}


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_sentence_can_be_said_and_has_no_number_of_its_own(table, kind):
    terms = (issue("price", "p14"), issue("price", "p30"))
    parties, tables = ("nimbus", "kaido"), ("contract",)
    remark = Remark(kind, "offers", parties, tables, terms, 2.5, 3, {"contract.price": ("p14",)})
    said = table.said(remark)
    assert said.endswith(".")
    assert "{" not in said
    assert not any(sign.isdigit() for sign in SENTENCES[kind])
