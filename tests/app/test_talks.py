"""The tables of a student's page in parts: which of them an act has drawn anew, and that no other shows anything old."""

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from support_class import TEACHER, Class

from negotiation.actions import Accept, Offer, Pass, Walk
from negotiation.classroom.classes import Classes
from negotiation.classroom.phases import Phase
from negotiation.formats import load
from negotiation.game import Game
from negotiation.ui.play import table_screen
from negotiation.ui.play.action_buttons import ClassButtons
from negotiation.ui.server import identity as rooms


def page_script():
    """The page, with a button that does what its component does; `then` happens before the page is drawn."""
    import streamlit as st

    from negotiation.ui.play import class_tables
    from negotiation.ui.screens import seat

    def tick():
        class_tables._ticked()
        st.session_state.then()

    st.button("tick", on_click=tick)
    if st.session_state.alone:
        class_tables._top([])
    else:
        seat.page()


class Page:
    """The page of one seat."""

    def __init__(self, cookies, token):
        self.cookies, self.token, self.seat = cookies, token, rooms.room().seats.identify(token)
        self.app = AppTest.from_function(page_script, default_timeout=180)
        self.run()

    def run(self, *, alone=False, **state):
        self.cookies[rooms.SEAT] = self.token
        for key, value in {"alone": alone, "then": int, **state}.items():
            self.app.session_state[key] = value
        self.app.run()
        assert not self.app.exception, [problem.value for problem in self.app.exception]
        return self

    def ticks(self, then=int):
        """What a tick of the page as it is has drawn anew."""
        self.cookies[rooms.SEAT] = self.token
        self.app.session_state["then"] = then
        next(one for one in self.app.button if one.label == "tick").click().run()
        assert not self.app.exception, [problem.value for problem in self.app.exception]
        return "page" if "tick" in [one.label for one in self.app.button] else "tables"

    @property
    def mark(self):
        (found,) = [one.proto.json for one in self.app.get("bidi_component") if '{"mark"' in one.proto.json]
        return found.split('"')[3]

    @property
    def look(self):
        return rooms.room().play.look(self.seat)


@pytest.fixture
def pages(database, monkeypatch):
    """The pages of a group of the flagship, by party; classes of other settings if they are asked for."""
    held = {}
    monkeypatch.setattr(rooms, "cookie", lambda name: held.get(name, ""))

    def opened(*parties, **settings):
        one = Class(rooms.room(), **{"case": "alliance-2023", "protocol": "open-floor", "rounds": 9, **settings})
        tokens = [one.join() for _ in range(6)]
        one.go("negotiate")
        seats = {rooms.room().seats.identify(token).party: token for token in tokens}
        return [Page(held, seats[party]) for party in parties]

    return opened


def offers(page, name, key, nth=0):
    """Somebody offers the best deal of a table, or the next best."""
    view = page.look.view
    scores = view.preferences.given(name, {})[:-1].copy()
    there = view.scenario.tables[name]
    scores[~there.may_sign(view.me)] = -1e9
    action = Offer({name: there.deal(int(scores.argsort()[-1 - nth]))})
    assert rooms.room().play.act(page.seat, action, key) is None


def test_an_act_elsewhere_leaves_what_is_below_the_top_and_an_act_here_does_not(pages):
    renault, google = pages("renault", "google")
    offers(google, "cloud", "k1")
    assert renault.ticks() == "page"  # in the test alone: there the button stands outside the top
    renault.run(table="sdv")
    offers(google, "sdv", "k2")
    assert renault.ticks() == "tables"
    assert [one.label for one in renault.app.button] == ["Counter", "Their last"]
    assert renault.mark == renault.look.mark


def test_when_the_table_that_was_looked_at_is_signed_its_contract_is_shown(pages):
    renault, nissan = pages("renault", "nissan")
    assert renault.run().app.session_state["table"] == "alliance"
    offers(nissan, "alliance", "k1")
    assert renault.ticks() == "tables"
    (paper,) = renault.look.state.papers
    assert rooms.room().play.act(renault.seat, Accept(paper), "k2") is None
    assert "alliance" in renault.look.state.bound
    for page in (renault, nissan):
        assert page.run().ticks() == "page"
        assert page.run(alone=True).app.session_state["table"] == "alliance"
        assert any("Signed in week 1" in one.proto.body for one in page.run().app.get("html"))
        assert page.run().mark == page.look.mark


def test_any_id_of_a_game_will_do(pages, monkeypatch):
    monkeypatch.setattr(Classes, "mint", lambda _self: "_a__b--c_")
    (renault,) = pages("renault")
    assert renault.app.radio


def test_what_is_below_an_act_that_came_in_between_is_said_to_be_old(pages):
    renault, nissan = pages("renault", "nissan")
    assert renault.run().mark == renault.look.mark
    old = renault.mark
    offers(nissan, "alliance", "k1")
    assert renault.run(alone=True).mark == f"{renault.look.mark} over {old}"
    assert renault.run().mark == renault.look.mark


