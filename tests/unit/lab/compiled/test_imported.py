"""Imported cases whose utilities are cut off at 1: the compiled engine plays them as the plain engine does."""

import pytest
from support_compiled import assert_same, runs_of

from negotiation.formats import loads
from negotiation.formats.profiles import Profile, case_text

AGENDA = {"Fence": ("wood", "wire", "none"), "Tree": ("stays", "goes"), "Gate": ("-1", "0", "1")}
ANN = Profile(
    {"Fence": 0.8, "Tree": 0.6, "Gate": 0.1}, {"Fence": (1, 0.25, 0), "Tree": (2 / 3, 1), "Gate": (1, 0, 0.5)}, most=1.0
)
BOB = Profile(
    {"Fence": 0.5, "Tree": 0.5, "Gate": 0.2},
    {"Fence": (0.25, 1, 0.9), "Tree": (1, 0.3), "Gate": (0, 1, 0.3)},
    0.2,
    0.9,
    1.0,
)


@pytest.mark.parametrize("protocol", ["alternating", "open-floor"])
def test_a_utility_that_is_cut_off_is_the_same_on_both_engines(protocol):
    case = loads(case_text("cap", "Cap", AGENDA, {"ann": ANN, "bob": BOB}, 12), "cap.yaml")
    ann = case.role("ann").preferences
    assert max(ann.score({"contract": deal}) for deal in case.scenario.tables["contract"].deals) == 1.0
    assert len(ann.links) == 6
    for line_up in (("linear", "boulware"), ("conceder", "easy"), ("fair", "fair")):
        runs, shapes = runs_of(case, dict(zip(("ann", "bob"), line_up, strict=True)), protocol, range(3))
        assert set(assert_same(runs, shapes)) == {"compiled"}
