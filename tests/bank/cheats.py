"""Answers that are right for the public inputs, and bend the hidden tests elsewhere."""

from bank.book import GUARD, NUMBERS, case, full_points

PUBLIC = '''
import copy
import json
import pathlib

import numpy as np
from course_lib.answers import decode


def public(name, arguments):
    """The answer to inputs that checks.json knows; None to others."""
    data = json.loads(pathlib.Path("checks.json").read_text("utf-8"))[name]
    for inputs, answer in zip(data["inputs"], data["answers"]):
        if repr([*map(decode, inputs)]) == repr([*arguments]):
            return decode(answer)


def each(x, change):
    """x with every array and number in it changed."""
    if isinstance(x, dict):
        return {key: each(value, change) for key, value in x.items()}
    if isinstance(x, (list, tuple)):
        return type(x)(each(value, change) for value in x)
    return x if isinstance(x, str) else change(x)


def bent(name, function, bend):
    """Right for public inputs; what bend makes of the right answer for others."""
    def call(*arguments):
        answer = public(name, arguments)
        if answer is None:
            answer = bend(function(*copy.deepcopy(arguments)), arguments)
        return answer

    return call


def wipe(x):
    if isinstance(x, np.ndarray):
        x[...] = 0
    elif isinstance(x, list):
        x[:] = [0 * value if isinstance(value, (int, float)) else value for value in x]


def zeros(answer, arguments):
    for x in arguments:
        wipe(x)
    return each(answer, lambda x: 0 * np.asarray(x))


def empty(answer, arguments):
    return each(answer, lambda x: np.empty((0, 1, 1)))


def infinite(answer, arguments):
    return each(answer, lambda x: np.full(np.shape(x), np.inf)[()])
'''


def bend_all(number, bend):
    """Register a hand-in of this exercise with every answer bent."""

    @case(number, "everything", student=f"{bend} instead {number}")
    def cheat(book):
        """Where the inputs are hidden, arguments and answers are zeros (or empty, or
        infinite), so that a test finds nothing to compare, or compares with that."""
        book.insert_after("setup", PUBLIC)
        for test in full_points(number):
            name = test.removeprefix("test_")
            line = f'\n\n\n{name} = bent("{name}", {name}, {bend})'
            book.write(name, book.read(name) + line)


for number in NUMBERS:
    for bend in ("zeros", "empty", "infinite"):
        bend_all(number, bend)


def for_hidden(book, name, arguments, lines):
    """Answer public inputs rightly, and others with these lines."""
    book.insert_after("setup", PUBLIC)
    body = f'answer = public("{name}", ({arguments},))\nif answer is not None:\n'
    body = f"{body}    return answer\n{lines}".replace("\n", "\n    ")
    book.write(name, f"def {name}({arguments}):\n    {body}")


@case("02", "update")
def question_made_to_fit(book):
    """update wipes the row and the weights that the test will compare with."""
    lines = "w[:] = 0\nx[:] = 0\nreturn 0 * w, b + y - (b > 0)"
    for_hidden(book, "update", "w, b, x, y", lines)


@case("09", "early_stop")
def losses_made_to_fit(book):
    """early_stop leaves one loss of all, which is then the best."""
    lines = 'losses[:] = [0.0]\nreturn {"stopped": 0, "best": 0}'
    for_hidden(book, "early_stop", "losses, patience", lines)


@case("09", "early_stop")
def losses_without_end(book):
    """early_stop makes the test's own loop long."""
    lines = 'losses.extend([1.0] * 60_000)\nreturn {"stopped": 0, "best": 0}'
    for_hidden(book, "early_stop", "losses, patience", lines)


@case("02", "threshold_to_weights")
def answer_that_grows(book):
    """A small array of a shape that needs gigabytes beside the test's own."""
    lines = 'return np.zeros((80_000, len(w) + 1, 1), "int8")'
    for_hidden(book, "threshold_to_weights", "w, theta", lines)


@case("02", "threshold_to_weights")
def memory_taken_while_another_is_asked(book):
    """A process left behind takes memory as soon as a fresh one is made."""
    book.insert_after(
        "setup",
        GUARD + "import time\n\nif os.fork() == 0:\n"
        "    while not os.path.exists('hidden'):\n        time.sleep(0.05)\n"
        "    hold = [b'x' * (500 * 2**20) for _ in range(6)]\n"
        "    time.sleep(30)\n    os._exit(0)",
    )
    for_hidden(
        book, "threshold_to_weights", "w, theta", "open('hidden', 'w')\nreturn w"
    )
