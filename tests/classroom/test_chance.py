"""A question about chance: the function is given its random numbers, as an array."""

import json
import random

import nbformat
import numpy as np
import pytest
from helpers import needs_bwrap
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.answers import encode
from course_lib.checks import CheckFailed, check
from course_lib.classroom.exercises import stored_checks, student_version
from course_lib.classroom.grading.class_folder import public_part
from course_lib.classroom.grading.grade import Exercise, grade

RIGHT = "def sample(p, u):\n    return (u < p).astype(int)"
REVERSED = "def sample(p, u):\n    return (u > p).astype(int)"
OWN_DICE = "def sample(p, u):\n    return (np.random.random(p.shape) < p).astype(int)"
ONLY_TWO = "def sample(p, u):\n    return (u[:2] < p).astype(int)"
TEST = """check("sample", sample)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(7)
p, u = rng.random(500), rng.random(500)
assert np.array_equal(sample(p, u), u < p)
### END HIDDEN TESTS"""
MISTAKES = """import numpy as np

from course_lib.classroom.questions import Question

P = np.array([0.2, 0.9])
sample = Question("sample", inputs=[(P, np.array([0.1, 0.95]))], hints=["Compare."])


@sample.mistake("This fires where u is above p.")
def _(p, u):
    return (u > p).astype(int)
"""


def marked(source, name, points=0):
    """A question's cell or, with points, the cell of its tests."""
    mark = {"grade_id": name, "grade": points > 0, "locked": points > 0}
    mark |= {"solution": points == 0, "schema_version": 3, "task": False}
    mark |= {"points": points} if points else {}
    return new_code_cell(source, id=name, metadata={"nbgrader": mark})


def notebook(answer):
    setup = "import numpy as np\n\nfrom course_lib.checks import check"
    cells = [new_code_cell(setup, id="setup"), marked(answer, "sample")]
    return new_notebook(cells=[*cells, marked(TEST, "test_sample", points=2)])


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """checks.json of the small exercise, in the folder that the test runs in."""
    begin, end = "    ### BEGIN SOLUTION\n", "\n    ### END SOLUTION"
    signature, body = RIGHT.split("\n")
    source = tmp_path / "90_chance.ipynb"
    nbformat.write(notebook(f"{signature}\n{begin}{body}{end}"), source)
    source.with_name("mistakes.py").write_text(MISTAKES)
    text = json.dumps(stored_checks(source))
    (tmp_path / "checks.json").write_text(text)
    monkeypatch.chdir(tmp_path)
    return source, text.encode()


def function(source):
    namespace = {"np": np}
    exec(source, namespace)
    return namespace["sample"]


def test_a_check_compares_samples_that_come_from_given_uniforms(stored, capsys):
    check("sample", function(RIGHT))
    assert "the public checks pass" in capsys.readouterr().out
    with pytest.raises(CheckFailed, match="This fires where u is above p"):
        check("sample", function(REVERSED))


def passed(stored, answer):
    """Whether the answer earns the points, hidden test included."""
    source, checks = stored
    whole = nbformat.read(source, as_version=4)
    test = whole.cells[-1]
    tests = {"test_sample": (public_part(test, test.source), test.source)}
    files = {"checks.json": checks}
    exercise = Exercise("90_chance", student_version(whole), tests, files)
    graded = grade(nbformat.writes(notebook(answer)).encode(), exercise)
    test = next(cell for cell in graded.cells if cell.id == "test_sample")
    return not any(output.output_type == "error" for output in test.outputs)


@needs_bwrap
def test_a_hidden_test_hands_fresh_uniforms_into_the_sandbox(stored):
    assert passed(stored, RIGHT)


@needs_bwrap
@pytest.mark.parametrize("answer", [REVERSED, OWN_DICE, ONLY_TWO])
def test_who_samples_otherwise_earns_nothing(answer, stored):
    assert not passed(stored, answer)


@pytest.mark.parametrize(
    "chance",
    [np.random.default_rng(0), np.random.PCG64(0), np.random.RandomState(0)],
)
def test_a_generator_among_the_inputs_is_refused_with_what_to_give_instead(chance):
    words = f"given no {type(chance).__name__}, but the random numbers.*as an array"
    with pytest.raises(TypeError, match=words):
        encode(chance)
    with pytest.raises(TypeError, match="as an array"):
        encode([np.zeros(2), {"rng": chance}])


def test_what_else_cannot_be_kept_is_named():
    with pytest.raises(TypeError, match="a check cannot keep a Random"):
        encode(random.Random(0))


def test_make_exercises_refuses_a_question_that_is_given_a_generator(stored):
    source, _ = stored
    wrong = MISTAKES.replace("np.array([0.1, 0.95])", "np.random.default_rng(0)")
    source.with_name("mistakes.py").write_text(wrong)
    with pytest.raises(TypeError, match="the random numbers it needs, as an array"):
        stored_checks(source)
