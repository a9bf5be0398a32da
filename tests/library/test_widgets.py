"""Sliders, buttons and draggable points: each moves what it says it moves."""

import threading
import time
from html import escape
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from IPython.core.events import EventManager
from ipywidgets import IntSlider
from ipywidgets.widgets.widget import _instances as widgets_made
from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib_inline import backend_inline

import course_lib
from course_lib import conv, datasets, energy, layers, plots, rbm, recurrent, training
from course_lib.gradcheck import numerical_gradient, relative_error
from course_lib.maths import cross_entropy, log_loss, sigmoid, squared_error
from course_lib.neurons import Perceptron
from course_lib.widgets import (
    blame,
    car_map,
    causes,
    counterfeiter,
    deep,
    dream,
    formats,
    gain,
    gates,
    kernel,
    neighbours,
    noise,
    parts,
    perceptron,
    ravine,
    squeeze,
    stairs,
    units,
    valley,
)
from course_lib.widgets.parts import present

LIVE = "application/vnd.jupyter.widget-view+json"
ANGLES, BIASES = (-180, 90, 180), (-2, 0.8, 2)  # lowest, default, highest
PIXELS = [(k, pixel) for k in range(4) for pixel in (0, 255)]


@pytest.fixture
def opened(monkeypatch):
    """Open a widget; return its parts and what was displayed."""
    boxes, bundles = [], []
    monkeypatch.setattr(parts, "display", lambda data, raw: bundles.append(data))
    for module in (parts, perceptron, squeeze, stairs):
        monkeypatch.setattr(
            module, "present", lambda *a: boxes.append(a[0]) or present(*a)
        )

    def open_one(make):
        make()
        (box,), (bundle,) = boxes, bundles
        return box, bundle

    return open_one


@pytest.fixture
def moved(opened, monkeypatch):
    """As opened, its pictures only drawn: as PNG each would take twice as long."""

    def drawn(figure, alt):
        picture = hash(pixels(figure))
        plt.close(figure)
        return f'<img src="{picture}" alt="{escape(alt)}">'

    monkeypatch.setattr(plots, "html", drawn)
    return opened


def pixels(figure):
    """What is drawn, its places as they were given: to lay them out takes as long."""
    figure.set_layout_engine("none")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return bytes(canvas.buffer_rgba())


def ends(slider):
    """Its lowest, its default and its highest value; it must start between the ends."""
    assert slider.min < slider.value < slider.max or slider.value == slider.min
    return slider.min, slider.value, slider.max


FOLDER = Path(course_lib.__file__).parent / "widgets"
WIDGETS = sorted(p.stem for p in FOLDER.glob("[!_]*.py") if p.stem != "parts")


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_comes_with_a_still_picture_and_its_words(name, opened):
    module = import_module(f"course_lib.widgets.{name}")
    box, bundle = opened(module.show)
    live = widgets_made[bundle[LIVE]["model_id"]]
    assert live.children[0] is box
    (picture,) = BeautifulSoup(bundle["text/html"], "html.parser").find_all("img")
    assert 20 <= len(picture["alt"]) <= 300
    assert picture["src"].startswith("data:image/png;base64,")
    assert bundle["text/plain"]
    assert plt.get_fignums() == [], "no figure stays open"


# -- moves in two threads, as JupyterLab's subshells bring them ------------------


def stateful(whole):
    """A picture of a line a value, drawn slowly on the panel that is pyplot's own."""

    def picture(*values):
        ax = plots.row(1, 2, 2)
        for value in (*values, *values):
            plt.plot([value, value])
            time.sleep(0.001)
        drawn = [line.get_ydata()[0] for line in ax.lines]
        whole.append(
            drawn == [*values, *values] and plt.fignum_exists(ax.figure.number)
        )
        return ax

    return picture


def test_moves_in_two_threads_are_drawn_one_after_the_other_and_the_newest_stays(moved):
    whole = []
    controls = [parts.slider(IntSlider, 0, 0, 6, 1, name) for name in "ab"]
    words = lambda ax, *values: f"{values}"  # noqa: E731
    box, _ = moved(lambda: parts.explore(controls, stateful(whole), words))

    def move(control):
        for value in range(1, 7):
            control.value = value

    for thread in [in_a_subshell(move, control) for control in controls]:
        thread.join()
    assert whole == [True] * 13
    assert 'alt="(6, 6)"' in box.children[-1].value
    assert plt.get_fignums() == []


PYPLOTS = backend_inline.flush_figures, plt._draw_all_if_interactive


@pytest.fixture
def after(monkeypatch):
    """Let pyplot do what it does after a cell or a message; tells what it showed."""
    events = EventManager(None, {"post_execute": lambda: None}, print_on_error=False)
    parent, shown = {}, []
    shell = SimpleNamespace(events=events, get_parent=lambda: {"header": parent})
    monkeypatch.setattr(parts, "get_ipython", lambda: shell)
    monkeypatch.setattr(
        backend_inline, "display", lambda fig, metadata: shown.append(fig)
    )
    monkeypatch.setattr(matplotlib, "is_interactive", lambda: True)
    for callback in PYPLOTS:
        events.register("post_execute", callback)

    def after(kind):
        parent["msg_type"] = kind
        backend_inline.show._draw_called = True
        events.trigger("post_execute")
        return shown

    after.events = events
    return after


def in_a_subshell(call, *given):
    thread = threading.Thread(target=call, args=given)
    thread.start()
    return thread


def test_a_cell_that_ends_while_a_subshell_draws_leaves_the_picture_alone(moved, after):
    whole, halfway = [], threading.Event()
    draw = stateful(whole)

    def picture(value):
        ax = draw(value)
        halfway.set()
        time.sleep(0.2 * value)
        whole.append(ax.figure.stale and plt.fignum_exists(ax.figure.number))
        return ax

    control = parts.slider(IntSlider, 0, 0, 1, 1, "a")
    moved(lambda: parts.explore([control], picture, lambda ax, value: f"{value}"))
    halfway.clear()
    move = in_a_subshell(control.set_trait, "value", 1)
    halfway.wait()
    assert after("execute_request") == []
    move.join()
    assert whole == [True] * 4


def test_a_move_in_a_subshell_leaves_a_cells_figure_alone_and_a_cell_there_does_not(
    after,
):
    parts.let_pyplot_wait()
    figure = plt.figure()
    in_a_subshell(after, "comm_msg").join()
    assert plt.get_fignums() == [figure.number] and figure.stale
    in_a_subshell(after, "execute_request").join()
    assert plt.get_fignums() == [] and after("execute_request") == [figure]


@pytest.mark.parametrize("kind", ["execute_request", "comm_msg"])
def test_a_learners_own_figure_is_shown_and_pyplot_can_be_told_not_to(after, kind):
    parts.let_pyplot_wait()
    parts.let_pyplot_wait()
    figure = plt.figure()
    assert after(kind) == [figure]
    for callback in PYPLOTS:
        after.events.unregister("post_execute", callback)
    assert after.events.callbacks["post_execute"] == []


# -- lesson 02: one neuron in the plane ----------------------------------------


@pytest.mark.parametrize("b", BIASES)
@pytest.mark.parametrize("angle", ANGLES)
def test_the_picture_shows_the_state_of_the_neuron(angle, b):
    X, y = perceptron.POINTS, perceptron.LABELS
    state = perceptron.perceptron_state(angle, b)
    wrong = X[y * (X @ state["w"] + b) <= 0]
    ax = perceptron.perceptron_picture(angle, b)
    rings = ax.collections[-1].get_offsets()
    assert np.array_equal(rings, wrong) and state["mistakes"] == len(wrong)
    words = f"{len(wrong)} mistakes, geometric margin"
    assert ax.get_title(loc="left").startswith(words)


def test_the_weights_have_length_one_and_the_angle_of_the_slider():
    for angle, w in {0: [1, 0], 90: [0, 1], -180: [-1, 0]}.items():
        assert np.allclose(perceptron.perceptron_state(angle, 0)["w"], w)


def test_a_street_is_drawn_only_where_no_point_is_on_the_wrong_side():
    free, blocked = (
        perceptron.perceptron_state(30, 0),
        perceptron.perceptron_state(90, 0),
    )
    assert free["mistakes"] == 0 < free["margin"] and np.isfinite(free["bound"])
    assert blocked["mistakes"] > 0 > blocked["margin"] and blocked["bound"] == np.inf
    assert len(perceptron.perceptron_picture(30, 0).lines) == 2
    assert len(perceptron.perceptron_picture(90, 0).lines) == 0


def test_the_street_touches_the_nearest_point():
    state = perceptron.perceptron_state(30, 0.2)
    distance = np.abs(perceptron.POINTS @ state["w"] + 0.2).min()
    assert np.isclose(state["margin"], distance)
    for line in perceptron.perceptron_picture(30, 0.2).lines:
        foot = np.array(line.get_xy1())
        assert np.isclose(abs(foot @ state["w"] + 0.2), distance)


@pytest.mark.parametrize("b", [-0.2, 0, 0.2])
def test_the_bound_is_novikoffs_with_the_bias_inside(b):
    state = perceptron.perceptron_state(30, b)
    X = np.column_stack([perceptron.POINTS, np.ones(12)])
    w_star = np.array([*state["w"], b]) / np.hypot(1, b)
    gamma, R = np.min(perceptron.LABELS * (X @ w_star)), np.linalg.norm(X, axis=1).max()
    assert gamma > 0 and np.isclose(state["bound"], (R / gamma) ** 2)


def test_the_bound_holds_for_rosenblatts_rule():
    mistakes = sum(Perceptron().fit(perceptron.POINTS, perceptron.LABELS).mistakes)
    for angle in range(0, 90, 5):
        assert mistakes <= perceptron.perceptron_state(angle, 0)["bound"]


@pytest.mark.slow
@pytest.mark.parametrize("which", [0, 1])
def test_each_slider_of_the_neuron_changes_the_picture(which, moved):
    *sliders, canvas = moved(perceptron.show)[0].children
    assert ends(sliders[which]) == (ANGLES, BIASES)[which]
    seen = set()
    for value in ends(sliders[which]):
        sliders[which].value = value
        seen.add(pixels(canvas.figure))
    assert len(seen) >= 2 if which == 0 else len(seen) == 3  # -180° is 180°


def test_an_opened_neuron_leaves_later_figures_their_backend(opened):
    opened(perceptron.show)
    assert type(plt.figure().canvas) is FigureCanvasAgg


@pytest.fixture
def canvas_of_plane(moved):
    """The perceptron's canvas, and a mouse that aims at the picture as first drawn."""
    canvas = moved(perceptron.show)[0].children[-1]
    canvas.figure.draw_without_rendering()
    to_pixels = canvas.figure.axes[0].transData.frozen()

    def mouse(name, place):
        pixel = to_pixels.transform(place)
        event = MouseEvent(f"{name}_event", canvas, *pixel, button=1)
        canvas.callbacks.process(event.name, event)

    return canvas, mouse


