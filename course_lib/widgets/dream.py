"""Lesson 15: a digit with pixels erased, which a restricted machine dreams anew."""

from functools import cache, partial

import ipywidgets
import numpy as np
import traitlets

from course_lib.widgets.parts import DRAWING, Pixels, explore, slider

SIDE, N, LEARNT, DREAMS = 8, 64, 1200, 100
ROWS, COLUMNS = np.divmod(np.arange(N), SIDE)
ERASE = {  # what a button erases
    "nothing": np.zeros(N, bool),
    "bottom half": ROWS >= SIDE // 2,
    "right half": COLUMNS >= SIDE // 2,
    "middle": (abs(ROWS - 3.5) < 2) & (abs(COLUMNS - 3.5) < 2),
    "all": np.ones(N, bool),
}
STARTS = "coins", "the digit itself"
SHOWN = "one dream", "mean of dreams"


@cache
def known_digits():
    """Digits of 0 and 1 in an order drawn by lot, and which they are: 1,797 of each.

    The first 1,200 are learnt, the others held out.
    """
    from course_lib.datasets import digits

    X, y = digits()
    order = np.random.default_rng(0).permutation(len(X))
    return (X[order] > 8).astype(float), y[order]


@cache
def learned(epochs=60, rate=0.2):
    """A machine of 32 hidden units that learned the digits by CD-1, in batches."""
    from course_lib.rbm import RBM, base_rates
    from course_lib.training import batches

    v, rng = known_digits()[0][:LEARNT], np.random.default_rng(0)
    machine = RBM(rng.normal(0, 0.1, (N, 32)), base_rates(v))
    for _ in range(epochs):
        for batch in batches(LEARNT, 100, rng):
            dW, db, dc, _ = machine.cd(v[batch], rng)
            machine.W += rate * dW
            machine.b += rate * db
            machine.c += rate * dc
    return machine


def dreams(machine, v, erased, n_steps, start, seed):
    """States (DREAMS, N) of chains n_steps later that keep what is not erased of v."""
    rng, v = np.random.default_rng(seed), np.tile(v, (DREAMS, 1))
    if start == "coins":
        v[:, erased] = rng.integers(0, 2, (DREAMS, erased.sum()))
    return machine.gibbs(v, rng, n_steps, clamped=np.flatnonzero(~erased))


def nearest(v, kept):
    """The learnt digit (N,) closest to v (M, N) in the kept pixels, and which it is."""
    known, which = (part[:LEARNT] for part in known_digits())
    v = 2 * v[:, kept] - 1.0
    closest = (v @ (2 * known[:, kept] - 1).T).argmax(axis=1)
    return known[closest], which[closest]


