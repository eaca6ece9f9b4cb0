"""Agents that reproduce recorded runs of other programs to the letter: to check rules by, not to play or study."""
