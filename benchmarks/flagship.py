"""How well line-ups settle the flagship: what is signed, who gets what, and what is left on the table.

python benchmarks/flagship.py --seeds 1000 linear fair tough
"""

import argparse
from collections import Counter

import numpy as np

from negotiation.analysis.frontier import distances, frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load
from negotiation.game import Game

CARMAKERS = ("renault", "nissan", "mitsubishi")
PARTNERS = ("google", "geely", "nimbus")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lineups", nargs="+", help="the strategy in all seats")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--case", default="alliance-2023")
    options = parser.parse_args()
    case = load(options.case)
    tables = list(case.scenario.tables)
    print(
        f"| line-up | {' | '.join(tables)} | {' | '.join(case.roles)} | sum | rounds | left on the table | 5 % … 95 % |"
    )
    print("|---" * (len(tables) + len(case.roles) + 5) + "|")
    for lineup in options.lineups:
        print(row(case, lineup, options.seeds), flush=True)


def row(case, lineup: str, seeds: int) -> str:
    """One line of the table: means over the seeds."""
    signed, points, unsigned, rounds, ends = Counter(), [], [], 0, []
    for seed in range(seeds):
        model = Game(case, strategy=lineup, seed=seed)
        state = model.play()
        signed.update(state.bound.keys())
        rounds += state.rounds_played
        points.append([model.points(party) for party in model.seated])
        unsigned.append([agent.unsigned_points for agent in model.seated.values()])
        ends.append(
            (tuple(model.types.items()), [model.seated[p].role.preferences.score(state.outcome) for p in CARMAKERS])
        )
    gains = np.mean(points, axis=0) - np.mean(unsigned, axis=0)
    left = left_on_the_table(case, ends)
    cells = [
        lineup,
        *(f"{signed[name] / seeds:.0%}" for name in case.scenario.tables),
        *(f"{gain:+.1f}" for gain in gains),
        f"{gains.sum():.1f}",
        f"{rounds / seeds:.1f}",
        f"{np.mean(left):.2f}",
        f"{np.quantile(left, 0.05):.1f} … {np.quantile(left, 0.95):.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def left_on_the_table(case, ends) -> list[float]:
    """By game: how many points more all three carmakers could have had at once, delay left out (0 on the frontier).

    The partners sign no table that, seen alone, is worth less to them than leaving it unsigned.
    """
    left = []
    for types in dict.fromkeys(types for types, _ in ends):
        sheets = sheets_of(case, dict(types))
        problem = Problem(tuple((party,) for party in CARMAKERS), alone=PARTNERS)
        front = frontier(case.scenario, sheets, problem)
        left += distances(front, np.array([scores for kinds, scores in ends if kinds == types])).tolist()
    return left


if __name__ == "__main__":
    main()
