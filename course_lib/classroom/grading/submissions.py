"""What students handed in, found in a folder or a zip, and read without trusting it."""

import csv
import hashlib
import os
import re
import stat
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path, PurePosixPath

from course_lib.classroom import CourseError
from course_lib.classroom.grading.rebuild import MOST_BYTES

MOST_FILES = 20  # beside a notebook, that are taken along
LARGEST_FILE = 1_000_000  # bytes of each of them
PLAIN_NAME = r"\w[\w.-]{,80}\.(py|csv|txt|json|npy)"
# how the platforms call a student's folder and file; the number tells namesakes apart
MOODLE = re.compile(r"(?P<student>.+?)_(?P<number>\d+)_assignsubmission_.*")
CANVAS = re.compile(r"(?P<student>.+?)_(?:LATE_)?(?P<number>\d+)_\d+_.+")
CLASS_FILES = {"secret.txt", "nbgrader_config.py"}  # lie in a class's folder only
LAYOUTS = (
    "Understood are STUDENT/NN_topic.ipynb, STUDENT/NN_topic/NN_topic.ipynb, "
    "NN_topic/STUDENT.ipynb, and what Moodle or Canvas packs, in a folder or a zip."
)


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

    def __init__(self, path, source):
        self.path, self.name, self.parts = Path(path), path.name, path.parts
        self.within = path.relative_to(source).parts

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
        self.parts = self.within = PurePosixPath(info.filename).parts
        self.name = self.parts[-1]

    def problem(self):
        return ""

    def size(self):
        return self.info.file_size

    def when(self):
        return time.mktime((*self.info.date_time, 0, 0, -1))

    def read(self, most):
        with zipfile.ZipFile(self.archive) as archive:
            with archive.open(self.info) as file:
                return file.read(most)


def find(source, exercises, roster=None):
    """Every hand-in in a folder or a zip, one for each student and exercise.

    source: FOLDER/student/NN_topic.ipynb, nbgrader's submitted/student/NN_topic/…,
    FOLDER/NN_topic/student.ipynb, Moodle's folders or Canvas' student_…_NN_topic.ipynb,
    or a zip with any of them. roster {name: id} says who is who.
    """
    source = Path(source)
    places = everything(source)
    works, damage = sort_out(places, exercises)
    skip = around(source, works, exercises)
    refuse_class_folder(source, ("/".join(p.within[skip:]) for p in places))
    students = identities(places, skip, exercises, roster)
    found, others, strays = {}, {}, []
    for place in places:
        student, exercise = students[place], works.get(place)
        others.setdefault((student, parent(place)), []).append(place)
        if exercise and student:
            found.setdefault((student, exercise), []).append(place)
        elif exercise and is_notebook(place):
            strays.append(printable("/".join(place.within)))
    if strays and not found:
        raise CourseError(f"{strays[0]} in {source} is no student's. {LAYOUTS}")
    refuse_strangers(source, found)
    handins = []
    for (student, exercise), candidates in sorted(found.items(), key=lambda x: x[0]):
        place = max(candidates, key=lambda p: (p not in damage, *rank(p, exercise)))
        near = others[student, parent(place)]
        problem = damage.get(place) or several(candidates, place) or place.problem()
        problem = problem or ("" if is_notebook(place) else not_one(place))
        beside = [p for p in near if is_small_file(p)][:MOST_FILES]
        when = handed_in(place, near)
        handins.append(
            HandIn(student, exercise, place, beside, printable(problem), when)
        )
    if not handins:
        raise CourseError(
            f"No hand-in of {', '.join(exercises)} was found in {source}. Expected is "
            f"a folder for each student with, say, {exercises[-1]}.ipynb in it."
        )
    return handins


def everything(source):
    """All files of a folder or a zip, but the hidden ones."""
    if not source.exists():
        raise CourseError(f"{source} does not exist; name the folder of the hand-ins.")
    if source.is_dir():
        return list(on_disk(source))
    if not zipfile.is_zipfile(source):
        raise CourseError(f"{source} is neither a folder nor a zip.")
    try:
        return list(in_zip(source))
    except Exception as error:  # zipfile raises many kinds
        raise CourseError(
            f"{source} is a damaged zip ({error}); get it once more."
        ) from None


