"""Hindsight on the pages: Analyse, the second half of the debrief, and the processes that work it out."""

import json
from xml.etree import ElementTree

import pytest
from support_app import button, click, end

from negotiation.actions import Pass
from negotiation.analysis.findings import rows
from negotiation.analysis.report import Wish, analyse
from negotiation.errors import NegotiationError
from negotiation.formats import load, loads
from negotiation.game import Game
from negotiation.reports import frontier_figure as figures
from negotiation.reports.figure_files import printable
from negotiation.reports.label_placement import Mark
from negotiation.reports.palette import INK
from negotiation.ui.debrief.hindsight import of_game
from negotiation.ui.jobs import processes
from negotiation.ui.play.solo_games import solo

ANALYSE = "Analyse a case"
CLOUD = {"job": "analyse", "case": "cloud-for-two", "variant": "", "types": {}, "parties": ["kaido", "nimbus"]}


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def told(app):
    return " ".join(element.value for element in app.markdown)


def quiet(_share, _what):
    return None


@pytest.fixture
def cloud():
    case = load("cloud-for-two")
    parties = list(case.roles)
    return case, processes.work({**CLOUD, "parties": parties}, quiet)


def test_a_teacher_analyses_the_flagship(visit):
    app = visit(ANALYSE)
    assert "everybody's confidential score sheets" in app.warning[0].value
    assert "696" not in html(app)
    click(app, "Work it out")
    assert "696 outcomes" in html(app)
    assert "82.8 (+40.9)" in html(app)
    assert "Google, Geely and Nimbus sign no table" in html(app)
    assert "in one of them each has at least <b>3.1 points more</b>" in html(app)
    assert [tab.label for tab in app.tabs] == ["Nash", "Kalai–Smorodinsky", "Equal gains", "Largest sum"]
    assert not [one for one in app.button if one.label == "Work it out"]


def test_analyse_asks_again_when_something_else_is_chosen(visit):
    app = visit(ANALYSE)
    app.selectbox[0].select("cloud-for-two").run()
    click(app, "Work it out")
    app.multiselect[0].unselect(app.multiselect[0].value[0]).run()
    assert not app.exception
    assert "Choose two parties" in app.info[0].value


def test_how_much_hangs_on_the_weights(visit):
    app = visit(ANALYSE)
    asked = {**CLOUD, "parties": list(load("cloud-for-two").roles)}
    processes.work(asked, quiet)
    app.selectbox[0].select("cloud-for-two").run()
    click(app, "Change every weight by ±10 %")
    wanted = {**asked, "job": "sensitivity", "percent": 10.0}
    weights = processes.known(wanted)["weights"]
    assert f"of {len(weights)} weights</b>" in html(app)
    raised = [s["gains"] for row in weights for s in row["shifts"] if (s["solution"], s["percent"]) == ("nash", 10.0)]
    most = max((gain for gains in raised for gain in gains.values()), key=abs)
    assert f">{most:+.2f}</td>".replace("-", "−") in html(app)


def test_analyse_knows_no_games(visit):
    game = solo().start(case="alliance-2023", seats={"nissan": "person"}, seed=77, types={"renault": "float_pressed"})
    app = visit(ANALYSE, game=game)
    assert not app.exception
    chosen = {box.label: box.value for box in app.selectbox}
    assert chosen["Renault Group is"] == "base"


@pytest.mark.parametrize("strategy", ["conceder", "hardliner"])
def test_a_small_debrief_says_what_could_have_been_at_once(visit, strategy):
    app = visit("Watch agents", case="cloud-for-two", strategy=strategy)
    click(app, "To the end")
    assert "Left on the table" in told(app)
    assert "Created together, claimed by each" in told(app)
    assert "share of the most it could gain" in html(app)
    assert "Who made offers to whom" in html(app)
    assert "from · to" in html(app)
    assert not [one for one in app.button if one.label == "Work out what could have been"]


def test_a_large_debrief_works_it_out_when_asked(visit):
    app = visit("Take a seat", game=solo().start(case="alliance-2023", seats={"nissan": "person"}, seed=1, rounds=1))
    click(app, "Go to the table")
    end(app)
    assert "Left on the table" not in told(app)
    click(app, "Work out what could have been")
    assert "outcomes on the frontier are better than this for at least one of Nissan Motor, Renault Group" in html(app)
    assert "Changes that nobody would have refused" in html(app)
    assert "nobody worse" in html(app)
    assert button(app, "Play again")


