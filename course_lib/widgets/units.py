"""Lesson 04: a curve made of straight pieces, one hidden unit a piece."""

import ipywidgets
import numpy as np

from course_lib.widgets.parts import explore, slider

CURVES = {
    "wave": lambda x: np.sin(2 * np.pi * x) + 0.5 * np.sin(6 * np.pi * x),
    "corner": lambda x: np.abs(x - 0.37),
    "jump": lambda x: (np.asarray(x) > 0.37).astype(float),
}
X = np.linspace(0, 1, 2001)


def hinges(f, H):
    """H ReLU units that join the points of f at 0, 1/H, …, 1 by straight lines.

    y(x) = c + Σ_h v_h max(x - k_h, 0); returns k (H,), v (H,) and c.
    """
    knots = np.linspace(0, 1, H + 1)
    slopes = np.diff(f(knots)) * H
    return knots[:-1], np.diff(slopes, prepend=0), f(knots[:1])[0]


def hinges_state(curve, H):
    """The curve and the net of H units on a fine grid: largest and mean error."""
    k, v, c = hinges(CURVES[curve], H)
    y, y_hat = CURVES[curve](X), c + np.maximum(X[:, None] - k, 0) @ v
    error = np.abs(y_hat - y)
    return {"y": y, "y_hat": y_hat, "largest": error.max(), "mean": error.mean()}


def curve_and_net(curve, H, ax=None):
    """The curve in black and the net in red, with its two errors in the title."""
    from course_lib import plots

    ax = ax or plots.row(1, 6.4, 3.6)
    state = hinges_state(curve, H)
    ax.plot(X, state["y"], color=plots.BLACK, ls="-", lw=1.2)
    ax.plot(X, state["y_hat"], color=plots.RED, ls="-", lw=2, alpha=0.8)
    joints = np.linspace(0, 1, H + 1)
    ax.plot(joints, CURVES[curve](joints), "o", color=plots.RED, ms=4)
    units = "1 unit" if H == 1 else f"{H} units"
    ax.set(xlabel="x", ylabel="f(x) and the net")
    ax.set_title(
        f"{units}: largest error {state['largest']:.4f}, mean error {state['mean']:.4f}"
    )
    return ax


def show():
    """A net of straight pieces, with a choice of curve and a slider for its units."""
    curve = ipywidgets.ToggleButtons(options=list(CURVES), description="curve")
    H = slider(ipywidgets.IntSlider, 4, 1, 64, 1, "hidden units H")
    explore([curve, H], curve_and_net, alt)


def alt(ax, curve, H):
    words = ax.get_title(loc="left")
    return f"A {curve} and a net of straight pieces; {words}."
