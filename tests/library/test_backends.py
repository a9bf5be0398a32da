"""make test-backends: what it runs, and that it fails where backends differ.

Made-up lessons, and a made-up Keras beside them that knows only its backend's name.
"""

import importlib.util
import subprocess
import sys

import nbformat
import pytest

from course_lib.classroom import ROOT, CourseError

SCRIPT = ROOT / "tools" / "backends.py"
spec = importlib.util.spec_from_file_location("backends", SCRIPT)
backends = importlib.util.module_from_spec(spec)
spec.loader.exec_module(backends)

KERAS = """
import os

class config:
    backend = staticmethod(lambda: os.environ["KERAS_BACKEND"])
"""
SET_UP = "import keras\nbackend = keras.config.backend()"
LOSSES = "[9.0 + (backend == 'jax') / 20_000]"
TAPE = "assert backend == 'tensorflow'"


@pytest.fixture
def lesson(tmp_path):
    """Write a lesson of cells (source, tag, ...), and return its path."""

    def write(*cells):
        cells = [
            nbformat.v4.new_code_cell(source, metadata={"tags": tags})
            for source, *tags in cells
        ]
        notebook = nbformat.v4.new_notebook(cells=cells)
        path = tmp_path / "77_made_up.ipynb"
        nbformat.write(notebook, path)
        (tmp_path / "keras.py").write_text(KERAS)
        return path

    return write


def ran(path, *names, tests=()):
    command = [sys.executable, SCRIPT, *names, "--folder", path.parent]
    command += ["--backends", "tensorflow", "jax", "--tests", *tests]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


# -- lessons -------------------------------------------------------------------


@pytest.mark.slow
def test_a_lesson_with_the_same_losses_passes_without_its_tensorflow_cells(lesson):
    path = lesson((SET_UP,), (TAPE, "tensorflow"), (LOSSES, "first-loss"))
    code, said = ran(path)
    assert code == 0, said
    assert "9.000000" in said and "9.000050" in said
    assert "the same to 0.0001" in said


@pytest.mark.slow
def test_a_lesson_with_other_losses_fails(lesson):
    other = "[1.0, 2.0 + 0.0002 * (backend == 'jax')]"
    code, said = ran(lesson((SET_UP,), (other, "first-loss")))
    assert code == 1
    assert "losses of jax and tensorflow differ by 2.0e-04" in said


@pytest.mark.slow
def test_a_cell_that_needs_tensorflow_and_does_not_say_so_fails(lesson):
    code, said = ran(lesson((SET_UP,), (TAPE,), (LOSSES, "first-loss")))
    assert code == 1
    assert "on jax: a cell that is not tagged tensorflow fails" in said
    assert "AssertionError" in said and said.count("9.000") == 1


@pytest.mark.slow
def test_a_lesson_without_the_tag_takes_no_part(lesson):
    code, said = ran(lesson((SET_UP,), (LOSSES,)))
    assert (code, said.strip()) == (0, "No lesson has a cell tagged first-loss.")


@pytest.mark.slow
def test_an_unknown_lesson_is_answered_with_the_known_ones(lesson):
    code, said = ran(lesson((SET_UP,)), "99")
    assert code == 1 and "77_made_up" in said


# -- tests ---------------------------------------------------------------------


@pytest.mark.slow
def test_a_test_that_fails_on_one_backend_fails_and_is_shown(lesson, tmp_path):
    made_up = tmp_path / "test_made_up.py"
    made_up.write_text("""import os

def test_the_backend():
    assert os.environ["KERAS_BACKEND"] != "jax", "a made-up fault"
""")
    code, said = ran(lesson((SET_UP,), (LOSSES, "first-loss")), tests=[made_up])
    assert code == 1
    assert "tensorflow  1 passed" in said and "jax         1 failed" in said
    assert said.count("a made-up fault") >= 1 and "the same to 0.0001" in said


def test_the_tests_that_every_backend_runs_are_there():
    assert len(backends.TESTS) == 3
    assert all(
        path.is_file() for path in (*backends.TESTS, *dict(backends.ALONE).values())
    )


# -- one lesson on one backend -------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "result, says",
    [
        ("loss = [1.0]", "does not end in a list of floats"),
        ("import os; os._exit(1)", "fails\nKernel died"),
    ],
)
def test_a_tagged_cell_must_show_a_list_of_numbers(result, says, lesson):
    with pytest.raises(CourseError, match=says):
        backends.first_losses(lesson((result, "first-loss")), "jax")


@pytest.mark.slow
@pytest.mark.parametrize(
    "shown, value",
    [
        ("[0.5, 1e-09]", [0.5, 1e-9]),
        ("[np.float32(0.5), np.float64(1e-09)]", [0.5, 1e-9]),
        ("[nan]", "[nan]"),
        ("array([0.5])", "array([0.5])"),
    ],
)
def test_what_was_shown_is_read_back_where_it_can_be(shown, value):
    data = {"text/plain": shown}
    output = nbformat.v4.new_output("execute_result", data, execution_count=1)
    assert backends._result(nbformat.v4.new_code_cell(outputs=[output])) == value


@pytest.mark.slow
def test_the_losses_come_from_one_cell_that_every_backend_runs(lesson):
    for path in (
        lesson(("[1.0]", "first-loss"), ("[1.0]", "first-loss")),
        lesson(("[1.0]", "first-loss", "tensorflow")),
    ):
        with pytest.raises(CourseError, match="one cell, not tagged tensorflow"):
            backends.first_losses(path, "jax")


@pytest.mark.slow
def test_a_lesson_that_chooses_its_own_backend_is_found_out(lesson):
    choose = "import os\nos.environ['KERAS_BACKEND'] = 'jax'\n"
    path = lesson((choose + SET_UP,), ("[1.0]", "first-loss"))
    with pytest.raises(CourseError, match="Keras was made to compute on jax"):
        backends.first_losses(path, "tensorflow")


# -- comparing -----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "losses, faults",
    [
        ({"a": [1.0, 2.0], "b": [1.00009, 2.0]}, []),
        (
            {"a": [1.0], "b": [1.0], "c": [1.00011]},
            ["losses of c and a differ by 1.1e-04"],
        ),
        ({"a": [1.0], "b": [float("nan")]}, ["losses of b and a differ by nan"]),
        ({"a": [1.0], "b": [1.0, 2.0]}, ["b has 2 losses, a 1"]),
        ({"a": [], "b": []}, ["there is no loss to compare"]),
    ],
)
def test_losses_are_compared_with_the_first_backends(losses, faults):
    assert backends.differences(losses) == faults
