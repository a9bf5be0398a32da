"""Sliders, buttons and draggable points: each moves what it says it moves."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.backend_bases import MouseEvent

from course_lib import datasets, plots, widgets
from course_lib.neurons import Perceptron
from course_lib.widgets import dials, moons, parts, plane
from course_lib.widgets.parts import present

LIVE = "application/vnd.jupyter.widget-view+json"
ANGLES, BIASES = (-180, 90, 180), (-2, 0.8, 2)  # lowest, default, highest
PIXELS = [(k, pixel) for k in range(4) for pixel in (0, 255)]


@pytest.fixture
def opened(monkeypatch):
    """Open a widget; return its parts and what was displayed."""
    boxes, bundles = [], []
    monkeypatch.setattr(parts, "display", lambda data, raw: bundles.append(data))
    for module in (moons, plane, dials):
        monkeypatch.setattr(
            module, "present", lambda *a: boxes.append(a[0]) or present(*a)
        )

    def open_one(make):
        make()
        (box,), (bundle,) = boxes, bundles
        return box, bundle

    return open_one


def ends(slider):
    """Its lowest, its default and its highest value; it must start between the ends."""
    assert slider.min < slider.value < slider.max or slider.value == slider.min
    return slider.min, slider.value, slider.max


@pytest.mark.parametrize(
    "make", [widgets.neighbours, widgets.perceptron, widgets.stairs]
)
def test_a_widget_comes_with_a_still_picture_and_its_words(make, opened):
    box, bundle = opened(make)
    assert bundle[LIVE]["model_id"] == box.model_id
    (picture,) = BeautifulSoup(bundle["text/html"], "html.parser").find_all("img")
    assert 20 <= len(picture["alt"]) <= 300
    assert picture["src"].startswith("data:image/png;base64,")
    assert bundle["text/plain"]
    assert plt.get_fignums() == [], "no figure stays open"


# -- lesson 02: one neuron in the plane ----------------------------------------


@pytest.mark.parametrize("b", BIASES)
@pytest.mark.parametrize("angle", ANGLES)
def test_the_picture_shows_the_state_of_the_neuron(angle, b):
    X, y = plane.POINTS, plane.LABELS
    state = plane.perceptron_state(angle, b)
    wrong = X[y * (X @ state["w"] + b) <= 0]
    ax = plane.perceptron_picture(angle, b)
    rings = ax.collections[-1].get_offsets()
    assert np.array_equal(rings, wrong) and state["mistakes"] == len(wrong)
    assert ax.get_title(loc="left").startswith(f"{len(wrong)} mistakes, margin")


def test_the_weights_have_length_one_and_the_angle_of_the_slider():
    for angle, w in {0: [1, 0], 90: [0, 1], -180: [-1, 0]}.items():
        assert np.allclose(plane.perceptron_state(angle, 0)["w"], w)


def test_a_street_is_drawn_only_where_no_point_is_on_the_wrong_side():
    free, blocked = plane.perceptron_state(30, 0), plane.perceptron_state(90, 0)
    assert free["mistakes"] == 0 < free["margin"] and np.isfinite(free["bound"])
    assert blocked["mistakes"] > 0 > blocked["margin"] and blocked["bound"] == np.inf
    assert len(plane.perceptron_picture(30, 0).lines) == 2
    assert len(plane.perceptron_picture(90, 0).lines) == 0


def test_the_street_touches_the_nearest_point():
    state = plane.perceptron_state(30, 0.2)
    distance = np.abs(plane.POINTS @ state["w"] + 0.2).min()
    assert np.isclose(state["margin"], distance)
    for line in plane.perceptron_picture(30, 0.2).lines:
        foot = np.array(line.get_xy1())
        assert np.isclose(abs(foot @ state["w"] + 0.2), distance)


@pytest.mark.parametrize("b", [-0.2, 0, 0.2])
def test_the_bound_is_novikoffs_with_the_bias_inside(b):
    state = plane.perceptron_state(30, b)
    X = np.column_stack([plane.POINTS, np.ones(12)])
    w_star = np.array([*state["w"], b]) / np.hypot(1, b)
    gamma, R = np.min(plane.LABELS * (X @ w_star)), np.linalg.norm(X, axis=1).max()
    assert gamma > 0 and np.isclose(state["bound"], (R / gamma) ** 2)


def test_the_bound_holds_for_rosenblatts_rule():
    mistakes = sum(Perceptron().fit(plane.POINTS, plane.LABELS).mistakes)
    for angle in range(0, 90, 5):
        assert mistakes <= plane.perceptron_state(angle, 0)["bound"]


@pytest.mark.parametrize("which", [0, 1])
def test_each_slider_of_the_neuron_changes_the_picture(which, opened):
    *sliders, canvas = opened(widgets.perceptron)[0].children
    assert ends(sliders[which]) == (ANGLES, BIASES)[which]
    seen = set()
    for value in ends(sliders[which]):
        sliders[which].value = value
        seen.add(plots.png(canvas.figure))
    assert len(seen) >= 2 if which == 0 else len(seen) == 3  # -180° is 180°


@pytest.fixture
def canvas_of_plane(opened):
    """The perceptron's canvas, and a mouse that aims at the picture as first drawn."""
    canvas = opened(widgets.perceptron)[0].children[-1]
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
    assert np.allclose(before, plane.POINTS)
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
    assert np.allclose(points_of(canvas), plane.POINTS)


