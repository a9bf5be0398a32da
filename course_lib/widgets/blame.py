"""Lesson 06: a net of six weights, the slope of each, and the blame of each unit."""

import ipywidgets
import numpy as np

from course_lib.layers import Dense, Sequential, Sigmoid
from course_lib.maths import log_loss, squared_error
from course_lib.widgets.parts import explore, slider

W1, W2 = np.array([[0.5, -1.0], [-0.25, 4.0]]), np.array([[3.0], [-1.0]])
LOSSES = ("squared error", "log-loss")
UNITS = [["$x_1$", "$x_2$"], ["$a_1$", "$a_2$"], [r"$\hat y$"]]
NAMES = (["x1 → a1", "x1 → a2"], ["x2 → a1", "x2 → a2"]), (["a1 → ŷ"], ["a2 → ŷ"])


def blame_state(x2, scale, loss):
    """Values, deltas and slopes of the lesson's net on x = (1, x2), target 0.

    All weights are multiplied by scale; loss is "squared error" or "log-loss".
    """
    x, target = np.array([[1.0, x2]]), np.zeros((1, 1))
    first, last = (Dense(*W.shape, None, lambda *_, W=W: scale * W) for W in (W1, W2))
    net, unit = Sequential(first, Sigmoid(), last), Sigmoid()
    z = net.forward(x)
    y_hat = unit.forward(z)
    if loss == "squared error":
        value, dy = squared_error(y_hat, target)
        dz = unit.backward(dy)
    else:
        value, dz = log_loss(z, target)
    net.backward(dz)
    slopes = [first.dW, last.dW]
    sizes = np.abs(np.concatenate([s.ravel() for s in slopes]))
    return {
        "values": [x[0], last.x[0], y_hat[0]],
        "weights": [first.W, last.W],
        "deltas": [first.db, last.db],  # of one example, so these are dL/dz
        "slopes": slopes,
        "loss": float(value),
        "steepest": np.concatenate([np.ravel(n) for n in NAMES])[sizes.argmax()],
        "largest": float(sizes.max()),
    }


def blame_picture(x2, scale, loss, ax=None):
    """The net with slopes on its edges and deltas; its title names the steepest."""
    from course_lib import figures

    state = blame_state(x2, scale, loss)
    ax = figures.net.wiring(
        state["values"], state["weights"], state["slopes"], state["deltas"], UNITS, ax
    )
    ax.set_title(
        f"target 0, {loss} {state['loss']:.3f}; "
        f"steepest: {state['steepest']} ({state['largest']:.2g})"
    )
    return ax


def show():
    """Move an input, scale all weights, choose the loss; see where the blame goes."""
    x2 = slider(ipywidgets.FloatSlider, 2.0, -2, 4, 0.25, "input x2")
    scale = slider(ipywidgets.FloatSlider, 1.0, 0, 6, 0.25, "all weights times")
    loss = ipywidgets.ToggleButtons(options=LOSSES, description="loss")
    explore([x2, scale, loss], blame_picture, alt)


def alt(ax, x2, scale, loss):
    """What the picture shows, in words."""
    state = blame_state(x2, scale, loss)
    return (
        f"A net of six weights, x2 = {x2:g}, weights times {scale:g}; "
        f"the steepest slope is that of {state['steepest']}, {state['largest']:.2g}."
    )
