"""`negotiation import` as people use it, and what a case on the 0..1 scale looks like afterwards."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.cli import main
from negotiation.errors import ScenarioError
from negotiation.formats import load, loads
from negotiation.formats.check import report
from negotiation.formats.importing import imported
from negotiation.formats.profiles import Profile, case_text, ids
from negotiation.formats.score_ceiling import excesses
from negotiation.game import Game

DATA = Path(__file__).parents[2] / "data"
GENIUS = [DATA / "genius" / f"{name}.xml" for name in ("garden", "anna", "bert")]


def test_a_case_is_written_checks_and_plays(capsys, tmp_path):
    out = tmp_path / "my garden.yaml"
    assert main(["import", *map(str, GENIUS), "-o", str(out), "--rounds", "20"]) == 0
    assert main(["check", str(out)]) == 0
    assert "anna (base, 1): 0.300 points if nothing is signed" in capsys.readouterr().out
    assert main(["run", str(out), "--protocol", "alternating"]) == 0
    assert "20 rounds" in capsys.readouterr().out
    assert load(out).name == "my-garden"
    assert main(["import", *map(str, GENIUS), "-o", str(out)]) == 1
    assert "exists already; --force replaces it" in capsys.readouterr().err
    assert main(["import", *map(str, GENIUS), "-o", str(out), "--name", "other", "--force"]) == 0
    assert load(out).name == "other"
    assert list(tmp_path.iterdir()) == [out]


def test_nothing_is_written_when_something_is_wrong(capsys, tmp_path):
    out = tmp_path / "case.yaml"
    for arguments, message in [
        ([GENIUS[0], GENIUS[1]], "1 profiles among"),
        ([*GENIUS, GENIUS[0].parent / "none.xml"], "none.xml: No such file or directory"),
        ([*GENIUS, DATA / "geniusweb" / "anna.json"], "anna.json: is GeniusWeb JSON, but"),
        ([*GENIUS, "--name", "Not A Name"], "id: is 'Not A Name', must be a plain name"),
        ([*GENIUS, "--rounds", "0"], "clock.rounds: is 0"),
    ]:
        assert main(["import", *map(str, arguments), "-o", str(out)]) == 1
        printed = capsys.readouterr().err
        assert message in printed
        assert printed.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
    assert main(["import", *map(str, GENIUS), "-o", str(tmp_path / "none" / "case.yaml")]) == 1
    assert "cannot be written: No such file" in capsys.readouterr().err


def test_domains_and_parties_are_told_apart(tmp_path):
    again = tmp_path / "anna.xml"
    again.write_bytes(GENIUS[1].read_bytes())
    with pytest.raises(ScenarioError, match="two profiles have the same file name"):
        imported([*GENIUS, again], "x")
    second = tmp_path / "second.xml"
    second.write_bytes(GENIUS[0].read_bytes())
    with pytest.raises(ScenarioError, match=r"second.xml: a second domain file; .*garden.xml is one already"):
        imported([*GENIUS, second], "x")
    wide = tmp_path / "utf16.xml"
    wide.write_bytes(GENIUS[1].read_text(encoding="utf-8").encode("utf-16"))
    assert "utf16" in imported([GENIUS[0], wide, GENIUS[2]], "x")
    with pytest.raises(ScenarioError, match="no file to import"):
        imported([], "x")


def test_names_are_plain_and_none_stands_twice():
    assert ids(["Dell", "60 Gb", "dell", "是", "unsigned", "", "Ampère", "x" * 50], "v") == [
        "dell", "v60_gb", "dell_2", "v", "unsigned_2", "v_2", "ampere", "x" * 32,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["-2", "-1", "0", "1", "2"], ["minus_2", "minus_1", "v0", "v1", "v2"]),
        (["<10", ">10", "<=10", "≥10", "10"], ["below_10", "above_10", "at_most_10", "at_least_10", "v10"]),
        (["1.5", "1_5", "15"], ["v1_point_5", "v1_5", "v15"]),
        (["0.5", "1.0"], ["v0_5", "v1_0"]),
        (
            ["+5", "5", "±5", "−5", "- 5 %", "-$5"],
            ["plus_5", "v5", "plus_or_minus_5", "minus_5", "minus_5_2", "minus_5_3"],
        ),
        (["10-20", "2 - 3", "a-b", "Laptop-1", "no-fly", "2-"], ["v10_20", "v2_3", "a_b", "laptop_1", "no_fly", "v2"]),
        (["USD -5", "(-5)", "a -.5"], ["usd_minus_5", "minus_5", "a_minus_5"]),
    ],
)
def test_no_sign_is_lost_in_a_name(texts, names):
    assert ids(texts, "v") == names


def profile_of(points, **others):
    """A profile whose issues are worth these points, and the agenda that goes with it."""
    agenda = {f"i{k}": tuple(map(str, range(len(row)))) for k, row in enumerate(points)}
    weights = {f"i{k}": max(row) or 1.0 for k, row in enumerate(points)}
    shares = {f"i{k}": tuple(value / weights[f"i{k}"] for value in row) for k, row in enumerate(points)}
    return agenda, Profile(weights, shares, **others)


quarters = st.lists(st.lists(st.integers(0, 12).map(lambda n: n / 16), min_size=1, max_size=4), min_size=1, max_size=3)
tenths = st.lists(st.lists(st.floats(0, 0.9), min_size=1, max_size=3), min_size=1, max_size=3)


@given(quarters | tenths)
@settings(max_examples=150)
def test_no_deal_counts_more_than_the_most_and_all_others_what_they_did(points):
    agenda, capped = profile_of(points, most=1.0, reservation=0.25)
    bare = replace(capped, most=math.inf)
    case = loads(case_text("cap", "Cap", agenda, {"a": capped, "b": bare}, 5), "cap.yaml")
    mine, plain = (case.role(party).preferences for party in ("a", "b"))
    for deal in case.scenario.tables["contract"].deals:
        whole = plain.score({"contract": deal})
        assert mine.score({"contract": deal}) == (1.0 if whole > 1 + 1e-9 else whole)
    assert mine.score({}) == plain.score({}) == 0.25
    assert plain.links == ()


CAP = {
    "garden": "<negotiation_template><utility_space><objective>{}{}</objective></utility_space></negotiation_template>",
    "ann": "<utility_space><objective><weight index='1' value='0.8'/><weight index='2' value='0.6'/>{}{}</objective></utility_space>",
    "bob": "<utility_space><objective><weight index='1' value='0.5'/><weight index='2' value='0.5'/>{}{}</objective></utility_space>",
}
ISSUE = "<issue index='{}' name='{}' type='discrete'><item value='{}' evaluation='{}'/><item value='{}' evaluation='{}'/></issue>"
WORTH = {"garden": (1, 1, 1, 1), "ann": (4, 1, 2, 3), "bob": (1, 4, 3, 1)}


def cap_files(folder):
    for name, text in CAP.items():
        a, b, c, d = WORTH[name]
        fence, tree = ISSUE.format(1, "Fence", "wood", a, "wire", b), ISSUE.format(2, "Tree", "stays", c, "goes", d)
        (folder / f"{name}.xml").write_text(text.format(fence, tree), encoding="utf-8")
    return [folder / f"{name}.xml" for name in CAP]


def test_genius_counts_no_utility_above_1(tmp_path, capsys):
    """Ann's weights sum to 1.4: wood and goes would be worth 1.4, wood and stays 1.2."""
    paths, out = cap_files(tmp_path), str(tmp_path / "cap.yaml")
    assert main(["import", *map(str, paths), "-o", out]) == 0
    case = load(out)
    table, ann = case.scenario.tables["contract"], case.role("ann").preferences
    assert [ann.score({"contract": deal}) for deal in table.deals] == [1.0, 1.0, 0.6, 0.8]
    capsys.readouterr()
    assert main(["analyze", out, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["frontier"]["points"], found["solutions"]["nash"]["value"]) == (3, 0.625)
    assert main(["import", *map(str, paths), "-o", out, "--force", "--uncapped"]) == 0
    assert load(out).role("ann").preferences.links == ()
    capsys.readouterr()
    assert main(["analyze", out, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["frontier"]["points"], found["solutions"]["nash"]["value"]) == (4, 0.75)


def test_a_cut_that_no_case_can_hold_is_refused():
    points = [[n / 100 for n in range(100)], [n / 97 for n in range(97)]]
    agenda, capped = profile_of(points, most=1.0)
    with pytest.raises(ScenarioError) as problem:
        case_text("cap", "Cap", agenda, {"ann.xml": capped, "b": capped}, 5)
    told = str(problem.value)
    assert "ann.xml: the best deal sums to 1.9796" in told
    assert "no utility counts above 1: that cuts more than 400 combinations" in told
    assert "--uncapped takes the sums as they are" in told
    many = [[0.5 + 5e-10 - n * 1e-16 for n in range(3000)]] * 2
    with pytest.raises(ScenarioError, match="cuts more than 400 combinations"):
        excesses("ann.xml", {"a": many[0], "b": many[1]}, 1.0)


def test_numbers_read_back_to_the_same_float_and_words_stay_words():
    values = ("no", "1.0", "1e5", "~", "a: b # c", "2001-01-01", "tab\there", "日本")
    odd = (1e-5, 0.1 + 0.2, 1 / 3, 5e-324, 1.0, 0.0, 2 / 3, 1e-17)
    profile = Profile({"yes": 0.1 + 0.7}, {"yes": odd}, reservation=1e-22, discount=1 / 3)
    case = loads(case_text("odd", "Odd", {"yes": values}, {"null": profile, "1": profile}, 10), "odd.yaml")
    preferences = case.role("null").preferences
    assert case.scenario.tables["contract"].issues[0].texts == values
    assert preferences.sheets["contract.yes"].shares == odd
    assert preferences.sheets["contract.yes"].weight == 0.1 + 0.7
    assert preferences.adjust["contract"] == 1e-22
    assert preferences.discount == 1 / 3


def test_a_case_too_large_for_a_file(monkeypatch):
    monkeypatch.setattr("negotiation.formats.importing.LARGEST_FILE", 1000)
    with pytest.raises(ScenarioError, match="garden.xml: makes a scenario file of more than 1,000 bytes"):
        imported(GENIUS, "x")


UNIT = imported(GENIUS, "garden", 3)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("march: 1.0", "march: 1.5", "scores.march: is 1.5, must be at most 1 where `scoring` is unit"),
        ("        march: 1.0\n", "", "no score for march; every option has one, 0 to 1"),
        ("anna: 0.5", "anna: 1.5", "clock.discount.anna: is 1.5, must be less than or equal to 1"),
        ("anna: 0.5", "anna: 0.0", "clock.discount.anna: is 0.0, must be greater than 0"),
        ("anna: 0.5", "carl: 0.5", "clock.discount: unknown party 'carl'"),
        ("scoring: unit", "scoring: percent", "preferences.anna: weights sum to 1.10005, must be 100"),
        ("scoring: unit", "scoring: points", "scoring: is 'points', must be 'percent' or 'unit'"),
    ],
)
def test_what_the_format_says_of_unit_scores_and_discounts(old, new, message):
    assert old in UNIT
    with pytest.raises(ScenarioError) as problem:
        loads(UNIT.replace(old, new, 1), "unit.yaml")
    assert message in str(problem.value)


