"""Choices a second of agents that learn, through PettingZoo's AEC interface and below it. Prints, never fails.

Every seat is a learner that chooses by chance among what it is allowed; its throw of dice is in the figure, as are the masks.
"""

import time

import numpy as np

from negotiation.formats import bundled
from negotiation.learning import env
from negotiation.learning.talks import Talks, warm

CHOICES = 40_000


def through_aec(case, every_deal):
    """Choices a second with observations, masks and rewards as PettingZoo hands them out."""
    made, draws, n = env(case=case, every_deal=every_deal), np.random.default_rng(0).random(CHOICES), 0
    made.reset(seed=1)
    started = time.process_time()
    while n < CHOICES:
        seen, _, ended, cut, _ = made.last()
        if ended or cut:
            made.step(None)
        else:
            allowed = seen["action_mask"].nonzero()[0]
            made.step(int(allowed[int(draws[n] * len(allowed))]))
            n += 1
        if not made.agents:
            made.reset()
    return CHOICES / (time.process_time() - started)


def below(case, every_deal):
    """Choices a second of the talks themselves, as a trainer of its own would use them."""
    talks, draws, games = Talks(case, every_deal=every_deal), np.random.default_rng(0).random(CHOICES), 0
    started = time.process_time()
    for draw in draws:
        while talks.mover < 0:
            games += 1
            talks.begin(games)
        allowed = talks.allowed[talks.mover].nonzero()[0]
        talks.choose(int(allowed[int(draw * len(allowed))]))
    return CHOICES / (time.process_time() - started)


if __name__ == "__main__":
    warm()
    print("Choices a second on one core (CPU time):")
    print(f"  {'case':<20}{'offers':<12}{'PettingZoo':>12}{'below it':>12}")
    for case in sorted(bundled()):
        for every_deal in (False, True):
            offers = "every deal" if every_deal else "by level"
            rates = [max(measure(case, every_deal) for _ in range(2)) for measure in (through_aec, below)]
            print(f"  {case:<20}{offers:<12}" + "".join(f"{rate:>12,.0f}" for rate in rates))
