"""How long a lesson takes a reader who understands its code; clocks correct it.

story and further notebooks: prose at 150 words a minute, 10 s for each line of code
that is not folded, 60 s an equation, 30 s a figure, 60 s a prediction or question,
45 s a card, 3 minutes a widget and 3 minutes a "now you". An exercise: its prose, and
minutes by the stars of each question.
"""

import re

from course_lib.classroom.learners_copy import asks

WORDS = 150  # a minute
SECONDS = {"line": 10, "figure": 30, "prediction": 60, "card": 45, "widget": 180}
SECONDS |= {"now you": 180, "equation": 60}
STARS = {"★": 3, "★★": 6, "★★★": 15}  # minutes to think, write and check
IN_WORDS = 8  # minutes for an answer in words


def lesson_minutes(notebook):
    """Minutes for a story or a further notebook, to the next 5."""
    return to_five(sum(map(_seconds, notebook.cells)) / 60)


def exercise_minutes(notebook):
    """Minutes for an exercise as it is handed out, to the next 5."""
    prose = [c.source for c in notebook.cells if c.cell_type == "markdown"]
    stars = [m for text in prose for m in re.findall(r"★+", text.splitlines()[0])]
    written = sum(STARS[mark] for mark in stars)
    return to_five(sum(map(words, prose)) / WORDS + written + IN_WORDS)


def to_five(minutes):
    return 5 * round(minutes / 5)


def words(prose):
    """The words that are read: no references, no formulas, no table's frame."""
    prose = re.sub(r"(?ms)^## References.*", "", prose)
    prose = re.sub(r"(?ms)\$\$.*?\$\$|\$[^$\n]+\$", " x ", prose)
    prose = re.sub(r"<[^>]+>|\]\([^)]+\)", " ", prose)
    return len(re.findall(r"\w[\w'’-]*", prose))


def _seconds(cell):
    if cell.cell_type == "markdown":
        read = 60 * words(cell.source) / WORDS
        return read + SECONDS["equation"] * _laws(cell.source)
    if cell.cell_type != "code":
        return 0
    tags = cell.metadata.get("tags", ())
    if asks(cell.source):
        return SECONDS["prediction"]
    if re.search(r"(?m)^\w+\.show\(\)", cell.source) and "widgets" in cell.source:
        return SECONDS["widget"]
    found = SECONDS["now you"] * ("now-you" in tags)
    found += SECONDS["card"] * len(re.findall(r"(?m)^claim\(", cell.source))
    found += SECONDS["figure"] * _figures(cell)
    if not folded(cell) and "now-you" not in tags:
        lines = [line for line in cell.source.splitlines() if line.strip()]
        found += SECONDS["line"] * len(lines)
    return found


def _laws(prose):
    """The displayed equations with letters in them; numbers alone are read as words."""
    equations = re.findall(r"(?s)\$\$(.*?)\$\$", prose)
    return sum(bool(re.search(r"[a-zA-Z]", _bare(one))) for one in equations)


def _bare(equation):
    return re.sub(r"\\[a-zA-Z]+", "", equation)


def folded(cell):
    """Whether JupyterLab shows a cell without its source."""
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def _figures(cell):
    pages = [out.get("data", {}).get("text/html", "") for out in cell.outputs]
    return sum(page.count("<img ") for page in pages)
