"""Every figure a lesson shows; each function draws on ax and returns it."""

import base64
import io
from html import escape
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from PIL import Image

plt.style.use(Path(__file__).with_name("course.mplstyle"))

BLUE, RED, GREEN, PURPLE, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000"
GREY, MIDDLE = "0.35", {"ha": "center", "va": "center"}  # of words beside and inside
CLASS_COLOURS, CLASS_MARKERS = (BLUE, RED, GREEN), "os^"
CLASS_TINTS = ("#CCE3F0", "#F7DFCC", "#CCECE3")
# on a dark page a figure is turned dark, its hues kept
DARK = (
    '<style>[data-jp-theme-light="false"] .course-figure'
    "{filter:invert(.88) hue-rotate(180deg)}</style>"
)
SHARPNESS = 1.5  # saved pixels per pixel shown, for screens with fine pixels


def png(figure):
    """The figure as PNG bytes: sharp, 256 colours, the same on every run."""
    buffer = io.BytesIO()
    unpacked = {"compress_level": 0}  # read at once, and packed below
    dpi = figure.dpi * SHARPNESS
    figure.savefig(buffer, format="png", dpi=dpi, pil_kwargs=unpacked)
    image = Image.open(buffer).convert("RGB").quantize(256)
    buffer = io.BytesIO()
    image.save(buffer, format="png", optimize=True)
    return buffer.getvalue()


def html(figure, alt):
    """The figure as an <img> with its alternative text; the figure is closed."""
    data = png(figure)
    plt.close(figure)
    width = round(Image.open(io.BytesIO(data)).width / SHARPNESS)
    source = base64.b64encode(data).decode()
    return (
        f'{DARK}<img class="course-figure" alt="{escape(alt)}" width="{width}" '
        f'style="max-width:100%;height:auto" '
        f'src="data:image/png;base64,{source}">'
    )


def show(figure_or_axes, alt):
    """Display a figure once, with alternative text for those who cannot see it."""
    figure = np.ravel(figure_or_axes)[0].figure
    display({"text/html": html(figure, alt), "text/plain": alt}, raw=True)


def row(n, width=None, height=3.2):
    """n empty panels side by side."""
    return grid(1, n, width or 10 * n / 3, height)


def grid(rows, columns, width, height):
    """Empty panels in rows and columns, inches wide and high in all."""
    return plt.subplots(rows, columns, figsize=(width, height))[1]


def number(value, digits=".3g"):
    """A number with few digits, a true minus sign, and no minus before 0."""
    return f"{value + 0.0:{digits}}".replace("-", "−")


def curves(series, x=None, ax=None, xlabel="epoch", ylabel="loss"):
    """One line per entry of {label: values}, labelled at its end, not in a legend."""
    ax = ax or plt.subplots()[1]
    for label, values in series.items():
        xs = np.arange(len(values)) if x is None else x
        (line,) = ax.plot(xs, values)
        ax.annotate(
            label,
            (xs[-1], values[-1]),
            xytext=(5, 0),
            textcoords="offset points",
            color=line.get_color(),
            va="center",
            annotation_clip=False,
        )
    ax.set(xlabel=xlabel, ylabel=ylabel)
    return ax


def points(X, y, ax=None, size=36):
    """The two columns of X as points; class 0 blue circles, class 1 red squares."""
    ax = ax or plt.subplots()[1]
    for k, label in enumerate(np.unique(y)):
        colour, marker = CLASS_COLOURS[k], CLASS_MARKERS[k]
        style = {"marker": marker, "ec": "white", "lw": 0.7, "zorder": 3}
        ax.scatter(*X[y == label].T, size, colour, **style)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    return ax


def images(pictures, titles, axes=None, shape=None, cmap="gray_r", limits=(0, 1)):
    """Small pictures side by side on one scale; 1 is black as ink."""
    pictures = [np.reshape(p, shape or np.shape(p)) for p in pictures]
    axes = row(len(pictures), 1.5 * len(pictures), 1.9) if axes is None else axes
    for ax, picture, title in zip(np.ravel(axes), pictures, titles, strict=True):
        ax.imshow(picture, cmap=cmap, vmin=limits[0], vmax=limits[1])
        ax.set_title(title, fontsize=10, loc="center")
        ax.set(xticks=[], yticks=[])
        ax.spines[["top", "right"]].set_visible(True)
    return np.ravel(axes)


def weights(W, title, ax=None):
    """A weight vector as a picture: red positive, blue negative, zero white."""
    ax = ax or plt.subplots(figsize=(2.6, 2.4))[1]
    limit = np.abs(W).max()
    mesh = ax.imshow(W, cmap="RdBu_r", vmin=-limit, vmax=limit)
    ax.figure.colorbar(mesh, ax=ax, shrink=0.8, label="weight")
    ax.set_title(title, fontsize=10, loc="center")
    ax.set(xticks=[], yticks=[])
    ax.spines[["top", "right"]].set_visible(True)
    return ax


def bars(values, labels, ax=None, xlabel="", colours=None, fmt="{:.2f}"):
    """Horizontal bars, each labelled with its value, first on top."""
    ax = ax or plt.subplots(figsize=(6, 0.45 * len(values) + 0.9))[1]
    places = np.arange(len(values))[::-1]
    ax.barh(places, values, color=colours or BLUE, height=0.62)
    for place, value in zip(places, values, strict=True):
        style = {"textcoords": "offset points", "va": "center"}
        ax.annotate(fmt.format(value), (max(value, 0), place), (4, 0), **style)
    ax.set(yticks=places, yticklabels=labels, xlabel=xlabel)
    return ax


def histograms(groups, ax=None, xlabel="", n_bins=30):
    """Overlapping counts of up to three groups {label: values}."""
    ax = ax or plt.subplots()[1]
    edges = np.histogram_bin_edges(np.concatenate(list(groups.values())), n_bins)
    for k, (label, values) in enumerate(groups.items()):
        counts, _, _ = ax.hist(
            values, edges, color=CLASS_COLOURS[k], alpha=0.55, hatch=("", "//", "..")[k]
        )
        place = np.percentile(values, 80 if k else 20)  # away from the overlap
        near = np.abs(edges[:-1] - place) < 3 * (edges[1] - edges[0])
        style = {"textcoords": "offset points", "color": CLASS_COLOURS[k]}
        side = {"ha": "left" if k else "right"}
        ax.annotate(label, (place, counts[near].max()), (0, 3), **style, **side)
    ax.set(xlabel=xlabel, ylabel="examples")
    return ax


def dots(groups, ax=None, xlabel=""):
    """Each entry of {label: values} as a row of dots with a bar at their mean."""
    ax = ax or plt.subplots(figsize=(6, 0.7 * len(groups) + 1.1))[1]
    for k, values in enumerate(groups.values()):
        style = {"color": CLASS_COLOURS[k % 3], "marker": CLASS_MARKERS[k % 3]}
        ax.scatter(values, np.full(len(values), -k), 60, alpha=0.6, **style)
        ax.plot([np.mean(values)] * 2, [-k - 0.25, -k + 0.25], color=BLACK, ls="-")
    names = list(groups)
    ax.set(yticks=-np.arange(len(names)), yticklabels=names, xlabel=xlabel)
    ax.set_ylim(-len(names) + 0.4, 0.6)
    return ax
