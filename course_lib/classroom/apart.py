"""The name by which classes released before call nbgrader's steps; see grading."""

from course_lib.classroom.grading.nbgrader_steps import AUTOGRADE, FEEDBACK

__all__ = ["AUTOGRADE", "FEEDBACK"]
