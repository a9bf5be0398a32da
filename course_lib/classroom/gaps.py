"""The lessons' gaps: made from the saved lesson, opened in the learner's copy.

A cell tagged `now-you` defines one function; its one to three lines that end in
`# now you: …` are the gap. What is right, and which mistakes have names, stands in
solutions/NN_topic/gaps.py as for an exercise; no further names than np are needed.
"""

import ast
import json
import re

import nbformat
import numpy as np

from course_lib import gaps
from course_lib.classroom import ROOT, CourseError
from course_lib.classroom.exercises import stored_question
from course_lib.classroom.learners_copy import is_gap
from course_lib.classroom.paths import find, lessons, write
from course_lib.classroom.questions import questions

MOST_LINES = 3
MOST_INPUTS = 5  # nothing leaks: the lines that answer are stored beside them


def cells(lesson):
    """{name: source} of a lesson's gaps."""
    found = {}
    for cell in nbformat.read(lesson, as_version=4).cells:
        if is_gap(cell):
            name = re.search(r"(?m)^def (\w+)\(", cell.source)[1]
            found[name] = cell.source
    return found


def generate(names=()):
    """Write what `now_you` needs to know of the gaps of each lesson that has some."""
    for lesson in find(ROOT / "notebooks", names):
        if sources := cells(lesson):
            data = stored(lesson.stem, sources)
            text = json.dumps(data, indent=1, ensure_ascii=False)
            write(gaps.FOLDER / f"{lesson.stem}.json", text + "\n")


def stored(stem, sources):
    """The plain data of a lesson's gaps, {name: inputs, answers, …, source}."""
    exercise = lessons(ROOT / "solutions").get(stem)
    known = questions(exercise, "gaps.py") if exercise else {}
    if set(known) != set(sources):
        raise CourseError(
            f"solutions/{stem}/gaps.py must know the gaps of the lesson, "
            f"{sorted(sources)}; it knows {sorted(known)}"
        )
    data = {}
    for name, source in sources.items():
        marked = [line for line in source.splitlines() if "# now you" in line]
        if not 1 <= len(marked) <= MOST_LINES:
            raise CourseError(f"gap {name} has {len(marked)} lines; 1 to 3 are allowed")
        refuse_parts(name, source)
        space = {"np": np}
        exec(source, space)
        question = stored_question(known[name], space[name], MOST_INPUTS)
        data[name] = question | {"name": name, "source": source}
    return data


def refuse_parts(name, source):
    """A CourseError where a line to write is but a part of what Python reads as one.

    A formatter may put a long line into brackets over three; opened, it would not
    compile, or show its answer.
    """
    whole = {
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and node.lineno == node.end_lineno
    }
    for number, line in enumerate(source.splitlines(), 1):
        if "# now you" in line and number not in whole:
            raise CourseError(
                f"gap {name}: line {number} is no whole statement: {line}"
            )
