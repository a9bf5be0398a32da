"""The `course` command: one file a verb at the front, and two wings with locks.

In `grading` hand-ins become grades; in `sandbox` students' code runs. Imports run one
way (the arrow reads "is used by"):

    paths → claims_table, exercises, gaps, notebooks, slides, workspace, grading
    questions → exercises, gaps
    learners_copy → gaps, minutes, slide_story, workspace
    exercises → gaps, grading
    sandbox → grading
    minutes, slide_story → slides
    claims_table, exercises, gaps, grading, notebooks, slides, workspace → command
    grading → apart
"""

from pathlib import Path

import course_lib

ROOT = Path(course_lib.__file__).resolve().parents[1]

# The nets of the lessons are small. Further threads of NumPy's matrix products wait for
# each other, on a busy machine for many times as long as a product takes.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "MKL", "OMP")}


class CourseError(Exception):
    """A mistake that a person can mend: what was wrong, expected, and to do."""
