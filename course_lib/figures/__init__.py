"""Figures that show one idea of a lesson, by topic; each draws on ax and returns it.

figures.neuron.boundary(w, b, ax)
"""

from course_lib.figures import (
    belief,
    descent,
    gates,
    halves,
    images,
    margin,
    net,
    neuron,
    noise,
    perceptron,
    recurrent,
    strings,
    table,
    valley,
)

__all__ = [
    "belief",
    "descent",
    "gates",
    "halves",
    "images",
    "margin",
    "net",
    "neuron",
    "noise",
    "perceptron",
    "recurrent",
    "strings",
    "table",
    "valley",
]
