"""Now you: a line to write in a lesson; open, wrong or right, the lesson goes on."""

import json
import math
import re

import nbformat
import numpy as np
import pytest
from helpers import LESSONS, SOLUTIONS
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib import gaps, progress
from course_lib.classroom import ROOT, CourseError
from course_lib.classroom import gaps as made
from course_lib.classroom.learners_copy import clean, opened
from course_lib.classroom.notebooks import environment
from course_lib.classroom.questions import Question, questions
from course_lib.errors import in_words
from course_lib.gaps import fill, now_you
from course_lib.hints import solution

SOURCE = """\
def step(w, x, y):
    \"\"\"The weights after one example.\"\"\"
    if y * (w @ x) <= 0:
        w = w + y * x  # now you: add the example, times its label
    return w
"""
INPUTS = [(np.zeros(2), np.array([1.0, 2.0]), -1)]
HINT = "The label is missing."


def question():
    made = Question("step", INPUTS, ["Which way should the weights move?"])

    @made.mistake(HINT)
    def without_label(w, x, y):
        return w + x

    return made


@pytest.fixture
def one_gap(tmp_path, monkeypatch):
    """A lesson with one gap, and what is stored of it."""
    monkeypatch.setattr(made, "questions", lambda *_: {"step": question()})
    monkeypatch.setattr(made, "lessons", lambda folder: {"02_x": tmp_path})
    data = made.stored("02_x", {"step": SOURCE})
    (tmp_path / "02_x.json").write_text(json.dumps(data))
    monkeypatch.setattr(gaps, "FOLDER", tmp_path)
    gaps._gaps.cache_clear()
    yield
    gaps._gaps.cache_clear()


def written(source):
    space = {"np": np}
    exec(source, space)
    return space["step"]


def test_the_learners_copy_has_the_gap_and_no_line_of_the_answer(tmp_path):
    cell = new_code_cell(SOURCE, metadata={"tags": ["now-you"]})
    path = tmp_path / "02_x.ipynb"
    nbformat.write(new_notebook(cells=[cell]), path)
    (copy,) = json.loads(clean(path))["cells"]
    text = "".join(copy["source"])
    assert "        w = ...  # now you: add the example, times its label" in text
    assert "y * x  #" not in text and "if y * (w @ x) <= 0:" in text
    assert "raises-exception" in copy["metadata"]["tags"]  # "run all" goes on


@pytest.mark.parametrize(
    "wrong, words",
    [
        ("1 if X @ w + b > 0 else -1", "np.where(condition, a, b)"),
        ("np.where(w @ X + b > 0, 1, -1)", "X (N, D) @ w (D,) gives one number a row"),
        ("np.dot(w, X) + b", "X (N, D) @ w (D,) gives one number a row"),
        ("X ^ 2", "A power is written with **"),
        ("math.tanh(X @ w + b)", "np.exp and its like take an array"),
        (
            "np.zeros(3).put(0, 1) or np.array([X, [b]])",
            "takes one number, and several",
        ),
        (
            "np.fill_diagonal(b * w, 0)",
            "A matrix is needed here, with rows and columns",
        ),
        ("X @ v + b", "A name is not known: define or import it"),
        ("...", "got … (a line that is still to be written)"),
    ],
)
def test_what_numpy_says_of_an_array_is_told_in_our_words(wrong, words, capsys):
    now_you("neuron", eval(f"lambda X, w, b: {wrong}", {"np": np, "math": math}))
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    "product, words",
    [
        (
            "w * x",
            "In w * x, w has the shape (2,) and x has the shape (3,). *, + and -",
        ),
        ("w @ x", "In w @ x, w has the shape (2,) and x has the shape (3,). In A @ B"),
        ("w @ (x.T + 1)", "In w @ (x.T + 1), w has the shape (2,) and x has the"),
    ],
)
def test_arrays_that_do_not_fit_are_named_with_their_shapes(product, words, tmp_path):
    script = tmp_path / "cell.py"  # where the source of a function can be found
    script.write_text(f"def f(w, x):\n    return 2 * ({product})\n")
    space = {}
    exec(compile(script.read_text(), str(script), "exec"), space)
    with pytest.raises(ValueError) as stopped:
        space["f"](np.ones(2), np.ones(3))
    assert in_words(stopped.value).startswith(words)


def test_a_paragraph_that_tells_the_answer_is_folded_in_the_learners_copy(tmp_path):
    cell = new_markdown_cell("**None**, because.", metadata={"tags": ["answer"]})
    path = tmp_path / "02_x.ipynb"
    nbformat.write(new_notebook(cells=[cell]), path)
    (copy,) = json.loads(clean(path))["cells"]
    text = "".join(copy["source"])
    assert text.startswith("<details><summary>") and "**None**, because." in text


