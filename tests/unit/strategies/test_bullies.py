"""Bullies, oddities and scripted people: each does what its name says."""

import pytest
from strategies_market import record
from support import BULLIES

from negotiation.actions import Accept, Offer, Vote, Walk
from negotiation.discovery import find
from negotiation.errors import SetupError
from negotiation.game import Game
from negotiation.lab.compiled.strategy_codes import playable
from negotiation.strategies import Strategy, strategies, strategy
from negotiation.strategies.bullies.base import Bully
from negotiation.strategies.bullies.stakes import by_stakes

FLAGSHIP = "alliance-2023"

RECORDS = [
    ("anchor", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S10 B5 / S10 B6 / S9 B7 /"),
    ("bluffer", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S10 B5 / S10 B6 / S="),
    ("silent", "S- B0 / S- B1 / S- B2 / S- B3 / S- B4 / S- B5 / S- B6 / S="),
    ("staller", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S10 B5 / S10 B6 / S="),
    ("staller:at=0.7", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S10 B5 / S="),
    ("hostage", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S10 B5 / S10 B6 / S9 B7 /"),
    ("feint", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S9 B5 / S8 B6 / S="),
    ("zigzag", "S9 B0 / S10 B1 / S8 B2 / S10 B3 / S7 B4 / S10 B5 / S6 B="),
    ("walker", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / /"),
    ("flooder", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S10 B5 / S10 B6 / S9 B7 /"),
    ("naive", "S7 B0 / S6 B1 / S5 B2 / S5 B3 / S4 B="),
    ("trader", "S10 B0 / S10 B1 / S9 B2 / S9 B3 / S8 B4 / S7 B5 / S6 B="),
]


@pytest.mark.parametrize(("seller", "told"), RECORDS)
def test_a_record_of_play_against_an_even_conceder(seller, told):
    assert record(seller, "linear") == told


def test_all_are_found_and_are_no_level_for_people():
    found = find("negotiation.strategies.bullies", Strategy)
    assert set(found) == set(BULLIES)
    assert set(found) <= set(strategies())
    assert all(issubclass(kind, Bully) for kind in found.values())
    for name, kind in found.items():
        for setting in kind.settings:
            strategy(f"{name}:{setting}")


def acts_of(party, text, case=FLAGSHIP, others="fair", **options):
    game = Game(case, strategy=others, seats={party: text}, **options)
    game.play()
    return game, [(n, event.action) for n, event in enumerate(game.state.events) if event.party == party]


def test_an_anchor_signs_nothing_below_its_share():
    game, acts = acts_of("nissan", "anchor:share=0.6", others="hardliner")
    assert not any(isinstance(act, Accept) for _, act in acts)
    assert not any("nissan" in signed for signed in game.state.signed.values())


def test_the_silent_neither_offer_nor_speak():
    game, acts = acts_of("nissan", "silent", talk="en")
    assert {act.kind for _, act in acts} <= {"pass", "accept"}
    assert any(isinstance(act, Accept) for _, act in acts)
    assert all(
        game.state.bound_in[name] == game.state.rounds - 1
        for name, signed in game.state.signed.items()
        if "nissan" in signed
    )


def test_a_hostage_taker_waits_for_one_table():
    game, acts = acts_of("nissan", "hostage:share=0.2")
    wanted = by_stakes(game.view("nissan"))[-1]
    assert wanted == "alliance"
    tables = [game.state.named(act) for _, act in acts if isinstance(act, Offer | Accept)]
    assert all(wanted in some for some in tables[: 1 + max(n for n, some in enumerate(tables) if wanted in some)])
    assert any(wanted not in some for some in tables)


def test_a_hostage_taker_lets_other_tables_and_other_drafts_wait():
    """In turn it passes elsewhere, by ballot it votes no on what leaves its table out."""
    _, acts = acts_of("nissan", "hostage", protocol="alternating", rounds=3)
    assert {table for _, act in acts if isinstance(act, Offer) for table in act.deals} == {"alliance"}
    game, acts = acts_of("nissan", "hostage", protocol="single-text", rounds=6)
    votes = [(game.state.events[act.paper].action.deals, act.yes) for _, act in acts if isinstance(act, Vote)]
    assert any("alliance" not in deals for deals, _ in votes)
    assert not any(yes for deals, yes in votes if "alliance" not in deals and "alliance" not in game.state.bound)


def test_a_walker_leaves_the_table_where_it_has_least_to_gain_once():
    game, acts = acts_of("renault", "walker:at=0.3")
    walks = [act.table for _, act in acts if isinstance(act, Walk)]
    assert walks == [by_stakes(game.view("renault"))[0]]
    assert game.state.left == {walks[0]: ("renault",)}
    _, acts = acts_of("renault", "walker:at=0.3", protocol="alternating")
    assert [act.table for _, act in acts if isinstance(act, Walk)] == walks


def test_a_walker_with_no_table_left_goes_on():
    """Its table is settled before it would leave."""
    game, acts = acts_of("kaido", "walker:at=0.9,share=0,exponent=0.5", "cloud-for-two")
    assert game.state.bound
    assert not any(isinstance(act, Walk) for _, act in acts)


def test_a_flooder_fills_its_rounds_with_offers():
    _, acts = acts_of("nissan", "flooder:acts=9,share=0.6", rounds=3)
    offers = [act for _, act in acts if isinstance(act, Offer)]
    assert len(offers) > 20
    _, acts = acts_of("nissan", "flooder:acts=9", rounds=3, protocol="alternating")
    assert len([act for _, act in acts if isinstance(act, Offer)]) <= 3 * 4
    barred, acts = acts_of("nissan", "flooder:share=1", rounds=3, others="walker:at=0")
    assert barred.state.over


def test_feints_ask_at_first_for_what_others_want():
    game, acts = acts_of("kaido", "feint", "cloud-for-two", others="boulware")
    them = game.seated["nimbus"].role.preferences
    offers = [act.deals for _, act in acts if isinstance(act, Offer)]
    scores = [them.score(deals) for deals in offers]
    assert min(scores[1:]) < scores[-1]


def test_the_compiled_engine_leaves_to_the_plain_one_what_it_would_play_otherwise():
    assert playable(strategy("anchor"))
    assert playable(strategy("bluffer"))
    for name in ("hostage", "walker", "flooder", "feint", "zigzag", "silent", "trader", "naive"):
        assert not playable(strategy(name))


def test_a_hostage_may_be_named_or_be_the_second_best():
    game, acts = acts_of("nissan", "hostage:table=cloud,share=0.2", rounds=4)
    assert {table for _, act in acts if isinstance(act, Offer) for table in act.deals} == {"cloud"}
    second = by_stakes(game.view("nissan"))[-2]
    _, acts = acts_of("nissan", "hostage:rank=2", rounds=4)
    assert {table for _, act in acts if isinstance(act, Offer) for table in act.deals} == {second}
    _, acts = acts_of("nissan", "hostage:rank=9", rounds=4)
    assert len({table for _, act in acts if isinstance(act, Offer) for table in act.deals}) == 4
    with pytest.raises(SetupError, match=r"unknown table 'clod'; did you mean 'cloud'"):
        Game(FLAGSHIP, seats={"nissan": "hostage:table=clod"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("anchor:share=2", "anchor: share is 2, must be from 0 to 1"),
        ("staller:at=2", "staller: at is 2, must be from 0 to 1"),
        ("walker:at=-1", "walker: at is -1, must be from 0 to 1"),
        ("hostage:rank=0", "hostage: rank is 0, must be at least 1"),
        ("flooder:acts=0", "flooder: acts is 0, must be at least 1"),
        ("feint:least=2", "feint: least is 2, must be from 0 to 1"),
        ("compose:bidding=curve,exponent=0", "compose: exponent is 0, must be above 0"),
        ("compose:bidding=curve,start=2", "compose: start is 2, must be from 0 to 1"),
        ("compose:bidding=feint,until=2", "compose: until is 2, must be from 0 to 1"),
        ("zigzag:share=2", "zigzag: share is 2, must be from 0 to 1"),
        ("trader:enough=2", "trader: enough is 2, must be from 0 to 1"),
        ("compose:accept=enough,share=2", "compose: share is 2, must be from 0 to 1"),
    ],
)
def test_settings_that_make_no_sense_are_named(text, message):
    with pytest.raises(SetupError) as problem:
        strategy(text)
    assert message in str(problem.value)
