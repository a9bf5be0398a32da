"""Hand-ins with the points they really earn: honest, odd, broken and hostile.

`build(folder)` writes them as folder/student/NN_topic.ipynb, a student for each case,
and returns the manifest:

    {student: {"assignment", "earned": {grade_id: points} or None, "forbidden": [str],
               "unsafe_html": [str], "marker": path, "kind", "plain", "note"}}

earned is None for what counts as not submitted; answers in words are left out of it.
forbidden strings may occur in no output, page or table, not even across HTML tags
(strip these first); unsafe_html not in the HTML of a page. The file `marker` must not
come into being, and nobody may call at the port.

A case that would harm a machine outside the sandbox asks for COURSE_SANDBOX first.
"""

from bank import (  # noqa: F401  (each registers its cases)
    cheats,
    honest,
    intruders,
    mended,
    odd,
    pages,
    spies,
    stuck,
    tampered,
    unreadable,
)
from bank.book import CASES, Book, secrets, stem


def build(folder, port=9, markers=None):
    """Write all cases below folder and return the manifest."""
    markers = markers or folder.with_name(f"{folder.name}_markers")
    return {name: write(name, folder, port, markers) for name in CASES}


def write(name, folder, port, markers):
    """Write one case; return its part of the manifest."""
    case = CASES[name]
    place = markers / name.replace(" ", "_")
    place.mkdir(parents=True)
    place.chmod(0o777)  # the grader's ordinary user could write here, if it came here
    topic = stem(case.number)
    (folder / name).mkdir(parents=True, exist_ok=True)
    book = Book(case.number, folder / name / f"{topic}.ipynb", place / "marker", port)
    case.make(book)
    if not book.saved:
        book.save()
    return {
        "assignment": topic,
        "earned": case.earned,
        "forbidden": secrets(case.number),
        "unsafe_html": case.unsafe,
        "marker": str(book.marker),
        "kind": case.kind,
        "plain": case.plain,
        "note": case.note,
    }
