"""Sliders over functions that a lesson has already shown; a still picture elsewhere."""

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.figure import Figure

from course_lib import datasets, pictures, plots
from course_lib.maths import sigmoid
from course_lib.predictions import WIDGET_VIEW

# -- lesson 02: one neuron in the plane ----------------------------------------

POINTS = np.array(
    [[-1.5, -0.6], [-1.1, 0.9], [-0.6, -1.4], [-0.3, 0.1], [-1.9, 0.5], [0.1, -1.0]]
    + [[0.6, 1.5], [1.2, 0.4], [1.7, 1.3], [0.9, -0.3], [1.8, -0.5], [0.2, 1.1]]
)  # (12, 2)
LABELS = np.repeat([-1, 1], 6)
LIMIT = 2.4  # the panel shows -LIMIT to LIMIT


def perceptron_state(angle, b, X=POINTS, y=LABELS):
    """Mistakes, margin and Novikoff's bound of the unit vector w at an angle (degrees).

    margin = min y (w·x + b); the bound (R/γ)² has the constant input 1 inside.
    """
    w = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    signed = y * (X @ w + b)
    margin = signed.min()
    gamma, R = margin / np.hypot(1, b), np.sqrt((X**2).sum(axis=1).max() + 1)
    return {
        "w": w,
        "mistakes": int((signed <= 0).sum()),
        "margin": float(margin),
        "bound": float((R / gamma) ** 2) if margin > 0 else np.inf,
    }


def perceptron_picture(angle, b, X=POINTS, y=LABELS, ax=None):
    """The points, the boundary and its street of half-width margin."""
    ax = ax or plt.subplots(figsize=(4.8, 4.8))[1]
    state = perceptron_state(angle, b, X, y)
    plots.points(X, y, ax, size=60).set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT))
    pictures.boundary(state["w"], b, ax)
    if state["margin"] > 0:
        for side in (-1, 1):
            foot = (side * state["margin"] - b) * state["w"]
            ax.axline(foot, foot + [-state["w"][1], state["w"][0]], color="0.4", ls=":")
    wrong = y * (X @ state["w"] + b) <= 0
    ax.scatter(*X[wrong].T, 170, "none", ec=plots.BLACK, lw=1.5, zorder=4)
    s = "" if state["mistakes"] == 1 else "s"
    words = f"{state['mistakes']} mistake{s}, margin {state['margin']:.2f}"
    if state["margin"] > 0:
        words += f", bound (R/γ)² = {state['bound']:,.0f}"
    ax.set_title(words.replace("-", "−"))
    return ax


def perceptron():
    """Turn and shift a neuron's boundary by slider, or drag its points in the plane."""
    from ipympl.backend_nbagg import Canvas, FigureManager

    X, held = POINTS.copy(), [None]
    figure = Figure(figsize=(4.8, 4.8), layout="constrained")
    canvas = Canvas(figure)
    FigureManager(canvas, 0)
    canvas.header_visible = canvas.footer_visible = canvas.resizable = False
    canvas.toolbar_visible = False
    angle = _slider(ipywidgets.IntSlider, 90, -180, 180, 1, "angle of w (°)")
    b = _slider(ipywidgets.FloatSlider, 0.8, -2, 2, 0.05, "bias b")

    ax = figure.subplots()

    def draw(_=None):
        ax.clear()  # a new panel would have no place yet for the next mouse event
        perceptron_picture(angle.value, b.value, X, ax=ax)
        canvas.draw_idle()

    def press(event):
        if event.inaxes:
            distance = np.hypot(*(X - [event.xdata, event.ydata]).T)
            held[0] = distance.argmin() if distance.min() < 0.25 else None

    def move(event):
        if held[0] is not None and event.inaxes:
            X[held[0]] = event.xdata, event.ydata
            draw()

    canvas.mpl_connect("button_press_event", press)
    canvas.mpl_connect("motion_notify_event", move)
    canvas.mpl_connect("button_release_event", lambda _: held.__setitem__(0, None))
    for slider in (angle, b):
        slider.observe(draw, names="value")
    draw()
    still = perceptron_picture(angle.value, b.value)
    alt = "Twelve points of two classes, a boundary with its arrow w and the mistakes."
    _display(ipywidgets.VBox([angle, b, canvas]), plots.html(still.figure, alt))


# -- lesson 03: four pixels and two models -------------------------------------

