"""Lesson 03: four pixels, and what two models say of them."""

import ipywidgets
import numpy as np

from course_lib import datasets
from course_lib.maths import sigmoid
from course_lib.widgets.parts import DRAWING, present, slider

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
    import matplotlib.pyplot as plt

    from course_lib import figures, plots

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
    figures.neuron.gauge(state["score"], -1, 1.2, 0, title, axes["score"])
    said = "stairs" if state["probability"] > 0.5 else "not stairs"
    title = f"sigmoid model: probability {_shown(state['probability'])}, says {said}"
    figures.neuron.gauge(
        state["probability"], -0.02, 1.02, 0.5, title, axes["probability"]
    )
    return [axes["image"], axes["score"], axes["probability"]]


def _shown(p):
    """A probability with the digits that tell it from 0 and 1."""
    return f"{p:.3f}" if 0.001 <= p <= 0.999 else f"{p:.1e}" if p < 0.5 else f"{p:.8f}"


def show():
    """Four pixels by slider, both models' dials, and a button for each case."""
    from course_lib import plots

    sliders = [
        slider(ipywidgets.IntSlider, value, 0, 255, 1, f"x{k} {place}")
        for k, value, place in zip(
            (1, 2, 3, 4),
            CASES["case A"][0],
            ("top left", "top right", "bottom left", "bottom right"),
            strict=True,
        )
    ]
    picture, words = ipywidgets.HTML(), ipywidgets.HTML()

    def still():
        pixels = [control.value for control in sliders]
        axes = stairs_picture(pixels)
        state = stairs_state(pixels)
        alt = f"score {state['score']:.3f}, probability {_shown(state['probability'])}"
        return plots.html(axes[0].figure, f"Image {pixels} and two dials: {alt}.")

    def draw(_=None):
        with DRAWING:
            picture.value = still()
            words.value = "&nbsp;"  # keeps the line, so that nothing jumps

    def play(button):
        start, end = CASES[button.description]
        moved = (*start[:2], end, start[3])
        before, after = stairs_state(start), stairs_state(moved)
        gains = [after[key] - before[key] for key in ("score", "probability")]
        with DRAWING:
            for control, value in zip(sliders, moved, strict=True):
                control.value = value
            words.value = (
                f"{button.description}: x3 from {start[2]} to {end}. The score gained "
                f"<b>{gains[0]:+.4f}</b>, the probability <b>{gains[1]:+.5f}</b>."
            )

    buttons = [ipywidgets.Button(description=name) for name in CASES]
    for button in buttons:
        button.on_click(play)
    for control in sliders:
        control.observe(draw, names="value")
    draw()
    box = ipywidgets.VBox([*sliders, ipywidgets.HBox(buttons), words, picture])
    present(box, picture.value)
