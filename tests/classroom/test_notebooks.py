"""Building a lesson: run afresh, saved whole and the same each time, or not at all."""

import shutil

import nbformat
import pytest
from helpers import LESSONS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib import progress
from course_lib.classroom import CourseError, notebooks
from course_lib.classroom.notebooks import WIDGET_VIEW, build

PRINTED = "import sys; print('a'); sys.stdout.flush(); print('b')"
WIDGET = "import ipywidgets; ipywidgets.IntSlider()"
SHOWN = "from IPython.display import HTML; HTML('<b>1</b>')"
CHANCE = "import os; os.urandom(8).hex()"


@pytest.fixture
def lesson(tmp_path):
    """Write a lesson of cells (source, tag, ...) that was never run; its path."""

    def write(*cells, name="02_made_up"):
        cells = [
            new_code_cell(source, id=f"cell-{number}", metadata={"tags": tags})
            for number, (source, *tags) in enumerate(cells)
        ]
        notebook = new_notebook(cells=[new_markdown_cell("# Why?"), *cells])
        notebook.metadata["widgets"] = {"state": {}}
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, path)
        return path

    return write


def built(path):
    """The code cells of a lesson after its folder was built."""
    build(root=path.parents[1])
    return nbformat.read(path, as_version=4).cells[1:]


def shown(cell):
    """The plain text of a cell's result."""
    return cell.outputs[-1].data["text/plain"]


# -- the same each time --------------------------------------------------------


@pytest.mark.slow
def test_a_second_build_changes_no_byte(lesson, capsys):
    path = lesson((PRINTED,), (WIDGET,), (SHOWN,), (CHANCE, "varies"))
    printed, widget, page, _ = built(path)
    first = path.read_bytes()
    assert [out.text for out in printed.outputs] == ["a\nb\n"]
    assert widget.outputs == []
    assert page.outputs[0].data["text/html"] == "<b>1</b>"
    assert b"execution_count" in first and b"iopub" not in first
    built(path)
    assert path.read_bytes() == first
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("changed") and said[1].endswith(" unchanged")


@pytest.mark.slow
def test_a_second_build_of_a_real_lesson_changes_no_byte(tmp_path, capsys):
    folder = shutil.copytree(LESSONS[0].parent, tmp_path / "notebooks")
    build(["0"], tmp_path)  # the saved one is of the first build, on such a machine
    if not capsys.readouterr().out.endswith(" unchanged\n"):
        build(["00"], tmp_path)
        assert capsys.readouterr().out.endswith(" unchanged\n")
    others = [path for path in LESSONS if path != LESSONS[0]]
    assert all((folder / p.name).read_bytes() == p.read_bytes() for p in others)


@pytest.mark.slow
def test_cells_that_vary_keep_the_outputs_of_one_run_until_one_changes(lesson):
    path = lesson((CHANCE, "varies"), (CHANCE, "varies"), ("3",))
    first = built(path)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].source = "4"  # a cell that does not vary
    nbformat.write(notebook, path)
    again = built(path)
    assert list(map(shown, again)) == [shown(first[0]), shown(first[1]), "4"]
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source += "  # another"
    nbformat.write(notebook, path)
    last = built(path)
    assert shown(last[0]) != shown(first[0]) and shown(last[1]) != shown(first[1])


@pytest.mark.slow
def test_a_build_sees_nobodys_progress_and_leaves_none(lesson):
    progress.record("claim", claim="2.1")
    path = lesson(
        ("from course_lib import progress; progress.events('claim')",),
        ("progress.record('claim', claim='2.7')",),
    )
    assert shown(built(path)[0]) == "[]"
    assert [event["claim"] for event in progress.events("claim")] == ["2.1"]


# -- what is dropped from a cell -----------------------------------------------


def stream(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def test_pieces_of_one_stream_are_joined_and_different_streams_are_not():
    pieces = [stream("a"), stream("b\n"), stream("!", "stderr"), stream("c")]
    joined = notebooks._joined(pieces)
    assert [(out.name, out.text) for out in joined] == [
        ("stdout", "ab\n"),
        ("stderr", "!"),
        ("stdout", "c"),
    ]


def test_a_result_between_two_pieces_keeps_them_apart():
    result = new_output("display_data", data={"text/plain": "1"})
    pieces = [stream("a"), result, stream("b")]
    assert notebooks._joined(pieces) == pieces


def test_only_the_still_picture_of_a_widget_is_kept():
    live = {WIDGET_VIEW: {"model_id": "x"}, "text/plain": "IntSlider()"}
    assert notebooks._still(new_output("display_data", data=live)) is None
    still = new_output("display_data", data=live | {"text/html": "<img>"})
    assert set(notebooks._still(still).data) == {"text/plain", "text/html"}
    assert notebooks._still(stream("a")) == stream("a")


def cleaned(saved_run, tags=("varies",), old=("old",)):
    """A cell that printed "new" in run r2, after one of saved_run was saved."""
    metadata = {"tags": [*tags], "execution": {"iopub.execute_input": "now"}}
    cell = new_code_cell("x", metadata=metadata, outputs=[stream("new")])
    saved = new_code_cell("x", metadata={"ran": saved_run}, outputs=[*map(stream, old)])
    notebooks._clean(cell, saved, "r2")
    return cell


def test_times_are_dropped_and_a_cell_that_varies_remembers_its_run():
    assert cleaned("r2").metadata == {"tags": ["varies"], "ran": "r2"}
    assert cleaned("r2", tags=()).metadata == {"tags": []}


def test_only_a_cell_that_varies_keeps_an_output_and_only_of_the_same_run():
    assert cleaned("r2").outputs == [stream("old")]
    assert cleaned("r1").outputs == [stream("new")]
    assert cleaned("r2", old=()).outputs == [stream("new")]
    assert cleaned("r2", tags=()).outputs == [stream("new")]


# -- what is not saved ---------------------------------------------------------


REFUSED = {
    "print('one')\nprint(1 / 0)": "does not run:.*print\\(1 / 0\\).*ZeroDivisionError",
    "object()": "shows a memory address.*: at 0x.* begins 'object\\(\\)'",
    "print(lambda x: x)": "shows a memory address.*: at 0x",
    "print('x' * 5000)": "would have 5 kB and was not saved; at most 3 are allowed",
    "import os; os._exit(1)": "does not run:.*[Kk]ernel died",
}


@pytest.mark.slow
@pytest.mark.parametrize("source", REFUSED)
def test_a_lesson_that_may_not_be_saved_is_named_and_stays(lesson, monkeypatch, source):
    monkeypatch.setattr(notebooks, "LARGEST", 3000)
    refused(lesson((source,)), REFUSED[source])


@pytest.mark.slow
def test_a_cell_that_never_ends_is_stopped_and_its_lesson_stays(lesson, monkeypatch):
    monkeypatch.setattr(notebooks, "SECONDS", 1)
    refused(lesson(("import time; time.sleep(60)",)), "does not run:.*time.*out")


def refused(path, why):
    before = path.read_bytes()
    with pytest.raises(CourseError, match=f"(?s)^{path.name} {why}") as error:
        build(root=path.parents[1])
    assert "\x1b" not in str(error.value)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
