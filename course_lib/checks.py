"""Instant answers to an exercise: what differs, and which mistake it looks like."""

import _thread
import copy
import threading
from contextlib import contextmanager

import numpy as np

from course_lib import progress
from course_lib.answers import decode, differs, short
from course_lib.hints import hint, solution
from course_lib.question_data import CheckFailed, NotWritten, of

__all__ = ["CheckFailed", "NotWritten", "check", "compare", "hint", "solution"]

# what a message of NumPy means for somebody who meets it first
ARRAYS = {
    "truth value of an array": "An array answers once for each entry, so `if` cannot "
    "take it: np.where(condition, a, b) chooses a or b for each.",
    "matmul: Input operand": "The sizes side by side must agree: X (N, D) @ w (D,) "
    "gives one number a row; w @ X does not.",
}
SECONDS = 5.0  # a function that has not returned by then is taken for endless


def check(question, function):
    """Run the public checks of a question on the learner's function.

    Its answers on a few inputs are compared with stored ones, and where they differ
    with those of known mistakes, so that the message can name the likely one.
    """
    stored = of(question)
    if "inputs" not in stored:
        raise CheckFailed(f"{question} is answered in words; a person reads them.")
    try:
        compare(stored, function)
    except NotWritten:
        raise  # no try yet, so none is counted
    except CheckFailed:
        progress.record("check", question=question, passed=False)
        raise
    progress.record("check", question=question, passed=True)
    print(f"✓ {question}: the public checks pass")


def compare(stored, function):
    """A CheckFailed that names what differs where an answer is not the stored one."""
    for case in range(len(stored["inputs"])):
        _check_case(stored, function, case)


def _check_case(stored, function, case):
    arguments = [decode(x) for x in stored["inputs"][case]]
    names = stored["arguments"]
    shown = ", ".join(
        f"{n} = {short(x)}" for n, x in zip(names, arguments, strict=True)
    )
    given = copy.deepcopy(arguments)
    answer = call(function, given, shown)
    expected = decode(stored["answers"][case])
    difference = differs(answer, expected)
    if difference:
        hint = _mistake(stored, function) or ""
        raise CheckFailed(f"For {shown}: {difference}{hint and ' ' + hint}")
    for name, new, old in zip(names, given, arguments, strict=True):
        if differs(new, old):
            raise CheckFailed(
                f"For {shown}: the answer is right, but the function changed its input "
                f"{name}; make a new array instead ({name} = {name} + …, not += or -=)."
            )


def call(function, arguments, shown="these inputs"):
    """The function's answer, or a CheckFailed that says why there is none."""
    if not callable(function):
        raise CheckFailed(f"a function was expected; got {short(function)}")
    name = getattr(function, "__name__", "the function")
    try:
        with time_limit(SECONDS), np.errstate(all="ignore"):
            return function(*arguments)
    except NotImplementedError:
        raise NotWritten(f"{name} is not written yet.") from None
    except _Endless:
        raise CheckFailed(
            f"For {shown}: {name} had not returned after {SECONDS:.0f} s. "
            "Is there a loop that never ends?"
        ) from None
    except Exception as error:
        told = [words for part, words in ARRAYS.items() if part in str(error)]
        stopped = f"{name} stopped with {type(error).__name__}: {error}"
        raise CheckFailed(" ".join([f"For {shown}: {stopped}", *told])) from error


class _Endless(Exception):
    """The time was up."""


@contextmanager
def time_limit(seconds):
    """Interrupt the main thread when time is up (Windows has no alarm signal)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    up = threading.Event()

    def interrupt():
        up.set()
        _thread.interrupt_main()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except KeyboardInterrupt:
        if not up.is_set():  # the learner pressed stop
            raise
        raise _Endless from None
    finally:
        timer.cancel()


def _mistake(stored, function):
    """The hint of the known mistake that gives this function's answers, or None."""
    inputs = [[decode(x) for x in case] for case in stored["inputs"]]
    try:
        answers = [call(function, case) for case in inputs]
    except CheckFailed:
        return None
    for mistake in stored["mistakes"]:
        pairs = zip(answers, map(decode, mistake["answers"]), strict=True)
        if not any(differs(answer, known) for answer, known in pairs):
            return mistake["hint"]
    return None
