"""Figures of a series and of a net with a state: lights, the loop, errors in time."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import ScaledTranslation

from course_lib.plots import BLACK, BLUE, RED, number

AMBER, GREY = "#E69F00", "0.35"
CIRCLE = 25  # the radius of a unit in points


def lights(s, guesses=None, ax=None):
    """A strip of lamps, 1 lit and 0 dark, with their steps; below each its guess.

    Fewer guesses than lights belong to the last lights. A wrong one is crossed out.
    """
    ax = _strip(s, 1.4 if guesses is None else 2.1, ax)
    if guesses is not None:
        for t, guess in enumerate(guesses, len(s) - len(guesses)):
            _lamp(ax, t, -1, guess)
            if guess != s[t]:
                ax.plot(t, -1, "x", ms=17, mew=2.5, color=RED, zorder=4)
        ax.text(-1, -1, "guess", ha="right", va="center", color=GREY)
    ax.set_ylim(-0.6 if guesses is None else -1.6, 1.1)
    return ax


def taps(s, p, t, ax=None):
    """The strip, the p lights before step t framed, an arrow to the question at t."""
    ax = _strip(s, 2.3, ax, hidden=t)
    frame = {"fill": False, "ec": BLUE, "lw": 2.5, "zorder": 4}
    ax.add_patch(Rectangle((t - p - 0.46, -0.5), p - 0.08, 1, **frame))
    arrow = {"arrowstyle": "-|>", "lw": 2, "color": BLUE, "shrinkA": 0}
    middle = t - (p + 1) / 2
    bend = {"connectionstyle": f"arc3,rad={min(0.5, 0.9 / (t - middle)):.2f}"}
    ax.annotate("", (t, -0.5), (middle, -0.5), arrowprops=arrow | bend)
    words = "1 light is seen" if p == 1 else f"{p} lights are seen"
    ax.text(middle, -1.6, words, ha="center", va="center", color=BLUE)
    ax.set_ylim(-1.9, 1.1)
    return ax


def _strip(s, height, ax, hidden=None):
    """The lamps of s in a row with their steps; the hidden one is a question mark."""
    size = min(0.9 + 0.36 * len(s), 9.5), 0.52 * height
    ax = ax or plt.subplots(figsize=size)[1]
    for t, light in enumerate(s):
        if t == hidden:
            ax.scatter(t, 0, 200, "white", ec=BLACK, lw=1.5, ls=":", zorder=3)
            ax.text(t, 0, "?", ha="center", va="center", weight="bold", zorder=5)
        else:
            _lamp(ax, t, 0, light)
    for t in range(0, len(s), 1 + (len(s) - 1) // 28):
        ax.text(t, 0.8, t, ha="center", va="center", color=GREY)
    for y, word in ((0.8, "step"), (0, "light")):
        ax.text(-1, y, word, ha="right", va="center", color=GREY)
    ax.set_xlim(-0.9, len(s) - 0.4)
    ax.axis("off")
    return ax


def _lamp(ax, x, y, lit):
    if lit:
        ax.scatter(x, y, 500, BLACK, marker=(8, 2, 0), lw=1.3, zorder=2)  # its rays
    ax.scatter(x, y, 130, AMBER if lit else "white", ec=BLACK, lw=1.3, zorder=3)


def loop(ax=None):
    """A net with a state: x_t enters by W, the answer leaves by V, U leads back."""
    ax = ax or plt.subplots(figsize=(2.6, 3.4))[1]
    for y, name in zip((-1, 0, 1), "xhy", strict=True):
        _unit(ax, 0, y, f"${name}_t$", bold=name == "h")
    _arrow(ax, (0, -1), (0, 0), "W")
    _arrow(ax, (0, 0), (0, 1), "V")
    bow = np.array([[0.65, 0.75], [2.7, 1.6], [2.7, -1.6], [0.65, -0.75]]) * CIRCLE / 72
    inches = ax.figure.dpi_scale_trans + ScaledTranslation(0, 0, ax.transData)
    look = {"arrowstyle": "-|>", "mutation_scale": 14, "lw": 2, "color": GREY}
    path = Path(bow, [1, 4, 4, 4])  # a cubic curve
    ax.add_patch(FancyArrowPatch(path=path, transform=inches, **look))
    ax.annotate("$U$", (0, 0), (58, 0), textcoords="offset points", va="center")
    ax.set(xlim=(-1, 1.6), ylim=(-1.4, 1.4))
    ax.axis("off")
    return ax


def unrolled(x, h, y=None, weights=("w", "u"), blame=None, ax=None):
    """The net once more for each step: inputs x below, states h, answers y above.

    h may begin with the state before the first step. The weights stand on every arrow,
    a third one on those to y; None in y is no answer there. blame, a number a step,
    flows back along dashed arrows.
    """
    top = 0.6 if y is None else 1.4
    bottom = -1.4 if blame is None else -1.7
    n, early = len(x), len(h) - len(x)
    size = (0.7 + 1.35 * (n + early - 0.3), 1.25 * (top - bottom))
    ax = ax or plt.subplots(figsize=size)[1]
    for t, state in enumerate(h, 1 - early):
        _unit(ax, t, 0, f"$h_{{{t}}}$\n{number(state)}", bold=True)
        if t < n:
            _arrow(ax, (t, 0), (t + 1, 0), weights[1])
    for t, value in enumerate(x, 1):
        _unit(ax, t, -1, f"$x_{{{t}}}$\n{number(value)}")
        _arrow(ax, (t, -1), (t, 0), weights[0])
    for t, value in enumerate(() if y is None else y, 1):
        if value is not None:
            _unit(ax, t, 1, f"$y_{{{t}}}$\n{number(value)}")
            _arrow(ax, (t, 0), (t, 1), weights[2] if len(weights) > 2 else "")
    if blame is not None:
        _flow_back(ax, blame)
    ax.set(xlim=(0.5 - early, n + 0.55), ylim=(bottom, top))
    ax.axis("off")
    return ax


def _flow_back(ax, blame):
    """Each step's blame below its state, dashed arrows from the last to the first."""
    style = {"color": RED, "va": "center"}
    for t, value in enumerate(blame, 1):
        place = {"xytext": (7, -CIRCLE - 15), "textcoords": "offset points"}
        ax.annotate(number(value), (t, 0), weight="bold", **place, **style)
    arrow = {"arrowstyle": "-|>", "lw": 2, "color": RED, "ls": (0, (4, 2))}
    arrow |= {"shrinkA": CIRCLE, "shrinkB": CIRCLE}
    arrow |= {"connectionstyle": "arc3,rad=-0.35"}
    for t in range(1, len(blame)):
        ax.annotate("", (t, 0), (t + 1, 0), arrowprops=arrow)
    words = "red, dashed: the blame flows back"
    ax.text((len(blame) + 1) / 2, -1.55, words, ha="center", **style)


