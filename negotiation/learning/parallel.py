"""PettingZoo's parallel interface: all agents at once."""

from __future__ import annotations

from typing import Any

from gymnasium import spaces
from pettingzoo import ParallelEnv  # type: ignore[import-untyped]

from negotiation.learning.environment import Seeds, spaces_of
from negotiation.learning.talks import Talks
from negotiation.reports.talk_text import talk_text


class ParallelEnvironment(ParallelEnv[str, dict[str, Any], int]):  # type: ignore[misc]  # it has no types
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
        self.metadata = {"name": "negotiation_v0", "render_modes": ["ansi"]}
        self.render_mode = "ansi"
        self.talks = Talks(case, **options)
        self.max_cycles = max_cycles
        self.possible_agents = list(self.talks.learners)
        self.agents: list[str] = []
        self._numbers = {party: self.talks.parties.index(party) for party in self.possible_agents}
        self._spaces = {party: spaces_of(self.talks.menu) for party in self.possible_agents}
        self._seeds = Seeds()

    def observation_space(self, agent: str) -> spaces.Space[Any]:
        """Return what an agent sees, with the mask of its choices."""
        return self._spaces[agent][0]

    def action_space(self, agent: str) -> spaces.Space[Any]:
        """Return the choices of an agent."""
        return self._spaces[agent][1]

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
        return {
            agent: {
                "observation": self.talks.seen[number].copy(),
                "action_mask": self.talks.allowed[number].copy(),
            }
            for agent, number in self._numbers.items()
        }

    def render(self) -> str:
        """Return the talks so far, round by round."""
        return talk_text(self.talks.game())


def parallel_env(**options: Any) -> ParallelEnvironment:
    """Return a parallel environment; the parameters are those of `ParallelEnvironment`."""
    return ParallelEnvironment(**options)
