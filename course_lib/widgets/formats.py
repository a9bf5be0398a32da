"""Lesson 09: a number, times a power of two, in three floating-point formats."""

import ipywidgets
import ml_dtypes  # NumPy then knows bfloat16, too
import numpy as np

from course_lib.widgets.parts import explore, slider

FORMATS = {"float32": 8, "bfloat16": 8, "float16": 5}  # bits of the exponent


def format_state(x, name):
    """The number x ≥ 0 rounded to a format: its bits, its value, and what it lost.

    kept is "normal", "0", "infinite" or "few bits" (below the smallest normal
    number); step leads to the next number.
    """
    with np.errstate(all="ignore"):  # x may be too large, or have no next number
        value, infinity = np.array([x, np.inf]).astype(name)
        step = float(np.nextafter(value, infinity) - value)
    code = int(value.view(f"uint{8 * value.itemsize}"))
    kept = "0" if value == 0 else "normal"
    if 0 < value < ml_dtypes.finfo(name).smallest_normal:
        kept = "few bits"
    if value == infinity:
        kept = "infinite"
    bits = f"{code:0{8 * value.itemsize}b}"
    return {"bits": bits, "value": float(value), "kept": kept, "step": step}


def format_picture(power, scale, ax=None):
    """The bits of 10^power times 2^scale, a row for each format."""
    from course_lib import plots

    ax = ax or plots.row(1, 8.6, 2.9)
    x, lost = 10.0**power * 2.0**scale, []
    for row, (name, n_exponent) in enumerate(FORMATS.items()):
        state = format_state(x, name)
        for k, bit in enumerate(state["bits"]):
            part = 0 if k == 0 else 1 if k <= n_exponent else 2
            colour = (plots.BLACK, plots.RED, plots.BLUE)[part]
            style = {"marker": "s", "s": 95, "ec": colour, "lw": 1.2}
            ax.scatter(k, -row, c=colour if bit == "1" else "white", **style)
        ax.text(-1.2, -row, name, ha="right", va="center")
        ax.text(32.3, -row, in_words(state), va="center")
        lost += [] if state["kept"] == "normal" else [f"{name}: {state['kept']}"]
    ends = zip((0, 4.5, 20), ("sign", "exponent", "fraction"), strict=True)
    for (place, name), colour in zip(
        ends, (plots.BLACK, plots.RED, plots.BLUE), strict=True
    ):
        ax.text(place, 0.55, name, ha="center", color=colour)
    ax.set(xlim=(-6.5, 44), ylim=(-2.6, 1))
    ax.axis("off")
    words = "; ".join(lost) or "all three keep it"
    ax.set_title(f"10^{power:g} × 2^{scale} = {x:.3g}. {words}".replace("-", "−"))
    return ax


def in_words(state):
    """The value that a format stores, and how far away its neighbour is."""
    if state["kept"] == "infinite":
        return "infinite"
    if state["kept"] == "0":
        return f"0 (next: {state['step']:.1g})".replace("-", "−")
    relative = state["step"] / state["value"]
    return f"{state['value']:.6g} (next: +{relative:.1g} of it)".replace("-", "−")


def show():
    """Move a number and the power of two it is multiplied by; see its bits."""
    power = slider(ipywidgets.FloatSlider, -8, -12, 6, 0.25, "number: 10 to the")
    scale = slider(ipywidgets.IntSlider, 0, 0, 30, 1, "times 2 to the")
    explore([power, scale], format_picture, alt)


def alt(ax, power, scale):
    return f"Bits in float32, bfloat16 and float16. {ax.get_title(loc='left')}."
