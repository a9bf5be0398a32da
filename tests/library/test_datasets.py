"""The small data sets: their rules, and the article's own 500 images of stairs."""

import hashlib
import re
import tomllib

import numpy as np
import pytest
from setuptools import PEP420PackageFinder
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

from course_lib import datasets
from course_lib.classroom import ROOT
from course_lib.downloads import FILES
from course_lib.maths import log_loss, sigmoid

# -- made on the spot ----------------------------------------------------------


def test_the_truth_table_counts_in_binary():
    table = datasets.truth_table(3)
    assert ["".join(map(str, row)) for row in table] == [f"{i:03b}" for i in range(8)]


@pytest.mark.parametrize("size, n", [(1, 2), (2, 6), (3, 14), (4, 30)])
def test_bars_and_stripes_are_all_images_of_plain_rows_or_columns_each_once(size, n):
    images = datasets.bars_and_stripes(size)
    assert images.shape == (n, size**2)
    every = datasets.truth_table(size**2).reshape(-1, size, size)
    rows = (every == every[:, :, :1]).all(axis=(1, 2))
    columns = (every == every[:, :1]).all(axis=(1, 2))
    plain = every[rows | columns].reshape(-1, size**2)
    assert sorted(images.tolist()) == sorted(plain.tolist())


def test_the_six_printed_images_obey_the_rule():
    X, y = datasets.STAIRS_PRINTED[:, :4], datasets.STAIRS_PRINTED[:, 4]
    assert list(datasets.is_stairs(X)) == list(y)


@pytest.mark.parametrize(
    "image, stairs",
    [
        ([200, 5, 200, 200], 1),
        ([5, 200, 200, 200], 1),
        ([150, 10, 150, 150], 1),
        ([149, 10, 150, 150], 0),
        ([150, 11, 150, 150], 0),
        ([150, 10, 149, 150], 0),
        ([200, 200, 200, 200], 0),
        ([5, 5, 200, 200], 0),
        ([200, 200, 200, 5], 0),
    ],
)
def test_stairs_have_a_dark_bottom_and_one_dark_top_pixel(image, stairs):
    assert datasets.is_stairs(image) == stairs


@pytest.mark.parametrize("seed", range(5))
def test_stairs_are_half_stairs_and_labelled_by_the_rule(seed):
    X, y = datasets.stairs(2000, np.random.default_rng(seed))
    assert y.sum() == 1000
    assert (datasets.is_stairs(X) == y).all()
    assert X.shape == (2000, 4) and X.min() >= 0 and X.max() <= 255
    left = np.mean(X[y == 1, 0] > X[y == 1, 1])
    assert 0.4 < left < 0.6, "left and right stairs are equally likely"


@pytest.mark.parametrize("seed", range(5))
def test_light_stairs_are_half_light_stairs_and_a_third_of_the_rest_dark(seed):
    X, y = datasets.light_stairs(3000, np.random.default_rng(seed))
    assert y.sum() == 1500
    X_sorted = np.sort(X[y == 1], axis=1)
    assert (X_sorted[:, 0] <= 10).all() and (X[y == 1, :2].min(axis=1) <= 10).all()
    assert X_sorted[:, 1:].min() >= 60 and X_sorted[:, 1:].max() <= 120
    dark, white = datasets.is_stairs(X[y == 0]), X[y == 0].max(axis=1) <= 10
    assert 0.28 < dark.mean() < 0.39
    assert 0.28 < white.mean() < 0.39


