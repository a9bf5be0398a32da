"""Lesson 05: four optimisers in a ravine, which may be turned."""

import ipywidgets
import numpy as np

from course_lib import figures, plots
from course_lib.widgets.parts import explore, slider

CURVATURES, START, STEPS = np.array([1.0, 100]), np.array([-1.0, 0.3]), 60
RULES = ("plain descent", "momentum 0.9", "AdaGrad", "Adam")
LIMITS = ((-1.3, 1.3), (-1.3, 1.3))


def ravine_matrix(angle):
    """The matrix A of L(w) = ½ wᵀ A w and the start, turned by an angle in degrees."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[c, -s], [s, c]])
    return turn @ np.diag(CURVATURES) @ turn.T, turn @ START


def ravine_path(rule, lr, angle, n_steps=STEPS):
    """Where the rule goes: the path (n_steps + 1, 2) and the losses (n_steps + 1,)."""
    A, w = ravine_matrix(angle)
    path, m, v = [w], np.zeros(2), np.zeros(2)
    for t in range(1, n_steps + 1):
        g = A @ w
        if rule == "Adam":
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            step = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)
        elif rule == "AdaGrad":
            v = v + g**2
            step = g / np.sqrt(v + 1e-7)
        else:
            m = (0.9 if rule == "momentum 0.9" else 0) * m + g
            step = m
        w = w - lr * step
        path.append(w)
    path = np.array(path)
    return path, 0.5 * np.sum(path @ A * path, axis=1)


def ravine_picture(rule, lr, angle):
    """The path over the ravine beside its loss; returns the two axes."""
    path, losses = ravine_path(rule, lr, angle)
    axes = plots.row(2, width=9, height=3.8)
    A, _ = ravine_matrix(angle)
    figures.descent.path(path, A, axes[0], LIMITS).set_aspect("equal")
    axes[0].set_title(f"{rule}, lr = {lr:.4f}")
    visible = np.maximum(losses, 1e-12)
    plots.curves({"": visible}, ax=axes[1], xlabel="step")
    axes[1].axhline(losses[0], color="0.6", ls=":", lw=1)
    axes[1].set(yscale="log", ylim=(1e-12, 1e6), title=f"{verdict(losses)}")
    return axes


def verdict(losses):
    """The last loss in words, and whether the walker is below its start."""
    if losses[-1] > losses[0]:
        return f"higher than at the start: {losses[-1]:.1e}"
    return f"loss after {len(losses) - 1} steps: {losses[-1]:.1e}"


def show():
    """A ravine with a choice of rule, its learning rate, and the ravine's angle."""
    rule = ipywidgets.Dropdown(
        options=RULES,
        description="rule",
        style={"description_width": "11em"},
        layout=ipywidgets.Layout(width="32em"),
    )
    lr = ipywidgets.FloatLogSlider(
        0.018,
        base=10,
        min=-3,
        max=0,
        step=0.01,
        description="learning rate",
        readout_format=".4f",
        style={"description_width": "11em"},
        layout=ipywidgets.Layout(width="32em"),
    )
    angle = slider(ipywidgets.IntSlider, 0, 0, 45, 5, "turned by (°)")

    def draw():
        axes = ravine_picture(rule.value, lr.value, angle.value)
        words = axes[1].get_title(loc="left")
        alt = (
            f"Path of {rule.value} with learning rate {lr.value:.4f} in a ravine "
            f"turned by {angle.value} degrees, and its loss; {words}."
        )
        return axes[0], alt

    explore([rule, lr, angle], draw)
