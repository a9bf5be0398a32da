"""The library of the course Introduction to Neural Networks.

Import the module you need: from course_lib import plots. Modules are flat, one noun
each, and import each other one way only (the arrow reads "is used by"):

    validation → maths, neurons, layers, conv, recurrent, training, gradcheck, text
    validation → states, energy, rbm, belief, dbm, vae, gan, points
    maths → neurons, layers, conv, recurrent, widgets
    maths → states, energy, rbm, belief, dbm, vae, gan
    layers → conv, recurrent, widgets
    conv, recurrent, training, energy, rbm, belief → widgets
    plots → figures, widgets
    cars, downloads, letters, points → datasets
    datasets → states
    states → energy, rbm, belief, dbm, vae, widgets
    energy → rbm
    rbm → belief, dbm
    datasets, figures → widgets
    progress → predictions, claims, hints, checks, gaps
    question_data → hints, checks
    hints → checks
    guesses, prediction_box → predictions
    predictions → claims, widgets
    answers, errors → checks
    checks → gaps
    results → earlier
    tunes → sounds

figures and widgets are modules of many files. keras_tools stands alone: it is the only
module that loads Keras. earlier knows what older copies of lessons ask for.
"""


def __getattr__(name):
    from course_lib.earlier import module

    return module(name)
