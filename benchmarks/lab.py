"""The compiled engine beside our plain engine and, where it is installed, NegMAS: CPU time. Prints, never fails.

NegMAS (AGPL) is no dependency: `pip install negmas` into this environment adds its column. Ratios count, not times.
Every figure is for games that differ in their seeds only (types and dice), or in their scores too ("own").
"""

import time

import numpy as np

from negotiation.case import Case, Role
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.compiled.setup import ready
from negotiation.lab.factors import Changed
from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Party, Scenario
from negotiation.table import Issue, Signers, Table

ROUNDS = 100
FIRM, SOFT = "boulware", "conceder"


def cpu(call, repeats=3):
    """The least CPU time of a call in seconds."""
    least = float("inf")
    for _ in range(repeats):
        started = time.process_time()
        call()
        least = min(least, time.process_time() - started)
    return least


def one_table(parties, issues=6, options=4, seed=1):
    """One table of 4,096 deals that all must sign, random scores."""
    names = [f"p{n}" for n in range(parties)]
    agenda = tuple(Issue(f"i{k}", "", tuple(f"o{n}" for n in range(options)), ("",) * options) for k in range(issues))
    scenario = Scenario(
        "one", "", {n: Party(n, n) for n in names}, {"t": Table("t", "", agenda, Signers(tuple(names)))}, ROUNDS
    )
    dice = np.random.default_rng(seed)
    roles = {}
    for name in names:
        weights = dice.random(issues) + 0.2
        sheets = {
            f"t.i{k}": Sheet(float(100 * weights[k] / weights.sum()), tuple((100 * dice.random(options)).tolist()))
            for k in range(issues)
        }
        roles[name] = {"base": Role("base", Preferences(scenario, name, sheets))}
    return Case("one", scenario, roles)


def compare(title, case, seats, protocol, games, ours=8, peer=None):
    """One line: microseconds a game, compiled with shared and with own scores, the plain engine, and NegMAS."""
    shared, own = (ready(Changed(case, seats, noise=noise), protocol) for noise in (0.0, 0.1))
    shared.play([0]), own.play([0])
    fast = cpu(lambda: shared.play(list(range(games)))) / games
    each = cpu(lambda: own.play(list(range(games // 4)))) / (games // 4)

    def model():
        for seed in range(ours):
            Game(case, seats=seats, protocol=protocol, seed=seed).play()

    model()
    slow = cpu(model) / ours
    told = f"{title:<44} {fast * 1e6:9.1f} {1 / fast:9,.0f} {each * 1e6:9.1f} {each / fast:6.1f} × {slow * 1e6:10,.0f} {slow / fast:7,.0f} ×"
    print(told + (f" {peer * 1e6:10,.0f} {peer / fast:8,.0f} ×" if peer else ""), flush=True)


def negmas_time(case, seats):
    """Seconds of a NegMAS session of the same table, scores and strategies, warm; None without NegMAS."""
    try:
        from negmas import AspirationNegotiator, SAOMechanism, make_issue
        from negmas.preferences import LinearAdditiveUtilityFunction
        from negmas.preferences.value_fun import TableFun
    except ImportError:
        return None
    (table,) = case.scenario.tables.values()
    agenda = [make_issue(list(issue.options), issue.name) for issue in table.issues]
    functions = []
    for kinds in case.roles.values():
        sheets = [kinds["base"].preferences.sheets[f"t.{issue.name}"] for issue in table.issues]
        values = [
            TableFun({o: s.points(n) / 100 for n, o in enumerate(i.options)})
            for i, s in zip(table.issues, sheets, strict=True)
        ]
        functions.append(LinearAdditiveUtilityFunction(values, issues=agenda, reserved_value=0.0))

    def session():
        mechanism = SAOMechanism(issues=agenda, n_steps=ROUNDS)
        for text, function in zip(seats.values(), functions, strict=True):
            mechanism.add(AspirationNegotiator(aspiration_type=text), preferences=function)
        mechanism.run()

    session()
    return cpu(session)


def main():
    print(
        f"{'':<44} {'compiled':>9} {'games/s':>9} {'own':>9} {'':>8} {'Mesa':>10} {'':>9} {'NegMAS':>10}   (µs a game)"
    )
    if not any(negmas_time(one_table(2), {"p0": FIRM, "p1": SOFT}) for _ in range(1)):
        print("NegMAS is not installed here: its column is left out")
    for parties in (2, 6):
        case = one_table(parties)
        seats = {party: (FIRM, SOFT)[n % 2] for n, party in enumerate(case.roles)}
        title = f"4,096 deals, {parties} parties, {ROUNDS} rounds"
        compare(title, case, seats, "alternating", 4000, peer=negmas_time(case, seats))
    flagship = load("alliance-2023")
    for lineup in ("linear", FIRM, SOFT, "hardliner", "random", "fair"):
        seats = dict.fromkeys(flagship.roles, lineup)
        compare(f"flagship, all {lineup}", flagship, seats, "open-floor", 2000)


if __name__ == "__main__":
    main()
