"""Figures of a net: its units and edges, and a length for each layer."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from course_lib.plots import BLACK, CLASS_COLOURS


def wiring(values, weights, slopes=None, deltas=None, names=None, ax=None):
    """A small net, left to right: each unit's value, each edge's weight or its blame.

    values: one list a layer; weights: an array (D, K) between two layers. With slopes,
    shaped as the weights, an edge shows dL/dw and is as thick as that is large. With
    deltas, one list a layer but the first, a unit shows its dL/dz; names stand above.
    """
    below = 0.8 if deltas is None else 1.05  # room for a δ under the last unit
    ax = ax or plt.subplots(figsize=(6.4, 1.8 * (0.8 + below)))[1]
    shown = weights if slopes is None else slopes
    largest = max(np.abs(s).max() for s in shown) or 1
    heights = [(len(layer) - 1) / 2 - np.arange(len(layer)) for layer in values]
    for k, table in enumerate(shown):
        for (i, j), number in np.ndenumerate(np.asarray(table)):
            ends = np.array([(k, heights[k][i]), (k + 1, heights[k + 1][j])])
            share = 0.1 if slopes is None else np.abs(number) / largest
            colour = "0.45" if slopes is None else CLASS_COLOURS[int(number > 0)]
            ax.plot(*ends.T, color=colour, lw=1 + 7 * share, ls="-", zorder=1)
            place = ends[0] + 0.3 * (ends[1] - ends[0])
            style = {"fc": "white", "ec": "none", "pad": 1.5}
            text = f"{number:g}" if slopes is None else f"{number:+.2g}"
            ax.text(*place, _signed(text), ha="center", va="center", bbox=style)
    for k, layer in enumerate(values):
        ax.scatter(
            np.full(len(layer), k), heights[k], 1700, "white", ec=BLACK, zorder=2
        )
        for j, value in enumerate(layer):
            text = f"{value:g}" if k == 0 else f"{value:.3f}"
            ax.text(k, heights[k][j], _signed(text), ha="center", va="center")
            if names is not None:
                ax.text(k, heights[k][j] + 0.27, names[k][j], ha="center", color="0.35")
            if deltas is not None and k > 0:
                words = _signed(f"δ = {deltas[k - 1][j]:+.2g}")
                ax.text(k, heights[k][j] - 0.36, words, ha="center", weight="bold")
    ax.set(xlim=(-0.35, len(values) - 0.65), ylim=(-below, 0.8 if names is None else 1))
    ax.axis("off")
    return ax


def by_layer(series, ax=None, first=1, xlabel="layer", ylabel="length", ylim=None):
    """{label: a length for each layer} on a logarithmic axis, labelled at their ends.

    Labels that would lie on one another are moved apart.
    """
    ax = ax or plt.subplots()[1]
    for values in series.values():
        ax.plot(np.arange(first, first + len(values)), values)
    ax.set(yscale="log", xlabel=xlabel, ylabel=ylabel, ylim=ylim)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    low, high = np.log10(ax.get_ylim())
    ends = [np.log10(values[-1]) for values in series.values()]
    places, gap = {}, 0.075 * (high - low)
    for k in np.argsort(ends):
        places[k] = max(ends[k], max(places.values(), default=-np.inf) + gap)
    for k, (label, values) in enumerate(series.items()):
        ax.annotate(
            label,
            (first + len(values) - 1, 10 ** places[k]),
            (6, 0),
            textcoords="offset points",
            color=ax.lines[k].get_color(),
            va="center",
            annotation_clip=False,
        )
    return ax


def _signed(text):
    """The text with a true minus sign, as everywhere in the figures."""
    return text.replace("-", "−")
