"""Every route to an environment leads to the same one, and a dead end says so."""

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
import yaml

from course_lib.classroom import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
DIRECT = PROJECT["dependencies"] + EXTRAS["teaching"] + EXTRAS["test"]
OTHERS = EXTRAS["gpu"] + EXTRAS["backends"]
SETUP = (ROOT / "environment.yml").read_text()
LOCK = (ROOT / "requirements.lock").read_text()


def conda_dependencies():
    """Return conda's own dependencies and those it leaves to pip, options aside."""
    *conda, last = yaml.safe_load(SETUP)["dependencies"]
    return conda, [d for d in last["pip"] if not d.startswith("--")]


def normal(name):
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()


def test_conda_gets_what_pip_gets():
    assert sorted(conda_dependencies()[1]) == sorted(DIRECT)


def test_conda_gets_a_python_that_the_course_allows():
    conda, _ = conda_dependencies()
    assert f"python{PROJECT['requires-python']}" in conda


def test_the_readme_activates_the_environment_that_conda_makes():
    activated = re.findall(r"conda activate (\S+)", (ROOT / "README.md").read_text())
    assert activated == [yaml.safe_load(SETUP)["name"]]


def test_conda_mentions_the_gpu():
    (gpu,) = EXTRAS["gpu"]
    assert f"# - {gpu.split(';')[0]}" in SETUP


def test_every_dependency_says_what_for():
    conda, pip = conda_dependencies()
    for dependency in conda + pip:
        assert re.search(rf"- {re.escape(dependency)}  # \w", SETUP), dependency


def test_the_lock_names_every_direct_dependency():
    locked = {normal(line) for line in LOCK.splitlines() if line[0] != "#"}
    wanted = {normal(dependency) for dependency in DIRECT + OTHERS}
    assert wanted <= locked


def test_the_lock_holds_exact_versions_and_no_address():
    assert not re.search(r"://|index|find-links|@", LOCK)
    for line in LOCK.splitlines():
        assert re.match(r"#|[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ;|$)", line), line


def test_make_lock_is_the_command_in_the_locks_header():
    command = re.search(r"^#    (uv pip compile .*)$", LOCK, re.MULTILINE)[1]
    assert f"{command} $(ARGS)\n" in (ROOT / "Makefile").read_text()


# -- what is imported is declared, and the other way round ----------------------

PARTS = {  # the extras that may be imported in a folder, beside what a learner has
    "notebooks": [],
    "solutions": [],
    "course_lib": ["backends"],
    "course_lib/classroom": ["teaching"],
    "tools": ["teaching"],
    "benchmarks": ["teaching", "test", "backends"],
    "tests": ["teaching", "test", "backends"],
}
RUN = {"ipykernel", "jupyterlab-rise", "nbval", "ruff"}  # used without an import
DISTRIBUTIONS = packages_distributions()


def declared(*extras):
    lists = [EXTRAS[extra] for extra in extras] + [PROJECT["dependencies"]]
    return {normal(dependency) for each in lists for dependency in each}