def dream_state(machine, number, erased, n_steps, start=STARTS[0], seed=0):
    """The held-out digit of this number, its dreams, and which digits they are like.

    wrong {who: how many of the erased pixels} of each dream, (DREAMS,), of their mean
    chances, of the means of learnt digits, and of the learnt digit nearest to what is
    known. like {digit: how many dreams}, the most first, by the nearest learnt digit.
    """
    v, y = (part[LEARNT:][number] for part in known_digits())
    erased = np.asarray(erased, bool)
    found = dreams(machine, v, erased, n_steps, start, seed)
    chances = machine.visible(machine.hidden(found)).mean(axis=0)
    guesses = {"dream": found, "mean of dreams": chances}
    guesses["pixel means"] = known_digits()[0][:LEARNT].mean(axis=0)
    guesses["nearest digit"] = nearest(v[None], ~erased)[0][0]
    wrong = {who: ((g > 0.5) != v)[..., erased].sum(-1) for who, g in guesses.items()}
    like, counts = np.unique(nearest(found, slice(None))[1], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {
        "digit": v,
        "label": int(y),
        "dreams": found,
        "mean": np.where(erased, chances, v),
        "wrong": wrong,
        "like": {int(like[k]): int(counts[k]) for k in order},
    }


def in_words(state, erased, shown):
    """How many erased pixels are wrong, and which digits the dreams are like."""
    if not any(erased):
        return "Nothing is erased: there is nothing to dream"
    who = "dream" if shown == SHOWN[0] else "mean of dreams"
    names = {who: f"the {who}", "pixel means": "pixel means"}
    if not all(erased):
        names["nearest digit"] = "the nearest digit"
    parts = [f"{np.ravel(state['wrong'][k])[0]} by {name}" for k, name in names.items()]
    like = [f"{digit} ({count})" for digit, count in [*state["like"].items()][:3]]
    return (
        f"Of {sum(erased)} erased pixels wrong: {', '.join(parts)}.\n"
        f"{DREAMS} dreams, by the learnt digit nearest to each: {', '.join(like)}"
    )


def dream_picture(machine, value, n_steps, shown):
    """The digit, what is left of it, and a dream or the mean; returns three axes."""
    from course_lib import figures, plots

    number, erased, start, seed = value
    erased = np.array(erased, bool)
    state = dream_state(machine, number, erased, round(n_steps), start, seed)
    axes = plots.row(3, 8.2, 3.3)
    dreamt = state["dreams"][0] if shown == SHOWN[0] else state["mean"]
    left = np.where(erased, 0.5, state["digit"])
    titles = f"digit: a {state['label']}", f"{erased.sum()} of {N} pixels erased"
    steps = f"{round(n_steps):,} step" + "s" * (round(n_steps) > 1)
    titles = *titles, f"{shown}, {steps}"
    pictures = state["digit"], left, dreamt
    for ax, picture, title in zip(axes, pictures, titles, strict=True):
        figures.halves.digits([[picture]], ax, erased=erased)
        ax.set_title(title)
    wrong = np.flatnonzero(erased & ((dreamt > 0.5) != state["digit"]))
    style = {"marker": "x", "color": plots.RED, "lw": 1.6}
    axes[2].scatter(wrong % SIDE, wrong // SIDE, 30, **style)
    axes[2].set_xlabel("×: wrong")
    words = in_words(state, erased, shown)
    axes[0].figure.suptitle(words, x=0.01, ha="left", fontsize=11, weight="bold")
    return axes


class Desk(ipywidgets.HBox):
    """A held-out digit to choose and to erase from, by button or by hand.

    Its value is the digit's number, which pixels are erased, how these begin, and a
    seed that changes with each press of "dream anew".
    """

    value = traitlets.Tuple()

    def __init__(self, number=6):
        last = len(known_digits()[0]) - LEARNT - 1
        self.number = slider(ipywidgets.IntSlider, number, 0, last, 1, "held-out digit")
        self.start = ipywidgets.ToggleButtons(
            options=STARTS,
            description="erased begin as",
            style={"button_width": "auto"},
        )
        self.erase = [ipywidgets.Button(description=name) for name in ERASE]
        self.anew = ipywidgets.Button(description="dream anew")
        self.pixels = Pixels(value=self.signs("bottom half"), ink=[0] * N)
        for button in self.erase:
            button.layout.width = "auto"
        label = ipywidgets.Label("erase")
        row = ipywidgets.HBox([label, *self.erase])
        left = ipywidgets.VBox([self.number, row, self.start, self.anew])
        super().__init__([left, self.pixels])
        self.seed = 0
        self.read()
        for button in self.erase:
            button.on_click(self.wipe)
        self.anew.on_click(self.again)
        for part in self.number, self.start, self.pixels:
            part.observe(self.read, names="value")

    def signs(self, name):
        return [1 if erased else -1 for erased in ERASE[name]]

    def wipe(self, button):
        self.pixels.value = self.signs(button.description)

    def again(self, _):
        with DRAWING:
            self.seed += 1
            self.read()

    def read(self, _=None):
        """Take the value anew from the parts, and show what lies beneath the pixels."""
        with DRAWING:  # a move may come in another thread
            number, erased = self.number.value, [k > 0 for k in self.pixels.value]
            ink = known_digits()[0][LEARNT + number]
            self.pixels.ink = [*map(int, ink)]
            self.value = number, tuple(erased), self.start.value, self.seed


def show(machine=None):
    """Erase from a digit, let a machine of 64 visible units dream; one learns if None.

    What is erased is drawn again and again while what is left stays as it is.
    """
    kind = ipywidgets.FloatLogSlider
    steps = slider(kind, 100, 0, 3, 0.25, "steps", base=10, readout_format=".0f")
    shown = ipywidgets.ToggleButtons(options=SHOWN, description="show")
    picture = partial(dream_picture, machine or learned())
    explore([Desk(), steps, shown], picture, alt)


def alt(axes, *_):
    """What the picture shows, in words."""
    titles = ", ".join(ax.get_title(loc="left") for ax in axes)
    words = axes[0].figure.get_suptitle().replace("\n", " ")
    return f"Three pictures: {titles}. {words}."
