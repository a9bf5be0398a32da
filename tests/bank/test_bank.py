"""The bank of hand-ins is complete and well formed, and its points are real ones."""

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import bank
from bank.book import CASES, NUMBERS, Book, case, full_points, references, stem

PLAIN = [name for name, one in CASES.items() if one.plain]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank") / "submitted"
    return folder, bank.build(folder)


def test_all_cases_are_built_and_described(built):
    folder, manifest = built
    assert len(manifest) >= 60
    assert {path.name for path in folder.iterdir()} == set(manifest)
    assert {entry["assignment"][:2] for entry in manifest.values()} == set(NUMBERS)
    assert all(entry["note"].endswith(".") for entry in manifest.values())
    kinds = Counter(entry["kind"] for entry in manifest.values())
    assert len(kinds) == 10 and min(kinds.values()) >= 8
    assert len([name for name in manifest if name.startswith("honest_")]) >= 6


def test_points_are_none_or_all_of_each_question(built):
    _, manifest = built
    for name, entry in manifest.items():
        points = full_points(entry["assignment"][:2])
        if entry["earned"] is not None:
            assert entry["earned"].keys() == points.keys(), name
            assert all(entry["earned"][q] in (0, points[q]) for q in points), name
        if name.startswith("honest_"):
            assert entry["earned"] == points


def test_two_cases_cannot_have_one_name():
    with pytest.raises(AssertionError):
        case("07", student="nothing_written")(test_two_cases_cannot_have_one_name)


def test_no_marker_exists_and_no_secret_is_written_down(built):
    folder, manifest = built
    for name, entry in manifest.items():
        assert not Path(entry["marker"]).exists()
        path = folder / name / f"{entry['assignment']}.ipynb"
        if path.is_file() and not path.is_symlink():
            text = path.read_bytes().decode("utf-8", "replace")
            assert not [word for word in entry["forbidden"] if word in text], name


@pytest.mark.parametrize("number", NUMBERS)
def test_a_book_holds_the_references(number, tmp_path):
    book = Book(number, tmp_path / "x.ipynb")
    assert len(references(number)) == len(full_points(number))
    for question in references(number):
        (definition,) = ast.parse(book.read(question)).body
        assert definition.name == question
        assert "NotImplementedError" not in book.read(question)


def test_harmless_cases_earn_in_a_plain_run_what_the_manifest_says(tmp_path):
    for name in PLAIN:
        bank.write(name, tmp_path / "hand-ins", 9, tmp_path / "markers")
    script = Path(bank.__file__).with_name("plain.py")
    run = subprocess.run(
        [sys.executable, script, tmp_path / "hand-ins"],
        env={**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found.keys() == set(PLAIN)
    assert {name: sum(found[name].values()) for name in PLAIN} == {
        name: sum(points > 0 for points in CASES[name].earned.values())
        for name in PLAIN
    }
    for name in PLAIN:
        expected = {q: points > 0 for q, points in CASES[name].earned.items()}
        assert found[name] == expected, name


def test_sources_that_run_are_python(built):
    folder, manifest = built
    for name, entry in manifest.items():
        if entry["kind"] not in ("cheats", "intruders", "spies", "stuck", "tampered"):
            continue
        text = (folder / name / f"{entry['assignment']}.ipynb").read_text("utf-8")
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "code":
                compile("".join(cell["source"]), f"{name}:{cell['id']}", "exec")


def test_bombs_ask_for_the_sandbox_first(built):
    folder, manifest = built
    dangerous = (
        "SIGKILL",
        "os.fork",
        "closerange",
        "string_at",
        "os.urandom",
        "128 << 20",
    )
    for name, entry in manifest.items():
        path = folder / name / f"{stem(entry['assignment'][:2])}.ipynb"
        if entry["kind"] not in ("cheats", "stuck", "intruders", "spies", "tampered"):
            continue
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])
            at = [source.find(word) for word in dangerous if word in source]
            if at and cell["cell_type"] == "code":
                assert -1 < source.find("COURSE_SANDBOX") < min(at), (name, source)
