"""Honest but odd: other styles, other types, other habits with notebooks."""

from bank.book import GUARD, case, full_points


@case("07", plain=True)
def many_kinds_of_callables(book):
    """A partial, an instance with __call__, a lambda and a decorated function."""
    book.insert_after(
        "setup",
        "import functools\n\n"
        "def scaled(power, g):\n    return g * (2 / len(g)) ** power\n\n\n"
        "def logged(f):\n"
        "    @functools.wraps(f)\n"
        "    def inner(*args, **kwargs):\n"
        "        return f(*args, **kwargs)\n\n"
        "    return inner",
    )
    book.write("he_start", "he_start = functools.partial(scaled, 0.5)")
    book.write(
        "dropout",
        "class Dropout:\n"
        "    def __call__(self, a, p, u, training):\n"
        "        return np.where(u < p, 0, a / (1 - p)) if training else a\n\n\n"
        "dropout = Dropout()",
    )
    book.write("blame_lengths", "@logged\n" + book.read("blame_lengths"))
    book.write(
        "residual",
        "_dz = lambda x, W, dy: dy / np.cosh(x @ W) ** 2\n"
        "residual = lambda x, W, dy: dict(\n"
        "    y=x + np.tanh(x @ W),\n"
        "    dx=dy + _dz(x, W, dy) @ W.T,\n    dW=x.T @ _dz(x, W, dy),\n"
        ")",
    )


@case("01", plain=True)
def lists_for_arrays(book):
    """Plain lists, and a cache on whole numbers, where arrays were in mind."""
    book.write(
        "majority",
        "def majority(votes):\n    return [1 if sum(v) >= 0 else -1 for v in votes]",
    )
    book.write("nearest", book.read("nearest") + "\n_nearest = nearest")
    book.insert_after(
        "nearest", "def nearest(X_new, X, y):\n    return list(_nearest(X_new, X, y))"
    )
    book.write(
        "folds",
        "from functools import cache\n\n@cache\ndef folds(n, k):\n"
        "    return tuple(tuple(range(part, n, k)) for part in range(k))",
    )


@case("01", "folds", plain=True)
def generator_is_no_list(book):
    """A list was asked for; a generator has no length."""
    book.write(
        "folds", "def folds(n, k):\n    return (range(p, n, k) for p in range(k))"
    )


@case("05", plain=True)
def generator_turned_into_a_list(book):
    """Batches from a generator, and a namedtuple and a dict of another class."""
    book.write(
        "minibatches",
        "from collections import OrderedDict\n\n"
        "def batches(X, order, size):\n"
        "    for start in range(0, len(X), size):\n"
        "        yield X[order[start : start + size]]\n\n\n"
        "def minibatches(X, y, order, size):\n"
        "    both = [list(batches(Z, order, size)) for Z in (X, y)]\n"
        "    return OrderedDict(zip('Xy', both))",
    )
    book.write(
        "momentum_step",
        "from typing import NamedTuple\n\n\nclass State(NamedTuple):\n"
        "    w: np.ndarray\n    v: np.ndarray\n\n\n"
        "def momentum_step(w, v, g, lr, beta) -> State:\n"
        "    return State(w + beta * v - lr * g, beta * v - lr * g)",
    )


@case("03", plain=True)
def single_precision(book):
    """float32 is exact enough for a sigmoid, and a 0-d array is a number."""
    book.write(
        "probability",
        "def probability(X, w, b):\n"
        "    p = 1 / (1 + np.exp(-(X @ w + b)))\n"
        "    return p.astype(np.float32)",
    )
    book.write(
        "interaction",
        "def interaction(p):\n"
        "    z = np.log(p / (1 - p))\n"
        "    return np.array(z[1, 1] - z[1, 0] - z[0, 1] + z[0, 0])",
    )


@case("03", "probability", plain=True)
def half_precision(book):
    """float16 keeps three digits, which is too few."""
    book.write(
        "probability",
        "def probability(X, w, b):\n"
        "    return (1 / (1 + np.exp(-(X @ w + b)))).astype(np.float16)",
    )


