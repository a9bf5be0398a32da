"""Figures of two nets at odds: who sees what, who is believed, where it leads."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyBboxPatch

from course_lib.plots import BLACK, BLUE, CLASS_TINTS, GREY, MIDDLE, RED, number, row

PALE = "0.85"
PAPER = {"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none"}
NEAR = {"textcoords": "offset points", "annotation_clip": False}
TANGENT = {"color": BLACK, "lw": 2.2, "ls": "-", "zorder": 3}
NAMES = ["noise\n$z$", "forger\n$G$", "forged\n$G(z)$", "real\n$x$", "detective\n$D$"]
NAMES += ["chance\nof “real”"]
PLACES = [(0, 0), (1.5, 0), (3, 0), (3, 1.3), (4.7, 0.65), (6.3, 0.65)]


def two_nets(ax=None, names=None):
    """Noise, forger, forged, real, detective, its answer; dashed: the slopes' way back.

    names, in this order, replace what stands in the boxes.
    """
    ax = ax or plt.subplots(figsize=(8.6, 3.4))[1]
    for (x, y), name in zip(PLACES, names or NAMES, strict=True):
        net = (x, y) in (PLACES[1], PLACES[4])
        box = {"boxstyle": "round,pad=0,rounding_size=0.12", "ec": BLACK, "zorder": 2}
        look = {"fc": PALE if net else "white", "lw": 2.2 if net else 1.2}
        ax.add_patch(FancyBboxPatch((x - 0.5, y - 0.28), 1, 0.56, **box, **look))
        ax.text(x, y, name, zorder=3, **MIDDLE)
    for start, end in (0, 1), (1, 2), (2, 4), (3, 4), (4, 5):
        (x, y), (X, Y) = PLACES[start], PLACES[end]
        _arrow(ax, (x + 0.5, y), (X - 0.5, Y + 0.2 * np.sign(y - Y)), GREY, "-")
    _back(ax, [(6.3, 0.37), (6.3, -0.25), (4.9, -0.25), (4.9, 0.37)], BLUE)
    _back(ax, [(6.5, 0.37), (6.5, -0.75), (1.5, -0.75), (1.5, -0.28)], RED)
    ax.text(5.6, -0.4, "slopes to the detective", color=BLUE, **MIDDLE)
    ax.text(
        4, -0.92, "slopes to the forger, through the detective", color=RED, **MIDDLE
    )
    ax.set(xlim=(-0.6, 6.9), ylim=(-1.05, 1.65))
    ax.axis("off")
    return ax


def _arrow(ax, start, end, ink, style):
    look = {"arrowstyle": "-|>", "color": ink, "lw": 2, "ls": style, "shrinkA": 0}
    ax.annotate("", end, start, arrowprops=look | {"shrinkB": 1, "mutation_scale": 15})


def _back(ax, corners, ink):
    """A dashed way along corners, with a head at its end."""
    ax.plot(*np.transpose(corners[:-1]), color=ink, lw=2, ls="--")
    _arrow(ax, corners[-2], corners[-1], ink, "-")


def detective(x, p, q, d, ax=None, best=None):
    """Densities p (real) and q (forged) on x, all (S,), and D on a scale of its own.

    best: D* = p / (p + q), dotted.
    """
    ax = ax or plt.subplots(figsize=(6.6, 3.8))[1]
    chance = ax.twinx()
    peaks = {}
    for name, curve, ink, tint, style in (
        ("real $p$", p, BLUE, CLASS_TINTS[0], "-"),
        ("forged $q$", q, RED, CLASS_TINTS[1], "--"),
    ):
        ax.fill_between(x, curve, color=tint, lw=0, alpha=0.7)
        ax.plot(x, curve, color=ink, ls=style)
        peaks[name] = np.argmax(curve), ink
    high = max(np.max(p), np.max(q))
    alike = np.ptp([x[k] for k, _ in peaks.values()]) < 0.15 * np.ptp(x)
    for (name, (k, ink)), curve in zip(peaks.items(), (p, q), strict=True):
        shift = (0, 6 if not alike or name[0] == "r" else 21)
        look = {"color": ink, "ha": "center", "va": "bottom"}
        ax.annotate(name, (x[k], curve[k]), shift, **NEAR, **look)
    chance.axhline(0.5, color="0.75", lw=1, ls="-", zorder=0)
    chance.plot(x, d, color=BLACK, lw=2.5, ls="-")
    end = 1 if d[-1] > 0.5 else -1
    name = {"ha": "right", "va": "bottom" if end < 0 else "top"}
    chance.annotate("$D$", (x[-1], d[-1]), (-6, -6 * end), **NEAR, **name)
    if best is not None:
        chance.plot(x, best, color=GREY, lw=2.2, ls=":")
        inner = slice(len(x) // 10, -len(x) // 10)  # the name stays inside
        k = len(x) // 10 + np.argmax(np.abs(np.subtract(best, d)[inner]))
        up = 1 if best[k] > d[k] else -1
        left = up * (1 if best[-1] > best[0] else -1) > 0
        name = {"ha": "right" if left else "left", "color": GREY}
        name |= {"va": "bottom" if up > 0 else "top"}
        shift = -5 if left else 5, 3 * up
        chance.annotate("$D^*$", (x[k], best[k]), shift, **NEAR, **name)
    ax.set(xlabel="x", ylabel="density", ylim=(0, 1.25 * high), xlim=(x[0], x[-1]))
    chance.set(ylabel="$D(x)$", ylim=(0, 1.25), yticks=[0, 0.5, 1])
    chance.set_yticklabels(["0", "½", "1"])
    chance.spines["right"].set_visible(True)
    return ax


def losses(ax=None, at=0.01):
    """Both losses of the forger by the logit a, their slopes where D(G(z)) = at."""
    ax = ax or plt.subplots(figsize=(6.6, 4))[1]
    a, here = np.linspace(-6, 6, 241), np.log(at / (1 - at))
    room = "left" if here < -2 else "right"  # for the words under the lower line
    for words, sign, slope, ink, style in (
        ("saturating: log(1 − D)", -1, -at, RED, "--"),
        ("non-saturating: −log D", 1, at - 1, BLUE, "-"),
    ):
        loss, place = (sign * np.logaddexp(0, -sign * t) for t in (a, here))
        ax.plot(a, loss, color=ink, ls=style)
        reach = np.array([-1.3, 1.3])
        ax.plot(here + reach, place + slope * reach, **TANGENT)
        ax.plot(here, place, "o", ms=8, color=ink, zorder=4)
        look = {"color": ink, "va": "top" if sign < 0 else "bottom"}
        side = {"ha": room if sign < 0 else "left"}
        spot = 12 if side["ha"] == "left" else -12, 8 * sign
        ax.annotate(
            f"slope {number(slope)}", (here, place), spot, **NEAR, **look, **side
        )
        k = 180 if sign < 0 else 240  # left of its line, or above it
        ax.annotate(words, (a[k], loss[k]), (-4, 5 * sign), ha="right", **NEAR, **look)
    ax.axvline(here, color=GREY, lw=1.2, ls=":", zorder=0)
    foot = {"xycoords": ax.get_xaxis_transform(), "color": GREY, "va": "bottom"}
    ax.annotate(f"D = {number(at)}", (here, 0), (5, 3), **foot, **NEAR)
    ax.set(xlabel="logit a (caught ← 0 → believed)", ylabel="loss of the forger")
    ax.margins(x=0.02)
    return ax


def spiral(paths, ax=None):
    """Ways of (a, b) {name: (T, 2)} around the centre; dashed is the start's radius."""
    ax = ax or plt.subplots(figsize=(5.4, 5))[1]
    start = np.asarray(next(iter(paths.values())), float)[0]
    radius, ends = np.linalg.norm(start), []
    circle = {"fill": False, "ec": "0.6", "ls": "--", "zorder": 0}
    ax.add_patch(Circle((0, 0), radius, **circle))
    for name, path in paths.items():
        path = np.asarray(path, float)
        (line,) = ax.plot(*path.T, lw=1.6)
        ink = line.get_color()
        lengths = np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))
        head = {"arrowstyle": "-|>", "color": ink, "mutation_scale": 15}
        head |= {"shrinkA": 0, "shrinkB": 0}
        for share in (0.12, 0.45, 0.75, 1) if lengths.any() else ():
            k = np.searchsorted(lengths, share * lengths[-1])
            ax.annotate("", path[k + 1], path[k], arrowprops=head)
        close = [np.linalg.norm(path[-1] - end) < 0.2 * radius for end in ends]
        ends.append(path[-1])
        shift = 9 * path[-1] / (np.linalg.norm(path[-1]) or 1) - [0, 18 * sum(close)]
        look = {"ha": "left" if shift[0] >= 0 else "right", "va": "center"}
        look |= {"color": ink, "bbox": PAPER, "zorder": 5}
        ax.annotate(name, path[-1], shift, **NEAR, **look)
    ax.plot(*start, "s", ms=9, color=BLACK, zorder=4)
    inward = {"ha": "right" if start[0] >= 0 else "left", "va": "center"}
    inside = -10 if start[0] >= 0 else 10, 0
    ax.annotate("start", start, inside, zorder=5, bbox=PAPER, **inward, **NEAR)
    ax.plot(0, 0, "+", ms=11, mew=2, color=BLACK)
    ax.set(xlabel="a (forger, going down)", ylabel="b (detective, going up)")
    ax.set(aspect="equal")
    ax.margins(0.12)
    return ax


