"""Figures of gated memory: LSTM and GRU cells, what they carry, the blame they get."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from course_lib.figures.strings import reber, surprise
from course_lib.plots import BLACK, BLUE, GREY, RED, number

__all__ = ["blame", "carry", "gru", "lstm", "reber", "surprise"]

VALUE, SIGN, GATE = 25, 10, 20  # a circle's radius and half a box's height, in points
NAMES = {"i": "input", "f": "forget", "g": "candidate", "o": "output"}
NAMES |= {"z": "update", "r": "reset", "n": "candidate"}

LSTM = {
    **{"c": (0, 3, "c_{t-1}"), "h": (0, -0.5, "h_{t-1}"), "x": (0.55, -1.5, "x_t")},
    **{"f": (1, 0.6, "f"), "i": (2, 0.6, "i"), "g": (3, 0.6, "g"), "o": (4, 0.6, "o")},
    **{"fc": (1, 3, "×"), "+": (2.5, 3, "+"), "ig": (2.5, 1.7, "×")},
    **{"oc": (4, 1.7, "×"), "c_new": (5.1, 3, "c_t"), "h_new": (5.1, 1.7, "h_t")},
}
GRU = {
    **{"h": (0, 3, "h_{t-1}"), "x": (0, -1.5, "x_t"), "h_new": (5.1, 3, "h_t")},
    **{"z": (1.2, 0.6, "z"), "r": (2.5, 0.6, "r"), "n": (4, 1.55, "n")},
    **{"zh": (1.2, 3, "×"), "+": (4, 3, "+"), "zn": (4, 2.3, "×")},
    "rh": (3.8, 0.6, "×"),
}


def lstm(ax=None, numbers=None):
    """An LSTM cell: c_t = f c_t-1 + i g along the top, h_t = o tanh(c_t) below its end.

    numbers may hold any of x, h and c (before the step), i, f, g, o, c_new and h_new.
    """
    top = [("c", "fc"), ("fc", "+"), ("+", "c_new"), ("ig", "+"), ("oc", "h_new")]
    gates = [("f", "fc"), ("i", "ig"), ("g", "ig"), ("o", "oc")]
    ax = _cell(LSTM, [*top, *gates, ((4, 3), "oc", "tanh")], numbers, ax)
    _line(ax, (0, -0.5), (4, -0.5))
    _line(ax, (0.55, -1.5), (0.55, -0.5))
    _join(ax, 0.55, -0.5)
    for x, key in enumerate("figo", 1):
        _wire(ax, LSTM, (x, -0.5), key, "tanh" if key == "g" else "σ")
    return ax


def gru(ax=None, numbers=None):
    """A GRU: h_t = z h_t-1 + (1 - z) n along the top, n from x_t and r h_t-1.

    numbers may hold any of x, h (before the step), z, r, n and h_new.
    """
    top = [("h", "zh"), ("zh", "+"), ("+", "h_new"), ("zn", "+"), ("n", "zn")]
    inside = [("z", "zh"), ((1.2, 2.3), "zn", "$1 - z$"), ("r", "rh"), ("rh", "n")]
    ax = _cell(GRU, [*top, *inside, ((3.8, -0.5), "rh")], numbers, ax)
    _line(ax, (0, 3), (0, -0.5), (3.8, -0.5))
    _line(ax, (0, -1.5), (4.2, -1.5))
    for key, squash in {"z": "σ", "r": "σ", "n": "tanh"}.items():
        x, y, _ = GRU[key]
        _wire(ax, GRU, (x + 0.2, -1.5), key)
        if key != "n":
            _wire(ax, GRU, (x - 0.2, -0.5), key)
        ax.text(x, y - 0.5, squash, ha="center", va="center", color=GREY)
    return ax


def _cell(places, wires, numbers, ax):
    """Every value a circle, every gate a box, every operation a small circle."""
    ax = ax or plt.subplots(figsize=(8.2, 4.6))[1]
    for wire in wires:
        _wire(ax, places, *wire)
    middle = {"ha": "center", "va": "center", "zorder": 3}
    for key, (x, y, symbol) in places.items():
        words = symbol if symbol in "×+" else f"${symbol}$"
        value = (numbers or {}).get(key)
        if key in NAMES:
            words += "" if value is None else f" = {number(round(value, 3), 'g')}"
            box = {"boxstyle": "round,pad=0.4", "fc": "0.93", "ec": BLACK, "lw": 1}
            ax.text(x, y, f"{NAMES[key]}\n{words}", bbox=box, linespacing=1.2, **middle)
            continue
        words += "" if value is None else f"\n{number(round(value, 3), 'g')}"
        size = _radius(places, key)
        rim = 2.2 if size == VALUE and y == 3 else 1  # what is carried on
        rim = {"ec": BLACK, "lw": rim, "clip_on": False}
        ax.scatter(x, y, (2 * size) ** 2, "white", zorder=2, **rim)
        ax.text(x, y, words, linespacing=1.1, **middle)
    ax.set(xlim=(-0.4, 5.5), ylim=(-2, 3.5))
    ax.axis("off")
    return ax


def _radius(places, key):
    """How far, in points, a key's symbol reaches upwards from its place."""
    return GATE if key in NAMES else SIGN if places[key][2] in "×+" else VALUE


