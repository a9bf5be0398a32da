"""What a class's nbgrader_config.py names: nbgrader's own steps, with students' code
run apart and nothing hidden shown."""

from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import writes
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    GetGrades,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)

from course_lib.classroom.grading.class_folder import ClassFolder
from course_lib.classroom.grading.grade import grade
from course_lib.classroom.sandbox.sandbox import check_sandbox

WAITS = "Your teacher has not read this yet; its points will be added."


class ExecuteApart(NbGraderPreprocessor):
    """Grade a notebook in the sandbox, in place of nbgrader's Execute.

    `course grade` does the same for many at once; this is for formgrader's button.
    """

    def preprocess(self, nb, resources):
        """The notebook with outputs that say what it earned."""
        check_sandbox()
        exercise = ClassFolder(Path.cwd()).exercise(resources["nbgrader"]["assignment"])
        return grade(writes(nb).encode(), exercise), resources


class SayWhatWaits(NbGraderPreprocessor):
    """Say beside an answer that nobody has read yet that its 0 points are none yet."""

    def preprocess(self, nb, resources):
        """The notebook with a comment at each answer that waits."""
        about = resources["nbgrader"]
        names = about["notebook"], about["assignment"], about["student"]
        with Gradebook(about["db_url"]) as gradebook:
            grades = gradebook.find_submission_notebook(*names).grades
            unread = [g for g in grades if g.needs_manual_grade]
            waiting = {g.name for g in unread if g.manual_score is None}
        for cell in nb.cells:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("grade_id") in waiting:
                comments = [mark.get("comment"), WAITS]
                mark["comment"] = "\n\n".join(filter(None, comments))
        return nb, resources


AUTOGRADE = [
    ExecuteApart,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]
FEEDBACK = [GetGrades, SayWhatWaits, ClearHiddenTests, CSSHTMLHeaderPreprocessor]
