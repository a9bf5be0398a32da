"""What a class's nbgrader_config.py names: nbgrader's own steps, with students' code
run apart and nothing hidden shown."""

from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import writes
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    GetGrades,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)

from course_lib.classroom.grading import grade
from course_lib.classroom.sandbox import check_sandbox


class ExecuteApart(NbGraderPreprocessor):
    """Grade a notebook in the sandbox, in place of nbgrader's Execute.

    `course grade` does the same for many at once; this is for formgrader's button.
    """

    def preprocess(self, nb, resources):
        from course_lib.classroom.gradebook import Class

        check_sandbox()
        exercise = Class(Path.cwd()).exercise(resources["nbgrader"]["assignment"])
        return grade(writes(nb).encode(), exercise), resources


AUTOGRADE = [
    ExecuteApart,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]
FEEDBACK = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor]
