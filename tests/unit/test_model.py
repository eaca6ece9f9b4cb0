"""What users of Mesa find: a step is a round, agents, a data collector, nothing kept for ever."""

import gc
import weakref

import mesa
import pytest

from negotiation.dice import Dice
from negotiation.model import NegotiationModel


def test_a_step_is_a_round_and_the_collector_keeps_the_opening_and_a_row_of_each():
    model = NegotiationModel("cloud-for-two", seed=1)
    model.step()
    assert model.state.round == 1
    while model.running:
        model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame["round"]) == [*range(model.state.rounds_played), model.state.round]
    assert set(frame["seed"]) == {1}
    assert frame["signed"].iloc[-1] == 1
    agents = model.datacollector.get_agent_vars_dataframe()
    assert set(agents["party"]) == {"kaido", "nimbus"}
    assert agents["points"].iloc[-1] == pytest.approx(model.seated["nimbus"].points)
    assert list(agents.loc[0, "points"]) == [agent.unsigned_points for agent in model.seated.values()]


def test_who_plays_at_once_collects_as_who_goes_step_by_step():
    steps = NegotiationModel("cloud-for-two")
    while steps.running:
        steps.step()
    whole = NegotiationModel("cloud-for-two")
    whole.play()
    assert not whole.running
    frames = [model.datacollector.get_agent_vars_dataframe() for model in (steps, whole)]
    assert frames[0].equals(frames[1])
    assert len(frames[0]) == 2 * (steps.state.rounds_played + 1)


def test_a_model_waits_for_people_and_its_agents_show_what_they_know():
    model = NegotiationModel("cloud-for-two", seats={"kaido": "person"}, seed=None, collect=False)
    kaido = model.seated["kaido"]
    assert (model.play().over, kaido.strategy, model.datacollector) == (False, None, None)
    kaido.step()
    assert model.game.waiting_for == ("kaido",)
    assert kaido.view.me == kaido.role.preferences.party == "kaido"
    assert kaido.dice.bits() == Dice(model.seed_number, 0, 0).bits()


def test_an_agent_acts_through_mesa_as_well():
    model = NegotiationModel("cloud-for-two")
    model.agents.do("step")
    assert {event.party for event in model.state.events} == {"kaido", "nimbus"}


def test_a_finished_model_is_freed():
    model = NegotiationModel("cloud-for-two")
    gone = weakref.ref(model)
    assert isinstance(model, mesa.Model)
    del model
    gc.collect()
    assert gone() is None
