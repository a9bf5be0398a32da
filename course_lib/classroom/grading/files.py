"""Files that were handed in, on disk or in a zip, and read without trusting them."""

import os
import stat
import time
import zipfile
from pathlib import Path, PurePosixPath

from course_lib.classroom import CourseError


class OnDisk:
    """A regular file, opened without following links or waiting for anyone."""

    def __init__(self, path, source):
        self.path, self.name, self.parts = Path(path), path.name, path.parts
        self.within = path.relative_to(source).parts

    def problem(self):
        """Why it cannot be read, or ""."""
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


def all_files(source):
    """All files of a folder or a zip, but the hidden ones."""
    if not source.exists():
        raise CourseError(f"{source} does not exist; name the folder of the hand-ins.")
    if source.is_dir():
        return list(_on_disk(source))
    if not zipfile.is_zipfile(source):
        raise CourseError(f"{source} is neither a folder nor a zip.")
    try:
        return list(_in_zip(source))
    except Exception as error:  # zipfile raises many kinds
        raise CourseError(
            f"{source} is a damaged zip ({error}); get it once more."
        ) from None


def _on_disk(source):
    for root, folders, files in os.walk(source):
        odd = [f for f in folders if f.endswith(".ipynb")]
        folders[:] = sorted(f for f in folders if not _hidden(f) and f not in odd)
        for name in sorted([*files, *odd]):
            yield OnDisk(Path(root) / name, source)


def _in_zip(source):
    with zipfile.ZipFile(source) as archive:
        for info in archive.infolist():
            parts = PurePosixPath(info.filename).parts
            if parts and not info.is_dir() and not any(map(_hidden, parts)):
                yield InZip(source, info)


def _hidden(name):
    return name.startswith((".", "__MACOSX"))


def printable(text):
    """A text whose names may have bytes that are no UTF-8."""
    return text.encode("utf-8", "replace").decode()


def is_notebook(place):
    return place.name.lower().endswith(".ipynb")
