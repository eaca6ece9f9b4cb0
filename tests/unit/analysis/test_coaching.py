"""What the coach says: each remark where it must be said, and in words."""

import math

import pytest
from unit_coaching import FAIR, MINE, THEIRS, Table, issue

from negotiation.actions import Accept, Offer, Vote, Walk, Withdraw
from negotiation.analysis.coaching import plan as planning
from negotiation.analysis.coaching.advice import advice, advise
from negotiation.analysis.coaching.plan import prepare, questions
from negotiation.analysis.coaching.remarks import Remark, distance
from negotiation.analysis.coaching.review import review
from negotiation.analysis.coaching.trades import cheapest
from negotiation.moves import Alternative, Ask, Commit, Obstacle, Prefer, Rank, Refuse, Sketch, Term, Trade
from negotiation.reports.coach_text import SENTENCES, aims, button, linked, prospects, rests, weight


@pytest.fixture
def table():
    return Table()


@pytest.fixture
def alliance():
    return Table("alliance-2023", "nissan")


# --- the plan


def test_a_plan_says_what_i_keep_what_to_aim_for_and_what_weighs_most(table):
    plan = prepare(table.view)
    assert (plan.walk_away, plan.best, plan.target) == (47, 100, 73.5)
    assert [(term.issue, points) for term, points in plan.issues] == [("price", 34), ("data", 28), ("migration", 16)]
    (there,) = plan.tables
    assert (there.unsigned, there.best, there.signers, there.sometimes) == (47, 100, ("nimbus",), ())
    assert aims(plan.walk_away, plan.best, plan.target, 1)[1].startswith("Your best, if everybody gave you all")
    assert weight(table.scenario, *plan.issues[0]) == (
        "USD per car and year (Connected-car cloud): 34.0 points between best and worst"
    )
    assert prospects(table.scenario, there)[-1] == "Needs Nimbus."


def test_where_the_best_is_too_hard_to_find_there_is_no_target(table, monkeypatch):
    monkeypatch.setattr(planning, "ideal_score", lambda _: math.nan)
    plan = prepare(table.view)
    assert (plan.best, plan.target) == (None, None)
    assert aims(plan.walk_away, plan.best, plan.target, 1)[1].startswith("Your best is too hard to work out")


def test_the_tables_of_a_plan_are_those_still_open_to_me_the_weightiest_first(alliance):
    plan = prepare(alliance.view)
    assert [one.table for one in plan.tables] == ["alliance", "tech", "ampere", "cloud"]
    assert plan.tables[3].sometimes == ("google", "nimbus")
    assert "Google and Nimbus may sign, by what the deal says." in prospects(alliance.scenario, plan.tables[3])
    for name in ("alliance", "tech"):
        alliance.game.submit("nissan", Walk(name))
    assert [one.table for one in prepare(alliance.view).tables] == ["ampere", "cloud"]
    alliance.game.submit("google", Walk("cloud"))
    alliance.game.submit("nimbus", Walk("cloud"))
    (there,) = prepare(alliance.view).tables
    assert (there.table, there.sometimes) == ("ampere", ("mitsubishi",))


def test_a_table_where_nothing_can_be_signed_any_more_has_no_better_than_unsigned(table, monkeypatch):
    monkeypatch.setattr(planning, "possible", lambda view, name: view.preferences.points[name][:-1] < 0)
    assert prepare(table.view).tables[0].best == 47


def test_links_of_a_plan_are_those_that_can_still_come_about(alliance):
    links = {link.name for link in prepare(alliance.view).links}
    assert links == {"L9", "L1a", "L5"}
    assert linked(alliance.scenario, prepare(alliance.view).links[0]).startswith("-12.0 if Cross-shareholding: ")
    alliance.game.submit("nissan", Walk("alliance"))
    left = prepare(alliance.view)
    names = {link.name for link in left.links}
    assert "L9" not in names, "no merger any more"
    assert "L5" in names, "what is unsigned leaves the old stakes in force"


