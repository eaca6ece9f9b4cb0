"""Scenario files and saved games, in and out."""

from negotiation.formats.scenario_yaml import Source, bundled, case_from, load, loads, shipped

__all__ = ["Source", "bundled", "case_from", "load", "loads", "shipped"]
