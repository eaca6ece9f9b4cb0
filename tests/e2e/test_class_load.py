"""The classroom's measurements still work: six people, seconds. What is lost, doubled, leaked or crashes fails here too."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "benchmarks" / "classroom.py"


def test_the_table_is_printed_and_nothing_is_lost_or_leaked():
    command = [sys.executable, str(SCRIPT), "--smoke", "--check", "--rows", "rush,kill,privacy"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 4, done.stdout
    assert "did not come to an end" not in done.stdout


def test_an_attack_comes_to_nothing():
    command = [sys.executable, str(SCRIPT), "--smoke", "--check", "--rows", "attack"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "accepted wrongly 0, crashes 0" in done.stdout
