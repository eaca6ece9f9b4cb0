"""The analysis of a case or a log: pure functions, nothing kept."""
