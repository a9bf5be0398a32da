"""Sliders over functions that a lesson has already shown; a still picture elsewhere.

One module a widget, each with pure functions underneath; a lesson calls these:
"""

from course_lib.widgets.dials import stairs
from course_lib.widgets.moons import neighbours
from course_lib.widgets.plane import perceptron

__all__ = ["neighbours", "perceptron", "stairs"]
