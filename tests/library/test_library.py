"""The shape of the library: what imports what, how large it is, how fast it loads."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import course_lib

FOLDER = Path(course_lib.__file__).parent
MANY = {  # modules of many files
    name: sorted((FOLDER / name).glob("*.py")) for name in ("figures", "widgets")
}
FLAT = sorted(FOLDER.glob("[!_]*.py"))
LINES = 220


def drawn():
    """{module: what it may import of ours}, from the first lines of the library."""
    arrows = {}
    for start, end in re.findall(
        r"^    (.+) → (.+)$", course_lib.__doc__, re.MULTILINE
    ):
        for user in end.split(", "):
            arrows.setdefault(user, set()).update(start.split(", "))
    return arrows


ARROWS = drawn()  # a new arrow is a decision: draw it there


def imports(source):
    """What a module imports of ours, however it says so."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = ["course_lib"] if node.level else []
            path = ".".join(package + ([node.module] if node.module else []))
            found |= {f"{path}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in found if name.startswith("course_lib.")}


@pytest.mark.parametrize(
    "source",
    [
        "from course_lib import maths",
        "from course_lib.maths import sigmoid",
        "import course_lib.maths as m",
        "from . import maths",
        "from .maths import sigmoid",
        "def f():\n    from course_lib.maths import sigmoid",
    ],
)
def test_no_way_to_import_escapes_the_next_test(source):
    assert imports(source) == {"maths"}
    assert imports("import numpy\nfrom pathlib import Path\nimport course_lib") == set()


@pytest.mark.parametrize("path", FLAT, ids=lambda path: path.stem)
def test_imports_run_along_the_arrows_only(path):
    assert imports(path.read_text("utf-8")) == ARROWS.get(path.stem, set())


@pytest.mark.parametrize("name", MANY)
def test_modules_of_many_files_import_along_their_arrows_only(name):
    found = set().union(*(imports(path.read_text("utf-8")) for path in MANY[name]))
    assert found - {name} == ARROWS[name]


def test_no_arrow_leads_back():
    done = set()
    names = [path.stem for path in FLAT] + list(MANY)
    left = {name: ARROWS.get(name, set()) for name in names}
    while ready := {name for name in left if left[name] <= done}:
        done |= ready
        left = {name: left[name] for name in left if name not in done}
    assert left == {}


def test_every_arrow_starts_and_ends_at_a_module():
    names = {path.stem for path in FLAT} | set(MANY)
    assert len(ARROWS) > 10 and set(ARROWS) | set().union(*ARROWS.values()) <= names


# -- each module ---------------------------------------------------------------


@pytest.mark.parametrize(
    "path", FLAT + sum(MANY.values(), []), ids=lambda path: path.stem
)
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text("utf-8").splitlines()) <= LINES


OVERRIDES = {"forward", "backward", "gradients"}  # Layer says what they do
OVERRIDES |= {"begin", "step", "back", "below_one_another", "apart"}  # Recurrent


def undocumented(source):
    """The public functions of more than five lines that have no docstring."""
    tree = ast.parse(source)
    scopes = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    public = [
        node
        for scope in scopes
        for node in scope.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.end_lineno - node.lineno >= 5
        and not (node.name in OVERRIDES and ast.get_docstring(scope))
    ]
    return [node.name for node in public if not ast.get_docstring(node)]


@pytest.mark.parametrize(
    "path", FLAT + sum(MANY.values(), []), ids=lambda path: path.stem
)
def test_what_is_public_says_what_it_does(path):
    assert undocumented(path.read_text("utf-8")) == []


def test_every_module_says_what_it_is_for():
    modules = FOLDER.rglob("*.py")
    sources = {path.name: path.read_text("utf-8") for path in modules}
    assert [n for n in sources if not ast.get_docstring(ast.parse(sources[n]))] == []


# -- what it costs to import ---------------------------------------------------


def run(code):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_importing_the_library_adds_next_to_nothing_to_numpy():
    code = (
        "import numpy; from time import process_time; start = process_time();"
        "import course_lib; print(process_time() - start)"
    )
    assert min(float(run(code)) for _ in range(5)) < 0.03


def loaded(code):
    return set(run(f"{code}; import sys; print(*sys.modules)").split())


def test_importing_the_library_loads_none_of_the_large_ones():
    large = {"tensorflow", "keras", "matplotlib", "sklearn", "ipywidgets"}
    assert not large & loaded("import course_lib")


LEARNERS = {"sklearn", "scipy", "pandas", "tensorflow", "keras", "torch"}


@pytest.mark.slow
def test_only_plots_and_figures_load_matplotlib_and_nothing_a_learner():
    modest = [f"course_lib.{path.stem}" for path in FLAT if path.stem != "plots"]
    names = modest + [f"course_lib.widgets.{p.stem}" for p in MANY["widgets"]]
    assert not (LEARNERS | {"matplotlib"}) & loaded(f"import {', '.join(names)}")
    assert not LEARNERS & loaded("import course_lib.plots, course_lib.figures")


@pytest.mark.slow
def test_the_first_cells_of_lesson_02_load_no_learner():
    lesson = FOLDER.parent / "notebooks" / "02_perceptron.ipynb"
    cells = json.loads(lesson.read_text("utf-8"))["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"][:2]
    assert "import" in code[0] and "digits" in code[1], "the imports and the data"
    assert not LEARNERS & loaded("\n".join(code))


# -- the tests themselves ------------------------------------------------------