def test_three_questions_of_different_kinds_to_different_parties(alliance):
    asked = questions(alliance.view)
    assert [(move.what, move.whom) for move in asked] == [
        ("priority", "renault"),
        ("option", "mitsubishi"),
        ("alternative", "google"),
    ]
    assert [button(alliance.scenario, move, move.whom) for move in asked] == [
        "Ask Renault Group what matters most at Capital and governance of the alliance",
        "Ask Mitsubishi Motors about “None” on Nissan engineers in Ampère",
        "Ask Google what else it has instead of Nissan's connected-car cloud",
    ]
    alliance.says("nissan", *asked)
    assert not set(asked) & set(questions(alliance.view))


def test_what_is_wrong_is_asked_of_those_who_have_not_signed_my_paper(table):
    table.offers("kaido", MINE)
    assert questions(table.view)[0] == Ask("obstacle", "contract", None, "nimbus")
    table.says(
        "kaido", Ask("obstacle"), Ask("priority", "contract"), Ask("option", "", issue("price", "p14"), "nimbus")
    )
    assert [move.what for move in questions(table.view)] == ["obstacle", "alternative"]
    table.says("kaido", Ask("obstacle", "", None, "nimbus"))
    assert [move.what for move in questions(table.view)] == ["alternative"]


# --- a draft: the rules, and my sheet


CAPITAL = dict(stakes="trust_15", votes="capped", purchasing="project", regions="all", platforms="project")
TECH = dict(joint_ip="ring", ssb="exclusive", adas="exclusive", ee_sdv="europe")
HORSE = dict(split="even", tech_base="joint", markets="world", supply="arms", centre="dual")
AMPERE = dict(nissan_stake="s7", mmc_stake="m2", engineers="none", tech_access="alacarte", condition="firm")
CLOUD = dict(vendor="nimbus", scope="full", price="mid", data="nissan", term="y5")


def refusal(table, options, name):
    (found,) = review(table.view, table.deal(options, name))
    return found.kind, table.said(found)


def test_a_draft_that_the_rules_refuse_is_told_why_and_nothing_else(alliance):
    kind, why = refusal(alliance, {**CAPITAL, "stakes": "zero"}, "alliance")
    assert kind == "clash"
    assert why.startswith("These options do not go together: Cross-shareholding: 0/0")
    number = alliance.offers("renault", HORSE, "horse")
    alliance.game.submit("geely", Accept(number))
    kind, why = refusal(alliance, TECH, "tech")
    assert kind == "across"
    assert why.startswith("This cannot stand with the other tables as they are: ")
    alliance.game.submit("nimbus", Walk("cloud"))
    assert refusal(alliance, CLOUD, "cloud") == (
        "gone",
        "This needs Nimbus, who has left Nissan's connected-car cloud for good.",
    )
    alliance.game.submit("nissan", Walk("ampere"))
    assert refusal(alliance, AMPERE, "ampere") == ("away", "You have no seat at Ampère any more.")


def test_a_draft_that_too_few_could_sign_is_told_so(alliance):
    alone = {**AMPERE, "nissan_stake": "zero", "mmc_stake": "zero"}
    assert refusal(alliance, alone, "ampere") == (
        "few",
        "Too few parties would have to sign this at Ampère: choose an option that brings in a partner.",
    )


def test_what_a_draft_is_worth_to_me_against_nothing_and_against_theirs(table):
    assert table.said(table.review(FAIR)["gain"]) == "You would have 24.0 points more than with nothing more signed."
    assert table.said(table.review(THEIRS)["loss"]).startswith("You would lose 43.8 points by it")
    table.offers("nimbus", FAIR)
    above = table.review(MINE)["above theirs"]
    assert table.said(above) == (
        "It is worth 29.0 points more to you than the best that Nimbus has offered at Connected-car cloud."
    )
    assert table.said(table.review(FAIR)["as theirs"]).startswith("It is worth the same to you as what Nimbus has")
    better = table.review(FAIR, price="p26")["sign theirs"]
    assert table.said(better) == (
        "The paper of Nimbus at Connected-car cloud is worth 8.5 points more to you than this draft: "
        "sign that, or ask for more."
    )
    assert rests(better) == "from your own sheet, exact"
    table.game.submit("nimbus", Offer(table.deal(THEIRS)))
    assert "above theirs" in table.review(FAIR, price="p26")


def test_what_they_once_offered_and_have_taken_back_was_more_all_the_same(alliance):
    number = alliance.offers("renault", CAPITAL, "alliance")
    alliance.game.submit("renault", Withdraw(number))
    worse = {**CAPITAL, "purchasing": "joint", "platforms": "common"}
    found = alliance.review(worse, "alliance")
    assert "below theirs" in found, found
    assert alliance.said(found["below theirs"]).startswith("Renault Group has offered you more at Capital")