@case("07", "blame_lengths", plain=True)
def matrices(book):
    """np.matrix is right where two dimensions are asked for, wrong where one is."""
    book.write(
        "he_start", "def he_start(g):\n    return np.asmatrix(g * (2 / len(g)) ** 0.5)"
    )
    book.write(
        "blame_lengths", book.read("blame_lengths") + "\n_lengths = blame_lengths"
    )
    book.insert_after(
        "blame_lengths",
        "def blame_lengths(A, W, delta):\n"
        "    return np.asmatrix(_lengths(A, W, delta))",
    )


@case("07", "he_start")
def masked_arrays(book):
    """A mask over nothing changes nothing; a mask over wrong numbers hides none."""
    book.write(
        "dropout",
        "def dropout(a, p, u, training):\n"
        "    return np.ma.array(a * (u >= p) / (1 - p)) if training else a",
    )
    book.write(
        "he_start", "def he_start(g):\n    return np.ma.masked_array(0 * g, mask=True)"
    )


@case("08", plain=True)
def booleans_and_integers(book):
    """True and 1 are as good as 1.0; a nested list is as good as an array."""
    book.write(
        "one_hot",
        "def one_hot(words, values):\n"
        "    return [[w == v for v in values] for w in words]",
    )
    book.write(
        "multilabel",
        book.read("multilabel").replace("P > 0.5", "np.where(P > 0.5, 1, 0)"),
    )


@case("01", "choose", plain=True)
def exact_fractions(book):
    """A Fraction is no plain number."""
    book.write(
        "choose",
        "from fractions import Fraction\n\n\ndef choose(validation, test):\n"
        "    best = int(validation.argmax())\n"
        "    return {'chosen': best, 'reported': Fraction(float(test[best]))}",
    )


@case("06", "hidden_blame", plain=True)
def one_key_too_many(book):
    """A dict with an entry nobody asked for is not the answer asked for."""
    book.write(
        "hidden_blame",
        book.read("hidden_blame").replace('{"delta"', '{"W2": W2, "delta"'),
    )


@case("02", plain=True)
def globals_of_own_cells(book):
    """A function that uses a helper from an own cell between it and its check."""
    book.write(
        "margin", "def margin(w, b, X, y):\n    return smallest(y * (X @ w + b), w)"
    )
    book.insert_after(
        "margin", "def smallest(z, w):\n    return z.min() / np.sqrt(np.dot(w, w))"
    )


@case("02", "margin", plain=True)
def helper_defined_too_late(book):
    """A helper from below the check: it worked for the student, out of order only."""
    book.write(
        "margin", "def margin(w, b, X, y):\n    return smallest(y * (X @ w + b), w)"
    )
    book.append("def smallest(z, w):\n    return z.min() / np.linalg.norm(w)")


@case("02", "margin", plain=True)
def spoilt_between_answer_and_check(book):
    """An own cell before the check redefines the function wrongly."""
    book.insert_after("margin", "def margin(w, b, X, y):\n    return 0.0")


@case("02", plain=True)
def spoilt_after_its_check(book):
    """What is redefined after the check was right when it counted."""
    book.append("def margin(w, b, X, y):\n    return 0.0\n\n\nupdate = train = None")


@case("04")
def own_names_for_everything(book):
    """Names of built-ins and of the checks are used for other things, after use."""
    book.insert_after(
        "setup",
        "check = hint = 'done'\nrng = sum = sorted = 7\nlist = dict = 'list'\n"
        "Dense = None",
    )


@case("07", "dropout blame_lengths residual", plain=True)
def np_used_as_a_name(book):
    """After the first check np is a number, so that the later functions fail."""
    book.insert_after("test_he_start", "np = 400 * 30")
    book.write(
        "dropout",
        "def dropout(a, p, u, training):\n"
        "    return np.where(u < p, 0, a / (1 - p)) if training else np.copy(a)",
    )