def outcome(folder, **environment):
    """Run a test that skips; return the exit code and what pytest said."""
    shutil.copy(Path(__file__).parents[1] / "conftest.py", folder)
    (folder / "test_skips.py").write_text(
        "import pytest\n\n"
        "@pytest.mark.skip(reason='no patience')\ndef test_it(): pass\n\n"
        "def test_data(course_data): pass\n"
    )
    others = {k: v for k, v in os.environ.items() if k not in ("CI", "COURSE_DATA")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # quicker
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", folder]
    ran = subprocess.run(
        command, env=others | environment, capture_output=True, text=True
    )
    return ran.returncode, ran.stdout


@pytest.mark.slow
def test_a_skipped_test_fails_in_ci_and_says_why(tmp_path):
    code, said = outcome(tmp_path, CI="1")
    assert code == 1
    assert "in CI no test may be skipped" in said and "no patience" in said
    assert "1 skipped, 1 error" in said, "without COURSE_DATA its tests may be skipped"


@pytest.mark.slow
def test_elsewhere_a_test_may_be_skipped(tmp_path):
    code, said = outcome(tmp_path)
    assert code == 0 and "2 skipped" in said


# -- the classroom -------------------------------------------------------------

CLASSROOM = FOLDER / "classroom"
WINGS = [CLASSROOM, CLASSROOM / "grading", CLASSROOM / "sandbox"]
LONGEST_CLASS = 120  # lines


def rooms(folder):
    """{room: its files} of a package: a room is a module or a folder of modules."""
    found = {path.stem: [path] for path in sorted(folder.glob("[!_]*.py"))}
    parts = [path.parent for path in folder.glob("*/__init__.py")]
    return found | {part.name: sorted(part.rglob("*.py")) for part in parts}


def imported(source, package):
    """The full names that a module of this package imports, however it says so."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            around = package.split(".")[: 1 - node.level or None] if node.level else []
            path = ".".join(around + ([node.module] if node.module else []))
            found |= {f"{path}.{alias.name}" for alias in node.names}
    return found


def arrows(folder):
    """{room: the rooms beside it that it imports} of a package."""
    package, found = name_of(folder), {}
    for room, paths in rooms(folder).items():
        names = set()
        for path in paths:
            names |= imported(path.read_text("utf-8"), name_of(path.parent))
        inside = (n.removeprefix(f"{package}.") for n in names if package in n)
        found[room] = {n.split(".")[0] for n in inside} & rooms(folder).keys() - {room}
    return {room: others for room, others in found.items() if others}


def name_of(folder):
    return ".".join(folder.relative_to(FOLDER.parent).parts)


@pytest.mark.parametrize(
    "source",
    [
        "from course_lib.classroom.grading import files",
        "from course_lib.classroom.grading.files import all_files",
        "import course_lib.classroom.grading.files",
        "from .files import all_files",
        "from . import files",
        "from ..grading.files import all_files",
        "def f():\n    from .. import grading",
    ],
)
def test_no_import_of_a_wing_escapes_the_next_test(source):
    found = imported(source, "course_lib.classroom.grading")
    assert any(name.startswith("course_lib.classroom.grading") for name in found)


@pytest.mark.parametrize("folder", WINGS, ids=lambda folder: folder.name)
def test_rooms_of_the_classroom_import_along_the_arrows_that_are_drawn(folder):
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
    drawn = {}
    for start, end in re.findall(r"^ +(.+) → (.+)$", docstring, re.MULTILINE):
        for user in end.split(", "):
            drawn.setdefault(user, set()).update(start.split(", "))
    assert arrows(folder) == drawn


@pytest.mark.slow
@pytest.mark.parametrize("folder", WINGS, ids=lambda folder: folder.name)
def test_no_arrow_of_the_classroom_leads_back(folder):
    done, left = (
        set(),
        {room: arrows(folder).get(room, set()) for room in rooms(folder)},
    )
    while ready := {room for room in left if left[room] <= done}:
        done |= ready
        left = {room: left[room] for room in left if room not in done}
    assert left == {}


def test_no_module_of_the_library_needs_the_classroom():
    others = FLAT + sum(MANY.values(), [])
    users = [p for p in others if "classroom" in imports(p.read_text("utf-8"))]
    assert users == []


@pytest.mark.parametrize(
    "path", sorted(CLASSROOM.rglob("*.py")), ids=lambda path: path.stem
)
def test_the_classroom_keeps_the_rules_of_the_house(path):
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= LINES
    assert undocumented(source) == []
    classes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ClassDef)]
    long = [c.name for c in classes if c.end_lineno - c.lineno >= LONGEST_CLASS]
    assert long == []


# -- lessons copied into a workspace before things moved -------------------------

OLDER = """
from course_lib import files, grids, pictures, stored, widgets
files.full_size()
grids.sliding, grids.stack
pictures.boundary, pictures.by_layer, pictures.descent, pictures.mistakes_and_bound
pictures.regions, pictures.reliability, pictures.tiles, pictures.wiring
stored.about("translated_digits")
crossover = stored.read("gpu_crossover")
crossover["sizes"], crossover["cpu"], crossover["gpu"]
"""
WORDS = "blame car_map deep formats kernel neighbours perceptron ravine stairs units"


def test_what_older_copies_of_lessons_import_is_still_there():
    exec(OLDER, {})


@pytest.mark.parametrize("word", WORDS.split())
def test_a_widget_can_be_called_as_older_copies_do(word, monkeypatch):
    from course_lib import widgets

    shown = []
    module = getattr(widgets, word)
    monkeypatch.setattr(module, "show", lambda: shown.append(word))
    module()
    assert shown == [word]


@pytest.mark.parametrize("place", ["course_lib", "course_lib.widgets"])
def test_a_module_that_never_was_is_none(place):
    with pytest.raises(AttributeError, match="nonsense"):
        import_module(place).nonsense  # noqa: B018
