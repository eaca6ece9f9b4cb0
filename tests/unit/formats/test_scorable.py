"""Scorable games: points as in the files, two vetoes, all but one of the others; figures by counting every deal."""

import json
import shutil
from itertools import product
from pathlib import Path

import pytest

from negotiation.cli import main
from negotiation.errors import ScenarioError
from negotiation.formats import loads
from negotiation.formats.importing import imported

FOLDER = Path(__file__).parents[2] / "data" / "scorable" / "orchard"
PARTIES = {
    "growers": "the_growers",
    "water": "water_board",
    "village": "village",
    "bees": "bee_keepers",
    "cider": "cider_works",
}


def rows(file):
    text = (FOLDER / "scores_files" / f"{file}.txt").read_text()
    return [[float(part) for part in line.split(",")] for line in text.split("\n") if line]


@pytest.fixture
def copied(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "orchard")


def test_points_are_those_of_the_files():
    case = loads(imported([FOLDER], "orchard"), "orchard")
    table = case.scenario.tables["project"]
    assert [issue.title for issue in table.issues] == ["Water", "Spraying", "Harvest"]
    assert table.issues[0].texts == ('"from the river": as much as is needed.', '"from a pond": half as much.')
    assert table.issues[1].texts == ("every week", "every month", "never")
    for file, party in PARTIES.items():
        *points, (least,) = rows(file)
        ours = case.roles[party]["base"].preferences
        assert ours.score({}) == least
        for deal in product(range(2), range(3), range(2)):
            assert ours.score({"project": deal}) == pytest.approx(
                sum(row[n] for row, n in zip(points, deal, strict=True)), abs=1e-12
            )


def test_briefs_are_filled_in_and_the_rest_stays():
    case = loads(imported([FOLDER], "orchard"), "orchard")
    assert (
        "Water (max 30): A1 (30), A2 (10). Harvest: C2 (12.5). Nothing: #Z9_NUM."
        in case.roles["the_growers"]["base"].brief
    )
    assert case.roles["water_board"]["base"].brief == "You are the water board: 70 points for a pond."
    assert case.roles["village"]["base"].brief == ""
    assert case.scenario.brief.startswith('"The growers" want to plant')


def test_figures_are_those_of_counting(capsys, tmp_path):
    out = tmp_path / "orchard.yaml"
    assert main(["import", str(FOLDER), "-o", str(out)]) == 0
    every = signed = 0
    scores, takes = [], {file: rows(file) for file in PARTIES}
    for deal in product(range(2), range(3), range(2)):
        score = {file: sum(row[n] for row, n in zip(points, deal, strict=False)) for file, points in takes.items()}
        yes = [file for file in PARTIES if score[file] >= takes[file][-1][0]]
        every += len(yes) == 5
        signed += {"growers", "water"} <= set(yes) and len(yes) >= 4
        scores.append(tuple(score.values()))
    assert (every, signed) == (3, 4)
    best = [a for a in scores if not any(a != b and all(x <= y for x, y in zip(a, b, strict=True)) for b in scores)]
    capsys.readouterr()
    assert main(["check", str(out)]) in (0, 1)
    assert f"{signed} acceptable to all who sign, {every} to everybody there" in capsys.readouterr().out
    assert main(["analyze", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["frontier"]["points"] == len(set(best))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("config.txt", "p2", "p3", "line 2: unknown role 'p3'; possible: p1, p2, player"),
        ("config.txt", "Village,village,player,cooperative,any", "Village,village", "line 3: must be name, file, role"),
        ("config.txt", "village,player", "../village,player", "line 3: a file must lie in the folder"),
        ("config.txt", "p1,", "player,", ""),
        (
            "config.txt",
            "village,player",
            f"{'v' * 300},player",
            f"line 3: '{'v' * 40}' and 'cooperative' must name files",
        ),
        (
            "config.txt",
            "village,player",
            "\x00village,player",
            "line 3: '\\x00village' and 'cooperative' must name files",
        ),
        ("config.txt", "bees,", "wasps,", "wasps.txt: No such file"),
        ("scores_files/bees.txt", "5, 0", "5, x", "bees.txt, line 1: '5, x' must be numbers"),
        ("scores_files/bees.txt", "5, 0", "5, 0, 0", "Bee keepers scores other issues or options than The growers"),
        ("scores_files/bees.txt", "5, 0", "6, 0", "the best options of Bee keepers sum to 101 points, must be 100"),
        ("scores_files/bees.txt", "5, 0", "nan, 0", "line 1: points must lie within 0 and 100"),
        ("scores_files/bees.txt", "\n30", "\n30, 1", "then the least score alone"),
    ],
)
def test_what_does_not_fit_is_said(copied, file, old, new, message):
    place = copied / file
    text = place.read_text()
    assert old in text
    place.write_text(text.replace(old, new, 1))
    if not message:
        assert "- water_board\n" in imported([copied], "orchard").partition("always:")[2].partition("quorum")[0]
        return
    with pytest.raises(ScenarioError) as refused:
        imported([copied], "orchard")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_other_faults_are_said(copied):
    config = copied / "config.txt"
    text = config.read_text()
    config.write_text(text.replace("player", "p1"))
    with pytest.raises(ScenarioError, match="needs at least one p1 or p2, and one player"):
        imported([copied], "orchard")
    config.write_text("")
    with pytest.raises(ScenarioError, match="needs at least one p1 or p2"):
        imported([copied], "orchard")
    config.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ScenarioError, match="not UTF-8"):
        imported([copied], "orchard")


def test_a_file_without_scores_or_that_lies_elsewhere(copied):
    scores = copied / "scores_files" / "bees.txt"
    scores.write_text("\n")
    with pytest.raises(ScenarioError, match=r"bees.txt: must have a line of points for each issue"):
        imported([copied], "orchard")
    scores.unlink()
    scores.symlink_to(FOLDER / "scores_files" / "bees.txt")
    with pytest.raises(ScenarioError, match=r"bees.txt: is a link that leads out of "):
        imported([copied], "orchard")


def test_an_issue_without_points_is_worth_nothing(copied):
    case = loads(imported([copied], "orchard"), "orchard")
    assert case.roles["water_board"]["base"].preferences.sheets["project.c"].points(1) == 0.0
