"""Figures of nets with an energy: units and weights, a landscape, healing, a cube."""

from itertools import product
from math import erfc, sqrt

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.transforms import ScaledTranslation

from course_lib import plots
from course_lib.plots import BLACK, BLUE, GREY, MIDDLE, RED, number

PALE = "0.75"
LIMIT = 0.138  # the load at which Hebb's memory breaks (Amit et al. 1985)

# the Necker cube: corners 0 to 3 of square 1 and 4 to 7 of square 2, each from its
# lower left and counter-clockwise; corner k is joined to corner k + 4
SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
CORNERS = np.concatenate([SQUARE, SQUARE + [0.5, 0.34]])
EDGES = [(k, (k + 1) % 4) for k in range(4)]
EDGES += [(j + 4, k + 4) for j, k in EDGES] + [(k, k + 4) for k in range(4)]
# the lines that cross: at A (right) that of square 1 and that of square 2, at B (left)
LINES = [(1, 2), (4, 5), (2, 3), (7, 4)]
CROSSINGS = np.array([[1, 0.34], [0.5, 1]])


def net(s, W, ax=None, fields=None):
    """Units s (N,) of ±1 on a circle, filled is +1, and the weights W between them.

    fields {i: words} stand beside their units; weights are numbered if they are few.
    """
    ax = ax or plt.subplots(figsize=(4, 4))[1]
    turn = np.pi * (0.75 - 2 * np.arange(len(s)) / len(s))  # the first on the left
    places = np.column_stack([np.cos(turn), np.sin(turn)])
    pairs = [(i, j) for i, j in zip(*np.nonzero(W), strict=True) if i < j]
    for i, j in pairs:
        width = 1 + 2.5 * abs(W[i][j]) / np.abs(W).max()
        kind = {"color": BLUE, "ls": "-"} if W[i][j] > 0 else {"color": RED, "ls": "--"}
        ax.plot(*places[[i, j]].T, lw=width, zorder=1, **kind)
        if len(pairs) <= 6:
            part = 0.5 if j - i in (1, len(s) - 1) else 0.27  # not where lines cross
            spot = (1 - part) * places[i] + part * places[j]
            paper = {"fc": "white", "ec": "none", "pad": 1.5}
            ax.text(
                *spot,
                number(round(W[i][j], 3), "g"),
                bbox=paper,
                color=kind["color"],
                **MIDDLE,
            )
    for i, place in enumerate(places):
        ink, paper = (BLACK, "white") if s[i] > 0 else ("white", BLACK)
        ax.scatter(*place, 500, ink, marker="s", ec=BLACK, lw=1.5, zorder=2)
        ax.text(*place, i, color=paper, zorder=3, **MIDDLE)
        side = {"ha": "left" if place[0] > 0.1 else "right", "va": "center"}
        if abs(place[0]) <= 0.1:
            side = {"ha": "center", "va": "bottom" if place[1] > 0 else "top"}
        words = (fields or {}).get(i, "")
        ax.text(*1.24 * place, words, linespacing=1.1, **side)
    key = "■ +1   □ −1\nblue, solid: weight above 0\norange, dashed: below 0"
    ax.text(0, -1.4, key, ha="center", va="top", color=GREY)
    ax.set(xlim=(-1.7, 1.7), ylim=(-2, 1.25), aspect="equal")
    ax.axis("off")
    return ax


