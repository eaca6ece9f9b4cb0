"""What both interfaces of PettingZoo have in common: the agents, what they see and may choose, and the seeds of their games."""

from __future__ import annotations

from typing import Any

import numpy as np
from gymnasium import spaces

from negotiation.learning.talks import Talks, next_seed
from negotiation.reports.talk_text import talk_text
from negotiation.strategies.menu import MOST_SEEN, Menu


def spaces_of(menu: Menu) -> tuple[spaces.Dict, spaces.Discrete]:
    """Return what an agent sees, with the mask of its choices, and its choices."""
    sight = spaces.Box(-MOST_SEEN, MOST_SEEN, (menu.seen,), np.float32)
    mask = spaces.Box(0, 1, (menu.choices,), np.int8)
    return spaces.Dict({"observation": sight, "action_mask": mask}), spaces.Discrete(menu.choices)


class Seeds:
    """The seeds of one game after another: those of a given first seed, or of one that is drawn."""

    def __init__(self) -> None:
        self.first: int | None = None
        self.games = 0

    def next(self, seed: int | None) -> int:
        """Return the seed of the next game; a given one begins anew."""
        if seed is not None or self.first is None:
            self.first = int(np.random.default_rng().integers(2**32)) if seed is None else int(seed)
            self.games = 0
        self.games += 1
        return next_seed(self.first, self.games)


class Chairs:
    """The agents of an environment: the parties that no strategy plays."""

    talks: Talks
    agents: list[str]

    def _seat(self, case: Any, max_cycles: int | None, options: dict[str, Any]) -> None:
        """Prepare the talks and the seats of those who learn."""
        self.metadata: dict[str, Any] = {"name": "negotiation_v0", "render_modes": ["ansi"]}
        self.render_mode = "ansi"
        self.talks = Talks(case, **options)
        self.max_cycles = max_cycles
        self.possible_agents = list(self.talks.learners)
        self.agents = []
        self._numbers = {party: self.talks.parties.index(party) for party in self.possible_agents}
        self._spaces = {party: spaces_of(self.talks.menu) for party in self.possible_agents}
        self._seeds = Seeds()

    def observation_space(self, agent: str) -> spaces.Space[Any]:
        """Return what an agent sees, with the mask of its choices."""
        return self._spaces[agent][0]

    def action_space(self, agent: str) -> spaces.Space[Any]:
        """Return the choices of an agent."""
        return self._spaces[agent][1]

    def render(self) -> str:
        """Return the talks so far, round by round."""
        return talk_text(self.talks.game())

    def _sight(self, number: int) -> dict[str, Any]:
        """Return what a party was last shown, with the mask of its choices."""
        return {"observation": self.talks.seen[number].copy(), "action_mask": self.talks.allowed[number].copy()}
