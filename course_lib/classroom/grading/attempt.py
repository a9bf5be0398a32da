"""One hand-in, graded: the student's cells run apart, the tests run here.

The process in the sandbox never holds a test. A test calls the student's functions
through stand-ins, which send arguments there and bring answers back, as plain data.

    1  all cells are run; at each question the process is kept as it then stood
    2  the public checks of all questions; what they say is shown to the student
    3  the whole tests, hidden ones included; of these only right or wrong is kept,
       so that code that spies on hidden inputs finds nobody to tell

`grade` is a function of its arguments alone: it may run on any core of any machine.
"""

import builtins
import contextlib
import io
import itertools
import os
import re
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_output

from course_lib.checks import CheckFailed
from course_lib.classroom.grading.rebuild import (
    OWN,
    NotSubmitted,
    is_solution,
    is_test,
    name,
    rebuild,
)
from course_lib.classroom.grading.run_tests import run_test, trusted_names
from course_lib.classroom.sandbox.channel import Gone, Silent
from course_lib.classroom.sandbox.protocol import Refused, pack
from course_lib.classroom.sandbox.sandbox import Sandbox, TooMuch

CELL_SECONDS = 20
CALL_SECONDS = 4.5  # a little less than checks.SECONDS
MOST_STARTS = 5  # of a notebook whose cells end the process
TEST_SECONDS = 30  # of all calls in one test
STUDENT_SECONDS = 60  # of a whole notebook's cells, run once
ALL_SECONDS = 150  # of its cells, whenever they are run again, too
MOST_RETURNED = 1_000_000  # bytes of an answer, and ten times what was handed over
MOST_SHOWN = 2_000  # characters of a message
HIDDEN = (
    "The public checks pass, but a hidden check with other inputs does not. Read the "
    "question again: does your function hold for other sizes, signs and special cases?"
)
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


def grade(content, exercise, files=None, safe=True):
    """The notebook rebuilt from these bytes, with outputs that say what it earned.

    files {name: bytes} were handed in beside it. Raises NotSubmitted.
    """
    notebook, notes = rebuild(content, exercise.release)
    beside = (files or {}) | exercise.files
    with contextlib.closing(Attempt(notebook.cells, beside, safe)) as attempt:
        attempt.run()
        failures = {}
        with TESTING, _beside(exercise.files):
            for test in attempt.tests:
                failures[test] = attempt.test(exercise, test, hidden=False)
            for test, failed in failures.items():
                failures[test] = failed or attempt.test(exercise, test, hidden=True)
    for cell, outputs in attempt.outputs.items():
        notebook.cells[cell].outputs = outputs
    if notes or not safe:
        shown = [UNSAFE] * (not safe) + [f"*{note}*" for note in notes]
        notebook.cells.insert(0, new_markdown_cell("\n\n".join(shown), id="notes"))
    return notebook


def failed(problem):
    return {"problem": problem, "notebook": None}


def one(number, content, exercise, files, safe):
    """Grade one hand-in; never raises."""
    start = time.monotonic()
    try:
        notebook = grade(content, exercise, files, safe)
        result = {"problem": "", "notebook": notebook}
    except NotSubmitted as problem:
        result = failed(str(problem))
    except Exception as error:
        words = f"it could not be graded ({type(error).__name__}: {error}); grade again"
        result = failed(words) | {"lost": True}
    return number, result | {"seconds": round(time.monotonic() - start, 2)}