def landscape(W, ax=None, start=None):
    """All states of up to four units at the height of their energy, ordered by flips.

    An arrow is one flip downhill, black where a way from the start (N,) takes it; a
    stable state has a thick rim. Flips are counted from the start, or from the lowest.
    """
    W, n = np.asarray(W), len(W)
    if n > 4:
        raise ValueError(f"{2**n} states of {n} units do not fit; at most 4 units")
    ax = ax or plt.subplots(figsize=(9, 4.2))[1]
    states = np.array(list(product((1, -1), repeat=n)))
    E = -0.5 * np.einsum("si,ij,sj->s", states, W, states)
    first = states[E.argmin()] if start is None else np.asarray(start)
    away = (states != first).sum(axis=1)
    x = 5.0 * away
    for k in range(len(E)):  # states that would lie on one another stand side by side
        near = (away == away[k]) & (np.abs(E - E[k]) <= np.ptp(E) / 9)
        x[k] += 1.1 * (near[:k].sum() - (near.sum() - 1) / 2)
    flips = [(a, b) for a, b in product(range(len(E)), repeat=2) if E[b] < E[a] - 1e-9]
    flips = [(a, b) for a, b in flips if (states[a] != states[b]).sum() == 1]
    reached = set() if start is None else {int(np.flatnonzero(away == 0)[0])}
    for a in np.argsort(-E):
        reached |= {b for c, b in flips if c == a and a in reached}
    for a, b in flips:
        style = {"arrowstyle": "-|>", "color": BLACK if a in reached else PALE}
        style |= {"lw": 1.6 if a in reached else 1, "shrinkA": 14, "shrinkB": 16}
        ax.annotate("", (x[b], E[b]), (x[a], E[a]), arrowprops=style)
    stable = ~np.isin(np.arange(len(E)), [a for a, _ in flips])
    _little(ax, x, E, states, np.where(stable, 3.5, 0.8))
    ax.set(xticks=5 * np.arange(n + 1), xticklabels=range(n + 1), ylabel="energy E")
    whose = "a lowest state" if start is None else "the start"
    ax.set(xlabel=f"flips away from {whose}      thick rim: stable")
    ax.margins(0.04, 0.14)
    return ax


