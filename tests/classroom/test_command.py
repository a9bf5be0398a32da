"""Every verb of `course`: what a number means to it, and what a wrong word does."""

from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from course_lib.classroom import ROOT, CourseError
from course_lib.classroom.command import app
from course_lib.classroom.grading import batch, executors, release
from course_lib.classroom.paths import lessons

NAMES = list(lessons(ROOT / "solutions"))


class Seen(Exception):
    """The lessons or exercises that a verb was about to work on."""


def see(names):
    raise Seen(*names)


@pytest.fixture
def stopped(monkeypatch, tmp_path):
    """Every verb stops as soon as it knows on what it is to work."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "class").mkdir()
    (tmp_path / "hand-ins").mkdir()
    for name in (
        "notebooks.execute",
        "exercises.stored_checks",
        "slides.deck_html",
        "workspace.renew",
        "grading.release.stored_checks",
    ):
        stop = lambda path, *others: see([path.stem])  # noqa: E731
        monkeypatch.setattr(f"course_lib.classroom.{name}", stop)
    monkeypatch.setattr(release, "prepare", lambda folder: 1)
    monkeypatch.setattr(release, "make_wheel", lambda folder, root: None)
    monkeypatch.setattr(executors, "warm_up", lambda jobs: [])
    known = SimpleNamespace(exercises=lambda: NAMES)
    known.submissions = lambda: [(name, name) for name in NAMES]
    monkeypatch.setattr(batch, "ClassFolder", lambda folder: known)
    monkeypatch.setattr(batch, "find", lambda folder, names, roster: see(names))
    monkeypatch.setattr(batch, "write_pages", lambda _, pages, *rest: see(dict(pages)))


VERBS = (
    "notebooks",
    "exercises",
    "slides",
    "reset --workspace mine",
    "release",
    "feedback",
    "grade hand-ins --unsafe-no-sandbox --exercise",
)


@pytest.mark.parametrize("said", ["1", "01", "01_learning", "01_learning.ipynb"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_number_means_the_same_to_every_verb(stopped, verb, said):
    ran = CliRunner().invoke(app, [*verb.split(), said])
    assert isinstance(ran.exception, Seen), ran.output
    assert ran.exception.args == ("01_learning",)


# -- wrong words ---------------------------------------------------------------


@pytest.fixture
def untouched(tmp_path, monkeypatch):
    """A folder with a file, a folder and an empty class; it and the course stay so."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(executors, "warm_up", lambda jobs: [])
    (tmp_path / "file.txt").write_text("mine")
    (tmp_path / "folder").mkdir()
    before = everything(tmp_path)
    yield
    assert everything(tmp_path) == before


def everything(folder):
    """{path: when it was changed} of what a verb might write."""
    places = [folder, *(ROOT / n for n in ("notebooks", "exercises", "solutions"))]
    found = {path for place in places for path in place.rglob("*")} - set(places)
    found = {path for path in found if "__pycache__" not in path.parts}
    return {p: p.stat().st_mtime_ns for p in [*found, ROOT / "CLAIMS.md"] if p.exists()}


WRONG = {
    "notebooks 99": (1, "There is no lesson 99; there are 00_start, 01_"),
    "notebooks 1 0x": (1, "There is no lesson 0x; there are 00_start, 01_"),
    "notebooks --folder x": (2, "No such option: --folder"),
    "exercises 0": (1, "There is no exercise 0; there are 01_learning, "),
    "claims 3": (2, "unexpected extra argument"),
    "slides 3 two": (1, "There is no lesson two; there are 00_start, "),
    "slides 3 --out file.txt": (2, "'file.txt' is a file"),
    "slides 3 --out file.txt/decks": (1, "file.txt cannot be written to; name a"),
    "release 11_lstm": (1, "There is no exercise 11_lstm; there are 01_learning, "),
    "release 1 --class file.txt": (2, "'file.txt' is a file"),
    "release 1 --class .": (1, "neither empty nor a class's folder. Name an empty"),
    "reset": (2, "Missing argument 'NN'"),
    "reset 2 3": (2, "unexpected extra argument"),
    "reset 99 --workspace mine": (1, "There is no lesson 99; there are 00_start, "),
    "reset 2 --workspace file.txt": (2, "'file.txt' is a file"),
    "reset 2 --workspace file.txt/mine": (1, "file.txt cannot be written to; name a"),
    "start --port many": (2, "Invalid value for '--port'"),
    "start --port 0": (2, "Invalid value for '--port'"),
    "start --workspace file.txt/mine": (1, "file.txt cannot be written to; name a"),
    "grade": (2, "Missing argument 'FOLDER'"),
    "grade nowhere": (2, "'nowhere' does not exist"),
    "grade folder --unsafe-no-sandbox --exercise 99": (1, "no exercise 99; there are"),
    "grade folder --unsafe-no-sandbox --class folder": (1, "folder is no class's"),
    "grade folder --roster nowhere.csv": (2, "'nowhere.csv' does not exist"),
    "grade folder --roster folder": (2, "'folder' is a directory"),
    "grade folder --jobs 0": (2, "Invalid value for '--jobs'"),
    "feedback --class nowhere": (1, "nowhere is no class's folder. Make one: course"),
    "feedback 2 --jobs none": (2, "Invalid value for '--jobs'"),
    "grades": (2, "No such command 'grades'"),
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_word_gets_a_sentence_and_changes_nothing(untouched, words):
    code, sentence = WRONG[words]
    ran = CliRunner().invoke(app, words.split())
    said = " ".join(ran.output.replace("│", " ").split())
    said = said.replace("option '--folder'", "option: --folder")  # click has both
    assert sentence in said
    assert ran.exit_code == code and isinstance(ran.exception, SystemExit)


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_said_in_a_sentence():
    with pytest.raises(CourseError, match="No dask scheduler is at nonsense"):
        next(executors.on_machines([], "nonsense"))
