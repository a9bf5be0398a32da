"""Every figure a lesson shows, read by its artists: no test compares pixels."""

import base64
import inspect
import io
import re
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import FancyBboxPatch
from matplotlib.path import Path as Outline
from PIL import Image

from course_lib import figures, plots

TOPICS = [getattr(figures, topic) for topic in figures.__all__]
pytestmark = pytest.mark.filterwarnings("error")  # a figure warns of nothing

X, Y = np.array([[0.0, 0], [1, 1], [0, 1], [2, 1]]), np.array([0, 1, 0, 1])


@pytest.fixture
def ax():
    return plt.subplots()[1]


# -- axes in, axes out ---------------------------------------------------------

TRIALS = {0.3: np.array([[2, 11.1], [0, 10]]), 0.1: np.array([[40, 99.0], [7, 80]])}
P = np.array([0.1, 0.1, 0.9, 0.95])
WIRED = [[1, -2], [0.5, 0.25], [0.75]], [np.array([[3.0, -4], [5, 0]]), np.ones((2, 1))]
SQUARE, CORNER = np.arange(9.0).reshape(3, 3) / 8, np.array([[1, 0], [0, -2]])
FRUSTRATED = np.array([[0, 2, -1], [2, 0, 1], [-1, 1, 0]])
PATH = np.array([[-1.0, 0.3], [-0.5, -0.1], [-0.2, 0]])
PULLS = np.outer([1, 1, -1, -1], [1, 1, -1, -1]) / 4 - np.eye(4) / 4
BELLS = np.array([np.arange(5.0), [0, 0.1, 0.4, 1, 0], [0, 1, 0.4, 0, 0], Y[[0] * 5]])
DRAWINGS = {
    "tiles": lambda ax: figures.table.tiles(
        [[0, 1]], ["no", "yes"], [[True, False]], ax
    ),
    "by_layer": lambda ax: figures.net.by_layer({"a": [1, 2], "b": [1, 2]}, ax),
    "curves": lambda ax: plots.curves({"train": [3, 2, 1]}, ax=ax),
    "points": lambda ax: plots.points(X, Y, ax),
    "regions": lambda ax: figures.neuron.regions(lambda X: X[:, 0] > 0.5, ax, n=5),
    "boundary": lambda ax: figures.neuron.boundary([1, 2], 0.5, ax),
    "images": lambda axes: plots.images([np.eye(2)], ["one"], axes),
    "weights": lambda ax: plots.weights(np.array([[1.0, -3]]), "w", ax),
    "bars": lambda ax: plots.bars([1, 2], ["a", "b"], ax),
    "dots": lambda ax: plots.dots({"a": [1, 2], "b": [2, 3]}, ax),
    "histograms": lambda ax: plots.histograms({"a": [1, 2], "b": [2, 3]}, ax),
    "mistakes_and_bound": lambda ax: figures.neuron.mistakes_and_bound(TRIALS, ax),
    "reliability": lambda ax: figures.neuron.reliability({"model": (P, Y)}, ax=ax),
    "net": lambda ax: figures.valley.net([1, -1, -1], PULLS[:3, :3], ax, {0: "h"}),
    "landscape": lambda ax: figures.valley.landscape(PULLS, ax, [1, -1, -1, -1]),
    "crosstalk": lambda ax: figures.valley.crosstalk([0.1, 0.3], ax),
    "cliff": lambda ax: figures.valley.cliff({"a": ([0, 0.2], [0, 1])}, ax),
    "healing": lambda axes: figures.valley.healing(
        np.ones((1, 100)), ["one"], axes=axes
    ),
    "cube": lambda ax: figures.valley.cube(ax, corners=[1] * 8),
    "chance": lambda ax: figures.noise.chance(ax),
    "levels": lambda ax: figures.noise.levels([0, 1, 1, -2], [0.1, 0.1, 0.1, 0.7], ax),
    "machine": lambda ax: figures.noise.machine(2, 1, ax, FRUSTRATED),
    "noise.bars": lambda ax: figures.noise.bars([0.4, 0.6], {"a": [0.5, 0.5]}, ax),
    "ring": lambda ax: figures.noise.ring([1, -1, -1], ax),
    "codes": lambda ax: figures.noise.codes([[0, 0], [1, 0]], ax),
    "cut": lambda ax: figures.noise.cut(np.ones((4, 4)), [0, 1, 1, 0], ax),
    "path": lambda ax: figures.descent.path(PATH, np.diag([1, 9]), ax),
    "gauge": lambda ax: figures.neuron.gauge(0.7, 0, 1, 0.5, "p", ax),
    "wiring": lambda ax: figures.net.wiring(*WIRED, ax=ax),
    "stations": lambda ax: figures.net.stations({"w": "1", "z": "-2"}, ["2"], ax),
    "verdicts": lambda ax: figures.net.verdicts({"sign lost": [1, 1e-9]}, ax=ax),
    "stuck": lambda axes: figures.net.stuck(
        SQUARE[:2], Y[:2], Y[:2], np.full((9, 3), 0.4), axes and [axes] * 2
    ),
    "sliding": lambda axes: figures.images.sliding(
        SQUARE, CORNER, (1, 0), axes and [axes] * 3
    ),
    "hand_made": lambda axes: figures.perceptron.hand_made(
        np.eye(64)[:4], np.array([-1, 1, -1, 1]), np.eye(8), 0.5, axes and [axes] * 3
    ),
    "drawing": lambda ax: figures.perceptron.drawing(*figures.perceptron.SYMBOLS, ax),
    "correction": lambda ax: figures.perceptron.correction([2, 3], [2, 1], -1, ax),
    "street": lambda ax: figures.margin.street(X + 1, 2 * Y - 1, [1, 1], ax),
    "squeeze": lambda ax: figures.margin.squeeze(X[1:], np.eye(2)[0], 0.5, 1, ax),
    "mirrored": lambda axes: figures.margin.mirrored(
        X + 1, 2 * Y - 1, [1, 1], axes and [axes] * 2
    ),
    "functions_of_two": lambda ax: figures.perceptron.functions_of_two([True] * 16, ax),
    "lights": lambda ax: figures.recurrent.lights([0, 1, 0], [1, 0], ax),
    "taps": lambda ax: figures.recurrent.taps([0, 1, 0, 0], 2, 3, ax),
    "loop": lambda ax: figures.recurrent.loop(ax),
    "unrolled": lambda ax: figures.recurrent.unrolled([1, 0], [0, 0.5, 0.2], ax=ax),
    "sawtooth": lambda ax: figures.recurrent.sawtooth([[0.2, 0.3, 0]], ax),
    "letters": lambda ax: figures.recurrent.letters("abc", [1, 2, 3], [0], ax),
    "paths": lambda ax: figures.recurrent.paths(PATH, ax),
    "lstm": lambda ax: figures.gates.lstm(ax, {"x": 1, "c_new": -0.5}),
    "gru": lambda ax: figures.gates.gru(ax, {"x": 1, "h_new": -0.5}),
    "blame": lambda ax: figures.gates.blame({"a": [0.1, 1], "b": [0, 1]}, ax),
    "carry": lambda ax: figures.gates.carry(
        [1, 1], [0, 1], {"f": [0, 0.9]}, [1, -1], ax
    ),
    "reber": lambda ax: figures.gates.reber(ax),
    "surprise": lambda ax: figures.gates.surprise("a b", [np.nan, 1, 2], ax),
    "digits": lambda ax: figures.halves.digits(np.eye(64)[None, :3], ax),
    "halves.weights": lambda ax: figures.halves.weights(np.eye(64)[:, :3], ax),
    "chain": lambda ax: figures.halves.chain(ax, k=2),
    "causes": lambda ax: figures.belief.causes(ax, {"quake": 0.1}),
    "belief.stack": lambda ax: figures.belief.stack(["down", "both"], ax),
    "starts": lambda ax: figures.belief.starts({"a": ([0, 1], [[0, 1]])}, ax),
    "bound": lambda ax: figures.belief.bound([0, 1], [-1, -1], [-2, -1.5], ax),
    "hourglass": lambda ax: figures.squeeze.hourglass([4, 2, 4], ax, kinds=["a", "b"]),
    "shadow": lambda ax: figures.squeeze.shadow(X, [1, 0.5], [2, 1], ax),
    "two_axes": lambda ax: figures.squeeze.two_axes(X - 0.5, [[1, 0], [1, 2]], ax),
    "map": lambda ax: figures.squeeze.map(X, Y, ax, [[0, 1]]),
    "manifold": lambda ax: figures.squeeze.manifold(lambda z: z[:, :1] ** 0, ax, 3),
    "sampling": lambda ax: figures.squeeze.sampling(1, 0.5, -0.8, ax),
    "two_nets": lambda ax: figures.forger.two_nets(ax),
    "detective": lambda ax: figures.forger.detective(*BELLS, ax, BELLS[1]),
    "losses": lambda ax: figures.forger.losses(ax),
    "spiral": lambda ax: figures.forger.spiral({"a": PATH, "b": -PATH}, ax),
    "rings": lambda axes: figures.forger.rings([X], X, axes and [axes], ["a"], 0.5),
    "signs": lambda ax: figures.perceptron.signs(X, plots.weights(X, "w", ax)),
    "stack": lambda ax: figures.images.stack([(4, 4, 1), (1, 1, 9)], ["in", "out"], ax),
}


def test_every_function_that_takes_axes_is_tested_here():
    drawing = {
        f
        for module in (plots, *TOPICS)
        for name, f in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and {"ax", "axes"} & {*inspect.signature(f).parameters}
    }
    named_twice = {
        "noise.bars": figures.noise.bars,
        "halves.weights": figures.halves.weights,
        "belief.stack": figures.belief.stack,
    }
    names = {f.__name__ for f in drawing - {*named_twice.values()}}
    assert names | {*named_twice} == set(DRAWINGS)
    assert len(drawing) == len(DRAWINGS), "no two others have one name"


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_figure_is_drawn_on_the_axes_given_and_on_no_other(name, ax):
    assert np.ravel(DRAWINGS[name](ax))[0] is ax
    assert plt.get_fignums() == [ax.figure.number]
    assert ax.has_data()


@pytest.mark.parametrize(
    "name", sorted(set(DRAWINGS) - {"boundary", "regions", "signs"})
)
def test_without_axes_a_figure_makes_its_own(name):
    assert np.ravel(DRAWINGS[name](None))[0].has_data()
    assert len(plt.get_fignums()) == 1


# -- what each figure says -----------------------------------------------------


def offsets(ax):
    return [collection.get_offsets().tolist() for collection in ax.collections]


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_curves_draws_each_series_once_and_labels_it(ax):
    plots.curves({"train": [3, 2, 1], "validation": [3, 2.5, 2.4]}, ax=ax)
    assert [list(line.get_ydata()) for line in ax.lines] == [[3, 2, 1], [3, 2.5, 2.4]]
    assert [list(line.get_xdata()) for line in ax.lines] == [[0, 1, 2]] * 2
    assert words(ax) == ["train", "validation"]
    assert [text.xy for text in ax.texts] == [(2, 1), (2, 2.4)], "each at its end"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")


