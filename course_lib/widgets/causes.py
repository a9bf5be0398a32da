"""Lesson 16: two causes of one thing seen; news of one moves belief in the other."""

import ipywidgets
import numpy as np

from course_lib.belief import SigmoidBelief
from course_lib.widgets.parts import explore, slider

STATES = "neither", "truck only", "quake only", "both"  # as in a truth table
QUAKE, TRUCK = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
OF_HOUSE = {"jumped": [1], "still": [0], "unseen": [0, 1]}
OF_TRUCK = {  # the states left, and how it is told
    "seen": ([1], "truck seen"),
    "none": ([0], "no truck"),
    "unseen": ([0, 1], "truck unseen"),
}
SAME = 0.0005  # a change that three decimals do not show


def log_odds(p):
    """The bias of a unit that is on with chance p."""
    return np.log(p) - np.log1p(-np.asarray(p))


def joint(quake, truck, leak, from_quake, from_truck):
    """p of the house, still or jumping, and of the causes' four states: (2, 4).

    quake and truck are the chances of the causes, leak that of a jump without them;
    from_quake and from_truck are weights.
    """
    a = log_odds([quake, truck])
    net = SigmoidBelief([[from_quake], [from_truck]], [log_odds(leak)], a)
    p = np.exp([net.log_likelihood([[v]]) for v in (0, 1)])
    return p[:, None] * net.posterior([[0], [1]])


def believed(p, house, truck):
    """The chances (4,) of the causes given what is seen; p (2, 4) is joint's."""
    kept = p[OF_HOUSE[house]].sum(axis=0) * np.isin(TRUCK, OF_TRUCK[truck][0])
    return kept / kept.sum()


def correlation(p):
    """That of the quake and the truck, whose states have chances p (4,)."""
    q, t = p @ QUAKE, p @ TRUCK
    return (p[3] - q * t) / np.sqrt(q * (1 - q) * t * (1 - t))


def causes_state(quake, truck, leak, from_quake, from_truck, house, seen):
    """Beliefs (3, 4): at first, with news of the house, with news of the truck too.

    quake and truck (3,) are chances of each cause, jumps (4,) those that the house
    jumps, correlation that of the causes when only the house is known.
    """
    p = joint(quake, truck, leak, from_quake, from_truck)
    news = ("unseen", "unseen"), (house, "unseen"), (house, seen)
    beliefs = np.array([believed(p, *each) for each in news])
    return {
        "beliefs": beliefs,
        "quake": beliefs @ QUAKE,
        "truck": beliefs @ TRUCK,
        "jumps": p[1] / p.sum(axis=0),
        "correlation": correlation(beliefs[1]),
    }


def causes_picture(quake, truck, leak, from_quake, from_truck, house, seen):
    """Each cause's chance as news comes, beside the four states; returns the axes."""
    from course_lib import plots

    state = causes_state(quake, truck, leak, from_quake, from_truck, house, seen)
    axes = plots.row(2, width=9.5, height=3.8)
    heard = "at first", f"house {house}", f"and {OF_TRUCK[seen][1]}"
    names = [f"{cause}: {news}" for cause in ("quake", "truck") for news in heard]
    colours = [plots.BLUE] * 3 + ["0.5"] * 3
    p = [*state["quake"], *state["truck"]]
    plots.bars(p, names, axes[0], "chance", colours, "{:.3f}")
    four_states(state, axes[1])
    number = f"{round(state['correlation'], 2) + 0.0:+.2f}"  # no -0.00
    number = number.replace("-", "−").replace("+0.00", "0")
    axes[0].set_title(f"given the house, causes correlate {number}")
    axes[1].set_title("blue: given all that is seen; frames: at first")
    for ax in axes:
        ax.set(xlim=(0, 1.2), xticks=np.linspace(0, 1, 6))
    words = in_words(state, house, seen)
    axes[0].figure.suptitle(words, x=0.01, ha="left", fontsize=11, weight="bold")
    return axes


def four_states(state, ax):
    """What is believed in the end of each state, in a frame of what was at first."""
    from course_lib import plots

    (before, _, after), places = state["beliefs"], np.arange(4)[::-1]
    ax.barh(places, after, 0.45, color=plots.BLUE)
    ax.barh(places, before, 0.7, color="none", ec=plots.BLACK, lw=1.4)
    for place, old, new in zip(places, before, after, strict=True):
        ax.text(max(old, new) + 0.02, place, f"{new:.3f}", va="center")
    parts = zip(STATES, state["jumps"], strict=True)
    names = [f"{name}\n(house jumps: {chance:.3f})" for name, chance in parts]
    ax.set(yticks=places, yticklabels=names, xlabel="chance")


def in_words(state, house, seen):
    """What the last news did to the chance of a quake."""
    before, given_house, last = state["quake"]
    news = {"seen": "A truck is seen", "none": "No truck is there"}.get(seen)
    if news is None:
        given_house, news = before, f"House {house}, truck unseen"
    if abs(last - given_house) < SAME:
        return f"{news}: the chance of a quake stays {last:.3f}"
    way = "rises" if last > given_house else "falls"
    return f"{news}: the chance of a quake {way} from {given_house:.3f} to {last:.3f}"


def show():
    """Chances and weights of two causes, and what is seen: when does a quake gain?"""
    plain, log = ipywidgets.FloatSlider, ipywidgets.FloatLogSlider
    quake = slider(plain, 0.1, 0.01, 0.99, 0.01, "chance of a quake")
    truck = slider(plain, 0.2, 0.01, 0.99, 0.01, "chance of a truck")
    how = {"base": 10, "readout_format": ".4f"}
    leak = slider(log, 0.01, -4, -0.25, 0.25, "jumps by itself", **how)
    from_quake = slider(plain, 6, -10, 10, 0.5, "weight of the quake")
    from_truck = slider(plain, 6, -10, 10, 0.5, "weight of the truck")
    house, seen = (
        ipywidgets.ToggleButtons(options=[*options], description=name)
        for name, options in {"house": OF_HOUSE, "truck": OF_TRUCK}.items()
    )
    controls = [quake, truck, leak, from_quake, from_truck, house, seen]
    explore(controls, causes_picture, alt)


def alt(axes, quake, truck, leak, from_quake, from_truck, house, seen):
    """What the picture shows, in words."""
    return (
        f"Chances of two causes, quake {quake:.2f} and truck {truck:.2f} at first, "
        f"weights {from_quake:g} and {from_truck:g}; house {house}, truck {seen}. "
        f"{axes[0].figure.get_suptitle()}; {axes[0].get_title(loc='left')}."
    )