@case("05", plain=True)
def magics(book):
    """IPython's magics, shell lines and question marks, and a cell under %%time."""
    book.insert_after(
        "setup", "%matplotlib inline\n!ls\nfiles = !echo one\nnp.sum?\n%pwd"
    )
    book.write("adam", "%%time\n" + book.read("adam"))
    book.insert_after("test_minibatches", "%timeit -n 1 -r 1 sum(range(10))")
    book.insert_after("test_momentum_step", "%no_such_magic")
    book.insert_after(
        "setup", "%timeit -n 10 -r3 sum(range(10))\nIN = str(get_ipython())"
    )
    book.insert_after("setup", "%%writefile own_file.py\nfrom own_file import *")
    book.insert_after("setup", "%%writefile own_file.py\nRATE = 1")


@case("05", plain=True)
def figures(book):
    """Plots, shown and saved, and rich displays."""
    book.insert_after(
        "setup",
        "import matplotlib.pyplot as plt\n"
        "from IPython.display import Markdown, display\n\n"
        "plt.plot([1, 2], [3, 4])\nplt.show()\n"
        "display(Markdown('**bold**'))\ndisplay(np.eye(2))",
    )
    book.append(
        "fig, ax = plt.subplots()\nax.imshow(np.eye(3))\nfig.savefig('eye.png')\nfig"
    )


@case("06", plain=True)
def awaits_at_the_top_level(book):
    """Jupyter lets a cell await; the function uses what came of it."""
    book.insert_after(
        "setup",
        "import asyncio\n\n\nasync def one():\n    await asyncio.sleep(0.01)\n"
        "    return 1\n\n\nunit = await one()",
    )
    book.write("two_paths", book.read("two_paths").replace("(1 +", "(unit +"))


@case("04", "collapse")
def asks_at_the_keyboard(book):
    """input() finds nobody: below a definition it costs nothing, within it all."""
    book.write("softmax", book.read("softmax") + "\n\n\nname = input('Your name? ')")
    book.write(
        "collapse",
        "def collapse(W1, b1, W2, b2):\n"
        "    if input('Sure? ') == 'yes':\n        pass\n"
        "    return W1 @ W2, b1 @ W2 + b2",
    )


@case("06", plain=True)
def as_in_a_script(book):
    """Definitions under `if __name__ == "__main__"`, with type hints and f-strings."""
    lines = book.read("xor_step").splitlines()
    book.write(
        "xor_step",
        'if __name__ == "__main__":\n'
        + "\n".join(f"    {line}" if line else "" for line in lines)
        + '\n    print(f"{xor_step.__name__!r:>20} is ready")',
    )
    book.write(
        "two_paths",
        "from __future__ import annotations\n\n\n"
        "def two_paths(w: float, x: np.ndarray, v: NoSuchType) -> float:\n"
        "    σ = lambda z: 1 / (1 + np.exp(-z))\n"
        "    return float(sum(v * σ(w * x) * (1 - σ(w * x)) * x))",
    )


@case("07", plain=True)
def recursion_and_keywords(book):
    """Recursion, default values, star arguments and other names of arguments."""
    book.write(
        "he_start",
        "def he_start(*args, gain=2):\n    (draws,) = args\n"
        "    return draws * (gain / len(draws)) ** 0.5",
    )
    book.write(
        "blame_lengths",
        "def blame_lengths(signals, weights, blame, done=()):\n"
        "    done = (float(np.sqrt((blame**2).sum())), *done)\n"
        "    if len(weights) == 0:\n        return np.array(done)\n"
        "    below = blame @ weights[-1].T * (1 - signals[-2] ** 2)\n"
        "    return blame_lengths(signals[:-1], weights[:-1], below, done)",
    )


@case("08", plain=True)
def with_the_library(book):
    """scikit-learn and the course's library give the answers; nothing forbids it."""
    book.write(
        "balanced_accuracy",
        "import warnings\nfrom sklearn.metrics import balanced_accuracy_score\n\n\n"
        "def balanced_accuracy(y, y_hat):\n"
        "    with warnings.catch_warnings():\n"
        "        warnings.simplefilter('ignore')\n"
        "        return balanced_accuracy_score(y, y_hat)",
    )


