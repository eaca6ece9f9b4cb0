"""What the core costs here: CPU time, the best of interleaved repeats. Prints, never fails."""

import platform
import subprocess
import sys
import time
from statistics import median

import numpy as np

from negotiation.formats import load
from negotiation.formats.scenario_yaml import _shipped
from negotiation.game import Game
from negotiation.record import result


def best(calls, number=2000, repeats=7):
    """The least CPU time of one call in microseconds, by name, repeats interleaved."""
    found = dict.fromkeys(calls, float("inf"))
    for _ in range(repeats):
        for name, call in calls.items():
            started = time.process_time()
            for _ in range(number):
                call()
            found[name] = min(found[name], (time.process_time() - started) / number * 1e6)
    return found


def games(protocol, count=60):
    """CPU time of whole flagship games in milliseconds, warm: median and worst."""
    times = []
    for seed in range(count):
        started = time.process_time()
        Game("alliance-2023", protocol=protocol, seed=seed).play()
        times.append((time.process_time() - started) * 1e3)
    return median(times), max(times)


def main():
    case = load("alliance-2023")
    history = dict(case.references["history_2023"].outcome)
    lottery = {**history, **{name: {None: 0.5, history[name]: 0.5} for name in ("ampere", "tech", "horse")}}
    calls = {}
    for party in ("renault", "nissan", "mitsubishi"):
        ours = case.role(party).preferences
        calls[f"score, {party} (goal < 25)"] = lambda ours=ours: ours.score(history)
        calls[f"given alliance (364 deals), {party} (goal < 15)"] = lambda ours=ours: ours.given("alliance", history)
        calls[f"  the same with lotteries, {party}"] = lambda ours=ours: ours.given("alliance", lottery)
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}; CPU time\n")
    for name, value in best(calls).items():
        print(f"{name:<52} {value:7.1f} µs")
    for protocol in ("open-floor", "alternating"):
        middle, worst = games(protocol)
        print(f"{'flagship game, ' + protocol + ' (goal < 20)':<52} {middle:7.1f} ms (worst {worst:.1f})")
    model = Game("alliance-2023", seed=1)
    model.play()
    print(f"{'its result with the whole transcript':<52} {best({'r': lambda: result(model)}, 20)['r'] / 1e3:7.1f} ms")
    _shipped.cache_clear()
    started = time.process_time()
    load("alliance-2023")
    print(f"{'loading the flagship from YAML':<52} {(time.process_time() - started) * 1e3:7.1f} ms")
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "negotiation", "--help"], capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    print(f"{'negotiation --help, wall time (goal < 300)':<52} {min(times) * 1e3:7.1f} ms")


if __name__ == "__main__":
    main()
