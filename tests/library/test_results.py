"""Stored results: read back as given, never taken for a run of today's."""

import json
import re
import tomllib
from importlib.metadata import version

import pytest
from setuptools import PEP420PackageFinder

from course_lib import results
from course_lib.classroom import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
NAMES = sorted(path.stem for path in results.FOLDER.glob("*"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    return tmp_path


def test_results_are_read_back_as_they_were_given(folder):
    kept = {"errors": [0.71, 0.68], "größer": None, "net": {"units": 120}}
    results.write("a_run", kept, "python benchmarks/a.py --seeds 2")
    assert results.read("a_run") == kept
    assert "größer" in (folder / "a_run.json").read_text("utf-8")


def test_about_says_that_it_is_stored_and_how_when_and_where_it_was_made(folder):
    results.write("a_run", [1], "python benchmarks/a.py", ["numpy", "rich"])
    path = folder / "a_run.json"
    path.write_text(re.sub(r'"date": ".*"', '"date": "2026-01-31"', path.read_text()))
    said = results.about("a_run")
    assert said.startswith("A stored result, not this run's: `python benchmarks/a.py`")
    assert "on 2026-01-31" in said and " cores" in said
    assert f"numpy {version('numpy')}, rich {version('rich')}" in said


def test_a_later_result_replaces_an_earlier_one(folder):
    for result in (1, 2):
        results.write("a_run", result, "python benchmarks/a.py")
    assert results.read("a_run") == 2


def test_an_unknown_name_is_answered_with_what_there_is(folder):
    for look in (results.read, results.about):
        with pytest.raises(FileNotFoundError, match="'x'; there are: none"):
            look("x")
    results.write("b", 1, "python benchmarks/b.py")
    results.write("a", 1, "python benchmarks/a.py")
    with pytest.raises(FileNotFoundError, match="'x'; there are: a, b"):
        results.read("x")


def test_what_json_cannot_hold_leaves_no_file(folder):
    with pytest.raises(TypeError):
        results.write("a_run", {"errors": {1, 2}}, "python benchmarks/a.py")
    assert list(folder.iterdir()) == []


# -- what the package holds ----------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_result_is_small_and_its_script_exists(name):
    path = results.FOLDER / f"{name}.json"
    assert path.stat().st_size < 50_000
    record = json.loads(path.read_text("utf-8"))
    assert set(record) == {"command", "date", "machine", "versions", "results"}
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", record["date"])
    assert record["results"] and record["versions"]["python"]
    script = re.match(r"python (benchmarks/\w+\.py)( |$)", record["command"])[1]
    assert (ROOT / script).exists()
    assert not re.search(r"/(home|root|work|tmp|Users)/", path.read_text("utf-8"))
    assert results.read(name) == record["results"] and results.about(name)


def test_the_package_carries_its_stored_results():
    find = PROJECT["packages"]["find"]
    packages = PEP420PackageFinder.find(str(ROOT), include=find["include"])
    assert f"course_lib.{results.FOLDER.name}" in packages, (
        "a folder of data is one too"
    )
    assert "*.json" in PROJECT["package-data"]["*"]
