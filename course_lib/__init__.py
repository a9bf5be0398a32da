"""The library of the course Introduction to Neural Networks.

Import the module you need: from course_lib import plots. Modules are flat, one noun
each, and import each other one way only (the arrow reads "is used by"):

    inputs → maths, neurons, layers, conv, training, gradcheck
    maths → neurons, layers, conv, widgets
    layers → conv
    plots → pictures, grids, widgets
    files → datasets
    datasets, pictures, grids → widgets
    progress → predictions, claims, checks
    predictions → claims, widgets
    answers → checks

keras_tools stands alone: it is the only module that loads Keras.
"""
