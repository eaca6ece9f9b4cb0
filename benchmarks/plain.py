"""The compiled engine beside the same rules in plain C: the same score tables, the same agreements? Prints, never fails.

Needs a C compiler (`cc`). Processor time, both ways after each other for every score table; ratios count.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from lab import FIRM, ROUNDS, SOFT, cpu, one_table

from negotiation.lab.compiled.addresses import reals
from negotiation.lab.compiled.setup import ready
from negotiation.lab.factors import Changed

TABLES = 20
LINEUPS = {"boulware, conceder": (FIRM, SOFT), "all boulware": (FIRM,), "all linear": ("linear",)}


def plain(program, path, games):
    """Deal, round, turns and ns a game in C."""
    told = subprocess.run([program, path, str(games)], check=True, capture_output=True, text=True).stdout.split()
    return int(told[0]), int(told[1]), int(told[2]), float(told[3])


def written(case, setup, path):
    """Write what C plays: gains of every deal, shares asked for by round."""
    gains = np.array([kinds["base"].preferences.gains("t", ()) for kinds in case.roles.values()])
    share = reals(setup.game.share, len(gains) * ROUNDS * 2)[::2]
    head = np.array([gains.shape[1], len(gains), ROUNDS], dtype=np.int64)
    path.write_bytes(head.tobytes() + gains.tobytes() + share.tobytes())


def compare(program, folder, parties, title, kinds):
    """Play different score tables both ways; the line that is printed."""
    differ, ours, theirs, turns = 0, 0.0, 0.0, 0
    for seed in range(TABLES):
        case, path = one_table(parties, seed=seed), folder / f"{parties}-{seed}"
        setup = ready(Changed(case, {p: kinds[n % len(kinds)] for n, p in enumerate(case.roles)}), "alternating")
        written(case, setup, path)
        games = 1000
        ends, _, _ = setup.play([seed] * games)
        best = [plain(program, path, games) for _ in range(3)]
        deal, ended, acts, _ = best[0]
        same = (ends.deal[0, 0] == deal) & (deal < 0 or ends.bound_in[0, 0] == ended)
        differ += not (same and ends.events[0] == acts + ended)
        ours += cpu(lambda setup=setup, games=games: setup.play(list(range(games)))) / games
        theirs += min(one[3] for one in best) / 1e9
        turns += acts
    line = (
        f"{parties} parties, {title:<20} {ours / turns * 1e9:8.1f} {theirs / turns * 1e9:8.1f} {ours / theirs:6.1f} ×"
    )
    return f"{line}   {differ} of {TABLES} differ"


def main():
    if not shutil.which("cc"):
        print("there is no C compiler here: nothing to compare")
        return
    print(f"{'':<32} compiled        C   (ns a turn; 4,096 deals, {ROUNDS} rounds)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = Path(__file__).with_suffix(".c")
        subprocess.run(["cc", "-O3", "-march=native", "-o", folder / "plain", source], check=True)
        for parties in (2, 6):
            for title, kinds in LINEUPS.items():
                print(compare(folder / "plain", folder, parties, title, kinds), flush=True)


if __name__ == "__main__":
    main()
