"""The README and its neighbours say what is there."""

import re

import pytest

from course_lib.claims import lessons
from course_lib.classroom import ROOT

DOCUMENTS = ["README.md", "TEACHING.md", "CONTRIBUTING.md", "CLAIMS.md"]


def test_the_readmes_map_is_the_register_of_lessons():
    rows = re.findall(r"(?m)^\| (\d\d) \| (.+?) \| (.+?) \|$", read("README.md"))
    for (number, lesson), row in zip(lessons().items(), rows, strict=True):
        path = next((ROOT / "notebooks").glob(f"{number}_*.ipynb"), None)
        question = lesson["question"]
        link = f"[{question}](notebooks/{path.name})" if path else question
        assert row == (number, link, "ready" if path else "to come")


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
    assert quoted
    for number, hint in quoted:
        (path,) = (ROOT / "exercises").glob(f"{number}_*/checks.json")
        assert hint in path.read_text("utf-8")


@pytest.mark.parametrize("target", ["setup", "lab", "test", "notebooks", "exercises"])
def test_the_commands_that_the_documents_name_exist(target):
    assert re.search(rf"(?m)^{target}:", read("Makefile"))
