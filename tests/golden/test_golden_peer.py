"""Recorded runs of the field's platform, replayed offer by offer (see `support_golden`)."""

import pytest
from support_golden import FILES, ROUNDS, THEIRS, case_of, read, rules, seat

from negotiation.actions import Offer
from negotiation.game import Game


def modes():
    return [(name, mode) for name in FILES for mode in read(name)["modes"]]


@pytest.mark.skipif(not THEIRS.is_dir(), reason="no folder of recorded runs: set NEGOTIATION_GOLDEN to check one")
def test_golden_peer_reads_the_whole_folder():
    assert set(THEIRS.glob("*.json")) <= set(FILES.values())


@pytest.mark.parametrize(("name", "mode"), modes())
def test_utilities(name, mode):
    case = case_of(name, mode)
    for sample in read(name)["modes"][mode]["samples"]:
        for roles, utility in zip(case.roles.values(), sample["utilities"], strict=True):
            table = case.scenario.tables["t"]
            assert roles["base"].preferences.points["t"][sample["index"]] == pytest.approx(utility, abs=1e-9)
            assert [i.texts[o] for i, o in zip(table.issues, table.deal(sample["index"]), strict=True)] == [
                str(value) for value in sample["outcome"]
            ]


@pytest.mark.parametrize(("name", "mode"), modes())
def test_golden_peer(name, mode):
    case, wrong, played = case_of(name, mode), [], 0
    table = case.scenario.tables["t"]
    for run, recorded in read(name)["modes"][mode]["runs"].items():
        if "hybrid" in run or recorded["used_random_choice"]:
            continue
        seats = dict(zip(case.roles, map(seat, rules(run, len(case.roles))), strict=True))
        model = Game(case, seats=seats, protocol="alternating", rounds=ROUNDS)
        state = model.play()
        played += 1
        trace = [
            [int(e.party[1:]), table.index(e.action.deals["t"])] for e in state.events if isinstance(e.action, Offer)
        ]
        deal = state.bound.get("t")
        found = (
            None if deal is None else table.index(deal),
            state.bound_in.get("t", recorded["round0"]),
            None if deal is None else trace[-1][0],
        )
        expected = (recorded["agreement_index"], recorded["round0"], recorded["proposer"])
        if found != expected or trace != recorded.get("trace", trace):
            wrong.append((run, found, expected))
    assert not wrong
    assert played
