"""Figures that show one idea of a lesson, by topic; each draws on ax and returns it.

figures.neuron.boundary(w, b, ax)
"""

from course_lib.figures import (
    belief,
    descent,
    forger,
    gates,
    halves,
    images,
    margin,
    net,
    neuron,
    noise,
    perceptron,
    recurrent,
    squeeze,
    strings,
    table,
    valley,
)

__all__ = [
    "belief",
    "descent",
    "forger",
    "gates",
    "halves",
    "images",
    "margin",
    "net",
    "neuron",
    "noise",
    "perceptron",
    "recurrent",
    "squeeze",
    "strings",
    "table",
    "valley",
]
