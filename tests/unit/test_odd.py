"""The description of the model by the ODD protocol says what the code says."""

import importlib
import inspect
import re
from dataclasses import fields
from pathlib import Path

import pytest

import negotiation
from negotiation import actions
from negotiation.formats import load
from negotiation.model import NegotiationModel, Negotiator
from negotiation.preferences import Preferences
from negotiation.protocols import protocols
from negotiation.state import Paper, State
from negotiation.strategies.parts import KINDS
from negotiation.table import Table

PAGE = (Path(negotiation.__file__).parents[1] / "docs" / "odd.md").read_text(encoding="utf-8")
ELEMENTS = [
    "Purpose and patterns",
    "Entities, state variables, and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
]
SECTIONS = dict(zip(ELEMENTS, re.split(r"^## \d\. .*$", PAGE, flags=re.MULTILINE)[1:], strict=True))


def rows(element):
    """The cells of the rows of a section's table, without its head."""
    lines = [line for line in SECTIONS[element].splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(text):
    return re.findall(r"`([^`]+)`", text)


def test_it_has_the_seven_elements_in_their_order():
    assert re.findall(r"^## \d\. (.*)$", PAGE, re.MULTILINE) == ELEMENTS


@pytest.mark.parametrize("kind", [Negotiator, State, Paper, Table, Preferences])
def test_every_state_variable_exists(kind):
    (row,) = [row for row in rows(ELEMENTS[1]) if f"`{kind.__name__}`" in row[0]]
    assert names(row[1])
    model = NegotiationModel("cloud-for-two", rounds=1)
    known = dir(model.seated["kaido"]) if kind is Negotiator else [field.name for field in fields(kind)]
    assert set(names(row[1])) <= set(known)
    assert kind.__module__ in names(row[2])


def test_parties_tables_and_rounds_are_those_of_the_default_case():
    case = load(inspect.signature(NegotiationModel).parameters["case"].default)
    text = SECTIONS[ELEMENTS[1]]
    said = names(text[text.index("The parties of") : text.index("Time goes by")])
    assert said == [case.name, *case.roles, *case.scenario.tables]
    assert f"{case.scenario.rounds} of them" in text


def test_schedules_acts_and_collected_columns_are_those_of_the_code():
    assert [names(row[0])[0] for row in rows(ELEMENTS[2])] == ["open-floor", "alternating", "single-text"]
    assert {names(row[0])[0] for row in rows(ELEMENTS[2])} == set(protocols())
    text = SECTIONS[ELEMENTS[2]]
    acts = names(text[text.index("The acts of parties") : text.index("After each act")])
    assert {act.lower() for act in acts} == set(actions.KINDS) - {"tick", "open"}
    model = NegotiationModel("cloud-for-two", rounds=1)
    ours = [*model.datacollector.model_reporters, *model.datacollector.agent_reporters]
    assert names(text[text.index("one a round:") :]) == ours


def test_the_parameters_are_those_of_the_model():
    known = inspect.signature(NegotiationModel).parameters
    said = {names(row[0])[0]: row[1] for row in rows(ELEMENTS[4])}
    assert list(said) == list(known)
    for name, default in said.items():
        if default.startswith("`") or default.isdigit():
            assert str(known[name].default) == default.strip("`")
        elif default == "none":
            assert not known[name].default
        elif default == "yes":
            assert known[name].default is True
        else:
            assert default in ("as the case says", "drawn", "by name")


def test_the_submodels_and_the_parts_of_a_strategy_exist():
    for row in rows(ELEMENTS[6]):
        assert importlib.import_module(names(row[2])[0])
    assert set(names(SECTIONS[ELEMENTS[3]])) == set(KINDS)
