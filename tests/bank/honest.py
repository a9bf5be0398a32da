"""Honest work: right, partly right, wrong by a known mistake, or not begun."""

import base64
import functools

from bank.book import NUMBERS, case, full_points, helpers
from course_lib.classroom import ROOT
from course_lib.classroom.exercises import questions


def _questions(number):
    (path,) = (ROOT / "solutions").glob(f"{number}_*/{number}_*.ipynb")
    return questions(path)


def _right(book):
    """Every question answered by the reference, and some words for the last one."""
    book.write("words", "First I would measure it, on examples it has not seen.")


for number in NUMBERS:
    case(number, plain=True, student=f"honest_{number}")(_right)


@case("07", plain=True, student="Zoë O'Neill")
def with_a_name_from_the_register(book):
    """A right hand-in of a student with a space, an accent and an apostrophe."""


@case("04", "everything", plain=True)
def nothing_written(book):
    """The exercise as it was handed out."""
    for question in full_points("04"):
        book.unwrite(question.removeprefix("test_"))


@case("06", "nudged_slope xor_step", plain=True)
def two_of_four(book):
    """Two questions answered, two as they were handed out."""
    for name in ("nudged_slope", "xor_step"):
        book.unwrite(name)


def _variant(k, book):
    """Every question answered by another right answer that its author names."""
    book.insert_after("setup", helpers(book.number))
    for name, question in _questions(book.number).items():
        right = question.variants[k % len(question.variants)]
        book.write(name, f"{name} = {right.__name__}")


def _mistake(name, wrong, book):
    """One question answered by a named mistake, the others right."""
    book.insert_after("setup", helpers(book.number))
    book.write(name, f"{name} = {wrong.__name__}")


def _with_doc(function, *arguments):
    made = functools.partial(function, *arguments)
    made.__doc__, made.__module__ = function.__doc__, function.__module__
    return made


for k in range(3):
    case("05", plain=True, student=f"variant_{k}")(_with_doc(_variant, k))

for number, name in (("01", "folds"), ("02", "update"), ("03", "interaction")):
    for _, wrong in _questions(number)[name].mistakes:
        register = case(number, name, plain=True, student=f"mistake_{wrong.__name__}")
        register(_with_doc(_mistake, name, wrong))


@case("03", "log_loss", plain=True)
def overflowing_loss(book):
    """The naive log-loss loses its question, but does well enough inside `fit`."""
    book.write(
        "log_loss",
        "def log_loss(z, y):\n"
        "    p = 1 / (1 + np.exp(-z))\n"
        "    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))",
    )


@case("03", "log_loss fit", plain=True)
def wrong_helper_drags_another_down(book):
    """`fit` calls the student's own `log_loss`, which is wrong: both are lost."""
    book.write("log_loss", "def log_loss(z, y):\n    return float(np.sum(z))")
    own = "np.mean(np.logaddexp(0, z) - y * z)"
    assert own in book.read("fit")
    book.write("fit", book.read("fit").replace(own, "log_loss(z, y)"))


@case("07", "dropout", plain=True)
def spelling_mistake(book):
    """A syntax error costs its own question only."""
    book.write("dropout", "def dropout(a, p, u, training)\n    return a")


@case("02", "margin", plain=True)
def pasted_from_a_pdf(book):
    """Non-breaking spaces and curly quotes, as a PDF gives them, are no Python."""
    book.write("margin", "def margin(w, b, X, y):\n\u00a0\u00a0return “0”")


@case("02", "update", plain=True)
def changes_its_input(book):
    """The right values, but w is changed in place, which the question forbids."""
    book.write(
        "update",
        "def update(w, b, x, y):\n"
        "    step = y - int(w @ x + b > 0)\n"
        "    w += step * x\n"
        "    return w, b + step",
    )


@case("04", "forward", plain=True)
def empties_the_list_it_was_given(book):
    """The right values, but the caller's list of layers is shorter afterwards."""
    book.write(
        "forward",
        "def forward(X, layers):\n"
        "    W_last, b_last = layers.pop()\n"
        "    for W, b in layers:\n"
        "        X = np.maximum(X @ W + b, 0)\n"
        "    return X @ W_last + b_last",
    )


@case("08", "scale", plain=True)
def scales_the_table_in_place(book):
    """The right values, but the caller's table is scaled afterwards."""
    book.write(
        "scale",
        "def scale(X, test):\n"
        "    train = X[~test]\n"
        "    d = train.std(axis=0)\n"
        "    X -= train.mean(axis=0)\n"
        "    X /= np.where(d == 0, 1, d)\n"
        "    return X[~test], X[test]",
    )


@case("05", "momentum_step", plain=True)
def forgot_to_return(book):
    """Everything computed, nothing returned."""
    book.write("momentum_step", "def momentum_step(w, v, g, lr, beta):\n    w - lr * g")


@case("01", "nearest choose", plain=True)
def other_names(book):
    """A renamed function is not found; one with a Cyrillic letter is renamed too."""
    book.write("nearest", book.read("nearest").replace("nearest", "my_nearest"))
    book.write("choose", book.read("choose").replace("choose", "сhoose"))


@case("07", plain=True)
def three_megabytes_of_picture(book):
    """A large picture in the outputs of the student's own cell."""
    data = base64.b64encode(b"\0" * 2_250_000).decode()
    picture = {"output_type": "display_data", "metadata": {}}
    picture["data"] = {"image/png": data, "text/plain": "<Figure>"}
    book.insert_after("setup", "import numpy")["outputs"] = [picture]


@case("02", plain=True)
def two_hundred_own_cells(book):
    """Two hundred small experiments between the questions."""
    for k in range(100):
        book.insert_after("threshold_to_weights", f"x_{k} = {k}\nx_{k}")
        book.append(f"note {k}", "markdown")


@case("06", plain=True)
def tries_that_fail(book):
    """Own cells that raise, divide by zero or do not compile cost nothing."""
    for source in ("1 / 0", "def broken(", "undefined_name", "assert False"):
        book.insert_after("setup", source)
        book.insert_after("hidden_blame", source)
        book.append(source)


@case("07", plain=True)
def loud_on_stderr(book):
    """Warnings and lines on stderr, in cells and in functions."""
    book.insert_after(
        "setup",
        "import sys, warnings, logging\n"
        "logging.warning('training begins')\n"
        "print('a line on stderr', file=sys.stderr)\n"
        "np.log(np.zeros(1))",
    )
    book.write(
        "he_start",
        "def he_start(g):\n"
        "    warnings.warn('this is old')\n"
        "    print('starting', file=sys.stderr)\n"
        "    np.array(-1.0) ** 0.5\n"
        "    return g * np.sqrt(2 / len(g))",
    )


@case("08", plain=True)
def prints_everything(book):
    """Functions that print each argument, and a cell of ten thousand lines."""
    body = book.read("balanced_accuracy")
    loud = body.replace("    return", "    print(y, y_hat)\n    return")
    book.write("balanced_accuracy", loud)
    book.append("for k in range(10_000):\n    print('line', k)")
