"""Eight Gaussians on a ring: how many of them a GAN covers, one change at a time.

    python benchmarks/modes.py            prints the table of lesson 18
    python benchmarks/modes.py --store    keeps it, for the lesson to show

Generator and discriminator have two hidden layers of 64; 2,000 steps of Adam (0.001,
β₁ = 0.5), 128 points of each kind. Every row changes the first one in the place that it
names; a row of two changes says both.
"""

import argparse

import numpy as np

from course_lib import datasets, layers, maths, results, training
from course_lib.gan import GAN, modes_covered

CASES = {
    "as it is": {},
    "2 numbers of noise": {"K": 2},
    "tanh": {"unit": layers.Tanh},
    "ReLU, tanh's start": {"init": maths.glorot},
    "tanh, ReLU's start": {"unit": layers.Tanh, "init": maths.he},
    "tanh, 2 numbers": {"K": 2, "unit": layers.Tanh},
    "another beside it": {"beside": 1},
    "the same beside it": {"beside": 0},
    "noise on what it sees": {"blur": 0.5},
}


class Beside(layers.Layer):
    """Each point (N, 2) with one of its block of 64 beside it: (N, 4)."""

    def __init__(self, shift):
        self.shift = shift  # 0: with itself

    def forward(self, x, training=False):
        blocks = x.reshape(-1, 64, 2)
        beside = np.roll(blocks, self.shift, axis=1)
        return np.concatenate((blocks, beside), axis=2).reshape(-1, 4)

    def backward(self, dy):
        own, beside = np.split(dy.reshape(-1, 64, 4), 2, axis=2)
        return (own + np.roll(beside, -self.shift, axis=1)).reshape(-1, 2)


class Blur(layers.Layer):
    """Normal noise on what comes in, while learning."""

    def __init__(self, spread, rng):
        self.spread, self.rng = spread, rng

    def forward(self, x, training=False):
        noise = self.rng.normal(0, self.spread, x.shape)
        return (x + noise).astype(x.dtype)

    def backward(self, dy):
        return dy


def net(sizes, unit, init, rng):
    """Dense layers of these sizes, units between them."""
    parts = []
    for n_in, n_out in zip(sizes, sizes[1:], strict=False):
        parts += layers.Dense(n_in, n_out, rng, init), unit()
    return layers.Sequential(*parts[:-1]).astype("float32")


def run(seed, K=16, unit=layers.ReLU, init=None, beside=None, blur=0):
    """How many modes are covered after 2,000 steps, and the share near one."""
    rng = np.random.default_rng(seed)
    init = init or (maths.he if unit is layers.ReLU else maths.glorot)  # lesson 07
    front = [] if beside is None else [Beside(beside)]
    front += [Blur(blur, rng)] if blur else []
    generator = net((K, 64, 64, 2), unit, init, rng)
    judge = net((2 if beside is None else 4, 64, 64, 1), unit, init, rng)
    gan = GAN(generator, layers.Sequential(*front, *judge.layers))
    forger, detective = (training.Adam(0.001, beta_1=0.5) for _ in range(2))
    for _ in range(2_000):
        x, centres = datasets.ring_of_gaussians(128, rng)
        gan.discriminator_step(x, rng.normal(size=(128, K)), detective)
        gan.generator_step(rng.normal(size=(128, K)), forger)
    covered, near = modes_covered(gan.sample(rng, 2_000), centres, 0.2)
    return covered, round(near, 4)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", action="store_true")
    store = parser.parse_args().store
    found = {}
    for name, changes in CASES.items():
        found[name] = [run(seed, **changes) for seed in range(5)]
        modes, shares = zip(*found[name], strict=True)
        row = f"modes {modes}, near one {min(shares):.0%} to {max(shares):.0%}"
        print(f"{name:27} {row}", flush=True)
    if store:
        results.write("modes", found, "python benchmarks/modes.py --store")