def points_of(canvas):
    """The points as drawn, class by class."""
    first, second = canvas.figure.axes[0].collections[:2]
    return np.concatenate([first.get_offsets(), second.get_offsets()])


def test_a_dragged_point_follows_the_mouse_and_stays_where_it_is_let_go(
    canvas_of_plane,
):
    canvas, mouse = canvas_of_plane
    before = points_of(canvas)
    assert np.allclose(before, perceptron.POINTS)
    mouse("button_press", before[2] + 0.1)
    for place in ([0, 0], [1, 1], [-2, 2]):  # the front end redraws when it can
        mouse("motion_notify", place)
        assert np.allclose(points_of(canvas)[2], place)
    mouse("button_release", [-2, 2])
    mouse("motion_notify", [1, -1])
    after = points_of(canvas)
    assert np.allclose(after[2], [-2, 2])
    assert np.allclose(np.delete(after, 2, axis=0), np.delete(before, 2, axis=0))


def test_a_mouse_pressed_far_from_every_point_drags_none(canvas_of_plane):
    canvas, mouse = canvas_of_plane
    mouse("button_press", [-2, 2])
    mouse("motion_notify", [1, 1])
    assert np.allclose(points_of(canvas), perceptron.POINTS)


def test_a_dragged_point_is_gone_when_the_widget_is_opened_again(canvas_of_plane):
    canvas, mouse = canvas_of_plane
    before = perceptron.POINTS.copy()
    mouse("button_press", before[0])
    mouse("motion_notify", [1, 1])
    assert np.array_equal(perceptron.POINTS, before)


# -- lesson 03: four pixels and two models -------------------------------------


@pytest.mark.parametrize("k, pixel", PIXELS)
def test_the_dials_show_both_models_and_the_title_the_rule(k, pixel):
    pixels = list(stairs.CASES["case A"][0])
    pixels[k] = pixel
    (w, b), (v, c) = datasets.STAIRS_PERCEPTRON, datasets.STAIRS_SIGMOID
    score, p = pixels @ w + b, 1 / (1 + np.exp(-(pixels @ v + c)))
    image, *both = stairs.stairs_picture(pixels)
    assert np.array_equal(np.ravel(image.images[0].get_array()), pixels)
    assert [text.get_text() for text in image.texts] == [str(x) for x in pixels]
    for dial, value in zip(both, (score, p), strict=True):
        needle = dial.lines[0].get_xdata()[0]
        assert np.isclose(needle, value)
        low, high = dial.get_xlim()
        assert low < needle < high
    said = [dial.get_title(loc="left").split("says ")[1] for dial in both]
    assert said == ["stairs" if s else "not stairs" for s in (score > 0, p > 0.5)]


def test_the_needle_of_the_score_stays_on_its_dial():
    w, _ = datasets.STAIRS_PERCEPTRON
    for extreme in (255 * (w > 0), 255 * (w < 0)):
        _, dial, _ = stairs.stairs_picture(extreme)
        low, high = dial.get_xlim()
        assert low < dial.lines[0].get_xdata()[0] < high


def test_the_image_is_named_by_the_rule():
    for *pixels, is_stairs in datasets.STAIRS_PRINTED:
        assert stairs.stairs_state(pixels)["stairs"] == is_stairs
        title = stairs.stairs_picture(pixels)[0].get_title(loc="center")
        assert title == ("stairs" if is_stairs else "not stairs")


def sources(box):
    picture = box.children[-1]
    return BeautifulSoup(picture.value, "html.parser").img["src"]


@pytest.mark.slow
@pytest.mark.parametrize("k", range(4))
def test_each_pixel_slider_changes_the_picture(k, moved):
    box, bundle = moved(stairs.show)
    assert sources(box) in bundle["text/html"]
    slider, seen = box.children[k], set()
    assert (slider.min, slider.max) == (0, 255)
    for value in {slider.min, 50, slider.max}:
        slider.value = value
        seen.add(sources(box))
    assert len(seen) == 3


@pytest.mark.parametrize(
    "name, pixels, score, probability",
    [
        ("case A", (100, 0, 60, 125), "+0.1200", "+0.91614"),
        ("case B", (100, 0, 120, 125), "+0.1200", "+0.00855"),
    ],
)
def test_a_button_plays_its_case_and_reports_both_gains(
    name, pixels, score, probability, moved
):
    box, _ = moved(stairs.show)
    *sliders, row, words, _ = box.children
    before = sources(box)
    (button,) = (b for b in row.children if b.description == name)
    button.click()
    assert tuple(slider.value for slider in sliders) == pixels
    assert words.value.startswith(name)
    bold = [b.text for b in BeautifulSoup(words.value, "html.parser").find_all("b")]
    assert bold == [score, probability]
    assert sources(box) != before


# -- lesson 01: how many neighbours --------------------------------------------


@pytest.mark.parametrize("k", [1, 51, 99])
@pytest.mark.parametrize("wrong", [0, 20, 40])
def test_neighbours_count_what_they_get_right(k, wrong):
    state = neighbours.neighbours_state(k, wrong)
    share = np.mean(state["model"].predict(state["X"]) == state["y"])
    assert np.isclose(state["seen"], share)
    assert 0.4 <= state["unseen"] <= 1
    title = neighbours.neighbours_picture(k, wrong).get_title(loc="left")
    assert f"seen {state['seen']:.0%}, unseen {state['unseen']:.0%}" in title


def test_one_neighbour_remembers_and_more_outvote_the_noise():
    one, many = (neighbours.neighbours_state(k, 30) for k in (1, 25))
    assert one["seen"] == 1
    assert many["unseen"] > one["unseen"] + 0.05


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1])
def test_each_slider_of_the_neighbours_changes_the_picture(moved, number):
    *sliders, picture = moved(neighbours.show)[0].children
    before = picture.value
    for value in (sliders[number].min, sliders[number].max):
        sliders[number].value = value
    assert picture.value != before


# -- lesson 04: hinges ---------------------------------------------------------


@pytest.mark.parametrize("H", [1, 4, 64])
@pytest.mark.parametrize("curve", units.CURVES)
def test_hinges_pass_through_the_curve_at_their_knots(curve, H):
    state = units.hinges_state(curve, H)
    knots = np.linspace(0, 1, H + 1)
    joined = np.interp(units.X, knots, units.CURVES[curve](knots))
    assert np.allclose(state["y_hat"], joined)
    assert state["mean"] <= state["largest"]
    title = units.curve_and_net(curve, H).get_title(loc="left")
    assert f"largest error {state['largest']:.4f}" in title
    assert title.startswith("1 unit:" if H == 1 else f"{H} units:")


def test_more_hinges_mend_a_wave_but_not_a_jump():
    wave = [units.hinges_state("wave", H)["largest"] for H in (16, 64)]
    jump = [units.hinges_state("jump", H) for H in (16, 64)]
    assert wave[0] / wave[1] > 12, "as 1/H², by a factor of 16"
    assert min(state["largest"] for state in jump) > 0.45
    assert jump[0]["mean"] / jump[1]["mean"] > 3


@pytest.mark.slow
@pytest.mark.parametrize("number, value", [(0, "jump"), (1, 1), (1, 64)])
def test_each_control_of_the_hinges_changes_the_picture(moved, number, value):
    *controls, picture = moved(units.show)[0].children
    before = picture.value
    controls[number].value = value
    assert picture.value != before


# -- lesson 06: who is to blame ------------------------------------------------


@pytest.mark.parametrize("loss", blame.LOSSES)
@pytest.mark.parametrize("x2, scale", [(2, 1), (-2, 0.5), (4, 3), (0, 2), (1, 0)])
def test_the_slope_on_each_edge_equals_central_differences(x2, scale, loss):
    state = blame.blame_state(x2, scale, loss)
    V1, V2 = (np.array(W) for W in state["weights"])

    def value():
        z = sigmoid(np.array([[1.0, x2]]) @ V1) @ V2
        if loss == "log-loss":
            return log_loss(z, [[0]])[0]
        return squared_error(sigmoid(z), [[0]])[0]

    assert np.isclose(state["loss"], value())
    for W, slope in zip((V1, V2), state["slopes"], strict=True):
        assert relative_error(slope, numerical_gradient(value, W)) < 1e-6


def test_the_title_names_the_weight_of_the_steepest_slope():
    title = blame.blame_picture(2, 1, "squared error").get_title(loc="left")
    assert title == "target 0, squared error 0.388; steepest: x2 → a1 (0.44)"
    state = blame.blame_state(2, 1, "squared error")
    assert np.isclose(state["largest"], state["slopes"][0][1, 0])


def test_an_input_of_zero_leaves_its_weights_without_slope():
    first, _ = blame.blame_state(0, 1, "squared error")["slopes"]
    assert list(first[1]) == [0, 0] and np.abs(first[0]).max() > 0.01


def test_a_net_can_be_wrong_and_blameless_until_the_loss_is_changed():
    squared, logarithm = (blame.blame_state(-2, 6, loss) for loss in blame.LOSSES)
    assert squared["values"][2] > 0.9999 and squared["largest"] < 1e-6
    assert logarithm["steepest"] == "a1 → ŷ" and logarithm["largest"] > 0.9


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_control_of_the_blame_changes_the_picture(moved, number):
    *controls, picture = moved(blame.show)[0].children
    seen = {picture.value}
    control = controls[number]
    values = control.options if number == 2 else (control.min, control.max)
    for value in values:
        control.value = value
        seen.add(picture.value)
    assert len(seen) == (2 if number == 2 else 3)


# -- lesson 07: signal, delta and weight gradient by layer ---------------------


@pytest.mark.parametrize(
    "unit, layer",
    [("tanh", layers.Tanh), ("sigmoid", layers.Sigmoid), ("ReLU", layers.ReLU)],
)
def test_the_lengths_are_those_of_the_librarys_net(unit, layer):
    depth, s, n = 4, 1.3, 64
    dice = np.random.default_rng(0)
    net = []
    for m in [n] * depth + [10]:
        W = dice.normal(0, s / np.sqrt(n), (n, m))
        net += [layers.Dense(n, m, None, lambda *_, W=W: W), layer()]
    net = layers.Sequential(*net[:-1])
    X, y = (part[:100] for part in datasets.digits())
    _, delta = cross_entropy(net.forward(X / 16), y)
    net.gradients(delta)
    state = deep.deep_state(depth, s, unit)
    dense = net.layers[::2]
    found = [np.linalg.norm(part.dW) for part in dense[:-1]]
    assert np.allclose(state["weight gradient"], found)
    signals = [np.linalg.norm(part.x) for part in dense[1:]]
    assert np.allclose(state["signal"], signals)


def test_small_weights_let_the_blame_vanish_and_large_ones_explode():
    words = [
        deep.ratio_in_words(deep.deep_state(20, s, "tanh")["delta"])
        for s in (0.58, 1.1, 3)
    ]
    assert [word.split("the blame ")[1] for word in words] == [
        "vanishes",
        "is kept",
        "explodes",
    ]