def test_what_is_worth_the_same_as_nothing_is_said_so():
    two = Table("any-two-of-three", "aster")
    left_out = dict(members="bc", lead="boreal", site="boreal", costs="equal")
    found = two.review(left_out, "platform")
    assert two.said(found["loss"]).startswith("You would lose 6.0 points")
    three = Table("alliance-2023", "renault")
    assert [one.kind for one in review(three.view, three.deal(CLOUD, "cloud"))] == ["away"]


# --- a draft: the others


def test_who_must_sign_is_told_by_the_rules_of_the_case(table):
    assert table.said(table.review(FAIR)["signers"]) == "Must sign it too: Nimbus."
    quay = Table("electric-quay", "voltamer")
    there = quay.scenario.tables["quay"]
    options = there.name_of(there.deal(0))
    assert quay.said(quay.review(options, "quay")["votes"]) == (
        "Must sign it too: City of Sainte-Barbe, and as many more as this: 3."
    )


def test_votes_alone_and_nobody_at_all(monkeypatch, table):
    there = table.scenario.tables["contract"]
    for missing, kind, words in (
        (((), 2), "any votes", "Signatures that it needs besides yours: 2."),
        (((), 0), "binds", "It binds with your signature alone."),
    ):
        monkeypatch.setattr(type(there), "missing", lambda *_, missing=missing: missing)
        assert table.said(table.review(FAIR)[kind]) == words


def test_of_whom_nothing_is_known_the_coach_says_to_ask(alliance):
    found = alliance.review(AMPERE, "ampere")
    assert alliance.said(found["unknown"]).startswith(
        "Renault Group and Mitsubishi Motors have asked for nothing at Amp"
    )
    assert found["unknown"].move == Ask("priority", "ampere", None, "renault")
    alliance.offers("renault", {**AMPERE, "engineers": "liaison"}, "ampere")
    found = alliance.review(AMPERE, "ampere")
    assert alliance.said(found["unknown"]).startswith("Mitsubishi Motors has asked for nothing at Ampère yet: ask")
    assert alliance.said(found["differs"]) == "Renault Group asked for something else on Nissan engineers in Ampère."


def test_a_draft_is_nearer_or_further_by_what_they_asked_for(table):
    table.offers("nimbus", THEIRS)
    assert table.said(table.review(MINE)["differs"]).startswith("Nimbus asked for something else on USD per car and")
    table.offers("kaido", FAIR)
    assert table.said(table.review(FAIR, price="p26")["nearer"]).endswith("this is nearer to it than your last offer.")
    further = table.review(FAIR, price="p18")["further"]
    assert table.said(further) == (
        "By what Nimbus has asked for, this is further away than your last offer: do not expect its signature."
    )
    assert rests(further) == "from what was offered and signed"
    assert "no nearer" in table.review(FAIR, price="p14", migration="buyer")
    assert table.said(table.review(THEIRS)["theirs"]) == (
        "Nimbus has asked for just this at Connected-car cloud: it should sign."
    )


def test_what_they_are_thought_to_like_counts_before_the_distance(table):
    table.offers("nimbus", THEIRS)
    table.offers("kaido", FAIR)
    there = table.scenario.tables["contract"]
    likes_term_only = {"contract": {"nimbus": there.grid[2].astype(float)}}
    assert "no nearer" in table.review(FAIR, estimates=likes_term_only, price="p30")
    assert "further" in table.review(FAIR, estimates=likes_term_only, price="p30", term="y2")


def test_two_deals_are_apart_by_the_steps_between_their_options(table):
    there = table.scenario.tables["contract"]
    mine, theirs = there.parse(MINE), there.parse(THEIRS)
    assert (distance(there, mine, mine), distance(there, mine, theirs)) == (0, 5)
    assert distance(there, mine, there.parse({**MINE, "price": "p18"})) == 0.25


