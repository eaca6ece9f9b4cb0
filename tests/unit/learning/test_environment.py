"""The environments keep PettingZoo's promises, and play what the rules play."""

from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("pettingzoo")

from pettingzoo.test import api_test, max_cycles_test, parallel_api_test, parallel_seed_test, seed_test

from negotiation.errors import NegotiationError, SetupError
from negotiation.formats import bundled, load
from negotiation.lab.compiled import chance, learners, setup
from negotiation.learning import env, parallel_env
from negotiation.learning import talks as talks_module
from negotiation.learning.talks import Talks, next_seed
from negotiation.strategies import strategy
from negotiation.strategies.sight import Sight

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pettingzoo", "ignore::UserWarning:gymnasium")

CASES = sorted(bundled())


def seeded(make, **options):
    """An environment whose choices are drawn from fixed seeds."""
    made = make(**options)
    for n, agent in enumerate(made.possible_agents):
        made.action_space(agent).seed(n + 7)
    made.reset(seed=0)
    return made


@pytest.mark.parametrize("case", CASES)
def test_promises_of_both_interfaces_are_kept(case, capsys):
    api_test(env(case=case), num_cycles=60)
    parallel_api_test(parallel_env(case=case), num_cycles=60)
    seed_test(lambda: env(case=case, noise=0.2, every_deal=True), num_cycles=30)
    parallel_seed_test(lambda: parallel_env(case=case), num_cycles=30)
    max_cycles_test(
        SimpleNamespace(
            env=lambda max_cycles: seeded(env, case=case, max_cycles=max_cycles),
            parallel_env=lambda max_cycles: seeded(parallel_env, case=case, max_cycles=max_cycles),
        )
    )
    assert "Passed" in capsys.readouterr().out


