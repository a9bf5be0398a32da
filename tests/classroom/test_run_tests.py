"""Tests run by the grader end in bounded time and memory, and lose nobody's work."""

import math
import resource
import sys
import threading
import time

import pytest
from joblib.externals.loky.process_executor import BrokenProcessPool

from course_lib.classroom.grading import run_tests as trusted
from course_lib.classroom.grading.batch import TRIES, Todo
from course_lib.classroom.grading.grade import Result
from course_lib.classroom.grading.run_tests import run_test


def run(source, until=math.inf):
    return run_test(source, {}, lambda wanted: {}, until)


def test_the_last_value_of_a_test_is_its_credit():
    assert run("x = 2\nx + 1.5") == 3.5 and run("x = 2") is None


def test_a_test_that_needs_far_more_memory_fails_and_nothing_else_does():
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(MemoryError):
        run("import numpy as np\nnp.ones((2**15, 2**10, 2**8))")
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert run("import numpy as np\nnp.ones((2**10, 2**10)).mean()") == 1


def in_a_thread(function):
    """What it raises in a thread, as on the workers of dask."""
    raised = []

    def work():
        try:
            function()
        except Exception as problem:
            raised.append(problem)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    if raised:
        raise raised[0]


@pytest.mark.parametrize("where", [lambda function: function(), in_a_thread])
def test_a_test_that_does_not_end_is_ended(where, monkeypatch):
    monkeypatch.setattr(trusted, "MORE_SECONDS", 0.2)
    before = sys.gettrace()
    with pytest.raises(TimeoutError):
        where(lambda: run("while True:\n    pass", time.monotonic()))
    assert sys.gettrace() is before


class Known:
    """A class's folder that keeps nothing."""

    def key(self, handin, content, files):
        return str(handin)

    def result(self, key):
        return None

    def exercise(self, name):
        return name

    def keep(self, key, result):
        pass


class HandIn:
    problem, exercise = "", "02_perceptron"

    def content(self):
        return b""

    def files(self):
        return {}


def test_a_hand_in_that_kills_the_grader_takes_no_other_with_it():
    """Number 5 ends the process of whoever runs it, the others' work in it too."""
    runs = []

    def many(items, where):
        for number, *_ in items:
            runs.append(number)
            if number == 5:
                raise BrokenProcessPool
            yield number, Result()

    handins = [HandIn() for _ in range(40)]
    todo = Todo(Known(), handins, again=False)
    found = {h: result.problem for h, _, result in todo.results(many, None, True)}
    assert len(found) == 40 and "killed" in found.pop(handins[5])
    assert set(found.values()) == {""}
    assert runs.count(5) == 1 + TRIES
