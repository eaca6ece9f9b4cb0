"""Law 8: the compiled engine and the plain engine play the same game, event for event."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from support import BUNDLED
from support_compiled import PLAYED, assert_plan_same, assert_same, games, plan_of, runs_of
from support_golden import OURS, case_of, read, rules, seat

import negotiation
from negotiation.formats import load

PARTIES = ("renault", "nissan", "mitsubishi", "google", "geely", "nimbus")
PROTOCOLS = ("alternating", "open-floor")


@given(games())
@settings(max_examples=60, deadline=None)
def test_8_any_case_is_played_the_same(game):
    assert set(assert_same(*runs_of(*game))) == {"compiled"}


@pytest.mark.parametrize("case", BUNDLED)
def test_8_the_bundled_cases_are_played_the_same(case):
    lineups = {f"n{n}": text for n, text in enumerate(PLAYED)}
    plan = plan_of(cases=[case], protocols=list(PROTOCOLS), lineups=lineups)
    assert set(assert_plan_same(plan)) == {"compiled"}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_8_mixed_line_ups_with_noise_and_factors(protocol):
    mixed = {"renault": "boulware", "nissan": "linear", "google": "random", "geely": "easy", "others": "hardliner"}
    plan = plan_of(
        cases=["alliance-2023"],
        protocols=[protocol],
        lineups={"mixed": mixed, "pressed": {"renault": "conceder", "others": "linear"}},
        factors={"noise": [0.0, 0.2], "rounds": [5, 20], "delay.nissan": 0.4, "type.nissan": "hawk"},
        replications=2,
    )
    assert set(assert_plan_same(plan)) == {"compiled"}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_8_points_that_shrink_and_a_delay_that_does_not(protocol, tmp_path):
    text = (Path(negotiation.__file__).parent / "scenarios" / "cloud-for-two.yaml").read_text(encoding="utf-8")
    file = tmp_path / "shrinks.yaml"
    file.write_text(re.sub(r"(?m)^clock:$", "clock:\n  discount: {kaido: 0.6, nimbus: 0.8}", text), encoding="utf-8")
    assert load(str(file)).role("kaido").preferences.discount == 0.6
    plan = plan_of(
        cases=[str(file)],
        protocols=[protocol],
        lineups={"pressed": {"kaido": "conceder", "others": "boulware"}, "even": "fair"},
        factors={"delay.kaido": [0.0, 0.7], "delay.nimbus": 0.4},
        replications=3,
    )
    assert set(assert_plan_same(plan)) == {"compiled"}


def test_8_without_tables_and_links():
    plan = plan_of(
        cases=["alliance-2023"],
        factors={"table.tech": [True, False], "links": [True, False], "unsigned.renault.horse": [0, 3]},
    )
    assert set(assert_plan_same(plan)) == {"compiled"}


def recorded():
    """The project's own recorded domains, in every way of reading their numbers."""
    return [(path.stem, mode) for path in sorted(OURS.glob("*.json")) for mode in read(path.stem)["modes"]]


@pytest.mark.parametrize(("name", "mode"), recorded())
def test_8_recorded_games_of_textbook_negotiators_are_played_the_same(name, mode):
    case = case_of(name, mode)
    for run, noise in product(read(name)["modes"][mode]["runs"], (0.0, 0.2)):
        if "hybrid" not in run:
            seats = dict(zip(case.roles, map(seat, rules(run, len(case.roles))), strict=True))
            assert assert_same(*runs_of(case, seats, "alternating", [1], noise)) == ["compiled"]


def test_8_nobody_offers_again_what_has_been_barred_since():
    seats = dict.fromkeys(PARTIES, "boulware") | {
        "renault": "compose:bidding=relative,model=none,accept=level",
        "nissan": "compose:bidding=micro,model=none,accept=next",
        "google": "hardliner",
        "geely": "conceder",
    }
    runs, shapes = runs_of(load("alliance-2023"), seats, "open-floor", [758], 0.1)
    assert assert_same(runs, shapes) == ["compiled"]
