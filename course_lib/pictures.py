"""Figures that show one idea of a lesson; each draws on ax and returns it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from course_lib.plots import BLACK, CLASS_COLOURS, CLASS_MARKERS, CLASS_TINTS


def boundary(w, b, ax):
    """The line w·x + b = 0, the side where it is positive tinted, and the arrow w."""
    w, (x0, x1), (y0, y1) = np.asarray(w), ax.get_xlim(), ax.get_ylim()
    xs, ys = np.meshgrid([x0, x1], [y0, y1])  # a plane is exact on four corners
    z = w[0] * xs + w[1] * ys + b
    ax.contourf(xs, ys, z, [-np.inf, 0, np.inf], colors=CLASS_TINTS[:2], zorder=0)
    if np.any(w):
        foot = -b * w / (w @ w)
        tip = foot + w / np.linalg.norm(w) * 0.22 * (x1 - x0)
        style = {"arrowstyle": "-|>", "lw": 2, "color": BLACK}
        ax.annotate("", tip, foot, arrowprops=style, zorder=4)
        ax.annotate("w", tip, (4, 2), textcoords="offset points", weight="bold")
    ax.set(xlim=(x0, x1), ylim=(y0, y1))
    return ax


def regions(predict, ax, n=160):
    """Where in the plane predict, (N, 2) → (N,), says 1, and where it says 0."""
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    xs, ys = np.meshgrid(np.linspace(x0, x1, n), np.linspace(y0, y1, n))
    answers = np.reshape(predict(np.column_stack([xs.ravel(), ys.ravel()])), xs.shape)
    ax.contourf(xs, ys, answers, [-1, 0.5, 2], colors=CLASS_TINTS[:2], zorder=0)
    ax.set(xlim=(x0, x1), ylim=(y0, y1))
    return ax


def mistakes_and_bound(trials, ax=None):
    """{margin: (n, 2) mistakes and bound} as points under the diagonal."""
    ax = ax or plt.subplots()[1]
    for k, (margin, trial) in enumerate(trials.items()):
        made, bound = np.maximum(trial, 0.5).T
        style = {"marker": CLASS_MARKERS[k], "alpha": 0.7}
        ax.scatter(bound, made, 22, CLASS_COLOURS[k], **style)
        ax.annotate(
            f"margin {margin}",
            (np.median(bound), made.min()),
            (0, -16),
            textcoords="offset points",
            ha="center",
            color=CLASS_COLOURS[k],
        )
    highest = max(trial.max() for trial in trials.values())
    ax.plot([1, highest], [1, highest], color=BLACK, ls="-")
    ax.annotate(
        "the bound", (highest, highest), (-6, 0), textcoords="offset points", ha="right"
    )
    ax.set(
        xscale="log",
        yscale="log",
        ylim=(0.4, None),
        xlabel="$(R/\\gamma)^2$",
        ylabel="mistakes made",
    )
    return ax


def reliability(groups, n_bins=8, ax=None):
    """How often predictions {label: (p, y)} came true, by how sure the model was.

    A point is the mean prediction and the observed share in one bin, its area the
    share of the examples; on the diagonal a probability means what it says.
    """
    ax = ax or plt.subplots(figsize=(4.6, 4.2))[1]
    ax.plot([0, 1], [0, 1], color="0.5", ls="-", lw=1)
    ax.annotate("honest", (1, 1), (4, -4), textcoords="offset points", color="0.35")
    for k, (label, (p, y)) in enumerate(groups.items()):
        bins = np.minimum((p * n_bins).astype(int), n_bins - 1)
        used = np.unique(bins)
        sure = [p[bins == i].mean() for i in used]
        came = [y[bins == i].mean() for i in used]
        size = [600 * np.mean(bins == i) + 12 for i in used]
        colour, marker = CLASS_COLOURS[1 - k], CLASS_MARKERS[1 - k]
        ax.plot(sure, came, color=colour, lw=1, ls=("--", "-")[k])
        ax.scatter(sure, came, size, colour, marker=marker, alpha=0.8)
        middle = len(used) // 2
        side = {"xytext": (10, -14), "ha": "left"} if k == 0 else {"xytext": (-10, 6)}
        style = {"textcoords": "offset points", "color": colour, "ha": "right"} | side
        ax.annotate(label, (sure[middle], came[middle]), **style)
    ax.set(
        xlabel="predicted probability", ylabel="share that came true", aspect="equal"
    )
    return ax


def gauge(value, low, high, threshold, title, ax=None):
    """A dial from low to high with a mark at the threshold and a needle at value."""
    ax = ax or plt.subplots(figsize=(4, 0.9))[1]
    ax.barh(0, threshold - low, left=low, color=CLASS_TINTS[0], height=0.8)
    ax.barh(0, high - threshold, left=threshold, color=CLASS_TINTS[1], height=0.8)
    ax.plot([value, value], [-0.55, 0.55], color=BLACK, lw=4, solid_capstyle="butt")
    ax.axvline(threshold, color="0.4", ls=":")
    ax.set(yticks=[], xlim=(low, high), ylim=(-0.6, 0.6), title=title)
    ax.spines["left"].set_visible(False)
    return ax


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


def _signed(text):
    """The text with a true minus sign, as everywhere in the figures."""
    return text.replace("-", "−")


def descent(path, A, ax=None, limits=((-1.15, 0.45), (-0.5, 0.5))):
    """A path (T, 2) over contours of the ravine L(w) = ½ wᵀ A w, its start ringed."""
    ax = ax or plt.subplots(figsize=(4, 2.8))[1]
    w = np.stack(np.meshgrid(*(np.linspace(*ends, 120) for ends in limits)), axis=-1)
    heights = 0.5 * np.sum(w @ A * w, axis=-1)
    levels = heights.max() * np.linspace(0, 1, 9)[1:] ** 3  # closer together below
    ax.contour(*w.T.swapaxes(1, 2), heights, levels, colors="0.75", linewidths=0.8)
    style = {"color": CLASS_COLOURS[0], "marker": "o", "ms": 3, "lw": 1}
    ax.plot(*np.transpose(path), **style)
    ax.plot(*path[0], "o", ms=9, mfc="none", color=BLACK)
    ax.plot(0, 0, "*", ms=11, color=CLASS_COLOURS[1], zorder=4)
    ax.set(xlim=limits[0], ylim=limits[1], xlabel="$w_1$", ylabel="$w_2$")
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