@pytest.mark.parametrize(
    "line, left",
    [
        ("w = w + x  # now you", "w = ...  # now you"),
        ("w[0] = 3  # now you: a", "w[0] = ...  # now you: a"),
        ("return w == 3  # now you", "return ...  # now you"),
        ("np.add(w, x, out=w)  # now you", "...  # now you"),
        ("w += x  # now you", "...  # now you"),
        ("w = 3  # a remark", "w = 3  # a remark"),
    ],
)
def test_of_a_line_to_write_only_its_target_is_given(line, left):
    assert opened(f"    {line}") == f"    {left}"


def test_a_right_line_is_kept(one_gap, capsys):
    mine = written(SOURCE.replace("w + y * x", "w - (-y) * x"))
    assert now_you("step", mine) is mine
    assert "✓ step: right" in capsys.readouterr().out
    assert [e["passed"] for e in progress.events("gap")] == [True]


def test_a_wrong_line_is_named_and_the_lesson_goes_on_with_its_own(one_gap, capsys):
    mine = written(SOURCE.replace("w + y * x", "w + x"))
    kept = now_you("step", mine)
    said = capsys.readouterr().out
    assert HINT in said and "goes on with its own step" in said
    assert (kept(*INPUTS[0]) == [-1, -2]).all()
    assert [e["passed"] for e in progress.events("gap")] == [False]


def test_an_open_gap_counts_as_no_try_and_breaks_nothing(one_gap, capsys, tmp_path):
    script = tmp_path / "cell.py"  # where the source of a function can be found
    script.write_text(opened(SOURCE))
    space = {"np": np}
    exec(compile(script.read_text(), str(script), "exec"), space)
    kept = now_you("step", space["step"])
    assert "○ step still has its gap" in capsys.readouterr().out
    assert (kept(*INPUTS[0]) == [-1, -2]).all()
    assert progress.events("gap") == []


def test_a_function_that_stops_breaks_nothing(one_gap, capsys):
    kept = now_you("step", written(SOURCE.replace("w + y * x", "w + nothing")))
    assert "NameError" in capsys.readouterr().out
    assert (kept(*INPUTS[0]) == [-1, -2]).all()


def test_a_slip_of_the_pen_breaks_nothing(one_gap, capsys):
    space = {"np": np, "now_you": now_you}
    with pytest.raises(SyntaxError):
        exec(SOURCE.replace("y * x", "y * * x"), space)
    exec('step = now_you("step")', space)
    assert "○ step is not defined: the cell above stopped" in capsys.readouterr().out
    assert (space["step"](*INPUTS[0]) == [-1, -2]).all()
    assert progress.events("gap") == []


def test_the_lessons_own_function_is_not_praised_as_the_learners(one_gap, capsys):
    space = {"np": np, "now_you": now_you}
    exec(SOURCE.replace("w + y * x", "w + x"), space)
    for said in (HINT, "○ this step is the lesson's own: run the cell above"):
        exec('step = now_you("step")', space)
        assert said in capsys.readouterr().out
    exec(SOURCE + 'step = now_you("step")', space)
    assert "✓ step: right" in capsys.readouterr().out


def test_the_line_can_be_shown(one_gap, capsys):
    fill("step")
    assert capsys.readouterr().out.strip().startswith("w = w + y * x")
    assert progress.events("fill")[0]["gap"] == "step"


def test_a_gap_that_there_is_not_is_told_which_there_are(one_gap):
    with pytest.raises(ValueError, match="no gap is called 'stop'; there are: step"):
        now_you("stop", len)


@pytest.mark.parametrize("lines", [0, 4])
def test_a_gap_has_one_to_three_lines(lines, one_gap):
    body = "".join(f"    w = w  # now you {k}\n" for k in range(lines))
    with pytest.raises(CourseError, match=f"{lines} lines; 1 to 3"):
        made.stored("02_x", {"step": f"def step(w, x, y):\n{body}    return w\n"})


def test_a_gap_that_nobody_knows_mistakes_of_is_refused(one_gap):
    with pytest.raises(CourseError, match="must know the gaps"):
        made.stored("02_x", {"step": SOURCE, "other": SOURCE})


IN_BRACKETS = """\
def step(w, x, y):
    return (
        w + y * x
    )  # now you: add the example, times its label
"""
HALF = """\
def step(w, x, y):
    return np.add(
        w,  # now you: add the example
        y * x,
    )
"""