class Attempt:
    """A notebook's cells in the sandbox, made anew without those that end it."""

    def __init__(self, cells, files, safe):
        self.cells, self.files, self.safe = cells, files, safe
        self.tests = [k for k, cell in enumerate(cells) if is_test(cell)]
        code = [k for k, cell in enumerate(cells) if cell.cell_type == "code"]
        self.own = {k for k in code if cells[k].id.startswith(OWN)}
        self.outputs = {}  # of each cell, by its place
        self.left_out = set()  # cells that end the process, by their place
        self.seconds, self.all_seconds = STUDENT_SECONDS, ALL_SECONDS
        self.shared = set()  # questions that one process serves, by their place
        self.box = None
        self.fresh = {}  # processes made for one question, by its place

    def run(self):
        """Run all cells; a cell that ends the process is left out the next time."""
        for number in itertools.count(1):
            if number > MOST_STARTS:  # now only the cells of questions are tried
                for place in self.own - self.left_out:
                    self.outputs[place] = [error("Left out", "Too many cells crashed.")]
                self.left_out |= self.own
            self.start()
            fatal = next(filter(None, map(self._ends_it, range(len(self.cells)))), None)
            if fatal is None:
                return
            place, why = fatal
            self.left_out.add(place)
            self.outputs[place] = [error("Stopped", why)]

    def start(self):
        self.close()
        self.seconds, self.shared = min(STUDENT_SECONDS, self.all_seconds), set()
        self.box = Sandbox(self.files, len(self.tests), self.safe)

    def close(self):
        for box in filter(None, [self.box, *self.fresh.values()]):
            box.close()

    def _ends_it(self, place):
        """Run one cell; (place, why) if it ended the process."""
        cell = self.cells[place]
        if cell.cell_type != "code" or place in self.left_out:
            return None
        if place in self.tests:
            return self._keep(place)
        if self.seconds <= 0:
            self.outputs[place] = [error("Stopped", _late("notebook", STUDENT_SECONDS))]
            return None
        start = time.monotonic()
        limit = min(CELL_SECONDS, self.seconds)
        self.box.turns.now = place
        try:
            self.outputs[place] = outputs(self.box.ask(0, limit, **run_request(cell)))
            self.box.look()
        except Silent:
            return place, _late("cell", limit)
        except TooMuch as much:
            return self._took_too_much(much.turn)
        except (Gone, Refused):
            return place, "The cell ended the notebook's process."
        finally:
            took = min(time.monotonic() - start, limit)
            self.seconds -= took
            self.all_seconds -= took
        return None

    def _took_too_much(self, place):
        return place, "The cell needed more memory or processes than it may."

    def _keep(self, place):
        """Keep the process as it stands at this question."""
        number = self.tests.index(place)
        self.box.turns.now = place
        try:
            answer = self.box.ask(0, CELL_SECONDS, ask="fork", socket_number=number)
            if answer.get("pid") is None:
                self.shared.add(place)
        except (Silent, TooMuch, Gone, Refused) as problem:
            turn = getattr(problem, "turn", place)
            if turn != place:
                return self._took_too_much(turn)
            before = [k for k in range(place) if self.cells[k].cell_type == "code"]
            ran = [k for k in before if k not in self.left_out and k not in self.tests]
            if not ran:
                raise
            return ran[-1], "The process ended after this cell."
        return None

    def test(self, exercise, place, hidden):
        """None if the test passes; else the outputs that say why it does not.

        A process that another question's code has ended or touched costs nothing: where
        it has ended, or where a hidden test fails, a fresh one is asked.
        """
        student = self.student(place, hidden)
        failed = self._tried(exercise, place, hidden, student)
        if failed and (hidden or student.ended) and place not in self.fresh:
            self.renew(place)
            student = self.student(place, hidden)
            failed = self._tried(exercise, place, hidden, student)
        if hidden and place in self.fresh:
            self.fresh[place].close()
        return failed

    def _tried(self, exercise, place, hidden, student):
        test, printed = name(self.cells[place]), io.StringIO()
        source = exercise.tests[test][hidden]
        try:
            with contextlib.redirect_stdout(printed):
                names = trusted_names(exercise.release)
                value = run_test(source, names, student.names, student.until)
                student.look()
        except Exception as problem:
            if student.ended:  # by its own code: nothing of it may go on
                student.box.close()
            shown = (
                error("HiddenCheck", HIDDEN) if hidden else explained(problem, source)
            )
            self.outputs[place] = [shown]
            return self.outputs[place]
        shown = [new_output("stream", name="stdout", text=printed.getvalue())]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            data = {"text/plain": repr(float(value))}
            shown.append(new_output("execute_result", data=data, execution_count=None))
        self.outputs[place] = shown
        return None

    def student(self, place, hidden):
        """The process that knows the functions as they were at this question."""
        number = self.tests.index(place)
        if place in self.fresh:
            return Student(self.fresh[place], 0, hidden)
        if place in self.shared:
            return Student(self.box, 0, hidden, at=number)
        return Student(self.box, number + 1, hidden)

    def renew(self, place):
        """A process of its own for one question: the cells before it are run again."""
        box = Sandbox(self.files, len(self.tests), self.safe)  # it looks like the first
        box.beside = [self.box, *self.fresh.values()]
        self.fresh[place] = box
        for number, cell in enumerate(self.cells[:place]):
            if cell.cell_type == "code" and number not in self.left_out:
                if number not in self.tests:
                    start = time.monotonic()
                    limit = min(CELL_SECONDS, self.all_seconds)
                    try:
                        box.ask(0, limit, **run_request(cell))
                        box.look()
                    except (Silent, TooMuch, Gone, Refused):
                        box.close()
                        return
                    finally:
                        self.all_seconds -= min(time.monotonic() - start, limit)


def run_request(cell):
    """The message that asks for a cell to be run."""
    named = name(cell) if is_solution(cell) else cell.id
    return {"ask": "run", "name": named, "source": cell.source}


