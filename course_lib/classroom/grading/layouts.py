"""Whose a file is, by the names of the folders and files around it.

Understood are the platforms' ways to pack a class and the ways teachers do; what could
be two students' is refused, with the layouts that could not.
"""

import re
from pathlib import Path

from course_lib.classroom import CourseError
from course_lib.classroom.grading.files import is_notebook, printable

# how the platforms call a student's folder and file; the number tells namesakes apart
MOODLE = re.compile(r"(?P<student>.+?)_(?P<number>\d+)_assignsubmission_.*")
CANVAS = re.compile(r"(?P<student>.+?)_(?:LATE_)?(?P<number>\d+)_\d+_.+")
CLASS_FILES = {"secret.txt", "nbgrader_config.py"}  # lie in a class's folder only
LAYOUTS = (
    "Understood are STUDENT/NN_topic.ipynb, STUDENT/NN_topic/NN_topic.ipynb, "
    "NN_topic/STUDENT.ipynb, and what Moodle or Canvas packs, in a folder or a zip."
)


def folders_around(source, works, exercises):
    """How many folders lie around the students' folders; other files do not count."""
    skip = 0
    while True:
        inner = [(p.within[skip:], e, is_notebook(p)) for p, e in works.items()]
        inner = [(w, e) for w, e, notebook in inner if len(w) > 2 or (w and notebook)]
        tops = {within[0] for within, _ in inner}
        loose = any(len(within) == 1 for within, _ in inner)
        if loose or len(tops) != 1 or tops & {*exercises} or MOODLE.fullmatch(*tops):
            return skip
        direct = [within[1] for within, _ in inner if len(within) == 2]
        below = {(within[1], e) for within, e in inner if len(within) > 2}
        names = {name for name, _ in below}
        if names & {*exercises} or not all(map(CANVAS.fullmatch, direct)):
            return skip  # the one folder is a student's
        platform = direct or any(map(MOODLE.fullmatch, names))
        twice = len(below) > len({e for _, e in below})  # by several students, then
        if source.is_dir() and not platform and not twice:
            raise CourseError(
                f"Is {min(tops)} in {source} a student? Or {min(names)} in it? "
                f"Name the folder in which the students' folders lie. {LAYOUTS}"
            )
        skip += 1


def owner(within, exercises):
    """(student, the platform's number or "") by the names around a file, or None."""
    sorted_by_exercise = len(within) > 1 and within[0] in exercises
    top, *rest = within[sorted_by_exercise:] or ("",)
    topic = rf"({'|'.join(exercises)})([ _(.-]|$)"
    if re.match(topic, top) and (top in exercises or not rest):
        return None
    if rest:
        found = MOODLE.fullmatch(top)
    else:
        found = CANVAS.fullmatch(top) or re.match(rf"(?P<student>.+?)_{topic}", top)
    if found:
        return found["student"], found.groupdict().get("number", "")
    if rest:
        return top, ""
    return (Path(top).stem, "") if sorted_by_exercise else None


def refuse_class_folder(source, names):
    """A class's own folder is full of notebooks that nobody handed in."""
    if CLASS_FILES & {*names}:
        raise CourseError(
            f"{source} is a class's folder; name the folder with the hand-ins, such as "
            f"{source / 'submitted'}."
        )


def refuse_strangers(source, found):
    """Where all folders hold other names, these are the students, but whose folder?"""
    names = []
    for (_, exercise), candidates in found.items():
        parts = {part for p in candidates for part in p.within}
        known = any(MOODLE.fullmatch(p) or CANVAS.fullmatch(p) for p in parts)
        names = sorted({p.name for p in candidates if is_notebook(p)})
        if known or len(names) < 2 or any(n.startswith(exercise) for n in names):
            return
    if names:
        both = printable(f"{names[0]} and {names[1]}")
        raise CourseError(f"Whose are {both} in one folder of {source}? {LAYOUTS}")
