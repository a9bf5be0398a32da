"""What start, reset, release, grade and slides need: the `course` command."""

from pathlib import Path

import course_lib

ROOT = Path(course_lib.__file__).resolve().parents[1]


class CourseError(Exception):
    """A mistake that a person can mend: what was wrong, expected, and to do."""