CASES = {"case A": ((100, 0, 0, 125), 60), "case B": ((100, 0, 60, 125), 120)}


def stairs_state(pixels):
    """Both of the article's models, and the rule, on one image of four pixels."""
    x = np.asarray(pixels, dtype=float)
    (w, b), (v, c) = datasets.STAIRS_PERCEPTRON, datasets.STAIRS_SIGMOID
    return {
        "score": float(x @ w + b),
        "probability": float(sigmoid(x @ v + c)),
        "stairs": bool(datasets.is_stairs(x)),
    }


def stairs_picture(pixels):
    """The image beside the two dials; returns the three axes."""
    state = stairs_state(pixels)
    panels = [["image", "score"], ["image", "probability"]]
    axes = plt.figure(figsize=(8, 3.2)).subplot_mosaic(panels, width_ratios=[1, 2.2])
    name = "stairs" if state["stairs"] else "not stairs"
    plots.images([np.reshape(pixels, (2, 2))], [name], axes["image"], limits=(0, 255))
    for k, value in enumerate(pixels):
        ink = "white" if value > 127 else "black"
        axes["image"].text(
            k % 2, k // 2, f"{value}", ha="center", va="center", color=ink
        )
    said = "stairs" if state["score"] > 0 else "not stairs"
    title = f"perceptron: score {state['score']:.3f}, says {said}"
    pictures.gauge(state["score"], -1, 1.2, 0, title, axes["score"])
    said = "stairs" if state["probability"] > 0.5 else "not stairs"
    title = f"sigmoid model: probability {_shown(state['probability'])}, says {said}"
    pictures.gauge(state["probability"], -0.02, 1.02, 0.5, title, axes["probability"])
    return [axes["image"], axes["score"], axes["probability"]]


def _shown(p):
    """A probability with the digits that tell it from 0 and 1."""
    return f"{p:.3f}" if 0.001 <= p <= 0.999 else f"{p:.1e}" if p < 0.5 else f"{p:.8f}"


def stairs():
    """Four pixels by slider, both models' dials, and a button for each case."""
    sliders = [
        _slider(ipywidgets.IntSlider, value, 0, 255, 1, f"x{k} {place}")
        for k, value, place in zip(
            (1, 2, 3, 4),
            CASES["case A"][0],
            ("top left", "top right", "bottom left", "bottom right"),
            strict=True,
        )
    ]
    picture, words = ipywidgets.HTML(), ipywidgets.HTML()

    def still():
        pixels = [slider.value for slider in sliders]
        axes = stairs_picture(pixels)
        state = stairs_state(pixels)
        alt = f"score {state['score']:.3f}, probability {_shown(state['probability'])}"
        return plots.html(axes[0].figure, f"Image {pixels} and two dials: {alt}.")

    def draw(_=None):
        picture.value = still()
        words.value = "&nbsp;"  # keeps the line, so that the picture does not jump

    def play(button):
        start, end = CASES[button.description]
        before = stairs_state(start)
        after = stairs_state((*start[:2], end, start[3]))
        for slider, value in zip(sliders, (*start[:2], end, start[3]), strict=True):
            slider.value = value
        gains = [after[key] - before[key] for key in ("score", "probability")]
        words.value = (
            f"{button.description}: x3 from {start[2]} to {end}. The score gained "
            f"<b>{gains[0]:+.4f}</b>, the probability <b>{gains[1]:+.5f}</b>."
        )

    buttons = [ipywidgets.Button(description=name) for name in CASES]
    for button in buttons:
        button.on_click(play)
    for slider in sliders:
        slider.observe(draw, names="value")
    draw()
    box = ipywidgets.VBox([*sliders, ipywidgets.HBox(buttons), words, picture])
    _display(box, picture.value)


# -- parts of every widget -----------------------------------------------------


def _slider(kind, value, lowest, highest, step, name):
    return kind(
        value,
        min=lowest,
        max=highest,
        step=step,
        description=name,
        style={"description_width": "9em"},
        layout=ipywidgets.Layout(width="30em"),
    )


def _display(box, still):
    """Show the live widget where a kernel runs, else its still picture."""
    box.add_class("course-widget")
    view = box._repr_mimebundle_()[WIDGET_VIEW]
    bundle = {"text/plain": "an interactive panel", "text/html": still}
    display(bundle | {WIDGET_VIEW: view}, raw=True)
