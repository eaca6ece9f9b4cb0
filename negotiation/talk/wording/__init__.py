"""Moves in words: sentences of a voice, in English, French and Japanese."""
