"""Scenario files and saved games, in and out."""

from negotiation.formats.scenario_yaml import bundled, load, loads, shipped

__all__ = ["bundled", "load", "loads", "shipped"]
