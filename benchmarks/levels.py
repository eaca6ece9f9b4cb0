"""The table of levels: what four kinds of people, as scripts, get out of each level in all other seats.

python benchmarks/levels.py --cases alliance-2023 cloud-for-two

A kind is some people: the same script with other numbers. Each of them sits in every seat in turn, and counts with the mean over
the seats, exact over the private types, without talk; where somebody throws dice, over `--seeds` seeds. ± is half of the 95 % interval over other people of the kind. `less` is by how
much that is less than from the level below, paired by people: levels differ where it is above its interval.
"""

import argparse
import sys

import numpy as np

from negotiation.formats import bundled
from negotiation.lab.estimates import reach
from negotiation.lab.exploit.expectation import Expected, Ground
from negotiation.lab.exploit.tasks import Meeting, played
from negotiation.rounding import shown
from negotiation.strategies import strategies

LEVELS = ("easy", "fair", "tough", "master")

PEOPLE = {
    "staller": [f"staller:at={at}" for at in (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)],
    "firm anchor": [f"anchor:share={share},exponent={late}" for share in (0.3, 0.4, 0.5) for late in (4, 8)],
    "naive conceder": [
        f"compose:bidding=time,exponent={late},model=none,accept=enough,share={share}"
        for late in (0.25, 0.4, 0.6)
        for share in (0.25, 0.4)
    ],
    "good negotiator": [
        f"trader:least={least},enough={enough}" for least in (0.15, 0.25, 0.35) for enough in (0.5, 0.65)
    ],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--levels", nargs="+", default=[name for name in LEVELS if name in strategies()])
    parser.add_argument("--cases", nargs="+", default=list(bundled()))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=3, help="games of each, where somebody throws dice")
    parser.add_argument("--seats", action="store_true", help="a line for every seat, too")
    options = parser.parse_args()
    for case in options.cases:
        found = {level: gains(case, level, options.workers, options.seeds) for level in options.levels}
        print(
            f"\n{case}\n\n| from | {' | '.join(f'{level} | less' if n else level for n, level in enumerate(found))} |"
        )
        print("|---|" + "--:|" * (2 * len(found) - 1))
        for kind in PEOPLE:
            print(f"| {kind} | {' | '.join(cells([found[level][kind].mean(axis=1) for level in found]))} |", flush=True)
            if options.seats:
                for n, party in enumerate(Ground(case).loaded.roles):
                    print(f"| – {party} | {' | '.join(cells([found[level][kind][:, n] for level in found]))} |")
        trade = (found[level]["good negotiator"].mean() - found[level]["staller"].mean() for level in found)
        told = "; ".join(f"{level} {value:+.1f}" for level, value in zip(found, trade, strict=True))
        print(f"\nHonest trading over stalling, in points: {told}.")


def gains(case, level, workers, seeds):
    """Return by kind what its people get from a level, shape (people, seats)."""
    ground = Ground(case, seeds=seeds)
    seats, numbers = len(ground.loaded.roles), range(len(ground.combinations))
    texts = [text for people in PEOPLE.values() for text in people]
    lineups = [tuple(text if n == seat else level for n in range(seats)) for text in texts for seat in range(seats)]
    meetings = [Meeting(lineup, number) for lineup in lineups for number in numbers]
    samples = played(ground, meetings, [level, *texts], workers=workers, progress=progress(case, level))
    each = [Expected.of(samples[n : n + len(numbers)], ground) for n in range(0, len(samples), len(numbers))]
    means = np.array([one.mean(n % seats).mean for n, one in enumerate(each)]).reshape(len(texts), seats)
    ends = np.cumsum([len(people) for people in PEOPLE.values()])[:-1]
    return dict(zip(PEOPLE, np.split(means, ends), strict=True))


def cells(values):
    """Yield the mean of each level with its interval over people, and how much less it is than the one before."""
    for n, here in enumerate(values):
        yield interval(here)
        if n:
            yield interval(values[n - 1] - here)


def interval(values):
    """Return a mean with half of its 95 % interval."""
    half = reach(len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return f"{shown(values.mean(), 1)} ± {shown(half, 1)}".replace("-", "−")


def progress(case, level):
    """Return what shows the progress to whoever watches."""

    def told(done, total):
        print(
            f"\r{case}, {level}: {done:,} of {total:,} ", end="" if done < total else "\r", file=sys.stderr, flush=True
        )

    return told if sys.stderr.isatty() else None


if __name__ == "__main__":
    main()
