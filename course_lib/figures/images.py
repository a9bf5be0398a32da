"""Figures of images under a kernel, and of the sizes of a net's maps."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from course_lib.plots import BLACK, CLASS_COLOURS, CLASS_TINTS, RED, row


def sliding(x, W, place, axes=None):
    """A kernel W on an image x at one place (i, j): the patch, its sum, the map so far.

    Left the image with the patch framed, in the middle pixel times weight for each of
    its cells, right the map of sums, filled in reading order up to this place.
    """
    axes = row(3, 9.5, 3.5) if axes is None else axes
    (i, j), (h, w) = place, np.shape(W)
    height, width = np.subtract(np.shape(x), (h, w)) + 1
    sums = np.array(
        [[np.sum(x[a:, b:][:h, :w] * W) for b in range(width)] for a in range(height)]
    )
    axes[0].imshow(x, cmap="gray_r", vmin=0, vmax=1)
    frame = {"fill": False, "ec": RED, "lw": 2.5}
    axes[0].add_patch(Rectangle((j - 0.5, i - 0.5), w, h, **frame))
    products = x[i : i + h, j : j + w] * W
    axes[1].imshow(products, cmap="RdBu_r", vmin=-2, vmax=2)
    for (a, b), weight in np.ndenumerate(W):
        text = f"{x[i + a, j + b]:.2f}\n× {weight:g}".replace("-", "−")
        axes[1].text(b, a, text, ha="center", va="center", fontsize=9)
    later = np.arange(sums.size).reshape(sums.shape) > i * width + j
    limit = np.abs(sums).max() or 1
    shown = np.ma.masked_array(sums, later)
    axes[2].set_facecolor("0.9")
    axes[2].imshow(shown, cmap="RdBu_r", vmin=-limit, vmax=limit)
    axes[2].add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, **frame))
    titles = f"patch at row {i}, column {j}", f"sum {sums[i, j]:+.2f}", "the map so far"
    for ax, title in zip(axes, titles, strict=True):
        ax.set(xticks=[], yticks=[], title=title.replace("-", "−"))
        ax.spines[["top", "right"]].set_visible(True)
    return axes


def stack(shapes, names, ax=None):
    """The maps of a net as piles of squares, (height, width, how many), input first.

    A pile is drawn as high as its maps, its depth grows with their number; the shape
    stands below, the name above.
    """
    ax = ax or plt.subplots(figsize=(10, 3.2))[1]
    left, tallest = 0.0, max(shape[0] for shape in shapes)
    for k, ((h, w, maps), name) in enumerate(zip(shapes, names, strict=True)):
        h_drawn, w_drawn = max(h, 1.5), max(w, 1.5)
        drawn = min(maps, 16)
        step = 0.45 if h > 1 else 0.8
        width, height = w_drawn + step * (drawn - 1), h_drawn + step * (drawn - 1)
        for m in reversed(range(drawn)):
            corner = left + step * m, -height / 2 + step * m
            face = CLASS_TINTS[k % 2]
            style = {"fc": face, "ec": CLASS_COLOURS[k % 2], "lw": 0.8}
            ax.add_patch(Rectangle(corner, w_drawn, h_drawn, **style))
        middle = left + width / 2
        size = f"{h}×{w}\n× {maps}" if h > 1 else f"{maps}"
        style = {"ha": "center", "fontsize": 9}
        ax.text(middle, -tallest / 2 - 6, size, va="top", **style)
        ax.text(middle, tallest / 2 + 5, name, va="bottom", color=BLACK, **style)
        left += width + 7
    ax.set(xlim=(-3, left), ylim=(-tallest / 2 - 14, tallest / 2 + 12), aspect="equal")
    ax.axis("off")
    return ax
