"""Keyed dice: a draw is a hash of (seed, seat, turn, draw number), so any turn can be replayed alone.

The hash is splitmix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014),
written once here and called wherever chance is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
"""The odd step of splitmix64: 2**64 divided by the golden ratio."""


def splitmix64(state: int) -> int:
    """Return the 64-bit output of splitmix64 for a 64-bit state.

    Examples
    --------
    >>> hex(splitmix64(0))
    '0xe220a8397b1dcdaf'
    """
    z = (state + GAMMA) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def key(*numbers: int) -> int:
    """Return a 64-bit key that depends on every number and on their order."""
    value = 0
    for number in numbers:
        value = splitmix64(value ^ (number & MASK))
    return value


class Dice:
    """The dice of one seat in one turn; the n-th draw depends on nothing but the key and n."""

    __slots__ = ("_draw", "_key", "_seat")

    def __init__(self, seed: int, seat: int, turn: int) -> None:
        self._key = key(seed, seat, turn)
        self._draw = 0
        self._seat = seed, seat

    def at(self, turn: int) -> Dice:
        """Return the dice of this seed and seat in another turn, nothing drawn yet."""
        return Dice(*self._seat, turn)

    def bits(self) -> int:
        """Return the next 64 random bits, as an integer in [0, 2**64)."""
        self._draw += 1
        return key(self._key, self._draw)

    def uniform(self) -> float:
        """Return the next draw, uniform in [0, 1), in steps of 2**-53."""
        return (self.bits() >> 11) * 2.0**-53

    def below(self, n: int) -> int:
        """Return the next draw, uniform over 0 .. n-1 (bias below n / 2**64)."""
        return (self.bits() * n) >> 64

    def generator(self) -> np.random.Generator:
        """Return a NumPy generator seeded by the next draw, for draws from distributions."""
        import numpy as np

        return np.random.default_rng(self.bits())
