"""Who is who: a student's id, from the roster or made of a name."""

import csv
import hashlib
import os
import re

from course_lib.classroom import CourseError


def identity(name, roster, taken):
    """A student's id: from the roster, or the name with safe characters only.

    taken {id: name} grows, so that no two students get one id.
    """
    if roster and name in roster:
        return roster[name]
    safe = re.sub(r"[^\w.@-]+", "_", name).strip("._")[:80] or "unnamed"
    if taken.setdefault(safe, name) != name:
        safe += f"-{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}"
    return safe


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
                _add_row(names, row, f"line {line} of {path}")
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


def _add_row(names, row, where):
    """Add one row, if it says of one student who it is."""
    extra = row.pop(None, [])
    if not any(extra) and not any(map(str.strip, filter(None, row.values()))):
        return  # spreadsheets leave empty rows
    name, own_id = ((row[column] or "").strip() for column in ("name", "id"))
    if not name or not own_id or any(extra):
        raise CourseError(
            f"{where} must have a name and an id, as many fields as line 1"
        )
    own_id = identity(own_id, None, {})
    if {name, own_id} & {*names, *names.values()}:
        raise CourseError(
            f"{where}: {name} or {own_id} is there twice; each must differ"
        )
    names[name] = own_id
