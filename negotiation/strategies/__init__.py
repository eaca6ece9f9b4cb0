"""Strategies, the behaviour of parties: one file per family, found by name."""

from negotiation.strategies.base import Strategy
from negotiation.strategies.naming import MODEL, PERSON, built_in, parts, served, strategies, strategy

__all__ = ["MODEL", "PERSON", "Strategy", "built_in", "parts", "served", "strategies", "strategy"]
