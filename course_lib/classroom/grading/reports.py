"""What a teacher hands on: grades.csv, and a page for each student and exercise."""

import csv
import zipfile

from course_lib.classroom import CourseError
from course_lib.classroom.paths import whole

COLUMNS = "student exercise question score max_score by_hand state".split()


def write_page(known, student, exercise):
    """Write a hand-in's feedback page with nbgrader."""
    done = known.api.generate_feedback(exercise, student, force=True)
    if not done["success"]:
        raise CourseError(f"no feedback page for {student}:\n{done['log']}")


def write_table(known):
    """Write grades.csv: a row a student and exercise, a column a question."""
    rows = []
    with known.gradebook() as gradebook:
        for assignment in gradebook.assignments:
            for found in gradebook.assignment_submissions(assignment.name):
                rows += _rows(found, assignment.name)
    for path in (known.folder / "problems").glob("*/*.txt"):
        row = {"student": path.parent.name, "exercise": path.stem}
        state = f"not submitted: {path.read_text('utf-8')}"
        rows.append(row | {"question": "(newest)", "state": state})
    rows.sort(key=lambda row: (row["student"], row["exercise"]))
    path = known.folder / "grades.csv"
    with whole(path) as part, open(part, "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS, restval="")
        table.writeheader()
        table.writerows({k: safe_cell(v) for k, v in row.items()} for row in rows)
    return path


def pack_pages(known):
    """One zip with every student's pages."""
    path = known.folder / "feedback.zip"
    pages = sorted((known.folder / "feedback").rglob("*.html"))
    with (
        whole(path) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for page in pages:
            file.write(page, page.relative_to(known.folder))
    return path


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


def safe_cell(value):
    """A value for a table that no spreadsheet takes for a formula."""
    unsafe = isinstance(value, str) and value[:1] in "=+-@\t\r" and value
    return f"'{value}" if unsafe else value
