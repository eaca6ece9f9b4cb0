"""Games made so that one lesson is true of them, and others of which it is not."""

import pytest
from unit_small import SMALL

from negotiation.actions import Accept, Offer, Pass, Say, Tick, Walk, Withdraw
from negotiation.analysis.lessons import MOST, lessons
from negotiation.analysis.lessons_of_deals import (
    best_table,
    never_signed,
    promises,
    signed_a_loss,
    signed_early,
    trades_missed,
)
from negotiation.analysis.lessons_of_papers import held_out, losing_offers, passed_by, waited
from negotiation.analysis.own_game import OwnGame
from negotiation.formats import load, loads
from negotiation.game import Game
from negotiation.moves import Ask, Commit, Courtesy

NASH, MIDDLE, MINE, THEIRS = (3, 0, 2, 1, 1), (2, 1, 1, 1, 0), (0, 0, 0, 0, 1), (4, 2, 2, 2, 0)
"""Points for kaido: 62.5, 50.4, 100, 3.2; unsigned 47. For nimbus: 66.4, 57.5, 0, 100; unsigned 45."""

TICK = ("clock", Tick())
LOOKS = ("kaido", Say("Let us see."))


def offer(party, deal):
    return party, Offer({"contract": deal})


def played(*acts, case="cloud-for-two", me="kaido", rounds=3, protocol="open-floor"):
    """A game of people with these acts, ended by the clock, through the eyes of one of them."""
    case = load(case) if isinstance(case, str) else case
    game = Game(case, strategy="person", rounds=rounds, seed=1, protocol=protocol)
    for party, action in acts:
        game.submit(party, action)
    while not game.state.over:
        game.submit(*TICK)
    opening = game.protocol.opening(case.scenario, rounds)
    seen = OwnGame.of(me, {p: s.role.preferences for p, s in game.seated.items()}, opening, game.state.events)
    for party in game.seated:
        assert seen.got(party) == pytest.approx(game.points(party))
    return seen


def only(found):
    (one,) = found
    return one


def kinds(game):
    return [lesson.kind for lesson in lessons(game)]


def test_a_paper_that_was_a_gain_and_stayed_unsigned():
    game = played(offer("nimbus", NASH), LOOKS, TICK, LOOKS)
    one = only(passed_by(game))
    assert (one.kind, one.other, one.seq, one.round, one.count) == ("unsigned", "nimbus", 0, 0, 2)
    assert one.points == pytest.approx(62.5 - 0.6 - (47 - 3 * 0.6))
    assert one.deals == {"contract": NASH}
    assert one.tables == ("contract",)
    assert not one.good


def test_nobody_is_told_of_a_paper_that_never_was_before_them():
    assert not list(passed_by(played(offer("nimbus", NASH), TICK)))  # no act while it lay there
    assert not list(passed_by(played(offer("nimbus", THEIRS), LOOKS)))  # a loss
    assert not list(passed_by(played(offer("nimbus", NASH), LOOKS, ("kaido", Accept(0)))))  # signed
    assert not list(passed_by(played(offer("kaido", NASH), LOOKS)))  # it lacked the other's signature
    gone = played(offer("nimbus", NASH), ("nimbus", Withdraw(0)), LOOKS)
    assert not gone.chances


def test_a_better_paper_than_what_was_signed():
    game = played(offer("nimbus", NASH), LOOKS, TICK, offer("nimbus", MIDDLE), LOOKS, ("kaido", Accept(3)))
    one = only(passed_by(game))
    assert one.kind == "better"
    assert one.points == pytest.approx((62.5 - 0.6) - (50.4 - 1.2))
    assert not list(held_out(game))


