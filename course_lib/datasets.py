"""Data sets: made on the spot, installed, or (mnist, shakespeare, tunes) downloaded."""

import importlib.util
import re
from functools import cache
from pathlib import Path

import numpy as np

from course_lib.cars import CAR_CLASSES as CAR_CLASSES
from course_lib.cars import CAR_VALUES as CAR_VALUES
from course_lib.cars import car_evaluation as car_evaluation
from course_lib.cars import car_levels as car_levels
from course_lib.downloads import FILES, find
from course_lib.letters import letters as letters
from course_lib.points import ring_of_gaussians as ring_of_gaussians
from course_lib.points import separable as separable

# The six images printed in Ben Gorman's article: x1 x2 (top), x3 x4 (bottom), stairs?
STAIRS_PRINTED = np.array(
    [
        [252, 4, 155, 175, 1],
        [175, 10, 186, 200, 1],
        [82, 131, 230, 100, 0],
        [36, 187, 43, 249, 0],
        [1, 160, 169, 242, 1],
        [198, 134, 22, 188, 0],
    ]
)

# The article's two models: weights for x1 to x4, and the bias
STAIRS_PERCEPTRON = np.array([-0.0019, -0.0016, 0.0020, 0.0023]), 0.0003
STAIRS_SIGMOID = np.array([-0.140, -0.145, 0.121, 0.092]), -0.008


def truth_table(n):
    """Every binary vector of length n, in counting order: (2**n, n) of 0 and 1."""
    return bits(np.arange(2**n), n)


def bits(numbers, n):
    """The last n binary digits of numbers (M,), the highest first: (M, n)."""
    return numbers[:, None] >> np.arange(n)[::-1] & 1


def bars_and_stripes(size=4):
    """Images whose rows, or columns, are of one colour (MacKay 2003): (P, size²).

    Of 0 and 1, each once; a blank and a full one are among them. P is 30, 14 at size 3.
    """
    rows = np.repeat(truth_table(size), size, axis=1)
    return np.concatenate([rows, np.tile(truth_table(size), size)[1:-1]])


def is_stairs(X):
    """Whether 2x2 images X (..., 4) hold stairs: 1 or 0.

    The bottom row is dark (≥ 150), one top pixel is dark and the other light (≤ 10).
    The rule is ours, read off the article's 500 images, all of which it fits.
    """
    X = np.asarray(X)
    top, bottom = X[..., :2], X[..., 2:]
    dark = (bottom.min(axis=-1) >= 150) & (top.max(axis=-1) >= 150)
    return (dark & (top.min(axis=-1) <= 10)).astype(int)


def _steps(n, rng, dark):
    """n stairs: three pixels within dark, the fourth, left or right on top, 0 to 10."""
    X = rng.integers(dark[0], dark[1] + 1, (n, 4))
    X[np.arange(n), rng.integers(0, 2, n)] = rng.integers(0, 11, n)
    return X


def stairs(n, rng):
    """n images X (n, 4) of pixels 0 to 255, one half stairs, and labels y (n,).

    The others are uniform noise; the few that hold stairs by chance are redrawn.
    """
    y = rng.permutation(np.arange(n) % 2)
    noise = rng.integers(0, 256, (n, 4))
    while (chance := is_stairs(noise) == 1).any():
        noise[chance] = rng.integers(0, 256, (chance.sum(), 4))
    return np.where(y[:, None] == 1, _steps(n, rng, (150, 255)), noise).astype(float), y


def light_stairs(n, rng):
    """n images X (n, 4), one half lightly shaded stairs (60 to 120), and labels y (n,).

    The others are dark stairs, nearly white or uniform noise, one third each; one
    noisy image in some thousands holds light stairs by chance and is left in.
    """
    y = rng.permutation(np.arange(n) % 2)
    others = [_steps(n, rng, (150, 255)), rng.integers(0, 11, (n, 4))]
    others = np.stack([*others, rng.integers(0, 256, (n, 4))])  # (3, n, 4)
    other = others[rng.integers(0, 3, n), np.arange(n)]
    return np.where(y[:, None] == 1, _steps(n, rng, (60, 120)), other).astype(float), y


# -- digits that move ------------------------------------------------------------


