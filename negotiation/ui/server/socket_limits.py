"""Who holds how many sockets: a page left open in every tab, or a program, takes no more than a few."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Held(Generic[T]):
    """What each person holds, of each what was heard of last at the end. For one thread alone.

    Parameters
    ----------
    most
        How many one person may hold.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[Hashable, dict[T, None]] = {}

    def come(self, whose: Hashable, one: T) -> T | None:
        """What has been silent longest and makes room, when there is one too many; whoever comes always gets in."""
        held = self._held.setdefault(whose, {})
        held[one] = None
        if len(held) <= self.most:
            return None
        silent = next(iter(held))
        del held[silent]
        return silent

    def heard(self, whose: Hashable, one: T) -> None:
        """Something was said on this one."""
        held = self._held.get(whose, {})
        if one in held:
            held[one] = held.pop(one)

    def gone(self, whose: Hashable, one: T) -> None:
        """Hold this one no longer."""
        held = self._held.get(whose, {})
        held.pop(one, None)
        if not held:
            self._held.pop(whose, None)