def test_holding_out_and_leaving_what_is_not_good_enough():
    game = played(offer("nimbus", MIDDLE), LOOKS, TICK, offer("nimbus", NASH), ("kaido", Accept(3)))
    one = only(held_out(game))
    assert (one.kind, one.deals, one.good) == ("held", {"contract": MIDDLE}, True)
    assert one.points == pytest.approx((62.5 - 1.2) - (50.4 - 0.6))
    refused = only(held_out(played(offer("nimbus", THEIRS), LOOKS)))
    assert (refused.kind, refused.points) == ("refused", pytest.approx(47 - 1.8 - (3.2 - 0.6)))
    assert not list(held_out(played(LOOKS)))
    both = played(offer("nimbus", THEIRS), LOOKS, TICK, offer("nimbus", NASH), LOOKS)
    assert not list(held_out(both))  # one of the papers was a gain


def test_of_several_papers_let_pass_the_best_is_told():
    acts = offer("nimbus", THEIRS), LOOKS, TICK, offer("nimbus", MIDDLE), LOOKS, TICK, offer("nimbus", NASH)
    assert only(held_out(played(*acts, ("kaido", Accept(6))))).deals == {"contract": MIDDLE}
    acts = offer("nimbus", MIDDLE), LOOKS, TICK, offer("nimbus", THEIRS), LOOKS, TICK, offer("nimbus", NASH)
    assert only(held_out(played(*acts, ("kaido", Accept(6))))).deals == {"contract": MIDDLE}


def test_waiting_costs_delay():
    game = played(offer("nimbus", NASH), LOOKS, TICK, LOOKS, TICK, ("kaido", Accept(0)))
    one = only(waited(game))
    assert (one.points, one.round, one.until) == (pytest.approx(1.2), 0, 2)
    assert not list(waited(played(offer("nimbus", NASH), ("kaido", Accept(0)))))
    again = played(offer("nimbus", NASH), LOOKS, TICK, offer("nimbus", MIDDLE), ("kaido", Accept(3)))
    assert not list(waited(again))


def test_a_signature_taken_back_is_no_signature():
    at_three = load("any-two-of-three")
    deal = at_three.scenario.tables["platform"].deals
    whole = next(d for d in deal if len(at_three.scenario.tables["platform"].needs(d)) == 3)
    acts = ("aster", Offer({"platform": whole})), ("cygne", Accept(0)), ("boreal", Say("Hm."))
    game = played(*acts, case=at_three, me="boreal")
    assert [chance.took for chance in game.chances] == [None]
    half = played(("aster", Offer({"platform": whole})), ("boreal", Accept(0)), case=at_three, me="boreal")
    assert not half.chances


def test_signing_a_loss():
    game = played(offer("nimbus", THEIRS), ("kaido", Accept(0)))
    one = only(signed_a_loss(game))
    assert one.points == pytest.approx((47 - 0.6) - (3.2 - 0.6))
    assert one.seq == 1
    assert not list(signed_a_loss(played(offer("nimbus", NASH), ("kaido", Accept(0)))))


def test_signing_what_was_offered_first():
    theirs = only(signed_early(played(offer("nimbus", MIDDLE), ("kaido", Accept(0)))))
    assert (theirs.count, theirs.other, theirs.seq) == (0, "nimbus", 0)
    mine = only(signed_early(played(offer("kaido", MIDDLE), TICK, ("nimbus", Accept(0)))))
    assert (mine.count, mine.other, mine.round, mine.until) == (1, "kaido", 0, 1)
    assert len(mine.changed) == 1
    assert mine.gains["nimbus"] >= (57.5 - 45) / 2
    assert mine.points > 0
    asked = offer("kaido", MINE), TICK, offer("kaido", MIDDLE), ("nimbus", Accept(2))
    assert not list(signed_early(played(*asked)))
    answered = offer("kaido", MINE), offer("nimbus", MIDDLE), ("kaido", Accept(1))
    assert not list(signed_early(played(*answered)))


def test_where_the_others_have_no_room_there_is_no_more_to_be_had():
    dear = (0, 0, 0, 0, 1)  # nimbus signs at a loss: there is nothing to keep half of
    game = played(offer("kaido", dear), ("nimbus", Accept(0)))
    assert not list(signed_early(game))


