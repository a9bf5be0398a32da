"""What tests of more than one folder need: lessons, solutions, hand-ins, a browser."""

import contextlib
import os
import shutil
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from course_lib.classroom import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
SOLUTIONS = sorted((ROOT / "solutions").glob("*/[0-9][0-9]_*.ipynb"))
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
each_solution = pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
needs_bwrap = pytest.mark.skipif(
    not shutil.which("bwrap") and not os.environ.get("CI"),
    reason="no bubblewrap was found on PATH",
)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


def solution(number):
    """The path of a solution's notebook, by its two digits."""
    return next(path for path in SOLUTIONS if path.stem.startswith(number))


def hand_in(path, **sources):
    """The bytes of a solution's notebook with other sources for some questions."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        cell.source = sources.pop(mark.get("grade_id"), cell.source)
    assert not sources
    return nbformat.writes(notebook).encode()


def scores(folder):
    """{(student, question): score} of every grade in the gradebook."""
    from nbgrader.api import Gradebook  # most tests need none

    from course_lib.classroom.grading.class_folder import ClassFolder

    with Gradebook(ClassFolder(folder).url) as gradebook:
        found = [
            ((submission.student_id, grade.name), grade.score)
            for assignment in gradebook.assignments
            for submission in gradebook.assignment_submissions(assignment.name)
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
    assert max(Counter(key for key, _ in found).values(), default=1) == 1, "doubled"
    return dict(found)


@contextlib.contextmanager
def chromium():
    """The machine's Chromium, or Playwright's own; a skip where there is none."""
    names = "chromium", "chromium-browser", "google-chrome", "chrome"
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        programs = *map(shutil.which, names), own if Path(own).exists() else None
        program = next(filter(None, programs), None)
        if program is None:
            pytest.skip("no Chromium was found on PATH")  # in CI: a failure
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
