"""The same game again with agents in one's chair."""

import pytest

from negotiation.debrief.par import par, par_asked
from negotiation.debrief.replays import POPULATION
from negotiation.errors import SetupError
from negotiation.game import Game


def asked(**options):
    return par_asked(
        Game(**{"case": "cloud-for-two", "strategy": "fair", "seats": {"kaido": "person"}, **options}), "kaido"
    )


def test_each_agent_of_the_population_plays_the_very_game_once():
    steps = []
    found = par(asked(rounds=6, talk="en"), lambda share, what: steps.append((share, what)))
    assert found.games == len(POPULATION) == len(steps)
    assert steps[0] == (0.0, f"0 of {len(POPULATION)} games")
    for n in (0, 7):
        game = Game("cloud-for-two", seats={"kaido": POPULATION[n], "nimbus": "fair"}, rounds=6, seed=n, talk="en")
        game.play()
        assert found.points[n] == pytest.approx(game.points("kaido"))


def test_the_question_is_the_same_for_all_games_that_differ_in_their_seed_alone():
    types = {"nissan": "base"}
    one, other = (
        par_asked(Game(seats={"nissan": "person"}, seed=seed, types={"renault": "base", "nissan": "hawk"}), "nissan")
        for seed in (1, 2)
    )
    assert one["types"]["renault"] == other["types"]["renault"]
    assert {**one, "types": types} == {**other, "types": types}
    assert "nissan" not in one["seats"]
    assert asked(talk="fr") != asked()


@pytest.mark.parametrize(("seats", "who"), [({"nimbus": "person"}, "another person"), ({"nimbus": "llm"}, "model")])
def test_whom_no_agent_can_meet_again_leaves_no_par(seats, who):
    with pytest.raises(SetupError, match=who):
        par({**asked(), "seats": seats}, lambda *_: None)
