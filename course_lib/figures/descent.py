"""Figures of a walk downhill."""

import matplotlib.pyplot as plt
import numpy as np

from course_lib.plots import BLACK, CLASS_COLOURS


def path(steps, A, ax=None, limits=((-1.15, 0.45), (-0.5, 0.5))):
    """Steps (T, 2) over contours of the ravine L(w) = ½ wᵀ A w, the start ringed."""
    ax = ax or plt.subplots(figsize=(4, 2.8))[1]
    w = np.stack(np.meshgrid(*(np.linspace(*ends, 120) for ends in limits)), axis=-1)
    heights = 0.5 * np.sum(w @ A * w, axis=-1)
    levels = heights.max() * np.linspace(0, 1, 9)[1:] ** 3  # closer together below
    ax.contour(*w.T.swapaxes(1, 2), heights, levels, colors="0.75", linewidths=0.8)
    style = {"color": CLASS_COLOURS[0], "marker": "o", "ms": 3, "lw": 1}
    ax.plot(*np.transpose(steps), **style)
    ax.plot(*steps[0], "o", ms=9, mfc="none", color=BLACK)
    ax.plot(0, 0, "*", ms=11, color=CLASS_COLOURS[1], zorder=4)
    ax.set(xlim=limits[0], ylim=limits[1], xlabel="$w_1$", ylabel="$w_2$")
    return ax
