"""Figures of codes: an autoencoder, shadows on a line, a map, a code that is drawn."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from course_lib.figures.halves import digits
from course_lib.plots import BLACK, BLUE, CLASS_TINTS, GREEN, GREY, MIDDLE, RED, number

PALE, NUDGE = "0.85", 0.2
PAPER = {"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none"}
NEAR = {"textcoords": "offset points", "annotation_clip": False}
INKS = (BLUE, RED, GREEN, "#A6457C", BLACK, "#8A6D00", "#5B3FA8", "#7A3E12", "#B3122B")
INKS += ("#4D6B73",)  # ten, dark enough for small characters


def hourglass(sizes, ax=None, names=None, kinds=None):
    """An autoencoder: a bar a layer, the smallest holds the code z.

    A bar is as high as the root of its size, which stands above it; kinds names the
    function on the way into each layer but the first.
    """
    n, code = len(sizes), int(np.argmin(sizes))
    if names is None:
        names = [r"$x$", *[""] * (n - 2), r"$\hat{x}$"]
        names[code] = "code $z$"
    ax = ax or plt.subplots(figsize=(min(1.3 * n + 1.2, 9.4), 3))[1]
    high = np.sqrt(np.divide(sizes, np.max(sizes)))
    for k, kind in enumerate(kinds or [""] * (n - 1)):
        x, y = [k, k, k + 1, k + 1], [-high[k], high[k], high[k + 1], -high[k + 1]]
        ax.fill(x, y, color=PALE, lw=0, zorder=0)
        ax.text(k + 0.5, 0, kind, **MIDDLE)
    for k, (size, name) in enumerate(zip(sizes, names, strict=True)):
        look = {"fc": BLUE if k == code else "white", "ec": BLACK, "lw": 1.5}
        ax.add_patch(Rectangle((k - 0.07, -high[k]), 0.14, 2 * high[k], **look))
        ax.text(k, high[k] + 0.15, f"{size}", **MIDDLE)
        ax.text(k, -high[k] - 0.18, name, **MIDDLE)
    for x, word in (code / 2, "encoder"), ((code + n - 1) / 2, "decoder"):
        ax.text(x, 1.5, word, color=GREY, **MIDDLE)
    ax.set(xlim=(-0.4, n - 0.6), ylim=(-1.35, 1.65))
    ax.axis("off")
    return ax


def shadow(points, m, v, ax=None):
    """Points (N, 2), their places on the line through m along v, what each loses.

    A square is z v + m, z the steps of length 1 from m; dashed is what is lost. Up to
    five points have their z written, one its loss.
    """
    points, m = np.asarray(points, float), np.asarray(m, float)
    v = np.asarray(v, float) / np.linalg.norm(v)
    ax = ax or plt.subplots(figsize=(5.4, 4.4))[1]
    z = ((points - m) @ v).round(9) + 0.0  # no -0, no 1e-16
    feet, reach = m + np.outer(z, v), np.abs(z).max() + 0.6
    drops = points - feet
    lost = np.linalg.norm(drops, axis=1)
    ax.plot(*np.array([m - reach * v, m + reach * v]).T, color=GREY, lw=1.2, ls="-")
    for point, foot in zip(points, feet, strict=True):
        ax.plot(*np.array([point, foot]).T, color=RED, lw=1.5, ls="--", zorder=1)
    ax.scatter(*points.T, 60, BLACK, zorder=3)
    ax.scatter(*feet.T, 55, "white", ec=BLUE, lw=2, marker="s", zorder=3)
    ax.plot(*m, "x", ms=11, mew=2.5, color=BLACK, zorder=4)
    arrow = {"arrowstyle": "-|>", "lw": 2.5, "color": BLUE, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", m + v, m, arrowprops=arrow | {"mutation_scale": 16})
    normal = np.array([-v[1], v[0]]) * (1 if v[0] >= 0 else -1)  # up
    _near(ax, "m", m, -17 * normal, BLACK)
    _near(ax, "v", m + v / 2, 15 * normal, BLUE)
    chosen = np.argmax(lost)
    shown = range(len(z)) if len(z) <= 5 else [chosen]
    for k in shown:
        side = -1 if drops[k] @ normal >= 0 else 1
        _near(ax, f"z = {number(z[k])}", feet[k], 19 * side * normal, BLUE)
    words, spot = f"lost: {number(lost[chosen])}", points[chosen] - drops[chosen] / 2
    _near(ax, words, spot, 38 * v * (1 if z[chosen] > 0 else -1), RED)
    ax.margins(0.12)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    return ax


def _near(ax, words, place, shift, colour):
    look = {"color": colour, "zorder": 5, "bbox": PAPER}
    ax.annotate(words, place, shift, **look, **NEAR, **MIDDLE)


def two_axes(codes, directions, ax=None):
    """PCA's two codes (N, 2), its axes, and two other directions, columns of (2, 2)."""
    codes, W = np.asarray(codes, float), np.asarray(directions, float)
    ax = ax or plt.subplots(figsize=(5, 4.6))[1]
    reach = np.percentile(np.linalg.norm(codes, axis=1), 95)
    ax.scatter(*codes.T, 10, "0.7", lw=0)
    cosine = W[:, 0] @ W[:, 1] / np.prod(np.linalg.norm(W, axis=0))
    angle = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    for axes, ink, names, style in (
        (np.eye(2), BLACK, "PCA 1,PCA 2", "--"),
        (W / np.linalg.norm(W, axis=0), RED, "first,second", "-"),
    ):
        for w, name in zip(reach * axes.T, names.split(","), strict=True):
            look = {"arrowstyle": "-|>", "color": ink, "lw": 2.5, "ls": style}
            look |= {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 18}
            ax.annotate("", w, (0, 0), arrowprops=look)
            ax.text(*1.15 * w, name, color=ink, bbox=PAPER, **MIDDLE)
    ax.margins(0.12)
    ax.set(xlabel=f"PCA's first code (solid: {number(angle, '.0f')}° apart)")
    ax.set(ylabel="PCA's second code", aspect="equal")
    return ax


