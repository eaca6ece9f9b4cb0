"""Agents that reproduce recorded runs of other programs to the letter: to check our rules by, not to play or to study with."""
