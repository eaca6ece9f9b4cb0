"""Whatever a browser sends back is looked up among what it was offered, on every page that has a choice."""

import ast
import os
import time
from pathlib import Path

import pytest
from streamlit.testing.v1.element_tree import ElementTree

import negotiation.ui
from negotiation.formats import bundled, scenario_yaml

PAGES = ("Take a seat", "Watch agents", "Analyse a case", "Open the lab")
CHOICES = ("selectbox", "radio", "multiselect", "button_group", "segmented_control", "select_slider")


class Hostile:
    """Sends the same text for every choice on a page, as a browser could."""

    def __init__(self, monkeypatch):
        self.text, self.sent = None, []
        self.states = ElementTree.get_widget_states
        monkeypatch.setattr(ElementTree, "get_widget_states", lambda tree: self.of(tree))

    def of(self, tree):
        states = self.states(tree)
        if self.text is None:
            return states
        kinds = {node.id: node.type for node in tree if hasattr(node, "_widget_state")}
        for state in states.widgets:
            if kinds.get(state.id) in CHOICES:
                self.sent.append(state.id)
                if state.WhichOneof("value") == "string_value" or kinds[state.id] in ("selectbox", "radio"):
                    state.string_value = self.text
                else:
                    state.string_array_value.data[:] = [self.text]
        return states


@pytest.fixture
def hostile(monkeypatch):
    return Hostile(monkeypatch)


@pytest.fixture
def opened(monkeypatch):
    """The files of cases that are opened while pages are drawn."""
    found = []

    def read(path, *more):
        found.append(str(path))
        return plain(path, *more)

    plain = scenario_yaml.read_limited
    monkeypatch.setattr(scenario_yaml, "read_limited", read)
    return found


@pytest.fixture
def secret(tmp_path):
    """Somebody else's case: with the title of a bundled one, so that its name looks as if it had been offered."""
    path = tmp_path / "secret.yaml"
    path.write_text(
        bundled()["cloud-for-two"].read_text(encoding="utf-8").replace("id: cloud-for-two", "id: secret-case")
    )
    return path


def tried(app, hostile, text):
    """The page when each of its choices has come back as `text`."""
    before = kept(app)
    hostile.text, began = str(text), time.monotonic()
    app.run()
    hostile.text = None
    assert hostile.sent, "the page has a choice"
    assert time.monotonic() - began < 30
    assert not app.exception, [problem.value for problem in app.exception]
    assert not app.error, [problem.value for problem in app.error]
    assert kept(app) == before


def kept(app):
    """What a page goes on with: its choices that have a name, and its address."""
    return {one.key: one.value for one in [*app.selectbox, *app.radio] if one.key}, dict(app.query_params)


@pytest.mark.parametrize("door", PAGES)
def test_no_page_takes_what_it_did_not_offer(visit, hostile, opened, secret, tmp_path, door):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)  # whoever opens it waits for ever
    for text in (secret, pipe, "/dev/zero", "alliance_2023"):
        app = visit(door)
        if door == "Open the lab":
            app.session_state["lab-view"] = "New experiment"
            app.run()
        tried(app, hostile, text)
    assert not [path for path in opened if path.startswith((str(tmp_path), "/dev"))]


def test_no_class_takes_what_it_did_not_offer(school, hostile, opened, secret, tmp_path):
    tried(school.open(), hostile, secret)  # the form for a new class
    session = school.create()
    school.join("Ana")
    for section in ("Join", "People", "Groups", "Record"):
        tried(school.open(**{"class": session, "show": section}), hostile, secret)
    assert not [path for path in opened if path.startswith(str(tmp_path))]


def test_every_choice_says_beforehand_what_its_options_are_called():
    """A function that works out a name would be asked for the name of whatever a browser sends."""
    found = []
    for path in sorted(Path(negotiation.ui.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given = {one.arg: ast.unparse(one.value) for one in getattr(call, "keywords", ())}
            if "format_func" in given and "accept_new_options" not in given:
                found.append((path.name, given["format_func"]))
    assert len(found) > 20
    assert [one for one in found if not one[1].startswith("among(") and not one[1].endswith(".__getitem__")] == []
