"""Lesson 18: you forge money, a detective of three weights learns to tell it."""

import ipywidgets
import numpy as np
import traitlets

from course_lib.maths import sigmoid, softplus
from course_lib.widgets.parts import DRAWING, explore, slider

REAL = 3.0, 1.5  # mean and spread of real money
X = np.linspace(-25, 35, 3001)  # every note there can be, real or forged
U = (X - 3) / 3
SHOWN = abs(X - 3) <= 9
NO_GAIN = 0.002  # of V: where the detective is as good as a tossed coin


def log_density(mean, spread):
    """That of a normal variable, at X: (S,)."""
    return -(((X - mean) / spread) ** 2) / 2 - np.log(spread * np.sqrt(2 * np.pi))


def masses(mean, spread):
    """The chances of notes at X, real p and forged q: (S,) each, of sum 1."""
    p, q = np.exp(log_density(*REAL)), np.exp(log_density(mean, spread))
    return p / p.sum(), q / q.sum()


def detective(weights):
    """A net of one layer, a = w1 u + w2 u² + b with u = (x - 3) / 3."""
    from course_lib.layers import Dense, Sequential

    layer = Dense(2, 1, np.random.default_rng(0))
    layer.W[:, 0], layer.b[:] = weights[:2], weights[2]
    return Sequential(layer)


def logits(net):
    """What it says of X, a > 0 where it takes a note for real: (S,)."""
    return net.forward(np.stack((U, U**2), axis=1))[:, 0]


def trained(weights, mean, spread, n_steps):
    """The weights (3,) after so many steps of Adam up the slope of V(D, G).

    It sees every note, by its chance: V is a sum over X of p log D + q log(1 - D).
    """
    from course_lib.training import Adam

    net, adam, (p, q) = detective(weights), Adam(0.1), masses(mean, spread)
    for _ in range(n_steps):
        D = sigmoid(logits(net))
        net.gradients((q * D - p * (1 - D))[:, None])
        adam.step(net)
    (layer,) = net.layers
    return *map(float, layer.W[:, 0]), float(layer.b[0])


def V(a, p, q):
    """V(D, G) = mean of log D under p + mean of log(1 - D) under q; D = σ(a) at X."""
    return float(-(p @ softplus(-a)) - q @ softplus(a))


def counterfeiter_state(mean, spread, weights):
    """Densities, D and D* at X, V of both, the chance to pass, and the forger's slope.

    pass is the mean of D under q. push is how the mean of q moves, down the slope of
    the non-saturating loss -log D: the mean of (1 - D) da/dx under q.
    """
    p, q = masses(mean, spread)
    a, best = logits(detective(weights)), log_density(*REAL) - log_density(mean, spread)
    slope = (weights[0] + 2 * weights[1] * U) / 3  # da/dx
    return {
        "p": np.exp(log_density(*REAL)),
        "q": np.exp(log_density(mean, spread)),
        "D": sigmoid(a),
        "D*": sigmoid(best),
        "V": V(a, p, q),
        "V*": V(best, p, q),
        "pass": float(q @ sigmoid(a)),
        "push": float(q @ (sigmoid(-a) * slope)),
    }


def in_words(state):
    """How many forgeries pass, and what that says of the detective."""
    coins = -np.log(4)  # V where D is ½ everywhere
    lost, still = state["V*"] < coins + NO_GAIN, abs(state["V"] - coins) < NO_GAIN
    said = "the detective tells them apart"
    if state["V"] < coins - NO_GAIN:
        said = "the detective errs more than a tossed coin"
    if still:
        said = "D knows nothing, and could (D*)"
    if lost:
        said = "nobody could tell them apart, the detective errs"
    if lost and still:
        said = "the detective is helpless: D is ½, and none is better"
    return f"Of 100 forgeries {100 * state['pass']:.0f} pass: {said}"