def test_curves_differ_in_colour_and_in_line_style(ax):
    plots.curves({f"{k}": [k, k] for k in range(4)}, ax=ax)
    assert len({to_hex(line.get_color()) for line in ax.lines}) == 4
    assert len({line.get_linestyle() for line in ax.lines}) == 4


def test_points_gives_each_class_its_colour_and_its_marker(ax):
    plots.points(X, Y, ax)
    assert offsets(ax) == [[[0, 0], [0, 1]], [[1, 1], [2, 1]]]
    faces = [to_hex(c.get_facecolor()[0]).upper() for c in ax.collections]
    assert faces == [plots.BLUE, plots.RED]


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: plots.points(X, Y, ax),
        lambda ax: figures.neuron.mistakes_and_bound(TRIALS, ax),
        lambda ax: figures.neuron.reliability(
            {"model": (P, Y), "other": (P, 1 - Y)}, ax=ax
        ),
    ],
)
def test_no_two_groups_of_points_have_the_same_marker(draw, ax):
    draw(ax)
    one, other = (c.get_paths()[0].vertices for c in ax.collections)
    assert one.shape != other.shape, "colour never alone"


@pytest.mark.parametrize("seed", range(10))
def test_the_tint_agrees_with_the_sign_of_the_score(seed, ax):
    rng = np.random.default_rng(seed)
    w, b = rng.normal(size=2), rng.normal()
    ax.set(xlim=(-2, 2), ylim=(-1, 3))
    figures.neuron.boundary(w, b, ax)
    silent, firing = ax.collections[0].get_paths()
    faces = [to_hex(face).upper() for face in ax.collections[0].get_facecolor()]
    assert faces == list(plots.CLASS_TINTS[:2])
    samples = rng.uniform((-2, -1), (2, 3), (200, 2))
    for x in samples[np.abs(samples @ w + b) > 1e-6]:
        assert firing.contains_point(x) == (w @ x + b > 0)
        assert silent.contains_point(x) == (w @ x + b < 0)


def test_the_arrow_starts_on_the_boundary_and_points_along_w(ax):
    w, b = np.array([3.0, -4]), 2.5
    figures.neuron.boundary(w, b, ax)
    arrow, label = ax.texts
    foot, tip = np.array(arrow.xyann), np.array(arrow.xy)
    assert np.isclose(w @ foot + b, 0)
    assert np.allclose((tip - foot) / np.linalg.norm(tip - foot), w / 5)
    assert label.get_text() == "w"


@pytest.mark.parametrize("b", [-1, 1])
def test_without_weights_one_side_is_everywhere_and_has_no_arrow(b, ax):
    figures.neuron.boundary(np.zeros(2), b, ax)
    silent, firing = ax.collections[0].get_paths()
    assert (len(firing.vertices) > 0) == (b > 0)
    assert (len(silent.vertices) > 0) == (b < 0)
    assert words(ax) == []


def test_a_boundary_keeps_the_limits_of_its_panel(ax):
    ax.set(xlim=(-2, 2), ylim=(-1, 3))
    figures.neuron.boundary([1, 1], 9, ax)
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 2), (-1, 3))


def test_regions_are_tinted_as_the_prediction_says_and_keep_the_limits(ax, rng):
    ax.set(xlim=(-2, 2), ylim=(-1, 3))
    figures.neuron.regions(lambda X: (X[:, 0] > 0.5).astype(int), ax)
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 2), (-1, 3))
    no, yes = ax.collections[0].get_paths()
    faces = [to_hex(face).upper() for face in ax.collections[0].get_facecolor()]
    assert faces == list(plots.CLASS_TINTS[:2])
    for x in rng.uniform((-1.9, -0.9), (1.9, 2.9), (100, 2)):
        if abs(x[0] - 0.5) > 0.05:
            assert (yes if x[0] > 0.5 else no).contains_point(x)


def test_images_share_one_scale_and_keep_their_pixels():
    pictures = np.array([[0.0, 0.2, 0.4, 1], [0.3, 0.3, 0.3, 0.3]])
    axes = plots.images(pictures, ["one", "two"], shape=(2, 2))
    assert [ax.images[0].get_array().tolist() for ax in axes] == [
        [[0, 0.2], [0.4, 1]],
        [[0.3, 0.3], [0.3, 0.3]],
    ]
    assert {ax.images[0].get_clim() for ax in axes} == {(0, 1)}
    assert [ax.get_title(loc="center") for ax in axes] == ["one", "two"]
    ink = axes[0].images[0].cmap(np.array([0.0, 1.0]))
    assert [to_hex(colour) for colour in ink] == ["#ffffff", "#000000"]


def test_more_pictures_than_titles_are_refused():
    with pytest.raises(ValueError):
        plots.images([np.eye(2)] * 2, ["one"])


def test_weights_are_white_at_zero_red_above_and_blue_below(ax):
    plots.weights(np.array([[1.0, -3], [0, 2]]), "w", ax)
    image = ax.images[0]
    assert image.get_clim() == (-3, 3)
    zero, high, low = (image.cmap(image.norm(z)) for z in (0, 3, -3))
    assert min(zero[:3]) > 0.95
    assert high[0] > high[2] and low[2] > low[0]


def test_bars_stand_in_order_from_the_top_with_their_values(ax):
    plots.bars([0.25, 3], ["first", "second"], ax)
    assert [bar.get_width() for bar in ax.patches] == [0.25, 3]
    assert words(ax) == ["0.25", "3.00"]
    first, second = (bar.get_y() for bar in ax.patches)
    assert first > second
    assert [t.get_text() for t in ax.get_yticklabels()] == ["first", "second"]
    assert list(ax.get_yticks()) == [1, 0]


def test_histograms_count_every_value_once_on_shared_edges(ax, rng):
    groups = {"a": rng.normal(size=200), "b": rng.normal(2, size=100)}
    plots.histograms(groups, ax, n_bins=10)
    a, b = (list(bars) for bars in ax.containers)
    assert sum(bar.get_height() for bar in a) == 200
    assert sum(bar.get_height() for bar in b) == 100
    assert [bar.get_x() for bar in a] == [bar.get_x() for bar in b]
    assert words(ax) == ["a", "b"]
    assert a[0].get_hatch() != b[0].get_hatch(), "colour never alone"


def test_mistakes_stand_above_their_bounds_and_none_is_lost_to_the_logarithm(ax):
    figures.neuron.mistakes_and_bound(TRIALS, ax)
    assert offsets(ax) == [[[11.1, 2], [10, 0.5]], [[99, 40], [80, 7]]]
    (diagonal,) = ax.lines
    assert list(diagonal.get_xdata()) == list(diagonal.get_ydata())
    assert words(ax) == ["margin 0.3", "margin 0.1", "the bound"]


def test_reliability_sets_what_came_true_against_what_was_said(ax):
    y = np.array([0, 1, 1, 1])
    figures.neuron.reliability({"model": (P, y)}, n_bins=2, ax=ax)
    assert np.allclose(offsets(ax)[0], [[0.1, 0.5], [0.925, 1]])
    assert list(ax.lines[0].get_xdata()) == list(ax.lines[0].get_ydata())


def test_a_probability_of_one_falls_into_the_last_bin(ax):
    figures.neuron.reliability(
        {"model": (np.array([0.9, 1.0]), np.ones(2))}, n_bins=4, ax=ax
    )
    assert np.allclose(offsets(ax)[0], [[0.95, 1]])


@pytest.mark.parametrize("value", [-1, 0.3, 1.2])
def test_the_needle_of_a_gauge_stands_at_the_value(value, ax):
    figures.neuron.gauge(value, low=-1, high=1.2, threshold=0, title="score", ax=ax)
    needle, mark = ax.lines
    assert list(needle.get_xdata()) == [value, value]
    assert list(mark.get_xdata()) == [0, 0]
    assert ax.get_xlim() == (-1, 1.2)
    silent, firing = ax.patches
    assert (silent.get_x(), silent.get_width()) == (-1, 1)
    assert (firing.get_x(), firing.get_width()) == (0, 1.2)


# -- shown once, with words for those who cannot see it ------------------------


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr(plots, "display", lambda data, raw: bundles.append(data))
    return bundles


@pytest.mark.parametrize("what", ["figure", "axes", "row"])
def test_show_emits_one_picture_with_its_alternative_text(what, shown):
    alt = 'A line where x < 1 & y > 2, "rising".'
    axes = plots.row(2)
    plots.show({"figure": axes[0].figure, "axes": axes[0], "row": axes}[what], alt)
    (bundle,) = shown
    (picture,) = BeautifulSoup(bundle["text/html"], "html.parser").find_all("img")
    assert picture["alt"] == alt
    assert not re.search(r'alt="[^"]*[<>]', bundle["text/html"]), "it is escaped"
    assert bundle["text/plain"] == alt
    assert set(bundle) == {"text/html", "text/plain"}
    assert plt.get_fignums() == [], "the figure is closed"


def test_a_picture_is_shown_at_the_size_it_was_drawn(ax):
    inches = ax.figure.get_size_inches()[0]
    page = BeautifulSoup(plots.html(ax.figure, "An empty panel."), "html.parser")
    width, source = int(page.img["width"]), page.img["src"].split(",")[1]
    image = Image.open(io.BytesIO(base64.b64decode(source)))
    assert np.isclose(image.width / width, plots.SHARPNESS, rtol=0.01)
    assert width < 1.2 * inches * ax.figure.dpi


def chunks(png):
    """The names of a PNG's parts."""
    place, names = 8, []
    while place < len(png):
        names.append(png[place + 4 : place + 8].decode())
        place += 12 + int.from_bytes(png[place : place + 4], "big")
    return names


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_a_png_is_the_same_on_every_run_and_says_nothing_of_its_maker(name):
    def drawn():
        ax = DRAWINGS[name](plt.subplots(layout="none")[1])
        return plots.png(np.ravel(ax)[0].figure)

    first = drawn()
    assert first == drawn()
    assert {"IHDR", "IDAT", "IEND"} <= set(chunks(first))
    assert not {"tEXt", "iTXt", "zTXt", "tIME", "eXIf"} & set(chunks(first))


# -- a palette for every eye ---------------------------------------------------