def test_a_trade_left_out():
    one = only(trades_missed(played(offer("nimbus", MIDDLE), ("kaido", Accept(0)))))
    assert one.points > 0
    assert one.other == "nimbus"
    assert one.matters == "term"  # a third of its points, a twelfth of kaido's
    assert one.asked  # nobody spoke: there was nobody to ask
    assert not list(trades_missed(played(offer("nimbus", NASH), ("kaido", Accept(0)))))
    assert not list(trades_missed(played(LOOKS)))


def test_whether_the_other_was_asked():
    hello = "nimbus", Say("Hello.", moves=(Courtesy("greeting"),))
    ask = "kaido", Say("What matters to you?", moves=(Ask("priority", "contract", None, "nimbus"),))
    them = "nimbus", Say("What matters to you?", moves=(Ask("priority", "contract", None, "kaido"),))
    signed = offer("nimbus", MIDDLE)
    assert not only(trades_missed(played(hello, signed, ("kaido", Accept(1))))).asked
    assert not only(trades_missed(played(them, signed, ("kaido", Accept(1))))).asked
    assert only(trades_missed(played(hello, ask, signed, ("kaido", Accept(2))))).asked


def test_a_table_left_unsigned():
    one = only(never_signed(played(LOOKS)))
    assert (one.kind, one.round, one.count, one.of) == ("apart", 2, 0, 0)
    assert min(one.points, one.gains["nimbus"]) > 10
    losing = played(offer("kaido", MINE), TICK, offer("kaido", MINE))
    one = only(never_signed(losing))
    assert (one.count, one.of, one.other, one.round) == (2, 2, "nimbus", 1)
    assert not list(never_signed(played(offer("nimbus", MIDDLE), ("kaido", Accept(0)))))


def test_nothing_is_missed_at_a_table_where_nothing_was_to_be_had():
    dear = load("cloud-for-two").text.replace("adjust: {kaido: 47, nimbus: 45}", "adjust: {kaido: 99, nimbus: 99}")
    assert not list(never_signed(played(LOOKS, case=loads(dear, "dear"))))


def test_offers_that_could_not_be_signed():
    acts = offer("kaido", MINE), TICK, offer("kaido", (0, 0, 1, 0, 1)), TICK, offer("nimbus", NASH)
    one = only(losing_offers(played(*acts, ("kaido", Accept(4)))))
    assert (one.count, one.of, one.other, one.round, one.until) == (2, 2, "nimbus", 0, 1)
    assert one.points == pytest.approx(1.2)
    assert not list(losing_offers(played(offer("kaido", MINE))))
    fair = offer("kaido", MINE), TICK, offer("kaido", NASH), TICK, offer("kaido", NASH)
    assert not list(losing_offers(played(*fair)))


def test_promises_kept_and_broken():
    threat = Commit(True, "contract", "walk", "contract", 1)
    says = "kaido", Say("Unless it is signed in round 1 we leave.", moves=(threat,))
    broken = only(promises(played(says)))
    assert (broken.kind, broken.points, broken.seq, broken.other) == ("broken", 0.0, 0, "")
    kept = only(promises(played(says, TICK, ("kaido", Walk("contract")))))
    assert (kept.kind, kept.good) == ("kept", True)
    assert not list(promises(played(says, offer("nimbus", NASH), ("kaido", Accept(1)))))  # void
    assert not list(promises(played(("nimbus", says[1]))))
    assert not list(promises(played(TICK)))
    whispered = "kaido", Say("We leave.", ("nimbus",), (threat,))
    assert only(promises(played(whispered))).other == "nimbus"


def test_the_best_table():
    one = only(best_table(played(offer("nimbus", NASH), ("kaido", Accept(0)))))
    assert (one.points, one.whole) == (pytest.approx(15.5), True)
    assert not only(best_table(played(offer("nimbus", MIDDLE), ("kaido", Accept(0))))).whole
    assert not list(best_table(played(offer("nimbus", THEIRS), ("kaido", Accept(0)))))
    assert not list(best_table(played(LOOKS)))