def test_the_widgets_answer_is_right():
    def kept(unit, s):
        delta = deep.deep_state(30, s, unit)["delta"]
        return delta[0] / delta[-1]

    assert kept("ReLU", 1.3) < 0.1 < kept("ReLU", 1.4) < 2 < 5 < kept("ReLU", 1.5)
    assert 0.3 < kept("sigmoid", 10) < 3 and kept("sigmoid", 4) < 1e-4


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_control_of_the_deep_net_changes_the_picture(moved, number):
    *controls, picture = moved(deep.show)[0].children
    control, seen = controls[number], set()
    values = control.options if number == 2 else ends(control)
    for value in values:
        control.value = value
        seen.add(picture.value)
    assert len(seen) == 3


# -- lesson 05: the ravine -----------------------------------------------------

STEPS = {  # the first steps of each rule from w, with the slopes g there
    "plain descent": lambda g, lr: lr * g,
    "momentum 0.9": lambda g, lr: lr * g,
    "AdaGrad": lambda g, lr: lr * np.sign(g),
    "Adam": lambda g, lr: lr * np.sign(g),
}


@pytest.mark.parametrize("angle", [0, 45])
@pytest.mark.parametrize("rule", ravine.RULES)
def test_the_ravine_is_walked_by_the_librarys_optimisers(rule, angle, monkeypatch):
    steps, step = [], training.SGD.step
    monkeypatch.setattr(
        training.SGD, "step", lambda self, net: steps.append(self) or step(self, net)
    )
    path, losses = ravine.ravine_path(rule, 0.015, angle)
    assert len(steps) == len(path) - 1 == 60
    assert {type(optimiser) for optimiser in steps} == {ravine.RULES[rule]}
    A, start = ravine.ravine_matrix(angle)
    assert np.array_equal(path[0], start)
    assert np.allclose(path[1], start - STEPS[rule](A @ start, 0.015), atol=1e-6)
    assert np.allclose(losses, [0.5 * w @ A @ w for w in path])


def test_plain_descent_breaks_just_above_two_over_the_curvature():
    for angle in (0, 20, 45):
        for lr, far in ((0.0195, False), (0.0205, True)):
            _, losses = ravine.ravine_path("plain descent", lr, angle, n_steps=400)
            assert (losses[-1] > losses[0]) == far


def test_turning_the_ravine_slows_adagrad_and_not_momentum():
    straight, turned = (ravine.ravine_path("AdaGrad", 0.3, a)[1][-1] for a in (0, 45))
    assert turned > 1000 * straight
    one, other = (ravine.ravine_path("momentum 0.9", 0.02, a)[1] for a in (0, 45))
    assert np.allclose(one, other)


@pytest.mark.parametrize("rule", ravine.RULES)
@pytest.mark.parametrize("lr, angle", [(0.001, 0), (0.03, 20), (1.0, 45)])
def test_the_ravine_shows_path_and_loss_and_says_how_deep(rule, lr, angle):
    left, right = ravine.ravine_picture(rule, lr, angle)
    path, losses = ravine.ravine_path(rule, lr, angle)
    assert np.array_equal(left.lines[0].get_xydata(), path)
    assert np.array_equal(right.lines[0].get_ydata(), np.maximum(losses, 1e-12))
    assert left.get_title(loc="left") == f"{rule}, lr = {lr:.4f}"
    higher = right.get_title(loc="left").startswith("higher than at the start")
    assert higher == (losses[-1] > losses[0])


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_control_of_the_ravine_changes_the_picture(moved, number):
    *controls, picture = moved(ravine.show)[0].children
    before = picture.value
    controls[number].value = ("AdaGrad", 0.0205, 45)[number]
    assert picture.value != before


# -- lesson 08: all cars -------------------------------------------------------


def test_in_order_the_cars_fall_into_blocks_of_one_class():
    _, y, order = car_map.garage()
    assert sorted(order.ravel()) == list(range(1728))
    changes = np.diff(y[order], axis=1) != 0
    assert changes.sum(axis=1).max() <= 3 and len(np.unique(y[order], axis=0)) == 4


@pytest.mark.parametrize("learner", car_map.LEARNERS)
def test_crosses_stand_where_a_learner_errs(learner):
    state = car_map.garage_state(learner, 400)
    assert (state["table"] == car_map.garage()[1][car_map.garage()[2]]).all()
    ax = car_map.garage_picture(learner, 400)
    assert len(ax.collections[0].get_offsets()) == state["wrong"].sum()
    right = f"{state['unseen']:.1%} of the other 1,328 right"
    assert ax.get_title(loc="left").endswith(right)


def test_the_linear_svm_alone_cannot_learn_the_one_exception():
    crosses = {name: car_map.garage_state(name, 1200) for name in car_map.LEARNERS}
    linear = crosses.pop("linear SVM")
    assert linear["worst"] == "2 doors, more persons, small boot, high safety"
    assert linear["crosses"] > car_map.garage_state("linear SVM", 400)["crosses"] >= 4
    assert max(state["crosses"] for state in crosses.values()) <= 2
    assert not linear["table"][:, : car_map.BAD].any()
    assert linear["table"][:, car_map.BAD :].any(axis=0).all()


def test_a_left_block_without_a_cross_is_called_so():
    assert car_map.garage_state("kernel SVM", 1200)["crosses"] == 0
    said = car_map.garage_picture("kernel SVM", 1200).get_xlabel()
    assert said.endswith("left block: no cross")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("n", [50, 450, 1500])
def test_the_net_of_the_car_map_arrives_within_its_steps(n):
    assert car_map.garage_state("net", n)["unseen"] > 0.7


def test_with_more_cars_the_kernel_svm_leaves_the_neighbours_behind():
    share = {
        (name, n): car_map.garage_state(name, n)["unseen"]
        for name in ("5 neighbours", "kernel SVM")
        for n in (100, 1200)
    }
    assert share["kernel SVM", 1200] > 0.98
    assert share["kernel SVM", 1200] > share["5 neighbours", 1200] + 0.1
    assert share["kernel SVM", 100] < share["5 neighbours", 100] + 0.12


@pytest.mark.slow
@pytest.mark.parametrize("number, value", [(0, "5 neighbours"), (1, 50), (1, 1500)])
def test_each_control_of_the_car_map_changes_the_picture(moved, number, value):
    *controls, picture = moved(car_map.show)[0].children
    before = picture.value
    controls[number].value = value
    assert picture.value != before


# -- lesson 10: a kernel on a digit --------------------------------------------


@pytest.mark.parametrize("name", kernel.KERNELS)
def test_the_map_holds_at_each_place_the_sum_of_pixels_times_weights(name):
    state, W = kernel.kernel_state(name, 33, 2), kernel.KERNELS[name]
    for (i, j), found in np.ndenumerate(state["map"]):
        assert np.isclose(found, np.sum(state["x"][i : i + 3, j : j + 3] * W))
    assert state["at"] == (2, 5) and state["sum"] == state["map"][2, 5]


FIRST, LATEST = gates.TASKS
ALL_OPEN = FIRST, 1.0, *np.ones((3, 12), bool)

DAMAGED = valley.damaged(datasets.letters("O")[0], 20, np.random.default_rng(0))

OURS = {  # widget: the models of the library that it asks
    ravine: {"SGD.step"},
    blame: {"Dense.forward", "Dense.backward", "Sigmoid.backward"},
    deep: {"Dense.forward", "Dense.backward", "Tanh.backward"},
    kernel: {"Conv2D.forward"},
    gates: {"LSTM.forward"},
    valley: {"Hopfield.sweep", "Hopfield.energy", "Hopfield.is_stable"},
    dream: {"RBM.gibbs", "RBM.hidden", "RBM.visible"},
    squeeze: {"Dense.forward", "Tanh.forward"},
    counterfeiter: {"Dense.forward", "Dense.gradients", "SGD.step"},
}
ASK = {
    ravine: lambda: ravine.ravine_path("Adam", 0.01, 0),
    blame: lambda: blame.blame_state(2, 1, "squared error"),
    deep: lambda: deep.deep_state(3, 1, "tanh"),
    kernel: lambda: kernel.kernel_state("blur", 0, 0),
    gates: lambda: gates.gates_state(*ALL_OPEN),
    valley: lambda: valley.settled(5, DAMAGED, np.random.default_rng(0)),
    dream: lambda: dream.dream_state(dream.learned(), 0, dream.ERASE["middle"], 1),
    squeeze: lambda: squeeze.squeeze_state(squeeze.learned(), [(0, 0)]),
    counterfeiter: lambda: counterfeiter.trained((0, 0, 0), 0, 1, 2),
}


@pytest.mark.parametrize("widget", OURS, ids=lambda module: module.__name__[19:])
def test_a_widget_asks_the_librarys_models_and_has_none_of_its_own(widget, monkeypatch):
    asked = set()
    for name in OURS[widget]:
        made, method = name.split(".")
        owner = next(
            getattr(m, made)
            for m in (training, layers, conv, recurrent, energy, rbm)
            if hasattr(m, made)
        )
        original = getattr(owner, method)

        def spy(*given, name=name, original=original, **how):
            asked.add(name)
            return original(*given, **how)

        monkeypatch.setattr(owner, method, spy)
    ASK[widget]()
    assert asked == OURS[widget]


@pytest.mark.parametrize("name", kernel.KERNELS)
def test_the_map_moves_along_with_the_digit(name):
    start = kernel.kernel_state(name, 0, 0)["map"]
    for moved in range(1, 5):
        after = kernel.kernel_state(name, 0, moved)["map"]
        assert np.array_equal(after, np.roll(start, moved, axis=1))
        assert not start[:, -moved:].any(), "only white paper leaves the map"


def test_an_edge_kernel_answers_nothing_on_plain_paper_and_a_blur_keeps_the_ink():
    edges = [W for name, W in kernel.KERNELS.items() if name != "blur"]
    assert [W.sum() for W in edges] == [0] * 4
    blurred = kernel.kernel_state("blur", 0, 0)
    assert np.isclose(blurred["map"].sum(), 0.9 * blurred["x"].sum())


def test_the_kernels_picture_shows_the_place_and_the_sum():
    axes = kernel.kernel_picture("lower edge", 75, 0)
    state = kernel.kernel_state("lower edge", 75, 0)
    assert axes[0].get_title(loc="left") == "patch at row 5, column 5"
    assert axes[1].get_title(loc="left").replace("−", "-") == f"sum {state['sum']:+.2f}"
    assert (~axes[2].images[0].get_array().mask).sum() == 76


@pytest.mark.slow
@pytest.mark.parametrize("number, value", [(0, "blur"), (1, 100), (2, 3)])
def test_each_control_of_the_kernel_changes_the_picture(moved, number, value):
    *controls, picture = moved(kernel.show)[0].children
    before = picture.value
    controls[number].value = value
    assert picture.value != before


# -- lesson 09: bits -----------------------------------------------------------

NUMBERS = [0, 1, 2.9e-8, 3e-8, 6e-8, 2.0**-25, 2.0**-14, 65504, 65519.9, 65520, 0.1]


