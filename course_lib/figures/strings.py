"""Figures of strings of letters: the grammar that makes them, what a model expected."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import ScaledTranslation

from course_lib.plots import BLACK, GREY

STATE = 9  # a circle's radius in points
STATES = [(0, 0), (1, 0), (9, 0), (10, 0)]  # around the Reber graph
STATES += [(2.1, 1.6), (3.1, 1.6), (4.3, 2.3), (4.3, 0.9), (5.7, 2.3), (5.7, 0.9)]
STATES += [(6.9, 1.6), (7.9, 1.6)]
SAME = [(1.7, -0.9), (8.3, -0.9)]  # where the box without states begins and ends
ARROWS = [(0, 1, "B"), (1, 4, "T"), (11, 2, "T"), (2, 3, "E")]
ARROWS += [(4, 5, "B"), (5, 6, "T"), (5, 7, "P"), (6, 8, "X"), (7, 9, "V")]
ARROWS += [(8, 7, "X"), (9, 8, "P"), (8, 10, "S"), (9, 10, "V"), (10, 11, "E")]
LOOPS = [(6, "S", 1), (7, "T", -1)]  # the last: above the state or below
LINES, WIDTH = 4, 60


def reber(ax=None):
    """The embedded Reber grammar: a walk from start to end, a letter an arrow.

    Its second letter, T or P, comes again as the last but one, after a walk of any
    length through the Reber graph (Reber 1967; embedded: Fahlman 1991).
    """
    ax = ax or plt.subplots(figsize=(9.4, 4.2))[1]
    for x, y, height in ((1.7, 0, 3.3), (1.7, -1.3, 0.8)):
        ax.add_patch(
            Rectangle((x, y), 6.6, height, fc="white", ec=GREY, lw=1, zorder=0)
        )
    for start, end, letter in ARROWS:
        _arrow(ax, STATES[start], STATES[end], letter)
    _arrow(ax, STATES[1], SAME[0], "P", end_room=0)
    _arrow(ax, SAME[1], STATES[2], "P", start_room=0)
    for state, letter, side in LOOPS:
        _loop(ax, STATES[state], letter, side)
    ax.scatter(
        *zip(*STATES, strict=True), (2 * STATE) ** 2, "white", ec=BLACK, zorder=2
    )
    middle = {"ha": "center", "va": "center"}
    ax.text(5, -0.9, "the same graph", **middle)
    ax.text(1.85, 2.95, "the Reber graph")
    for state, words in ((0, "start"), (3, "end")):
        ax.text(STATES[state][0], -0.45, words, **middle)
    ax.set(xlim=(-0.4, 10.4), ylim=(-1.4, 3.35))
    ax.axis("off")
    return ax


def _arrow(ax, start, end, letter, start_room=STATE, end_room=STATE + 1):
    look = {"arrowstyle": "-|>", "lw": 1.6, "color": GREY}
    room = {"shrinkA": start_room, "shrinkB": end_room}
    ax.annotate("", end, start, arrowprops=look | room)
    _letter(ax, letter, np.mean([start, end], 0))


def _letter(ax, letter, place, up=0):
    """A letter on a little white, over its arrow."""
    white = {"boxstyle": "circle,pad=0.1", "fc": "white", "ec": "none"}
    style = {"ha": "center", "va": "center", "weight": "bold", "bbox": white}
    style |= {"textcoords": "offset points", "zorder": 3}
    ax.annotate(letter, place, (0, up), **style)


def _loop(ax, place, letter, side):
    """An arrow from a state back to itself, above (1) or below (-1)."""
    bow = np.array([[-0.5, 0.85], [-2.4, 3.8], [2.4, 3.8], [0.6, 1]]) * [1, side]
    inches = ax.figure.dpi_scale_trans + ScaledTranslation(*place, ax.transData)
    path = Path(bow * STATE / 72, [1, 4, 4, 4])  # a cubic curve
    look = {"arrowstyle": "-|>", "mutation_scale": 11, "lw": 1.6, "color": GREY}
    ax.add_patch(FancyArrowPatch(path=path, transform=inches, **look))
    _letter(ax, letter, place, side * 3.9 * STATE)


def surprise(text, bits, ax=None):
    """Each letter of a text on a square, the darker the more bits it took.

    bits has a number a letter, nan for one that was not asked; a new line is shown as
    ↵. The last row is the key.
    """
    lines, bits = _broken(text), np.asarray(bits, float)
    ax = ax or plt.subplots(figsize=(9.4, 0.32 * (len(lines) + 1.5)))[1]
    top = 4 * max(1, np.ceil(np.nanmax(bits) / 4))
    starts = np.cumsum([0, *map(len, lines)])
    for row, (line, start) in enumerate(zip(lines, starts, strict=False)):
        _squares(ax, line.replace("\n", "↵"), bits[start:][: len(line)], 0, row, top)
    key = np.linspace(0, top, 5)
    ax.text(WIDTH - 27, row + 1.75, "bits", ha="right", va="center")
    for column, value in zip(range(WIDTH - 26, WIDTH, 5), key, strict=False):
        _squares(ax, " ", [value], column, row + 1.25, top)
        ax.text(column + 1.4, row + 1.75, f"{value:g}", va="center")
    ax.set(xlim=(-0.1, WIDTH + 0.1), ylim=(row + 2.35, -0.1))
    ax.axis("off")
    return ax


def _squares(ax, letters, bits, left, row, top):
    """Letters in a row of squares, each black or white, whichever can be read."""
    edges = np.arange(left, left + len(letters) + 1), [row, row + 1]
    shades = np.ma.masked_invalid(np.atleast_2d(bits))
    how = {"cmap": "Greys", "vmin": 0, "vmax": top, "ec": "0.8", "lw": 0.5}
    ax.pcolormesh(*edges, shades, **how)
    style = {"ha": "center", "va": "center", "family": "monospace"}
    for k, (letter, value) in enumerate(zip(letters, bits, strict=True)):
        ink = "white" if value > 0.62 * top else BLACK
        ax.text(left + k + 0.5, row + 0.53, letter, color=ink, **style)


def _broken(text):
    """The text in lines of at most WIDTH letters, broken after spaces."""
    lines = []
    while text:
        end = text.rfind(" ", 0, WIDTH) + 1 if len(text) > WIDTH else 0
        lines.append(text[: end or WIDTH])
        text = text[end or WIDTH :]
    if len(lines) > LINES:
        limit = f"{LINES} lines of {WIDTH} letters"
        raise ValueError(f"text: it takes {len(lines)} lines; expected {limit} at most")
    return lines