def _unit(ax, x, y, words, bold=False):
    """A circle with its words; that of a state has a thick rim."""
    rim = {"ec": BLACK, "lw": 2.2 if bold else 1}
    ax.scatter(x, y, (2 * CIRCLE) ** 2, "white", zorder=2, **rim)
    ax.text(x, y, words, ha="center", va="center", linespacing=1.1, zorder=3)


def _arrow(ax, start, end, name):
    """An arrow from circle to circle, its weight's name or number beside it."""
    ends = {"shrinkA": CIRCLE + 1, "shrinkB": CIRCLE + 1}
    arrow = {"arrowstyle": "-|>", "lw": 2, "color": GREY} | ends
    ax.annotate("", end, start, arrowprops=arrow)
    upwards = start[0] == end[0]
    place = {"xytext": (-6, 0), "ha": "right", "va": "center"}
    place = place if upwards else {"xytext": (0, 4), "ha": "center", "va": "bottom"}
    words = name if isinstance(name, str) else number(name)
    words = f"${words}$" if words.isalpha() else words
    ax.annotate(words, np.mean([start, end], 0), textcoords="offset points", **place)


def sawtooth(errors, ax=None):
    """Errors (S, 3) by place in a triple: bars are means, dots seeds; 3rd hatched."""
    ax = ax or plt.subplots(figsize=(6.4, 3.2))[1]
    errors = np.asarray(errors)
    shift = (np.arange(len(errors)) + 0.5) * 0.5 / len(errors) - 0.25
    look = {"color": [BLUE, BLUE, RED] * 3, "hatch": ["", "", "//"] * 3, "ec": "white"}
    ax.bar(range(9), np.tile(errors.mean(axis=0), 3), 0.8, **look)
    for k in range(9):
        ax.scatter(k + shift, errors[:, k % 3], 22, BLACK, ec="white", lw=0.6, zorder=3)
    ax.set(xticks=range(9), xticklabels=["1st", "2nd", "3rd"] * 3, ylabel="mean error")
    for k in (2, 5, 8):
        ax.get_xticklabels()[k].set(color=RED, weight="bold")
    ax.set_xlabel("place in the triple (the same three means, three times)")
    ax.set_ylim(0, 1.1 * errors.max())
    return ax