def exactly(x, name):
    """The bits of x in a format, and its value, as NumPy has them."""
    with np.errstate(over="ignore"):
        stored = np.array(x, "float16" if name == "float16" else "float32")
    if name != "bfloat16":
        kind = f"uint{8 * stored.itemsize}"
        return f"{int(stored.view(kind)):0{8 * stored.itemsize}b}", float(stored)
    code = int(stored.view("uint32"))  # bfloat16 is float32's first half, rounded
    code = (code + 0x7FFF + ((code >> 16) & 1)) >> 16
    value = np.array(code << 16, "uint32").view("float32")
    return f"{code:016b}", float(value)


@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_bits_are_those_of_the_machine(name, rng):
    for x in [*NUMBERS, *10 ** rng.uniform(-12, 6, 300)]:
        x = float(np.float32(x))
        state = formats.format_state(x, name)
        assert (state["bits"], state["value"]) == exactly(x, name), x


def test_the_next_number_of_a_format_is_one_step_away():
    for x in (1e-8, 1e-5, 0.1, 1.0, 3000.0):
        state = formats.format_state(x, "float16")
        there = np.nextafter(np.float16(state["value"]), np.float16(np.inf))
        assert state["value"] + state["step"] == there


def test_what_a_format_loses_is_named():
    kept = {
        x: formats.format_state(x, "float16")["kept"] for x in (1e-8, 1e-6, 1e-4, 1e5)
    }
    assert list(kept.values()) == ["0", "few bits", "normal", "infinite"]
    assert formats.format_state(1e-8, "bfloat16")["kept"] == "normal"


def test_the_widgets_answer_about_bits_is_right():
    kept = [formats.format_state(1e-8 * 2**k, "float16")["kept"] for k in range(20)]
    assert kept.index("few bits") == 2 and kept.index("normal") == 13
    big = [formats.format_state(2.0**k, "float16")["kept"] for k in (13, 15, 16)]
    assert big == ["normal", "normal", "infinite"]


def test_the_picture_of_bits_has_a_square_a_bit_and_says_what_is_lost():
    ax = formats.format_picture(-8, 0)
    assert len(ax.collections) == 32 + 16 + 16
    assert ax.get_title(loc="left") == "10^−8 × 2^0 = 1e−08. float16: 0"
    assert (
        formats.format_picture(0, 3).get_title(loc="left").endswith("all three keep it")
    )
    shown = " ".join(text.get_text() for text in formats.format_picture(6, 0).texts)
    assert "infinite" in shown and "1e+06" in shown


@pytest.mark.slow
@pytest.mark.parametrize("number, value", [(0, 3.0), (1, 13)])
def test_each_control_of_the_bits_changes_the_picture(moved, number, value):
    *controls, picture = moved(formats.show)[0].children
    before = picture.value
    controls[number].value = value
    assert picture.value != before


# -- lesson 11: gain -----------------------------------------------------------


@pytest.fixture
def drawn_as(monkeypatch):
    """Let every draw be one J, start and way."""

    def set_to(J, start=(0.3, -0.5), way=(0.6, 0.8)):
        given = tuple(np.array(part, float) for part in (J, start, way))
        monkeypatch.setattr(gain, "draw", lambda n, number: given)

    return set_to


def test_the_net_of_the_gain_takes_its_state_through_g_j_and_tanh():
    J, start, _ = gain.draw(20, 3)
    states = gain.gain_state(1.7, 20, 3)["states"]
    assert np.array_equal(states[0], start) and len(states) == 101
    for before, after in zip(states, states[1:], strict=False):
        assert np.allclose(after, np.tanh(1.7 * J @ before))
    assert np.isclose(gain.draw(200, 0)[0].std(), 1 / np.sqrt(200), rtol=0.02)


def test_twins_start_a_millionth_apart_and_part_as_the_net_says():
    J, start, way = gain.draw(20, 1)
    twin = start + 1e-6 * way
    distance = gain.gain_state(2.5, 20, 1)["distance"]
    assert np.isclose(distance[0], 1e-6) and len(distance) == 101
    for found in distance[:5]:
        assert np.isclose(found, np.linalg.norm(twin - start), rtol=1e-4)
        start, twin = np.tanh(2.5 * J @ start), np.tanh(2.5 * J @ twin)


@pytest.mark.parametrize("g, n", [(0.7, 2), (2.0, 20), (3.0, 200)])
def test_the_growth_is_that_of_twins_brought_near_again_after_each_step(g, n):
    J, start, way = gain.draw(n, 2)
    states = gain.follow(g * J, start, 200)
    logs, hair = [], 1e-6 * way
    for x in states[:-1]:
        apart = np.tanh(g * J @ (x + hair)) - np.tanh(g * J @ (x - hair))
        logs.append(np.log(np.linalg.norm(apart) / 2e-6))
        hair = 1e-6 * apart / np.linalg.norm(apart)
    assert np.allclose(gain.growth(g * J, states, way), logs, atol=1e-4)


def test_near_rest_the_exponent_is_the_logarithm_of_the_largest_eigenvalue():
    J, _, _ = gain.draw(20, 0)
    radius = np.abs(np.linalg.eigvals(J)).max()
    exponent = gain.gain_state(0.5, 20, 0)["exponent"]
    assert np.isclose(exponent, np.log(0.5 * radius), atol=0.005)


WANG = [[-5, 5], [-25, 25]]  # two units that are chaotic: Wang (1991)


@pytest.mark.parametrize(
    "J, g, found",
    [
        (np.eye(2), 0.5, "settles"),
        (np.eye(2), 2, "settles"),
        (-np.eye(2), 2, "repeats every 2 steps"),
        ([[0, -1], [1, 0]], 2, "repeats every 4 steps"),
        (
            [[0.9, -0.7], [0.7, 0.9]],
            1.1,
            "neither repeats nor is surely chaotic, in 3,000 steps",
        ),
        (WANG, 0.5, "repeats every 2 steps"),
        (WANG, 0.8, "is chaotic"),
        (np.diag([1, 0.5]), 1, "neither repeats nor is surely chaotic, in 3,000 steps"),
    ],
)
def test_what_becomes_of_a_net_is_named(J, g, found, drawn_as):
    drawn_as(J)
    assert gain.fate(gain.gain_state(g, 2, 0)).startswith(found)


def test_without_gain_the_net_forgets_at_once():
    state = gain.gain_state(0, 20, 0)
    assert state["exponent"] == -np.inf and gain.fate(state) == "settles"
    assert gain.exponent_in_words(state) == "Lyapunov exponent −∞"


@pytest.mark.slow
def test_large_nets_stop_settling_near_a_gain_of_one_and_turn_chaotic():
    fates = {
        g: [gain.fate(gain.gain_state(g, 200, number)) for number in range(4)]
        for g in (0.85, 1.15, 2)
    }
    assert set(fates[0.85]) == {"settles"}
    assert "settles" not in fates[1.15]
    assert set(fates[2]) == {"is chaotic"}


@pytest.mark.slow
def test_no_draw_of_two_units_in_the_widget_is_chaotic():
    for number in range(20):
        for g in (1.5, 3):
            assert gain.fate(gain.gain_state(g, 2, number)) != "is chaotic"


def test_the_gains_picture_shows_paths_and_distance_and_says_what_becomes():
    left, right = gain.gain_picture(1.5, 200, 0)
    state = gain.gain_state(1.5, 200, 0)
    assert [text.get_text() for text in left.texts] == ["unit 1", "unit 2", "unit 3"]
    assert np.allclose(left.lines[1].get_ydata(), state["states"][:, 0])
    assert np.array_equal(right.lines[0].get_ydata(), state["distance"])
    assert right.get_yscale() == "log"
    assert left.figure.get_suptitle() == "After 1,000 steps the net is chaotic."
    said = right.get_title(loc="left")
    assert (
        said == f"Lyapunov exponent {state['exponent']:+.3f} ± {3 * state['error']:.3f}"
    )


@pytest.mark.slow
@pytest.mark.parametrize("number, value", [(0, 0.0), (0, 3.0), (1, 2), (1, 20), (2, 1)])
def test_each_control_of_the_gain_changes_the_picture(moved, number, value):
    box, _ = moved(gain.show)
    before = sources(box)
    box.children[number].value = value
    assert sources(box) != before


@pytest.mark.slow
def test_the_twenty_draws_do_what_lesson_11_says_of_them():
    def fates(n, g):
        return [gain.fate(gain.gain_state(g, n, number)) for number in range(20)]

    assert set(fates(200, 0.9)) == {"settles"}
    around_1 = fates(200, 1.1)
    assert around_1.count("settles") <= 3 and "is chaotic" not in around_1
    assert set(fates(200, 2)) == {"is chaotic"}
    assert not any("is chaotic" in fates(2, g) for g in (1, 2, 3))


# -- lesson 12: gates by hand --------------------------------------------------


def at(*steps):
    """Switches that are on at these steps only."""
    return tuple(t in steps for t in range(12))


@pytest.mark.parametrize("open_f", [1.0, 0.9, 0.5])
def test_gates_opened_by_hand_carry_the_cell_as_the_equations_say(open_f, rng):
    i, f, o = rng.random((3, 12)) < 0.5
    state, c = gates.gates_state(FIRST, open_f, i, f, o), 0
    for t, x in enumerate(gates.X):
        c = open_f * f[t] * c + i[t] * np.tanh(x)
        assert np.isclose(state["c"][t], c) and np.isclose(
            state["h"][t], o[t] * np.tanh(c)
        )
    for name, gate in {"i": i, "f": open_f * f, "o": o}.items():
        assert np.allclose(state["gates"][name], gate, atol=1e-12)


def test_with_all_gates_open_the_cell_is_a_sum_and_neither_task_is_done():
    state = gates.gates_state(*ALL_OPEN)
    assert np.allclose(state["c"], np.cumsum(np.tanh(gates.X)))
    for task in gates.TASKS:
        said = gates.in_words(gates.gates_state(task, *ALL_OPEN[1:]))
        assert said.endswith("steps right: not yet")


def test_the_first_number_is_kept_by_writing_once_and_read_by_opening_o_last():
    done = gates.gates_state(FIRST, 1.0, at(0), [True] * 12, at(11))
    assert np.allclose(done["h"], 11 * [0] + [np.tanh(np.tanh(gates.X[0]))])
    said = "Last output +0.642, wanted +0.642; 12 of 12 steps right: reached"
    assert gates.in_words(done) == said
    for undone in (
        (at(0, 5), [True] * 12, at(11)),
        (at(0), at(*range(11)), at(11)),
        (at(0), [True] * 12, at(10, 11)),
    ):
        assert gates.in_words(gates.gates_state(FIRST, 1.0, *undone)).endswith(
            "11 of 12 steps right: not yet"
        )


