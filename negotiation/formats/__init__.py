"""Scenario files and saved games: reading and writing."""

from negotiation.formats.scenario_yaml import Source, bundled, case_from, for_a_course, load, loads, shipped

__all__ = ["Source", "bundled", "case_from", "for_a_course", "load", "loads", "shipped"]
