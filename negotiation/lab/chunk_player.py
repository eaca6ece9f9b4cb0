"""The interface of what plays chunks, in any process."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

T = TypeVar("T")

TRIES = 2
"""How often a chunk is given to a worker before it is given up."""


class Player(ABC, Generic[T]):
    """A player of chunks, by their numbers."""

    @abstractmethod
    def play(self, chunk: int) -> T:
        """Play a chunk, and return its result."""
