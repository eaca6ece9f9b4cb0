"""What people type, read as moves: precision first, for a wrong meaning is worse than none."""
