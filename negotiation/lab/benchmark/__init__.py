"""A benchmark of negotiators: fixed suites, figures kept apart, ratings with intervals, and a page to look at them."""