@contextmanager
def plain():
    """The very functions that are compiled, as Python, so that tests see all of their branches."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        for name in ("begin", "gains_of", "go_on", "lay_out_all", "lay_out_own", "look"):
            patch.setattr(talks_module, name, getattr(learners, name).py_func)
        patch.setattr(setup, "cast", chance.cast.py_func)
        yield


def walk(talks, seed, dice, most=400):
    """Play a game by chance; at every turn of a learner, what it sees and may do is what its view says."""
    talks.begin(seed)
    turns = 0
    while talks.mover >= 0 and turns < most:
        party = talks.parties[talks.mover]
        game = talks.game()
        sight = Sight(game.view(party), talks.menu)
        np.testing.assert_array_equal(talks.seen[talks.mover], sight.observation)
        np.testing.assert_array_equal(talks.allowed[talks.mover], sight.allowed)
        choice = int(dice.choice(np.flatnonzero(sight.allowed)))
        game.submit(party, sight.act(choice))
        said = game.state.events
        talks.choose(choice)
        assert talks.game().state.events[: len(said)] == said
        turns += 1
    return talks.game()


def assert_as_the_rules(talks, game):
    """What the strategies did is what they want in the object engine, and the gains are those of its state."""
    states = list(game.protocol.replay(game.case.scenario, game.state.events, game.state.rounds))
    assert states[-1] == game.state
    players = {party: strategy(text) for party, text in talks.seats.items() if text != "person"}
    for state, event in zip(states, game.state.events, strict=False):
        if event.party in players:
            then = game.at(state)
            wanted = players[event.party].decide(then.view(event.party), then.dice(event.party))
            assert wanted == event.action
    for party, gain in zip(talks.parties, talks.gains(), strict=True):
        seat = game.seated[party]
        assert game.points(party, ended=True) - seat.unsigned_points == gain


GAMES = [
    ("alliance-2023", {"renault": "fair", "google": "boulware"}, "open-floor", 0.0),
    ("alliance-2023", {}, "alternating", 0.1),
    ("any-two-of-three", {"aster": "random"}, "open-floor", 0.3),
    ("cloud-for-two", {"nimbus": "conceder"}, "alternating", 0.2),
    ("electric-quay", {"city": "linear"}, "open-floor", 0.0),
]


@pytest.mark.parametrize(("case", "seats", "protocol", "noise"), GAMES)
def test_what_is_played_is_what_the_rules_replay(case, seats, protocol, noise):
    dice = np.random.default_rng(5)
    talks = Talks(case, seats, protocol=protocol, noise=noise, every_deal=True, rounds=5)
    for seed in range(2):
        assert_as_the_rules(talks, walk(talks, seed, dice))


def test_the_same_without_a_compiler():
    with plain():
        for case, seats, protocol, noise in GAMES[2:4]:
            talks = Talks(case, seats, protocol=protocol, noise=noise, every_deal=True, rounds=3)
            assert_as_the_rules(talks, walk(talks, 1, np.random.default_rng(1)))
        for seats, protocol in (({"renault": "fair"}, "open-floor"), ({}, "alternating")):
            talks = Talks("alliance-2023", seats, protocol=protocol, every_deal=True, rounds=2)
            assert_as_the_rules(talks, walk(talks, 3, np.random.default_rng(2), most=25))
        for which in (0, -1):
            talks.begin(0)
            while talks.mover >= 0:
                talks.choose(int(np.flatnonzero(talks.allowed[talks.mover])[which]))
        talks = Talks(hopeless(), rounds=1)
        assert_as_the_rules(talks, walk(talks, 3, np.random.default_rng(2)))
        made = parallel_env(case="cloud-for-two", max_cycles=1)
        made.reset()
        made.step({"kaido": 0, "nimbus": made.talks.menu.choices - 1})


def hopeless():
    """A case in which one party loses by every deal."""
    case = load("cloud-for-two")
    role = case.roles["kaido"]["base"]
    role = replace(role, preferences=replace(role.preferences, adjust={"contract": 1000.0}))
    return replace(case, roles={**case.roles, "kaido": {"base": role}})


def test_what_is_not_possible_is_a_pass():
    for protocol in ("open-floor", "alternating"):
        talks = Talks("cloud-for-two", protocol=protocol)
        talks.begin(0)
        for choice in (1, talks.menu.choices, -3):
            talks.choose(choice)
        assert [event.action.kind for event in talks.game().state.events if event.party != "clock"] == ["pass"] * 3


def test_a_silent_learner_passes_to_the_end():
    with plain():
        for protocol in ("open-floor", "alternating"):
            talks = Talks("cloud-for-two", {"nimbus": "linear"}, protocol=protocol, rounds=3)
            talks.begin(0)
            talks.silence(1 - talks.mover)
            assert talks.mover == 0
            talks.silence(talks.mover)
            assert talks.mover < 0
            acts = {event.action.kind for event in talks.game().state.events if event.party == "kaido"}
            assert acts == {"pass"}


def test_after_very_many_acts_in_a_round_nothing_is_left_but_to_pass():
    with plain():
        talks = Talks("cloud-for-two")
        talks.begin(0)
        talks._ready.game.turns[0] += 60
        talks.look(0)
        assert talks.allowed[0].sum() == 1
        game = talks.game()
        game = game.at(game.state.changed({"turns": {"kaido": 60}}))
        assert Sight(game.view("kaido"), talks.menu).allowed.sum() == 1


def test_a_game_that_the_engine_cannot_play_on_is_said_to_be_one():
    with plain():
        for seats in ({}, {"kaido": "linear"}):
            talks = Talks("cloud-for-two", seats)
            talks._ready.game.who.remembers, talks._ready.game.most_offers = 1, 0
            with pytest.raises(SetupError, match="could not play this game"):
                played_once(talks)


def played_once(talks):
    talks.begin(0)
    talks.choose(talks.menu.choices - 1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"seats": {"kaido": "fair", "nimbus": "fair"}}, "nobody learns"),
        ({"noise": 2.0}, "noise is 2.0"),
        ({"protocol": "single-text"}, "not for the compiled engine"),
        ({"seats": {"kaido": "nobody"}}, "unknown strategy 'nobody'"),
        ({"case": "nowhere"}, "nowhere"),
    ],
)
def test_what_makes_no_environment_is_said_in_one_line(options, said):
    with pytest.raises(NegotiationError, match=said) as problem:
        env(**options)
    assert "\n" not in str(problem.value)


def test_a_case_of_too_many_deals_is_offered_by_level(monkeypatch):
    monkeypatch.setattr(talks_module, "MOST_DEALS", 100)
    assert Talks("cloud-for-two").menu.deals == 0
    with pytest.raises(SetupError, match="more than 100 deals"):
        Talks("cloud-for-two", every_deal=True)


def test_talks_can_be_read_while_they_go_on():
    for make in (env, parallel_env):
        made = make(case="cloud-for-two")
        made.reset(seed=3)
        offer = made.talks.menu.choices - 1
        made.step(offer if make is env else {"kaido": offer, "nimbus": 0})
        assert "Kaido" in made.render()
        made.close()


def test_games_of_one_series_differ_and_come_again():
    seeds = [next_seed(7, n) for n in range(5)]
    assert len(set(seeds)) == 5
    assert seeds == [next_seed(7, n) for n in range(5)]
    talks_module.warm()
