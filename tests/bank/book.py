"""A hand-in in the making, and the list of all cases."""

import ast
import functools
import json
import re
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
GUARD = 'import os\n\nassert os.environ.get("COURSE_SANDBOX"), "only in the sandbox"\n'
LEAK = "SPY:"  # what spies print; their sources write it as chr(83) + "PY:"
CASES = {}
NUMBERS = sorted(path.name[:2] for path in (ROOT / "exercises").glob("[0-9][0-9]_*"))


def case(number, lost="", *, read=True, plain=False, unsafe=(), student=None):
    """Register a function that changes an answered Book of exercise `number`.

    lost: the questions that earn nothing ("everything"); the others earn all their
    points. read: False where it counts as not submitted. plain: a run without any
    sandbox is harmless and gives the same points. unsafe: what no page may hold as
    HTML.
    """

    def register(make):
        name = student or make.__name__
        points = full_points(number)
        names = points if lost == "everything" else [f"test_{q}" for q in lost.split()]
        assert name not in CASES and set(names) <= set(points), name
        CASES[name] = SimpleNamespace(
            number=number,
            make=make,
            earned={q: points[q] * (q not in names) for q in points} if read else None,
            plain=plain,
            unsafe=list(unsafe),
            kind=make.__module__.rpartition(".")[2],
            note=" ".join(make.__doc__.split()),
        )
        return make

    return register


class Book:
    """An exercise with the reference's answers filled in, as plain JSON data.

    path is where the hand-in goes, marker a file that must not come into being, port
    one on 127.0.0.1 at which nobody may call.
    """

    def __init__(self, number, path, marker="/nonexistent/marker", port=9):
        self.number, self.path, self.marker, self.port = number, path, marker, port
        self.data, self.saved = notebook("exercises", number), False
        for question, source in references(number).items():
            self.write(question, source)

    @property
    def cells(self):
        return self.data["cells"]

    def cell(self, name):
        """The cell with this grade_id or id."""
        return next(c for c in self.cells if name in (grade_id(c), c.get("id")))

    def write(self, name, source):
        """Replace the source of a cell."""
        self.cell(name)["source"] = source

    def read(self, name):
        return "".join(self.cell(name)["source"])

    def unwrite(self, name):
        """Put a question back to what was handed out."""
        handed_out = Book.__new__(Book)
        handed_out.data = notebook("exercises", self.number)
        self.write(name, handed_out.read(name))

    def insert_after(self, name, source, kind="code", **more):
        """Put a cell of the student's own behind a cell; return it."""
        new = {"cell_type": kind, "id": f"own-{len(self.cells)}", "metadata": {}}
        if kind == "code":
            new |= {"execution_count": None, "outputs": []}
        new |= {"source": source} | more
        place = self.cells.index(self.cell(name)) + 1 if name else 0
        self.cells.insert(place, new)
        return new

    def append(self, source, kind="code", **more):
        """Put a cell of the student's own at the end."""
        return self.insert_after(self.cells[-1]["id"], source, kind, **more)

    def text(self):
        return json.dumps(self.data, indent=1, ensure_ascii=False)

    def save(self, content=None, name=None):
        """Write the notebook, or these bytes, under the expected or another name."""
        path = self.path.parent / name if name else self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        content = self.text() if content is None else content
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.saved = True

    def beside(self, name, text):
        """Hand in a file beside the notebook."""
        path = self.path.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def grade_id(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


# -- what the course knows -----------------------------------------------------------


@functools.cache
def stem(number):
    """07 -> 07_deep_nets."""
    (folder,) = (ROOT / "exercises").glob(f"{number}_*")
    return folder.name


@functools.cache
def _text(folder, number):
    name = stem(number)
    return (ROOT / folder / name / f"{name}.ipynb").read_text("utf-8")


def notebook(folder, number):
    """A fresh copy of the notebook of an exercise in exercises/ or solutions/."""
    return json.loads(_text(folder, number))


@functools.cache
def full_points(number):
    """{grade_id: points} of the questions that a machine grades."""
    return {
        grade_id(cell): cell["metadata"]["nbgrader"]["points"]
        for cell in notebook("exercises", number)["cells"]
        if cell["cell_type"] == "code" and (grade_id(cell) or "").startswith("test_")
    }


@functools.cache
def references(number):
    """{question: source of the reference}, without the lines that frame it."""
    return {
        grade_id(cell): _without_frame("".join(cell["source"]))
        for cell in notebook("solutions", number)["cells"]
        if cell["cell_type"] == "code" and f"test_{grade_id(cell)}" in tests(number)
    }


def _without_frame(source):
    return "".join(
        line for line in source.splitlines(True) if not line.lstrip().startswith("###")
    )


@functools.cache
def tests(number):
    """{grade_id: source} of the test cells, with their hidden parts."""
    return {
        grade_id(cell): "".join(cell["source"])
        for cell in notebook("solutions", number)["cells"]
        if cell["cell_type"] == "code" and (grade_id(cell) or "").startswith("test_")
    }


@functools.cache
def secrets(number):
    """What no student may see: marks of spies, hidden tests and model answers."""
    seeds = re.findall(r"default_rng\(\d+\)", "".join(tests(number).values()))
    return [LEAK, "BEGIN HIDDEN", "Model answer", *seeds]


@functools.cache
def public_shapes(number, question):
    """The shapes of the first argument in the public checks."""
    path = ROOT / "exercises" / stem(number) / "checks.json"
    cases = json.loads(path.read_text("utf-8"))[question]["inputs"]
    return [tuple(case[0]["shape"]) for case in cases]


@functools.cache
def helpers(number):
    """The functions of an exercise's mistakes.py, right and wrong, as one source."""
    path = ROOT / "solutions" / stem(number) / "mistakes.py"
    tree = ast.parse(path.read_text("utf-8"))
    kept = []
    for node in tree.body:
        if "Question" in ast.unparse(node) or "Words" in ast.unparse(node):
            continue
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []
        kept.append(ast.unparse(node))
    return "\n\n".join(kept[1:])  # without the docstring
