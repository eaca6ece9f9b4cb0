"""Limits on sockets: a page left open in every tab, or a program, takes no more than a few."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Held(Generic[T]):
    """The things that each person holds, the last heard of at the end; for one thread alone.

    Parameters
    ----------
    most
        How many things one person may hold.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[Hashable, dict[T, None]] = {}

    def come(self, whose: Hashable, one: T) -> T | None:
        """Hold one more; return the one that has been silent longest if it has to make room, else None."""
        held = self._held.setdefault(whose, {})
        held[one] = None
        if len(held) <= self.most:
            return None
        silent = next(iter(held))
        del held[silent]
        return silent

    def heard(self, whose: Hashable, one: T) -> None:
        """Note that something was said on this one."""
        held = self._held.get(whose, {})
        if one in held:
            held[one] = held.pop(one)

    def gone(self, whose: Hashable, one: T) -> None:
        """Hold this one no longer."""
        held = self._held.get(whose, {})
        held.pop(one, None)
        if not held:
            self._held.pop(whose, None)
