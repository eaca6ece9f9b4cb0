"""How parties behave: one file per family of strategies, found by name."""

from negotiation.strategies.base import Strategy
from negotiation.strategies.naming import parts, strategies, strategy

__all__ = ["Strategy", "parts", "strategies", "strategy"]
