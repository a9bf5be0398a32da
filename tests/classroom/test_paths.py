"""One answer to "which lessons?" and to "which number?"; files whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from helpers import LESSONS, SOLUTIONS

from course_lib.classroom import ROOT, CourseError, paths

NAMES = "01_learning", "02_perceptron", "10_convolution"
NO_LESSONS = (
    ".ipynb_checkpoints/02_perceptron-checkpoint.ipynb",
    ".ipynb_checkpoints/02_perceptron.ipynb",
    "02_perceptron-Copy1.ipynb",
    "02_perceptron_2026-01-31_1530.ipynb",
    "02_perceptron_2026-01-31_1530_2.ipynb",
    "02_perceptron (1).ipynb",
    "2_perceptron.ipynb",
    "Untitled.ipynb",
    "Untitled1.ipynb",
    "notes.txt",
    "further/02_perceptron.ipynb",
)


@pytest.fixture
def folder(tmp_path):
    """Three lessons among what JupyterLab and `course reset` leave beside them."""
    for name in [f"{name}.ipynb" for name in NAMES] + [*NO_LESSONS]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    return tmp_path


# -- which lessons, which number -----------------------------------------------


def test_copies_checkpoints_and_untitled_are_no_lessons(folder):
    assert list(paths.lessons(folder)) == [*NAMES]
    assert list(paths.lessons(folder / "further")) == ["02_perceptron"]
    assert paths.lessons(folder / "nowhere") == {}


def test_an_exercise_is_the_notebook_that_is_called_like_its_folder(tmp_path):
    for name in ("02_perceptron.ipynb", "02_perceptron-Copy1.ipynb", "05_x.ipynb"):
        (tmp_path / "02_perceptron").mkdir(exist_ok=True)
        (tmp_path / "02_perceptron" / name).write_text("{}")
    (tmp_path / "03_empty").mkdir()
    path = tmp_path / "02_perceptron" / "02_perceptron.ipynb"
    assert paths.lessons(tmp_path) == {"02_perceptron": path}


def test_the_course_has_the_lessons_and_exercises_that_git_has():
    assert list(paths.lessons(ROOT / "notebooks").values()) == LESSONS
    assert list(paths.lessons(ROOT / "solutions").values()) == SOLUTIONS


@pytest.mark.parametrize("said", ["1", "01", "01_learning", "01_learning.ipynb"])
def test_one_means_lesson_01_and_never_lesson_10(folder, said):
    assert paths.find(folder, [said]) == [folder / "01_learning.ipynb"]


def test_without_a_number_all_are_meant_and_each_only_once(folder):
    assert [path.stem for path in paths.find(folder)] == [*NAMES]
    assert [path.stem for path in paths.find(folder, ["10", "2", "02"])] == [*NAMES[1:]]


@pytest.mark.parametrize(
    "said", ["0", "3", "99", "002", "-1", "1_learning", "02_perc", "two", "", "²", "*"]
)
def test_an_unknown_number_is_told_which_there_are(folder, said):
    with pytest.raises(CourseError) as error:
        paths.find(folder, ["01", said])
    have = "01_learning, 02_perceptron, 10_convolution"
    assert str(error.value) == f"There is no lesson {said}; there are {have}."


def test_an_ambiguous_number_is_asked_for_the_whole_name(folder):
    (folder / "02_perceptron_old.ipynb").write_text("{}")
    with pytest.raises(CourseError, match="02_perceptron or 02_perceptron_old: say"):
        paths.find(folder, ["02"])
    assert paths.find(folder, ["02_perceptron"]) == [folder / "02_perceptron.ipynb"]


def test_a_folder_without_lessons_says_so(tmp_path):
    with pytest.raises(CourseError, match="There is no lesson 2; there are none."):
        paths.find(tmp_path, ["2"])
    with pytest.raises(CourseError, match="No lessons were found in .*whole copy"):
        paths.find(tmp_path)


def test_an_exercise_of_a_teachers_own_need_not_have_a_number():
    names = ["02_perceptron", "my-exam"]
    assert paths.choose(["my-exam"], names) == ["my-exam"]
    assert paths.choose([], names) == names


# -- a file is written whole or not at all --------------------------------------


def test_a_file_is_written_with_its_folder_and_nothing_else(tmp_path):
    paths.write(tmp_path / "a" / "b" / "é.txt", "Zoë\n")
    paths.write(tmp_path / "a" / "b" / "é.txt", b"again")
    assert (tmp_path / "a" / "b" / "é.txt").read_bytes() == b"again"
    assert os.listdir(tmp_path / "a" / "b") == ["é.txt"]


def test_a_new_file_may_be_read_by_whom_the_umask_allows(tmp_path):
    before = os.umask(0o027)
    try:
        paths.write(tmp_path / "a.txt", "")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError("disk full")])
def test_an_interrupted_write_keeps_the_old_file_and_leaves_no_part(tmp_path, failure):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(BaseException) as raised, paths.whole(path) as part:
        part.write_text("half of the n")
        raise failure
    assert raised.type in (KeyboardInterrupt, OSError)
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["a.txt"]


KILLED = """
import sys
from pathlib import Path
from course_lib.classroom.paths import write
print("ready", flush=True)
while True:
    for letter in "ab":
        write(Path(sys.argv[1]), letter * 3_000_000)
"""


@pytest.mark.slow
def test_a_killed_write_leaves_the_old_file_or_the_new_one(tmp_path):
    path = tmp_path / "a.txt"
    command = [sys.executable, "-c", KILLED, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    while not path.exists():
        time.sleep(0.01)
    for _ in range(20):  # a reader meanwhile never sees a part
        assert path.read_text() in ("a" * 3_000_000, "b" * 3_000_000)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert path.read_text() in ("a" * 3_000_000, "b" * 3_000_000)
    paths.write(path, json.dumps("whole"))
    assert json.loads(path.read_text()) == "whole"