def test_an_open_f_of_nine_tenths_leaves_a_third_after_eleven_steps():
    state = gates.gates_state(FIRST, 0.9, at(0), [True] * 12, at(11))
    assert np.isclose(state["c"][-1] / state["c"][0], 0.9**11)
    said = "Last output +0.235, wanted +0.642; 11 of 12 steps right: not yet"
    assert gates.in_words(state) == said


def test_the_latest_number_is_kept_by_shutting_f_wherever_i_opens():
    hatched = gates.TASKS[LATEST][0]
    others = at(*{*range(12)} - {*hatched})
    done = gates.gates_state(LATEST, 1.0, at(*hatched), others, [True] * 12)
    assert done["right"].all() and gates.in_words(done).endswith("reached")
    added = gates.gates_state(LATEST, 1.0, at(*hatched), [True] * 12, [True] * 12)
    assert not added["right"][hatched[1] :].any(), "what is not forgotten is added to"
    assert len({*gates.wanted(LATEST)}) == 4, "silence and three numbers"


def test_the_gates_picture_shows_the_cell_what_was_wanted_and_says_how_it_went():
    ax = gates.gates_picture(LATEST, 0.9, at(2, 4), [True] * 12, at(4, 5))
    state = gates.gates_state(LATEST, 0.9, at(2, 4), [True] * 12, at(4, 5))
    _, c, h, wanted = (line.get_ydata() for line in ax.lines)
    assert np.array_equal(c, state["c"]) and np.array_equal(h, state["h"])
    assert np.array_equal(wanted, state["wanted"])
    assert [t for t, bar in enumerate(ax.patches) if bar.get_hatch()] == [2, 4, 8]
    assert ax.get_title(loc="left") == gates.in_words(state)


@pytest.mark.slow
@pytest.mark.parametrize("number, value", [(0, LATEST), (1, 0.9)])
def test_task_and_slider_of_the_gates_change_the_picture(moved, number, value):
    box, _ = moved(gates.show)
    before = sources(box)
    box.children[number].value = value
    assert sources(box) != before


@pytest.mark.slow
@pytest.mark.parametrize("row", [2, 3, 4])
def test_each_switch_of_a_gate_changes_the_picture(moved, row):
    box, _ = moved(gates.show)
    seen = {sources(box)}
    for switch in box.children[row].switches:
        switch.value = False
        seen.add(sources(box))
    assert len(seen) == 13


def test_all_switches_of_a_row_turn_together_and_tell_it_once():
    row, told = parts.Switches("gate i", [True, False, True]), []
    row.observe(lambda change: told.append(change["new"]), names="value")
    *_, every = row.children
    every.click()
    every.click()
    assert told == [(True,) * 3, (False,) * 3]
    row.switches[1].value = True
    assert told[2:] == [(False, True, False)]
    named = [switch.tooltip for switch in row.switches]
    assert named == ["gate i, 0", "gate i, 1", "gate i, 2"]


# -- lesson 14: chains in three orders -----------------------------------------

ONE, TWO, ALL = noise.ORDERS


def test_no_unit_is_joined_to_one_of_its_own_block():
    W = noise.small_machine().W
    for block in noise.ORDERS[TWO]:
        assert not W[np.ix_(block, block)].any()
    assert sorted(sum(noise.ORDERS[TWO], [])) == [0, 1, 2, 3, 4]


def test_units_of_a_block_change_at_once_and_the_next_block_sees_it():
    machine, u = noise.small_machine(), np.random.default_rng(1).random((7, 5))
    s = np.random.default_rng(2).integers(0, 2, (7, 5)).astype(float)
    given = SimpleNamespace(random=lambda shape: u[:, : shape[1]])
    both = noise.block_sweep(machine, s, noise.ORDERS[ALL], 0.5, given)
    assert np.array_equal(both, u < sigmoid(machine.gap(s) / 0.5))
    turns = noise.block_sweep(machine, s, noise.ORDERS[TWO], 0.5, given)
    half = np.column_stack([both[:, :3], s[:, 3:]])
    below = u[:, :2] < sigmoid(machine.gap(half)[:, 3:] / 0.5)
    assert np.array_equal(turns, np.column_stack([both[:, :3], below]))
    assert not np.array_equal(turns, both)


def test_a_block_for_each_unit_is_the_librarys_sweep():
    machine, ours = noise.small_machine(), np.zeros((50, 5))
    one, other, theirs = np.random.default_rng(0), np.random.default_rng(0), ours
    for T in (0.5, 1, 4):
        ours = noise.block_sweep(machine, ours, noise.ORDERS[ONE], T, one)
        theirs = machine.gibbs(theirs, other, [T])
        assert np.array_equal(ours, theirs)


@pytest.mark.slow
@pytest.mark.parametrize("order", [ONE, TWO])
def test_patience_cures_orders_in_which_no_neighbours_change_at_once(order):
    few, many = (noise.noise_state(1, order, n) for n in (3, 300))
    assert few["distance"] > 2 * few["luck"]
    assert many["distance"] < 0.01 < few["distance"] / 4


@pytest.mark.slow
def test_patience_does_not_cure_all_at_once_but_heat_does():
    for n_sweeps in (30, 300):
        state = noise.noise_state(1, ALL, n_sweeps)
        assert state["distance"] > 0.4 > 20 * state["luck"]
    assert noise.noise_state(4, ALL, 300)["distance"] > 0.1
    hot = noise.noise_state(256, ALL, 300)
    assert hot["distance"] < 2 * hot["luck"] < 0.02


@pytest.mark.slow
def test_all_at_once_the_two_kinds_are_right_but_know_nothing_of_each_other():
    state = noise.noise_state(1, ALL, 300)
    joint = state["exact"].reshape(8, 4)
    apart = np.outer(joint.sum(axis=1), joint.sum(axis=0)).ravel()
    assert np.abs(state["sampled"] - apart).sum() / 2 < 0.01


@pytest.mark.slow
@pytest.mark.parametrize("order", noise.ORDERS)
def test_in_the_cold_chains_stay_long_where_they_began(order):
    state = noise.noise_state(0.25, order, 30)
    assert state["distance"] > 0.3 and state["exact"].max() > 0.9
    frozen = noise.shares(0.001, order, 1, np.random.default_rng(0))
    assert (frozen > 0.01).sum() > 1, "coins were tossed for their starts"


def test_the_noise_picture_shows_the_machine_and_both_shares_and_says_how_far():
    left, right = noise.noise_picture(2.0, TWO, 3.2)
    state = noise.noise_state(2.0, TWO, 3)
    assert len(left.lines) == 6 and len(left.collections) == 5
    assert [bar.get_height() for bar in right.patches] == [*state["exact"]]
    swept, drawn = (line.get_ydata() for line in right.lines)
    assert np.array_equal(swept, state["sampled"])
    assert np.array_equal(drawn, state["drawn"])
    assert np.isclose(state["distance"], np.abs(swept - state["exact"]).sum() / 2)
    said = left.figure.get_suptitle()
    assert f"{state['distance']:.4f} by sweeps, {state['luck']:.4f} by" in said
    assert left.get_title(loc="left") == "two blocks, T = 2"
    assert right.get_title(loc="left") == "1,000 chains, 3 sweeps each"


@pytest.mark.slow
@pytest.mark.parametrize(
    "number, value", [(0, 0.25), (0, 256), (1, TWO), (1, ALL), (2, 1), (2, 1000)]
)
def test_each_control_of_the_noise_changes_the_picture(moved, number, value):
    box, _ = moved(noise.show)
    before = sources(box)
    box.children[number].value = value
    assert sources(box) != before


# -- lesson 13: a letter in its valley ------------------------------------------


@pytest.fixture
def desk():
    return valley.Desk()


def test_damage_turns_that_share_of_pixels_round(rng):
    (s,) = datasets.letters("N")
    for share, turned in {0: 0, 15: 15, 20: 20, 100: 100}.items():
        found = valley.damaged(s, share, rng)
        assert (found != s).sum() == turned and {*found} <= {-1, 1}


def test_the_energy_is_that_of_hebbs_weights_after_each_unit_and_never_rises(rng):
    X = datasets.letters(valley.STORED[:5])
    W = X.T @ X / 100 - 0.05 * np.eye(100)
    s, order, energies = DAMAGED.copy(), rng.permutation(100), []
    for i in order:
        s[i] = np.sign(W[i] @ s) or s[i]
        energies.append(-0.5 * s @ W @ s)
    found, seen = valley.follow(5, DAMAGED, order)
    assert np.array_equal(found, s) and np.allclose(seen, energies)
    assert max(np.diff(seen)) <= 0 and len(seen) == 100


@pytest.mark.parametrize("letter", "LIONS")
def test_each_of_five_stored_letters_heals_from_a_fifth_of_wrong_pixels(letter):
    (x,) = datasets.letters(letter)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        s, energies = valley.settled(5, valley.damaged(x, 20, rng), rng)
        assert np.array_equal(s, x)
        assert energies[-1] == valley.valley_state(5, x)["energy"]


def test_what_a_state_is_comes_in_words():
    def said(n_stored, s):
        return valley.in_words(valley.valley_state(n_stored, s))

    L, I, O = datasets.letters("LIO")  # noqa: E741
    assert said(5, L) == "The L: stable"
    assert said(5, -I) == "The negative of I: stable"
    assert said(12, O) == "The O: but it does not stay"
    assert said(5, -DAMAGED) == "Not stable; nearest is the negative of O"
    mixed, _ = valley.settled(12, O, np.random.default_rng(0))
    assert said(12, mixed) == "Stable, yet never stored; nearest is the D"


def test_the_widgets_answer_about_letters_is_right():
    def staying(n):
        names = valley.STORED[:n]
        found = (valley.valley_state(n, x) for x in datasets.letters(names))
        pairs = zip(names, found, strict=True)
        return "".join(name for name, state in pairs if state["stable"])

    assert [staying(n) for n in (2, 5, 6)] == ["LI", "LIONS", "LIONSV"]
    assert staying(7) == "LIONSV" and staying(8) == "LINSVX" and staying(12) == "LV"


def test_the_desk_puts_in_damages_asks_and_settles(desk):
    put_in, damage, ask, settle = desk.buttons
    assert len(desk.value[2]) == 1 + 20, "it opens on a letter that begins to heal"
    before = desk.value
    ask.click()
    assert len(desk.value[2]) == 41 and desk.value[2][:21] == before[2]
    settle.click()
    _, s, energies = desk.value
    assert np.array_equal(s, datasets.letters("L")[0]) and min(np.diff(energies)) < 0
    assert desk.pixels.value == [*s]
    damage.click()
    assert np.not_equal(desk.value[1], s).sum() == 20 and len(desk.value[2]) == 1
    put_in.click()
    assert desk.value[1] == s
    desk.letter.value = "S"
    assert np.array_equal(desk.value[1], datasets.letters("S")[0])


def test_a_pixel_drawn_by_hand_is_taken_and_the_energies_begin_anew(desk):
    told = []
    desk.observe(lambda change: told.append(change["new"]), names="value")
    drawn = [*desk.value[1]]
    drawn[37] *= -1
    desk.pixels.value = drawn
    ((n_stored, s, energies),) = told
    assert (n_stored, [*s], len(energies)) == (5, drawn, 1)
    assert energies[0] == valley.valley_state(5, drawn)["energy"]


