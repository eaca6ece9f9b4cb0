"""The laboratory: many negotiations at once, and what they say together."""

from negotiation.errors import needs

needs("pyarrow", "lab")