def letters(text, errors, starts, ax=None):
    """The letters of text, the error at each as a bar; those at starts begin a word.

    starts holds their places, or a truth value a letter. They are hatched, their
    letters bold. An error that is nan has no bar.
    """
    ax = ax or plt.subplots(figsize=(min(1 + 0.2 * len(text), 9.5), 2.8))[1]
    starts = np.asarray(starts)
    starts = np.flatnonzero(starts) if starts.dtype == bool else starts
    look = [(RED, "///") if k in starts else (BLUE, "") for k in range(len(text))]
    colours, hatches = zip(*look, strict=True)
    ax.bar(range(len(text)), errors, 0.8, color=colours, hatch=hatches, ec="white")
    ax.set(xticks=range(len(text)), xticklabels=list(text), ylabel="error")
    ax.set(xlim=(-0.7, len(text) - 0.3), xlabel="letter")
    ax.tick_params(axis="x", length=0)
    for k in starts:
        ax.get_xticklabels()[k].set(color=RED, weight="bold")
    words, style = "hatched, bold: a word begins", {"ha": "right", "va": "bottom"}
    ax.text(1, 1, words, transform=ax.transAxes, color=RED, **style)
    return ax


def paths(states, ax=None, labels=None):
    """States (T, K) of K units over the steps, each in a lane of its own with its name.

    All lanes have one scale, zero in the middle.
    """
    states = np.asarray(states)
    n_steps, n = states.shape
    ax = ax or plt.subplots(figsize=(6.4, 0.6 + 0.9 * n))[1]
    limit = np.ceil(np.abs(states).max()) or 1
    middles = -2.8 * limit * np.arange(n)
    labels = labels or [f"unit {k}" for k in range(1, n + 1)]
    for values, middle, label in zip(states.T, middles, labels, strict=True):
        ax.axhline(middle, color="0.8", lw=1, ls="-", zorder=0)
        (line,) = ax.plot(values + middle, ls="-", marker="o", ms=2.5, lw=1)
        style = {"textcoords": "offset points", "color": line.get_color()}
        place = n_steps - 1, middle
        ax.annotate(label, place, (8, 0), va="center", annotation_clip=False, **style)
    ends = np.ravel([[middle - limit, middle + limit] for middle in middles])
    ax.set(yticks=ends, yticklabels=[number(-limit), number(limit)] * n)
    ax.set(xlabel="step", ylabel="state", xlim=(-0.5, n_steps - 0.5))
    ax.set_ylim(middles[-1] - 1.3 * limit, 1.3 * limit)
    return ax