def test_what_they_said_is_held_against_a_draft(table):
    table.says("nimbus", Refuse((issue("term", "y2"),)), Prefer(issue("price", "p30"), issue("price", "p14")))
    table.says("nimbus", Alternative("contract"))
    table.week_ends()
    found = table.review(MINE)
    assert table.said(found["refused"]) == "Nimbus said in round 1 that this is out of the question: Term: 2 years."
    assert table.said(found["disliked"]) == (
        "Nimbus said in round 1 that it would rather have “30” than “14” on USD per car and year."
    )
    assert rests(found["refused"]) == "from what was said"
    assert not {"refused", "disliked"} & {*table.review(FAIR)}


def test_what_was_said_elsewhere_or_by_those_without_a_seat_is_not(alliance):
    alliance.says("renault", Refuse((Term("tech", "ssb", "exclusive"),)))
    alliance.says("google", Refuse((Term("cloud", "vendor", "google"),)))
    assert "refused" not in alliance.review(CAPITAL, "alliance")
    assert "refused" in alliance.review({**TECH, "joint_ip": "free"}, "tech")


def test_an_obstacle_that_has_not_moved_is_told(table):
    table.says("nimbus", Obstacle(issue("term")))
    assert "unheeded" not in table.review(MINE)
    table.offers("kaido", MINE)
    table.says("nimbus", Obstacle(issue("term")))
    found = table.review(MINE, price="p18")
    assert table.said(found["unheeded"]) == (
        "Nimbus said in round 1 that it cannot follow you on Term, and that has not moved."
    )
    assert "unheeded" not in table.review(MINE, term="y7")


def test_what_they_pressed_for_and_costs_me_little_is_told_with_what_it_costs(table):
    table.offers("nimbus", THEIRS)
    assert "cheap" not in table.review(MINE)
    table.offers("nimbus", THEIRS, price="p26", data="pooled", migration="half", volume="indexed")
    cheap = table.review(MINE)["cheap"]
    assert table.said(cheap) == (
        "Cheap for you: “7 years” on Term costs you 4.8 points, and Nimbus has pressed for it. Ask something for it."
    )
    assert "cheap" not in table.review(MINE, term="y7")


def test_what_is_said_to_matter_counts_as_pressed_for(table):
    table.offers("nimbus", THEIRS)
    table.says("nimbus", Rank(issue("term"), issue("data")), Sketch((issue("price", "p30"),)))
    assert "cheap" in table.review(MINE)
    assert "cheap" not in table.review(MINE, data="vendor", price="p22", migration="buyer"), "a loss for me by then"


def test_a_concession_that_costs_nothing_is_said_to(alliance):
    alliance.offers("renault", CAPITAL, "alliance")
    alliance.says("renault", Obstacle(Term("alliance", "regions")))
    points = alliance.view.preferences.by_option["alliance"]
    there = alliance.scenario.tables["alliance"]
    k = there.by_name["regions"]
    assert max(points[k]) >= points[k][there.parse(CAPITAL)[k]]
    worst = there.issues[k].options[points[k].index(min(points[k]))]
    free = alliance.review(CAPITAL, "alliance", regions=worst).get("free")
    assert free
    assert "costs you nothing, and Renault Group has pressed for it" in alliance.said(free)


def test_what_cannot_be_signed_is_no_concession(alliance):
    alliance.offers("renault", {**CAPITAL, "stakes": "sq_43_15", "votes": "asym"}, "alliance")
    alliance.says("renault", Obstacle(Term("alliance", "votes")))
    assert cheapest(alliance.view, alliance.deal(CAPITAL, "alliance")) is None


def test_giving_while_nobody_moves_is_a_gift(table):
    table.offers("nimbus", THEIRS)
    table.offers("kaido", MINE)
    table.week_ends()
    alone = table.review(MINE, price="p18")["bids alone"]
    assert table.said(alone) == (
        "It gives away 8.5 points against your offer of round 1, on USD per car and year, and nobody has made an offer "
        "since: you bid against yourself."
    )
    assert "bids alone" not in table.review(MINE)
    table.offers("nimbus", THEIRS, volume="fixed", migration="buyer", price="p30")
    gift = table.review(MINE, price="p18")["gift"]
    assert "nobody has moved towards you since: ask for something in return" in table.said(gift)
    table.offers("nimbus", THEIRS, price="p26")
    assert "gift" not in table.review(MINE, price="p18")


def test_a_first_offer_of_theirs_is_a_move(table):
    table.offers("kaido", MINE)
    table.offers("nimbus", THEIRS)
    assert not {"gift", "bids alone"} & {*table.review(MINE, price="p18")}


