"""How parties behave: one file per family of strategies, found by name."""

from negotiation.strategies.base import Strategy
from negotiation.strategies.naming import PERSON, built_in, parts, strategies, strategy

__all__ = ["PERSON", "Strategy", "built_in", "parts", "strategies", "strategy"]