def test_a_dragged_point_is_gone_when_the_widget_is_opened_again(canvas_of_plane):
    canvas, mouse = canvas_of_plane
    before = plane.POINTS.copy()
    mouse("button_press", before[0])
    mouse("motion_notify", [1, 1])
    assert np.array_equal(plane.POINTS, before)


# -- lesson 03: four pixels and two models -------------------------------------


@pytest.mark.parametrize("k, pixel", PIXELS)
def test_the_dials_show_both_models_and_the_title_the_rule(k, pixel):
    pixels = list(dials.CASES["case A"][0])
    pixels[k] = pixel
    (w, b), (v, c) = datasets.STAIRS_PERCEPTRON, datasets.STAIRS_SIGMOID
    score, p = pixels @ w + b, 1 / (1 + np.exp(-(pixels @ v + c)))
    image, *both = dials.stairs_picture(pixels)
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
        _, dial, _ = dials.stairs_picture(extreme)
        low, high = dial.get_xlim()
        assert low < dial.lines[0].get_xdata()[0] < high


def test_the_image_is_named_by_the_rule():
    for *pixels, stairs in datasets.STAIRS_PRINTED:
        assert dials.stairs_state(pixels)["stairs"] == stairs
        title = dials.stairs_picture(pixels)[0].get_title(loc="center")
        assert title == ("stairs" if stairs else "not stairs")


def sources(box):
    picture = box.children[-1]
    return BeautifulSoup(picture.value, "html.parser").img["src"]


@pytest.mark.parametrize("k", range(4))
def test_each_pixel_slider_changes_the_picture(k, opened):
    box, bundle = opened(widgets.stairs)
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
    name, pixels, score, probability, opened
):
    box, _ = opened(widgets.stairs)
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
    state = moons.neighbours_state(k, wrong)
    share = np.mean(state["model"].predict(state["X"]) == state["y"])
    assert np.isclose(state["seen"], share)
    assert 0.4 <= state["unseen"] <= 1
    title = moons.neighbours_picture(k, wrong).get_title(loc="left")
    assert f"seen {state['seen']:.0%}, unseen {state['unseen']:.0%}" in title


def test_one_neighbour_remembers_and_more_outvote_the_noise():
    one, many = (moons.neighbours_state(k, 30) for k in (1, 25))
    assert one["seen"] == 1
    assert many["unseen"] > one["unseen"] + 0.05


@pytest.mark.parametrize("number", [0, 1])
def test_each_slider_of_the_neighbours_changes_the_picture(opened, number):
    *sliders, picture = opened(widgets.neighbours)[0].children
    before = picture.value
    for value in (sliders[number].min, sliders[number].max):
        sliders[number].value = value
    assert picture.value != before
