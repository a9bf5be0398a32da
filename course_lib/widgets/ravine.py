"""Lesson 05: four optimisers in a ravine, which may be turned."""

import ipywidgets
import numpy as np

from course_lib.training import SGD, AdaGrad, Adam, Momentum
from course_lib.widgets.parts import control, explore, slider

CURVATURES, START, STEPS = np.array([1.0, 100]), np.array([-1.0, 0.3]), 60
RULES = {
    "plain descent": SGD,
    "momentum 0.9": Momentum,
    "AdaGrad": AdaGrad,
    "Adam": Adam,
}
LIMITS = ((-1.3, 1.3), (-1.3, 1.3))


def ravine_matrix(angle):
    """The matrix A of L(w) = ½ wᵀ A w and the start, turned by an angle in degrees."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[c, -s], [s, c]])
    return turn @ np.diag(CURVATURES) @ turn.T, turn @ START


class Walker:
    """A point w in a ravine, as a net of one parameter."""

    def __init__(self, A, w):
        self.A, self.w = A, w

    def parameters(self):
        yield self.w, self.A @ self.w


def ravine_path(rule, lr, angle, n_steps=STEPS):
    """Where the rule goes: the path (n_steps + 1, 2) and the losses (n_steps + 1,)."""
    walker, optimiser = Walker(*ravine_matrix(angle)), RULES[rule](lr)
    path = [walker.w.copy()]
    for _ in range(n_steps):
        optimiser.step(walker)
        path.append(walker.w.copy())
    path = np.array(path)
    return path, 0.5 * np.sum(path @ walker.A * path, axis=1)


def ravine_picture(rule, lr, angle):
    """The path over the ravine beside its loss; returns the two axes."""
    from course_lib import figures, plots

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
    rule = control(ipywidgets.Dropdown, "rule", options=list(RULES))
    kind, how = ipywidgets.FloatLogSlider, {"base": 10, "readout_format": ".4f"}
    lr = slider(kind, 0.018, -3, 0, 0.01, "learning rate", **how)
    angle = slider(ipywidgets.IntSlider, 0, 0, 45, 5, "turned by (°)")
    explore([rule, lr, angle], ravine_picture, alt)


def alt(axes, rule, lr, angle):
    """What the picture shows, in words."""
    return (
        f"Path of {rule} with learning rate {lr:.4f} in a ravine turned by {angle} "
        f"degrees, and its loss; {axes[1].get_title(loc='left')}."
    )