@case("02", plain=True)
def trains_with_the_course(book):
    """The course's own Perceptron does the training."""
    book.write(
        "train",
        "from course_lib.neurons import Perceptron\n\n\ndef train(X, y, n_epochs):\n"
        "    had, verdict, n = [(0.0,) * (X.shape[1] + 1)], None, 0\n"
        "    while verdict is None and n < n_epochs:\n"
        "        n += 1\n"
        "        p = Perceptron().fit(X, y, n)\n"
        "        pair = (*p.w, p.b)\n"
        "        verdict = True if p.converged else False if pair in had else None\n"
        "        had.append(pair)\n"
        "    counts = list(p.mistakes)\n"
        "    return {'w': p.w, 'b': p.b, 'mistakes': counts, 'separable': verdict}",
    )


@case("07", plain=True)
def slow_but_sure(book):
    """A function that takes a second a call, and a cell that takes three."""
    book.insert_after("setup", "import time\ntime.sleep(3)")
    book.write(
        "he_start",
        book.read("he_start").replace("    return", "    time.sleep(1)\n    return"),
    )


@case("06", plain=True)
def checks_of_its_own(book):
    """Own asserts, own calls of check, hints and a wish for the solution."""
    book.insert_after(
        "two_paths",
        "hint('two_paths')\nsolution('two_paths')",
    )
    book.append("assert np.isclose(two_paths(0.0, np.ones(2), np.ones(2)), 0.5)")


@case("08")
def helper_module_beside_the_notebook(book):
    """A module of the student's own, handed in beside the notebook, may be imported."""
    book.beside("my_scaling.py", "def safe(d):\n    return d + (d == 0)\n")
    book.insert_after("setup", "from my_scaling import safe")
    book.write(
        "scale",
        "def scale(X, test):\n"
        "    train = X[~test]\n"
        "    Z = (X - train.mean(axis=0)) / safe(train.std(axis=0))\n"
        "    return Z[~test], Z[test]",
    )


@case("03")
def streams_closed(book):
    """sys.stdout closed, or replaced and never put back."""
    book.insert_after(
        "setup", GUARD + "import sys\nsys.stdout.close()\nsys.stderr = None"
    )
    book.append("print = None\nimport os\nos.chdir('/')\nos.environ.clear()")


@case("02", plain=True)
def all_in_one_cell(book):
    """The four functions stand in one cell of the student's own; theirs are deleted."""
    names = [test.removeprefix("test_") for test in full_points("02")]
    sources = [book.read(name) for name in names]
    for name in names:
        book.cells.remove(book.cell(name))
    book.insert_after("setup", "\n\n\n".join(sources))


@case("09")
def tensorflow_part_of_the_way(book):
    """TensorFlow is imported in the third question's cell, and nowhere before."""
    book.write("early_stop", "import tensorflow as tf\n\n\n" + book.read("early_stop"))


@case("02", plain=True)
def threads_of_its_own(book):
    """A pool of threads, used in a cell and in an answer."""
    book.insert_after(
        "setup",
        "from concurrent.futures import ThreadPoolExecutor\n\n"
        "pool = ThreadPoolExecutor(2)\nlist(pool.map(abs, range(3)))",
    )
    book.write(
        "margin", book.read("margin") + "\n\n\nalone = margin\n\n\n"
        "def margin(*args):\n    return pool.submit(alone, *args).result()",
    )  # fmt: skip


@case("02", plain=True)
def a_deque_for_an_array(book):
    """A deque where an array is meant."""
    book.write(
        "threshold_to_weights",
        book.read("threshold_to_weights") + "\n\n\nfrom collections import deque\n\n"
        "plainly = threshold_to_weights\n\n\n"
        "def threshold_to_weights(*args):\n    return deque(plainly(*args))",
    )


@case("03", plain=True)
def long_and_turned_numbers(book):
    """Numbers in the other order of bytes, and of more than 64 bits."""
    for name, kind in (("probability", ">f8"), ("log_loss", "longdouble")):
        book.write(
            name, book.read(name) + f"\n\n\nplain_{name} = {name}\n\n\n"
            f"def {name}(*args):\n"
            f"    return np.asarray(plain_{name}(*args)).astype('{kind}')[()]",
        )  # fmt: skip
