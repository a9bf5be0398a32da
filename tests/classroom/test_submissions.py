"""Hand-ins are found for the right student, or it is said why not."""

import os
import time
import zipfile
from collections import Counter
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from course_lib.classroom import CourseError, command
from course_lib.classroom.grading.roster import read_roster
from course_lib.classroom.grading.submissions import find

EXERCISES = ["02_perceptron", "07_deep_nets"]
NAME = "02_perceptron.ipynb"


def pack(path, members):
    """A zip with these names, in each its own name."""
    with zipfile.ZipFile(path, "w") as file:
        for name in members:
            file.writestr(name, f"# Exercise 02 of {name}")
    return path


def unpack(path, members):
    """A folder with these files, in each its own name."""
    for name in members:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(f"# Exercise 02 of {name}")
    return path


@pytest.fixture(params=[pack, unpack])
def made(request, tmp_path):
    """Makes a zip or a folder of the same files."""
    return lambda *members: request.param(tmp_path / "all", members)


def found(source, exercises=EXERCISES, roster=None):
    """{student: where the notebook lies, or what is wrong with it}."""
    handins = find(source, exercises, roster)
    assert max(Counter((h.student, h.exercise) for h in handins).values()) == 1
    return {h.student: h.problem or "/".join(h.path.within) for h in handins}


def spoil(path, word):
    """Change a word in a zip; its checksum is wrong then."""
    content = path.read_bytes()
    assert word in content
    path.write_bytes(content.replace(word, word[::-1]))


# -- every student is one ------------------------------------------------------


@pytest.mark.parametrize(
    "members, students",
    [
        (
            [
                f"Ada Lovelace_12345_assignsubmission_file_/{NAME}",
                f"Ada Lovelace_777_assignsubmission_file_/{NAME}",
                f"Bob_1_assignsubmission_file_/{NAME}",
            ],
            {"Ada_Lovelace_12345", "Ada_Lovelace_777", "Bob"},
        ),
        (
            [f"lovelaceada_123_1_{NAME}", f"lovelaceada_LATE_999_2_{NAME}"],
            {"lovelaceada_123", "lovelaceada_999"},
        ),
        (["ada_1_2_02_perceptron-1.ipynb"], {"ada"}),
        ([f"bob_smith_{NAME}", f"bob_jones_{NAME}"], {"bob_smith", "bob_jones"}),
        ([f"h/ada_1_2_{NAME}", f"h/bob_3_4_{NAME}"], {"ada", "bob"}),
        (
            [f"h/ada/{NAME}", f"h/bob/{NAME}", "h/grades.csv", "h/02_perceptron.pdf"],
            {"ada", "bob"},
        ),
        ([f"a/b/ada/{NAME}", f"a/b/bob/{NAME}", f"a/c/{NAME}"], {"b", "c"}),
        (["02_perceptron/ada.ipynb", "02_perceptron/bob.ipynb"], {"ada", "bob"}),
        ([f"02_perceptron/ada/{NAME}", f"02_perceptron/bob/{NAME}"], {"ada", "bob"}),
        ([f"02_perceptron/ada/{NAME}"], {"ada"}),
        ([f"ada/02_perceptron/{NAME}"], {"ada"}),
        ([f"Ada_5_assignsubmission_file_/mine/{NAME}"], {"Ada"}),
        (
            [f"02_perceptron/Ada B_5_assignsubmission_file_/{NAME}"],
            {"Ada_B"},
        ),
        ([f"h/Ada B_5_assignsubmission_file_/{NAME}"], {"Ada_B"}),
        (
            [
                "Ada_5_assignsubmission_file/a.ipynb",
                "Ada_5_assignsubmission_file/b.ipynb",
            ],
            {"Ada"},
        ),
    ],
)
def test_students_are_told_apart_in_zips_and_folders(made, members, students):
    assert set(found(made(*members))) == students


