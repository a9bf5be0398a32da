"""Every finding has the form that findings/README.md asks for; none is run here."""

import ast
import os
import re

import pytest

from course_lib.classroom import ROOT

FOLDER = ROOT / "findings"
FINDINGS = sorted(FOLDER.glob("*.sh"))


def test_there_are_findings_and_a_readme():
    assert len(FINDINGS) >= 12
    assert "for script in findings/*.sh" in (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_can_be_run_and_stops_at_the_first_error(path):
    assert os.access(path, os.X_OK)
    assert path.read_text("utf-8").startswith("#!/usr/bin/env bash\n# ")
    assert "\nset -euo pipefail\n" in path.read_text("utf-8")


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_says_the_versions_the_guess_and_what_was_seen(path):
    comment = re.match(r"(?:#.*\n)+", path.read_text("utf-8"))[0]
    for word in ("# Versions: ", "# One would guess: ", "# What was seen: "):
        assert word in comment


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_works_in_a_folder_that_it_removes(path):
    text = path.read_text("utf-8")
    assert "\nfolder=$(mktemp -d)\ntrap 'rm -rf \"$folder\"' EXIT\n" in text


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_pins_every_package_and_leaves_the_course_out(path):
    text = path.read_text("utf-8")
    (packages,) = re.findall(r"(?m)^\S+/pip\" install --quiet (.+)$", text)
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", name) for name in packages.split())
    assert "course_lib" not in text


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_fails_with_a_sentence_when_what_it_saw_has_changed(path):
    text = path.read_text("utf-8")
    assert re.search(r"(sys\.exit\(\s*|echo )\"Changed: [^\"]+\.\"", text)
    programs = re.findall(r"<<'PROGRAM'\n(.*?)\nPROGRAM\n", text, re.S)
    assert programs
    for program in programs:
        ast.parse(program)
