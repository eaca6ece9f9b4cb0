"""The result folders of this server: only folders inside its results folder, whatever a browser asks for."""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs

from negotiation.errors import SetupError
from negotiation.language import phrase

VARIABLE = "NEGOTIATION_RESULTS"
"""The environment variable that names the folder in which result folders lie."""

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What a new result folder may be called from a page."""

MOST_RUNS = 2_000
"""Runs that a page starts at once; more are for the command line."""


def root() -> Path:
    """Return the folder in which result folders lie."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else platformdirs.user_data_path("negotiation") / "results"


def folders() -> list[str]:
    """Return the names of the result folders, the last changed first."""
    if not root().is_dir():
        return []
    home = root().resolve()
    found = [path for path in home.iterdir() if path.resolve().parent == home and (path / "plan.yaml").is_file()]
    return [path.name for path in sorted(found, key=lambda path: (-path.stat().st_mtime, path.name))]


def folder(name: str) -> Path:
    """Return the result folder with a name.

    Raises
    ------
    SetupError
        When there is none in the results folder; no other place is ever looked at.
    """
    if name not in folders():
        raise SetupError(phrase("there are no results called {name!r} here", name=name[:60]))
    return root() / name


def new_folder(name: str) -> Path:
    """Return the path for results under a new name.

    Raises
    ------
    SetupError
        When the name is no plain name.
    """
    if not NAME.fullmatch(name):
        raise SetupError(phrase("the name {name!r} must be up to 40 small letters, digits and hyphens", name=name[:60]))
    return root() / name
