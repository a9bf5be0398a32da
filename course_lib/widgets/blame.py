"""Lesson 06: a net of six weights, and how much each of them is to blame."""

import ipywidgets
import numpy as np

from course_lib import figures
from course_lib.maths import sigmoid
from course_lib.widgets.parts import explore, slider

W1, W2 = np.array([[0.5, -1.0], [-0.25, 4.0]]), np.array([[3.0], [-1.0]])
LOSSES = ("squared error", "log-loss")
UNITS = [["$x_1$", "$x_2$"], ["$h_1$", "$h_2$"], [r"$\hat y$"]]
NAMES = (["x1 → h1", "x1 → h2"], ["x2 → h1", "x2 → h2"]), (["h1 → ŷ"], ["h2 → ŷ"])


def blame_state(x2, scale, loss):
    """Values, deltas and slopes of the lesson's net on x = (1, x2), target 0.

    All weights are multiplied by scale; loss is "squared error" or "log-loss".
    """
    x = np.array([[1.0, x2]])
    V1, V2 = scale * W1, scale * W2
    h = sigmoid(x @ V1)  # (1, 2)
    z = h @ V2
    y_hat = sigmoid(z)  # (1, 1)
    if loss == "squared error":
        value, delta_2 = y_hat**2, 2 * y_hat * y_hat * (1 - y_hat)
    else:
        value, delta_2 = np.logaddexp(0, z), y_hat
    delta_1 = delta_2 @ V2.T * h * (1 - h)
    slopes = [x.T @ delta_1, h.T @ delta_2]
    sizes = np.abs(np.concatenate([s.ravel() for s in slopes]))
    return {
        "values": [x[0], h[0], y_hat[0]],
        "weights": [V1, V2],
        "deltas": [delta_1[0], delta_2[0]],
        "slopes": slopes,
        "loss": float(value[0, 0]),
        "most": np.concatenate([np.ravel(n) for n in NAMES])[sizes.argmax()],
        "largest": float(sizes.max()),
    }


def blame_picture(x2, scale, loss, ax=None):
    """The net with its slopes on the edges; its title names the most to blame."""
    state = blame_state(x2, scale, loss)
    ax = figures.net.wiring(
        state["values"], state["weights"], state["slopes"], state["deltas"], UNITS, ax
    )
    ax.set_title(
        f"target 0, {loss} {state['loss']:.3f}; "
        f"most to blame: {state['most']} ({state['largest']:.2g})"
    )
    return ax


def show():
    """Move an input, scale all weights, choose the loss; see where the blame goes."""
    x2 = slider(ipywidgets.FloatSlider, 2.0, -2, 4, 0.25, "input x2")
    scale = slider(ipywidgets.FloatSlider, 1.0, 0, 6, 0.25, "all weights times")
    loss = ipywidgets.ToggleButtons(options=LOSSES, description="")

    def draw():
        ax = blame_picture(x2.value, scale.value, loss.value)
        state = blame_state(x2.value, scale.value, loss.value)
        alt = (
            f"A net of six weights, x2 = {x2.value:g}, weights times {scale.value:g}; "
            f"{state['most']} is most to blame, with a slope of {state['largest']:.2g}."
        )
        return ax, alt

    explore([x2, scale, loss], draw)
