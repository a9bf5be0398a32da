"""Lesson 08: all 1,728 cars in order, and where a learner errs."""

from functools import cache

import ipywidgets
import numpy as np

from course_lib import datasets
from course_lib.widgets.parts import explore, slider

LEARNERS = ("5 neighbours", "decision tree", "linear SVM", "kernel SVM", "net")
BAD = 62  # columns of the lowest TECH, in which every car is unacceptable


def learner(name):
    """scikit-learn's learner of that name, which has seen nothing yet."""
    if name == "5 neighbours":
        from sklearn.neighbors import KNeighborsClassifier

        return KNeighborsClassifier(5)
    if name == "decision tree":
        from sklearn.tree import DecisionTreeClassifier

        return DecisionTreeClassifier(random_state=0)
    if name == "net":
        from sklearn.neural_network import MLPClassifier

        how = {"activation": "tanh", "solver": "lbfgs", "alpha": 0.01}
        return MLPClassifier(20, max_iter=1000, random_state=0, **how)
    from sklearn.svm import SVC

    return SVC(kernel="linear") if name == "linear SVM" else SVC(C=10)


@cache
def garage():
    """The cars one-hot X (1728, 21), y, and their order by rows and by columns.

    The 16 rows are the pairs of buying and maint in the order of PRICE, the 108 columns
    the rest in the order of TECH: y[order] (16, 108) falls into blocks.
    """
    cars, y = datasets.car_evaluation()
    levels = datasets.car_levels()
    columns = zip(cars.T, datasets.CAR_VALUES.values(), strict=True)
    X = np.hstack([column[:, None] == np.array(values) for column, values in columns])
    rows = np.argsort(levels["PRICE"].reshape(16, 108)[:, 0], kind="stable")
    places = np.argsort(levels["TECH"][:108], kind="stable")
    order = np.arange(1728).reshape(16, 108)[rows][:, places]
    return X.astype(float), y, order


def garage_state(name, n):
    """Where a learner that saw n cars errs, its share right of the others, and more.

    worst is the column of the left block with the most crosses, so many of 16.
    """
    X, y, order = garage()
    shuffled = np.random.default_rng(0).permutation(len(y))
    seen, rest = shuffled[:n], shuffled[n:]
    wrong = learner(name).fit(X[seen], y[seen]).predict(X) != y
    crosses = wrong[order][:, :BAD].sum(axis=0)  # in each column of the left block
    cars, _ = datasets.car_evaluation()
    doors, persons, boot, safety = cars[order[0, crosses.argmax()], 2:]
    return {
        "table": y[order],
        "wrong": wrong[order],
        "unseen": 1 - wrong[rest].mean(),
        "crosses": int(crosses.max()),
        "worst": f"{doors} doors, {persons} persons, {boot} boot, {safety} safety",
    }


def garage_picture(name, n, ax=None):
    """All cars as tiles, with a cross where the learner errs."""
    from course_lib import figures

    state = garage_state(name, n)
    names = datasets.CAR_CLASSES
    ax = figures.table.tiles(state["table"], names, state["wrong"], ax)
    said = f"left block, worst column: {state['crosses']} of 16, {state['worst']}"
    said = said if state["crosses"] else "left block: no cross"
    ax.set(xlabel=f"TECH, from bad to good →      {said}", ylabel="← PRICE")
    right = f"{state['unseen']:.1%} of the other {1728 - n:,} right"
    ax.set_title(f"{name}, {n:,} cars seen: {right}")
    return ax


def show():
    """Choose a learner and the number of cars it may see; find its mistakes."""
    how = {"value": "linear SVM", "description": "learner"}
    name = ipywidgets.ToggleButtons(options=LEARNERS, **how)
    n = slider(ipywidgets.IntSlider, 800, 50, 1500, 50, "cars seen")
    explore([name, n], garage_picture, alt)


def alt(ax, name, n):
    words = ax.get_title(loc="left")
    return f"All 1,728 cars as tiles, a cross where the learner errs. {words}."