class Student:
    """The student's functions at one question, behind stand-ins."""

    def __init__(self, box, channel, hidden, at=None):
        self.box, self.channel, self.hidden, self.at = box, channel, hidden, at
        self.ended = False
        self.until = time.monotonic() + TEST_SECONDS

    def ask(self, seconds=CALL_SECONDS, **message):
        if self.ended:
            raise RuntimeError("the notebook's process has ended")
        try:
            answer = self.box.ask(self.channel, seconds, at=self.at, **message)
        except BaseException:
            self.ended = True
            raise
        return answer

    def look(self):
        """See at a test's end what its calls took and have left behind."""
        try:
            self.box.look()
        except TooMuch:
            self.ended = True
            raise MemoryError(
                "it took too much memory, or too many processes"
            ) from None

    def names(self, wanted):
        """Stand-ins for functions, and values, for those names that exist."""
        kinds = self.ask(ask="kinds", names=sorted(wanted))
        found = {}
        for one in wanted:
            if kinds.get(one) == "function":
                found[one] = self.stand_in(one)
            elif kinds.get(one) == "value":
                found[one] = self.ask(ask="get", name=one).get("value")
        return found

    def stand_in(self, function):
        """A function that is called there, not here."""

        def call(*arguments, **keywords):
            left = min(CALL_SECONDS, self.until - time.monotonic())
            message = {"arguments": list(arguments), "keywords": keywords}
            try:
                answer = self.ask(left, ask="call", name=function, **message)
            except Silent:
                raise TimeoutError(
                    f"{function} had not returned after {CALL_SECONDS:.0f} s. "
                    "Is there a loop that never ends?"
                ) from None
            except TooMuch:
                raise MemoryError(
                    f"{function} needs too much memory, or too many processes"
                ) from None
            except (Gone, Refused):
                raise RuntimeError(f"{function} ended its process") from None
            if "error" in answer:
                raise an_exception(answer["error"])
            sent, value = len(pack(message)), answer["value"]
            if len(pack({"value": value})) > MOST_RETURNED + 10 * sent:
                raise RuntimeError(f"{function} returned far too much")
            for given, left in zip(arguments, answer["arguments"], strict=True):
                if self.hidden and pack({"": given}) != pack({"": left}):
                    raise RuntimeError(f"{function} changed its input")
                as_left(given, left)
            return value

        call.__name__ = function
        return call


def an_exception(described):
    """The exception of a student's function, as one of Python's own kinds."""
    kind, message, *_ = [*described, "", ""]
    kind = vars(builtins).get(str(kind))
    ours = isinstance(kind, type) and issubclass(kind, Exception)
    try:
        return (kind if ours else RuntimeError)(str(message))
    except TypeError:  # some want more arguments
        return RuntimeError(str(message))


def as_left(given, left):
    """Make an argument what the function there made of it."""
    if isinstance(given, list) and isinstance(left, list):
        given[:] = left
    elif isinstance(given, dict) and isinstance(left, dict):
        given.clear()
        given.update(left)
    elif getattr(given, "shape", None) and given.shape == getattr(left, "shape", ()):
        given[...] = left


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


# -- what the student sees -----------------------------------------------------


def outputs(answer):
    """The outputs of a cell from what its process says of it."""
    found = []
    if printed := clean(answer.get("printed"), 11_000):
        found.append(new_output("stream", name="stdout", text=printed))
    if value := clean(answer.get("value"), 11_000):
        data = {"text/plain": value}
        found.append(new_output("execute_result", data=data, execution_count=None))
    if isinstance(problem := answer.get("error"), list) and len(problem) == 4:
        kind, message, number, line = (clean(x) for x in problem)
        where = f" (line {number}: {line})" if number != "None" else ""
        found.append(error(kind, message + where))
    return found


def explained(problem, source):
    """The output for a public check that fails: its reason and, if any, its line."""
    if isinstance(problem, CheckFailed):
        return error("✗", str(problem))
    line, trace = "", problem.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<test>":
            line = source.splitlines()[trace.tb_lineno - 1].strip()
        trace = trace.tb_next
    if isinstance(problem, (Silent, TooMuch, Gone, Refused)):
        return error("✗", "The notebook's process had ended before this check.")
    if isinstance(problem, NameError):
        return error("✗", f"{problem}; is the cell that defines it empty or broken?")
    words = f"{type(problem).__name__}: {problem}".rstrip(": ")
    return error("✗", f"This check does not hold: {line} ({words})")


def error(kind, message):
    """nbgrader reads an error's output as: no points."""
    kind, message = clean(kind, 100), clean(message)
    words = f"{kind} {message}" if kind == "✗" else f"{kind}: {message}"
    return new_output("error", ename=kind, evalue=message, traceback=[words])


def clean(text, most=MOST_SHOWN):
    """Text without control characters, cut to a length."""
    text = "" if text is None else str(text)
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)
    text = re.sub(
        r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text
    )
    return text if len(text) <= most else text[: most - 1] + "…"


def _late(what, seconds):
    return f"The {what} had not ended after {seconds:.0f} s, so it was stopped."