def test_weights_that_look_like_percent_are_remarked_on(tmp_path):
    file = tmp_path / "unit.yaml"
    file.write_text(UNIT.replace("weight: 0.7", "weight: 70.0"), encoding="utf-8")
    text, fine = report(str(file))
    assert fine
    assert "warning: preferences.anna (base): weights sum to 70.4, about 1 where `scoring` is unit" in text


def test_points_shrink_with_the_relative_time_of_the_last_signature():
    case = loads(UNIT, "unit.yaml")
    model = Game(case, protocol="alternating")
    model.play()
    (signed,) = model.state.bound_in.values()
    anna = case.role("anna").preferences
    assert model.state.time_paid("anna") == (signed + 1) / 4
    assert model.points("anna") == anna.score(model.state.outcome) * 0.5 ** ((signed + 1) / 4)
    assert model.points("bert") == case.role("bert").preferences.score(model.state.outcome)
    failed = Game(case, protocol="alternating", strategy="hardliner")
    failed.play()
    assert failed.state.bound == {}
    assert failed.points("anna") == 0.3 * 0.5 ** (3 / 4)


def test_a_saved_game_of_before_still_opens():
    text = (DATA.parent / "golden" / "cloud-for-two--alternating.jsonl").read_text(encoding="utf-8")
    assert load("cloud-for-two").digest == json.loads(text.splitlines()[0])["digest"]


def test_screens_show_enough_decimals():
    from negotiation.ui.play.brief import score_sheet
    from negotiation.ui.play.issue_rows import _shown, label

    model = Game(loads(UNIT, "unit.yaml"), protocol="alternating")
    view = model.view("anna")
    table = view.scenario.tables["contract"]
    sheet = score_sheet(view)
    assert "0.400 · 5" not in sheet
    assert "0.280 · 5&#x27; &quot;wood&quot;" in sheet
    assert "unsigned 0.300" in sheet
    assert "to 50% of them at the very end" in sheet
    assert label(view, table, table.issues[2]) == "Dig by · 0.2001 points at stake"
    assert _shown(view, table, table.issues[0])(1) == "none :gray[0.700]"
