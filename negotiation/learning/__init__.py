"""The talks as an environment for agents that learn: PettingZoo's two interfaces over the compiled engine.

`env` asks one agent at a time, in the order of the rules (AEC); `parallel_env` asks all at once. Both need the extra `learn`.
"""

from negotiation.errors import needs

needs("pettingzoo", "learn")

from negotiation.learning.environment import Environment, env  # noqa: E402 - what it needs is asked for first
from negotiation.learning.parallel import ParallelEnvironment, parallel_env  # noqa: E402

__all__ = ["Environment", "ParallelEnvironment", "env", "parallel_env"]