def test_the_valleys_picture_shows_the_state_what_differs_and_the_energies(desk):
    letter, energy_ = valley.valley_picture(desk.value)
    _, s, energies = desk.value
    assert np.array_equal(letter.images[0].get_array().ravel(), s)
    wrong = np.flatnonzero(np.not_equal(s, datasets.letters("L")[0]))
    crosses = letter.collections[0].get_offsets() @ [1, 10]
    assert np.array_equal(crosses, wrong) and len(wrong) > 0
    assert letter.get_title().endswith(f", {len(wrong)} pixels off")
    assert np.array_equal(energy_.lines[1].get_ydata(), energies)
    said = letter.figure.get_suptitle()
    assert said == "5 letters stored. Not stable; nearest is the L."


@pytest.mark.slow
@pytest.mark.parametrize("number, value", [(0, 2), (0, 12), (1, "I"), (1, "D")])
def test_slider_and_letter_of_the_valley_change_the_picture(moved, number, value):
    box, _ = moved(valley.show)
    before = sources(box)
    box.children[0].children[0].children[number].value = value
    assert sources(box) != before


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_each_button_of_the_valley_changes_the_picture(moved, number):
    box, _ = moved(valley.show)
    before = sources(box)
    box.children[0].buttons[number].click()
    assert sources(box) != before


# -- lesson 15: half a digit, dreamt anew ----------------------------------------

COINS, ITSELF = dream.STARTS
DREAM, MEAN = dream.SHOWN
HALF, WHOLE = dream.ERASE["bottom half"], dream.ERASE["all"]


@pytest.fixture
def night():
    return dream.Desk()


def test_held_out_digits_are_not_among_those_learnt_and_keep_their_names():
    v, y = dream.known_digits()
    X, names = datasets.digits()
    order = np.random.default_rng(0).permutation(1797)
    assert np.array_equal(v, X[order] > 8) and np.array_equal(y, names[order])
    assert np.array_equal(
        dream.dream_state(dream.learned(), 5, HALF, 1)["digit"], v[1205]
    )


def test_each_erasure_is_the_part_that_its_button_names():
    grids = {name: part.reshape(8, 8) for name, part in dream.ERASE.items()}
    assert {name: grid.sum() for name, grid in grids.items()} == {
        "nothing": 0,
        "bottom half": 32,
        "right half": 32,
        "middle": 16,
        "all": 64,
    }
    assert grids["bottom half"][4:].all() and grids["right half"][:, 4:].all()
    assert grids["middle"][2:6, 2:6].all()


@pytest.mark.parametrize("start", dream.STARTS)
def test_a_dream_keeps_what_is_not_erased_and_draws_the_rest(start):
    v = dream.known_digits()[0][1300]
    found = dream.dreams(dream.learned(), v, HALF, 30, start, 0)
    assert found.shape == (100, 64) and {*found.ravel()} == {0, 1}
    assert np.array_equal(found[:, ~HALF], np.tile(v[~HALF], (100, 1)))
    assert len({tuple(s) for s in found}) > 50
    again = dream.dreams(dream.learned(), v, HALF, 30, start, 0)
    other = dream.dreams(dream.learned(), v, HALF, 30, start, 1)
    assert np.array_equal(again, found) and not np.array_equal(other, found)


def test_the_nearest_digit_agrees_most_in_the_pixels_that_are_known(rng):
    v, y = dream.known_digits()
    found, which = dream.nearest(v[1200:1230], ~HALF)
    for k in range(30):
        off = (v[:1200, ~HALF] != v[1200 + k, ~HALF]).sum(axis=1)
        best = np.flatnonzero(off == off.min())
        assert any(np.array_equal(found[k], v[b]) and which[k] == y[b] for b in best)


