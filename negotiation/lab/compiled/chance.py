"""Keyed dice and casting over arrays: `dice.py` and `casting.py` for compiled code."""

from __future__ import annotations

from negotiation.casting import CASTING_TURN
from negotiation.dice import splitmix64
from negotiation.lab.compiled.arrays import Keys, Real, Whole
from negotiation.lab.compiled.compiling import compiled, plain, unsigned64


@plain
def keyed(seed: int, seat: int, turn: int) -> int:
    """Return the key of the dice of a seat in a turn, see `dice.key`."""
    value = splitmix64(unsigned64(seed))
    value = splitmix64(value ^ unsigned64(seat))
    return splitmix64(value ^ unsigned64(turn))


@plain
def uniform(dice: int, number: int) -> float:
    """Return the draw with this number (from 1), uniform in [0, 1), see `Dice.uniform`."""
    bits = splitmix64(splitmix64(dice) ^ unsigned64(number))
    return float(bits >> unsigned64(11)) * 2.0**-53


@plain
def below(dice: int, number: int, n: int) -> int:
    """Return the draw with this number (from 1), uniform over 0 .. n-1, see `Dice.below`; n below 2**31."""
    bits, many = splitmix64(splitmix64(dice) ^ unsigned64(number)), unsigned64(n)
    low = (bits & unsigned64(0xFFFFFFFF)) * many >> unsigned64(32)
    return int(((bits >> unsigned64(32)) * many + low) >> unsigned64(32))


@compiled
def cast(seeds: Keys, odds: Real, fixed: Whole, types: Whole) -> None:
    """Fill in the type of every party (its number) in every run, see `casting.cast`.

    Parameters
    ----------
    odds
        By party and type, its probability; -1 behind the last.
    fixed
        By party, the type decided beforehand; -1: drawn.
    types
        Shape (runs, parties), filled in.
    """
    for run in range(len(seeds)):
        for seat in range(len(fixed)):
            found = fixed[seat]
            if found < 0:
                point, reached, found = uniform(keyed(seeds[run], seat, CASTING_TURN), 1), odds[seat, 0], 0
                while point >= reached and odds[seat, found + 1] >= 0:
                    found += 1
                    reached += odds[seat, found]
            types[run, seat] = found
