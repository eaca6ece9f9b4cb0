"""Law 8 at length: the same games on the plain engine and on the compiled engine, act for act and point for point.

python benchmarks/law8.py --games 10000
"""

import argparse
from itertools import pairwise

from negotiation.actions import Accept, Offer, Pass, Tick
from negotiation.dice import Dice
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.compiled.game import ACCEPT, OFFER, PASS, TICK, WITHDRAW
from negotiation.lab.compiled.setup import MOST_EVENTS, ready
from negotiation.lab.factors import Changed, noisy

LINEUP = (
    "boulware",
    "linear",
    "conceder",
    "hardliner",
    "random",
    "easy",
    "compose:bidding=exponential,model=none,accept=combi",
    "compose:bidding=time,model=none,accept=next",
    "fair",
    "compose:bidding=micro,model=none,accept=next",
    "compose:bidding=late,model=frequency,accept=next",
    "compose:bidding=nice,model=frequency,accept=next",
    "compose:bidding=hybrid,model=frequency,accept=next",
    "compose:bidding=relative,model=none,accept=level",
)


def acts_of(model):
    """The log of a model in the numbers of the compiled engine."""
    tables, parties, found = model.case.scenario.tables, list(model.case.roles), []
    for event in model.state.events:
        who = parties.index(event.party) if event.party in parties else -1
        match event.action:
            case Offer(deals):
                named = [n for name, d in deals.items() for n in (list(tables).index(name), tables[name].index(d))]
                found.append([OFFER, who, *named, -1, -1][:6])
            case Accept(paper):
                found.append([ACCEPT, who, paper, -1, -1, -1])
            case Pass(table):
                found.append([PASS, who, list(tables).index(table) if table else -1, -1, -1, -1])
            case Tick():
                found.append([TICK, who])
            case withdrawn:
                found.append([WITHDRAW, who, withdrawn.paper, -1, -1, -1])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=1000)
    parser.add_argument("--case", default="alliance-2023")
    options = parser.parse_args()
    case, differ, acts = load(options.case), 0, 0
    for first, last in pairwise([*range(0, options.games, 20), options.games]):
        dice = Dice(first, 0, -9)
        seats = {party: LINEUP[dice.below(len(LINEUP))] for party in case.roles}
        protocol, noise = ("open-floor", "alternating")[dice.below(3) == 0], 0.1 * dice.below(3)
        there = ready(Changed(case, seats, noise=noise), protocol)
        for seed in range(first, last):
            mine = noisy(case, noise, seed) if noise else case
            model = Game(mine, seats=seats, protocol=protocol, seed=seed)
            model.play()
            ends, _, log = there.play([seed], MOST_EVENTS)
            theirs = [act[:2] if act[0] == TICK else act for act in log[: ends.events[0]].tolist()]
            points = [model.points(party) for party in model.seated]
            acts += len(theirs)
            if theirs != acts_of(model) or points != ends.points[0].tolist():
                differ += 1
                print(f"seed {seed}, {protocol}, noise {noise}: {seats}", flush=True)
    print(f"{options.games:,} games of {options.case}, {acts:,} acts: {differ} differ")


if __name__ == "__main__":
    main()
