"""Instant answers to an exercise: what differs, and which mistake it looks like."""

import _thread
import copy
import json
import textwrap
import threading
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from course_lib import progress
from course_lib.answers import decode, differs, short

SECONDS = 5.0  # a function that has not returned by then is taken for endless
HONEST_TRIES = 3  # failed checks after which a worked solution may be asked for


class CheckFailed(AssertionError):
    """What differs, in a sentence; shown without a traceback."""

    def _render_traceback_(self):
        return textwrap.wrap(f"✗ {self}", 78)


class NotWritten(CheckFailed):
    """The question is as it was handed out."""


def check(question, function):
    """Run the public checks of a question on the learner's function.

    Its answers on a few inputs are compared with stored ones, and where they differ
    with those of known mistakes, so that the message can name the likely one.
    """
    stored = _stored(question)
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
                f"{name}; make a new array instead ({name} = {name} + …, not +=)."
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
        raise CheckFailed(
            f"For {shown}: {name} stopped with {type(error).__name__}: {error}"
        ) from error


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


# -- stored data ---------------------------------------------------------------


def _stored(question):
    """The data of one question, or a sentence that names the questions there are."""
    if question not in _questions():
        raise CheckFailed(
            f'there is no question "{question}" here; there are: '
            + ", ".join(_questions())
        )
    return _questions()[question]


def _questions():
    """The data beside the exercise notebook: inputs, answers, hints by question.

    A solution has none of its own and shares that of its exercise.
    """
    here = Path.cwd()
    for folder in (here, here.parent.parent / "exercises" / here.name):
        if (folder / "checks.json").exists():
            return json.loads((folder / "checks.json").read_text("utf-8"))
    raise FileNotFoundError(
        f"checks.json is not in {here}; it belongs beside the exercise notebook. "
        "`course reset NN` brings it back."
    )


# -- help for those who learn alone --------------------------------------------


def hint(question):
    """Show the next hint of a question; asking is noted in the local progress file."""
    hints = _stored(question)["hints"]
    asked = sum(e["question"] == question for e in progress.events("hint"))
    progress.record("hint", question=question)
    if asked >= len(hints):
        print("There is no further hint; these were all:")
    for number in range(
        0 if asked >= len(hints) else asked, min(asked + 1, len(hints))
    ):
        print(f"Hint {number + 1} of {len(hints)}: {hints[number]}")


def solution(question):
    """Show a worked solution, after honest tries and where this copy has one."""
    _stored(question)
    failed = sum(
        e["question"] == question and not e["passed"] for e in progress.events("check")
    )
    if failed < HONEST_TRIES:
        print(
            f"Try first: {failed} of {HONEST_TRIES} checks so far. "
            f'A hint is free: hint("{question}")'
        )
        return
    source = _worked_solution(question)
    progress.record("solution", question=question)
    print(
        source or "This copy of the course holds no worked solutions; ask your teacher."
    )


def _worked_solution(question):
    """The part between BEGIN SOLUTION and END SOLUTION, from the course's own copy."""
    folder = Path(__file__).resolve().parents[1] / "solutions"
    for path in sorted(folder.glob("*/*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == question:
                lines = "".join(cell["source"]).splitlines()
                return "\n".join(x for x in lines if not x.lstrip().startswith("### "))
    return None