LINES = (plots.BLUE, plots.RED, plots.GREEN, plots.PURPLE, plots.BLACK)
# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB
EYES = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(colour):
    """Linear RGB of an sRGB colour."""
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE L*a*b* of linear RGB, white being (1, 1, 1)."""
    x = XYZ @ rgb / XYZ.sum(axis=1)
    f = np.where(x > (6 / 29) ** 3, np.cbrt(x), x * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("colour", LINES)
def test_a_line_stands_out_from_white_paper(colour):
    luminance = XYZ[1] @ linear(colour)
    assert 1.05 / (luminance + 0.05) >= 3


@pytest.mark.parametrize("eye", EYES)
def test_every_two_lines_differ_to_every_eye(eye):
    seen = [lab(np.clip(EYES[eye] @ linear(c), 0, 1)) for c in LINES]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) >= 15


def test_lines_are_drawn_in_the_palette():
    cycle = plt.rcParams["axes.prop_cycle"].by_key()["color"]
    assert [to_hex(c) for c in cycle] == [c.lower() for c in LINES]


def test_dots_stand_in_rows_with_a_bar_at_their_mean(ax):
    plots.dots({"a": [1, 2], "b": [2, 6]}, ax)
    assert [list(c.get_offsets()[:, 0]) for c in ax.collections] == [[1, 2], [2, 6]]
    assert [line.get_xdata()[0] for line in ax.lines] == [1.5, 4]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["a", "b"]


def test_a_wiring_shows_each_value_and_each_weight_once(ax):
    figures.net.wiring(*WIRED, ax=ax)
    assert words(ax) == [
        *("3", "−4", "5", "0", "1", "1"),
        *("1", "−2", "0.500", "0.250", "0.750"),
    ]
    ends = [(*line.get_xdata(), *line.get_ydata()) for line in ax.lines]
    assert ends[:3] == [(0, 1, 0.5, 0.5), (0, 1, 0.5, -0.5), (0, 1, -0.5, 0.5)]
    assert ends[4:] == [(1, 2, 0.5, 0), (1, 2, -0.5, 0)]
    assert len({line.get_linewidth() for line in ax.lines}) == 1


def test_with_slopes_an_edge_is_as_thick_as_its_slope_and_shows_its_sign(ax):
    slopes = [np.array([[0.1, -0.4], [0, 0.2]]), np.array([[0.3], [-0.05]])]
    figures.net.wiring(*WIRED, slopes, [[0.1, -0.2], [0.7]], ax=ax)
    assert words(ax)[:6] == ["+0.1", "−0.4", "0", "+0.2", "+0.3", "−0.05"]
    assert [text for text in words(ax) if "δ" in text] == [
        *("δ = +0.1", "δ = −0.2", "δ = +0.7")
    ]
    widths = [line.get_linewidth() for line in ax.lines]
    sizes = np.abs(np.concatenate([s.ravel() for s in slopes]))
    assert np.allclose(np.subtract(widths, 1), 7 * sizes / 0.4)
    colours = [to_hex(line.get_color()).upper() for line in ax.lines]
    assert colours[:2] == [plots.RED, plots.BLUE]
    assert colours[2] not in (plots.RED, plots.BLUE)  # neither above 0 nor below


def test_a_wiring_without_any_slope_can_be_drawn(ax):
    zeros = [np.zeros((2, 2)), np.zeros((2, 1))]
    figures.net.wiring(*WIRED, zeros, ax=ax)
    assert {line.get_linewidth() for line in ax.lines} == {1}


def test_the_signs_of_slopes_have_a_key_in_the_colours_of_the_edges(ax):
    figures.net.wiring(*WIRED, [np.ones((2, 2)), -np.ones((2, 1))], ax=ax)
    key = {t.get_text(): to_hex(t.get_color()).upper() for t in ax.texts}
    assert key["− slope below 0"] == plots.BLUE and key["+ slope above 0"] == plots.RED


def test_the_number_of_each_edge_stands_where_places_says(ax):
    figures.net.wiring(*WIRED, ax=ax)
    spots = {t.get_text(): t.get_position() for t in ax.texts}
    first, last = figures.net.places(WIRED[0])
    assert first.shape == (2, 2, 2) and last.shape == (2, 1, 2)
    assert np.allclose(first[0, 1], spots["−4"]) and np.allclose(
        first[1, 0], spots["5"]
    )


def test_stations_show_each_value_and_the_factor_between_two(ax):
    figures.net.stations({"w": "-1", "z": "4", "L": "16"}, ["2", "8"], ax)
    shown = [*filter(None, words(ax))]  # an arrow is an annotation without words
    assert shown == ["−1", "w", "4", "z", "16", "L", "× 2", "× 8"]


def test_verdicts_run_from_the_last_layer_to_the_first_and_mark_what_is_wrong(ax):
    figures.net.verdicts({"sign lost": [0.5, 1e-9, 2e-3]}, ax=ax)
    assert words(ax)[:4] == ["sign lost", "0.002 ✗", "1e−09", "0.5 ✗"]
    assert words(ax)[4:] == [f"slopes of $W^{l}$" for l in (3, 2, 1)]


def test_a_stuck_net_shows_what_it_says_beside_what_it_should():
    x, errors = np.array([[0, 0, 1], [1, 1, 1]]), np.full((9, 3), 0.4)
    corners, run = figures.net.stuck(x, np.array([0, 1]), np.array([0.3, 0.6]), errors)
    assert words(corners) == ["says 0.30,\nshould say 0", "says 0.60,\nshould say 1"]
    assert [line.get_linewidth() > 2 for line in run.lines[:3]] == [False, False, True]


def test_layers_are_drawn_on_a_logarithmic_axis_and_counted_from_one(ax):
    figures.net.by_layer({"signal": [1, 10], "delta": [3, 0.1]}, ax)
    assert ax.get_yscale() == "log" and ax.get_xlabel() == "layer"
    assert [list(line.get_xdata()) for line in ax.lines] == [[1, 2]] * 2
    assert words(ax) == ["signal", "delta"]
    assert [text.xy for text in ax.texts] == [(2, 10), (2, pytest.approx(0.1))]


def test_labels_of_lines_that_end_together_are_moved_apart(ax):
    figures.net.by_layer({name: [1, 100, 1] for name in "abc"}, ax)
    heights = np.sort([np.log10(text.xy[1]) for text in ax.texts])
    room = np.ptp(np.log10(ax.get_ylim()))
    assert heights[0] == 0 and np.diff(heights).min() > 0.05 * room


def test_a_descent_shows_every_step_its_start_and_the_bottom(ax):
    figures.descent.path(PATH, np.diag([1, 9]), ax)
    path, start, bottom = ax.lines
    assert np.array_equal(path.get_xydata(), PATH)
    assert start.get_xydata().tolist() == [[-1, 0.3]]
    assert bottom.get_xydata().tolist() == [[0, 0]]


@pytest.mark.parametrize("A", [[[1.0, 0], [0, 9]], [[5, 4], [4, 5]]])
def test_the_contours_of_a_ravine_join_points_of_one_height(A, ax):
    figures.descent.path(PATH, np.array(A), ax)
    (contours,) = ax.collections
    for height, curve in zip(contours.levels, contours.get_paths(), strict=True):
        w = curve.vertices
        found = 0.5 * np.sum(w @ A * w, axis=1)
        assert np.allclose(found, height, rtol=0.02, atol=0.002 * contours.levels[-1])


def test_tiles_show_every_class_and_cross_out_what_is_wrong(ax):
    table = np.array([[0, 1, 2], [3, 0, 1]])
    wrong = np.array([[False, False, True], [True, False, False]])
    figures.table.tiles(table, ["a", "b", "c", "d"], wrong, ax)
    assert (ax.images[0].get_array() == table).all()
    assert ax.images[0].get_clim() == (0, 3), "a shade means one class in every table"
    assert ax.collections[0].get_offsets().tolist() == [[2, 0], [0, 1]]  # x, y
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list("abcd")


# -- kernels and maps ----------------------------------------------------------


def test_sliding_shows_patch_products_and_the_map_up_to_here():
    axes = figures.images.sliding(SQUARE, CORNER, (1, 0))
    (frame,) = axes[0].patches
    assert frame.get_bbox().bounds == (-0.5, 0.5, 2, 2), "row 1, column 0"
    products = SQUARE[1:, :2] * CORNER
    assert (axes[1].images[0].get_array() == products).all()
    assert words(axes[1]) == ["0.38\n× 1", "0.50\n× 0", "0.75\n× 0", "0.88\n× −2"]
    assert axes[1].get_title(loc="left") == "sum −1.38"
    shown = axes[2].images[0].get_array()
    assert shown.mask.tolist() == [[False, False], [False, True]]
    assert np.allclose(shown[1, 0], products.sum())
    assert np.allclose(shown[0, 1], SQUARE[0, 1] - 2 * SQUARE[1, 2])


def test_a_stack_draws_each_map_to_size_with_its_name_and_shape(ax):
    figures.images.stack([(28, 28, 6), (5, 5, 16), (1, 1, 120)], ["C1", "S4", "C5"], ax)
    widths = [patch.get_width() for patch in ax.patches]
    assert [widths.count(w) for w in (28, 5, 1.5)] == [6, 16, 16], "at most 16 drawn"
    assert words(ax) == ["28×28\n× 6", "C1", "5×5\n× 16", "S4", "120", "C5"]


# -- lesson 02 -----------------------------------------------------------------


def test_the_street_is_as_wide_as_the_margin_and_the_circle_holds_all(ax):
    points, y, w = np.array([[2.0, 0], [3, 4], [-1, 1]]), np.array([1, 1, -1]), [2, 0]
    figures.margin.street(points, y, w, ax)
    edges = [line.get_xdata()[0] for line in ax.lines[:3]]
    assert edges == [-1, 0, 1], "the nearest example lies 1 from the boundary"
    assert [p.radius for p in ax.patches if hasattr(p, "radius")] == [5]


def test_the_curves_cross_at_the_bound(ax):
    figures.margin.squeeze(np.eye(3), np.ones(3) / np.sqrt(3), 0.5, 2, ax)
    line, curve = (x.get_ydata() for x in ax.lines[:2])
    (M,) = np.unique(ax.lines[4].get_xdata())
    assert M == 16 and "16" in words(ax)[0]
    upto = ax.lines[0].get_xdata()
    assert ((line > curve + 1e-9) == (upto > M)).all()


def test_all_mirrored_examples_lie_on_the_side_of_the_weights():
    points, y, w = np.array([[2.0, 1], [-1, -3]]), np.array([1, -1]), np.array([1, 0])
    left, right = figures.margin.mirrored(points, y, w)
    for ax, x in ((left, [-1, 2]), (right, [1, 2])):
        assert [line.get_xdata()[0] for line in ax.lines[:2]] == x


def test_a_correction_ends_at_the_new_weights(ax):
    figures.perceptron.correction([2, 3], [2, 1], -1, ax, after=True)
    assert (0, 2) in [tuple(t.xy) for t in ax.texts if t.get_text() == ""]


def test_the_digits_on_the_wrong_side_of_the_threshold_are_counted(ax):
    X, y = np.zeros((4, 64)), np.array([-1, -1, 1, 1])
    X[:, 0] = 0.1, 0.9, 0.2, 0.8
    axes = figures.perceptron.hand_made(X, y, np.eye(8), 0.5)
    assert words(axes[-1])[-2:] == [
        "1 eights\nread as threes",
        "1 threes\nread as eights",
    ]
    assert "2 of 4 wrong" in axes[-1].get_title(loc="left")


# -- lesson 11 -----------------------------------------------------------------


def lamps(ax):
    """Whether each lamp is lit, by its place: it has rays, and another colour."""
    rays, faces = set(), {}
    for lamp in ax.collections:
        (place,) = lamp.get_offsets().tolist()
        if Outline.CURVE4 not in lamp.get_paths()[0].codes:  # no circle
            rays.add(tuple(place))
        else:
            faces[tuple(place)] = to_hex(lamp.get_facecolor()[0])
    amber = figures.recurrent.AMBER.lower()
    assert rays == {place for place, face in faces.items() if face == amber}
    return {place: place in rays for place in faces}


def test_a_lit_lamp_has_rays_and_each_guess_stands_below_its_light(ax):
    figures.recurrent.lights([0, 0, 1, 1, 0], [0, 1, 0, 0], ax)
    seen = lamps(ax)
    assert [seen[t, 0] for t in range(5)] == [False, False, True, True, False]
    assert [seen.get((t, -1)) for t in range(5)] == [None, False, True, False, False]
    crosses = [tuple(line.get_xydata()[0]) for line in ax.lines]
    assert crosses == [(3, -1)], "the only wrong guess"
    assert {line.get_marker() for line in ax.lines} == {"x"}
    assert words(ax) == [*"01234", "step", "light", "guess"]


@pytest.mark.parametrize("p, t", [(1, 1), (3, 5), (6, 6)])
def test_the_frame_holds_the_taps_and_the_arrow_ends_at_the_next_light(p, t, ax):
    figures.recurrent.taps([0, 0, 0, 1, 0, 0, 1, 0], p, t, ax)
    (frame,) = ax.patches
    inside = [k for k in range(8) if frame.get_x() < k < frame.get_bbox().x1]
    assert inside == [*range(t - p, t)]
    (arrow,) = (text for text in ax.texts if getattr(text, "arrow_patch", None))
    assert arrow.xy[0] == t and t - p <= arrow.xyann[0] <= t - 1
    question = next(text for text in ax.texts if text.get_text() == "?")
    assert question.get_position() == (t, 0) and not lamps(ax)[t, 0]
    assert f"{p} light" in words(ax)[-1]


@pytest.mark.parametrize("n, shown", [(21, range(21)), (40, range(0, 40, 2))])
def test_the_steps_of_a_strip_begin_at_0_and_do_not_crowd(n, shown, ax):
    figures.recurrent.lights([0] * n, ax=ax)
    assert words(ax)[: len(shown)] == [str(t) for t in shown]


def arrows(ax):
    """Each arrow's start and end, those from the last step back apart."""
    drawn = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    ends = [(tuple(text.xyann), tuple(text.xy)) for text in drawn]
    dashed = [text.arrow_patch.get_linestyle() != "solid" for text in drawn]
    forth = [end for end, back in zip(ends, dashed, strict=True) if not back]
    return forth, [end for end, back in zip(ends, dashed, strict=True) if back]


