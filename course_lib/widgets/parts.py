"""What every widget is made of: a slider, and a way to be shown."""

import ipywidgets
from IPython.display import display

from course_lib import plots
from course_lib.predictions import WIDGET_VIEW


def slider(kind, value, lowest, highest, step, name):
    """An ipywidgets slider of some kind, all of one width."""
    return kind(
        value,
        min=lowest,
        max=highest,
        step=step,
        description=name,
        style={"description_width": "11em"},
        layout=ipywidgets.Layout(width="32em"),
    )


def explore(controls, draw):
    """Present the controls above a picture; draw() makes it anew after each move.

    draw returns one of the figure's axes and the alternative text.
    """
    picture = ipywidgets.HTML()

    def redraw(_=None):
        ax, alt = draw()
        picture.value = plots.html(ax.figure, alt)

    for control in controls:
        control.observe(redraw, names="value")
    redraw()
    present(ipywidgets.VBox([*controls, picture]), picture.value)


def present(box, still):
    """Show the live widget where a kernel runs, else its still picture."""
    box.add_class("course-widget")
    view = box._repr_mimebundle_()[WIDGET_VIEW]
    bundle = {"text/plain": "an interactive panel", "text/html": still}
    display(bundle | {WIDGET_VIEW: view}, raw=True)
