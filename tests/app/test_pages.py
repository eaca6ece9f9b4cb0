"""Every page through Streamlit's own test harness: what a person reads and what clicks do."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support_app import button, click, end

from negotiation.actions import Offer
from negotiation.formats import bundled, for_a_course, load
from negotiation.ui.common import words
from negotiation.ui.play.solo_games import solo

PLAY, WATCH = "Take a seat", "Watch agents"


def html(app):
    return "".join(element.proto.body for element in app.main if element.type == "html") or "".join(
        element.proto.body for element in app.get("html")
    )


def start(**options):
    return solo().start(**{"case": "alliance-2023", "seats": {"nissan": "person"}, "seed": 1, **options})


def at_the_table(visit, **options):
    app = visit(PLAY, game=start(**options))
    return click(app, "Go to the table")


def test_home_shows_the_doors_and_every_case(visit):
    app = visit()
    assert not app.exception
    told = " ".join(element.value for element in app.markdown)
    headings = " ".join(element.value for element in app.header)
    for name in ("Any two of three", "Cloud for two", "electric quay"):
        assert name in told
    assert "Alliance 2023" in headings
    assert set(words.CASES) == {*bundled()} - {*for_a_course()}  # each is told in one sentence
    assert all(load(name).scenario.title in told for name in for_a_course())


def test_a_case_on_the_home_page_leads_to_its_set_up_even_in_the_middle_of_a_game(visit):
    app = visit()
    app.session_state["running"] = start()
    click(app, "Play Cloud for two")
    assert next(box.value for box in app.selectbox if box.label == "Case") == "cloud-for-two"
    assert button(app, "Go on with it")
    assert app.radio[0].value == "nimbus"


def test_a_newcomer_takes_nissans_chair_reads_the_brief_and_sits_down(visit):
    app = visit(PLAY)
    assert app.radio[0].value == "nissan"
    click(app, "Take my seat")
    assert app.query_params["game"]
    told = " ".join(element.value for element in app.markdown)
    assert "You represent Nissan Motor" in told
    assert "You represent Renault Group" not in told
    click(app, "Go to the table")
    assert [metric.label for metric in app.metric][:2] == ["With what is signed", "Everything unsigned"]
    assert "Renault Group" in html(app)


def test_offering_signing_and_ending_the_week(visit):
    app = at_the_table(visit)
    game = app.query_params["game"]
    game = game[0] if isinstance(game, list) else game
    click(app, "Send offer")
    model = solo().load(game)
    assert any(paper.author == "nissan" for paper in model.state.papers.values())
    click(app, "End my week")
    assert solo().load(game).state.round == 1
    signs = [one for one in app.button if (one.key or "").startswith("sign-")]
    assert signs
    signs[0].click().run()
    assert not app.exception
    signed = [e for e in solo().load(game).state.events if e.party == "nissan" and type(e.action).__name__ == "Accept"]
    assert len(signed) == 1


def test_the_draft_shows_its_worth_and_what_does_not_go_together(visit):
    app = at_the_table(visit)
    assert "points for you in all · " in html(app)
    stakes = next(box for box in app.radio if "Cross-shareholding" in box.label)
    stakes.set_value(1).run()
    assert not app.exception
    assert any("These options do not go together" in warning.value for warning in app.warning)
    assert button(app, "Send offer").disabled


def test_loading_theirs_and_suggesting(visit):
    app = at_the_table(visit)
    click(app, "Their last")
    game = app.query_params["game"]
    model = solo().load(game[0] if isinstance(game, list) else game)
    theirs = next(p.deals["alliance"] for p in model.state.at("alliance") if p.author == "renault")
    drafts = [box.index for box in app.radio if (box.key or "").startswith("draft-")]
    assert tuple(drafts) == theirs


def test_a_package_over_two_tables(visit):
    app = at_the_table(visit)
    app.multiselect[0].select("ampere").run()
    assert not app.exception
    click(app, "Send offer")
    game = app.query_params["game"]
    model = solo().load(game[0] if isinstance(game, list) else game)
    papers = [e.action for e in model.state.events if e.party == "nissan" and isinstance(e.action, Offer)]
    assert set(papers[0].deals) == {"alliance", "ampere"}


def test_a_whole_game_ends_in_the_debrief(visit):
    app = at_the_table(visit, rounds=2)
    end(app)
    end(app)
    assert any(header.value == "How it ended" for header in app.subheader)
    told = html(app)
    assert "Google" in told
    assert "history" in told
    click(app, "Play again")
    assert any(title.value == "Play" for title in app.title)


def test_talking_walking_and_withdrawing(visit):
    app = at_the_table(visit)
    app.chat_input[0].set_value("Shall we <b>begin</b>?").run()
    assert "Shall we &lt;b&gt;begin&lt;/b&gt;?" in html(app)
    click(app, "Send offer")
    click(app, "Withdraw")
    click(app, "Walk away from this table")
    click(app, "Yes, leave this table for good")
    game = app.query_params["game"]
    state = solo().load(game[0] if isinstance(game, list) else game).state
    assert state.left == {"alliance": ("nissan",)}
    assert "alliance" in state.dead


def test_voting_on_a_mediators_drafts_and_signing_the_text(visit):
    app = at_the_table(visit, case="cloud-for-two", seats={"kaido": "person"}, protocol="single-text", rounds=1)
    game = app.query_params["game"]
    game = game[0] if isinstance(game, list) else game
    assert not [box for box in app.radio if (box.key or "").startswith("draft-")]
    for ballot in range(4):
        draft = solo().load(game).state.drafts[0]
        assert solo().load(game).state.votes[draft.id].keys() == {"nimbus"}
        assert "Nimbus</span> has voted" in html(app)
        assert html(app).count("<summary>Draft at") == ballot + 1
        assert html(app).count("put to the vote") == 1
        app.button(f"yes-{draft.id}").click().run()
        assert not app.exception
    (text,) = solo().load(game).state.papers.values()
    assert "is the text now" in html(app)
    assert "the last round" in " ".join(caption.value for caption in app.caption)
    app.button(f"sign-{text.id}").click().run()
    assert "once this binds, your talks are over" in " ".join(element.value for element in app.markdown)
    click(app, "Sign all the same")
    assert any(header.value == "How it ended" for header in app.subheader)
    assert solo().load(game).state.bound == text.deals


def test_sitting_out_every_ballot_leaves_the_tables_unsigned(visit):
    app = at_the_table(visit, protocol="single-text", rounds=1)
    for _ in range(4):
        click(app, "Sit this ballot out")
    if any(one.label == "End my week" for one in app.button):
        click(app, "End my week")
    assert any(header.value == "How it ended" for header in app.subheader)
    assert "was carried" in html(app)


def test_watching_a_single_text_shows_roll_calls(visit):
    app = visit(WATCH, case="any-two-of-three", protocol="single-text")
    click(app, "Step")
    assert app.slider[0].value == 1
    assert "thrown out" in html(app) or "is the text now" in html(app)
    click(app, "To the end")
    assert "is the text now" in html(app)


def test_the_download_of_a_running_game_hides_sealed_votes():
    from negotiation.game import Game
    from negotiation.record import result

    model = Game("cloud-for-two", seats={"kaido": "person"}, strategy="linear", protocol="single-text", seed=1)
    model.play()
    votes = [row for row in result(model)["events"] if row["kind"] == "vote"]
    assert [(row["party"], row["yes"]) for row in votes] == [("nimbus", None)]
    assert model.state.events[-1].action.yes is not None


@pytest.mark.parametrize("case", ["any-two-of-three", "cloud-for-two", "electric-quay"])
def test_every_case_can_be_played(visit, case):
    seat = next(iter(load(case).roles))
    app = visit(PLAY, game=solo().start(case=case, seats={seat: "person"}, rounds=1, protocol="alternating"))
    click(app, "Go to the table")
    click(app, "End my round")
    assert any(header.value == "How it ended" for header in app.subheader)


def test_a_variant_brings_in_another_seat(visit):
    app = visit(PLAY)
    next(box for box in app.selectbox if box.label == "Variant").select("seven_parties").run()
    assert "france" in app.radio[0].options or "French State (shadow party, 15% of Renault)" in app.radio[0].options
    click(app, "Take my seat")
    game = app.query_params["game"]
    assert solo().load(game[0] if isinstance(game, list) else game).case.variant == "seven_parties"


def test_a_game_that_does_not_exist_says_so(visit):
    app = visit(PLAY, game="nonsense")
    assert "there is no game 'nonsense'" in app.error[0].value
    click(app, "Start a new game")
    assert any(title.value == "Play" for title in app.title)


def test_nothing_sent_to_the_browser_holds_anothers_sheet_or_type(visit):
    app = at_the_table(visit, types={"renault": "float_pressed"}, seed=424242)
    sent = html(app) + " ".join(str(element.proto) for element in app.main)
    for secret in ("float_pressed", "Only your board knows it", "424242", "You represent Renault"):
        assert secret not in sent
    case = load("alliance-2023")
    assert "an anchor investor" in case.role("renault", "float_pressed").brief


def test_watching_goes_round_by_round_to_the_debrief(visit):
    app = visit(WATCH)
    assert not app.exception
    assert "asks for" in html(app)
    assert "believes" not in html(app)
    click(app, "Step")
    assert app.slider[0].value == 1
    assert re.search(r"</span> believes <span[^>]*>[^<]+</span>: 0\.\d", html(app))
    click(app, "Back")
    assert app.slider[0].value == 0
    click(app, "To the end")
    assert any(header.value == "How it ended" for header in app.subheader)
    assert "is signed" in html(app)
    labels = [one.proto.label for one in app.get("download_button")]
    assert {"Download the agents' game", "Debrief (PDF)", "Debrief (HTML)"} <= {*labels}
    assert "Download my game" not in labels


def test_an_address_of_watch_opens_the_same_game(visit):
    app = visit(WATCH, case="cloud-for-two", strategy="boulware", seed="9")
    assert [box.value for box in app.selectbox][:2] == ["cloud-for-two", "boulware"]
    assert app.number_input[0].value == 9


def test_the_download_of_a_running_game_hides_seed_and_types():
    from negotiation.formats.log import dumps
    from negotiation.game import Game
    from negotiation.record import result, setup

    model = Game(seats={"nissan": "person"}, seed=77)
    head = json.loads(dumps(setup(model, public=True), result(model)["events"]).splitlines()[0])
    assert (head["seed"], head["types"]) == (None, {})


def test_the_entry_in_the_checkout_opens_home_too(database):
    app = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=180).run()
    assert not app.exception
    assert app.title[0].value == "Negotiation"


def test_what_was_looked_at_is_not_new_again_after_the_page_is_loaded_anew(visit):
    game = solo().start(case="alliance-2023", seats={"nissan": "person"}, seed=3)
    first = visit("Take a seat", game=game)
    click(first, "Go to the table")
    next(one for one in first.segmented_control if one.label == "Table").set_value("cloud").run()
    lies = {paper.id for paper in solo().load(game).state.at("cloud")}
    assert lies
    again = visit("Take a seat", game=game)
    click(again, "Go to the table")
    assert lies <= again.session_state[f"seen-{game}"]
