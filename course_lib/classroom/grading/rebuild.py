"""Every hand-in rebuilt from the released notebook, so that it is always a whole one.

Of the student come only sources: of the solution cells, of markdown and set-up cells
that were changed, and of cells of their own. Tests, metadata and order are ours.
"""

import copy
import re

from nbformat.v4 import new_code_cell, new_markdown_cell

from course_lib.classroom.grading.reading import NotSubmitted, read_cells

LONGEST_TEXT = 20_000  # of a cell of words; long ones take very long to typeset
OWN = "own-"  # how the id of a student's own cell begins
MISSING = "# This cell was missing from the notebook that was handed in."


def rebuild(content, release):
    """The released notebook with a student's sources, and notes about its repairs.

    content is the file's bytes; raises NotSubmitted where nothing can be graded.
    """
    theirs = read_cells(content)
    ours = copy.deepcopy(release.cells)
    matched, extras, notes = _match(theirs, ours)
    cells = list(map(_own_cell, extras.get(None, [])))
    for place, cell in enumerate(ours):
        copies = [theirs[number] for number in matched.get(place, [])]
        before, after = [], []
        if is_solution(cell):  # the last copy counts; earlier ones are run before it
            before = copies[:-1]
            notes += (
                [] if copies else [f"The cell of question {grade_id(cell)} is missing."]
            )
            cell.source = copies[-1][1] if copies else MISSING
            if cell.cell_type == "markdown":
                cell.source = harmless(cell.source)
        elif not is_test(cell):
            after = [one for one in copies if one[1].strip() != cell.source.strip()]
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        after += extras.get(place, [])
        cells += [*map(_own_cell, before), cell, *map(_own_cell, after)]
    if any(
        kind == "markdown" and len(text) > LONGEST_TEXT for kind, text, *_ in theirs
    ):
        notes.append(f"Words were cut after {LONGEST_TEXT:,} characters of a cell.")
    for number, cell in enumerate(cells):
        cell.id = f"{OWN}{number}" if cell.id == OWN else cell.id
    rebuilt = copy.deepcopy(release)
    rebuilt.cells = cells
    return rebuilt, notes


def _match(theirs, ours):
    """{place in ours: numbers of theirs}, {place: their own cells after it}, notes."""
    by_name = {grade_id(c): k for k, c in enumerate(ours) if _marked(c)}
    by_id = {cell.id: k for k, cell in enumerate(ours)}
    places = []
    for kind, _, cell_id, mark in theirs:
        place = by_name.get(mark, None if mark else by_id.get(cell_id))
        places.append(place if place is None or ours[place].cell_type == kind else None)
    if not _belongs(theirs, ours, by_name):
        raise NotSubmitted(
            "No question of this exercise is in this notebook. Is it another "
            "exercise's? Hand in the one that you got for this exercise."
        )
    for number, place in _defining(theirs, ours, places).items():
        places[number] = place
    matched, extras, last = {}, {}, None
    for number, place in enumerate(places):
        if place is None:
            extras.setdefault(last, []).append(theirs[number])
        else:
            matched.setdefault(place, []).append(number)
            last = place
    lost = not any(mark in by_name for *_, mark in theirs)
    notes = ["The notebook had lost its marks; they were put back."] * lost
    return matched, extras, notes


def _belongs(theirs, ours, by_name):
    """Whether these are cells of this exercise: they name its questions, define their
    functions, or at least name no other's."""
    theirs_named = {mark for *_, mark in theirs if mark}
    code = {name for name, place in by_name.items() if ours[place].cell_type == "code"}
    foreign = theirs_named - set(by_name)
    if theirs_named & code or (theirs_named & set(by_name) and not foreign):
        return True
    defines = re.compile(rf"^def ({'|'.join(map(re.escape, code))})\(", re.M)
    return any(kind == "code" and defines.search(source) for kind, source, *_ in theirs)


def _defining(theirs, ours, places):
    """{number: place} of unmarked cells that define a function which has no cell."""
    found = {}
    for place, cell in enumerate(ours):
        if cell.cell_type != "code" or not is_solution(cell) or place in places:
            continue
        defines = re.compile(rf"^def {re.escape(grade_id(cell))}\(", re.M)
        for number, (kind, source, _, _) in enumerate(theirs):
            if places[number] is None and kind == "code" and defines.search(source):
                found.setdefault(number, place)  # all may be in one cell
    return found


def _marked(cell):
    return "nbgrader" in cell.metadata


def is_solution(cell):
    return _marked(cell) and cell.metadata.nbgrader.get("solution", False)


def is_test(cell):
    mark = cell.metadata.get("nbgrader", {})
    return bool(mark.get("grade")) and not mark.get("solution")


def grade_id(cell):
    """nbgrader's name of a cell that has one."""
    return cell.metadata.nbgrader.grade_id


def _own_cell(cell):
    """A cell of the student's own: its source and nothing else."""
    kind, source, *_ = cell
    return (
        new_code_cell(source, id=OWN)
        if kind == "code"
        else new_markdown_cell(harmless(source), id=OWN)
    )


def harmless(markdown):
    """Markdown without HTML, entities and links that could run a script; with links
    for pictures, which may be lost, or tell somebody that they are looked at."""
    text = markdown[:LONGEST_TEXT].replace("![", "[").replace("](attachment:", "](#")
    text = re.sub(r"<(?=[A-Za-z/!?])", "< ", text)
    text = re.sub(r"&(?=#|\w+;)", "& ", text)
    text = re.sub(r"(?i)\b(javascript|vbscript)([\s\\]*):", r"\1\2 :", text)
    text = re.sub(r"(?i)\b(data|file)(\\*):(?=\S)", r"\1\2 :", text)
    ends = {m[1]: m.start() for m in re.finditer(r"\\end\{([^}]*)\}", text)}
    text = re.sub(  # without its end, each would be looked for to the end of the text
        r"\\begin\{([^}]*)\}",
        lambda m: m[0] if ends.get(m[1], -1) > m.start() else f"begin {m[1]}",
        text,
    )
    return re.sub(r"(?i)\\(href|url|class|style|cssId|unicode)\b", r"\\text", text)
