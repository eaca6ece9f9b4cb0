"""The store of compiled code, and the making of compiled functions from plain ones."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from inspect import isfunction
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
import platformdirs
from numba.extending import overload, register_jitable

from negotiation import dice
from negotiation.lab.compiled.numba_internals import UNCOUNTED, Numba, config, keep, kept
from negotiation.strategies import behaviour_rules, decision_rules, frequency_rules, menu
from negotiation.strategies.peers import textbook

F = TypeVar("F", bound=Callable[..., Any])

RULES = (decision_rules, behaviour_rules, frequency_rules, textbook)
"""Decision rules, which strategies share with compiled code."""

FOLDER = Path(__file__).parent


def plain(function: F) -> F:
    """Return a function that stays as it is in Python, and is compiled where compiled code calls it."""
    register_jitable(**UNCOUNTED)(function)
    return function


def compiled(function: F) -> F:
    """Return a function to start from: compiled on its first call, kept on disk for the next process.

    numba looks at the file of the function alone to see whether what is kept is still good; so the folder is named
    after all that goes into it.
    """
    compiler: Any = numba.njit
    made = compiler(nogil=True, **UNCOUNTED)(function)
    keep(made, function, str(folder()))
    return cast(F, made)


def folder() -> Path:
    """Return the folder of compiled code, one for each state of the sources, below `NUMBA_CACHE_DIR` if that is set."""
    texts = hashlib.sha256(numba.__version__.encode())
    for path in sorted([*FOLDER.glob("*.py"), *(Path(str(module.__file__)) for module in (*RULES, dice, menu))]):
        texts.update(path.read_bytes())
    home = config.CACHE_DIR or platformdirs.user_cache_dir("alliance-negotiation")
    return Path(home) / f"compiled-{texts.hexdigest()[:16]}"


def announce(function: object) -> None:
    """Say on standard error that a function is about to be compiled, if it has not been on this machine."""
    if not kept(function):
        sys.stderr.write("compiling the engine; this happens once and takes about half a minute\n")


def unsigned64(number: int) -> int:
    """Return a number modulo 2**64, of the kind that wraps around in compiled code."""
    return int(number) & dice.MASK


@overload(unsigned64)
def _unsigned64(number: Numba) -> Numba:
    def made(number: Numba) -> Numba:
        return np.uint64(number)

    return made


for module in RULES:
    for rule in (value for value in vars(module).values() if isfunction(value) and value.__module__ == module.__name__):
        plain(rule)
plain(dice.splitmix64)
