"""The README and its neighbours say what is there."""

import json
import re

import pytest
from helpers import LESSONS

from course_lib.claims import lessons, register, sources
from course_lib.classroom import ROOT

EXERCISES = {
    path.stem[:2]: json.loads(path.read_text("utf-8"))["cells"]
    for path in (ROOT / "exercises").glob("*/[0-9][0-9]_*.ipynb")
}
DOCUMENTS = ["README.md", "TEACHING.md", "CONTRIBUTING.md", "CLAIMS.md"]


def test_the_readmes_map_is_the_register_of_lessons():
    rows = re.findall(r"(?m)^\| (\d\d) \| (.+?) \| (.+?) \|$", read("README.md"))
    for (number, lesson), row in zip(lessons().items(), rows, strict=True):
        path = next((ROOT / "notebooks").glob(f"{number}_*.ipynb"), None)
        question = lesson["question"]
        link = f"[{question}](notebooks/{path.name})" if path else question
        assert row == (number, link, "ready" if path else "to come")


def test_the_readme_counts_the_sources_verdicts_as_they_fall():
    owned = [id for x in lessons().values() for id in x["stars"] + x["further"]]
    assert "about two hundred" in words("README.md") and 180 <= len(owned) <= 220
    own = sources()["ours"]
    verdicts = [entry.verdict for entry in register().values() if entry.source != own]
    others = [verdict for verdict in verdicts if verdict != "confirmed"]
    assert "about half hold as they stand, most of the others" in words("README.md")
    assert 0.4 < 1 - len(others) / len(verdicts) < 0.6
    assert others.count("conditional") > len(others) / 2
    assert "some are imprecise, a few are wrong" in words("README.md")
    assert others.count("imprecise") > others.count("refuted") > 0


def test_the_readme_says_how_long_a_lesson_takes():
    (stated,) = re.findall(r"A lesson takes at most (\d+) minutes", words("README.md"))
    first = [json.loads(path.read_text("utf-8"))["cells"][0] for path in LESSONS]
    minutes = [re.search(r"(\d+) minutes", "".join(c["source"]))[1] for c in first]
    assert max(map(int, minutes)) == int(stated)


def test_each_lesson_but_the_first_has_an_exercise():
    assert EXERCISES.keys() == {path.stem[:2] for path in LESSONS} - {"00"}


def points(cells):
    """{grade_id: points} of an exercise's cells."""
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return {m["grade_id"]: m["points"] for m in marks if "points" in m}


def test_the_teachers_are_told_what_an_exercise_holds():
    said = "An exercise has (\\d+) to (\\d+) points: four questions that are checked"
    (stated,) = re.findall(said, words("TEACHING.md"))
    sums = [sum(points(cells).values()) for cells in EXERCISES.values()]
    assert [min(sums), max(sums)] == [int(number) for number in stated]
    for cells in EXERCISES.values():
        checked = [name for name in points(cells) if name.startswith("test_")]
        assert len(checked) == 4 and len(points(cells)) == 5


def test_a_term_ends_with_the_last_lesson():
    weeks = re.search(r"one lesson a week, 01 to (\d\d):", words("TEACHING.md"))
    assert weeks[1] == LESSONS[-1].stem[:2]


def words(name):
    """A document in one line."""
    return " ".join(read(name).split())


def read(name):
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_pictures_lead_somewhere(name):
    targets = re.findall(r"\]\(([^)]+)\)|src=\"([^\"]+)\"", read(name))
    for target in filter(None, sum(targets, ())):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_every_picture_of_the_readme_has_an_alternative_text():
    pictures = re.findall(r"<img [^>]*>", read("README.md"))
    assert len(pictures) == 5
    assert all(re.search(r'alt="[^"]{40,}"', picture) for picture in pictures)


def test_the_teachers_table_quotes_hints_that_exist():
    quoted = re.findall(r'(?m)^\| (\d\d): "(.+?)"', read("TEACHING.md"))
    assert {number for number, _ in quoted} == EXERCISES.keys()
    for number, hint in quoted:
        (path,) = (ROOT / "exercises").glob(f"{number}_*/checks.json")
        assert hint in path.read_text("utf-8")


def test_the_commands_that_the_documents_name_exist():
    named = {
        target
        for name in DOCUMENTS
        for target in re.findall(r"(?m)(?:`|^ {4})make ([a-z-]+)", read(name))
    }
    assert {"lab", "quick", "test"} <= named
    makes = set(re.findall(r"(?m)^([a-z-]+):", read("Makefile")))
    assert named <= makes, named - makes


def test_ci_checks_the_style_and_runs_every_test():
    assert read(".ci/run").splitlines()[-1] == "make lint test"
