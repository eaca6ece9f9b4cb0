"""What the runner costs: two workers against one, writing against playing, memory of a large result. Prints, never fails."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from negotiation.lab.plan import read_plan
from negotiation.lab.results import open_results, part, write
from negotiation.lab.runner import run
from negotiation.lab.runs import Runs
from negotiation.lab.worker import Worker

PLAN = {
    "format": "negotiation-plan/1",
    "cases": ["alliance-2023"],
    "lineups": {"firm": "boulware", "yielding": "conceder"},
    "replications": int(os.environ.get("BENCH_RUNS", "2000")),
}
COPIES = int(os.environ.get("BENCH_COPIES", "100"))
"""Chunks of 10,000 runs in the large result: 1000 make 10⁷ runs."""

COUNT = """
import resource, sys
from negotiation.lab.results import open_results
from negotiation.lab.summary import summarise
found = summarise(open_results(sys.argv[1]))
print(found.runs, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def wall(plan, out, workers):
    """Seconds on the clock, a worker's start included."""
    began = time.perf_counter()
    run(plan, out, workers=workers)
    return time.perf_counter() - began


def writing(plan, out):
    """The share of a chunk's processor time that goes into its files."""
    (out / "runs").mkdir(parents=True)
    (out / "tables").mkdir()
    worker, found = Worker(plan, out, lambda: False), []
    keep = worker.keep
    worker.keep = lambda number, parts, began: (found.append(parts), keep(number, parts, began))[1]
    worker.chunk(0)
    began = time.process_time()
    worker.chunk(0)
    whole, began = time.process_time() - began, time.process_time()
    write(out, 0, found[-1], worker.shapes)
    return (time.process_time() - began) / whole


def large(plan, out):
    """Runs and megabytes of a process that sums up a result of many copies of one chunk."""
    run(plan, out)
    runs = Runs(plan)
    for kind in ("runs", "tables"):
        table = pq.read_table([out / part(kind, n) for n in range(runs.chunks)])
        rows = 10_000 if kind == "runs" else 60_000
        whole = table.take([n % len(table) for n in range(rows)])
        for file in (out / kind).iterdir():
            file.unlink()
        pq.write_table(whole, out / part(kind, 0))
        for n in range(1, COPIES):
            os.link(out / part(kind, 0), out / part(kind, n))
    began = time.perf_counter()
    told = subprocess.run([sys.executable, "-c", COUNT, str(out)], capture_output=True, text=True, check=True).stdout
    return (*map(int, told.split()), time.perf_counter() - began)


def main():
    plan, folder = read_plan(PLAN), Path(tempfile.mkdtemp())
    try:
        wall(plan.model_copy(update={"replications": 20}), folder / "warm", 1)
        one, two = (wall(plan, folder / f"workers-{n}", n) for n in (1, 2))
        same = all(
            a.read_bytes() == (folder / "workers-2" / "runs" / a.name).read_bytes()
            for a in (folder / "workers-1" / "runs").iterdir()
        )
        spent = [
            json.loads(line)["seconds"] for line in (folder / "workers-1" / "timings.jsonl").read_text().splitlines()
        ]
        print(
            f"{len(Runs(plan)):,} flagship games: {one:.1f} s with one worker ({sum(spent):.1f} s processor), {two:.1f} s with two"
        )
        print(
            f"two workers against one, their start included (floor 1.8 on an idle machine): {one / two:.2f} ×; same bytes: {same}"
        )
        print(f"writing results (goal < 10 % of run time): {writing(plan, folder / 'writing'):.1%}")
        count, megabytes, seconds = large(plan, folder / "large")
        print(f"summing up {count:,} runs: {megabytes} MB resident at most (goal < 500), {seconds:.0f} s")
        print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB resident at most")
        assert open_results(folder / "large")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
