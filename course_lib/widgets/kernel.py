"""Lesson 10: a kernel dragged over a digit, and the feature map that it fills."""

import ipywidgets
import numpy as np

from course_lib.conv import Conv2D
from course_lib.datasets import digits
from course_lib.widgets.parts import explore, slider

LOWER = np.array([[1, 1, 1], [0, 0, 0], [-1, -1, -1]])
RISING = np.array([[1, 1, 0], [1, 0, -1], [0, -1, -1]])
KERNELS = {
    "lower edge": LOWER,
    "right edge": LOWER.T,
    "rising edge": RISING,
    "falling edge": RISING[:, ::-1],
    "blur": np.full((3, 3), 0.1),
}
ROWS, COLUMNS = 10, 14  # places of a kernel on the canvas


def kernel_state(name, place, moved):
    """The canvas, where the kernel is, its sum there, and the whole feature map.

    The digit lies two pixels from the canvas's left border, or `moved` pixels farther.
    """
    x, W = np.zeros((ROWS + 2, COLUMNS + 2)), KERNELS[name]
    x[2:10, 2 + moved : 10 + moved] = digits()[0][3].reshape(8, 8) / 16
    layer = Conv2D(1, 1, W.shape, None, lambda *_: W.reshape(-1, 1))
    feature_map = layer.forward(x[None, :, :, None])[0, :, :, 0]
    i, j = divmod(place, COLUMNS)
    return {"x": x, "at": (i, j), "sum": feature_map[i, j], "map": feature_map}


def kernel_picture(name, place, moved, axes=None):
    """Patch, products and the map so far."""
    from course_lib import figures

    state = kernel_state(name, place, moved)
    return figures.images.sliding(state["x"], KERNELS[name], state["at"], axes)


def show():
    """Choose a kernel, drag it over the digit, move the digit."""
    name = ipywidgets.ToggleButtons(options=list(KERNELS), description="kernel")
    last = ROWS * COLUMNS - 1
    place = slider(ipywidgets.IntSlider, 75, 0, last, 1, "place of the kernel")
    moved = slider(ipywidgets.IntSlider, 0, 0, 4, 1, "digit moved right by")
    explore([name, place, moved], kernel_picture, alt)


def alt(axes, name, place, moved):
    """What the picture shows, in words."""
    state = kernel_state(name, place, moved)
    i, j = state["at"]
    return (
        f"Kernel {name} on a 3 moved by {moved}, at row {i}, column {j}: "
        f"the sum is {state['sum']:.2f}; the map is filled up to there."
    )