def on_disk(source):
    for root, folders, files in os.walk(source):
        odd = [f for f in folders if f.endswith(".ipynb")]
        folders[:] = sorted(f for f in folders if not hidden(f) and f not in odd)
        for name in sorted([*files, *odd]):
            yield OnDisk(Path(root) / name, source)


def in_zip(source):
    with zipfile.ZipFile(source) as archive:
        for info in archive.infolist():
            parts = PurePosixPath(info.filename).parts
            if parts and not info.is_dir() and not any(map(hidden, parts)):
                yield InZip(source, info)


def sort_out(places, exercises):
    """{place: exercise} of what was handed in, and {place: problem} of the damaged."""
    works, damage = {}, {}
    for place in places:
        try:
            if exercise := exercise_of(place, exercises):
                works[place] = exercise
        except Exception as error:  # one bad file never stops the others
            kind = f"{type(error).__name__}: {error}"
            damage[place] = f"{place.name} cannot be read ({kind}); hand it in again."
    usual = Counter(works.values()).most_common(1)  # the best guess for the damaged
    return works | dict.fromkeys(damage, usual[0][0] if usual else exercises[0]), damage


# -- whose it is ---------------------------------------------------------------


def around(source, works, exercises):
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


def identities(places, skip, exercises, roster):
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


def several(candidates, place):
    """What is wrong with equals in several folders: they may be several students'."""
    equals = [p for p in candidates if p.name == place.name]
    equals = [p for p in equals if is_notebook(p) and depth(p) == depth(place)]
    folders = {"/".join(p.within[:-1]) for p in equals}
    if len(folders) < 2:
        return ""
    return f"Notebooks of it lie in {', '.join(sorted(folders))}; keep one folder."


def printable(text):
    """A text whose names may have bytes that are no UTF-8."""
    return text.encode("utf-8", "replace").decode()


# -- what it is ----------------------------------------------------------------


def hidden(name):
    return name.startswith((".", "__MACOSX"))


def parent(place):
    return place.parts[:-1]


def is_notebook(place):
    return place.name.lower().endswith(".ipynb")


def rank(place, exercise):
    """Of several files the one of the right name counts, in the student's own folder
    rather than in one within it; else the newest notebook."""
    right = place.name == f"{exercise}.ipynb"
    return right, is_notebook(place), -depth(place), place.when()


def depth(place):
    return len(place.within)


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
                return parse_utc(words).replace(tzinfo=UTC).timestamp()
            except Exception:  # a damaged one says as little as none
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
        plain += f"-{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}"
    return plain


def read_roster(path):
    """{name: id} from a CSV file with the columns name and id; an id is a name, too."""
    names, line = {}, 0
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            if not {"name", "id"} <= {*(reader.fieldnames or ())}:
                raise CourseError(
                    f"{path} must be a CSV file with the columns name and id"
                )
            line = reader.line_num
            for row in reader:
                line = reader.line_num
                add_to_roster(names, row, f"line {line} of {path}")
    except FileNotFoundError:
        raise CourseError(f"there is no roster {path}") from None
    except OSError as error:
        raise CourseError(
            f"the roster {path} cannot be read: {error.strerror}; name a CSV file"
        ) from None
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not UTF-8; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise CourseError(
            f"line {line + 1} of {path} is no CSV: {error}; look for a missing quote"
        ) from None
    return names | {each: each for each in names.values()}


def add_to_roster(names, row, where):
    """Add one row, if it says of one student who it is."""
    extra = row.pop(None, [])
    if not any(extra) and not any(map(str.strip, filter(None, row.values()))):
        return  # spreadsheets leave empty rows
    name, plain = ((row[column] or "").strip() for column in ("name", "id"))
    if not name or not plain or any(extra):
        raise CourseError(
            f"{where} must have a name and an id, as many fields as line 1"
        )
    plain = identity(plain, None, {})
    if {name, plain} & {*names, *names.values()}:
        raise CourseError(
            f"{where}: {name} or {plain} is there twice; each must differ"
        )
    names[name] = plain
