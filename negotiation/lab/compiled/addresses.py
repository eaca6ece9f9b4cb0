"""Arrays by their address, so that compiled code is given one record instead of many arrays.

An array is seven numbers to compiled code (where it is, how long, how wide ...). A function that is handed fifteen of them spends more
time on passing them on than on its work. So everything about a game lies in one record (`game.GAME`) that holds
the addresses of the arrays whose length depends on the case, and `wholes` and `reals` make arrays of them where
they are read. The maker of such a record keeps the arrays alive, and gives the right lengths: nothing checks them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from numba import types
from numba.extending import lower_builtin, type_callable

from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.numba_internals import Numba, array_at

ITEM = 8
"""Bytes of a number: all are 64 bits wide but for what policies see."""


def wholes(address: int, many: int) -> Whole:
    """Return `many` whole numbers at an address as an array, to read and to write."""
    return _seen(int(address), int(many), ctypes.c_int64)


def reals(address: int, many: int) -> Real:
    """Return `many` real numbers at an address as an array, to read and to write."""
    return _seen(int(address), int(many), ctypes.c_double)


def floats(address: int, many: int) -> npt.NDArray[np.float32]:
    """Return `many` short real numbers at an address as an array, to read and to write."""
    return _seen(int(address), int(many), ctypes.c_float)


def flags(address: int, many: int) -> npt.NDArray[np.int8]:
    """Return `many` bytes at an address as an array, to read and to write."""
    return _seen(int(address), int(many), ctypes.c_int8)


@lru_cache(maxsize=4096)
def _seen(address: int, many: int, kind: Numba) -> Numba:
    return np.ctypeslib.as_array(ctypes.cast(address, ctypes.POINTER(kind)), (many,))


def make_compiled(function: Callable[..., object], number: Numba) -> None:
    """Teach the compiler to make the array of `function`."""
    kind = types.Array(number, 1, "C")
    lower: Numba = lower_builtin
    typed: Numba = type_callable

    def made(context: Numba, builder: Numba, signature: Numba, given: Numba) -> Numba:
        return array_at(context, builder, kind, *given)

    typed(function)(lambda context: lambda address, many: kind)
    lower(function, types.Integer, types.Integer)(made)


make_compiled(wholes, types.int64)
make_compiled(reals, types.float64)
make_compiled(floats, types.float32)
make_compiled(flags, types.int8)
