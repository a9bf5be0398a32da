"""Lesson 01: how many neighbours should vote, and how many labels are wrong."""

import ipywidgets
import numpy as np

from course_lib.widgets.parts import explore, slider


def neighbours_state(k, wrong, n=200, n_new=2000):
    """kNN on moons of which `wrong` per cent are mislabelled, and its share right."""
    from sklearn.datasets import make_moons
    from sklearn.neighbors import KNeighborsClassifier

    X, truth = make_moons(n + n_new, noise=0.2, random_state=1)
    # one draw for all shares, so that a label once turned stays turned
    turned = np.random.default_rng(1).random(len(X)) < wrong / 100
    y = np.where(turned, 1 - truth, truth)
    model = KNeighborsClassifier(k).fit(X[:n], y[:n])
    return {
        "model": model,
        "X": X[:n],
        "y": y[:n],
        "seen": model.score(X[:n], y[:n]),
        "unseen": model.score(X[n:], y[n:]),
    }


def neighbours_picture(k, wrong, ax=None):
    """What kNN answers in the plane, under the examples it has seen."""
    from course_lib import figures, plots

    ax = ax or plots.row(1, 6, 4)
    state = neighbours_state(k, wrong)
    plots.points(state["X"], state["y"], ax, size=22)
    ax.set(xlim=(-1.6, 2.6), ylim=(-1.2, 1.7))
    figures.neuron.regions(state["model"].predict, ax)
    ax.set_title(f"right: seen {state['seen']:.0%}, unseen {state['unseen']:.0%}")
    return ax


def show():
    """kNN on two moons, with sliders for k and for the share of wrong labels."""
    k = slider(ipywidgets.IntSlider, 1, 1, 99, 2, "neighbours k")
    wrong = slider(ipywidgets.IntSlider, 20, 0, 40, 5, "wrong labels (%)")
    explore([k, wrong], neighbours_picture, alt)


def alt(ax, k, wrong):
    words = ax.get_title(loc="left")
    return f"Two moons, {k} neighbours, {wrong} % wrong labels; {words}."
