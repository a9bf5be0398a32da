"""What every widget is made of: its controls, and a way to be shown."""

import threading
from pathlib import Path

import anywidget
import ipywidgets
import numpy as np
import traitlets
from IPython import get_ipython
from IPython.display import display

from course_lib.predictions import WIDGET_VIEW

# in JupyterLab (seen in 4.6, ipykernel 7.4) two moves may be handled at once, in the
# kernel's main thread and in a subshell's; pyplot's figures are common to both
DRAWING = threading.RLock()


class Waits:
    """A callback of IPython's that waits until no widget is drawing.

    After each cell or message, in its own thread, IPython lets pyplot redraw, show and
    close whatever is open: also what another thread is drawing. After a move in a
    subshell it is not called, as the main thread may be in the middle of a cell.
    """

    def __init__(self, callback):
        self.callback = callback

    def __call__(self):
        if not moved_in_a_subshell():
            with DRAWING:
                self.callback()

    def __eq__(self, other):
        return other == self.callback  # so that IPython finds it to unregister it


def moved_in_a_subshell():
    """Whether this thread is not the main one and handles a widget's message."""
    if threading.current_thread() is threading.main_thread():
        return False
    return get_ipython().get_parent()["header"]["msg_type"] == "comm_msg"


def let_pyplot_wait():
    """Make what pyplot has registered to run after a cell or message wait for us."""
    shell = get_ipython()
    after = shell.events.callbacks["post_execute"] if shell else []
    for k, callback in enumerate(after):
        if str(getattr(callback, "__module__", "")).startswith("matplotlib"):
            after[k] = Waits(callback)


class Spoken(anywidget.AnyWidget):
    """Tells a screen reader the names and values of the controls beside it."""

    _esm = Path(__file__).with_suffix(".js")
    _css = Path(__file__).with_suffix(".css")
    picture = traitlets.Unicode().tag(sync=True)  # in words, what a canvas shows


class Pixels(anywidget.AnyWidget):
    """A square of pixels of ±1 to click, to drag over, or to type by arrow and space.

    With ink, 1 or 0 a pixel, a click does not turn a pixel round: +1 is erased.
    """

    _esm = Path(__file__).with_name("pixels.js")
    _css = Path(__file__).with_name("pixels.css")
    value = traitlets.List(traitlets.Int()).tag(sync=True)
    ink = traitlets.List(traitlets.Int()).tag(sync=True)


def slider(kind, value, lowest, highest, step, name, **how):
    """An ipywidgets slider of some kind, all of one width."""
    return control(kind, name, value=value, min=lowest, max=highest, step=step, **how)


def control(kind, name, **how):
    """An ipywidgets control with its name before it, as wide as every slider."""
    look = {"layout": ipywidgets.Layout(width="32em")}
    look["style"] = {"description_width": "11em"}
    return kind(description=name, **look, **how)


class Switches(ipywidgets.HBox):
    """A named row of switches, counted from 0; its value tells which are on."""

    value = traitlets.Tuple()

    def __init__(self, name, value):
        narrow = {"layout": ipywidgets.Layout(width="2.3em", padding="0")}
        self.switches = [
            ipywidgets.ToggleButton(
                value=on, description=f"{k}", tooltip=f"{name}, {k}", **narrow
            )
            for k, on in enumerate(value)
        ]
        every = ipywidgets.Button(description="all", tooltip=f"{name}, all", **narrow)
        label = ipywidgets.Label(name, layout=ipywidgets.Layout(width="5em"))
        super().__init__([label, *self.switches, every])
        self.value = tuple(value)
        for switch in self.switches:
            switch.observe(self.read, names="value")
        every.on_click(self.flip)

    def read(self, _=None):
        with DRAWING:
            self.value = tuple(switch.value for switch in self.switches)

    def flip(self, _):
        """All on, or all off where they are on, told as one change."""
        with DRAWING, self.hold_trait_notifications():
            on = not all(self.value)
            for switch in self.switches:
                switch.value = on


def figure_to_touch(width, height):
    """The canvas of an empty figure, inches wide and high, that feels the mouse."""
    import matplotlib

    backend = matplotlib.get_backend()
    from ipympl.backend_nbagg import Canvas, FigureManager
    from matplotlib.figure import Figure

    matplotlib.use(backend)  # ipympl 0.10 makes itself that of all figures to come

    class Alone(Canvas):
        def draw(self):  # the browser asks for it, while a slider may change the figure
            with DRAWING:
                super().draw()

    canvas = Alone(Figure(figsize=(width, height), layout="constrained"))
    FigureManager(canvas, 0)
    canvas.header_visible = canvas.footer_visible = canvas.resizable = False
    canvas.toolbar_visible = False
    return canvas


def explore(controls, picture, alt):
    """Present controls above a picture that is made anew after each move.

    picture(*values) draws and returns its axes; alt(axes, *values) says what they show.
    """
    from course_lib import plots

    image = ipywidgets.HTML()

    def redraw(_=None):
        with DRAWING:  # values are read inside: the last to draw draws the newest
            values = [control.value for control in controls]
            axes = picture(*values)
            image.value = plots.html(np.ravel(axes)[0].figure, alt(axes, *values))

    for control in controls:
        control.observe(redraw, names="value")
    redraw()
    present(ipywidgets.VBox([*controls, image]), image.value)


def present(box, still, spoken=None):
    """Show the live widget where a kernel runs, else its still picture."""
    let_pyplot_wait()
    box = ipywidgets.VBox([box, spoken or Spoken()])
    box.add_class("course-widget")
    view = box._repr_mimebundle_()[WIDGET_VIEW]
    bundle = {"text/plain": "an interactive panel", "text/html": still}
    display(bundle | {WIDGET_VIEW: view}, raw=True)
