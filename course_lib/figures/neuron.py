"""Figures of one neuron: its boundary, its mistakes, its honesty, its dial."""

import matplotlib.pyplot as plt
import numpy as np

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
