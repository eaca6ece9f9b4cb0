"""The one clock of a class: data, not a thread, so that every server process reads the same time off it.

Times are seconds since 1970 by the servers' own clocks; several servers keep them together (NTP).
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a phase: how long it has run, and how long it may.

    Attributes
    ----------
    length
        Seconds that the phase lasts, pauses left out; None for no limit.
    since
        When it was last set going; None while it stands.
    spent
        Seconds that had passed before `since`.
    """

    length: float | None = None
    since: float | None = None
    spent: float = 0.0

    def elapsed(self, now: float) -> float:
        """Return the seconds that the phase has run, without pauses."""
        return self.spent + (0.0 if self.since is None else max(0.0, now - self.since))

    def left(self, now: float) -> float | None:
        """Return the seconds until time is out, at least 0; None without a limit."""
        return None if self.length is None else max(0.0, self.length - self.elapsed(now))

    def out(self, now: float) -> bool:
        """Return whether time is out; a clock that stands never runs out."""
        return self.length is not None and self.since is not None and self.elapsed(now) >= self.length

    def deadline(self) -> float | None:
        """Return the time at which the limit is reached, for a countdown; None without a limit or while paused."""
        return None if self.length is None or self.since is None else self.since + self.length - self.spent

    def rounds_due(self, now: float, seconds: float | None) -> int:
        """Return how many rounds of so many seconds are over; 0 if rounds have no length."""
        return int(self.elapsed(now) // seconds) if seconds else 0

    def paused(self, now: float) -> Clock:
        """Return this clock paused at `now`."""
        return replace(self, since=None, spent=self.elapsed(now))

    def resumed(self, now: float) -> Clock:
        """Return this clock running since `now`, or unchanged if it runs already."""
        return self if self.since is not None else replace(self, since=now)

    def extended(self, seconds: float, now: float) -> Clock:
        """Return this clock with `seconds` more (or less, but never below what has run); without a limit one is set."""
        passed = self.elapsed(now)
        return replace(self, length=max(passed, (passed if self.length is None else self.length) + seconds))
