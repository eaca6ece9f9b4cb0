"""Nothing in the editor is left in English, but for what its author writes; packets are in the language of their case."""

import pytest
from support_pseudo import pseudo, untranslated
from support_said import said

from negotiation.authoring.document import put, to_yaml
from negotiation.authoring.templates import TEMPLATES
from negotiation.classroom.drafts import Drafts
from negotiation.classroom.store import store
from negotiation.language import LANGUAGES

VIEWS = ("about", "parties", "tables", "points", "links", "try", "yaml")


def texts(value):
    """All texts and names in a draft."""
    if isinstance(value, dict):
        return {one for pair in value.items() for part in pair for one in texts(part)}
    if isinstance(value, list):
        return {one for part in value for one in texts(part)}
    return {str(value), str(value).replace("_", " ")}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("weight", [30, 26], ids=["fine", "wrong"])
def test_every_part_of_the_editor(visit, monkeypatch, view, weight):
    document = put(TEMPLATES["three"][1](), ["preferences", "town", "works.size", "weight"], weight)
    text = to_yaml(document)
    app = visit("Write a case", draft=Drafts(store()).begin("", text))
    app.session_state["edit-view"] = view
    pseudo(monkeypatch)
    app.run()
    assert not app.exception
    assert any("⟦" in one for one in said(app))
    names = [text, *texts(document), *LANGUAGES.values(), "SVG", "PNG", "CSV"]
    assert untranslated(app, *(name for name in names if name.strip())) == []


def test_the_ways_to_begin(visit, monkeypatch):
    app = visit("Write a case")
    pseudo(monkeypatch)
    app.run()
    assert untranslated(app, *LANGUAGES.values(), "Alliance 2023", "restructuring Renault-Nissan-Mitsubishi") == []