def test_what_happens_while_a_page_makes_up_its_mind_is_drawn(pages):
    (renault,) = pages("renault")
    renault.run()
    seen = renault.look
    renault.ticks(lambda: rooms.room().play.act(renault.seat, Pass(), "k1"))
    assert renault.mark == renault.look.mark != seen.mark


@pytest.mark.parametrize("settings", [{"suggest": True}, {"protocol": "single-text"}])
def test_where_an_act_elsewhere_may_matter_everything_is_drawn(pages, settings):
    renault, google = pages("renault", "google", **settings)
    if "suggest" in settings:
        offers(google, "cloud", "k1")
    else:
        assert rooms.room().play.advance(google.seat.group)
    assert renault.ticks() == "tables"
    assert renault.mark == renault.look.mark


def maps(app):
    """The maps on a page, as they are sent."""
    return [str(one.proto) for one in app.get("bidi_component") if "negotiation_map" in str(one.proto)]


def test_the_map_shows_every_table(pages):
    renault, google = pages("renault", "google")
    assert not maps(renault.app)
    renault.run(part="map")
    (before,) = maps(renault.app)
    offers(google, "cloud", "k1")
    assert renault.ticks() == "tables"
    (after,) = maps(renault.app)
    assert after != before


@pytest.mark.parametrize("settings", [{}, {"suggest": True}, {"part": "map"}])
def test_another_table_is_drawn_as_soon_as_it_is_chosen(pages, settings):
    shown = {"part": settings["part"]} if "part" in settings else {}
    (renault,) = pages("renault", **{key: value for key, value in settings.items() if key not in shown})
    renault.run(**shown)
    renault.app.session_state["table"] = "sdv"
    assert renault.ticks() == "tables"
    assert [box.key for box in renault.app.radio if "-sdv-" in box.key]


def test_a_composer_drawn_alone_asks_who_sits_there(pages, monkeypatch):
    (renault,) = pages("renault")
    hand = ClassButtons(renault.seat, renault.look.view, "negotiate", suggests=False)
    assert not hand.gone()
    renault.cookies.clear()
    assert hand.gone()
    told = iter([True])
    monkeypatch.setattr(ClassButtons, "gone", lambda _hand: next(told, False))
    renault.run()
    assert next(told, None) is None
    assert renault.app.radio


def lower_script(view, name):
    """What is below the top."""
    from negotiation.ui.play.action_buttons import ClassButtons
    from negotiation.ui.play.table_screen import panes

    class Nobody(ClassButtons):
        gone = bool

    class Seat:
        group = "g"

    panes(Nobody(Seat(), view, "negotiate", suggests=False), name, mediated=False)


def drawn(view, name):
    """All of it but what differs from page to page anyway: how many events there were."""
    app = AppTest.from_function(lower_script, args=(view, name), default_timeout=180).run()
    assert not app.exception, [problem.value for problem in app.exception]
    acts = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    kinds = ("vega_lite_chart", "html", "markdown", "multiselect", "radio", "button", "warning", "caption")
    rest = [str(one.proto) for kind in kinds for one in app.get(kind)]
    return [{key: value for key, value in act.items() if key != "basis"} for act in acts], rest


def test_while_what_matters_is_the_same_the_same_is_drawn():
    model = Game("alliance-2023", strategy="linear", protocol="open-floor", rounds=4, seed=1)
    spells = {}
    while not model.state.over:
        for me in model.seated:
            view = model.view(me)
            for name in view.state.sits(me):
                found = table_screen.matters(view, name)
                spell = spells.setdefault((me, name), [])
                if not spell or spell[-1][0] != found:
                    spell.append((found, []))
                spell[-1][1].append(view)
        model.submit(*model.next_act())
    same = [(views, name) for (_, name), spell in spells.items() for _, views in spell if len(views) > 1]
    assert len(same) > 80
    for views, name in same[::3]:
        assert drawn(views[0], name) == drawn(views[-1], name)


def test_who_has_left_a_table_matters_to_what_is_drawn_there():
    game = Game("alliance-2023", seats=dict.fromkeys(load("alliance-2023").roles, "person"), protocol="open-floor")
    before = game.view("nissan")
    game.submit("google", Walk("cloud"))
    left = replace(before.state, left=game.state.left)  # and nothing else that the act changed
    assert table_screen.matters(before, "cloud") != table_screen.matters(replace(before, state=left), "cloud")


def test_a_quick_move_is_an_act_for_the_socket_and_nobody_says_it_who_may_not_act(pages):
    (nissan,) = pages("nissan")
    assert not nissan.run().app.exception
    nissan.app.pills[-1].set_value("priority").run()
    (sent,) = [one.proto.json for one in nissan.app.get("bidi_component") if '"say"' in one.proto.json]
    assert "ask priority alliance -> renault" in sent
    assert rooms.room().teaching.go(TEACHER, nissan.seat.session, Phase.DEBRIEF)
    assert not nissan.run().app.pills
