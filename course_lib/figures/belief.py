"""Figures of belief nets and stacks: causes, layers, starts, a bound."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch

from course_lib.plots import BLACK, BLUE, CLASS_TINTS, GREY, MIDDLE, RED, number


def causes(ax=None, p=None):
    """Two causes, quake and truck, above what they bring about: the house jumps.

    p {"quake", "truck" or "house": a number or words} stands beside its circle.
    """
    ax = ax or plt.subplots(figsize=(4.6, 3.2))[1]
    places = {"quake": (-1, 1), "truck": (1, 1), "house": (0, -0.45)}
    for name, place in places.items():
        words = "house\njumps" if name == "house" else name
        fill = "white" if name == "house" else "0.85"
        ax.scatter(*place, 62**2, fill, ec=BLACK, lw=1.5, zorder=3)
        ax.text(*place, words, zorder=4, **MIDDLE)
        beside = (p or {}).get(name)
        if beside is not None:
            beside = beside if isinstance(beside, str) else number(beside)
            side = -1 if name == "quake" else 1
            spot = {"xytext": (38 * side, 0), "textcoords": "offset points"}
            ha = "right" if side < 0 else "left"
            ax.annotate(beside, place, ha=ha, va="center", color=BLUE, **spot)
    for name in "quake", "truck":
        arrow = {"arrowstyle": "-|>", "mutation_scale": 16, "lw": 2, "color": GREY}
        arrow |= {"shrinkA": 31, "shrinkB": 32}
        ax.annotate("", places["house"], places[name], arrowprops=arrow)
    ax.set(xlim=(-2.3, 2.3), ylim=(-1.05, 1.6))
    ax.axis("off")
    return ax


def stack(kinds, ax=None, names=None):
    """Layers one above the other, the lowest first, and how each pair is joined.

    kinds: "up" or "down", an arrow; "both", a double line: each layer asks the other.
    """
    for kind in kinds:
        if kind not in ("up", "down", "both"):
            raise ValueError(f'kinds must hold "up", "down" or "both"; got {kind!r}')
    n = len(kinds) + 1
    ax = ax or plt.subplots(figsize=(2.6, 0.95 * n + 0.3))[1]
    names = names or ["v", *(f"h{k}" for k in range(1, n))]
    for y, name in enumerate(names):
        box = {"boxstyle": "round,pad=0,rounding_size=0.18", "ec": BLACK, "lw": 1.5}
        fill = {"fc": "0.85" if y else "white", "zorder": 3}
        ax.add_patch(FancyBboxPatch((-1, y - 0.2), 2, 0.4, **box, **fill))
        ax.text(0, y, name, zorder=4, **MIDDLE)
    for y, kind in enumerate(kinds):
        if kind == "both":
            for x in (-0.06, 0.06):
                ax.plot([x, x], [y + 0.2, y + 0.8], color=BLUE, lw=2.5, ls="-")
            continue
        low, high = (0, y + 0.2), (0, y + 0.8)
        ends = (high, low) if kind == "up" else (low, high)
        arrow = {"arrowstyle": "-|>", "mutation_scale": 18, "lw": 2.5, "color": RED}
        ax.annotate("", *ends, arrowprops=arrow | {"shrinkA": 0, "shrinkB": 1})
    ax.set(xlim=(-1.15, 1.15), ylim=(-0.4, n - 0.6))
    ax.axis("off")
    return ax


def starts(curves, ax=None, chance=0.1):
    """Runs {name: (epochs, list of runs)}, thin, and their mean, named at its end."""
    ax = ax or plt.subplots(figsize=(6.4, 3.6))[1]
    ends = {}
    for name, (epochs, runs) in curves.items():
        mean = np.mean(runs, axis=0)
        (line,) = ax.plot(epochs, mean, lw=2.8, zorder=3)
        look = {"color": line.get_color(), "lw": 0.8, "alpha": 0.6}
        ax.plot(epochs, np.transpose(runs), ls="-", **look)
        ends[name] = epochs[-1], mean[-1], line.get_color()
    ax.axhline(chance, color=GREY, lw=1.2, ls="--", zorder=0)
    foot = {"xytext": (4, -4), "textcoords": "offset points", "color": GREY}
    at = ax.get_yaxis_transform()
    ax.annotate("chance", (0, chance), xycoords=at, va="top", **foot)
    ax.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1.02))
    ax.margins(x=0)
    return _named(ax, ends)


def bound(steps, exact, bound, ax=None):
    """The exact log-likelihood over a bound on it (S,); what lies between is shaded."""
    ax = ax or plt.subplots(figsize=(6.4, 3.4))[1]
    ax.fill_between(steps, bound, exact, color=CLASS_TINTS[0], lw=0)
    (over,) = ax.plot(steps, exact, color=BLACK, lw=2.2, ls="-")
    (under,) = ax.plot(steps, bound, color=BLUE, lw=2.2, ls="--")
    ends = {"exact": (steps[-1], exact[-1], over.get_color())}
    ends["bound"] = steps[-1], bound[-1], under.get_color()
    ax.set(xlabel="step", ylabel="log-likelihood (nats)")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.margins(x=0)
    return _named(ax, ends)


def _named(ax, ends):
    """Each name {name: (x, y, colour)} right of its line's end, none on another."""
    gap, last = 0.085 * np.ptp(ax.get_ylim()), -np.inf
    for name, (x, y, colour) in sorted(ends.items(), key=lambda end: end[1][1]):
        last = max(y, last + gap)
        style = {"color": colour, "va": "center", "annotation_clip": False}
        place = {"xytext": (6, 0), "textcoords": "offset points"}
        ax.annotate(name, (x, last), **place, **style)
    return ax
