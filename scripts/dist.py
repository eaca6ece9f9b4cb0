"""Builds wheel and sdist and tries each as a stranger would, in a new environment outside the checkout: `make dist`."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PLAN = """\
format: negotiation-plan/1
cases: [cloud-for-two]
lineups: {even: linear, firm: boulware}
replications: 20
"""
COMMANDS = (
    "run alliance-2023 --seed 1 --log game.jsonl",
    "replay game.jsonl",
    "analyze cloud-for-two --parties kaido nimbus --html picture.html",
    "handouts cloud-for-two --out papers",
    "batch plan.yaml --out results",
    "report results",
)
ROWS = (
    "import negotiation as ng; from importlib.metadata import version; assert version('alliance-negotiation') == ng.__version__; \
print(len(ng.batch('plan.yaml', 'results').frame()), 'rows in', ng.__file__)"
)
WAIT = 120
"""Seconds that a server may take to answer."""


def built() -> list[Path]:
    """Wheel and sdist, the wheel made from the checkout as it is committed, the sdist too."""
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "checkout"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clean)], check=True)
        subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(DIST)], check=True, cwd=clean)
    return sorted(path for path in DIST.iterdir() if path.suffix in (".whl", ".gz"))


def whole(package: Path) -> None:
    """Stop where a file of the package that git knows is not in what was built."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            there = {*wheel.namelist()}
    else:
        with tarfile.open(package) as sdist:
            there = {name.split("/", 1)[-1] for name in sdist.getnames()}
    known = subprocess.run(["git", "ls-files", "negotiation"], check=True, cwd=ROOT, capture_output=True, text=True)
    if lacking := sorted({*known.stdout.splitlines()} - there):
        sys.exit(f"{package.name} lacks {', '.join(lacking)}")


def served(command: list[str], folder: Path) -> str:
    """Return what `negotiation play` says of its health once it answers, and end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*command, "play", "--no-browser", "--port", str(port)], cwd=folder)
    try:
        until = time.monotonic() + WAIT
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                    return str(answer.read().decode())
            except (urllib.error.URLError, OSError):
                if server.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.5)
    finally:
        server.terminate()
        server.wait()


def tried(package: Path, folder: Path) -> None:
    """Install the package into an environment of its own and use it; whatever fails stops everything."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(package)], check=True)
    command = [str(folder / "venv" / "bin" / "negotiation")]
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    for words in COMMANDS:
        print(f"  negotiation {words}", flush=True)
        subprocess.run([*command, *words.split()], check=True, cwd=folder, stdout=subprocess.DEVNULL)
    subprocess.run([python, "-c", ROWS], check=True, cwd=folder)
    print("  negotiation play:", served(command, folder), flush=True)


def main() -> None:
    """Build, try, and write the checksums of all that lies in dist."""
    for old in DIST.glob("alliance_negotiation-*"):
        old.unlink()
    for package in built():
        whole(package)
        print(f"{package.name}: {package.stat().st_size // 1024} KB", flush=True)
        folder = Path(tempfile.mkdtemp(prefix="negotiation-"))
        os.environ |= {"XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache")}
        os.environ.pop("PYTHONPATH", None)
        try:
            tried(package, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(DIST.glob("*.*"))]
    (DIST / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    main()
