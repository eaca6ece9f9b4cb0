"""Are models of the others right as often as they say? Prints tables in Markdown.

python benchmarks/calibration.py --games 10000
python benchmarks/calibration.py --games 300 --case my-case.yaml other.xml       # weights only where no types are sketched
"""

import argparse
import time

from negotiation.lab.belief_readings import NOTHING_LEARNT
from negotiation.lab.calibration import settings
from negotiation.lab.calibration_tables import counts, gathered, reliability_table, type_scores, weight_scores


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=1000)
    parser.add_argument("--case", nargs="+", default=(), help="play these, not the flagship and its companions")
    options = parser.parse_args()
    started = time.perf_counter()
    read = gathered(settings(options.games, options.case))
    told(f"{options.games:,} games, {time.perf_counter() - started:,.0f} s", counts(read))
    for field in sorted({*read.types.field}):
        for talk in sorted({*read.types.talk}):
            mine = read.types[(read.types.field == field) & (read.types.talk == talk)]
            learnt = mine[mine.model != NOTHING_LEARNT]
            where = f"players {field}, {'talking' if talk else 'in silence'}"
            told(f"Types, {where}", reliability_table(learnt))
            told(f"Types by round, {where}", type_scores(mine, "round"))
            told(f"Types by player, {where}", type_scores(learnt, "plays"))
    for field in sorted({*read.weights.field}):
        mine, where = read.weights[read.weights.field == field], f"players {field}"
        for by in ("round", "case", "plays"):
            told(f"Weights by {by}, {where}", weight_scores(mine, by))
        told(f"Which of two issues matters more, {where}", reliability_table(read.orders[read.orders.field == field]))


def told(title, lines):
    print(f"\n{title}\n", *lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
