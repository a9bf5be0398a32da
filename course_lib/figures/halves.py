"""Figures of a machine of two layers: images, weights, its chain, how learning goes."""

from math import ceil, isqrt, sqrt

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from course_lib.plots import BLACK, CLASS_TINTS, GREY, MIDDLE, RED

PALE = "0.85"


def digits(rows, ax=None, names=None, erased=None):
    """Images (R, C, 64) of numbers 0 … 1, ink 1, in rows named at the left.

    Any square number of pixels will do. A frame marks what is erased (64,) on each
    image, dots where that is no rectangle.
    """
    rows, names = np.asarray(rows, float), [*(names or [""] * len(rows))]
    R, C, n = rows.shape
    ax = ax or plt.subplots(figsize=(min(1.6 + 0.75 * C, 9.4), 0.3 + 0.75 * R))[1]
    step = _grid(ax, rows.reshape(R * C, n), C, "gray_r", (0, 1))
    ax.set_yticks(step * np.arange(R) + step // 2 - 1, names)
    if erased is not None and np.any(erased):
        i, j = np.nonzero(np.reshape(erased, (step - 1, step - 1)))
        corner, size = (i.min(), j.min()), (np.ptp(i) + 1, np.ptp(j) + 1)
        for top, left in np.ndindex(R, C):
            y, x = step * top, step * left
            if len(i) == size[0] * size[1]:
                place = x + corner[1] - 0.5, y + corner[0] - 0.5
                frame = {"fill": False, "ec": RED, "lw": 1.6}
                ax.add_patch(Rectangle(place, size[1], size[0], **frame))
            else:
                ax.scatter(x + j, y + i, 3, RED)
    return ax


def weights(W, ax=None, columns=None):
    """The weights W (V, H) of each hidden unit as an image, red above 0, blue below.

    A sign is written on each weight of more than a third of the largest, for all eyes.
    """
    W = np.asarray(W, float)
    H, limit = W.shape[1], np.abs(W).max() or 1
    columns = columns or ceil(H / max(round(sqrt(H) / 2), 1))
    size = min(0.85 * columns, 8.2) + 1, min(0.85, 8.2 / columns) * ceil(H / columns)
    ax = ax or plt.subplots(figsize=(size[0], max(size[1], 1.2) + 0.5))[1]
    _grid(ax, W.T, columns, "RdBu_r", (-limit, limit))
    picture, table = ax.images[0], ax.images[0].get_array()
    inches = ax.get_position().width * ax.figure.get_figwidth()
    points = 0.6 * 72 * inches / table.shape[1]
    for marker, sign in ("+", 1), ("_", -1):
        y, x = np.nonzero(np.ma.filled(sign * table, 0) > limit / 3)
        ink = np.where(abs(table[y, x]) > 0.7 * limit, "white", BLACK)
        ax.scatter(x, y, points**2, ink, marker=marker, lw=max(points / 5, 0.7))
    ax.set(yticks=[], xlabel="+ and −: more than a third of the largest")
    key = ax.figure.colorbar(picture, ax=ax, label="weight", shrink=0.9)
    key.set_ticks([-limit, 0, limit], labels=[f"−{limit:.2g}", "0", f"+{limit:.2g}"])
    return ax


def _grid(ax, images, columns, cmap, limits):
    """Square images (N, n) in one picture, a gap between; returns how far apart."""
    side, lines = isqrt(images.shape[1]), ceil(len(images) / columns)
    cells = np.full((lines * columns, side + 1, side + 1), np.nan)
    cells[: len(images), :side, :side] = images.reshape(-1, side, side)
    cells = cells.reshape(lines, columns, side + 1, side + 1).swapaxes(1, 2)
    sheet = cells.reshape(lines * (side + 1), -1)[:-1, :-1]
    ax.set_facecolor(PALE)  # seen where nothing is
    ax.imshow(np.ma.masked_invalid(sheet), cmap=cmap, vmin=limits[0], vmax=limits[1])
    ax.set(xticks=[], xlim=(-1.5, sheet.shape[1] + 0.5))
    ax.set(ylim=(sheet.shape[0] + 0.5, -1.5))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return side + 1


def chain(ax=None, k=1):
    """The zigzag of drawn states v → h → v …: where CD-k stops, and PCD begins.

    Shaded are the pairs that the slope counts, + and −.
    """
    steps = [*range(k + 1)] if k < 4 else [0, 1, "…", k]
    n, steps = len(steps), [*steps, "…", r"\infty"]
    ax = ax or plt.subplots(figsize=(1.5 * len(steps), 3.6))[1]
    ends = []  # where the arrow into a column and that out of it end
    for x, step in zip(1.6 * np.arange(len(steps)), steps, strict=True):
        ink = BLACK if x < 1.6 * n else GREY
        v, h = (x, 0), (x + 0.8, 1)
        if step == "…":
            ax.text(x + 0.4, 0.5, "…", color=ink, **MIDDLE)
            v, h = (x + 0.2, 0.5), (x + 0.6, 0.5)
        else:
            _unit(ax, v, f"$v^{{({step})}}$", ink)
            _unit(ax, h, f"$h^{{({step})}}$", ink)
            _arrow(ax, v, h, ink)
        if ends:
            _arrow(ax, ends[-1], v, ink)
        ends.append(h)
    for place, words, tint in (
        (0, "+  the data", CLASS_TINTS[0]),
        (n - 1, f"−  CD-{k}\nstops here", CLASS_TINTS[1]),
    ):
        x = 1.6 * place
        shade = {"lw": 50, "solid_capstyle": "round", "ls": "-", "zorder": 0}
        ax.plot([x, x + 0.8], [0, 1], color=tint, **shade)
        ax.text(x + 0.8, 1.45, words, ha="center", va="bottom", weight="bold")
    x = 1.6 * (len(steps) - 1) + 0.8
    ax.text(x, 1.45, "exact:\nno end", ha="center", va="bottom", color=GREY)
    _unit(ax, (0.5, -1.2), "$v$", BLACK, "--")
    _arrow(ax, (0.5, -1.2), (1.6, 0), BLACK, "--")
    words = "PCD: a step from where the chain\nof the last update ended"
    ax.text(0.95, -1.2, words, va="center")
    ax.text(-0.55, 1, "hidden", ha="right", va="center", color=GREY)
    ax.text(-0.55, 0, "visible", ha="right", va="center", color=GREY)
    ax.set(xlim=(-1.3, x + 0.6), ylim=(-1.6, 2.1))
    ax.axis("off")
    return ax


def _unit(ax, place, name, ink, style="-"):
    look = {"ec": ink, "lw": 1.5, "ls": style, "zorder": 3}
    ax.scatter(*place, 34**2, "white", **look)
    ax.text(*place, name, color=ink, zorder=4, **MIDDLE)


def _arrow(ax, start, end, ink, style="-"):
    look = {"arrowstyle": "-|>", "color": ink, "lw": 1.5, "ls": style}
    ax.annotate("", end, start, arrowprops=look | {"shrinkA": 17, "shrinkB": 18})
