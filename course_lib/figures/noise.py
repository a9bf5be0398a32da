"""Figures of machines with noise: chances, energy levels, shares of states, cuts."""

from itertools import product

import matplotlib.pyplot as plt
import numpy as np

from course_lib.plots import BLACK, BLUE, CLASS_TINTS, GREEN, GREY, MIDDLE, RED, number

PALE = "0.75"
UNIT = 17  # the radius of a unit in points


def chance(ax=None, temperatures=(0.25, 1, 4)):
    """p(on) = σ(gap / T) against the gap, a line for each temperature T, also 0."""
    ax = ax or plt.subplots(figsize=(6, 3.4))[1]
    gap, height = np.linspace(-3, 3, 601), np.inf
    for T in sorted(temperatures):
        p = (1 + np.tanh(gap / 2 / max(T, 1e-9))) / 2
        (line,) = ax.plot(gap, p)
        height = min(p[-1], height - 0.08)  # no name lies on another
        style = {"va": "center", "color": line.get_color(), "annotation_clip": False}
        place = {"xytext": (6, 0), "textcoords": "offset points"}
        ax.annotate(f"$T$ = {T:g}", (gap[-1], height), **place, **style)
    ax.axvline(0, color=PALE, lw=1, ls="-", zorder=0)
    ax.axhline(0.5, color=PALE, lw=1, ls="-", zorder=0)
    ax.set(xlabel=r"gap $\Delta$", ylabel="chance to be on", yticks=[0, 0.5, 1])
    ax.set(xlim=(-3, 3), ylim=(-0.03, 1.03))
    return ax


def levels(E, p, ax=None, names=None):
    """Every state of a few units in order of energy, the lowest at the bottom.

    Left its level, at the height of its energy E (2**N,), then the units, filled is 1,
    and a bar of its probability p. States in the order of a truth table.
    """
    states = _states(len(E))
    n = states.shape[1]
    ax = ax or plt.subplots(figsize=(7.2, 0.8 + 0.36 * len(E)))[1]
    order = np.argsort(E, kind="stable")
    heights = (len(E) - 1) * (E - np.min(E)) / (np.ptp(E) or 1)
    squares, first = 2.1 + 0.33 * np.arange(n), 2.1 + 0.33 * n
    lengths = (6.4 - first) * np.asarray(p) / np.max(p)
    for row, k in enumerate(order):
        y = heights[k]
        ax.plot([0, 0.5], [y, y], color=BLACK, lw=2, ls="-")
        ax.plot([0.55, 1.05], [y, row], color=PALE, lw=1, ls="-", zorder=0)
        ax.text(1.7, row, number(E[k]), ha="right", va="center")
        colours = np.where(states[k], BLACK, "white")
        ax.scatter(squares, [row] * n, 150, colours, marker="s", ec=BLACK, lw=1.2)
        ax.barh(row, lengths[k], 0.6, first, color=BLUE)
        ax.text(first + lengths[k] + 0.08, row, f"{p[k]:.3f}", va="center")
    for x, name in zip(squares, names or _names("s", n), strict=True):
        ax.text(x, len(E) - 0.2, name, **MIDDLE)
    ax.text(0, len(E) - 0.2, "energy", va="center")
    ax.text(first, len(E) - 0.2, "probability", va="center")
    ax.set(xlim=(-0.1, 7.3), ylim=(-0.6, len(E) + 0.2))
    ax.axis("off")
    return ax


