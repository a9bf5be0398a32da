"""Lesson 02: one neuron in the plane, its boundary, its mistakes and its margin."""

import ipywidgets
import numpy as np

from course_lib.widgets.parts import DRAWING, Spoken, figure_to_touch, present, slider

POINTS = np.array(
    [[-1.5, -0.6], [-1.1, 0.9], [-0.6, -1.4], [-0.3, 0.1], [-1.9, 0.5], [0.1, -1.0]]
    + [[0.6, 1.5], [1.2, 0.4], [1.7, 1.3], [0.9, -0.3], [1.8, -0.5], [0.2, 1.1]]
)  # (12, 2)
LABELS = np.repeat([-1, 1], 6)
LIMIT = 2.4  # the panel shows -LIMIT to LIMIT


def perceptron_state(angle, b, X=POINTS, y=LABELS):
    """Mistakes, margin m and Novikoff's bound of the unit vector w at an angle.

    m = min y (w·x + b) is the geometric margin, measured in the plane; the margin γ and
    the bound (R/γ)² have the constant input 1 inside. The angle is in degrees.
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
    """The points, the boundary and its street of half-width m."""
    from course_lib import figures, plots

    ax = ax or plots.row(1, 4.8, 4.8)
    state = perceptron_state(angle, b, X, y)
    plots.points(X, y, ax, size=60).set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT))
    figures.neuron.boundary(state["w"], b, ax)
    if state["margin"] > 0:
        for side in (-1, 1):
            foot = (side * state["margin"] - b) * state["w"]
            ax.axline(foot, foot + [-state["w"][1], state["w"][0]], color="0.4", ls=":")
    wrong = y * (X @ state["w"] + b) <= 0
    ax.scatter(*X[wrong].T, 170, "none", ec=plots.BLACK, lw=1.5, zorder=4)
    s = "" if state["mistakes"] == 1 else "s"
    words = f"{state['mistakes']} mistake{s}, geometric margin {state['margin']:.2f}"
    bound = f"{state['bound']:,.0f}" if state["margin"] > 0 else "none"
    ax.set_title(f"{words}\nbound (R/γ)²: {bound}".replace("-", "−"))
    return ax


def show():
    """Turn and shift a neuron's boundary by slider, or drag its points in the plane."""
    from course_lib import plots

    X, held = POINTS.copy(), [None]
    canvas = figure_to_touch(4.8, 4.8)
    angle = slider(ipywidgets.IntSlider, 90, -180, 180, 1, "angle of w (°)")
    b = slider(ipywidgets.FloatSlider, 0.8, -2, 2, 0.01, "bias b")

    spoken = Spoken()
    ax = canvas.figure.subplots()

    def draw(_=None):
        with DRAWING:
            ax.clear()  # a new panel would have no place yet for the next mouse event
            perceptron_picture(angle.value, b.value, X, ax=ax)
            canvas.draw_idle()
            spoken.picture = alt(ax)

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
    for end in ("button_release_event", "figure_leave_event"):
        canvas.mpl_connect(end, lambda _: held.__setitem__(0, None))
    for control in (angle, b):
        control.observe(draw, names="value")
    draw()
    still = perceptron_picture(angle.value, b.value)
    page = plots.html(still.figure, alt())
    present(ipywidgets.VBox([angle, b, canvas]), page, spoken)


def alt(ax=None):
    """What the picture shows, in words; with its title where it may change."""
    what = "Twelve points of two classes, a boundary with its arrow w and the mistakes."
    return f"{what} {ax.get_title(loc='left')}" if ax else what
