"""The shape of the library: what imports what, how large it is, how fast it loads."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import course_lib

FOLDER = Path(course_lib.__file__).parent
MANY = {  # modules of many files
    name: sorted((FOLDER / name).glob("*.py")) for name in ("figures", "widgets")
}
FLAT = sorted(FOLDER.glob("[!_]*.py"))
LINES = 220

# module: what it may import of ours. A new arrow is a decision: draw it in
# course_lib/__init__.py too
ARROWS = {
    "predictions": {"guesses", "prediction_box", "progress"},
    "claims": {"predictions", "progress"},
    "checks": {"answers", "progress"},
    "gaps": {"checks", "progress"},
    "maths": {"validation"},
    "neurons": {"validation", "maths"},
    "layers": {"validation", "maths"},
    "conv": {"validation", "maths", "layers"},
    "training": {"validation"},
    "gradcheck": {"validation"},
    "datasets": {"downloads"},
    "figures": {"plots"},
    "widgets": {"datasets", "figures", "plots", "maths", "predictions"},
}


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


def test_the_arrows_are_drawn_as_they_are():
    drawn = {}
    for start, end in re.findall(
        r"^    (.+) → (.+)$", course_lib.__doc__, re.MULTILINE
    ):
        for user in end.split(", "):
            drawn.setdefault(user, set()).update(start.split(", "))
    assert drawn == ARROWS


# -- each module ---------------------------------------------------------------


@pytest.mark.parametrize(
    "path", FLAT + sum(MANY.values(), []), ids=lambda path: path.stem
)
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text("utf-8").splitlines()) <= LINES


OVERRIDES = {"forward", "backward", "gradients"}  # Layer says what they do


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


DRAWING = ("plots",)  # and the modules of many files


def test_only_figures_and_widgets_load_matplotlib():
    modest = [path.stem for path in FLAT if path.stem not in DRAWING]
    names = ", ".join(f"course_lib.{name}" for name in modest)
    assert not {"matplotlib", "sklearn"} & loaded(f"import {names}")


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


def test_a_skipped_test_fails_in_ci_and_says_why(tmp_path):
    code, said = outcome(tmp_path, CI="1")
    assert code == 1
    assert "in CI no test may be skipped" in said and "no patience" in said
    assert "1 skipped, 1 error" in said, "without COURSE_DATA its tests may be skipped"


def test_elsewhere_a_test_may_be_skipped(tmp_path):
    code, said = outcome(tmp_path)
    assert code == 0 and "2 skipped" in said