def test_three_lessons_the_dearest_first_and_one_is_praise():
    acts = offer("kaido", MINE), TICK, offer("kaido", MINE), offer("nimbus", THEIRS), LOOKS, TICK, LOOKS
    game = played(*acts)
    assert kinds(game) == ["apart", "refused"]  # the losing offers are at the same table
    assert kinds(played(offer("kaido", MINE), offer("nimbus", NASH), ("kaido", Accept(1)))) == ["best"]
    assert kinds(played(rounds=1)) == ["apart"]


def test_a_mediators_text_is_nobodys_offer():
    case = load("cloud-for-two")
    game = Game(case, strategy="fair", seed=1, protocol="single-text")
    game.play()
    opening = game.protocol.opening(case.scenario, game.state.rounds)
    sheets = {p: s.role.preferences for p, s in game.seated.items()}
    seen = OwnGame.of("kaido", sheets, opening, game.state.events)
    assert seen.signed
    assert not list(signed_early(seen))
    assert lessons(seen)


@pytest.mark.parametrize("case", ["alliance-2023", "any-two-of-three", "cloud-for-two", "electric-quay"])
@pytest.mark.parametrize("own", ["fair", "hardliner"])
def test_every_chance_was_one_and_every_lesson_is_told_once(case, own):
    loaded = load(case)
    for me in loaded.roles:
        game = Game(loaded, strategy="fair", seats={me: own}, seed=2, rounds=8)
        game.play()
        opening = game.protocol.opening(loaded.scenario, 8)
        sheets = {p: s.role.preferences for p, s in game.seated.items()}
        seen = OwnGame.of(me, sheets, opening, game.state.events)
        for chance in seen.chances:
            before = seen.told[chance.seq].before
            after = game.protocol.submit(before, me, Accept(chance.paper.id))
            assert all(after.bound[name] == deal for name, deal in chance.paper.deals.items())
        found = lessons(seen)
        assert len(found) <= MOST
        assert all(one.points >= 0 for one in found)
        bad = [table for one in found if not one.good for table in one.tables]
        assert len(bad) == len(set(bad))
        assert found == lessons(seen)


def small(*acts, adjust="adjust: {anna: 10}"):
    text = SMALL.replace("adjust: {anna: 10}", adjust)
    return played(*acts, case=loads(text, "small"), me="anna", rounds=5)


def test_what_breaks_a_rule_with_what_was_signed_elsewhere_was_no_chance():
    house, garden = ("bert", Offer({"house": (1, 1)})), ("anna", Offer({"garden": (1,)}))
    game = small(house, ("anna", Say("Hm.")), garden, ("bert", Accept(2)))
    assert [chance.paper.id for chance in game.chances] == [0]
    assert game.instead("anna", {"house": (1, 1)}, 0) is None
    assert not list(passed_by(game))
    assert not [one for one in held_out(game) if "house" in one.tables]


def test_delay_may_eat_what_a_late_deal_would_have_brought():
    signed = ("anna", Offer({"garden": (1,)})), ("bert", Accept(0))
    late = *signed, TICK, TICK, TICK, ("anna", Offer({"house": (0, 1)}))
    assert not list(never_signed(small(*late, adjust="adjust: {anna: -0.3}")))
    assert only(never_signed(small(*late, adjust="adjust: {anna: -9}"))).points == pytest.approx(9 - 1.5)


def test_a_game_in_which_nobody_did_anything():
    nobody = played(("kaido", Pass()), rounds=1)
    assert nobody.matters("nimbus", "contract") == "term"
    assert nobody.matters("kaido", "contract") == ""
    empty = OwnGame.of("kaido", nobody.sheets, nobody.told[0].before, ())
    assert empty.end is nobody.told[0].before
