"""Figures of a table of classes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from course_lib.plots import BLACK, CLASS_COLOURS


def tiles(table, names, wrong=None, ax=None):
    """A table of classes 0, 1, ... as tiles, the higher the darker, with their key.

    wrong, a table of truth values, puts a cross on some tiles.
    """
    ax = ax or plt.subplots(figsize=(9, 2.4))[1]
    shades = ["#EFEFEF", "#9CC3E0", CLASS_COLOURS[0], BLACK][: len(names)]
    ax.imshow(table, ListedColormap(shades), aspect="auto", vmin=0, vmax=len(names) - 1)
    if wrong is not None:
        style = {"marker": "x", "lw": 1.2, "zorder": 3}
        ax.scatter(*np.argwhere(wrong).T[::-1], 14, CLASS_COLOURS[1], **style)
    key = [
        Patch(fc=c, ec="0.6", label=name) for c, name in zip(shades, names, strict=True)
    ]
    ax.legend(handles=key, ncol=4, loc="lower right", bbox_to_anchor=(1, 1), fontsize=9)
    ax.set(xticks=[], yticks=[])
    return ax
