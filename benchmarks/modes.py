"""Eight Gaussians on a ring: how many of them a GAN covers, one change at a time.

    python benchmarks/modes.py [--store] [--quick]    five minutes on two cores

Generator and discriminator have two hidden layers of 64; 2,000 steps of Adam (0.001,
β₁ = 0.5), 128 points of each kind. Every row changes the first one in the place that it
names; a row of two changes says both.
"""

import numpy as np
import typer
from threadpoolctl import threadpool_limits

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


def run(seed, n_steps=2_000, K=16, unit=layers.ReLU, init=None, beside=None, blur=0):
    """How many modes are covered after n_steps, and the share near one."""
    rng = np.random.default_rng(seed)
    init = init or (maths.he if unit is layers.ReLU else maths.glorot)  # lesson 07
    front = [] if beside is None else [Beside(beside)]
    front += [Blur(blur, rng)] if blur else []
    generator = net((K, 64, 64, 2), unit, init, rng)
    judge = net((2 if beside is None else 4, 64, 64, 1), unit, init, rng)
    gan = GAN(generator, layers.Sequential(*front, *judge.layers))
    forger, detective = (training.Adam(0.001, beta_1=0.5) for _ in range(2))
    for _ in range(n_steps):
        x, centres = datasets.ring_of_gaussians(128, rng)
        gan.discriminator_step(x, rng.normal(size=(128, K)), detective)
        gan.generator_step(rng.normal(size=(128, K)), forger)
    covered, near = modes_covered(gan.sample(rng, 2_000), centres, 0.2)
    return covered, round(near, 4)


def main(store: bool = False, quick: bool = False):
    """Play every case from five starts, print a table, store it if asked to."""
    if store and quick:
        raise typer.BadParameter("a quick run is for tests; it is not stored")
    found, (seeds, n_steps) = {}, (1, 20) if quick else (5, 2_000)
    with threadpool_limits(1):
        for name, changes in CASES.items():
            found[name] = [run(seed, n_steps, **changes) for seed in range(seeds)]
            modes, shares = zip(*found[name], strict=True)
            row = f"modes {modes}, near one {min(shares):.0%} to {max(shares):.0%}"
            print(f"{name:22} {row}", flush=True)
    if store:
        results.write("modes", found, "python benchmarks/modes.py --store")


if __name__ == "__main__":
    typer.run(main)
