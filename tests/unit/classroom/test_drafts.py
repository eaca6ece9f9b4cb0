"""Cases that are being written: every step is kept, in order, for its author alone."""

import pytest

from negotiation.authoring.document import to_yaml
from negotiation.authoring.history import UNDO, step
from negotiation.authoring.templates import TEMPLATES
from negotiation.classroom import drafts
from negotiation.classroom.drafts import Begun, Drafts
from negotiation.classroom.solo import Solo
from negotiation.classroom.store import Moved
from negotiation.errors import LogError, ScenarioError


@pytest.fixture
def store(room):
    return room.store


@pytest.fixture
def begun(store):
    kept = Drafts(store)
    return kept, kept.begin("ana", to_yaml(TEMPLATES["two"][1]()))


def titled(document, title):
    return step(document, {**document, "title": title})


def test_every_step_is_there_for_another_process(begun, store):
    kept, name = begun
    first = kept.get("ana", name).document
    kept.do("ana", name, 0, titled(first, "One"))
    kept.do("ana", name, 1, titled({**first, "title": "One"}, "Two"))
    kept.do("ana", name, 2, UNDO)
    again = Drafts(store).get("ana", name)
    assert again.document["title"] == "One"
    assert (again.steps, len(again.past), len(again.future)) == (3, 1, 1)
    assert again == kept.get("ana", name)


def test_a_step_from_another_window_is_not_overwritten(begun):
    kept, name = begun
    first = kept.get("ana", name).document
    kept.do("ana", name, 0, titled(first, "One"))
    with pytest.raises(Moved):
        kept.do("ana", name, 0, titled(first, "Two"))
    assert kept.get("ana", name).document["title"] == "One"


def test_a_draft_is_its_authors_alone(begun, store):
    kept, name = begun
    for call in (
        lambda: kept.get("ben", name),
        lambda: kept.do("ben", name, 0, UNDO),
        lambda: kept.put_away("ben", name),
        lambda: kept.get("ana", Solo(store).start(case="cloud-for-two", seats={"kaido": "person"})),
    ):
        with pytest.raises(LogError, match="no draft"):
            call()
    assert kept.of("ben") == ()
    with pytest.raises(LogError):
        kept.get("ana", "nothing")


def test_drafts_are_listed_until_they_are_put_away(begun, monkeypatch):
    kept, name = begun
    other = kept.begin("ana", to_yaml(TEMPLATES["three"][1]()))
    assert kept.of("ana") == (Begun(other, "Two tables", 0), Begun(name, "A purchase", 0))
    monkeypatch.setattr(drafts, "MOST_LISTED", 1)
    assert kept.of("ana") == (Begun(other, "Two tables", 0),)
    kept.put_away("ana", other)
    assert kept.of("ana") == (Begun(name, "A purchase", 0),)
    with pytest.raises(LogError, match="put away"):
        kept.get("ana", other)


def test_what_is_no_yaml_is_no_draft(store):
    with pytest.raises(ScenarioError, match="line 2"):
        Drafts(store).begin("ana", "format: [")
    assert Drafts(store).of("ana") == ()


def test_only_some_drafts_stay_in_memory(begun, monkeypatch):
    kept, name = begun
    monkeypatch.setattr(drafts, "MOST_OPEN", 1)
    kept.get("ana", name)
    other = kept.begin("ana", "title: x")
    kept.get("ana", other)
    assert list(kept._open) == [other]
    assert kept.get("ana", name).document["title"] == "A purchase"