def test_the_loop_has_one_weight_in_one_out_and_one_back_to_itself(ax):
    figures.recurrent.loop(ax)
    assert arrows(ax) == ([((0, -1), (0, 0)), ((0, 0), (0, 1))], [])
    (back,) = ax.patches
    path = back.get_path().vertices[:4] / figures.recurrent.CIRCLE * 72
    from_middle = np.hypot(*path.T)
    assert np.isclose(from_middle[0], 1, atol=0.02) and path[0, 1] > 0, "on the rim"
    assert 1 < from_middle[3] < 1.5 and path[3, 1] < 0, "its head takes some room"
    assert [*filter(None, words(ax))] == [
        *("$x_t$", "$h_t$", "$y_t$"),
        *("$W$", "$V$", "$U$"),
    ]


def test_the_unrolled_net_repeats_the_same_weights_at_every_step(ax):
    y = [None, None, 0.5]
    names = "w = 1", "u = 0.5", "v = 2"
    figures.recurrent.unrolled([1, 0, -1], [0, 0.7616, 0.36, -0.2], y, names, ax=ax)
    forth, back = arrows(ax)
    across = [((t, 0), (t + 1, 0)) for t in (0, 1, 2)]
    up = [((t, -1), (t, 0)) for t in (1, 2, 3)]
    assert sorted(forth) == sorted([*across, *up, ((3, 0), (3, 1))]) and back == []
    assert [words(ax).count(name) for name in names] == [3, 3, 1]
    assert {"$h_{0}$\n0", "$h_{1}$\n0.762", "$x_{3}$\n−1", "$y_{3}$\n0.5"} < {
        *words(ax)
    }


def test_without_a_state_before_the_first_step_the_states_begin_at_1(ax):
    figures.recurrent.unrolled([1, 0], [0.5, 0.2], weights=(2, -0.5), ax=ax)
    assert {"$h_{1}$\n0.5", "$h_{2}$\n0.2"} < {*words(ax)}
    assert [words(ax).count(name) for name in ("2", "−0.5")] == [2, 1]


def test_blame_flows_from_the_last_step_to_the_first_beside_its_numbers(ax):
    figures.recurrent.unrolled([1, 0, 0], [1, 1, 1], blame=[-0.25, 0.5, 1], ax=ax)
    _, back = arrows(ax)
    assert sorted(back) == [((2, 0), (1, 0)), ((3, 0), (2, 0))]
    spots = {text.get_text(): text.xy for text in ax.texts if hasattr(text, "xy")}
    assert [spots[number] for number in ("−0.25", "0.5", "1")] == [
        (1, 0),
        (2, 0),
        (3, 0),
    ]
    assert "red, dashed: the blame flows back" in words(ax), "a key to the colour"


def test_the_sawtooth_shows_the_means_the_seeds_and_marks_every_third(ax):
    errors = np.array([[0.2, 0.3, 0.1], [0.4, 0.3, 0.0]])
    figures.recurrent.sawtooth(errors, ax)
    assert np.allclose([bar.get_height() for bar in ax.patches], [0.3, 0.3, 0.05] * 3)
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, False, True] * 3
    for k, seeds in enumerate(ax.collections):
        assert np.allclose(seeds.get_offsets()[:, 1], errors[:, k % 3])


@pytest.mark.parametrize("starts", [[0, 2], [True, False, True, False]])
def test_the_letters_that_begin_a_word_are_hatched_and_bold(starts, ax):
    figures.recurrent.letters("abcd", [np.nan, 1, 3, 2], starts, ax)
    bars = {bar.get_x() + 0.4: bar for bar in ax.patches}
    assert [bars[k].get_height() for k in (1, 2, 3)] == [1, 3, 2]
    assert [bool(bars[k].get_hatch()) for k in range(4)] == [True, False, True, False]
    shown = ax.get_xticklabels()
    assert [t.get_text() for t in shown] == [*"abcd"]
    assert [t.get_weight() == "bold" for t in shown] == [True, False, True, False]
    assert "a word begins" in words(ax)[0], "a key to the hatching"


def test_paths_run_in_lanes_of_one_scale_with_their_names(ax):
    states = np.array([[0, 2.5, -1], [1, -1, 0.5]])
    figures.recurrent.paths(states, ax, ["a", "b", "c"])
    zeros, lines = ax.lines[::2], ax.lines[1::2]
    middles = np.array([zero.get_ydata()[0] for zero in zeros])
    found = np.array([line.get_ydata() for line in lines]).T - middles
    assert np.allclose(found, states)
    assert np.diff(middles).max() < -2 * 2.5, "no lane reaches into the next"
    assert words(ax) == ["a", "b", "c"] and [text.xy[1] for text in ax.texts] == [
        *middles
    ]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["−3", "3"] * 3
    ticks = np.reshape(ax.get_yticks(), (3, 2)) - middles[:, None]
    assert np.allclose(ticks, [-3, 3])


# -- lesson 12 -----------------------------------------------------------------

CELLS = {
    "lstm": (figures.gates.LSTM, ["f", "i", "g", "o"], ["c_new", "h_new"]),
    "gru": (figures.gates.GRU, ["z", "r", "n"], ["h_new"]),
}


def into(ax, place):
    """Where the arrows come from that end at a place, or in the box there."""
    forth, back = arrows(ax)
    assert back == []
    x, y = place
    return [start for start, end in forth if end[1] == y and abs(end[0] - x) < 0.3]


@pytest.mark.parametrize("name", CELLS)
def test_in_a_cell_every_operation_takes_two_values_and_every_result_is_one(name, ax):
    places, gates, results = CELLS[name]
    getattr(figures.gates, name)(ax)
    for key, (x, y, symbol) in places.items():
        n = len(into(ax, (x, y)))
        if symbol in "×+":
            assert n == 2, key
        elif key in gates:
            assert n == (2 if name == "gru" else 1), key  # LSTM: both on one line
        else:
            assert n == (key in results), key


def test_the_cell_is_multiplied_by_f_then_added_to_and_ends_in_tanh_times_o(ax):
    figures.gates.lstm(ax)
    at = {key: place[:2] for key, place in figures.gates.LSTM.items()}
    assert {*into(ax, at["fc"])} == {at["c"], at["f"]}
    assert {*into(ax, at["+"])} == {at["fc"], at["ig"]}
    assert {*into(ax, at["ig"])} == {at["i"], at["g"]}
    assert into(ax, at["c_new"]) == [at["+"]]
    assert {*into(ax, at["oc"])} == {at["o"], (at["oc"][0], at["c_new"][1])}
    assert into(ax, at["h_new"]) == [at["oc"]]
    assert [words(ax).count(w) for w in ("σ", "tanh")] == [3, 2]


def test_the_gru_resets_the_state_before_it_makes_the_candidate(ax):
    figures.gates.gru(ax)
    at = {key: place[:2] for key, place in figures.gates.GRU.items()}
    assert {*into(ax, at["zh"])} == {at["h"], at["z"]}
    assert {*into(ax, at["+"])} == {at["zh"], at["zn"]}
    assert at["n"] in into(ax, at["zn"]) and "$1 - z$" in words(ax)
    assert at["r"] in into(ax, at["rh"]) and at["rh"] in into(ax, at["n"])
    assert [words(ax).count(w) for w in ("σ", "tanh")] == [2, 1]


@pytest.mark.parametrize("name", CELLS)
def test_the_numbers_of_a_cell_stand_beside_their_symbols_and_no_others(name, ax):
    places, gates, results = CELLS[name]
    given = dict.fromkeys([gates[0], "x", results[-1]], -0.76159)
    getattr(figures.gates, name)(ax, given)
    shown = [text for text in words(ax) if "−0.762" in text]
    symbols = {f"${places[key][2]}$" for key in given}
    assert len(shown) == 3
    assert {symbol for symbol in symbols for text in shown if symbol in text} == symbols


