"""What students handed in, found in a folder or a zip, and read without trusting it."""

import csv
import hashlib
import os
import re
import stat
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course_lib.classroom import CourseError
from course_lib.classroom.canonical import MOST_BYTES

MOST_FILES = 20  # beside a notebook, that are taken along
LARGEST_FILE = 1_000_000  # bytes of each of them
PLAIN_NAME = r"\w[\w.-]{,80}\.(py|csv|txt|json|npy)"
LMS = re.compile(r"(?P<student>.+?)_\d+_assignsubmission_.*")  # Moodle's folders


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


class OnDisk:
    """A regular file, opened without following links or waiting for anyone."""

    def __init__(self, path):
        self.path, self.name, self.parts = Path(path), path.name, path.parts

    def problem(self):
        mode = self.path.lstat().st_mode
        if stat.S_ISREG(mode):
            return ""
        kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder"}
        kind = kinds.get(stat.S_IFMT(mode), "no file")
        return f"{self.name} is {kind}; hand in the notebook itself."

    def size(self):
        return self.path.lstat().st_size

    def when(self):
        return self.path.lstat().st_mtime

    def read(self, most):
        flags = os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(self.path, flags), "rb") as file:
            return file.read(most)


class InZip:
    """A member of a zip, read where it lies: nothing is unpacked to disk."""

    def __init__(self, archive, info):
        self.archive, self.info = archive, info
        self.parts = PurePosixPath(info.filename).parts
        self.name = self.parts[-1]

    def problem(self):
        return ""

    def size(self):
        return self.info.file_size

    def when(self):
        import time

        return time.mktime((*self.info.date_time, 0, 0, -1))

    def read(self, most):
        with zipfile.ZipFile(self.archive) as archive:
            with archive.open(self.info) as file:
                return file.read(most)


def find(source, exercises, roster=None):
    """Every hand-in in a folder or a zip, one for each student and exercise.

    source: FOLDER/student/NN_topic.ipynb, nbgrader's submitted/student/NN_topic/…, or
    a zip with either, or with Moodle's folders or Canvas' student_…_NN_topic.ipynb.
    roster {name: id} says who is who.
    """
    source = Path(source)
    if not source.exists():
        raise CourseError(f"{source} does not exist; name the folder of the hand-ins.")
    places = in_zip(source) if zipfile.is_zipfile(source) else on_disk(source)
    found, others, names = {}, {}, {}
    for student, place in places:
        student = identity(student, roster, names)
        others.setdefault((student, parent(place)), []).append(place)
        if exercise := exercise_of(place, exercises):
            found.setdefault((student, exercise), []).append(place)
    handins = []
    for (student, exercise), candidates in sorted(found.items(), key=lambda x: x[0]):
        wanted = f"{exercise}.ipynb"  # else the newest copy
        place = max(
            candidates, key=lambda p: (p.name == wanted, is_notebook(p), p.when())
        )
        beside = [p for p in others[student, parent(place)] if is_small_file(p)]
        problem = place.problem() or ("" if is_notebook(place) else not_one(place))
        when = handed_in(place, others[student, parent(place)])
        handins.append(
            HandIn(student, exercise, place, beside[:MOST_FILES], problem, when)
        )
    if not handins:
        raise CourseError(
            f"No hand-in of {', '.join(exercises)} was found in {source}. Expected is "
            f"a folder for each student with, say, {exercises[-1]}.ipynb in it."
        )
    return handins


def on_disk(folder):
    """(student, place) of everything in the students' folders."""
    if not folder.is_dir():
        raise CourseError(f"{folder} is neither a folder nor a zip.")
    for student in sorted(folder.iterdir()):
        if student.is_dir() and not student.is_symlink():
            for root, folders, files in os.walk(student):
                odd = [f for f in folders if f.endswith(".ipynb")]
                folders[:] = sorted(
                    f for f in folders if not hidden(f) and f not in odd
                )
                for name in sorted([*files, *odd]):
                    yield student.name, OnDisk(Path(root) / name)


def in_zip(path):
    """(student, place) of every member, however the platform has packed them."""
    with zipfile.ZipFile(path) as archive:
        members = [i for i in archive.infolist() if not i.is_dir()]
    members = [i for i in members if not any(map(hidden, i.filename.split("/")))]
    tops = {i.filename.split("/")[0] for i in members if "/" in i.filename}
    deep = all(i.filename.count("/") >= 2 for i in members)
    skip = 1 if len(tops) == 1 and deep else 0  # one folder around all
    for info in members:
        parts = info.filename.split("/")[skip:]
        if len(parts) > 1:
            moodle = LMS.fullmatch(parts[0])
            yield (moodle["student"] if moodle else parts[0]), InZip(path, info)
        else:
            yield parts[0].split("_")[0], InZip(path, info)


def hidden(name):
    return name.startswith((".", "__MACOSX"))


def parent(place):
    return place.parts[:-1]


def is_notebook(place):
    return place.name.lower().endswith(".ipynb")


def rank(place, exercise):
    """Of several files the one of the right name counts, else the newest notebook."""
    return place.name == f"{exercise}.ipynb", is_notebook(place), place.when()


def not_one(place):
    return f"{place.name} is not a notebook; hand in the .ipynb file."


def is_small_file(place):
    fits = re.fullmatch(PLAIN_NAME, place.name) and place.name != "timestamp.txt"
    return bool(fits) and not place.problem() and place.size() <= LARGEST_FILE


def exercise_of(place, exercises):
    """Whose exercise a file is: by its name, or else by the questions in it."""
    for exercise in exercises:
        if re.search(rf"(^|_){exercise}([ _(.-]|$)", place.name):
            return exercise
    if is_notebook(place):
        for part in reversed(parent(place)):
            if part in exercises:
                return part
        if not place.problem() and place.size() <= MOST_BYTES:
            return exercise_with(place.read(MOST_BYTES), exercises)
    return None


def exercise_with(content, exercises):
    """The exercise whose title a notebook's text holds."""
    text = content.decode("utf-8", "replace")
    for exercise in exercises:
        if re.search(rf"# Exercise {exercise[:2]}\b", text):
            return exercise
    return None


def handed_in(place, others):
    """When it was handed in, from nbgrader's timestamp.txt; 0 if there is none."""
    from nbgrader.utils import parse_utc

    for other in others:
        if other.name == "timestamp.txt" and not other.problem():
            try:
                words = other.read(100).decode("utf-8", "replace").strip()
                return parse_utc(words).timestamp()
            except (ValueError, OverflowError):
                return 0.0
    return 0.0


def identity(name, roster, taken):
    """A student's id: from the roster, or the name with safe characters only.

    taken {id: name} grows, so that no two students get one id.
    """
    if roster and name in roster:
        return roster[name]
    plain = re.sub(r"[^\w.@-]+", "_", name).strip("._")[:80] or "unnamed"
    if taken.setdefault(plain, name) != name:
        plain += f"-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return plain


def read_roster(path):
    """{name: id} from a CSV file with the columns name and id; an id is a name, too."""
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        names = {row["name"].strip(): identity(row["id"], None, {}) for row in rows}
    except FileNotFoundError:
        raise CourseError(f"there is no roster {path}") from None
    except (KeyError, AttributeError, UnicodeDecodeError):
        raise CourseError(
            f"{path} must be a CSV file with the columns name and id, one student a row"
        ) from None
    return names | {each: each for each in names.values()}