def sources(part):
    """The code of a folder, but of none that is a part of its own."""
    for path in (ROOT / part).rglob("*.*"):
        inner = [ROOT / other for other in PARTS if other.startswith(f"{part}/")]
        if any(path.is_relative_to(folder) for folder in inner):
            continue
        if path.suffix == ".py":
            yield path.read_text("utf-8")
        elif path.suffix == ".ipynb":
            for cell in json.loads(path.read_text("utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    code = "".join(cell["source"])
                    yield re.sub(r"^(\s*)[%!].*", r"\1pass", code, flags=re.MULTILINE)


def modules(source):
    """The modules that the code imports from elsewhere, without their submodules."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
        elif isinstance(node, ast.Call) and node.args:
            named = isinstance(node.args[0], ast.Constant)
            if ast.unparse(node.func).endswith("import_module") and named:
                found.add(node.args[0].value)
    return {name.split(".")[0] for name in found} - {*sys.stdlib_module_names}


@cache
def imported(part):
    """The distributions that a folder's code needs, by their normal names."""
    own = {path.stem for path in (ROOT / part).iterdir()} | {"course_lib"}
    needed = {name for source in sources(part) for name in modules(source)} - own
    return {normal(DISTRIBUTIONS.get(name, [name])[0]) for name in needed}


@pytest.mark.parametrize("part", PARTS)
def test_what_is_imported_is_declared(part):
    assert imported(part) - declared(*PARTS[part]) == set()


@pytest.mark.parametrize("extra", [None, "teaching", "test", "backends"])
def test_what_is_declared_is_used(extra):
    """A learner's list by what a learner runs, an extra by a folder that may use it."""
    learner = [part for part in PARTS if part.split("/")[0] in "course_lib notebooks"]
    users = [part for part in PARTS if extra in PARTS[part]] if extra else learner
    only = declared(extra) - declared() if extra else declared()
    assert only - RUN - set().union(*map(imported, users)) == set()


def test_no_way_to_import_escapes_these_tests():
    assert modules("import a.b, os\nfrom c.d import e\nfrom . import f") == {"a", "c"}
    assert modules("def f():\n    import a\nlib.import_module('b.c')") == {"a", "b"}


# -- every dead end says so ------------------------------------------------------


def fake_python(folder, name="python3", pretend=""):
    """Put a Python on PATH that pretends, by a statement run before any other."""
    folder.mkdir(exist_ok=True)
    before = f"import sys; {pretend}; exec(sys.argv[2])"
    command = f"exec {shlex.quote(sys.executable)} -c {shlex.quote(before)} "
    return script(folder / name, command + '"$@"')


def script(path, body):
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def find_python(path, *first):
    """Look for a Python where PATH is one folder; return the code and both outputs."""
    found = subprocess.run(
        [shutil.which("sh"), ROOT / "tools" / "find_python.sh", *first],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
    )
    return found.returncode, found.stdout.strip(), " ".join(found.stderr.split())


def test_a_good_python_is_found(tmp_path):
    fake_python(tmp_path, "python3.12", "sys.version_info = (3, 12, 1)")
    code, found, said = find_python(tmp_path)
    assert (code, found, said) == (0, os.path.realpath(sys.executable), "")


@pytest.mark.parametrize("version", [(3, 14, 0), (3, 10, 9), (2, 7, 18)])
def test_a_python_that_will_not_do_is_named(tmp_path, version):
    fake_python(tmp_path, pretend=f"sys.version_info = {version}")
    code, found, said = find_python(tmp_path)
    assert (code, found) == (1, "")
    assert f"Python {version[0]}.{version[1]} was found" in said
    assert "needs Python 3.11, 3.12 or 3.13" in said
    assert said.count(". ") == 0, "one sentence"


def test_a_python_that_is_too_new_hides_no_good_one(tmp_path):
    fake_python(tmp_path, "python3", "sys.version_info = (3, 14, 0)")
    fake_python(tmp_path, "python3.13", "sys.version_info = (3, 13, 0)")
    assert find_python(tmp_path)[0] == 0


@pytest.mark.parametrize("module", ["ensurepip", "venv"])
def test_a_python_without_venv_names_the_package_to_install(tmp_path, module):
    pretend = f"sys.version_info = (3, 12, 3); sys.modules[{module!r}] = None"
    fake_python(tmp_path, pretend=pretend)
    code, found, said = find_python(tmp_path)
    assert (code, found) == (1, "")
    assert "sudo apt install python3.12-venv" in said


def test_a_shim_that_fails_is_passed_over(tmp_path):
    script(tmp_path / "python3", "echo 'python3: command not found' >&2; exit 127")
    fake_python(tmp_path, "python3.11", "sys.version_info = (3, 11, 7)")
    assert find_python(tmp_path)[0] == 0


def test_no_python_at_all_says_how_to_get_one(tmp_path):
    script(tmp_path / "python3", "exit 127")
    code, _, said = find_python(tmp_path)
    assert code == 1
    assert said.startswith("No Python was found")
    for way in ("sudo apt install", "brew install", "conda create"):
        assert way in said


def test_the_python_that_was_asked_for_comes_first(tmp_path):
    script(tmp_path / "python3", "exit 127")
    mine = fake_python(tmp_path / "my folder", "mine", "sys.version_info = (3, 12)")
    assert find_python(tmp_path, str(mine))[0] == 0


def dry_run(folder, path="", target="setup"):
    """Return what make would do in a copy of the course without an environment."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    env = os.environ | {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"}
    for name in ("MAKEFLAGS", "ARGS"):  # of the make that runs this test
        env.pop(name, None)
    command = ["make", "--dry-run", target]
    made = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    return made.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="CUDA wheels are for Linux only")
def test_setup_adds_cuda_where_an_nvidia_driver_answers(tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    script(tools / "nvidia-smi", "exit 0")
    assert "[teaching,test,gpu]" in dry_run(tmp_path, tools)
    script(tools / "nvidia-smi", "echo 'no driver' >&2; exit 9")
    assert "[teaching,test]" in dry_run(tmp_path, tools)


def test_the_backends_get_an_environment_of_their_own(tmp_path):
    makes = dry_run(tmp_path, target="test-backends")
    assert "-m venv --clear .venv-backends" in makes
    assert "--torch-backend cpu torch" in makes, "without CUDA, where uv can"
    assert '[teaching,test,backends]"' in makes and "tools/backends.py" in makes
    assert ".venv-backends" not in dry_run(tmp_path, target="test")


def test_the_oldest_versions_get_an_environment_of_their_own(tmp_path):
    makes = dry_run(tmp_path, target="test-oldest")
    assert "--python 3.11 .venv-oldest" in makes, "the oldest Python allowed"
    assert "-oldest/bin/python pip" in makes, "a class's folder is made with it"
    assert PROJECT["requires-python"].startswith(">=3.11,")
    assert "--resolution lowest-direct" in makes and '-e ".[teaching,test]"' in makes
    assert "constraint" not in makes.split("venv-oldest")[-1], "no newer version"
    assert re.search(r"\.venv-oldest/bin/python -m pytest .*notebooks/", makes)
    assert ".venv-oldest" not in dry_run(tmp_path, target="test")


def test_a_lower_bound_names_a_version():
    for dependency in DIRECT + OTHERS:
        assert re.search(r">=\d+(\.\d+)*$", dependency.split(";")[0]), dependency


def test_an_environment_is_made_once(tmp_path):
    venv = tmp_path / ".venv"
    venv.mkdir()
    assert "-m venv --clear" in dry_run(tmp_path), "an interrupted one is made afresh"
    (venv / ".complete").write_text(f"{tmp_path.resolve()}\n")
    os.utime(venv / ".complete", (4e9, 4e9))
    assert "pip" not in dry_run(tmp_path), "a whole one is left alone"
    (venv / ".complete").write_text("/another/folder\n")
    assert "-m venv --clear" in dry_run(tmp_path), "a moved one is made afresh"
