"""What a class gets: exercises without answers, their hidden inputs drawn anew."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from traitlets.config import PyFileConfigLoader

from course_lib.classroom import ROOT, CourseError
from course_lib.classroom.exercises import stored_checks
from course_lib.classroom.paths import find, whole, write

CONFIG = """\
# A class of Introduction to Neural Networks, kept by nbgrader. Yours to extend.
from pathlib import Path

from course_lib.classroom.grading.nbgrader_steps import AUTOGRADE, FEEDBACK

c = get_config()
c.CourseDirectory.course_id = {name!r}
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.Autograde.autograde_preprocessors = AUTOGRADE  # students' code runs apart
c.GenerateFeedback.preprocessors = FEEDBACK  # without hidden tests
"""
HELP = """\
1. Unpack this folder, open a terminal in it and install the course, once:

       python -m venv course-env
       course-env/bin/pip install {wheel}          (Windows: course-env\\Scripts\\pip)

2. Open the exercises:

       course-env/bin/jupyter lab           (Windows: course-env\\Scripts\\jupyter)

3. Save your notebook and hand in the .ipynb file, under the name it has.
"""


def release(numbers, folder, root=ROOT):
    """Make or renew a class's exercises: folder/release, and a zip for the students."""
    folder = Path(folder).resolve()
    sources = find(root / "solutions", numbers, "exercise")
    secret = prepare(folder)
    wheel = make_wheel(folder, root)
    for source in sources:
        name = source.stem
        text = json.dumps(stored_checks(source), indent=1, ensure_ascii=False) + "\n"
        write_source(folder / "source" / name, source, text, secret)
        generate(folder, name)
        Console().print(f"released: {folder.name}/release/{name}")
    path = pack(folder, wheel)
    Console().print(f"For your students: {path}")


def prepare(folder):
    """Make a class's folder where there is none; its secret number."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret.txt"
    if not secret.exists():
        if any(folder.iterdir()):
            raise CourseError(
                f"{folder} is neither empty nor a class's folder. Name an empty one."
            )
        config = CONFIG.format(name=folder.name)
        write(folder / "nbgrader_config.py", config)
        handle = os.open(secret, os.O_CREAT | os.O_WRONLY, 0o600)
        os.write(handle, f"{secrets.randbits(64)}\n".encode())
        os.close(handle)
    return int(secret.read_text())


def write_source(folder, source, checks, secret):
    """The class's own version of a solution: other inputs in its hidden tests.

    One that was changed by hand is kept in old/ before it is written anew.
    """
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        cell.source = reseeded(cell.source, secret)
    text = nbformat.writes(notebook) + "\n"
    before = folder / source.name
    if before.exists() and before.read_text("utf-8") != text:
        when = datetime.now().strftime("%Y-%m-%d_%H%M%S")
        old = folder.parents[1] / "old" / f"{source.stem}_{when}.ipynb"
        old.parent.mkdir(exist_ok=True)
        shutil.copy(before, old)
        Console().print(f"{folder.name} was another; it is kept as {old}")
    write(before, text)
    write(folder / "checks.json", checks)


def reseeded(source, secret):
    """A test's source whose hidden part draws with the class's secret number."""
    before, mark, hidden = source.partition("### BEGIN HIDDEN TESTS")
    hidden = re.sub(r"default_rng\((\d+)\)", rf"default_rng([\1, {secret}])", hidden)
    return before + mark + hidden


def configured(folder):
    """nbgrader's configuration of a class."""
    path = Path(folder) / "nbgrader_config.py"
    if not path.exists():
        raise CourseError(
            f"{folder} is no class's folder. Make one: course release --class {folder}"
        )
    return PyFileConfigLoader(path.name, str(path.parent)).load_config()


def api(folder):
    """nbgrader's interface to a class."""
    config = configured(folder)
    here = str(Path(sys.executable).parent)
    if here not in os.environ["PATH"].split(os.pathsep):  # nbgrader calls alembic
        os.environ["PATH"] = here + os.pathsep + os.environ["PATH"]
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def generate(folder, name):
    """Let nbgrader make the students' version, and note the tests in the gradebook."""
    done = api(folder).generate_assignment(name, force=True)
    if not done["success"]:
        raise CourseError(f"nbgrader could not release {name}:\n{done['log']}")
    path = folder / "release" / name / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("grade") and cell.cell_type == "code":
            cell.metadata["tags"] = ["raises-exception"]
    write(path, nbformat.writes(notebook) + "\n")


def make_wheel(folder, root):
    """The library as a wheel in the class's folder; its name."""
    with tempfile.TemporaryDirectory() as work:
        copy = Path(work) / "course"
        ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(root / "course_lib", copy / "course_lib", ignore=ignore)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(root / name, copy)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        command += ["--no-build-isolation", "--wheel-dir", work, str(copy)]
        made = subprocess.run(command, capture_output=True, text=True)
        wheels = list(Path(work).glob("*.whl"))
        if made.returncode or not wheels:
            raise CourseError(f"no wheel could be made: {made.stderr.strip()}")
        return shutil.copy(wheels[0], folder)


def pack(folder, wheel):
    """The zip for the students: exercises, the library, what to do."""
    wheel, path = Path(wheel), folder / f"{folder.name}.zip"
    with whole(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{folder.name}/README.txt", HELP.format(wheel=wheel.name))
        file.write(wheel, f"{folder.name}/{wheel.name}")
        for source in sorted((folder / "release").rglob("*")):
            if source.is_file():
                file.write(source, folder.name / source.relative_to(folder / "release"))
    return path
