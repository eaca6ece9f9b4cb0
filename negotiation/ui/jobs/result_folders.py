"""The result folders of this server: only those that lie in its results folder, whatever a browser asks for."""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs

from negotiation.errors import SetupError

VARIABLE = "NEGOTIATION_RESULTS"
"""The environment variable that names the folder in which result folders lie."""

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What a new result folder may be called from a page."""

MOST_RUNS = 2_000
"""Runs that a page starts at once; more are for the command line."""


def root() -> Path:
    """The folder in which result folders lie."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else platformdirs.user_data_path("negotiation") / "results"


def folders() -> list[str]:
    """The names of the result folders, those changed last first."""
    if not root().is_dir():
        return []
    home = root().resolve()
    found = [path for path in home.iterdir() if path.resolve().parent == home and (path / "plan.yaml").is_file()]
    return [path.name for path in sorted(found, key=lambda path: (-path.stat().st_mtime, path.name))]


def folder(name: str) -> Path:
    """The result folder with a name.

    Raises
    ------
    SetupError
        When there is none in the results folder; no other place is ever looked at.
    """
    if name not in folders():
        raise SetupError(f"there are no results called {name[:60]!r} here")
    return root() / name


def new_folder(name: str) -> Path:
    """Where results with a new name go.

    Raises
    ------
    SetupError
        When the name is no plain name.
    """
    if not NAME.fullmatch(name):
        raise SetupError(f"the name {name[:60]!r} must be up to 40 small letters, digits and hyphens")
    return root() / name
