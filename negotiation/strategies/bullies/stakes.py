"""How much one has at stake at each of one's tables, seen alone."""

from __future__ import annotations

from negotiation.view import View


def by_stakes(view: View) -> tuple[str, ...]:
    """Return the tables where I have a seat, by the gain of my best deal there over none, the largest last.

    Links count as if all else stayed unsigned; equal ones stay in the order of the case. What is signed does not change it.
    """
    gains = {}
    for name in view.scenario.at(view.me):
        points = view.preferences.given(name, {})
        mine = points[:-1][view.scenario.tables[name].may_sign(view.me)]
        gains[name] = float(mine.max(initial=points[-1]) - points[-1])
    return tuple(sorted(gains, key=lambda name: gains[name]))
