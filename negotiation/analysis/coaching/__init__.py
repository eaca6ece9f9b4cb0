"""A coach for one seat: how to prepare, what a draft would do, and what to do now, from nothing but what that seat may know."""
