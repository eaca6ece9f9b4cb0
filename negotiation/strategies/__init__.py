"""Strategies, the behaviour of parties: one file per family, found by name."""

from negotiation.strategies.base import Strategy
from negotiation.strategies.naming import PERSON, built_in, parts, strategies, strategy

__all__ = ["PERSON", "Strategy", "built_in", "parts", "strategies", "strategy"]
