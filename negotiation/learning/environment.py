"""PettingZoo's AEC interface: one agent at a time, in the order of the rules."""

from __future__ import annotations

from typing import Any

from pettingzoo import AECEnv  # type: ignore[import-untyped]

from negotiation.learning.chairs import Chairs


class Environment(Chairs, AECEnv[str, dict[str, Any], int]):  # type: ignore[misc]  # it has no types
    """Negotiations one after another; agents are the parties that no strategy plays.

    Parameters
    ----------
    max_cycles
        Acts of each agent after which it is truncated: its seat passes from then on. None: the talks end as the rules say.
    case, options
        As for `Talks`.

    An agent is rewarded in the end, or when it is truncated, with what it has gained in points over nothing signed.
    """

    def __init__(self, case: Any = "cloud-for-two", max_cycles: int | None = None, **options: Any) -> None:
        super().__init__()
        self._seat(case, max_cycles, options)
        self.metadata["is_parallelizable"] = False

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Begin the next game, or with a seed the first of a series."""
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos: dict[str, dict[str, Any]] = {agent: {} for agent in self.agents}
        self._acts = dict.fromkeys(self.agents, 0)
        self._skip_agent_selection = None
        self.talks.begin(self._seeds.next(seed))
        self._turn_to_next()

    def observe(self, agent: str) -> dict[str, Any]:
        """Return what an agent sees now, with the mask of its choices."""
        number, talks = self._numbers[agent], self.talks
        if number != talks.mover:
            talks.look(number)
        return self._sight(number)

    def step(self, action: int | None) -> None:
        """Do what the agent whose turn it is chooses."""
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            self._was_dead_step(action)
            return
        self._cumulative_rewards[agent] = 0.0
        self._acts[agent] += 1
        self.talks.choose(int(action))  # type: ignore[arg-type]  # not None while it lives
        if self._acts[agent] == self.max_cycles and self.talks.mover >= 0:
            self._retire(agent)
        self._turn_to_next()

    def _retire(self, agent: str) -> None:
        self.truncations[agent] = True
        self._reward(agent)
        self.talks.silence(self._numbers[agent])

    def _turn_to_next(self) -> None:
        """Ask the next to choose, or tell all who are left that the talks are over."""
        if self.talks.mover >= 0:
            self.agent_selection = self.talks.parties[self.talks.mover]
        else:
            for agent in self.agents:
                if not self.truncations[agent]:
                    self.terminations[agent] = True
                    self._reward(agent)
            self.agent_selection = self.agents[0]
        if any(self.truncations.values()) or any(self.terminations.values()):
            self._deads_step_first()

    def _reward(self, agent: str) -> None:
        gain = float(self.talks.gains()[self._numbers[agent]])
        self.rewards[agent] = gain
        self._cumulative_rewards[agent] += gain

    def close(self) -> None:
        """Do nothing: there is nothing to close."""


def env(**options: Any) -> Environment:
    """Return an environment; the parameters are those of `Environment`."""
    return Environment(**options)
