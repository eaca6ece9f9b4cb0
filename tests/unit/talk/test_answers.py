"""Answers: true by the sheet unless somebody bluffs, whole deals to half ones, and never a number of the sheet."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from support import BUNDLED

from negotiation.actions import Offer
from negotiation.dice import Dice
from negotiation.formats import load
from negotiation.formats.notation import read, write
from negotiation.game import Game
from negotiation.moves import Alternative, Ask, Concede, Courtesy, Obstacle, Prefer, Rank, Refuse, Sketch, Term
from negotiation.strategies import strategy
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.frequency import Frequency
from negotiation.strategies.standing import mind
from negotiation.talk.answers import OPENED, SORRY, reply
from negotiation.talk.stand import Stand
from negotiation.talk.wording.sentences import worded

CASE = load("alliance-2023")
TYPES = {"nissan": "pragmatic", "renault": "base"}
QUESTIONS = (
    "ask priority",
    "ask priority ampere",
    "ask option ampere.engineers=joint",
    "ask option tech.ssb=licensed",
    "ask obstacle",
    "ask obstacle ampere",
    "ask alternative",
    "ask alternative cloud",
    "sketch ampere.nissan_stake=s7 ampere.engineers=joint",
    "sketch cloud.vendor=nimbus cloud.data=shared",
    "sketch ampere.nissan_stake=s7 tech.joint_ip=royalty",
    "trade get ampere.engineers give ampere.nissan_stake=s5",
    "trade get alliance.votes=capped give alliance.stakes",
    "commit unless ampere then walk ampere",
)
S7 = "sketch ampere.nissan_stake=s7"


def played(turns=0, case=CASE, **offers):
    """A game of `fair` agents after some acts, or after offers by party."""
    game = Game(case, strategy="fair", types=TYPES, seed=3)
    for party, deals in offers.items():
        game.submit(party, Offer({t: case.scenario.tables[t].parse(deal) for t, deal in deals.items()}))
    for _ in range(turns):
        game.submit(*game.next_act())
    return game


def minded(game, party, candour="candid", *, told=False, asks=None):
    view = game.view(party)
    aims = strategy("fair").aims(view) if asks is None else asks
    return mind(Evaluation(view, Frequency()), aims, candour, told=told)


def answered(game, party, text, speaker="renault", candour="candid", **more):
    return reply(minded(game, party, candour, **more), speaker, read(text, game.case.scenario))


AMPERE = {"nissan_stake": "s15", "mmc_stake": "m2", "engineers": "joint", "tech_access": "codev", "condition": "firm"}


@pytest.mark.parametrize("candour", ["candid", "guarded", "bluffing"])
@pytest.mark.parametrize("turns", [0, 9, 40])
def test_whatever_is_asked_is_answered_in_words_without_a_number_of_the_sheet(turns, candour):
    game = played(turns)
    for party in CASE.scenario.parties:
        for text in QUESTIONS:
            moves = answered(game, party, text, "renault" if party != "renault" else "nissan", candour)
            assert moves
            assert len(set(moves)) == len(moves)
            assert read(write(moves), CASE.scenario) == moves
            said = worded(moves, CASE.scenario, party, ("renault",), Dice(1, 0, 0), ())
            assert not re.search(r"\d", re.sub("“[^”]*”", "", said))


@pytest.mark.parametrize("candour", ["candid", "guarded"])
def test_who_is_honest_says_what_its_sheet_says(candour):
    game = played()
    for party in CASE.scenario.parties:
        points = game.seated[party].role.preferences.by_option
        spread = {t: [max(p) - min(p) for p in points[t]] for t in points}
        for table in CASE.scenario.at(party):
            by_name = CASE.scenario.tables[table].by_name
            moves = answered(game, party, f"ask priority {table}", "nimbus", candour)
            ranks = [move for move in moves if isinstance(move, Rank)]
            alike = sorted(set(spread[table]), reverse=True)
            if candour == "candid":  # one row from the first to the last, then what weighs as much as one in it
                row = ranks[: len(alike) - 1]
                assert [spread[table][by_name[m.more.issue]] for m in row] == alike[:-1]
                assert all(more.less == less.more for more, less in pairwise(row))
                assert {m.more.issue for m in ranks} | {m.less.issue for m in ranks} == set(by_name)
            else:
                assert {spread[table][by_name[m.more.issue]] for m in ranks} == {alike[0]}
                assert sorted(spread[table][by_name[m.less.issue]] for m in ranks) == sorted(
                    weight for weight in spread[table] if weight < alike[0]
                )
            assert all(spread[table][by_name[m.more.issue]] > spread[table][by_name[m.less.issue]] for m in ranks)
            wishes = min(OPENED, sum(weight > 0 for weight in spread[table]))
            assert len(moves) - len(ranks) == (wishes if candour == "candid" else 0)
            for move in moves[len(ranks) :]:
                k = by_name[move.more.issue]
                options = CASE.scenario.tables[table].issues[k].options
                assert (
                    points[table][k][options.index(move.more.option)]
                    > points[table][k][options.index(move.less.option)]
                )


def test_without_a_table_it_is_about_those_that_both_share():
    game = played()
    moves = answered(game, "nissan", "ask priority", "renault", "guarded")
    assert [term.table for move in moves for term in move.terms()] == ["alliance", "ampere", "alliance", "tech"]
    assert {term.table for move in answered(game, "nissan", "ask priority", "nimbus") for term in move.terms()} == {
        "cloud"
    }
    assert len(answered(game, "nissan", "ask priority", "geely", "guarded")) == 3
    assert answered(game, "nissan", "ask alternative", "nimbus") == (Alternative("cloud"),)


def test_who_bluffs_calls_what_is_cheap_dear():
    top, *feigned = answered(played(), "nissan", "ask priority ampere", candour="bluffing")
    assert top == Rank(Term("ampere", "engineers"), Term("ampere", "mmc_stake"))
    assert {move.more for move in feigned} == {Term("ampere", "mmc_stake")}
    assert {move.less.issue for move in feigned} == {"nissan_stake", "tech_access", "condition"}
    (move,) = answered(played(), "nissan", "ask option ampere.mmc_stake=m5", candour="bluffing")
    assert move == Prefer(Term("ampere", "mmc_stake", "m2"), Term("ampere", "mmc_stake", "m5"))
    game = played(renault={"ampere": {**AMPERE, "mmc_stake": "m5"}})
    obstacle, sketch = answered(game, "nissan", "ask obstacle ampere", candour="bluffing")
    assert obstacle == Obstacle(Term("ampere", "mmc_stake"))
    assert Term("ampere", "mmc_stake", "m2") in sketch.options


def test_a_bluff_never_asks_for_what_is_not_possible():
    game = played(renault={"ampere": AMPERE})
    own = minded(game, "nissan", "bluffing")
    true = answered(game, "nissan", "ask obstacle ampere")
    assert reply(own, "renault", [Ask("obstacle", "ampere")]) == true


def test_an_option_is_refused_only_if_every_deal_with_it_is_a_loss():
    game = played()
    assert answered(game, "nissan", "ask option alliance.stakes=merger") == (
        Refuse((Term("alliance", "stakes", "merger"),)),
    )
    (move,) = answered(game, "nissan", "ask option ampere.engineers=none")
    assert move == Concede((Term("ampere", "engineers", "none"),))
    (move,) = answered(game, "nissan", "ask option ampere.engineers=liaison")
    assert move == Prefer(Term("ampere", "engineers", "none"), Term("ampere", "engineers", "liaison"))
    (move,) = answered(game, "nissan", "ask option ampere.engineers=liaison", asks={})
    assert move == Concede((Term("ampere", "engineers", "liaison"),))
    assert answered(game, "mitsubishi", "ask option ampere.mmc_stake=zero") == (
        Refuse((Term("ampere", "mmc_stake", "zero"),)),
    )
    assert answered(game, "nissan", "ask option horse.centre=dual") == SORRY


def test_an_obstacle_is_named_with_the_smallest_change_that_would_do():
    game = played(renault={"ampere": AMPERE})
    obstacle, sketch = answered(game, "nissan", "ask obstacle ampere")
    own = minded(game, "nissan").stands["ampere"]
    theirs = own.table.parse(AMPERE)
    near = own.nearest({k: (option,) for k, option in enumerate(theirs)})
    changed = [k for k in range(len(theirs)) if near[k] != theirs[k]]
    assert sketch == Sketch(own.terms(near, changed))
    assert obstacle.issue.issue in [term.issue for term in sketch.options]
    assert own.gains[own.table.index(near)] >= own.asked - 1e-9
    fewest = min(
        sum(a != b for a, b in zip(deal, theirs, strict=True))
        for number, deal in enumerate(own.table.deals)
        if own.enough[number]
    )
    assert len(changed) == fewest
    assert answered(game, "nissan", "ask obstacle") == (obstacle, sketch)
    assert answered(game, "nissan", "ask obstacle ampere", "mitsubishi") == (obstacle, sketch)
    assert answered(game, "nissan", "commit unless ampere then walk ampere") == (obstacle, sketch)
    assert reply(minded(game, "nissan"), "renault", game.state.papers[0]) == (obstacle, sketch)
    assert answered(game, "nissan", "ask obstacle ampere", candour="guarded") == (obstacle,)
    assert answered(game, "nissan", "ask obstacle ampere", candour="guarded", told=True) == (obstacle, sketch)


def test_what_reaches_what_is_asked_for_has_no_obstacle():
    game = played(renault={"ampere": AMPERE})
    low = minded(game, "mitsubishi", asks={})
    assert reply(low, "renault", game.state.papers[0]) == (Concede((Term("ampere", "mmc_stake", "m2"),)),)
    assert reply(minded(game, "geely"), "renault", game.state.papers[0]) == SORRY


def test_without_an_offer_the_obstacle_is_what_matters_most():
    game = played()
    assert answered(game, "nissan", "ask obstacle") == answered(game, "nissan", "ask priority")
    assert answered(game, "nissan", "ask obstacle horse") == SORRY


def test_an_alternative_is_claimed_only_if_there_is_one():
    game = played()
    assert answered(game, "nissan", "ask alternative cloud") == (Alternative("cloud"),)
    assert answered(game, "mitsubishi", "ask alternative", candour="bluffing") == (Alternative("ampere"),)
    bare = {t: replace(stand, alternative=False) for t, stand in minded(game, "nissan").stands.items()}
    assert reply(replace(minded(game, "nissan"), stands=bare), "renault", [Ask("alternative", "cloud")]) == SORRY


def test_half_a_deal_is_answered_with_a_whole_one_that_keeps_it():
    game = played(renault={"ampere": AMPERE})
    (sketch,) = answered(game, "nissan", S7, asks={"ampere": 0.5})
    own = minded(game, "nissan", asks={"ampere": 0.5}).stands["ampere"]
    deal = own.table.parse({term.issue: term.option for term in sketch.options})
    assert own.table.name_of(deal)["nissan_stake"] == "s7"
    assert own.enough[own.table.index(deal)]


def test_half_a_deal_that_cannot_do_is_answered_with_what_stands_in_the_way():
    game = played()
    obstacle, sketch = answered(game, "nissan", "sketch ampere.nissan_stake=s15 ampere.engineers=joint")
    assert obstacle.issue in (Term("ampere", "nissan_stake"), Term("ampere", "engineers"))
    assert {term.issue for term in sketch.options} == {"nissan_stake", "engineers"}
    assert answered(game, "geely", S7) == SORRY
    assert len(answered(game, "nissan", f"{S7} horse.centre=dual", asks={})) == 1


def test_a_trade_asks_for_movement_from_where_one_stood():
    low = {"nissan_stake": "s5", "mmc_stake": "m2", "engineers": "none", "tech_access": "alacarte", "condition": "ipo"}
    game = played(nissan={"ampere": low}, renault={"ampere": AMPERE})
    own = minded(game, "nissan", asks={})
    (sketch,) = reply(own, "renault", read("trade get ampere.nissan_stake give ampere.engineers", CASE.scenario))
    options = {term.issue: term.option for term in sketch.options}
    assert options["nissan_stake"] != "s5"
    assert options["engineers"] in ("none", "liaison")
    best = played(renault={"ampere": {**AMPERE, "engineers": "none"}})
    trade = "trade get ampere.nissan_stake=s7 give ampere.engineers"
    (sketch,) = answered(best, "nissan", trade, asks={})
    assert Term("ampere", "nissan_stake", "s7") in sketch.options


def test_deals_at_two_tables_can_hold_together():
    game = Game(CASE, strategy="fair", types=TYPES, seed=3)
    moves = answered(game, "renault", "sketch tech.joint_ip=ring horse.tech_base=joint", "nissan", asks={})
    deals = {}
    for move in moves:
        if isinstance(move, Sketch) and len(move.options) >= 4:
            table = move.options[0].table
            deals[table] = CASE.scenario.tables[table].parse({term.issue: term.option for term in move.options})
    assert deals
    assert CASE.scenario.breaks(deals) is None
    assert any(isinstance(move, Obstacle) for move in moves)


def test_what_wants_no_answer_gets_none():
    game = played()
    assert answered(game, "nissan", "ask priority -> google") == ()
    assert answered(game, "nissan", "rank tech.ssb > tech.adas; courtesy thanks") == ()
    assert answered(game, "nissan", "ask priority -> nissan; ask priority horse") != SORRY
    assert answered(game, "nissan", "ask priority horse; ask option horse.centre=dual") == SORRY


def test_a_table_at_which_nothing_can_be_gained():
    game = played()
    own = minded(game, "nissan")
    nothing = {t: replace(s, possible=np.zeros(s.table.size, dtype=bool)) for t, s in own.stands.items()}
    hopeless = replace(own, stands=nothing)
    for text in (S7, "ask priority ampere"):
        assert reply(hopeless, "renault", read(text, CASE.scenario))
    assert reply(hopeless, "renault", read(S7, CASE.scenario)) == SORRY
    offered = played(renault={"ampere": AMPERE})
    assert reply(replace(hopeless, view=offered.view("nissan")), "renault", offered.state.papers[0]) == SORRY
    assert reply(replace(own, stands={}), "renault", read("ask priority", CASE.scenario)) == SORRY


@pytest.mark.parametrize("candour", ["candid", "guarded", "bluffing"])
@pytest.mark.parametrize("name", BUNDLED)
def test_every_option_of_every_case_can_be_asked_about_and_sketched(name, candour):
    case = load(name)
    game = Game(case, strategy="fair", seed=1)
    for party in case.scenario.parties:
        own = minded(game, party, candour)
        for table, there in case.scenario.tables.items():
            other = next(seat for seat in there.seats if seat != party)
            for term in (Term(table, issue.name, option) for issue in there.issues for option in issue.options):
                (opinion,) = reply(own, other, [Ask("option", "", term)])
                whole = reply(own, other, [Sketch((term,))])
                if table not in own.stands:
                    assert opinion in SORRY
                    assert whole == SORRY
                    continue
                stand = own.stands[table]
                here = stand.possible & stand.keeping({there.by_name[term.issue]: [numbered(there, term)]})
                if isinstance(opinion, Refuse):
                    assert not (stand.gains[here] >= stand.floor).any()
                if isinstance(whole[-1], Sketch) and len(whole) == 1:
                    deal = there.parse({one.issue: one.option for one in whole[0].options})
                    assert term in whole[0].options
                    assert stand.enough[there.index(deal)]
                else:
                    assert isinstance(whole[0], Obstacle)
                    assert not (here & stand.enough).any()


def numbered(table, term):
    return table.issues[table.by_name[term.issue]].number(term.option)


def test_one_issue_is_all_that_matters_where_there_is_one():
    table = replace(CASE.scenario.tables["sdv"], issues=CASE.scenario.tables["sdv"].issues[:1])
    stand = Stand(table, ((0.0, 2.0, 1.0),), np.array([0.0, 2.0, 1.0]), np.ones(3, dtype=bool), 1.0)
    own = replace(minded(played(), "google", "guarded"), stands={"sdv": stand})
    assert reply(own, "renault", [Ask("priority", "sdv")]) == (
        Prefer(Term("sdv", "openness", "alliance"), Term("sdv", "openness", "renault")),
    )
    bluff = replace(own, candour="bluffing")
    assert reply(bluff, "renault", [Ask("priority", "sdv")]) == reply(own, "renault", [Ask("priority", "sdv")])
    fixed = replace(own, stands={"sdv": replace(stand, possible=np.array([True, False, False]))})
    assert reply(fixed, "renault", [Ask("priority", "sdv")]) == SORRY
    assert stand.best(stand.enough) == (1,)
    assert stand.nearest({0: [2]}) == (2,)
    assert Courtesy("regret") in SORRY
