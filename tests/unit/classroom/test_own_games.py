"""Games that one person keeps: the list, the address of a replay, and deleting for good."""

import pytest
from sqlalchemy import func, select, update

from negotiation.actions import Pass, Say
from negotiation.classroom.own_games import kept
from negotiation.classroom.schema import events, replays
from negotiation.classroom.solo import Solo
from negotiation.errors import LogError


def start(solo, **options):
    return solo.start(case="cloud-for-two", seats={"kaido": "person"}, seed=4, **{"rounds": 2, **options})


def ended(solo, **options):
    game = start(solo, **options)
    while not solo.load(game).state.over:
        solo.act(game, "kaido", Pass(), f"{game}-{len(solo.load(game).state.events)}")
    return game


@pytest.fixture
def store(address, opened):
    return opened(address)


@pytest.fixture
def solo(store):
    return Solo(store)


def test_the_list_has_my_games_the_last_touched_first(store, solo):
    assert kept(store, 9) == ()
    first, second, passing = start(solo), start(solo), start(solo, passing=True)
    solo.act(second, "kaido", Say("Hello."), "a")
    solo.act(first, "kaido", Say("Hello."), "b")
    with store.writing() as write:
        write.connection.execute(update(events).where(events.c.log == second).values(at=5.0))
    found = kept(store, 9)
    assert [one.id for one in found] == [first, second]
    assert found[1].touched == 5.0 == solo.touched(second)
    assert found[0].events == len(solo.look(first).state.events)
    assert [one.id for one in kept(store, 1)] == [first]
    assert solo.touched(passing) >= found[0].begun


def test_looking_at_a_game_does_not_play_it_on(store, solo):
    game = start(solo)
    assert solo.look(game).state.events == ()
    assert store.version(game) == 0
    with pytest.raises(LogError, match="there is no game"):
        solo.look("nowhere")


def test_a_replay_has_an_address_of_its_own_that_opens_nothing_else(store, solo):
    game = ended(solo)
    token = solo.address(game)
    assert token != game
    assert token == solo.address(game) == Solo(store).address(game)
    assert len(token) >= 24
    model, me = solo.replay(token)
    assert (me, model.state) == ("kaido", solo.load(game).state)
    with pytest.raises(LogError, match="there is no game"):
        solo.load(token)
    with pytest.raises(LogError, match="no replay at this address"):
        solo.replay(game)
    with pytest.raises(LogError, match="there is no game"):
        solo.address("nowhere")


def test_there_is_no_replay_before_the_end(solo):
    token = solo.address(start(solo))
    with pytest.raises(LogError, match="not over yet"):
        solo.replay(token)


def test_a_deleted_game_is_gone_with_its_replay_and_no_other(store, solo):
    game, other = ended(solo), ended(solo)
    token, its = solo.address(game), solo.address(other)
    solo.forget(game)
    for gone in (lambda: solo.load(game), lambda: solo.replay(token), lambda: solo.forget(game)):
        with pytest.raises(LogError, match="there is no"):
            gone()
    assert store.rows(game) == []
    assert solo.replay(its)[0].state.over
    with store.reading() as look:
        assert look.connection.execute(select(func.count()).select_from(replays)).scalar_one() == 1


def test_games_of_passers_by_take_their_replays_with_them(store, solo):
    game = start(solo, passing=True)
    solo.address(game)
    assert solo.expire(float(2**40)) == 1
    with store.reading() as look:
        assert look.connection.execute(select(func.count()).select_from(replays)).scalar_one() == 0