@pytest.mark.parametrize("make", [datasets.stairs, datasets.light_stairs])
def test_the_same_rng_gives_the_same_images_and_another_gives_others(make):
    (X, y), (X_again, y_again), (X_other, _) = (
        make(100, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert (X == X_again).all() and (y == y_again).all()
    assert not (X == X_other).all()


@pytest.mark.parametrize("margin", [0.03, 0.3])
@pytest.mark.parametrize("seed", range(5))
def test_separable_points_keep_their_distance_from_the_plane(seed, margin):
    X, y, w = datasets.separable(50, 3, margin, np.random.default_rng(seed))
    assert X.shape == (50, 3) and set(y) == {-1, 1}
    assert np.allclose(np.linalg.norm(X, axis=1), 1) and np.isclose(w @ w, 1)
    assert (y * (X @ w)).min() >= margin


@pytest.mark.parametrize("margin", [-0.1, 0, 1])
def test_an_impossible_margin_is_refused(margin, rng):
    with pytest.raises(ValueError, match=f"margin must lie .* got {margin}"):
        datasets.separable(10, 2, margin, rng)


@pytest.mark.parametrize("n_modes, radius, spread", [(8, 2, 0.02), (3, 1, 0.2)])
def test_points_of_a_ring_lie_around_its_centres_each_as_often(
    n_modes, radius, spread, rng
):
    x, centres = datasets.ring_of_gaussians(9000, rng, n_modes, radius, spread)
    assert x.shape == (9000, 2) and centres.shape == (n_modes, 2)
    assert np.allclose(np.linalg.norm(centres, axis=1), radius)
    turns = np.unwrap(np.arctan2(centres[:, 1], centres[:, 0]))
    assert np.allclose(turns, 2 * np.pi * np.arange(n_modes) / n_modes)
    away = x[:, None] - centres
    mode = np.linalg.norm(away, axis=2).argmin(axis=1)
    shares = np.bincount(mode) / 9000
    assert len(shares) == n_modes and np.abs(shares - 1 / n_modes).max() < 0.02
    off = away[np.arange(9000), mode]
    assert np.abs(off.mean(axis=0)).max() < 0.05 * spread + 1e-9
    assert np.allclose(off.std(axis=0), spread, rtol=0.05)


@pytest.mark.parametrize(
    "how, message",
    [
        ({"n": 0}, "n must be above 0; got 0"),
        ({"n_modes": 0}, "n_modes must be above 0"),
        ({"radius": -2}, "radius must be above 0; got -2"),
        ({"spread": -1}, "spread is a standard deviation, 0 or more; got -1"),
    ],
)
def test_a_ring_that_cannot_be_is_refused(how, message, rng):
    with pytest.raises(ValueError, match=message):
        datasets.ring_of_gaussians(**{"n": 5, "rng": rng, **how})


# -- the article's own images --------------------------------------------------

SHA256 = {
    "train": "83ba06c45074a04f7a9cbd954fed63269eead91d02c562fdada92f8ea3c097fd",
    "test": "dddc37d4ecaf652b31aa77f31a151d738ba8977c03f2f2f88060896e3b966e68",
}


@pytest.fixture(scope="module")
def real(course_data):
    """Gorman's images: {"train": (X, y), "test": (X, y)}."""
    found = {}
    for name, sha256 in SHA256.items():
        path = course_data / "stairs" / f"{name}.csv"
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        table = np.loadtxt(path, delimiter=",", skiprows=1)
        found[name] = table[:, 1:5], table[:, 5].astype(int)
    return found


@pytest.fixture
def all_500(real):
    X, y = zip(*real.values(), strict=True)
    return np.concatenate(X), np.concatenate(y)


def test_our_rule_fits_all_500_real_images(all_500):
    X, y = all_500
    assert len(X) == 500
    assert (datasets.is_stairs(X) == y).all()


def test_the_six_printed_images_are_real(all_500):
    rows = {tuple(row) for row in np.column_stack(all_500)}
    assert {tuple(row) for row in datasets.STAIRS_PRINTED} <= rows


def right(model, X, y):
    w, b = model
    return np.mean((X @ w + b > 0) == y)


@pytest.mark.parametrize(
    "model, train, test",
    [
        (datasets.STAIRS_PERCEPTRON, 0.69, 0.68),
        (datasets.STAIRS_SIGMOID, 0.85, 0.83),
    ],
)
def test_the_articles_models_do_as_well_as_the_lesson_says(real, model, train, test):
    assert abs(right(model, *real["train"]) - train) < 0.015
    assert abs(right(model, *real["test"]) - test) < 0.015


def test_the_best_single_neuron_gets_about_87_in_100_right(real):
    X, y = real["train"]
    best = LogisticRegression(C=np.inf).fit(X / 255, y)
    assert 0.85 < best.score(X / 255, y) < 0.89
    X, y = real["test"]
    assert 0.80 < best.score(X / 255, y) < 0.86


def test_where_the_sigmoid_model_is_sure_fewer_than_9_in_10_are_stairs(real):
    w, b = datasets.STAIRS_SIGMOID
    for X, y in real.values():
        sure = sigmoid(X @ w + b) >= 0.99
        assert sure.sum() > 30
        assert y[sure].mean() < 0.9


def test_the_sigmoid_model_pays_more_than_who_says_one_half(real):
    w, b = datasets.STAIRS_SIGMOID
    for X, y in real.values():
        assert log_loss(X @ w + b, y)[0] > np.log(2)


def test_a_sigmoid_behind_the_perceptron_changes_no_decision(all_500):
    w, b = datasets.STAIRS_PERCEPTRON
    score = all_500[0] @ w + b
    assert ((sigmoid(score) > 0.5) == (score > 0)).all()


# -- cars ----------------------------------------------------------------------

CAR_SHA256 = "b703a9ac69f11e64ce8c223c0a40de4d2e9d769f7fb20be5f8f2e8a619893d83"


@pytest.fixture(scope="module")
def car_text():
    """The rebuilt cars, written as UCI writes them."""
    cars, y = datasets.car_evaluation()
    rows = zip(cars, np.array(datasets.CAR_CLASSES)[y], strict=True)
    return "".join(",".join([*car, name]) + "\n" for car, name in rows)


def test_four_small_tables_make_ucis_file_to_the_byte(car_text):
    assert hashlib.sha256(car_text.encode()).hexdigest() == CAR_SHA256


def test_the_rebuilt_cars_are_ucis(car_text, course_data):
    assert (course_data / "car" / "car.data").read_text() == car_text


def test_every_car_occurs_once_and_seven_in_ten_are_unacceptable():
    cars, y = datasets.car_evaluation()
    assert cars.shape == (1728, 6) and len(np.unique(cars, axis=0)) == 1728
    assert [*np.bincount(y)] == [1210, 384, 69, 65]
    for column, values in zip(cars.T, datasets.CAR_VALUES.values(), strict=True):
        assert set(column) == set(values)


def profiles(y, concept):
    """For each combination of a concept's attributes, the classes of all its cars."""
    if concept == "PRICE":
        return y.reshape(16, 108)
    if concept == "TECH":
        return y.reshape(16, 108).T
    return y.reshape(16, 36, 3).swapaxes(0, 1).reshape(36, 48)  # COMFORT


@pytest.mark.parametrize(
    "concept, n_levels", [("PRICE", 4), ("COMFORT", 3), ("TECH", 4)]
)
def test_two_combinations_have_one_level_where_all_their_cars_agree(concept, n_levels):
    rows = profiles(datasets.car_evaluation()[1], concept)
    level = profiles(datasets.car_levels()[concept], concept)[:, 0]
    assert len(np.unique(rows, axis=0)) == len(np.unique(level)) == n_levels
    for k in range(n_levels):
        assert len(np.unique(rows[level == k], axis=0)) == 1


def test_the_hard_limits_of_the_cars():
    cars, y = datasets.car_evaluation()
    assert not y[(cars[:, 3] == "2") | (cars[:, 5] == "low")].any()


# -- digits that move ----------------------------------------------------------


def blocks(n):
    """n images of 3x3, each filled with a number of its own, and labels."""
    return np.repeat(np.arange(1.0, n + 1), 9).reshape(n, 3, 3), np.arange(n)


def test_a_moved_digit_is_whole_and_on_an_empty_canvas():
    images, y = blocks(40)
    canvas, labels = datasets.translated_digits(images, y, 2, np.random.default_rng(0))
    assert canvas.shape == (80, 16, 16) and list(labels) == list(np.repeat(y, 2))
    for picture, label in zip(canvas, labels, strict=True):
        rows, columns = np.nonzero(picture)
        assert np.ptp(rows) == np.ptp(columns) == 2 and len(rows) == 9
        assert (picture[rows, columns] == label + 1).all()


def test_a_digit_lands_in_every_place_about_equally_often():
    images, y = blocks(1)
    canvas, _ = datasets.translated_digits(
        images, y, 9000, np.random.default_rng(1), size=5
    )
    corners = [tuple(np.argwhere(picture)[0]) for picture in canvas]
    counts = [corners.count((i, j)) for i in range(3) for j in range(3)]
    assert sum(counts) == 9000 and min(counts) > 850 and max(counts) < 1150


def test_moving_digits_changes_nothing_else():
    images, y = blocks(3)
    before = images.copy(), y.copy()
    one, other = (
        datasets.translated_digits(images, y, 1, np.random.default_rng(2))[0]
        for _ in range(2)
    )
    assert np.array_equal(one, other)
    assert np.array_equal(images, before[0]) and np.array_equal(y, before[1])
    same, _ = datasets.translated_digits(images, y, 1, np.random.default_rng(3), size=3)
    assert np.array_equal(same, images), "on a canvas of its size it has one place"


@pytest.mark.parametrize(
    "images, y, size",
    [
        (np.zeros((2, 64)), np.zeros(2), 16),
        (np.zeros((2, 8, 8)), np.zeros(3), 16),
        (np.zeros((2, 8, 8)), np.zeros(2), 7),
        (np.zeros((2, 8, 6)), np.zeros(2), 16),
    ],
)
def test_digits_that_cannot_be_placed_are_named_with_their_shapes(images, y, size):
    with pytest.raises(ValueError, match="images must have shape"):
        datasets.translated_digits(images, y, 1, np.random.default_rng(0), size)


def test_digits_are_those_of_scikit_learn_and_a_reader_cannot_spoil_them():
    X, y = load_digits(return_X_y=True)
    for _ in range(2):
        mine, labels = datasets.digits()
        assert np.array_equal(mine, X) and mine.dtype == X.dtype
        assert np.array_equal(labels, y) and labels.dtype == y.dtype
        mine[:], labels[:] = 0, 0


# -- text ------------------------------------------------------------------------


def test_the_prose_is_frozen():
    text = datasets.prose()
    sha256 = "b4f0f1ce083f5f227f94aa4999c387bee3638a81598ad742c2ffa11716bbf69b"
    assert hashlib.sha256(text.encode()).hexdigest() == sha256
    assert f"{len(text):,}" in datasets.prose.__doc__


def test_the_prose_is_plain_and_holds_neither_code_nor_equations_nor_addresses():
    text = datasets.prose()
    assert set(text) <= {chr(code) for code in range(32, 127)} | {"\n"}
    assert not set(text) & set("\\$`*_^{}[]<>=#|@~")
    assert "http" not in text and "doi:" not in text
    paragraphs = text.splitlines()
    assert len(paragraphs) == len(set(paragraphs)) > 900
    assert all(p == " ".join(p.split()) and len(p) >= 20 for p in paragraphs)


def test_a_wheel_carries_the_prose():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    find = project["packages"]["find"]
    packages = PEP420PackageFinder.find(str(ROOT), include=find["include"])
    assert "course_lib.texts" in packages, "a folder of data is one too"
    assert "*.txt" in project["package-data"]["*"]


# -- sequences -------------------------------------------------------------------


@pytest.mark.parametrize("marks", [1, 2])
@pytest.mark.parametrize("T", [2, 3, 60])
def test_the_marked_numbers_add_up(T, marks, rng):
    x, y = datasets.adding(4000, T, rng, marks)
    numbers, marked = x[:, :, 0], x[:, :, 1]
    assert x.shape == (4000, T, 2) and y.shape == (4000, 1)
    assert numbers.min() >= 0 and numbers.max() < 1 and set(marked.ravel()) <= {0, 1}
    halves = marked[:, : T // 2].sum(axis=1), marked[:, T // 2 :].sum(axis=1)
    assert (halves[0] == 1).all() and (halves[1] == marks - 1).all()
    sums = [row[mark == 1].sum() for row, mark in zip(numbers, marked, strict=True)]
    assert np.allclose(sums, y[:, 0])
    reached = T if marks == 2 else T // 2
    assert (marked.mean(axis=0)[:reached] > 0).all(), "every step is marked at times"
    assert np.isclose(np.mean((y - marks / 2) ** 2), marks / 12, atol=0.015)


def test_a_sequence_without_two_halves_and_three_marks_are_refused(rng):
    with pytest.raises(ValueError, match="T must be at least 2, for two halves; got 1"):
        datasets.adding(5, 1, rng)
    with pytest.raises(ValueError, match="marks must be 1 or 2; got 3"):
        datasets.adding(5, 10, rng, marks=3)


def test_a_download_of_tunes_is_pinned_to_one_commit():
    files = [file for name, file in FILES.items() if name.endswith(".abc")]
    assert len(files) == 14 and sum(file.bytes for file in files) == 446_020
    pinned = r"https://\S+/nottingham-dataset/[0-9a-f]{40}/ABC_cleaned/[a-z-]+\.abc"
    for file in files:
        assert re.fullmatch(pinned, file.address)
        assert file.place.split("/")[-2:] == file.address.split("/")[-2:]


def test_the_nottingham_collection_has_1034_tunes(course_data):
    texts = datasets.tunes()
    assert len(texts) == 1034
    assert all(re.match(r"X: ?\d+\nT:", text) for text in texts)


# -- letters -------------------------------------------------------------------


def test_letters_are_ink_and_paper_in_the_order_asked_for():
    L, I, again = datasets.letters("LIL")  # noqa: E741
    assert (L == again).all() and (L != I).any()
    assert set(L) == {-1, 1} and L.shape == (100,)
    assert (L.reshape(10, 10)[:, 0] == 1).all(), "an L's stroke stands on the left"
    assert L.reshape(10, 10)[0, -1] == -1 and L.reshape(10, 10)[-1, -1] == 1
    assert datasets.letters("").shape == (0, 100)


def test_every_letter_is_drawn_once_on_ten_by_ten_pixels_about_half_ink():
    names = "ABCDEFGHIJKLMNOPRSTUVWXYZ"
    X = datasets.letters(names)
    assert X.shape == (25, 100) and len(np.unique(X, axis=0)) == 25
    assert ((X > 0).mean(axis=1) >= 0.4).all() and ((X > 0).mean(axis=1) <= 0.8).all()


def test_a_letter_that_is_not_drawn_is_named():
    with pytest.raises(ValueError, match="no letter Q, i; drawn are ABC"):
        datasets.letters("LiQ")


@pytest.mark.parametrize("word", ["LIONS", "VIALS"])
def test_hebbs_rule_stores_a_word_of_five_letters_and_heals_its_halves(word):
    X = datasets.letters(word)
    W = X.T @ X / 100 - 0.05 * np.eye(100)
    assert (X * (X @ W) > 0).all(), "each is stable"
    for known in (np.arange(100) < 50, np.arange(100) % 10 < 5):
        s = np.where(known, X, 0)
        for i in [*range(100)] * 3:
            s[:, i] = np.sign(s @ W[:, i])
        assert (s == X).all()
