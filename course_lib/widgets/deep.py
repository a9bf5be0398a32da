"""Lesson 07: signal, delta and weight gradient of a deep net before any training."""

import ipywidgets
import numpy as np

from course_lib.datasets import digits
from course_lib.layers import Dense, ReLU, Sequential, Sigmoid, Tanh
from course_lib.maths import cross_entropy
from course_lib.widgets.parts import explore, slider

UNITS = {"tanh": Tanh, "sigmoid": Sigmoid, "ReLU": ReLU}


def deep_state(depth, s, unit, n=64, seed=0):
    """The lengths of signal, delta and weight gradient in each of `depth` layers.

    The weights are drawn with standard deviation s / √n; the net sees 100 digits.
    """
    X, y = (part[:100] for part in digits())
    rng = np.random.default_rng(seed)

    def start(n_in, n_out, rng):
        return rng.normal(0, s / np.sqrt(n), (n_in, n_out))

    hidden = [Sequential(Dense(n, n, rng, start), UNITS[unit]()) for _ in range(depth)]
    last, a, signals = Dense(n, 10, rng, start), X / 16, []
    for layer in hidden:
        a = layer.forward(a)
        signals.append(np.linalg.norm(a))
    da = last.backward(cross_entropy(last.forward(a), y)[1])
    deltas, gradients = [], []
    for dense, f in (layer.layers for layer in reversed(hidden)):
        delta = f.backward(da)
        da = dense.backward(delta)
        deltas.append(np.linalg.norm(delta))
        gradients.append(np.linalg.norm(dense.dW))
    return {
        "signal": np.array(signals),
        "delta": np.array(deltas[::-1]),
        "weight gradient": np.array(gradients[::-1]),
    }


def deep_picture(depth, s, unit, ax=None):
    """The three lengths by layer; the title says what becomes of the delta."""
    from course_lib import figures, plots

    ax = ax or plots.row(1, 6.4, 3.8)
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
    unit = ipywidgets.ToggleButtons(options=list(UNITS), description="unit")
    explore([depth, s, unit], deep_picture, alt)


def alt(ax, depth, s, unit):
    """What the picture shows, in words."""
    name = f"{depth} layers of {unit} units, s = {s:.1f}"
    words = ax.get_title(loc="left")
    return f"Length of signal, delta and weight gradient by layer for {name}; {words}."
