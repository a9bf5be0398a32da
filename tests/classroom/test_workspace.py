"""The learner's copies: what `course start` and `course reset` may and may not do."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from course_lib.classroom import ROOT, CourseError, workspace
from course_lib.classroom.command import app


def notebook(text, output=""):
    """Return a notebook of one cell that was run and printed `output`."""
    printed = {"output_type": "stream", "name": "stdout", "text": [output]}
    cell = {
        "cell_type": "code",
        "execution_count": 7,
        "id": "cell",
        "metadata": {},
        "outputs": [printed],
        "source": [text],
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4})


@pytest.fixture
def course(tmp_path):
    """A course of two lessons, one with an exercise."""
    root = tmp_path / "my course"
    exercise = root / "exercises" / "02_neuron"
    (exercise / ".ipynb_checkpoints").mkdir(parents=True)
    (exercise / ".ipynb_checkpoints" / "02_neuron.ipynb").write_text("{}")
    (exercise / "02_neuron.ipynb").write_text(notebook("answer"))
    (exercise / "checks.json").write_text("{}")
    (root / "notebooks").mkdir()
    (root / "notebooks" / "00_start.ipynb").write_text(notebook("1 + 1", "2"))
    (root / "notebooks" / "02_neuron.ipynb").write_text(notebook("w @ x", "3"))
    return root


@pytest.fixture
def folder(tmp_path, course):
    """A workspace filled from that course."""
    workspace.fill(tmp_path / "workspace", course)
    return tmp_path / "workspace"


@pytest.fixture
def lab(monkeypatch):
    """JupyterLab, replaced by a list of the options that it was started with."""
    from jupyterlab import labapp

    calls = []
    monkeypatch.setattr(labapp, "main", calls.append)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return calls


def start(folder, course, *options):
    with pytest.raises(SystemExit):
        workspace.start(folder, options, course)


def test_start_copies_lessons_and_whole_exercises(folder):
    copies = {p.relative_to(folder).as_posix() for p in folder.rglob("*.*")}
    assert copies - {".course.json"} == {
        "notebooks/00_start.ipynb",
        "notebooks/02_neuron.ipynb",
        "exercises/02_neuron/02_neuron.ipynb",
        "exercises/02_neuron/checks.json",
    }


def test_a_fresh_copy_spoils_no_prediction(folder):
    for path in folder.rglob("*.ipynb"):
        (cell,) = json.loads(path.read_text())["cells"]
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def test_start_never_overwrites_the_learners_work(folder, course):
    written = {p: f"mine: {p}" for p in folder.rglob("*.*") if p.name[0] != "."}
    for path, text in written.items():
        path.write_text(text)
    assert workspace.fill(folder, course) == []
    assert {p: p.read_text() for p in written} == written


def test_start_brings_a_lesson_that_came_later(folder, course):
    (course / "notebooks" / "03_stairs.ipynb").write_text(notebook("x"))
    assert workspace.fill(folder, course) == ["notebooks/03_stairs.ipynb"]


def test_an_interrupted_copy_is_no_copy(course, folder, monkeypatch):
    (folder / "notebooks" / "00_start.ipynb").unlink()

    def interrupt(part, path):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("os.replace", interrupt)
        workspace.fill(folder, course)
    assert not (folder / "notebooks" / "00_start.ipynb").exists()
    assert workspace.fill(folder, course) == ["notebooks/00_start.ipynb"]


def test_start_says_in_one_line_what_it_did(folder, course, lab, capsys):
    start(folder.with_name("fresh"), course)
    assert re.fullmatch(
        "Copied 2 lessons and 1 exercise to .*/fresh; these copies are yours.\n",
        capsys.readouterr().out,
    )
    start(folder, course)
    assert capsys.readouterr().out == f"Your workspace {folder} is as you left it.\n"


def test_start_names_a_lesson_that_is_newer_than_the_copy(folder, course, lab, capsys):
    (course / "notebooks" / "02_neuron.ipynb").write_text(notebook("w @ x + b"))
    start(folder, course)
    assert "newer version of 02; `course reset 02` in" in capsys.readouterr().out
    workspace.reset("02", folder, course)
    assert workspace.newer(folder, course) == []


def test_a_lesson_that_was_only_run_again_is_not_newer(folder, course):
    lesson = course / "notebooks" / "02_neuron.ipynb"
    lesson.write_text(notebook("w @ x", "another output"))
    assert workspace.newer(folder, course) == []


def test_start_opens_lesson_00_in_the_workspace(folder, course, lab):
    start(folder, course, "--port=8899")
    (options,) = lab
    assert f"--ServerApp.root_dir={folder}" in options
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start.ipynb" in options
    assert options[-1] == "--port=8899"
    assert os.environ["COURSE_PROGRESS"] == str(folder / ".progress.jsonl")


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_only_root_is_let_in_as_root(folder, course, monkeypatch, user, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert ("--allow-root" in workspace.options(folder, course)) == allowed


def test_windows_has_no_root(folder, course, monkeypatch):
    monkeypatch.delattr(os, "geteuid", raising=False)
    assert "--allow-root" not in workspace.options(folder, course)


def test_our_settings_come_before_the_users(folder, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    paths = workspace.environment(folder)["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert paths == [str(workspace.SETTINGS), "theirs"]


def test_a_kernel_computes_on_one_thread_unless_told_otherwise(folder, monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    told = workspace.environment(folder)
    assert (told["OMP_NUM_THREADS"], told["OPENBLAS_NUM_THREADS"]) == ("1", "4")


def test_a_terminal_of_lab_finds_the_course_command(folder):
    path = workspace.environment(folder)["PATH"]
    assert shutil.which("course", path=path) == shutil.which(
        "course", path=os.path.dirname(sys.executable)
    )
    assert shutil.which("course", path=path)


def test_reset_renews_a_lesson_and_keeps_the_old_copy(folder, course, capsys):
    (folder / "notebooks" / "02_neuron.ipynb").write_text("my work")
    workspace.reset("2", folder, course)
    said = capsys.readouterr().out
    (kept,) = (folder / "notebooks").glob("02_neuron_*.ipynb")
    assert re.fullmatch(r"02_neuron_\d{4}-\d\d-\d\d_\d{4}\.ipynb", kept.name)
    assert kept.read_text() == "my work"
    assert str(kept) in said
    assert json.loads((folder / "notebooks" / "02_neuron.ipynb").read_text())["cells"]


def test_reset_renews_the_exercise_too(folder, course):
    exercise = folder / "exercises" / "02_neuron"
    (exercise / "02_neuron.ipynb").write_text("my answer")
    (exercise / "checks.json").unlink()
    workspace.reset("02", folder, course)
    (kept,) = exercise.glob("02_neuron_*.ipynb")
    assert kept.read_text() == "my answer"
    assert (exercise / "checks.json").exists()


def test_reset_never_overwrites_an_earlier_copy(folder, course):
    lesson = folder / "notebooks" / "02_neuron.ipynb"
    for attempt in ("first", "second", "third"):
        lesson.write_text(attempt)
        workspace.reset("02", folder, course)
    kept = {
        path.read_text() for path in (folder / "notebooks").glob("02_neuron_*.ipynb")
    }
    assert kept == {"first", "second", "third"}


def test_reset_leaves_other_lessons_alone(folder, course):
    (folder / "notebooks" / "00_start.ipynb").write_text("my work")
    workspace.reset("02", folder, course)
    assert (folder / "notebooks" / "00_start.ipynb").read_text() == "my work"


def test_a_lesson_that_was_not_touched_needs_no_copy(folder, course):
    workspace.reset("02", folder, course)
    assert not list(folder.rglob("02_neuron_*"))


@pytest.mark.parametrize("said", ["2", "02", "02_perceptron"])
def test_a_lesson_of_a_workspace_is_reset_by_number_or_name(tmp_path, said):
    workspace.fill(tmp_path, ROOT)
    copies = {p: p.read_bytes() for p in tmp_path.rglob("*.*") if p.name[0] != "."}
    for path in copies:
        path.write_text("mine")
    workspace.reset(said, tmp_path)
    renewed = {path.name for path in copies if path.read_text("utf-8") != "mine"}
    assert renewed == {"02_perceptron.ipynb", "checks.json"}
    for folder in (tmp_path / "notebooks", tmp_path / "exercises" / "02_perceptron"):
        path = folder / "02_perceptron.ipynb"
        assert path.read_bytes() == copies[path]
        (kept,) = folder.glob("02_perceptron_20*.ipynb")
        assert kept.read_text() == "mine"


def test_copies_beside_the_courses_lessons_are_not_copied_again(course, tmp_path):
    for folder in (course / "notebooks", course / "exercises" / "02_neuron"):
        for name in ("02_neuron-Copy1", "02_neuron_2026-01-31_1530", "Untitled"):
            (folder / f"{name}.ipynb").write_text(notebook("mine"))
    workspace.fill(tmp_path / "workspace", course)
    copies = [path.stem for path in (tmp_path / "workspace").rglob("*.ipynb")]
    assert sorted(copies) == ["00_start", "02_neuron", "02_neuron"]


@pytest.mark.parametrize("number", ["99", "two", "-1", "002"])
def test_reset_says_which_lessons_there_are(folder, course, number):
    with pytest.raises(CourseError, match=f"no lesson {number}; there are 00_.*, 02"):
        workspace.reset(number, folder, course)


def test_a_mistake_is_answered_without_a_traceback(folder):
    answer = CliRunner().invoke(app, ["reset", "99", "--workspace", str(folder)])
    assert answer.exit_code == 1
    assert "no lesson 99" in " ".join(answer.stderr.split())
    assert "Traceback" not in answer.output


def test_a_course_without_lessons_says_so(tmp_path):
    with pytest.raises(CourseError, match="No lessons were found"):
        workspace.fill(tmp_path / "workspace", tmp_path)


def test_further_options_go_to_jupyterlab(folder, monkeypatch):
    given = []
    monkeypatch.setattr(workspace, "start", lambda *args: given.extend(args))
    words = "start --no-browser --port 8899 --ServerApp.token=x --collaborative"
    CliRunner().invoke(app, [*words.split(), "--workspace", str(folder)])
    assert given[0] == folder
    assert given[1] == [
        "--no-browser",
        "--port=8899",
        "--ServerApp.token=x",
        "--collaborative",
    ]


def test_help_is_quick_because_commands_import_late():
    code = "import sys, course_lib.classroom.command; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True).stdout.split()
    assert "course_lib.classroom.command" in loaded
    assert not {"jupyterlab", "nbformat", "numpy", "tensorflow"} & set(loaded)