def machine(V, H, ax=None, W=None, names=None):
    """V visible units, below, and H hidden ones, grey; a line joins a connected pair.

    W (V + H, V + H), visible first: solid is a positive weight, dashed a negative one,
    thick a large one; up to six stand in numbers. Without W every pair is joined.
    """
    n, side = V + H, max(V, H) / 2
    ax = ax or plt.subplots(figsize=(1.5 + 1.9 * side, 3.2 if H else 2))[1]
    x = [np.arange(V) - (V - 1) / 2, (np.arange(H) - (H - 1) / 2) * max(1, V / (H + 1))]
    places = np.column_stack([np.concatenate(x), np.repeat([0, 1], [V, H])])
    W = np.full((n, n), np.nan) if W is None else np.asarray(W, float)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n) if W[i, j] != 0]
    largest = max((abs(W[pair]) for pair in pairs), default=1)
    for i, j in pairs:
        span = j - i if (i < V) == (j < V) else 0  # along a row
        _connect(ax, places[[i, j]], span, W[i, j], largest, len(pairs) <= 6)
    names = names or _names("v", V) + _names("h", H)
    for k, (place, name) in enumerate(zip(places, names, strict=True)):
        fill = "white" if k < V else "0.8"
        ax.scatter(*place, (2 * UNIT) ** 2, fill, ec=BLACK, lw=1.5, zorder=3)
        ax.text(*place, name, zorder=4, **MIDDLE)
    for y, word in enumerate(["visible", "hidden"] if H else []):
        ax.text(-side - 0.1, y, word, ha="right", va="center", color=GREY)
    low = min([0, *(line.get_ydata().min() for line in ax.lines)])
    high = max([H > 0, *(line.get_ydata().max() for line in ax.lines)])
    ax.set(xlim=(-side - 0.9 * (H > 0), side), ylim=(low - 0.3, high + 0.3))
    ax.set(xticks=[], yticks=[])
    if any(W[pair] < 0 for pair in pairs):
        ax.set_xlabel("solid: weight above 0, dashed: below 0")
    ax.spines[:].set_visible(False)
    return ax


def _connect(ax, ends, span, w, largest, numbered):
    """A line from unit to unit; it bows around those of its row that stand between."""
    t = np.linspace(0, 1, 41)
    x, y = (a + t * (b - a) for a, b in ends.T)
    if span > 1:
        y += 0.5 * span * t * (1 - t) * (1 if ends[0, 1] else -1)
    look = {"color": GREY, "lw": 1.5, "ls": "-"}
    if not np.isnan(w):
        look = {"color": BLUE if w > 0 else RED, "ls": "-" if w > 0 else (0, (4, 2))}
        look["lw"] = 1 + 3 * abs(w) / largest
    ax.plot(x, y, zorder=1, **look)
    if numbered and not np.isnan(w):
        k = 20 if span else 12  # lines between the rows cross in their middle
        paper = {"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none"}
        ax.text(x[k], y[k], number(w), color=look["color"], bbox=paper, **MIDDLE)


def bars(exact, samples, ax=None):
    """Exact probabilities (2**N,) as empty bars, shares {name: (2**N,)} as marks.

    States, at most 32, in the order of a truth table.
    """
    n = len(exact)
    states = ["".join(map(str, s)) for s in _states(n)]
    ax = ax or plt.subplots(figsize=(min(3 + 0.4 * n, 9.4), 3.6))[1]
    ax.bar(range(n), exact, 0.8, color="white", ec=BLACK, lw=1.2, label="exact")
    shifts = 0.24 * (np.arange(len(samples)) - (len(samples) - 1) / 2)
    for k, (name, shares) in enumerate(samples.items()):
        look = {"marker": "ox^s"[k], "color": (RED, BLUE, GREEN, BLACK)[k], "ls": ""}
        look |= {"ms": 6, "mew": 1.6, "mfc": "none", "label": name}
        ax.plot(np.arange(n) + shifts[k], shares, **look)
    highest = np.max([exact, *samples.values()])
    ax.set(xlim=(-0.7, n - 0.3), ylim=(0, 1.25 * highest))
    ax.set_xticks(range(n), states, rotation=90 if n > 16 else 0)
    ax.set(xlabel="state", ylabel="probability")
    *marks, bar = ax.get_legend_handles_labels()[0]
    key = {"loc": "upper center", "ncols": 1 + len(samples), "fontsize": 11}
    ax.legend(handles=[bar, *marks], **key)
    return ax


