"""A notebook's cells, read from bytes that may be anything."""

import json
import re

MOST_BYTES = 20_000_000  # of a notebook's file
MOST_CELLS = 1000
LONGEST_CELL = 200_000  # characters


class NotSubmitted(Exception):
    """What was handed in is no notebook of this exercise: why, and what to do."""


def read_cells(content):
    """[(kind, source, id, grade_id)] of the cells in a notebook's bytes."""
    if len(content) > MOST_BYTES:
        raise NotSubmitted(
            f"The file has {len(content) / 1e6:.0f} MB; at most "
            f"{MOST_BYTES / 1e6:.0f} are graded. Clear its outputs; hand it in again."
        )
    if not content.strip():
        raise NotSubmitted("The file is empty. Save the notebook; hand it in again.")
    try:
        encoding = (
            "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        )
        notebook = json.loads(content.decode(encoding, "replace"))
    except (ValueError, RecursionError):
        raise NotSubmitted(
            "The file is not a notebook, or a part of it is lost. "
            "Open it in JupyterLab, save it, and hand that .ipynb in."
        ) from None
    cells = _cells(notebook)
    if not cells:
        raise NotSubmitted(
            "The file has no cells of a notebook. Hand in the exercise's .ipynb."
        )
    if len(cells) > MOST_CELLS:
        raise NotSubmitted(
            f"The notebook has {len(cells)} cells; at most {MOST_CELLS}."
        )
    return cells


def _cells(notebook):
    """The readable cells of any version of the format."""
    if not isinstance(notebook, dict):
        return []
    cells = notebook.get("cells")
    if not isinstance(cells, list):  # version 3 had worksheets
        sheets = notebook.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        lists = [s.get("cells") for s in sheets if isinstance(s, dict)]
        cells = [cell for some in lists if isinstance(some, list) for cell in some]
    return [found for cell in cells if (found := _cell(cell))]


def _cell(cell):
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown"):
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    source = source.encode("utf-8", "replace").decode()[:LONGEST_CELL]  # surrogates
    source = re.sub("(BEGIN|END) HIDDEN", r"\1-HIDDEN", source)  # nbgrader's own mark
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = mark.get("grade_id") if isinstance(mark, dict) else None
    names = (x if isinstance(x, str) else None for x in (cell.get("id"), grade_id))
    return (cell["cell_type"], source, *names)
