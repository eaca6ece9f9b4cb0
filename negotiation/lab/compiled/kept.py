"""Compiled code on disk: taken only from the folder that is named, and only as it was written there."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from numba.core import caching

_Function: Any = caching.FunctionCache
_Place: Any = caching.CompileResultCacheImpl


class _Named(_Place):  # type: ignore[misc]  # some versions of numba have types, some not
    """Where numba looks: in the folder it is told, never beside the sources, where old code would be found again."""

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

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the compiled function for a signature; None if there is none, or it is not what was written."""
        if self.sound():
            return super().load_overload(sig, target_context)
        for file in self._files():
            with suppress(OSError):
                file.unlink()
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled function; where there is no room for it, it is only not kept."""
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
