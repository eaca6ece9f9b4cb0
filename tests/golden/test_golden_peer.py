"""Recorded runs of the field's platform, replayed offer by offer.

Reads every file of the folder $NEGOTIATION_GOLDEN (by default ../shared/peer/golden beside the checkout, if it is
there) besides the project's own `syn_*` files.
"""

import json
import os
from functools import lru_cache
from pathlib import Path

import pytest

from negotiation.actions import Offer
from negotiation.case import Case, Role
from negotiation.model import NegotiationModel
from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Party, Scenario
from negotiation.table import Issue, Signers, Table

ROUNDS = 100
OURS = Path(__file__).parents[1] / "data" / "golden"
THEIRS = Path(os.environ.get("NEGOTIATION_GOLDEN") or Path(__file__).parents[2].parent / "shared" / "peer" / "golden")
FILES = {path.stem: path for folder in (OURS, THEIRS) for path in sorted(folder.glob("*.json"))}


@lru_cache(maxsize=1)
def read(name):
    return json.loads(FILES[name].read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def case_of(name, mode):
    """The recorded domain as a case of ours: one table that everybody signs, sheets on the scale 0 to 1."""
    data = read(name)
    issues = tuple(
        Issue(f"i{k}", issue["name"], tuple(f"o{n}" for n in range(len(issue["values"]))), tuple(issue["values"]))
        for k, issue in enumerate(data["issues"])
    )
    parties = {f"p{n}": Party(f"p{n}", party["name"]) for n, party in enumerate(data["parties"])}
    table = Table("t", "The table", issues, Signers(tuple(parties)))
    scenario = Scenario(name, name, parties, {"t": table}, ROUNDS)
    roles = {}
    for key, party in zip(parties, data["parties"], strict=True):
        sheets, start = {}, party.get("bias") or 0.0
        for issue, weight, row in zip(issues, party["weights"], party["evaluations"], strict=True):
            most = max(row) if mode == "genius" else 1.0
            shares = [value / most if most >= 1e-5 else 0.0 for value in row] if mode == "genius" else row
            sheets[f"t.{issue.name}"] = Sheet(1.0, tuple(start + weight * share for share in shares), 1.0)
            start = 0.0
        ours = Preferences(scenario, key, sheets, {"t": party["reserved_value"]})
        roles[key] = {"base": Role("base", ours)}
    return Case(name, scenario, roles)


def modes():
    return [(name, mode) for name in FILES for mode in read(name)["modes"]]


def rules(run, parties):
    """The rule of each party, from the name of a run."""
    if "|" in run:
        return run.split("|")
    kind, _, rest = run.partition("_")
    names = [rest] if kind == "all" else rest.split("_")
    return [names[n % len(names)] for n in range(parties)]


def seat(rule):
    _, _, exponent = rule.partition("poly")
    return f"compat:rule=poly,exponent={exponent}" if exponent else f"compat:rule={rule}"


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
        model = NegotiationModel(case, seats=seats, protocol="alternating", rounds=ROUNDS, collect=False)
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