@pytest.mark.parametrize("source", [IN_BRACKETS, HALF])
def test_a_gap_that_is_part_of_a_line_is_refused(source, one_gap):
    with pytest.raises(CourseError, match="no whole statement"):
        made.stored("02_x", {"step": source})


# -- the gaps of the lessons ---------------------------------------------------


GAPS = [
    pytest.param(path, name, source, id=f"{path.stem[:2]}-{name}")
    for path in LESSONS
    for name, source in made.cells(path).items()
]


def known(path, name):
    exercise = ROOT / "solutions" / path.stem / f"{path.stem}.ipynb"
    return questions(exercise, "gaps.py")[name]


def test_names_of_gaps_are_the_courses_own():
    names = [parameter.values[1] for parameter in GAPS]
    assert len(names) == len(set(names))


def test_what_is_stored_of_the_gaps_is_what_the_lessons_say():
    for path in LESSONS:
        stored = gaps.FOLDER / f"{path.stem}.json"
        sources = made.cells(path)
        assert stored.exists() == bool(sources)
        if sources:
            assert json.loads(stored.read_text("utf-8")) == json.loads(
                json.dumps(made.stored(path.stem, sources))
            )


@pytest.mark.parametrize("path, name, source", GAPS)
def test_a_gap_in_the_learners_copy_compiles_and_holds_no_answer(path, name, source):
    cells = json.loads(clean(path))["cells"]
    (copy,) = [
        "".join(c["source"]) for c in cells if f"def {name}(" in "".join(c["source"])
    ]
    compile(copy, name, "exec")
    marks = [line for line in source.splitlines() if "# now you" in line]
    assert len(gaps.OPEN.findall(copy)) == len(marks)
    bare = re.sub(r"\s", "", copy)
    for line in marks:
        written = line.split("# now you")[0].strip()
        answer = re.split(r"return |(?<![=<>!]) = ", written)[-1]
        assert len(answer) > 3 and re.sub(r"\s", "", answer) not in bare


@pytest.mark.parametrize("path, name, source", GAPS)
def test_a_gap_of_a_lesson_knows_its_likely_mistakes(path, name, source, capsys):
    space = {"np": np}
    exec(source, space)
    assert now_you(name, space[name]) is space[name]
    question = known(path, name)
    assert len(question.mistakes) >= 2 and question.variants
    for right in question.variants:
        assert now_you(name, right) is right
    for hint, wrong in question.mistakes:
        capsys.readouterr()
        now_you(name, wrong)
        said = capsys.readouterr().out
        assert hint in said
        assert not any(h in said for h, _ in question.mistakes if h != hint)


def told_to_call(said):
    """The names in what a message asks to be typed, such as fill("step")."""
    return set(re.findall(r'(?<![.\w])(\w+)\("\w+"\)', said))


def setup(path):
    """The names a notebook knows after its first cell of code."""
    cells = nbformat.read(path, as_version=4).cells
    space = {}
    exec(next(c.source for c in cells if c.cell_type == "code"), space)
    return space


@pytest.mark.parametrize("path, name, source", GAPS)
def test_what_a_gap_tells_a_learner_to_call_is_known_there(path, name, source, capsys):
    space = setup(path)
    exec(f"{opened(source)}\n{name} = now_you({name!r}, {name})", space)
    told = told_to_call(capsys.readouterr().out)
    assert told and told <= space.keys()
    for call in told:
        exec(f"{call}({name!r})", space)
    assert "# now you" in capsys.readouterr().out


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_what_a_check_tells_a_learner_to_call_is_known_there(path, capsys, monkeypatch):
    exercise = ROOT / "exercises" / path.stem / path.name
    monkeypatch.chdir(exercise.parent)
    cells = nbformat.read(exercise, as_version=4).cells
    said = [c.source for c in cells if c.cell_type == "markdown"]
    question = next(iter(questions(path)))
    solution(question)  # what is said before there were honest tries
    told = told_to_call("\n".join([*said, capsys.readouterr().out]))
    assert told >= {"hint", "solution"} and told <= setup(exercise).keys()


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [p for p in LESSONS if made.cells(p)], ids=lambda path: path.stem
)
def test_a_lesson_with_all_its_gaps_open_runs_to_its_end(path, tmp_path):
    notebook = nbformat.reads(clean(path).decode(), as_version=4)
    place = {"metadata": {"path": str(tmp_path)}}
    client = NotebookClient(notebook, timeout=300, resources=place)
    client.execute(env=environment(tmp_path / "progress.jsonl"))
    said = str([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])
    for name in made.cells(path):
        assert f"{name} still has its gap" in said
