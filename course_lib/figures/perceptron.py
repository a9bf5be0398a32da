"""Figures of lesson 02: a rule by hand, a neuron, a correction."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, Rectangle

from course_lib.plots import BLACK, BLUE, CLASS_COLOURS, CLASS_MARKERS, RED, histograms

ARROW = {"arrowstyle": "-|>", "lw": 2, "shrinkA": 0, "shrinkB": 0}


def hand_made(X, y, pixels, threshold, axes=None):
    """The first three and eight, and where the ink in some pixels fails to tell them.

    X (N, 64), y (N,) of −1 (three) and +1 (eight); pixels (8, 8) of 0 and 1.
    """
    if axes is None:
        widths = {"width_ratios": [1, 1, 3.2]}
        axes = plt.subplots(1, 3, figsize=(9.4, 3), gridspec_kw=widths)[1]
    amounts = X @ pixels.ravel()  # (N,)
    for ax, label, name in zip(axes, (-1, 1), ("a three", "an eight"), strict=False):
        picture = X[y == label][0].reshape(8, 8)
        ax.imshow(picture, cmap="gray_r", vmin=0, vmax=1)
        for row, column in np.argwhere(pixels):
            corner = column - 0.5, row - 0.5
            ax.add_patch(Rectangle(corner, 1, 1, fill=False, ec=RED, lw=1.5))
        ax.set(title=name, xticks=[], yticks=[])
    ax = axes[-1]
    histograms({"threes": amounts[y == -1], "eights": amounts[y == 1]}, ax)
    ax.axvline(threshold, color=BLACK, ls=":")
    top = 1.4 * ax.get_ylim()[1]
    missed = np.sum((amounts <= threshold) & (y == 1))
    alarms = np.sum((amounts > threshold) & (y == -1))
    left = {"ha": "right", "va": "top"}
    ax.text(threshold - 0.1, top, f"{missed} eights\nread as threes", **left)
    ax.text(threshold + 0.1, top, f"{alarms} threes\nread as eights", va="top")
    ax.set_ylim(0, top)
    total = missed + alarms
    ax.set(title=f"No threshold is good: {total} of {len(y)} wrong with the best")
    ax.set_xlabel("ink in the framed pixels")
    return axes


SYMBOLS = ["$x_1$", "$x_2$"], ["$w_1$", "$w_2$"], "$b$", "$z$", "$\\hat y$"


def drawing(x, w, b, z, answer, ax=None):
    """One neuron: inputs, an edge for each weight, the sum, the step and the answer.

    All are texts; the last input is the constant 1, whose weight is b.
    """
    ax = ax or plt.subplots(figsize=(5, 2.8))[1]
    heights = np.linspace(1, -1, len(x) + 1)
    for height, value, weight in zip(heights, [*x, "1"], [*w, b], strict=True):
        ax.plot([0, 2], [height, 0], color="0.45", lw=2, ls="-", zorder=1)
        ax.text(0.85, height * 0.575, weight, ha="center", va="center", bbox=PAPER)
        _unit(ax, 0, height, value)
    for x0, x1 in ((2, 3.2), (3.2, 4.3)):
        ax.annotate(
            "", (x1 - 0.3, 0), (x0 + 0.3, 0), arrowprops=ARROW | {"color": "0.45"}
        )
    _unit(ax, 2, 0, "Σ")
    ax.text(2, -0.5, z, ha="center")
    ax.add_patch(Rectangle((2.92, -0.3), 0.56, 0.6, fc="white", ec=BLACK, lw=1.5))
    ax.plot([3, 3.2, 3.2, 3.4], [-0.15, -0.15, 0.15, 0.15], color=BLUE, ls="-")
    ax.text(3.2, -0.5, "step", ha="center")
    ax.text(4.35, 0, answer, ha="center", va="center")
    for place, word in ((0, "inputs"), (0.85, "weights"), (2, "sum"), (4.35, "answer")):
        ax.text(place, 1.4, word, ha="center", color="0.35")
    ax.set(xlim=(-0.4, 5.2), ylim=(-1.3, 1.65), aspect="equal")
    ax.axis("off")
    return ax


PAPER = {"fc": "white", "ec": "none", "pad": 1.5}


def _unit(ax, x, y, text):
    ax.add_patch(Circle((x, y), 0.27, fc="white", ec=BLACK, lw=1.5, zorder=2))
    ax.text(x, y, text, ha="center", va="center", zorder=3)


def correction(w, x, y, ax=None, after=False):
    """The weights as an arrow, a misread example, and what the rule makes of them."""
    ax = ax or plt.subplots(figsize=(5.2, 4.2))[1]
    w, x = np.asarray(w, float), np.asarray(x, float)
    ax.set(
        xlim=(-2.5, 4.5), ylim=(-2, 4), aspect="equal", xlabel="$x_1$", ylabel="$x_2$"
    )
    now = w + y * x if after else w
    if after:
        ax.axline((0, 0), (-w[1], w[0]), color="0.75", ls="--", lw=1.2)
    _boundary_named(ax, now)
    k = int(y > 0)
    ax.plot(*x, CLASS_MARKERS[k], color=CLASS_COLOURS[k], ms=10, zorder=5)
    ax.annotate(f"x, label {y:+d}".replace("-", "−"), x, (8, -4), **NEAR)
    if after:
        ax.annotate("", w, (0, 0), arrowprops=ARROW | {"color": "0.65"})
        ax.annotate(
            "", now, w, arrowprops=ARROW | {"color": CLASS_COLOURS[k], "ls": ":"}
        )
        ax.annotate("w before", w, (6, 4), color="0.45", **NEAR)
        ax.annotate("boundary\nbefore", (2.35, -1.57), (4, 0), color="0.5", **NEAR)
        ax.annotate("−x" if y < 0 else "+x", (w + now) / 2, (-4, 6), ha="right", **NEAR)
    ax.annotate("", now, (0, 0), arrowprops=ARROW | {"color": BLACK})
    side = {"ha": "right"} if after else {}
    place = (-8, -4) if after else (6, -10)
    name = "w after" if after else "w"
    ax.annotate(name, now, place, weight="bold", **NEAR, **side)
    return ax


NEAR = {"textcoords": "offset points"}


def _boundary_named(ax, w):
    """The boundary of w in the plane, its name, and on which side the neuron fires."""
    along = np.array([-w[1], w[0]]) / np.linalg.norm(w)
    along = along if along[0] < 0 else -along
    ax.axline((0, 0), along, color="0.3", ls="--", lw=1.2)
    across = w / np.linalg.norm(w)
    for side, word in ((0.4, "fires"), (-0.45, "silent")):
        place = 1.85 * along + side * across
        ax.text(*place, word, ha="center", va="center", color="0.35")
    ax.annotate("boundary", -1.6 * along, (0, 4), color="0.3", **NEAR)


def functions_of_two(learnable, ax=None):
    """The 16 Boolean functions of two inputs, each a square with its four answers.

    learnable: for each function, numbered as a binary number of its answers at 00, 01,
    10, 11, whether one neuron can represent it.
    """
    ax = ax or plt.subplots(figsize=(8.4, 2.5))[1]
    for number in range(16):
        column, row = number % 8, number // 8
        left, below = 1.6 * column, -1.7 * row
        frame = {"fc": "none", "lw": 1 if learnable[number] else 3}
        frame["ec"] = "0.7" if learnable[number] else BLACK
        ax.add_patch(Rectangle((left - 0.25, below - 0.25), 1.5, 1.5, **frame))
        for corner in range(4):
            fires = number >> (3 - corner) & 1
            place = left + corner // 2, below + corner % 2
            style = {"color": CLASS_COLOURS[fires], "marker": CLASS_MARKERS[fires]}
            ax.plot(*place, ms=8, ls="", **style)
    ax.set(aspect="equal")
    ax.axis("off")
    return ax


def signs(W, ax):
    """A + or a − on each large weight of a picture, for those who see no colour."""
    shares = W / np.abs(W).max()
    for (row, column), share in np.ndenumerate(shares):
        if abs(share) > 1 / 3:
            style = {"color": "white" if abs(share) > 0.7 else BLACK, "va": "center"}
            ax.text(column, row, "+" if share > 0 else "−", ha="center", **style)
    return ax
