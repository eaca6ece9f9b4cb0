"""What the coach says of a draft before it is sent."""

import pytest
from unit_coaching import AMPERE, CAPITAL, CLOUD, FAIR, HORSE, MINE, TECH, THEIRS, Table, issue

from negotiation.actions import Accept, Offer, Walk, Withdraw
from negotiation.analysis.coaching.remarks import distance
from negotiation.analysis.coaching.review import review
from negotiation.analysis.coaching.trades import cheapest
from negotiation.moves import Alternative, Ask, Commit, Obstacle, Prefer, Rank, Refuse, Sketch, Term
from negotiation.reports.coach_text import rests


@pytest.fixture
def table():
    return Table()


@pytest.fixture
def alliance():
    return Table("alliance-2023", "nissan")


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
        f"This needs Nimbus, who has left {alliance.scenario.tables['cloud'].label} for good.",
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
    assert alliance.said(found["promise walk"]).startswith(
        f"In week 1 you said you would leave {alliance.scenario.tables['tech'].label} for good"
    )
    assert alliance.said(found["own word"]) == (
        "In week 1 you called this out of the question yourself: Solid-state battery after 2026: Shared alliance-wide at cost."
    )
    assert "own word" not in alliance.review(draft, "tech")
    assert "promise sign" not in alliance.review(CLOUD, "cloud")
    sold = alliance.review({**CLOUD, "vendor": "google"}, "cloud")["promise sign"]
    assert alliance.said(sold) == (
        f"In week 1 you said you would sign at {alliance.scenario.tables['cloud'].label} with Nimbus: this is without it."
    )


def test_a_promise_that_falls_due_with_a_signature(alliance):
    alliance.says("nissan", Commit(False, "horse", "walk", "tech"))
    draft = {**TECH, "joint_ip": "free"}
    assert "promise walk" not in alliance.review(draft, "tech")
    number = alliance.offers("renault", HORSE, "horse")
    alliance.game.submit("geely", Accept(number))
    assert "promise walk" in alliance.review(draft, "tech")
