"""Lesson 12: one LSTM cell whose gates are opened and shut by hand."""

import ipywidgets
import numpy as np

from course_lib.recurrent import LSTM
from course_lib.widgets.parts import Switches, explore, slider

X = np.array([1, -0.6, 0.4, 0.9, -0.8, 0.5, -0.3, -1, 0.7, -0.4, 0.3, -0.7])
STEPS = len(X)
TASKS = {  # which numbers are to be kept, and the first step at which to say them
    "the first number, said last": ([0], STEPS - 1),
    "the latest hatched, said always": ([2, 4, 8], 0),
}
SURE, NEAR = 40.0, 0.01  # σ(40) is 1; an output this near counts as right


def by_hand():
    """An LSTM of one unit whose inputs are x_t and what goes into its i, f and o.

    Its gates see nothing but that, its candidate is g = tanh(x_t), and U = 0.
    """
    cell = LSTM(4, 1, np.random.default_rng(0))
    cell.W = np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1.0]])
    cell.U, cell.b = np.zeros((1, 4)), np.zeros(4)
    return cell


def into(gate):
    """What σ makes a gate between 0 and 1 from, log(gate / (1 - gate)), or ±SURE."""
    with np.errstate(divide="ignore"):
        return np.clip(np.log(gate) - np.log1p(-gate), -SURE, SURE)


def wanted(task):
    """The output (T,) that a task asks for: tanh(g) of what is kept, or 0, silence."""
    kept, first = TASKS[task]
    h = np.zeros(STEPS)
    for t in kept:
        h[max(t, first) :] = np.tanh(np.tanh(X[t]))
    return h


def gates_state(task, open_f, i, f, o):
    """c, h, the gates, what was wanted and where it was said, (T,) each.

    i, f and o tell at which steps they are open; an open f is open_f.
    """
    gates = np.array([i, f, o], float) * [[1], [open_f], [1]]
    cell = by_hand()
    h = cell.forward(np.column_stack([X, *into(gates)])[None])[0, :, 0]
    names = "i", "f", "o"
    return {
        "c": cell.c[1:, 0, 0],
        "h": h,
        "gates": dict(zip(names, cell.gates[:, [0, 1, 3], 0, 0].T, strict=True)),
        "wanted": wanted(task),
        "right": np.abs(h - wanted(task)) < NEAR,
    }


def gates_picture(task, open_f, i, f, o):
    """The cell carried over the steps, a diamond where its output is wanted."""
    from course_lib import figures, plots

    state = gates_state(task, open_f, i, f, o)
    ax = plots.row(1, 8.6, 3.9)
    figures.gates.carry(state["c"], state["h"], state["gates"], X, ax)
    ax.plot(state["wanted"], "D", ms=11, mfc="none", mec=plots.BLACK, mew=1.2)
    for t in TASKS[task][0]:
        ax.patches[t].set_hatch("////")
    ax.set_xlabel("step      ◇ output wanted      hatched: the number to keep")
    ax.set_title(in_words(state))
    return ax


def in_words(state):
    """What is said at the last step, what was wanted, and whether all was right."""
    said, asked, n = state["h"][-1], state["wanted"][-1], state["right"].sum()
    verdict = "reached" if n == STEPS else "not yet"
    words = f"Last output {said:+.3f}, wanted {asked:+.3f}; {n} of {STEPS} steps right"
    words += f": {verdict}"
    return words.replace("-", "−")


def show():
    """Three gates, a switch for each step: keep a number, and say it in time."""
    wide = {"button_width": "auto"}
    task = ipywidgets.ToggleButtons(options=list(TASKS), description="task", style=wide)
    open_f = slider(ipywidgets.FloatSlider, 1, 0.5, 1, 0.05, "an open f is")
    rows = [Switches(f"gate {name}", [True] * STEPS) for name in "ifo"]
    explore([task, open_f, *rows], gates_picture, alt)


def alt(ax, task, open_f, *gates):
    """What the picture shows, in words."""
    counts = (f"{name} at {sum(row)}" for name, row in zip("ifo", gates, strict=True))
    return (
        f"A cell over {STEPS} steps, task: {task}. Open are {', '.join(counts)} steps, "
        f"an open f is {open_f:.2f}. {ax.get_title(loc='left')}."
    )