@pytest.mark.parametrize(
    "members, said",
    [
        ([NAME], "is no student's.*Moodle or Canvas"),
        ([f"02_perceptron/02_perceptron/{NAME}"], "is no student's"),
        (["Week 2/ada.ipynb", "Week 2/bob.ipynb"], "Whose are ada.ipynb and bob"),
        (["h/02_perceptron/ada.ipynb", "h/02_perceptron/bob.ipynb"], "Whose are"),
    ],
)
def test_a_layout_that_names_no_student_is_refused(made, members, said):
    with pytest.raises(CourseError, match=said):
        find(made(*members), EXERCISES)


def test_one_folder_in_another_could_be_either_s(tmp_path):
    with pytest.raises(CourseError, match="Is ada in .* a student. Or mine in it"):
        find(unpack(tmp_path, [f"ada/mine/{NAME}"]), EXERCISES)
    assert set(found(pack(tmp_path / "z", [f"hand-ins/ada/{NAME}"]))) == {"ada"}


def test_a_notebook_beside_the_students_folders_is_passed_over(made):
    assert set(found(made(NAME, f"ada/{NAME}", f"bob/{NAME}"))) == {"ada", "bob"}


def test_a_copy_further_down_in_a_students_folder_comes_second(made):
    source = made(f"ada/old/{NAME}", f"ada/{NAME}", f"bob/{NAME}")
    assert found(source) == {"ada": f"ada/{NAME}", "bob": f"bob/{NAME}"}


def test_copies_in_several_folders_are_told_and_in_one_folder_one_is_taken(made):
    copies = [
        f"ada/{NAME}",
        "ada/02_perceptron (1).ipynb",
        "ada/old/02_perceptron.html",
    ]
    both = [f"bob/one/{NAME}", f"bob/two/{NAME}", f"cleo/{NAME}"]
    handins = found(made(*copies, *both))
    assert handins["ada"] == f"ada/{NAME}" and handins["cleo"] == f"cleo/{NAME}"
    assert "bob/one, bob/two" in handins["bob"]


def test_names_that_are_no_utf_8_are_names(tmp_path):
    for name in (b"M\xfcller", b"M\xf6ller"):
        folder = os.path.join(os.fsencode(tmp_path), name)
        os.mkdir(folder)
        with open(os.path.join(folder, b"02_perceptron_\xfc.html"), "wb"):
            pass
    handins = found(tmp_path)
    assert len(handins) == 2 and all(name.isascii() for name in handins)
    assert all("not a notebook" in h.encode().decode() for h in handins.values())


@pytest.mark.parametrize("name", ["secret.txt", "nbgrader_config.py"])
def test_a_class_s_own_folder_is_no_folder_of_hand_ins(tmp_path, name, made):
    files = [f"autumn/source/02_perceptron/{NAME}", f"autumn/submitted/ada/{NAME}"]
    source = made(*files, f"autumn/{name}")
    for folder in [source] + [source / "autumn"] * source.is_dir():
        with pytest.raises(CourseError, match="name the folder with .*submitted"):
            find(folder, EXERCISES)
    if source.is_dir():
        assert set(found(source / "autumn" / "submitted")) == {"ada"}
    unpack(tmp_path / "more", [f"ada/{NAME}", f"ada/{name}", f"bob/{NAME}"])
    assert set(found(tmp_path / "more")) == {"ada", "bob"}  # a student may try


# -- damaged files -------------------------------------------------------------


