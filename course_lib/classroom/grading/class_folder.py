"""A class's folder: what was released, what is graded already, nbgrader's gradebook."""

import contextlib
import copy
import hashlib
import json
from functools import cache
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import ClearHiddenTests

from course_lib.classroom import CourseError
from course_lib.classroom.grading.grade import Exercise, Result
from course_lib.classroom.grading.rebuild import grade_id, is_test
from course_lib.classroom.grading.release import api, configured
from course_lib.classroom.paths import write

VERSION = 1  # of grading: a new one grades what was graded before once more


class ClassFolder:
    """A class's folder, as `course release` makes it."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.config = configured(self.folder)
        self.api = api(self.folder)
        self.url = self.api.coursedir.db_url
        self._gradebook = None

    @contextlib.contextmanager
    def gradebook(self):
        """nbgrader's gradebook, on a new session; its queries are compiled once."""
        self._gradebook = self._gradebook or Gradebook(self.url)
        try:
            yield self._gradebook
        finally:
            self._gradebook.close()  # of the session; the next one opens another

    def exercises(self):
        """The names of the released exercises."""
        paths = sorted((self.folder / "release").glob("*/*.ipynb"))
        found = [path.stem for path in paths if path.stem == path.parent.name]
        if not found:
            raise CourseError(f"nothing is released in {self.folder}: course release")
        return found

    @cache  # noqa: B019  a class lives as long as the command
    def exercise(self, exercise):
        """The exercise as released, with the tests as the gradebook has them."""
        folder = self.folder / "release" / exercise
        notebook = nbformat.read(folder / f"{exercise}.ipynb", as_version=4)
        tests = {}
        with self.gradebook() as gradebook:
            for cell in filter(is_test, notebook.cells):
                kept = gradebook.find_source_cell(grade_id(cell), exercise, exercise)
                tests[grade_id(cell)] = (public_part(cell, kept.source), kept.source)
        files = {
            p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".json"
        }
        return Exercise(exercise, notebook, tests, files)

    def key(self, handin, content, files):
        """A name for the result of these bytes, graded by these tests."""
        exercise = self.exercise(handin.exercise)
        parts = [VERSION, sorted(exercise.tests.items()), exercise.files.items()]
        parts += [nbformat.writes(exercise.release), content, sorted(files.items())]
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def result(self, key):
        """A result kept before, or None."""
        try:
            text = (self.folder / "results" / f"{key}.json").read_text("utf-8")
            return Result.from_plain_data(json.loads(text))
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def keep(self, key, result):
        """Keep a result for the next time."""
        text = json.dumps(result.as_plain_data())
        write(self.folder / "results" / f"{key}.json", text)

    def is_saved(self, handin, key):
        """Whether a hand-in's grades were made of the result of this name."""
        place = self.saved(handin)
        return place.exists() and place.read_text() == key

    def saved(self, handin):
        """The file that says of which result a hand-in's grades were made."""
        return self.folder / "saved" / handin.student / f"{handin.exercise}.txt"

    def scores(self, handin):
        """(score, max_score, waits for the teacher) of a hand-in."""
        with self.gradebook() as gradebook:
            try:
                found = gradebook.find_submission(handin.exercise, handin.student)
            except MissingEntry:
                return None
            return found.score, found.max_score, found.needs_manual_grade

    def problem(self, handin):
        """The file that says why the newest hand-in could not be graded."""
        return self.folder / "problems" / handin.student / f"{handin.exercise}.txt"

    def submissions(self):
        """(student, exercise) of everything that was graded."""
        paths = (self.folder / "saved").glob("*/*.txt")
        return sorted((path.parent.name, path.stem) for path in paths)


def public_part(cell, source):
    """The part of a test that students have."""
    cell = copy.deepcopy(cell)
    cell.source = source
    return ClearHiddenTests().preprocess_cell(cell, {}, 0)[0].source
