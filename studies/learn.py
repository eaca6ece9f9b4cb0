# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, D102, D103, D401, T201
"""Let a policy learn to play Nissan in `alliance-2023`, and hold it against `fair` in the same seat on unseen seeds.

`make learn` runs it: masked PPO of sb3-contrib over `negotiation.learning`, on one core, in some minutes. It writes the policy
(`policy:FILE` plays it), and the numbers and the figure of its page. The others at the tables play by one strategy of
`OTHERS`; in every game all weights are changed by chance, so that no game comes twice. `--steps 20000` is for a look.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from gymnasium import spaces
from sb3_contrib import MaskablePPO
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.vec_env import VecEnv

from negotiation.lab.compiled.setup import ready
from negotiation.lab.factors import Changed
from negotiation.learning.talks import Talks, next_seed
from negotiation.reports.figure_files import printable, svg
from negotiation.strategies.policy import policy, policy_bytes, rated
from negotiation.strategies.sight import scale_of

CASE, ME, OTHERS, NOISE = "alliance-2023", "nissan", ("fair", "linear", "boulware"), 0.2
TRAINED, UNSEEN, LOOKS, GAMES = 1, 2, 100, 500
"""The first seeds of games that are learnt from and of those that are not; how many of these a look plays, and the end."""

RIVALS = ("fair", "linear", "boulware")
"""Strategies that the policy is held against."""


def line_up(other):
    case = Talks(CASE, {}).case
    return {party: other for party in case.roles if party != ME}


class Many(VecEnv):
    """Several games at a time, as stable-baselines asks for them; each ended one is followed by the next."""

    def __init__(self, each=6):
        self.talks = [Talks(CASE, line_up(other), noise=NOISE) for other in OTHERS for _ in range(each)]
        first = self.talks[0]
        self.me = first.parties.index(ME)
        self.scale = scale_of(first.case.role(ME, next(iter(first.case.roles[ME]))).preferences)
        self.games = 0
        super().__init__(
            len(self.talks),
            spaces.Box(-4, 4, (first.menu.seen,), np.float32),
            spaces.Discrete(first.menu.choices),
        )

    def _begin(self, talks):
        while True:
            self.games += 1
            talks.begin(next_seed(TRAINED, self.games))
            if talks.mover >= 0:
                return

    def _seen(self):
        return np.array([talks.seen[self.me] for talks in self.talks])

    def reset(self):
        for talks in self.talks:
            self._begin(talks)
        return self._seen()

    def step_async(self, actions):
        self.actions = actions

    def step_wait(self):
        rewards, over = np.zeros(self.num_envs, dtype=np.float32), np.zeros(self.num_envs, dtype=bool)
        infos = [{} for _ in self.talks]
        for n, (talks, action) in enumerate(zip(self.talks, self.actions, strict=True)):
            talks.choose(int(action))
            if talks.mover < 0:
                rewards[n], over[n] = talks.gains()[self.me] / self.scale, True
                infos[n] = {"terminal_observation": talks.seen[self.me].copy(), "TimeLimit.truncated": False}
                self._begin(talks)
        return self._seen(), rewards, over, infos

    def env_method(self, method_name, *args, indices=None, **kwargs):
        return [talks.allowed[self.me] == 1 for talks in self.talks]

    def has_attr(self, attr_name):
        return attr_name == "action_masks"

    def get_attr(self, attr_name, indices=None):
        return [None] * self.num_envs

    def set_attr(self, attr_name, value, indices=None):
        raise NotImplementedError

    def env_is_wrapped(self, wrapper_class, indices=None):
        return [False] * self.num_envs

    def close(self):
        pass


def unseen(other, many=LOOKS):
    """Seeds that nothing is learnt from, others for every line-up."""
    return [next_seed(UNSEEN + OTHERS.index(other), n) for n in range(many)]


def gains_of_strategy(name, other, many=LOOKS):
    """The gains of a strategy in the seat, where the others play by one strategy, by seed."""
    made = ready(Changed(Talks(CASE, {}).case, {**line_up(other), ME: name}, noise=NOISE), "open-floor")
    ends, _, _ = made.play(unseen(other, many))
    return (ends.points - ends.base)[:, list(made.case.roles).index(ME)]


def gains_of_policy(choose, talks, other, many=LOOKS):
    """The gains of a policy in the seat, by seed; `choose` makes a choice of what is seen and what there is."""
    me, gains = talks.parties.index(ME), []
    for seed in unseen(other, many):
        talks.begin(seed)
        while talks.mover >= 0:
            talks.choose(int(choose(talks.seen[me], talks.allowed[me])))
        gains.append(float(talks.gains()[me]))
    return np.array(gains)


def compared(path):
    """What the policy of a file gains, what strategies gain there, and by how much it beats `fair`: on the same seeds."""
    ours, found = policy(str(path)), {}
    for other in OTHERS:
        talks = Talks(CASE, line_up(other), noise=NOISE)
        learnt = gains_of_policy(
            lambda seen, allowed: np.where(allowed == 1, rated(ours.layers, seen), -np.inf).argmax(),
            talks,
            other,
            GAMES,
        )
        row = {"policy": learnt, **{name: gains_of_strategy(name, other, GAMES) for name in RIVALS}}
        more = learnt - row["fair"]
        found[other] = {name: round(float(gains.mean()), 2) for name, gains in row.items()}
        found[other] |= {"more than fair": round(float(more.mean()), 2)}
        found[other] |= {"half of the 95 % interval": round(float(1.96 * more.std(ddof=1) / GAMES**0.5), 2)}
    return found


class Looks(BaseCallback):
    """From time to time, the mean gain on unseen seeds."""

    def __init__(self, every):
        super().__init__()
        self.every, self.curve, self.started = every, [], time.perf_counter()
        self.talks = {other: Talks(CASE, line_up(other), noise=NOISE) for other in OTHERS}

    def _on_rollout_start(self):
        if not self.curve or self.num_timesteps >= self.curve[-1]["choices"] + self.every:
            self.look()

    def _on_step(self):
        return True

    def look(self):
        found = {other: self._mean(other) for other in OTHERS}
        row = {"choices": self.num_timesteps, **{other: round(float(gain), 2) for other, gain in found.items()}}
        self.curve.append(row)
        print(f"{time.perf_counter() - self.started:5.0f} s", row, flush=True)

    def _mean(self, other):
        def choose(seen, allowed):
            return self.model.predict(seen, deterministic=True, action_masks=allowed)[0]

        return gains_of_policy(choose, self.talks[other], other).mean()


def layers(model):
    """The weights of the policy, layer by layer."""
    network = [*model.policy.mlp_extractor.policy_net, model.policy.action_net]
    kept = [part for part in network if isinstance(part, torch.nn.Linear)]
    return [(part.weight.detach().numpy(), part.bias.detach().numpy()) for part in kept]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=300_000)
    parser.add_argument("--out", type=Path, default=Path("build/learn"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    env = Many()
    model = MaskablePPO(
        "MlpPolicy",
        env,
        n_steps=256,
        batch_size=768,
        n_epochs=4,
        gamma=1.0,
        gae_lambda=0.95,
        learning_rate=1e-3,
        ent_coef=0.003,
        seed=1,
        policy_kwargs={"net_arch": [64, 64], "activation_fn": torch.nn.ReLU},
        device="cpu",
    )
    looks = Looks(max(1, options.steps // 10))
    model.learn(options.steps, callback=looks)
    looks.look()
    options.out.mkdir(parents=True, exist_ok=True)
    note = f"{ME} in {CASE}: masked PPO, {options.steps:,} choices, others play {', '.join(OTHERS)}, noise {NOISE}"
    data = policy_bytes(env.talks[0].case.scenario, every_deal=False, layers=layers(model), note=note)
    (options.out / f"{ME}.policy").write_bytes(data)
    numbers = {"curve": looks.curve, "games": GAMES, "compared": compared(options.out / f"{ME}.policy")}
    (options.out / "curve.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    (options.out / "curve.svg").write_text(svg(figure(numbers), "curve"), encoding="utf-8")
    print(json.dumps(numbers["compared"], indent=1))


def figure(numbers):
    """The gain on unseen seeds against the choices learnt from, and dashed what `fair` gains."""
    rows = [
        {"choices": row["choices"], "the others play": other, "gain": row[other]}
        for row in numbers["curve"]
        for other in OTHERS
    ]
    level = [{"the others play": other, "gain": numbers["compared"][other]["fair"]} for other in OTHERS]
    color = {"field": "the others play", "type": "nominal", "sort": list(OTHERS)}
    gain = {"field": "gain", "type": "quantitative", "title": "points over nothing signed"}
    choices = {"field": "choices", "type": "quantitative", "title": "choices learnt from"}
    spec = {
        "height": 300,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "line", "point": True},
                "encoding": {"x": choices, "y": gain, "color": color},
            },
            {
                "data": {"values": level},
                "mark": {"type": "rule", "strokeDash": [5, 4]},
                "encoding": {"y": gain, "color": color},
            },
        ],
    }
    about = [f"Mean gain of Nissan in {LOOKS} games on unseen seeds; dashed: fair in the same seat"]
    return printable(spec, "A policy learns to play Nissan", about)


if __name__ == "__main__":
    main()
