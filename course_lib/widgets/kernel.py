"""Lesson 10: a kernel dragged over a digit, and the feature map that it fills."""

import ipywidgets
import numpy as np
from sklearn.datasets import load_digits

from course_lib import figures
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
DIGIT = load_digits().images[3] / 16
ROWS, COLUMNS = 10, 14  # places of a kernel on the canvas


def kernel_state(name, place, moved):
    """The canvas, where the kernel is, its sum there, and the whole feature map.

    The digit lies two pixels from the canvas's left border, or `moved` pixels farther.
    """
    x, W = np.zeros((ROWS + 2, COLUMNS + 2)), KERNELS[name]
    x[2:10, 2 + moved : 10 + moved] = DIGIT
    patches = np.lib.stride_tricks.sliding_window_view(x, W.shape)
    feature_map = np.einsum("ijuv,uv->ij", patches, W)
    i, j = divmod(place, COLUMNS)
    return {"x": x, "at": (i, j), "sum": feature_map[i, j], "map": feature_map}


def kernel_picture(name, place, moved, axes=None):
    """Patch, products and the map so far."""
    state = kernel_state(name, place, moved)
    return figures.images.sliding(state["x"], KERNELS[name], state["at"], axes)


def show():
    """Choose a kernel, drag it over the digit, move the digit."""
    name = ipywidgets.ToggleButtons(options=list(KERNELS), value="lower edge")
    last = ROWS * COLUMNS - 1
    place = slider(ipywidgets.IntSlider, 75, 0, last, 1, "place of the kernel")
    moved = slider(ipywidgets.IntSlider, 0, 0, 4, 1, "digit moved right by")

    def draw():
        axes = kernel_picture(name.value, place.value, moved.value)
        state = kernel_state(name.value, place.value, moved.value)
        i, j = state["at"]
        alt = (
            f"Kernel {name.value} on a 3 moved by {moved.value}, at row {i}, column "
            f"{j}: the sum is {state['sum']:.2f}; the map is filled up to there."
        )
        return axes[0], alt

    explore([name, place, moved], draw)
