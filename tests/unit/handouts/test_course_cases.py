"""The short cases of a course: whole in every language, played by agents, and each with a note whose numbers are true."""

import json
import re
import runpy
from dataclasses import replace
from pathlib import Path

import pytest

from negotiation.analysis.outcome_space import resting
from negotiation.analysis.report import Wish, wished
from negotiation.cli import main
from negotiation.errors import ScenarioError, SetupError
from negotiation.formats import for_a_course, load, loads
from negotiation.formats.check import findings
from negotiation.game import Game
from negotiation.handouts.notes import HEADINGS, blocks, note, note_text, sections
from negotiation.handouts.slides import MEDIATED, STOP, deck, meant_for, plan_of, timetable
from negotiation.handouts.writing import handouts
from negotiation.reports.blocks import Bullets, Grid, Text
from negotiation.reports.pdf_page import words

ROOT = Path(__file__).parents[3]
NOTES = runpy.run_path(str(ROOT / "scripts" / "notes.py"), run_name="notes")
COURSE = pytest.mark.parametrize("name", for_a_course())


def played(name):
    return json.loads((ROOT / "studies" / "course" / f"{name}.json").read_text(encoding="utf-8"))


@COURSE
def test_it_is_whole_in_every_language(name):
    case = load(name)
    assert {*case.translations} == {"fr", "ja"}
    assert case.untold == {}
    assert case.scenario.synopsis
    assert case.scenario.disclaimer
    for party in case.scenario.parties.values():
        assert {*party.voice} == {*party.reasons} == {"en", "fr", "ja"}
        assert len({tuple(told) for told in party.reasons.values()}) == 1


@COURSE
def test_nothing_is_wrong_with_it_but_options_that_suit_one_side_only(name):
    told = [one.text for one in findings(load(name))]
    assert [text for text in told if "in no deal that suits all who must sign" not in text] == []


@COURSE
def test_easy_agents_sign_it_whatever_the_seed(name):
    case = load(name)
    for seed in range(3):
        protocol = played(name)["protocol"]
        game = Game(case, strategy="easy", protocol=protocol, seed=seed)
        game.play()
        assert any(game.state.outcome.values()), seed


@COURSE
def test_easy_agents_solve_it_and_tough_ones_do_not_always(name):
    levels = played(name)["levels"]
    assert all(share > 0.9 for table, share in levels["easy"]["signed"].items() if table != "report")
    case = load(name)
    front = wished(case, Wish())
    gains = front.points - [resting(front.space.sheets[party]) for party in front.parties]
    most = gains[(gains > -1e-9).all(axis=1)].sum(axis=1).max()
    assert sum(levels["tough"]["gains"].values()) < 0.95 * most


@COURSE
def test_no_role_gains_nearly_all(name):
    gains = played(name)["levels"]["fair"]["gains"].values()
    assert min(gains) > 0
    assert max(gains) < 0.75 * sum(gains)


@COURSE
def test_the_numbers_in_its_note_are_those_of_the_case_and_of_what_was_played(name):
    case, found = load(name), played(name)
    assert found["digest"] == case.digest, "play it again: python scripts/notes.py"
    assert found["protocol"] == meant_for(case)
    assert sum(found["games"].values()) >= (1_000 if meant_for(case) == MEDIATED else 10_000)
    assert NOTES["written"](case, found, note_text(name)) == note_text(name)
    assert len(re.findall(r"<!-- numbers: \w+ -->\n.", note_text(name))) == 5


@COURSE
def test_its_note_tells_what_every_note_tells(name):
    told = sections(note_text(name))
    assert (*told,) == HEADINGS
    (asked,) = [block for block in blocks(told["Questions"]) if isinstance(block, Bullets)]
    assert len(asked.items) >= 4
    assert all(re.match(r"\*\*[^*]+\?\*\* A good answer ", item) for item in asked.items)
    assert sum(isinstance(block, Grid) for block in blocks(told["Plan"])) == len(load(name).plans) == 2


@COURSE
def test_its_lessons_last_ninety_and_fifty_minutes(name):
    plans = load(name).plans
    assert [plan.minutes for plan in plans] == [90, 50]
    assert all(timetable(plan)[-1][0].endswith(f"–{plan.minutes}") for plan in plans)


@COURSE
def test_slides_tell_no_secret_before_the_talks_are_over(name):
    case = load(name)
    made = deck(case, 50)
    titles = [section.title for section in made.sections]
    first = words([*made.sections[: titles.index(STOP)]])
    for kinds in case.roles.values():
        for role in kinds.values():
            sentences = re.split(r"(?<=\.) ", role.brief)
            assert not [sentence for sentence in sentences if len(sentence) > 40 and sentence in first]
    assert titles[titles.index(STOP) + 1 :][:2] == ["What to expect", "The exact picture"]
    assert titles.count("A question") == 2 * len(re.findall(r"^- \*\*", sections(note_text(name))["Questions"], re.M))


def test_a_case_of_ones_own_has_neither_note_nor_slides(capsys, tmp_path):
    with pytest.raises(ScenarioError, match="unknown teaching note 'cloud-for-two'"):
        note_text("cloud-for-two")
    assert main(["slides", "old-pres", "--out", str(tmp_path / "x.pdf")]) == 1
    assert "did you mean 'old-press'" in capsys.readouterr().err
    assert "teaching-note" not in dict(handouts(load("cloud-for-two")))
    other = replace(load("old-press"), digest="another")
    assert "teaching-note" not in dict(handouts(other))


def test_slides_are_written(capsys, tmp_path):
    out = tmp_path / "press.pdf"
    assert main(["slides", "old-press", "--out", str(out), "--minutes", "50"]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert capsys.readouterr().out == f"{out}\n"
    assert main(["slides", "old-press", "--out", str(out), "--minutes", "45"]) == 1
    assert "old-press has no plan of 45 minutes; possible: 90, 50" in capsys.readouterr().err
    with pytest.raises(SetupError, match="possible: none"):
        plan_of(load("cloud-for-two"))


def test_a_note_is_one_of_the_handouts():
    made = dict(handouts(load("old-press")))["teaching-note"]()
    assert made == note(load("old-press"))
    assert [section.title for section in made.sections] == [*HEADINGS]


def test_a_note_is_read_as_it_is_meant():
    found = list(
        blocks("Two\nlines, *so*.\n\n- **Is it?** A good\n  answer.\n- Two\n\n| a | b |\n| --- | --: |\n| x | 1 |")
    )
    assert found == [
        Text("Two lines, so."),
        Bullets(("**Is it?** A good answer.", "Two")),
        Grid(("a", "b"), (("x", "1"),), right=True),
    ]


def test_a_plan_leaves_time_for_the_debrief_and_changes_no_digest():
    text = load("old-press").text
    longer = text.replace("negotiate: 25, sign: 3", "negotiate: 60, sign: 3")
    with pytest.raises(ScenarioError, match="plans: 90 minutes leave 7 for the debrief, must leave 10 or more"):
        loads(longer, "old-press")
    shorter = loads(text.replace("negotiate: 25, sign: 3", "negotiate: 20, sign: 3"), "old-press")
    assert shorter.digest == load("old-press").digest
    assert shorter.plans[0].debrief == load("old-press").plans[0].debrief + 5
