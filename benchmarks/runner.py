"""What the runner costs: two workers against one, writing, ten kills, memory of a large result. Prints, never fails."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.lab import part_files
from negotiation.lab.part_files import finished, part
from negotiation.lab.plan import read_plan
from negotiation.lab.runner import run
from negotiation.lab.runs import LARGEST_CHUNK, Runs
from negotiation.lab.worker import Worker

RUNS = int(os.environ.get("BENCH_RUNS", "20000"))
COPIES = int(os.environ.get("BENCH_COPIES", "20"))
"""Chunks of 10,000 runs in the large result: 1000 make 10⁷ runs (and take 3 GB of disk and some minutes)."""

PLAN = {
    "format": "negotiation-plan/1",
    "cases": ["alliance-2023"],
    "lineups": {"firm": "boulware", "yielding": "conceder"},
    "replications": RUNS // 2,
}

LOOKS = {
    "nothing": "",
    "opening": "open_results(out).dataset().count_rows()",
    "summing up": "summarise(open_results(out))",
    "reporting": "report(open_results(out))",
}
LOOK = """
import sys
from pathlib import Path
from negotiation.lab.report import report
from negotiation.lab.results import open_results
from negotiation.lab.summary import summarise
out = sys.argv[1]
{}
lines = Path("/proc/self/status").read_text().splitlines()  # a child's ru_maxrss begins at its parent's
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""


def wall(plan, out, workers):
    """Seconds on the clock with the workers' start, and runs a second from the first chunk written to the last."""
    began, told = time.perf_counter(), []
    run(plan, out, workers=workers, progress=lambda done, _: told.append((time.perf_counter(), done)))
    (first, before), (last, after) = told[1], told[-1]
    return time.perf_counter() - began, (after - before) / (last - first)


def writing(plan, out, chunks=10):
    """The shares of processor time and of time on the clock that go into files."""
    for kind in ("runs", "tables"):
        (out / kind).mkdir(parents=True)
    worker, spent = Worker(plan, out, "{}", lambda: False), [0.0, 0.0]

    def timed(*asked):
        before = time.process_time(), time.perf_counter()
        sums = part_files.write(*asked)
        spent[0] += time.process_time() - before[0]
        spent[1] += time.perf_counter() - before[1]
        return sums

    from negotiation.lab import worker as module

    worker.play(0)
    module.write = timed
    before = time.process_time(), time.perf_counter()
    for n in range(min(chunks, worker.runs.chunks)):
        worker.play(n)
    whole = time.process_time() - before[0], time.perf_counter() - before[1]
    module.write = part_files.write
    return spent[0] / whole[0], spent[1] / whole[1]


def killed(plan_file, out, kills=10):
    """Kill a batch of two workers so often, at a random moment after it has begun to write again; then let it end."""
    dice, command = random.Random(1), [sys.executable, "-m", "negotiation", "batch", plan_file, "--out", out]
    done = []
    for _ in range(kills):
        before = len(finished(out))
        with subprocess.Popen([*command, "--workers", "2"], stderr=subprocess.DEVNULL) as batch:
            while batch.poll() is None and len(finished(out)) <= before:
                time.sleep(0.001)
            time.sleep(dice.random() * 0.3)
            batch.send_signal(signal.SIGKILL)
        done.append(len(finished(out)))
    subprocess.run([*command, "--workers", "2"], stdout=subprocess.DEVNULL, check=True)
    return done


def same(one, other):
    """Whether all part files of two folders hold the same bytes."""
    names = sorted(path.relative_to(one) for path in one.glob("*/part-*"))
    return names == sorted(path.relative_to(other) for path in other.glob("*/part-*")) and all(
        (one / name).read_bytes() == (other / name).read_bytes() for name in names
    )


def enlarge(plan, out):
    """Make one played chunk of the largest size into many whose keys differ. Returns how many runs there are."""
    whole = plan.model_copy(update={"replications": LARGEST_CHUNK * COPIES // 2})
    for kind in ("runs", "tables"):
        (out / kind).mkdir(parents=True)
    (out / "plan.yaml").write_text(whole.text(), encoding="utf-8")
    shutil.copy(out.parent / "workers-1" / "versions.json", out)
    shutil.copytree(out.parent / "workers-1" / "cases", out / "cases")
    worker = Worker(whole, out, "{}", lambda: False)
    worker.runs.chunk = LARGEST_CHUNK
    part_files.note(out, worker.play(0))
    first = {kind: pq.read_table(out / part(kind, 0)) for kind in ("runs", "tables")}
    keys = {kind: table["key"].to_pylist() for kind, table in first.items()}
    for n in range(1, COPIES):
        other = {
            kind: table.set_column(0, "key", pa.array([f"{n:06x}{key[6:]}" for key in keys[kind]]))
            for kind, table in first.items()
        }
        part_files.note(out, part_files.Done(n, LARGEST_CHUNK, 0, 0.0, sums=part_files.write(out, n, [other], "")))
    return LARGEST_CHUNK * COPIES


def look(out, what):
    """Megabytes resident at most, and seconds, of a process that does this with a result."""
    began = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", LOOK.format(what), str(out)], capture_output=True, text=True, check=True
    )
    return int(told.stdout.split()[-1]) // 1024, time.perf_counter() - began


def main():
    plan, folder = read_plan(PLAN), Path(tempfile.mkdtemp())
    try:
        wall(plan.model_copy(update={"replications": 200}), folder / "warm", 1)
        (one, alone), (two, both) = (wall(plan, folder / f"workers-{n}", n) for n in (1, 2))
        lines = (folder / "workers-1" / "chunks.jsonl").read_text(encoding="utf-8").splitlines()
        spent = sum(json.loads(line)["seconds"] for line in lines)
        print(
            f"{len(Runs(plan)):,} flagship games: {one:.1f} s with one worker ({spent:.1f} s processor), {two:.1f} s with two: "
            f"{one / two:.2f} ×; once they have started {both / alone:.2f} × (goal 1.8 on an idle machine)"
        )
        processor, clock = writing(plan, folder / "writing")
        print(f"writing results: {processor:.1%} of processor time, {clock:.1%} of time on the clock (goal < 10 %)")
        file = folder / "plan.yaml"
        file.write_text(plan.text(), encoding="utf-8")
        done = killed(file, folder / "killed")
        print(f"ten kills, with {done} of {Runs(plan).chunks} chunks there")
        alike = [same(folder / "workers-1", folder / name) for name in ("workers-2", "killed")]
        print(f"same bytes as with one worker: {alike[0]} with two, {alike[1]} after ten kills")
        count = enlarge(plan, folder / "large")
        for name, what in LOOKS.items():
            megabytes, seconds = look(folder / "large", what)
            print(f"{name} {count:,} runs: {megabytes} MB resident at most (goal < 500, flat), {seconds:.0f} s")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
