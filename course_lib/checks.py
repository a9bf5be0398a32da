"""Instant answers to an exercise: what differs, and which mistake it looks like."""

import _thread
import copy
import threading
from contextlib import contextmanager

import numpy as np

from course_lib import progress
from course_lib.answers import decode, differs, short
from course_lib.errors import in_words
from course_lib.hints import here, hint, solution
from course_lib.question_data import CheckFailed, NotWritten, of

__all__ = ["CheckFailed", "NotWritten", "check", "compare", "hint", "solution"]

SECONDS = 5.0  # a function that has not returned by then is taken for endless
STOPPED = "(stopped)"  # stored where a known mistake gives no answer


class Stopped(CheckFailed):
    """The function raised an error of its own."""


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
        _record(question, passed=False)
        raise
    _record(question, passed=True)
    print(f"✓ {question}: the public checks pass")


def _record(question, passed):
    progress.record("check", question=question, exercise=here(), passed=passed)


def compare(stored, function):
    """A CheckFailed that names what differs where an answer is not the stored one."""
    if not callable(function):
        raise CheckFailed(f"a function was expected; got {short(function)}")
    for case in range(len(stored["inputs"])):
        _check_case(stored, function, case)


def _check_case(stored, function, case):
    arguments = [decode(x) for x in stored["inputs"][case]]
    names = stored["arguments"]
    shown = ", ".join(
        f"{n} = {short(x)}" for n, x in zip(names, arguments, strict=True)
    )
    given = copy.deepcopy(arguments)
    try:
        answer = call(function, given)
    except NotWritten:
        raise
    except CheckFailed as none:
        cause = none.__cause__  # None where time was up
        likely = cause and (_mistake(stored, function) or in_words(cause))
        raise CheckFailed(_told(likely or "", str(none), shown)) from cause
    difference = differs(answer, decode(stored["answers"][case]))
    pairs = zip(names, given, arguments, strict=True)
    changed = [name for name, new, old in pairs if differs(new, old)]
    if difference:
        likely = _mistake(stored, function) or _changed("", changed)
        raise CheckFailed(_told(likely, _sentence(difference), shown))
    if changed:
        raise CheckFailed(
            _told("", _changed("the answer is right, but ", changed), shown)
        )


def _told(likely, difference, shown):
    """What helps most first; the inputs, which may be large, last."""
    return f"{likely} {difference} For {shown}.".lstrip()


def _changed(before, names):
    """A sentence on the inputs that did not stay as they came, or ""."""
    if not names:
        return ""
    return _sentence(
        f"{before}the function changed its input {names[0]}; make a new array instead "
        f"({names[0]} = {names[0]} + …, not += or -=), or put it back as it was."
    )


def _sentence(words):
    return words[0].upper() + words[1:]


def call(function, arguments):
    """The function's answer, or a CheckFailed that says why there is none."""
    name = getattr(function, "__name__", "the function")
    try:
        with time_limit(SECONDS), np.errstate(all="ignore"):
            return function(*arguments)
    except NotImplementedError:
        raise NotWritten(f"{name} is not written yet.") from None
    except _Endless:
        raise CheckFailed(
            f"{name} had not returned after {SECONDS:.0f} s. "
            "Is there a loop that never ends?"
        ) from None
    except Exception as error:
        words = f"{name} stopped with {type(error).__name__}: {error}".rstrip(".: ")
        raise Stopped(f"{words}.") from error


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
    try:
        answers = [
            answer_or_stopped(function, [decode(x) for x in case])
            for case in stored["inputs"]
        ]
    except CheckFailed:
        return None
    for mistake in stored["mistakes"]:
        pairs = zip(answers, map(decode, mistake["answers"]), strict=True)
        if not any(differs(answer, known) for answer, known in pairs):
            return mistake["hint"]
    return None


def answer_or_stopped(function, arguments):
    """What call gives, or STOPPED where the function raises an error."""
    try:
        return call(function, arguments)
    except Stopped:
        return STOPPED
