"""Sliders over functions that a lesson has already shown; a still picture elsewhere.

One module a widget, each with pure functions underneath; a lesson calls these:
"""

from course_lib.widgets.bits import formats
from course_lib.widgets.depths import deep
from course_lib.widgets.dials import stairs
from course_lib.widgets.garage import car_map
from course_lib.widgets.hinges import units
from course_lib.widgets.lens import kernel
from course_lib.widgets.moons import neighbours
from course_lib.widgets.plane import perceptron
from course_lib.widgets.slopes import ravine
from course_lib.widgets.wires import blame

__all__ = [
    "blame",
    "car_map",
    "deep",
    "formats",
    "kernel",
    "neighbours",
    "perceptron",
    "ravine",
    "stairs",
    "units",
]
