"""One hand-in, graded: the student's cells run apart, the tests run here.

The process in the sandbox never holds a test. A test calls the student's functions
through stand-ins, which send arguments there and bring answers back, as plain data.

    1  attempt: all cells are run; at each question the process is kept as it then is
    2  marking: the public checks of all questions; the student is shown what they say
    3  marking: the whole tests, hidden ones included; of these only right or wrong is
       kept, so that code that spies on hidden inputs finds nobody to tell

`grade` is a function of its arguments alone: it may run on any core of any machine.
"""

import contextlib
import os
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell

from course_lib.classroom.grading.attempt import Attempt
from course_lib.classroom.grading.marking import Marking
from course_lib.classroom.grading.reading import NotSubmitted
from course_lib.classroom.grading.rebuild import rebuild

UNSAFE = "**This notebook was graded without the sandbox.**"
TESTING = threading.Lock()  # tests look at the folder they are in, which threads share


@dataclass(frozen=True)
class Exercise:
    """What grading needs to know of an exercise; plain data that can travel.

    tests: {grade_id: (public source, whole source)}   files: {name: bytes} beside it
    """

    name: str
    release: nbformat.NotebookNode
    tests: dict
    files: dict = field(default_factory=dict)


@dataclass
class Result:
    """What became of a hand-in: the notebook with what it earned, or a problem.

    One that was lost, with a process or a machine of ours, is to be graded again.
    """

    problem: str = ""
    notebook: nbformat.NotebookNode | None = None
    seconds: float = 0.0
    lost: bool = False

    def as_plain_data(self):
        """A dict of what JSON can hold; only what is not lost is kept."""
        kept = self.problem, self.notebook, self.seconds
        return dict(zip(("problem", "notebook", "seconds"), kept, strict=True))

    @classmethod
    def from_plain_data(cls, data):
        """The result that a dict stands for, also one written by an older version."""
        notebook = data["notebook"] and nbformat.from_dict(data["notebook"])
        return cls(data["problem"], notebook, data.get("seconds", 0.0))


def grade(content, exercise, files=None, safe=True):
    """The notebook rebuilt from these bytes, with outputs that say what it earned.

    files {name: bytes} were handed in beside it. Raises NotSubmitted.
    """
    notebook, notes = rebuild(content, exercise.release)
    beside = (files or {}) | exercise.files
    with contextlib.closing(Attempt(notebook.cells, beside, safe)) as attempt:
        attempt.run()
        _test(attempt, exercise)
    for cell, outputs in attempt.outputs.items():
        notebook.cells[cell].outputs = outputs
    if notes or not safe:
        shown = [UNSAFE] * (not safe) + [f"*{note}*" for note in notes]
        notebook.cells.insert(0, new_markdown_cell("\n\n".join(shown), id="notes"))
    return notebook


def _test(attempt, exercise):
    """Ask all questions in public before the first is asked with hidden inputs."""
    failures = {}
    with (
        TESTING,
        _beside(exercise.files),
        contextlib.closing(Marking(attempt, exercise)) as marking,
    ):
        for place in attempt.tests:
            failures[place] = marking.failures(place, hidden=False)
        for place, failed in failures.items():
            if not failed:
                marking.failures(place, hidden=True)


def grade_safely(number, content, exercise, files, safe):
    """(number, Result) of one hand-in; never raises."""
    start = time.monotonic()
    try:
        result = Result(notebook=grade(content, exercise, files, safe))
    except NotSubmitted as problem:
        result = not_graded(str(problem))
    except Exception as error:
        words = f"it could not be graded ({type(error).__name__}: {error}); grade again"
        result = not_graded(words, lost=True)
    result.seconds = round(time.monotonic() - start, 2)
    return number, result


def not_graded(problem, lost=False):
    """The result of a hand-in of which there is no notebook: why."""
    return Result(problem, lost=lost)


@contextlib.contextmanager
def _beside(files):
    """A folder with an exercise's files, where its checks look for their data."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for file, content in files.items():
            Path(file).write_bytes(content)
        before = os.environ.get("COURSE_PROGRESS")
        os.environ["COURSE_PROGRESS"] = os.devnull
        try:
            yield
        finally:
            os.environ.pop("COURSE_PROGRESS")
            if before is not None:
                os.environ["COURSE_PROGRESS"] = before
