"""Figures of a net: its units and edges, stations on the way to the loss, a check."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import MaxNLocator

from course_lib.plots import BLACK, BLUE, CLASS_COLOURS, CLASS_TINTS, RED


def wiring(values, weights, slopes=None, deltas=None, names=None, ax=None):
    """A small net, left to right: each unit's value, each edge's weight or its slope.

    values: one list a layer; weights: an array (D, K) between two layers. With slopes,
    shaped as the weights, an edge shows dL/dw and is as thick as that is large. With
    deltas, one list a layer but the first, a unit shows its dL/dz; names stand above.
    """
    below = 0.8 if deltas is None else 1.05  # room for a δ under the last unit
    below += 0 if slopes is None else 0.2  # and for the key
    ax = ax or plt.subplots(figsize=(6.4, 1.8 * (0.8 + below)))[1]
    shown = weights if slopes is None else slopes
    largest = max(np.abs(s).max() for s in shown) or 1
    heights = _heights(values)
    for k, table in enumerate(shown):
        for (i, j), number in np.ndenumerate(np.asarray(table)):
            ends = np.array([(k, heights[k][i]), (k + 1, heights[k + 1][j])])
            share = 0.1 if slopes is None else np.abs(number) / largest
            plain = slopes is None or number == 0
            colour = "0.45" if plain else CLASS_COLOURS[int(number > 0)]
            ax.plot(*ends.T, color=colour, lw=1 + 7 * share, ls="-", zorder=1)
            place = ends[0] + ALONG * (ends[1] - ends[0])
            style = {"fc": "white", "ec": "none", "pad": 1.5}
            text = f"{number:g}" if plain else f"{number:+.2g}"
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
    if slopes is not None:
        for k, words in enumerate(("− slope below 0", "+ slope above 0")):
            place = len(values) / 2 - 0.5, -below + 0.04
            side = "left" if k else "right"
            ax.annotate(
                words,
                place,
                (12 * k - 6, 0),
                textcoords="offset points",
                color=CLASS_COLOURS[k],
                ha=side,
            )
    ax.set(xlim=(-0.35, len(values) - 0.65), ylim=(-below, 0.8 if names is None else 1))
    ax.axis("off")
    return ax


ALONG = 0.3  # how far along an edge its number stands


def _heights(values):
    return [(len(layer) - 1) / 2 - np.arange(len(layer)) for layer in values]


def places(values):
    """Where wiring writes the number of each edge: (D, K, 2) between two layers."""
    heights = _heights(values)
    found = []
    for k, (low, high) in enumerate(zip(heights, heights[1:], strict=False)):
        rise = low[:, None] + ALONG * (high[None, :] - low[:, None])
        found.append(np.stack([np.full_like(rise, k + ALONG), rise], axis=-1))
    return found


def stations(values, factors, ax=None):
    """A nudge on its way: boxes {name: value} in a row, a factor on each arrow."""
    ax = ax or plt.subplots(figsize=(8.2, 2))[1]
    for k, (name, value) in enumerate(values.items()):
        box = {"boxstyle": "round,pad=0.02", "fc": "white", "ec": BLACK, "lw": 1.5}
        ax.add_patch(FancyBboxPatch((k - 0.24, -0.2), 0.48, 0.4, zorder=2, **box))
        ax.text(k, 0, _signed(value), ha="center", va="center", zorder=3)
        ax.text(k, 0.34, name, ha="center", color="0.35")
    for k, factor in enumerate(factors):
        arrow = {"arrowstyle": "-|>", "lw": 2, "color": "0.45", "shrinkA": 0}
        ax.annotate("", (k + 0.73, 0), (k + 0.27, 0), arrowprops=arrow)
        ax.text(k + 0.5, -0.44, f"× {factor}", ha="center", color=RED, weight="bold")
    ax.set(xlim=(-0.4, len(values) - 0.6), ylim=(-0.55, 0.6))
    ax.axis("off")
    return ax


def verdicts(errors, limit=1e-3, ax=None):
    """{what: a relative error for each layer} as a table; wrong ones red and bold.

    The columns run as the way back does, from the last layer to the first.
    """
    n_layers = len(next(iter(errors.values())))
    ax = ax or plt.subplots(figsize=(6.4, 0.42 * len(errors) + 0.9))[1]
    for row, (what, found) in enumerate(errors.items()):
        ax.text(-0.6, -row, what, ha="right", va="center")
        for column, error in enumerate(reversed(found)):
            wrong = error > limit
            style = {"color": RED, "weight": "bold"} if wrong else {"color": "0.35"}
            tint = CLASS_TINTS[1] if wrong else "white"
            ax.add_patch(plt.Rectangle((column - 0.5, -row - 0.5), 1, 1, fc=tint))
            words = f"{error:.1g}" + (" ✗" if wrong else "")
            ax.text(column, -row, _signed(words), ha="center", va="center", **style)
    for column in range(n_layers):
        words = f"slopes of $W^{n_layers - column}$"
        ax.text(column, 0.85, words, ha="center", va="center")
    ax.set(xlim=(-3, n_layers - 0.5), ylim=(0.5 - len(errors), 1.3))
    ax.axis("off")
    return ax


def stuck(x, y, y_hat, errors, axes=None):
    """Four answers beside what they should be; mean errors (steps, starts) over time.

    The first start is drawn bold, the others grey.
    """
    if axes is None:
        widths = {"width_ratios": [1, 1.9]}
        axes = plt.subplots(1, 2, figsize=(9.4, 3.3), gridspec_kw=widths)[1]
    for corner, target, answer in zip(x[:, :2], y.ravel(), y_hat.ravel(), strict=True):
        style = {"color": CLASS_COLOURS[int(target)], "marker": "os"[int(target)]}
        axes[0].scatter(*corner, 90, **style)
        words = f"says {answer:.2f},\nshould say {target:.0f}"
        below = {
            "va": "bottom" if corner[1] else "top",
            "ha": "center",
            "clip_on": True,
        }
        place = corner[0], corner[1] + (0.14 if corner[1] else -0.14)
        axes[0].text(*place, words, **below)
    axes[0].set(xlim=(-0.6, 1.6), ylim=(-0.75, 1.75), xticks=[0, 1], yticks=[0, 1])
    axes[0].set(xlabel="$x_1$", ylabel="$x_2$", title="Four answers, none is near")
    ax, every = axes[1], max(1, len(errors) // 300)
    steps = np.arange(len(errors))[::every]
    ax.plot(steps, errors[::every, 1:], color="0.8", lw=0.8, ls="-")
    ax.plot(steps, errors[::every, 0], color=BLUE, lw=2.5, ls="-")
    ax.axhline(0.5, color=BLACK, ls=":", lw=1.2)
    style = {"ha": "right", "clip_on": True}
    ax.text(steps[-1], 0.515, "always saying one half", **style)
    ax.text(0.6 * steps[-1], 0.14, "grey: other starts", color="0.35", **style)
    ax.set(xlabel="step", ylabel="mean error", ylim=(0, 0.57))
    return axes


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
