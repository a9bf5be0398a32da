"""Lesson 14: chains of a small machine, sampled in three orders at any temperature."""

import ipywidgets
import numpy as np

from course_lib.energy import BoltzmannMachine
from course_lib.maths import sigmoid
from course_lib.states import numbers
from course_lib.widgets.parts import explore, slider

V, H, CHAINS = 3, 2, 1000
UP = np.array([[3, -2], [-2, 3], [2, 1.0]])  # (V, H): none joins units of one block
BIASES = np.array([-0.5, -0.5, -1, -1, -1])
ORDERS = {  # the units that change at once, block after block
    "one after the other": [[0], [1], [2], [3], [4]],
    "two blocks": [[0, 1, 2], [3, 4]],
    "all at once": [[0, 1, 2, 3, 4]],
}


def small_machine():
    """Three visible and two hidden units, with connections from one kind to the other.

    At T = 1 its likeliest state has p = 0.29, eleven have more than 0.02.
    """
    W = np.zeros((V + H, V + H))
    W[:V, V:], W[V:, :V] = UP, UP.T
    return BoltzmannMachine(W, BIASES, V)


def block_sweep(machine, s, blocks, T, rng):
    """States (C, N) after a sweep: all units of a block look at the same state."""
    s = s.copy()
    for block in blocks:
        p = sigmoid(machine.gap(s)[:, block] / T)
        s[:, block] = rng.random(p.shape) < p
    return s


def shares(T, order, n_sweeps, rng):
    """The share of each state (2**N,), counted after each sweep of CHAINS chains.

    They start at states drawn by tossing coins.
    """
    machine, N = small_machine(), V + H
    s, counts = rng.integers(0, 2, (CHAINS, N)).astype(float), np.zeros(2**N)
    for _ in range(n_sweeps):
        if order == "one after the other":
            s = machine.gibbs(s, rng, [T])
        else:
            s = block_sweep(machine, s, ORDERS[order], T, rng)
        counts += np.bincount(numbers(s), minlength=2**N)
    return counts / counts.sum()


def noise_state(T, order, n_sweeps):
    """Exact probabilities, shares of the chains, and of as many states drawn exactly.

    distance and luck are their total variations ½ Σ|p - q| from what is exact.
    """
    rng, exact = np.random.default_rng(0), small_machine().probabilities(T)
    sampled, n = shares(T, order, n_sweeps, rng), CHAINS * n_sweeps
    drawn = rng.multinomial(n, exact) / n
    return {
        "exact": exact,
        "sampled": sampled,
        "drawn": drawn,
        "distance": np.abs(sampled - exact).sum() / 2,
        "luck": np.abs(drawn - exact).sum() / 2,
    }


def noise_picture(T, order, sweeps):
    """The machine beside exact probabilities and shares; returns the two axes."""
    import matplotlib.pyplot as plt

    from course_lib import figures

    state = noise_state(T, order, round(sweeps))
    widths = {"width_ratios": [1, 2.4]}
    axes = plt.subplots(1, 2, figsize=(9.5, 3.9), gridspec_kw=widths)[1]
    figures.noise.machine(V, H, axes[0], small_machine().W)
    samples = {"by sweeps": state["sampled"], "drawn exactly": state["drawn"]}
    figures.noise.bars(state["exact"], samples, axes[1])
    axes[1].set_xlabel("state: three visible units, then two hidden")
    bold = {"fontsize": 11, "weight": "bold"}
    axes[0].figure.suptitle(in_words(state), x=0.01, ha="left", **bold)
    axes[0].set_title(f"{order}, T = {T:.3g}")
    axes[1].set_title(f"{CHAINS:,} chains, {round(sweeps):,} sweeps each")
    return axes


def in_words(state):
    """How far the shares are from what is exact, and how far luck alone takes them."""
    return (
        f"Total variation from exact: {state['distance']:.4f} by sweeps, "
        f"{state['luck']:.4f} by as many exact draws (luck)"
    )


def show():
    """Temperature, order and number of sweeps; which difference does patience cure?"""
    kind = ipywidgets.FloatLogSlider
    T = slider(kind, 1, -2, 8, 0.5, "temperature T", base=2, readout_format=".2f")
    wide = {"button_width": "auto"}
    order = ipywidgets.ToggleButtons(options=[*ORDERS], description="order", style=wide)
    sweeps = slider(kind, 10, 0, 3, 0.25, "sweeps", base=10, readout_format=".0f")
    explore([T, order, sweeps], noise_picture, alt)


def alt(axes, T, order, sweeps):
    """What the picture shows, in words."""
    return (
        f"Exact probabilities of 32 states as bars, shares as marks; {order}, "
        f"temperature {T:.3g}, {round(sweeps):,} sweeps of {CHAINS:,} chains. "
        f"{axes[0].figure.get_suptitle()}."
    )