def translated_digits(images, y, copies, rng, size=16):
    """Each image (n, n) on an empty canvas (size, size), anywhere, `copies` times.

    images (N, n, n) and labels y (N,) become (N copies, size, size) and (N copies,);
    the places, each as probable as any other, are drawn anew for every copy, and the
    copies of one image stand side by side.
    """
    images, y = np.asarray(images), np.asarray(y)
    n = images.shape[-1]
    if images.shape[1:] != (n, n) or len(y) != len(images) or not n <= size:
        raise ValueError(
            "images must have shape (N, n, n) with n at most the canvas's size, and y "
            f"(N,); they have {images.shape} and {y.shape}, and size is {size}"
        )
    images, y = np.repeat(images, copies, axis=0), np.repeat(y, copies)
    canvas = np.zeros((len(images), size, size), images.dtype)
    corners = rng.integers(0, size - n + 1, (len(images), 2))
    for picture, image, (i, j) in zip(canvas, images, corners, strict=True):
        picture[i : i + n, j : j + n] = image
    return canvas, y


# -- sequences -------------------------------------------------------------------


def adding(n, T, rng, marks=2):
    """n sequences x (n, T, 2) of numbers from 0 to 1 and of marks; sums y (n, 1).

    Two steps are marked by a 1, one in either half, all others by a 0; y is the sum of
    the two marked numbers (Hochreiter & Schmidhuber 1997; in this form Arjovsky, Shah &
    Bengio 2016). Whoever always says 1 has a mean squared error of 1/6. With marks=1
    only the step in the first half is marked, and y is its number: 1/12 for one half.
    """
    if T < 2:
        raise ValueError(f"T must be at least 2, for two halves; got {T}")
    if marks not in (1, 2):
        raise ValueError(f"marks must be 1 or 2; got {marks}")
    x = np.zeros((n, T, 2))
    x[:, :, 0] = rng.random((n, T))
    for half in ((0, T // 2), (T // 2, T))[:marks]:
        x[np.arange(n), rng.integers(*half, n), 1] = 1
    return x, x.prod(axis=2).sum(axis=1, keepdims=True)


# -- handwritten digits ----------------------------------------------------------


def digits():
    """scikit-learn's 1,797 digits: X (1797, 64) of pixels 0 to 16, and y (1797,).

    As load_digits(return_X_y=True) gives them (Alpaydin & Kaynak 1998); only their file
    is read, for to load scikit-learn takes longer than a lesson's first cells.
    """
    data = _digits()
    return data[:, :-1].copy(), data[:, -1].astype(int)


@cache
def _digits():
    package = Path(importlib.util.find_spec("sklearn").origin).parent
    return np.loadtxt(package / "datasets" / "data" / "digits.csv.gz", delimiter=",")


def mnist():
    """The handwritten digits (LeCun, Cortes & Burges 1998): 60,000 and 10,000 to test.

    Returns X_train (60000, 28, 28), y_train, X_test (10000, 28, 28), y_test in uint8:
    pixels from 0, the paper, to 255, and the digits that they show.
    """
    with np.load(find("mnist.npz"), allow_pickle=False) as data:
        return tuple(data[name] for name in ("x_train", "y_train", "x_test", "y_test"))


# -- text ------------------------------------------------------------------------


def prose():
    """This course's own prose in ASCII, a paragraph a line: a str of 133,224 letters.

    It was taken once from the text of lessons 00 to 11, in their order, without code,
    sources and sentences that hold an equation, and does not change as they do.
    """
    return (Path(__file__).parent / "texts" / "prose.txt").read_text("ascii")


def shakespeare():
    """Speeches from Shakespeare's plays: a str of 1,115,394 letters, 65 kinds of them.

    Andrej Karpathy's "Tiny Shakespeare" (2015), in ASCII.
    """
    return find("tinyshakespeare.txt").read_text("ascii")


def tunes():
    """1,034 folk tunes of the Nottingham Music Database: texts in ABC notation.

    Eric Foxley's collection, as Jukedeck cleaned it; lesson 12 reads them.
    """
    texts = [find(name).read_text("ascii") for name in FILES if ".abc" in name]
    return [
        tune for text in texts for tune in re.split("^(?=X:)", text, flags=re.M)[1:]
    ]