def map(z, y, ax=None, marks=None):
    """Codes z (N, 2) drawn as the digits y that they stand for.

    marks: places (M, 2), circled and lettered A, B, …
    """
    z, y = np.asarray(z, float), np.asarray(y)
    ax = ax or plt.subplots(figsize=(6, 5.4))[1]
    for k in np.unique(y):
        ax.scatter(*z[y == k].T, 45, INKS[k], marker=f"${k}$", lw=0.3)
    for k, place in enumerate([] if marks is None else np.asarray(marks, float)):
        ax.scatter(*place, 300, "none", ec=BLACK, lw=2, zorder=4)
        words, box = chr(ord("A") + k), {"bbox": PAPER, "weight": "bold"}
        ax.annotate(words, place, (16, 12), zorder=5, **NEAR, **MIDDLE, **box)
    ax.set(xlabel="$z_1$", ylabel="$z_2$", aspect="equal")
    return ax


def manifold(decode, ax=None, n=12, reach=2.5):
    """What decode (N, 2) -> (N, pixels) makes of n × n places, -reach … reach."""
    ax = ax or plt.subplots(figsize=(5.6, 5.4))[1]
    steps = np.linspace(-reach, reach, n)
    z = np.stack(np.meshgrid(steps, steps[::-1]), axis=-1)  # the highest on top
    pictures = np.asarray(decode(z.reshape(-1, 2)))
    digits(pictures.reshape(n, n, -1), ax, [""] * n)
    middles, few = ax.get_yticks(), [0, *[n // 2] * (n % 2), n - 1]
    ax.set_xticks(middles[few], [number(steps[k], ".2g") for k in few])
    ax.set_yticks(middles[few], [number(steps[-1 - k], ".2g") for k in few])
    ax.set(xlabel="$z_1$", ylabel="$z_2$")
    return ax


def sampling(mu, sigma, noise, ax=None):
    """The code z = µ + σ ε under its normal curve, and what a nudge of µ or σ does."""
    ax = ax or plt.subplots(figsize=(7, 3.8))[1]
    z, right = mu + sigma * noise, np.sign(noise) or 1
    grid = mu + sigma * np.linspace(-3.2, 3.2, 201)
    curve = np.exp(-(((grid - mu) / sigma) ** 2) / 2)
    ax.fill_between(grid, curve, color=CLASS_TINTS[0], lw=0)
    ax.plot(grid, curve, color=BLUE, ls="-")
    ax.axhline(0, color=BLACK, lw=1.2, ls="-")
    ax.plot([mu, mu], [0, 1], color=GREY, lw=1.2, ls="--")
    ax.text(mu, 1.1, f"µ = {number(mu)}", **MIDDLE)
    y, left = np.exp(-0.5), mu - sigma * right
    _stride(ax, mu, left, y, GREY, "<|-|>")
    side = {"ha": "right" if right > 0 else "left", "va": "center", "color": GREY}
    ax.text(left - 0.15 * sigma * right, y, f"σ = {number(sigma)}", **side)
    _stride(ax, mu, z, 0.16, BLUE)
    words = f"σ ε = {number(sigma)} × {number(noise)}"
    side = {"ha": "left" if right > 0 else "right", "va": "center", "color": BLUE}
    ax.text(mu + 0.1 * sigma * right, 0.29, words, **side)
    ax.plot([z, z], [-0.75, 0.16], color=GREY, lw=1.2, ls=":")
    ax.plot(z, 0, "o", ms=9, color=BLACK)
    place = {"ha": "right" if right > 0 else "left", "va": "top"}
    ax.annotate(f"z = {number(z)}", (z, 0), (-7 * right, -6), **NEAR, **place)
    for name, slope, y in ("µ", 1.0, -0.38), ("σ", float(noise), -0.68):
        _stride(ax, z, z + NUDGE * slope, y, RED)
        words = f"{name} + {NUDGE}: z + {NUDGE} × {number(slope)}"
        words = words.replace("+ 0.2 × −", "− 0.2 × ")
        spot = max(z, z + NUDGE * slope) + 0.12 * sigma
        ax.text(spot, y, words, color=RED, va="center", clip_on=False)
    ax.set(yticks=[], xlabel="z", ylim=(-0.9, 1.25))
    ax.spines["left"].set_visible(False)
    return ax


def _stride(ax, start, end, y, colour, style="-|>"):
    look = {"arrowstyle": style, "lw": 2.2, "color": colour, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", (end, y), (start, y), arrowprops=look | {"mutation_scale": 14})
