"""Figures of a margin: the empty street, what it bounds, its mirrored examples."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle

from course_lib.figures.perceptron import ARROW, NEAR, PAPER
from course_lib.plots import BLACK, CLASS_COLOURS, CLASS_MARKERS, GREEN, points


def street(X, y, w, ax=None):
    """The empty street of half-width γ around w·x = 0, and the circle of radius R."""
    ax = ax or plt.subplots(figsize=(5.4, 4.8))[1]
    w = np.asarray(w) / np.linalg.norm(w)
    along, lengths = np.array([-w[1], w[0]]), np.linalg.norm(X, axis=1)
    gamma, R, far = np.min(y * (X @ w)), lengths.max(), X[lengths.argmax()]
    for side, style in ((-gamma, ":"), (0, "-"), (gamma, ":")):
        ends = np.array([side * w - 2 * R * along, side * w + 2 * R * along])
        ax.plot(*ends.T, color=BLACK, ls=style, lw=1.2)
    corners = [
        s * gamma * w + t * 2 * R * along
        for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    ax.fill(*np.transpose(corners), color="#F5E9A8", zorder=0)
    points(X, y, ax, size=60)
    ax.add_patch(Circle((0, 0), R, fill=False, ec="0.6", ls="--"))
    ax.plot(*np.transpose([(0, 0), far]), color="0.5", ls="--", lw=1.2)
    above = {"ha": "center", "va": "center", "bbox": PAPER}
    ax.annotate("R", 0.72 * far, (0, 0), color="0.35", **NEAR, **above)
    ax.annotate("", w, (0, 0), arrowprops=ARROW | {"color": BLACK}, zorder=6)
    ax.annotate("w*", w, (5, 2), weight="bold", **NEAR)
    foot = -0.6 * R * along
    ax.annotate(
        "",
        foot + gamma * w,
        foot,
        arrowprops={"arrowstyle": "<->", "lw": 1.5, "shrinkA": 0, "shrinkB": 0},
    )
    ax.annotate("γ", foot + gamma * w / 2, (-4, 8), weight="bold", **NEAR)
    ax.set(xlim=(-1.1 * R, 1.1 * R), ylim=(-1.1 * R, 1.1 * R))
    return ax


def squeeze(steps, w_star, gamma, R, ax=None):
    """The length of w, and how far it reaches along w*, between their two limits.

    steps: (M, D), the weights after each mistake. (The marks are not those of classes.)
    """
    ax = ax or plt.subplots(figsize=(7, 3.8))[1]
    M, most = np.arange(1, len(steps) + 1), (R / gamma) ** 2
    upto = np.linspace(0, 1.12 * most, 200)
    ax.plot(upto, gamma * upto, color=GREEN, ls="-")
    ax.plot(upto, R * np.sqrt(upto), color=BLACK, ls="-")
    hollow = {"ls": "", "mfc": "white", "mew": 1.5}
    ax.plot(M, np.linalg.norm(steps, axis=1), "D", color=BLACK, ms=7, **hollow)
    ax.plot(M, steps @ w_star, "x", color=GREEN, ms=6, mew=2)
    ax.axvline(most, color="0.5", ls=":")
    words = "the lines cross at\n$(R/\\gamma)^2$" + f" = {most:.0f}"
    ax.annotate(words, (most, 0), (-6, 8), ha="right", **NEAR)
    place = 0.62 * most
    ax.annotate(
        "length: at most $\\sqrt{M}\\,R$",
        (place, R * place**0.5),
        (0, 8),
        color=BLACK,
        ha="right",
        **NEAR,
    )
    ax.annotate(
        "along w*: at least $M\\gamma$",
        (place, gamma * place),
        (8, -12),
        color=GREEN,
        **NEAR,
    )
    ax.set(xlabel="mistakes M", ylabel="w", xlim=(0, 1.12 * most), ylim=(0, None))
    return ax


def mirrored(X, y, w, axes=None):
    """Examples of two classes, and all of them on the firing side of one boundary."""
    axes = plt.subplots(1, 2, figsize=(8, 4))[1] if axes is None else axes
    across, R = np.asarray(w) / np.linalg.norm(w), np.linalg.norm(X, axis=1).max()
    for ax, turned in zip(axes, (X, y[:, None] * X), strict=True):
        for k in (0, 1):
            style = {"color": CLASS_COLOURS[k], "ls": "", "ms": 8}
            ax.plot(*turned[(y > 0) == k].T, CLASS_MARKERS[k], **style)
        ax.axline((0, 0), (-across[1], across[0]), color=BLACK)
        ax.annotate("", 0.8 * R * across, (0, 0), arrowprops=ARROW | {"color": BLACK})
        ax.set(xlim=(-1.1 * R, 1.1 * R), ylim=(-1.1 * R, 1.1 * R), aspect="equal")
    axes[0].set_title("Two classes, one on each side")
    axes[1].set_title("y x: all of them on the side of w")
    return axes