def test_what_is_wrong_is_counted_among_erased_pixels_only():
    state = dream.dream_state(dream.learned(), 3, HALF, 10)
    digit, wrong = state["digit"], state["wrong"]
    off = (state["dreams"] != digit).sum(axis=1)
    assert np.array_equal(wrong["dream"], off) and off.max() > 0
    assert wrong["mean of dreams"] == ((state["mean"] > 0.5) != digit).sum()
    means = dream.known_digits()[0][:1200].mean(axis=0) > 0.5
    assert wrong["pixel means"] == (means != digit)[32:].sum()
    assert sum(state["like"].values()) == 100
    assert [*state["like"].values()] == sorted(state["like"].values(), reverse=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bottom half", "right half", "middle"])
def test_the_mean_of_dreams_beats_pixel_means_and_one_dream(name):
    machine, erased = dream.learned(), dream.ERASE[name]
    counts = [dream.dream_state(machine, k, erased, 30)["wrong"] for k in range(100)]
    one, mean, pixels_ = (
        sum(np.mean(c[who]) for c in counts)
        for who in ("dream", "mean of dreams", "pixel means")
    )
    assert mean < 0.8 * pixels_ and mean < 0.9 * one


@pytest.mark.slow
def test_with_all_erased_the_start_is_forgotten_in_a_hundred_steps_not_in_one():
    def wrong(start, n_steps):
        states = (
            dream.dream_state(dream.learned(), k, WHOLE, n_steps, start, k)
            for k in range(10)
        )
        return np.mean([state["wrong"]["dream"].mean() for state in states])

    assert wrong(ITSELF, 1) < 0.7 * wrong(COINS, 1)
    assert 0.9 < wrong(ITSELF, 100) / wrong(COINS, 100) < 1.1


@pytest.mark.slow
@pytest.mark.parametrize("number, is_, dreamt", [(27, 2, 3), (20, 4, 6), (525, 8, 0)])
def test_half_of_some_digits_could_be_two_and_the_machine_dreams_the_other(
    number, is_, dreamt
):
    for seed in range(3):
        state = dream.dream_state(dream.learned(), number, HALF, 100, COINS, seed)
        assert state["label"] == is_
        assert state["like"][dreamt] > 50 > state["like"][is_] > 0


def test_the_words_of_a_dream_name_who_guessed_and_what_is_dreamt():
    state = {"wrong": {"dream": np.array([7, 1]), "mean of dreams": 5}}
    state["wrong"] |= {"pixel means": 9, "nearest digit": 4}
    state["like"] = {3: 60, 2: 30, 8: 9, 1: 1}
    assert dream.in_words(state, HALF, DREAM) == (
        "Of 32 erased pixels wrong: 7 by the dream, 9 by pixel means, "
        "4 by the nearest digit.\n"
        "100 dreams, by the learnt digit nearest to each: 3 (60), 2 (30), 8 (9)"
    )
    assert "wrong: 5 by the mean of dreams, 9" in dream.in_words(state, HALF, MEAN)
    assert "nearest digit" not in dream.in_words(state, WHOLE, MEAN).split("\n")[0]
    assert dream.in_words(state, ~WHOLE, MEAN).startswith("Nothing is erased")


@pytest.mark.parametrize("shown", dream.SHOWN)
def test_the_dreams_picture_shows_digit_damage_and_dream_and_crosses_what_is_wrong(
    shown,
):
    value = 27, tuple(HALF), ITSELF, 3
    digit, damaged, dreamt = dream.dream_picture(dream.learned(), value, 9.7, shown)
    state = dream.dream_state(dream.learned(), 27, HALF, 10, ITSELF, 3)
    pictures = [ax.images[0].get_array().ravel() for ax in (digit, damaged, dreamt)]
    assert np.array_equal(pictures[0], state["digit"])
    assert np.array_equal(pictures[1], np.where(HALF, 0.5, state["digit"]))
    right = state["dreams"][0] if shown == DREAM else state["mean"]
    assert np.array_equal(pictures[2], right)
    crosses = dreamt.collections[0].get_offsets() @ [1, 8]
    wrong = (right > 0.5) != state["digit"]
    assert np.array_equal(crosses, np.flatnonzero(wrong)) and wrong.any()
    titles = [ax.get_title(loc="left") for ax in (digit, damaged, dreamt)]
    assert titles == ["digit: a 2", "32 of 64 pixels erased", f"{shown}, 10 steps"]
    assert digit.figure.get_suptitle() == dream.in_words(state, HALF, shown)


def test_the_desk_erases_by_button_and_by_hand_and_dreams_anew(night):
    told = []
    night.observe(lambda change: told.append(change["new"]), names="value")
    for button, (name, part) in zip(night.erase, dream.ERASE.items(), strict=True):
        button.click()
        assert button.description == name and night.value[1] == tuple(part)
    drawn = [*night.pixels.value]
    drawn[12] = -1
    night.pixels.value = drawn
    assert np.flatnonzero(np.logical_not(night.value[1])).tolist() == [12]
    seed = night.value[3]
    night.anew.click()
    assert night.value[3] == seed + 1 and night.value[:3] == told[-2][:3]
    night.number.value = 33
    assert night.value[0] == 33 and night.value[1] == told[-2][1]
    assert np.array_equal(night.pixels.ink, dream.known_digits()[0][1233])
    night.start.value = ITSELF
    assert night.value[2] == ITSELF
    night.number.value = night.number.max
    assert len(night.pixels.ink) == 64, "the last held-out digit is there"


def test_a_machine_handed_in_is_the_one_that_dreams(monkeypatch, moved):
    dark = rbm.RBM(np.zeros((64, 2)), np.full(64, 50))
    seen, draw = [], dream.dream_picture
    monkeypatch.setattr(
        dream, "dream_picture", lambda *a: seen.append(draw(*a)) or seen[-1]
    )
    monkeypatch.setattr(dream, "learned", None)
    moved(lambda: dream.show(dark))
    assert seen[0][2].images[0].get_array()[4:].min() == 1, "all of it ink"


@pytest.mark.slow
@pytest.mark.parametrize("number, value", [(1, 1), (1, 1000), (2, MEAN)])
def test_steps_and_what_is_shown_change_the_picture_of_a_dream(moved, number, value):
    box, _ = moved(dream.show)
    before = sources(box)
    box.children[number].value = value
    assert sources(box) != before


@pytest.mark.slow
@pytest.mark.parametrize(
    "part, value", [("number", 0), ("number", 596), ("start", ITSELF)]
)
def test_digit_and_start_change_the_picture_of_a_dream(moved, part, value):
    box, _ = moved(dream.show)
    before = sources(box)
    getattr(box.children[0], part).value = value
    assert sources(box) != before


# -- lesson 16: two causes ------------------------------------------------------

HOUSE_AND_TRUCK = [(h, t) for h in causes.OF_HOUSE for t in causes.OF_TRUCK]


def bayes(quake, truck, leak, from_quake, from_truck, house, seen):
    """p of the four states of the causes, case by case."""
    p = []
    for q, t in (0, 0), (0, 1), (1, 0), (1, 1):
        odds = leak / (1 - leak) * np.exp(q * from_quake + t * from_truck)
        jump = odds / (1 + odds)
        fits = {"jumped": jump, "still": 1 - jump, "unseen": 1}[house]
        fits *= {"seen": t == 1, "none": t == 0, "unseen": True}[seen]
        p.append((quake if q else 1 - quake) * (truck if t else 1 - truck) * fits)
    return np.array(p) / sum(p)


@pytest.mark.parametrize("house, seen", HOUSE_AND_TRUCK)
@pytest.mark.parametrize("net", [(0.1, 0.2, 0.01, 6, 6), (0.7, 0.01, 0.3, -4, 2)])
def test_beliefs_in_causes_are_bayes_rule_case_by_case(net, house, seen):
    state = causes.causes_state(*net, house, seen)
    news = ("unseen", "unseen"), (house, "unseen"), (house, seen)
    for k, each in enumerate(news):
        p = bayes(*net, *each)
        assert np.allclose(state["beliefs"][k], p)
        assert np.isclose(state["quake"][k], p[2] + p[3])
        assert np.isclose(state["truck"][k], p[1] + p[3])
    q, t = (np.repeat([0, 1], 2), np.tile([0, 1], 2))
    p = np.round(1e6 * bayes(*net, house, "unseen")).astype(int)
    expected = np.corrcoef(np.repeat(q, p), np.repeat(t, p))[0, 1]
    assert np.isclose(state["correlation"], expected, atol=1e-3)
    jumps = [sigmoid(np.log(net[2] / (1 - net[2])) + a) for a in (0, net[4], net[3])]
    assert np.allclose(state["jumps"][:3], jumps)


WEIGHTS = [(a, b) for a in (-10, -3, 0, 3, 10) for b in (-10, -3, 0, 3, 10)]


@pytest.mark.parametrize("house", causes.OF_HOUSE)
@pytest.mark.parametrize("leak", [1e-4, 0.01, 0.5])
def test_a_truck_takes_from_the_quake_where_both_weights_have_one_sign(house, leak):
    """It gives where one works against the other, and changes nothing without house."""
    for from_quake, from_truck in WEIGHTS:
        state = causes.causes_state(
            0.1, 0.2, leak, from_quake, from_truck, house, "seen"
        )
        gain = state["quake"][2] - state["quake"][1]
        if house == "unseen" or 0 in (from_quake, from_truck):
            assert abs(gain) < 1e-12 and abs(state["correlation"]) < 1e-12
        else:
            assert np.sign(gain) == -np.sign(from_quake * from_truck)
            assert np.sign(state["correlation"]) == np.sign(gain)


def test_the_causes_picture_shows_both_beliefs_and_says_what_the_truck_did():
    net = 0.1, 0.2, 0.01, 6, 6
    left, right = causes.causes_picture(*net, "jumped", "seen")
    state = causes.causes_state(*net, "jumped", "seen")
    lengths = [bar.get_width() for bar in left.patches]
    assert lengths == [*state["quake"], *state["truck"]]
    lengths = [bar.get_width() for bar in right.patches]
    assert lengths == [*state["beliefs"][2], *state["beliefs"][0]]
    assert left.figure.get_suptitle() == (
        "A truck is seen: the chance of a quake falls from 0.357 to 0.121"
    )
    assert left.get_title(loc="left") == "given the house, causes correlate −0.75"


@pytest.mark.parametrize(
    "weight, house, seen, words",
    [
        (-6, "jumped", "seen", "A truck is seen: the chance of a quake rises from"),
        (6, "jumped", "none", "No truck is there: the chance of a quake rises from"),
        (6, "unseen", "seen", "A truck is seen: the chance of a quake stays 0.100"),
        (
            6,
            "jumped",
            "unseen",
            "House jumped, truck unseen: the chance of a quake ris",
        ),
        (
            6,
            "still",
            "unseen",
            "House still, truck unseen: the chance of a quake falls",
        ),
    ],
)
def test_the_words_name_the_last_news_and_which_way_it_moved(
    weight, house, seen, words
):
    state = causes.causes_state(0.1, 0.2, 0.01, 6, weight, house, seen)
    assert causes.in_words(state, house, seen).startswith(words)


MOVES = {
    "chance of a quake": (0.01, 0.99),
    "chance of a truck": (0.01, 0.99),
    "jumps by itself": (1e-4, 0.5),
    "weight of the quake": (-10, 10),
    "weight of the truck": (-10, 10),
    "house": ("still", "unseen"),
    "truck": ("none", "unseen"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name, values", MOVES.items(), ids=MOVES.keys())
def test_each_control_of_the_causes_changes_the_picture(moved, name, values):
    box, _ = moved(causes.show)
    assert [control.description for control in box.children[:-1]] == [*MOVES]
    (control,) = (c for c in box.children[:-1] if c.description == name)
    shown = {sources(box)}
    for value in values:
        control.value = value
        shown.add(sources(box))
    assert len(shown) == 3


# -- lesson 17: a walk over the map of digits -----------------------------------


def codes_of(digit):
    x, y = squeeze.known_digits()
    return squeeze.halves(squeeze.learned())[0].forward(x[y == digit])


def straight(first, last, n=60):
    """Places from the middle of one kind's codes to that of another's."""
    middles = [np.median(codes_of(k), axis=0) for k in (first, last)]
    return np.linspace(*middles, n)


def test_the_two_wings_make_the_net_and_meet_in_two_numbers():
    net, (x, _) = squeeze.learned(), squeeze.known_digits()
    encoder, decoder = squeeze.halves(net)
    z = encoder.forward(x)
    assert z.shape == (1200, 2) and np.array_equal(decoder.forward(z), net.forward(x))
    rng = np.random.default_rng(0)
    bounded = layers.Dense(64, 2, rng), layers.Tanh(), layers.Dense(2, 64, rng)
    encoder, decoder = squeeze.halves(layers.Sequential(*bounded))
    assert encoder.layers == bounded[:2] and decoder.layers == bounded[2:]
    wide = layers.Sequential(layers.Dense(64, 3, rng), layers.Dense(3, 64, rng))
    with pytest.raises(ValueError, match=r"a layer of 2 outputs.*it has \[3, 64\]"):
        squeeze.halves(wide)


def test_the_map_is_of_a_net_that_restores_better_than_pca_could():
    x, _ = squeeze.known_digits()
    error = ((squeeze.learned().forward(x) - x) ** 2).sum(axis=1).mean()
    s = np.linalg.svd(x - x.mean(axis=0), compute_uv=False)
    assert error < 0.7 * (s[2:] ** 2).sum() / 1200


def test_neighbours_of_a_decoded_picture_vote_and_a_far_one_is_no_digit(rng):
    net, (x, y) = squeeze.learned(), squeeze.known_digits()
    walk = rng.uniform(-8, 8, (300, 2))
    state = squeeze.squeeze_state(net, walk)
    for k, made in enumerate(net.layers[-1].forward(wing(net, walk)).clip(0, 1)):
        apart = ((x - made) ** 2).sum(axis=1)
        nine = np.argsort(apart)[:9]
        assert np.array_equal(state["votes"][k], np.bincount(y[nine], minlength=10))
        assert state["nearest"][k] == nine[0]
        assert np.isclose(state["apart"][k], apart.min(), atol=1e-4)
        most = state["votes"][k].max()
        assert state["clear"][k] == (most >= 6 and apart.min() <= 3)
        assert np.allclose(state["made"][k], made, atol=1e-6)
    agree, near = state["votes"].max(axis=1) >= 6, state["apart"] <= 3
    assert (agree & ~near).any() and (near & ~agree).any() and (agree & near).any()


def wing(net, z):
    """The decoder up to its last layer."""
    return np.tanh(z @ net.layers[3].W + net.layers[3].b)


def test_one_in_a_hundred_new_digits_is_as_far_from_all_learnt_ones():
    X, _ = datasets.digits()
    new = X[np.random.default_rng(0).permutation(1797)[1200:]] / 16
    x, _ = squeeze.known_digits()
    apart = [((x - row) ** 2).sum(axis=1).min() for row in new]
    assert 0.005 < np.mean(np.array(apart) > squeeze.FAR) < 0.02


def all_over(net, n=60):
    """Places (n², 2) on the whole map, and how far the nearest code is from each."""
    low, high = squeeze.edges(net)
    sides = [np.linspace(low[k], high[k], n) for k in range(2)]
    places = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)
    z = squeeze.halves(net)[0].forward(squeeze.known_digits()[0])
    return places, np.linalg.norm(places[:, None] - z, axis=2).min(axis=1)


def test_from_1_to_7_all_but_a_thin_border_is_a_digit():
    state = squeeze.squeeze_state(squeeze.learned(), straight(1, 7))
    assert 0 < (~state["clear"]).sum() <= 12
    said = squeeze.in_words(state)
    assert "no digit: 1 →" in said and said.endswith("7")


@pytest.mark.slow
def test_amid_the_codes_doubt_is_no_rarer_than_where_there_are_none():
    """What is like no learnt digit lies only where no code is near."""
    net = squeeze.learned()
    places, near = all_over(net)
    state = squeeze.squeeze_state(net, places)
    doubt, strange = state["votes"].max(axis=1) < 6, state["apart"] > squeeze.FAR
    assert doubt[near < 0.3].mean() > 0.7 * doubt[near > 1].mean() > 0.02
    assert not strange[near < 0.5].any() and strange[near > 0.6].mean() > 0.02


def test_the_words_of_a_walk_name_what_is_read_and_what_is_none():
    state = {"votes": np.eye(10, dtype=int)[[1, 1, 8, 7]] * 9}
    state |= {"clear": np.array([True, True, False, True]), "apart": np.ones(4)}
    assert squeeze.in_words(state) == (
        "Read as 7: 9 of 9 nearest learnt digits say so\n"
        "Walk of 4 places, 1 no digit: 1 → 7"
    )
    state["votes"][-1] = [0, 0, 0, 5, 0, 0, 0, 0, 4, 0]
    state["clear"][-1] = False
    said = "No digit: of 9 nearest learnt digits 5 say 3, 4 say 8\nWalk of 4 places, 2 "
    assert squeeze.in_words(state) == said + "no digit: 1"
    state["apart"][-1] = 4.44
    said = "No digit: the nearest learnt one is 4.4 apart\n"
    assert squeeze.in_words(state).startswith(said)


def test_the_map_shows_six_hundred_digits_the_walk_and_what_is_decoded():
    net, walk = squeeze.learned(), [*map(tuple, straight(1, 7, 15))]
    axes = squeeze.squeeze_picture(net, walk)
    state = squeeze.squeeze_state(net, walk)
    on_map = [c for c in axes[0].collections if c.get_gid() != "walk"]
    assert sum(len(c.get_offsets()) for c in on_map) == 600 and len(on_map) == 10
    dots, crosses, here = (
        c.get_offsets() for c in axes[0].collections if c.get_gid() == "walk"
    )
    assert len(dots) == state["clear"].sum() and len(crosses) == 15 - len(dots) > 0
    assert np.allclose(here, [walk[-1]])
    x, y = squeeze.known_digits()
    made, near = (ax.images[0].get_array().ravel() for ax in axes[1:])
    assert np.array_equal(made, state["made"][-1])
    assert np.array_equal(near, x[state["nearest"][-1]])
    assert axes[2].get_title() == f"nearest: a {y[state['nearest'][-1]]}"
    assert axes[2].get_xlabel() == f"{state['apart'][-1]:.1f} apart"
    assert axes[0].figure.get_suptitle() == squeeze.in_words(state)
    squeeze.mark(axes, net, walk[:3])
    again = squeeze.squeeze_picture(net, walk[:3])
    assert [len(c.get_offsets()) for c in axes[0].collections] == [
        len(c.get_offsets()) for c in again[0].collections
    ], "of the walk before nothing is left"


@pytest.fixture
def touched(moved):
    """The sliders and the map, and a mouse that aims at it as first drawn."""
    *sliders, canvas = moved(squeeze.show)[0].children
    to_pixels = canvas.figure.axes[0].transData.frozen()

    def mouse(name, place):
        pixel = to_pixels.transform(place)
        event = MouseEvent(f"{name}_event", canvas, *pixel, button=1)
        canvas.callbacks.process(event.name, event)

    return sliders, canvas, mouse


def walked(canvas):
    (line,) = (p for p in canvas.figure.axes[0].lines if p.get_gid() == "walk")
    return line.get_xydata().tolist()


def test_a_dragged_mouse_walks_over_the_map_and_the_sliders_follow(touched):
    sliders, canvas, mouse = touched
    mouse("motion_notify", [1, 1])
    assert len(walked(canvas)) == 1, "not pressed"
    mouse("button_press", [1, 1])
    assert walked(canvas) == [[1, 1]], "a press begins anew"
    for place in ([1.1, 1], [1.11, 1.01], [1.2, 1.52]):
        mouse("motion_notify", place)
    assert np.allclose(walked(canvas), [[1, 1], [1.1, 1], [1.2, 1.5]])
    assert np.allclose([part.value for part in sliders], [1.2, 1.5])
    mouse("button_release", [1.2, 1.52])
    mouse("motion_notify", [-3, -3])
    assert len(walked(canvas)) == 3


@pytest.mark.parametrize("number", [0, 1])
def test_a_slider_goes_on_with_the_walk(touched, number):
    sliders, canvas, _ = touched
    (start,) = walked(canvas)
    shown = pixels(canvas.figure)
    sliders[number].value = 0.5
    start_again, end = walked(canvas)
    expected = [0.5 if k == number else start[k] for k in range(2)]
    assert start_again == start and np.allclose(end, expected)
    assert pixels(canvas.figure) != shown


def test_a_net_handed_in_is_the_one_whose_map_is_walked(monkeypatch, moved):
    rng = np.random.default_rng(0)
    flat = layers.Sequential(layers.Dense(64, 2, rng), layers.Dense(2, 64, rng))
    flat.layers[1].W[:] = 0
    flat.layers[1].b[:] = 1
    monkeypatch.setattr(squeeze, "learned", None)
    box, _ = moved(lambda: squeeze.show(flat))
    made = box.children[-1].figure.axes[1].images[0].get_array()
    assert made.shape == (8, 8) and made.min() == 1, "all of it ink"


# -- lesson 18: you are the counterfeiter ---------------------------------------

UNTAUGHT, REAL_MONEY = (0.0, 0.0, 0.0), (3, 1.5)


@pytest.mark.parametrize("weights", [UNTAUGHT, (1.0, -2.0, 0.5)])
@pytest.mark.parametrize("mean, spread", [(0, 1), (8, 2), (-4, 0.2), REAL_MONEY])
def test_v_is_the_integral_of_its_definition_and_d_star_reaches_the_most(
    mean, spread, weights
):
    state = counterfeiter.counterfeiter_state(mean, spread, weights)
    x, u = counterfeiter.X, (counterfeiter.X - 3) / 3
    p, q = (
        np.exp(-(((x - m) / s) ** 2) / 2) / s for m, s in (REAL_MONEY, (mean, spread))
    )
    assert np.allclose(state["p"], p / np.sqrt(2 * np.pi))
    assert np.allclose(state["q"], q / np.sqrt(2 * np.pi))
    a = weights[0] * u + weights[1] * u**2 + weights[2]
    assert np.allclose(state["D"], sigmoid(a))
    inside = (p > 1e-200) | (q > 1e-200)
    right = p[inside] / (p + q)[inside]
    assert np.allclose(state["D*"][inside], right, atol=1e-9)
    p, q = p / p.sum(), q / q.sum()
    expected = -(p @ np.log1p(np.exp(-a)) + q @ np.log1p(np.exp(a)))
    assert np.isclose(state["V"], expected)
    assert state["V"] <= state["V*"] + 1e-12 and state["V*"] > -np.log(4) - 1e-12
    assert np.isclose(state["pass"], q @ sigmoid(a))


@pytest.mark.parametrize("mean, spread", [(0, 1), (5, 3), (8, 1)])
def test_the_arrow_is_the_slope_of_the_non_saturating_loss(mean, spread):
    weights = (2.0, -0.7, 0.4)

    def loss(m):
        _, q = counterfeiter.masses(m, spread)
        u = (counterfeiter.X - 3) / 3
        return q @ np.log1p(np.exp(-(2 * u - 0.7 * u**2 + 0.4)))

    expected = -(loss(mean + 1e-4) - loss(mean - 1e-4)) / 2e-4
    push = counterfeiter.counterfeiter_state(mean, spread, weights)["push"]
    assert np.isclose(push, expected, atol=1e-6) and push != 0


@pytest.mark.parametrize("mean, spread", [(0, 1), (6, 2), (3, 4)])
def test_a_detective_that_learns_comes_near_d_star_and_never_above(mean, spread):
    weights, last = UNTAUGHT, -np.log(4)
    for _ in range(3):
        weights = counterfeiter.trained(weights, mean, spread, 1000)
        state = counterfeiter.counterfeiter_state(mean, spread, weights)
        assert last - 1e-3 < state["V"] <= state["V*"]
        last = state["V"]
    assert state["V*"] - state["V"] < 0.002


def test_money_like_the_real_leaves_any_detective_helpless_and_no_other_does():
    for weights in UNTAUGHT, (2.0, -3.0, 1.0):
        weights = counterfeiter.trained(weights, *REAL_MONEY, 1000)
        state = counterfeiter.counterfeiter_state(*REAL_MONEY, weights)
        assert np.abs(state["D"] - 0.5)[counterfeiter.SHOWN].max() < 0.01
        assert counterfeiter.in_words(state) == (
            "Of 100 forgeries 50 pass: the detective is helpless: D is ½, and none is "
            "better"
        )
    for other in (2.5, 1.5), (3.5, 1.5), (3, 1.2), (3, 1.9):
        assert counterfeiter.counterfeiter_state(*other, UNTAUGHT)["V*"] > -1.375


@pytest.mark.slow
def test_where_the_detective_did_not_look_forgeries_pass_until_it_learns_and_so_on():
    """Round in circles: each time another mean passes, and none does for long."""
    weights, means = UNTAUGHT, []
    for _ in range(6):
        places = np.arange(-4, 10.5, 0.5)
        passes = [
            counterfeiter.counterfeiter_state(m, 1, weights)["pass"] for m in places
        ]
        means.append(places[np.argmax(passes)])
        if len(means) > 1:
            assert max(passes) > 0.85
        weights = counterfeiter.trained(weights, means[-1], 1, 1000)
        caught = counterfeiter.counterfeiter_state(means[-1], 1, weights)
        assert caught["pass"] < 0.5
    assert np.abs(np.diff(means)).min() >= 2


@pytest.mark.parametrize(
    "state, words",
    [
        ({"V": -0.5, "V*": -0.4}, "the detective tells them apart"),
        ({"V": -1.5, "V*": -0.4}, "the detective errs more than a tossed coin"),
        ({"V": -np.log(4), "V*": -0.4}, "D knows nothing, and could (D*)"),
        (
            {"V": -2, "V*": -np.log(4)},
            "nobody could tell them apart, the detective errs",
        ),
        (
            {"V": -np.log(4), "V*": -np.log(4)},
            "the detective is helpless: D is ½, and none is better",
        ),
    ],
)
def test_the_words_say_how_the_detective_does(state, words):
    said = counterfeiter.in_words(state | {"pass": 0.314})
    assert said == f"Of 100 forgeries 31 pass: {words}"


def test_the_counterfeiters_picture_shows_d_d_star_v_and_which_way_the_slope_pushes():
    weights = counterfeiter.trained(UNTAUGHT, 0, 1, 300)
    for mean in 0, 8:
        left, right = counterfeiter.counterfeiter_picture((mean, 1, weights))
        state = counterfeiter.counterfeiter_state(mean, 1, weights)
        chance = left.figure.axes[2]
        shown = [line.get_ydata() for line in chance.lines[1:]]
        assert np.array_equal(shown[0], state["D"][counterfeiter.SHOWN])
        assert np.array_equal(shown[1], state["D*"][counterfeiter.SHOWN])
        (arrow,) = (t for t in left.texts if not t.get_text())
        length = arrow.xyann[0] - arrow.xy[0]
        assert np.isclose(-length, 2.5 * np.tanh(state["push"]))
        assert f"slope, {state['push']:+.2f}" in left.get_xlabel()
        seen = [line.get_xdata()[0] for line in right.lines[:3]]
        assert np.allclose(seen, [max(state["V"], -4), state["V*"], -np.log(4)])
        assert left.figure.get_suptitle() == counterfeiter.in_words(state)


@pytest.mark.slow
def test_the_counterfeiters_detective_learns_by_button_only_from_where_it_was(moved):
    box, _ = moved(counterfeiter.show)
    desk = box.children[0]
    first = desk.value[2]
    desk.mean.value = 8
    assert desk.value == (8, 1, first), "a new forgery teaches nothing"
    before = sources(box)
    desk.button.click()
    n_steps = round(desk.steps.value)
    assert desk.value[2] == counterfeiter.trained(first, 8, 1, n_steps)
    assert sources(box) != before


@pytest.mark.slow
@pytest.mark.parametrize("part, value", [("mean", -4), ("spread", 0.2), ("spread", 5)])
def test_each_slider_of_the_counterfeiter_changes_the_picture(moved, part, value):
    box, _ = moved(counterfeiter.show)
    before = sources(box)
    getattr(box.children[0], part).value = value
    assert sources(box) != before


@pytest.mark.slow
def test_more_steps_at_a_time_bring_the_detective_further(moved):
    box, _ = moved(counterfeiter.show)
    found = []
    for n_steps in 1, 1000:
        desk = counterfeiter.Desk()
        desk.mean.value, desk.steps.value = 8, n_steps
        desk.button.click()
        found.append(counterfeiter.counterfeiter_state(*desk.value)["V"])
    assert found[0] < found[1] - 1