def rings(samples, centres, axes=None, titles=None, shares=None):
    """Up to three sets of samples (n, 2) around the same centres (M, 2), circled.

    shares: a distance; the percentage of the samples nearer than that stands at each
    centre.
    """
    samples, centres = [np.asarray(s) for s in samples], np.asarray(centres)
    axes = row(len(samples), 3.1 * len(samples), 3.3) if axes is None else axes
    axes = np.ravel(axes)
    middle = centres.mean(axis=0)
    away = centres - middle
    limit = (1.75 if shares else 1.4) * np.abs(away).max()
    for k, (ax, x) in enumerate(zip(axes, samples, strict=True)):
        ax.scatter(*centres.T, 130, "none", ec=RED, lw=1.6)
        ax.scatter(*x.T, 5, BLACK, alpha=0.5, lw=0)
        for centre, outward in zip(centres, away, strict=True) if shares else ():
            near = np.linalg.norm(x - centre, axis=1) < shares
            words = number(100 * near.mean(), ".0f") + " %"
            shift = np.array([27, 17]) * outward / np.linalg.norm(outward)
            ax.annotate(words, centre, shift, **NEAR, **MIDDLE)
        ax.set(xlim=middle[0] + [-limit, limit], ylim=middle[1] + [-limit, limit])
        ax.set(aspect="equal", xticks=[], yticks=[])
        ax.set(title=titles[k] if titles else "")
        ax.spines[["top", "right"]].set_visible(True)
    return axes