def test_blame_is_named_where_it_arrives_and_no_name_lies_on_another(ax):
    near = {"a": [1e-5, 1e-2, 1], "b": [1.1e-5, 1e-3, 1], "c": [1.2e-5, 1e-1, 1]}
    figures.gates.blame(near | {"d": [1e-9, 1e-4, 1]}, ax)
    assert ax.get_yscale() == "log" and words(ax) == [*"abcd"]
    assert {text.xy[0] for text in ax.texts} == {0}
    heights = np.log10([text.xy[1] for text in ax.texts])
    assert np.diff(np.sort(heights)).min() > 0.07 * np.ptp(np.log10(ax.get_ylim()))
    assert heights[3] == pytest.approx(-9) and heights[:3].mean() == pytest.approx(
        np.log10([1e-5, 1.1e-5, 1.2e-5]).mean()
    )
    assert len({line.get_linestyle() for line in ax.lines}) == 4
    assert [text.get_color() for text in ax.texts] == [x.get_color() for x in ax.lines]


def test_blame_of_zero_has_no_place_on_a_logarithmic_axis(ax):
    figures.gates.blame({"a": [0, 0.1, 1]}, ax)
    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [True, False, False]
    assert ax.texts[0].xy == (0, pytest.approx(0.1))


def test_a_gates_dot_is_as_full_as_the_gate_is_open(ax):
    i, f = np.array([1, 0, 0]), np.array([0.9, 0.5, 1])
    figures.gates.carry([1, 0.9, 0.45], [0, 0, 0.4], {"i": i, "f": f}, ax=ax)
    rows = dict(zip(("i", "f"), ax.get_yticks()[-2:], strict=True))
    assert [t.get_text() for t in ax.get_yticklabels()][-2:] == ["gate i", "gate f"]
    full = {}
    for dot in ax.collections:
        if len(dot.get_offsets()) == 1:  # the rims of a row are one collection
            (outline,) = dot.get_paths()[0].to_polygons()
            x, y = 2 * outline.T  # a marker's radius is a half
            area = abs(np.sum(x[1:] * y[:-1] - x[:-1] * y[1:])) / 2
            full[tuple(dot.get_offsets()[0])] = area / np.pi
    for name, values in {"i": i, "f": f}.items():
        found = [full.get((t, rows[name]), 0) for t in range(3)]
        assert np.allclose(found, values, atol=0.02)
    assert "● open\n○ shut" in words(ax), "a key to the dots"


def test_the_cell_and_the_output_are_named_lines_and_the_inputs_bars(ax):
    c, h, x = [2.4, -1, 0.1], [0, 0, 0.1], [1, -1, 0.5]
    figures.gates.carry(c, h, {"o": [0, 0, 1]}, x, ax)
    _, cell, output = ax.lines
    assert list(cell.get_ydata()) == c and list(output.get_ydata()) == h
    assert cell.get_linestyle() != output.get_linestyle()
    assert [bar.get_height() for bar in ax.patches] == x
    names = {text.get_text(): text for text in ax.texts}
    assert names["cell c"].get_color() == cell.get_color()
    assert names["output h"].get_color() == output.get_color()
    apart = names["cell c"].xy[1] - names["output h"].xy[1]
    assert abs(apart) > 0.05 * np.ptp(ax.get_ylim()) and "bars: input x" in names
    assert [t.get_text() for t in ax.get_yticklabels()][:3] == ["−3", "0", "3"]


def walks(ax):
    """{state: {letter: next state}} of the graph: each letter stands on its arrow."""
    letters = {
        tuple(np.round(t.xy, 6)): t.get_text() for t in ax.texts if hasattr(t, "xy")
    }
    steps = {}
    for start, end in arrows(ax)[0]:
        letter = letters[tuple(np.round(np.mean([start, end], 0), 6))]
        steps.setdefault(start, {})[letter] = end
    for state in steps:  # the letter of a loop is anchored at its state
        if letters.get(state):
            steps[state][letters[state]] = state
    return steps


def test_the_graph_makes_the_strings_of_the_embedded_reber_grammar_and_no_others(ax):
    figures.gates.reber(ax)
    steps = walks(ax)
    start, end = (0, 0), (10, 0)

    def made(string):
        state = start
        for letter in string:
            state = steps.get(state, {}).get(letter)
        return state == end

    inner = "BTXSE BPVVE BTSSXSE BTXXVVE BPTVPXTTVVE BPVPSE BTSXXVPXVPSE".split()
    assert all(made(f"BT{string}TE") for string in inner)
    wrong = "BTXVE BPVSE BTPE BXSE BTXS BPTTVE BTXPE".split()
    assert not any(made(f"BT{string}TE") for string in wrong)
    assert not any(made(f"BT{string}PE") for string in inner)
    lower = [tuple(place) for place in figures.strings.SAME]
    assert [steps[(1, 0)]["P"], steps[lower[1]]] == [lower[0], {"P": (9, 0)}]
    assert "the same graph" in words(ax)


def squares(ax):
    """The number of bits and the colour of each square, and the letters upon them."""
    *rows, _, _, _, _, _ = ax.collections  # but the key
    bits = np.concatenate([row.get_array().filled(np.nan).ravel() for row in rows])
    letters = [t for t in ax.texts if t.get_family() == ["monospace"]]
    return rows, bits, letters[: len(bits)]


def test_each_letter_stands_on_a_square_the_darker_the_more_bits_it_took(ax):
    text = "The net is sure of some letters\nand of others not at all. " * 3
    bits = np.r_[np.nan, np.linspace(0, 9, len(text) - 1)]
    figures.gates.surprise(text, bits, ax)
    rows, found, letters = squares(ax)
    assert np.array_equal(found, bits, equal_nan=True)
    assert "".join(t.get_text() for t in letters) == text.replace("\n", "↵")
    assert len(rows) == 3 and max(row.get_array().size for row in rows) <= 60
    light = [XYZ[1] @ linear(rows[0].cmap(rows[0].norm(b))[:3]) for b in bits[1:]]
    assert (np.diff(light) <= 0).all() and light[0] - light[-1] > 0.5
    for letter, luminance in zip(letters[1:], light, strict=True):
        ink = XYZ[1] @ linear(letter.get_color())
        high, low = max(ink, luminance), min(ink, luminance)
        assert (high + 0.05) / (low + 0.05) > 4.5, "it can be read on its square"


def test_the_key_of_surprise_has_the_shades_of_its_numbers(ax):
    figures.gates.surprise("abc", [0.5, 9, 3], ax)
    letters, *key = ax.collections
    assert [float(square.get_array()[0, 0]) for square in key] == [0, 3, 6, 9, 12]
    assert words(ax)[3] == "bits"
    assert [w for w in words(ax)[4:] if w.strip()] == ["0", "3", "6", "9", "12"]
    assert {square.get_clim() for square in (letters, *key)} == {(0, 12)}


def test_a_text_too_long_for_four_lines_is_refused(ax):
    figures.gates.surprise("a" * 240, np.ones(240), ax)
    with pytest.raises(ValueError, match="takes 5 lines; expected 4 lines of 60"):
        figures.gates.surprise("a" * 241, np.ones(241), ax)


# -- lesson 14 -----------------------------------------------------------------


def test_a_chance_is_one_half_without_a_gap_and_steeper_when_colder(ax):
    figures.noise.chance(ax, temperatures=(4, 0, 1))
    gap = ax.lines[0].get_xdata()
    cold, warm, hot = (line.get_ydata() for line in ax.lines[:3])
    assert np.array_equal(cold, np.heaviside(gap, 0.5))
    assert np.allclose(warm, 1 / (1 + np.exp(-gap)))
    assert np.allclose(hot, 1 / (1 + np.exp(-gap / 4)))
    assert words(ax) == ["$T$ = 0", "$T$ = 1", "$T$ = 4"]


def test_names_of_chances_that_end_together_are_moved_apart(ax):
    figures.noise.chance(ax, temperatures=(0, 0.1, 0.2, 5))
    heights = [text.xy[1] for text in ax.texts]
    assert np.diff(heights).max() < -0.06 and heights[0] == 1
    assert np.isclose(heights[3], ax.lines[3].get_ydata()[-1]), "no crowd, no shift"
    assert len({line.get_linestyle() for line in ax.lines[:4]}) == 4


def test_levels_stand_at_their_energies_and_states_in_their_order(ax):
    E, p = np.array([0, 1, 1.5, -2]), np.array([0.125, 0.25, 0.0625, 0.5625])
    figures.noise.levels(E, p, ax, ["a", "b"])
    order = [3, 0, 1, 2]
    lines = ax.lines[::2]
    heights = [line.get_ydata()[0] for line in lines]
    assert np.allclose(np.diff(heights) / np.diff(E[order]), 3 / 3.5)
    table = [[0, 0], [0, 1], [1, 0], [1, 1]]
    filled = [
        [to_hex(face) == "#000000" for face in squares.get_facecolor()]
        for squares in ax.collections
    ]
    assert np.array_equal(filled, np.array(table)[order] == 1)
    rows = [squares.get_offsets()[0, 1] for squares in ax.collections]
    assert rows == [0, 1, 2, 3], "the lowest at the bottom"
    lengths = [bar.get_width() for bar in ax.patches]
    assert np.allclose(np.array(lengths) / lengths[0], p[order] / p[3])
    said = ["−2", "0.562", "0", "0.125", "1", "0.250", "1.5", "0.062"]
    assert words(ax) == [*said, "a", "b", "energy", "probability"]


def test_a_machine_joins_connected_pairs_solid_above_0_and_dashed_below(ax):
    W = np.zeros((4, 4))
    for (i, j), w in {(0, 2): 2, (0, 3): -1, (1, 3): 0.5}.items():
        W[i, j] = W[j, i] = w
    figures.noise.machine(2, 2, ax, W)
    at = [tuple(unit.get_offsets()[0]) for unit in ax.collections]
    assert [y for _, y in at] == [0, 0, 1, 1]
    ends = [np.array(line.get_data())[:, [0, -1]].T for line in ax.lines]
    assert np.allclose(ends, [[at[0], at[2]], [at[0], at[3]], [at[1], at[3]]])
    solid = [line.get_linestyle() == "-" for line in ax.lines]
    assert solid == [True, False, True]
    widths = [line.get_linewidth() for line in ax.lines]
    assert widths == [4, 2.5, 1.75]
    named = ["$v_0$", "$v_1$", "$h_0$", "$h_1$", "visible", "hidden"]
    assert words(ax) == ["2", "−1", "0.5", *named]
    assert "dashed: below 0" in ax.get_xlabel(), "a key to the dashes"


@pytest.mark.parametrize("V, H", [(4, 0), (2, 4), (8, 2)])
def test_a_connection_passes_no_unit_but_its_own_two(V, H, ax):
    figures.noise.machine(V, H, ax)
    n = V + H
    at = np.concatenate([unit.get_offsets() for unit in ax.collections])
    assert len(ax.lines) == n * (n - 1) / 2
    for x, y in (line.get_data() for line in ax.lines):
        near = np.hypot(at[:, :1] - x, at[:, 1:] - y).min(axis=1)
        assert np.allclose(np.sort(near)[:2], 0) and np.sort(near)[2] > 0.2
        assert (y > ax.get_ylim()[0]).all() and (y < ax.get_ylim()[1]).all()