def ring(s, ax=None):
    """Spins of ±1 on a circle; a cross on each bond whose two are alike (J < 0)."""
    ax = ax or plt.subplots(figsize=(2.8, 2.8))[1]
    places, alike = _circle(len(s)), np.equal(s, np.roll(s, -1))
    for k, unhappy in enumerate(alike):
        ends = places[[k, (k + 1) % len(s)]]
        ax.plot(*ends.T, color=RED if unhappy else PALE, lw=2.5, ls="-", zorder=1)
        if unhappy:
            ax.plot(*ends.mean(axis=0), "x", ms=12, mew=2.5, color=RED, zorder=2)
    for spin, place in zip(s, places, strict=True):
        fill, ink = (BLACK, "white") if spin > 0 else ("white", BLACK)
        ax.scatter(*place, 400, fill, ec=BLACK, lw=1.5, zorder=3)
        ax.text(*place, "+" if spin > 0 else "−", color=ink, zorder=4, **MIDDLE)
    ax.text(0, 0, f"unhappy\nbonds: {alike.sum()}", color=RED, **MIDDLE)
    return _bare(ax, 1.15)


def codes(hidden, ax=None, names=None):
    """Where in the unit square two hidden units (M, 2) stand for each of M patterns.

    Patterns that share a place stand side by side, their rims thick and red.
    """
    ax = ax or plt.subplots(figsize=(3.2, 3.2))[1]
    hidden = np.asarray(hidden, float)
    near = np.abs(hidden[:, None] - hidden).max(axis=2) < 0.15
    ax.plot([0, 0, 1, 1, 0], [0, 1, 1, 0, 0], color=PALE, lw=1, ls="-", zorder=0)
    names = names or [f"{k}" for k in range(len(hidden))]
    for k, (place, name) in enumerate(zip(hidden, names, strict=True)):
        shared = near[k].sum() > 1
        shift = 0.2 * (near[k, :k].sum() - (near[k].sum() - 1) / 2)
        place = place + [shift, 0]
        rim = {"ec": RED, "lw": 3} if shared else {"ec": BLACK, "lw": 1.2}
        fill = CLASS_TINTS[1] if shared else "white"
        ax.scatter(*place, 380, fill, zorder=2, **rim)
        ax.text(*place, name, zorder=3, **MIDDLE)
    ax.set(xlim=(-0.45, 1.45), ylim=(-0.3, 1.3), aspect="equal")
    ax.set(xticks=[0, 1], yticks=[0, 1], xlabel="$h_0$", ylabel="$h_1$")
    return ax


def cut(A, side, ax=None):
    """A graph A (N, N) on a circle, side 1 filled, edges between the sides thick."""
    ax = ax or plt.subplots(figsize=(3.6, 3.8))[1]
    places, side = _circle(len(A)), np.asarray(side) > 0
    edges = [(i, j) for i, j in zip(*np.nonzero(A), strict=True) if i < j]
    n_cut = sum(side[i] != side[j] for i, j in edges)
    for i, j in edges:
        colour, width = (BLACK, 2) if side[i] != side[j] else (PALE, 1)
        ax.plot(*places[[i, j]].T, color=colour, lw=width, ls="-", zorder=width)
    colours = np.where(side, BLACK, "white")
    ax.scatter(*places.T, 200, colours, ec=BLACK, lw=1.5, zorder=3)
    ax.text(0, -1.25, f"thick: cut, {n_cut} of {len(edges)} edges", **MIDDLE)
    return _bare(ax, 1.38)


def _bare(ax, below):
    ax.set(xlim=(-1.25, 1.25), ylim=(-below, 1.15), aspect="equal")
    ax.axis("off")
    return ax


def _circle(n):
    """n places on a circle of radius 1, clockwise from the top."""
    turn = 2 * np.pi * np.arange(n) / n
    return np.column_stack([np.sin(turn), np.cos(turn)])


def _states(n_states):
    """Every state of 0 and 1, the last unit changing first."""
    return np.array([*product((0, 1), repeat=round(np.log2(n_states)))])


def _names(letter, n):
    return [f"${letter}_{k}$" for k in range(n)]
