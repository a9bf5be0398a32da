"""Lesson 11: a net left to itself, from rest to chaos as its gain grows."""

import ipywidgets
import numpy as np

from course_lib.widgets.parts import explore, slider

SHOWN, EARLY, STEPS, BLOCK = 100, 1000, 2000, 100  # steps
APART, SAME, NONE = 1e-6, 1e-6, 0.005


def draw(n, number):
    """J (n, n), normal with deviation 1/√n, a start within ±1, a way of length 1."""
    rng = np.random.default_rng(number)
    J, way, start = rng.normal(size=(n, n)), rng.normal(size=n), rng.uniform(-1, 1, n)
    return J / np.sqrt(n), start, way / np.linalg.norm(way)


def follow(W, x, n_steps):
    """The states (n_steps + 1, n) of x' = tanh(W x), the start first."""
    states = [x]
    for _ in range(n_steps):
        states.append(np.tanh(W @ states[-1]))
    return np.array(states)


def growth(W, states, v):
    """How much longer, as a logarithm, a hair v becomes in each step along the states.

    A step takes it by the Jacobian, v' = (1 - x'²) W v, and makes its length 1 again.
    """
    logs = []
    for x in states[1:]:
        v = (1 - x**2) * (W @ v)
        length = np.linalg.norm(v)
        if length == 0:  # without gain nothing is left of it
            return np.full(len(states) - 1, -np.inf)
        logs.append(np.log(length))
        v = v / length
    return np.array(logs)


def gain_state(g, n, number):
    """The first states, the distance of twins, and what becomes of x' = tanh(g J x).

    The Lyapunov exponent is the mean growth of STEPS steps after EARLY ones, its error
    that of the mean of blocks. The period tells how long ago the last state was there
    before, 0 if it never was.
    """
    J, start, way = draw(n, number)
    states = follow(g * J, start, EARLY + STEPS)
    twin = follow(g * J, start + APART * way, SHOWN)
    logs = growth(g * J, states, way)[EARLY:]
    blocks = logs.reshape(-1, BLOCK).mean(axis=1)
    late = states[EARLY:][::-1]
    back = np.flatnonzero(np.abs(late[1:] - late[0]).max(axis=1) < SAME)
    return {
        "states": states[: SHOWN + 1],
        "distance": np.linalg.norm(twin - states[: SHOWN + 1], axis=1),
        "exponent": logs.mean(),
        "error": blocks.std() / np.sqrt(len(blocks) - 1) if g else 0.0,
        "period": int(back[0]) + 1 if len(back) else 0,
    }


def fate(state):
    """Whether it settles, repeats or is chaotic, or that so many steps do not tell."""
    period, doubt = state["period"], max(NONE, 3 * state["error"])
    if period:
        return "settles" if period == 1 else f"repeats every {period} steps"
    if state["exponent"] > doubt:
        return "is chaotic"
    return f"neither repeats nor is surely chaotic, in {EARLY + STEPS:,} steps"


def gain_picture(g, n, number):
    """Three units' paths beside the distance of the twins; returns the two axes."""
    from course_lib import figures, plots

    state = gain_state(g, n, number)
    axes = plots.row(2, width=9.5, height=3.8)
    figures.recurrent.paths(state["states"][:, :3], axes[0])
    seen = np.maximum(state["distance"], 1e-17)
    axes[1].plot(seen, color=plots.RED, ls="-")
    axes[1].set(yscale="log", ylim=(1e-17, 1e2), xlim=(0, SHOWN))
    axes[1].set(xlabel="step", ylabel="distance of twins ($10^{-6}$ at first)")
    axes[0].set_title(f"g = {g:.2f}, {n} units")
    axes[1].set_title(exponent_in_words(state))
    words = f"After {EARLY:,} steps the net {fate(state)}."
    axes[0].figure.suptitle(words, x=0.01, ha="left", fontsize=11, weight="bold")
    return axes


def exponent_in_words(state):
    """The Lyapunov exponent with three standard errors."""
    number, doubt = round(state["exponent"], 3) + 0.0, 3 * state["error"]  # no -0.0
    within = f" ± {doubt:.3f}" if doubt >= 0.0005 else ""
    words = f"Lyapunov exponent {number:+.3f}{within}"
    return words.replace("-", "−").replace("inf", "∞")


def show():
    """Gain, number of units and another draw of J; rest, repetition or chaos."""
    g = slider(ipywidgets.FloatSlider, 0.8, 0, 3, 0.05, "gain g")
    n = ipywidgets.ToggleButtons(options=[2, 20, 200], value=200, description="units")
    number = slider(ipywidgets.IntSlider, 0, 0, 19, 1, "draw of weights")
    explore([g, n, number], gain_picture, alt)


def alt(axes, g, n, number):
    """What the picture shows, in words."""
    return (
        f"Paths of units of a net of {n} and the distance of twins, gain {g:.2f}, draw "
        f"{number}. {axes[0].figure.get_suptitle()} {axes[1].get_title(loc='left')}."
    )