def test_the_page_says_what_the_report_says(cloud):
    case, found = cloud
    assert found["report"] == json.loads(json.dumps(rows(analyse(case, Wish(parties=tuple(case.roles))))))
    assert len(found["picture"]["points"]) == found["report"]["frontier"]["points"]


def test_the_figure_exports_as_svg_png_and_points(cloud):
    picture = cloud[1]["picture"]
    marks = [Mark("Everything unsigned", "unsigned", picture["unsigned"])]
    marks += [Mark(name, "solution", scores) for name, scores in picture["solutions"].items()]
    view = figures.frontier(picture["parties"], picture["points"], picture["unsigned"], marks, INK[False])
    spec = printable(view, "The frontier of Kaido and Nimbus", ["Cloud for two · 30 November 2026"])
    drawing = ElementTree.fromstring(processes.drawn(spec, "svg"))
    told = "".join(drawing.itertext())
    for text in ("Everything unsigned", "The frontier of Kaido and Nimbus", "Cloud for two · 30 November 2026"):
        assert text in told
    assert processes.drawn(spec, "png").startswith(b"\x89PNG")
    rows = figures.table(picture["parties"], picture["points"], marks).splitlines()
    assert len(rows) == 1 + len(picture["points"]) + len(marks)
    assert rows[-1].startswith("solution,utilitarian,")


def test_a_refusal_in_the_other_process_arrives_in_words():
    with pytest.raises(NegotiationError, match="unknown party 'nobody'"):
        processes.work({**CLOUD, "parties": ["nobody"]}, quiet)


def test_a_calculation_that_dies_is_told(capfd):
    with pytest.raises(NegotiationError, match="ended without a result"):
        processes.work({"job": "nonsense"}, quiet)
    assert "nonsense" in capfd.readouterr().err


def test_a_stop_ends_the_process_and_frees_the_place():
    class StopError(Exception):
        pass

    def stop(_share, _what):
        raise StopError

    for _ in range(processes.AT_ONCE + 1):
        with pytest.raises(StopError):
            processes.work({**CLOUD, "types": {}, "variant": "", "stop": True}, stop)
    assert processes.work({**CLOUD, "parties": list(load("cloud-for-two").roles)}, quiet)


def test_a_page_keeps_what_it_found_although_others_work_out_more(visit, monkeypatch, cloud):
    _case, found = cloud
    app = visit(ANALYSE)
    app.selectbox[0].select("cloud-for-two").run()
    assert f"{len(found['picture']['points']):,} outcomes" in html(app)
    monkeypatch.setattr(processes, "_results", {})  # as after many calculations of other people
    app.run()
    assert f"{len(found['picture']['points']):,} outcomes" in html(app)
    assert "Work it out" not in {one.label for one in app.button}


def test_what_was_used_last_is_remembered(monkeypatch):
    monkeypatch.setattr(processes, "KEPT", 2)
    monkeypatch.setattr(processes, "_results", {})
    monkeypatch.setattr(processes, "_run", lambda asked, _step: asked["n"])
    for n in (1, 2, 1, 3):
        processes.work({"n": n}, quiet)
    assert list(processes._results.values()) == [1, 3]


def test_the_debrief_counts_by_the_case_that_was_played_whatever_the_bundled_one_is_today(visit):
    text = load("cloud-for-two").text.replace("adjust: {kaido: 47", "adjust: {kaido: 40")
    case = loads(text, "cloud-for-two.yaml")
    game = solo().start(case=case, seats={"nimbus": "person"}, strategy="linear", rounds=1)
    app = visit("Take a seat", game=game)
    played = solo().act(game, "nimbus", Pass(), "nimbus:1")
    assert played.state.over
    app.run()
    assert played.seated["kaido"].unsigned_points != Game("cloud-for-two").seated["kaido"].unsigned_points
    found = processes.known({**of_game(played), "job": "debrief", "parties": ["nimbus", "kaido"]})
    unsigned = {party: seat.unsigned_points for party, seat in played.seated.items()}
    assert found["picture"]["unsigned"] == [unsigned["nimbus"], unsigned["kaido"]]
    assert len(max(processes._results, key=len)) < 100
    wanted = {
        **of_game(played),
        "job": "told",
        "seats": played.seats,
        "seed": played.seed,
        "me": "kaido",
        "talk": "",
        "par": {"points": [1.0, 2.0]},
        "kind": "html",
    }
    page = processes.made({**wanted, "found": found}).decode()
    assert f"{unsigned['kaido']:.1f}" in page
    assert "better than all 2 of them" in page
    with pytest.raises(NegotiationError, match="has changed since this game was played"):
        processes.work({**wanted, "found": found, "text": ""}, quiet)