def test_exact_probabilities_are_empty_bars_and_samples_marks_of_different_shape(ax):
    exact, a, b = np.array([[0.1, 0.2, 0.3, 0.4], [0, 0.3, 0.3, 0.4], [0.25] * 4])
    figures.noise.bars(exact, {"a": a, "b": b}, ax)
    assert [bar.get_height() for bar in ax.patches] == [*exact]
    assert {to_hex(bar.get_facecolor()) for bar in ax.patches} == {"#ffffff"}
    assert [[*line.get_ydata()] for line in ax.lines] == [[*a], [*b]]
    assert len({line.get_marker() for line in ax.lines}) == 2
    for line in ax.lines:
        assert np.array_equal(np.round(line.get_xdata()), range(4)), "in its bar"
    ticks = [text.get_text() for text in ax.get_xticklabels()]
    assert ticks == ["00", "01", "10", "11"]
    key = ax.get_legend().get_texts()
    assert [text.get_text() for text in key] == ["exact", "a", "b"]


@pytest.mark.parametrize("s, n", [([1, -1, 1, -1], 0), ([1, 1, -1], 1), ([1] * 5, 5)])
def test_a_cross_marks_each_bond_of_the_ring_whose_two_are_alike(s, n, ax):
    figures.noise.ring(s, ax)
    crosses = [line for line in ax.lines if line.get_marker() == "x"]
    assert len(crosses) == n and f"bonds: {n}" in words(ax)[-1]
    assert words(ax)[:-1] == ["+" if spin > 0 else "−" for spin in s]
    bonds = [line for line in ax.lines if line.get_marker() != "x"]
    assert len(bonds) == len(s), "the last is joined to the first"
    pairs = zip(ax.collections, s, strict=True)
    spins = {tuple(c.get_offsets()[0]): spin for c, spin in pairs}
    crossed = {tuple(cross.get_xydata()[0]) for cross in crosses}
    for bond in bonds:
        a, b = bond.get_xydata()
        alike = spins[tuple(a)] == spins[tuple(b)]
        assert (tuple((a + b) / 2) in crossed) == alike


def test_patterns_that_share_a_code_stand_side_by_side_with_thick_rims(ax):
    figures.noise.codes([[0, 0], [0, 0.04], [1, 0], [1, 1]], ax)
    at = np.concatenate([mark.get_offsets() for mark in ax.collections])
    thick = [mark.get_linewidth()[0] > 2 for mark in ax.collections]
    assert thick == [True, True, False, False]
    assert np.allclose(at[2:], [[1, 0], [1, 1]]), "alone, it stands where it is"
    assert np.isclose(at[1, 0] - at[0, 0], 0.2) and np.allclose(
        at[:2].mean(0), [0, 0.02]
    )
    assert words(ax) == ["0", "1", "2", "3"]


def test_edges_between_the_sides_are_thick_and_counted(ax):
    A = np.zeros((4, 4))
    for i, j in [(0, 1), (1, 2), (2, 3), (0, 2)]:
        A[i, j] = A[j, i] = 1
    figures.noise.cut(A, [1, 0, 0, 1], ax)
    widths = [line.get_linewidth() for line in ax.lines]
    assert widths == [2, 2, 1, 2], "in order 01 02 12 23"
    faces = [to_hex(face) for face in ax.collections[0].get_facecolor()]
    assert faces == ["#000000", "#ffffff", "#ffffff", "#000000"]
    assert words(ax) == ["thick: cut, 3 of 4 edges"]


# -- lesson 13 -----------------------------------------------------------------


def test_a_net_shows_each_unit_and_each_weight_by_sign_and_size(ax):
    W = np.array([[0, 2, -1], [2, 0, 0], [-1, 0, 0]])
    figures.valley.net([1, -1, 1], W, ax, {1: "field 2"})
    assert [line.get_linestyle() for line in ax.lines] == ["-", "--"]
    assert np.subtract(*[line.get_linewidth() for line in ax.lines]) == 1.25
    assert words(ax)[:8] == ["2", "−1", "0", "", "1", "field 2", "2", ""]
    faces = [to_hex(unit.get_facecolor()[0]) for unit in ax.collections]
    assert faces == ["#000000", "#ffffff", "#000000"]
    figures.valley.net([1] * 6, np.full((6, 6), 7), ax)
    assert "7" not in words(ax), "15 numbers are too many"


@pytest.mark.parametrize("start", [None, [1, -1, -1, -1]])
def test_a_landscape_holds_every_state_at_its_energy_and_every_flip_downhill(start, ax):
    figures.valley.landscape(PULLS, ax, start)
    *pixels, rims = ax.collections
    x, E = rims.get_offsets().T
    states = np.array([p.get_facecolor()[:, 0] for p in pixels]).T  # black is +1
    states = np.broadcast_to(1 - 2 * states, (16, 4))
    assert len(np.unique(states, axis=0)) == 16
    assert np.allclose(E, -0.5 * np.einsum("si,ij,sj->s", states, PULLS, states))
    assert len({*zip(x, E, strict=True)}) == 16, "no two in one place"
    stable = (states * (states @ PULLS) >= 0).all(axis=1)
    assert ((np.array(rims.get_linewidths()) > 3) == stable).all() and stable.sum() == 2
    assert len(ax.texts) == 32, "24 flips from the ridge and 8 into the valleys"
    assert all(arrow.xyann[1] > arrow.xy[1] for arrow in ax.texts)
    black = [a.arrow_patch.get_edgecolor()[0] == 0 for a in ax.texts]
    assert sum(black) == (0 if start is None else 1)


def test_on_a_plain_every_state_is_stable_and_no_two_lie_on_one_another(ax):
    figures.valley.landscape(np.zeros((3, 3)), ax)
    rims = ax.collections[-1]
    assert min(rims.get_linewidths()) > 3 and len(ax.texts) == 0
    assert len(np.unique(rims.get_offsets(), axis=0)) == 8


def test_a_landscape_of_more_than_four_units_is_refused(ax):
    with pytest.raises(ValueError, match="32 states of 5 units"):
        figures.valley.landscape(np.eye(5), ax)


def test_the_tail_of_crosstalk_is_hatched_below_zero_and_named(ax):
    figures.valley.crosstalk([0.1, 0.3], ax)
    for line, tail, load in zip(ax.lines, ax.collections, (0.1, 0.3), strict=False):
        x, density = line.get_data()
        assert np.isclose(np.trapezoid(density, x), 1, atol=1e-3)
        assert np.isclose(np.trapezoid(density * (x - 1) ** 2, x), load, rtol=1e-2)
        assert tail.get_paths()[0].vertices[:, 0].max() == 0
    assert words(ax) == ["load 0.1: 0.078 % flipped", "load 0.3: 3.4 % flipped"]
    hatches = {tail.get_hatch() for tail in ax.collections}
    assert len(hatches) == 2, "colour never alone"


def test_lines_of_the_cliff_are_named_apart_and_the_limit_stands_between(ax):
    loads = [0.1, 0.138, 0.2]
    figures.valley.cliff({"a": (loads, [0, 0, 1]), "b": (loads, [0, 0.5, 1])}, ax)
    assert {*ax.lines[2].get_xdata()} == {0.138}
    assert words(ax) == ["0.138", "● a", "■ b"]
    assert [line.get_marker() for line in ax.lines[:2]] == ["o", "s"]
    (_, low), (_, high) = (text.xy for text in ax.texts[1:])
    assert high - low > 0.08 and high <= ax.get_ylim()[1]


def test_wrong_pixels_are_crossed_out_and_unknown_ones_are_grey():
    truth = np.where(np.arange(100) < 50, 1, -1)
    half, wrong = np.where(truth > 0, 1, 0), truth.copy()
    wrong[[3, 47]] *= -1
    half[12] = -1
    left, right = figures.valley.healing([half, wrong], ["half", "wrong"], truth)
    assert left.collections[0].get_offsets().tolist() == [[2, 1]], "grey is not wrong"
    assert right.collections[0].get_offsets().tolist() == [[3, 0], [7, 4]]
    image = left.images[0]
    grey = image.cmap(image.norm(image.get_array()[9, 9]))
    assert 0.4 < grey[0] < 0.6


def drawn_lines(ax):
    """Each line drawn as a pair of its ends."""
    return {tuple(map(tuple, np.round(line.get_xydata(), 2))) for line in ax.lines}


