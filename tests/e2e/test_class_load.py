"""The classroom's measurements still work: six people, seconds. What is lost, doubled, wrongly taken or crashes fails here too."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "benchmarks" / "classroom.py"


def test_a_class_that_is_killed_and_attacked_loses_nothing():
    command = [sys.executable, str(SCRIPT), "--smoke", "--check", "--rows", "kill,attack"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "lost 0, doubled 0" in done.stdout
    assert "accepted wrongly 0, crashes 0" in done.stdout
