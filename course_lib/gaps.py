"""Now you: a line that the learner writes in a lesson, answered at once.

A gap that is open or wrong breaks nothing: the lesson goes on with its own line.
"""

import inspect
import json
import re
import sys
from functools import cache
from pathlib import Path

from course_lib import progress
from course_lib.checks import CheckFailed, NotWritten, compare

FOLDER = Path(__file__).with_name("gaps_data")
OWN = "from_the_lesson"  # an attribute of the functions that stand in for an open gap
OPEN = re.compile(r"\.\.\.\s*# now you")


def now_you(name, function=None):
    """The learner's function if it is right, else the lesson's own with a word why.

    It is looked up by its name in the notebook: a cell with a slip of the pen defines
    none. `fill(name)` shows the lesson's lines; the notebook knows it from here on.
    """
    gap = _gap(name)
    known = sys._getframe(1).f_globals
    known.setdefault("fill", fill)
    function = known.get(name) if function is None else function
    try:
        _written(name, function)
        compare(gap, function)
    except CheckFailed as problem:
        open_still = isinstance(problem, NotWritten)
        sign, passed = ("○", None) if open_still else ("✗", False)
        print(f"{sign} {problem}")
        print(
            f'The lesson goes on with its own {name}; fill("{name}") shows the lines. '
            "Write yours and run both cells again when you like."
        )
        if passed is not None:
            progress.record("gap", gap=name, passed=False)
        return _own(gap, getattr(function, "__globals__", known))
    progress.record("gap", gap=name, passed=True)
    print(f"✓ {name}: right")
    return function


def _written(name, function):
    """A NotWritten where the cell above has not made a function of the learner's."""
    if function is None:
        raise NotWritten(
            f"{name} is not defined: the cell above stopped with an error, was not run "
            "or gives its function another name."
        )
    if getattr(function, OWN, False):
        raise NotWritten(
            f"this {name} is the lesson's own: run the cell above, which must end "
            "without an error."
        )
    if OPEN.search(_source(function)):
        raise NotWritten(f"{name} still has its gap")


def fill(name):
    """Show the lines that the lesson has where yours are missing."""
    progress.record("fill", gap=_gap(name)["name"])
    lines = _gap(name)["source"].splitlines()
    print("\n".join(line for line in lines if "# now you" in line))


def _source(function):
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):  # made without a file, or no function at all
        return ""


def _own(gap, known):
    """The lesson's function, with the names that the learner's notebook knows."""
    names = dict(known)
    exec(gap["source"], names)
    setattr(names[gap["name"]], OWN, True)
    return names[gap["name"]]


def _gap(name):
    """What is stored of one gap, or a sentence that names the gaps there are."""
    if name not in _gaps():
        raise ValueError(f"no gap is called {name!r}; there are: {', '.join(_gaps())}")
    return _gaps()[name]


@cache
def _gaps():
    """{name: arguments, inputs, answers, hints, mistakes, source} of all lessons."""
    found = {}
    for path in sorted(FOLDER.glob("*.json")):
        found |= json.loads(path.read_text("utf-8"))
    return found
