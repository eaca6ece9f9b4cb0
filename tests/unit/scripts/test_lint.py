"""The scripts of a page are free of what a linter knows to be wrong: a name that nobody defines, a variable for nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from negotiation.lab.benchmark import page
from negotiation.ui.common import focus
from negotiation.ui.server import live

OXLINT = shutil.which("oxlint", path=str(Path(sys.executable).parent)) or shutil.which("oxlint")
RULES = Path(__file__).parents[2] / "data" / "oxlint.json"
WRONG = "const unused = 1; missing(2);"

pytestmark = pytest.mark.skipif(not OXLINT, reason="oxlint is not installed: make setup, or pip install oxlint")


def complaints(folder, script):
    """What the linter says of a script; nothing if it has no complaint."""
    (folder / "script.js").write_text(script, encoding="utf-8")
    command = [OXLINT, "--config", RULES, "--format", "unix", folder / "script.js"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout if found.returncode else ""


@pytest.mark.parametrize("script", [live.SCRIPT, focus.SCRIPT, page.SCRIPT], ids=["live", "focus", "benchmark"])
def test_the_linter_has_no_complaint(tmp_path, script):
    assert complaints(tmp_path, script) == ""


def test_the_linter_would_complain(tmp_path):
    found = complaints(tmp_path, live.SCRIPT + WRONG)
    assert "no-undef" in found
    assert "no-unused-vars" in found
