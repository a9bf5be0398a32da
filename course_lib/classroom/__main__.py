"""`python -m course_lib.classroom` is the `course` command, wherever it lies."""

from course_lib.classroom.command import app

app()
