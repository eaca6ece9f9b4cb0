"""Law 8: the compiled engine and the Mesa model play the same game, event for event."""

import pytest
from hypothesis import given, settings
from support import BUNDLED
from support_compiled import PLAYED, assert_plan_same, assert_same, games, plan_of, runs_of

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


def test_8_without_tables_and_links():
    plan = plan_of(
        cases=["alliance-2023"],
        factors={"table.tech": [True, False], "links": [True, False], "unsigned.renault.horse": [0, 3]},
    )
    assert set(assert_plan_same(plan)) == {"compiled"}
