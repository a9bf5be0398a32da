"""What students handed in: one notebook of each student and exercise, or why none."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from course_lib.classroom import CourseError
from course_lib.classroom.grading.files import all_files, is_notebook, printable
from course_lib.classroom.grading.layouts import (
    LAYOUTS,
    folders_around,
    owner,
    refuse_class_folder,
    refuse_strangers,
)
from course_lib.classroom.grading.reading import MOST_BYTES
from course_lib.classroom.grading.roster import identity

MOST_FILES = 20  # beside a notebook, that are taken along
LARGEST_FILE = 1_000_000  # bytes of each of them
SMALL_FILE = r"\w[\w.-]{,80}\.(py|csv|txt|json|npy)"


@dataclass
class HandIn:
    """One student's notebook of one exercise: where it lies, or what is wrong."""

    student: str
    exercise: str
    path: object = None  # what `read` opens
    beside: list = field(default_factory=list)
    problem: str = ""
    when: float = 0.0  # seconds since 1970 at which it was handed in, if that is known

    def content(self):
        return self.path.read(MOST_BYTES + 1)

    def files(self):
        """{name: bytes} of the small files beside the notebook."""
        return {place.name: place.read(LARGEST_FILE) for place in self.beside}


def find(source, exercises, roster=None):
    """Every hand-in in a folder or a zip, one for each student and exercise.

    source: FOLDER/student/NN_topic.ipynb, nbgrader's submitted/student/NN_topic/…,
    FOLDER/NN_topic/student.ipynb, Moodle's folders or Canvas' student_…_NN_topic.ipynb,
    or a zip with any of them. roster {name: id} says who is who.
    """
    source = Path(source)
    places = all_files(source)
    works, damage = _sort_out(places, exercises)
    skip = folders_around(source, works, exercises)
    refuse_class_folder(source, ("/".join(p.within[skip:]) for p in places))
    students = _identities(places, skip, exercises, roster)
    found, others, strays = {}, {}, []
    for place in places:
        student, exercise = students[place], works.get(place)
        others.setdefault((student, _parent(place)), []).append(place)
        if exercise and student:
            found.setdefault((student, exercise), []).append(place)
        elif exercise and is_notebook(place):
            strays.append(printable("/".join(place.within)))
    if strays and not found:
        raise CourseError(f"{strays[0]} in {source} is no student's. {LAYOUTS}")
    refuse_strangers(source, found)
    handins = []
    for (student, exercise), candidates in sorted(found.items(), key=lambda x: x[0]):
        place = max(candidates, key=lambda p: (p not in damage, *_rank(p, exercise)))
        near = others[student, _parent(place)]
        problem = damage.get(place) or _several(candidates, place) or place.problem()
        problem = problem or ("" if is_notebook(place) else _no_notebook(place))
        beside = [p for p in near if _is_small_file(p)][:MOST_FILES]
        when = _handed_in(place, near)
        handins.append(
            HandIn(student, exercise, place, beside, printable(problem), when)
        )
    if not handins:
        raise CourseError(
            f"No hand-in of {', '.join(exercises)} was found in {source}. Expected is "
            f"a folder for each student with, say, {exercises[-1]}.ipynb in it."
        )
    return handins


def _identities(places, skip, exercises, roster):
    """{place: its student's id or None}; namesakes' ids hold the platform's number."""
    owners = {p: owner(p.within[skip:], exercises) for p in places}
    numbers = {}
    for name, number in filter(None, owners.values()):
        numbers.setdefault(name, set()).add(number)
    taken = {each: each for each in (roster or {}).values()}
    found = dict.fromkeys(places)
    for place, (name, number) in ((p, who) for p, who in owners.items() if who):
        if number and len(numbers[name]) > 1:
            name = f"{name}_{number}"
        found[place] = identity(name, roster, taken)
    return found


def _sort_out(places, exercises):
    """{place: exercise} of what was handed in, and {place: problem} of the damaged."""
    works, damage = {}, {}
    for place in places:
        try:
            if exercise := _exercise_of(place, exercises):
                works[place] = exercise
        except Exception as error:  # one bad file never stops the others
            kind = f"{type(error).__name__}: {error}"
            damage[place] = f"{place.name} cannot be read ({kind}); hand it in again."
    usual = Counter(works.values()).most_common(1)  # the best guess for the damaged
    return works | dict.fromkeys(damage, usual[0][0] if usual else exercises[0]), damage


def _exercise_of(place, exercises):
    """Whose exercise a file is: by its name, or else by the questions in it."""
    for exercise in exercises:
        if re.search(rf"(^|_){exercise}([ _(.-]|$)", place.name):
            return exercise
    if is_notebook(place):
        for part in reversed(_parent(place)):
            if part in exercises:
                return part
        if not place.problem() and place.size() <= MOST_BYTES:
            return _exercise_with(place.read(MOST_BYTES), exercises)
    return None


def _exercise_with(content, exercises):
    """The exercise whose title a notebook's text holds."""
    text = content.decode("utf-8", "replace")
    for exercise in exercises:
        if re.search(rf"# Exercise {exercise[:2]}\b", text):
            return exercise
    return None


def _several(candidates, place):
    """What is wrong with equals in several folders: they may be several students'."""
    equals = [p for p in candidates if p.name == place.name]
    equals = [p for p in equals if is_notebook(p) and _depth(p) == _depth(place)]
    folders = {"/".join(p.within[:-1]) for p in equals}
    if len(folders) < 2:
        return ""
    return f"Notebooks of it lie in {', '.join(sorted(folders))}; keep one folder."


def _parent(place):
    return place.parts[:-1]


def _rank(place, exercise):
    """Of several files the one of the right name counts, in the student's own folder
    rather than in one within it; else the newest notebook."""
    right = place.name == f"{exercise}.ipynb"
    return right, is_notebook(place), -_depth(place), place.when()


def _depth(place):
    return len(place.within)


def _no_notebook(place):
    return f"{place.name} is not a notebook; hand in the .ipynb file."


def _is_small_file(place):
    fits = re.fullmatch(SMALL_FILE, place.name) and place.name != "timestamp.txt"
    return bool(fits) and not place.problem() and place.size() <= LARGEST_FILE


def _handed_in(place, others):
    """When it was handed in, from nbgrader's timestamp.txt; 0 if there is none."""
    from nbgrader.utils import parse_utc

    for other in others:
        if other.name == "timestamp.txt" and not other.problem():
            try:
                words = other.read(100).decode("utf-8", "replace").strip()
                return parse_utc(words).replace(tzinfo=UTC).timestamp()
            except Exception:  # a damaged one says as little as none
                return 0.0
    return 0.0