def _wire(ax, places, start, end, name=""):
    """An arrow to a key, from another or from a place on a line, its name beside it."""
    x, y = start if isinstance(start, tuple) else places[start][:2]
    to_x, to_y = places[end][:2]
    to_x = x if end in NAMES else to_x  # into a box straight from below
    arrow = {"arrowstyle": "-|>", "lw": 2, "color": GREY, "shrinkA": 0}
    arrow["shrinkB"] = _radius(places, end) + 1
    ax.annotate("", (to_x, to_y), (x, y), arrowprops=arrow, zorder=1)
    if isinstance(start, tuple):
        _join(ax, x, y)
    side = {"xytext": (7, 0), "va": "center"}
    side = {"xytext": (0, 5), "ha": "center"} if y == to_y else side
    style = {"textcoords": "offset points", "color": GREY} | side
    ax.annotate(name, ((x + to_x) / 2, (y + to_y) / 2), **style)


def _join(ax, x, y):
    ax.scatter(x, y, 18, GREY, zorder=2)


def _line(ax, *corners):
    ax.plot(*zip(*corners, strict=True), color=GREY, ls="-", lw=2, zorder=1)


def blame(curves, ax=None):
    """Norms {name: (T,)} of the blame that reaches each step, on a logarithmic axis.

    It flows from the last step, right, back to the first, where each line is named.
    """
    ax = ax or plt.subplots(figsize=(7, 3.8))[1]
    for values in curves.values():
        ax.plot(np.where(np.greater(values, 0), values, np.nan))
    ax.set(yscale="log", xlabel="step t", ylabel="blame that reaches step t")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    ax.yaxis.tick_right()
    ax.yaxis.set_label_position("right")
    ax.spines["left"].set_visible(False)
    ax.spines["right"].set_visible(True)
    ax.margins(x=0.02)
    starts = [next(v for v in values if v > 0) for values in curves.values()]
    gap = 0.08 * np.ptp(np.log10(ax.get_ylim()))
    places = 10 ** _apart(np.log10(starts), gap)
    for name, place, line in zip(curves, places, ax.lines, strict=True):
        _beside(ax, name, (0, place), line.get_color(), -1)
    return ax


def _apart(heights, gap):
    """The heights, those nearer to each other than the gap moved apart."""
    order = np.argsort(heights)
    sorted_ = np.array(heights, float)[order]
    for _ in range(200):
        short = np.maximum(gap - np.diff(sorted_), 0) / 2
        sorted_[:-1] -= short
        sorted_[1:] += short
    return sorted_[np.argsort(order)]


def _beside(ax, words, place, colour, side=1):
    """Words to the right of a place in a picture, or with side -1 to its left."""
    style = {"ha": "left" if side > 0 else "right", "va": "center", "color": colour}
    style |= {"textcoords": "offset points", "annotation_clip": False}
    ax.annotate(words, place, (7 * side, 0), **style)


def carry(c, h, gates, x=None, ax=None):
    """Gates {name: (T,)} as dots over the steps, below them the cell c and output h.

    A shut gate's dot is empty, an open one's full; one at 0.9 lacks a slice. c, h and
    the inputs x, drawn as bars, are (T,).
    """
    ax = ax or plt.subplots(figsize=(8.6, 2.6 + 0.36 * len(gates)))[1]
    steps, right = np.arange(len(c)), len(c) - 0.5
    limit = np.ceil(max(1, *np.abs(c), *np.abs(c if x is None else x)))
    rows = limit * (1.4 + 0.4 * np.arange(len(gates))[::-1])
    for row, values in zip(rows, gates.values(), strict=True):
        ax.scatter(steps, np.full(len(c), row), 150, "white", ec=BLACK, lw=1.2)
        for t in np.flatnonzero(values):
            open_part = Path.wedge(90 - 360 * values[t], 90)
            ax.scatter(t, row, 150, BLACK, marker=MarkerStyle(open_part), lw=0)
    ax.axhline(0, color=GREY, lw=1, ls="-", zorder=0)
    ax.plot(steps, c, "o-", color=BLUE)
    ax.plot(steps, h, "s--", color=RED)
    names, ends = ["cell c", "output h"], [c[-1], h[-1]]
    if x is not None:
        ax.bar(steps, x, 0.5, color="0.85", ec="0.6", zorder=-1)
        names, ends = [*names, "bars: input x"], [*ends, -limit]
    places = _apart(ends, 0.3 * limit)
    for name, place, colour in zip(names, places, (BLUE, RED, GREY), strict=False):
        _beside(ax, name, (right, place), colour)
    _beside(ax, "● open\n○ shut", (right, rows.mean()), BLACK)
    ticks = {number(round(k, 3), "g"): k for k in (-limit, 0, limit)}
    ticks |= {f"gate {name}": row for name, row in zip(gates, rows, strict=True)}
    ax.set(yticks=[*ticks.values()], yticklabels=[*ticks], xticks=steps, xlabel="step")
    ax.set(xlim=(-0.5, right), ylim=(-1.1 * limit, rows[0] + 0.35 * limit))
    return ax
