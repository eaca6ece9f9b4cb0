"""PettingZoo's parallel interface: all agents at once."""

from __future__ import annotations

from typing import Any

from pettingzoo import ParallelEnv  # type: ignore[import-untyped]

from negotiation.learning.chairs import Chairs


class ParallelEnvironment(Chairs, ParallelEnv[str, dict[str, Any], int]):  # type: ignore[misc]  # it has no types
    """Negotiations one after another, in which all agents choose at once what they do when their turn comes.

    A step goes once around: in the order of the rules everybody's choice is done; what has become impossible meanwhile is a
    pass. It ends when somebody would be asked twice; choices that nobody has asked for by then are left out.

    Parameters
    ----------
    max_cycles
        Steps after which all agents are truncated; None: the talks end as the rules say.
    case, options
        As for `Talks`.
    """

    def __init__(self, case: Any = "cloud-for-two", max_cycles: int | None = None, **options: Any) -> None:
        self._seat(case, max_cycles, options)

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
        """Begin the next game, or with a seed the first of a series."""
        self.agents = list(self.possible_agents)
        self._cycles = 0
        self.talks.begin(self._seeds.next(seed))
        return self._seen(), {agent: {} for agent in self.agents}

    def step(self, actions: dict[str, int]) -> tuple[Any, Any, Any, Any, Any]:
        """Go once around."""
        talks, asked = self.talks, set[int]()
        while talks.mover >= 0 and talks.mover not in asked:
            asked.add(talks.mover)
            talks.choose(int(actions[talks.parties[talks.mover]]))
        self._cycles += 1
        over, late = talks.mover < 0, self._cycles == self.max_cycles
        gains = talks.gains() if over or late else [0.0] * len(talks.parties)
        everybody = self.agents
        rewards = {agent: float(gains[self._numbers[agent]]) for agent in everybody}
        seen = self._seen()
        if over or late:
            self.agents = []
        return (
            seen,
            rewards,
            dict.fromkeys(everybody, over),
            dict.fromkeys(everybody, late and not over),
            {agent: {} for agent in everybody},
        )

    def _seen(self) -> dict[str, dict[str, Any]]:
        for number in self._numbers.values():
            self.talks.look(number)
        return {agent: self._sight(number) for agent, number in self._numbers.items()}


def parallel_env(**options: Any) -> ParallelEnvironment:
    """Return a parallel environment; the parameters are those of `ParallelEnvironment`."""
    return ParallelEnvironment(**options)
