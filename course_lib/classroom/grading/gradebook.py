"""Results written to nbgrader's gradebook, by one process, a hand-in at a time.

Whatever is written twice is there once: see `save`.
"""

import copy
import html
import warnings
from datetime import UTC, datetime

import nbformat
from nbgrader.preprocessors import AssignLatePenalties, LimitOutput, SaveAutoGrades
from sqlalchemy.exc import SAWarning

from course_lib.classroom.grading.rebuild import grade_id, is_test
from course_lib.classroom.paths import write

PROBLEM = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<body style="font: 16px/1.5 sans-serif; max-width: 40em; margin: 3em auto">
<h1>{title}: not graded</h1><p>{problem}</p></body></html>
"""


class NotRegraded(Exception):
    """A question that cannot be graded again by itself: why."""


def save(known, handin, key, result, content, question=None):
    """Write a result to the gradebook; doing it again changes nothing."""
    student, exercise = handin.student, handin.exercise
    if result.problem:
        _save_problem(known, handin, result.problem)
        return
    notebook = result.notebook
    when = datetime.fromtimestamp(handin.when, UTC).replace(tzinfo=None)
    submitted = {"timestamp": when} if handin.when else {}
    with known.gradebook() as gradebook, warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # of nbgrader's own making
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(exercise, student, **submitted)
    folder = known.folder / "autograded" / student / exercise
    if question:
        notebook = _only(folder / f"{exercise}.ipynb", notebook, question)
    _keep_hand_in(known, handin, notebook, content)
    notebook = _graded(known, notebook, student, exercise, question)
    write(folder / f"{exercise}.ipynb", nbformat.writes(notebook))
    known.problem(handin).unlink(missing_ok=True)
    write(known.saved(handin), key)


def _graded(known, notebook, student, exercise, question):
    """nbgrader's own steps: cut outputs, save grades, late penalties."""
    about = {"student": student, "assignment": exercise, "notebook": exercise}
    resources = {"nbgrader": about | {"db_url": known.url}}
    notebook, _ = LimitOutput(config=known.config).preprocess(notebook, resources)
    scored = notebook
    if question:
        scored = copy.deepcopy(notebook)
        scored.cells = [
            c for c in scored.cells if is_test(c) and grade_id(c) == question
        ]
    for step in (SaveAutoGrades, AssignLatePenalties):
        step(config=known.config).preprocess(scored, resources)
    return notebook


def _only(path, notebook, question):
    """The notebook as graded before, but for one question."""
    if not path.exists():
        raise NotRegraded(f"{path.parent.parent.name} has not been graded before")
    before = nbformat.read(path, as_version=4)
    new = {grade_id(c): c.outputs for c in notebook.cells if is_test(c)}
    if question not in new:
        raise NotRegraded(f"no question {question}; there are {', '.join(new)}")
    for cell in before.cells:
        if is_test(cell) and grade_id(cell) == question:
            cell.outputs = new[question]
    return before


def _keep_hand_in(known, handin, notebook, content):
    """What nbgrader shows as submitted, and the bytes as they were handed in."""
    student, exercise = handin.student, handin.exercise
    folder = known.folder / "submitted" / student / exercise
    if not (folder / f"{exercise}.ipynb").exists() or _is_ours(folder):
        bare = copy.deepcopy(notebook)
        for cell in bare.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        write(folder / f"{exercise}.ipynb", nbformat.writes(bare))
        write(folder / ".rebuilt", "")
    kept = known.folder / "handed_in" / student / handin.exercise
    write(kept / f"{exercise}.ipynb", content)


def _is_ours(folder):
    return (folder / ".rebuilt").exists()


def _save_problem(known, handin, problem):
    """A page that says why nothing was graded; no grade is touched."""
    folder = known.folder / "feedback" / handin.student / handin.exercise
    page = PROBLEM.format(
        title=html.escape(handin.exercise), problem=html.escape(problem)
    )
    write(folder / f"{handin.exercise}.html", page)
    write(known.problem(handin), problem)
