import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import cases, outcomes, plain_score

from negotiation.analysis.frontier import distance
from negotiation.analysis.improvements import improvements, nobody_hurt, said
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load

EXPECTED = json.loads((Path(__file__).parents[2] / "data" / "expected.json").read_text(encoding="utf-8"))["scenarios"]
REFERENCES = EXPECTED["alliance-2023"]["references"]
CARMAKERS = ("renault", "nissan", "mitsubishi")


@pytest.fixture(scope="module")
def case():
    return load("alliance-2023")


@pytest.mark.parametrize("name", REFERENCES)
def test_what_a_reference_left_on_the_table_for_all_six(case, name):
    want, outcome, sheets = REFERENCES[name]["all_six"], case.references[name].outcome, sheets_of(case)
    total = sum(sheet.score(outcome) for sheet in sheets.values())
    best = nobody_hurt(case.scenario, sheets, outcome).points[0, 0]
    assert best - total == pytest.approx(want["largest_total_gain_with_nobody_hurt"], abs=1e-6)
    assert bool(best - total < 1e-6) is want["efficient"]
    front = nobody_hurt(case.scenario, sheets, outcome, CARMAKERS)
    gain = distance(front, [sheets[p].score(outcome) for p in CARMAKERS])
    assert gain == pytest.approx(want["largest_equal_gain_of_carmakers_with_nobody_hurt"], abs=1e-6)


@settings(max_examples=25)
@given(cases().flatmap(lambda case: st.tuples(st.just(case), outcomes(case.scenario))))
def test_improvements_are_all_changes_at_one_table_that_nobody_would_refuse(drawn):
    case, outcome = drawn
    scenario, sheets = case.scenario, sheets_of(case)
    if scenario.breaks(outcome):
        return
    before = {p: plain_score(sheet, outcome) for p, sheet in sheets.items()}
    found = improvements(scenario, sheets, outcome)
    totals = [sum(better.gains.values()) for better in found]
    assert totals == pytest.approx(sorted(totals, reverse=True))
    listed = {(better.table, better.deal): better for better in found}
    for name, table in scenario.tables.items():
        for deal in table.deals:
            after = {**outcome, name: deal}
            gains = {p: plain_score(sheet, after) - before[p] for p, sheet in sheets.items()}
            fine = min(gains.values()) >= -1e-9 and max(gains.values()) > 1e-9 and not scenario.breaks(after)
            better = listed.get((name, deal))
            assert better is None or fine
            if better is not None:
                assert better.gains == pytest.approx({p: gain for p, gain in gains.items() if gain > 1e-9})
            elif fine:
                assert any(
                    b.table == name
                    and all(
                        option in (d, (outcome[name] or [None] * 9)[k])
                        for k, (option, d) in enumerate(zip(b.deal, deal, strict=True))
                    )
                    and all(b.gains.get(p, 0.0) >= gain - 1e-9 for p, gain in gains.items())
                    for b in found
                )


def test_an_improvement_in_words(case):
    sheets, outcome = sheets_of(case), case.references["history_2023"].outcome
    found = improvements(case.scenario, sheets, outcome)
    words = [said(case.scenario, better) for better in found]
    assert "sdv: Who may use it: Alliance partners too (renault +0.80, google +15.00, nobody worse)" in words
    assert all(better.changed for better in found)


def test_a_table_left_unsigned_is_an_improvement_to_sign(case):
    sheets, outcome = sheets_of(case), {**case.references["history_2023"].outcome, "cloud": None}
    found = [better for better in improvements(case.scenario, sheets, outcome) if better.table == "cloud"]
    assert all(better.changed == ("vendor", "scope", "price", "data", "term") for better in found)
    assert any(better.gains.keys() == {"nissan", "nimbus"} for better in found)
