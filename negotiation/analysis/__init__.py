"""What can be said about a case or a log: pure functions, nothing kept."""
