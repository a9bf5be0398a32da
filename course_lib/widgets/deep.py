"""Lesson 07: signal, delta and weight gradient of a deep net before any training."""

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from course_lib import figures
from course_lib.maths import cross_entropy, sigmoid
from course_lib.widgets.parts import explore, slider

UNITS = {  # each with its slope, written in terms of its output a
    "tanh": (np.tanh, lambda a: 1 - a**2),
    "sigmoid": (sigmoid, lambda a: a * (1 - a)),
    "ReLU": (lambda z: np.maximum(z, 0), lambda a: a > 0),
}
X, Y = (part[:100] for part in load_digits(return_X_y=True))


def deep_state(depth, s, unit, n=64, seed=0):
    """The lengths of signal, delta and weight gradient in each of `depth` layers.

    The weights are drawn with standard deviation s / √n; the net sees 100 digits.
    """
    dice = np.random.default_rng(seed)
    W = [dice.normal(0, s / np.sqrt(n), (n, m)) for m in [n] * depth + [10]]
    f, slope = UNITS[unit]
    a = [X / 16]
    for W_l in W[:-1]:
        a.append(f(a[-1] @ W_l))
    _, delta = cross_entropy(a[-1] @ W[-1], Y)
    deltas, gradients = [], []
    for l in range(depth, 0, -1):
        delta = (delta @ W[l].T) * slope(a[l])
        deltas.append(np.linalg.norm(delta))
        gradients.append(np.linalg.norm(a[l - 1].T @ delta))
    return {
        "signal": np.linalg.norm(a[1:], axis=(1, 2)),
        "delta": np.array(deltas[::-1]),
        "weight gradient": np.array(gradients[::-1]),
    }


def deep_picture(depth, s, unit, ax=None):
    """The three lengths by layer; the title says what becomes of the delta."""
    ax = ax or plt.subplots(figsize=(6.4, 3.8))[1]
    state = deep_state(depth, s, unit)
    figures.net.by_layer(state, ax, ylim=_limits(state))
    ax.set_title(f"first delta / last delta: {ratio_in_words(state['delta'])}")
    return ax


def ratio_in_words(delta):
    """How long the first layer's delta is beside the last layer's, and its fate."""
    ratio = delta[0] / delta[-1]
    fate = "vanishes" if ratio < 0.1 else "explodes" if ratio > 10 else "is kept"
    return f"{ratio:.2g}; the blame {fate}"


def _limits(state):
    """At least from a thousandth to a thousand, so that small changes look small."""
    lengths = np.concatenate(list(state.values()))
    return min(1e-3, lengths.min() / 3), max(1e3, lengths.max() * 3)


def show():
    """Depth, scale and kind of unit; the lengths in each layer of one pass."""
    depth = slider(ipywidgets.IntSlider, 20, 2, 40, 1, "hidden layers")
    s = slider(ipywidgets.FloatSlider, 0.6, 0.2, 12, 0.1, "scale s")
    unit = ipywidgets.ToggleButtons(options=list(UNITS), value="tanh")

    def draw():
        ax = deep_picture(depth.value, s.value, unit.value)
        words = ax.get_title(loc="left")
        name = f"{depth.value} layers of {unit.value} units, s = {s.value:.1f}"
        alt = (
            f"Length of signal, delta and weight gradient by layer for {name}; {words}."
        )
        return ax, alt

    explore([depth, s, unit], draw)