def _little(ax, x, y, states, rims):
    """States as little pixels, two by two if there are four, in rims of this width."""
    n = states.shape[1]
    columns = 2 if n == 4 else n
    for k in range(n):
        inches = 9 / 72 * (k % columns - (columns - 1) / 2), -9 / 72 * (k // columns)
        inches = inches[0], inches[1] + (4.5 / 72 if n == 4 else 0)
        move = ScaledTranslation(*inches, ax.figure.dpi_scale_trans)
        ink = np.where(states[:, k] > 0, BLACK, "white")
        style = {"marker": "s", "ec": GREY, "lw": 0.6, "zorder": 4}
        ax.scatter(x, y, 76, ink, transform=ax.transData + move, **style)
    frame = {"marker": "s", "ec": BLACK, "lw": rims, "zorder": 3}
    ax.scatter(x, y, (9 * columns + 3) ** 2, "white", **frame)


def crosstalk(loads, ax=None):
    """Bell curves of field × pixel around 1, their variance the load P / N.

    The tail below 0, hatched, is the share of a pattern's pixels that are flipped.
    """
    ax = ax or plt.subplots(figsize=(6.4, 3.6))[1]
    x = np.linspace(-1.5, 3.5, 1001)
    for k, load in enumerate(loads):
        density = np.exp(-((x - 1) ** 2) / 2 / load) / sqrt(2 * np.pi * load)
        (line,) = ax.plot(x, density)
        colour, tail = line.get_color(), x <= 0
        hatch = {"hatch": ("///", "...")[k % 2], "fc": "none", "ec": colour, "lw": 0}
        ax.fill_between(x[tail], density[tail], **hatch)
        share = 100 * erfc(1 / sqrt(2 * load)) / 2
        words = f"load {load:g}: {share:.2g} % flipped"
        spot = np.flatnonzero(x > 1 + 0.9 * sqrt(load))[0]
        place = {"xytext": (6, 4), "textcoords": "offset points", "color": colour}
        ax.annotate(words, (x[spot], density[spot]), annotation_clip=False, **place)
    ax.axvline(0, color=BLACK, lw=1, ls="-")
    ax.set(xlabel="field × pixel", ylabel="density", ylim=(0, None))
    return ax


def cliff(curves, ax=None):
    """Lines {name: (loads, shares)}, named at their ends, and a dashed one at 0.138."""
    ax = ax or plt.subplots(figsize=(6.4, 3.6))[1]
    for k, (loads, shares) in enumerate(curves.values()):
        ax.plot(loads, shares, marker="os^D"[k % 4])
    ax.axvline(LIMIT, color=GREY, lw=1.2, ls="--", zorder=0)
    foot = {"xytext": (5, 4), "textcoords": "offset points", "color": GREY}
    ax.annotate(f"{LIMIT}", (LIMIT, 0), xycoords=("data", "axes fraction"), **foot)
    ends = np.array([shares[-1] for _, shares in curves.values()], float)
    order, gap = np.argsort(ends, kind="stable"), 0.09 * np.ptp(ax.get_ylim())
    steps = gap * np.arange(len(ends))
    ends[order] = np.maximum.accumulate(ends[order] - steps) + steps  # no two as one
    ends -= max(0, ends.max() - ax.get_ylim()[1])
    for k, (name, (loads, _)) in enumerate(curves.items()):
        style = {"color": ax.lines[k].get_color(), "va": "center"}
        style |= {"xytext": (7, 0), "textcoords": "offset points"}
        words = f"{'●■▲◆'[k % 4]} {name}"
        ax.annotate(words, (loads[-1], ends[k]), annotation_clip=False, **style)
    return ax


def healing(states, titles, truth=None, axes=None):
    """States (S, 100) as pictures of 10 by 10 pixels, ink +1, unknown 0 grey.

    A small cross marks each known pixel that differs from the truth, (100,) or one a
    state.
    """
    axes = plots.images(states, titles, axes, (10, 10), limits=(-1, 1))
    truth = states if truth is None else np.broadcast_to(truth, np.shape(states))
    for ax, state, right in zip(axes, np.asarray(states), truth, strict=True):
        wrong = np.flatnonzero((state != 0) & (state != right))
        ax.scatter(wrong % 10, wrong // 10, 22, RED, marker="x", lw=1.6)
        ax.title.set_fontsize(plt.rcParams["font.size"])
    return axes


def cube(ax=None, through=(1, 1, 1, 1), corners=None, numbers=False):
    """The Necker cube as a drawing of lines, two of which may cross at A and at B.

    through: whether (1) or not (0, -1) the line of square 1, that of square 2 goes
    through at crossing A, right, and the same at B, left. corners (8,): in front is +1.
    numbers are written at the corners, 0 to 7, and the crossings, 8 and 9.
    """
    ax = ax or plt.subplots(figsize=(3.2, 3.2))[1]
    line = {"color": BLACK, "lw": 2.5, "ls": "-", "solid_capstyle": "round"}
    for j, k in EDGES:
        ends = CORNERS[[j, k]]
        if (j, k) in LINES and through[LINES.index((j, k))] <= 0:
            crossing = CROSSINGS[LINES.index((j, k)) // 2]
            gap = 0.08 * np.sign(ends - crossing)
            for end, edge in zip(ends, crossing + gap, strict=True):
                ax.plot(*np.array([end, edge]).T, **line)
        else:
            ax.plot(*ends.T, **line)
    if corners is not None:
        ink = np.where(np.asarray(corners) > 0, BLACK, "white")
        ax.scatter(*CORNERS.T, 170, ink, ec=BLACK, lw=2, zorder=3)
        words = "● in front   ○ behind"
        ax.text(0.75, -0.2, words, ha="center", va="top", color=GREY)
    if numbers:
        inwards = np.isin(range(8), (2, 4))[:, None]  # where a line leads outwards
        away = np.tile(SQUARE - 0.5, (2, 1)) * np.where(inwards, -0.22, 0.22)
        crossings = CROSSINGS + [0.09, -0.1]
        for k, place in enumerate([*CORNERS + away, *crossings]):
            ax.text(*place, k, weight="bold" if k > 7 else "normal", **MIDDLE)
    ax.set(xlim=(-0.15, 1.65), ylim=(-0.4, 1.5), aspect="equal")
    ax.axis("off")
    return ax