@pytest.mark.parametrize("damage", ["checksum", "encrypted"])
def test_a_damaged_file_is_its_student_s_problem_alone(tmp_path, damage):
    path = pack(tmp_path / "z.zip", ["ada/homework.ipynb", f"bob/{NAME}"])
    if damage == "checksum":
        spoil(path, b"of ada")
    else:
        content = bytearray(path.read_bytes())
        content[6] |= 1  # the flags of the first member, and of its entry
        content[content.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(content)
    handins = found(path)
    assert handins["bob"] == f"bob/{NAME}"
    assert "homework.ipynb cannot be read" in handins["ada"]


def test_a_damaged_file_yields_to_a_whole_one(tmp_path):
    path = pack(tmp_path / "z.zip", ["ada/old.ipynb", "ada/02_perceptron (1).ipynb"])
    spoil(path, b"of ada/old")
    assert found(path) == {"ada": "ada/02_perceptron (1).ipynb"}


def test_a_damaged_zip_is_said_in_a_sentence(tmp_path):
    path = pack(tmp_path / "z.zip", [f"ada/{NAME}"])
    spoil(path, b"PK\x01\x02")
    with pytest.raises(CourseError, match="damaged zip"):
        find(path, EXERCISES)


def test_a_damaged_timestamp_is_as_good_as_none(tmp_path):
    path = pack(tmp_path / "z.zip", [f"ada/{NAME}", "ada/timestamp.txt"])
    spoil(path, b"of ada/timestamp.txt")
    assert [h.when for h in find(path, EXERCISES)] == [0.0]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "America/New_York"])
def test_a_timestamp_means_its_own_zone_wherever_it_is_graded(
    tmp_path, zone, monkeypatch
):
    unpack(tmp_path, [f"ada/{NAME}"])
    (tmp_path / "ada" / "timestamp.txt").write_text("2026-01-15 12:00:00 UTC")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        [handin] = find(tmp_path, EXERCISES)
        assert datetime.fromtimestamp(handin.when, UTC).hour == 12
    finally:
        monkeypatch.undo()
        time.tzset()


# -- the roster ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text, said",
    [
        ("name,id\nAda,\nBob,\n", "line 2 of .* a name and an id"),
        ("name,id\nAda,a\n,b\n", "line 3 of .* a name and an id"),
        ("name,id\nAda,a\nBob\n", "line 3 of .* a name and an id"),
        ("name,id\nLovelace, Ada,a\n", "line 2 of .* as many fields"),
        ("name,id\nAda,x y\nBob,x_y\n", "line 3 of .*Bob or x_y is there twice"),
        ("name,id\nAda,a\nAda,b\n", "line 3 of .* twice"),
        ("name,id\nbob,a\nAda,bob\n", "line 3 of .* twice"),
        ('name,id\nAda,a\n"Bob,b\nCleo,c\n', "line 3 of .* quote"),
        (f"name,id\nAda,{'a' * 200_000}\n", "line 2 of .* field larger"),
        ("", "columns name and id"),
    ],
)
def test_a_bad_roster_names_its_line(tmp_path, text, said):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(CourseError, match=said):
        read_roster(tmp_path / "roster.csv")


def test_a_roster_may_be_no_file_at_all(tmp_path):
    with pytest.raises(CourseError, match="cannot be read: Is a directory"):
        read_roster(tmp_path)


def test_empty_rows_of_a_roster_are_passed_over(tmp_path):
    (tmp_path / "roster.csv").write_text("name,id\nAda,a\n\n,\n,,\n")
    assert read_roster(tmp_path / "roster.csv") == {"Ada": "a", "a": "a"}


def test_no_name_becomes_another_s_id_of_the_roster(made):
    source = made(f"x y/{NAME}", f"Ada/{NAME}")
    students = set(found(source, roster={"Ada": "x_y", "x_y": "x_y"}))
    assert len(students) == 2 and "x_y" in students


# -- the class's folder --------------------------------------------------------


@pytest.mark.parametrize("words", [["grade", "."], ["feedback"], ["release"]])
@pytest.mark.parametrize("made_before", [True, False])
def test_a_folder_that_cannot_be_written_is_said_first(
    tmp_path, monkeypatch, words, made_before
):
    folder = tmp_path / "autumn"
    if made_before:
        folder.mkdir()
    asked = []

    def access(path, mode):
        """Root may write anywhere; here nobody may."""
        return not mode & os.W_OK or asked.append(path)

    monkeypatch.setattr(command.os, "access", access)
    ran = CliRunner().invoke(command.app, [*words, "--class", str(folder)])
    assert ran.exit_code == 1 and "cannot be written to" in ran.output
    assert asked == [folder if made_before else tmp_path]
    assert not list(tmp_path.rglob("*.*"))