def counterfeiter_picture(value):
    """Real and forged money under D and D*, beside V; returns the axes."""
    import matplotlib.pyplot as plt

    from course_lib import figures, plots

    mean, _, _ = value
    state = counterfeiter_state(*value)
    widths = {"width_ratios": [1.9, 1]}
    axes = plt.subplots(1, 2, figsize=(9.5, 4), gridspec_kw=widths)[1]
    curves = (state[name][SHOWN] for name in ("p", "q", "D"))
    figures.forger.detective(X[SHOWN], *curves, axes[0], state["D*"][SHOWN])
    push = plots.number(state["push"], "+.2f")
    height = 0.05 * axes[0].get_ylim()[1]
    to = mean + 2.5 * np.tanh(state["push"]), height
    arrow = {"arrowstyle": "-|>", "lw": 3, "color": plots.RED, "mutation_scale": 18}
    axes[0].annotate("", to, (mean, height), arrowprops=arrow | {"shrinkA": 0})
    words = f"x      arrow: your mean's slope, {push}"
    axes[0].set(xlabel=words, xticks=range(-6, 13, 3))
    rows = {"now": state["V"], "of D*": state["V*"], "−log 4": -np.log(4)}
    for place, v in enumerate(rows.values()):
        axes[1].plot(max(v, -4), -place, "<" if v < -4 else "o", ms=9, color=plots.BLUE)
        words, ha = plots.number(v, ".3f"), "left" if v < -1 else "right"
        shift = {"xytext": (9 if v < -1 else -9, 0), "textcoords": "offset points"}
        axes[1].annotate(words, (max(v, -4), -place), ha=ha, va="center", **shift)
    axes[1].axvline(-np.log(4), color=plots.GREY, lw=1.2, ls=":", zorder=0)
    axes[1].set(
        yticks=[0, -1, -2], yticklabels=[*rows], xlim=(-4.2, 0.2), xlabel="V(D, G)"
    )
    axes[1].set(ylim=(-2.6, 0.6))
    words = in_words(state)
    axes[0].figure.suptitle(words, x=0.01, ha="left", fontsize=11, weight="bold")
    return axes


class Desk(ipywidgets.VBox):
    """Mean and spread of the forger's money, and a detective that learns when told.

    Its value is the mean, the spread and the detective's three weights.
    """

    value = traitlets.Tuple()

    def __init__(self):
        kind = ipywidgets.FloatSlider
        self.mean = slider(kind, 0, -4, 10, 0.1, "your mean")
        self.spread = slider(kind, 1, 0.2, 5, 0.1, "your spread")
        how = {"base": 10, "readout_format": ".0f"}
        log = ipywidgets.FloatLogSlider
        self.steps = slider(log, 10**2.5, 0, 3, 0.25, "detective's steps", **how)
        self.button = ipywidgets.Button(description="the detective learns")
        self.button.layout.width = "15em"
        super().__init__([self.mean, self.spread, self.steps, self.button])
        self.weights = (0.0, 0.0, 0.0)
        self.learn()
        self.button.on_click(self.learn)
        for part in self.mean, self.spread:
            part.observe(self.read, names="value")

    def learn(self, _=None):
        with DRAWING:  # a move may come in another thread
            forged, n_steps = (self.mean.value, self.spread.value), self.steps.value
            self.weights = trained(self.weights, *forged, round(n_steps))
            self.read()

    def read(self, _=None):
        with DRAWING:
            self.value = self.mean.value, self.spread.value, self.weights


def show():
    """Forge money by its mean and spread; let the detective learn; who wins?"""
    explore([Desk()], counterfeiter_picture, alt)


def alt(axes, value):
    """What the picture shows, in words."""
    mean, spread, _ = value
    return (
        f"Real money around 3 with spread 1.5, yours around {mean:.1f} with spread "
        f"{spread:.1f}, the detective's D and the best, D*. "
        f"{axes[0].figure.get_suptitle()}; {axes[0].get_xlabel()[7:]}."
    )
