"""Lesson 13: a letter damaged by hand, and where a net that stores some lets it go."""

import ipywidgets
import numpy as np
import traitlets

from course_lib.widgets.parts import DRAWING, Pixels, explore, slider

STORED = "LIONSVAXJKZD"  # of these the first are stored; all can be put in
AT_ONCE, SIDE = 20, 10


def memory(n_stored):
    """A net that stores the first n letters by Hebb's rule, and them (n, 100)."""
    from course_lib import energy
    from course_lib.datasets import letters

    X = letters(STORED[:n_stored])
    return energy.Hopfield(energy.hebb(X)), X


def damaged(s, share, rng):
    """s with this share of its pixels, in percent, turned round."""
    s = np.array(s, float)
    s[rng.permutation(s.size)[: round(s.size * share / 100)]] *= -1
    return s


def follow(n_stored, s, order):
    """The state after the units of order were asked, and the energy after each one."""
    net, _ = memory(n_stored)
    energies = []
    for i in order:
        s = net.sweep(s, [i])
        energies.append(float(net.energy(s)))
    return s, energies


def settled(n_stored, s, rng):
    """As follow, in sweeps of random order until the state is stable."""
    net, energies = memory(n_stored)[0], []
    while not net.is_stable(s):
        s, more = follow(n_stored, s, rng.permutation(s.size))
        energies += more
    return s, energies


def valley_state(n_stored, s):
    """Energy, the nearest stored letter or its negative, how near, and if s is stable.

    Near is the overlap s·x / N, from -1 for the negative to +1.
    """
    net, X = memory(n_stored)
    s = np.asarray(s, float)
    overlaps = X @ s / s.size
    nearest = np.abs(overlaps).argmax()
    return {
        "energy": float(net.energy(s)),
        "nearest": STORED[nearest],
        "overlap": float(overlaps[nearest]),
        "target": X[nearest] * (1 if overlaps[nearest] >= 0 else -1),
        "stable": bool(net.is_stable(s)),
    }


def in_words(state):
    """What the state is: a letter, a negative, never stored, or still on its way."""
    name, stable = state["nearest"], state["stable"]
    name = name if state["overlap"] > 0 else f"negative of {name}"
    if abs(state["overlap"]) > 1 - 1e-9:
        return f"The {name}: {'stable' if stable else 'but it does not stay'}"
    if stable:
        return f"Stable, yet never stored; nearest is the {name}"
    return f"Not stable; nearest is the {name}"


def valley_picture(value):
    """The state, crossed out where it is not the nearest letter, beside the energy."""
    import matplotlib.pyplot as plt

    from course_lib import figures, plots

    n_stored, s, energies = value
    state = valley_state(n_stored, s)
    widths = {"width_ratios": [1, 1.7]}
    axes = plt.subplots(1, 2, figsize=(8.2, 3.3), gridspec_kw=widths)[1]
    wrong = int((np.asarray(s) != state["target"]).sum())
    title = f"overlap {state['overlap']:+.2f}, {wrong} pixels off".replace("-", "−")
    figures.valley.healing([s], [title], state["target"], axes[:1])
    whole = memory(n_stored)[0].energy(state["target"])
    axes[1].axhline(whole, color="0.35", lw=1.2, ls=":")
    words, places = f"{state['nearest']}, whole", axes[1].get_yaxis_transform()
    style = {"color": "0.35", "ha": "center", "va": "bottom", "transform": places}
    axes[1].text(0.5, whole, words, **style)  # x from 0 to 1 across the panel
    axes[1].plot(energies, color=plots.BLUE, ls="-")
    axes[1].plot(len(energies) - 1, energies[-1], "o", ms=8, color=plots.BLUE)
    low = min(whole, *energies)
    axes[1].set(xlim=(-1, max(100, len(energies) + 4)), ylim=(1.1 * low, 12))
    axes[1].set(xlabel="units asked", ylabel="energy E")
    axes[1].set_title(f"energy {state['energy']:.1f}".replace("-", "−"))
    words = f"{n_stored} letters stored. {in_words(state)}."
    axes[0].figure.suptitle(words, x=0.01, ha="left", fontsize=11, weight="bold")
    return axes


class Desk(ipywidgets.HBox):
    """A letter to put in, to damage and to let go.

    Its value is how many letters are stored, the state, and the energies since the
    learner last changed one of these.
    """

    value = traitlets.Tuple()

    def __init__(self):
        self.rng = np.random.default_rng(0)
        whole = ipywidgets.IntSlider
        self.stored = slider(whole, 5, 2, len(STORED), 1, "letters stored")
        self.share = slider(whole, 20, 0, 100, 5, "to damage (%)")
        wide = {"button_width": "3em"}
        self.letter = ipywidgets.ToggleButtons(
            options=[*STORED], description="letter", style=wide
        )
        self.pixels = Pixels(value=[1] * SIDE**2)
        acts = {"put in anew": self.put_in, "damage": self.damage}
        acts |= {f"ask {AT_ONCE} units": self.step, "settle": self.settle}
        self.buttons = [ipywidgets.Button(description=name) for name in acts]
        row = ipywidgets.HBox(self.buttons)
        left = ipywidgets.VBox([self.stored, self.letter, self.share, row])
        super().__init__([left, self.pixels])
        self.put_in()
        self.damage()
        self.step()
        for button, act in zip(self.buttons, acts.values(), strict=True):
            button.on_click(self.locked(act))
        moves = {self.stored: self.begin, self.letter: self.put_in}
        for part, act in (moves | {self.pixels: self.drawn}).items():
            part.observe(self.locked(act), names="value")

    def locked(self, act):
        """The act as a callback, one at a time: a move may come in another thread."""

        def acted(_=None):
            with DRAWING:
                act()

        return acted

    def show(self, s, energies):
        self.value = self.stored.value, tuple(map(int, s)), tuple(energies)
        self.pixels.value = [*self.value[1]]

    def begin(self, s=None):
        s = self.value[1] if s is None else s
        self.show(s, [valley_state(self.stored.value, s)["energy"]])

    def put_in(self):
        from course_lib.datasets import letters

        self.begin(letters(self.letter.value)[0])

    def damage(self):
        self.begin(damaged(self.value[1], self.share.value, self.rng))

    def drawn(self):
        if tuple(self.pixels.value) != self.value[1]:  # by the learner, not by show
            self.begin(self.pixels.value)

    def go(self, way, *how):
        n_stored, s, energies = self.value
        s, more = way(n_stored, np.array(s, float), *how)
        self.show(s, [*energies, *more])

    def step(self):
        self.go(follow, self.rng.permutation(SIDE**2)[:AT_ONCE])

    def settle(self):
        self.go(settled, self.rng)


def show():
    """Damage a letter by button or by hand, and let a net of some letters heal it."""
    explore([Desk()], valley_picture, alt)


def alt(axes, _):
    """What the picture shows, in words."""
    return (
        f"Ten by ten pixels of a letter and the energy of the net while units are "
        f"asked. {axes[0].figure.get_suptitle()} {axes[1].get_title(loc='left')}."
    )
