"""The map: who sits where, what lies there, what is signed and what waits for me, in a picture and in words."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest
from support_talks import HORSE, SDV, Talks

from negotiation.actions import Accept, Offer, Walk
from negotiation.formats import bundled, load
from negotiation.ui.play.alliance_map import Seen, picture
from negotiation.ui.play.map_places import NARROW, WIDE, fitted, places
from negotiation.ui.play.map_words import told


@pytest.fixture
def talks():
    return Talks(load("alliance-2023"))


def sheets(html, css="sheet"):
    """The papers of a picture that are drawn so, each on the wide and on the narrow map."""
    return len(re.findall(f"<g class='{css}'", html)) // 2


def test_a_paper_that_is_new_to_me_moves_from_its_author_and_my_own_does_not(talks):
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    talks.do("renault", Offer(talks.deal("sdv", SDV)))
    fresh = picture(talks.state, "renault", since=Seen(0, ()))
    assert (sheets(fresh, "sheet new moves"), sheets(fresh)) == (1, 1)
    known = picture(talks.state, "renault", since=Seen(2, ()))
    assert (sheets(known, "sheet new moves"), sheets(known)) == (0, 2)
    assert picture(talks.state, "renault") == known  # of one who looks for the first time nothing is new
    seat = places(talks.case.scenario, WIDE).seats["horse", "geely"].path
    assert f"--way:path(&quot;{seat}&quot;)" in fresh


def test_dashed_is_a_signature_that_waits_and_thick_one_that_binds(talks):
    def lines(kind):
        return picture(talks.state, "nissan").count(f"<path class='{kind}'") // 2

    seats = len(places(talks.case.scenario, WIDE).seats)
    assert (lines("seat"), lines("pending"), lines("bound")) == (seats, 0, 0)
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    assert (lines("seat"), lines("pending"), lines("bound")) == (seats - 1, 1, 0)
    talks.do("renault", Accept(0))
    assert (lines("seat"), lines("pending"), lines("bound")) == (seats - 2, 0, 2)


def test_a_table_is_marked_as_it_stands(talks):
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    assert picture(talks.state, "renault").count("class='card mine'") == 2
    assert "waits for your signature" in picture(talks.state, "renault")
    assert "card mine" not in picture(talks.state, "geely")
    assert "1 paper, waits for Renault Group" in picture(talks.state, "nissan")
    talks.do("renault", Accept(0))
    html = picture(talks.state, "renault", since=Seen(1, ()))
    assert (html.count("class='card sealed'"), html.count("class='seal stamps'"), "Ownership: 50/50" in html) == (
        2,
        2,
        True,
    )
    assert "seal stamps" not in picture(talks.state, "renault", since=Seen(1, ("horse",)))
    talks.do("google", Walk("sdv"))
    assert picture(talks.state, "renault").count("class='card broken'") == 2


def test_a_paper_over_two_tables_waits_for_me_only_where_i_sit(talks):
    both = {**talks.deal("horse", HORSE), **talks.deal("sdv", SDV)}
    talks.do("renault", Offer(both))
    assert picture(talks.state, "geely").count("class='card mine'") == 2


def test_the_words_say_all_of_it(talks):
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    said = told(talks.state, "renault")
    assert said.startswith("Map of the talks. It is week 1 of 16.")
    assert (
        "Horse, between Renault Group and Geely: a paper of Geely, which waits for Renault Group. "
        "It waits for your signature." in said
    )
    talks.do("renault", Accept(0))
    talks.do("google", Walk("sdv"))
    said = told(talks.state, "renault", [("alliance", "ampere")])
    assert "Horse: signed in week 1 by Geely and Renault Group. Ownership: 50/50." in said
    assert "where Renault Group and Google sat, is abandoned in week 1." in said
    assert said.endswith("For you Capital and votes and Ampère are linked.")
    assert f"aria-label='{told(talks.state, 'renault')}'".replace("Nissan's", "Nissan&#x27;s") in picture(
        talks.state, "renault"
    )


def test_links_are_mine_alone_and_in_words(talks):
    assert "class='tie'" not in picture(talks.state, "renault")
    mine = picture(talks.state, "renault", preferences=talks.view("renault").preferences)
    assert mine.count("class='tie'") >= 2
    assert re.search(r"<title>[+-][\d.]+ for you with ", mine)


def test_only_tables_where_i_sit_can_be_chosen_by_buttons_with_names(talks):
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    html = picture(talks.state, "geely", choice=True, chosen="horse")
    assert (
        re.findall(r"data-table='(\w+)' aria-pressed='(\w+)' aria-label='([^']+)'", html)
        == [("horse", "true", "Horse: open this table")] * 2
    )
    assert "data-table" not in picture(talks.state, "geely")


def test_no_card_lies_on_another_or_on_a_party_in_any_case():
    for name in bundled():
        for room in (WIDE, NARROW):
            at = places(load(name).scenario, room)
            cards = list(at.tables.values())
            heights = sorted(y for _, y in cards)
            assert all(b - a >= room.height for a, b in pairwise(heights))
            assert room.height / 2 <= heights[0]
            assert heights[-1] + room.height / 2 <= at.height
            for x, y in at.people.values():
                assert abs(x - room.width / 2) - room.card / 2 > 20
                assert 20 < y < at.height - 30


def test_texts_are_broken_and_cut_to_their_room():
    assert fitted("Capital and governance", 140, 14, 2) == ["Capital and", "governance"]
    assert fitted("Capital and governance of the alliance", 140, 14, 2) == ["Capital and", "governance of the…"]
    assert fitted("株式持ち合いと議決権", 70, 14) == ["株式持ち…"]
    assert fitted("特許とアーキテクチャ", 110, 14, 2) == ["特許と", "アーキテクチャ"]
    assert fitted("日産自動車（あなた）", 90, 12.5, 2) == ["日産自動車", "（あなた）"]
    assert fitted("ルノー・グーグル車両", 110, 14, 3) == ["ルノー・", "グーグル車両"]


def test_what_a_case_says_is_escaped(talks):
    scenario = talks.case.scenario
    parties = {**scenario.parties, "geely": replace(scenario.parties["geely"], title="<b>'G'")}
    hostile = replace(talks.state, scenario=replace(scenario, parties=parties))
    assert "<b>" not in picture(hostile, "renault")
    assert "'G'" not in picture(hostile, "renault")


def _page():
    import streamlit as st
    from support_talks import HORSE, SDV, Talks

    from negotiation.actions import Offer
    from negotiation.formats import load
    from negotiation.ui.play import alliance_map

    talks, acts = Talks(load("alliance-2023")), int(st.query_params.get("acts", 0))
    for what in range(acts):
        talks.do(
            *(("geely", Offer(talks.deal("horse", HORSE))), ("renault", Offer(talks.deal("sdv", SDV))))[what % 2],
        )
    me = st.query_params.get("me", "renault")
    alliance_map.draw(talks.state, me, key="m", on_choice=print)
    st.text(alliance_map._since("m", talks.state, me).events)


def since(app, acts):
    app.query_params["acts"] = str(acts)
    app.run()
    assert not app.exception
    return int(app.text[0].value)


def test_papers_are_new_until_my_next_act_and_then_those_that_came_with_it():
    app = AppTest.from_function(_page)
    assert since(app, 0) == 0
    assert since(app, 1) == 0  # theirs
    assert since(app, 1) == 0  # the page is drawn again
    assert since(app, 2) == 1  # mine
    assert since(app, 3) == 1  # theirs again
    assert since(app, 0) == 0  # an earlier moment


def test_for_those_who_watch_papers_are_new_for_the_round():
    app = AppTest.from_function(_page)
    app.query_params["me"] = ""
    assert [since(app, acts) for acts in (1, 2, 3)] == [1, 1, 1]
