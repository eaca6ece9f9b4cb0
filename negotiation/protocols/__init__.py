"""The protocols, which say who may act when: one file each, found by name."""

from negotiation.discovery import find
from negotiation.protocols.base import MOST_ROUNDS, Protocol


def protocols() -> dict[str, type[Protocol]]:
    """Return every protocol in this folder, by name."""
    return find("negotiation.protocols", Protocol)  # type: ignore[type-abstract]  # only subclasses come back


__all__ = ["MOST_ROUNDS", "Protocol", "protocols"]
