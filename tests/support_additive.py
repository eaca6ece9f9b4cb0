"""Tables of any size where everything adds up: to try what listing could not."""

import numpy as np

from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Party, Scenario
from negotiation.table import Issue, Signers, Table


def singles(parties):
    return tuple((party,) for party in parties)


def additive(issues, options, parties):
    """One table where everything adds up: `options` ** `issues` deals."""
    names = [f"p{n}" for n in range(parties)]
    agenda = tuple(Issue(f"i{k}", "", tuple(f"o{n}" for n in range(options)), ("",) * options) for k in range(issues))
    table = Table("t", "T", agenda, Signers(tuple(names)))
    scenario = Scenario("additive", "", {name: Party(name, name) for name in names}, {"t": table}, 10)
    dice = np.random.default_rng(1)
    sheets = {
        name: Preferences(
            scenario,
            name,
            {f"t.i{k}": Sheet(1 + k % 3, tuple(dice.integers(0, 21, options) * 5.0)) for k in range(issues)},
        )
        for name in names
    }
    return scenario, sheets
