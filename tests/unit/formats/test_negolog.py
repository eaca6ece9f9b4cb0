"""NegoLog profiles: utilities the same to the last bit, and one clear sentence for what cannot be read."""

import json
from itertools import product
from pathlib import Path

import pytest

from negotiation.cli import main
from negotiation.errors import ScenarioError
from negotiation.formats import loads
from negotiation.formats.importing import imported

FOLDER = Path(__file__).parents[2] / "data" / "negolog"
FILES = [FOLDER / "ada.json", FOLDER / "ben.json"]


def test_utilities_are_the_same_to_the_last_bit():
    case = loads(imported(FILES, "sale"), "sale")
    table = case.scenario.tables["contract"]
    titles = [issue.title for issue in table.issues]
    assert titles == ["price", "place", "date"]
    for party, file in zip(case.scenario.parties, FILES, strict=True):
        profile, ours = json.loads(file.read_text()), case.roles[party]["base"].preferences
        assert ours.score({}) == profile["reservationValue"]
        for deal in product(*(range(len(issue.options)) for issue in table.issues)):
            utility = 0.0
            for issue, option in zip(table.issues, deal, strict=True):
                utility += profile["issueWeights"][issue.title] * profile["issues"][issue.title][issue.texts[option]]
            assert ours.score({"contract": deal}) == utility


def test_figures_of_the_domain(capsys, tmp_path):
    out = tmp_path / "sale.yaml"
    assert main(["import", *map(str, FILES), "-o", str(out)]) == 0
    capsys.readouterr()
    assert main(["analyze", str(out), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    nash = max((a - 0.35) * (b - 0.2) for a, b in _pairs() if a >= 0.35 and b >= 0.2)
    assert found["solutions"]["nash"]["value"] == pytest.approx(nash, abs=1e-9)
    assert found["unsigned_scores"] == {"ada": 0.35, "ben": 0.2}


def _pairs():
    ada, ben = (json.loads(file.read_text()) for file in FILES)
    for deal in product(*ada["issues"].values()):
        chosen = dict(zip(ada["issues"], deal, strict=True))
        yield tuple(
            sum(one["issueWeights"][name] * one["issues"][name][value] for name, value in chosen.items())
            for one in (ada, ben)
        )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"date": 0.21, ', "", "ben.json: issue 'date' has no weight"),
        ('"station": 1.0, ', "", "ben.json: its issues and values are not those of"),
        ('"June": 0.5', '"June": 1.5', "issues.date.June"),
        ('"reservationValue": 0.2', '"reservationValue": NaN', "NaN is no number"),
        ('"July": 0.11', '"July": 0.11, "July": 0.2', "key 'July' stands twice"),
        ('{"July": 0.11, "June": 0.5, "May": 1.0}', "{}", "issues.date"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path, old, new, message):
    text = FILES[1].read_text()
    assert old in text
    wrong = tmp_path / "ben.json"
    wrong.write_text(text.replace(old, new))
    with pytest.raises(ScenarioError) as refused:
        imported([FILES[0], wrong], "sale")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
