"""Lesson 17: a map of digits, two numbers each; any place on it can be decoded."""

from functools import cache

import ipywidgets
import numpy as np

from course_lib.widgets.parts import DRAWING, Spoken, figure_to_touch, present, slider

LEARNT, SHOWN, VOTES, CLEAR = 1200, 600, 9, 6
FAR = 3.0  # of 100 digits that are not learnt, one is as far from all that are
STEP, LONGEST = 0.05, 80  # of a walk: between two places at least, places kept
TITLE = {"x": 0.01, "ha": "left", "fontsize": 11, "weight": "bold"}


@cache
def known_digits():
    """1,200 digits to learn, grey from 0 to 1 and in lesson 15's order, and y."""
    from course_lib.datasets import digits

    X, y = digits()
    order = np.random.default_rng(0).permutation(len(X))[:LEARNT]
    return (X[order] / 16).astype("float32"), y[order]


@cache
def learned(epochs=250):
    """An autoencoder 64-64-2-64-64, tanh in both wings, that learned the digits."""
    from course_lib.layers import Dense, Sequential, Tanh
    from course_lib.maths import squared_error
    from course_lib.training import Adam, fit

    x, rng = known_digits()[0], np.random.default_rng(0)
    encoder = Dense(64, 64, rng), Tanh(), Dense(64, 2, rng)
    decoder = Dense(2, 64, rng), Tanh(), Dense(64, 64, rng)
    net = Sequential(*encoder, *decoder).astype("float32")
    steps = epochs * LEARNT // 100
    adam = Adam(lambda t: 0.01 * (1 - t / steps) + 1e-4)
    fit(net, x, x, squared_error, adam, rng, epochs, batch_size=100)
    return net


def halves(net):
    """The encoder and the decoder of a net whose narrowest layer has two outputs."""
    from course_lib.layers import Sequential

    outputs = [len(p.b) if p.names else 0 for p in net.layers]
    if 2 not in outputs:
        given = [n for n in outputs if n]
        raise ValueError(
            f"net must have a layer of 2 outputs, the codes; it has {given}"
        )
    after = outputs.index(2) + 1
    while not net.layers[after].names:  # a function of the codes belongs to them
        after += 1
    return Sequential(*net.layers[:after]), Sequential(*net.layers[after:])


def squeeze_state(net, walk):
    """What the decoder makes of places (M, 2), and what its neighbours say of each.

    made (M, 64), within 0 … 1. votes (M, 10): how many of the 9 learnt digits nearest
    to it show which. nearest (M,): the number of the nearest; apart (M,): how far it is
    by the sum of squared differences. clear (M,): it is near, and at least 6 agree.
    """
    x, y = known_digits()
    made = halves(net)[1].forward(np.array(walk, "float32")).clip(0, 1)
    apart = (x**2).sum(axis=1) - 2 * made @ x.T + (made**2).sum(axis=1, keepdims=True)
    order = np.argsort(apart, axis=1, kind="stable")[:, :VOTES]
    votes = (y[order][:, :, None] == np.arange(10)).sum(axis=1)
    apart = apart.min(axis=1)
    return {
        "made": made,
        "votes": votes,
        "nearest": order[:, 0],
        "apart": apart,
        "clear": (votes.max(axis=1) >= CLEAR) & (apart <= FAR),
    }


def in_words(state):
    """What the last place shows, and how many of the walk show no digit."""
    votes, apart = state["votes"][-1], state["apart"][-1]
    first, second = np.argsort(-votes, kind="stable")[:2]
    said = f"Read as {first}: {votes[first]} of {VOTES} nearest learnt digits say so"
    if votes[first] < CLEAR:
        voted = f"{votes[first]} say {first}, {votes[second]} say {second}"
        said = f"No digit: of {VOTES} nearest learnt digits {voted}"
    if apart > FAR:
        said = f"No digit: the nearest learnt one is {apart:.1f} apart"
    n, clear = len(state["clear"]), state["clear"]
    read = [*state["votes"].argmax(axis=1)[clear]]
    turns = [f"{k}" for k, last in zip(read, [None, *read], strict=False) if k != last]
    turns = turns if len(turns) <= 8 else [*turns[:4], "…", turns[-1]]
    places = f"{n} place" + "s" * (n > 1)
    return f"{said}\nWalk of {places}, {n - sum(clear)} no digit: {' → '.join(turns)}"


