"""The class's gradebook: nbgrader's, written by one process, a hand-in at a time."""

import contextlib
import copy
import csv
import hashlib
import html
import json
import warnings
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import (
    AssignLatePenalties,
    ClearHiddenTests,
    LimitOutput,
    SaveAutoGrades,
)
from sqlalchemy.exc import SAWarning

from course_lib.classroom import CourseError
from course_lib.classroom.grading.attempt import Exercise
from course_lib.classroom.grading.rebuild import is_test, name
from course_lib.classroom.grading.release import api, configured
from course_lib.classroom.paths import whole, write

VERSION = 1  # of grading: a new one grades what was graded before once more


class NotRegraded(Exception):
    """A question that cannot be graded again by itself: why."""


class Class:
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
                kept = gradebook.find_source_cell(name(cell), exercise, exercise)
                tests[name(cell)] = (public(cell, kept.source), kept.source)
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

    # -- results ---------------------------------------------------------------

    def result(self, key):
        """A result kept before, or None."""
        try:
            return json.loads((self.folder / "results" / f"{key}.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def keep(self, key, result):
        write(self.folder / "results" / f"{key}.json", json.dumps(result))

    def is_saved(self, handin, key):
        place = self._saved(handin)
        return place.exists() and place.read_text() == key

    def _saved(self, handin):
        """The file that says of which result a hand-in's grades were made."""
        return self.folder / "saved" / handin.student / f"{handin.exercise}.txt"

    def save(self, handin, key, result, content, question=None):
        """Write a result to the gradebook; doing it again changes nothing."""
        student, exercise = handin.student, handin.exercise
        if result["problem"]:
            self._save_problem(handin, result["problem"])
            return
        notebook = nbformat.from_dict(result["notebook"])
        when = datetime.fromtimestamp(handin.when, UTC).replace(tzinfo=None)
        submitted = {"timestamp": when} if handin.when else {}
        with self.gradebook() as gradebook, warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # of nbgrader's own making
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission(exercise, student, **submitted)
        folder = self.folder / "autograded" / student / exercise
        if question:
            notebook = self._only(folder / f"{exercise}.ipynb", notebook, question)
        self._keep_hand_in(handin, notebook, content)
        notebook = self._graded(notebook, student, exercise, question)
        write(folder / f"{exercise}.ipynb", nbformat.writes(notebook))
        self._problem(handin).unlink(missing_ok=True)
        write(self._saved(handin), key)

    def _graded(self, notebook, student, exercise, question):
        """nbgrader's own steps: cut outputs, save grades, late penalties."""
        about = {"student": student, "assignment": exercise, "notebook": exercise}
        resources = {"nbgrader": about | {"db_url": self.url}}
        notebook, _ = LimitOutput(config=self.config).preprocess(notebook, resources)
        scored = notebook
        if question:
            scored = copy.deepcopy(notebook)
            scored.cells = [
                c for c in scored.cells if is_test(c) and name(c) == question
            ]
        for step in (SaveAutoGrades, AssignLatePenalties):
            step(config=self.config).preprocess(scored, resources)
        return notebook

    def _only(self, path, notebook, question):
        """The notebook as graded before, but for one question."""
        if not path.exists():
            raise NotRegraded(f"{path.parent.parent.name} has not been graded before")
        before = nbformat.read(path, as_version=4)
        new = {name(c): c.outputs for c in notebook.cells if is_test(c)}
        if question not in new:
            raise NotRegraded(f"no question {question}; there are {', '.join(new)}")
        for cell in before.cells:
            if is_test(cell) and name(cell) == question:
                cell.outputs = new[question]
        return before

    def _keep_hand_in(self, handin, notebook, content):
        """What nbgrader shows as submitted, and the bytes as they were handed in."""
        student, exercise = handin.student, handin.exercise
        folder = self.folder / "submitted" / student / exercise
        if not (folder / f"{exercise}.ipynb").exists() or self._ours(folder):
            bare = copy.deepcopy(notebook)
            for cell in bare.cells:
                if cell.cell_type == "code":
                    cell.outputs = []
            write(folder / f"{exercise}.ipynb", nbformat.writes(bare))
            write(folder / ".rebuilt", "")
        kept = self.folder / "handed_in" / student / handin.exercise
        write(kept / f"{exercise}.ipynb", content)

    def _ours(self, folder):
        return (folder / ".rebuilt").exists()

    def _save_problem(self, handin, problem):
        """A page that says why nothing was graded; no grade is touched."""
        folder = self.folder / "feedback" / handin.student / handin.exercise
        page = PROBLEM.format(
            title=html.escape(handin.exercise), problem=html.escape(problem)
        )
        write(folder / f"{handin.exercise}.html", page)
        write(self._problem(handin), problem)

    def _problem(self, handin):
        """The file that says why the newest hand-in could not be graded."""
        return self.folder / "problems" / handin.student / f"{handin.exercise}.txt"

    # -- for the teacher -------------------------------------------------------

    def scores(self, handin):
        """(score, max_score, waits for the teacher) of a hand-in."""
        with self.gradebook() as gradebook:
            try:
                found = gradebook.find_submission(handin.exercise, handin.student)
            except MissingEntry:
                return None
            return found.score, found.max_score, found.needs_manual_grade

    def submissions(self):
        """(student, exercise) of everything that was graded."""
        paths = (self.folder / "saved").glob("*/*.txt")
        return sorted((path.parent.name, path.stem) for path in paths)

    def feedback(self, student, exercise):
        """Write a hand-in's feedback page with nbgrader."""
        done = self.api.generate_feedback(exercise, student, force=True)
        if not done["success"]:
            raise CourseError(f"no feedback page for {student}:\n{done['log']}")

    def table(self):
        """Write grades.csv: a row a student and exercise, a column a question."""
        rows = []
        with self.gradebook() as gradebook:
            for assignment in gradebook.assignments:
                for found in gradebook.assignment_submissions(assignment.name):
                    rows += _rows(found, assignment.name)
        for path in (self.folder / "problems").glob("*/*.txt"):
            row = {"student": path.parent.name, "exercise": path.stem}
            state = f"not submitted: {path.read_text('utf-8')}"
            rows.append(row | {"question": "(newest)", "state": state})
        rows.sort(key=lambda row: (row["student"], row["exercise"]))
        path = self.folder / "grades.csv"
        with whole(path) as part, open(part, "w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, COLUMNS, restval="")
            table.writeheader()
            table.writerows({k: plain(v) for k, v in row.items()} for row in rows)
        return path

    def pack_feedback(self):
        """One zip with every student's pages."""
        path = self.folder / "feedback.zip"
        pages = sorted((self.folder / "feedback").rglob("*.html"))
        with (
            whole(path) as part,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file,
        ):
            for page in pages:
                file.write(page, page.relative_to(self.folder))
        return path


COLUMNS = "student exercise question score max_score by_hand state".split()
PROBLEM = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<body style="font: 16px/1.5 sans-serif; max-width: 40em; margin: 3em auto">
<h1>{title}: not graded</h1><p>{problem}</p></body></html>
"""


def _rows(found, exercise):
    """The rows of one submission: the whole, then its questions."""
    late = sum(n.late_submission_penalty or 0 for n in found.notebooks)
    who = {"student": found.student_id, "exercise": exercise}
    rows = [who | _row("(all)", found, found.score - late)]
    for grade in (grade for notebook in found.notebooks for grade in notebook.grades):
        row = who | _row(grade.name, grade, grade.score)
        rows.append(row | {"by_hand": grade.manual_score})
    return rows


def _row(question, of, score):
    state = "waiting for you" if of.needs_manual_grade else "graded"
    row = {"question": question, "score": score, "max_score": of.max_score}
    return row | {"state": state}


def plain(value):
    """A value for a table that no spreadsheet takes for a formula."""
    unsafe = isinstance(value, str) and value[:1] in "=+-@\t\r" and value
    return f"'{value}" if unsafe else value


def public(cell, source):
    """The part of a test that students have."""
    cell = copy.deepcopy(cell)
    cell.source = source
    return ClearHiddenTests().preprocess_cell(cell, {}, 0)[0].source
