"""The laboratory: many negotiations at once, and what they say together."""