def squeeze_picture(net, walk, figure=None):
    """The map with a walk on it, the last place decoded, the learnt digit nearest."""
    import matplotlib.pyplot as plt

    from course_lib import figures, plots

    figure = figure or plt.figure(figsize=(7.4, 4.6))
    rows = [["map", "made"], ["map", "near"]]
    axes = [*figure.subplot_mosaic(rows, width_ratios=[2.5, 1]).values()]
    x, y = known_digits()
    figures.squeeze.map(halves(net)[0].forward(x[:SHOWN]), y[:SHOWN], axes[0])
    low, high = edges(net)
    axes[0].set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="auto")
    axes[0].set_title("×: no digit")
    plots.images(x[:2], ("decoded", ""), axes[1:], (8, 8))
    return mark(axes, net, walk)


def mark(axes, net, walk):
    """Draw the walk and what its last place shows in place of those before."""
    from course_lib import plots

    state, walk = squeeze_state(net, walk), np.array(walk)
    for old in [part for part in axes[0].get_children() if part.get_gid() == "walk"]:
        old.remove()
    look, clear = {"gid": "walk", "zorder": 4}, state["clear"]
    axes[0].plot(*walk.T, color=plots.BLACK, lw=1, ls="-", **look)
    axes[0].scatter(*walk[clear].T, 16, plots.BLACK, **look)
    axes[0].scatter(*walk[~clear].T, 45, plots.BLACK, marker="x", lw=2, **look)
    axes[0].scatter(*walk[-1], 260, "none", ec=plots.BLACK, lw=2.5, **look)
    (x, y), near = known_digits(), state["nearest"][-1]
    for ax, picture in zip(axes[1:], (state["made"][-1], x[near]), strict=True):
        ax.images[0].set_data(picture.reshape(8, 8))
    axes[2].set_title(f"nearest: a {y[near]}", fontsize=10, loc="center")
    axes[2].set_xlabel(f"{state['apart'][-1]:.1f} apart")
    axes[0].figure.suptitle(in_words(state), **TITLE)
    return axes


def edges(net):
    """The lowest and the highest place to go to, beyond all codes: (2,) each."""
    z = halves(net)[0].forward(known_digits()[0])
    room = 0.25 * np.ptp(z, axis=0)
    return [
        np.round(side, 1).astype(float) for side in (z.min(0) - room, z.max(0) + room)
    ]


def place_near(z):
    """Two codes in whole steps of the sliders."""
    return tuple(round(STEP * round(float(k) / STEP), 2) for k in z)


def show(net=None):
    """Walk over a net's map of digits by mouse or slider; one learns if None is given.

    A press of the mouse begins a new walk.
    """
    from course_lib import plots

    net = net or learned()
    low, high = edges(net)
    x, y = known_digits()
    start = halves(net)[0].forward(x[y == 7][:1])[0]
    walk, spoken = [place_near(start)], Spoken()
    kind = ipywidgets.FloatSlider
    sliders = [
        slider(kind, walk[0][k], low[k], high[k], STEP, name)
        for k, name in enumerate(("z₁", "z₂"))
    ]
    canvas, held = figure_to_touch(7.4, 4.6), {"mouse": False, "sliders": False}
    axes = squeeze_picture(net, walk, canvas.figure)
    canvas.figure.draw_without_rendering()
    canvas.figure.set_layout_engine("none")  # or the map would slip under the mouse

    def go(place):
        if place not in walk[-1:]:
            walk[:] = [*walk, place][-LONGEST:]
            mark(axes, net, walk)
            canvas.draw_idle()
            spoken.picture = alt(axes)

    def slid(_):
        with DRAWING:
            if not held["sliders"]:
                go(place_near([part.value for part in sliders]))

    def steer(event, anew=False):
        held["mouse"] = held["mouse"] or anew
        if not held["mouse"] or event.inaxes is not axes[0]:
            return
        with DRAWING:
            place = place_near(np.clip([event.xdata, event.ydata], low, high))
            held["sliders"] = True  # by the mouse: each would be a move of its own
            for part, value in zip(sliders, place, strict=True):
                part.value = value
            held["sliders"] = False
            if anew:
                walk.clear()
            go(place)

    canvas.mpl_connect("button_press_event", lambda event: steer(event, True))
    canvas.mpl_connect("motion_notify_event", steer)
    for end in ("button_release_event", "figure_leave_event"):
        canvas.mpl_connect(end, lambda _: held.update(mouse=False))
    for part in sliders:
        part.observe(slid, names="value")
    spoken.picture = alt(axes)
    still = squeeze_picture(net, walk)
    page = plots.html(still[0].figure, alt(still))
    present(ipywidgets.VBox([*sliders, canvas]), page, spoken)


def alt(axes):
    """What the picture shows, in words."""
    words = axes[0].figure.get_suptitle().replace("\n", ". ")
    near = f"{axes[2].get_title()}, {axes[2].get_xlabel()}"
    return f"600 digits at their codes, two numbers each. {words}. {near}."