def test_where_a_line_of_the_cube_does_not_go_through_it_has_a_gap_there(ax):
    whole = drawn_lines(figures.valley.cube())
    assert len(whole) == 12
    for unit, (j, k) in enumerate(figures.valley.LINES):
        through = [1, 1, 1, 1]
        through[unit] = 0
        broken = drawn_lines(figures.valley.cube(through=through))
        ends = tuple(map(tuple, figures.valley.CORNERS[[j, k]]))
        assert whole - broken == {ends} and len(broken - whole) == 2
        x, y = figures.valley.CROSSINGS[unit // 2]
        for piece in broken - whole:
            near = np.abs(np.subtract(piece, [x, y])).sum(axis=1).min()
            assert 0.05 < near < 0.1


def test_the_two_lines_of_a_crossing_cross_there_and_no_others_do():
    corners, crossings = figures.valley.CORNERS, []
    for (a, b), (c, d) in combinations(figures.valley.EDGES, 2):
        if {a, b} & {c, d}:
            continue
        sides = np.column_stack([corners[b] - corners[a], corners[c] - corners[d]])
        if np.linalg.matrix_rank(sides) == 2:
            t = np.linalg.solve(sides, corners[c] - corners[a])
            if (t > 0).all() and (t < 1).all():
                crossings.append(((a, b), (c, d)))
                place = corners[a] + t[0] * (corners[b] - corners[a])
                assert np.isclose(place, figures.valley.CROSSINGS).all(axis=1).any()
    lines = figures.valley.LINES
    assert crossings == [tuple(lines[:2]), tuple(lines[2:])]


def test_a_number_of_the_cube_lies_on_no_line(ax):
    figures.valley.cube(ax, numbers=True)
    places = {text.get_text(): np.array(text.get_position()) for text in ax.texts}
    assert [*places] == [*map(str, range(10))]
    ends = np.array([line.get_xydata() for line in ax.lines])  # (12, 2, 2)
    for place in places.values():
        along = ends[:, 1] - ends[:, 0]
        t = ((place - ends[:, 0]) * along).sum(axis=1) / (along**2).sum(axis=1)
        nearest = ends[:, 0] + np.clip(t, 0, 1)[:, None] * along
        assert np.linalg.norm(place - nearest, axis=1).min() > 0.06


def test_corners_in_front_are_filled(ax):
    figures.valley.cube(ax, corners=[1] * 4 + [-1] * 4)
    faces = [to_hex(face) for face in ax.collections[0].get_facecolor()]
    assert faces == ["#000000"] * 4 + ["#ffffff"] * 4
    assert words(ax) == ["● in front   ○ behind"]


# -- lesson 15 -----------------------------------------------------------------


def shown_image(ax, row, column, side):
    """The pixels of one image of a grid of images."""
    top, left = (side + 1) * row, (side + 1) * column
    table = np.ma.filled(ax.images[0].get_array(), np.nan)
    return table[top : top + side, left : left + side].ravel()


@pytest.mark.parametrize("side", [4, 8])
def test_digits_are_one_picture_with_a_gap_between_any_two(side, ax, rng):
    rows = rng.random((3, 5, side**2))
    figures.halves.digits(rows, ax, ["a", "b", "c"])
    (picture,) = ax.images
    for row, column in np.ndindex(3, 5):
        assert np.array_equal(shown_image(ax, row, column, side), rows[row, column])
    table = np.ma.getmaskarray(picture.get_array())
    assert table.sum() == table.size - rows.size
    assert table[side :: side + 1].all() and table[:, side :: side + 1].all()
    ink = [to_hex(colour) for colour in picture.cmap(picture.norm([0, 1]))]
    assert ink == ["#ffffff", "#000000"] and picture.get_clim() == (0, 1)
    ticks = dict(zip(ax.get_yticks(), ax.get_yticklabels(), strict=True))
    middle = (side - 1) / 2
    for place, (y, text) in enumerate(ticks.items()):
        assert text.get_text() == "abc"[place]
        assert abs(y - (side + 1) * place - middle) <= 0.5, "beside its row"


def test_an_erased_rectangle_is_framed_and_anything_else_dotted(ax):
    erased = np.zeros((8, 8), bool)
    erased[4:, 2:5] = True
    figures.halves.digits(np.zeros((2, 2, 64)), ax, erased=erased.ravel())
    frames = [frame.get_bbox().bounds for frame in ax.patches]
    corners = [(x + 1.5, y + 3.5) for y in (0, 9) for x in (0, 9)]
    assert frames == [(*corner, 3, 4) for corner in corners] and not offsets(ax)
    erased[0, 7] = True
    ax = figures.halves.digits(np.zeros((1, 2, 64)), erased=erased.ravel())
    first, second = (np.array(dots) for dots in offsets(ax))
    assert sorted(first @ [1, 8]) == [*np.flatnonzero(erased)]
    assert np.array_equal(second, first + [9, 0]) and not ax.patches
    whole = figures.halves.digits(np.zeros((1, 1, 64)), erased=np.zeros(64, bool))
    assert not whole.patches and not whole.collections, "nothing is erased"


def test_hidden_units_weights_have_one_scale_a_key_and_signs_where_large(ax, rng):
    W = np.round(rng.uniform(-2, 2, (16, 5)), 2)
    W[3, 4] = -2.5
    figures.halves.weights(W, ax, columns=3)
    (picture,) = ax.images
    assert picture.get_clim() == (-2.5, 2.5)
    found = [shown_image(ax, *divmod(unit, 3), 4) for unit in range(5)]
    assert np.array_equal(found, W.T)
    assert np.isnan(shown_image(ax, 1, 2, 4)).all(), "there is no sixth unit"
    zero, high, low = (picture.cmap(picture.norm(w)) for w in (0, 2, -2))
    assert min(zero[:3]) > 0.95 and high[0] > high[2] and low[2] > low[0]
    table = np.ma.filled(picture.get_array(), 0)
    for sign, marks in zip((1, -1), offsets(ax), strict=True):
        large = np.argwhere(sign * table > 2.5 / 3)[:, ::-1]
        assert np.array_equal(marks, large)
    plus, minus = (c.get_paths()[0].vertices for c in ax.collections)
    assert len(plus) != len(minus), "colour never alone"
    key = [text.get_text() for text in picture.colorbar.ax.get_yticklabels()]
    assert key == ["−2.5", "0", "+2.5"]


@pytest.mark.parametrize(
    "k, steps",
    [(1, "01"), (2, "012"), (3, "0123"), (10, ["0", "1", "10"])],
)
def test_the_chain_stops_after_k_steps_and_both_its_counted_pairs_are_shaded(
    k, steps, ax
):
    figures.halves.chain(ax, k)
    names = [f"${layer}^{{({step})}}$" for step in steps for layer in "vh"]
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert [name for name in places if name in names] == names
    for shade, step in zip(ax.lines, (0, k), strict=True):
        pair = [places[f"${layer}^{{({step})}}$"] for layer in "vh"]
        assert np.allclose(shade.get_xydata(), pair)
    assert {"+  the data", f"−  CD-{k}\nstops here", "exact:\nno end"} <= {*places}
    assert r"$v^{(\infty)}$" in places
    arrows = [text for text in ax.texts if text.get_text() == ""]
    (dashed,) = [a for a in arrows if a.arrow_patch.get_linestyle() == "--"]
    assert dashed.xy == places["$v^{(1)}$"], "PCD's chain goes on where it ended"
    assert places["$v$"] == dashed.xyann


# -- lesson 16 -----------------------------------------------------------------


def test_both_causes_point_down_at_what_they_bring_about(ax):
    figures.belief.causes(ax, {"quake": -10, "house": "p = ½"})
    quake, truck, house = (offsets(ax)[k][0] for k in range(3))
    assert quake[1] == truck[1] > house[1]
    arrows = [text for text in ax.texts if text.get_text() == ""]
    assert [[*arrow.xyann] for arrow in arrows] == [quake, truck]
    assert [[*arrow.xy] for arrow in arrows] == [house] * 2
    beside = {t.get_text(): [*t.xy] for t in ax.texts if hasattr(t, "xy")}
    assert beside["−10"] == quake and beside["p = ½"] == house
    assert {"quake", "truck", "house\njumps"} <= {*words(ax)}


def test_layers_of_a_stack_stand_one_above_the_other_joined_as_is_said(ax):
    figures.belief.stack(["up", "down", "both"], ax)
    boxes = [box.get_bbox() for box in ax.patches if isinstance(box, FancyBboxPatch)]
    assert len(boxes) == 4
    assert words(ax)[:4] == ["v", "h1", "h2", "h3"]
    up, down = (text for text in ax.texts if text.get_text() == "")
    assert np.allclose([up.xyann, up.xy], [(0, boxes[0].y1), (0, boxes[1].y0)])
    assert np.allclose([down.xyann, down.xy], [(0, boxes[2].y0), (0, boxes[1].y1)])
    for line in ax.lines:
        assert np.allclose(line.get_ydata(), [boxes[2].y1, boxes[3].y0])
    assert len(ax.lines) == 2, "a double line"


def test_a_stack_names_a_way_that_it_does_not_know():
    with pytest.raises(ValueError, match="'sideways'"):
        figures.belief.stack(["down", "sideways"])


def test_starts_show_every_run_its_mean_and_chance(ax):
    runs = np.array([[0.1, 0.5, 0.9], [0.1, 0.7, 0.8]])
    figures.belief.starts({"a": (range(3), runs), "b": (range(3), runs[:1])}, ax, 0.2)
    mean, *thin = ax.lines[:3]
    assert np.allclose(mean.get_ydata(), runs.mean(axis=0))
    assert np.array_equal([line.get_ydata() for line in thin], runs)
    assert {mean.get_color()} == {line.get_color() for line in thin}
    assert mean.get_linewidth() > 2 * thin[0].get_linewidth()
    assert mean.get_linestyle() != ax.lines[3].get_linestyle(), "colour never alone"
    assert [*ax.lines[-1].get_ydata()] == [0.2, 0.2]
    chance, low, high = ax.texts
    assert chance.get_text() == "chance" and chance.xy[1] == 0.2
    assert (low.get_text(), high.get_text()) == ("a", "b")
    assert high.xy[1] - low.xy[1] > 0.08, "no name lies on another"


def test_between_a_bound_and_what_is_exact_the_gap_is_shaded(ax):
    exact, under = [-3, -2, -1.0], [-3.5, -2.2, -1.1]
    figures.belief.bound([0, 10, 20], exact, under, ax)
    assert [[*line.get_ydata()] for line in ax.lines] == [exact, under]
    assert len({line.get_linestyle() for line in ax.lines}) == 2
    (gap,) = ax.collections
    corners = {tuple(corner) for corner in gap.get_paths()[0].vertices}
    assert {(10, -2), (10, -2.2), (20, -1), (20, -1.1)} <= corners
    assert words(ax) == ["bound", "exact"]
    assert ax.texts[0].xy[0] == 20


# -- lesson 17 -----------------------------------------------------------------


def test_the_narrowest_bar_of_an_hourglass_is_the_code_and_no_two_sizes_look_alike(ax):
    figures.squeeze.hourglass([64, 16, 4, 64], ax, kinds=["tanh", "linear", "σ"])
    bars = [bar for bar in ax.patches if hasattr(bar, "get_height")]
    heights = np.array([bar.get_height() for bar in bars])
    assert np.allclose(heights / heights[0], [1, 1 / 2, 1 / 4, 1]), "roots of the sizes"
    faces = [to_hex(bar.get_facecolor()) for bar in bars]
    assert [face != "#ffffff" for face in faces] == [False, False, True, False]
    places = {t.get_text(): t.get_position()[0] for t in ax.texts if t.get_text()}
    assert places["code $z$"] == 2 and places["16"] == 1
    assert (places["tanh"], places["linear"], places["σ"]) == (0.5, 1.5, 2.5)
    assert places["encoder"] == 1 and places["decoder"] == 2.5


def test_a_shadow_falls_at_right_angles_on_the_line_and_its_lengths_are_written(
    ax, rng
):
    points, m, v = rng.normal(size=(3, 2)), np.array([0.3, -0.2]), np.array([3, -4])
    figures.squeeze.shadow(points, m, v, ax)
    dots, *_ = offsets(ax)
    feet = np.array(offsets(ax)[1])
    assert np.allclose(dots, points)
    z, lost = (points - m) @ v / 5, np.linalg.norm(points - feet, axis=1)
    assert np.allclose((points - feet) @ v, 0) and np.allclose(
        feet, m + z[:, None] * v / 5
    )
    dashed = [line.get_xydata() for line in ax.lines if line.get_linestyle() == "--"]
    assert np.allclose(dashed, np.stack([points, feet], axis=1))
    assert {f"z = {plots.number(k)}" for k in z} <= {*words(ax)}
    assert f"lost: {plots.number(lost.max())}" in words(ax)
    arrow = next(text for text in ax.texts if text.get_text() == "")
    assert np.allclose(np.subtract(arrow.xy, arrow.xyann), v / 5), "of length 1"
    assert ax.get_aspect() == 1


def test_of_many_points_one_has_its_lengths_written(ax, rng):
    figures.squeeze.shadow(rng.normal(size=(30, 2)), [0, 0], [1, 0], ax)
    assert sum(word.startswith(("z =", "lost")) for word in words(ax)) == 2


def test_the_two_directions_stand_in_pcas_plane_with_the_angle_between_them(ax, rng):
    W = np.array([[2, 0.5], [0, 0.5]])
    figures.squeeze.two_axes(rng.normal(size=(50, 2)), W, ax)
    tips = np.array([text.xy for text in ax.texts if text.get_text() == ""])
    units = tips / np.linalg.norm(tips, axis=1, keepdims=True)
    assert np.allclose(units, [[1, 0], [0, 1], [1, 0], np.sqrt([0.5, 0.5])])
    assert "45° apart" in ax.get_xlabel()
    styles = [t.arrow_patch.get_linestyle() for t in ax.texts if t.get_text() == ""]
    assert styles == ["--"] * 2 + ["-"] * 2, "colour never alone"


def test_on_the_map_every_code_is_drawn_as_its_digit_and_marks_have_letters(ax, rng):
    z, y = rng.normal(size=(40, 2)), np.arange(40) % 10
    figures.squeeze.map(z, y, ax, marks=z[:2])
    *found, first, second = offsets(ax)
    assert all(np.array_equal(found[k], z[y == k]) for k in range(10))
    shapes = [c.get_paths()[0].vertices for c in ax.collections[:10]]
    pairs = combinations(shapes, 2)
    assert not any(a.shape == b.shape and np.allclose(a, b) for a, b in pairs)
    inks = {to_hex(c.get_facecolor()[0]) for c in ax.collections[:10]}
    assert len(inks) == 10 and max(map_light(ink) for ink in inks) < 0.5
    assert [*first, *second] == z[:2].tolist()
    assert {text.get_text(): [*text.xy] for text in ax.texts} == {
        "A": [*z[0]],
        "B": [*z[1]],
    }


def map_light(ink):
    """How light a colour looks in grey, 0 … 1."""
    return np.dot(to_rgb(ink), [0.299, 0.587, 0.114])


@pytest.mark.parametrize("n", [4, 5])
def test_the_manifold_has_the_picture_of_every_place_where_that_place_is(n, ax):
    asked = []

    def decode(z):
        asked.extend(z.tolist())
        return np.repeat((z[:, :1] + 10 * z[:, 1:] + 22) / 44, 9, axis=1)

    figures.squeeze.manifold(decode, ax, n, reach=2)
    (picture,), steps = ax.images, np.linspace(-2, 2, n)
    for row, column in np.ndindex(n, n):
        here = (steps[column] - 10 * steps[row] + 22) / 44
        assert np.allclose(shown_image(ax, row, column, 3), here), "upwards z2 grows"
    assert len(asked) == n * n and picture.get_clim() == (0, 1)
    x, y = (
        [t.get_text() for t in axis.get_ticklabels()] for axis in (ax.xaxis, ax.yaxis)
    )
    assert x == ["−2", *["0"] * (n % 2), "2"] and y == x[::-1]


@pytest.mark.parametrize("noise", [1.5, -0.8])
def test_a_sampled_code_stands_sigma_noise_from_mu_and_moves_by_one_and_by_noise(
    noise, ax
):
    figures.squeeze.sampling(0.5, 0.4, noise, ax)
    curve = ax.lines[0].get_xydata()
    assert np.allclose(curve[:, 1], np.exp(-(((curve[:, 0] - 0.5) / 0.4) ** 2) / 2))
    z = 0.5 + 0.4 * noise
    assert np.allclose(ax.lines[-1].get_xydata(), [[z, 0]])
    arrows = [text for text in ax.texts if text.get_text() == ""]
    moves = [arrow.xy[0] - arrow.xyann[0] for arrow in arrows]
    starts = [arrow.xyann[0] for arrow in arrows]
    assert np.isclose(abs(moves[0]), 0.4)
    assert np.allclose(moves[1:], [0.4 * noise, 0.2, 0.2 * noise])
    assert np.allclose(starts[1:], [0.5, z, z])
    assert f"z = {plots.number(z)}" in words(ax)
    slope = "+ 0.2 × 1.5" if noise > 0 else "− 0.2 × 0.8"
    assert f"σ + 0.2: z {slope}" in words(ax)


# -- lesson 18 -----------------------------------------------------------------


def test_the_forgers_slopes_come_through_the_detective_and_both_go_back_dashed(ax):
    figures.forger.two_nets(ax, ["z", "G", "G(z)", "x", "D", "D(x)"])
    places = {text.get_text(): np.array(text.get_position()) for text in ax.texts}
    heads = [t for t in ax.texts if t.get_text() == ""]
    forward, (detective, forger) = heads[:5], heads[5:]
    spots = np.array([*places.values()])

    def nearest(at):
        return [*places][np.linalg.norm(spots - at, axis=1).argmin()]

    found = [f"{nearest(arrow.xyann)} → {nearest(arrow.xy)}" for arrow in forward]
    assert found == ["z → G", "G → G(z)", "G(z) → D", "x → D", "D → D(x)"]
    assert abs(detective.xy[0] - places["D"][0]) < 0.5
    assert forger.xy[0] == places["G"][0]
    assert [line.get_linestyle() for line in ax.lines] == ["--"] * 2
    assert all(line.get_ydata().min() < 0 for line in ax.lines)


def test_the_detectives_answer_has_a_scale_of_its_own_from_0_to_1(ax):
    x, p, q, d = BELLS
    figures.forger.detective(x, p, q, d, ax, best=p)
    chance = next(other for other in ax.figure.axes if other is not ax)
    assert [[*line.get_ydata()] for line in ax.lines] == [[*p], [*q]]
    assert len({line.get_linestyle() for line in ax.lines}) == 2
    half, answer, best = chance.lines
    assert [*half.get_ydata()] == [0.5, 0.5]
    assert [*answer.get_ydata()] == [*d] and [*best.get_ydata()] == [*p]
    assert [t.get_text() for t in chance.get_yticklabels()] == ["0", "½", "1"]
    assert words(ax) == ["real $p$", "forged $q$"] and words(chance) == ["$D$", "$D^*$"]
    assert [text.xy for text in ax.texts] == [(3, 1), (1, 1)], "each at its peak"


@pytest.mark.parametrize("at", [0.01, 0.5])
def test_the_forgers_two_losses_have_the_slopes_that_are_written_beside_them(at, ax):
    figures.forger.losses(ax, at)
    lines = [line.get_xydata() for line in ax.lines]
    here = np.log(at / (1 - at))
    for (curve, tangent, dot), formula, slope in (
        (lines[:3], lambda D: np.log(1 - D), -at),
        (lines[3:6], lambda D: -np.log(D), at - 1),
    ):
        D = 1 / (1 + np.exp(-curve[:, 0]))
        assert np.allclose(curve[:, 1], formula(D))
        assert np.allclose(dot, [[here, formula(at)]])
        assert np.isclose(np.diff(tangent[:, 1]) / np.diff(tangent[:, 0]), slope)
        assert np.allclose(tangent.mean(axis=0), dot)
        assert f"slope {plots.number(slope)}" in words(ax)
    assert f"D = {at}" in words(ax)


def test_ways_around_the_centre_start_together_and_are_named_at_their_ends(ax):
    turn = np.linspace(0, 6, 60)
    way = np.column_stack([np.cos(turn), np.sin(turn)])
    grown = way * np.linspace(1, 2, 60)[:, None]
    figures.forger.spiral({"in turn": way, "together": grown, "still": way[:1]}, ax)
    (circle,) = ax.patches
    assert circle.radius == 1 and circle.get_linestyle() == "--"
    assert np.array_equal(ax.lines[1].get_xydata(), grown)
    assert len({line.get_linestyle() for line in ax.lines[:3]}) == 3
    names = {t.get_text(): t.xy for t in ax.texts if t.get_text()}
    assert np.array_equal(names["together"], grown[-1])
    assert np.array_equal(names["start"], way[0])
    heads = [t for t in ax.texts if t.get_text() == ""]
    assert len(heads) == 8
    assert all(np.cross([*h.xyann, 0], [*h.xy, 0])[2] > 0 for h in heads), "as it went"


def test_two_names_at_one_end_do_not_lie_on_one_another(ax):
    figures.forger.spiral({"a": PATH, "b": PATH + 1e-3}, ax)
    a, b = (t for t in ax.texts if t.get_text() in ("a", "b"))
    assert abs(a.xyann[1] - b.xyann[1]) > 12


def test_rings_show_every_sample_every_mode_and_its_share_if_asked(rng):
    centres = np.array([[2.0, 0], [-2, 0], [0, 2], [0, -2]])
    x = centres[[0] * 6 + [2] * 3] + rng.uniform(-0.1, 0.1, (9, 2))
    x = np.vstack([x, [[0.1, 0.1]]])
    axes = figures.forger.rings([x, centres], centres, titles=["a", "b"], shares=0.5)
    assert len(axes) == 2 and [ax.get_title("left") for ax in axes] == ["a", "b"]
    assert offsets(axes[0]) == [centres.tolist(), x.tolist()]
    assert words(axes[0]) == ["60 %", "0 %", "30 %", "0 %"]
    assert [text.xy for text in axes[0].texts] == [tuple(c) for c in centres]
    assert words(axes[1]) == ["25 %"] * 4
    assert {ax.get_aspect() for ax in axes} == {1}
    assert words(figures.forger.rings([x], centres)[0]) == []


LESSON_11, LESSON_12 = (
    ["lights", "taps", "loop", "unrolled", "paths"],
    ["lstm", "gru", "blame", "carry", "reber", "surprise"],
)

LESSON_13 = ["net", "landscape", "crosstalk", "cliff", "healing", "cube"]
LESSON_14 = ["chance", "levels", "machine", "noise.bars", "ring", "codes", "cut"]
LESSON_15 = ["digits", "halves.weights", "chain"]
LESSON_16 = ["causes", "belief.stack", "starts", "bound"]
LESSON_17 = ["hourglass", "shadow", "two_axes", "map", "manifold", "sampling"]
LESSON_18 = ["two_nets", "detective", "losses", "spiral", "rings"]
LATER = LESSON_13 + LESSON_14 + LESSON_15 + LESSON_16 + LESSON_17 + LESSON_18


@pytest.mark.parametrize("name", LESSON_11 + LESSON_12 + LATER)
def test_letters_in_figures_are_as_large_as_the_text(name):
    ax = np.ravel(DRAWINGS[name](None))[0]
    own = plt.rcParams["font.size"]
    key = ax.get_legend().get_texts() if ax.get_legend() else []
    assert {text.get_fontsize() for text in (ax.title, *ax.texts, *key)} == {own}
    assert ax.figure.get_figwidth() <= 9.5, "a page would make it smaller"


@pytest.mark.parametrize(
    "value, digits, words",
    [(-0.12345, ".3g", "−0.123"), (-0.0, ".3g", "0"), (2.0, "g", "2")],
)
def test_a_number_has_few_digits_a_true_minus_sign_and_none_before_0(
    value, digits, words
):
    assert plots.number(value, digits) == words
