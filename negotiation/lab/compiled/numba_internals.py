"""The internals of numba that this package relies on: all of them are here, and tested by themselves.

Compiled code on disk is taken only from the folder that is named, and only as it was written there; and compiled code need
not count who holds its arrays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import numba
from numba import types
from numba.core import caching
from numba.np.arrayobj import make_array, populate_array

Numba: TypeAlias = Any
"""What only numba and NumPy know while it runs: types of compiled code, contexts and builders of the compiler, compiled
functions, and records, whose fields are declared as a NumPy type. Neither package has types for them that mypy could read."""

UNCOUNTED = {"_nrt": False}
"""Compiled code makes no arrays, it fills those it is given; so it need not count who holds them, which costs most of the time."""

config: Any = numba.config

_Function: Any = caching.FunctionCache
_Place: Any = caching.CompileResultCacheImpl


class _Named(_Place):  # type: ignore[misc]  # some versions of numba have types, some not
    """A locator of numba's code: in the folder it is told, never beside the sources, where old code may be."""

    _locator_classes: ClassVar[list[Any]] = [one for one in _Place._locator_classes if "UserProvided" in one.__name__]


class Kept(_Function):  # type: ignore[misc]
    """numba's cache of one function with a checksum of each of its files; what does not fit is compiled anew.

    numba itself unpickles whatever it finds: a file that was cut short ends the program at every start.

    Raises
    ------
    RuntimeError
        When nothing can be kept in the folder.
    """

    _impl_class = _Named

    @property
    def seal(self) -> Path:
        """Return the file of checksums."""
        return Path(self.cache_path) / f"{self._impl.filename_base}.sums"

    def load_overload(self, sig: Numba, target_context: Numba) -> Numba:
        """Return the compiled function for a signature; None if there is none, or it is not what was written."""
        if self.sound():
            return super().load_overload(sig, target_context)
        for file in self._files():
            with suppress(OSError):
                file.unlink()
        return None

    def save_overload(self, sig: Numba, data: Numba) -> None:
        """Store a compiled function; without room for it, it is not stored and nothing else happens."""
        with suppress(OSError):
            super().save_overload(sig, data)
            self.seal.write_text(json.dumps(self._sums()), encoding="utf-8")

    def sound(self) -> bool:
        """Return whether something is kept here, and all of it is as it was written."""
        try:
            return bool(sums := self._sums()) and json.loads(self.seal.read_text(encoding="utf-8")) == sums
        except (OSError, ValueError):
            return False

    def _files(self) -> list[Path]:
        return sorted(Path(self.cache_path).glob(f"{self._impl.filename_base}.*nb[ic]"))

    def _sums(self) -> dict[str, str]:
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in self._files()}


def keep(made: Numba, function: Callable[..., object], folder: str) -> None:
    """Have numba store compiled code in a folder; if that cannot be written, every process compiles anew."""
    before = config.CACHE_DIR
    try:
        config.CACHE_DIR = folder
        made._cache = Kept(function)
    except RuntimeError:
        pass
    finally:
        config.CACHE_DIR = before


def kept(made: Numba) -> bool:
    """Return whether a compiled function need not be compiled any more, in this process or on this machine."""
    return bool(made.signatures) or (isinstance(made._cache, Kept) and made._cache.sound())


def array_at(context: Numba, builder: Numba, kind: Numba, address: Numba, many: Numba) -> Numba:
    """Write the instructions that make an array of `many` numbers at an address.

    numba promises `carray` for this, which is compiled as a function that returns an array: that needs counting.
    """
    new: Any = make_array
    fill: Any = populate_array
    array = new(kind)(context, builder)
    item = context.get_constant(types.intp, kind.dtype.bitwidth // 8)
    pointer = builder.inttoptr(address, context.get_data_type(kind.dtype).as_pointer())
    fill(array, pointer, [many], [item], item, None)
    return array._getvalue()
