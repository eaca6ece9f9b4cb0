"""The case editor: a draft is kept step by step, its mistakes are told at their place, and it is played and used from there."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from support_app import button, click
from support_said import said
from support_school import teach_script

from negotiation.authoring.document import from_yaml, put, to_yaml
from negotiation.authoring.templates import TEMPLATES
from negotiation.classroom.drafts import Drafts
from negotiation.classroom.store import store
from negotiation.formats import load
from negotiation.ui.jobs import processes
from negotiation.ui.teach.own_case import CHOSEN

VIEWS = ("about", "parties", "tables", "points", "links", "try", "packets", "yaml")


@pytest.fixture
def edit(visit):
    """Open the editor, with a draft if a text is given."""

    def opened(text=""):
        query = {"draft": Drafts(store()).begin("", text)} if text else {}
        app = visit("Write a case", **query)
        assert not app.exception, [problem.value for problem in app.exception]
        return app

    return opened


def go(app, view):
    app.session_state["edit-view"] = view
    app.run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def field(app, label):
    return next(one for one in [*app.text_input, *app.text_area] if one.label == label)


def named(app):
    found = app.query_params["draft"]
    return found if isinstance(found, str) else found[0]


def kept(app):
    return Drafts(store()).get("", named(app)).document


def test_a_case_is_begun_from_a_template_and_every_change_is_kept(edit):
    app = click(edit(), "Two parties, one table: a purchase")
    assert "A careful reader has nothing to say." in [m.value for m in app.markdown]
    field(app, "Title").set_value("Our purchase").run()
    assert app.title[0].value == "Our purchase"
    assert kept(app)["title"] == "Our purchase"
    click(app, "Undo")
    assert (app.title[0].value, field(app, "Title").value) == ("A purchase", "A purchase")
    click(app, "Redo")
    assert field(app, "Title").value == "Our purchase"
    click(app, "All drafts")
    assert "**Our purchase**" in [m.value for m in app.markdown]
    click(app, "Go on")
    assert app.title[0].value == "Our purchase"


@pytest.mark.parametrize("name", ["alliance-2023", "any-two-of-three"])
def test_every_part_of_a_bundled_case_is_drawn_and_nothing_changes_by_looking(edit, name):
    text = load(name).text
    app = edit(text)
    for view in VIEWS:
        go(app, view)
    assert kept(app) == from_yaml(text)
    assert Drafts(store()).get("", named(app)).steps == 0
    assert "kept as they are; edit them in the YAML" in " ".join(c.value for c in app.caption)


def test_what_is_wrong_is_told_where_it_is_wrong_and_mended_by_a_button(edit):
    wrong = put(TEMPLATES["two"][1](), ["preferences", "buyer", "contract.price", "weight"], 41)
    app = go(edit(to_yaml(wrong)), "points")
    assert "1 thing to mend" in [e.label for e in app.expander]
    assert any("Buyer: the weights sum to 96, must be 100" in text for text in said(app))
    assert any("✗ Buyer 96" in m.value for m in app.markdown)
    click(app, "Make Buyer sum to 100")
    assert any("✓ Buyer 100" in m.value for m in app.markdown)
    assert "The case can be played" in [e.label for e in app.expander]


def test_parties_tables_and_links_are_added_moved_and_removed(edit):
    app = go(edit(to_yaml(TEMPLATES["two"][1]())), "parties")
    field(app, "One more party").set_value("Bank").run()
    click(app, "Add")
    assert list(kept(app)["parties"]) == ["buyer", "seller", "bank"]
    click(app, "Down")
    assert list(kept(app)["parties"]) == ["seller", "buyer", "bank"]
    click(app, "Up")
    click(app, "Remove Bank")
    assert list(kept(app)["parties"]) == ["buyer", "seller"]
    go(app, "tables")
    field(app, "One more issue").set_value("Currency").run()
    next(b for b in app.button if b.label == "Add").click().run()
    assert "currency" in kept(app)["tables"]["contract"]["issues"]
    field(app, "One more table").set_value("Loan").run()
    [b for b in app.button if b.label == "Add"][1].click().run()
    assert list(kept(app)["tables"]) == ["contract", "loan"]
    go(app, "links")
    field(app, "One more link: what is it about?").set_value("Both").run()
    next(b for b in app.button if b.label == "Add").click().run()
    assert kept(app)["links"][0]["id"] == "both"
    field(app, "One more rule: what is it about?").set_value("Not that").run()
    [b for b in app.button if b.label == "Add"][1].click().run()
    assert kept(app)["constraints"][0]["id"] == "not_that"


def test_signers_are_chosen(edit):
    app = go(edit(to_yaml(TEMPLATES["three"][1]())), "tables")
    always = next(one for one in app.multiselect if one.label == "Always")
    always.unselect("builder").run()
    assert kept(app)["tables"]["works"]["signers"]["always"] == ["town"]
    next(one for one in app.multiselect if one.label == "Besides, so many of these").set_value(
        ["builder", "operator"]
    ).run()
    next(one for one in app.number_input if one.label == "How many of them").set_value(2).run()
    assert kept(app)["tables"]["works"]["signers"]["quorum"] == {"of": ["builder", "operator"], "min": 2}


def test_the_whole_text_can_be_changed_and_what_is_no_yaml_is_told(edit):
    app = go(edit(to_yaml(TEMPLATES["two"][1]())), "yaml")
    field(app, "YAML").set_value("format: [").run()
    click(app, "Take this text")
    assert "line 2" in app.error[0].value
    text = to_yaml({**TEMPLATES["two"][1](), "title": "Written out", "terms": ["kept"]})
    field(app, "YAML").set_value(text).run()
    click(app, "Take this text")
    assert app.title[0].value == "Written out"
    assert any("terms" in text and "unknown key" in text for text in said(app))


def test_zones_dead_options_and_the_frontier_are_there_at_once(edit):
    greedy = put(TEMPLATES["two"][1](), ["tables", "contract", "if_unsigned", "adjust", "seller"], 99)
    app = go(edit(to_yaml(greedy)), "try")
    html = " ".join(said(app))
    assert "Options that nobody would choose" in html or "Every option is in some" in html
    assert "outcomes" in html


def test_the_trial_runs_in_a_process_of_its_own():
    asked = {"job": "trial", "text": to_yaml(TEMPLATES["two"][1]()), "strategy": "fair", "games": 3}
    heard = []
    found = processes.work(asked, lambda share, what: heard.append((share, str(what))))
    assert found["games"] == 3
    assert found["signers"]["contract"].keys() == {"buyer", "seller"}
    drawn = processes.work(
        {"job": "draft", "text": asked["text"], "parties": ["buyer", "seller"]}, lambda _share, _what: None
    )
    assert drawn["parties"] == ["buyer", "seller"]


def test_a_draft_is_played_from_the_editor(edit):
    app = edit(to_yaml(TEMPLATES["two"][1]()))
    click(app, "Take my seat")
    assert app.session_state["page"] == "play"
    assert "A purchase" in app.title[0].value
    assert button(app, "Go to the table")


def test_another_window_is_not_overwritten(edit):
    app = edit(to_yaml(TEMPLATES["two"][1]()))
    name = named(app)
    Drafts(store()).do("", name, 0, {"do": "put", "parts": [[["title"], "From elsewhere"]]})
    app.run()
    assert field(app, "Title").value == "From elsewhere"
    assert kept(app)["title"] == "From elsewhere"


def test_nobody_sees_the_draft_of_another(edit):
    name = Drafts(store()).begin("someone", to_yaml(TEMPLATES["two"][1]()))
    app = edit()
    app.query_params["draft"] = name
    app.run()
    assert "there is no draft" in app.error[0].value
    click(app, "All drafts")
    assert "My drafts" not in " ".join(m.value for m in app.markdown)
    st.cache_data.clear()


@pytest.mark.parametrize("section", ["clock", "parties", "tables", "preferences", "links", "constraints", "teaches"])
@pytest.mark.parametrize("odd", [[1, {}], {"a": {"issues": {"b": {"options": 5}}}}], ids=str)
def test_a_file_of_another_shape_is_drawn_with_what_is_wrong(edit, section, odd):
    app = edit(to_yaml({**TEMPLATES["three"][1](), section: odd}))
    for view in VIEWS:
        go(app, view)
    assert "to mend" in " ".join(e.label for e in app.expander)


def test_a_class_is_made_of_a_draft(school):
    text = to_yaml({**TEMPLATES["two"][1](), "title": "Our purchase"})
    name = Drafts(school.room.store).begin(school.by.name, text)
    app = AppTest.from_function(teach_script, default_timeout=60)
    app.session_state[CHOSEN] = name
    app.run()
    assert not app.exception
    assert next(one for one in app.selectbox if one.label == "My case").value == name
    click(app, "Create the class")
    (session,) = school.room.teaching.all(school.by)
    with school.room.store.reading() as look:
        assert school.room.classes.case(look, session.id).scenario.title == "Our purchase"
