"""Which lessons there are, which of them a number means, and how a file is written."""

import contextlib
import os
import re

from course_lib.classroom import CourseError

# Copies have a hyphen or a space in their names: -Copy1, _2026-01-31_1530, (1).
NAME = re.compile(r"[0-9]{2}_\w+")


def lessons(folder):
    """{name: path} of the notebooks NN_topic.ipynb in folder, in their order.

    Each lies there itself or in a folder of its own name; deeper ones are another
    folder's. Copies, checkpoints and Untitled are no lessons.
    """
    found = [*folder.glob("*.ipynb"), *folder.glob("*/*.ipynb")]
    own = (path for path in found if path.parent in (folder, folder / path.stem))
    return {path.stem: path for path in sorted(own) if NAME.fullmatch(path.stem)}


def find(folder, wanted=(), noun="lesson"):
    """The paths of the lessons in folder that are wanted, or of all, in their order."""
    have = lessons(folder)
    if not have and not wanted:
        raise CourseError(
            f"No {noun}s were found in {folder}. "
            "Run `course` from the .venv of a whole copy of the course."
        )
    return [have[name] for name in choose(wanted, have, noun)]


def executed(root, wanted=()):
    """The paths of the lessons that are wanted, and of their further notebooks."""
    stories = find(root / "notebooks", wanted)
    further = lessons(root / "notebooks" / "further")
    return stories + [further[p.stem] for p in stories if p.stem in further]


def choose(wanted, names, noun="lesson"):
    """Those of names that are wanted, or all of them, in their order.

    2, 02, 02_topic and 02_topic.ipynb mean the same.
    """
    chosen = {_meant(text, list(names), noun) for text in wanted}
    return [name for name in names if name in chosen or not wanted]


def _meant(text, names, noun):
    """The one of names that a person's text means."""
    text = text.removesuffix(".ipynb")
    if text in names:
        return text
    is_number = re.fullmatch("[0-9]{1,2}", text)
    found = [n for n in names if is_number and n.startswith(f"{text:0>2}_")]
    if len(found) > 1:
        raise CourseError(f"{text} may be {' or '.join(found)}: say which by its name.")
    if not found:
        have = ", ".join(names) or "none"
        raise CourseError(f"There is no {noun} {text}; there are {have}.")
    return found[0]


@contextlib.contextmanager
def whole(path):
    """A file to write in path's stead: at the end it takes its place, or is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write(path, content):
    """Write text or bytes whole or not at all, whatever interrupts."""
    with whole(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
