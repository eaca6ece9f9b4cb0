"""Recorded runs of the field's platform as cases and line-ups of ours: the project's own `syn_*` files and a folder beside.

The folder is $NEGOTIATION_GOLDEN, by default ../shared/peer/golden beside the checkout, if it is there.
"""

import json
import os
from functools import lru_cache
from pathlib import Path

from negotiation.case import Case, Role
from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Party, Scenario
from negotiation.table import Issue, Signers, Table

ROUNDS = 100
OURS = Path(__file__).parent / "data" / "golden"
THEIRS = Path(os.environ.get("NEGOTIATION_GOLDEN") or Path(__file__).parents[1].parent / "shared" / "peer" / "golden")
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