# --- a draft: my own word


def test_a_draft_that_breaks_my_word_is_told(alliance):
    alliance.says("nissan", Commit(True, "alliance", "walk", "tech", by=1), Refuse((Term("tech", "ssb", "shared"),)))
    alliance.says("nissan", Commit(True, "alliance", "sign", "cloud", partner="nimbus"))
    draft = {**TECH, "joint_ip": "free"}
    assert "promise walk" not in alliance.review(draft, "tech")
    alliance.week_ends()
    found = alliance.review({**draft, "ssb": "shared"}, "tech")
    assert alliance.said(found["promise walk"]).startswith("In week 1 you said you would leave Intellectual property")
    assert alliance.said(found["own word"]) == (
        "In week 1 you called this out of the question yourself: Solid-state battery after 2026: Shared alliance-wide at cost."
    )
    assert "own word" not in alliance.review(draft, "tech")
    assert "promise sign" not in alliance.review(CLOUD, "cloud")
    sold = alliance.review({**CLOUD, "vendor": "google"}, "cloud")["promise sign"]
    assert alliance.said(sold) == (
        "In week 1 you said you would sign at Nissan's connected-car cloud with Nimbus: this is without it."
    )


def test_a_promise_that_falls_due_with_a_signature(alliance):
    alliance.says("nissan", Commit(False, "horse", "walk", "tech"))
    draft = {**TECH, "joint_ip": "free"}
    assert "promise walk" not in alliance.review(draft, "tech")
    number = alliance.offers("renault", HORSE, "horse")
    alliance.game.submit("geely", Accept(number))
    assert "promise walk" in alliance.review(draft, "tech")


# --- what now


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
    assert table.said(first) == (
        "The paper of Nimbus at Connected-car cloud is worth 24.0 points to you and needs only you. "
        "You have asked for nothing there yet: counter once before you sign."
    )
    table.offers("kaido", MINE)
    assert table.said(advise(table.view)).endswith("needs only you: sign it, unless you want to ask for more.")


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
    assert alliance.said(found).endswith("to you and waits for others too, besides you: Renault Group.")


def test_a_gain_that_waits_for_votes_too():
    quay = Table("electric-quay", "voltamer")
    there = quay.scenario.tables["quay"]
    scores = quay.view.preferences.points["quay"][:-1]
    quay.offers("city", there.name_of(there.deal(int(scores.argmax()))), "quay")
    assert quay.said(now(quay)["support"]).endswith("to you: sign it, or counter it.")


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
        "2 rounds are left, and unsigned: Connected-car cloud. No paper there would gain you anything yet: "
        "offer something that they can sign."
    )
    late.offers("kaido", FAIR)
    late.week_ends()
    assert late.said(advise(late.view)) == (
        "This round is all that is left, and unsigned: Connected-car cloud. The nearest is Connected-car cloud, "
        "where a paper that gains you something still waits for Nimbus."
    )
    late.offers("nimbus", FAIR, price="p26")
    assert advise(late.view).kind == "sign"


def test_who_can_do_nothing_is_told_nothing(table):
    table.game.submit("kaido", Walk("contract"))
    assert advise(table.view) is None


def test_under_a_mediator_the_coach_says_how_to_vote():
    quay = Table("electric-quay", "voltamer", protocol="single-text")
    quay.game.advance()
    first = advise(quay.view)
    assert first.kind in ("vote for", "vote against")
    assert "The draft for Concession" in quay.said(first)
    (paper,) = quay.game.state.drafts
    quay.game.submit("voltamer", Vote(paper.id, True))
    assert "vote for" not in now(quay)
    assert "vote against" not in now(quay)
    assert [one.kind for one in advice(quay.view)][-1] == "nothing"


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_sentence_can_be_said_and_has_no_number_of_its_own(table, kind):
    terms = (issue("price", "p14"), issue("price", "p30"))
    parties, tables = ("nimbus", "kaido"), ("contract",)
    remark = Remark(kind, "offers", parties, tables, terms, 2.5, 3, {"contract.price": ("p14",)})
    said = table.said(remark)
    assert said.endswith(".")
    assert "{" not in said
    assert not any(sign.isdigit() for sign in SENTENCES[kind])
